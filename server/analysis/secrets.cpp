#include "server/analysis/secrets.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

/// What announces a word of letters, digits and signs.
const CueList& passwordCues() {
    static const CueList kCues{{"mot de passe"}, {"mots de passe"},  {"mot de pass"}, {"mdp"},
                               {"password*"},    {"passphrase"},     {"passcode"},    {"code ~ wifi"},
                               {"code ~ wi fi"}, {"code ~ oui fi"},  {"cle wifi"},    {"cle wi fi"},
                               {"cle ~ wifi"},   {"code visiteur*"}, {"wifi ~ code"}, {"wi fi ~ code"},
                               {"wifi key"},     {"wi fi key"},      {"secret"}};
    return kCues;
}
/// What announces digits alone.
const CueList& pinCues() {
    static const CueList kCues{{"code pin"},
                               {"pin"},
                               {"pin code"},
                               {"code ~ messagerie"},
                               {"code ~ repondeur"},
                               {"code ~ voicemail"},
                               {"code ~ alarme"},
                               {"code ~ porte"},
                               {"code ~ deverrouillage"},
                               {"code ~ carte"},
                               {"cryptogramme"},
                               {"pictogramme ~ carte"},
                               {"security code"}};
    return kCues;
}
/// Codes that pass: worthless a minute later.
const CueList& passingCues() {
    static const CueList kCues{{"sms"},
                               {"texto"},
                               {"code ~ recu"},
                               {"recu ~ code"},
                               {"envoie ~ code"},
                               {"a usage unique"},
                               {"one time"},
                               {"teamviewer"},
                               {"team viewer"},
                               {"anydesk"},
                               {"any desk"},
                               {"code de session"},
                               {"session code"},
                               {"numero de session"},
                               {"authenticator"},
                               {"six chiffres"},
                               {"six digit"},
                               {"text message"},
                               {"texted"},
                               {"verification code"},
                               {"code de verification"},
                               {"splashtop"},
                               {"prise en main"},
                               {"ticket"}};
    return kCues;
}
/// What turns the announcement into the thing itself.
const CueList& revealCues() {
    static const CueList kCues{{"c est"},     {"c etait"},      {"s est"},  {"ses"},   {"est"},
                               {"sera"},      {"etait"},        {"voici"},  {"voila"}, {"j ai mis"},
                               {"je mets"},   {"je vous mets"}, {"mettez"}, {"tapez"}, {"saisissez"},
                               {"it s"},      {"it is"},        {"is"},     {"was"},   {"will be"},
                               {"set it to"}, {"type"},         {"put"}};
    return kCues;
}

struct SignWord {
    std::string_view word;
    std::string_view sign;
};
constexpr auto kSigns = std::to_array<SignWord>({
    {"tiret", "-"},
    {"diese", "#"},
    {"hash", "#"},
    {"underscore", "_"},
    {"dash", "-"},
    {"etoile", "*"},
    {"star", "*"},
    {"exclamation", "!"},
    {"arobase", "@"},
    {"dollar", "$"},
    {"slash", "/"},
    {"hyphen", "-"},
    {"point", "."},
    {"dot", "."},
    {"pourcent", "%"},
    {"plus", "+"},
});
/// Words that describe how a secret is written. The first ones say that there is one.
constexpr auto kSpelling = std::to_array<std::string_view>({
    "majuscule", "majuscules", "minuscule", "minuscules", "capital", "capitals", "uppercase", "lowercase",
    "lower",     "upper",      "tout",      "toute",      "tous",    "en",       "chiffre",   "chiffres",
    "lettre",    "lettres",    "attache",   "colle",      "avec",    "un",       "une",       "le",
    "la",        "a",          "fin",       "au",         "debut",   "d",        "puis",      "et",
    "and",       "then",       "with",      "the",        "at",      "end",      "all",       "case",
    "comme",     "numbers",    "letters",   "digits",     "mark",    "sign",     "capitale",  "accent",
    "sans",      "espace",     "deux",      "grand",      "petit",
});
constexpr std::size_t kStrongSpelling = 10;

/// A secret ends where the sentence goes on about something else.
constexpr auto kStops = std::to_array<std::string_view>({
    "si",    "je",    "vous",    "ca",         "pour", "hein",    "ok",       "merci", "voila",
    "parce", "que",   "qui",     "mais",       "donc", "alors",   "on",       "il",    "elle",
    "c",     "ce",    "est",     "j",          "oui",  "non",     "attendez", "i",     "you",
    "it",    "that",  "so",      "but",        "if",   "okay",    "yes",      "no",    "please",
    "quand", "apres", "ensuite", "maintenant", "bon",  "because", "pas",      "d",     "[]",
    "votre", "vos",   "mon",     "ma",         "bien", "ne",
});

template <std::size_t n>
bool isIn(const std::array<std::string_view, n>& table, std::string_view word, std::size_t count = n) {
    const auto end = table.begin() + static_cast<std::ptrdiff_t>(count);
    return std::find(table.begin(), end, word) != end;
}

std::string_view signOf(std::string_view word) {
    const auto found =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const SignWord& sign) { return sign.word == word; });
    return found == kSigns.end() ? std::string_view{} : found->sign;
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool hasLetter(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// True when a comma or the end of a sentence stands between two words.
bool isCut(const Line& line, std::size_t before, std::string_view marks) {
    if (before + 1 >= line.words.size()) return true;
    const auto from = static_cast<std::size_t>(line.words[before].end);
    const auto to = static_cast<std::size_t>(line.words[before + 1].begin);
    const std::string_view gap = line.text.substr(from, to - from);
    const std::size_t mark = gap.find_first_of(marks);
    return mark != std::string_view::npos && (gap.size() > mark + 1);
}

struct Candidate {
    Secret secret;
    int strength = 0;  // 2: hardly anything else; 1: right after an announcement
};

/// The secret that starts at word `at`, as far as it looks like one.
std::optional<Candidate> candidateAt(const Line& line, std::size_t at) {
    Candidate candidate;
    candidate.secret.first = at;
    bool isMixed = false;
    bool isDescribed = false;
    std::size_t numbers = 0;
    std::size_t plain = 0;
    std::size_t lone = 0;
    for (std::size_t i = at; i < line.words.size() && i < at + 16;) {
        const std::string& word = line.words[i].text;
        const auto number = numberAt(line.words, i);
        const bool isSpelling = isIn(kSpelling, word);
        if (isIn(kStops, word) && !(word == "d" && i > at)) break;
        if (i == at && isSpelling && !number && !isIn(kSpelling, word, kStrongSpelling)) return std::nullopt;
        if (isIn(kSpelling, word, kStrongSpelling)) {
            isDescribed = true;
            ++i;
        } else if (!signOf(word).empty() && i > at) {
            isDescribed = true;
            candidate.secret.value += signOf(word);
            ++i;
        } else if (isSpelling && !(number && !isIn(kSpelling, word, 36))) {
            ++i;
        } else if (number) {
            numbers += number->digits.size();
            candidate.secret.value += number->digits;
            i = number->last;
        } else {
            if (hasDigit(word) && hasLetter(word)) isMixed = true;
            if (word.size() == 1)
                ++lone;
            else if (++plain > 3)
                break;
            const auto from = static_cast<std::size_t>(line.words[i].begin);
            candidate.secret.value +=
                line.text.substr(from, static_cast<std::size_t>(line.words[i].end) - from);
            ++i;
        }
        candidate.secret.last = i;
        if (isCut(line, i - 1, ".?!;\n")) break;
        if (isCut(line, i - 1, ",") && i < line.words.size()) {
            const std::string& next = line.words[i].text;
            if (signOf(next).empty() && !isIn(kSpelling, next) && !numberAt(line.words, i) && next.size() > 1)
                break;
        }
    }
    // "numbers" at the end describe the last piece; words that only join are given back.
    while (candidate.secret.last > at) {
        const std::string& word = line.words[candidate.secret.last - 1].text;
        if (!isIn(kSpelling, word) || isIn(kSpelling, word, kStrongSpelling) || word == "fin" ||
            word == "end" || numberAt(line.words, candidate.secret.last - 1))
            break;
        --candidate.secret.last;
    }
    if (candidate.secret.last <= at || candidate.secret.value.empty()) return std::nullopt;
    if (candidate.secret.value.find('@') != std::string::npos && plain + lone > 1)
        return std::nullopt;  // an address
    if (isMixed || isDescribed)
        candidate.strength = 2;
    else if (numbers >= 4 || (numbers >= 1 && plain >= 1) || lone >= 4)
        candidate.strength = 1;
    return candidate.strength == 0 ? std::nullopt : std::optional{candidate};
}

/// "Printemps2025", "Soleil!42": a name of a product has no such form.
bool looksChosen(const Line& line, std::size_t at) {
    const auto from = static_cast<std::size_t>(line.words[at].begin);
    const auto to = static_cast<std::size_t>(line.words[at].end);
    const std::string_view raw = line.text.substr(from, to - from);
    const std::size_t digit = raw.find_first_of("0123456789");
    if (digit == std::string_view::npos || digit < 4 || raw[0] < 'A' || raw[0] > 'Z') return false;
    static constexpr auto kProducts =
        std::to_array<std::string_view>({"office", "windows", "microsoft", "exchange", "server", "autocad"});
    for (const std::string_view product : kProducts)
        if (line.words[at].text.starts_with(product)) return false;
    const std::string_view tail = raw.substr(digit);
    const bool isYear = tail.size() == 4 && (tail.starts_with("19") || tail.starts_with("20"));
    const bool hasSign =
        to < line.text.size() && std::string_view{"!#$*@%&"}.find(line.text[to]) != std::string_view::npos;
    const bool isLower =
        std::all_of(raw.begin() + 1, raw.begin() + static_cast<std::ptrdiff_t>(digit),
                    [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
    return isLower && (isYear || hasSign);
}

struct Topic {
    bool password = false;
    bool pin = false;
    bool passing = false;
};
Topic topicBefore(const Conversation& conversation, std::size_t index) {
    Topic topic;
    for (std::size_t back = 1; back <= 5 && back <= index; ++back) {
        const Line& line = conversation.lines[index - back];
        topic.password = topic.password || passwordCues().first(line).has_value();
        topic.pin = topic.pin || (back <= 3 && pinCues().first(line).has_value());
        topic.passing = topic.passing || (back <= 2 && passingCues().first(line).has_value());
    }
    return topic;
}

}  // namespace

std::vector<Secret> findSecrets(const Conversation& conversation, std::size_t index) {
    const Line& line = conversation.lines[index];
    std::vector<Secret> found;
    const auto take = [&](const Secret& secret) {
        const bool isNew = std::none_of(found.begin(), found.end(), [&](const Secret& other) {
            return secret.first < other.last && other.first < secret.last;
        });
        if (isNew) found.push_back(secret);
    };
    const auto passwordCue = passwordCues().first(line);
    const auto pinCue = pinCues().first(line);
    const bool isPassing = passingCues().first(line).has_value();
    const Topic before = topicBefore(conversation, index);

    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (looksChosen(line, at)) {
            const auto candidate = candidateAt(line, at);
            take(candidate ? candidate->secret : Secret{line.words[at].text, at, at + 1});
        }

    const bool isAnnounced = passwordCue || pinCue;
    if (!isAnnounced && !before.password && !before.pin) return found;
    const std::size_t from = passwordCue ? passwordCue->match.last : pinCue ? pinCue->match.last : 0;
    std::vector<std::size_t> reveals;
    for (const CueList::Hit& reveal : revealCues().all(line)) reveals.push_back(reveal.match.last);
    for (std::size_t at = from; at < line.words.size(); ++at) {
        // Right after the announcement, after "c'est", or (answering) at the start of the line.
        const bool isRevealed = std::find(reveals.begin(), reveals.end(), at) != reveals.end();
        const bool isNext = isAnnounced && at == from;
        const bool isAnswer = !isAnnounced && at == 0;
        if (!isRevealed && !isNext && !isAnswer) continue;
        const auto candidate = candidateAt(line, at);
        if (!candidate) continue;
        const bool isNumber = std::all_of(candidate->secret.value.begin(), candidate->secret.value.end(),
                                          [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber) {
            const bool isPin = pinCue || before.pin || (passwordCue && !isPassing);
            if (!isPin || (isPassing && !pinCue) || candidate->secret.value.size() > 12) continue;
        } else if (candidate->strength < 2 && !passwordCue) {
            continue;
        }
        take(candidate->secret);
        at = candidate->secret.last;
    }
    return found;
}

}  // namespace ninja3cx::analysis
