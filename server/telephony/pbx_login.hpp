#pragma once

#include "server/net/http.hpp"

#include <optional>
#include <string>

namespace ninja3cx::telephony {

struct PbxAccess {
    std::string baseUrl;  // https://pbx.example.com
    std::string clientId;
    std::string clientSecret;
    net::ClientTls tls;
    std::string user = {};  // of the management console, for PBXs older than V20
    std::string password = {};
};

/// What shows the PBX who asks. Network thread only.
class PbxLogin {
public:
    virtual ~PbxLogin() = default;
    /// The token or cookie to ask with. Errors: Unauthorized, NotFound (this PBX knows no such login), Busy (asked again
    /// within the pause after a failure), Unreachable, Cancelled.
    virtual net::asio::awaitable<Result<std::string>> get() = 0;
    virtual void sign(net::Headers& headers, const std::string& proof) const = 0;
    /// The PBX answered 401 to it: the next `get` asks for another.
    virtual void refused(const std::string& proof) = 0;
    virtual void worked(const std::string& /*proof*/) {}
    /// What an administrator should look at, although requests are answered now and then.
    virtual std::optional<std::string> problem() const { return std::nullopt; }
};

}  // namespace ninja3cx::telephony
