#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/conversation/written.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the readers of people's, companies' and sites' names share.
namespace ninja3cx::analysis {

/// A line with what its writing tells.
class NameReading {
public:
    explicit NameReading(const Line& line) : line_{line} {
        for (const char c : line.text) isCased_ = isCased_ || (c >= 'A' && c <= 'Z');
    }

    const Line& line() const { return line_; }
    std::size_t size() const { return line_.words.size(); }
    const std::string& word(std::size_t at) const { return line_.words[at].text; }
    bool isCased() const { return isCased_; }
    bool isCapital(std::size_t at) const {
        const auto begin = static_cast<std::size_t>(line_.words[at].begin);
        const auto first = static_cast<unsigned char>(line_.text[begin]);
        if (first >= 'A' && first <= 'Z') return true;
        return first == 0xC3 && begin + 1 < line_.text.size() &&
               static_cast<unsigned char>(line_.text[begin + 1]) < 0xA0;
    }
    /// A comma or the end of a sentence after word `at`.
    bool isCutAfter(std::size_t at) const { return line_.isCutAfter(at); }
    bool endsSentenceAfter(std::size_t at) const { return line_.isCutAfter(at, ".;:!?\n"); }
    /// "Jean-Marc", "Ndiaye": one name although two words.
    bool isJoinedAfter(std::size_t at) const {
        return at + 1 < size() && line_.text.substr(static_cast<std::size_t>(line_.words[at].end), 1) == "-";
    }
    /// "Goodacre's"
    bool isOwnerAfter(std::size_t at) const {
        const auto from = static_cast<std::size_t>(line_.words[at].end);
        return line_.text.substr(from, 1) == "'" || line_.text.substr(from, 3) == "\u2019";
    }
    std::string name(std::size_t first, std::size_t last) const { return writtenName(line_, first, last); }

private:
    const Line& line_;
    bool isCased_ = false;
};

/// "bonjour", "hiya"
bool isGreetingWord(std::string_view word);
/// "Valérie Petit", "boulangerie Petit": everyday words that are surnames where a name goes on.
bool isEverydaySurname(const NameReading& reading, std::size_t at);
/// "Marine Ouest" is no person.
bool isDirection(std::string_view word);
/// "colin dot featherstone arobase …": a piece of an address that is said.
bool isAddressSign(const NameReading& reading, std::size_t at);
/// The words are a piece of an address that is said.
bool isInAddress(const NameReading& reading, std::size_t first, std::size_t last);
/// The words that calls are about; no name is made of one that stands in lower case.
bool isMatterWord(const std::string& word);
/// Said in lower case, and in no list: it may be a name.
bool isUnknown(const NameReading& reading, std::size_t at);
/// A word that a person's name may have.
bool isNamePart(const NameReading& reading, std::size_t at);
/// To the list, once: of a longer and a shorter form of the same name the longer stays.
void addName(std::vector<std::string>& list, std::string name);

}  // namespace ninja3cx::analysis
