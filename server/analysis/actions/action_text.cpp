#include "server/analysis/actions/action_text.hpp"

#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/actions/action_wording.hpp"
#include "server/analysis/conversation/written.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <optional>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

constexpr std::size_t kMostCharacters = 80;

struct Way {
    std::string_view kind;
    std::optional<std::string> (*text)(const ActionForm& form, const Line& line);
};
constexpr Way kWays[] = {
    {action_kind::kOrderHardware, orderedText},     {action_kind::kSendInformation, sentText},
    {action_kind::kEscalate, passedOnText},         {action_kind::kReboot, restartedText},
    {action_kind::kInstallSoftware, installedText}, {action_kind::kRestoreBackup, restoredText},
    {action_kind::kMonitor, watchedText},           {action_kind::kSecurityScan, scannedText},
    {action_kind::kOpenVendorCase, caseOpenedText}, {action_kind::kResetPassword, resetText},
    {action_kind::kDisableAccount, accessCutText},  {action_kind::kCreateAccount, createdText},
    {action_kind::kCheckLogs, checkedText},         {action_kind::kUpdateSoftware, changedText},
    {action_kind::kOnsiteVisit, visitedText},
};

/// What the first of the technician's turns that names an object says, if there is room for it.
std::optional<std::string> textWithObject(std::string_view kind, const ActionForm& form,
                                          std::span<const std::int32_t> turns) {
    for (const Way& way : kWays) {
        if (way.kind != kind) continue;
        for (const std::int32_t turn : turns) {
            const Line& line = form.conversation.lines[static_cast<std::size_t>(turn)];
            if (line.speaker != protocol::Speaker::Agent) continue;
            auto text = way.text(form, line);
            if (text && shortened(*text, kMostCharacters) == *text) return text;
        }
    }
    return std::nullopt;
}

std::string usualText(std::string_view kind, const ActionForm& form) {
    for (const ActionWording& wording : actionWordings())
        if (wording.kind == kind)
            return form.inForm(wording.todo, wording.done, wording.todoEn, wording.doneEn);
    return {};
}

}  // namespace

std::string actionText(std::string_view kind, bool isDone, std::span<const std::int32_t> turns,
                       const Conversation& conversation, const Names& names,
                       std::span<const Movement> movements) {
    const ActionForm form{isDone, conversation, names, movements};
    if (auto text = textWithObject(kind, form, turns)) return *text;
    return usualText(kind, form);
}

}  // namespace ninja3cx::analysis
