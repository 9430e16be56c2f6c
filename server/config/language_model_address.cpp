#include "server/config/language_model_address.hpp"

#include "shared/address/private_address.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace ninja3cx::config {
namespace {

Error wrong(std::string what) {
    return Error{ErrorKind::BadMessage, std::move(what)};
}

}  // namespace

Result<void> checkLanguageModelAddress(const std::string& written, bool allowsPublic) {
    const bool isTls = written.starts_with("https://");
    if (!isTls && !written.starts_with("http://"))
        return wrong("must begin with http:// or https://, such as http://192.168.1.20:11434/v1");
    const std::string_view rest = std::string_view{written}.substr(isTls ? 8 : 7);
    const std::string_view authority = rest.substr(0, std::min(rest.find('/'), rest.size()));
    const bool isOdd =
        rest.find_first_of("?#@\\") != std::string_view::npos ||
        std::ranges::any_of(rest, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
    const std::size_t port = authority.ends_with(']') ? std::string_view::npos : authority.rfind(':');
    std::string_view host = authority.substr(0, port);
    if (host.empty() || isOdd)
        return wrong("must be http://HOST:PORT/v1, without a user, '?' or '#'; a key comes from LLM_API_KEY");
    if (rest.find("/chat/completions") != std::string_view::npos)
        return wrong("ends where /chat/completions begins: write it without that");
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    boost::system::error_code isName;
    const auto address = boost::asio::ip::make_address(std::string{host}, isName);
    if (isName || isPrivateAddress(address)) return {};
    const std::string what =
        address.to_string() +
        " is not of a private network (such as 10.x, 172.16-31.x, 192.168.x), and calls ";
    if (!allowsPublic) return wrong(what + "do not leave the company unless allowPublic is true");
    if (!isTls) return wrong(what + "leave the company over https:// alone");
    return {};
}

}  // namespace ninja3cx::config
