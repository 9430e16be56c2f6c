#pragma once

#include "server/analysis/site_rules.hpp"
#include "server/app/commands.hpp"
#include "server/calls/call_hub.hpp"
#include "server/directory/ninja_directory.hpp"
#include "server/net/http.hpp"
#include "server/storage/erasure.hpp"
#include "server/telephony/pbx_link.hpp"
#include "server/telephony/recording_fetch.hpp"
#include "server/telephony/site_watch.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "server/ticketing/tenant_check.hpp"
#include "server/transcription/vocabulary.hpp"
#include "shared/core/clock.hpp"
#include "shared/logging/logging.hpp"

#include <string>

/// The configuration as each module wants it. Pure.
namespace ninja3cx::app {

/// The company's own categories, keywords, rules and alerts.
analysis::SiteRules siteRules(const config::AnalysisSettings& analysis);
calls::HubOptions hubOptions(const Setting& setting, const std::string& model);
/// `directory`: what NinjaOne says, as far as it is known.
transcription::Dictionary dictionary(const config::WhisperSettings& whisper,
                                     const directory::DirectoryCopy& directory = {});
net::ServerOptions serverOptions(const config::ServerSettings& server);
ticketing::NinjaAccount ninjaAccount(const Setting& setting);
ticketing::TenantWishes tenantWishes(const config::Settings& settings);
directory::NinjaDirectory::Options directoryOptions(const config::Settings& settings);
telephony::PbxSetup pbxSetup(const Setting& setting);
telephony::PbxSite pbxSite(const Setting& setting);
telephony::SiteWatchOptions siteWatchOptions(const config::PbxSettings& pbx);
telephony::RecordingFetchOptions recordingFetchOptions(const config::PbxSettings& pbx);
storage::RetentionRules retentionRules(const config::RetentionSettings& retention);
/// At which pace NinjaOne's side of the server lives, and when both clocks showed the same.
struct NinjaPace {
    double speed = 1;
    SystemTime origin{};
};
/// What `serve --ninja-speed SPEED@ORIGINMS` says; it is for benchmarks. BadMessage when it cannot be read, and for a
/// NinjaOne that is no simulator on this computer: there, time-outs and pauses are not ours to shorten.
Result<NinjaPace> ninjaPace(const Setting& setting);
logging::Options logOptions(const config::LogSettings& log);
bool hasNinja(const config::Secrets& secrets);

}  // namespace ninja3cx::app
