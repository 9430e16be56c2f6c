#include "server/analysis/personal_data/open_dictation.hpp"
#include "server/analysis/personal_data/personal_data.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One utterance with its personal data replaced.
namespace ninja3cx::analysis {
namespace {

/// For each byte of a masked text the bytes of the original that it is or stands for.
struct Origin {
    std::size_t begin;
    std::size_t end;
    bool isReplaced;
};

/// Those of a text of which some places were replaced.
std::vector<Origin> originsAfter(const std::vector<protocol::MaskedPlace>& places,
                                 const std::vector<Origin>& before) {
    std::vector<Origin> after;
    std::size_t from = 0;
    const auto keep = [&](std::size_t to) {
        after.insert(after.end(), before.begin() + static_cast<std::ptrdiff_t>(from),
                     before.begin() + static_cast<std::ptrdiff_t>(to));
    };
    for (const protocol::MaskedPlace& place : places) {
        keep(place.at);
        from = place.at + place.length;
        after.insert(after.end(), place.replacedBy, {before[place.at].begin, before[from - 1].end, true});
    }
    keep(before.size());
    return after;
}

}  // namespace

protocol::MaskedText maskPlaces(std::string_view text, std::string_view language) {
    return maskPlaces(text, language, {});
}

protocol::MaskedText maskPlaces(std::string_view text, std::string_view language, std::string_view before) {
    std::string masked{text};
    std::vector<Origin> origins;
    for (std::size_t i = 0; i < text.size(); ++i) origins.push_back({i, i + 1, false});
    // What stood next to a piece may be recognised only once the piece is gone; each round removes words.
    while (true) {
        protocol::AnalysisInput input;
        input.language = std::string{language};
        input.turns = turnsBefore(before);
        input.turns.push_back({protocol::Speaker::Customer, 0, 0, masked});
        const auto found = findPersonalData(readConversation(input));
        protocol::MaskedText next =
            protocol::withMasks(masked, protocol::spansByTurn(found, input.turns.size()).back());
        if (next.places.empty()) break;
        origins = originsAfter(next.places, origins);
        masked = std::move(next.text);
    }
    protocol::MaskedText result{std::move(masked)};
    for (const Origin& origin : origins) {
        if (!origin.isReplaced) continue;
        if (result.places.empty() || result.places.back().at != origin.begin)
            result.places.push_back({origin.begin, origin.end - origin.begin, 0});
        ++result.places.back().replacedBy;
    }
    return result;
}

std::string maskPersonalData(std::string_view text, std::string_view language) {
    return maskPlaces(text, language).text;
}

}  // namespace ninja3cx::analysis
