#include "shared/protocol/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <ostream>
#include <set>

namespace ninja3cx::protocol {
namespace {

namespace fs = std::filesystem;

const fs::path kExamples = "shared/schema/examples";

std::string readFile(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder})
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// "draft_edit.no_requester.json" is an example of "draft_edit".
std::string typeOf(const fs::path& file) {
    const std::string name = file.filename().string();
    return name.substr(0, name.find('.'));
}

template <class Decode>
Result<std::string> reencode(Decode decode, const std::string& text) {
    auto decoded = decode(text);
    if (!decoded) return decoded.error();
    return encodeMessage(*decoded);
}
template <class T>
Result<std::string> reencodeRecord(const std::string& text) {
    auto decoded = json::decodeText<T>(text);
    if (!decoded) return decoded.error();
    return json::encodeText(*decoded);
}

const std::set<std::string> kServerTypes{"welcome",     "snapshot",  "event",
                                         "audio_ready", "audio_ack", "error_reply"};

/// Text to the type named in the file's name and back to text.
Result<std::string> throughCpp(const std::string& type, const std::string& text) {
    if (type == "analysis") return reencodeRecord<Analysis>(text);
    if (type == "analysis_input") return reencodeRecord<AnalysisInput>(text);
    if (kServerTypes.contains(type)) return reencode(decodeServerMessage, text);
    return reencode(decodeClientMessage, text);
}

std::string testName(const testing::TestParamInfo<fs::path>& info) {
    std::string name = info.param.stem().string();
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, ComesOutAsItWentIn) {
    const std::string text = readFile(GetParam());
    const auto written = throughCpp(typeOf(GetParam()), text);
    ASSERT_TRUE(written) << written.error().detail;
    EXPECT_EQ(*json::parse(*written), *json::parse(text));
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(filesIn(kExamples)), testName);

class InvalidGolden : public testing::TestWithParam<fs::path> {};

TEST_P(InvalidGolden, IsRefusedWithThePlace) {
    const auto file = json::parse(readFile(GetParam()));
    ASSERT_TRUE(file);
    const std::string path{file->at("path").as_string()};
    const auto written = throughCpp(typeOf(GetParam()), boost::json::serialize(file->at("message")));
    ASSERT_FALSE(written) << "accepted: " << *written;
    EXPECT_EQ(written.error().detail.rfind(path + ":", 0), 0U) << written.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Files, InvalidGolden, testing::ValuesIn(filesIn(kExamples / "invalid")), testName);

TEST(Goldens, ExistForEveryMessage) {
    std::set<std::string> examples;
    for (const fs::path& file : filesIn(kExamples)) {
        const auto message = json::parse(readFile(file));
        const boost::json::value* type = message->as_object().if_contains("type");
        if (!type) continue;
        examples.insert(std::string{type->as_string()});
        if (type->as_string() == "event")
            examples.insert(std::string{message->at("event").at("type").as_string()});
    }
    EXPECT_EQ(examples.size(), std::variant_size_v<ClientMessage> + std::variant_size_v<ServerMessage> +
                                   std::variant_size_v<EventBody>);
}

TEST(Messages, OfANewerServerMayHaveAPresenceThatIsNotKnownHere) {
    const std::string text = readFile(kExamples / "event.agent_changed.logged_out.json");
    const auto withPresence = [&](const std::string& word) {
        std::string other = text;
        const std::string known = R"("queueLoggedOut")";
        return decodeServerMessage(other.replace(other.find(known), known.size(), word));
    };
    const auto newer = withPresence(R"("onTheMoon")");
    ASSERT_TRUE(newer) << newer.error().detail;
    EXPECT_EQ(std::get<AgentChanged>(std::get<Event>(*newer).event).agent.presence, Presence::Away);
    EXPECT_FALSE(withPresence("7"));
}

TEST(Messages, TellAnUnknownTypeFromABadOne) {
    EXPECT_EQ(decodeClientMessage(R"({"type":"welcome"})").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(decodeServerMessage(R"({"type":"hello"})").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(decodeClientMessage(R"({"type":"hello"})").error().kind, ErrorKind::BadMessage);
    EXPECT_EQ(decodeClientMessage("hello").error().kind, ErrorKind::BadMessage);
}

TEST(Messages, IgnoreUnknownFields) {
    EXPECT_TRUE(decodeClientMessage(R"({"type":"draftLater","draftId":"draft-1","mood":"fine"})"));
}

}  // namespace
}  // namespace ninja3cx::protocol
