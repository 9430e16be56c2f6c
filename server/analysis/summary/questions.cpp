#include "server/analysis/summary/questions.hpp"

#include "server/analysis/summary/french_turn.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostWords = 24;

bool isInfinitive(std::string_view plain) {
    return plain.size() > 3 && (plain.ends_with("er") || plain.ends_with("ir") || plain.ends_with("re"));
}

struct Form {
    std::string_view said;
    std::string_view told;  // what the report has in its place
    bool isBeforeInfinitive;
};
/// The longer first.
constexpr auto kFrench = std::to_array<Form>({
    {"comment est ce que je fais pour", "comment", true},
    {"comment est ce qu on fait pour", "comment", true},
    {"comment est ce que je peux", "comment", true},
    {"comment est ce qu on peut", "comment", true},
    {"comment est ce que je", "comment on", false},
    {"comment est ce qu on", "comment on", false},
    {"comment je fais pour", "comment", true},
    {"comment on fait pour", "comment", true},
    {"comment faut il faire pour", "comment", true},
    {"comment faire pour", "comment", true},
    {"comment fait on pour", "comment", true},
    {"comment je peux faire pour", "comment", true},
    {"comment je peux", "comment", true},
    {"comment puis je", "comment", true},
    {"comment on peut", "comment", true},
    {"comment je dois faire pour", "comment", true},
    {"comment", "comment", true},
    {"comment on", "comment on", false},
    {"est ce que je peux", "s'il est possible de", true},
    {"est ce qu on peut", "s'il est possible de", true},
    {"est ce qu il est possible de", "s'il est possible de", true},
    {"est ce que c est possible de", "s'il est possible de", true},
    {"est ce qu il y a", "s'il y a", false},
    {"c est possible de", "s'il est possible de", true},
    {"il est possible de", "s'il est possible de", true},
    {"est il possible de", "s'il est possible de", true},
});
constexpr auto kEnglish = std::to_array<Form>({
    {"how do i go about", "how to go about", false},
    {"how do i", "how to", false},
    {"how do we", "how to", false},
    {"how do you", "how to", false},
    {"how can i", "how to", false},
    {"how can we", "how to", false},
    {"how can you", "how to", false},
    {"how would i", "how to", false},
    {"how to", "how to", false},
    {"is there a way of", "for a way of", false},
    {"is there a way to", "for a way to", false},
    {"is there any way to", "for a way to", false},
    {"is it possible to", "whether it is possible to", false},
    {"can i", "whether they can", false},
    {"can we", "whether they can", false},
    {"am i allowed to", "whether they may", false},
    {"are we allowed to", "whether they may", false},
});

/// Where the question begins: behind "juste une question :", "je voulais savoir".
std::size_t questionAt(const Tokens& tokens, bool isEnglish) {
    constexpr std::size_t kMostLead = 12;
    for (std::size_t at = 0; at < std::min(tokens.size(), kMostLead); ++at) {
        if (isEnglish
                ? anyOf(tokens, at,
                        {"how do", "how can", "how would", "how to", "is there a way", "is there any way",
                         "is it possible", "can i", "can we", "am i allowed", "are we allowed"}) > 0
                : anyOf(tokens, at,
                        {"comment", "est ce que je", "est ce que c est possible", "est ce qu on peut",
                         "est ce qu il", "c est possible de", "il est possible de", "est il possible"}) > 0)
            return at;
    }
    return tokens.size();
}

/// What stands before the question says only that there is one.
bool isOnlyLead(const Tokens& tokens, std::size_t at, bool isEnglish) {
    if (at == 0) return true;
    for (std::size_t word = 0; word < at; ++word)
        if (isEnglish
                ? anyOf(tokens, word, {"question", "wondering", "ask", "know", "wanted", "quick"}) > 0
                : anyOf(tokens, word,
                        {"question", "savoir", "demander", "demandais", "renseignement", "demande"}) > 0)
            return true;
    return false;
}

/// "the first person turned": only English possessives and objects stand in what is asked.
void turnEnglishObjects(Tokens& tokens) {
    for (Token& token : tokens) {
        constexpr auto kTurned = std::to_array<Verb>({{"my", "their"},
                                                      {"our", "their"},
                                                      {"me", "them"},
                                                      {"us", "them"},
                                                      {"i", "they"},
                                                      {"we", "they"},
                                                      {"myself", "themselves"}});
        for (const Verb& verb : kTurned)
            if (token.plain == verb.first) {
                token.written = verb.third;
                token.plain = verb.third;
                break;
            }
    }
}

bool isAboutTheDesk(const Tokens& tokens) {
    return std::ranges::any_of(tokens, [](const Token& token) {
        return isOneOf(token.plain, {"vous", "votre", "vos", "you", "your", "tu"});
    });
}

}  // namespace

std::optional<Told> askedHow(const Clause& clause, const std::string& who, Gender gender, bool isEnglish) {
    Tokens tokens = tokensOf(clause.text);
    const std::size_t at = questionAt(tokens, isEnglish);
    if (at == tokens.size() || !isOnlyLead(tokens, at, isEnglish)) return std::nullopt;
    // "comment" without a lead and without a question mark: a word of a statement.
    erase(tokens, 0, at);
    if (tokens.size() > kMostWords) return std::nullopt;
    const auto tell = [&](const auto& forms) -> std::optional<Told> {
        for (const Form& form : forms) {
            if (!is(tokens, 0, form.said)) continue;
            const std::size_t length = lengthOf(form.said);
            const std::size_t object =
                length < tokens.size() &&
                        isOneOf(tokens[length].plain,
                                {"me", "m", "se", "s", "le", "la", "les", "l", "y", "en", "lui", "leur"})
                    ? 1
                    : 0;
            if (length + object + 1 >= tokens.size()) continue;
            if (form.isBeforeInfinitive && !isInfinitive(tokens[length + object].plain)) continue;
            erase(tokens, 0, length);
            if (isEnglish)
                turnEnglishObjects(tokens);
            else if (!turnFrench(tokens, true, gender))
                return std::nullopt;
            if (isAboutTheDesk(tokens)) return std::nullopt;
            dropDangling(tokens, clause.isEnd);
            if (tokens.size() < 2) return std::nullopt;
            const bool isElided = form.told.ends_with(" de") && startsWithVowel(tokens[0].plain) &&
                                  !tokens[0].plain.starts_with('h');
            std::string told{form.told};
            if (isElided) told.replace(told.size() - 1, 1, "'");
            const std::string_view verb = isEnglish ? " asks " : " demande ";
            return Told{who + std::string{verb} + told + (isElided ? "" : " ") + textOf(tokens) + "."};
        }
        return std::nullopt;
    };
    return isEnglish ? tell(kEnglish) : tell(kFrench);
}

}  // namespace ninja3cx::analysis
