#include "bench/speech_record.hpp"

#include "bench/script.hpp"
#include "bench/word_alignment.hpp"
#include "bench/word_recall.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>

namespace ninja3cx::bench {
namespace {

constexpr std::int64_t kTailMs = 200;  // of silence at the end of an utterance
// The script's times are not exact, and the first text of an utterance may be known from the one before it.
constexpr std::int64_t kSlackMs = 300;
constexpr std::int64_t kAheadMs = 2'000;

/// From the frame that held this moment of the call to a text.
std::int64_t since(std::int64_t moment, std::int64_t arrivedMs) {
    const std::int64_t ms = (moment + audio::kSamplesPerMs - 1) / audio::kSamplesPerMs;
    const std::int64_t fedMs =
        (ms + SpeechRecord::kFrameMs - 1) / SpeechRecord::kFrameMs * SpeechRecord::kFrameMs;
    return std::max<std::int64_t>(arrivedMs - fedMs, 0);
}

void append(std::vector<std::int64_t>& values, const std::vector<std::int64_t>& more) {
    values.insert(values.end(), more.begin(), more.end());
}

}  // namespace

void SpeechFigures::add(const SpeechFigures& other) {
    append(finalLatencyMs, other.finalLatencyMs);
    append(stableLatencyMs, other.stableLatencyMs);
    append(partialLatencyMs, other.partialLatencyMs);
    scriptedTurns += other.scriptedTurns;
    finals += other.finals;
    finalsLost += other.finalsLost;
    shownWords += other.shownWords;
    revisedWords += other.revisedWords;
    violations += other.violations;
}

double SpeechFigures::revisedWordsPct() const {
    return shownWords == 0 ? 0 : 100.0 * static_cast<double>(revisedWords) / static_cast<double>(shownWords);
}

SpeechRecord::SpeechRecord(const CallTape& tape) : tape_{tape} {
    for (const std::size_t channel : {0U, 1U}) {
        channels_[channel].isShown.resize(tape.words(channel).size());
        channels_[channel].isStable.resize(tape.words(channel).size());
    }
}

void SpeechRecord::add(const protocol::Utterance& said, std::int64_t arrivedMs) {
    Channel& channel = channels_[channelIndex(said.channel)];
    Shown& shown = channel.utterances[said.utteranceId];
    check(channel, shown, said);
    countRevisions(shown, said);
    timeWords(channel, said, arrivedMs);
    if (said.isFinal && !shown.isFinal) {
        ++figures_.finals;
        timeFinal(said, arrivedMs);
        if (!said.text.empty())
            channel.finals.push_back(
                {said.startMs * audio::kSamplesPerMs, said.endMs * audio::kSamplesPerMs});
    }
    shown.revision = said.revision;
    shown.isFinal = shown.isFinal || said.isFinal;
    const auto stable = static_cast<std::size_t>(std::max(said.stableBytes, 0));
    if (!said.isProvisional && stable > shown.committed.size()) shown.committed = said.text.substr(0, stable);
    shown.text = said.text;
}

void SpeechRecord::check(Channel& channel, const Shown& before, const protocol::Utterance& said) {
    const bool changesFinal = before.isFinal;
    const bool changesCommitted = !said.text.starts_with(before.committed);
    const bool isOldRevision = said.revision <= before.revision;
    const bool isOutOfOrder = said.isFinal && !channel.finals.empty() &&
                              said.startMs * audio::kSamplesPerMs < channel.finals.back().end;
    if (changesFinal || changesCommitted || isOldRevision || isOutOfOrder) ++figures_.violations;
}

void SpeechRecord::countRevisions(const Shown& before, const protocol::Utterance& said) {
    const auto earlier = words(before.text);
    const auto now = words(said.text);
    const std::size_t kept = commonWords(earlier, now);
    figures_.revisedWords += earlier.size() - kept;
    if (!said.isFinal) figures_.shownWords += now.size() - kept;
}

void SpeechRecord::timeWords(Channel& channel, const protocol::Utterance& said, std::int64_t arrivedMs) {
    const std::size_t index = channelIndex(said.channel);
    const auto& script = tape_.words(index);
    const std::int64_t from = (said.startMs - kSlackMs) * audio::kSamplesPerMs;
    const std::int64_t to = (said.endMs + (said.isFinal ? kSlackMs : kAheadMs)) * audio::kSamplesPerMs;
    const auto first = std::partition_point(script.begin(), script.end(),
                                            [&](const TimedWord& word) { return word.middle() < from; });
    std::vector<std::string> reference;
    std::vector<std::size_t> places;  // in the script; a word with an apostrophe is two
    for (auto word = first; word != script.end() && word->middle() < to; ++word) {
        for (auto& part : words(std::string{word->text})) {
            reference.push_back(std::move(part));
            places.push_back(static_cast<std::size_t>(word - script.begin()));
        }
    }
    const std::size_t stableBytes =
        said.isFinal ? said.text.size() : static_cast<std::size_t>(std::max(said.stableBytes, 0));
    const std::size_t stableWords = words(said.text.substr(0, stableBytes)).size();
    for (const auto& [place, heard] : alignWords(reference, words(said.text))) {
        const std::size_t word = places[place];
        const std::int64_t latency = since(script[word].end, arrivedMs);
        if (channel.isShown[word] == 0) figures_.partialLatencyMs.push_back(latency);
        channel.isShown[word] = 1;
        if (heard >= stableWords) continue;
        if (channel.isStable[word] == 0) figures_.stableLatencyMs.push_back(latency);
        channel.isStable[word] = 1;
    }
}

void SpeechRecord::timeFinal(const protocol::Utterance& said, std::int64_t arrivedMs) {
    const std::int64_t end = said.endMs * audio::kSamplesPerMs;
    const auto spoken =
        tape_.wordsWithin(channelIndex(said.channel), said.startMs * audio::kSamplesPerMs, end);
    const std::int64_t speechEnd =
        spoken.empty() ? end - kTailMs * audio::kSamplesPerMs : std::min(spoken.back().end, end);
    figures_.finalLatencyMs.push_back(since(speechEnd, arrivedMs));
}

const SpeechFigures& SpeechRecord::finish() {
    for (const std::size_t channel : {0U, 1U}) {
        const auto& finals = channels_[channel].finals;
        for (const Stretch& turn : tape_.turns(channel)) {
            ++figures_.scriptedTurns;
            const bool isHeard = std::any_of(finals.begin(), finals.end(), [&](const Stretch& one) {
                return one.start < turn.end && turn.start < one.end;
            });
            if (!isHeard) ++figures_.finalsLost;
        }
    }
    return figures_;
}

}  // namespace ninja3cx::bench
