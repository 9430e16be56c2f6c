#include "server/tests/analysis/spoken_dictations.hpp"

#include "server/tests/analysis/said_numbers.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalDataKind;
using protocol::Speaker;

/// A number of another matter, as it is asked for and told.
struct Foreign {
    const char* asked;
    const char* told;
    std::vector<std::size_t> groups;
};
const std::vector<Foreign>& foreignNumbers(bool isEnglish) {
    static const std::vector<Foreign> kNumbers[2] = {
        {{"et votre code postal", "mon code postal c'est", {5}},
         {"vous avez le siret", "le siret c'est", {3, 3, 3, 5}},
         {"votre numéro de téléphone c'est quoi", "mon numéro de téléphone c'est", {2, 2, 2, 2, 2}},
         {"quel est le numéro du ticket", "le numéro du ticket c'est", {6}},
         {"et le numéro de la commande", "la référence de la commande c'est", {3, 4}},
         {"votre poste c'est lequel", "je suis au poste", {4}},
         {"le montant c'est combien", "le montant c'est", {3}}},
        {{"and your zip code", "my zip code is", {5}},
         {"whats your phone number", "my phone number is", {5, 6}},
         {"what is the ticket number", "the ticket number is", {6}},
         {"and the order number", "the order number is", {3, 4}},
         {"which extension are you on", "I'm on extension", {4}},
         {"how much is it", "the amount is", {3}}}};
    return kNumbers[isEnglish ? 1 : 0];
}

class CallWriter {
public:
    CallWriter(protocol::AnalysisInput& call, std::vector<SpokenDictation::Group>* groups)
        : call_{call}, groups_{groups} {}

    void say(Speaker speaker, std::string text) { turn(speaker).text = std::move(text); }
    /// `secrets` stand one behind the other between `before` and `after`.
    void tell(Speaker speaker, const std::string& before, const Words& secrets, const std::string& after) {
        std::string text = before;
        protocol::Turn& said = turn(speaker);
        for (const std::string& secret : secrets) {
            if (!text.empty()) text += ' ';
            if (groups_)
                groups_->push_back({call_.turns.size() - 1, text.size(), text.size() + secret.size()});
            text += secret;
        }
        if (!after.empty()) text += ' ' + after;
        said.text = std::move(text);
    }

private:
    protocol::Turn& turn(Speaker speaker) {
        const double at = static_cast<double>(call_.turns.size()) * 4;
        return call_.turns.emplace_back(protocol::Turn{speaker, at, at + 3, {}});
    }

    protocol::AnalysisInput& call_;
    std::vector<SpokenDictation::Group>* groups_;
};

class DictationWriter {
public:
    DictationWriter(SpokenDictation& dictation, Dialect dialect, Dice& dice)
        : dictation_{dictation},
          call_{dictation.call, &dictation.groups},
          dice_{dice},
          dialect_{dialect},
          isEnglish_{dialect == Dialect::English} {}

    void write() {
        open();
        const std::vector<Words> pieces = piecesOf(dictation_.kind);
        const std::size_t broken = 1 + dice_.below(pieces.size() - 1);
        const bool hasForeign = dice_.chance(50);
        for (std::size_t at = 0; at < pieces.size(); ++at) {
            if (at > 0) between(pieces[at - 1]);
            if (at == broken && hasForeign) foreign();
            tellPiece(pieces[at], at);
        }
        call_.say(Speaker::Agent, isEnglish_ ? "that's noted thank you" : "c'est noté je vous remercie");
        call_.say(Speaker::Customer,
                  isEnglish_ ? "call me back before five" : "rappelez-moi avant dix-sept heures");
    }

private:
    const std::string& pick(const Words& french, const Words& english) {
        return dice_.pick(isEnglish_ ? english : french);
    }

    void open() {
        call_.say(Speaker::Agent, isEnglish_ ? "service desk hello" : "service informatique bonjour");
        call_.say(Speaker::Customer, isEnglish_ ? "hello it's about the renewal of the licence"
                                                : "bonjour c'est pour le renouvellement de la licence");
        switch (dictation_.kind) {
            case PersonalDataKind::Card:
                call_.say(Speaker::Agent,
                          pick({"le numéro de votre carte s'il vous plaît",
                                "je vous écoute pour le numéro de la carte bleue"},
                               {"can you give me the card number", "read me the card number please"}));
                break;
            case PersonalDataKind::Iban:
                call_.say(Speaker::Agent, pick({"il me faut votre iban", "vous pouvez me dicter l'iban"},
                                               {"can you read me the iban", "I'll need your iban go ahead"}));
                break;
            case PersonalDataKind::Ssn:
                call_.say(Speaker::Agent, pick({"votre numéro de sécurité sociale s'il vous plaît",
                                                "donnez-moi le numéro de sécu"},
                                               {}));
                break;
            default:
                call_.say(Speaker::Agent,
                          pick({"épelez-moi votre mot de passe", "c'est quoi votre mot de passe"},
                               {"can you spell your password for me", "what's your password"}));
        }
    }

    std::vector<Words> piecesOf(PersonalDataKind kind) {
        isInWords_ = dice_.chance(50);
        std::vector<std::string> groups;
        switch (kind) {
            case PersonalDataKind::Card:
                groups = grouped(withLuhn((dice_.chance(60) ? "4" : "52") + dice_.digits(14)).substr(0, 16),
                                 {4, 4, 4, 4});
                break;
            case PersonalDataKind::Iban:
                groups = grouped(ibanOf("FR", dice_.digits(23)), {4, 4, 4, 4, 4, 4, 3});
                break;
            case PersonalDataKind::Ssn: {
                const std::string body = std::to_string(1 + dice_.below(2)) +
                                         std::to_string(40 + dice_.below(59)) + "0" +
                                         std::to_string(1 + dice_.below(9)) +
                                         std::to_string(10 + dice_.below(80)) + dice_.digits(6);
                const int key = 97 - mod97(body);
                groups = grouped(body + (key < 10 ? "0" : "") + std::to_string(key), {1, 2, 2, 2, 3, 3, 2});
                break;
            }
            default:
                return spelledPieces();
        }
        std::vector<Words> pieces;
        for (std::size_t at = 0; at < groups.size();) {
            const std::size_t most = kind == PersonalDataKind::Ssn ? 3 : 2;
            const std::size_t count = std::min(groups.size() - at, 1 + dice_.below(most));
            Words& piece = pieces.emplace_back();
            for (std::size_t i = 0; i < count; ++i) piece.push_back(said(groups[at + i]));
            at += count;
        }
        if (pieces.size() < 2) return piecesOf(kind);
        return pieces;
    }

    std::string said(const std::string& group) {
        if (!isInWords_) return group;
        std::string text;
        std::string digits = group;
        if (!digits.empty() && digits[0] >= 'A') {
            text = digits.substr(0, 1) + " " + digits.substr(1, 1) + " ";
            digits = digits.substr(2);
        }
        return text + (dice_.chance(60) ? pairs(digits, dialect_, dice_) : single(digits, dialect_, dice_));
    }

    std::vector<Words> spelledPieces() {
        static const Words kWords{"margot", "bonnet", "tulipe", "falcon", "pivert", "walnut", "comete"};
        const std::string word = dice_.pick(kWords);
        std::vector<Words> pieces;
        for (std::size_t at = 0; at < word.size();) {
            const std::size_t count = std::min(word.size() - at, 2 + dice_.below(2));
            std::string letters;
            for (std::size_t i = 0; i < count; ++i) letters += (i > 0 ? " " : "") + word.substr(at + i, 1);
            pieces.push_back({letters});
            at += count;
        }
        const std::string number = std::to_string(10 + dice_.below(90));
        pieces.push_back({isInWords_ ? pairs(number, dialect_, dice_) : number});
        if (dice_.chance(50))
            pieces.back().push_back(
                pick({"dièse", "point d'exclamation", "étoile"}, {"hash", "exclamation mark", "star"}));
        return pieces;
    }

    void tellPiece(const Words& piece, std::size_t at) {
        const std::string lead =
            at == 0 ? pick({"", "alors", "oui c'est le"}, {"", "so", "yes it's"})
                    : pick({"", "", "ensuite", "et puis", "après"}, {"", "", "then", "and then"});
        const bool isPassword = dictation_.kind == PersonalDataKind::Password;
        if (!isPassword && at > 0 && dice_.chance(15)) {
            Words corrected = piece;
            corrected.front() = said(dice_.digits(2) + dice_.digits(2));
            if (dice_.chance(50)) {
                call_.tell(Speaker::Customer, lead, corrected, "");
                call_.tell(Speaker::Customer, pick({"non pardon", "pardon"}, {"no sorry", "sorry"}), piece,
                           "");
                return;
            }
            const std::string no = pick({"non pardon", "euh non"}, {"no sorry", "sorry no"});
            tellCorrected(lead, corrected.front(), no, piece);
            return;
        }
        call_.tell(Speaker::Customer, lead, piece, dice_.chance(10) ? pick({"voilà"}, {"okay"}) : "");
    }

    /// "4970 non pardon 4971"
    void tellCorrected(const std::string& lead, const std::string& wrong, const std::string& no,
                       const Words& piece) {
        const std::size_t turn = dictation_.call.turns.size();
        call_.tell(Speaker::Customer, lead, {wrong}, no);
        std::string& text = dictation_.call.turns[turn].text;
        for (const std::string& group : piece) {
            text += ' ';
            dictation_.groups.push_back({turn, text.size(), text.size() + group.size()});
            text += group;
        }
    }

    void between(const Words& last) {
        switch (dice_.below(8)) {
            case 0:
            case 1:
                call_.tell(Speaker::Agent, "", last, pick({"", "oui", "d'accord"}, {"", "yes", "okay"}));
                break;
            case 2:
                call_.say(Speaker::Customer, pick({"attendez je cherche", "une seconde je mets mes lunettes",
                                                   "attendez ma collègue me parle"},
                                                  {"hold on let me look", "one second I need my glasses"}));
                call_.say(Speaker::Agent,
                          pick({"prenez votre temps", "pas de souci"}, {"no problem", "take your time"}));
                break;
            case 3:
                if (dictation_.kind == PersonalDataKind::Password) {
                    call_.say(Speaker::Agent, pick({"c'est une majuscule ?"}, {"is that a capital"}));
                    call_.say(Speaker::Customer, pick({"non"}, {"no"}));
                } else {
                    call_.say(Speaker::Agent, pick({"c'est bien à votre nom", "vous m'entendez bien"},
                                                   {"is it in your name", "can you hear me all right"}));
                    call_.say(Speaker::Customer, pick({"oui"}, {"yes"}));
                }
                break;
            default:
                call_.say(Speaker::Agent,
                          pick({"oui", "d'accord", "je vous écoute", "ensuite", "oui allez-y"},
                               {"yes", "okay", "go on", "then", "right"}));
        }
    }

    void foreign() {
        const auto& numbers = foreignNumbers(isEnglish_);
        const Foreign& foreign = numbers[dice_.below(numbers.size())];
        std::vector<std::string> groups;
        for (const std::size_t size : foreign.groups) groups.push_back(dice_.digits(size));
        if (std::string_view{foreign.told}.find("phone") != std::string_view::npos) groups[0][0] = '0';
        if (std::string_view{foreign.told}.find("téléphone") != std::string_view::npos) groups[0] = "06";
        std::string number;
        for (const std::string& group : groups) number += (number.empty() ? "" : " ") + said(group);
        if (dice_.chance(40)) {
            call_.say(Speaker::Customer,
                      pick({"attendez", "au fait", "ah et"}, {"hold on", "by the way", "oh and"}) + " " +
                          foreign.told + " " + number);
            call_.say(Speaker::Agent, pick({"c'est noté", "d'accord"}, {"noted", "okay"}));
            return;
        }
        call_.say(Speaker::Agent, std::string{foreign.asked} + (dice_.chance(50) ? " ?" : ""));
        call_.say(Speaker::Customer, (dice_.chance(50) ? std::string{foreign.told} + " " : "") + number);
        if (dice_.chance(30)) call_.say(Speaker::Agent, number);
        call_.say(Speaker::Agent, pick({"d'accord et la suite", "très bien reprenez", "oui"},
                                       {"okay and the rest", "right carry on", "yes"}));
    }

    SpokenDictation& dictation_;
    CallWriter call_;
    Dice& dice_;
    Dialect dialect_;
    bool isEnglish_;
    bool isInWords_ = false;
};

Dialect dialectOf(bool isEnglish, Dice& dice) {
    return isEnglish ? Dialect::English : dice.chance(80) ? Dialect::French : Dialect::Belgian;
}

/// Digits and characters that a word of a group tells.
std::size_t valueOf(std::string_view word) {
    const bool isWritten = std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
    if (isWritten || word.size() == 1) return word.size();
    static const Words kTens{"vingt",    "trente",  "quarante", "cinquante", "soixante",
                             "septante", "nonante", "twenty",   "thirty",    "forty",
                             "fifty",    "sixty",   "seventy",  "eighty",    "ninety"};
    const bool isTwo = word.find('-') != std::string_view::npos ||
                       std::ranges::find(kTens, word) != kTens.end() || word == "double" || word == "triple";
    return isTwo ? 2 : 1;
}

}  // namespace

std::vector<SpokenDictation> spokenDictations(unsigned seed, std::size_t count) {
    static constexpr PersonalDataKind kKinds[] = {PersonalDataKind::Card, PersonalDataKind::Iban,
                                                  PersonalDataKind::Password, PersonalDataKind::Ssn};
    Dice dice{seed};
    std::vector<SpokenDictation> dictations(count);
    for (std::size_t at = 0; at < count; ++at) {
        SpokenDictation& dictation = dictations[at];
        dictation.kind = kKinds[at % std::size(kKinds)];
        const bool isEnglish = dictation.kind != PersonalDataKind::Ssn && dice.chance(40);
        dictation.call.id = "dictation" + std::to_string(at);
        dictation.call.language = isEnglish ? "en" : "fr";
        DictationWriter{dictation, dialectOf(isEnglish, dice), dice}.write();
    }
    return dictations;
}

std::vector<protocol::AnalysisInput> ordinaryCalls(unsigned seed, std::size_t count) {
    Dice dice{seed};
    std::vector<protocol::AnalysisInput> calls(count);
    for (std::size_t at = 0; at < count; ++at) {
        const bool isEnglish = dice.chance(40);
        const Dialect dialect = dialectOf(isEnglish, dice);
        calls[at].id = "ordinary" + std::to_string(at);
        calls[at].language = isEnglish ? "en" : "fr";
        CallWriter call{calls[at], nullptr};
        call.say(Speaker::Agent, isEnglish ? "service desk hello" : "service informatique bonjour");
        call.say(Speaker::Customer, isEnglish
                                        ? "hello the card reader of the till is down and the payments fail"
                                        : "bonjour le lecteur de carte de la caisse est en panne");
        const auto& numbers = foreignNumbers(isEnglish);
        for (std::size_t i = 0; i < 3; ++i) {
            const Foreign& foreign = numbers[dice.below(numbers.size())];
            std::vector<std::string> groups;
            for (const std::size_t size : foreign.groups) groups.push_back(dice.digits(size));
            if (std::string_view{foreign.told}.find("phone") != std::string_view::npos) groups[0][0] = '0';
            if (std::string_view{foreign.told}.find("téléphone") != std::string_view::npos) groups[0] = "06";
            const bool isInWords = dice.chance(50);
            const auto said = [&](std::size_t from, std::size_t to) {
                std::string text;
                for (std::size_t group = from; group < to; ++group)
                    text += (text.empty() ? "" : " ") +
                            (isInWords ? pairs(groups[group], dialect, dice) : groups[group]);
                return text;
            };
            call.say(Speaker::Agent, foreign.asked);
            const std::size_t half = dice.chance(50) ? (groups.size() + 1) / 2 : groups.size();
            call.say(Speaker::Customer,
                     (dice.chance(50) ? std::string{foreign.told} + " " : "") + said(0, half));
            if (dice.chance(50)) call.say(Speaker::Agent, isEnglish ? "yes" : "oui");
            if (half < groups.size()) call.say(Speaker::Customer, said(half, groups.size()));
            if (dice.chance(40)) call.say(Speaker::Agent, said(0, groups.size()));
        }
        call.say(Speaker::Agent, isEnglish ? "that's noted thank you" : "c'est noté je vous remercie");
    }
    return calls;
}

bool isLeaked(const SpokenDictation& dictation, const std::vector<protocol::PersonalData>& places) {
    constexpr std::size_t kTold = 2;
    return std::ranges::any_of(dictation.groups, [&](const SpokenDictation::Group& group) {
        const std::string_view text = dictation.call.turns[group.turn].text;
        std::size_t visible = 0;
        for (std::size_t at = group.begin; at < group.end;) {
            const std::size_t end = std::min(text.find(' ', at), group.end);
            const bool isMasked = std::ranges::any_of(places, [&](const protocol::PersonalData& place) {
                return place.turn == static_cast<std::int32_t>(group.turn) &&
                       place.begin <= static_cast<std::int32_t>(at) &&
                       place.end >= static_cast<std::int32_t>(end);
            });
            if (!isMasked) visible += valueOf(text.substr(at, end - at));
            at = end + 1;
        }
        return visible >= kTold;
    });
}

}  // namespace ninja3cx::analysis
