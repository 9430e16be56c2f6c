#include "server/analysis/conclusions/denied.hpp"

#include "server/analysis/conclusions/complaint_cues.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/product_list.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kThingWords = 8;  // "le mot de passe de la session du portable"

bool isDeterminer(std::string_view word) {
    return isOneOf(word, {"le",  "la",    "les", "l",    "un",    "une",   "mon", "ma",    "mes",  "notre",
                          "nos", "votre", "vos", "leur", "leurs", "ce",    "cet", "cette", "ces",  "du",
                          "au",  "the",   "my",  "our",  "your",  "their", "a",   "an",    "this", "these"});
}
/// A determiner behind it belongs to the same thing: "le téléphone de l'accueil".
bool isPreposition(std::string_view word) {
    return isOneOf(word, {"de", "d",    "du", "des", "a",  "au", "aux", "sur", "dans", "avec", "pour",
                          "en", "chez", "of", "on",  "in", "at", "to",  "for", "with", "from"});
}
/// Where something else begins, whether or not a comma was written.
bool isJoint(std::string_view word) {
    return isOneOf(word,
                   {"c",       "ca",   "mais",   "et",         "car",  "parce", "j",    "je",    "on",
                    "il",      "elle", "vous",   "nous",       "donc", "alors", "sauf", "juste", "par",
                    "plutot",  "it",   "i",      "but",        "we",   "you",   "they", "and",   "so",
                    "because", "just", "rather", "except",     "oui",  "non",   "yes",  "no",    "bonjour",
                    "hello",   "hi",   "tout",   "everything", "sinon"});
}

class Reader {
public:
    explicit Reader(const Line& line) : line_{line}, denied_(line.words.size(), false) {}

    std::vector<bool> read() {
        markDenials();
        markMistakes();
        markRepairs();
        markWorking();
        markSettled();
        return denied_;
    }

private:
    std::size_t size() const { return line_.words.size(); }
    std::string_view word(std::size_t at) const {
        return at < size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }
    /// A comma or a stop before the word, or the line's beginning or end.
    bool isCutBefore(std::size_t at) const { return at == 0 || line_.isCutAfter(at - 1); }
    /// "c'est pas le VPN ?" asks; it denies nothing.
    bool isAsked(std::size_t at) const {
        const auto from = static_cast<std::size_t>(line_.words[at].begin);
        const std::size_t end = line_.text.find_first_of(".!?;", from);
        return end != std::string_view::npos && line_.text[end] == '?';
    }
    bool isProductAt(std::size_t at) const {
        const std::span<const Word> rest = std::span{line_.words}.subspan(at);
        for (const Phrase& phrase : productPhrases()) {
            const auto match = phrase.find(rest);
            if (match && match->first == 0) return true;
        }
        return false;
    }
    static const std::vector<Phrase>& productPhrases() {
        static const std::vector<Phrase> kPhrases = [] {
            std::vector<Phrase> phrases;
            for (const Product& product : products()) phrases.emplace_back(product.phrase);
            return phrases;
        }();
        return kPhrases;
    }
    bool isThingAt(std::size_t at) const {
        return at < size() && (isDeterminer(word(at)) || isProductAt(at));
    }

    void mark(std::size_t first, std::size_t last) {
        std::fill(denied_.begin() + static_cast<std::ptrdiff_t>(first),
                  denied_.begin() + static_cast<std::ptrdiff_t>(last), true);
    }

    /// One past the thing that is named from `at` on, with what is said of it: "le VPN qui se coupe".
    std::size_t thingEnd(std::size_t at) const {
        std::size_t end = at + 1;
        for (; end < std::min(size(), at + kThingWords); ++end) {
            if (isCutBefore(end) || isJoint(word(end))) break;
            const bool isNext =
                isDeterminer(word(end)) && !isPreposition(word(end - 1)) && !isPreposition(word(end));
            if (isNext) break;
        }
        return end;
    }

    void markDenials() {
        static const CueList kDenials{{"c est pas"},
                                      {"n est pas"},
                                      {"n est meme pas"},
                                      {"n est surement pas"},
                                      {"c etait pas"},
                                      {"n etait pas"},
                                      {"c est surement pas"},
                                      {"c est meme pas"},
                                      {"et pas"},
                                      {"rien a voir avec"},
                                      {"vient pas de"},
                                      {"vient pas"},
                                      {"pas a cause de"},
                                      {"pas a cause"},
                                      {"est pas a cause"},
                                      {"it s not"},
                                      {"it isn t"},
                                      {"it is not"},
                                      {"it wasn t"},
                                      {"that s not"},
                                      {"that isn t"},
                                      {"and not"},
                                      {"nothing to do with"},
                                      {"not because of"},
                                      {"isn t down to"},
                                      {"not down to"},
                                      {"nothing wrong with"},
                                      {"no problem with"},
                                      {"no issue with"},
                                      {"no issues with"},
                                      {"no trouble with"},
                                      {"pas de probleme avec"},
                                      {"pas de souci avec"},
                                      {"aucun probleme avec"},
                                      {"aucun souci avec"}};
        for (const CueList::Hit& hit : kDenials.all(line_)) {
            const std::size_t thing = hit.match.last;
            // "ce n'est pas", not "Outlook n'est pas le seul".
            if (hit.phrase.starts_with("n ") && (hit.match.first == 0 || word(hit.match.first - 1) != "ce"))
                continue;
            if (thing >= size() || isCutBefore(thing) || !isThingAt(thing) || isAsked(thing)) continue;
            // "c'est pas le bon mot de passe", "it's not the first time the printer jams": a complaint.
            if (isOneOf(word(thing + 1),
                        {"bon",  "bonne", "bons",    "bonnes", "meme",     "memes", "premiere", "premier",
                         "seul", "seule", "seuls",   "cas",    "right",    "first", "same",     "only",
                         "case", "best",  "correct", "proper", "derniere", "last",  "proposed"}))
                continue;
            mark(hit.phrase.starts_with("n ") ? hit.match.first - 1 : hit.match.first, thingEnd(thing));
        }
    }

    /// "je croyais que c'était le VPN, mais non": what follows says otherwise.
    void markMistakes() {
        static const CueList kMistakes{{"croyais que c etait"}, {"pensais que c etait"},
                                       {"croyait que c etait"}, {"pensait que c etait"},
                                       {"thought it was"},      {"thought that was"}};
        for (const CueList::Hit& hit : kMistakes.all(line_)) {
            const std::size_t thing = hit.match.last;
            if (!isThingAt(thing) || isCutBefore(thing)) continue;
            const std::size_t end = thingEnd(thing);
            const bool isTakenBack = (word(end) == "mais" && word(end + 1) == "non") ||
                                     (word(end) == "but" && isOneOf(word(end + 1), {"no", "it"})) ||
                                     isContrastAfter(end);
            if (isTakenBack) mark(hit.match.first, end);
        }
    }

    /// Of something other than what was just said: a thing of its own, not "mais il se coupe".
    bool isContrastAfter(std::size_t from) const {
        for (std::size_t at = from; at < size(); ++at) {
            if (isCleftAt(at)) return true;
            const std::size_t length = isOneOf(word(at), {"mais", "sauf", "but", "except", "however"}) ? 1
                                       : (word(at) == "par" && word(at + 1) == "contre") ||
                                               (word(at) == "en" && word(at + 1) == "revanche")
                                           ? 2
                                           : 0;
            if (length == 0) continue;
            std::size_t next = at + length;
            while (isOneOf(word(next), {"la", "alors", "que", "then", "now"}) && !isThingAt(next)) ++next;
            if (isThingAt(next) || isOneOf(word(next), {"je", "j", "i", "on", "we"})) return true;
        }
        return false;
    }
    /// "c'est Outlook qui …", "it's just the scanner".
    bool isCleftAt(std::size_t at) const { return cleftThing(at).has_value(); }
    /// Where the thing begins.
    std::optional<std::size_t> cleftThing(std::size_t at) const {
        const bool isCopula = (word(at) == "c" && word(at + 1) == "est") ||
                              (word(at) == "it" && word(at + 1) == "s") ||
                              (word(at) == "it" && word(at + 1) == "is");
        if (!isCopula || denied_[at]) return std::nullopt;
        std::size_t thing = at + 2;
        while (isOneOf(word(thing), {"juste", "vraiment", "bien", "seulement", "uniquement", "plutot",
                                     "surtout", "just", "only", "actually", "really"}))
            ++thing;
        // A product that is not known; "c'est moi qui" names none.
        const bool isUnknownProduct =
            !isOneOf(word(thing), {"moi", "vous", "toi", "nous", "me", "you", "us", "pas", "not"}) &&
            isOneOf(word(thing + 1), {"qui", "that", "which"});
        return isThingAt(thing) || isUnknownProduct ? std::optional{thing} : std::nullopt;
    }
    bool isCleftBefore(std::size_t end) const {
        for (std::size_t at = 0; at < end; ++at)
            if (isCleftAt(at)) return true;
        return false;
    }
    /// "…, Outlook ne s'ouvre pas": the next clause complains of a thing of its own.
    bool isComplaintAt(std::size_t at) const {
        if (!isThingAt(at)) return false;
        Line rest;
        rest.text = line_.text;
        rest.words.assign(line_.words.begin() + static_cast<std::ptrdiff_t>(at), line_.words.end());
        return complaintCues().first(rest).has_value();
    }
    /// "le wifi est en panne depuis hier, Excel …": what is said before complains, and not of the thing at `at`.
    bool isComplaintBefore(std::size_t at) const {
        const std::string_view noun = isDeterminer(word(at)) ? word(at + 1) : word(at);
        for (std::size_t before = 0; before < at; ++before)
            if (word(before) == noun) return false;
        return std::ranges::any_of(complaintCues().all(line_), [&](const CueList::Hit& hit) {
            return hit.weight >= 1 && hit.match.last <= at && !denied_[hit.match.first] &&
                   !isAsked(hit.match.first);
        });
    }
    bool isBesideTheMatter(std::size_t first, std::size_t last) const {
        const bool isDenied = std::ranges::find(denied_, true) != denied_.end();
        return isDenied || isContrastAfter(last) || isCleftBefore(first) || isComplaintAt(last) ||
               isComplaintBefore(first);
    }

    /// "Mon mot de passe marche, …", "the VPN's fine, …"
    void markWorking() {
        std::vector<std::pair<std::size_t, std::size_t>> found;
        for (std::size_t verb = 1; verb < size(); ++verb) {
            const auto end = workingEnd(verb);
            if (!end || isAsked(verb)) continue;
            const auto first = thingBefore(verb);
            if (first && isBesideTheMatter(*first, *end)) found.emplace_back(*first, *end);
        }
        static const CueList kUntroubled{{"pas de probleme"},
                                         {"pas de souci"},
                                         {"aucun probleme"},
                                         {"aucun souci"},
                                         {"rien a dire"},
                                         {"no problem"},
                                         {"no problems"},
                                         {"no issue"},
                                         {"no issues"},
                                         {"no trouble"},
                                         {"tout est rentre dans l ordre"}};
        for (const CueList::Hit& hit : kUntroubled.all(line_)) {
            const std::size_t last =
                std::min(hit.match.last + (word(hit.match.last) == "at" ? 2 : 0), size());
            if (hit.match.first == 0 || !isCutBefore(last) || isAsked(hit.match.first)) continue;
            const auto first = thingBefore(hit.match.first);
            if (first && isBesideTheMatter(*first, last)) found.emplace_back(*first, last);
        }
        for (const auto& [first, last] : found) mark(first, last);
    }
    /// One past "marche très bien", "'s fine", where nothing takes it back.
    std::optional<std::size_t> workingEnd(std::size_t verb) const {
        std::size_t end = verb + 1;
        bool isPraised = !isOneOf(
            word(verb), {"va",       "vont",   "imprime", "impriment", "ouvre",   "ouvrent", "tourne",
                         "tournent", "repond", "s",       "is",        "are",     "prints",  "opens",
                         "runs",     "starts", "demarre", "est",       "running", "connecte"});
        if (isPraised && !isOneOf(word(verb), {"marche", "marchent", "fonctionne", "fonctionnent", "works",
                                               "work", "working"}))
            return std::nullopt;
        if (isOneOf(word(verb), {"s", "is", "are"}) &&
            isOneOf(word(end), {"working", "running", "printing"})) {
            isPraised = word(end) == "working";
            ++end;
        }
        while (!isCutBefore(end) &&
               isOneOf(word(end),
                       {"tres",  "bien",         "parfaitement", "nickel",   "normalement", "impeccable",
                        "impec", "correctement", "partout",      "toujours", "sans",        "probleme",
                        "souci", "ok",           "okay",         "fine",     "well",        "perfectly",
                        "great", "properly",     "normally",     "all",      "right",       "alright",
                        "just",  "absolutely",   "perfect"})) {
            isPraised = isPraised || !isOneOf(word(end), {"toujours", "tres", "just", "all", "sans"});
            ++end;
        }
        if (!isPraised || isOneOf(word(verb - 1), {"n", "ne", "not", "t"})) return std::nullopt;
        while (!isCutBefore(end) &&
               isOneOf(word(end), {"hein", "quoi", "la", "maintenant", "now", "today"}) &&
               isCutBefore(end + 1))
            ++end;
        const bool isWhole = isCutBefore(end) || isThingAt(end) ||
                             (isJoint(word(end)) && !isOneOf(word(end), {"par"})) ||
                             (word(end) == "par" && word(end + 1) == "contre");
        return isWhole ? std::optional{end} : std::nullopt;
    }
    /// Where the thing begins that works; none where it is only "ça", or its working is a condition.
    std::optional<std::size_t> thingBefore(std::size_t verb) const {
        std::size_t end = verb;
        while (end > 0 && !isCutBefore(end) &&
               isOneOf(word(end - 1), {"s", "se", "ca", "il", "elle", "ils", "elles", "lui", "it", "they",
                                       "y", "both", "all"}))
            --end;
        if (end == 0) return std::nullopt;
        std::size_t first = end;
        for (std::size_t steps = 0; first > 0 && steps < kThingWords; ++steps) {
            const std::string_view before = word(first - 1);
            // "alors qu'Excel fonctionne"
            if (first > 1 && isOneOf(before, {"que", "qu"}) && word(first - 2) == "alors") break;
            if (isOneOf(before,
                        {"n",  "ne",   "pas", "plus", "si",    "quand", "que",   "qu",   "qui",  "jamais",
                         "if", "when", "not", "only", "until", "why",   "which", "that", "once", "what"}))
                return std::nullopt;
            if (isJoint(before)) break;
            --first;
            const bool isWhole = isCutBefore(first) || (isDeterminer(before) && !isPreposition(before) &&
                                                        !isPreposition(word(first - 1)));
            if (isWhole) break;
        }
        return first < end ? std::optional{firstOfTwo(first)} : std::nullopt;
    }
    /// "Excel et Word": where the first begins of two things, the second of which begins at `second`.
    std::size_t firstOfTwo(std::size_t second) const {
        if (second < 2 || isCutBefore(second) || !isOneOf(word(second - 1), {"et", "and"})) return second;
        for (std::size_t length = 1; length <= 2 && length < second; ++length) {
            const std::size_t first = second - 1 - length;
            const bool isNoun = isDeterminer(word(first)) == (length == 2);
            if (isNoun && isThingAt(first) && (isCutBefore(first) || isJoint(word(first - 1)))) return first;
        }
        return second;
    }

    /// "L'imprimante ça va, c'est le scanner", "ça va l'imprimante, …" behind "c'est pas l'imprimante": what is said so
    /// shortly to be well, where another thing is named that is not.
    void markSettled() {
        static const CueList kWell{{"ca va"},
                                   {"ca marche"},
                                   {"ca fonctionne"},
                                   {"ca roule"},
                                   {"ca tourne"},
                                   {"c est bon"},
                                   {"c est ok"},
                                   {"c est nickel"},
                                   {"est bon"},
                                   {"est bonne"},
                                   {"sont bons"},
                                   {"sont bonnes"},
                                   {"est ok"},
                                   {"est nickel"},
                                   {"est impeccable"},
                                   {"il va"},
                                   {"elle va"},
                                   {"ras"},
                                   {"r a s"},
                                   {"rien a signaler"},
                                   {"nickel"},
                                   {"impeccable"},
                                   {"impec"},
                                   {"ok"},
                                   {"tout va bien"},
                                   {"pas de soucis"},
                                   {"pas de problemes"},
                                   {"zero probleme"},
                                   {"zero souci"},
                                   {"n a rien"},
                                   {"y a rien"},
                                   {"va tres bien"},
                                   {"is good"},
                                   {"s good"},
                                   {"are good"},
                                   {"all good"},
                                   {"is ok"},
                                   {"s ok"},
                                   {"is okay"},
                                   {"s okay"},
                                   {"is up"},
                                   {"s up"},
                                   {"checks out"},
                                   {"does its job"},
                                   {"no complaints"}};
        std::vector<CueList::Hit> hits = kWell.all(line_);
        // From the last on: "l'ordinateur ça va l'écran ça va c'est …"
        std::ranges::sort(hits, std::greater{}, [](const CueList::Hit& hit) { return hit.match.first; });
        for (const CueList::Hit& hit : hits) {
            if (isAsked(hit.match.first)) continue;
            if (const auto range = settledBefore(hit.match)) mark(range->first, range->second);
            if (const auto range = settledBehind(hit.match)) mark(range->first, range->second);
        }
    }
    using Range = std::pair<std::size_t, std::size_t>;
    /// "l'imprimante ça va"
    std::optional<Range> settledBefore(const Phrase::Match& well) const {
        std::size_t end = well.last;
        while (!isCutBefore(end) &&
               isOneOf(word(end), {"bien", "tres", "nickel", "parfaitement", "hein", "quoi", "la", "encore",
                                   "now", "as", "far", "too", "then"}))
            ++end;
        // "il va vous demander …"
        const bool isWhole = isCutBefore(end) || denied_[end] ||
                             (isJoint(word(end)) && !isOneOf(word(end), {"par", "tout", "vous", "nous"})) ||
                             (word(end) == "par" && word(end + 1) == "contre");
        // "ça va et ça vient"
        const bool isMoody = word(end) == "et" && word(end + 1) == "ca" && word(end + 2) == "vient";
        if (!isWhole || isMoody) return std::nullopt;
        const auto first = thingBefore(well.first);
        if (!first || !(isThingAt(*first) || word(*first) == "internet") || isConditionBefore(*first) ||
            !isOtherNamed(*first, end))
            return std::nullopt;
        return Range{*first, end};
    }
    /// "ça va l'imprimante": of a thing that is denied besides.
    std::optional<Range> settledBehind(const Phrase::Match& well) const {
        if (!isCutBefore(well.first) && !denied_[well.first - 1]) return std::nullopt;
        if (!isThingAt(well.last) || isCutBefore(well.last)) return std::nullopt;
        const std::size_t end = thingEnd(well.last);
        const bool isWhole = isCutBefore(end) || isJoint(word(end));
        const std::string_view noun = word(end - 1);
        if (!isWhole || !isDeniedThing(noun) || !isOtherNamed(well.last, end)) return std::nullopt;
        return Range{well.first, end};
    }
    bool isDeniedThing(std::string_view noun) const {
        for (std::size_t at = 0; at < size(); ++at)
            if (denied_[at] && word(at) == noun) return true;
        return false;
    }
    bool isConditionBefore(std::size_t first) const {
        return first > 0 && !isCutBefore(first) &&
               isOneOf(word(first - 1),
                       {"si", "quand", "que", "qu", "tant", "if", "when", "until", "once", "unless", "that"});
    }
    /// Another thing than that of `first` to `last` is what is wrong.
    bool isOtherNamed(std::size_t first, std::size_t last) const {
        for (std::size_t at = 0; at < size(); ++at) {
            if (at >= first && at < last) continue;
            const auto thing = cleftThing(at) ? cleftThing(at) : contrastThing(at);
            if (thing && !denied_[at] && !isSameThing(first, *thing)) return true;
        }
        return (isComplaintAt(last) && !isSameThing(first, last)) || isComplaintBefore(first);
    }
    /// "mais le scanner", "par contre le scanner": where the thing begins.
    std::optional<std::size_t> contrastThing(std::size_t at) const {
        std::size_t next = at;
        if (isOneOf(word(at), {"mais", "sauf", "but", "except", "however"}))
            next += 1;
        else if ((word(at) == "par" && word(at + 1) == "contre") ||
                 (word(at) == "en" && word(at + 1) == "revanche"))
            next += 2;
        else
            return std::nullopt;
        return isThingAt(next) ? std::optional{next} : std::nullopt;
    }
    bool isSameThing(std::size_t one, std::size_t other) const {
        const auto noun = [&](std::size_t at) { return isDeterminer(word(at)) ? word(at + 1) : word(at); };
        return noun(one) == noun(other);
    }

    /// "j'ai déjà réinitialisé mon mot de passe tout seul, c'est bon, par contre …"
    void markRepairs() {
        static const CueList kMine{{"tout seul"}, {"toute seule"}, {"moi meme"},  {"myself"},
                                   {"my own"},    {"ourselves"},   {"nous memes"}};
        static const CueList kBegins{{"j ai"},    {"je l ai"},   {"on a"},       {"i ve"},
                                     {"i have"},  {"we ve"},     {"i already"},  {"i just"},
                                     {"i reset"}, {"i changed"}, {"i restarted"}};
        static const CueList kFine{{"c est bon"},   {"c est fait"},  {"c est regle"},   {"c est ok"},
                                   {"that s fine"}, {"that s done"}, {"that s sorted"}, {"that s all right"},
                                   {"that s okay"}, {"that worked"}, {"ca a marche"},   {"ca c est bon"}};
        std::vector<std::pair<std::size_t, std::size_t>> found;
        constexpr std::size_t kLongest = 14;
        for (const CueList::Hit& begin : kBegins.all(line_)) {
            std::size_t last = 0;
            for (const CueList* ends : {&kMine, &kFine})
                for (const CueList::Hit& end : ends->all(line_)) {
                    const std::size_t first = end.match.first;
                    if (first >= begin.match.last && first - begin.match.first < kLongest &&
                        (ends == &kMine || isCutBefore(first)) && !isContrastWithin(begin.match.last, first))
                        last = std::max(last, end.match.last);
                }
            if (last != 0 && isContrastAfter(last)) found.emplace_back(begin.match.first, last);
        }
        for (const auto& [first, last] : found) mark(first, last);
    }
    bool isContrastWithin(std::size_t from, std::size_t to) const {
        for (std::size_t at = from; at < to; ++at)
            if (isOneOf(word(at), {"mais", "but", "pas", "plus", "not", "contre"})) return true;
        return false;
    }

    const Line& line_;
    std::vector<bool> denied_;
};

}  // namespace

std::vector<bool> deniedWords(const Line& line) {
    return Reader{line}.read();
}

Conversation withoutDenied(const Conversation& conversation) {
    Conversation rest = conversation;
    for (Line& line : rest.lines) {
        const std::vector<bool> denied = deniedWords(line);
        std::size_t at = 0;
        std::erase_if(line.words, [&](const Word&) { return denied[at++]; });
    }
    return rest;
}

}  // namespace ninja3cx::analysis
