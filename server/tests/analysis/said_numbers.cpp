#include "server/tests/analysis/said_numbers.hpp"

#include <sstream>

namespace ninja3cx::analysis {

Words split(const std::string& text) {
    Words words;
    std::istringstream in{text};
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

// -- numbers in words

std::string frenchBelow100(int n, Dialect dialect) {
    static const Words kSmall{"zéro",     "un",     "deux",  "trois",    "quatre",   "cinq",    "six",
                              "sept",     "huit",   "neuf",  "dix",      "onze",     "douze",   "treize",
                              "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"};
    static const Words kTens{"", "", "vingt", "trente", "quarante", "cinquante", "soixante"};
    if (n < 20) return kSmall[static_cast<std::size_t>(n)];
    const auto unit = static_cast<std::size_t>(n % 10);
    const auto joined = [&](const std::string& tens) {
        if (unit == 0) return tens;
        return tens + (unit == 1 ? " et un" : "-" + kSmall[unit]);
    };
    if (n < 70) return joined(kTens[static_cast<std::size_t>(n / 10)]);
    if (dialect != Dialect::French && n >= 90) return joined("nonante");
    if (dialect != Dialect::French && n < 80) return joined("septante");
    if (dialect == Dialect::Swiss) return joined("huitante");
    if (n == 71) return "soixante et onze";
    if (n < 80) return "soixante-" + kSmall[static_cast<std::size_t>(n - 60)];
    if (n == 80) return "quatre-vingts";
    return "quatre-vingt-" + kSmall[static_cast<std::size_t>(n - 80)];
}

std::string englishBelow100(int n) {
    static const Words kSmall{"zero",    "one",     "two",       "three",    "four",
                              "five",    "six",     "seven",     "eight",    "nine",
                              "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                              "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const Words kTens{"",      "",      "twenty",  "thirty", "forty",
                             "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (n < 20) return kSmall[static_cast<std::size_t>(n)];
    const std::string& tens = kTens[static_cast<std::size_t>(n / 10)];
    return n % 10 == 0 ? tens : tens + " " + kSmall[static_cast<std::size_t>(n % 10)];
}

std::string below100(int n, Dialect dialect) {
    return dialect == Dialect::English ? englishBelow100(n) : frenchBelow100(n, dialect);
}

std::string below1000(int n, Dialect dialect) {
    const bool isEnglish = dialect == Dialect::English;
    if (n < 100) return below100(n, dialect);
    std::string said = isEnglish ? englishBelow100(n / 100) + " hundred"
                       : n < 200 ? "cent"
                                 : frenchBelow100(n / 100, dialect) + " cent";
    if (n % 100 != 0) said += (isEnglish ? " and " : " ") + below100(n % 100, dialect);
    return said;
}

std::string yearOf(int year, Dialect dialect, Dice& dice) {
    if (dialect == Dialect::English) {
        if (year >= 2000) {
            if (year % 100 == 0) return "two thousand";
            return dice.chance(50) || year < 2010 ? "two thousand and " + englishBelow100(year % 100)
                                                  : "twenty " + englishBelow100(year % 100);
        }
        return "nineteen " + (year % 100 < 10 ? "oh " : std::string{}) + englishBelow100(year % 100);
    }
    if (year >= 2000)
        return year == 2000 ? "deux mille" : "deux mille " + frenchBelow100(year % 100, dialect);
    const std::string rest = year % 100 == 0 ? "" : " " + frenchBelow100(year % 100, dialect);
    if (dice.chance(30) && year % 100 >= 20) return rest.substr(1);
    return (dice.chance(50) ? "mille neuf cent" : "dix-neuf cent") + rest;
}

std::string englishDigits(const std::string& digits, Dice& dice) {
    std::string said;
    const bool usesOh = dice.chance(60);
    for (std::size_t i = 0; i < digits.size();) {
        std::size_t same = 1;
        while (i + same < digits.size() && digits[i + same] == digits[i] && same < 3) ++same;
        if (same > 1 && !dice.chance(60)) same = 1;
        const std::string one = digits[i] == '0' && usesOh ? "oh" : englishBelow100(digits[i] - '0');
        said += (said.empty() ? "" : " ") + (same == 3 ? "triple " + one : same == 2 ? "double " + one : one);
        i += same;
    }
    return said;
}

std::string pairs(const std::string& digits, Dialect dialect, Dice& dice) {
    std::string said;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const std::string pair = digits.substr(i, 2);
        std::string one;
        if (pair.size() == 2 && pair[0] != '0')
            one = below100(std::stoi(pair), dialect);
        else if (dialect == Dialect::English)
            one = englishDigits(pair, dice);
        else
            for (const char digit : pair)
                one += (one.empty() ? "" : " ") + frenchBelow100(digit - '0', dialect);
        said += (said.empty() ? "" : " ") + one;
    }
    return said;
}

std::string single(const std::string& digits, Dialect dialect, Dice& dice) {
    if (dialect == Dialect::English) return englishDigits(digits, dice);
    std::string said;
    for (const char digit : digits) said += (said.empty() ? "" : " ") + frenchBelow100(digit - '0', dialect);
    return said;
}

std::string numberSaid(const std::vector<std::string>& groups, Dialect dialect, Dice& dice) {
    std::string all;
    for (const std::string& group : groups) all += group;
    std::string said;
    const auto join = [&](const std::string& piece) { said += (said.empty() ? "" : " ") + piece; };
    switch (dice.below(6)) {
        case 0:
            for (const std::string& group : groups) join(group);
            break;
        case 1:  // split where the speaker breathed
            for (std::size_t i = 0; i < all.size();) {
                const std::size_t length = 1 + dice.below(5);
                join(all.substr(i, length));
                i += length;
            }
            break;
        case 2:
            for (const std::string& group : groups) join(single(group, dialect, dice));
            break;
        case 3:
            join(all);
            break;
        case 4:
            for (const std::string& group : groups) {
                if (group.size() == 3 && group[0] != '0' && dice.chance(50))
                    join(below1000(std::stoi(group), dialect));
                else
                    join(pairs(group, dialect, dice));
            }
            break;
        default:  // half in words
            for (const std::string& group : groups)
                join(dice.chance(50) ? pairs(group, dialect, dice) : group);
            break;
    }
    return said;
}

// -- numbers with their check digits

std::string withLuhn(std::string digits) {
    for (char last = '0'; last <= '9'; ++last) {
        int sum = 0;
        const std::string whole = digits + last;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            int value = whole[whole.size() - 1 - i] - '0';
            if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
            sum += value;
        }
        if (sum % 10 == 0) return whole;
    }
    return digits;
}

int mod97(const std::string& digits) {
    int rest = 0;
    for (const char c : digits) rest = (rest * 10 + (c - '0')) % 97;
    return rest;
}

std::string ibanOf(const std::string& country, const std::string& account) {
    std::string digits;
    for (const char c : account + country + "00")
        digits += c >= 'A' ? std::to_string(c - 'A' + 10) : std::string(1, c);
    const int check = 98 - mod97(digits);
    return country + (check < 10 ? "0" : "") + std::to_string(check) + account;
}

std::vector<std::string> grouped(const std::string& text, const std::vector<std::size_t>& sizes) {
    std::vector<std::string> groups;
    std::size_t at = 0;
    for (const std::size_t size : sizes) {
        groups.push_back(text.substr(at, size));
        at += size;
    }
    return groups;
}

}  // namespace ninja3cx::analysis
