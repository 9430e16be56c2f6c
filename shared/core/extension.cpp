#include "shared/core/extension.hpp"

#include <algorithm>

namespace ninja3cx {

bool isExtension(std::string_view text) {
    constexpr std::string_view kOthers = "*#+-_.@";
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [&](char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
               (character >= 'A' && character <= 'Z') || kOthers.find(character) != std::string_view::npos;
    });
}

}  // namespace ninja3cx
