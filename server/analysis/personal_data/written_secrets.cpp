#include "server/analysis/personal_data/written_secrets.hpp"

#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr std::string_view kSigns = "@#$%&*!_+^~";         // of secrets
constexpr std::string_view kJoints = "@#$%&*!_+^~-./\\?";  // may stand within one
constexpr std::string_view kSentence = "-./\\?";           // at its edges they are the sentence's

bool isSign(char c) {
    return kSigns.find(c) != std::string_view::npos;
}
bool isJoining(char c) {
    return kJoints.find(c) != std::string_view::npos;
}
bool isAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// In UTF-8 "é" is of these, quotation marks and dashes are not.
bool isAccentLead(char c) {
    return static_cast<unsigned char>(c) == 0xC3 || static_cast<unsigned char>(c) == 0xC5;
}
bool isPart(std::string_view text, std::size_t at) {
    return isAlnum(text[at]) || isJoining(text[at]) || isAccentLead(text[at]) ||
           (at > 0 && isAccentLead(text[at - 1]));
}

}  // namespace

bool isAddress(std::string_view text) {
    const std::size_t sign = text.find('@');
    if (sign == std::string_view::npos || sign == 0) return false;
    const std::string_view domain = text.substr(sign + 1);
    const std::size_t dot = domain.rfind('.');
    return dot != std::string_view::npos && dot > 0 && dot + 2 < domain.size() && !hasDigit(domain);
}

bool isFileName(std::string_view text) {
    static constexpr auto kEndings = std::to_array<std::string_view>(
        {"doc", "docx", "xls",  "xlsx", "xlsm", "ppt", "pptx", "pdf", "txt", "csv",
         "zip", "jpg",  "jpeg", "png",  "exe",  "msi", "pst",  "ost", "odt", "ods",
         "bak", "bat",  "ps1",  "xml",  "json", "log", "eml",  "msg", "dll", "iso"});
    const std::size_t dot = text.rfind('.');
    return dot != std::string_view::npos && dot > 0 && isIn(kEndings, text.substr(dot + 1));
}

std::pair<std::int32_t, std::int32_t> writtenAround(std::string_view text, std::int32_t begin,
                                                    std::int32_t end) {
    auto from = static_cast<std::size_t>(begin);
    auto to = static_cast<std::size_t>(end);
    if (from > 0 && isJoining(text[from - 1]))
        while (from > 0 && isPart(text, from - 1)) --from;
    if (to < text.size() && isJoining(text[to]))
        while (to < text.size() && isPart(text, to)) ++to;
    while (from < static_cast<std::size_t>(begin) && kSentence.find(text[from]) != std::string_view::npos)
        ++from;
    while (to > static_cast<std::size_t>(end) && kSentence.find(text[to - 1]) != std::string_view::npos) --to;
    return {static_cast<std::int32_t>(from), static_cast<std::int32_t>(to)};
}

std::size_t afterWritten(const Line& line, std::size_t at) {
    // Within such a text: it was looked at from its first word on.
    if (at > 0) {
        const std::string_view gap = gapAfter(line, at - 1);
        if (std::all_of(gap.begin(), gap.end(), isJoining)) return at;
    }
    const auto [first, last] = writtenAround(line.text, line.words[at].begin, line.words[at].end);
    const auto text =
        line.text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    // The token begins with this word, and with its signs.
    if (at > 0 && line.words[at - 1].end > first) return at;
    if (text.size() < 6 || !std::any_of(text.begin(), text.end(), isSign)) return at;
    // "https://portail.exemple.fr/?id=42", "\\srv\paie_2024"
    const char before = first > 0 ? line.text[static_cast<std::size_t>(first) - 1] : ' ';
    if (before == '/' || before == '\\' || text.starts_with("www.")) return at;
    if (isAddress(text) || isFileName(text)) return at;
    std::size_t letters = 0;
    std::size_t digits = 0;
    std::size_t inner = 0;  // signs between letters or digits
    bool hasStrongInner = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9')
            ++digits;
        else if (isAlnum(c))
            ++letters;
        const bool isInner = i > 0 && i + 1 < text.size() && isAlnum(text[i - 1]) && isAlnum(text[i + 1]);
        if (!isInner || !isSign(c)) continue;
        ++inner;
        hasStrongInner = hasStrongInner || std::string_view{"@#$!^"}.find(c) != std::string_view::npos;
    }
    const bool isEnd = std::string_view{"@#$*_"}.find(text.back()) != std::string_view::npos;
    const bool isWritten =
        letters >= 2 &&
        (hasStrongInner ? letters + digits >= 5 : digits > 0 && (inner > 0 || isSign(text.front()) || isEnd));
    if (!isWritten) return at;
    std::size_t next = at;
    while (next < line.words.size() && line.words[next].begin < last) ++next;
    return next;
}

bool isDoorCode(std::string_view word) {
    if (word.size() < 4 || word.size() > 8) return false;
    const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto letters = std::count_if(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return digits >= 3 && letters <= 2 && static_cast<std::size_t>(digits + letters) == word.size();
}

}  // namespace ninja3cx::analysis
