#include "server/analysis/entities/spelled_mail.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

/// What people say about the letters and that is not part of the address.
constexpr std::array<std::string_view, 14> kRemarks = {
    "en un seul mot", "tout attache",        "tout en minuscules", "en minuscules",
    "au singulier",   "au pluriel",          "sans accent",        "avec un ~s",
    "avec une ~e",    "sans espace",         "all one word",       "lower case",
    "pareil",         "comme ca se prononce"};

bool isTopDomain(std::string_view word) {
    return isOneOf(word, {"fr", "com", "org", "net", "eu", "be", "ch", "uk", "co", "io", "de", "lu", "info",
                          "es", "it", "biz"});
}

char joinOf(std::string_view word) {
    if (word == "point" || word == "dot") return '.';
    if (word == "tiret" || word == "dash" || word == "hyphen") return '-';
    if (word == "underscore") return '_';
    return 0;
}

struct SaidSign {
    std::string_view words;
    std::string_view sign;
};
/// The longer ones first. The hyphen and the underscore of a French keyboard lie under the 6 and the 8.
constexpr std::array<SaidSign, 14> kSaidSigns = {{{"tiret du bas", "underscore"},
                                                  {"tiret bas", "underscore"},
                                                  {"tiret du huit", "underscore"},
                                                  {"tiret du 8", "underscore"},
                                                  {"tiret du six", "tiret"},
                                                  {"tiret du 6", "tiret"},
                                                  {"tiret du milieu", "tiret"},
                                                  {"trait d union", "tiret"},
                                                  {"under score", "underscore"},
                                                  {"souligne", "underscore"},
                                                  {"at sign", "arobase"},
                                                  // as a poor recogniser hears it
                                                  {"a rebase", "arobase"},
                                                  {"a robase", "arobase"},
                                                  {"arobaz", "arobase"}}};

bool isAt(const std::vector<std::string>& parts, std::size_t at, const std::vector<std::string>& words) {
    return at + words.size() <= parts.size() &&
           std::equal(words.begin(), words.end(), parts.begin() + static_cast<std::ptrdiff_t>(at));
}

std::vector<std::string> splitWords(std::string_view phrase) {
    std::vector<std::string> words;
    for (const Word& word : wordsOf(phrase)) words.push_back(word.text);
    return words;
}

bool isLetter(std::string_view part) {
    return part.size() == 1 && part[0] >= 'a' && part[0] <= 'z';
}

void erase(std::vector<std::string>& parts, std::size_t at, std::size_t count) {
    const auto from = parts.begin() + static_cast<std::ptrdiff_t>(at);
    parts.erase(from, from + static_cast<std::ptrdiff_t>(std::min(count, parts.size() - at)));
}

void nameSigns(std::vector<std::string>& parts) {
    static const auto kWords = [] {
        std::array<std::vector<std::string>, kSaidSigns.size()> all;
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = splitWords(kSaidSigns[i].words);
        return all;
    }();
    for (std::size_t at = 0; at < parts.size(); ++at)
        for (std::size_t i = 0; i < kWords.size(); ++i)
            if (isAt(parts, at, kWords[i])) {
                parts[at] = kSaidSigns[i].sign;
                erase(parts, at + 1, kWords[i].size() - 1);
            }
}

bool isAtSign(std::string_view part) {
    return part == "arobase" || part == "arrobase" || part == "at";
}

/// "marie vingt-neuf arobase" is marie29@, "marie 29 arobase" too.
void joinNumbers(std::vector<std::string>& parts) {
    constexpr std::size_t kMostWords = 5;
    for (std::size_t at = 2; at < parts.size(); ++at) {
        if (!isAtSign(parts[at])) continue;
        std::vector<Word> words;
        for (std::size_t i = at - std::min(at, kMostWords); i < at; ++i) words.push_back({parts[i], 0, 0});
        for (const DigitRun& run : digitRuns(words)) {
            const std::size_t first = at - words.size() + run.first;
            if (run.last != words.size() || first == 0) continue;
            const std::string& before = parts[first - 1];
            const bool isName = before.size() > 2 && joinOf(before) == 0 && !isCommonWord(before);
            parts[isName ? first - 1 : first] = isName ? before + run.digits() : run.digits();
            erase(parts, isName ? first : first + 1, at - first - (isName ? 0 : 1));
            at = isName ? first : first + 1;
        }
    }
}

/// "m for mike", "a comme Anatole", "n as in November" are m, a, n; "double l" is l l.
void takeLetters(std::vector<std::string>& parts) {
    for (std::size_t at = 0; at + 1 < parts.size(); ++at) {
        if (parts[at] == "double" && isLetter(parts[at + 1])) parts[at] = parts[at + 1];
        if (!isLetter(parts[at])) continue;
        const std::size_t word = parts[at + 1] == "for" || parts[at + 1] == "comme" ? at + 2
                                 : isAt(parts, at + 1, {"as", "in"})                ? at + 3
                                                                                    : 0;
        if (word != 0 && word < parts.size() && parts[word].starts_with(parts[at]))
            erase(parts, at + 1, word - at);
    }
}

/// "soixante", "quinze": no dash of an address stands between them.
bool isInNumber(const std::string& word) {
    const std::array<Word, 1> alone = {{{word, 0, 0}}};
    return word[0] > '9' && numberAt(alone, 0).has_value();
}

/// "it's j dot pell", "that s r dot lang": the ending of a contraction.
bool isContracted(const Line& line, std::size_t at) {
    if (at == 0) return false;
    const std::string& head = line.words[at - 1].text;
    const std::string& ending = line.words[at].text;
    const std::string_view gap = line.gapAfter(at - 1);
    const bool isWritten =
        (gap == "'" || gap == "\u2019") && (head.size() > 1 || head == "i");  // not "o'brien"
    if (isWritten) return isOneOf(ending, {"s", "m", "d", "t", "re", "ve", "ll"});
    return ending == "s" && isOneOf(head, {"it", "that", "here", "what", "name", "mail", "email", "address"});
}

/// "écris-moi à j point dupont": the accent tells that it is no letter; but "à rebase" is a sign.
bool isWrittenTo(const Line& line, std::size_t at) {
    const auto from = static_cast<std::size_t>(line.words[at].begin);
    const auto to = static_cast<std::size_t>(line.words[at].end);
    const std::string_view written = line.text.substr(from, to - from);
    const bool isSign = at + 1 < line.words.size() && isOneOf(line.words[at + 1].text, {"rebase", "robase"});
    return (written == "à" || written == "À") && !isSign;
}

/// The line's words with the signs an address needs, remarks left out. Written signs become words.
std::vector<std::string> partsOf(const Line& line) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        if (i > 0) {
            const auto from = static_cast<std::size_t>(line.words[i - 1].end);
            const auto to = static_cast<std::size_t>(line.words[i].begin);
            const std::string_view gap = line.text.substr(from, to - from);
            if (gap == "@")
                parts.emplace_back("arobase");
            else if (gap == ".")
                parts.emplace_back("point");
            else if (gap == "-" && !(isInNumber(line.words[i - 1].text) && isInNumber(line.words[i].text)))
                parts.emplace_back("tiret");
            else if (gap == "_")
                parts.emplace_back("underscore");
            else if (gap.find_first_of(".?!") != std::string_view::npos && !parts.empty() &&
                     joinOf(parts.back()) == 0 && joinOf(line.words[i].text) == 0)
                parts.emplace_back("|");
        }
        // A letter would belong to the address.
        parts.push_back(isContracted(line, i) || isWrittenTo(line, i) ? "|" : line.words[i].text);
    }
    for (const std::string_view remark : kRemarks) {
        const bool hasLetter = remark.find(" ~") != std::string_view::npos;
        const std::vector<std::string> words = splitWords(remark.substr(0, remark.find(" ~")));
        for (std::size_t at = 0; at + words.size() <= parts.size();) {
            if (isAt(parts, at, words))
                erase(parts, at, words.size() + (hasLetter ? 1 : 0));
            else
                ++at;
        }
    }
    nameSigns(parts);
    takeLetters(parts);
    joinNumbers(parts);
    return parts;
}

/// "c a r v a l h o" before `end`; its start, or `end` when there are fewer than two letters.
std::size_t lettersBefore(const std::vector<std::string>& parts, std::size_t end) {
    std::size_t from = end;
    while (from > 0 && parts[from - 1].size() == 1 && parts[from - 1][0] != '|') --from;
    return end - from >= 2 ? from : end;
}

std::string joined(const std::vector<std::string>& parts, std::size_t from, std::size_t to) {
    std::string all;
    for (std::size_t i = from; i < to; ++i) all += parts[i];
    return all;
}

std::string localBefore(const std::vector<std::string>& parts, std::size_t at) {
    std::string local;
    std::size_t end = at;
    while (end > 0) {
        std::string piece;
        const std::size_t letters = lettersBefore(parts, end);
        if (letters < end) {
            piece = joined(parts, letters, end);
            std::size_t start = letters;
            // "carvalho c a r v a l h o": said, then spelled; "r d u b o i s": one letter may be the last of
            // another word.
            if (start > 0 && parts[start - 1] == piece) --start;
            end = start;
        } else {
            piece = parts[end - 1];
            if (piece == "|" || joinOf(piece) != 0) break;
            --end;
        }
        local = piece + local;
        // "c abgrall arobase …" alone in its line: the initial belongs to the name.
        if (end == 1 && parts[0].size() == 1 && parts[0][0] >= 'a' && parts[0][0] <= 'z' &&
            piece.size() > 2) {
            local = parts[0] + local;
            break;
        }
        if (end < 2 || joinOf(parts[end - 1]) == 0) break;
        local = joinOf(parts[end - 1]) + local;
        --end;
    }
    return local;
}

struct Domain {
    std::string text;
    bool isWhole = false;
};
Domain domainAfter(const std::vector<std::string>& parts, std::size_t at) {
    Domain domain;
    std::string piece;
    for (std::size_t i = at; i < parts.size() && i < at + 24; ++i) {
        const std::string& part = parts[i];
        if (part == "|") break;
        // "email me at john dot baker at oakfield": the address is still to come.
        if (i > at && isAtSign(part)) break;
        if (const char join = joinOf(part)) {
            if (piece.empty()) break;
            domain.text += piece + join;
            piece.clear();
            continue;
        }
        const bool afterDot = !domain.text.empty() && domain.text.back() == '.' && piece.empty();
        if (afterDot && isTopDomain(part)) {
            domain.text += part;
            domain.isWhole = true;
            if (i + 2 < parts.size() && joinOf(parts[i + 1]) == '.' && isTopDomain(parts[i + 2]))
                domain.text += "." + parts[i + 2];
            break;
        }
        if (piece.empty() || part.size() == 1) {
            piece += part;
            // "point f r"
            const bool isSpelled = !domain.text.empty() && domain.text.back() == '.' && piece.size() > 1 &&
                                   (i + 1 == parts.size() || !isLetter(parts[i + 1]));
            if (isSpelled && isTopDomain(piece) && isLetter(part)) {
                domain.text += piece;
                domain.isWhole = true;
                break;
            }
        } else if (part.find(piece) == 0 || piece.find(part) == 0) {
            piece = part;
        } else if (i > at + 8) {
            break;
        } else {
            // A further word corrects or comments ("saint evroult tout attache"): the address goes on with it.
            piece += part;
        }
    }
    return domain;
}

}  // namespace

std::vector<std::string> findMails(const Line& line) {
    std::vector<std::string> mails;
    const bool hasSign = line.text.find('@') != std::string_view::npos ||
                         std::ranges::any_of(line.words, [](const Word& word) {
                             return isAtSign(word.text) || isOneOf(word.text, {"rebase", "robase", "arobaz"});
                         });
    if (!hasSign) return mails;
    const std::vector<std::string> parts = partsOf(line);
    for (std::size_t at = 1; at + 1 < parts.size(); ++at) {
        if (!isAtSign(parts[at])) continue;
        const std::string local = localBefore(parts, at);
        const Domain domain = domainAfter(parts, at + 1);
        if (local.empty() || !domain.isWhole || domain.text.size() > 80) continue;
        std::string mail = local + "@" + domain.text;
        if (std::find(mails.begin(), mails.end(), mail) == mails.end()) mails.push_back(std::move(mail));
    }
    return mails;
}

Line withoutMails(Line line) {
    const auto& words = line.words;
    const auto isJoin = [&](std::size_t at) {
        return at < words.size() &&
               (joinOf(words[at].text) != 0 || isOneOf(words[at].text, {"bas", "huit", "six"}));
    };
    for (std::size_t sign = 1; sign < words.size(); ++sign) {
        if (!isAtSign(words[sign].text) && words[sign].text != "rebase") continue;
        // The domain goes on as far as its last "point fr".
        constexpr std::size_t kMostWords = 12;
        std::size_t end = 0;
        for (std::size_t at = sign + 2; at < std::min(words.size(), sign + kMostWords); ++at) {
            if (isAtSign(words[at].text)) break;  // "email me at john at oakfield": it is still to come
            if (isTopDomain(words[at].text) && isOneOf(words[at - 1].text, {"point", "dot"})) end = at + 1;
        }
        if (end == 0) continue;
        std::size_t first = sign - 1;
        while (first > 0 && (isJoin(first) || isJoin(first - 1) || isLetter(words[first - 1].text))) --first;
        line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(first),
                         line.words.begin() + static_cast<std::ptrdiff_t>(end));
        sign = first;
    }
    return line;
}

}  // namespace ninja3cx::analysis
