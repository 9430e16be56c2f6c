#pragma once

#include <array>
#include <string_view>

/// The kinds that are strings in an analysis, in the order of tests/eval/analysis/README.md, which says what each is.
namespace ninja3cx::protocol {

/// Of `AnalysisAction::kind`. "none", which says that nothing is to do, is not among them.
inline constexpr std::array<std::string_view, 17> kActionKinds{
    "reset_password",  "remote_session",  "onsite_visit",    "callback",         "escalate",
    "order_hardware",  "create_account",  "disable_account", "restore_backup",   "install_software",
    "update_software", "check_logs",      "security_scan",   "send_information", "reboot",
    "monitor",         "open_vendor_case"};

/// Of `Analysis::entities`.
inline constexpr std::array<std::string_view, 9> kEntityKinds{
    "person", "company", "phone", "email", "device", "software", "error_code", "ticket_number", "site"};

}  // namespace ninja3cx::protocol
