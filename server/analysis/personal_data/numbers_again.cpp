#include "server/analysis/personal_data/numbers_again.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalData;
using protocol::PersonalDataKind;

/// "les quatre derniers chiffres", "ending in": what may be said of a card.
bool isOfLastDigits(const Line& line) {
    static const CueList kCues{{"dernier* chiffre*"}, {"derniers"},  {"finit par"},  {"se termine par"},
                               {"fini par"},          {"last four"}, {"last 4"},     {"ending"},
                               {"ends in"},           {"ends with"}, {"last digits"}};
    return kCues.first(line).has_value();
}

/// The same number, misheard in places.
bool areAlike(std::string_view a, std::string_view b) {
    if (a.size() < 9 || b.size() < 9 || a.size() > 40 || b.size() > 40) return false;
    const std::size_t shorter = std::min(a.size(), b.size());
    if (std::max(a.size(), b.size()) - shorter > 3) return false;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()] * 4 <= shorter;
}

}  // namespace

void NumbersAgain::find() {
    for (std::size_t index = 0; index < context_.lines(); ++index) {
        if (places_.in(index).size() > 16) continue;
        for (const PersonalData& data : places_.in(index))
            if (data.value && data.value->size() >= 9 && data.kind != PersonalDataKind::Password &&
                values_.size() < 64)
                values_.push_back({data.kind, *data.value, index});
    }
    if (values_.empty()) return;
    std::vector<std::vector<DigitRun>> runs;  // of each line
    for (std::size_t index = 0; index < context_.lines(); ++index) {
        const auto& words = context_.line(index).words;
        runs.push_back(words.size() > 400 ? std::vector<DigitRun>{} : spacedDigitRuns(words));
    }
    for (const SaidNumber& value : values_) {
        const std::string digits = [&] {
            std::string all;
            for (const char c : value.text)
                if (c >= '0' && c <= '9') all += c;
            return all;
        }();
        for (std::size_t index = value.line > 6 ? value.line - 6 : 0; index < runs.size(); ++index) {
            for (const DigitRun& run : runs[index]) {
                const std::string said = run.digits();
                if (said.size() < 4 || isTelephone(said) || !places_.isFree(index, {run.first, run.last}))
                    continue;
                const std::size_t at = digits.find(said);
                const bool isLast = at != std::string::npos && at + said.size() == digits.size() &&
                                    said.size() == 4 &&
                                    (isOfLastDigits(context_.line(index)) || index < value.line);
                const bool isReadBack = context_.line(index).words.size() - (run.last - run.first) <= 4;
                const bool isPiece =
                    at != std::string::npos && !isLast &&
                    (said.size() >= 6 || (isReadBack && index > value.line && index <= value.line + 6) ||
                     (at == 0 && isFalseStart(index, value, run)));
                if (isPiece || areAlike(said, digits) || isMendedNext(index, value, said, digits))
                    places_.take(index, value.kind, {run.first, run.last}, value.text);
            }
        }
    }
}

bool NumbersAgain::isFalseStart(std::size_t index, const SaidNumber& value, const DigitRun& run) const {
    return value.kind == PersonalDataKind::Card && index < value.line && index + 3 >= value.line &&
           context_.saysCard(index) && context_.line(index).words.size() - run.last <= 4;
}

bool NumbersAgain::isMendedNext(std::size_t index, const SaidNumber& value, std::string_view said,
                                std::string_view digits) const {
    static constexpr auto kMending = std::to_array<std::string_view>(
        {"non", "pardon", "no", "sorry", "attendez", "wait", "reprends", "recommence", "oops", "actually"});
    const std::size_t next =
        index + 2 < context_.lines() && context_.line(index + 1).speaker != context_.line(index).speaker
            ? index + 2
            : index + 1;
    if (value.kind != PersonalDataKind::Card || next != value.line ||
        said.substr(0, 2) != digits.substr(0, 2))
        return false;
    const auto& words = context_.line(next).words;
    return std::any_of(words.begin(), words.begin() + std::min<std::ptrdiff_t>(4, std::ssize(words)),
                       [](const Word& word) { return isIn(kMending, word.text); });
}

}  // namespace ninja3cx::analysis
