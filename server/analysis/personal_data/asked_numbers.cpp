#include "server/analysis/personal_data/asked_numbers.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/number_topics.hpp"
#include "server/analysis/personal_data/other_matters.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

namespace {

std::optional<PersonalDataKind> kindOf(const Line& line) {
    static const CueList kIban{{"iban*"},        {"i ban"},
                               {"rib"},          {"r i b"},
                               {"liban"},        {"coordonnees bancaires"},
                               {"bank details"}, {"bank account number"}};
    const Topics topics = topicsOf(line);
    if (topics.ssn) return PersonalDataKind::Ssn;
    if (topics.iban && kIban.first(line)) return PersonalDataKind::Iban;
    if (topics.card && !topics.otherCard) return PersonalDataKind::Card;
    return std::nullopt;
}

/// "changer l'iban", "the IBAN was refused": spoken of, and told all the same.
bool isOfOtherNumber(const Line& line, PersonalDataKind kind) {
    static const CueList kOfField{{"change*"},  {"par telephone"}, {"over the phone"}, {"refus*"},
                                  {"declined"}, {"client"},        {"customer"},       {"contrat"},
                                  {"erron*"},   {"faux"},          {"mail"},           {"compte client"},
                                  {"dossier"}};
    return namesOtherNumber(line) && (kind == PersonalDataKind::Card || !kOfField.first(line));
}

}  // namespace

std::optional<PersonalDataKind> numberNamedIn(const Line& line) {
    const auto kind = kindOf(line);
    return kind && !isOfOtherNumber(line, *kind) ? kind : std::nullopt;
}

std::optional<PersonalDataKind> numberAskedIn(const Line& line) {
    static const CueList kAsking{
        {"numero*"},       {"number*"},       {"chiffres"},     {"digits"},
        {"dict*"},         {"donne*"},        {"il me faut"},   {"votre iban"},
        {"votre rib"},     {"your iban"},     {"l iban"},       {"le rib"},
        {"peux avoir"},    {"puis je avoir"}, {"i have"},       {"read*"},
        {"give*"},         {"votre carte"},   {"allez y pour"}, {"allez y avec"},
        {"sous les yeux"}, {"ecoute pour"},   {"go ahead"},     {"vos coordonnees bancaires"},
        {"redonne*"},      {"dites moi"},     {"il vous faut"}, {"il me faudrait"}};
    // Of an account or a person: nobody asks so for a card but to hear which it is.
    static const CueList kWhat{{"quel est"},  {"c est quoi"}, {"what s"},  {"what is"},     {"tell me"},
                               {"you need"},  {"here is"},    {"here s"},  {"voici"},       {"redonn*"},
                               {"vous faut"}, {"ready for"},  {"read me"}, {"need ~ iban"}, {"spell*"}};
    static const CueList kNot{{"pas"}, {"not"}};
    const auto kind = kindOf(line);
    if (!kind || namesOtherNumber(line)) return std::nullopt;
    const bool isWhat = *kind != PersonalDataKind::Card && kWhat.first(line);
    if (isWhat) return kind;
    return kAsking.first(line) && !kNot.first(line) ? kind : std::nullopt;
}

bool namesMatterBeside(const Line& line) {
    Line rest = line;
    std::erase_if(rest.words,
                  [](const Word& word) { return word.text == "numero" || word.text == "number"; });
    return namesOtherMatter(rest);
}

bool invitesNumber(const Line& line) {
    static const CueList kCues{
        {"ecoute"},          {"allez y"},      {"vas y"},        {"je note"},      {"j ecoute"},
        {"dites moi"},       {"donnez"},       {"donne moi"},    {"redonne*"},     {"dictez"},
        {"dicte*"},          {"c est quoi"},   {"quel est"},     {"c est lequel"}, {"par groupe*"},
        {"je suis pret*"},   {"go ahead"},     {"go on"},        {"listening"},    {"what is it"},
        {"what s"},          {"ready"},        {"fire away"},    {"tell me"},      {"give me"},
        {"read it"},         {"read me"},      {"lisez*"},       {"je vous suis"}, {"what number"},
        {"je peux l avoir"}, {"je veux bien"}, {"i ll take it"}, {"whenever you"}};
    constexpr std::size_t kMost = 10;  // words
    if (namesPlainNumber(line) || namesOtherNumber(line)) return false;
    return line.words.size() <= kMost && !namesMatterBeside(line) && kCues.first(line).has_value();
}

bool namesPlainNumber(const Line& line) {
    static const CueList kCues{
        {"siret*"},   {"siren"},   {"tva"},      {"vat"},      {"bic"},       {"swift"},
        {"imei"},     {"naf"},     {"kbis"},     {"ip"},       {"bios"},      {"montant*"},
        {"amount*"},  {"total"},   {"prix"},     {"price"},    {"euros"},     {"pounds"},
        {"dollars"},  {"combien"}, {"how much"}, {"how many"}, {"sort code"}, {"company number"},
        {"licence*"}, {"license*"}};
    return kCues.first(line).has_value();
}

bool asksForOtherNumber(const Line& line) {
    const bool isOther = digitsOfNamedNumber(line) > 0 || namesPlainNumber(line) || namesMatterBeside(line);
    return isOther && digitRuns(line.words).empty() && !resumesDictation(line);
}

bool mayBeginNumber(const DictatedPiece& piece, PersonalDataKind kind) {
    constexpr std::size_t kGroup = 4;
    if (piece.value.empty()) return false;
    switch (kind) {
        case PersonalDataKind::Iban:
            return (piece.value.size() >= 2 && ibanLength(std::string_view{piece.value}.substr(0, 2)) != 0) ||
                   piece.digits >= kGroup;
        case PersonalDataKind::Ssn:
            return piece.value[0] == '1' || piece.value[0] == '2';
        default:
            return piece.digits >= kGroup && piece.value[0] >= '3' && piece.value[0] <= '6';
    }
}

std::size_t digitsOfNamedNumber(const Line& line) {
    struct Named {
        CueList cues;
        std::size_t digits;
    };
    static const Named kNamed[] = {
        {{{"siret*"}}, 14},
        {{{"siren"}}, 9},
        {{{"code postal"}, {"codes postaux"}, {"zip"}, {"zip code"}}, 5},
        {{{"telephone"}, {"portable"}, {"mobile"}, {"phone*"}, {"fixe"}, {"fax"}, {"joindre"}, {"rappel*"}},
         10},
        {{{"imei"}}, 15},
    };
    for (const auto& [cues, digits] : kNamed)
        if (cues.first(line)) return digits;
    return 0;
}

std::optional<ToldNumber> cardBegunIn(const Line& line) {
    const Topics topics = topicsOf(line);
    if (!topics.card || topics.otherCard || topics.iban || topics.ssn || namesOtherNumber(line))
        return std::nullopt;
    ToldNumber told;
    const auto masks = std::ranges::count(line.words, "[]", &Word::text);
    if (masks > 0 && !line.words.empty() && line.words.back().text == "[]") {
        told.piece.masks = static_cast<std::size_t>(masks);
        return told;
    }
    const auto runs = spacedDigitRuns(line.words);
    if (runs.empty() || runs.back().first == 0 || runs.back().last != line.words.size()) return std::nullopt;
    const DigitRun& run = runs.back();
    static constexpr auto kLeads = std::to_array<std::string_view>(
        {"est",      "is",     "its",  "s",          "le",    "la",  "numero", "number",
         "carte",    "card",   "visa", "mastercard", "bleue", "cb",  "alors",  "it",
         "commence", "starts", "with", "par",        "then",  "donc"});
    constexpr std::size_t kLeast = 4;
    constexpr std::size_t kLong = 8;
    constexpr std::size_t kWhole = 13;
    const std::string number = run.digits();
    const std::size_t digits = number.size();
    const bool isBegun = digits >= kLeast && digits < kWhole && number[0] >= '3' && number[0] <= '6';
    const bool isLed = isIn(kLeads, line.words[run.first - 1].text) || line.isCutAfter(run.first - 1);
    if (!isBegun || !isLed) return std::nullopt;
    told.isLong = digits >= kLong;
    told.piece.digits = digits;
    told.piece.value = number;
    told.piece.spans.push_back({run.first, run.last});
    return told;
}

}  // namespace ninja3cx::analysis
