#include "server/transcription/whisper_decoder.hpp"

#include "server/transcription/attempt.hpp"
#include "server/transcription/encoder_context.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/speech_likeness.hpp"
#include "server/transcription/text_guard.hpp"
#include "server/transcription/whisper_setup.hpp"
#include "shared/audio/pcm.hpp"
#include "shared/core/c_handle.hpp"

#include <whisper.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace ninja3cx::transcription {
namespace {

using WhisperState = CHandle<whisper_state, whisper_free_state>;

constexpr std::size_t kMinSamples =
    audio::kRateHz + audio::kRateHz / 10;  // whisper.cpp 1.9.1 misreads less than 1 s
constexpr std::size_t kTokensAtMost = 220;
constexpr std::size_t kLongestPrompt = 200;  // half of the text context is 224
constexpr int kAudible = 33;                 // -60 dBFS
constexpr double kNoSpeech = 0.6;
constexpr double kUnsure = -1.0;       // mean log probability: likely nothing was said
constexpr double kDoubtful = -0.3;     // … or not that
constexpr int kSmall = 4 * 384 * 384;  // layers and width of the encoder: tiny

std::vector<whisper_token> idsOf(whisper_context* model, const std::string& text) {
    std::vector<whisper_token> ids(text.size() + 8);
    const int count = whisper_tokenize(model, text.c_str(), ids.data(), static_cast<int>(ids.size()));
    ids.resize(static_cast<std::size_t>(std::max(count, 0)));
    return ids;
}

/// Marks and notes that Whisper writes for sounds, as OpenAI's decoder suppresses them (whisper/tokenizer.py,
/// non_speech_tokens). Hyphens and quotes are kept within words only.
bool isNonSpeech(std::string_view piece) {
    static constexpr std::array<std::string_view, 46> kMarks{
        "\"",  "#",  "(",  ")",  "*",   "+",  "/",  ":",   ";",   "<",  "=",  ">",  "@",  "[",   "\\",  "]",
        "^",   "_",  "`",  "{",  "|",   "}",  "~",  "「",  "」",  "『", "』", "<<", ">>", "<<<", ">>>", "--",
        "---", "-(", "-[", "('", "(\"", "((", "))", "(((", ")))", "[[", "]]", "{{", "}}", "♪♪"};
    if (piece == " -" || piece == " '") return true;
    if (piece.starts_with(' ')) piece.remove_prefix(1);
    if (piece.starts_with("♪") || piece.starts_with("♩") || piece.starts_with("♫") ||
        piece.starts_with("♬") || piece.starts_with("♭") || piece.starts_with("♮") || piece.starts_with("♯"))
        return true;
    return std::find(kMarks.begin(), kMarks.end(), piece) != kMarks.end();
}

class WhisperDecoder final : public SpeechDecoder {
public:
    WhisperDecoder(WhisperModel model, WhisperState state, DecoderOptions options)
        : model_{std::move(model)}, state_{std::move(state)}, options_{std::move(options)} {
        end_ = whisper_token_eot(model_.get());
        takesPrompt_ = takesPrompt(model_);
        const int width = whisper_model_n_audio_state(model_.get());
        isSmall_ = whisper_model_n_audio_layer(model_.get()) * width * width <= kSmall;
        isAllowed_.resize(static_cast<std::size_t>(end_) + 1, 1);
        for (whisper_token id = 0; id < end_; ++id) {
            const std::string_view piece = whisper_token_to_str(model_.get(), id);
            if (piece == " ") blank_ = id;
            if (isNonSpeech(piece)) isAllowed_[static_cast<std::size_t>(id)] = 0;
        }
    }

    Result<Decoded> decode(const DecodeRequest& request) override {
        if (isSilent(request.samples)) return Decoded{};
        // Whatever was committed stays, and a script knows nothing of sounds.
        if (request.prefix.empty() && !options_.script && !isSpeechLike(request.samples)) return Decoded{};
        prepare(request.samples);
        takePrompt(request.prompt);
        const double seconds = static_cast<double>(request.samples.size()) / audio::kRateHz;
        const int whole = whisper_n_audio_ctx(model_.get());
        const int context = !options_.fitsContext                 ? whole
                            : request.kind == DecodeKind::Partial ? partialContext(seconds, whole)
                                                                  : fittedContext(seconds, whole);
        const auto tokens =
            std::min(kTokensAtMost, static_cast<std::size_t>(6 * seconds) + 8 + request.prefix.size());

        auto first = run(request, context, tokens);
        if (!first || options_.script)
            return first ? Result<Decoded>{inFull(std::move(*first))} : first.error();
        const bool isBroken = first->isBroken();
        const bool isTriedAgain =
            request.kind != DecodeKind::Partial &&
            (isBroken || (first->meanLogProb < kDoubtful && hasTime(request) && isNoisy(request.samples)));
        if (isTriedAgain) {
            if (request.onHeardTwice) request.onHeardTwice();
            if (auto again = run(request, whole, kTokensAtMost); again) {
                if (isBroken || isBetter(*again, *first, request.prefix.size())) first = std::move(again);
            } else if (again.error().kind == ErrorKind::Cancelled) {
                return again.error();
            }
        }
        return guarded(std::move(*first), request.prefix);
    }

private:
    /// For a second try in noise, where a fitted context costs words. A whole one takes a second of tiny, two of base
    /// and seven of small (on one core); live text waits for the first of them at most.
    bool hasTime(const DecodeRequest& request) const {
        if (!request.isLive) return true;
        return isSmall_ && (request.finalsWaiting == nullptr || *request.finalsWaiting == 0);
    }

    /// Whisper makes up words for what nobody could hear.
    static bool isSilent(std::span<const std::int16_t> samples) {
        return std::all_of(samples.begin(), samples.end(),
                           [](std::int16_t sample) { return std::abs(static_cast<int>(sample)) < kAudible; });
    }

    static Decoded inFull(Attempt attempt) {
        std::string text = attempt.text();
        return {std::move(text), std::move(attempt.language), attempt.languageProbability,
                std::move(attempt.tokens)};
    }

    static Decoded guarded(Attempt attempt, const std::vector<Token>& prefix) {
        const bool isLikelySilence = attempt.isLikelySilence;
        Decoded decoded = inFull(std::move(attempt));
        if (!prefix.empty()) {
            // What is committed stays; a loop behind it does not.
            if (isLooping(decoded.text)) {
                decoded.tokens = prefix;
                decoded.text = tidy(textOf(prefix));
            }
            return decoded;
        }
        if (isLooping(decoded.text)) decoded.tokens.clear();  // nobody is to be held to them
        decoded.text = withoutLoop(decoded.text);
        if (isLikelySilence || isHallucination(decoded.text)) {
            decoded.text.clear();
            decoded.tokens.clear();
        }
        return decoded;
    }

    /// Float samples of an even level, at least a second long.
    void prepare(std::span<const std::int16_t> samples) {
        int peak = 1;
        for (const std::int16_t sample : samples) peak = std::max(peak, std::abs(static_cast<int>(sample)));
        const float gain = std::min(0.5F * 32768.0F / static_cast<float>(peak), 30.0F) / 32768.0F;
        samples_.assign(std::max(samples.size(), kMinSamples), 0.0F);
        std::transform(samples.begin(), samples.end(), samples_.begin(),
                       [&](std::int16_t sample) { return static_cast<float>(sample) * gain; });
    }

    void takePrompt(const std::string& text) {
        if (!takesPrompt_ || text == promptText_) return;
        promptText_ = text;
        prompt_ = text.empty() ? std::vector<whisper_token>{} : idsOf(model_.get(), " " + text);
        if (prompt_.size() > kLongestPrompt)
            prompt_.erase(prompt_.begin(), prompt_.end() - static_cast<std::ptrdiff_t>(kLongestPrompt));
    }

    static bool isCancelled(const DecodeRequest& request) {
        return request.isCancelled != nullptr && request.isCancelled->load();
    }
    static Error cancelled() {
        return {ErrorKind::Cancelled, "the call is gone, or the text is no longer wanted"};
    }
    static Error failed(const char* step, int code) {
        return {ErrorKind::Io, std::string{"whisper could not "} + step + " an utterance (code " +
                                   std::to_string(code) + ")"};
    }

    /// Mel, encoder and the prompt's decoding by `whisper_full`, for it alone takes a fitted context and an abort
    /// callback; it is made to stop at the first token. What follows is ours: a prefix goes in as one batch.
    Result<Attempt> run(const DecodeRequest& request, int context, std::size_t maxTokens) {
        if (isCancelled(request)) return cancelled();
        const bool isMultilingual = whisper_is_multilingual(model_.get()) != 0;
        const bool asksLanguage = isMultilingual && request.language == "auto";
        Attempt attempt;
        attempt.language = !isMultilingual ? "en" : request.language;
        if (auto encoded = encode(request, context, asksLanguage ? "en" : attempt.language); !encoded)
            return encoded.error();

        int past = static_cast<int>(prompt_.empty() ? 0 : prompt_.size() + 1);
        const int spokenFrom = past;
        past += isMultilingual ? 4 : 2;
        std::span<const float> logits = lastLogits(past);
        if (asksLanguage) {
            // Only what stands behind the start marker depends on the language.
            const whisper_token start = whisper_token_sot(model_.get());
            if (const int failure = decodeTokens({&start, 1}, spokenFrom); failure != 0)
                return failed("recognise the language of", failure);
            std::tie(attempt.language, attempt.languageProbability) = likeliestLanguage(lastLogits(1));
            const std::array<whisper_token, 4> opening{
                start, whisper_token_lang(model_.get(), whisper_lang_id(attempt.language.c_str())),
                whisper_token_transcribe(model_.get()), whisper_token_not(model_.get())};
            if (const int failure = decodeTokens(opening, spokenFrom); failure != 0)
                return failed("decode", failure);
            logits = lastLogits(4);
        }
        const double noSpeech = probabilityOf(logits, whisper_token_nosp(model_.get()));

        attempt.tokens = request.prefix;
        if (!request.prefix.empty()) {
            std::vector<whisper_token> ids;
            for (const Token& token : request.prefix) ids.push_back(token.id);
            if (const int failure = decodeTokens(ids, past); failure != 0) return failed("decode", failure);
            past += static_cast<int>(ids.size());
            logits = lastLogits(static_cast<int>(ids.size()));
        }
        const std::vector<Token> script = options_.script ? options_.script(request) : std::vector<Token>{};
        double logProbability = 0;
        std::size_t chosen = 0;
        for (;;) {
            if (isCancelled(request)) return cancelled();
            auto [id, log] = likeliest(logits, attempt.tokens.empty());
            if (options_.script)
                id = attempt.tokens.size() < script.size() ? script[attempt.tokens.size()].id : end_;
            if (id == end_) break;
            logProbability += log;
            ++chosen;
            attempt.tokens.push_back({id, whisper_token_to_str(model_.get(), id)});
            if (attempt.tokens.size() >= maxTokens) {
                attempt.isCut = true;
                break;
            }
            if (const int failure = decodeTokens({&id, 1}, past++); failure != 0)
                return failed("decode", failure);
            logits = lastLogits(1);
        }
        attempt.meanLogProb = chosen > 0 ? logProbability / static_cast<double>(chosen) : 0.0;
        attempt.isLikelySilence =
            attempt.tokens.empty() || (noSpeech > kNoSpeech && attempt.meanLogProb < kUnsure) ||
            ((noSpeech > kNoSpeech || attempt.meanLogProb < kUnsure) && isDoubtful(attempt.text()));
        return attempt;
    }

    Result<void> encode(const DecodeRequest& request, int context, const std::string& language) {
        auto params = greedyParams();
        params.single_segment = true;
        params.suppress_blank = false;
        params.audio_ctx = context;
        params.language = language.c_str();
        params.prompt_tokens = prompt_.empty() ? nullptr : prompt_.data();
        params.prompt_n_tokens = static_cast<int>(prompt_.size());
        if (request.isCancelled != nullptr) {
            params.abort_callback = [](void* flag) {
                return static_cast<const std::atomic<bool>*>(flag)->load();
            };
            params.abort_callback_user_data = const_cast<std::atomic<bool>*>(request.isCancelled);
        }
        params.logits_filter_callback = [](whisper_context* model, whisper_state*, const whisper_token_data*,
                                           int, float* logits, void*) {
            const int end = whisper_token_eot(model);
            std::fill(logits, logits + whisper_n_vocab(model), -std::numeric_limits<float>::infinity());
            logits[end] = 0;
        };
        const int failure = whisper_full_with_state(model_.get(), state_.get(), params, samples_.data(),
                                                    static_cast<int>(samples_.size()));
        if (isCancelled(request)) return cancelled();
        if (failure != 0) return failed("encode", failure);
        return {};
    }

    int decodeTokens(std::span<const whisper_token> tokens, int past) {
        return whisper_decode_with_state(model_.get(), state_.get(), tokens.data(),
                                         static_cast<int>(tokens.size()), past, 1);
    }

    /// After a batch of `count` tokens: what may follow the last one.
    std::span<const float> lastLogits(int count) const {
        const auto size = static_cast<std::size_t>(whisper_n_vocab(model_.get()));
        return {whisper_get_logits_from_state(state_.get()) + size * static_cast<std::size_t>(count - 1),
                size};
    }

    static double probabilityOf(std::span<const float> logits, whisper_token token) {
        const float highest = *std::max_element(logits.begin(), logits.end());
        double sum = 0;
        for (const float logit : logits) sum += static_cast<double>(std::exp(logit - highest));
        return static_cast<double>(std::exp(logits[static_cast<std::size_t>(token)] - highest)) / sum;
    }

    /// The token to say, and the logarithm of its probability among those that may be said.
    std::pair<whisper_token, double> likeliest(std::span<const float> logits, bool isFirst) const {
        const auto isOpen = [&](std::size_t id) {
            return isAllowed_[id] != 0 && !(isFirst && (id == static_cast<std::size_t>(end_) ||
                                                        id == static_cast<std::size_t>(blank_)));
        };
        std::size_t best = 0;
        float highest = -std::numeric_limits<float>::infinity();
        for (std::size_t id = 0; id < isAllowed_.size(); ++id) {
            if (logits[id] > highest && isOpen(id)) {
                highest = logits[id];
                best = id;
            }
        }
        float sum = 0;
        for (std::size_t id = 0; id < isAllowed_.size(); ++id) {
            if (logits[id] > highest - 20.0F && isOpen(id)) sum += std::exp(logits[id] - highest);
        }
        return {static_cast<whisper_token>(best), -std::log(static_cast<double>(std::max(sum, 1.0F)))};
    }

    std::pair<std::string, float> likeliestLanguage(std::span<const float> logits) const {
        int best = 0;
        float highest = -std::numeric_limits<float>::infinity();
        const auto logitOf = [&](int language) {
            return logits[static_cast<std::size_t>(whisper_token_lang(model_.get(), language))];
        };
        const int last = whisper_lang_max_id();
        for (int language = 0; language <= last; ++language) {
            if (logitOf(language) <= highest) continue;
            highest = logitOf(language);
            best = language;
        }
        float sum = 0;
        for (int language = 0; language <= last; ++language) sum += std::exp(logitOf(language) - highest);
        return {whisper_lang_str(best), 1.0F / sum};
    }

    WhisperModel model_;
    WhisperState state_;
    DecoderOptions options_;
    std::string promptText_;
    std::vector<whisper_token> prompt_;  // of promptText_
    std::vector<char> isAllowed_;        // by token, up to the end marker
    whisper_token end_ = 0;
    bool isSmall_ = false;
    bool takesPrompt_ = true;
    whisper_token blank_ = -1;
    std::vector<float> samples_;
};

}  // namespace

Result<WhisperModel> loadWhisperModel(const std::filesystem::path& file, const LoadOptions& options) {
    if (auto fits = checkProcessor(); !fits) return fits.error();
    if (auto info = inspectModelFile(file); !info) return info.error();
    const auto params = contextParams(options.device);
    if (!params) return params.error();
    WhisperModel model{whisper_init_from_file_with_params_no_state(file.string().c_str(), *params),
                       [](whisper_context* context) {
                           if (context != nullptr) whisper_free(context);
                       }};
    if (!model) {
        return Error{ErrorKind::BadMessage,
                     "speech model " + file.string() +
                         ": whisper cannot load it (damaged, or not enough memory). Fetch it "
                         "again with `3cx-ninja-server models pull`"};
    }
    return model;
}

bool takesPrompt(const WhisperModel& model) {
    // Known by its dimensions, whatever its file is called: none of OpenAI's is so narrow.
    constexpr int kDemoWidth = 192;
    return whisper_model_n_audio_state(model.get()) != kDemoWidth ||
           whisper_model_n_text_state(model.get()) != kDemoWidth;
}

Result<std::unique_ptr<SpeechDecoder>> makeWhisperDecoder(WhisperModel model, DecoderOptions options) {
    WhisperState state{whisper_init_state(model.get())};
    if (!state)
        return Error{ErrorKind::Io, "no memory for a transcription worker; lower the number of workers"};
    return std::unique_ptr<SpeechDecoder>{
        std::make_unique<WhisperDecoder>(std::move(model), std::move(state), std::move(options))};
}

std::vector<Token> tokensOf(const WhisperModel& model, const std::string& text) {
    std::vector<Token> tokens;
    for (const whisper_token id : idsOf(model.get(), " " + text))
        tokens.push_back({id, whisper_token_to_str(model.get(), id)});
    return tokens;
}

Result<void> checkLanguage(const std::string& language) {
    if (language == "auto" || whisper_lang_id(language.c_str()) >= 0) return {};
    return Error{ErrorKind::Rejected,
                 "language '" + language + "' is not known; use a code such as fr or en, or auto"};
}

}  // namespace ninja3cx::transcription
