#include "server/tests/analysis/spoken_items.hpp"

#include "server/tests/analysis/said_numbers.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalDataKind;
using protocol::Speaker;

// -- what a recogniser does to it

class Recogniser {
public:
    Recogniser(Dice& dice, bool isEnglish, bool isPoor)
        : dice_{dice}, isEnglish_{isEnglish}, isPoor_{isPoor} {}

    /// `isNumber`: its words may be heard as others.
    std::string hears(const std::string& text, bool isNumber) {
        if (!isPoor_) return text;
        std::string out;
        for (std::string word : split(plain(text))) {
            if (dice_.chance(6)) out += isEnglish_ ? "um " : "euh ";
            if (isNumber && dice_.chance(12)) word = misheard(word);
            const bool isSmall = word.size() <= 3 && word.find_first_of("0123456789") == std::string::npos;
            if (!isNumber && isSmall && dice_.chance(5)) continue;
            out += word + " ";
            if (!isNumber && isSmall && dice_.chance(5)) out += word + " ";
        }
        if (!out.empty()) out.pop_back();
        return out;
    }

private:
    /// Without accents, hyphens and punctuation, in lower case.
    static std::string plain(const std::string& text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte == 0xC3 && i + 1 < text.size()) {
                const auto next = static_cast<unsigned char>(text[++i]) | 0x20U;
                out += next == 0xA0 || next == 0xA2   ? 'a'
                       : next == 0xA7                 ? 'c'
                       : next >= 0xA8 && next <= 0xAB ? 'e'
                       : next == 0xAE || next == 0xAF ? 'i'
                       : next == 0xB4                 ? 'o'
                                                      : 'u';
            } else if (byte < 0x80 && std::isalnum(byte) != 0) {
                out += static_cast<char>(std::tolower(byte));
            } else {
                out += ' ';
            }
        }
        return out;
    }

    std::string misheard(const std::string& word) {
        static const std::map<std::string, Words> kFrench{{"sept", {"cette", "set", "cet"}},
                                                          {"vingt", {"vin", "vain", "vint"}},
                                                          {"cent", {"sans", "sang"}},
                                                          {"cinq", {"saint", "sinq"}},
                                                          {"six", {"si", "sis"}},
                                                          {"dix", {"dis", "dit"}},
                                                          {"huit", {"oui", "uit"}},
                                                          {"trente", {"trante"}},
                                                          {"quatre", {"quatres", "katre"}},
                                                          {"deux", {"de", "d'eux"}},
                                                          {"zero", {"zeros"}},
                                                          {"mille", {"mil"}},
                                                          {"un", {"hein", "in"}},
                                                          {"seize", {"sez"}},
                                                          {"treize", {"traize"}},
                                                          {"neuf", {"neufs", "noeuf"}}};
        static const std::map<std::string, Words> kEnglish{
            {"four", {"for", "fore"}}, {"two", {"to", "too"}}, {"eight", {"ate"}},
            {"one", {"won"}},          {"three", {"free"}},    {"five", {"fife"}},
            {"six", {"sicks"}},        {"nine", {"nein"}},     {"oh", {"o"}},
            {"ten", {"tan"}},          {"seven", {"sevens"}},  {"forty", {"fourty"}}};
        const auto& table = isEnglish_ ? kEnglish : kFrench;
        const auto found = table.find(word);
        return found == table.end() ? word : dice_.pick(found->second);
    }

    Dice& dice_;
    bool isEnglish_;
    bool isPoor_;
};

// -- the kinds

struct Said {
    std::string text;
    std::string value;
    std::string second;  // the rest, where it is said in two turns
};

std::string spelledOut(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (!out.empty()) out += ' ';
        out += c;
    }
    return out;
}

Said cardSaid(Dialect dialect, Dice& dice, bool isSplit, bool isWrong) {
    static const Words kPublished{"4111111111111111", "5555555555554444", "4012888888881881",
                                  "378282246310005",  "5105105105105100", "4242424242424242"};
    std::string digits = dice.chance(35) ? dice.pick(kPublished)
                         : dice.chance(50)
                             ? withLuhn("4" + dice.digits(14))
                             : withLuhn("5" + std::to_string(1 + dice.below(5)) + dice.digits(13));
    if (isWrong) {
        char& digit = digits[3 + dice.below(digits.size() - 3)];
        digit = static_cast<char>('0' + (digit - '0' + 1 + static_cast<int>(dice.below(8))) % 10);
    }
    const auto groups = digits.size() == 15 ? grouped(digits, {4, 6, 5}) : grouped(digits, {4, 4, 4, 4});
    if (!isSplit) return {numberSaid(groups, dialect, dice), digits, {}};
    const auto half = groups.begin() + static_cast<std::ptrdiff_t>(groups.size() / 2);
    return {numberSaid({groups.begin(), half}, dialect, dice), digits,
            numberSaid({half, groups.end()}, dialect, dice)};
}

Said ibanSaid(Dialect dialect, Dice& dice, bool isSplit) {
    if (dialect == Dialect::English) {
        static const Words kBanks{"WEST", "BARC", "LOYD", "MIDL", "NWBK"};
        static const std::map<char, std::string> kAlphabet{
            {'W', "whiskey"}, {'E', "echo"},  {'S', "sierra"},  {'T', "tango"}, {'B', "bravo"},
            {'A', "alpha"},   {'R', "romeo"}, {'C', "charlie"}, {'L', "lima"},  {'O', "oscar"},
            {'Y', "yankee"},  {'D', "delta"}, {'M', "mike"},    {'I', "india"}, {'N', "november"},
            {'K', "kilo"},    {'G', "golf"}};
        const std::string bank = dice.pick(kBanks);
        const std::string number = dice.digits(14);
        const std::string iban = ibanOf("GB", bank + number);
        std::string letters = bank;
        std::string country = dice.chance(50) ? "GB" : "G B";
        if (dice.chance(40)) {
            letters = spelledOut(bank);
        } else if (dice.chance(40)) {
            letters.clear();
            for (const char c : bank) letters += (letters.empty() ? "" : " ") + kAlphabet.at(c);
        }
        const auto groups = grouped(number, {4, 4, 4, 2});
        const std::string head =
            country + " " + numberSaid({iban.substr(2, 2)}, dialect, dice) + " " + letters;
        if (!isSplit) return {head + " " + numberSaid(groups, dialect, dice), iban, {}};
        return {head + " " + numberSaid({groups[0]}, dialect, dice), iban,
                numberSaid({groups[1], groups[2], groups[3]}, dialect, dice)};
    }
    if (dialect == Dialect::Belgian) {
        const std::string account = dice.digits(12);
        const std::string iban = ibanOf("BE", account);
        const auto groups = grouped(iban.substr(2), {2, 4, 4, 4});
        return {(dice.chance(50) ? "BE " : "B E ") + numberSaid(groups, dialect, dice), iban, {}};
    }
    const std::string iban = ibanOf("FR", dice.digits(23));
    const auto groups = grouped(iban.substr(2), {2, 4, 4, 4, 4, 4, 3});
    const std::string country = dice.chance(50) ? "FR " : "F R ";
    if (!isSplit) return {country + numberSaid(groups, dialect, dice), iban, {}};
    return {country + numberSaid({groups.begin(), groups.begin() + 4}, dialect, dice), iban,
            numberSaid({groups.begin() + 4, groups.end()}, dialect, dice)};
}

Said ssnSaid(Dialect dialect, Dice& dice, bool isSplit) {
    const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string body = std::to_string(1 + dice.below(2)) + two(30 + dice.below(70)) +
                             two(1 + dice.below(12)) + two(1 + dice.below(95)) + dice.digits(6);
    const std::string whole = body + two(static_cast<std::size_t>(97 - mod97(body)));
    if (dice.chance(25)) return {numberSaid(grouped(body, {1, 2, 2, 2, 3, 3}), dialect, dice), body, {}};
    const auto groups = grouped(whole, {1, 2, 2, 2, 3, 3, 2});
    if (!isSplit) return {numberSaid(groups, dialect, dice), whole, {}};
    return {numberSaid({groups.begin(), groups.begin() + 4}, dialect, dice), whole,
            numberSaid({groups.begin() + 4, groups.end()}, dialect, dice)};
}

Said birthdateSaid(Dialect dialect, Dice& dice) {
    static const Words kFrench{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    static const Words kEnglish{"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};
    static const Words kOrdinals{
        "first",        "second",       "third",          "fourth",        "fifth",        "sixth",
        "seventh",      "eighth",       "ninth",          "tenth",         "eleventh",     "twelfth",
        "thirteenth",   "fourteenth",   "fifteenth",      "sixteenth",     "seventeenth",  "eighteenth",
        "nineteenth",   "twentieth",    "twenty first",   "twenty second", "twenty third", "twenty fourth",
        "twenty fifth", "twenty sixth", "twenty seventh", "twenty eighth"};
    const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::size_t day = 1 + dice.below(28);
    const std::size_t month = 1 + dice.below(12);
    const int year = 1940 + static_cast<int>(dice.below(66));
    const std::string iso = std::to_string(year) + "-" + two(month) + "-" + two(day);
    const bool isEnglish = dialect == Dialect::English;
    const std::string name = isEnglish ? kEnglish[month - 1] : kFrench[month - 1];
    const std::string digits = std::to_string(year);
    switch (dice.below(5)) {
        case 0:
            return {two(day) + "/" + two(month) + "/" + digits, iso, {}};
        case 1:
            return {std::to_string(day) + " " + name + " " + digits, iso, {}};
        case 2:
            if (isEnglish)
                return {name + " the " + kOrdinals[day - 1] + " " + yearOf(year, dialect, dice), iso, {}};
            return {below100(static_cast<int>(day), dialect) + " " + (month < 10 ? "zéro " : std::string{}) +
                        below100(static_cast<int>(month), dialect) + " " +
                        below100(year % 100 < 20 ? 60 : year % 100, dialect),
                    "",
                    {}};
        default:
            if (isEnglish)
                return {(dice.chance(50) ? kOrdinals[day - 1] + " of " : kOrdinals[day - 1] + " ") + name +
                            " " + yearOf(year, dialect, dice),
                        iso,
                        {}};
            return {(day == 1 ? "premier" : below100(static_cast<int>(day), dialect)) + " " + name + " " +
                        yearOf(year, dialect, dice),
                    iso,
                    {}};
    }
}

Said passwordSaid(Dialect dialect, Dice& dice) {
    static const Words kFrench{"Hermine",  "Soleil", "Bordeaux", "Tournesol", "Cerise", "Montagne",
                               "Papillon", "Rivage", "Violette", "Marmotte",  "Comète", "Girafe"};
    static const Words kEnglish{"Harbour", "Mercury", "Tulip",  "Falcon", "Cobalt", "Meadow",
                                "Pepper",  "Thistle", "Badger", "Copper", "Saddle", "Walnut"};
    static const Words kFirstNames{"André", "Bernard",  "Caroline", "Denis",
                                   "Émile", "François", "Gérard",   "Henri"};
    static const Words kAlphabet{"alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"};
    const bool isEnglish = dialect == Dialect::English;
    const std::string word = dice.pick(isEnglish ? kEnglish : kFrench);
    const bool isLong = dice.chance(50);
    const std::string digits = std::to_string(isLong ? 1000 + dice.below(9000) : 10 + dice.below(90));
    const std::string number = dice.chance(50) ? digits : pairs(digits, dialect, dice);
    const std::string lower = [&] {
        std::string text = word;
        text[0] = static_cast<char>(text[0] | 0x20);
        return text;
    }();
    struct Sign {
        const char* sign;
        const char* french;
        const char* english;
    };
    static constexpr Sign kSigns[] = {{"!", "point d'exclamation", "exclamation mark"},
                                      {"#", "dièse", "hash"},
                                      {"-", "tiret", "dash"},
                                      {"@", "arobase", "at sign"},
                                      {"*", "étoile", "star"},
                                      {"_", "tiret du bas", "underscore"}};
    const Sign& sign = kSigns[dice.below(std::size(kSigns))];
    const std::string signWord = isEnglish ? sign.english : sign.french;
    switch (dice.below(8)) {
        case 0:
            return {word + digits + sign.sign, word + digits + sign.sign, {}};
        case 1:
            return {word + digits, word + digits, {}};
        case 2: {
            const std::string capital =
                isEnglish ? "capital " + word.substr(0, 1) : "avec un " + word.substr(0, 1) + " majuscule";
            return {lower + " " + capital + " " + signWord + " " + number, word + sign.sign + digits, {}};
        }
        case 3: {
            const std::string letters =
                dice.pick(isEnglish ? Words{"Kril", "Bam", "Torv"} : Words{"Kril", "Bam", "Torv"});
            const std::string first =
                isEnglish ? "capital " + letters.substr(0, 1) : letters.substr(0, 1) + " majuscule";
            return {first + " " + spelledOut(letters.substr(1)) + " " + signWord + " " + number,
                    letters + sign.sign + digits,
                    {}};
        }
        case 4: {
            std::string said;
            std::string value;
            for (int i = 0; i < 3; ++i) {
                const std::size_t letter = dice.below(8);
                const std::string capital(1, static_cast<char>('A' + letter));
                said += isEnglish ? (i == 0 ? capital + " as in " : "") + kAlphabet[letter] + " "
                                  : capital + " comme " + kFirstNames[letter] + " ";
                value += capital;
            }
            return {said + number + " " + signWord, value + digits + sign.sign, {}};
        }
        case 5: {
            const std::string pin = dice.digits(4);
            return {dice.chance(40)   ? pin
                    : dice.chance(50) ? single(pin, dialect, dice)
                                      : pairs(pin, dialect, dice),
                    pin,
                    {}};
        }
        case 6: {
            const std::string other = dice.pick(isEnglish ? kEnglish : kFrench);
            const std::string dash = isEnglish ? " dash " : " tiret ";
            return {lower + dash + other + dash + number, "", {}};
        }
        default:
            return {lower + " " + number + " " + signWord, lower + digits + sign.sign, {}};
    }
}

// -- the calls round it

struct Carrier {
    const char* before;
    const char* after;
};
/// How each kind is announced; "|" ends a turn of the other speaker.
const std::vector<Carrier>& carriersOf(PersonalDataKind kind, bool isEnglish) {
    static const std::vector<Carrier> kCards[2] = {
        {{"ma carte c'est le", "voilà"},
         {"je vous donne le numéro de carte,", "et ça expire en août"},
         {"pour payer la licence, la carte bleue de la société, c'est le", ""},
         {"c'est une Visa,", ", le cryptogramme je vous le donne après"},
         {"Il me faudrait le numéro de la carte.|alors attendez, je la prends,", ""},
         {"oui donc le numéro de CB", "c'est bon ?"},
         {"", "c'est la carte de l'entreprise"}},
        {{"my card number is", "okay"},
         {"the company card is", "and it expires in August"},
         {"right it's a visa,", ""},
         {"Could you give me the card number?|yes so it's", ""},
         {"you can charge it to the card", "thanks"}}};
    static const std::vector<Carrier> kPasswords[2] = {
        {{"mon mot de passe c'est", "voilà"},
         {"le mot de passe provisoire est", ""},
         {"je vous mets un mot de passe temporaire :", "vous le changerez"},
         {"le code du Wi-Fi c'est", ""},
         {"le code c'est", "si ça vous aide"},
         {"Quel mot de passe avez-vous essayé ?|alors c'est", ""},
         {"Et le mot de passe de la session ?|", ""},
         {"c'est", "le mot de passe"},
         {"j'ai mis", "comme mot de passe"},
         {"notez le mot de passe,", "et vous me dites"},
         {"pour le mot de passe vous tapez", ""}},
        {{"my password is", "okay"},
         {"the temporary password is", ""},
         {"I've set your password to", "and it'll ask you to change it"},
         {"the Wi-Fi password is", ""},
         {"What password are you typing?|so it's", ""},
         {"the code is", "if that helps"},
         {"it's", "that's the password"},
         {"for the password type", ""}}};
    static const std::vector<Carrier> kIbans[2] = {{{"l'IBAN c'est", "voilà"},
                                                    {"je vous dicte l'IBAN :", ""},
                                                    {"les coordonnées bancaires, c'est", "c'est noté ?"},
                                                    {"sur le RIB c'est marqué", ""},
                                                    {"Vous avez l'IBAN sous les yeux ?|oui alors", ""},
                                                    {"le virement est parti sur", "ce n'est pas notre IBAN"}},
                                                   {{"the IBAN is", "okay"},
                                                    {"they changed the bank account to", ""},
                                                    {"our bank details are", "did you get that"},
                                                    {"Can you read me the IBAN?|sure it's", ""}}};
    static const std::vector<Carrier> kNumbers[1] = {
        {{"mon numéro de sécurité sociale c'est le", "voilà"},
         {"le numéro de sécu du salarié, c'est", ""},
         {"la fiche plante avec le numéro de sécurité sociale", "elle dit qu'il est faux"},
         {"Il me faut le numéro de sécurité sociale.|alors c'est le", ""},
         {"sur la carte vitale je lis", ""},
         {"son NIR, c'est", "vous l'avez ?"}}};
    static const std::vector<Carrier> kDates[2] = {
        {{"je suis né le", "à Lyon"},
         {"elle est née le", ""},
         {"sa date de naissance c'est le", "voilà"},
         {"le patient, né le", "n'apparaît plus"},
         {"Votre date de naissance, pour vérifier ?|le", ""},
         {"date de naissance", "dans le logiciel"}},
        {{"I was born on", "if you need it"},
         {"my date of birth is", ""},
         {"And your date of birth please?|it's", ""},
         {"the patient was born", "and she's gone from the list"}}};
    const std::size_t at = isEnglish ? 1 : 0;
    switch (kind) {
        case PersonalDataKind::Card:
            return kCards[at];
        case PersonalDataKind::Password:
            return kPasswords[at];
        case PersonalDataKind::Iban:
            return kIbans[at];
        case PersonalDataKind::Ssn:
            return kNumbers[0];
        default:
            return kDates[at];
    }
}

class CallWriter {
public:
    explicit CallWriter(SpokenItem& item) : item_{item} {}
    std::size_t say(Speaker speaker, std::string text) {
        const double at = static_cast<double>(item_.call.turns.size()) * 4;
        item_.call.turns.push_back({speaker, at, at + 3, std::move(text)});
        return item_.call.turns.size() - 1;
    }

private:
    SpokenItem& item_;
};

std::string joined(const std::string& before, const std::string& value, const std::string& after) {
    std::string text = before;
    if (!text.empty()) text += ' ';
    text += value;
    if (!after.empty()) text += (after[0] == ',' ? "" : " ") + after;
    return text;
}

SpokenItem itemOf(std::size_t index, Dice& dice) {
    static constexpr PersonalDataKind kKinds[] = {PersonalDataKind::Card,      PersonalDataKind::Password,
                                                  PersonalDataKind::Iban,      PersonalDataKind::Password,
                                                  PersonalDataKind::Birthdate, PersonalDataKind::Card,
                                                  PersonalDataKind::Ssn,       PersonalDataKind::Password};
    SpokenItem item;
    item.kind = kKinds[index % std::size(kKinds)];
    const bool isEnglish = item.kind != PersonalDataKind::Ssn && dice.chance(30);
    const Dialect dialect = isEnglish         ? Dialect::English
                            : dice.chance(75) ? Dialect::French
                            : dice.chance(50) ? Dialect::Belgian
                                              : Dialect::Swiss;
    const bool isSplit = dice.chance(15);
    Recogniser recogniser{dice, isEnglish, dice.chance(60)};
    const auto& carriers = carriersOf(item.kind, isEnglish);
    const Carrier& carrier = carriers[dice.below(carriers.size())];
    const std::string before = carrier.before;
    const std::size_t turnEnd = before.find('|');
    const bool isAsked = turnEnd != std::string::npos;

    Said said;
    switch (item.kind) {
        case PersonalDataKind::Card:
            // A number without any announcement is told by its check digit alone.
            said = cardSaid(dialect, dice, isSplit, !before.empty() && dice.chance(15));
            break;
        case PersonalDataKind::Iban:
            said = ibanSaid(dialect, dice, isSplit);
            break;
        case PersonalDataKind::Ssn:
            said = ssnSaid(dialect, dice, isSplit);
            break;
        case PersonalDataKind::Birthdate:
            said = birthdateSaid(dialect, dice);
            break;
        default:
            said = passwordSaid(dialect, dice);
            break;
    }
    item.value = said.value;
    item.call.id = "item" + std::to_string(index);
    item.call.language = isEnglish ? "en" : "fr";
    CallWriter call{item};
    call.say(Speaker::Agent,
             isEnglish ? "Service desk, Callum speaking." : "Service informatique, Camille, bonjour.");
    call.say(Speaker::Customer,
             isEnglish ? "hi it's about ticket 40 81 7, my number is 020 7946 0123"
                       : "bonjour, c'est pour le ticket 40 81 7, mon numéro c'est le 02 61 91 44 18");
    if (isAsked) call.say(Speaker::Agent, recogniser.hears(before.substr(0, turnEnd), false));
    const std::string value = recogniser.hears(said.text, true);
    const std::string lead = recogniser.hears(isAsked ? before.substr(turnEnd + 1) : before, false);
    const std::string tail = recogniser.hears(carrier.after, false);
    const Speaker speaker = item.kind == PersonalDataKind::Password && dice.chance(40) && !isAsked
                                ? Speaker::Agent
                                : Speaker::Customer;
    const Speaker other = speaker == Speaker::Agent ? Speaker::Customer : Speaker::Agent;
    if (said.second.empty()) {
        item.parts.push_back({call.say(speaker, joined(lead, value, tail)), value});
        if (dice.chance(20)) {
            const std::string again = recogniser.hears(said.text, true);
            item.repetitions.push_back(
                {call.say(other, joined(isEnglish ? "so" : "alors", again, "")), again});
        }
    } else {
        const std::string rest = recogniser.hears(said.second, true);
        item.parts.push_back({call.say(speaker, joined(lead, value, "")), value});
        call.say(other, isEnglish ? "yes" : "oui");
        item.parts.push_back({call.say(speaker, joined("", rest, tail)), rest});
    }
    call.say(other, isEnglish ? "got it, thank you" : "c'est noté, merci");
    call.say(Speaker::Customer, isEnglish ? "call me back on extension 41 20 before five"
                                          : "rappelez-moi au poste 41 20 avant dix-sept heures");
    return item;
}

// -- the scorer's words

Words scoredWords(const std::string& text) {
    static const std::map<unsigned, std::string> kPlain{
        {0xA0, "a"}, {0xA2, "a"}, {0xA7, "c"}, {0xA8, "e"}, {0xA9, "e"}, {0xAA, "e"}, {0xAB, "e"},
        {0xAE, "i"}, {0xAF, "i"}, {0xB4, "o"}, {0xB9, "u"}, {0xBB, "u"}, {0xBC, "u"}};
    Words words;
    std::string current;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == 0xC3 && i + 1 < text.size()) {
            const auto found = kPlain.find(static_cast<unsigned char>(text[++i]) | 0x20U);
            if (found != kPlain.end()) current += found->second;
        } else if (byte < 0x80 && std::isalnum(byte) != 0) {
            current += static_cast<char>(std::tolower(byte));
        } else if (!current.empty()) {
            words.push_back(std::move(current));
            current.clear();
        }
    }
    if (!current.empty()) words.push_back(std::move(current));
    return words;
}

std::string squashed(const std::string& text) {
    std::string all;
    for (const std::string& word : scoredWords(text)) all += word;
    return all;
}

}  // namespace

std::vector<SpokenItem> spokenItems(unsigned seed, std::size_t count) {
    Dice dice{seed};
    std::vector<SpokenItem> items;
    for (std::size_t i = 0; i < count; ++i) items.push_back(itemOf(i, dice));
    return items;
}

bool isRecalled(const std::string& span, const std::string& value, const protocol::PersonalData& found) {
    const Words wanted = scoredWords(span);
    for (const auto& said : {found.text, found.value}) {
        if (!said) continue;
        if (!value.empty() && squashed(*said) == squashed(value)) return true;
        Words words = scoredWords(*said);
        const std::size_t length = words.size();
        std::size_t common = 0;
        for (const std::string& word : wanted) {
            const auto at = std::find(words.begin(), words.end(), word);
            if (at == words.end()) continue;
            words.erase(at);
            ++common;
        }
        if (common * 10 >= wanted.size() * 6 && length <= 2 * wanted.size() + 4) return true;
    }
    return false;
}

}  // namespace ninja3cx::analysis
