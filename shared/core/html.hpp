#pragma once

#include <string>
#include <string_view>

namespace ninja3cx {

/// `text` as HTML text or as an attribute's value in either kind of quotes.
std::string escapedHtml(std::string_view text);

}  // namespace ninja3cx
