#include "agent/link/handshake.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <vector>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kPatience{5};

}  // namespace

asio::awaitable<Result<void>> dial(beast::tcp_stream& stream, NameLookUp& names, ServerAddress address) {
    auto finding = names.find(address);
    const auto found = co_await std::move(finding);
    if (!found) co_return found.error();
    stream.expires_after(kPatience);
    auto [failure, endpoint] = co_await stream.async_connect(*found, kTuple);
    if (failure)
        co_return Error{ErrorKind::Unreachable, address.host + ":" + address.port + ": " + failure.message()};
    error_code ignored;
    stream.socket().set_option(tcp::no_delay{true}, ignored);
    co_return Result<void>{};
}

Handshakes::Handshakes(const std::optional<std::filesystem::path>& caFile)
    : context_(asio::ssl::context::tls_client) {
    context_.set_default_verify_paths();
    context_.set_verify_mode(asio::ssl::verify_peer);
    if (caFile) {
        error_code failure;
        context_.load_verify_file(caFile->string(), failure);
        if (failure) throw std::runtime_error{"CA file " + caFile->string() + ": " + failure.message()};
    }
    SSL_CTX_set_cert_verify_callback(context_.native_handle(), &Handshakes::verify, this);
}

void Handshakes::expect(ssl_st* connection, const ServerAddress& address,
                        const std::optional<crypto::KeyFingerprint>& pin) {
    takeAny(connection, address);
    pin_ = pin;
    takesAny_ = false;
}

void Handshakes::takeAny(ssl_st* connection, const ServerAddress& address) {
    X509_VERIFY_PARAM* const rules = SSL_get0_param(connection);
    if (isNumeric(address.host)) {
        checksHost_ = X509_VERIFY_PARAM_set1_ip_asc(rules, address.host.c_str()) == 1;
    } else {
        SSL_set_tlsext_host_name(connection, address.host.c_str());
        checksHost_ = X509_VERIFY_PARAM_set1_host(rules, address.host.data(), address.host.size()) == 1;
    }
    server_ = address.origin();
    pin_.reset();
    takesAny_ = true;
    seen_.reset();
    distrust_.reset();
}

int Handshakes::verify(x509_store_ctx_st* found, void* self) {
    try {
        return static_cast<Handshakes*>(self)->judge(found) ? 1 : 0;
    } catch (const std::exception&) {  // OpenSSL is C
        return 0;
    }
}

bool Handshakes::judge(x509_store_ctx_st* found) {
    X509* const certificate = X509_STORE_CTX_get0_cert(found);
    if (!certificate) return false;
    const bool isVouchedFor = X509_verify_cert(found) == 1;
    std::string why = isVouchedFor ? "" : X509_verify_cert_error_string(X509_STORE_CTX_get_error(found));
    if (why.empty() && !checksHost_) why = "no certificate can be for a host of that name";
    seen_ = ServerCertificate{crypto::keyFingerprintOf(*certificate), why};
    if (!takesAny_) distrust_ = distrustOf(server_, *seen_, pin_);
    if (distrust_ && isVouchedFor) X509_STORE_CTX_set_error(found, X509_V_ERR_APPLICATION_VERIFICATION);
    if (!distrust_) X509_STORE_CTX_set_error(found, X509_V_OK);
    return !distrust_;
}

asio::awaitable<Result<ServerCertificate>> lookAtCertificate(asio::any_io_executor executor,
                                                             ServerAddress address,
                                                             std::optional<std::filesystem::path> caFile) {
    Handshakes handshakes{caFile};
    asio::ssl::stream<beast::tcp_stream> secure{beast::tcp_stream{executor}, handshakes.context()};
    NameLookUp names{executor};
    auto dialling = dial(secure.next_layer(), names, address);
    const auto connected = co_await std::move(dialling);
    if (!connected) co_return connected.error();
    handshakes.takeAny(secure.native_handle(), address);
    auto [failure] = co_await secure.async_handshake(asio::ssl::stream_base::client, kTuple);
    if (failure || !handshakes.seen())
        co_return Error{ErrorKind::Unreachable, "TLS with " + address.origin() + ": " +
                                                    (failure ? failure.message() : "no certificate")};
    co_return *handshakes.seen();
}

}  // namespace ninja3cx::agent
