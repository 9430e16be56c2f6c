#include "server/analysis/conclusions/second_opening.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/second_matter_cues.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

using protocol::Speaker;

bool goesOn(const Line& line) {
    std::size_t at = 0;
    while (at < line.words.size() &&
           isOneOf(line.words[at].text,
                   {"ah",      "oh",      "oui",   "bon",   "bien",   "sur",   "ok",    "d",
                    "accord",  "okay",    "right", "well",  "alors",  "dites", "merci", "super",
                    "parfait", "entendu", "tres",  "noted", "lovely", "fine"}))
        ++at;
    return at < line.words.size() && isOneOf(line.words[at].text, {"et", "and", "puis", "then"});
}

bool isInvited(const std::vector<Line>& lines, std::size_t turn) {
    static const CueList kInvites{{"autre chose"},    {"autre question"}, {"autre souci"},
                                  {"autre probleme"}, {"la deuxieme"},    {"le deuxieme"},
                                  {"la seconde"},     {"anything else"},  {"something else"},
                                  {"the second one"}, {"the other one"},  {"second thing"}};
    return turn > 0 && lines[turn - 1].speaker == Speaker::Agent && kInvites.first(lines[turn - 1]);
}

bool countsTwo(const Line& line) {
    static const CueList kTwo{
        {"deux choses"},  {"deux problemes"},     {"deux soucis"},      {"deux sujets"},
        {"deux points"},  {"deux questions"},     {"plusieurs choses"}, {"two things"},
        {"two problems"}, {"two issues"},         {"couple of things"}, {"couple of issues"},
        {"few things"},   {"couple of problems"}, {"deux demandes"},    {"two questions"}};
    return kTwo.first(line).has_value();
}

std::optional<std::size_t> openedAt(const Line& sentence, bool isSecondOfTwo) {
    constexpr std::size_t kBeginning = 3;  // words
    std::optional<std::size_t> from;
    for (const CueList::Hit& hit : secondMatterOpenings().all(sentence)) {
        // "my second monitor"
        if (hit.phrase == "second" && !sentence.isCutAfter(hit.match.first)) continue;
        if (hit.match.first < kBeginning || sentence.isCutAfter(hit.match.first - 1))
            from = std::max(from.value_or(0), hit.match.last);
    }
    if (from) return from;
    const bool isAnd =
        sentence.words.size() > 1 && isOneOf(sentence.words[0].text, {"et", "and", "puis", "then"}) &&
        isOneOf(sentence.words[1].text,
                {"mon", "ma", "mes", "le", "la", "l", "les", "notre", "nos", "my", "the", "our"});
    return isAnd && isSecondOfTwo ? std::optional<std::size_t>{1} : std::nullopt;
}

Line restOf(const Line& sentence, std::size_t from) {
    Line rest = sentence;
    rest.words.erase(rest.words.begin(), rest.words.begin() + static_cast<std::ptrdiff_t>(from));
    return rest;
}

}  // namespace ninja3cx::analysis
