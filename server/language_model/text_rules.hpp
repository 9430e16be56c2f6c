#pragma once

#include "server/language_model/spoken.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What a text that a language model wrote must be like before anybody sees it. Pure.
namespace ninja3cx::language_model {

/// The entities of a text, by kind, as the built-in analysis finds them.
using EntitiesOf = std::function<std::map<std::string, std::vector<std::string>>(
    const std::string& text, const std::string& language)>;

enum class Flaw {
    None = 1,
    Length,    // empty, too long, too many sentences
    Script,    // characters that a colleague would not write: control, invisible, another alphabet
    Markup,    // links, code, formatting
    Language,  // another than the call's
    Personal,  // personal data
    Invented,  // anything that was not said: a name, a number, a word, a negation, who said it; or what somebody is
};

struct TextLimits {
    std::size_t maxCharacters = 0;
    std::size_t maxSentences = 0;
};
inline constexpr TextLimits kSubject{80, 1};
inline constexpr TextLimits kSummary{900, 6};
inline constexpr TextLimits kActionText{120, 1};

/// UTF-8 of characters that a colleague would write, without links, code and formatting.
bool isPlainText(std::string_view text);

/// The first flaw of a text, white space at its ends aside.
Flaw flawOf(std::string_view text, const TextLimits& limits, const Spoken& spoken, const Mask& mask,
            const EntitiesOf& entitiesOf);

}  // namespace ninja3cx::language_model
