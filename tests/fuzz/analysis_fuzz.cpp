#include "server/analysis/analyse.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/read_call.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Any bytes are read as a call's JSON, and analysed, each line a turn; what is masked once stays as it is, also after the
/// line before.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    std::string_view rest{reinterpret_cast<const char*>(data), size > 4000 ? 4000 : size};
    if (const auto call = analysis::readCall(rest)) (void)analysis::analyse(*call);
    protocol::AnalysisInput input;
    input.language = rest.empty() || rest[0] % 2 == 0 ? "fr" : "en";
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const auto speaker = rest[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer;
        input.turns.push_back({speaker, 0, 0, std::string{rest.substr(0, end)}});
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    for (const protocol::PersonalData& found : analysis::analyse(input).pii) {
        const std::string& text = input.turns.at(static_cast<std::size_t>(found.turn)).text;
        if (found.begin < 0 || found.begin >= found.end || static_cast<std::size_t>(found.end) > text.size())
            std::abort();
    }
    std::string_view before;
    for (const protocol::Turn& turn : input.turns) {
        const protocol::MaskedText places = analysis::maskPlaces(turn.text, input.language, before);
        std::size_t from = 0;
        for (const protocol::MaskedPlace& place : places.places) {
            if (place.at < from || place.length == 0 || place.at + place.length > turn.text.size())
                std::abort();
            from = place.at + place.length;
        }
        if (analysis::maskPlaces(places.text, input.language, before).text != places.text) std::abort();
        before = turn.text;
        const std::string masked = analysis::maskPersonalData(turn.text, input.language);
        if (analysis::maskPersonalData(masked, input.language) != masked) std::abort();
    }
    return 0;
}
