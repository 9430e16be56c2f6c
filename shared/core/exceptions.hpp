#pragma once

#include <exception>
#include <string>

namespace ninja3cx {

/// What was thrown, for the log. There must be something.
std::string reasonOf(const std::exception_ptr& thrown);

}  // namespace ninja3cx
