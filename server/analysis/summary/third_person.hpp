#pragma once

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/summary/caller_gender.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {

struct Told {
    std::string text;
    bool isSentence = true;  // not only a piece after a colon
};
/// The tokens of one clause, told of `who`. `isEnd`: a full stop stood after them.
std::optional<Told> toldInFrench(Tokens tokens, const std::string& who, Gender gender, bool isEnd);
std::optional<Told> toldInEnglish(Tokens tokens, const std::string& who, bool isEnd);

// -- what both are made of

struct Verb {
    std::string_view first;
    std::string_view third;
};
/// Follows whether the words of a text stand in quotation marks: those are nobody's to turn.
class QuoteWatch {
public:
    bool isInside(const Token& token) {
        for (const std::string_view mark : {"\u00ab", "\u201c"})
            if (token.gap.find(mark) != std::string::npos) isInside_ = true;
        for (const std::string_view mark : {"\u00bb", "\u201d"})
            if (token.gap.find(mark) != std::string::npos) isInside_ = false;
        if (token.gap.find('"') != std::string::npos) isInside_ = !isInside_;
        return isInside_;
    }

private:
    bool isInside_ = false;
};

/// The first word of a product as it is written: "Outlook", "Wi-Fi".
bool opensProduct(std::string_view written);

/// A product or a name keeps its capital inside a sentence.
std::string insideSentence(const Tokens& tokens);

/// Ends the text before the clause that holds token `at`. False: not enough stands before it.
bool cutBefore(Tokens& tokens, std::size_t at);

}  // namespace ninja3cx::analysis
