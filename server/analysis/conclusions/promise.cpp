#include "server/analysis/conclusions/promise.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;
using protocol::Speaker;

bool isDoubted(const Line& line) {
    static const CueList kDoubts{{"si j ai le temps"},
                                 {"si je peux"},
                                 {"si je trouve"},
                                 {"si possible"},
                                 {"rappelle peut etre"},
                                 {"je vais peut etre"},
                                 {"peut etre que je vous"},
                                 {"garantis rien"},
                                 {"garantis pas"},
                                 {"promets rien"},
                                 {"promets pas"},
                                 {"sans garantie"},
                                 {"rien garantir"},
                                 {"rien promettre"},
                                 {"if i have time"},
                                 {"if i get time"},
                                 {"if i get a minute"},
                                 {"if i ve time"},
                                 {"if i can"},
                                 {"can t promise"},
                                 {"can t guarantee"},
                                 {"no promises"},
                                 {"i might"},
                                 {"maybe i ll"},
                                 {"perhaps i ll"},
                                 {"not promising"}};
    return kDoubts.first(line).has_value();
}

/// Words of a line around one of them that says "call".
class Place {
public:
    Place(const Line& line, std::size_t at) : line_{line}, at_{at} {}

    std::string_view after(std::size_t steps) const {
        return at_ + steps < line_.words.size() ? std::string_view{line_.words[at_ + steps].text}
                                                : std::string_view{};
    }
    std::string_view before(std::size_t steps) const {
        return at_ >= steps ? std::string_view{line_.words[at_ - steps].text} : std::string_view{};
    }
    bool hasBefore(std::size_t most, std::initializer_list<std::string_view> words) const {
        for (std::size_t steps = 1; steps <= most && steps <= at_; ++steps) {
            if (isCutAfter(at_ - steps)) return false;
            if (isOneOf(before(steps), words)) return true;
        }
        return false;
    }

private:
    bool isCutAfter(std::size_t at) const {
        const auto from = static_cast<std::size_t>(line_.words[at].end);
        const auto to = static_cast<std::size_t>(line_.words[at + 1].begin);
        return line_.text.substr(from, to - from).find_first_of(",;:.!?") != std::string_view::npos;
    }
    const Line& line_;
    std::size_t at_;
};

bool isArticle(std::string_view word) {
    return isOneOf(word, {"le", "la", "les", "l", "mon", "ma", "mes", "votre", "vos", "notre", "nos", "ce",
                          "cette", "un", "une"});
}
/// "je vous rappelle le matin", not "… le principe".
bool isTime(std::string_view word) {
    return isOneOf(word, {"matin",  "matinee",  "soir",      "soiree",   "midi",      "semaine",    "lundi",
                          "mardi",  "mercredi", "jeudi",     "vendredi", "samedi",    "dimanche",   "mois",
                          "jour",   "journee",  "lendemain", "apres",    "plus",      "premier",    "un",
                          "deux",   "trois",    "quatre",    "cinq",     "six",       "sept",       "huit",
                          "neuf",   "dix",      "onze",      "douze",    "quinze",    "vingt",      "trente",
                          "quart",  "demi",     "fin",       "debut",    "prochaine", "prochaines", "courant",
                          "numero", "ligne",    "portable",  "heures",   "minutes",   "fois",       "instant",
                          "minute", "heure"}) ||
           (!word.empty() && word[0] >= '0' && word[0] <= '9');
}

Promise frenchPlace(const Place& place, std::string_view verb) {
    const bool isAgain = verb.starts_with("rappel");
    const bool isNegated =
        (isOneOf(place.after(1), {"pas", "plus", "jamais"}) &&
         !isOneOf(place.after(2), {"avant", "plus", "tard"})) ||
        place.hasBefore(5, {"personne", "jamais", "inutile", "besoin", "peine"}) ||
        (place.hasBefore(3, {"ne", "n"}) && isOneOf(place.after(1), {"pas", "plus", "jamais", "point"}));
    if (isNegated) return Promise::None;
    // "rappelez-nous", "vous nous rappelez": the customer does.
    if (isOneOf(verb, {"rappelez", "appelez", "rappelleriez", "rappellerez"})) return Promise::None;
    if (isOneOf(place.before(1), {"me", "m", "nous"})) return Promise::None;
    // "comme je vous le rappelle"
    if (isAgain && place.before(1) == "le") return Promise::None;
    const bool isYou = place.hasBefore(2, {"vous"});
    const bool isInfinitive = verb.ends_with("er");
    std::size_t next = 1;
    while (isOneOf(place.after(next), {"juste", "simplement", "quand", "meme", "egalement", "aussi", "donc"}))
        ++next;
    if (isAgain && !isInfinitive && isOneOf(place.after(next), {"que", "qu"})) return Promise::None;
    const bool isObject = isArticle(place.after(next)) && !isTime(place.after(next + 1));
    if (isObject && (!isYou || isAgain)) return Promise::None;
    if (isYou) return Promise::Made;
    // "je rappelle Orange", "j'appelle mon collègue"
    const bool isName =
        !place.after(1).empty() && !isTime(place.after(1)) &&
        !isOneOf(place.after(1), {"demain", "dans", "des",     "avant", "vers", "a",       "en",
                                  "quand",  "tout", "bientot", "cet",   "ce",   "ensuite", "pour",
                                  "sur",    "si",   "et",      "votre", "vous", "lundi",   "mardi"});
    // A lost "vous" must not make one of them: the sentence goes on with another deed.
    const bool isAlone =
        place.after(2).empty() || isOneOf(place.after(2), {"et", "puis", "de", "pour", "collegue"});
    if (isOneOf(place.before(1), {"je", "j", "on"}) && isName && isAlone) return Promise::None;
    return Promise::Unsaid;
}

Promise englishPlace(const Place& place) {
    if (place.hasBefore(5, {"won", "can", "cannot", "not", "never", "nobody", "don", "needn"}) &&
        !place.hasBefore(5, {"yes", "sure", "just"})) {
        const bool isOffer = place.hasBefore(5, {"can"}) && !place.hasBefore(5, {"t", "not"});
        if (!isOffer) return Promise::None;
    }
    if (place.hasBefore(6, {"need"}) && place.hasBefore(7, {"no"})) return Promise::None;
    if (isOneOf(place.after(1), {"us", "me", "it", "up", "yourself"})) return Promise::None;
    if (isOneOf(place.before(1), {"you"}) ||
        (place.before(2) == "you" && isOneOf(place.before(1), {"ll", "can", "could"})))
        return Promise::None;
    if (place.after(1) == "you" && !isOneOf(place.after(2), {"by", "a", "sir", "madam"}))
        return Promise::Made;
    constexpr auto isTheirs = [](std::string_view word) {
        return isOneOf(
            word, {"colleague",    "colleagues", "vendor",      "supplier", "provider", "publisher", "editor",
                   "manufacturer", "carrier",    "engineer",    "manager",  "boss",     "support",   "team",
                   "software",     "second",     "distributor", "courier",  "shop",     "helpline"});
    };
    if (isOneOf(place.after(1), {"the", "my", "our", "their"}) && isTheirs(place.after(2)))
        return Promise::None;
    return Promise::Unsaid;
}

Promise placeIn(const Line& line, std::size_t at) {
    const std::string_view word = line.words[at].text;
    const Place place{line, at};
    if (word.starts_with("rappel") && word != "rappel" && word != "rappels") return frenchPlace(place, word);
    // "pour le téléphone je vous envoie …": the thing.
    if (word == "telephone" && isArticle(place.before(1)) && place.before(1) != "l") return Promise::Unsaid;
    if (isOneOf(word, {"appelle", "appellerai", "appellera", "appeler", "appelez", "appellent", "telephone",
                       "telephonerai", "telephonera", "retelephone", "recontacte", "recontacterai",
                       "recontactera", "recontacter", "recontactons", "recontactent"}))
        return frenchPlace(place, word);
    if (isOneOf(word, {"call", "ring", "phone"})) {
        // "give you a ring", "give us a call"
        if (isOneOf(place.before(1), {"a", "quick"})) {
            if (place.hasBefore(4, {"us", "me"})) return Promise::None;
            const bool isGiven = place.hasBefore(4, {"give"}) && place.hasBefore(4, {"you"});
            return isGiven && !place.hasBefore(7, {"won", "can", "never", "not", "nobody"}) ? Promise::Made
                                                                                            : Promise::Unsaid;
        }
        return englishPlace(place);
    }
    return Promise::Unsaid;
}

}  // namespace

Promise promiseIn(const Line& line) {
    Promise best = Promise::Unsaid;
    for (std::size_t at = 0; at < line.words.size(); ++at) best = std::max(best, placeIn(line, at));
    if (best == Promise::Made && isDoubted(line)) return Promise::Doubtful;
    return best;
}

CallReading::Said promisedCall(const CallReading& reading) {
    constexpr float kShown = 0.3F;
    CallReading::Said said = reading.answer("callback");
    if (said.value == 0) return said;
    bool isMade = false;
    bool isDoubtful = false;
    bool isDenied = false;
    const auto& lines = reading.conversation().lines;
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        if (lines[turn].speaker != Speaker::Agent) continue;
        const Promise promise = promiseIn(lines[turn]);
        const bool isShown = reading.shows(turn, "callback:todo") >= kShown;
        isMade = isMade || promise == Promise::Made || (promise == Promise::Unsaid && isShown);
        isDoubtful = isDoubtful || promise == Promise::Doubtful;
        isDenied = isDenied || promise == Promise::None;
    }
    if (isMade || (!isDoubtful && !isDenied)) return said;
    said.confidence = Confidence::Unsure;
    if (!isDoubtful) said.value = 0;
    return said;
}

}  // namespace ninja3cx::analysis
