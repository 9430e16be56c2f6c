#include "server/analysis/summary/clause_lead.hpp"

#include <string_view>

namespace ninja3cx::analysis {
namespace {

std::size_t englishLeadAt(const Tokens& tokens, std::size_t at) {
    return anyOf(tokens, at,
                 {"so",
                  "well",
                  "yeah",
                  "yes",
                  "yep",
                  "right",
                  "okay",
                  "ok",
                  "oh",
                  "ah",
                  "hi",
                  "hiya",
                  "hello",
                  "morning",
                  "good morning",
                  "good afternoon",
                  "afternoon",
                  "look",
                  "and",
                  "but",
                  "now",
                  "the thing is",
                  "it s just that",
                  "it s just",
                  "basically",
                  "no",
                  "um",
                  "then",
                  "because",
                  "i think",
                  "i guess",
                  "i suppose",
                  "i believe",
                  "i m afraid that",
                  "listen",
                  "sorry",
                  "i m afraid",
                  "thanks",
                  "that s it thanks",
                  "that s it",
                  "another thing",
                  "one more thing",
                  "the other thing is",
                  "the second thing is",
                  "the second one is",
                  "while i ve got you",
                  "by the way",
                  "the problem is",
                  "the problem is that",
                  "there we go",
                  "as i said",
                  "two things really",
                  "two things",
                  "a couple of things",
                  "great",
                  "brilliant",
                  "perfect",
                  "lovely",
                  "super just super",
                  "cool"});
}

/// "encore moi, …", "désolé de vous déranger, …": where the matter follows at once. "toujours le même problème avec …"
/// and "ça recommence à …" are of it.
std::size_t asideAt(const Tokens& tokens, std::size_t at) {
    const auto next = [&](std::size_t length) {
        return at + length < tokens.size() ? &tokens[at + length] : nullptr;
    };
    const std::size_t aside = anyOf(
        tokens, at,
        {"c est encore moi", "encore moi", "desole de vous deranger", "desolee de vous deranger",
         "desole de vous embeter", "desolee de vous embeter", "excusez moi de vous deranger",
         "excusez moi de vous embeter", "pardon de vous deranger", "pardon de vous embeter",
         "c est toujours le meme probleme", "c est toujours le meme souci", "toujours le meme probleme",
         "toujours le meme souci", "ca recommence", "je me permets de vous appeler",
         "on m a dit de vous appeler", "je ne sais pas ce qui se passe", "je sais pas ce qui se passe"});
    if (aside > 0 && next(aside) &&
        (isCut(next(aside)->gap) || isOneOf(next(aside)->plain, {"mon", "ma", "mes", "notre", "nos", "le",
                                                                 "l", "les", "j", "je", "on", "mais"})))
        return aside;
    const std::size_t question = anyOf(tokens, at,
                                       {"comment faire", "pouvez vous m aider", "vous pouvez m aider",
                                        "voila mon souci", "voila mon probleme", "j ai un souci",
                                        "j ai un probleme", "j ai un petit souci", "j ai un petit probleme"});
    return question > 0 && next(question) && isCut(next(question)->gap) ? question : 0;
}

std::size_t frenchLeadAt(const Tokens& tokens, std::size_t at) {
    if (const std::size_t aside = asideAt(tokens, at)) return aside;
    return anyOf(tokens, at,
                 {"c est encore moi parce que",
                  "c est encore moi parce qu",
                  "c est pour vous dire que",
                  "c est pour vous dire qu",
                  "c etait pour vous dire que",
                  "c etait pour vous dire qu",
                  "c est pour vous signaler que",
                  "c est pour vous signaler qu",
                  "juste pour vous dire que",
                  "juste pour vous dire qu",
                  "je voulais vous dire que",
                  "je voulais vous dire qu",
                  "je vous appelle pour vous dire que",
                  "je vous appelle pour vous dire qu",
                  "je me permets de vous appeler parce que",
                  "je me permets de vous appeler parce qu",
                  "je rappelle parce que",
                  "je rappelle parce qu",
                  "j ai l impression que",
                  "j ai l impression qu",
                  "oui",
                  "non",
                  "alors",
                  "voila",
                  "bon",
                  "donc",
                  "ecoutez",
                  "ecoute",
                  "en fait",
                  "eh bien",
                  "et bien",
                  "et puis",
                  "et",
                  "mais",
                  "du coup",
                  "ah",
                  "oh",
                  "ha",
                  "allo",
                  "bonjour",
                  "bonsoir",
                  "c est que",
                  "parce que",
                  "car",
                  "ok",
                  "d accord",
                  "justement",
                  "tout simplement",
                  "tenez",
                  "dites",
                  "le probleme c est que",
                  "le souci c est que",
                  "en gros",
                  "moi",
                  "nous",
                  "bien",
                  "merci",
                  "pardon",
                  "par contre",
                  "sinon",
                  "je pense que",
                  "je crois que",
                  "je crois qu",
                  "je pense qu",
                  "il se trouve que",
                  "en revanche",
                  "figurez vous que",
                  "imaginez vous que",
                  "j ai deux choses",
                  "j ai deux problemes",
                  "j ai deux soucis",
                  "deux choses",
                  "la premiere c est",
                  "le premier c est",
                  "la deuxieme c est que",
                  "le deuxieme c est que",
                  "la premiere",
                  "la deuxieme c est qu",
                  "le deuxieme c est qu",
                  "la deuxieme c est",
                  "le deuxieme c est",
                  "la seconde c est que",
                  "la seconde c est qu",
                  "la seconde c est",
                  "deuxieme chose",
                  "autre chose",
                  "tant que je vous ai",
                  "toujours le meme",
                  "dites moi",
                  "dis moi",
                  "j ai deux choses la premiere",
                  "bah voila",
                  "super",
                  "parfait",
                  "premierement",
                  "deja",
                  "en ce moment",
                  "enfin",
                  "ouais",
                  "ou",
                  "puis",
                  "bah",
                  "ben",
                  "ca",
                  "la"});
}

std::string_view plainAt(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view{tokens[at].plain} : std::string_view{};
}
bool isCutAt(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() && isCut(tokens[at].gap);
}

/// "nous avons", "moi": the subject, unless it is said twice ("nous, nous avons", "moi je").
bool isSubject(const Tokens& tokens, std::size_t at, std::size_t next) {
    const std::string_view word = tokens[at].plain;
    if (!isOneOf(word, {"nous", "moi"})) return false;
    if (!isOneOf(plainAt(tokens, next), {"on", "je", "j", "nous"})) return true;
    // "nous nous sommes trompés"
    return word == "nous" && plainAt(tokens, next) == "nous" && !isCut(tokens[at + 1].gap) &&
           !isOneOf(plainAt(tokens, at + 2), {"ne", "n", "avons", "on"});
}

/// "là on …", "là plus rien": a lead, and no article.
bool isThere(const Tokens& tokens, std::size_t at, std::size_t next) {
    return tokens[at].plain == "la" &&
           isOneOf(plainAt(tokens, next), {"rien", "plus", "c", "on", "il", "y", "ca"});
}

/// "la box", "ça marche", "où": part of the matter, unless a comma parts them or it is "ça c'est".
bool beginsTheMatter(const Tokens& tokens, std::size_t at, std::size_t next) {
    const std::string_view word = tokens[at].plain;
    return isOneOf(word, {"la", "ca", "ou"}) && !isCutAt(tokens, next) &&
           !(word == "ca" && plainAt(tokens, next) == "c");
}

/// "non plus", "no internet".
bool isDenial(const Tokens& tokens, std::size_t at, std::size_t next) {
    const std::string_view word = tokens[at].plain;
    return (word == "non" && plainAt(tokens, next) == "plus") ||
           (word == "no" && next < tokens.size() && !isCutAt(tokens, next));
}

}  // namespace

std::size_t leadLength(const Tokens& tokens, bool isEnglish) {
    for (std::size_t at = 0;;) {
        const std::size_t length = isEnglish ? englishLeadAt(tokens, at) : frenchLeadAt(tokens, at);
        if (length == 0) return at;
        const std::size_t next = at + length;
        if (isSubject(tokens, at, next)) return at;
        if (length == 1 && !isThere(tokens, at, next) &&
            (beginsTheMatter(tokens, at, next) || isDenial(tokens, at, next)))
            return at;
        at = next;
    }
}

}  // namespace ninja3cx::analysis
