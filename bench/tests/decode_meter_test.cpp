#include "bench/decode_meter.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using transcription::Decoded;
using transcription::DecodeKind;
using transcription::DecodeRequest;

/// Takes its time, and ends with Cancelled where that is asked for.
class SlowDecoder final : public transcription::SpeechDecoder {
public:
    explicit SlowDecoder(double& now) : now_{now} {}
    Result<Decoded> decode(const DecodeRequest& request) override {
        now_ += 0.5;
        if (request.isCancelled != nullptr) return Error{ErrorKind::Cancelled, ""};
        return Decoded{"oui", "fr", 0, {}};
    }

private:
    double& now_;
};

TEST(DecodeMeter, CountsWhatBecameOfEachDecoding) {
    double now = 100;
    DecodeMeter meter{[&now] { return now; }};
    const auto decoder = meter.wrap(std::make_unique<SlowDecoder>(now));
    const std::atomic<bool> flag{true};
    const auto decode = [&](DecodeKind kind, bool isCancelled = false) {
        DecodeRequest request;
        request.kind = kind;
        if (isCancelled) request.isCancelled = &flag;
        return decoder->decode(request);
    };
    const auto said = decode(DecodeKind::Final);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->text, "oui") << "nothing changes for who asked";
    EXPECT_TRUE(decode(DecodeKind::Partial));
    EXPECT_TRUE(decode(DecodeKind::Partial));
    EXPECT_TRUE(decode(DecodeKind::Speculative));
    EXPECT_FALSE(decode(DecodeKind::Partial, true));
    EXPECT_FALSE(decode(DecodeKind::Speculative, true));

    const auto json = meter.costs().json();
    const auto check = [&](const char* part, std::int64_t count, double seconds) {
        EXPECT_EQ(json.at(part).at("count").to_number<std::int64_t>(), count) << part;
        EXPECT_DOUBLE_EQ(json.at(part).at("seconds").as_double(), seconds) << part;
    };
    check("finals", 1, 0.5);
    check("partials", 2, 1);
    check("speculations", 1, 0.5);
    check("givenUp", 2, 1);
}

}  // namespace
}  // namespace ninja3cx::bench
