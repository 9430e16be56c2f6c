#include "server/app/options.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::app {
namespace {

using namespace std::chrono_literals;

TEST(HubOptions, TakeTheAnalysisAsConfigured) {
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    EXPECT_EQ(hubOptions(setting, "base").analysisLanguage, "fr") << "as whisper.language";
    EXPECT_EQ(hubOptions(setting, "base").analysisPatience, 3s);
    setting.settings.whisper.language = "auto";
    EXPECT_EQ(hubOptions(setting, "base").analysisLanguage, "auto");
    setting.settings.analysis = {config::AnalysisLanguage::En, 500};
    EXPECT_EQ(hubOptions(setting, "base").analysisLanguage, "en");
    EXPECT_EQ(hubOptions(setting, "base").analysisPatience, 500ms);
}

}  // namespace
}  // namespace ninja3cx::app
