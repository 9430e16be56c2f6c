#include "server/analysis/conclusions/sentiment.hpp"

#include "server/analysis/conclusions/praise.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Sentiment;

/// A calm call has no turn that shows it: what the customer said last stands for it.
Basis lastWords(const CallReading& reading) {
    const auto& lines = reading.conversation().lines;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        if (line->speaker == protocol::Speaker::Customer && !line->words.empty())
            return reading.basisIn({line->turn}, {"neg", "pos"});
    return reading.basisOf({"neg", "pos"});
}

/// The turns in which praise stands beside a complaint, and the plainest of it; none where the customer is pleased
/// elsewhere.
struct Mockery {
    Praise praise = Praise::Honest;
    std::vector<std::int32_t> turns;
};
Mockery mockeryIn(const CallReading& reading) {
    constexpr float kPleased = 0.5F;
    Mockery mockery;
    const auto& lines = reading.conversation().lines;
    bool isPlain = false;
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        if (lines[turn].speaker != protocol::Speaker::Customer) continue;
        const bool isMocked = isIronic(reading.conversation(), turn);
        isPlain = isPlain || isMocked;
        const Praise praise = isMocked ? Praise::Mocking : praiseIn(lines[turn]);
        // "Merci, au revoir" behind plain mockery is good manners.
        if (praise == Praise::Honest && isPlain && !saysWhyPleased(lines[turn])) continue;
        if (praise == Praise::Honest && reading.shows(turn, "pos") >= kPleased) return {};
        if (praise == Praise::Honest) continue;
        mockery.praise = std::max(mockery.praise, praise);
        mockery.turns.push_back(lines[turn].turn);
    }
    return mockery;
}

/// The model hears the words of praise.
void readAsMockery(const CallReading& reading, Mockery mockery, SentimentFinding& finding) {
    const bool isMocking = mockery.praise == Praise::Mocking;
    const Sentiment meant = isMocking ? Sentiment::Negative : Sentiment::Neutral;
    if (finding.start == Sentiment::Positive) finding.start = meant;
    if (finding.end == Sentiment::Positive) finding.end = meant;
    const Sentiment heard = finding.overall.value;
    if (heard != Sentiment::Positive && !(isMocking && heard == Sentiment::Neutral)) return;
    finding.overall = conclusionOf(meant, protocol::Confidence::Unsure,
                                   reading.basisIn(std::move(mockery.turns), {"neg", "pos"}));
}

/// Anger in words, in a call that the model takes for calm and that does not end well.
void readAnger(const CallReading& reading, SentimentFinding& finding) {
    if (finding.overall.value != Sentiment::Neutral || finding.end == Sentiment::Positive) return;
    std::vector<std::int32_t> turns;
    for (const Line& line : reading.conversation().lines)
        if (line.speaker == protocol::Speaker::Customer && isAngry(line)) turns.push_back(line.turn);
    if (turns.empty()) return;
    finding.overall = conclusionOf(Sentiment::Negative, protocol::Confidence::Likely,
                                   reading.basisIn(std::move(turns), {"neg", "pos"}));
}

/// A call whose only sign of displeasure is genuine praise ends well.
void readPraise(const CallReading& reading, SentimentFinding& finding) {
    if (finding.overall.value != Sentiment::Negative) return;
    const Conversation& conversation = reading.conversation();
    Conversation rest = conversation;
    std::vector<std::int32_t> turns;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn) {
        const Line& line = conversation.lines[turn];
        if (line.speaker != protocol::Speaker::Customer) continue;
        if (isAngry(line)) return;
        if (!isGenuine(conversation, turn)) continue;
        rest.lines[turn].words.clear();
        turns.push_back(line.turn);
    }
    if (turns.empty() ||
        static_cast<Sentiment>(reading.answerIn(rest, "sentiment").value) == Sentiment::Negative)
        return;
    if (finding.end == Sentiment::Negative) finding.end = Sentiment::Positive;
    finding.overall = conclusionOf(Sentiment::Positive, protocol::Confidence::Likely,
                                   reading.basisIn(std::move(turns), {"neg", "pos"}));
}

}  // namespace

SentimentFinding findSentiment(const CallReading& reading) {
    SentimentFinding finding;
    finding.overall.value = Sentiment::Neutral;
    if (!reading.conversation().hasWords()) return finding;
    const CallReading::Said said = reading.answer("sentiment");
    const auto value = static_cast<Sentiment>(said.value);
    Basis basis =
        value == Sentiment::Neutral
            ? lastWords(reading)
            : reading.basisOf({value == Sentiment::Negative ? "neg" : "pos"}, protocol::Speaker::Customer);
    finding.overall = conclusionOf(value, said.confidence, std::move(basis));
    finding.start = static_cast<Sentiment>(reading.answer("start").value);
    finding.end = static_cast<Sentiment>(reading.answer("end").value);
    if (Mockery mockery = mockeryIn(reading); !mockery.turns.empty())
        readAsMockery(reading, std::move(mockery), finding);
    else
        readPraise(reading, finding);
    readAnger(reading, finding);
    return finding;
}

}  // namespace ninja3cx::analysis
