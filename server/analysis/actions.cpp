#include "server/analysis/actions.hpp"

#include "server/analysis/action_lexicon.hpp"
#include "server/analysis/cue_list.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct CompiledCue {
    const ActionCue* cue;
    Phrase phrase;
};
const std::vector<CompiledCue>& compiledCues() {
    static const std::vector<CompiledCue> kCompiled = [] {
        std::vector<CompiledCue> compiled;
        for (const ActionCue& cue : actionCues()) compiled.push_back({&cue, Phrase{cue.phrase}});
        return compiled;
    }();
    return kCompiled;
}

/// Times of day and days, the longest wording first.
const CueList& dueCues() {
    static const CueList kCues{{"demain ~ avant ~ heures"},
                               {"demain matin"},
                               {"demain apres midi"},
                               {"des demain"},
                               {"demain"},
                               {"cet apres midi"},
                               {"ce matin"},
                               {"ce soir"},
                               {"dans la journee"},
                               {"dans la demi heure"},
                               {"dans l heure"},
                               {"dans ~ minutes"},
                               {"dans ~ heures"},
                               {"dans ~ heure"},
                               {"dans ~ jours"},
                               {"sous ~ jours"},
                               {"sous ~ heures"},
                               {"avant ~ heures"},
                               {"avant midi"},
                               {"cette semaine"},
                               {"la semaine prochaine"},
                               {"semaine prochaine"},
                               {"cette nuit"},
                               {"lundi"},
                               {"mardi"},
                               {"mercredi"},
                               {"jeudi"},
                               {"vendredi"},
                               {"samedi"},
                               {"aujourd hui"},
                               {"tout de suite"},
                               {"tomorrow morning"},
                               {"tomorrow afternoon"},
                               {"by tomorrow"},
                               {"tomorrow"},
                               {"this afternoon"},
                               {"this morning"},
                               {"in the morning"},
                               {"within ~ hour"},
                               {"within ~ hours"},
                               {"in ~ minutes"},
                               {"in ~ hour"},
                               {"in ~ hours"},
                               {"in ~ days"},
                               {"next week"},
                               {"this week"},
                               {"on monday"},
                               {"on tuesday"},
                               {"on wednesday"},
                               {"on thursday"},
                               {"on friday"},
                               {"monday"},
                               {"tuesday"},
                               {"wednesday"},
                               {"thursday"},
                               {"friday"},
                               {"today"},
                               {"tonight"}};
    return kCues;
}
const CueList& laterCues() {
    static const CueList kCues{{"demain"},         {"lundi"},
                               {"mardi"},          {"mercredi"},
                               {"jeudi"},          {"vendredi"},
                               {"samedi"},         {"semaine prochaine"},
                               {"cet apres midi"}, {"ce soir"},
                               {"cette nuit"},     {"je vais"},
                               {"on va"},          {"apres votre accord"},
                               {"i ll"},           {"we ll"},
                               {"tomorrow"},       {"next week"},
                               {"monday"},         {"tuesday"},
                               {"wednesday"},      {"thursday"},
                               {"friday"},         {"going to"}};
    return kCues;
}

std::string wordingOf(std::string_view kind, bool isDone, bool isEnglish) {
    for (const ActionWording& wording : actionWordings())
        if (wording.kind == kind)
            return std::string{isEnglish ? (isDone ? wording.doneEn : wording.todoEn)
                                         : (isDone ? wording.done : wording.todo)};
    return {};
}

/// Something the technician says about himself, not what he asks or denies.
bool isMeant(const Line& line, const Phrase::Match& match) {
    if (isNegated(line.words, match)) return false;
    static const CueList kAsked{
        {"pouvez vous"}, {"est ce que vous"}, {"n hesitez pas"}, {"vous avez deja"},
        {"avez vous"},   {"did you"},         {"have you"},      {"puis je vous rappeler"}};
    return !kAsked.first(line);
}

}  // namespace

std::optional<std::string> findDue(const Line& line) {
    const auto hit = dueCues().first(line);
    if (!hit) return std::nullopt;
    const auto from = static_cast<std::size_t>(line.words[hit->match.first].begin);
    const auto to = static_cast<std::size_t>(line.words[hit->match.last - 1].end);
    return std::string{line.text.substr(from, to - from)};
}

std::vector<FoundAction> findActions(const Conversation& conversation, protocol::Category category) {
    std::vector<FoundAction> found;
    if (category == protocol::Category::OtherNonSupport) {
        found.push_back(
            {{"none", wordingOf("none", true, conversation.isEnglish), "agent", std::nullopt, "done"},
             {},
             {}});
        return found;
    }
    for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
        const Line& line = conversation.lines[index];
        if (line.speaker != protocol::Speaker::Agent) continue;
        for (const CompiledCue& compiled : compiledCues()) {
            const auto match = compiled.phrase.find(line.words);
            if (!match || !isMeant(line, *match)) continue;
            const bool isDone = compiled.cue->time == ActionTime::Now ||
                                (compiled.cue->time == ActionTime::Said && !laterCues().first(line));
            const auto known = std::find_if(found.begin(), found.end(), [&](const FoundAction& other) {
                return other.action.kind == compiled.cue->kind;
            });
            if (known != found.end()) {
                if (known->turns.back() != line.turn) known->turns.push_back(line.turn);
                if (!known->action.due && known->action.status == "todo") known->action.due = findDue(line);
                continue;
            }
            FoundAction action;
            action.action.kind = std::string{compiled.cue->kind};
            action.action.text = wordingOf(compiled.cue->kind, isDone, conversation.isEnglish);
            action.action.owner = "agent";
            action.action.status = isDone ? "done" : "todo";
            if (!isDone) action.action.due = findDue(line);
            action.turns.push_back(line.turn);
            action.cue = std::string{compiled.cue->phrase};
            found.push_back(std::move(action));
        }
    }
    return found;
}

}  // namespace ninja3cx::analysis
