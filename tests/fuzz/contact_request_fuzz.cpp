#include "agent/local_hooks/contact_request.hpp"
#include "agent/local_hooks/hand_over.hpp"
#include "shared/core/text.hpp"

#include <cstdlib>

/// Any program on the PC, and any page in its browser, may write to the contact URL's port. Whoever is taken for a caller has
/// texts that the server takes, and the page has no markup of his. A hand-over that is read is written and read alike.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::agent;
    const auto require = [](bool isTrue) {
        if (!isTrue) std::abort();
    };
    const auto requireFit = [&](const Caller& caller) {
        require(caller.number.size() <= 64 && caller.name.size() <= 200);
        require(ninja3cx::isUtf8(caller.number) && ninja3cx::isUtf8(caller.name));
        require(caller.number.find_first_of("\n\r") == std::string::npos);
        require(callerOf(caller.number, "").number == caller.number);
    };
    const std::string input{reinterpret_cast<const char*>(data), size};
    const ContactUrl url{41234, "00112233445566778899aabbccddeeff"};
    // Whole heads are rare among random bytes: the query alone is tried as well.
    for (const std::string& head :
         {input, "GET " + url.path() + "?" + input + " HTTP/1.1\r\nHost: localhost:41234\r\n\r\n"}) {
        const ContactAnswer answer = readContactRequest(head, url);
        require((answer.status == 200) == answer.caller.has_value());
        if (answer.caller) requireFit(*answer.caller);
        const std::string page = contactResponse(answer);
        const std::size_t body = page.find("\r\n\r\n");
        require(body != std::string::npos);
        std::size_t scripts = 0;
        for (std::size_t at = page.find("<script"); at != std::string::npos;
             at = page.find("<script", at + 1))
            ++scripts;
        require(scripts == (answer.status == 200 ? 1U : 0U));
    }
    if (const auto caller = decodeHandOver(input)) {
        requireFit(*caller);
        const auto again = decodeHandOver(encodeHandOver(*caller));
        require(again.has_value() && again->number == caller->number);
    }
    return 0;
}
