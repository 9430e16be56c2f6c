#pragma once

#include "server/analysis/actions/action_form.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <optional>
#include <string>

/// One function for each kind of action: what the technician's turn says of it, with its object. Nothing where the
/// turn names none.
namespace ninja3cx::analysis {

// -- action_orders.cpp, action_messages.cpp
std::optional<std::string> orderedText(const ActionForm& form, const Line& line);
std::optional<std::string> sentText(const ActionForm& form, const Line& line);

// -- action_handovers.cpp
std::optional<std::string> passedOnText(const ActionForm& form, const Line& line);
std::optional<std::string> caseOpenedText(const ActionForm& form, const Line& line);

// -- action_accounts.cpp
std::optional<std::string> resetText(const ActionForm& form, const Line& line);
std::optional<std::string> accessCutText(const ActionForm& form, const Line& line);
std::optional<std::string> createdText(const ActionForm& form, const Line& line);

// -- action_installs.cpp, action_settings.cpp
std::optional<std::string> installedText(const ActionForm& form, const Line& line);
std::optional<std::string> changedText(const ActionForm& form, const Line& line);

// -- action_machines.cpp
std::optional<std::string> restartedText(const ActionForm& form, const Line& line);
std::optional<std::string> restoredText(const ActionForm& form, const Line& line);
std::optional<std::string> watchedText(const ActionForm& form, const Line& line);
std::optional<std::string> scannedText(const ActionForm& form, const Line& line);
std::optional<std::string> checkedText(const ActionForm& form, const Line& line);
std::optional<std::string> visitedText(const ActionForm& form, const Line& line);

}  // namespace ninja3cx::analysis
