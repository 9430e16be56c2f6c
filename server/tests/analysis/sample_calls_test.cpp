#include "server/analysis/analyse.hpp"
#include "server/tests/analysis/call_files.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ninja3cx::analysis {
namespace {

constexpr const char* kFiles[] = {"01-vpn-panne",      "02-imprimante",    "03-mot-de-passe",
                                  "04-serveur-urgent", "05-nouveau-poste", "06-suivi-satisfait"};

struct Sample {
    protocol::AnalysisInput input;
    std::string category;
    std::string sentiment;
    std::string priority;
};

Sample readSample(const std::string& name) {
    const auto value = readJsonFile("samples/calls/" + name + ".json");
    Sample sample;
    sample.input.id = name;
    sample.input.language = "fr";
    for (const auto& turn : value.at("turns").as_array()) {
        const bool isAgent = turn.at("channel").as_string() == "agent";
        sample.input.turns.push_back({isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer,
                                      turn.at("start").to_number<double>(),
                                      turn.at("end").to_number<double>(),
                                      std::string{turn.at("text").as_string()}});
    }
    const auto& expected = value.at("expected");
    sample.category = expected.at("category").as_string().c_str();
    sample.sentiment = expected.at("sentiment").as_string().c_str();
    sample.priority = expected.at("priority").as_string().c_str();
    return sample;
}

template <class E>
std::string nameOf(E value) {
    return json::encode(value).as_string().c_str();
}

/// Drops, damages and adds words as speech-to-text does: about 16 % of the words are wrong.
std::string noisy(const std::string& text, std::mt19937& random) {
    std::string out;
    std::istringstream words{text};
    for (std::string word; words >> word;) {
        const unsigned dice = static_cast<unsigned>(random() % 100);
        if (dice < 5) continue;
        if (dice < 12) word[random() % word.size()] = "aeioustr"[random() % 8];
        if (dice >= 12 && dice < 16) out += "euh ";
        out += word + " ";
    }
    return out;
}

TEST(SampleCalls, ScriptTurnsGiveTheExpectedAnalysis) {
    for (const char* file : kFiles) {
        const Sample sample = readSample(file);
        const auto analysis = analyse(sample.input);
        EXPECT_EQ(nameOf(analysis.category), sample.category) << file;
        EXPECT_EQ(nameOf(analysis.sentiment), sample.sentiment) << file;
        EXPECT_EQ(nameOf(analysis.priority), sample.priority) << file;
        EXPECT_TRUE(analysis.ticketWarranted) << file;
        EXPECT_TRUE(analysis.pii.empty()) << file;
    }
}

TEST(SampleCalls, NoisyTurnsKeepCategoryAndSentiment) {
    int categories = 0;
    int sentiments = 0;
    int priorities = 0;
    int all = 0;
    for (const char* file : kFiles)
        for (unsigned seed = 1; seed <= 20; ++seed) {
            Sample sample = readSample(file);
            std::mt19937 random{seed};
            for (auto& turn : sample.input.turns) turn.text = noisy(turn.text, random);
            const auto analysis = analyse(sample.input);
            categories += nameOf(analysis.category) == sample.category ? 1 : 0;
            sentiments += nameOf(analysis.sentiment) == sample.sentiment ? 1 : 0;
            priorities += nameOf(analysis.priority) == sample.priority ? 1 : 0;
            ++all;
        }
    // The call with one "Wi-Fi" in it may lose that very word.
    EXPECT_GE(categories, all * 95 / 100);
    EXPECT_GE(sentiments, all * 95 / 100);
    EXPECT_GE(priorities, all * 90 / 100);
}

}  // namespace
}  // namespace ninja3cx::analysis
