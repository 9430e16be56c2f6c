#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

/// Secrets as a recogniser writes them, with their signs: "P@ssw0rd!".
namespace ninja3cx::analysis {

/// From where to where a secret goes that was found in the bytes from `begin` to `end`: up to the blanks round it where signs
/// join what stands there, without the marks of a sentence.
std::pair<std::int32_t, std::int32_t> writtenAround(std::string_view text, std::int32_t begin,
                                                    std::int32_t end);

/// One past the words of the text between two blanks that begins with word `at` and is written as only a secret is, letters
/// and signs in one; `at` where it is not.
std::size_t afterWritten(const Line& line, std::size_t at);

/// An e-mail address: no part of it is a secret.
bool isAddress(std::string_view text);
/// "budget_2024.xlsx", with what stands before it.
bool isFileName(std::string_view text);

/// "45B12", "A4512": what opens a door, in one word.
bool isDoorCode(std::string_view word);

}  // namespace ninja3cx::analysis
