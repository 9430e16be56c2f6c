#include "server/analysis/sentiment.hpp"

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
    return finding;
}

}  // namespace ninja3cx::analysis
