#include "server/app/options.hpp"

#include "server/app/language_model.hpp"
#include "server/config/countries.hpp"
#include "server/config/languages.hpp"
#include "server/transcription/whisper_decoder.hpp"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

namespace ninja3cx::app {
namespace {

using namespace std::chrono_literals;

TEST(ServerOptions, NoticeAPeerThatIsGoneWithoutAWordWithinFifteenSeconds) {
    const auto settings = config::loadSettings({})->settings;
    // One interval until it is silent, two in which it answers no ping, and one more before it is given up.
    EXPECT_LE(4 * serverOptions(settings.server).pingInterval, 15s);
}

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

TEST(LanguageModel, IsNoneUnlessOneIsConfigured) {
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    EXPECT_FALSE(hasLanguageModel(setting.settings));
    setting.settings.analysis.languageModel.url = "http://10.0.0.2:8080/v1";
    EXPECT_TRUE(hasLanguageModel(setting.settings));
}

TEST(LanguageModel, IsWaitedForALittleShorterThanThePopup) {
    config::AnalysisSettings analysis = config::loadSettings({})->settings.analysis;
    EXPECT_EQ(improvingOptions(analysis).patience, 2'700ms);
    EXPECT_EQ(improvingOptions(analysis).timeout, 30s);
    EXPECT_TRUE(improvingOptions(analysis).masksPersonalData);
    analysis.timeoutMs = 400;
    EXPECT_EQ(improvingOptions(analysis).patience, 300ms);
}

TEST(HubOptions, TakeTheLanguageOfAnExtension) {
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    setting.settings.technicians["201"] = {"Alice", {}, {}, "en"};
    setting.settings.technicians["202"] = {"Bob", {}, {}, {}};
    using Languages = std::map<std::string, calls::CallLanguage>;
    EXPECT_EQ(hubOptions(setting, "base").languages, (Languages{{"201", {"en", "en"}}}));
    setting.settings.analysis.language = config::AnalysisLanguage::Fr;
    EXPECT_EQ(hubOptions(setting, "base").languages, (Languages{{"201", {"en", "fr"}}}));
}

TEST(HubOptions, ReadNumbersAsInTheCountryOfTheSite) {
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    const auto formsOf = [&](const std::string& number) {
        return hubOptions(setting, "base").numberForms(number);
    };
    EXPECT_EQ(formsOf("0212345678"), (std::vector<std::string>{"0212345678", "+33212345678"}));
    setting.settings.pbx.country = "IT";
    EXPECT_EQ(formsOf("0212345678"), (std::vector<std::string>{"0212345678", "+390212345678"}));
    EXPECT_EQ(directoryOptions(setting.settings).plan.country, "IT");
}

TEST(PbxOptions, WatchQueuesAndFetchRecordingsAsConfigured) {
    using namespace std::chrono_literals;
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    EXPECT_FALSE(hubOptions(setting, "base").fetchesRecordings) << "there is no PBX";
    setting.settings.pbx.url = "https://pbx.example.com";
    EXPECT_TRUE(hubOptions(setting, "base").fetchesRecordings);
    EXPECT_EQ(hubOptions(setting, "base").longWait, 60s);
    setting.settings.pbx.recordings = false;
    setting.settings.pbx.longWaitSeconds = 90;
    setting.settings.pbx.statesSeconds = 0;
    setting.settings.pbx.recordingWaitMinutes = 30;
    setting.settings.pbx.extensions = {"201"};
    EXPECT_FALSE(hubOptions(setting, "base").fetchesRecordings);
    EXPECT_EQ(hubOptions(setting, "base").longWait, 90s);
    const auto watch = siteWatchOptions(setting.settings.pbx);
    EXPECT_EQ(watch.statesEvery, 0s);
    EXPECT_EQ(watch.queuesEvery, 5s);
    EXPECT_EQ(watch.extensions, std::vector<std::string>{"201"});
    EXPECT_EQ(hubOptions(setting, "base").recordingWait, 30min);
    EXPECT_EQ(recordingFetchOptions(setting.settings.pbx).limit, 30min);
}

TEST(Countries, AreThoseWithANumberingPlan) {
    const auto& plans = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
    for (char first = 'A'; first <= 'Z'; ++first)
        for (char second = 'A'; second <= 'Z'; ++second) {
            const std::string code{first, second};
            EXPECT_EQ(config::isCountry(code), plans.GetCountryCodeForRegion(code) != 0) << code;
        }
    for (const char* code : {"", "F", "fr", "FRA", "R ", " F", "C AD"})
        EXPECT_FALSE(config::isCountry(code)) << code;
}

TEST(NinjaPace, IsThatOfTheRestUnlessABenchmarkSaysOtherwise) {
    Setting setting;
    setting.settings.ninja.apiUrl = "https://app.ninjarmm.com/api/v2";
    EXPECT_EQ(ninjaPace(setting)->speed, 1);
    setting.settings.ninja.apiUrl = "http://127.0.0.1:4000/api/v2";
    setting.arguments.values["ninja-speed"] = "2.5@1767225600000";
    const auto pace = ninjaPace(setting);
    ASSERT_TRUE(pace) << pace.error().detail;
    EXPECT_EQ(pace->speed, 2.5);
    EXPECT_EQ(pace->origin, fromEpochMs(1'767'225'600'000));
}

TEST(NinjaPace, IsRefusedForARealNinjaOneAndWhenItCannotBeRead) {
    Setting setting;
    setting.arguments.values["ninja-speed"] = "20@1767225600000";
    for (const char* address : {"https://app.ninjarmm.com/api/v2", "https://127.0.0.1:4000/api/v2",
                                "http://ninja.example/api/v2", ""}) {
        setting.settings.ninja.apiUrl = address;
        EXPECT_FALSE(ninjaPace(setting)) << address;
    }
    setting.settings.ninja.apiUrl = "http://localhost:4000/api/v2";
    EXPECT_TRUE(ninjaPace(setting));
    for (const char* wrong :
         {"", "20", "@5", "20@", "0@5", "-1@5", "nan@5", "inf@5", "1e9@5", "20@5x", "20x@5"}) {
        setting.arguments.values["ninja-speed"] = wrong;
        EXPECT_FALSE(ninjaPace(setting)) << wrong;
    }
}

config::Settings withARule() {
    config::Settings settings = config::loadSettings({})->settings;
    config::TicketRule rule;
    rule.type = protocol::TicketType::ServiceRequest;
    rule.priority = protocol::Priority::High;
    rule.status = "2001";
    rule.ticketFormId = 2;
    rule.attributes = {{"56", "C-2026"}};
    settings.ticket.categories["procurement_licence"] = rule;
    settings.technicians["201"] = {"Alice", "alice@exemple.fr", {}, {}};
    return settings;
}

TEST(HubOptions, TakeTheRulesByCategory) {
    Setting setting;
    setting.settings = withARule();
    const auto rules = hubOptions(setting, "base").categoryRules;
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(rules[0].category, protocol::Category::ProcurementLicence);
    EXPECT_EQ(rules[0].priority, protocol::Priority::High);
    EXPECT_EQ(rules[0].status, "2001");
    EXPECT_EQ(rules[0].ticketFormId, 2);
    EXPECT_EQ(rules[0].attributes, (std::vector<protocol::AttributeValue>{{56, "C-2026"}}));
}

TEST(TenantWishes, HoldTheRulesAndTheMarkersAttribute) {
    const ticketing::TenantWishes wishes = tenantWishes(withARule());
    EXPECT_EQ(wishes.callIdAttribute, "Call ID");
    EXPECT_EQ(wishes.technicianNames.at("201"), "Alice");
    const protocol::DraftFields& rule = wishes.rules.at("ticket.categories.procurement_licence");
    EXPECT_EQ(rule.status, "2001");
    EXPECT_EQ(rule.ticketFormId, 2);
    EXPECT_EQ(rule.attributes, (std::vector<protocol::AttributeValue>{{56, "C-2026"}}));
}

config::Settings withOwnCategories() {
    config::Settings settings = withARule();
    config::AnalysisSettings& analysis = settings.analysis;
    analysis.categories["erp_sage"] = {"ERP Sage", {}, protocol::Category::SoftwareApplication, {"sage"}};
    analysis.keywords["network_vpn"] = {"tunnel*"};
    analysis.rules.resize(1);
    analysis.rules[0].id = "paie";
    analysis.rules[0].when = {{"paie"}, protocol::Speaker::Customer, {}, "erp_sage"};
    analysis.rules[0].priority = protocol::Priority::High;
    analysis.rules[0].ticketWarranted = true;
    analysis.alerts.resize(4);
    analysis.alerts[0] = {"depart", "Parle de partir", {"résili*"}, protocol::Speaker::Customer, {}, 2, 120};
    analysis.alerts[1] = {"fâché", {}, {}, {}, protocol::Sentiment::Negative, {}, {}};
    analysis.alerts[2].id = "wantsManager";
    analysis.alerts[2].enabled = false;
    analysis.alerts[3] = {"security", {}, {"virus"}, {}, {}, {}, {}};
    config::TicketRule rule;
    rule.type = protocol::TicketType::Problem;
    rule.status = "2002";
    settings.ticket.categories["erp_sage"] = rule;
    return settings;
}

TEST(SiteRules, AreWhatTheConfigurationSays) {
    const analysis::SiteRules rules = siteRules(withOwnCategories().analysis);
    ASSERT_EQ(rules.categories.size(), 1U);
    EXPECT_EQ(rules.categories[0].id, "erp_sage");
    EXPECT_EQ(rules.categories[0].english, "ERP Sage") << "as in French where nothing is said";
    EXPECT_EQ(rules.categories[0].within, protocol::Category::SoftwareApplication);
    EXPECT_EQ(rules.keywords.at(protocol::Category::NetworkVpn), std::vector<std::string>{"tunnel*"});
    ASSERT_EQ(rules.rules.size(), 1U);
    EXPECT_EQ(rules.rules[0].when.phrases, std::vector<std::string>{"paie"});
    EXPECT_EQ(rules.rules[0].when.speaker, protocol::Speaker::Customer);
    EXPECT_EQ(rules.rules[0].when.customCategory, "erp_sage");
    EXPECT_EQ(rules.rules[0].priority, protocol::Priority::High);
    EXPECT_EQ(rules.rules[0].ticketWarranted, true);
    ASSERT_EQ(rules.alerts.size(), 4U);
    EXPECT_EQ(rules.alerts[0].text, "Parle de partir");
    EXPECT_EQ(rules.alerts[0].times, 2);
    EXPECT_EQ(rules.alerts[0].within, 120s);
    EXPECT_EQ(rules.alerts[1].text, "fâché") << "its id where nothing is said";
    EXPECT_EQ(rules.alerts[1].mood, protocol::Sentiment::Negative);
    EXPECT_EQ(rules.alerts[1].times, 1);
    EXPECT_FALSE(rules.alerts[1].within);
    EXPECT_FALSE(rules.alerts[1].isOff);
    EXPECT_TRUE(rules.alerts[2].isOff);
    EXPECT_EQ(rules.alerts[3].text, "") << "faces know the built-in ones by their id";
}

TEST(HubOptions, TakeTheRulesOfCustomCategoriesWithinTheirs) {
    Setting setting;
    setting.settings = withOwnCategories();
    const auto rules = hubOptions(setting, "base").categoryRules;
    const auto sage = std::ranges::find(rules, "erp_sage", &calls::CategoryRule::customCategory);
    ASSERT_NE(sage, rules.end());
    EXPECT_EQ(sage->category, protocol::Category::SoftwareApplication);
    EXPECT_EQ(sage->type, protocol::TicketType::Problem);
    EXPECT_EQ(tenantWishes(setting.settings).rules.at("ticket.categories.erp_sage").status, "2002")
        << "doctor names the key";
}

TEST(Languages, AreThoseThatWhisperKnows) {
    int count = 0;
    const auto tryCode = [&count](const std::string& code) {
        if (!config::isLanguage(code)) return;
        ++count;
        EXPECT_TRUE(transcription::checkLanguage(code)) << code;
    };
    for (char first = 'a'; first <= 'z'; ++first)
        for (char second = 'a'; second <= 'z'; ++second) {
            tryCode({first, second});
            for (char third = 'a'; third <= 'z'; ++third) tryCode({first, second, third});
        }
    EXPECT_EQ(count, 100);
    EXPECT_TRUE(transcription::checkLanguage("auto"));
}

TEST(Dictionary, HoldsTheConfigurationAndTheDirectory) {
    config::WhisperSettings whisper;
    whisper.prompt = "Support.";
    whisper.vocabulary = {"Outlook"};
    whisper.corrections = {{"wan drive", "OneDrive"}};
    directory::DirectoryCopy copy;
    copy.organizations = {{7, "Exemple SARL"}};
    protocol::Contact contact;
    contact.name = "Claire Martin";
    copy.people.push_back(contact);
    contact.name = "info@exemple.fr";
    copy.people.push_back(contact);
    contact.name = "Luc Ancien";
    contact.isActive = false;
    copy.people.push_back(contact);
    const transcription::Dictionary made = dictionary(whisper, copy);
    EXPECT_EQ(made.prompt, "Support.");
    EXPECT_EQ(made.words, std::vector<std::string>{"Outlook"});
    EXPECT_EQ(made.corrections.at("wan drive"), "OneDrive");
    EXPECT_EQ(made.organizations, std::vector<std::string>{"Exemple SARL"});
    EXPECT_EQ(made.people, std::vector<std::string>{"Claire Martin"});
}

TEST(PbxSetups, ComeFromTheConfiguration) {
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    EXPECT_EQ(pbxSetup(setting).mode, telephony::PbxMode::Auto);
    EXPECT_EQ(pbxSetup(setting).pollInterval, std::chrono::seconds{1});
    EXPECT_EQ(pbxSetup(setting).idleInterval, std::chrono::seconds{2});
    EXPECT_FALSE(pbxSite(setting).hasConsoleLogin);
    setting.settings.pbx.url = "https://pbx.example/";
    setting.settings.pbx.mode = config::PbxMode::Legacy;
    setting.settings.technicians["201"] = {};
    setting.secrets.pbxUser = "admin";
    setting.secrets.pbxPassword = "secret";
    const telephony::PbxSetup setup = pbxSetup(setting);
    EXPECT_EQ(setup.access.baseUrl, "https://pbx.example") << "paths are put behind it";
    EXPECT_EQ(setup.access.user, "admin");
    EXPECT_EQ(setup.mode, telephony::PbxMode::Legacy);
    EXPECT_TRUE(setup.extensions.empty()) << "calls of others are seen too";
    EXPECT_EQ(setup.expected, std::vector<std::string>{"201"});
    EXPECT_TRUE(pbxSite(setting).hasConsoleLogin);
    setting.settings.pbx.extensions = {"205"};
    EXPECT_EQ(pbxSite(setting).expected, std::vector<std::string>{"205"});
}

}  // namespace
}  // namespace ninja3cx::app
