#pragma once

#include "server/telephony/pbx_login.hpp"
#include "server/telephony/pbx_messages.hpp"
#include "server/telephony/shared_request.hpp"
#include "shared/core/clock.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::telephony {

/// The one live token of this API client: minting a new one kills the old one, so it is renewed at 85 % of
/// its life and never in a loop (repeated failures get the address block-listed by the PBX), and not before
/// the time that a Retry-After names (an hour at most).
///
/// A token that worked and is refused before its time was ended by somebody who mints with the same client id. The first
/// time another is minted at once. Again within a minute there are two such programs, each ending the other's: `problem`
/// says so, and the pauses before the next one grow.
///
/// Threads: network thread. Concurrent `get`s share one request and its failure. While a renewal fails, the old token serves to its end.
class PbxToken final : public PbxLogin {
public:
    PbxToken(const PbxAccess& access, net::HttpTransport& http, const Clock& clock);

    /// Unauthorized: wrong id or key. NotFound: no V20, /connect/token is absent.
    net::asio::awaitable<Result<std::string>> get() override;
    void sign(net::Headers& headers, const std::string& token) const override;
    void refused(const std::string& token) override;
    void worked(const std::string& token) override;
    std::optional<std::string> problem() const override;
    /// The next `get` mints another; nobody ended this one.
    void discard(const std::string& token);

    /// What the PBX answered to the last request for a token.
    struct Answer {
        int status = 0;                                            // 0: none yet
        std::string body;                                          // of a refusal
        std::optional<std::chrono::milliseconds> clockAhead = {};  // its clock before ours; negative: behind
    };
    const Answer& lastAnswer() const { return lastAnswer_; }

private:
    net::asio::awaitable<Result<std::string>> mint();
    bool isValid() const;

    const PbxAccess& access_;
    net::HttpTransport& http_;
    const Clock& clock_;
    std::optional<Token> token_;
    SteadyTime renewAt_{};
    SteadyTime expiresAt_{};
    SteadyTime mayMintAt_{};
    std::chrono::milliseconds pause_{0};
    std::chrono::milliseconds told_{0};  // Retry-After of the last answer
    bool hasWorked_ = false;             // the token of now
    std::optional<SteadyTime> endedAt_;  // when somebody last ended one
    std::chrono::milliseconds endedPause_{0};
    std::optional<SteadyTime> isSharedSince_;
    Answer lastAnswer_;
    std::shared_ptr<SharedRequest> request_ = std::make_shared<SharedRequest>();
};

}  // namespace ninja3cx::telephony
