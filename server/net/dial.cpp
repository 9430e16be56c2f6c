#include "server/net/dial.hpp"

#include "shared/address/localhost.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>

namespace ninja3cx::net {
namespace {

using asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

/// A name look-up cannot be called off (it is getaddrinfo on a thread of Asio's), only not be waited for.
struct LookUp {
    explicit LookUp(const asio::any_io_executor& executor) : resolver(executor), done(executor) {}
    tcp::resolver resolver;
    asio::steady_timer done;
    bool isDone = false;
    error_code error;
    std::vector<tcp::endpoint> endpoints;
};

using Endpoints = boost::system::result<std::vector<tcp::endpoint>, ReachFailure>;

asio::awaitable<Endpoints> resolve(asio::any_io_executor executor, Url url,
                                   SteadyClock::time_point deadline) {
    error_code failure;
    const auto address = asio::ip::make_address(url.host, failure);
    if (!failure)
        co_return std::vector{tcp::endpoint{address, static_cast<std::uint16_t>(std::stoul(url.port))}};

    auto local = localhostEndpoints(url.host, static_cast<std::uint16_t>(std::stoul(url.port)));
    if (!local.empty()) co_return std::move(local);

    const auto lookUp = std::make_shared<LookUp>(executor);
    lookUp->done.expires_at(deadline);
    lookUp->resolver.async_resolve(url.host, url.port,
                                   [lookUp](error_code error, const tcp::resolver::results_type& results) {
                                       lookUp->isDone = true;
                                       lookUp->error = error;
                                       for (const auto& entry : results)
                                           lookUp->endpoints.push_back(entry.endpoint());
                                       lookUp->done.cancel();
                                   });
    co_await lookUp->done.async_wait(kAsTuple);
    if (!lookUp->isDone)
        co_return ReachFailure{ReachProblem::NoSuchName, "no answer about the name " + url.host};
    if (lookUp->error)
        co_return ReachFailure{ReachProblem::NoSuchName,
                               "unknown name " + url.host + ": " + lookUp->error.message()};
    co_return std::move(lookUp->endpoints);
}

std::string usualPort(bool isTls) {
    return isTls ? "443" : "80";
}

struct CertificateFault {
    int error;
    ReachProblem problem;
    const char* what;
};
constexpr std::array<CertificateFault, 9> kCertificateFaults{{
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, ReachProblem::SelfSigned,
     "its certificate is signed by itself; if it is the right one, name its file in caFile"},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, ReachProblem::UnknownAuthority,
     "its certificate is from an authority that this computer does not know; name the authority's file in "
     "caFile"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, ReachProblem::UnknownAuthority,
     "its certificate is from an authority that this computer does not know; name the authority's file in "
     "caFile"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, ReachProblem::UnknownAuthority,
     "its certificate is from an authority that this computer does not know; name the authority's file in "
     "caFile"},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, ReachProblem::UnknownAuthority,
     "its certificate is from an authority that this computer does not know; name the authority's file in "
     "caFile"},
    {X509_V_ERR_CERT_HAS_EXPIRED, ReachProblem::Expired,
     "its certificate has expired; renew it there, or set this computer's date if that is wrong"},
    {X509_V_ERR_CERT_NOT_YET_VALID, ReachProblem::NotYetValid,
     "its certificate is not valid yet; compare the dates of both computers"},
    {X509_V_ERR_HOSTNAME_MISMATCH, ReachProblem::WrongName, ""},
    {X509_V_ERR_IP_ADDRESS_MISMATCH, ReachProblem::WrongName, ""},
}};

ReachFailure certificateFailure(const Stream::Distrust& distrust, const std::string& host) {
    const auto* const known = std::ranges::find(kCertificateFaults, distrust.error, &CertificateFault::error);
    if (known == kCertificateFaults.end())
        return {ReachProblem::BadCertificate,
                std::string{"its certificate is refused: "} + X509_verify_cert_error_string(distrust.error)};
    if (known->problem != ReachProblem::WrongName) return {known->problem, known->what};
    return {known->problem, "its certificate is not for " + host +
                                (distrust.names.empty() ? std::string{} : " but for " + distrust.names) +
                                "; connect by a name that the certificate has"};
}

/// Of one address.
ReachFailure failureOf(error_code error, bool isConnected, bool isLate, const Stream& stream,
                       const std::string& host) {
    if (stream.distrust().error != X509_V_OK) return certificateFailure(stream.distrust(), host);
    if (isLate)
        return {ReachProblem::NoAnswer, isConnected ? "no TLS handshake in time" : "no connection in time"};
    if (isConnected) return {ReachProblem::NoTls, "no TLS handshake: " + error.message()};
    return {error == asio::error::connection_refused ? ReachProblem::Refused
            : error == asio::error::timed_out        ? ReachProblem::NoAnswer
                                                     : ReachProblem::Other,
            error.message()};
}

}  // namespace

Result<Url> parseUrl(std::string_view text, std::string_view scheme) {
    const auto parsed = boost::urls::parse_uri(text);
    const Error refusal{ErrorKind::BadMessage,
                        "not an address of the form " + std::string{scheme} + "[s]://host[:port]/path"};
    if (!parsed) return refusal;
    Url url;
    const std::string given{parsed->scheme()};
    if (given != scheme && given != std::string{scheme} + "s") return refusal;
    url.isTls = given != scheme;
    if (parsed->encoded_host().empty() || parsed->has_userinfo()) return refusal;
    url.host = parsed->host_address();
    url.port = parsed->port().empty() ? usualPort(url.isTls) : std::string{parsed->port()};
    if (url.port.size() > 5 || std::stoul(url.port) > 65535 || std::stoul(url.port) == 0) return refusal;
    url.origin = std::string{parsed->encoded_host()};
    if (url.port != usualPort(url.isTls)) url.origin += ":" + url.port;
    url.target = parsed->encoded_path().empty() ? "/" : std::string{parsed->encoded_path()};
    if (parsed->has_query()) url.target += "?" + std::string{parsed->encoded_query()};
    return url;
}

Result<std::shared_ptr<asio::ssl::context>> makeClientContext(const ClientTls& tls) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    error_code failure;
    if (tls.acceptsAny) {
        context->set_verify_mode(asio::ssl::verify_none, failure);
        return context;
    }
    context->set_verify_mode(asio::ssl::verify_peer, failure);
    context->set_default_verify_paths(failure);
    if (tls.caFile) context->load_verify_file(tls.caFile->string(), failure);
    if (failure)
        return Error{ErrorKind::BadMessage, "cannot read the certificate authorities" +
                                                (tls.caFile ? " in " + tls.caFile->string() : std::string{}) +
                                                ": " + failure.message()};
    return context;
}

asio::awaitable<Dialled> dialOrSayWhy(asio::any_io_executor executor, Url url,
                                      std::shared_ptr<asio::ssl::context> context,
                                      std::chrono::milliseconds timeout, AddressRule mayReach) {
    const auto end = SteadyClock::now() + timeout;
    const auto endpoints = co_await resolve(executor, url, end);
    if (!endpoints) co_return endpoints.error();
    ReachFailure why{ReachProblem::NoSuchName, "the name has no address"};
    for (const auto& endpoint : *endpoints) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now());
        if (left.count() <= 0) {
            why = {ReachProblem::NoAnswer, "no connection in time"};
            break;
        }
        if (mayReach && !mayReach(endpoint.address())) {
            why = {ReachProblem::Other,
                   "its address " + endpoint.address().to_string() + " may not be connected to"};
            continue;
        }
        Stream stream{tcp::socket{executor}};
        Deadline deadline{stream, left};
        auto error = co_await stream.connect(endpoint);
        const bool isConnected = !error;
        if (isConnected && context) error = co_await stream.startTlsAsClient(context, url.host);
        if (!error && !deadline.hasExpired()) co_return stream;
        why = failureOf(error, isConnected, deadline.hasExpired(), stream, url.host);
        if (isConnected) break;  // another address of the same host would refuse TLS for the same reason
    }
    why.detail = url.host + ":" + url.port + ": " + why.detail;
    co_return why;
}

asio::awaitable<Result<Stream>> dial(asio::any_io_executor executor, Url url,
                                     std::shared_ptr<asio::ssl::context> context,
                                     std::chrono::milliseconds timeout, AddressRule mayReach) {
    auto dialled =
        co_await dialOrSayWhy(executor, std::move(url), std::move(context), timeout, std::move(mayReach));
    if (!dialled) co_return Error{ErrorKind::Unreachable, dialled.error().detail};
    co_return *dialled;
}

asio::awaitable<std::optional<ReachFailure>> reach(asio::any_io_executor executor, std::string url,
                                                   ClientTls tls, std::chrono::milliseconds timeout) {
    const auto parsed = parseUrl(url, "http");
    if (!parsed) co_return ReachFailure{ReachProblem::BadAddress, parsed.error().detail};
    std::shared_ptr<asio::ssl::context> context;
    if (parsed->isTls) {
        auto made = makeClientContext(tls);
        if (!made) co_return ReachFailure{ReachProblem::BadAddress, made.error().detail};
        context = std::move(*made);
    }
    AddressRule anyAddress;
    auto dialled = co_await dialOrSayWhy(executor, *parsed, context, timeout, std::move(anyAddress));
    if (!dialled) co_return dialled.error();
    dialled->close();
    co_return std::nullopt;
}

}  // namespace ninja3cx::net
