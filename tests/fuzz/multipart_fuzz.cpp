#include "simulators/exchange/multipart.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// The first line is the content type, the rest the body. Whatever is accepted has names, and no part is
/// larger than the whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::simulators;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t lineEnd = input.find('\n');
    if (lineEnd == std::string_view::npos) return 0;
    const auto parts = parseMultipart(input.substr(0, lineEnd), input.substr(lineEnd + 1));
    if (!parts) return 0;
    std::size_t total = 0;
    for (const Part& part : *parts) {
        if (part.name.empty()) std::abort();
        total += part.body.size();
    }
    if (total > size) std::abort();
    return 0;
}
