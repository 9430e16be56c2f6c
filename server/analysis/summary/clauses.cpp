#include "server/analysis/summary/clauses.hpp"

#include "server/analysis/conversation/contractions.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/summary/clause_lead.hpp"
#include "server/analysis/summary/clean_speech.hpp"
#include "server/analysis/summary/spoken.hpp"
#include "server/analysis/summary/workplace_said.hpp"

#include <algorithm>
#include <cctype>

namespace ninja3cx::analysis {
namespace {

/// A piece that ends here needs something to follow.
bool isDangling(std::string_view plain) {
    return isOneOf(
        plain,
        {"et",      "mais", "donc", "que",  "qu",    "de",      "d",     "a",      "le",   "la",    "les",
         "l",       "un",   "une",  "pour", "parce", "car",     "avec",  "dans",   "sur",  "qui",   "ou",
         "c",       "en",   "du",   "des",  "si",    "quand",   "alors", "puis",   "je",   "j",     "il",
         "elle",    "on",   "ne",   "n",    "se",    "s",       "and",   "but",    "so",   "the",   "to",
         "because", "with", "of",   "or",   "my",    "their",   "son",   "sa",     "ses",  "mon",   "ma",
         "mes",     "i",    "they", "it",   "that",  "which",   "when",  "where",  "if",   "for",   "at",
         "in",      "on",   "from", "then", "comme", "chez",    "par",   "au",     "aux",  "enfin", "fait",
         "vous",    "then", "an",   "is",   "y",     "lorsque", "dont",  "voila",  "quoi", "hein",  "etc",
         "like",    "just", "me",   "m",    "us",    "we",      "sinon", "pas de", "you",  "ca",    "were",
         "was",     "are",  "as",   "than"});
}

/// One past the words of `phrase` where they begin before token `before`; 0 otherwise.
std::size_t endOf(const Tokens& tokens, const std::string& phrase, std::size_t before) {
    const std::string plain = folded(phrase);
    if (plain.empty()) return 0;
    for (std::size_t at = 0; at < std::min(before, tokens.size()); ++at)
        if (is(tokens, at, plain)) return at + lengthOf(plain);
    return 0;
}

/// How many words greet and say who calls.
std::size_t afterIntroduction(const Tokens& tokens, const NamePhrases& names, bool isEnglish) {
    std::size_t from = 0;
    for (const char* greeting : {"bonjour", "bonsoir", "salut", "hello", "hi", "hiya", "good morning",
                                 "good afternoon", "morning", "afternoon"})
        from = std::max(from, endOf(tokens, greeting, 4));
    const std::size_t lead = std::max(from, leadLength(tokens, isEnglish));
    const std::size_t customer = endOf(tokens, names.customer(), lead + 6);
    const bool isIntroduced = from > 0 || (customer > 0 && names.customer().find(' ') != std::string::npos) ||
                              anyOf(tokens, lead,
                                    {"c est", "it s", "its", "that s", "this is", "ici", "je suis", "i m",
                                     "je m appelle", "my name"}) > 0;
    if (!isIntroduced) return 0;
    from = std::max(from, customer);
    const std::size_t near = std::max(from, lead) + 8;
    // "on a une nouvelle, Nadia Cherif, qui arrive": she is the matter.
    const auto isMatter = [&](const NamePhrases::Place& place) {
        const std::size_t end = place.last;
        if (end < tokens.size() && isOneOf(tokens[end].plain, {"qui", "who"})) return true;
        // "Tom Baker is leaving us": of another.
        if (names.name(place.name).written != names.customer() &&
            anyOf(tokens, end,
                  {"leaves", "is leaving", "s leaving", "part", "quitte", "nous quitte", "arrive", "s en va",
                   "revient", "remplace", "joins", "starts", "elle part", "il part", "she s leaving",
                   "he s leaving"}) > 0)
            return true;
        for (std::size_t at = std::max(from, lead); at < place.first; ++at)
            if (isOneOf(tokens[at].plain,
                        {"a",       "ai",       "avons", "pour", "un",   "une",  "notre", "mon", "ma",
                         "nouveau", "nouvelle", "qui",   "il",   "elle", "faut", "on",    "has", "have",
                         "ve",      "got",      "new",   "our",  "my",   "for",  "need"}))
                return true;
        return false;
    };
    const std::vector<NamePhrases::Place> named = names.firstIn(tokens, near);
    for (const NamePhrases::Place& place : named)
        if (!names.name(place.name).isCompany && place.last > from && !isMatter(place)) {
            from = place.last;
            // A surname that is a word as well: "Valérie Petit".
            const bool isSurname = from < tokens.size() && tokens[from].gap == " " &&
                                   std::isupper(static_cast<unsigned char>(tokens[from].written[0])) != 0;
            if (isSurname) ++from;
        }
    if (customer > 0 && from > 0) from = afterWorkplace(tokens, from);
    // "…, le responsable technique": still who it is.
    if (from > 0 && from < tokens.size() &&
        isOneOf(tokens[from].plain, {"le", "la", "the", "a", "de", "in", "at"})) {
        std::size_t end = from;
        while (end < tokens.size() && end < from + 5 && (end == from || !isCut(tokens[end].gap))) ++end;
        if (end < tokens.size() && isCut(tokens[end].gap)) from = end;
    }
    // "…, boulangerie Petit à Dinan, …"
    if (from > 0 && from < tokens.size() && opensCompany(tokens[from].plain)) {
        std::size_t end = from + 1;
        while (end < tokens.size() && end < from + 7 && !isCut(tokens[end].gap)) ++end;
        // "étude costa mon imprimante …": what follows the name is the matter.
        // "société vasseur" is Vasseur.
        const bool isNamed =
            end == tokens.size() &&
            std::ranges::any_of(names.in(tokens, from + 2), [&](const NamePhrases::Place& place) {
                return names.name(place.name).isCompany && place.first >= from;
            });
        if (!isNamed && (end == tokens.size() || isCut(tokens[end].gap))) from = end;
    }
    for (const NamePhrases::Place& place : named)
        if (names.name(place.name).isCompany) from = std::max(from, place.last);
    // "nathalie de la mairie on a …", where a recogniser wrote no comma.
    if (from > 0 && from < tokens.size() && isOneOf(tokens[from].plain, {"de", "du", "des", "d", "chez"}))
        for (std::size_t at = from + 1; at < std::min(tokens.size(), from + 6) && !isCut(tokens[at].gap);
             ++at)
            if (isOneOf(tokens[at].plain, {"j", "je", "on", "nous"})) from = at;
    // "…, Thomas Verdier à l'appareil, …", "directeur, je vous appelle parce que …"
    if (const std::size_t phone = anyOf(tokens, from, {"a l appareil", "au telephone", "speaking"}))
        from += phone;
    for (std::size_t at = from; at < std::min(tokens.size(), from + 5); ++at)
        if (anyOf(tokens, at, {"je vous appelle", "j appelle", "i m calling", "i m ringing"}) > 0 && from > 0)
            from = at;
    return std::min(from, tokens.size());
}

/// "je suis le responsable technique", "c'est la comptable": who calls, not why.
bool isIntroduction(const Tokens& tokens) {
    if (anyOf(tokens, 0,
              {"je suis un peu", "i m a bit", "i m a little", "je suis tres", "je suis vraiment"}) > 0)
        return false;
    if (anyOf(tokens, 0,
              {"je suis le", "je suis la", "je suis l", "je suis un", "je suis une", "je suis clerc",
               "je suis chez", "i m the", "i m a", "i m an", "i m from", "je travaille", "my name", "ici",
               "je m appelle", "this is"}) > 0)
        return true;
    // "it's gone from both mailboxes" is no name.
    const bool isState =
        tokens.size() > 2 && isOneOf(tokens[2].plain, {"gone", "not", "been", "still", "all", "just", "down",
                                                       "vanished", "disappeared", "missing"});
    if (is(tokens, 0, "c est") || (is(tokens, 0, "it s") && !isState))
        for (std::size_t at = 2; at < std::min<std::size_t>(tokens.size(), 8); ++at)
            if (isOneOf(tokens[at].plain, {"chef", "responsable", "directeur", "directrice", "secretaire",
                                           "comptable", "gerant", "gerante", "accueil", "secretariat", "from",
                                           "manager", "societe", "reception"}))
                return true;
    return tokens.size() < 9 &&
           anyOf(tokens, 0,
                 {"c est madame", "c est monsieur", "c est maitre", "c est docteur", "madame", "monsieur",
                  "maitre", "docteur", "le cabinet", "de la", "du"}) > 0;
}

/// " Oui": what follows dots that were only a pause has a small letter.
bool isNewSentence(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && text[at] == ' ' &&
           std::isupper(static_cast<unsigned char>(text[at + 1])) != 0;
}

/// "mon adresse c'est … arobase … point fr et je ne reçois plus rien": the address was asked for, or is no matter.
void dropAddress(Tokens& tokens, bool isEnglish) {
    std::size_t sign = 0;
    while (sign < tokens.size() && !isOneOf(tokens[sign].plain, {"arobase", "arrobase", "rebase"}) &&
           !(isEnglish && tokens[sign].plain == "at"))
        ++sign;
    if (sign == tokens.size()) return;
    std::size_t end = 0;
    for (std::size_t at = sign; at + 1 < std::min(tokens.size(), sign + 14); ++at)
        if (isOneOf(tokens[at].plain, {"point", "dot"}) &&
            isOneOf(tokens[at + 1].plain, {"fr", "com", "net", "org", "eu", "uk", "co", "be", "ch", "ie"}))
            end = at + 2;
    std::size_t first = sign;
    while (first > 0 && first + 14 > sign &&
           !isOneOf(tokens[first].plain, {"adresse", "email", "mail", "address"}))
        --first;
    if (end == 0 || end >= tokens.size() ||
        !isOneOf(tokens[first].plain, {"adresse", "email", "mail", "address"}))
        return;
    while (first > 0 &&
           isOneOf(tokens[first - 1].plain, {"mon", "my", "l", "c", "est", "the", "ma", "s", "it", "d"}))
        --first;
    // The words before it are a clause of their own, or none.
    if (first > 0 && first < kLeastWords) first = 0;
    if (tokens.size() - end + first < kLeastWords) return;
    erase(tokens, first, end - first);
}

/// "je ne vous rappelle pas pour l'imprimante, je vous appelle parce que …": what they do call for.
void dropOtherMatter(Tokens& tokens, bool isEnglish) {
    for (std::size_t at = 4; at + kLeastWords < tokens.size(); ++at) {
        const std::size_t call =
            isEnglish ? anyOf(tokens, at, {"i m calling because", "i m calling about", "i m ringing about"})
                      : anyOf(tokens, at,
                              {"je vous appelle parce", "je vous appelle pour", "j appelle parce",
                               "j appelle pour"});
        if (call == 0) continue;
        const bool isDenied = std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                                          [](const Token& token) {
                                              return isOneOf(token.plain, {"pas", "not"});
                                          });
        if (isDenied) erase(tokens, 0, at);
        return;
    }
}

/// "karine le goff" as the names have it: "Karine Le Goff".
void writeNames(Tokens& tokens, const NamePhrases& names) {
    for (const NamePhrases::Place& place : names.in(tokens, tokens.size())) {
        const NamePhrases::Name& name = names.name(place.name);
        // "je ferme la croix en haut" is no farm.
        if (opensCompany(name.words[0].text)) continue;
        for (std::size_t i = 0; i < name.words.size(); ++i) {
            const auto begin = static_cast<std::size_t>(name.words[i].begin);
            const auto end = static_cast<std::size_t>(name.words[i].end);
            tokens[place.first + i].written = name.written.substr(begin, end - begin);
        }
    }
}

/// "Joel, the label printer is gone": whom they talk to.
void dropAddressee(Tokens& tokens, const NamePhrases& names) {
    if (tokens.size() < 2 + kLeastWords || !isCut(tokens[1].gap) || !isFirstName(tokens[0].plain)) return;
    if (isOneOf(tokens[1].plain, {"il", "elle", "qui", "he", "she", "who", "from", "de", "du"})) return;
    if (!folded(names.customer()).starts_with(tokens[0].plain)) erase(tokens, 0, 1);
}

/// "je suis un peu embêtée, j'ai …": how they feel about it.
void dropEmbarrassment(Tokens& tokens) {
    if (!is(tokens, 0, "je suis") && !is(tokens, 0, "i m")) return;
    std::size_t end = 1;
    bool isFeeling = false;
    while (end < tokens.size() && !isCut(tokens[end].gap)) {
        const std::string_view plain = tokens[end].plain;
        for (const std::string_view stem :
             {"embet", "ennuy", "desol", "inquiet", "navre", "perdu", "worried", "embarrassed"})
            isFeeling = isFeeling || plain.starts_with(stem);
        ++end;
    }
    constexpr std::size_t kMost = 6;
    if (isFeeling && end <= kMost && tokens.size() >= end + kLeastWords) erase(tokens, 0, end);
}

/// "j'en ai ras le bol, Outlook plante, c'est inadmissible": the pieces that only vent.
void dropVexation(Tokens& tokens) {
    struct Piece {
        std::size_t first;
        std::size_t last;
        bool isVexed;
    };
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < tokens.size();) {
        std::size_t end = at + 1;
        while (end < tokens.size() && !isCut(tokens[end].gap)) ++end;
        const std::string text = textOf({tokens.begin() + static_cast<std::ptrdiff_t>(at),
                                         tokens.begin() + static_cast<std::ptrdiff_t>(end)});
        Line piece;
        piece.text = text;
        piece.words = wordsOf(text);
        pieces.push_back({at, end, end - at < 12 && vexationCues().first(piece).has_value()});
        at = end;
    }
    std::size_t kept = 0;
    for (const Piece& piece : pieces) kept += piece.isVexed ? 0 : piece.last - piece.first;
    if (kept < kLeastWords || kept == tokens.size()) return;
    Tokens rest;
    for (const Piece& piece : pieces)
        if (!piece.isVexed)
            rest.insert(rest.end(), tokens.begin() + static_cast<std::ptrdiff_t>(piece.first),
                        tokens.begin() + static_cast<std::ptrdiff_t>(piece.last));
    rest[0].gap.clear();
    tokens = std::move(rest);
}

}  // namespace

Line lineOf(const Clause& clause) {
    Line line;
    line.text = clause.text;
    line.words = clause.words;
    return line;
}

const CueList& vexationCues() {
    static const CueList kCues{
        {"ras le bol"},   {"furieu*"},         {"inadmissible"}, {"scandaleu*"},    {"honteu*"},
        {"invivable*"},   {"pas possible ca"}, {"marre"},        {"insupportable"}, {"n importe quoi"},
        {"inacceptable"}, {"lamentable"},      {"catastroph*"},  {"urgentissime"},  {"penible"},
        {"se moque* de"}, {"moquez de"},       {"plein le dos"}, {"un scandale"},   {"en colere"},
        {"fatigue* de"},  {"excede*"},         {"abuse*"},       {"fed up"},        {"ridiculous"},
        {"disgrace*"},    {"unacceptable"},    {"furious"},      {"sick of"},       {"had enough"},
        {"a joke"},       {"appalling"},       {"livid"},        {"shambles"}};
    return kCues;
}

void dropDangling(Tokens& tokens, bool isEnd) {
    if (isEnd) {
        while (!tokens.empty() &&
               isOneOf(tokens.back().plain, {"et", "mais", "donc", "alors", "puis", "enfin", "hein", "voila",
                                             "quoi", "and", "but", "so", "or", "ou"}))
            tokens.pop_back();
        return;
    }

    // "… le devis c'est": what it is was not heard.
    while (tokens.size() > 1 && tokens.back().plain == "est" && tokens[tokens.size() - 2].plain == "c")
        tokens.resize(tokens.size() - 2);
    while (!tokens.empty() && isDangling(tokens.back().plain)) {
        // "il est la", "depuis", "c'est fait" end well; a lone "fait" or "la" after a verb stays.
        const bool isAfterVerb =
            tokens.size() > 1 &&
            isOneOf(tokens[tokens.size() - 2].plain, {"est", "a", "ai", "suis", "sont", "ont", "as"});
        if (isAfterVerb && isOneOf(tokens.back().plain, {"fait", "la"})) return;
        if (isOneOf(tokens.back().plain, {"it", "in", "on", "that", "ca", "was", "are"}) &&
            tokens.size() > 4 && !isCut(tokens.back().gap))
            return;
        tokens.pop_back();
    }
}

bool isJoinAt(const Tokens& tokens, std::size_t at, bool isEnglish) {
    const std::size_t length =
        isEnglish ? anyOf(tokens, at,
                          {"and then", "so", "but", "because", "cos", "and now", "and it", "and i", "and we",
                           "and they", "and the", "which", "and when"})
                  : anyOf(tokens, at,
                          {"et puis",  "et la",    "et du coup", "du coup", "alors", "mais",    "parce que",
                           "donc",     "et ca",    "et il",      "et elle", "et on", "et je",   "et j",
                           "sauf que", "et c est", "voila",      "et les",  "et le", "et quand"});
    return length > 0;
}

std::size_t joinAt(const Tokens& tokens, std::size_t from, bool isEnglish) {
    std::size_t at = from;
    while (at < tokens.size() && !isJoinAt(tokens, at, isEnglish)) ++at;
    return std::min(at, tokens.size());
}

std::vector<Clause> clausesOf(const Line& line, const NamePhrases& names, bool isEnglish, std::size_t least) {
    std::vector<Clause> clauses;
    const auto addTokens = [&](Tokens tokens, bool isQuestion, bool isEnd) {
        const std::size_t lead = leadLength(tokens, isEnglish);
        erase(tokens, 0, lead);
        dropAddressee(tokens, names);
        dropEmbarrassment(tokens);
        dropDangling(tokens, isEnd);
        if (tokens.size() < least || isIntroduction(tokens)) return;
        Clause clause;
        clause.isEnd = isEnd;
        clause.turn = line.turn;
        clause.position = line.position;
        clause.text = textOf(tokens);
        clause.words = wordsOf(clause.text);
        clause.isQuestion = isQuestion;
        clauses.push_back(std::move(clause));
    };
    const std::string_view text = line.text;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool isEnd = at == text.size();
        const bool isSign =
            !isEnd && std::string_view{".!?;"}.find(text[at]) != std::string_view::npos &&
            (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n') &&
            !(text[at] == '.' && at > 0 && text[at - 1] == '.' && !isNewSentence(text, at + 1)) &&
            !(text[at] == '.' && at > 1 && text[at - 2] == ' ' && at + 2 < text.size() &&
              std::isupper(static_cast<unsigned char>(text[at - 1])) != 0);
        if (!isEnd && !isSign) continue;
        const std::string sentence{text.substr(begin, at - begin)};
        const bool isQuestion = !isEnd && text[at] == '?';
        begin = at + 1;
        Tokens tokens = tokensOf(sentence);
        if (isEnglish) putApostrophes(tokens);
        erase(tokens, 0, afterIntroduction(tokens, names, isEnglish));
        cleanSpeech(tokens, isEnglish);
        dropAddress(tokens, isEnglish);
        dropOtherMatter(tokens, isEnglish);
        writeNames(tokens, names);
        writeSpoken(tokens, isEnglish);
        dropVexation(tokens);
        // A recogniser without full stops: clause by clause.
        const bool isRunOn = tokens.size() > 22;
        std::size_t from = 0;
        while (isRunOn && tokens.size() - from > 16) {
            const std::size_t join = joinAt(tokens, from + 7, isEnglish);
            if (join >= tokens.size()) break;
            addTokens({tokens.begin() + static_cast<std::ptrdiff_t>(from),
                       tokens.begin() + static_cast<std::ptrdiff_t>(join)},
                      false, false);
            from = join;
        }
        addTokens({tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end()}, isQuestion, isSign);
    }
    return clauses;
}

}  // namespace ninja3cx::analysis
