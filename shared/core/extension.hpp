#pragma once

#include <string_view>

namespace ninja3cx {

/// Whether a PBX may call an extension so: 1 to 32 letters, digits and any of *#+-_.@
bool isExtension(std::string_view text);

}  // namespace ninja3cx
