#pragma once

#include "server/telephony/pbx_diagnosis.hpp"
#include "server/telephony/pbx_token.hpp"

#include <string>

namespace ninja3cx::telephony {

/// GET SystemStatus of V20 or of the older console. What cannot be read stays empty.
PbxSystem readSystemStatus(std::string_view json);

/// Asks a PBX what it is and what it lets us do. One question after the other, each once (again after a 401 with a fresh
/// login); nothing it was refused is tried in another way. Network thread only; what it was given outlives it.
class PbxProbe {
public:
    PbxProbe(const PbxAccess& access, net::HttpTransport& http, PbxToken& token, LegacyLogin& login);

    /// What `wayOf` needs in mode auto.
    net::asio::awaitable<PbxAnswers> forTheWay();
    /// Everything but `unreachable`, for `diagnose`.
    net::asio::awaitable<PbxAnswers> forDiagnosis(PbxSite site);
    /// Version and product.
    net::asio::awaitable<PbxSystem> system(PbxWay way);

private:
    struct Told {
        PbxAnswer answer;
        std::string body;
        std::string version;  // X-3CX-Version
    };
    net::asio::awaitable<Told> ask(PbxLogin* login, std::string path, std::string* failure);
    net::asio::awaitable<bool> askToken(PbxAnswers& answers);
    net::asio::awaitable<void> askConsole(PbxAnswers& answers);
    net::asio::awaitable<void> askApis(PbxAnswers& answers);

    const PbxAccess& access_;
    net::HttpTransport& http_;
    PbxToken& token_;
    LegacyLogin& login_;
};

}  // namespace ninja3cx::telephony
