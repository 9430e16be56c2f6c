#include "server/analysis/promises/denied_deeds.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/model/head_names.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

constexpr float kShown = 0.3F;  // from which a turn speaks of an action

/// What denies the deed that follows.
const CueList& denyingCues() {
    static const CueList kCues{{"souhaite pas"},
                               {"le droit"},
                               {"refuse de"},
                               {"inutile"},
                               {"hors de question"},
                               {"pas question"},
                               {"pas a moi"},
                               {"pas a nous"},
                               {"pas possible"},
                               {"impossible"},
                               {"pas autorise*"},
                               {"pas habilite*"},
                               {"pas prevu"},
                               {"pas l intention"},
                               {"pas besoin"},
                               {"pas la peine"},
                               {"pas necessaire"},
                               {"pas utile"},

                               {"pas en mesure"},
                               {"pas capable"},
                               {"can t"},
                               {"cannot"},
                               {"can not"},
                               {"won t"},
                               {"will not"},
                               {"not allowed"},
                               {"not going to"},
                               {"not gonna"},
                               {"no need"},
                               {"not able"},
                               {"unable"},
                               {"refuse to"},
                               {"not permitted"},
                               {"not authorised"},
                               {"not authorized"},
                               {"not supposed"},
                               {"shouldn t"},
                               {"forbidden"},
                               {"out of the question"},
                               {"forgot to"},
                               {"not my job"},
                               {"don t need"},
                               {"no point"},
                               {"not possible"},
                               {"impossible to"},
                               {"interdit"},
                               {"sert a rien"},
                               {"servirait a rien"},
                               {"sert plus a rien"},
                               {"interdisent"},
                               {"defendu de"},
                               {"exclu de"},
                               {"exclu que"},
                               {"pas mon role"},
                               {"pas a mon niveau"},
                               {"pas le temps"},
                               {"pas eu le temps"},
                               {"pas pu"},
                               {"pas reussi"},
                               {"comptez pas sur"},
                               {"don t have the right"},
                               {"aren t allowed"},
                               {"couldn t"},
                               {"wouldn t"},
                               {"didn t"},
                               {"haven t"},
                               {"not in a position"},
                               {"decline to"},
                               {"not necessary"},
                               {"useless to"},
                               {"never going to"}};
    return kCues;
}
/// A verb between "ne" and "pas" that denies no deed: "je ne manquerai pas de vous envoyer".
bool isNoDenial(std::string_view verb) {
    constexpr std::string_view kStems[] = {"manqu",   "oubli",     "tard",   "hesit",  "sai",   "voi",
                                           "compren", "cro",       "pens",   "perd",   "fait",  "faut",
                                           "march",   "fonctionn", "forget", "reste",  "trouv", "risqu",
                                           "promis",  "promet",    "garant", "guarant"};
    return isOneOf(verb, {"wait", "worry", "be", "take", "see", "know", "miss", "fail", "hurt", "tell"}) ||
           std::ranges::any_of(kStems, [&](std::string_view stem) { return verb.starts_with(stem); });
}

/// A turn, read for what it denies.
class Reader {
public:
    explicit Reader(const Line& line) : line_{line}, denied_(line.words.size()) {}

    std::vector<bool> read() && {
        if (line_.speaker != Speaker::Agent) return denied_;
        for (const CueList::Hit& hit : denyingCues().all(line_)) take(hit.match.first, hit.match.last);
        takeModals();
        takeDoNots();
        // "je n'envoie pas", "on ne vous le commande pas": the verb stands between
        for (std::size_t ne = 1; ne + 2 < size(); ++ne) {
            if (!isOneOf(word(ne), {"ne", "n"}) || !isOneOf(word(ne - 1), {"je", "on", "nous"})) continue;
            constexpr std::size_t kVerb = 5;
            for (std::size_t at = ne + 2; at < size() && at <= ne + kVerb; ++at) {
                if (line_.isCutAfter(at - 1)) break;
                if (word(at) != "pas") continue;
                take(ne, at + 1);
                break;
            }
        }
        // "you'd like me to restart it, that's a no"
        static const CueList kClosing{{"c est non"},
                                      {"c est pas dans"},
                                      {"c est pas prevu"},
                                      {"that s a no"},
                                      {"mais pas pour l instant"}};
        if (const auto closing = kClosing.first(line_))
            for (std::size_t at = clauseStart(closing->match.first); at < closing->match.last; ++at)
                denied_[at] = true;
        return denied_;
    }

private:
    std::size_t size() const { return line_.words.size(); }
    std::string_view word(std::size_t at) const {
        return at < size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }

    /// "peux pas", "peux vraiment pas", "peut plus".
    void takeModals() {
        for (std::size_t at = 0; at < size(); ++at) {
            if (!isOneOf(word(at), {"peux", "peut", "pouvons", "pourrai", "pourra", "pourrons", "puis",
                                    "vais", "va", "allons", "veux", "dois", "doit"}))
                continue;
            std::size_t no = at + 1;
            while (word(no).ends_with("ment") || isOneOf(word(no), {"meme", "toujours", "juste", "bien"}))
                ++no;
            const bool isLater = word(no) == "plus" && isOneOf(word(no + 1), {"tard", "tot", "vite", "loin"});
            if (isOneOf(word(no), {"pas", "plus"}) && !isLater) take(at, no + 1);
        }
    }
    /// "we don't send anybody for that"
    void takeDoNots() {
        for (std::size_t at = 1; at + 2 < size(); ++at)
            if (word(at) == "don" && word(at + 1) == "t" && isOneOf(word(at - 1), {"i", "we"}) &&
                !isOneOf(word(at + 2), {"have", "think", "mind", "want", "need", "like", "even", "believe"}))
                take(at, at + 2);
    }

    void take(std::size_t first, std::size_t last) {
        if (isHarmless(first, last)) return;
        const std::size_t from = subjectBefore(first);
        const std::size_t to = clauseEnd(last);
        for (std::size_t at = from; at < to; ++at) denied_[at] = true;
    }
    bool isHarmless(std::size_t first, std::size_t last) const {
        // "le droit" alone grants; "vous ne pouvez pas", "you can't" speak of the customer
        if (word(last - 1) == "droit" && !hasBefore(first, 4, {"pas", "n", "aucun", "plus"})) return true;
        if (word(first) != "inutile" && hasBefore(first, 2, {"vous", "you", "si", "if", "pourquoi"}) &&
            !hasBefore(first, 1, {"je", "on", "i", "we"}))
            return true;
        // "it won't start", "ça va pas"; not "it's not possible"
        if (hasBefore(first, 2, {"it", "he", "she", "they", "that", "ca"}) &&
            isOneOf(word(first), {"can", "cannot", "won", "will", "shouldn", "couldn", "wouldn", "didn",
                                  "haven", "peut", "va", "doit", "pourra"}) &&
            !hasBefore(first, 1, {"je", "on", "i", "we"}))
            return true;
        if (hasBefore(first, 3, {"pourquoi", "why", "si", "if"})) return true;
        for (std::size_t at = first; at < last; ++at)
            if (isNoDenial(word(at))) return true;
        std::size_t next = last;
        while (isOneOf(word(next), {"to", "de", "d", "vous", "le", "la", "l", "que", "a", "faire"})) {
            // "je ne peux pas faire mieux que", "je ne peux que"
            if (word(next) == "que" && next == last) return false;
            ++next;
        }
        return isNoDenial(word(next));
    }
    bool hasBefore(std::size_t at, std::size_t most, std::initializer_list<std::string_view> words) const {
        for (std::size_t steps = 1; steps <= most && steps <= at; ++steps) {
            if (line_.isCutAfter(at - steps)) return false;
            if (isOneOf(word(at - steps), words)) return true;
        }
        return false;
    }
    /// "malheureusement je n'ai", "i'm": where the clause begins that denies.
    std::size_t subjectBefore(std::size_t first) const {
        std::size_t at = first;
        while (at > 0 && !line_.isCutAfter(at - 1) &&
               isOneOf(word(at - 1), {"je",
                                      "j",
                                      "on",
                                      "nous",
                                      "n",
                                      "ne",
                                      "ai",
                                      "a",
                                      "m",
                                      "c",
                                      "est",
                                      "ce",
                                      "me",
                                      "i",
                                      "we",
                                      "am",
                                      "re",
                                      "s",
                                      "it",
                                      "is",
                                      "are",
                                      "du",
                                      "il",
                                      "pas",
                                      "suis",
                                      "vous",
                                      "y",
                                      "en",
                                      "le",
                                      "la",
                                      "l",
                                      "that",
                                      "malheureusement",
                                      "desole",
                                      "sorry",
                                      "afraid",
                                      "unfortunately",
                                      "avons",
                                      "sera",
                                      "serait"}))
            --at;
        return at;
    }
    std::size_t clauseStart(std::size_t at) const {
        while (at > 0 && !line_.isCutAfter(at - 1, kSentenceMarks)) --at;
        return at;
    }
    /// One past the clause: before a mark, a contrast, or another subject.
    std::size_t clauseEnd(std::size_t last) const {
        for (std::size_t at = last; at < size(); ++at) {
            if (at > 0 && line_.isCutAfter(at - 1) && at >= last) return at;
            if (isOneOf(word(at), {"mais", "donc", "alors", "sinon", "but", "so", "instead", "however",
                                   "parce", "because", "car", "puisque", "till", "though"}))
                return at;
            if (word(at) == "par" && word(at + 1) == "contre") return at;
            if (word(at) == "du" && word(at + 1) == "coup") return at;
            const bool isSubject = isOneOf(word(at), {"je", "j", "on", "nous", "i", "we", "il", "ils", "elle",
                                                      "elles", "he", "she", "they", "somebody", "someone"});
            const bool isLed = at > 0 && isOneOf(word(at - 1), {"que", "qu", "if", "si", "sans", "quand",
                                                                "when", "until", "lorsque", "dont", "ou"});
            // "avant que je …" is led, "je ne peux pas que je …" is none
            if (isSubject && !isLed && at > last) return at;
        }
        return size();
    }

    const Line& line_;
    std::vector<bool> denied_;
};

/// "je vous l'envoie", "je la commande": of whatever was spoken of.
bool promisesIt(const Line& line) {
    static const CueList kCues{{"je vais la"},    {"je vous l"},        {"je vous le"},
                               {"je vous la"},    {"je vous les"},      {"je l envoie"},
                               {"je l enverrai"}, {"je peux le faire"}, {"je le"},
                               {"je la"},         {"je les"},           {"on le"},
                               {"on la"},         {"ce sera fait"},     {"ca sera fait"},
                               {"sera fait"},     {"i ll get it done"}, {"i ll send it"},
                               {"it ll be done"}, {"i can do it"},      {"i can do that"},
                               {"will be done"},  {"i ll get to it"},   {"i ll bring it"},
                               {"i ll order it"}, {"we can do it"}};
    return kCues.first(line).has_value();
}

std::vector<Word> kept(const Line& line) {
    const std::vector<bool> denied = deniedDeedWords(line);
    std::vector<Word> rest;
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (!denied[at]) rest.push_back(line.words[at]);
    return rest;
}

/// In what is left of the turn, or soon after.
bool isTakenUpFrom(const std::vector<Line>& lines, std::size_t turn) {
    constexpr std::size_t kSoon = 4;  // turns
    for (std::size_t at = turn; at <= std::min(turn + kSoon, lines.size() - 1); ++at)
        if (lines[at].speaker == Speaker::Agent) {
            Line rest;
            rest.words = kept(lines[at]);
            if (takesItUp(rest) || promisesIt(rest)) return true;
        }
    return false;
}

}  // namespace

bool takesItUp(const Line& line) {
    static const CueList kCues{
        {"je le fais"},      {"je le ferai"},      {"je la fais"},           {"on le fait"},
        {"on le fera"},      {"je vais le faire"}, {"on va le faire"},       {"je m en occupe"},
        {"on s en occupe"},  {"m en occuperai"},   {"je m en charge"},       {"je fais ca"},
        {"je ferai ca"},     {"je l ai fait"},     {"je viens de le faire"}, {"c est fait"},
        {"c est bon c est"}, {"i ll do it"},       {"i ll do that"},         {"i ll do so"},
        {"i ll do them"},    {"we ll do it"},      {"i m doing it"},         {"i m doing that"},
        {"let me do it"},    {"let me do that"},   {"i ll take care"},       {"i ve done it"},
        {"i ve done that"},  {"it s done"}};
    return kCues.first(line).has_value();
}

std::vector<bool> deniedDeedWords(const Line& line) {
    return Reader{line}.read();
}

bool deniesDeed(const CallReading& reading, std::size_t turn, std::string_view actionKind) {
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::string head = actionHead(actionKind);
    const std::vector<Word> rest = kept(lines[turn]);
    if (rest.size() == lines[turn].words.size() || isTakenUpFrom(lines, turn)) return false;
    return rest.size() < 2 ||
           reading.showsIn(lines[turn], rest, head) < std::min(kShown, 0.5F * reading.shows(turn, head));
}

bool isDeedDenied(const CallReading& reading, std::string_view actionKind) {
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::string head = actionHead(actionKind);
    const auto shown = reading.plainestTurns({head}, Speaker::Agent);
    if (shown.empty() || !deniesDeed(reading, static_cast<std::size_t>(shown[0].turn), actionKind))
        return false;
    const float least = std::min(kShown, 0.5F * shown[0].plain);
    bool isAll = true;
    for (std::size_t turn = 0; turn < lines.size(); ++turn)
        isAll = isAll && (lines[turn].speaker != Speaker::Agent || reading.shows(turn, head) < least ||
                          deniesDeed(reading, turn, actionKind));
    if (isAll) return true;
    // Other turns sound a little like it: do they without this one?
    if (reading.answer(head).value == 0) return false;
    Conversation rest = reading.conversation();
    for (Line& line : rest.lines)
        if (line.speaker == Speaker::Agent) line.words = kept(line);
    return reading.answerIn(rest, head).value == 0;
}

}  // namespace ninja3cx::analysis
