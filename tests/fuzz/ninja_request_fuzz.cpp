#include "simulators/ninja_schema/ninja_api.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

std::string_view cut(std::string_view& text, char at) {
    const std::size_t end = std::min(text.find(at), text.size());
    const std::string_view before = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return before;
}

}  // namespace

/// The first line is "METHOD path?query", the second the content type, the rest the body. A refusal says why
/// and is counted as one; a ticket that is let through is an object with a client.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::simulators;
    std::string_view input{reinterpret_cast<const char*>(data), size};
    std::string_view line = cut(input, '\n');
    Request request;
    request.method = cut(line, ' ');
    request.path = percentDecode(cut(line, '?'), false);
    request.query = decodeForm(line);
    request.headers = {{"Authorization", "Bearer x"}, {"Content-Type", std::string{cut(input, '\n')}}};
    request.body = input;
    const Verdict verdict = NinjaApi::builtIn().check(request);
    if ((verdict.status == 0) != verdict.violations.empty()) std::abort();
    if (verdict.status != 0 && verdict.status != 400 && verdict.status != 404 && verdict.status != 415)
        std::abort();
    if (verdict.status == 0 && verdict.operation == "POST /ticketing/ticket" &&
        !boost::json::parse(request.body).at("clientId").is_int64())
        std::abort();
    return 0;
}
