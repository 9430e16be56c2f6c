#pragma once

#include "agent/link/name_look_up.hpp"
#include "agent/link/server_address.hpp"
#include "agent/link/server_trust.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <filesystem>
#include <optional>

struct ssl_st;             // OpenSSL's SSL
struct x509_store_ctx_st;  // and its X509_STORE_CTX

namespace ninja3cx::agent {

/// Connects `stream` within 5 s from when its address is known; these are also those of the next operation on it. Both
/// references outlive the wait.
boost::asio::awaitable<Result<void>> dial(boost::beast::tcp_stream& stream, NameLookUp& names,
                                          ServerAddress address);

/// A context for TLS clients that judges servers by `distrustOf`, in the handshake itself: what is not taken never hears a
/// word. One handshake at a time.
class Handshakes {
public:
    /// Throws std::runtime_error for a file of authorities that cannot be used.
    explicit Handshakes(const std::optional<std::filesystem::path>& caFile);
    Handshakes(const Handshakes&) = delete;
    Handshakes& operator=(const Handshakes&) = delete;

    boost::asio::ssl::context& context() { return context_; }
    /// Before the handshake of `connection`.
    void expect(ssl_st* connection, const ServerAddress& address,
                const std::optional<crypto::KeyFingerprint>& pin);
    /// The same, to look at the certificate alone: any is taken.
    void takeAny(ssl_st* connection, const ServerAddress& address);
    /// Of the last handshake; empty where it did not come so far.
    const std::optional<ServerCertificate>& seen() const { return seen_; }
    const std::optional<Distrust>& distrust() const { return distrust_; }

private:
    static int verify(x509_store_ctx_st* found, void* self);
    bool judge(x509_store_ctx_st* found);

    boost::asio::ssl::context context_;
    std::string server_;
    std::optional<crypto::KeyFingerprint> pin_;
    bool takesAny_ = false;
    bool checksHost_ = false;
    std::optional<ServerCertificate> seen_;
    std::optional<Distrust> distrust_;
};

/// What the server at `address` shows. Nothing but a TLS handshake is made, and nothing is said to it.
boost::asio::awaitable<Result<ServerCertificate>> lookAtCertificate(
    boost::asio::any_io_executor executor, ServerAddress address,
    std::optional<std::filesystem::path> caFile);

}  // namespace ninja3cx::agent
