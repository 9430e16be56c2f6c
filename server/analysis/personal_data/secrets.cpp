#include "server/analysis/personal_data/secrets.hpp"

#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/lexicon/number_names.hpp"
#include "server/analysis/personal_data/secret_cues.hpp"
#include "server/analysis/personal_data/secret_search.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

/// In a question that asks how the password does, or who has it.
bool isVerb(std::string_view word) {
    static constexpr auto kVerbs = std::to_array<std::string_view>(
        {"est", "avez", "a", "as", "is", "was", "has", "do", "does", "did", "vous", "you", "il", "c"});
    return isIn(kVerbs, word);
}

/// A session's number or code opens a screen once.
bool speaksOfRemoteHelp(const Line& line) {
    static constexpr auto kKinds =
        std::to_array<std::string_view>({"assistance a distance", "remote session"});
    static const CueIndex kCues{{0, remoteHelpNames()}, {0, kKinds}};
    return kCues.groupsIn(line.words) != 0;
}

}  // namespace

SecretFinder::SecretFinder(const Conversation& conversation, std::string_view leftOut)
    : conversation_{conversation}, leftOut_{leftOut} {
    for (const Line& line : conversation.lines) topics_.push_back(topicOf(line));
}

SecretFinder::Topic SecretFinder::topicOf(const Line& line) const {
    Topic topic;
    const std::uint32_t groups = secretTopicsIn(line.words);
    const auto has = [&](SecretTopic group) { return (groups >> group & 1U) != 0; };
    topic.password = has(kPassword);
    topic.pin = has(kPin);
    topic.code = has(kCode) && !has(kOpenCode);
    topic.passing = has(kPassing);
    topic.wifiKey = has(kWifi) && (has(kCode) || has(kKey));
    topic.password = topic.password || topic.wifiKey;
    topic.serial = has(kSerial);
    topic.account = has(kAccount);
    topic.lock = has(kLock);
    topic.otherNumber = has(kOtherNumber) && !has(kDigitCount);
    if (topic.code && tellsFaultCode(line)) topic.code = false;
    // "mon code d'accès TeamViewer"
    if (topic.pin && !topic.password && speaksOfRemoteHelp(line)) topic.pin = false;
    // "le mot de passe de la tablette ?"
    const auto asksItself = [&] {
        static constexpr auto kArticles = std::to_array<std::string_view>(
            {"le", "votre", "ton", "notre", "your", "our", "the", "et", "and"});
        return (topic.password || topic.code) && line.text.find('?') != std::string_view::npos &&
               line.words.size() <= 8 && isIn(kArticles, line.words[0].text) &&
               std::none_of(line.words.begin() + 1, line.words.end(),
                            [](const Word& word) { return isVerb(word.text); });
    };
    topic.asked = (has(kAsked) || asksItself()) && !asksWhich(line.words);
    return topic;
}

SecretFinder::Recent SecretFinder::recentTo(std::size_t index) const {
    Recent recent;
    Topic& before = recent.topic;
    for (std::size_t back = 1; back <= 12 && back <= index; ++back) {
        const Topic& topic = topics_[index - back];
        recent.isLongAgo = recent.isLongAgo || topic.password || topic.account;
        if (back > 5) continue;
        recent.isLately = recent.isLately || topic.password || topic.pin || topic.code;
        before.password = before.password || topic.password;
        before.pin = before.pin || (back <= 3 && topic.pin);
        before.code = before.code || (back <= 2 && topic.code);
        before.asked =
            before.asked ||
            (topic.asked && (back == 1 || (back == 2 && conversation_.lines[index - 1].words.size() <= 2)));
        before.lock = before.lock || (back <= 3 && topic.lock);
        before.passing = before.passing || (back <= 2 && topic.passing);
        // Digits alone answer what was spoken of last.
        const bool isOther = before.passing || (back == 1 && topic.otherNumber);
        if (isOther && back == 1) recent.isOtherWanted = true;
        if (topic.otherNumber && !topic.password && !topic.pin) {
            const Line& asking = conversation_.lines[index - back];
            const bool isNear = back == 1 || (back == 2 && conversation_.lines[index - 1].words.size() <= 3);
            const bool isQuestion = asking.isQuestion && asking.speaker != conversation_.lines[index].speaker;
            const bool isSecretNearer = recent.isLately && !topic.code;
            if ((isNear && isQuestion) || (back <= 4 && topic.serial && !isSecretNearer))
                recent.isOtherAsked = true;
        }
        // "un code par SMS" - "le code ?"
        const bool isOfPassing = topic.code && !topic.password && !topic.pin && !topic.lock && back < index &&
                                 topics_[index - back - 1].passing;
        if (back <= 3 && !isOther && !isOfPassing)
            recent.isNumberWanted = recent.isNumberWanted || topic.pin || topic.password || topic.code;
    }
    return recent;
}

std::vector<SecretRule> SecretFinder::rules() {
    std::vector<SecretRule> all;
    for (const LineSearch::Rule& rule : LineSearch::rules()) all.push_back(rule.described);
    return all;
}

std::vector<Secret> SecretFinder::in(std::size_t index) const {
    return LineSearch{*this, index}.run();
}

}  // namespace ninja3cx::analysis
