#include "server/transcription/channel_transcriber.hpp"

#include "server/transcription/thrown.hpp"
#include "server/transcription/utterance.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kArrivalsAtMost = 2'000;
constexpr std::size_t kAtOnce =
    std::size_t{100} * audio::kSamplesPerMs;                       // what a failure of the cutting costs
constexpr std::int64_t kKnownWithin = 300 * audio::kSamplesPerMs;  // beyond a final text: no word fits in

std::int64_t toMs(std::int64_t samples) {
    return samples / audio::kSamplesPerMs;
}

/// What the final text begins with whatever becomes of it.
std::vector<Token> committedOf(const PolicyActions& actions) {
    for (const PolicyAction& action : actions)
        if (const auto* job = std::get_if<DecodeJob>(&action)) return job->prefix;
    return {};
}

}  // namespace

ChannelTranscriber::ChannelTranscriber(calls::Transcriber::Stream stream, MakeDetector makeDetector,
                                       const TranscriberOptions& options, ChannelPorts& ports)
    : callId_{std::move(stream.callId)},
      channel_{stream.channel},
      finalUntil_{stream.finalUntilMs * audio::kSamplesPerMs},
      options_{options},
      prompt_{options.vocabulary ? options.vocabulary->promptFor(stream.promptWords) : ""},
      ports_{ports},
      makeDetector_{std::move(makeDetector)},
      cutUntil_{finalUntil_},
      policy_{options.policy, options.segmenter},
      language_{std::move(stream.language)} {}

StreamCutter& ChannelTranscriber::cutter() {
    if (!cutter_) {
        auto detector = makeDetector_();
        if (!detector) throw std::runtime_error{"there is no voice detector"};
        cutter_.emplace(std::move(detector), options_.segmenter);
    }
    return *cutter_;
}

void ChannelTranscriber::feed(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                              const Arrival& arrival, SteadyTime at) {
    callClockMs = std::clamp<std::int64_t>(callClockMs, 0, ChannelClock::kLatestMs);
    do {
        const auto some = samples.first(std::min(samples.size(), kAtOnce));
        cut(callClockMs, some, arrival, at);
        samples = samples.subspan(some.size());
        callClockMs += toMs(std::ssize(some));
    } while (!samples.empty());
    if (!lost_) followOpen(at);
}

void ChannelTranscriber::cut(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                             const Arrival& arrival, SteadyTime at) {
    std::vector<Segment> ended;
    try {
        cutter().feed(callClockMs, samples, ended);
    } catch (...) {
        const Error error = thrown("cutting");
        followEnded(std::move(ended), at);
        loseAsOne(callClockMs, samples.size(), error);
        return;
    }
    endLoss(at);
    if (!arrivals_.empty() && arrivals_.back().second == arrival) arrivals_.pop_back();
    arrivals_.emplace_back(cutter_->position(), arrival);
    while (arrivals_.size() > kArrivalsAtMost) arrivals_.pop_front();
    followEnded(std::move(ended), at);
}

void ChannelTranscriber::finish(SteadyTime at) {
    try {
        endSpeech(at);
    } catch (...) {
        isFinished_ = true;  // it drains even so
        throw;
    }
    isFinished_ = true;
    deliver();
}

void ChannelTranscriber::endSpeech(SteadyTime at) {
    std::vector<Segment> ended;
    std::optional<Error> failed;
    try {
        if (cutter_) cutter_->finish(ended);
    } catch (...) {
        failed = thrown("cutting");
    }
    followEnded(std::move(ended), at);
    if (failed) loseAsOne(toMs(cutter_->position()), 0, *failed);
    endLoss(at);
}

void ChannelTranscriber::lose(std::int64_t callClockMs, std::size_t samples, const Error& error,
                              SteadyTime at) {
    std::vector<Segment> ended;
    try {
        if (cutter_) cutter_->finish(ended);
    } catch (...) {
        ended.clear();  // then what was being said is lost with it
    }
    followEnded(std::move(ended), at);
    loseAsOne(callClockMs, samples, error);
}

void ChannelTranscriber::loseAsOne(std::int64_t callClockMs, std::size_t samples, const Error& error) {
    ChannelClock clock;
    clock.place(callClockMs, samples);
    Lost lost{clock.position() - static_cast<std::int64_t>(samples), clock.position()};
    if (cutter_) {
        // With it goes what was being said.
        if (const auto open = cutter_->open()) lost.start = std::min(lost.start, open->start);
        lost.end = std::max(lost.end, cutter_->position());
        leftOut_ += cutter_->leftOut();
        cutter_.reset();
    }
    lost.start = std::max(lost.start, cutUntil_);
    if (lost_) {
        lost_->end = std::max(lost_->end, lost.end);
    } else if (lost.start < lost.end && !isKnown(lost.end)) {
        lost_ = lost;
        ports_.fail(utteranceId(channel_, toMs(lost.start)), error);
    }
}

/// Its place in the text, once its end is known.
void ChannelTranscriber::endLoss(SteadyTime at) {
    if (!lost_) return;
    const Segment hole{lost_->start, {}, true};
    const std::int64_t end = lost_->end;
    lost_.reset();
    cutUntil_ = end;
    PolicyActions actions = policy_.ended(hole.start, end, false);
    const std::vector<Token> committed = committedOf(actions);
    std::erase_if(actions, [](const PolicyAction& one) { return std::holds_alternative<DecodeJob>(one); });
    perform(actions, &hole, at);
    if (Place* place = unsettled(std::get<Finish>(actions.back()).id)) settleInaudible(*place, committed, at);
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

void ChannelTranscriber::followEnded(std::vector<Segment> ended, SteadyTime at) {
    for (Segment& segment : ended) {
        const std::int64_t end = segment.end();
        if (!isKnown(end) && end > cutUntil_) {
            if (segment.start < cutUntil_) {  // the rest of it
                segment.samples.erase(segment.samples.begin(),
                                      segment.samples.begin() + (cutUntil_ - segment.start));
                segment.start = cutUntil_;
            }
            const PolicyActions actions = policy_.ended(segment.start, end, segment.goesOn);
            try {
                perform(actions, &segment, at);
            } catch (...) {
                const Finish& finish = std::get<Finish>(actions.back());
                if (places_.empty() || places_.back().id != finish.id) places_.push_back(placeOf(finish, at));
                if (Place* place = unsettled(finish.id)) {
                    giveUp(*place, "asking for a text", committedOf(actions), at);
                    deliver();
                }
            }
            cutUntil_ = end;
        }
        // What came before it is asked for no more.
        while (!arrivals_.empty() && arrivals_.front().first < end) arrivals_.pop_front();
    }
}

void ChannelTranscriber::followOpen(SteadyTime at) {
    auto open = cutter_ ? cutter_->open() : std::nullopt;
    if (!open || isKnown(open->voiceEnd) || open->voiceEnd <= cutUntil_) return;
    open->start = std::max(open->start, cutUntil_);
    perform(policy_.heard(*open), nullptr, at);
}

/// What ends here has its final text already, from before a restart or an earlier stream. What only begins within such a
/// text is not known: another end silence, or audio that came late, may have joined what were two utterances.
bool ChannelTranscriber::isKnown(std::int64_t end) const {
    return finalUntil_ > 0 && end <= finalUntil_ + kKnownWithin;
}

void ChannelTranscriber::perform(const PolicyActions& actions, const Segment* ended, SteadyTime at) {
    for (const PolicyAction& action : actions) {
        if (const auto* job = std::get_if<DecodeJob>(&action)) {
            try {
                start(*job, ended, at);
            } catch (...) {
                tasks_.erase(job->id);
                if (job->kind == DecodeKind::Final) throw;
                policy_.lost(job->id);
            }
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
    task->isLive = options_.isLive;
    if (ended != nullptr && ended->start == job.start) {
        task->samples = ended->samples;
    } else {
        const auto sound = cutter_->sound(job.start, job.end);
        task->samples.assign(sound.begin(), sound.end());
    }
    // What held the sound up before it came is late for its reader, but no sign of load here.
    task->deadline =
        job.kind == DecodeKind::Partial
            ? arrivalOf(job.end, at).cameAt + options_.policy.step
            : awaitedFrom(job.end, ended != nullptr && ended->goesOn, at).cameAt + options_.finalWithin;
    tasks_[job.id] = task;
    ports_.decode(job.id, task);
}

void ChannelTranscriber::finishUtterance(const Finish& finish, const Segment& ended, SteadyTime at) {
    places_.push_back(placeOf(finish, awaitedFrom(finish.end, ended.goesOn, at).heardAt));
    if (!speculated_ || speculated_->id != finish.id) return;
    settle(places_.back(), std::move(speculated_->decoded), at);
    speculated_.reset();
    deliver();
}

void ChannelTranscriber::decoded(std::uint64_t id, Result<Decoded> decoded, SteadyTime at) {
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) return;  // cancelled meanwhile
    const std::shared_ptr<DecodeTask> task = std::move(found->second);
    tasks_.erase(found);
    try {
        take(id, *task, std::move(decoded), at);
    } catch (...) {
        if (Place* place = unsettled(id)) {
            giveUp(*place, "taking a text", task->prefix, at);
            deliver();
        } else {
            policy_.lost(id);
        }
    }
}

void ChannelTranscriber::take(std::uint64_t id, const DecodeTask& task, Result<Decoded> decoded,
                              SteadyTime at) {
    if (decoded && task.kind != DecodeKind::Partial)
        hearLanguage(*decoded, static_cast<std::int64_t>(task.samples.size()));
    if (Place* place = unsettled(id)) {
        if (decoded) {
            settle(*place, std::move(*decoded), at);
        } else {
            // The audio goes with its journal: that something was said here must stay.
            ports_.fail(utteranceId(channel_, toMs(place->finish.start)), decoded.error());
            settleInaudible(*place, task.prefix, at);
        }
        const std::int64_t start = place->finish.start;
        const std::string text = place->said ? place->said->text : "";
        perform(policy_.settled(start, text), nullptr, at);
        deliver();
        return;
    }
    if (!decoded) {
        perform(policy_.lost(id), nullptr, at);
        return;
    }
    if (task.kind == DecodeKind::Speculative) speculated_ = Speculated{id, *decoded};
    perform(policy_.decoded(id, decoded->tokens), nullptr, at);
}

ChannelTranscriber::Place ChannelTranscriber::placeOf(const Finish& finish, SteadyTime heardAt) const {
    Place place;
    place.id = finish.id;
    place.finish = finish;
    place.heardAt = heardAt;
    place.hole = utterance(finish.start, finish.end);
    place.hole.revision = finish.revision;
    place.hole.isFinal = true;
    place.hole.text = kInaudible;
    place.hole.stableBytes = static_cast<std::int32_t>(place.hole.text.size());
    return place;
}

ChannelTranscriber::Place* ChannelTranscriber::unsettled(std::uint64_t id) {
    const auto place = std::find_if(places_.begin(), places_.end(),
                                    [&](const Place& one) { return one.id == id && !one.isDone; });
    return place == places_.end() ? nullptr : &*place;
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
    const Finish& finish = place.finish;
    if (decoded.text.empty() && finish.revision == 1) {  // nothing said, nothing shown
        place.isDone = true;
        return;
    }
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
    place.isDone = true;
}

void ChannelTranscriber::settleInaudible(Place& place, const std::vector<Token>& committed, SteadyTime at) {
    const std::string shown = textOf(committed);
    settle(place, Decoded{(shown.empty() ? "" : shown + " ") + kInaudible, {}, 0, {}}, at);
}

/// In a `catch` only. Whatever else fails, the place is settled.
void ChannelTranscriber::giveUp(Place& place, const char* doing, const std::vector<Token>& committed,
                                SteadyTime at) {
    try {
        ports_.fail(utteranceId(channel_, toMs(place.finish.start)), thrown(doing));
        settleInaudible(place, committed, at);
    } catch (...) {
        place.hole.lagMs = std::max<std::int64_t>(0, (at - place.heardAt).count());
        place.said = std::move(place.hole);
        place.isDone = true;
    }
}

void ChannelTranscriber::deliver() {
    while (!places_.empty() && places_.front().isDone) {
        if (const auto& said = places_.front().said) ports_.say(*said);
        places_.pop_front();
    }
    if (isFinished_ && places_.empty()) {
        ports_.drained();
        isFinished_ = false;  // once
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

/// Of the sound up to `sample`.
Arrival ChannelTranscriber::arrivalOf(std::int64_t sample, SteadyTime now) const {
    const auto arrival =
        std::lower_bound(arrivals_.begin(), arrivals_.end(), sample,
                         [](const auto& one, std::int64_t wanted) { return one.first < wanted; });
    return arrival == arrivals_.end() ? Arrival{now, now} : arrival->second;
}

/// What a final text is awaited from: the end of its speech. Where it was cut, the cut lies seconds before the sound that
/// decided it, and partials have shown what was said until then: it is awaited from that sound.
Arrival ChannelTranscriber::awaitedFrom(std::int64_t end, bool wasCut, SteadyTime now) const {
    if (!wasCut) return arrivalOf(end - audio::inSamples(options_.segmenter.tail), now);
    return arrivalOf(cutter_ ? std::max(end, cutter_->position()) : end, now);
}

}  // namespace ninja3cx::transcription
