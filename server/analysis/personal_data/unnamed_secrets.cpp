#include "server/analysis/personal_data/unnamed_secrets.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/number_topics.hpp"
#include "server/analysis/personal_data/written_secrets.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace ninja3cx::analysis {

std::vector<UnnamedSecret> keyedSecurityNumbersIn(const Line& line) {
    constexpr std::size_t kDigits = 13;
    constexpr std::size_t kKeyDigits = 2;
    std::vector<UnnamedSecret> found;
    const std::span<const Word> words = line.words;
    for (std::size_t at = 1; at + 1 < words.size(); ++at) {
        if (words[at].text != "cle" && words[at].text != "key") continue;
        std::size_t end = at;
        while (end > 0 && (words[end - 1].text == "la" || words[end - 1].text == "et" ||
                           words[end - 1].text == "the" || words[end - 1].text == "and"))
            --end;
        const std::vector<DigitRun> runs = digitRuns(words.first(end));
        const std::vector<DigitRun> keys = digitRuns(words.subspan(at + 1));
        if (runs.empty() || runs.back().last != end || keys.empty() || keys.front().first != 0) continue;
        const auto keyEnd = keys.front().lastFor(kKeyDigits);
        if (!keyEnd) continue;
        const std::string key = keys.front().digits().substr(0, kKeyDigits);
        std::string digits;
        const auto& groups = runs.back().groups;
        for (auto group = groups.rbegin(); group != groups.rend() && digits.size() < kDigits; ++group) {
            digits = group->digits + digits;
            if (digits.size() != kDigits || !isFrenchSocialSecurity(digits + key)) continue;
            found.push_back({digits + key, group->first, at + 1 + *keyEnd});
        }
    }
    return found;
}

std::vector<UnnamedSecret> groupedSecurityNumbersIn(const Line& line) {
    constexpr std::size_t kDigits = 15;
    constexpr std::size_t kNumberDigits = 13;  // without the key
    constexpr std::size_t kMostGroups = 9;     // "zéro cinq" may be two
    static constexpr auto kParts = std::to_array<std::size_t>({1, 2, 2, 2, 3, 3, 2});
    constexpr std::size_t kShort = 2;
    std::vector<UnnamedSecret> found;
    if (topicsOf(line).otherCard) return found;  // "l'IMEI …"
    for (const DigitRun& run : digitRuns(line.words)) {
        const std::string digits = run.digits();
        if (digits.size() != kDigits || run.groups.size() > kMostGroups) continue;
        auto group = run.groups.begin();
        const auto isGrouped = [&](std::size_t part) {
            std::size_t said = 0;
            const auto begin = group;
            while (group != run.groups.end() && said < part) said += (group++)->digits.size();
            return said == part && (part <= kShort || group == begin + 1);
        };
        const std::string key = digits.substr(kNumberDigits);
        const bool isKey = key >= "01" && key <= "97";
        if (std::ranges::all_of(kParts, isGrouped) && isKey && !isCardNumber(digits) &&
            isFrenchSocialSecurity(std::string_view{digits}.substr(0, kNumberDigits)))
            found.push_back({digits, run.first, run.last});
    }
    return found;
}

std::vector<UnnamedSecret> writtenLoginsIn(const Line& line) {
    static const CueList kCues{
        {"administrateur avec"}, {"admin avec"},    {"connecte* ~ avec"},   {"loggue* ~ avec"},
        {"identifie* ~ avec"},   {"cle partagee"},  {"cle pre partagee"},   {"psk"},
        {"shared key"},          {"log in ~ with"}, {"administrator with"}, {"logged in ~ with"}};
    constexpr std::size_t kReach = 5;  // words from the announcement
    std::vector<UnnamedSecret> found;
    for (const CueList::Hit& hit : kCues.all(line))
        for (std::size_t at = hit.match.last; at < line.words.size() && at < hit.match.last + kReach; ++at) {
            const std::size_t last = afterWritten(line, at);
            if (last == at) continue;
            std::string value;
            for (std::size_t word = at; word < last; ++word) value += line.words[word].text;
            found.push_back({value, at, last});
            break;
        }
    return found;
}

}  // namespace ninja3cx::analysis
