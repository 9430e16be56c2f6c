#include "server/transcription/channel_transcriber.hpp"

#include "server/transcription/utterance.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kArrivalsAtMost = 2'000;
constexpr std::int64_t kKnownWithin = 300 * audio::kSamplesPerMs;  // beyond a final text: no word fits in

std::int64_t toMs(std::int64_t samples) {
    return samples / audio::kSamplesPerMs;
}

}  // namespace

ChannelTranscriber::ChannelTranscriber(calls::Transcriber::Stream stream,
                                       std::unique_ptr<VoiceDetector> detector,
                                       const TranscriberOptions& options, ChannelPorts& ports)
    : callId_{std::move(stream.callId)},
      channel_{stream.channel},
      alreadyFinal_{std::move(stream.alreadyFinal)},
      finalUntil_{stream.finalUntilMs * audio::kSamplesPerMs},
      options_{options},
      prompt_{options.vocabulary ? options.vocabulary->promptFor(stream.promptWords) : ""},
      ports_{ports},
      cutter_{std::move(detector), options.segmenter},
      policy_{options.policy, options.segmenter},
      language_{std::move(stream.language)} {}

void ChannelTranscriber::feed(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                              SteadyTime heardAt, SteadyTime at) {
    std::vector<Segment> ended;
    cutter_.feed(callClockMs, samples, ended);
    arrivals_.emplace_back(cutter_.position(), heardAt);
    while (arrivals_.size() > kArrivalsAtMost) arrivals_.pop_front();
    follow(std::move(ended), at);
}

void ChannelTranscriber::finish(SteadyTime at) {
    std::vector<Segment> ended;
    cutter_.finish(ended);
    follow(std::move(ended), at);
    isFinished_ = true;
    deliver();
}

void ChannelTranscriber::abandon() {
    for (const auto& [id, task] : tasks_) ports_.cancel(task);
    tasks_.clear();
}

std::optional<SteadyTime> ChannelTranscriber::waitingSince() const {
    if (places_.empty()) return std::nullopt;
    return places_.front().heardAt;
}

void ChannelTranscriber::follow(std::vector<Segment> ended, SteadyTime at) {
    for (Segment& segment : ended) {
        const std::int64_t end = segment.end();
        if (!isKnown(segment.start, end)) {
            if (segment.start < finalUntil_) {  // the rest of it
                segment.samples.erase(segment.samples.begin(),
                                      segment.samples.begin() + (finalUntil_ - segment.start));
                segment.start = finalUntil_;
            }
            perform(policy_.ended(segment.start, end, segment.goesOn), &segment, at);
        }
        // What came before it is asked for no more.
        while (!arrivals_.empty() && arrivals_.front().first < end) arrivals_.pop_front();
    }
    auto open = cutter_.open();
    if (!open || isKnown(open->start, open->voiceEnd)) return;
    open->start = std::max(open->start, finalUntil_);
    perform(policy_.heard(*open), nullptr, at);
}

/// It has its final text, from before a restart.
bool ChannelTranscriber::isKnown(std::int64_t start, std::int64_t end) const {
    return alreadyFinal_.contains(utteranceId(channel_, toMs(start))) || end <= finalUntil_ + kKnownWithin;
}

void ChannelTranscriber::perform(const PolicyActions& actions, const Segment* ended, SteadyTime at) {
    for (const PolicyAction& action : actions) {
        if (const auto* job = std::get_if<DecodeJob>(&action)) {
            start(*job, ended, at);
        } else if (const auto* cancel = std::get_if<CancelJob>(&action)) {
            const auto found = tasks_.find(cancel->id);
            if (found == tasks_.end()) continue;
            ports_.cancel(found->second);
            tasks_.erase(found);
        } else if (const auto* finish = std::get_if<Finish>(&action)) {
            finishUtterance(*finish, *ended, at);
        } else if (const auto* partial = std::get_if<ShowPartial>(&action)) {
            show(*partial, at);
        }
    }
}

void ChannelTranscriber::start(const DecodeJob& job, const Segment* ended, SteadyTime at) {
    auto task = std::make_shared<DecodeTask>();
    task->callId = callId_;
    task->channel = channel_;
    task->language = language_.language();
    task->kind = job.kind;
    task->start = job.start;
    task->prefix = job.prefix;
    if (job.kind != DecodeKind::Partial) task->prompt = prompt_;
    if (ended != nullptr && ended->start == job.start) {
        task->samples = ended->samples;
    } else {
        const auto sound = cutter_.sound(job.start, job.end);
        task->samples.assign(sound.begin(), sound.end());
    }
    const std::int64_t speechEnd = job.kind == DecodeKind::Partial || (ended != nullptr && ended->goesOn)
                                       ? job.end
                                       : job.end - options_.segmenter.tail.count() * audio::kSamplesPerMs;
    task->deadline = heardAt(speechEnd, at) +
                     (job.kind == DecodeKind::Partial ? options_.policy.step : options_.finalWithin);
    tasks_[job.id] = task;
    ports_.decode(job.id, task);
}

void ChannelTranscriber::finishUtterance(const Finish& finish, const Segment& ended, SteadyTime at) {
    Place place;
    place.id = finish.id;
    place.finish = finish;
    const std::int64_t tail = ended.goesOn ? 0 : options_.segmenter.tail.count() * audio::kSamplesPerMs;
    place.heardAt = heardAt(finish.end - tail, at);
    places_.push_back(std::move(place));
    if (!speculated_ || speculated_->id != finish.id) return;
    settle(places_.back(), std::move(speculated_->decoded), at);
    speculated_.reset();
    deliver();
}

void ChannelTranscriber::decoded(std::uint64_t id, Result<Decoded> decoded, SteadyTime at) {
    const auto task = tasks_.find(id);
    if (task == tasks_.end()) return;  // cancelled meanwhile
    const auto length = static_cast<std::int64_t>(task->second->samples.size());
    const DecodeKind kind = task->second->kind;
    const std::vector<Token> prefix = task->second->prefix;
    tasks_.erase(task);
    if (decoded && kind != DecodeKind::Partial) hearLanguage(*decoded, length);

    const auto place =
        std::find_if(places_.begin(), places_.end(), [&](const Place& one) { return one.id == id; });
    if (place != places_.end()) {
        if (!decoded) {
            // The audio goes with its journal: that something was said here must stay.
            ports_.fail(utteranceId(channel_, toMs(place->finish.start)), decoded.error());
            const std::string committed = textOf(prefix);
            decoded = Decoded{(committed.empty() ? "" : committed + " ") + kInaudible, {}, 0, {}};
        }
        settle(*place, std::move(*decoded), at);
        const std::int64_t start = place->finish.start;
        const std::string text = place->said ? place->said->text : "";
        deliver();
        perform(policy_.settled(start, text), nullptr, at);
        return;
    }
    if (!decoded) {
        perform(policy_.lost(id), nullptr, at);
        return;
    }
    if (kind == DecodeKind::Speculative) speculated_ = Speculated{id, *decoded};
    perform(policy_.decoded(id, decoded->tokens), nullptr, at);
}

void ChannelTranscriber::show(const ShowPartial& partial, SteadyTime at) {
    protocol::Utterance said = utterance(partial.start, partial.end);
    said.revision = partial.revision;
    said.isProvisional = partial.isProvisional;
    said.stableBytes = partial.stableBytes;
    said.text = partial.text;
    if (options_.vocabulary) {
        // What is firm of the committed text stays whatever follows; the rest may still become a name.
        const auto stable = static_cast<std::size_t>(partial.stableBytes);
        said.stableBytes = static_cast<std::int32_t>(
            options_.vocabulary->correctBeginning(said.text.substr(0, stable)).firmBytes);
        said.text = options_.vocabulary->correctBeginning(std::move(said.text)).text;
    }
    said.lagMs = std::max<std::int64_t>(0, (at - heardAt(partial.end, at)).count());
    ports_.say(std::move(said));
}

void ChannelTranscriber::settle(Place& place, Decoded decoded, SteadyTime at) {
    place.isDone = true;
    const Finish& finish = place.finish;
    if (decoded.text.empty() && finish.revision == 1) return;  // nothing said, nothing shown
    protocol::Utterance said = utterance(finish.start, finish.end);
    said.revision = finish.revision;
    said.isFinal = true;
    said.text = std::move(decoded.text);
    if (options_.vocabulary) {
        Corrected corrected = options_.vocabulary->correct(std::move(said.text));
        said.text = std::move(corrected.text);
        if (!corrected.corrections.empty()) said.corrections = std::move(corrected.corrections);
    }
    said.stableBytes = static_cast<std::int32_t>(said.text.size());
    said.lagMs = std::max<std::int64_t>(0, (at - place.heardAt).count());
    place.said = std::move(said);
}

void ChannelTranscriber::deliver() {
    while (!places_.empty() && places_.front().isDone) {
        if (auto& said = places_.front().said) ports_.say(std::move(*said));
        places_.pop_front();
    }
    if (isFinished_ && places_.empty()) {
        isFinished_ = false;  // once
        ports_.drained();
    }
}

void ChannelTranscriber::hearLanguage(const Decoded& decoded, std::int64_t samples) {
    if (decoded.text.empty()) return;
    language_.vote(decoded.language, decoded.languageProbability,
                   static_cast<double>(samples) / audio::kRateHz);
}

protocol::Utterance ChannelTranscriber::utterance(std::int64_t start, std::int64_t end) const {
    protocol::Utterance said;
    said.callId = callId_;
    said.utteranceId = utteranceId(channel_, toMs(start));
    said.channel = channel_;
    said.startMs = toMs(start);
    said.endMs = toMs(end);
    return said;
}

/// When the sound up to `sample` had come in.
SteadyTime ChannelTranscriber::heardAt(std::int64_t sample, SteadyTime now) const {
    const auto arrival =
        std::lower_bound(arrivals_.begin(), arrivals_.end(), sample,
                         [](const auto& one, std::int64_t wanted) { return one.first < wanted; });
    return arrival == arrivals_.end() ? now : arrival->second;
}

}  // namespace ninja3cx::transcription
