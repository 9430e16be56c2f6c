#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {
namespace {

/// "la procédure écrite et le devis": what is said in one breath with it.
std::optional<NounHit> besides(const Line& line, const NounHit& first, std::uint32_t use) {
    for (const NounHit& hit : nounsIn(line, use)) {
        if (hit.match.first < first.match.last || hit.match.first - first.match.last > 3) continue;
        if (hit.noun == first.noun || isPartedWithin(line, first.match.last - 1, hit.match.first)) continue;
        const bool isJoined =
            isWord(line, hit.match.first - 2, {"et", "and"}) &&
            isWord(line, hit.match.first - 1, {"le", "la", "les", "un", "une", "l", "the", "a"});
        if (isJoined) return hit;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> sentText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{
        {"envoie"},    {"envoi"},         {"envoye"},   {"envoyer"},   {"enverrai"},    {"enverra"},
        {"transmets"}, {"transmettrai"},  {"adresse"},  {"renvoie"},   {"fais suivre"}, {"aurez"},
        {"recevrez"},  {"fais parvenir"}, {"prepare"},  {"refais"},    {"etablis"},     {"send"},
        {"sending"},   {"sent"},          {"email"},    {"e mail"},    {"emailing"},    {"emailed"},
        {"mail"},      {"forward"},       {"send you"}, {"send over"}, {"get you"},     {"mailing"}};
    // An English "mail" may be on paper.
    const bool saysMail = form.isEnglish() ? hasWord(line, {"email", "emails", "emailing", "emailed"})
                                           : hasWord(line, {"mail", "mails", "courriel", "email"}) &&
                                                 !hasWord(line, {"courrier"});
    if (const auto object = objectOf(line, kVerbs, {kSent, true})) {
        std::string text = form.said(object->hit, "Envoyer", "Envoi", "Send", "Sent");
        if (const auto second = besides(line, object->hit, kSent)) {
            if (form.isEnglish())
                text += " and " + english(*second);
            else
                text += " et " + (form.isDone ? withDu(*second->noun, second->isPlural)
                                              : withLe(*second->noun, second->isPlural));
        }
        if (saysMail) text += form.isEnglish() ? " by e-mail" : " par e-mail";
        return text;
    }
    if (form.isDone) return std::nullopt;
    static const CueList kTold{{"vous confirme par mail"},
                               {"vous confirme ca par mail"},
                               {"confirmerai par mail"},
                               {"aurez un mail"},
                               {"recevrez un mail"},
                               {"aurez un message"},
                               {"vous previens par mail"},
                               {"un mail quand"},
                               {"un mail des que"},
                               {"vous confirme ~ par mail"},
                               {"i ll confirm ~ by email"},
                               {"get an email when"},
                               {"vous confirme ~ par courriel"},
                               {"an email when"},
                               {"email you when"},
                               {"an email once"},
                               {"email you once"}};
    if (kTold.first(line)) return form.isEnglish() ? "Confirm by e-mail" : "Confirmer par e-mail";
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
