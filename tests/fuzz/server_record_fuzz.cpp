#include "shared/core/text.hpp"
#include "shared/discovery/server_record.hpp"

#include <algorithm>
#include <cstdlib>

/// Anybody on the network may announce a server. The input is a TXT record as on the wire: strings, each behind a byte
/// with its length. What is read is written and read alike, and nothing of it moves a terminal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::discovery;
    const auto require = [](bool isTrue) {
        if (!isTrue) std::abort();
    };
    const auto isQuiet = [](const std::string& text) {
        return std::ranges::none_of(text, [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte < 0x20 || byte == 0x7F;
        });
    };
    const std::string input{reinterpret_cast<const char*>(data), size};
    std::vector<std::string> entries;
    for (std::size_t at = 0; at < size;) {
        const std::size_t length = data[at];
        entries.push_back(input.substr(at + 1, length));
        at += 1 + length;
    }
    if (const auto record = decodeTxt(entries)) {
        require(isQuiet(record->identity + record->version + record->path));
        const auto again = decodeTxt(encodeTxt(*record));
        require(again.has_value() && *again == *record);
    }
    const std::string name = shownName(input);
    require(isQuiet(name) && ninja3cx::isUtf8(name) && shownName(name) == name);
    return 0;
}
