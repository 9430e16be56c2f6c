#include "server/analysis/actions/action_objects.hpp"

#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <functional>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kReach = 5;  // words between what is done and its object

const std::vector<Compiled<ActionNoun>>& compiledNouns() {
    static const auto kCompiled = [] {
        std::vector<Compiled<ActionNoun>> all;
        for (const ActionNoun& noun : actionNouns()) all.push_back(compiledOf(noun, noun.phrases));
        return all;
    }();
    return kCompiled;
}
bool saysSeveral(const Line& line, const Phrase::Match& match, const ActionNoun& noun) {
    const std::string& word = line.words[match.first].text;
    if (word == "mice") return true;
    const bool endsInS = word.ends_with('s') &&
                         !noun.french.substr(0, noun.french.find(' ')).ends_with('s') &&
                         !isOneOf(word, {"nas", "ups"});
    if (match.first > 0 && isWord(line, match.first - 1,
                                  {"deux", "trois", "quatre", "cinq", "six",  "huit",  "dix",   "des",
                                   "les",  "ces",   "vos",    "ses",  "nos",  "leurs", "two",   "three",
                                   "four", "five",  "six",    "some", "both", "those", "these", "several"}))
        return true;
    return noun.gender != 'p' &&
           (endsInS || (match.last - match.first == 2 && line.words[match.last - 1].text.ends_with('s') &&
                        !isOneOf(line.words[match.last - 1].text, {"business"}) &&
                        !noun.english.ends_with('s') && !noun.french.ends_with('s')));
}

}  // namespace

bool isWord(const Line& line, std::size_t at, std::initializer_list<std::string_view> words) {
    return at < line.words.size() && isOneOf(line.words[at].text, words);
}

bool isPartedWithin(const Line& line, std::size_t first, std::size_t last, std::string_view signs) {
    if (first >= last || last >= line.words.size()) return false;
    for (std::size_t at = first; at < last; ++at) {
        const auto from = static_cast<std::size_t>(line.words[at].end);
        const auto to = static_cast<std::size_t>(line.words[at + 1].begin);
        if (from < to && line.text.substr(from, to - from).find_first_of(signs) != std::string_view::npos)
            return true;
    }
    return false;
}

std::vector<NounHit> nounsIn(const Line& line, std::uint32_t use) {
    std::vector<NounHit> all;
    for (const Compiled<ActionNoun>& compiled : compiledNouns())
        for (const Phrase& phrase : compiled.phrases)
            for (auto match = phrase.find(line.words); match;
                 match = phrase.find(line.words, match->first + 1))
                all.push_back({compiled.value, *match, saysSeveral(line, *match, *compiled.value)});
    std::ranges::stable_sort(all, std::greater{},
                             [](const NounHit& hit) { return hit.match.last - hit.match.first; });
    std::vector<NounHit> hits;
    for (const NounHit& hit : all) {
        const bool isTaken = std::ranges::any_of(hits, [&](const NounHit& other) {
            const bool isSame = other.match.first == hit.match.first && other.match.last == hit.match.last;
            return !isSame && hit.match.first < other.match.last && other.match.first < hit.match.last;
        });
        if (!isTaken) hits.push_back(hit);
    }
    // What is said otherwise than as a thing of this use hides the shorter wording only.
    std::erase_if(hits, [&](const NounHit& hit) { return (hit.noun->uses & use) == 0; });
    std::ranges::sort(hits, {}, [](const NounHit& hit) { return hit.match.first; });
    return hits;
}

bool leadsAway(const Line& line, std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
        // "send you a quote": an article there, not the French preposition.
        const bool isArticle =
            isWord(line, at, {"a"}) && (at == from || isWord(line, at - 1, {"you", "her", "him", "them"}));
        if (isArticle) continue;
        if (isWord(line, at, {"pour", "avec", "sur",   "de",      "du",     "dans",  "a",     "au",    "aux",
                              "chez", "par",  "qui",   "que",     "qu",     "quand", "si",    "comme", "et",
                              "sans", "car",  "for",   "with",    "on",     "of",    "to",    "in",    "at",
                              "from", "that", "when",  "if",      "where",  "and",   "me",    "us",    "ou",
                              "or",   "mais", "but",   "because", "before", "after", "avant", "apres", "pas",
                              "not",  "into", "about", "il",      "elle",   "so",    "voila", "ca",    "sa",
                              "c",    "it",   "they",  "ils",     "je",     "i",     "who",   "which"}))
            return true;
    }
    return false;
}

bool isDeniedOrAsked(const Line& line, const Phrase::Match& verb) {
    for (std::size_t at = verb.first > 3 ? verb.first - 3 : 0; at < verb.first; ++at) {
        const bool isNo = isWord(line, at, {"pas", "ne", "n", "sans", "not", "never", "si", "if"}) ||
                          (isWord(line, at, {"me", "m"}) && at > 0 &&
                           isWord(line, at - 1, {"vous", "tu", "il", "elle", "ils"})) ||
                          (isWord(line, at, {"don", "didn", "won", "can", "couldn", "doesn", "isn"}) &&
                           isWord(line, at + 1, {"t"}));
        if (isNo && !isPartedWithin(line, at, verb.first, ".?!:;,")) return true;
    }
    return isWord(line, verb.last, {"pas", "plus", "rien"});
}

bool hasWord(const Line& line, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(line.words, [&](const Word& word) { return isOneOf(word.text, words); });
}

std::optional<ActedOn> objectOf(const Line& line, const CueList& verbs, Reach reach) {
    const std::vector<NounHit> nouns = nounsIn(line, reach.use);
    if (nouns.empty()) return std::nullopt;
    const std::vector<CueList::Hit> said = verbs.all(line);
    for (const NounHit& noun : nouns) {
        if (isNegated(line.words, noun.match)) continue;
        const bool isTheirs =
            noun.match.first > 0 && isWord(line, noun.match.first - 1,
                                           {"votre", "vos", "your", "son", "sa", "ses", "her", "his", "their",
                                            "leur", "leurs", "my", "mon", "ma", "mes"});
        if (isTheirs && !reach.ofOthersToo) continue;
        for (const CueList::Hit& verb : said) {
            if (verb.match.last > noun.match.first || noun.match.first - verb.match.last > kReach) continue;
            if (isDeniedOrAsked(line, verb.match) || leadsAway(line, verb.match.last, noun.match.first))
                continue;
            if (isPartedWithin(line, verb.match.last - 1, noun.match.first)) continue;
            return ActedOn{noun, verb.phrase};
        }
    }
    return std::nullopt;
}

std::optional<NounHit> meantBy(const Line& line, const CueList& verbs, std::uint32_t use) {
    for (const CueList::Hit& verb : verbs.all(line)) {
        if (verb.match.first == 0 || isDeniedOrAsked(line, verb.match)) continue;
        const std::string& pronoun = line.words[verb.match.first - 1].text;
        const bool isIt =
            isOneOf(pronoun, {"le", "la", "l", "les"}) || isWord(line, verb.match.last, {"it", "them"});
        if (!isIt) continue;
        std::optional<NounHit> only;
        bool isOne = true;
        for (const NounHit& hit : nounsIn(line, use)) {
            if (hit.match.first >= verb.match.first) continue;
            if (only && only->noun != hit.noun) isOne = false;
            only = hit;
        }
        if (!only || !isOne || isNegated(line.words, only->match)) continue;
        const bool isMany = only->isPlural || only->noun->gender == 'p';
        if (pronoun == "le" && (isMany || only->noun->gender != 'm')) continue;
        if (pronoun == "la" && (isMany || only->noun->gender != 'f')) continue;
        if (pronoun == "les" && !isMany) continue;
        if (isWord(line, verb.match.last, {"them"}) != isMany && !isOneOf(pronoun, {"le", "la", "les", "l"}))
            continue;
        return only;
    }
    return std::nullopt;
}

std::optional<NounHit> objectOrMeant(const Line& line, const CueList& verbs, std::uint32_t use) {
    if (const auto object = objectOf(line, verbs, {use, true})) return object->hit;
    return meantBy(line, verbs, use);
}

bool isSaid(const Line& line, const CueList& cues) {
    return std::ranges::any_of(cues.all(line),
                               [&](const CueList::Hit& hit) { return !isDeniedOrAsked(line, hit.match); });
}

}  // namespace ninja3cx::analysis
