#pragma once

#include <string>
#include <string_view>

namespace ninja3cx::config {

/// A code of a language that Whisper knows, such as "fr", or "auto".
bool isLanguage(std::string_view code);

/// The code that was probably meant: "fr" for "french", "français" or "fr-FR"; empty where none is near.
std::string nearestLanguage(std::string_view written);

}  // namespace ninja3cx::config
