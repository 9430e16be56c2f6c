#include "bench/word_score.hpp"

#include "bench/statistics.hpp"
#include "bench/word_recall.hpp"

#include <algorithm>
#include <numeric>

namespace ninja3cx::bench {
namespace {

constexpr double kTurnMargin = 0.3;  // seconds

void addTo(std::optional<std::size_t>& sum, const std::optional<std::size_t>& part) {
    if (part) sum = sum.value_or(0) + *part;
}

}  // namespace

std::size_t wordErrors(const std::vector<std::string>& reference, const std::vector<std::string>& heard) {
    std::vector<std::size_t> row(heard.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (const auto& word : reference) {
        std::size_t diagonal = row[0]++;
        for (std::size_t i = 1; i < row.size(); ++i) {
            const std::size_t above = row[i];
            row[i] = std::min({above + 1, row[i - 1] + 1, diagonal + (word == heard[i - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

void WordScore::add(const WordScore& other) {
    words += other.words;
    errors += other.errors;
    recalled += other.recalled;
    addTo(baselineErrors, other.baselineErrors);
    addTo(baselineRecalled, other.baselineRecalled);
}

double WordScore::share(std::size_t part) const {
    return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(words, 1));
}

double WordScore::streamingCostPoints() const {
    return baselineErrors ? 100 * (wer() - share(*baselineErrors)) : 0;
}

boost::json::object WordScore::json() const {
    boost::json::object json{{"words", words}, {"wer", rounded(wer())}, {"recall", rounded(recall())}};
    if (baselineErrors) json["baselineWer"] = rounded(share(*baselineErrors));
    if (baselineRecalled) json["baselineRecall"] = rounded(share(*baselineRecalled));
    return json;
}

WordScore scoreWords(const std::string& script, const std::string& heard) {
    const auto reference = words(script);
    const auto said = words(heard);
    WordScore score;
    score.words = reference.size();
    score.errors = wordErrors(reference, said);
    score.recalled = commonWords(reference, said);
    return score;
}

std::size_t wordsOutsideTurns(const SampleCall& call, std::size_t channel,
                              const std::vector<protocol::Utterance>& utterances) {
    const auto isInTurn = [&](double second) {
        return std::any_of(call.turns.begin(), call.turns.end(), [&](const SampleCall::Turn& turn) {
            return turn.channel == channel && second >= turn.start - kTurnMargin &&
                   second <= turn.end + kTurnMargin;
        });
    };
    std::size_t outside = 0;
    for (const protocol::Utterance& utterance : utterances) {
        if (static_cast<std::size_t>(utterance.channel) != channel) continue;
        const auto count = words(utterance.text).size();
        const double start = static_cast<double>(utterance.startMs) / 1000;
        const double end = static_cast<double>(utterance.endMs) / 1000;
        for (std::size_t i = 0; i < count; ++i) {
            const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
            if (!isInTurn(start + (end - start) * middle)) ++outside;
        }
    }
    return outside;
}

}  // namespace ninja3cx::bench
