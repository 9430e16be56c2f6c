#include "server/analysis/conversation/second_matter_cues.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// What a phrase is good for, a bit each.
using Uses = unsigned;
constexpr Uses kHints = 1;
constexpr Uses kOpens = 2;
constexpr Uses kSays = 4;
constexpr Uses kLeads = 8;

struct Turning {
    std::string_view phrase;
    Uses uses;
};
constexpr auto kTurnings = std::to_array<Turning>({
    // French
    {"autre chose", kHints | kOpens | kSays | kLeads},
    {"autre truc", kHints | kOpens | kSays},
    {"autre souci", kHints | kOpens | kSays},
    {"autre probleme", kHints | kOpens | kSays},
    {"autre point", kHints | kOpens},
    {"autre question", kHints | kOpens},
    {"autre demande", kHints | kOpens},
    {"sinon", kHints | kOpens},
    {"et sinon", kSays | kLeads},
    {"sinon j", kSays},
    {"deuxieme", kHints},
    {"la deuxieme", kOpens | kLeads},
    {"le deuxieme", kOpens},
    {"la deuxieme c est", kSays},
    {"deuxieme chose", kOpens | kSays},
    {"deuxieme point", kOpens | kLeads},
    {"deuxieme souci", kOpens},
    {"deuxieme probleme", kOpens},
    {"deuxiemement", kHints | kOpens},
    {"la seconde", kOpens},
    {"le second", kOpens},
    {"seconde chose", kHints | kOpens | kSays},
    {"tant que j", kHints | kOpens},
    {"tant que je", kHints | kOpens},
    {"tant que je vous", kSays},
    {"tant que je vous ai", kLeads},
    {"tant que je vous tiens", kLeads},
    {"tant que j y suis", kSays | kLeads},
    {"tant que vous", kHints},
    {"tant qu on", kHints},
    {"tant qu on y est", kOpens | kSays | kLeads},
    {"pendant que j", kHints | kOpens},
    {"pendant que je", kHints | kOpens},
    {"pendant que je vous", kSays},
    {"pendant que je vous ai", kLeads},
    {"pendant que j y suis", kSays | kLeads},
    {"pendant que vous", kHints},
    {"pendant qu on", kHints},
    {"pendant qu on y est", kOpens | kSays | kLeads},
    {"par ailleurs", kHints | kOpens | kLeads},
    {"a part ca", kHints | kOpens | kLeads},
    {"rien a voir", kLeads},
    {"au passage", kHints | kOpens | kLeads},
    {"au fait", kHints | kOpens | kSays | kLeads},
    {"remarque au passage", kLeads},
    {"par contre", kHints},
    {"et par contre", kSays},
    {"en revanche", kHints},
    {"aussi", kHints | kOpens},
    {"et aussi", kOpens | kLeads},
    {"et puis aussi", kOpens},
    {"j ai aussi", kOpens},
    {"on a aussi", kOpens},
    {"il y a aussi", kOpens},
    {"et puis", kHints | kOpens},
    {"en plus", kHints | kOpens},
    {"egalement", kHints | kOpens},
    {"pareil", kHints},
    {"ah et", kHints | kOpens | kLeads},
    {"et pour", kHints},
    {"un truc", kHints},
    {"d ailleurs", kHints},
    {"abuser", kHints},
    // English
    {"another thing", kHints | kOpens | kSays | kLeads},
    {"one more", kHints},
    {"one more thing", kOpens | kSays | kLeads},
    {"one other", kHints},
    {"one other thing", kOpens | kSays},
    {"one tiny", kHints},
    {"odd thing", kHints},
    {"other thing", kHints | kOpens},
    {"the other thing", kSays},
    {"the other one", kOpens},
    {"and the other", kHints},
    {"second", kOpens},
    {"the second", kOpens},
    {"second thing", kHints | kOpens | kSays},
    {"secondly", kHints | kOpens | kLeads},
    {"while i ve", kHints},
    {"while i ve got", kOpens | kSays},
    {"while i ve got you", kLeads},
    {"while i have", kHints},
    {"while i have you", kOpens | kSays | kLeads},
    {"while i m", kHints},
    {"while i m on", kOpens | kSays | kLeads},
    {"while you re", kHints | kOpens},
    {"while we re", kHints},
    {"on top of that", kHints | kOpens | kLeads},
    {"besides", kOpens},
    {"besides that", kHints | kOpens | kLeads},
    {"by the way", kHints | kOpens | kSays | kLeads},
    {"also", kHints | kOpens},
    {"and also", kSays | kLeads},
    {"i ve also", kOpens},
    {"we ve also", kOpens},
    {"i also have", kOpens},
    {"as well", kHints},
    {"as well as that", kOpens},
    {"oh and", kHints | kOpens | kSays | kLeads},
    {"and then", kOpens},
});

CueList listFor(Uses use) {
    std::vector<WeightedCue> cues;
    for (const Turning& turning : kTurnings)
        if ((turning.uses & use) != 0) cues.push_back({turning.phrase});
    return CueList{cues};
}

}  // namespace

const CueList& secondMatterHints() {
    static const CueList kCues = listFor(kHints);
    return kCues;
}
const CueList& secondMatterOpenings() {
    static const CueList kCues = listFor(kOpens);
    return kCues;
}
const CueList& plainSecondMatters() {
    static const CueList kCues = listFor(kSays);
    return kCues;
}
const CueList& secondMatterLeads() {
    static const CueList kCues = listFor(kLeads);
    return kCues;
}

}  // namespace ninja3cx::analysis
