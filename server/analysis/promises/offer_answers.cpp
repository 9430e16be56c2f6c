#include "server/analysis/promises/offer_answers.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

/// That there is no need or wish of something: what it is follows.
const CueList& needlessCues() {
    static const CueList kCues{{"pas la peine"},
                               {"plus la peine"},
                               {"pas besoin"},
                               {"plus besoin"},
                               {"aucun besoin"},
                               {"inutile"},
                               {"pas necessaire"},
                               {"plus necessaire"},
                               {"pas utile"},
                               {"pas oblige*"},
                               {"pas obligatoire"},
                               {"pas indispensable"},
                               {"embetez pas"},
                               {"embeter pas"},
                               {"derangez pas"},
                               {"deranger pas"},
                               {"fatiguez pas"},
                               {"cassez pas la tete"},
                               {"donnez pas cette peine"},
                               {"sert a rien"},
                               {"surtout pas"},
                               {"souhaite pas"},
                               {"veux pas"},
                               {"voudrais pas"},
                               {"voulons pas"},
                               {"aimerais pas"},
                               {"autant pas"},
                               {"prefere pas"},
                               {"tiens pas"},
                               {"pas envie"},
                               {"pas question"},
                               {"hors de question"},
                               {"laissez tomber"},
                               {"laisse tomber"},
                               {"oubliez"},
                               {"faites pas"},
                               {"autant que non"},
                               {"prefere que non"},
                               {"pas l utilite"},
                               {"no need"},
                               {"don t bother"},
                               {"not necessary"},
                               {"don t need"},
                               {"needn t"},
                               {"not needed"},
                               {"no point"},
                               {"rather you didn t"},
                               {"rather not"},
                               {"don t want"},
                               {"unnecessary"},
                               {"no reason"},
                               {"don t have to"},
                               {"forget about"},
                               {"forget it"},
                               {"never mind"},
                               {"please don t"},
                               {"no use"},
                               {"do not bother"},
                               {"skip"}};
    return kCues;
}

/// Turns an offer down in a friendly way.
const CueList& politeCues() {
    static const CueList kCues{{"ca ira"},
                               {"ca va aller"},
                               {"laissez"},
                               {"on va se debrouiller"},
                               {"on se debrouille*"},
                               {"je me debrouille*"},
                               {"i m good"},
                               {"we re good"},
                               {"i m fine"},
                               {"i m okay"},
                               {"you re alright"},
                               {"you re all right"},
                               {"leave it"},
                               {"i ll manage"},
                               {"we ll manage"},
                               {"i m alright"},
                               {"i m all right"},
                               {"i ll pass"}};
    return kCues;
}

const CueList& takingCues() {
    static const CueList kCues{{"oui"},
                               {"ouais"},
                               {"volontiers"},
                               {"plaisir"},
                               {"d accord"},
                               {"ok"},
                               {"okay"},
                               {"parfait"},
                               {"entendu"},
                               {"ca marche"},
                               {"tres bien"},
                               {"super"},
                               {"pas de souci*"},
                               {"pas de probleme*"},
                               {"aucun souci"},
                               {"aucun probleme"},
                               {"veux bien"},
                               {"voudrais bien"},
                               {"s il vous plait"},
                               {"allez y"},
                               {"me va"},
                               {"nous va"},
                               {"ca va tres bien"},
                               {"bien sur"},
                               {"si vous pouvez"},
                               {"si vous pouviez"},
                               {"nickel"},
                               {"impeccable"},
                               {"bonne idee"},
                               {"m arrange*"},
                               {"m irait"},
                               {"je vous attends"},
                               {"attends votre"},
                               {"au contraire"},
                               {"avec joie"},
                               {"ca serait bien"},
                               {"ce serait bien"},
                               {"ca serait gentil"},
                               {"pourquoi pas"},
                               {"bien volontiers"},
                               {"faites comme ca"},
                               {"faisons comme ca"},
                               {"ca ira tres bien"},
                               {"ca me convient"},
                               {"convient"},
                               {"yes"},
                               {"yeah"},
                               {"yep"},
                               {"sure"},
                               {"please do"},
                               {"yes please"},
                               {"great"},
                               {"perfect"},
                               {"lovely"},
                               {"go ahead"},
                               {"that d be"},
                               {"that would be"},
                               {"brilliant"},
                               {"works"},
                               {"if you could"},
                               {"if you don t mind"},
                               {"absolutely"},
                               {"of course"},
                               {"good idea"},
                               {"appreciate"},
                               {"no problem"},
                               {"no worries"},
                               {"wonderful"},
                               {"definitely"},
                               {"sounds good"},
                               {"would help"},
                               {"that helps"},
                               {"would love"},
                               {"d love"}};
    return kCues;
}

/// What is to be done instead of phoning.
const CueList& insteadCues() {
    static const CueList kCues{
        {"plutot ~ mail"},   {"plutot ~ courriel"},  {"plutot ~ sms"},      {"plutot ~ message"},
        {"mail ~ plutot"},   {"sms ~ plutot"},       {"prefere ~ mail"},    {"prefere ~ courriel"},
        {"prefere ~ sms"},   {"prefererais ~ mail"}, {"prefere ~ ecriv*"},  {"prefere ~ ecrit"},
        {"mail ~ suffi*"},   {"mail ~ mieux"},       {"mail ~ ira"},        {"sms ~ suffi*"},
        {"plutot ~ ecri*"},  {"ecrivez moi plutot"}, {"envoyez moi juste"}, {"juste un mail"},
        {"rather ~ email"},  {"rather ~ mail"},      {"rather ~ text"},     {"prefer ~ email"},
        {"email ~ instead"}, {"mail ~ instead"},     {"text ~ instead"},    {"just email"},
        {"just an email"},   {"just send ~ email"},  {"just text"},         {"email ~ enough"},
        {"email ~ better"},  {"email will do"},      {"prefer ~ text"},     {"write to me instead"}};
    return kCues;
}
/// The customer will phone himself.
const CueList& selfCues() {
    static const CueList kCues{{"je prefere ~ rappeler"},
                               {"je prefere ~ appeler"},
                               {"je vous rappelle*"},
                               {"je rappelle*"},
                               {"je vous appelle*"},
                               {"je vous rappelerai"},
                               {"c est moi qui ~ rappel*"},
                               {"c est moi qui ~ appel*"},
                               {"moi qui vous rappel*"},
                               {"je vais vous rappeler"},
                               {"je vous recontacte*"},
                               {"on vous rappelle*"},
                               {"i ll call"},
                               {"i ll ring"},
                               {"i ll phone"},
                               {"i will call"},
                               {"i d rather call"},
                               {"i prefer to call"},
                               {"i ll give you a"},
                               {"we ll call"},
                               {"let me call you"},
                               {"i ll get back to you"}};
    return kCues;
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// A turn of the customer, read as an answer.
class Answer {
public:
    Answer(const OfferedDeed& deed, const Line& line) : deed_{deed}, line_{line} {}

    bool isTaken() const {
        return takingCues().first(line_).has_value() || isAskedFor() ||
               hasWord({"please", "merci", "thanks"});
    }
    /// "oui …", "d'accord …": it begins with a yes, and no "mais" follows before `until`.
    bool isTakenFirst(std::size_t until) const {
        const std::size_t first = firstWord();
        const bool isYes =
            isOneOf(word(first), {"oui", "ouais", "ok", "okay", "parfait", "volontiers", "entendu", "super",
                                  "yes", "yeah", "yep", "sure", "great", "perfect", "lovely", "alright"}) ||
            (word(first) == "d" && word(first + 1) == "accord") ||
            (word(first) == "tres" && word(first + 1) == "bien") ||
            (word(first) == "avec" && word(first + 1) == "plaisir") ||
            (word(first) == "ca" && word(first + 1) == "marche") ||
            (word(first) == "pas" && word(first + 1) == "de") ||
            (word(first) == "bien" && word(first + 1) == "sur");
        if (!isYes) return false;
        for (std::size_t at = first; at < std::min(until, size()); ++at)
            if (isOneOf(word(at), {"mais", "but", "enfin", "actually", "finalement"})) return false;
        return true;
    }
    bool isNoFirst() const {
        const std::size_t first = firstWord();
        return isNo(word(first)) &&
               !(word(first) == "no" && isOneOf(word(first + 1), {"problem", "worries", "trouble", "need",
                                                                  "point", "use", "reason"}));
    }

    enum class Needless { Unsaid, OfDeed, OfNothing, OfOther };
    struct Head {
        Needless about;
        Phrase::Match match;
    };
    /// "pas la peine …", the one that says most of the deed.
    std::optional<Head> needless() const {
        std::optional<Head> best;
        for (const CueList::Hit& hit : needlessCues().all(line_)) {
            const Head head{aboutOf(hit.match), hit.match};
            if (!best || head.about < best->about) best = head;
        }
        return best;
    }

    /// "ne me rappelez pas", "pas de rappel", "don't call".
    bool isForbidden() const {
        for (std::size_t at = 0; at < size(); ++at) {
            if (!deed_.isNamedBy(word(at))) continue;
            if (isForbiddenAt(at)) return true;
        }
        return false;
    }

    /// "non non c'est parfait", "non rappelez-moi plutôt jeudi": a no that takes it after all.
    bool isTakenAfterAll() const {
        static const CueList kTaken{{"parfait"},       {"d accord"},         {"oui"},         {"volontiers"},
                                    {"pas de souci*"}, {"pas de probleme*"}, {"tres bien"},   {"me va"},
                                    {"allez y"},       {"plaisir"},          {"bien sur"},    {"ca marche"},
                                    {"au contraire"},  {"pourquoi pas"},     {"veux bien"},   {"plutot"},
                                    {"go ahead"},      {"please do"},        {"works"},       {"yes"},
                                    {"sure"},          {"perfect"},          {"sounds good"}, {"great"},
                                    {"ca m arrange"},  {"me convient"},      {"faites"},      {"would be"},
                                    {"please call"},   {"please ring"},      {"do call"}};
        return kTaken.first(line_).has_value() || isAskedFor();
    }
    /// "non ça ne marche toujours pas" answers another question.
    bool isOfTrouble() const {
        static const CueList kTrouble{{"marche ~ pas"}, {"toujours pas"},  {"toujours ~ meme"},
                                      {"still not"},    {"still ~ same"},  {"not working"},
                                      {"doesn t work"}, {"fonctionne pas"}};
        return kTrouble.first(line_).has_value();
    }
    bool isButFirst() const {
        std::size_t at = firstWord();
        while (isNo(word(at))) ++at;
        return isOneOf(word(at), {"mais", "but"}) && at + 2 < size();
    }
    /// Nothing but "non merci", and a farewell.
    bool isOnlyThanks() const {
        bool isThanks = false;
        for (std::size_t at = firstWord(); at < size(); ++at) {
            isThanks = isThanks || isOneOf(word(at), {"merci", "thanks", "thank"});
            if (!isNo(word(at)) &&
                !isOneOf(word(at), {"merci", "thanks", "thank", "you", "bonne", "journee", "au", "revoir",
                                    "bye", "beaucoup", "monsieur", "madame", "vraiment", "really"}))
                return false;
        }
        return isThanks;
    }
    /// "non pas demain", "not tomorrow": of a day, with no word for another.
    bool isOfTime() const {
        for (std::size_t at = 0; at + 1 < size(); ++at)
            if (isOneOf(word(at), {"pas", "not"}) && isTimeAt(at + 1)) return true;
        return false;
    }
    /// "après quatorze heures", "not tomorrow morning the afternoon": when it suits him.
    bool isTime() const {
        const std::size_t first = firstWord();
        if (isOneOf(word(first), {"not", "pas"}) && isTimeAt(first + 1)) {
            for (std::size_t at = first + 2; at < size(); ++at)
                if (isOneOf(word(at), {"afternoon", "later", "plutot", "after", "apres", "rather", "evening",
                                       "soir", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "monday",
                                       "tuesday", "wednesday", "thursday", "friday", "lendemain"}))
                    return true;
            return false;
        }
        return isOneOf(word(first), {"apres", "vers", "demain", "lundi", "mardi", "mercredi", "jeudi",
                                     "vendredi", "after", "around", "tomorrow", "monday", "tuesday",
                                     "wednesday", "thursday", "friday", "plutot"});
    }
    /// It is the first thing said: only small words and a no come before.
    bool isLeading(std::size_t first) const {
        for (std::size_t at = 0; at < first; ++at)
            if (!isNo(word(at)) &&
                !isOneOf(word(at), {"oh",     "ah",    "ben",         "bah",         "mais",     "merci",
                                    "c",      "est",   "ce",          "n",           "ne",       "ca",
                                    "sera",   "vaut",  "la",          "it",          "s",        "that",
                                    "thanks", "vous",  "inquietez",   "pas",         "vraiment", "j",
                                    "ai",     "je",    "en",          "you",         "please",   "really",
                                    "i",      "thank", "honnetement", "franchement", "bon",      "y",
                                    "a",      "oh",    "se",          "donnez",      "well",     "there",
                                    "alors",  "enfin", "finalement",  "actually",    "ecoutez",  "sinon",
                                    "te",     "t",     "il",          "plus"}))
                return false;
        return true;
    }

    std::size_t firstOf(const CueList& cues) const {
        const auto hit = cues.first(line_);
        return hit ? hit->match.first : kNone;
    }
    bool hasWord(std::initializer_list<std::string_view> words) const {
        return std::ranges::any_of(line_.words, [&](const Word& each) { return isOneOf(each.text, words); });
    }

private:
    std::size_t size() const { return line_.words.size(); }
    std::string_view word(std::size_t at) const {
        return at < size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }
    static bool isNo(std::string_view said) { return isOneOf(said, {"non", "no", "nope", "nah", "nan"}); }
    /// A word that limits what is refused, where it does not begin another sentence: "en fait", "at all", "là".
    bool isTimeAt(std::size_t at) const {
        const std::string_view next = word(at + 1);
        if (word(at) == "on")
            return isOneOf(next,
                           {"the", "my", "that", "monday", "tuesday", "wednesday", "thursday", "friday"});
        if (isOneOf(word(at), {"la", "le", "ce"}) && isOneOf(next, {"", "n", "sera", "serait", "est"}))
            return false;
        if (isOneOf(word(at), {"en", "in"}) && isOneOf(next, {"fait", "fact"})) return false;
        if (word(at) == "at" && next == "all") return false;
        return isTimeWord(word(at));
    }
    static bool isTimeWord(std::string_view said) {
        return isOneOf(
            said, {"avant",     "apres",    "demain",   "le",       "la",     "ce",      "cet",     "cette",
                   "entre",     "pendant",  "sur",      "au",       "aux",    "en",      "lundi",   "mardi",
                   "mercredi",  "jeudi",    "vendredi", "samedi",   "trop",   "tard",    "tot",     "tout",
                   "plus",      "chez",     "dans",     "ici",      "before", "after",   "until",   "between",
                   "during",    "on",       "at",       "tomorrow", "today",  "tonight", "monday",  "tuesday",
                   "wednesday", "thursday", "friday",   "too",      "in",     "this",    "aujourd", "si",
                   "sauf",      "unless",   "if",       "tant",     "midi"});
    }
    std::size_t firstWord() const {
        std::size_t at = 0;
        while (at < size() &&
               isOneOf(word(at), {"oh", "ah", "euh", "ben", "bah", "alors", "merci", "mais", "well", "thanks",
                                  "bon", "eh", "hum", "hm", "um", "uh", "attendez", "ecoutez"}))
            ++at;
        return at;
    }

    /// "rappelez-moi", "call me", "vous pouvez me rappeler"
    bool isAskedFor() const {
        for (std::size_t at = 0; at < size(); ++at) {
            if (!deed_.isNamedBy(word(at)) || isForbiddenAt(at)) continue;
            if (isOneOf(word(at + 1), {"moi", "me", "nous", "us"})) return true;
            const bool isOfMe = at > 0 && isOneOf(word(at - 1), {"me", "m", "nous"});
            if (isOfMe && hasWord({"pouvez", "pourriez", "faut", "veux", "voulais", "prefere"})) return true;
        }
        return false;
    }

    bool isForbiddenAt(std::size_t at) const {
        const auto before = [&](std::size_t steps) {
            return at >= steps ? word(at - steps) : std::string_view{};
        };
        // "don't call", "do not ring me"
        const bool isDont =
            (before(2) == "don" && before(1) == "t") || (before(2) == "do" && before(1) == "not");
        // "no call back", not "if I've no call by tomorrow"
        const bool isNoCall = before(1) == "no" && word(at).starts_with("call") && isLeading(at - 1);
        if ((isDont || isNoCall) && deed_.isPhoning())
            return !isLimited(afterDeed(at)) && !isOneOf(word(at + 1), {"it", "the", "my"});
        if (!deed_.isPhoning() && before(2) == "don" && before(1) == "t") return true;
        // "pas de rappel", "pas d'appel"
        if (isOneOf(before(1), {"de", "d"}) && before(2) == "pas" &&
            isOneOf(word(at), {"rappel", "appel", "rappels", "rappeler"}))
            return !isLimited(at + 1);
        // "ne me rappelez pas", "rappelez pas"; not "si vous me rappelez pas", "vous m'avez pas rappelé"
        const std::size_t no = isOneOf(word(at + 1), {"moi", "surtout"}) ? at + 2 : at + 1;
        const bool isDirect = word(at).ends_with("ez") || word(at).ends_with("er") ||
                              (word(at).ends_with("e") && isOneOf(before(1), {"me", "m"}));
        if (isDirect && isOneOf(word(no), {"pas", "plus"}))
            return !isConditionalBefore(at) && !isLimited(no + 1);
        // "faut pas me rappeler"; not "vous pouvez pas me rappeler"
        if (isOneOf(before(1), {"me", "m", "nous"}) && before(2) == "pas" && word(at).ends_with("er") &&
            !isOneOf(before(3), {"pouvez", "pourriez", "peut"}))
            return !isLimited(at + 1);
        return false;
    }
    bool isConditionalBefore(std::size_t at) const {
        for (std::size_t steps = 1; steps <= 4 && steps <= at; ++steps)
            if (isOneOf(word(at - steps), {"si", "hier", "pourquoi", "jamais"})) return true;
        return false;
    }
    std::size_t afterDeed(std::size_t at) const {
        std::size_t next = at + 1;
        while (isOneOf(word(next), {"me", "us", "back", "again", "moi", "nous"})) ++next;
        return next;
    }
    /// "… avant neuf heures", "… sur le portable", "… si c'est réglé": not refused altogether. A day that is refused
    /// names another, or it is all of it.
    bool isLimited(std::size_t next) const {
        if (isOneOf(word(next), {"demain", "tomorrow", "aujourd", "today", "this", "ce", "cet", "lundi",
                                 "mardi", "mercredi", "jeudi", "vendredi", "on"}) &&
            !isOneOf(word(next + 1), {"the", "my", "that", "le", "mon"}))
            return hasWord({"plutot", "rather", "instead", "mais", "but"});
        return isTimeAt(next) &&
               !(word(next) == "plus" || word(next) == "tout" || (word(next) == "la" && next + 1 == size()));
    }

    /// What the words behind "pas la peine" are about.
    Needless aboutOf(const Phrase::Match& head) const {
        std::size_t at = head.last;
        if (isOneOf(word(at), {"franchement", "vraiment"}))
            ++at;
        else if (word(at) == "du" && isOneOf(word(at + 1), {"tout", "coup"}))
            at += 2;
        if (at >= size()) return Needless::OfNothing;
        if (isOneOf(word(at), {"the", "my", "mon", "ma", "mes"})) return Needless::OfOther;
        const bool isWish = isOneOf(word(at - 2), {"veux", "voudrais", "souhaite", "voulons", "aimerais"}) &&
                            !isOneOf(word(at), {"merci", "non", "vraiment", "monsieur", "madame"});
        const bool isObject = isWish ||
                              isOneOf(word(at), {"de", "d", "que", "qu", "a", "to", "for", "of", "me", "m",
                                                 "un", "une", "any", "about", "you"}) ||
                              deed_.isNamedBy(word(at)) || word(at).ends_with("ing");
        if (!isObject) return isTimeAt(at) && word(at) != "tout" ? Needless::OfOther : Needless::OfNothing;
        bool isMine = false;  // "que je vous rappelle": what the customer does
        bool isToYou = false;
        while (at < size() &&
               isOneOf(word(at),
                       {"de",   "d",   "que", "qu",  "a",  "to",     "for",     "of",     "me",     "m",
                        "nous", "un",  "une", "any", "on", "vous",   "il",      "soit",   "etre",   "you",
                        "us",   "se",  "le",  "l",   "y",  "bother", "be",      "about",  "je",     "i",
                        "ce",   "the", "so",  "en",  "s",  "quelqu", "someone", "anyone", "getting"})) {
            isMine = isMine || isOneOf(word(at), {"je", "i"});
            isToYou = word(at) == "vous" || (isToYou && word(at) == "a");
            ++at;
        }
        if (isOneOf(word(at), {"embeter", "deranger", "fatiguer", "inquieter", "prendre", "donner"})) {
            std::size_t next = at + 1;
            while (isOneOf(word(next), {"a", "pour", "de", "me", "m", "la", "peine", "nous", "cette"}))
                ++next;
            if (!deed_.isNamedBy(word(next)))
                return word(next).empty() || !isOneOf(word(at + 1), {"a", "pour", "de"}) ? Needless::OfNothing
                                                                                         : Needless::OfOther;
            at = next;
            isToYou = false;
        }
        if (at >= size()) return isMine ? Needless::OfOther : Needless::OfNothing;
        if (isOneOf(word(at), {"faire", "do", "doing", "trouble"})) return Needless::OfNothing;
        // "coup de fil", "follow-up call"
        const bool isDeed = deed_.isNamedBy(word(at)) ||
                            (deed_.isPhoning() && word(at) == "coup" && word(at + 2) == "fil") ||
                            (isOneOf(word(at), {"follow", "return", "quick", "phone"}) &&
                             (deed_.isNamedBy(word(at + 1)) || deed_.isNamedBy(word(at + 2))));
        if (!isDeed || isMine) return Needless::OfOther;
        if (deed_.isPhoning()) {
            if ((isToYou && word(at).ends_with("er")) || word(at + 1) == "you") return Needless::OfOther;
            const std::size_t next = afterDeed(at);
            const bool isOther =
                isOneOf(word(next), {"le", "la", "les", "mon", "ma", "the", "my", "l", "notre"}) &&
                next + 1 < size();
            if (isOther || isLimited(next)) return Needless::OfOther;
        }
        return Needless::OfDeed;
    }

    const OfferedDeed& deed_;
    const Line& line_;
};

/// What he asks for instead, or does himself.
bool asksForAnother(const Answer& answer, bool isOpen) {
    const std::size_t instead = answer.firstOf(insteadCues());
    const std::size_t self = answer.firstOf(selfCues());
    if (instead == kNone && self == kNone) return false;
    if (answer.isNoFirst()) return true;
    if (answer.isTakenFirst(std::min(instead, self))) return false;
    if (instead != kNone) return true;
    if (answer.hasWord({"prefere", "rather", "meme", "myself", "prefer"})) return true;
    return isOpen && !answer.hasWord({"sinon", "otherwise"});
}

}  // namespace

OfferedDeed OfferedDeed::phoning() {
    OfferedDeed deed;
    deed.stems_ = {"rappel",   "rapel",      "appel", "recontact", "contact",
                   "telephon", "retelephon", "call",  "ring",      "phon"};
    deed.isPhoning_ = true;
    return deed;
}

OfferedDeed OfferedDeed::in(const Line& offer) {
    constexpr std::size_t kStem = 5;
    OfferedDeed deed;
    for (const Word& word : offer.words)
        if (word.text.size() >= kStem && !isOneOf(word.text, {"voulez", "souhaitez", "demain", "would",
                                                              "should", "votre", "avant", "apres"}))
            deed.stems_.push_back(word.text.substr(0, kStem));
    return deed;
}

bool OfferedDeed::isNamedBy(std::string_view word) const {
    return std::ranges::any_of(stems_, [&](const std::string& stem) { return word.starts_with(stem); });
}

bool leavesOpen(const Line& line) {
    static const CueList kCues{{"ou ca va"},
                               {"ou ca ira"},
                               {"ou pas"},
                               {"ou c est bon"},
                               {"si vous voulez"},
                               {"si vous le"},
                               {"si vous preferez"},
                               {"si vous souhaitez"},
                               {"si ca vous"},
                               {"si besoin"},
                               {"voulez vous"},
                               {"vous voulez"},
                               {"souhaitez"},
                               {"est ce que je"},
                               {"est ce qu on"},
                               {"ca vous va"},
                               {"ca vous convient"},
                               {"ca vous irait"},
                               {"vous preferez"},
                               {"je peux vous"},
                               {"on peut vous"},
                               {"je pourrais"},
                               {"on pourrait"},
                               {"voulez que"},
                               {"ca vous arrange*"},
                               {"vous voudriez"},
                               {"vous aimeriez"},
                               {"d accord pour"},
                               {"if you like"},
                               {"if you want"},
                               {"if you d like"},
                               {"if you prefer"},
                               {"if that helps"},
                               {"if that works"},
                               {"if that s"},
                               {"if you wish"},
                               {"do you want"},
                               {"would you like"},
                               {"shall i"},
                               {"shall we"},
                               {"should i"},
                               {"should we"},
                               {"can i"},
                               {"i can call"},
                               {"i can ring"},
                               {"i can give you"},
                               {"i can phone"},
                               {"we can call"},
                               {"i could"},
                               {"want me to"},
                               {"would it help"},
                               {"is it ok*"},
                               {"may i"},
                               {"how about"},
                               {"want a call"},
                               {"want us to"},
                               {"would that"},
                               {"does that"},
                               {"we could"},
                               {"is that ok*"}};
    return line.isQuestion || kCues.first(line).has_value();
}

bool gainsTime(const Line& line) {
    return std::ranges::all_of(line.words, [](const Word& word) {
        return isOneOf(
            word.text,
            {"attendez",  "attends", "euh",     "heu",     "hmm",     "hum",       "alors",    "ben",
             "bah",       "bon",     "une",     "deux",    "seconde", "secondes",  "minute",   "voyons",
             "oh",        "ah",      "wait",    "hang",    "hold",    "on",        "a",        "sec",
             "moment",    "second",  "well",    "let",     "me",      "see",       "think",    "je",
             "reflechis", "un",      "instant", "laissez", "moi",     "reflechir", "regarder", "eh",
             "so",        "just",    "pardon",  "comment", "sorry",   "excusez",   "erm",      "hm",
             "regarde",   "mon",     "agenda",  "i",       "m",       "thinking"});
    });
}

bool refusesByName(const OfferedDeed& deed, const Line& line) {
    if (line.isQuestion) return false;
    const Answer answer{deed, line};
    const auto needless = answer.needless();
    return (needless && needless->about == Answer::Needless::OfDeed) || answer.isForbidden();
}

OfferAnswer answerTo(const OfferedDeed& deed, bool isOpen, const Line& line) {
    using enum OfferAnswer;
    if (refusesByName(deed, line)) return Refused;
    const Answer answer{deed, line};
    if (deed.isPhoning() && asksForAnother(answer, isOpen)) return Refused;
    const auto needless = answer.needless();
    if (needless && needless->about == Answer::Needless::OfNothing) {
        const std::size_t at = needless->match.first;
        if (answer.isLeading(at) || (isOpen && !answer.isTakenFirst(at))) return Refused;
    }
    const bool isNo = answer.isNoFirst();
    if (isNo && answer.isTakenAfterAll()) return Taken;
    const std::size_t polite = answer.firstOf(politeCues());
    if (polite != kNone && (isNo || (isOpen && !answer.isTakenFirst(polite) && !answer.isTakenAfterAll())))
        return Refused;
    if (!isNo) return answer.isTaken() || (isOpen && answer.isTime()) ? Taken : Unclear;
    if (answer.isOnlyThanks()) return Refused;
    const bool isOfOther = (needless && needless->about == Answer::Needless::OfOther) || answer.isOfTime() ||
                           answer.isOfTrouble() || answer.isButFirst();
    return isOpen && !isOfOther ? Refused : Unclear;
}

}  // namespace ninja3cx::analysis
