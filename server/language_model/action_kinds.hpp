#pragma once

#include <array>
#include <string_view>

namespace ninja3cx::language_model {

/// What an action may be; tests/eval/analysis/README.md says what each is. Nothing to do ("none") is no suggestion.
inline constexpr std::array<std::string_view, 17> kActionKinds{
    "reset_password",  "remote_session",  "onsite_visit",    "callback",         "escalate",
    "order_hardware",  "create_account",  "disable_account", "restore_backup",   "install_software",
    "update_software", "check_logs",      "security_scan",   "send_information", "reboot",
    "monitor",         "open_vendor_case"};

inline constexpr std::array<std::string_view, 9> kEntityKinds{
    "person", "company", "phone", "email", "device", "software", "error_code", "ticket_number", "site"};

}  // namespace ninja3cx::language_model
