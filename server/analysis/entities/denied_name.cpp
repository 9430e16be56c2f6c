#include "server/analysis/entities/denied_name.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/people_names.hpp"
#include "server/analysis/lexicon/name_lists.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

bool isTitle(std::string_view word) {
    return isOneOf(word, {"monsieur", "madame", "mademoiselle", "mr", "mrs", "ms", "miss", "docteur",
                          "maitre", "doctor", "dr"});
}

std::string_view wordAt(const Line& line, std::size_t at) {
    return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
}

bool saysAt(const Line& line, std::size_t at, std::string_view phrase) {
    for (;; ++at) {
        const std::size_t space = phrase.find(' ');
        if (wordAt(line, at) != phrase.substr(0, space)) return false;
        if (space == std::string_view::npos) return true;
        phrase.remove_prefix(space + 1);
    }
}

/// How many words the longest of the phrases has that stands at `at`; 0: none.
std::size_t phraseAt(const Line& line, std::size_t at, std::initializer_list<std::string_view> phrases) {
    std::size_t longest = 0;
    for (const std::string_view phrase : phrases)
        if (saysAt(line, at, phrase)) longest = std::max(longest, lengthOf(phrase));
    return longest;
}

bool isBehind(const Line& line, std::size_t at, std::initializer_list<std::string_view> phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) {
        return lengthOf(phrase) <= at && saysAt(line, at - lengthOf(phrase), phrase);
    });
}

std::size_t afterName(const Line& line, std::span<const Word> name, std::size_t at) {
    if (name.empty() || at + name.size() > line.words.size()) return at;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (line.words[at + i].text != name[i].text) return at;
    return at + name.size();
}

/// The title belongs to the name.
std::size_t headOf(const Line& line, std::size_t name) {
    return name > 0 && isTitle(line.words[name - 1].text) ? name - 1 : name;
}

bool isGreeting(std::string_view word) {
    return isGreetingWord(word) || isOneOf(word, {"oui", "allo", "support", "yes", "good"});
}

/// "c'est monsieur Peltier ?", "is that Karen?", "Monsieur Peltier ?": the words `first` to `last` are what is asked.
bool isAsked(const Line& line, std::size_t first, std::size_t last) {
    const std::size_t head = headOf(line, first);
    const std::size_t more = phraseAt(
        line, last, {"a l appareil", "c est ca", "c est bien ca", "is it", "isn t it", "speaking", "right"});
    if (last + more < line.words.size() && !line.isCutAfter(last + more - 1, kSentenceMarks)) return false;
    if (isBehind(line, head, {"c est",       "c est bien",      "vous etes",     "vous etes bien",
                              "etes vous",   "etes vous bien",  "parle a",       "parle bien a",
                              "parle avec",  "parle bien avec", "est ce",        "est ce que c est",
                              "is that",     "is this",         "it s",          "that s",
                              "that",        "speaking to",     "speaking with", "you re",
                              "you are",     "are you",         "this is",       "talking to",
                              "talking with"}))
        return true;
    const std::size_t mark =
        line.text.find_first_not_of(" \u00a0", static_cast<std::size_t>(line.words[last - 1].end));
    const bool isQuestion = mark != std::string_view::npos && line.text[mark] == '?';
    // "Oui, bonjour, Monsieur Lenoir ?"; of "vous avez redémarré, monsieur Lenoir ?" he is only addressed.
    std::size_t begin = head;
    while (begin > 0 && !line.isCutAfter(begin - 1, kSentenceMarks) && isGreeting(line.words[begin - 1].text))
        --begin;
    return isQuestion && (begin == 0 || line.isCutAfter(begin - 1, kSentenceMarks));
}

/// "non", "ah non pas du tout", "no", "not quite": one past it; 0 where the line begins otherwise, or only denies that
/// it is another ("non non c'est bien moi").
std::size_t afterDenial(const Line& line) {
    std::size_t at = 0;
    while (const std::size_t length = phraseAt(
               line, at,
               {"ah", "oh", "euh", "alors", "bonjour", "hello", "hi", "er", "well", "actually", "en fait"}))
        at += length;
    const std::size_t from = at;
    while (const std::size_t length =
               phraseAt(line, at,
                        {"non", "nan", "no", "nope", "nah", "pas du tout", "pas exactement", "pas vraiment",
                         "not quite", "not exactly", "not at all", "sorry", "desole", "desolee", "pardon",
                         "du tout", "i m afraid not"}))
        at += length;
    const bool isDenied =
        at > from &&
        std::any_of(line.words.begin() + static_cast<std::ptrdiff_t>(from),
                    line.words.begin() + static_cast<std::ptrdiff_t>(at), [](const Word& word) {
                        return isOneOf(word.text, {"non", "nan", "no", "nope", "nah", "pas", "not"});
                    });
    const bool isHimself =
        phraseAt(line, at, {"c est bien", "c est lui", "c est moi", "it s me", "oui", "yes"}) > 0;
    return isDenied && !isHimself ? at : 0;
}

/// The technician's question just before line `at`, where the customer's line answers it with a denial.
const Line* questionDenied(const Conversation& conversation, std::size_t at) {
    if (at == 0 || conversation.lines[at].speaker != protocol::Speaker::Customer) return nullptr;
    const Line& before = conversation.lines[at - 1];
    return before.speaker == protocol::Speaker::Agent && afterDenial(conversation.lines[at]) > 0 ? &before
                                                                                                 : nullptr;
}

bool isAskedIn(const Line& line, std::span<const Word> name) {
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (const std::size_t end = afterName(line, name, at); end > at && isAsked(line, at, end))
            return true;
    return false;
}

/// "je suis pas madame Roux", "it's not Karen": with the place of the name.
bool isDeniedAt(const Line& line, std::size_t at) {
    return isBehind(line, headOf(line, at),
                    {"suis pas", "c est pas", "est pas", "i m not", "it s not", "this isn t", "isn t",
                     "that s not", "this is not", "am not"});
}

bool isDeniedIn(const Line& line, std::span<const Word> name) {
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (afterName(line, name, at) > at && isDeniedAt(line, at)) return true;
    return false;
}

/// The technician asks for a name here, whichever it is.
bool asksAName(const Line& line) {
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const bool mayBeName = isTitle(line.words[at].text) || isFirstName(line.words[at].text);
        if (!mayBeName) continue;
        const std::size_t first = isTitle(line.words[at].text) ? at + 1 : at;
        for (std::size_t last = first + 1; last <= std::min(line.words.size(), first + 3); ++last)
            if (isAsked(line, first, last)) return true;
    }
    return false;
}

struct Place {
    const Line* line;
    std::size_t first;
};

/// Where the customer says who he is instead: behind "non", or "non, c'est sa collègue, …".
std::optional<Place> placeInstead(const Conversation& conversation) {
    for (std::size_t i = 1; i < conversation.lines.size(); ++i) {
        const Line* question = questionDenied(conversation, i);
        if (!question || !asksAName(*question)) continue;
        const Line& line = conversation.lines[i];
        std::size_t at = afterDenial(line);
        const auto skip = [&](std::initializer_list<std::string_view> phrases) {
            while (const std::size_t length = phraseAt(line, at, phrases)) at += length;
        };
        skip({"c est pas", "ce n est pas", "c est", "moi c est", "moi", "je suis", "ici", "je m appelle",
              "mon nom c est", "it s", "its", "this is", "i m", "my name s", "my name is", "that s",
              "you re speaking to"});
        // "sa collègue, Inès Bertin", "his assistant Karen"
        if (phraseAt(line, at,
                     {"son", "sa", "le", "la", "l", "his", "her", "their", "the", "un", "une", "a"}) > 0)
            at += 2;
        while (at < line.words.size() && isTitle(line.words[at].text)) ++at;
        if (at < line.words.size()) return Place{&line, at};
    }
    return std::nullopt;
}

}  // namespace

bool isDenied(const Conversation& conversation, std::span<const Word> name) {
    for (std::size_t i = 0; i < conversation.lines.size(); ++i) {
        const Line& line = conversation.lines[i];
        if (line.speaker != protocol::Speaker::Customer) continue;
        if (isDeniedIn(line, name)) return true;
        if (const Line* question = questionDenied(conversation, i); question && isAskedIn(*question, name))
            return true;
    }
    return false;
}

std::unordered_set<std::string_view> wordsDeniedAsNames(const Conversation& conversation) {
    std::unordered_set<std::string_view> denied;
    for (std::size_t i = 0; i < conversation.lines.size(); ++i) {
        const Line& line = conversation.lines[i];
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (std::size_t at = 0; at < line.words.size(); ++at)
            if (isDeniedAt(line, at)) denied.insert(line.words[at].text);
        const Line* question = questionDenied(conversation, i);
        for (std::size_t at = 0; question && at < question->words.size(); ++at)
            if (isAsked(*question, at, at + 1)) denied.insert(question->words[at].text);
    }
    return denied;
}

std::string givenInstead(const Conversation& conversation, std::span<const std::string> people) {
    const auto place = placeInstead(conversation);
    if (!place) return {};
    for (const std::string& person : people)
        if (afterName(*place->line, wordsOf(person), place->first) > place->first) return person;
    return {};
}

void readNameInstead(const Conversation& conversation, Names& names) {
    const auto place = placeInstead(conversation);
    if (!place) return;
    const NameReading reading{*place->line};
    const bool isTitled = place->first > 0 && isTitle(reading.word(place->first - 1));
    std::size_t end = personEnd(reading, place->first, !reading.isCased());
    // "non madame costa": of no list, but with its title.
    if (end == place->first && isTitled && isUnknown(reading, place->first)) end = place->first + 1;
    if (end > place->first) addName(names.people, personName(reading, place->first, end));
}

}  // namespace ninja3cx::analysis
