#include "server/config/settings.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace ninja3cx::config {
namespace {

class ModelFile : public testing::Test {
protected:
    std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                  ("language_model_settings_test_" + std::to_string(::getpid()) + ".json");
    void TearDown() override { std::filesystem::remove(file_); }
    Result<Loaded> load(const std::string& model, const Environment& environment = {}) {
        std::ofstream{file_} << "{\"analysis\": {\n\"languageModel\": " << model << "}}";
        return loadSettings({{file_}, {}, environment});
    }
};

TEST_F(ModelFile, NoneIsTheDefault) {
    const auto loaded = loadSettings({{"server/config/default.json"}, {}, {}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    const LanguageModelSettings& model = loaded->settings.analysis.languageModel;
    EXPECT_EQ(model.url, "");
    EXPECT_EQ(model.timeoutMs, 30'000);
    EXPECT_TRUE(model.maskPersonalData);
    EXPECT_FALSE(model.allowPublic);
}

TEST_F(ModelFile, MayBeSetByTheEnvironmentWhichAloneHasItsKey) {
    const auto loaded = loadSettings({{},
                                      {},
                                      {{"ANALYSIS_LANGUAGE_MODEL_URL", "http://10.0.0.2:11434/v1"},
                                       {"ANALYSIS_LANGUAGE_MODEL_MODEL", "mistral"},
                                       {"LLM_API_KEY", "a-key"}}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.analysis.languageModel.model, "mistral");
    EXPECT_EQ(loaded->secrets.languageModelKey, "a-key");
    const auto refused = load(R"({"apiKey": "a-key"})");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("LLM_API_KEY"), std::string::npos) << refused.error().detail;
}

struct Row {
    const char* name;
    const char* url;
    bool allowsPublic;
    const char* problem;  // empty: it is fine
};
class ModelAddress : public ModelFile, public testing::WithParamInterface<Row> {};

TEST_P(ModelAddress, IsOneOfTheCompanysOwnNetwork) {
    const auto loaded = load(std::string{R"({"model": "m", "url": ")"} + GetParam().url +
                             "\", \"allowPublic\": " + (GetParam().allowsPublic ? "true" : "false") + "}");
    const std::string problem = GetParam().problem;
    ASSERT_EQ(static_cast<bool>(loaded), problem.empty()) << loaded.error().detail;
    if (loaded) return;
    EXPECT_TRUE(loaded.error().detail.starts_with(file_.string() + ":2: analysis.languageModel.url: "))
        << loaded.error().detail;
    EXPECT_NE(loaded.error().detail.find(problem), std::string::npos) << loaded.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ModelAddress,
    testing::Values(Row{"ThisComputer", "http://127.0.0.1:8080/v1", false, ""},
                    Row{"Localhost", "http://localhost:8080", false, ""},
                    Row{"OnTheNetwork", "http://192.168.1.20:11434/v1", false, ""},
                    Row{"ByName", "http://llm.company.lan/v1", false, ""},
                    Row{"InSix", "http://[fd00::12]:8080/v1", false, ""},
                    Row{"Encrypted", "https://10.1.2.3/v1", false, ""},
                    Row{"Public", "https://203.0.113.7/v1", false, "unless allowPublic is true"},
                    Row{"PublicInSix", "https://[2001:db8::1]/v1", false, "unless allowPublic is true"},
                    Row{"PublicMapped", "https://[::ffff:8.8.8.8]/v1", false, "unless allowPublic is true"},
                    Row{"OfACarrier", "http://100.64.0.9/v1", false, "unless allowPublic is true"},
                    Row{"PublicAllowed", "https://203.0.113.7/v1", true, ""},
                    Row{"PublicInClear", "http://203.0.113.7/v1", true, "over https:// alone"},
                    Row{"NoScheme", "10.0.0.2:8080", false, "must begin with http://"},
                    Row{"NoHost", "http://:8080/v1", false, "must be http://HOST:PORT/v1"},
                    Row{"AUser", "http://me@10.0.0.2/v1", false, "LLM_API_KEY"},
                    Row{"AQuery", "http://10.0.0.2/v1?key=x", false, "must be http://HOST:PORT/v1"},
                    Row{"WholePath", "http://10.0.0.2/v1/chat/completions", false, "write it without that"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ModelFile, NeedsAModelAndATimeWithinLimits) {
    const auto nameless = load(R"({"url": "http://10.0.0.2:8080/v1"})");
    ASSERT_FALSE(nameless);
    EXPECT_NE(nameless.error().detail.find("analysis.languageModel.model: must be"), std::string::npos);
    EXPECT_TRUE(nameless.error().detail.starts_with(file_.string() + ":2: ")) << nameless.error().detail;
    EXPECT_TRUE(nameless.error().detail.ends_with("analysis.languageModel.url is set here and needs it"))
        << nameless.error().detail;
    const auto endless = load(R"({"timeoutMs": 500000})");
    ASSERT_FALSE(endless);
    EXPECT_NE(endless.error().detail.find("analysis.languageModel.timeoutMs: 500000 is outside"),
              std::string::npos);
}

TEST_F(ModelFile, WithoutAModelIsBlamedOnWhoeverSwitchedItOn) {
    const std::string missing = "analysis.languageModel.model: must be";
    const auto emptied = load("{\"url\": \"http://10.0.0.2:8080/v1\",\n\"model\": \"\"}");
    ASSERT_FALSE(emptied);
    EXPECT_TRUE(emptied.error().detail.starts_with(file_.string() + ":3: " + missing))
        << emptied.error().detail;
    const auto byEnvironment = load("{}", {{"ANALYSIS_LANGUAGE_MODEL_URL", "http://10.0.0.2:11434/v1"}});
    ASSERT_FALSE(byEnvironment);
    EXPECT_TRUE(byEnvironment.error().detail.starts_with(
        "environment variable ANALYSIS_LANGUAGE_MODEL_URL: " + missing))
        << byEnvironment.error().detail;
    const auto belowIt =  // a copy of the default configuration lies under the administrator's file
        loadSettings({{"server/config/default.json", file_}, {}, {}});
    ASSERT_TRUE(belowIt) << belowIt.error().detail;
    std::ofstream{file_} << "{\"analysis\": {\"languageModel\":\n{\"url\": \"http://10.0.0.2:8080/v1\"}}}";
    const auto overIt = loadSettings({{"server/config/default.json", file_}, {}, {}});
    ASSERT_FALSE(overIt);
    EXPECT_TRUE(overIt.error().detail.starts_with(file_.string() + ":2: " + missing))
        << overIt.error().detail;
}

}  // namespace
}  // namespace ninja3cx::config
