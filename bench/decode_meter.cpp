#include "bench/decode_meter.hpp"

#include "bench/statistics.hpp"

#include <time.h>

#include <utility>

namespace ninja3cx::bench {
namespace {

using transcription::DecodeKind;

double threadSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

class DecodeMeter::Metered final : public transcription::SpeechDecoder {
public:
    Metered(DecodeMeter& meter, std::unique_ptr<SpeechDecoder> decoder)
        : meter_{meter}, decoder_{std::move(decoder)} {}

    Result<transcription::Decoded> decode(const transcription::DecodeRequest& request) override {
        const double start = meter_.now_();
        auto decoded = decoder_->decode(request);
        const bool isGivenUp = !decoded && decoded.error().kind == ErrorKind::Cancelled;
        meter_.add(request.kind, isGivenUp, meter_.now_() - start);
        return decoded;
    }

private:
    DecodeMeter& meter_;
    std::unique_ptr<SpeechDecoder> decoder_;
};

boost::json::object DecodeCosts::json() const {
    const auto part = [](const Part& one) {
        return boost::json::object{{"count", one.count}, {"seconds", rounded(one.seconds)}};
    };
    return {{"finals", part(finals)},
            {"speculations", part(speculations)},
            {"partials", part(partials)},
            {"givenUp", part(givenUp)}};
}

DecodeMeter::DecodeMeter() : DecodeMeter{threadSeconds} {}

std::unique_ptr<transcription::SpeechDecoder> DecodeMeter::wrap(
    std::unique_ptr<transcription::SpeechDecoder> decoder) {
    return std::make_unique<Metered>(*this, std::move(decoder));
}

DecodeCosts DecodeMeter::costs() const {
    std::scoped_lock lock{mutex_};
    return costs_;
}

void DecodeMeter::add(DecodeKind kind, bool isGivenUp, double seconds) {
    std::scoped_lock lock{mutex_};
    DecodeCosts::Part& part = isGivenUp                         ? costs_.givenUp
                              : kind == DecodeKind::Partial     ? costs_.partials
                              : kind == DecodeKind::Speculative ? costs_.speculations
                                                                : costs_.finals;
    ++part.count;
    part.seconds += seconds;
}

}  // namespace ninja3cx::bench
