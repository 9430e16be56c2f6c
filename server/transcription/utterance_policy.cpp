#include "server/transcription/utterance_policy.hpp"

#include "server/transcription/text_guard.hpp"
#include "server/transcription/words.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>

namespace ninja3cx::transcription {
namespace {

using audio::inSamples;

bool beginsWord(const Token& token) {
    return token.piece.starts_with(' ');
}

/// How many tokens both have in common from the beginning, cut where a word begins in the newer one: there the one before it
/// is known to be over.
std::size_t agreedWords(const std::vector<Token>& before, const std::vector<Token>& now) {
    const std::size_t both = std::min(before.size(), now.size());
    std::size_t same = 0;
    while (same < both && before[same].id == now[same].id) ++same;
    // A word whose next token is not known in both may still go on.
    while (same > 0 && !(same < now.size() && beginsWord(now[same]))) --same;
    return same;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

/// Without marks and case: "Bonjour," and "bonjour" are the same word.
std::string bare(std::string_view word) {
    std::string out;
    for (const WordPlace part : wordsIn(word)) out += lowerLetters(part.of(word));
    return out;
}

}  // namespace

UtterancePolicy::UtterancePolicy(PolicyOptions options, const SegmenterOptions& segmenter)
    : options_{options},
      tail_{inSamples(segmenter.tail)},
      commitWithin_{inSamples(earliestCut(segmenter))},
      step_{options.step} {
    options_.speculateAfter = std::max(options_.speculateAfter, segmenter.tail);
}

PolicyActions UtterancePolicy::heard(const OpenUtterance& open) {
    PolicyActions out;
    if (start_ != open.start) begin(open.start, out);
    if (speculation_ && open.voiceEnd > speculation_->voiceEnd) giveUpSpeculation(out);  // it was a pause
    const std::int64_t silence = open.position - open.voiceEnd;
    if (!speculation_ && silence >= inSamples(options_.speculateAfter)) {
        // What the same model still commits would not be in the speculation's prefix.
        if (options_.isSameModel) giveUpPartial(out);
        const std::int64_t end = open.voiceEnd + tail_;
        speculation_ = Speculation{nextJob_++, open.voiceEnd, end};
        out.emplace_back(DecodeJob{speculation_->id, DecodeKind::Speculative, open.start, end, kept()});
    }
    if (isPartialDue(open)) {
        partial_ = DecodeJob{nextJob_++, DecodeKind::Partial, open.start, open.position, committed_};
        partialEnd_ = open.position;
        out.emplace_back(*partial_);
    }
    return out;
}

PolicyActions UtterancePolicy::ended(std::int64_t start, std::int64_t end, bool goesOn) {
    PolicyActions out;
    if (start_ != start) begin(start, out);
    giveUpPartial(out);
    Finish finish{0, start, end, revision_ + 1};
    if (cutOff_ && cutOff_->next == start && revision_ == 0) {
        cutOff_->nextEnd = end;
        ++finish.revision;  // `settled` may still show it
    }
    if (speculation_ && speculation_->end == end) {
        finish.id = speculation_->id;
    } else {
        giveUpSpeculation(out);
        finish.id = nextJob_++;
        out.emplace_back(DecodeJob{finish.id, DecodeKind::Final, start, end, kept()});
    }
    out.emplace_back(finish);
    if (goesOn && !shown_.empty()) cutOff_ = CutOff{start, end, shown_, shownEnd_};
    speculation_.reset();
    start_.reset();
    shown_.clear();
    return out;
}

PolicyActions UtterancePolicy::decoded(std::uint64_t job, const std::vector<Token>& tokens) {
    PolicyActions out;
    if (speculation_ && speculation_->id == job) {
        speculation_->isDone = true;
        giveUpPartial(out);
        // The better model's text of what was said so far; only if it keeps what is committed.
        if (options_.hasPartials && textOf(tokens).starts_with(textOf(committed_)))
            show(tokens, speculation_->end, out);
        return out;
    }
    if (!partial_ || partial_->id != job) return out;
    const DecodeJob done = *partial_;
    partial_.reset();
    if (tokens.size() < committed_.size() ||
        !std::equal(committed_.begin(), committed_.end(), tokens.begin(),
                    [](const Token& a, const Token& b) { return a.id == b.id; }))
        return out;  // not what was asked for
    // Nor is what Whisper invents on noise committed, or a loop.
    if (const std::string text = textOf(tokens); isLooping(text) || isHallucination(text)) return out;
    const std::size_t agreed = agreedWords(hypothesis_, tokens);
    const bool mayLieBehindACut = options_.isSameModel && done.end - done.start > commitWithin_;
    if (agreed > committed_.size() && !mayLieBehindACut)
        committed_.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(agreed));
    hypothesis_ = tokens;
    show(tokens, done.end, out);
    return out;
}

PolicyActions UtterancePolicy::lost(std::uint64_t job) {
    if (partial_ && partial_->id == job) partial_.reset();
    if (speculation_ && speculation_->id == job) speculation_.reset();
    return {};
}

PolicyActions UtterancePolicy::settled(std::int64_t start, std::string_view text) {
    PolicyActions out;
    if (!cutOff_ || cutOff_->start != start) return out;
    const std::string rest = behind(cutOff_->shown, text);
    const bool isStillUnsaid = start_ == cutOff_->next && revision_ == 0;
    if (cutOff_->nextEnd && !rest.empty()) {
        out.emplace_back(ShowPartial{cutOff_->next, *cutOff_->nextEnd, 1, 0, rest, true});
    } else if (isStillUnsaid && !rest.empty()) {
        shown_ = rest;
        shownStable_ = 0;
        shownEnd_ = std::max(cutOff_->shownEnd, *start_);
        out.emplace_back(ShowPartial{*start_, shownEnd_, ++revision_, 0, rest, true});
    }
    cutOff_.reset();
    return out;
}

void UtterancePolicy::setStep(std::optional<std::chrono::milliseconds> step) {
    step_ = step;
}

void UtterancePolicy::begin(std::int64_t start, PolicyActions& out) {
    // What is known already from before a restart does not end here, and its jobs may still be out.
    giveUpPartial(out);
    giveUpSpeculation(out);
    start_ = start;
    revision_ = 0;
    committed_.clear();
    hypothesis_.clear();
    shown_.clear();
    shownStable_ = 0;
    partialEnd_ = start;
    if (cutOff_ && cutOff_->next != start && !cutOff_->nextEnd) cutOff_.reset();
}

void UtterancePolicy::giveUpPartial(PolicyActions& out) {
    if (!partial_) return;
    out.emplace_back(CancelJob{partial_->id});
    partial_.reset();
}

void UtterancePolicy::giveUpSpeculation(PolicyActions& out) {
    if (speculation_ && !speculation_->isDone) out.emplace_back(CancelJob{speculation_->id});
    speculation_.reset();
}

void UtterancePolicy::show(const std::vector<Token>& hypothesis, std::int64_t end, PolicyActions& out) {
    std::string text = tidy(textOf(hypothesis));
    const std::string committed = tidy(textOf(committed_));
    const auto stable = static_cast<std::int32_t>(text.starts_with(committed) ? committed.size() : 0);
    // The same text is told again where more of it stays.
    if (text.empty() || (text == shown_ && stable <= shownStable_)) return;
    // What Whisper invents on noise is not shown, not even for a moment.
    if (committed_.empty() && isHallucination(text)) return;
    shown_ = text;
    shownStable_ = stable;
    shownEnd_ = end;
    out.emplace_back(ShowPartial{*start_, end, ++revision_, stable, std::move(text), !options_.isSameModel});
}

std::vector<Token> UtterancePolicy::kept() const {
    return options_.isSameModel ? committed_ : std::vector<Token>{};
}

bool UtterancePolicy::isPartialDue(const OpenUtterance& open) const {
    if (!options_.hasPartials || !step_ || partial_ || speculation_) return false;
    const std::int64_t length = open.voiceEnd - open.start;
    const std::int64_t isNew = open.voiceEnd - partialEnd_;
    if (partialEnd_ == open.start && length < inSamples(options_.firstAfter)) return false;
    if (partialEnd_ == open.start) return true;
    const auto share = static_cast<std::int64_t>(static_cast<double>(length) * options_.stepShare);
    const std::int64_t step = std::max(inSamples(*step_), share);
    // Where somebody takes a breath whole words are heard, and it may have been the last chance.
    const bool isPause = open.position - open.voiceEnd >= inSamples(options_.pause);
    return isNew >= (isPause ? step / 2 : step);
}

std::string behind(std::string_view shown, std::string_view text) {
    const auto ours = wordsOf(shown);
    const auto theirs = wordsOf(text);
    if (theirs.empty()) return std::string{shown};
    // The last of their words that we have too, not far from where it should be.
    for (std::size_t back = 0; back < std::min<std::size_t>(theirs.size(), 3); ++back) {
        const std::string last = bare(theirs[theirs.size() - 1 - back]);
        const std::size_t expected = theirs.size() - back;  // words up to it
        for (std::size_t away = 0; away <= 3; ++away) {
            for (const std::size_t count : {expected + away, expected - std::min(away, expected)}) {
                if (count == 0 || count > ours.size() || bare(ours[count - 1]) != last) continue;
                std::string rest;
                for (std::size_t i = std::min(count + back, ours.size()); i < ours.size(); ++i)
                    rest += (rest.empty() ? "" : " ") + std::string{ours[i]};
                return rest;
            }
        }
    }
    std::string rest;
    for (std::size_t i = theirs.size(); i < ours.size(); ++i)
        rest += (rest.empty() ? "" : " ") + std::string{ours[i]};
    return rest;
}

}  // namespace ninja3cx::transcription
