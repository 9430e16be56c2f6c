#include "server/analysis/personal_data/open_dictation.hpp"
#include "server/analysis/personal_data/personal_data.hpp"

#include <cstddef>
#include <string>
#include <string_view>
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

}  // namespace

MaskedText maskPlaces(std::string_view text, std::string_view language) {
    return maskPlaces(text, language, {});
}

MaskedText maskPlaces(std::string_view text, std::string_view language, std::string_view before) {
    std::string masked{text};
    std::vector<Origin> origins;
    for (std::size_t i = 0; i < text.size(); ++i) origins.push_back({i, i + 1, false});
    // What stood next to a piece may be recognised only once the piece is gone; each round removes words.
    while (true) {
        protocol::AnalysisInput input;
        input.language = std::string{language};
        input.turns = turnsBefore(before);
        input.turns.push_back({protocol::Speaker::Customer, 0, 0, masked});
        auto found = findPersonalData(readConversation(input));
        std::erase_if(found, [&](const protocol::PersonalData& data) {
            return static_cast<std::size_t>(data.turn) + 1 != input.turns.size();
        });
        if (found.empty()) break;
        std::string next;
        std::vector<Origin> nextOrigins;
        std::size_t from = 0;
        const auto keep = [&](std::size_t to) {
            next.append(masked, from, to - from);
            nextOrigins.insert(nextOrigins.end(), origins.begin() + static_cast<std::ptrdiff_t>(from),
                               origins.begin() + static_cast<std::ptrdiff_t>(to));
        };
        for (const protocol::PersonalData& data : found) {
            const auto begin = static_cast<std::size_t>(data.begin);
            const auto end = static_cast<std::size_t>(data.end);
            keep(begin);
            const std::string_view mask = kMasks[static_cast<std::size_t>(data.kind)];
            next += mask;
            nextOrigins.insert(nextOrigins.end(), mask.size(),
                               {origins[begin].begin, origins[end - 1].end, true});
            from = end;
        }
        keep(masked.size());
        masked = std::move(next);
        origins = std::move(nextOrigins);
    }
    MaskedText result{std::move(masked), {}};
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
