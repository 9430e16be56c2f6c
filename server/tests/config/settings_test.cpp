#include "server/config/settings.hpp"

#include "server/config/languages.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace ninja3cx::config {
namespace {

class SettingsFiles : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("settings_test_" + std::to_string(::getpid()));
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream{folder_ / name} << text;
        return folder_ / name;
    }
};

TEST_F(SettingsFiles, TheDefaultsAreTheOwnersAndPassTheirOwnCheck) {
    const auto loaded = loadSettings({{"server/config/default.json"}, {}, {}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    const Settings& s = loaded->settings;
    EXPECT_EQ(s.server.port, 3000);
    EXPECT_EQ(s.whisper.model, "base");
    EXPECT_EQ(s.whisper.partialModel, "auto");
    EXPECT_EQ(s.whisper.language, "fr");
    EXPECT_EQ(s.whisper.afterCall.model, "");  // audio goes as soon as it is text
    EXPECT_EQ(s.whisper.afterCall.maxHours, 12);
    EXPECT_EQ(s.whisper.endSilenceMs, 500);
    EXPECT_EQ(s.ninja.apiUrl, "https://app.ninjarmm.com/api/v2");
    EXPECT_EQ(s.ninja.boardId, 5);
    EXPECT_EQ(s.ticket.countdownSeconds, 15);
    EXPECT_TRUE(s.ticket.auto_);
    EXPECT_EQ(s.server.cors.origins, std::vector<std::string>{"http://localhost:4173"});
    EXPECT_TRUE(s.server.discovery.enabled);
}

TEST_F(SettingsFiles, LaterSourcesWin) {
    const auto low =
        write("low.json", R"({"server":{"port":1111},"whisper":{"model":"tiny"},"ticket":{"auto":false}})");
    const auto high = write("high.json", R"({"server":{"port":2222}})");
    const auto dotEnv = write(".env", "SERVER_PORT=3333\nWHISPER_LANGUAGE=en\nAPI_KEY=from-the-file-0000\n");
    const auto loaded = loadSettings({{low, high}, {dotEnv}, {{"WHISPER_LANGUAGE", "auto"}}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.server.port, 3333);
    EXPECT_EQ(loaded->settings.whisper.model, "tiny");
    EXPECT_EQ(loaded->settings.whisper.language, "auto");
    EXPECT_FALSE(loaded->settings.ticket.auto_);
    EXPECT_EQ(loaded->secrets.apiKey, "from-the-file-0000");
}

TEST_F(SettingsFiles, AnAddressIsWrittenInNumbers) {
    for (const char* address : {"0.0.0.0", "::", "127.0.0.1", "fd00::1"})
        EXPECT_TRUE(loadSettings({{}, {}, {{"SERVER_ADDRESS", address}}})) << address;
    for (const char* address : {"", "localhost", "127.0.0.1:3000", "256.0.0.1"}) {
        const auto refused = loadSettings({{}, {}, {{"SERVER_ADDRESS", address}}});
        ASSERT_FALSE(refused) << address;
        EXPECT_NE(refused.error().detail.find("server.address"), std::string::npos) << refused.error().detail;
    }
}

TEST_F(SettingsFiles, TheOwnersLayoutIsFound) {
    write("server/config/default.json", "{}");
    write("server/.env", "");
    const auto fromTop = standardSources(folder_, std::nullopt);
    EXPECT_EQ(fromTop.files, std::vector<std::filesystem::path>{folder_ / "server/config/default.json"});
    EXPECT_EQ(fromTop.dotEnvs, std::vector<std::filesystem::path>{folder_ / "server/.env"});
    const auto fromServer = standardSources(folder_ / "server", folder_ / "mine.json");
    EXPECT_EQ(fromServer.files.front(), folder_ / "server/config/default.json");
    EXPECT_EQ(fromServer.files.back(), folder_ / "mine.json");
}

TEST_F(SettingsFiles, SecretsThatThisAccountMayNotReadAreLeftOutWhereTheyAreOptional) {
    const auto secrets = folder_ / "not-readable.env";  // also root reads no file that is not there
    Sources sources{{}, {secrets}, {}, {secrets}};
    const auto without = loadSettings(sources);
    ASSERT_TRUE(without) << without.error().detail;
    EXPECT_EQ(without->unreadable, std::vector<std::string>{secrets.string()});
    EXPECT_TRUE(without->sources.empty());
    sources.optional.clear();
    EXPECT_FALSE(loadSettings(sources));
}

TEST_F(SettingsFiles, TheEnvFileBesideTheChosenConfigurationMustBeReadable) {
    write("server/config/default.json", "{}");
    write("server/.env", "");
    EXPECT_EQ(standardSources(folder_, std::nullopt).optional,
              std::vector<std::filesystem::path>{folder_ / "server/.env"});
    EXPECT_TRUE(standardSources(folder_, folder_ / "server/mine.json").optional.empty());
}

struct Row {
    const char* name;
    const char* text;
    const char* expected;  // after the file's name
};
class WrongSettings : public SettingsFiles, public testing::WithParamInterface<Row> {};
TEST_P(WrongSettings, AreRefusedWithPlaceAndRemedy) {
    const auto file = write("site.json", GetParam().text);
    const auto loaded = loadSettings({{file}, {}, {}});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::BadMessage);
    const std::string expected = file.string() + GetParam().expected;
    EXPECT_EQ(loaded.error().detail.substr(0, expected.size()), expected) << loaded.error().detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WrongSettings,
    testing::Values(
        Row{"UnknownKey", "{\n\"server\": {\n\"prot\": 1 } }",
            ":3: 'server.prot' is no known key; did you mean 'server.port'?"},
        Row{"UnknownGroup", "{\"whispr\": {}}", ":1: 'whispr' is no known key; did you mean 'whisper'?"},
        Row{"KeyInTheWrongGroup", "{\n\"server\": {\"countdownSeconds\": 9}}",
            ":2: 'server.countdownSeconds' is no known key; did you mean 'ticket.countdownSeconds'?"},
        Row{"WrongType", "{\"server\": {\n\"port\": \"3000\"}}", ":2: server.port: must be a whole number"},
        Row{"OutOfRange", "{\"server\": {\"port\": 70000}}",
            ":1: server.port: is no whole number in the range"},
        Row{"WrongChoice", "{\"log\": {\n\n\"level\": \"loud\"}}",
            ":3: log.level: 'loud' is none of debug, info"},
        Row{"ChoiceMisspelt", "{\"log\": {\"level\": \"warnin\"}}",
            ":1: log.level: 'warnin' is none of debug, info, warning, error; did you mean 'warning'?"},
        Row{"NoObject", "{\"server\": 3000}", ":1: 'server' must be an object"},
        Row{"WrongListItem", "{\"server\": {\"cors\": {\"origins\": [\n\"http://a\",\n7]}}}",
            ":3: server.cors.origins[1]: must be a string"},
        Row{"UnknownFieldOfARule", "{\"recording\": {\"doNotRecord\": [\n{\"nummer\": \"1\"}]}}",
            ":2: 'recording.doNotRecord[0].nummer' is no known key; did you mean "
            "'recording.doNotRecord[0].number'?"},
        Row{"FieldOfARuleThatIsLikeNone", "{\"recording\": {\"doNotRecord\": [{}, {\"zzz\": \"1\"}]}}",
            ":1: 'recording.doNotRecord[1].zzz' is no known key; known here are number, organization, "
            "extension, "
            "direction"},
        Row{"UnknownFieldOfATechnician",
            "{\"technicians\": {\"201\": {\n\"name\": \"A\", \"mail\": \"a@b\"}}}",
            ":2: 'technicians.201.mail' is no known key; did you mean 'technicians.201.email'?"},
        Row{"LanguageOfATechnician",
            "{\"technicians\": {\"201\": {\"name\": \"A\",\n\"language\": \"french\"}}}",
            ":2: technicians.201.language: there is no language 'french'; did you mean 'fr'? Write "},
        Row{"LanguageOfTheSite", "{\"whisper\": {\"language\": \"fr-FR\"}}",
            ":1: whisper.language: there is no language 'fr-FR'; did you mean 'fr'?"},
        Row{"LanguageThatIsLikeNone", "{\"whisper\": {\"language\": \"qqqqqqqqqqqqqqqqqqqq\"}}",
            ":1: whisper.language: there is no language 'qqqqqqqqqqqqqqqqqqqq'. Write"},
        Row{"CorrectionOfNothing", "{\"whisper\": {\"corrections\": {\n\"wan drive\": \"\"}}}",
            ":2: whisper.corrections.wan drive: needs what was written"},
        Row{"WrongTypeInARule", "{\"recording\": {\"doNotRecord\": [{\"number\": 7}]}}",
            ":1: recording.doNotRecord[0].number: must be a string"},
        Row{"UnknownCategory",
            "{\"ticket\": {\"categories\": {\n\"netwrok_vpn\": { \"type\": \"PROBLEM\" }}}}",
            ":2: ticket.categories.netwrok_vpn: there is no such category; did you mean 'network_vpn'? There "
            "are "},
        Row{"CategoryLikeOneOfTheCompanysOwn",
            "{\"analysis\": {\"categories\": {\"erp_sage\": {\"french\": \"Sage\", \"within\": "
            "\"software_application\"}}},\n\"ticket\": {\"categories\": {\"erp_sag\": {\"type\": "
            "\"PROBLEM\"}}}}",
            ":2: ticket.categories.erp_sag: there is no such category; did you mean 'erp_sage'? There are "},
        Row{"MoreWorkersThanAnyMachineCarries", "{\"whisper\": {\"workers\": 65}}",
            ":1: whisper.workers: 65 is outside 0 to 64"},
        Row{"ASilenceThatEndsEveryWord", "{\"whisper\": {\"endSilenceMs\": 100}}",
            ":1: whisper.endSilenceMs: 100 is outside 250 to 2000"},
        Row{"AudioKeptForLongerThanAWeek", "{\"whisper\": {\"afterCall\": {\"maxHours\": 169}}}",
            ":1: whisper.afterCall.maxHours: 169 is outside 1 to 168"},
        Row{"AnalysisTooImpatient", "{\"analysis\": {\"timeoutMs\": 0}}",
            ":1: analysis.timeoutMs: 0 is outside 100 to 60000"},
        Row{"Secret", "{\"ninja\": {\n\"clientSecret\": \"x\"}}",
            ":2: 'ninja.clientSecret' is a secret and may not stand in a file; remove it and set "
            "NINJA_CLIENT_SECRET"},
        Row{"CountdownTooLong", "{\"ticket\": {\"countdownSeconds\": 0}}",
            ":1: ticket.countdownSeconds: 0 is outside 1 to 600"},
        Row{"HalfOfTls", "{\"server\": {\"tls\": {\"keyFile\": \"k.pem\"}}}", ":1: server.tls: needs both"},
        Row{"OriginWithPath", "{\"server\": {\"cors\": {\"origins\": [\"http://a/\"]}}}",
            ":1: server.cors.origins: 'http://a/' must look like"},
        Row{"NoUrl", "{\"ninja\": {\"apiUrl\": \"app.ninjarmm.com\"}}",
            ":1: ninja.apiUrl: must begin with https:// (the host on which you log in), or be a region: us, "
            "us2, "
            "eu, ca, oc, fed"},
        Row{"UrlOfAnotherPath", "{\"ninja\": {\"apiUrl\": \"https://app.ninjarmm.com/api/v1\"}}",
            ":1: ninja.apiUrl: has the path '/api/v1' and needs /api/v2"},
        Row{"UrlWithUser", "{\"ninja\": {\"apiUrl\": \"https://me@app.ninjarmm.com/api/v2\"}}",
            ":1: ninja.apiUrl: must be https://HOST/api/v2, without a user"},
        Row{"SecretInClear", "{\"ninja\": {\"apiUrl\": \"http://127.ninja.example/api/v2\"}}",
            ":1: ninja.apiUrl: must begin with https://: the client's secret is sent there"},
        Row{"NoCountry", "{\"pbx\": {\n\"country\": \"UK\"}}",
            ":2: pbx.country: must be a country's two capital letters, such as \"FR\""},
        Row{"NoSuchWayToThePbx", "{\"pbx\": {\n\"mode\": \"callcontrol\"}}", ":2: pbx.mode"},
        Row{"PbxAskedTooOften", "{\"pbx\": {\"pollMs\": 100}}",
            ":1: pbx.pollMs: 100 is outside 500 to 60000"},
        Row{"PbxAskedTooSeldom", "{\"pbx\": {\"idlePollMs\": 60001}}",
            ":1: pbx.idlePollMs: 60001 is outside 500 to 60000"},
        Row{"SecretOfThePbx", "{\"pbx\": {\n\"password\": \"x\"}}", ":2: 'pbx.password' is a secret"},
        Row{"NoWaitIsLong", "{\"pbx\": {\n\"longWaitSeconds\": 0}}",
            ":2: pbx.longWaitSeconds: 0 is outside 1 to 3600"},
        Row{"StatesOnceADay", "{\"pbx\": {\n\"statesSeconds\": 86400}}",
            ":2: pbx.statesSeconds: 86400 is outside 0 to 3600"},
        Row{"QueuesBefore", "{\"pbx\": {\n\"queuesSeconds\": -1}}",
            ":2: pbx.queuesSeconds: -1 is outside 0 to 3600"},
        Row{"RecordingsWithoutTime", "{\"pbx\": {\n\"recordingWaitMinutes\": 0}}",
            ":2: pbx.recordingWaitMinutes: 0 is outside 1 to 1440"},
        Row{"EmptyRule", "{\"recording\": {\"doNotRecord\": [{}]}}",
            ":1: recording.doNotRecord: a rule without"},
        Row{"Cluster", "{\"redis\": {\"url\": \"redis://a\"}}",
            ":1: redis.url: this version runs on one machine"}),
    [](const auto& info) { return std::string{info.param.name}; });

/// `analysis` with a custom category, each part on a line of its own.
std::string analysisOf(const std::string& rest) {
    return "{ \"analysis\": {\n\"categories\": { \"erp_sage\": { \"french\": \"ERP Sage\", "
           "\"within\": \"software_application\", \"phrases\": [\"sage\"] } },\n" +
           rest + "\n} }";
}

class WrongAnalysis : public SettingsFiles, public testing::WithParamInterface<Row> {};
TEST_P(WrongAnalysis, IsRefusedWithPlaceAndRemedy) {
    const std::string text = GetParam().text;
    const auto file =
        write("site.json",
              text.starts_with("\"categories\"") ? "{ \"analysis\": {\n" + text + "\n} }" : analysisOf(text));
    const auto loaded = loadSettings({{file}, {}, {}});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::BadMessage);
    const std::string expected = file.string() + GetParam().expected;
    EXPECT_EQ(loaded.error().detail.substr(0, expected.size()), expected) << loaded.error().detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WrongAnalysis,
    testing::Values(
        Row{"UnknownKey", R"("keyword": {})",
            ":3: 'analysis.keyword' is no known key; did you mean 'analysis.keywords'?"},
        Row{"UnknownKeyOfACategory", R"("categories": { "a": { "french": "A", "withn": "email" } })",
            ":2: 'analysis.categories.a.withn' is no known key; did you mean "
            "'analysis.categories.a.within'?"},
        Row{"CategoryWithinNone", R"("categories": { "a": { "french": "A" } })",
            ":2: analysis.categories.a.within: is missing"},
        Row{"CategoryWithinAnUnknownOne",
            R"("categories": { "a": { "french": "A",
"within": "emial" } })",
            ":3: analysis.categories.a.within: 'emial' is none of account_password, "},
        Row{"CategoryWithoutAName", R"("categories": { "a": { "french": " ", "within": "email" } })",
            ":2: analysis.categories.a.french: must be a text of at most 120 bytes"},
        Row{"IdWithASpace", R"("categories": { "my erp": { "french": "A", "within": "email" } })",
            ":2: analysis.categories.my erp: 'my erp' must be a name of a-z, 0-9, _ and - that begins with a "
            "letter"},
        Row{"IdWithCapitals", R"("categories": { "ERP": { "french": "A", "within": "email" } })",
            ":2: analysis.categories.ERP: 'ERP' must be a name of a-z"},
        Row{"IdThatIsTheProductsTag", R"("categories": { "3cx": { "french": "A", "within": "email" } })",
            ":2: analysis.categories.3cx: '3cx' must be a name"},
        Row{"IdOfABuiltInCategory", R"("categories": { "email": { "french": "A", "within": "email" } })",
            ":2: analysis.categories.email: there is a built-in category of that name; add phrases to it by "
            "analysis.keywords.email"},
        Row{"IdTwice",
            R"("categories": { "a": { "french": "A", "within": "email" },
"a": { "french": "B", "within": "email" } })",
            ":3: 'analysis.categories.a' is there twice"},
        Row{"EmptyPhrase",
            R"("categories": { "a": { "french": "A", "within": "email", "phrases": ["mail",
""] } })",
            ":3: analysis.categories.a.phrases[1]: '' has no word to look for"},
        Row{"PhraseOfNoText", R"("keywords": { "email": [7] })",
            ":3: analysis.keywords.email[0]: must be a string"},
        Row{"PhraseOfAGap", R"("keywords": { "email": ["~"] })",
            ":3: analysis.keywords.email[0]: '~' has no word to look for"},
        Row{"PhraseOfAStar", R"("keywords": { "email": ["*"] })",
            ":3: analysis.keywords.email[0]: '*' has a * after fewer than two letters"},
        Row{"StarInsideAWord", R"("keywords": { "email": ["out*look"] })",
            ":3: analysis.keywords.email[0]: 'out*look' has a * that is not at the end of a word"},
        Row{"KeywordsOfAnUnknownCategory", R"("keywords": { "emial": ["mail"] })",
            ":3: analysis.keywords.emial: there is no such category; did you mean 'email'? There are "},
        Row{"KeywordsOfACustomCategory", R"("keywords": { "erp_sage": ["mail"] })",
            ":3: analysis.keywords.erp_sage: are for built-in categories; one of your own has "
            "analysis.categories.erp_sage.phrases"},
        Row{"RuleWithoutAnId", R"("rules": [{ "when": { "phrases": ["a b"] }, "priority": "LOW" }])",
            ":3: analysis.rules[0].id: is missing"},
        Row{"RuleWithoutConditions", R"("rules": [{ "id": "a", "priority": "LOW" }])",
            ":3: analysis.rules[0].when: is missing"},
        Row{"RuleForEveryCall", R"("rules": [{ "id": "a", "when": {}, "priority": "LOW" }])",
            ":3: analysis.rules[0].when: needs phrases, category or customCategory"},
        Row{"RuleThatChangesNothing", R"("rules": [{ "id": "a", "when": { "category": "email" } }])",
            ":3: analysis.rules[0]: changes nothing; name category,"},
        Row{"RuleTwice",
            R"("rules": [{ "id": "a", "when": { "category": "email" }, "priority": "LOW" },
{ "id": "a", "when": { "category": "email" }, "priority": "LOW" }])",
            ":4: analysis.rules[1].id: 'a' is there twice; each needs its own"},
        Row{"UnknownCondition", R"("rules": [{ "id": "a", "when": { "phrase": ["a"] }, "priority": "LOW" }])",
            ":3: 'analysis.rules[0].when.phrase' is no known key; did you mean "
            "'analysis.rules[0].when.phrases'?"},
        Row{"UnknownPriority",
            R"("rules": [{ "id": "a", "when": { "category": "email" }, "priority": "HIHG" }])",
            ":3: analysis.rules[0].priority: 'HIHG' is none of LOW, MEDIUM, HIGH; did you mean 'HIGH'?"},
        Row{"UnknownSpeaker",
            R"("rules": [{ "id": "a", "when": { "phrases": ["a"], "speaker": "client" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.speaker: 'client' is none of agent, customer"},
        Row{"SpeakerOfNothing",
            R"("rules": [{ "id": "a", "when": { "category": "email", "speaker": "agent" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.speaker: says who says the phrases"},
        Row{"RuleOfAnUnknownCategory",
            R"("rules": [{ "id": "a", "when": { "category": "emial" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.category: 'emial' is none of account_password"},
        Row{"RuleForAnUnknownCustomCategory",
            R"("rules": [{ "id": "a", "when": { "phrases": ["a"] }, "customCategory": "erp_sgae" }])",
            ":3: analysis.rules[0].customCategory: analysis.categories has no 'erp_sgae'; did you mean "
            "'erp_sage'? "},
        Row{"RuleUponAnUnknownCustomCategory",
            R"("rules": [{ "id": "a", "when": { "customCategory": "zzzzzzzzzz" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.customCategory: analysis.categories has no 'zzzzzzzzzz'; There are "
            "erp_sage"},
        Row{"BuiltInCategoryAsACustomOne",
            R"("rules": [{ "id": "a", "when": { "customCategory": "email" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.customCategory: analysis.categories has no 'email'; it is a built-in "
            "one"},
        Row{"CustomCategoryInAnotherCategory",
            R"("rules": [{ "id": "a", "when": { "phrases": ["a"] }, "customCategory": "erp_sage", "category": "email" }])",
            ":3: analysis.rules[0].category: 'erp_sage' is within software_application; leave this out"},
        Row{"RuleThatCanNeverApply",
            R"("rules": [{ "id": "a", "when": { "customCategory": "erp_sage", "category": "email" }, "priority": "LOW" }])",
            ":3: analysis.rules[0].when.category: the rule would never apply"},
        Row{"AlertInEveryCall", R"("alerts": [{ "id": "a" }])",
            ":3: analysis.alerts[0]: needs phrases or mood"},
        Row{"AlertIdWithASpace", R"("alerts": [{ "id": "wants manager", "mood": "negative" }])",
            ":3: analysis.alerts[0].id: 'wants manager' must be a name of a-z, A-Z, 0-9, _ and - that"},
        Row{"EnabledAlertWithoutConditions", R"("alerts": [{ "id": "wantsManager", "enabled": true }])",
            ":3: analysis.alerts[0]: needs phrases or mood"},
        Row{"AlertTwice",
            R"("alerts": [{ "id": "a", "mood": "negative" }, { "id": "a", "mood": "negative" }])",
            ":3: analysis.alerts[1].id: 'a' is there twice"},
        Row{"UnknownMood", R"("alerts": [{ "id": "a", "mood": "negativ" }])",
            ":3: analysis.alerts[0].mood: 'negativ' is none of negative, neutral, positive; did you mean "
            "'negative'?"},
        Row{"NoTimes", R"("alerts": [{ "id": "a", "phrases": ["mot"], "times": 0 }])",
            ":3: analysis.alerts[0].times: 0 is outside 1 to 100"},
        Row{"WindowOfOneTime", R"("alerts": [{ "id": "a", "phrases": ["mot"], "withinSeconds": 60 }])",
            ":3: analysis.alerts[0].withinSeconds: says in how long the phrases come several times"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(SettingsFiles, ABuiltInAlertMayBeReplacedOrSwitchedOff) {
    const auto file = write("site.json", analysisOf(R"("alerts": [
{ "id": "wantsManager", "enabled": false },
{ "id": "angryCustomer", "phrases": ["scandaleux"], "speaker": "customer" }])"));
    const auto loaded = loadSettings({{file}, {}, {}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    ASSERT_EQ(loaded->settings.analysis.alerts.size(), 2U);
    EXPECT_EQ(loaded->settings.analysis.alerts[0].id, "wantsManager");
    EXPECT_EQ(loaded->settings.analysis.alerts[0].enabled, false);
    EXPECT_EQ(loaded->settings.analysis.alerts[1].id, "angryCustomer");
}

TEST_F(SettingsFiles, TooManyRulesAndPhrasesAreRefused) {
    std::string rules;
    for (int i = 0; i < 201; ++i)
        rules += std::string{i > 0 ? "," : ""} + R"({ "id": "r)" + std::to_string(i) +
                 R"(", "when": { "category": "email" }, "priority": "LOW" })";
    std::string phrases;
    for (int i = 0; i < 2'001; ++i) phrases += (i > 0 ? ",\"mot " : "\"mot ") + std::to_string(i) + "\"";
    for (const auto& [text, problem] : std::map<std::string, std::string>{
             {"\"rules\": [" + rules + "]", ":3: analysis.rules: has 201 entries; there may be 200"},
             {"\"keywords\": { \"email\": [" + phrases + "] }",
              ":3: analysis.keywords.email: analysis has more than 2000 phrases by here"}}) {
        const auto file = write("site.json", analysisOf(text));
        const auto loaded = loadSettings({{file}, {}, {}});
        ASSERT_FALSE(loaded);
        EXPECT_TRUE(loaded.error().detail.starts_with(file.string() + problem)) << loaded.error().detail;
    }
}

TEST_F(SettingsFiles, NinjaOneIsNamedByItsRegionOrByTheTenantsOwnHost) {
    for (const auto& [written, meant] : std::map<std::string, std::string>{
             {"us", "https://app.ninjarmm.com/api/v2"},
             {"us2", "https://us2.ninjarmm.com/api/v2"},
             {"eu", "https://eu.ninjarmm.com/api/v2"},
             {"ca", "https://ca.ninjarmm.com/api/v2"},
             {"oc", "https://oc.ninjarmm.com/api/v2"},
             {"fed", "https://fed.ninjarmm.com/api/v2"},
             {"https://acme.rmmservice.com", "https://acme.rmmservice.com/api/v2"},
             {"https://acme.rmmservice.com/", "https://acme.rmmservice.com/api/v2"},
             {"https://eu.ninjarmm.com/api/v2/", "https://eu.ninjarmm.com/api/v2"},
             {"https://eu.ninjarmm.com/v2", "https://eu.ninjarmm.com/v2"},
             {"http://127.0.0.1:8080/api/v2", "http://127.0.0.1:8080/api/v2"},
             {"http://[::1]:8080", "http://[::1]:8080/api/v2"}}) {
        const auto file = write("site.json", R"({"ninja": {"apiUrl": ")" + written + R"("}})");
        const auto loaded = loadSettings({{file}, {}, {}});
        ASSERT_TRUE(loaded) << loaded.error().detail;
        EXPECT_EQ(loaded->settings.ninja.apiUrl, meant);
    }
}

TEST_F(SettingsFiles, ATechnicianMayHaveALanguage) {
    const auto file = write("site.json", R"({"technicians": {"201": {"name": "A", "language": "en"},
        "202": {"name": "B", "language": "auto"}, "203": {"name": "C"}},
        "whisper": {"corrections": {"wan drive": "OneDrive"}}})");
    const auto loaded = loadSettings({{file}, {}, {}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.technicians.at("201").language, "en");
    EXPECT_EQ(loaded->settings.technicians.at("202").language, "auto");
    EXPECT_EQ(loaded->settings.technicians.at("203").language, std::nullopt);
    EXPECT_EQ(loaded->settings.whisper.corrections.at("wan drive"), "OneDrive");
}

/// The example in a manual that begins so.
std::string exampleIn(const std::string& manual, const std::string& beginning) {
    std::ifstream file{manual};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const std::size_t example = text.find(beginning);
    return example == std::string::npos ? "" : text.substr(example, text.find("```", example) - example);
}

TEST_F(SettingsFiles, TheManualsExampleOfAnAnalysisIsOneThatLoads) {
    const auto loaded =
        loadSettings({{"server/config/default.json",
                       write("site.json", exampleIn("docs/CONFIGURATION.md", "{ \"analysis\": {"))},
                      {},
                      {}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    const AnalysisSettings& analysis = loaded->settings.analysis;
    EXPECT_EQ(analysis.categories.at("erp_sage").within, protocol::Category::SoftwareApplication);
    EXPECT_FALSE(analysis.keywords.empty());
    EXPECT_GE(analysis.rules.size(), 2U);
    EXPECT_GE(analysis.alerts.size(), 2U);
    EXPECT_TRUE(loaded->settings.ticket.categories.contains("erp_sage"));
}

TEST_F(SettingsFiles, TheManualsExampleOfARuleIsOneThatLoads) {
    for (const char* manual : {"docs/CONFIGURATION.md", "README.md", "README.fr.md"}) {
        const auto loaded =
            loadSettings({{"server/config/default.json",
                           write("rule.json", exampleIn(manual, "{ \"ticket\": { \"categories\""))},
                          {},
                          {}});
        ASSERT_TRUE(loaded) << manual << ": " << loaded.error().detail;
        const auto& rules = loaded->settings.ticket.categories;
        ASSERT_TRUE(rules.contains("procurement_licence")) << manual;
        const TicketRule& rule = rules.at("procurement_licence");
        EXPECT_EQ(rule.type, protocol::TicketType::ServiceRequest);
        EXPECT_EQ(rule.priority, protocol::Priority::Low);
        EXPECT_EQ(rule.status, "2001");
        EXPECT_EQ(rule.ticketFormId, 2);
        EXPECT_EQ(rule.attributes.at("56"), "C-2026");
    }
}

TEST(Languages, TheNearestIsTheOneThatWasMeant) {
    for (const auto& [written, meant] : std::map<std::string, std::string>{{"French", "fr"},
                                                                           {"français", "fr"},
                                                                           {"fr_CA", "fr"},
                                                                           {"anglais", "en"},
                                                                           {"en-GB", "en"},
                                                                           {"englsh", "en"},
                                                                           {"germn", "de"},
                                                                           {"jp", "ja"},
                                                                           {"FR", "fr"},
                                                                           {"automatc", "auto"},
                                                                           {"", ""},
                                                                           {"zzzzzzzzzzzz", ""}})
        EXPECT_EQ(nearestLanguage(written), meant) << written;
    EXPECT_TRUE(isLanguage("haw"));
    EXPECT_TRUE(isLanguage("auto"));
    EXPECT_FALSE(isLanguage("FR"));
    EXPECT_FALSE(isLanguage(""));
}

TEST(SettingsEnvironment, NamesTheVariable) {
    const auto wrong = loadSettings({{}, {}, {{"SERVER_PORT", "99999"}}});
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().detail.starts_with("environment variable SERVER_PORT: server.port"))
        << wrong.error().detail;
}

TEST(SettingsEnvironment, RefusesAShortApiKey) {
    const auto loaded = loadSettings({{}, {}, {{"API_KEY", "secret"}}});
    ASSERT_FALSE(loaded);
    EXPECT_TRUE(loaded.error().detail.starts_with("API_KEY: shorter than 16")) << loaded.error().detail;
}

TEST(SettingsFile, ThatIsMissingIsNamed) {
    const auto loaded = loadSettings({{"/nowhere/site.json"}, {}, {}});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::Io);
    EXPECT_TRUE(loaded.error().detail.starts_with("/nowhere/site.json: ")) << loaded.error().detail;
}

}  // namespace
}  // namespace ninja3cx::config
