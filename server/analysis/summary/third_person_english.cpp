#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr auto kEnglishVerbs = std::to_array<Verb>({
    {"have", "has"},        {"need", "needs"},        {"want", "wants"},      {"keep", "keeps"},
    {"get", "gets"},        {"was", "was"},           {"had", "had"},         {"can", "can"},
    {"cannot", "cannot"},   {"could", "could"},       {"couldn", "couldn"},   {"didn", "didn"},
    {"got", "got"},         {"lost", "lost"},         {"forgot", "forgot"},   {"won", "won"},
    {"left", "left"},       {"sent", "sent"},         {"tried", "tried"},     {"clicked", "clicked"},
    {"am", "is"},           {"don", "doesn"},         {"haven", "hasn"},      {"would", "would"},
    {"wanted", "wanted"},   {"opened", "opened"},     {"deleted", "deleted"}, {"saved", "saved"},
    {"see", "sees"},        {"received", "received"}, {"locked", "locked"},   {"dropped", "dropped"},
    {"noticed", "noticed"}, {"typed", "typed"},       {"wasn", "wasn"},
});

bool turnEnglish(Tokens& tokens, std::size_t from) {
    QuoteWatch quotes;
    for (std::size_t at = from; at < tokens.size(); ++at) {
        Token& token = tokens[at];
        if (quotes.isInside(token)) continue;
        const std::string plain = token.plain;
        const auto put = [&](std::string_view written) {
            token.written = written;
            token.plain = written;
        };
        const auto follow = [&](std::string_view was, std::string_view now) {
            if (at + 1 < tokens.size() && tokens[at + 1].plain == was) {
                tokens[at + 1].written = now;
                tokens[at + 1].plain = now;
            }
        };
        if (plain == "i") {
            put("they");
            if (at + 1 < tokens.size() && tokens[at + 1].gap == "'")
                follow("m", "re");
            else
                follow("am", "are");
            follow("was", "were");
            follow("wasn", "weren");
        } else if (plain == "my")
            put("their");
        else if (plain == "me")
            put("them");
        else if (plain == "mine" || plain == "ours")
            put("theirs");
        else if (plain == "myself" || plain == "ourselves")
            put("themselves");
        else if (plain == "we")
            put("they");
        else if (plain == "our")
            put("their");
        else if (plain == "us")
            put("them");
        else if (isOneOf(plain, {"you", "your", "yours", "u", "ya"}))
            return cutBefore(tokens, at);
    }
    return true;
}

}  // namespace

std::optional<Told> toldInEnglish(Tokens tokens, const std::string& who, bool isEnd) {
    if (const std::size_t call = anyOf(tokens, 0,
                                       {"i m calling because", "i m ringing because", "i m phoning because",
                                        "i m just calling because", "i was calling because"}))
        erase(tokens, 0, call);
    if (const std::size_t call = anyOf(tokens, 0,
                                       {"i m calling", "i m ringing", "i m phoning", "i m just ringing",
                                        "i was ringing", "just ringing", "just calling", "i m just calling"});
        call > 0 && anyOf(tokens, call, {"about", "to", "for", "regarding", "on behalf"}) > 0) {
        erase(tokens, 0, call);
        if (!turnEnglish(tokens, 0)) return std::nullopt;
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " called " + textOf(tokens) + "."};
    }
    // "could someone reset …"
    if (const std::size_t wish = anyOf(tokens, 0,
                                       {"could you", "can you", "could someone", "can someone",
                                        "could somebody", "can somebody", "would you"});
        wish > 0 && tokens.size() > wish + 2 &&
        !isOneOf(tokens[wish].plain, {"hear", "tell", "see", "not", "hold"})) {
        erase(tokens, 0, wish);
        if (!turnEnglish(tokens, 0)) return std::nullopt;
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " asks to " + textOf(tokens) + "."};
    }
    if (tokens.size() < kLeastWords) return std::nullopt;
    if (tokens[0].plain == "i") {
        if (isOneOf(tokens[1].plain, {"think", "guess", "suppose", "know", "mean"})) return std::nullopt;
        const bool isShort = tokens[1].gap == "'";
        std::optional<std::string> verb;
        if (isShort && tokens[1].plain == "m") verb = "is";
        if (isShort && tokens[1].plain == "ve") verb = "has";
        if (isShort && tokens[1].plain == "d")
            verb =
                tokens.size() > 2 && isOneOf(tokens[2].plain, {"like", "love", "rather"}) ? "would" : "had";
        if (isShort && tokens[1].plain == "ll") verb = "will";
        if (!isShort)
            for (const Verb& known : kEnglishVerbs)
                if (tokens[1].plain == known.first) verb = std::string{known.third};
        if (verb) {
            if (tokens[1].plain == "can" || tokens[1].plain == "cannot") verb = tokens[1].written;
            tokens[1].written = *verb;
            erase(tokens, 0, 1);
            if (!turnEnglish(tokens, 1)) return std::nullopt;
            dropDangling(tokens, isEnd);
            if (tokens.size() < 3) return std::nullopt;
            return Told{who + " " + textOf(tokens) + "."};
        }
    }
    if (!turnEnglish(tokens, 0)) return std::nullopt;
    dropDangling(tokens, isEnd);
    if (tokens.size() < kLeastWords) return std::nullopt;
    const std::string text = insideSentence(tokens);
    const bool isSentence =
        isOneOf(tokens[0].plain,
                {"the",     "it",    "they",  "their",    "there",      "this",     "that",
                 "one",     "a",     "an",    "every",    "everything", "everyone", "nobody",
                 "nothing", "all",   "some",  "somebody", "someone",    "he",       "she",
                 "when",    "since", "these", "those",    "half",       "two",      "three"}) ||
        opensProduct(tokens[0].written) || isFirstName(tokens[0].plain);
    return Told{who + (isSentence ? " reports that " : " reports: ") + text + ".", isSentence};
}

}  // namespace ninja3cx::analysis
