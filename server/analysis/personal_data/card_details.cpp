#include "server/analysis/personal_data/card_details.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/number_topics.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

const CueList& expiryCues() {
    static const CueList kCues{{"expire"},      {"expirant"},   {"expiration"},    {"exp"},
                               {"date de fin"}, {"validite"},   {"valable jusqu"}, {"valide jusqu"},
                               {"expires"},     {"expiring"},   {"expiry"},        {"valid until"},
                               {"valid to"},    {"valid thru"}, {"valid through"}, {"good through"},
                               {"good until"},  {"end date"}};
    return kCues;
}
const CueList& codeCues() {
    static const CueList kCues{{"cvv"},
                               {"cvv2"},
                               {"cvc"},
                               {"cvc2"},
                               {"c v v"},
                               {"c v c"},
                               {"cryptogramme"},
                               {"cryptogram"},
                               {"crypto"},
                               {"pictogramme"},
                               {"code de securite"},
                               {"code au dos"},
                               {"et derriere"},
                               {"et au dos"},
                               {"and on the back"},
                               {"and the back"},
                               {"code derriere"},
                               {"trois chiffres"},
                               {"3 chiffres"},
                               {"chiffres au dos"},
                               {"chiffres derriere"},
                               {"security code"},
                               {"verification number"},
                               {"three digits"},
                               {"3 digits"},
                               {"three digit"},
                               {"digits on the back"},
                               {"numbers on the back"},
                               {"number on the back"},
                               {"code on the back"},
                               {"code on the front"}};
    return kCues;
}

bool isOtherThing(std::string_view word) {
    static constexpr auto kThings = std::to_array<std::string_view>(
        {"licence",  "licences", "license",   "licenses",   "certificat",   "certificate", "contrat",
         "contract", "garantie", "warranty",  "abonnement", "subscription", "domaine",     "domain",
         "passe",    "password", "session",   "compte",     "account",      "antivirus",   "support",
         "offre",    "offer",    "passeport", "passport",   "permis",       "jeton",       "token",
         "lien",     "commande", "order",     "devis",      "quote",        "bon",         "colis",
         "parcel",   "link"});
    return isIn(kThings, word);
}
/// What else expires or is guarded, said before in the same sentence.
bool isOfOther(const Line& line, std::size_t cue) {
    for (std::size_t at = cue; at > 0 && at + 8 > cue && !isCut(line, at - 1, ".?!;"); --at)
        if (isOtherThing(line.words[at - 1].text)) return true;
    return false;
}

bool isLead(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"fin",        "le",       "la",       "les",      "en",       "c",      "est",      "s",
         "de",         "du",       "d",        "a",        "au",       "mois",   "dos",      "date",
         "carte",      "elle",     "il",       "ce",       "jusqu",    "jusque", "qui",      "sont",
         "sur",        "l",        "oui",      "alors",    "donc",     "voila",  "et",       "ok",
         "attendez",   "is",       "it",       "its",      "on",       "the",    "end",      "of",
         "in",         "date",     "card",     "and",      "back",     "are",    "yes",      "yeah",
         "so",         "okay",     "um",       "until",    "to",       "numero", "number",   "code",
         "that",       "um",       "marque",   "ecrit",    "derriere", "says",   "chiffres", "digits",
         "expiration", "validite", "securite", "security", "expiry",   "my",     "ma",       "sera",
         "me",         "merci",    "thanks"});
    return isIn(kWords, word);
}

struct Digits {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> ends;  // digits so far, and one past their words
};
/// Digits that follow each other, at most one "slash" between.
Digits digitsAt(const Line& line, std::size_t at, std::size_t most) {
    static constexpr auto kBetween =
        std::to_array<std::string_view>({"slash", "barre", "tiret", "dash", "sur", "de", "of", "stroke"});
    Digits digits;
    for (std::size_t i = at; i < line.words.size();) {
        const std::string_view word = line.words[i].text;
        if (!digits.text.empty() && isIn(kBetween, word)) {
            if (!numberAt(line.words, i + 1)) break;
            ++i;
            continue;
        }
        const auto number = numberAt(line.words, i);
        const bool isZero = !number && (word == "oh" || word == "o");
        if (!number && !isZero) break;
        const std::string text = isZero ? "0" : number->digits;
        if (digits.text.size() + text.size() > most) break;
        digits.text += text;
        i = isZero ? i + 1 : number->last;
        digits.ends.emplace_back(digits.text.size(), i);
    }
    return digits;
}

bool isMonth(std::string_view digits) {
    return (digits.size() == 1 && digits[0] != '0') ||
           (digits.size() == 2 &&
            ((digits[0] == '0' && digits[1] != '0') || (digits[0] == '1' && digits[1] <= '2')));
}
bool isYearToCome(std::string_view digits) {
    if (digits.size() == 4 && digits.starts_with("20")) digits.remove_prefix(2);
    return digits.size() == 2 && digits >= "20" && digits <= "49";
}

std::optional<CardDetail> expiryAt(const Line& line, std::size_t at) {
    if (at >= line.words.size()) return std::nullopt;
    if (const int month = monthNumber(line.words[at].text)) {
        const Digits year = digitsAt(line, at + 1, 4);
        for (auto end = year.ends.rbegin(); end != year.ends.rend(); ++end)
            if (const auto text = year.text.substr(0, end->first); isYearToCome(text))
                return CardDetail{std::to_string(month) + "/" + text, at, end->second};
        return std::nullopt;
    }
    const Digits digits = digitsAt(line, at, 8);
    const auto endOf = [&](std::size_t length) -> std::optional<std::size_t> {
        for (const auto& [count, last] : digits.ends)
            if (count == length) return last;
        return std::nullopt;
    };
    // "31/12/2027"
    if (const auto last = endOf(8); last && isMonth(digits.text.substr(2, 2)) &&
                                    isYearToCome(digits.text.substr(4)) && digits.text.substr(0, 2) <= "31")
        return CardDetail{digits.text.substr(2, 2) + "/" + digits.text.substr(4), at, *last};
    // Whole forms first: "1 2 2 7" begins like "1/22".
    for (const auto& [length, month] :
         {std::pair{6U, 2U}, std::pair{4U, 2U}, std::pair{5U, 1U}, std::pair{3U, 1U}}) {
        const auto last = endOf(length);
        if (!last) continue;
        const std::string_view text = std::string_view{digits.text}.substr(0, length);
        if (!isMonth(text.substr(0, month)) || !isYearToCome(text.substr(month))) continue;
        return CardDetail{std::string{text.substr(0, month)} + "/" + std::string{text.substr(month)}, at,
                          *last};
    }
    return std::nullopt;
}

std::optional<CardDetail> codeAt(const Line& line, std::size_t at) {
    const Digits digits = digitsAt(line, at, 4);
    if (digits.text.size() < 3) return std::nullopt;
    const std::size_t last = digits.ends.back().second;
    if (last < line.words.size() && isUnit(line.words[last].text)) return std::nullopt;
    return CardDetail{digits.text, at, last};
}

/// "et la date ?"
bool asksDate(const Line& line) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"et", "la", "sa", "date", "quelle", "est", "c", "quoi", "and", "the", "what", "s", "its"});
    const auto isOf = [](const Word& word) { return isIn(kWords, word.text); };
    const auto isDate = [](const Word& word) { return word.text == "date"; };
    return std::all_of(line.words.begin(), line.words.end(), isOf) &&
           std::any_of(line.words.begin(), line.words.end(), isDate);
}

bool isCorrection(std::string_view word) {
    return word == "non" || word == "pardon" || word == "no" || word == "sorry";
}

using Reader = std::optional<CardDetail> (*)(const Line&, std::size_t);

/// Behind a word or a few that lead to it.
std::optional<CardDetail> behind(const Line& line, std::size_t from, Reader read) {
    for (std::size_t at = from; at < line.words.size() && at <= from + 7; ++at) {
        if (auto detail = read(line, at)) return detail;
        if (!isLead(line.words[at].text)) break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::size_t> cardDetailCuesIn(const Line& line) {
    std::vector<std::size_t> places;
    for (const CueList* cues : {&expiryCues(), &codeCues()})
        for (const CueList::Hit& hit : cues->all(line)) places.push_back(hit.match.first);
    std::sort(places.begin(), places.end());
    return places;
}

std::optional<CardDetailKind> cardDetailNamedIn(const Line& line) {
    static const CueList kExpiry{{"jusqu a quand"}, {"date ~ carte"}, {"date on the"}, {"expire*"}};
    static const CueList kCode{
        {"au dos"},     {"verso"},         {"derriere"},   {"the back"}, {"trois derniers chiffres"},
        {"last three"}, {"three numbers"}, {"three last"}, {"crypto*"}};
    constexpr std::size_t kMost = 16;  // words
    if (line.words.size() > kMost) return std::nullopt;
    std::optional<CardDetailKind> named;
    std::size_t last = 0;
    const auto look = [&](const CueList& cues, CardDetailKind kind) {
        for (const CueList::Hit& hit : cues.all(line)) {
            if (isOfOther(line, hit.match.first) || hit.match.last < last) continue;
            named = kind;
            last = hit.match.last;
        }
    };
    look(kExpiry, CardDetailKind::Expiry);
    look(expiryCues(), CardDetailKind::Expiry);
    if (asksDate(line)) named = CardDetailKind::Expiry;
    look(kCode, CardDetailKind::Code);
    look(codeCues(), CardDetailKind::Code);
    return named;
}

bool namesOtherExpiring(const Line& line) {
    const auto isThing = [](const Word& word) { return isOtherThing(word.text); };
    return std::ranges::any_of(line.words, isThing) && !topicsOf(line).card;
}

std::vector<CardDetail> cardDetailPiecesIn(const Line& line) {
    static constexpr auto kBehind = std::to_array<std::string_view>(
        {"c",       "je",           "let",    "got",   "thanks", "thank",    "merci",   "great",
         "parfait", "tres",         "bien",   "super", "note",   "accord",   "s",       "please",
         "perfect", "lovely",       "cheers", "then",  "date",   "puis",     "ensuite", "ouais",
         "yep",     "cryptogramme", "crypto", "cvv",   "cvc",    "security", "expire",  "expires",
         "voila",   "right",        "i",      "great", "bon",    "you",      "euh",     "um"});
    static constexpr auto kAround = std::to_array<std::string_view>(
        {"d",       "accord",   "donc",    "ah",      "euh",      "repete",  "relis",      "redis",
         "je",      "expire",   "exp",     "expires", "cvv",      "cvc",     "crypto",     "cryptogramme",
         "thanks",  "great",    "perfect", "then",    "puis",     "ensuite", "bon",        "bien",
         "tres",    "super",    "right",   "got",     "expirant", "um",      "uh",         "hang",
         "valable", "validity", "non",     "pardon",  "no",       "sorry",   "recapitule", "note",
         "i",       "have",     "ca",      "parfait", "ouais",    "yep",     "one",        "verso"});
    static constexpr auto kCounted = std::to_array<std::string_view>(
        {"chiffres", "digits", "digit", "derniers", "numbers", "last", "mois"});
    constexpr std::size_t kMost = 8;  // digits of a date
    constexpr std::size_t kLongest = 24;
    std::vector<CardDetail> found;
    bool isLed = true;
    const std::vector<std::size_t> cues = cardDetailCuesIn(line);
    for (std::size_t at = 0; at < line.words.size();) {
        const std::string_view word = line.words[at].text;
        if (std::ranges::binary_search(cues, at)) {
            isLed = true;
            ++at;
            continue;
        }
        std::optional<CardDetail> piece;
        if (isLed && monthNumber(word) != 0) piece = expiryAt(line, at);
        // The card's number itself: a detail may stand right behind it.
        const Digits digits = digitsAt(line, at, kLongest);
        if (digits.text.size() > kMost || word == "[]") {
            at = digits.ends.empty() ? at + 1 : digits.ends.back().second;
            isLed = true;
            continue;
        }
        if (isLed && !piece && !digits.ends.empty())
            piece = CardDetail{digits.text, at, digits.ends.back().second};
        if (piece) {
            const bool isEnd = isCut(line, piece->last - 1, ".,;?!") || piece->last == line.words.size();
            const std::string_view behind =
                isEnd ? std::string_view{} : std::string_view{line.words[piece->last].text};
            // "trois chiffres", "un instant", "dix euros"
            const bool isCounting =
                !isEnd && (isIn(kCounted, behind) || (!isLead(behind) && !isIn(kBehind, behind)));
            if (!isCounting && (isEnd || piece->value.size() > 1)) {
                at = piece->last;
                found.push_back(*std::move(piece));
                continue;
            }
            at = piece->last;
            isLed = !isCounting || isIn(kCounted, behind);
            continue;
        }
        isLed = isLed && (isLead(word) || isIn(kAround, word));
        ++at;
    }
    return found;
}

std::vector<CardDetail> cardDetailsIn(const Line& line, std::span<const std::size_t> cardEnds,
                                      const Line* asking) {
    std::vector<CardDetail> found;
    // "et votre licence ?" - "elle expire en mars 2027"
    const bool isAskedOfOther = asking && cardEnds.empty() &&
                                std::any_of(asking->words.begin(), asking->words.end(),
                                            [](const Word& word) { return isOtherThing(word.text); });
    const auto add = [&](std::optional<CardDetail> detail) {
        if (!detail) return;
        // "12/27, 123": the code follows without a word.
        auto code = codeAt(line, detail->last);
        const bool isDate = detail->value.find('/') != std::string::npos;
        const std::size_t last = detail->last;
        found.push_back(*std::move(detail));
        // "sept sept sept, non, sept huit sept"
        if (!isDate && last < line.words.size() && isCorrection(line.words[last].text))
            if (auto mended = behind(line, last + 1, codeAt)) found.push_back(*std::move(mended));
        if (isDate && code && code->value.size() == 3) found.push_back(*std::move(code));
    };
    const auto addBehind = [&](const CueList& cues, Reader read) {
        for (const CueList::Hit& hit : cues.all(line))
            if (!isAskedOfOther && !isOfOther(line, hit.match.first)) add(behind(line, hit.match.last, read));
        if (!asking) return;
        for (const CueList::Hit& hit : cues.all(*asking))
            if (!isOfOther(*asking, hit.match.first) && !behind(*asking, hit.match.last, read)) {
                add(behind(line, 0, read));
                return;
            }
    };
    addBehind(expiryCues(), expiryAt);
    if (asking && asksDate(*asking)) add(behind(line, 0, expiryAt));
    addBehind(codeCues(), codeAt);
    for (const std::size_t end : cardEnds) {
        auto detail = expiryAt(line, end);
        // "…, 10 25 High Street"
        const bool isEnd = detail && (isCut(line, detail->last - 1, ".,;?!") || codeAt(line, detail->last));
        if (isEnd) add(std::move(detail));
    }
    std::sort(found.begin(), found.end(),
              [](const CardDetail& a, const CardDetail& b) { return a.first < b.first; });
    return found;
}

}  // namespace ninja3cx::analysis
