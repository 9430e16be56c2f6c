#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>

namespace ninja3cx::analysis {

enum class Gender { Unknown, Woman, Man };
/// By how the technician addresses the customer, else by the first name where it is only a woman's or a man's.
Gender genderOf(const Conversation& conversation, const std::string& customer);

}  // namespace ninja3cx::analysis
