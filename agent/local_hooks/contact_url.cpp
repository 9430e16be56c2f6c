#include "agent/local_hooks/contact_url.hpp"

#include "shared/core/files.hpp"
#include "shared/core/ids.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kSecretBytes = 16;
constexpr std::size_t kMaxFileBytes = 4096;

struct Kept {
    std::int64_t port = 0;
    std::string secret;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (port, secret))

bool isUsable(const Kept& kept) {
    const bool isHex = std::ranges::all_of(
        kept.secret, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return kept.port > 0 && kept.port <= 65'535 && kept.secret.size() == kSecretBytes * 2 && isHex;
}

Result<std::uint16_t> freePort() {
    asio::io_context context;
    boost::system::error_code failure;
    asio::ip::tcp::acceptor acceptor{context};
    const asio::ip::tcp::endpoint any{asio::ip::address_v4::loopback(), 0};
    acceptor.open(any.protocol(), failure);
    if (!failure) acceptor.bind(any, failure);
    const auto bound = acceptor.local_endpoint(failure);
    if (failure) return Error{ErrorKind::Io, "no free port on 127.0.0.1: " + failure.message()};
    return bound.port();
}

}  // namespace

std::string ContactUrl::path() const {
    return "/3cx/" + secret + "/ringing";
}

std::string ContactUrl::text() const {
    return "http://127.0.0.1:" + std::to_string(port) + path() +
           "?number=%CallerNumber%&name=%CallerDisplayName%";
}

Result<ContactUrl> contactUrlIn(const std::filesystem::path& folder, std::optional<std::uint16_t> port) {
    const std::filesystem::path file = folder / "contact-url.json";
    const auto content = readPrivateFile(file, kMaxFileBytes);
    if (!content) return content.error();
    Kept kept;
    if (*content) {
        boost::system::error_code failure;
        const auto value = boost::json::parse(**content, failure);
        auto read = failure ? Result<Kept>{Error{ErrorKind::BadMessage, failure.message()}}
                            : json::decode<Kept>(value);
        if (read && !isUsable(*read)) read = Error{ErrorKind::BadMessage, "no port and secret of ours"};
        if (!read) return inContext(file.string() + " (remove it to have another URL made)", read.error());
        kept = *read;
    }
    const Kept before = kept;
    if (kept.secret.empty()) kept.secret = randomHex(kSecretBytes);
    if (port) kept.port = *port;
    if (kept.port == 0) {
        const auto found = freePort();
        if (!found) return found.error();
        kept.port = *found;
    }
    const bool isNew = kept.port != before.port || kept.secret != before.secret;
    if (isNew)
        if (const auto written = writePrivateFile(file, boost::json::serialize(json::encode(kept))); !written)
            return written.error();
    return ContactUrl{static_cast<std::uint16_t>(kept.port), kept.secret, isNew};
}

}  // namespace ninja3cx::agent
