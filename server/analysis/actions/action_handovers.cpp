#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"

#include <algorithm>
#include <vector>

namespace ninja3cx::analysis {
namespace {

const std::vector<Compiled<ActionTeam>>& compiledTeams() {
    static const auto kCompiled = [] {
        std::vector<Compiled<ActionTeam>> all;
        for (const ActionTeam& team : actionTeams()) all.push_back(compiledOf(team, team.phrases));
        return all;
    }();
    return kCompiled;
}

/// "votre direction", "à la direction informatique de la mairie".
bool isTheirs(const Line& line, const Phrase::Match& team) {
    return isWord(line, team.last, {"informatique"}) ||
           (team.first > 0 && isWord(line, team.first - 1, {"votre", "vos", "your", "leur", "their"}));
}

/// "je transmets … à l'équipe réseau": a verb of passing on stands before the team.
bool isPassedTo(const Line& line, const Phrase::Match& team) {
    static const CueList kVerbs{
        {"transmet*"}, {"transmis"}, {"passe"},   {"passer"},   {"passes"},    {"soumets"},  {"demande"},
        {"envoie"},    {"remonte"},  {"prevenu"}, {"previens"}, {"escalade"},  {"reveille"}, {"confie"},
        {"relance"},   {"alerte"},   {"pass"},    {"passed"},   {"passing"},   {"hand"},     {"handing"},
        {"handed"},    {"give"},     {"put"},     {"putting"},  {"escalat*"},  {"gone to"},  {"giving"},
        {"given"},     {"send"},     {"sent"},    {"raise*"},   {"asked"},     {"ask"},      {"get"},
        {"forward*"},  {"bascule"},  {"donne"},   {"mets"},     {"vois avec"}, {"refer"}};
    return std::ranges::any_of(kVerbs.all(line), [&](const CueList::Hit& verb) {
        return verb.match.last <= team.first && team.first - verb.match.last <= 8 &&
               !isDeniedOrAsked(line, verb.match) && !isPartedWithin(line, verb.match.last - 1, team.first);
    });
}

/// "l'équipe réseau prend le relais": the team does something itself.
bool takesOver(const Line& line, const Phrase::Match& team) {
    static const CueList kTaken{{"prend le dossier"},
                                {"reprend le dossier"},
                                {"prend le relais"},
                                {"prend la suite"},
                                {"s en occupe"},
                                {"prend la main"},
                                {"vous rappelle"},
                                {"will take"},
                                {"ll take"},
                                {"will look"},
                                {"ll look"},
                                {"will call"},
                                {"ll call"},
                                {"takes it"},
                                {"va regarder"},
                                {"va"},
                                {"vont"},
                                {"will"},
                                {"ll"},
                                {"reprend la suite"}};
    return std::ranges::any_of(kTaken.all(line), [&](const CueList::Hit& verb) {
        return verb.match.first >= team.last && verb.match.first - team.last <= 3;
    });
}

/// The first that is named; of two that begin there the one that stands higher in the list.
const ActionTeam* teamIn(const Line& line) {
    const ActionTeam* first = nullptr;
    std::size_t from = 0;
    for (const Compiled<ActionTeam>& team : compiledTeams())
        for (const Phrase& phrase : team.phrases) {
            const auto match = phrase.find(line.words);
            if (!match || (first && match->first >= from) || isTheirs(line, *match)) continue;
            if (!isPassedTo(line, *match) && !takesOver(line, *match)) continue;
            first = team.value;
            from = match->first;
        }
    return first;
}

const std::vector<Compiled<ActionVendor>>& compiledVendors() {
    static const auto kCompiled = [] {
        std::vector<Compiled<ActionVendor>> all;
        for (const ActionVendor& vendor : actionVendors()) all.push_back(compiledOf(vendor, vendor.phrase));
        return all;
    }();
    return kCompiled;
}

using Vendors = std::vector<const ActionVendor*>;

/// A vendor has several entries: it counts once.
void addOnce(Vendors& vendors, const ActionVendor* vendor) {
    if (std::ranges::find(vendors, vendor->written, &ActionVendor::written) == vendors.end())
        vendors.push_back(vendor);
}

/// "je vois ça avec Orange", but not "orange fixe", which is a lamp.
Vendors vendorsCalledIn(const Line& line) {
    Vendors found;
    for (const Compiled<ActionVendor>& vendor : compiledVendors())
        if (const auto match = vendor.phrases[0].find(line.words)) {
            const bool isCalled =
                match->first > 0 &&
                isWord(line, match->first - 1, {"chez", "a", "with", "to", "aupres", "d", "de", "appelle"});
            const bool isColour = isWord(line, match->last, {"clignote", "fixe"});
            if (isCalled && !isColour) addOnce(found, vendor.value);
        }
    return found;
}

/// Whose line it is, once somebody has said so; "" where several are named.
std::string operatorOf(const Conversation& conversation) {
    static const CueList kLine{
        {"chez orange"},          {"chez sfr"},          {"chez bouygues"},  {"chez ovh"},
        {"ligne orange"},         {"fibre orange"},      {"box orange"},     {"with openreach"},
        {"c est orange"},         {"c est sfr"},         {"c est bouygues"}, {"with vodafone"},
        {"on est chez ~ orange"}, {"with virgin media"}, {"with eir"}};
    Vendors all;
    for (const Line& line : conversation.lines) {
        if (!kLine.first(line)) continue;
        for (const Compiled<ActionVendor>& vendor : compiledVendors()) {
            if (!vendor.value->isOperator) continue;
            const auto match = vendor.phrases[0].find(line.words);
            if (match && !isWord(line, match->last, {"clignote", "fixe"})) addOnce(all, vendor.value);
        }
    }
    return all.size() == 1 ? std::string{all[0]->written} : std::string{};
}

/// With whom a case is opened.
struct CaseHolder {
    std::string french;
    std::string english;
};

CaseHolder operatorCalled(const std::string& name) {
    if (name.empty()) return {"l'opérateur", "the operator"};
    return {"l'opérateur (" + name + ")", "the operator (" + name + ")"};
}

std::optional<CaseHolder> caseHolderIn(const ActionForm& form, const Line& line) {
    if (const Vendors named = vendorsCalledIn(line); named.size() == 1) {
        const std::string name{named[0]->written};
        return named[0]->isOperator ? operatorCalled(name) : CaseHolder{name, name};
    }
    if (hasWord(line, {"operateur", "provider", "carrier", "isp"}))
        return operatorCalled(operatorOf(form.conversation));
    if (hasWord(line, {"editeur", "publisher"})) return CaseHolder{"l'éditeur", "the software vendor"};
    if (hasWord(line, {"constructeur", "fabricant", "manufacturer", "maker"}))
        return CaseHolder{"le constructeur", "the manufacturer"};
    if (hasWord(line, {"hebergeur"})) return CaseHolder{"l'hébergeur", "the hosting company"};
    if (hasWord(line, {"distributeur", "distributor"}))
        return CaseHolder{"le distributeur", "the distributor"};
    if (hasWord(line, {"loueur"})) return CaseHolder{"le loueur", "the leasing company"};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> passedOnText(const ActionForm& form, const Line& line) {
    const ActionTeam* team = teamIn(line);
    if (!team) return std::nullopt;
    if (form.isEnglish()) return (form.isDone ? "Passed on " : "Pass on ") + std::string{team->english};
    return (form.isDone ? "Transmis " : "Transmettre ") + std::string{team->french};
}

std::optional<std::string> caseOpenedText(const ActionForm& form, const Line& line) {
    const auto holder = caseHolderIn(form, line);
    if (!holder) return std::nullopt;
    if (form.isEnglish()) return (form.isDone ? "Case opened with " : "Open a case with ") + holder->english;
    return (form.isDone ? "Dossier ouvert chez " : "Ouvrir un dossier chez ") + holder->french;
}

}  // namespace ninja3cx::analysis
