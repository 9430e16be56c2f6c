#include "agent/app/set_up.hpp"

#include "agent/app/pairing.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/discovery/found_servers.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace ninja3cx::agent {
namespace {

constexpr crypto::KeyFingerprint keyOf(std::uint8_t byte) {
    crypto::KeyFingerprint key;
    key.bytes.fill(byte);
    return key;
}
constexpr crypto::KeyFingerprint kOne = keyOf(1);
constexpr crypto::KeyFingerprint kOther = keyOf(2);

struct Row {
    const char* name;
    bool isVouchedFor;
    bool isPaired;
    std::optional<crypto::KeyFingerprint> pinned;
    std::optional<crypto::KeyFingerprint> asked;
    Pairing expected;
};
class PairingOf : public testing::TestWithParam<Row> {};
TEST_P(PairingOf, AServerThatShowsKeyOne) {
    const Row& row = GetParam();
    std::optional<PairedServer> known;
    if (row.isPaired) known = PairedServer{"https://one:3000", row.pinned};
    EXPECT_EQ(pairingOf({kOne, row.isVouchedFor ? "" : "self-signed certificate"}, known, row.asked),
              row.expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PairingOf,
    testing::Values(Row{"FirstSightOfASelfSignedOne", false, false, {}, {}, Pairing::Pinned},
                    Row{"FirstSightOfATrustedOne", true, false, {}, {}, Pairing::Trusted},
                    Row{"TheKeyThatWasAskedFor", false, false, {}, kOne, Pairing::Pinned},
                    Row{"AskedForThoughTrusted", true, false, {}, kOne, Pairing::Pinned},
                    Row{"NotTheKeyThatWasAskedFor", false, false, {}, kOther, Pairing::NotAsked},
                    Row{"NotAskedForThoughTrusted", true, false, {}, kOther, Pairing::NotAsked},
                    Row{"NotAskedForThoughPinned", false, true, kOne, kOther, Pairing::NotAsked},
                    Row{"AsItWasPinned", false, true, kOne, {}, Pairing::Unchanged},
                    Row{"AsItWasPinnedAndAskedFor", false, true, kOne, kOne, Pairing::Unchanged},
                    Row{"AnotherKeyThanPinned", false, true, kOther, {}, Pairing::Changed},
                    Row{"AnotherKeyThanPinnedThoughTrusted", true, true, kOther, {}, Pairing::Changed},
                    Row{"AnotherKeyThanPinnedAndAskedFor", false, true, kOther, kOne, Pairing::Pinned},
                    Row{"NoLongerTrusted", false, true, {}, {}, Pairing::Changed},
                    Row{"StillTrusted", true, true, {}, {}, Pairing::Trusted}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Pair, NeedsTlsAndTellsSoInTheTechniciansLanguage) {
    const TemporaryFolder folder;
    std::ostringstream out;
    std::ostringstream errors;
    CommandLine line;
    line.pair = "http://server:3000";
    EXPECT_FALSE(
        pair(line, Language::French, {}, *ServerPins::read(folder.path() / "servers.json"), {out, errors}));
    EXPECT_NE(errors.str().find("l'adresse doit commencer par https://"), std::string::npos) << errors.str();
    EXPECT_EQ(out.str(), "");
    line.pair = "https://server:3000";
    line.forgetsServer = true;
    EXPECT_FALSE(
        pair(line, Language::English, {}, *ServerPins::read(folder.path() / "servers.json"), {out, errors}));
    EXPECT_NE(errors.str().find("https://server:3000 is not paired"), std::string::npos) << errors.str();
}

TEST(TerminalOfAServerThatIsNotTaken, SaysWhyAndWhatToDoOnceInBothLanguages) {
    const Distrust changed{"https://one:3000", kOne, kOther, "self-signed certificate"};
    const Distrust unknown{"https://one:3000", kOne, std::nullopt, "self-signed certificate"};
    const auto shown = [](const Distrust& distrust, OutputFormat format, Language language) {
        std::ostringstream out;
        TerminalFace face{out, format, language};
        face.showDistrust(distrust);
        face.showDistrust(distrust);
        return out.str();
    };
    const std::string again = "    3cx-ninja-agent pair https://one:3000 --fingerprint " + kOne.text() + "\n";
    for (const auto& [language, words] :
         {std::pair{Language::French,
                    "n'a pas la clé du serveur auquel ce poste est associé : rien ne lui est envoyé"},
          std::pair{Language::English,
                    "has not the key of the server that this PC is paired with: nothing is sent"}}) {
        const std::string text = shown(changed, OutputFormat::Text, language);
        EXPECT_NE(text.find(words), std::string::npos) << text;
        EXPECT_NE(text.find(kOther.text()), std::string::npos) << text;
        EXPECT_NE(text.find(again), std::string::npos) << text;
        EXPECT_EQ(text.find(again), text.rfind(again)) << "once: " << text;
        const std::string first = shown(unknown, OutputFormat::Text, language);
        EXPECT_NE(first.find("(self-signed certificate)"), std::string::npos) << first;
        EXPECT_TRUE(first.ends_with("    3cx-ninja-agent pair https://one:3000\n")) << first;
    }
    const auto json = boost::json::parse(shown(changed, OutputFormat::Json, Language::French));
    EXPECT_EQ(json.at("event"), "problem");
    EXPECT_EQ(json.at("code"), "serverKeyChanged");
    EXPECT_EQ(json.at("expected").as_string(), kOther.text());
    EXPECT_EQ(json.at("seen").as_string(), kOne.text());
    EXPECT_EQ(boost::json::parse(shown(unknown, OutputFormat::Json, Language::French)).at("code"),
              "serverUntrusted");
}

const std::vector<std::string> kTxt{"txtvers=1", "id=s-1", "version=0.1.0", "tls=1", "path=/ws"};

TEST(Sightings, OfOneServerOnSeveralNetworksAreOne) {
    Sightings seen;
    seen.add({"2/1", "Büro", "srv.local", "fe80::1", 3000, kTxt});
    EXPECT_EQ(seen.found().servers.at(0).addressUrl(), "") << "a URL cannot name the link";
    seen.add({"3/1", "Büro", "srv.local", "fd00::5", 3000, kTxt});
    EXPECT_EQ(seen.found().servers.at(0).addressUrl(), "https://[fd00::5]:3000");
    seen.add({"4/0", "Büro", "srv.local", "192.168.1.5", 3000, kTxt});
    seen.add({"5/0", "Büro", "srv.local", "10.0.0.5", 3000, kTxt});
    const auto found = seen.found();
    ASSERT_EQ(found.servers.size(), 1U);
    EXPECT_EQ(found.servers[0].url(), "https://srv.local:3000");
    EXPECT_EQ(found.servers[0].addressUrl(), "https://192.168.1.5:3000");
    EXPECT_EQ(found.servers[0].record.identity, "s-1");
    EXPECT_TRUE(found.unreadable.empty());
    seen.remove("Büro", "4/0");
    EXPECT_EQ(seen.found().servers.at(0).addressUrl(), "https://10.0.0.5:3000");
    for (const char* network : {"2/1", "3/1", "5/0"}) seen.remove("Büro", network);
    EXPECT_TRUE(seen.found().servers.empty());
}

TEST(Sightings, ThatCannotBeReadAreNamed) {
    Sightings seen;
    seen.add({"2/0", "A\x1b[2J", "srv.local", "192.168.1.5", 3000, {"txtvers=2"}});
    seen.add({"2/0", "B", "srv/..@evil", "192.168.1.5", 3000, kTxt});
    seen.add({"2/0",
              "C",
              "c.local",
              "192.168.1.5",
              80,
              {"txtvers=1", "id=s-1", "version=1", "tls=0", "path=/ws"}});
    const auto found = seen.found();
    ASSERT_EQ(found.servers.size(), 1U);
    EXPECT_EQ(found.servers[0].url(), "http://c.local:80");
    EXPECT_EQ(found.unreadable,
              (std::vector<std::string>{"A[2J: TXT record: 'txtvers' has no value that it may have",
                                        "B: its host or port is none"}));
}

}  // namespace
}  // namespace ninja3cx::agent
