#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/product_list.hpp"

namespace ninja3cx::analysis {
namespace {

const CueList& verbsOfAgain() {
    static const CueList kCues{{"reinstall*"}, {"remets"}, {"repose"}, {"putting back"}};
    return kCues;
}
const CueList& verbsOfInstalling() {
    static const CueList kCues{{"install*"}, {"pose"}, {"deploie"}, {"push"}, {"pushing"}, {"put"}};
    return kCues;
}
const CueList& verbsOfStartingAfresh() {
    static const CueList kCues{{"reinstall*"},    {"remets a neuf"},   {"remettre a neuf"},
                               {"remets a zero"}, {"remettre a zero"}, {"reimage"},
                               {"rebuild"},       {"reset"},           {"wipe"}};
    return kCues;
}
const CueList& verbsOfPreparing() {
    static const CueList kCues{{"prepare"}, {"preparer"}, {"prepares"}, {"set up"}, {"preparing"}};
    return kCues;
}

/// The program that stands close behind one of the verbs.
std::optional<std::string_view> programBehind(const Line& line, const CueList& verbs) {
    for (const CueList::Hit& verb : verbs.all(line)) {
        if (isDeniedOrAsked(line, verb.match)) continue;
        if (isWord(line, verb.match.last, {"office"})) return "Office";
        for (const CompiledProduct& candidate : compiledProducts()) {
            if (candidate.product->isDevice) continue;
            const auto match = candidate.phrase.find(line.words, verb.match.last);
            if (!match || match->first - verb.match.last > 3 ||
                leadsAway(line, verb.match.last, match->first) ||
                isPartedWithin(line, verb.match.last - 1, match->first))
                continue;
            return candidate.product->written;
        }
    }
    return std::nullopt;
}

std::string programText(const ActionForm& form, std::string_view name, bool isAgain) {
    const std::string verb = isAgain
                                 ? form.inForm("Réinstaller", "Réinstallation", "Reinstall", "Reinstalled")
                                 : form.inForm("Installer", "Installation", "Install", "Installed");
    const bool isNoun = form.isDone && !form.isEnglish();
    return verb + " " + (isNoun ? withDe(name) : std::string{name});
}

}  // namespace

std::optional<std::string> installedText(const ActionForm& form, const Line& line) {
    const auto again = [&](const NounHit& hit) {
        return form.said(hit, "Réinstaller", "Réinstallation", "Reinstall", "Reinstalled");
    };
    if (const auto name = programBehind(line, verbsOfAgain())) return programText(form, *name, true);
    if (const auto name = programBehind(line, verbsOfInstalling())) return programText(form, *name, false);
    if (const auto object = objectOf(line, verbsOfAgain(), {kInstalled, true})) return again(object->hit);
    if (const auto object = objectOf(line, verbsOfInstalling(), {kInstalled, true}))
        return form.said(object->hit, "Installer", "Installation", "Install", "Installed");
    if (const auto machine = objectOrMeant(line, verbsOfStartingAfresh(), kPrepared)) return again(*machine);
    if (const auto machine = objectOrMeant(line, verbsOfPreparing(), kPrepared))
        return form.said(*machine, "Préparer", "Préparation", "Prepare", "Prepared");
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
