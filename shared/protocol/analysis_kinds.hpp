#pragma once

#include <array>
#include <string_view>

/// The kinds that are strings in an analysis, in the order of tests/eval/analysis/README.md, which says what each is.
namespace ninja3cx::protocol {

/// Of `AnalysisAction::kind`.
namespace action_kind {
inline constexpr std::string_view kResetPassword = "reset_password";
inline constexpr std::string_view kRemoteSession = "remote_session";
inline constexpr std::string_view kOnsiteVisit = "onsite_visit";
inline constexpr std::string_view kCallback = "callback";
inline constexpr std::string_view kEscalate = "escalate";
inline constexpr std::string_view kOrderHardware = "order_hardware";
inline constexpr std::string_view kCreateAccount = "create_account";
inline constexpr std::string_view kDisableAccount = "disable_account";
inline constexpr std::string_view kRestoreBackup = "restore_backup";
inline constexpr std::string_view kInstallSoftware = "install_software";
inline constexpr std::string_view kUpdateSoftware = "update_software";
inline constexpr std::string_view kCheckLogs = "check_logs";
inline constexpr std::string_view kSecurityScan = "security_scan";
inline constexpr std::string_view kSendInformation = "send_information";
inline constexpr std::string_view kReboot = "reboot";
inline constexpr std::string_view kMonitor = "monitor";
inline constexpr std::string_view kOpenVendorCase = "open_vendor_case";
inline constexpr std::string_view kNone = "none";  // nothing is to do
}  // namespace action_kind

/// All of them but "none".
inline constexpr std::array<std::string_view, 17> kActionKinds{
    action_kind::kResetPassword,   action_kind::kRemoteSession,   action_kind::kOnsiteVisit,
    action_kind::kCallback,        action_kind::kEscalate,        action_kind::kOrderHardware,
    action_kind::kCreateAccount,   action_kind::kDisableAccount,  action_kind::kRestoreBackup,
    action_kind::kInstallSoftware, action_kind::kUpdateSoftware,  action_kind::kCheckLogs,
    action_kind::kSecurityScan,    action_kind::kSendInformation, action_kind::kReboot,
    action_kind::kMonitor,         action_kind::kOpenVendorCase};

/// Of `AnalysisAction::status`.
namespace action_status {
inline constexpr std::string_view kDone = "done";
inline constexpr std::string_view kTodo = "todo";
}  // namespace action_status

/// Of `Analysis::entities`.
inline constexpr std::array<std::string_view, 9> kEntityKinds{
    "person", "company", "phone", "email", "device", "software", "error_code", "ticket_number", "site"};

}  // namespace ninja3cx::protocol
