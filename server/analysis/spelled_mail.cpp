#include "server/analysis/spelled_mail.hpp"

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
constexpr std::array<std::string_view, 16> kTopDomains = {
    "fr", "com", "org", "net", "eu", "be", "ch", "uk", "co", "io", "de", "lu", "info", "es", "it", "biz"};

template <std::size_t n>
bool isIn(const std::array<std::string_view, n>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

char joinOf(std::string_view word) {
    if (word == "point" || word == "dot") return '.';
    if (word == "tiret" || word == "dash" || word == "hyphen") return '-';
    if (word == "underscore") return '_';
    return 0;
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
            else if (gap == "-")
                parts.emplace_back("tiret");
            else if (gap == "_")
                parts.emplace_back("underscore");
            else if (gap.find_first_of(".?!") != std::string_view::npos && !parts.empty() &&
                     joinOf(parts.back()) == 0 && joinOf(line.words[i].text) == 0)
                parts.emplace_back("|");
        }
        parts.push_back(line.words[i].text);
    }
    for (const std::string_view remark : kRemarks) {
        const std::string pattern{remark.substr(0, remark.find(" ~"))};
        const bool hasLetter = remark.find(" ~") != std::string_view::npos;
        std::vector<std::string> words;
        for (const Word& word : wordsOf(pattern)) words.push_back(word.text);
        for (std::size_t at = 0; at + words.size() <= parts.size();) {
            if (std::equal(words.begin(), words.end(), parts.begin() + static_cast<std::ptrdiff_t>(at))) {
                const std::size_t count = std::min(words.size() + (hasLetter ? 1 : 0), parts.size() - at);
                parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at),
                            parts.begin() + static_cast<std::ptrdiff_t>(at + count));
            } else {
                ++at;
            }
        }
    }
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
        if (const char join = joinOf(part)) {
            if (piece.empty()) break;
            domain.text += piece + join;
            piece.clear();
            continue;
        }
        const bool afterDot = !domain.text.empty() && domain.text.back() == '.' && piece.empty();
        if (afterDot && isIn(kTopDomains, part)) {
            domain.text += part;
            domain.isWhole = true;
            if (i + 2 < parts.size() && joinOf(parts[i + 1]) == '.' && isIn(kTopDomains, parts[i + 2]))
                domain.text += "." + parts[i + 2];
            break;
        }
        if (piece.empty() || part.size() == 1)
            piece += part;
        else if (part.find(piece) == 0 || piece.find(part) == 0)
            piece = part;
        else if (i > at + 8)
            break;
        // A further word corrects or comments ("saint evroult tout attache"): the address goes on with it.
        else
            piece += part;
    }
    return domain;
}

}  // namespace

std::vector<std::string> findMails(const Line& line) {
    const std::vector<std::string> parts = partsOf(line);
    std::vector<std::string> mails;
    for (std::size_t at = 1; at + 1 < parts.size(); ++at) {
        const bool isSign = parts[at] == "arobase" || parts[at] == "arrobase";
        if (!isSign && parts[at] != "at") continue;
        const std::string local = localBefore(parts, at);
        const Domain domain = domainAfter(parts, at + 1);
        if (local.empty() || !domain.isWhole || domain.text.size() > 80) continue;
        std::string mail = local + "@" + domain.text;
        if (std::find(mails.begin(), mails.end(), mail) == mails.end()) mails.push_back(std::move(mail));
    }
    return mails;
}

}  // namespace ninja3cx::analysis
