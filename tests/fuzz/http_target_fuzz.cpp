#include "server/net/http.hpp"
#include "server/net/target.hpp"
#include "shared/core/text.hpp"

#include <cstdlib>

using namespace ninja3cx;

namespace {

void require(bool isTrue) {
    if (!isTrue) std::abort();
}

net::Router makeRouter() {
    net::Router router;
    for (const auto* const pattern : {"/", "/ws/{id}", "/api/{a}/calls/{b}", "/files/{rest*}"})
        router.addWebSocket(pattern, nullptr, nullptr);
    return router;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto router = makeRouter();
    const std::string input{reinterpret_cast<const char*>(data), size};

    // What we encode we must be able to decode, unless it was no text to begin with.
    const auto decoded = net::percentDecode(net::percentEncode(input), false);
    require(decoded.has_value() == isUtf8(input));
    if (decoded) require(*decoded == input);

    if (const auto fields = net::parseFields(input)) {
        std::vector<std::pair<std::string, std::string>> list{fields->begin(), fields->end()};
        require(net::formDecode(net::formEncode(list)) == *fields);
    }

    if (const auto target = net::parseTarget(input)) {
        require(target->path.starts_with('/') && isUtf8(target->path));
        require((target->path + '/').find("/../") == std::string::npos);
        net::HttpRequest request;
        request.target = input;
        router.webSocketFor(request);
        for (const auto& [name, value] : request.pathParameters)
            require(value.find('\0') == std::string::npos);
    }
    return 0;
}
