#include "server/analysis/personal_data/open_dictation.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/dictated_piece.hpp"
#include "server/analysis/personal_data/dictation_follower.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

std::vector<Dictated> dictatedIn(const Conversation& conversation) {
    constexpr std::size_t kLongest = 200;  // bytes of a value: each piece has all of it
    std::vector<Dictated> all;
    std::vector<Dictated> called;  // a password in one line
    DictationFollower follower;
    std::string whole;
    protocol::Speaker speaker{};  // of its last piece
    std::size_t begin = 0;        // of the open dictation's pieces
    bool isDoubtful = false;
    const auto settle = [&] {
        if (isDoubtful) all.resize(begin);
        isDoubtful = false;
        for (; begin < all.size(); ++begin) all[begin].value = whole;
        whole.clear();
    };
    for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
        const bool wasOpen = follower.isOpen();
        const std::optional<PersonalDataKind> matter =
            wasOpen ? std::optional{follower.matter()} : std::nullopt;
        const std::size_t openings = follower.openings();
        const std::size_t values = follower.values();
        const Line& line = conversation.lines[index];
        const DictatedPiece piece = follower.read(line);
        const bool isAnother = follower.values() != values;
        if (!wasOpen || isAnother || (isDoubtful && follower.openings() != openings)) settle();
        isDoubtful = follower.isDoubtful();
        const PersonalDataKind kind =
            follower.isOpen() ? follower.matter() : matter.value_or(PersonalDataKind::Password);
        if (const auto word = wordCalledPasswordIn(line); word && piece.spans.empty())
            called.push_back({PersonalDataKind::Password, std::string{rawWord(line, word->first)}, index,
                              word->first, word->last});
        if (piece.spans.empty()) continue;
        // "n" - "n": read back by the other side, said twice by one.
        const bool isRepetition = piece.value.size() > 1 || line.speaker != speaker;
        if (!isRepetition || !whole.ends_with(piece.value)) {
            whole.append(piece.value, 0, kLongest - whole.size());
            speaker = line.speaker;
        }
        for (const DictatedPiece::Span& span : piece.spans)
            all.push_back({kind, {}, index, span.first, span.last});
    }
    settle();
    all.insert(all.end(), called.begin(), called.end());
    std::ranges::stable_sort(all, {}, &Dictated::line);
    return all;
}

namespace {

/// Nearly every text has none of these, so few are read.
bool mayOpen(std::string_view text) {
    static constexpr auto kParts = std::to_array<std::string_view>(
        {"pass",      "Pass",     "PASS",  "mdp",     "MDP",    "wi",    "Wi",     "WI",  "cart",
         "ode",       "combina",  "ecret", "Cart",    "card",   "isa",   "CB",     "cb",  "Card",
         "iban",      "Iban",     "IBAN",  "rdonn",   "pin",    "PIN",   "rib",    "RIB", "vitale",
         "cu",        "bank",     "Bank",  "ancaire", "social", "nir",   "NIR",    "Pin", "key",
         "rovisoire", "aissance", "birth", "dob",     "DOB",    "né le", "née le", "born"});
    return std::ranges::any_of(
        kParts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

std::vector<std::string_view> textsIn(std::string_view before) {
    std::vector<std::string_view> texts;
    while (!before.empty()) {
        const std::size_t end = std::min(before.find('\n'), before.size());
        texts.push_back(before.substr(0, end));
        before.remove_prefix(std::min(end + 1, before.size()));
    }
    return texts;
}

/// The texts that tell what is open behind the last one: those that open it, its last piece and what followed.
std::vector<std::string_view> tellingTexts(const std::vector<std::string_view>& texts) {
    DictationFollower follower;
    std::vector<std::string_view> telling;
    std::size_t opening = 0;  // texts that open it
    bool isRead = false;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        isRead = isRead || mayOpen(texts[at]);
        if (!isRead) continue;
        Line line;
        line.text = texts[at];
        line.words = mendedNumbers(wordsOf(texts[at]));
        line.isQuestion = texts[at].ends_with('?');
        const DictationFollower::Heard heard = follower.hear(line);
        if (heard == DictationFollower::Heard::Opening) {
            const std::size_t from = at - std::min(at, follower.sinceTopicBefore());
            telling.assign(texts.begin() + static_cast<std::ptrdiff_t>(from),
                           texts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            opening = telling.size();
            continue;
        }
        if (heard == DictationFollower::Heard::Piece) telling.resize(opening);
        telling.push_back(texts[at]);
    }
    if (!follower.isOpen())
        return {texts.end() - std::min<std::ptrdiff_t>(1, std::ssize(texts)), texts.end()};
    return telling;
}

}  // namespace

std::vector<protocol::Turn> turnsBefore(std::string_view before) {
    const std::vector<std::string_view> texts = tellingTexts(textsIn(before));
    std::vector<protocol::Turn> turns;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        const bool isOther = (texts.size() - at) % 2 == 1;
        turns.push_back(
            {isOther ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, std::string{texts[at]}});
    }
    return turns;
}

}  // namespace ninja3cx::analysis
