#include "bench/call_tape.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace ninja3cx::bench {
namespace {

bool isMark(std::string_view word) {
    return std::none_of(word.begin(), word.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || std::isalnum(byte) != 0;
    });
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (isMark(text.substr(at, end - at)) && !words.empty()) {
            const char* const begin = words.back().data();
            words.back() = {begin, static_cast<std::size_t>(text.data() + end - begin)};
        } else {
            words.push_back(text.substr(at, end - at));
        }
        at = text.find_first_not_of(' ', end);
    }
    return words;
}

std::int64_t toSamples(double seconds) {
    return std::llround(seconds * audio::kRateHz);
}

}  // namespace

std::vector<TimedWord> timedWords(const SampleCall::Turn& turn) {
    const auto texts = wordsOf(turn.text);
    const auto count = static_cast<double>(texts.size());
    std::vector<TimedWord> words;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto edge = [&](std::size_t place) {
            return toSamples(turn.start + (turn.end - turn.start) * static_cast<double>(place) / count);
        };
        words.push_back({{edge(i), edge(i + 1)}, texts[i]});
    }
    return words;
}

CallTape::CallTape(SampleCalls calls, std::size_t first, std::int64_t offset, std::int64_t length)
    : calls_{std::move(calls)}, length_{length} {
    std::size_t next = first % calls_->size();
    std::int64_t from = offset;
    for (std::int64_t at = 0; at < length_;) {
        const SampleCall& call = (*calls_)[next];
        const auto size = static_cast<std::int64_t>(call.channels.front().size());
        from = std::min(from, size - 1);
        const std::int64_t end = std::min(at + size - from, length_);
        parts_.push_back({at, &call, from, end});
        addTurns(parts_.back());
        at = end;
        from = 0;
        next = (next + 1) % calls_->size();
    }
}

void CallTape::addTurns(const Part& part) {
    const std::int64_t shift = part.start - part.from;
    const auto isOn = [&](std::int64_t position) { return position >= part.start && position < part.end; };
    for (const SampleCall::Turn& turn : part.call->turns) {
        const Stretch whole{toSamples(turn.start) + shift, toSamples(turn.end) + shift};
        const Stretch heard{std::max(whole.start, part.start), std::min(whole.end, part.end)};
        if (heard.start >= heard.end) continue;
        speech_ += heard.end - heard.start;
        if (heard == whole) turns_[turn.channel].push_back(whole);
        for (TimedWord word : timedWords(turn)) {
            word.start += shift;
            word.end += shift;
            if (isOn(word.middle())) words_[turn.channel].push_back(word);
        }
    }
}

std::vector<std::int16_t> CallTape::sound(std::size_t channel, std::int64_t from, std::int64_t count) const {
    std::vector<std::int16_t> out;
    const std::int64_t to = std::min(from + count, length_);
    auto part =
        std::partition_point(parts_.begin(), parts_.end(), [&](const Part& one) { return one.end <= from; });
    for (std::int64_t at = from; at < to; ++part) {
        const auto& samples = part->call->channels[channel];
        const std::int64_t end = std::min(part->end, to);
        const auto begin = samples.begin() + (at - part->start + part->from);
        out.insert(out.end(), begin, begin + (end - at));
        at = end;
    }
    return out;
}

std::vector<TimedWord> CallTape::wordsWithin(std::size_t channel, std::int64_t from, std::int64_t to) const {
    const auto& words = words_[channel];
    const auto begin = std::partition_point(words.begin(), words.end(),
                                            [&](const TimedWord& word) { return word.middle() < from; });
    const auto end =
        std::partition_point(begin, words.end(), [&](const TimedWord& word) { return word.middle() < to; });
    return {begin, end};
}

}  // namespace ninja3cx::bench
