#include "server/analysis/personal_data/named_numbers.hpp"

#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/lexicon/number_names.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_candidate.hpp"
#include "server/analysis/personal_data/secret_cues.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

std::string_view wordAt(const Line& line, std::size_t at) {
    return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
}

/// Products that are called by their version, beside those of the list.
bool isVersioned(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"office", "windows", "microsoft", "exchange", "server", "serveur",
                                         "android", "ios", "macos", "ubuntu", "debian"});
    return isIn(kWords, word);
}
/// Ordinary words that are products where a version follows.
bool isOtherProduct(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"ciel", "central", "galaxy", "pixel", "acrobat", "compta"});
    return isIn(kWords, word);
}
/// Stands between a product and its number.
bool isEdition(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"pro", "business", "central", "compta", "paie", "famille", "home", "entreprise", "enterprise",
         "server", "ligne", "gestion", "version"});
    return isIn(kWords, word);
}

std::string_view firstWord(const Product& product) {
    return product.phrase.substr(0, product.phrase.find(' '));
}

/// "office 365": a number belongs to the name.
bool isNumbered(const Product& product) {
    const std::string_view first = firstWord(product);
    return first.size() < product.phrase.size() && hasDigit(product.written) && !hasDigit(first);
}

struct ProductPlace {
    std::size_t last = 0;
    bool isDevice = false;
    bool hasNumber = false;    // with its number
    bool isVersioned = false;  // never a secret's first word
};
ProductPlace productAt(const Line& line, std::size_t at) {
    const std::string_view first = line.words[at].text;
    ProductPlace place;
    if (isVersioned(first) || isOtherProduct(first)) place = {at + 1, false, false, isVersioned(first)};
    if (!isProduct(first)) return place;
    const auto words = std::span{line.words}.subspan(at, std::min<std::size_t>(7, line.words.size() - at));
    for (const CompiledProduct& compiled : compiledProducts()) {
        if (firstWord(*compiled.product) != first) continue;
        const auto match = compiled.phrase.find(words);
        if (match && match->first == 0 && at + match->last > place.last) {
            const bool isNumber = isNumbered(*compiled.product);
            place = {at + match->last, compiled.product->isDevice, isNumber, place.isVersioned || isNumber};
        }
    }
    return place;
}

bool isYear(std::string_view digits) {
    return digits.size() == 4 && digits.starts_with("20") && digits < "2040";
}

/// "c'est Marine 2024": what stands there is told rather than named.
bool isTold(const Line& line, std::size_t at) {
    static constexpr auto kTelling =
        std::to_array<std::string_view>({"c", "ses", "mis", "mets", "mettez", "be"});
    while (at > 0 && (wordAt(line, at - 1) == "toujours" || wordAt(line, at - 1) == "donc" ||
                      wordAt(line, at - 1) == "still"))
        --at;
    return at > 0 && (isCopula(wordAt(line, at - 1)) || isIn(kTelling, wordAt(line, at - 1)) ||
                      isCut(line, at - 1, ":"));
}

/// "o365", "office2019", "win11"
bool isGluedProduct(const Line& line, std::size_t at, bool isAsked) {
    const std::string_view word = line.words[at].text;
    const std::size_t digit = word.find_first_of("0123456789");
    if (digit == std::string_view::npos || digit == 0) return false;
    const std::string_view name = word.substr(0, digit);
    const std::string_view version = word.substr(digit);
    if (version.find_first_not_of("0123456789") != std::string_view::npos) return false;
    if (version == "365") return isVersioned(name) || name == "o" || name == "m" || name == "ms";
    if (name == "win" || name == "w") return version == "10" || version == "11";
    const bool isSecret = isTold(line, at) || (isAsked && at <= 2);  // "c'est Office2024"
    return isVersioned(name) && (isYear(version) || version.size() <= 2) && !isSecret;
}

/// One past the number of the product that ends at `from`; `from` where it has none.
std::size_t afterVersion(const Line& line, std::size_t from, bool isDevice, bool isPinTold) {
    if (from >= line.words.size() || isCut(line, from - 1, ".,;:?!")) return from;
    if (const auto number = numberAt(line.words, from)) {
        const std::string_view digits = number->digits;
        const bool isModel = isDevice && !isPinTold && digits.size() <= 5;
        return digits.size() <= (isDevice && isPinTold ? 2U : 3U) || isYear(digits) || isModel ? number->last
                                                                                               : from;
    }
    // "HP 415X", "ThinkPad T14"
    const std::string_view next = wordAt(line, from);
    return isDevice && hasDigit(next) && hasLetter(next) && next.size() <= 5 ? from + 1 : from;
}

/// "Office 365", "Windows 10": nobody's password.
bool isKnownVersion(const Line& line, std::size_t at) {
    static constexpr auto kVersions = std::to_array<std::string_view>({"365", "7", "8", "10", "11"});
    const auto number = numberAt(line.words, at);
    return number && (isIn(kVersions, number->digits) || isYear(number->digits));
}

void markProducts(const Line& line, bool isPinTold, bool isAsked, std::vector<bool>& isNamed) {
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (isGluedProduct(line, at, isAsked)) isNamed[at] = true;
        ProductPlace place = productAt(line, at);
        if (place.last == 0) continue;
        std::size_t end = place.last;
        while (isEdition(wordAt(line, end)) && !isCut(line, end - 1, ".,;:?!")) ++end;
        if (end < line.words.size() && !isCut(line, end - 1, ".,;:?!"))
            if (const ProductPlace next = productAt(line, end); next.last != 0) {
                place.hasNumber = next.hasNumber;
                place.isVersioned = place.isVersioned || next.isVersioned;
                end = next.last;
            }
        const std::size_t last = place.hasNumber ? end : afterVersion(line, end, place.isDevice, isPinTold);
        // "le code PIN du Samsung 4815"
        if (last == end && isPinTold && place.isDevice && numberAt(line.words, end)) {
            std::fill(isNamed.begin() + static_cast<std::ptrdiff_t>(at),
                      isNamed.begin() + static_cast<std::ptrdiff_t>(end), true);
            continue;
        }
        const bool isAnswer = isAsked && at <= 2;
        const bool isKnown = place.hasNumber || (place.isVersioned && isKnownVersion(line, end));
        const bool isSecret = !isKnown && (isAnswer || isTold(line, at));
        if ((last == end && !place.hasNumber) || isSecret) continue;
        std::fill(isNamed.begin() + static_cast<std::ptrdiff_t>(at),
                  isNamed.begin() + static_cast<std::ptrdiff_t>(last), true);
        at = last - 1;
    }
}

/// What is named right before its value.
const CueIndex& valueNames() {
    static constexpr auto kPhrases = std::to_array<std::string_view>({"erreur",
                                                                      "error",
                                                                      "error code",
                                                                      "numero ~ serie",
                                                                      "numeros ~ serie",
                                                                      "numero ~ contrat",
                                                                      "numero ~ client",
                                                                      "numero ~ dossier",
                                                                      "numero ~ commande",
                                                                      "numero ~ poste",
                                                                      "ticket",
                                                                      "ticket number",
                                                                      "numero ~ terminal",
                                                                      "serial",
                                                                      "serial number",
                                                                      "service tag",
                                                                      "asset tag",
                                                                      "asset number",
                                                                      "code article",
                                                                      "article",
                                                                      "matricule",
                                                                      "imei",
                                                                      "siret",
                                                                      "siren",
                                                                      "iccid",
                                                                      "terminal",
                                                                      "pin pad",
                                                                      "pinpad",
                                                                      "modele",
                                                                      "model number",
                                                                      "part number",
                                                                      "customer number",
                                                                      "order number",
                                                                      "contract number",
                                                                      "adresse mac",
                                                                      "mac address",
                                                                      "adresse ip",
                                                                      "ip address"});
    static const CueIndex kNames{{0, kPhrases}};
    return kNames;
}

/// Stands between a name and its value.
bool isLink(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"c",       "est", "s",     "is",     "it",     "le",   "la",   "l",    "du",
         "de",      "d",   "the",   "numero", "number", "code", "dit",  "says", "affiche",
         "suivant", "euh", "alors", "of",     "id",     "ce",   "sera", "sur"});
    return isIn(kWords, word);
}

bool isHexadecimal(std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
/// What a word, or a number of several, says of a hexadecimal number; nothing where it is no part of one.
struct HexPart {
    std::string digits;
    std::size_t last = 0;
};
std::optional<HexPart> hexPartAt(const Line& line, std::size_t at) {
    const std::string_view word = wordAt(line, at);
    if (const auto number = numberAt(line.words, at)) return HexPart{number->digits, number->last};
    if (word == "oh" || word == "o") return HexPart{"0", at + 1};
    const bool isPart = isHexadecimal(word) && (word.size() == 1 || hasDigit(word));
    return isPart ? std::optional{HexPart{std::string{word}, at + 1}} : std::nullopt;
}
/// One past the error code that begins at `at`: "0xc0000022", "zéro x c zéro zéro …", "8 0 0 7 0 0 0 5"; `at` where none does.
std::size_t afterErrorCode(const Line& line, std::size_t at) {
    constexpr std::size_t kMostDigits = 16;
    constexpr std::size_t kStatusDigits = 8;
    std::string digits;
    std::size_t next = at;
    bool isMarked = false;
    if (wordAt(line, at).starts_with("0x") &&
        (wordAt(line, at).size() == 2 || isHexadecimal(wordAt(line, at).substr(2)))) {
        digits = wordAt(line, at).substr(2);
        isMarked = true;
        ++next;
    } else if (const auto zero = hexPartAt(line, at);
               zero && zero->digits == "0" && wordAt(line, zero->last) == "x") {
        isMarked = true;
        next = zero->last + 1;
    }
    std::size_t last = isMarked && !digits.empty() ? next : at;
    while (next < line.words.size()) {
        const auto part = hexPartAt(line, next);
        if (!part || digits.size() + part->digits.size() > kMostDigits) break;
        // "0x80070005 a été": a word of its own behind a whole code.
        if (isMarked && digits.size() >= kStatusDigits) break;
        digits += part->digits;
        next = part->last;
        if (isMarked || digits.size() == kStatusDigits) last = next;
        if (isCut(line, next - 1, ".?!;")) break;
    }
    if (isMarked) return digits.size() >= 2 ? last : at;
    // Windows' own: nobody chooses such a secret.
    static constexpr auto kFamilies =
        std::to_array<std::string_view>({"c000", "8007", "8004", "8024", "8009", "800f", "8018", "8000"});
    const bool isStatus =
        digits.size() == kStatusDigits && isIn(kFamilies, std::string_view{digits}.substr(0, 4));
    if (!isStatus || hasLetter(digits)) return isStatus ? last : at;
    // "mon PIN c'est 8007 4412"
    constexpr std::uint32_t kSecrets = 1U << kPassword | 1U << kPin;
    return (secretTopicsIn(line.words) & kSecrets) == 0 ? last : at;
}

/// "le code PIN du terminal c'est 4412", "le mot de passe est le numéro de série, 5CD2147K9"
bool isOfSecret(const Line& line, const Phrase::Match& match, std::size_t value) {
    static constexpr auto kSecrets =
        std::to_array<std::string_view>({"passe", "password", "pin", "passcode", "mdp", "cle", "key"});
    bool isPointed = false;
    for (std::size_t at = match.last; at < value; ++at) isPointed = isPointed || isCopula(wordAt(line, at));
    for (std::size_t at = match.first; at > 0 && at + 7 > match.first && !isCut(line, at - 1, ".?!;,");
         --at) {
        if (isIn(kSecrets, wordAt(line, at - 1))) return isPointed;
        isPointed = isPointed || isCopula(wordAt(line, at - 1));
    }
    return false;
}

void markValues(const Line& line, std::vector<bool>& isNamed) {
    const auto mark = [&](std::size_t first, std::size_t last) {
        std::fill(isNamed.begin() + static_cast<std::ptrdiff_t>(first),
                  isNamed.begin() + static_cast<std::ptrdiff_t>(std::min(last, isNamed.size())), true);
    };
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const std::size_t last = afterErrorCode(line, at);
        if (last == at) continue;
        mark(at, last);
        at = last - 1;
    }
    for (const auto& [group, match] : valueNames().placesOf(1, line.words)) {
        std::size_t at = match.last;
        while (at < line.words.size() && at < match.last + 5 && isLink(line.words[at].text) &&
               !isCut(line, at - 1, ".?!;"))
            ++at;
        if (at >= line.words.size() || isCut(line, at - 1, ".?!;")) continue;
        if (isOfSecret(line, match, at)) continue;
        const auto value = candidateAt(line, at);
        if (value && value->strength != Strength::None && !value->isDescription) mark(at, value->secret.last);
    }
}

struct CompiledName {
    Phrase phrase;
    NumberName name;
};
const std::vector<CompiledName>& numberNames() {
    static const std::vector<CompiledName> kCompiled = [] {
        std::vector<CompiledName> all;
        const auto add = [&](NumberName name, std::initializer_list<std::string_view> phrases) {
            for (const std::string_view phrase : phrases) all.push_back({Phrase{phrase}, name});
        };
        for (const std::string_view phrase : otherNumberNames())
            all.push_back({Phrase{phrase}, NumberName::Identifier});
        // Not where cards are looked for: a payment may be spoken of with its tax.
        add(NumberName::Identifier, {"tva", "vat number", "ean", "numero de tva"});
        add(NumberName::Reference,
            {"numero ~ contrat",     "numero ~ client",    "numero ~ commande",  "numero ~ colis",
             "numero ~ suivi",       "numero ~ dossier",   "numero ~ facture",   "numero ~ ticket",
             "numero ~ incident",    "numero ~ abonne*",   "numero ~ adherent*", "numero ~ expedition",
             "numero ~ livraison",   "numero ~ licence",   "numero ~ devis",     "numero ~ compteur",
             "numero ~ ligne",       "numero ~ police",    "contrat numero",     "client numero",
             "commande numero",      "colis numero",       "dossier numero",     "facture numero",
             "reference*",           "code client",        "contract number",    "customer number",
             "order number",         "parcel number",      "tracking*",          "case number",
             "ticket number",        "reference number",   "invoice number",     "account number",
             "shipment number",      "consignment number", "code ~ suivi",       "code ~ colis",
             "numero ~ intervention"});
        add(NumberName::Matter,
            {"contrat*",     "client*",  "commande*",  "colis",       "suivi",    "dossier*",
             "facture*",     "ticket*",  "livraison*", "expedition*", "licence*", "contract*",
             "customer*",    "order*",   "parcel*",    "case",        "invoice*", "shipment*",
             "consignment*", "package*", "compteur",   "abonnement"});
        add(NumberName::Card, {"carte*", "cb", "c b", "visa", "mastercard*", "master card", "amex",
                               "american express", "card*", "kart*", "quarte"});
        return all;
    }();
    return kCompiled;
}

}  // namespace

std::vector<bool> namedOtherwise(const Line& line, bool isPinTold, bool isAsked) {
    std::vector<bool> isNamed(line.words.size(), false);
    markProducts(line, isPinTold, isAsked, isNamed);
    markValues(line, isNamed);
    return isNamed;
}

std::optional<NamedAs> nameOf(const Line& line, std::size_t first, std::size_t last) {
    struct Found {
        NumberName name;
        Phrase::Match match;
    };
    std::optional<Found> before;
    std::optional<Found> behind;
    const auto isLonger = [](const Phrase::Match& a, const Phrase::Match& b) {
        return a.last - a.first > b.last - b.first;
    };
    // A name farther away is none of this number's.
    const std::size_t from = first - std::min<std::size_t>(first, 20);
    const std::size_t to = std::min(line.words.size(), last + 10);
    const auto words = std::span{line.words}.subspan(from, to - from);
    for (const CompiledName& name : numberNames())
        for (auto place = name.phrase.find(words); place; place = name.phrase.find(words, place->first + 1)) {
            const Phrase::Match match{place->first + from, place->last + from};
            // Of two names in the same place the longer one counts: "carte SIM".
            if (match.last <= first) {
                const bool overlaps =
                    before && match.first < before->match.last && before->match.first < match.last;
                if (!before || (overlaps ? isLonger(match, before->match) : match.last > before->match.last))
                    before = Found{name.name, match};
            } else if (match.first >= last) {
                const bool overlaps =
                    behind && match.first < behind->match.last && behind->match.first < match.last;
                if (!behind ||
                    (overlaps ? isLonger(match, behind->match) : match.first < behind->match.first))
                    behind = Found{name.name, match};
            }
        }
    const auto isBeside = [&](std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at)
            if (!isLink(wordAt(line, at)) && !isLeadIn(wordAt(line, at))) return false;
        return end - begin <= 5;
    };
    if (before) return NamedAs{before->name, isBeside(before->match.last, first)};
    if (behind && behind->match.first - last <= 6)
        return NamedAs{behind->name, isBeside(last, behind->match.first)};
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
