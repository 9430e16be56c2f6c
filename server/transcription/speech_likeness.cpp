#include "server/transcription/speech_likeness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace ninja3cx::transcription {
namespace {

// Measured on the sample calls (clean, telephone, 10 and 5 dB above noise), human speech and the bench's non-speech.
constexpr float kVoiced = 0.17F;          // noise stays below 0.12
constexpr float kVoicedBefore = 0.8F;     // of that, in the window before
constexpr float kMostSteady = 0.35F;      // of the power in lines that keep their pitch
constexpr float kMostInTwo = 0.9F;        // of the power in two lines
constexpr float kLeastGlide = 0.002F;     // of the pitch, from one window to the next
constexpr float kMostGlide = 0.1F;        // beyond it jumps
constexpr float kLeastChangeDb = 1;       // of the bands
constexpr float kLeastSpreadDb = 2;       // of the level, half a second long
constexpr float kLeastRangeDb = 2;        // of the level …
constexpr std::size_t kRangeWindows = 5;  // … within these
constexpr float kQuietDb = -60;
constexpr float kQuietBandDb = -70;

// Of the sample calls: above 36 dB clean, below 20 dB with noise 15 dB under the speech.
constexpr double kNoisyDb = 20;

constexpr int kTrial = 47;     // loud windows, 1.5 s
constexpr int kForgives = 31;  // windows of silence

constexpr std::size_t kStretch = 94;     // 3 s
constexpr double kHintsForWindow = 0.2;  // "oui" has 0.3 and more
constexpr double kFewestHints = 6;       // typing has 4, keys of a telephone 5
constexpr double kMostHints = 11;        // a violin alone has 9

// An instrument has a pitch throughout what is loud. So has a short sentence, but its level dips by 15 dB and more, and at most 0.19 of
// its power lies in steady lines, behind a telephone too. With music 6 dB below, one in twenty dips by less than 9 dB.
constexpr float kLoudBelowPeakDb = 25;
constexpr double kPitchedThroughout = 0.97;    // of the loud windows
constexpr float kFlatDb = 10;                  // from the loud to the soft within it …
constexpr float kSteadyLines = 0.25F;          // … or so much of its power in lines that keep their pitch:
constexpr int kHintsOfTune = 20;               // then fewer hints are none
constexpr float kVeryFlatDb = 9;               // whatever the hints
constexpr std::size_t kLongEnoughToDip = 140;  // 4.5 s
constexpr std::size_t kEdge = 6;               // windows of pre-roll and tail

constexpr std::size_t kShort = 64;         // 2 s with the silence round it
constexpr std::size_t kVoicedInShort = 3;  // in a row: keys of a telephone have 2
constexpr int kHintsInShort = 6;

float bandChange(const WindowSound& now, const WindowSound& before) {
    float sum = 0;
    for (std::size_t i = 0; i < WindowSound::kBands; ++i)
        sum += std::abs(std::max(now.bandsDb[i], kQuietBandDb) - std::max(before.bandsDb[i], kQuietBandDb));
    return sum / static_cast<float>(WindowSound::kBands);
}

template <std::size_t n>
float spread(const std::array<float, n>& values) {
    float mean = 0;
    for (const float value : values) mean += value / static_cast<float>(n);
    float square = 0;
    for (const float value : values) square += (value - mean) * (value - mean) / static_cast<float>(n);
    return std::sqrt(square);
}

/// The value below which `share` of them lie.
float quantile(std::vector<float> values, double share) {
    const auto place =
        std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
    return values[place];
}

/// Sax, violin, a melody on hold: what looks most like a voice without being one.
bool isTune(const std::vector<WindowSound>& windows, int hints) {
    if (windows.size() <= 2 * kEdge) return false;
    std::vector<float> levelsDb;
    for (const WindowSound& window : windows) levelsDb.push_back(window.levelDb);
    const float peakDb = quantile(levelsDb, 0.95);
    std::size_t loud = 0;
    std::size_t pitched = 0;
    float steady = 0;
    for (const WindowSound& window : windows) {
        if (window.levelDb <= peakDb - kLoudBelowPeakDb) continue;
        ++loud;
        pitched += window.voicing >= kVoiced ? 1 : 0;
        steady += window.steadyShare;
    }
    if (static_cast<double>(pitched) < kPitchedThroughout * static_cast<double>(loud)) return false;
    levelsDb.erase(levelsDb.end() - kEdge, levelsDb.end());
    levelsDb.erase(levelsDb.begin(), levelsDb.begin() + kEdge);
    const float dipDb = peakDb - quantile(levelsDb, 0.15);
    if (windows.size() >= kLongEnoughToDip && dipDb < kVeryFlatDb) return true;
    return hints < kHintsOfTune && (dipDb < kFlatDb || steady >= kSteadyLines * static_cast<float>(loud));
}

}  // namespace

SpeechHint SpeechHints::push(std::span<const std::int16_t, kWindow> window) {
    const WindowSound before = last_;
    last_ = features_.push(window);
    levels_[next_] = std::max(last_.levelDb, kQuietDb) - kQuietDb;
    float lowest = levels_[next_];
    float highest = lowest;
    for (std::size_t i = 0; i < kRangeWindows; ++i) {
        const float level = levels_[(next_ + kLevels - i) % kLevels];
        lowest = std::min(lowest, level);
        highest = std::max(highest, level);
    }
    next_ = (next_ + 1) % kLevels;

    SpeechHint hint;
    if (last_.voicing < kVoiced || before.voicing < kVoiced * kVoicedBefore) return hint;
    if (last_.steadyShare >= kMostSteady || last_.strongestShare >= kMostInTwo) return hint;
    hint.isVoice = true;
    const float glide = std::abs(last_.pitchHz / before.pitchHz - 1);
    hint.isSpeech = glide >= kLeastGlide && glide <= kMostGlide &&
                    bandChange(last_, before) >= kLeastChangeDb && highest - lowest >= kLeastRangeDb &&
                    spread(levels_) >= kLeastSpreadDb;
    return hint;
}

bool SpeechGate::push(const SpeechHint& hint, bool isLoud) {
    silence_ = isLoud ? 0 : std::min(silence_ + 1, kForgives);
    if (hint.isSpeech || silence_ == kForgives) {
        unproven_ = 0;
    } else if (isLoud) {
        unproven_ = std::min(unproven_ + 1, kTrial);
    }
    return unproven_ < kTrial;
}

bool isSpeechLike(std::span<const std::int16_t> utterance) {
    SpeechHints hints;
    std::vector<int> scores;
    std::vector<WindowSound> windows;
    bool wasSpeech = false;
    std::size_t voiced = 0;  // windows in a row, and the most of them
    std::size_t longest = 0;
    for (; utterance.size() >= kWindow; utterance = utterance.subspan(kWindow)) {
        const SpeechHint hint = hints.push(utterance.first<kWindow>());
        windows.push_back(hints.sound());
        scores.push_back((hint.isSpeech ? 1 : 0) + (hint.isSpeech && wasSpeech ? 1 : 0));
        wasSpeech = hint.isSpeech;
        voiced = hint.isVoice ? voiced + 1 : 0;
        longest = std::max(longest, voiced);
    }
    int most = 0;  // of any stretch
    int sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        sum += scores[i];
        if (i >= kStretch) sum -= scores[i - kStretch];
        most = std::max(most, sum);
    }
    if (isTune(windows, most)) return false;
    // A short answer has little room for proof.
    const int all = std::accumulate(scores.begin(), scores.end(), 0);
    if (scores.size() < kShort && longest >= kVoicedInShort && all >= kHintsInShort) return true;
    const double needed =
        std::clamp(kHintsForWindow * static_cast<double>(scores.size()), kFewestHints, kMostHints);
    return most >= needed;
}

bool isNoisy(std::span<const std::int16_t> utterance) {
    std::vector<double> levelsDb;
    for (; utterance.size() >= kWindow; utterance = utterance.subspan(kWindow)) {
        double sum = 1;  // digital silence has a level too
        for (const std::int16_t sample : utterance.first<kWindow>())
            sum += static_cast<double>(sample) * static_cast<double>(sample);
        levelsDb.push_back(10 * std::log10(sum / kWindow));
    }
    if (levelsDb.empty()) return false;
    std::sort(levelsDb.begin(), levelsDb.end());
    const std::size_t tenth = levelsDb.size() / 10;
    return levelsDb[levelsDb.size() - 1 - tenth] - levelsDb[tenth] < kNoisyDb;
}

}  // namespace ninja3cx::transcription
