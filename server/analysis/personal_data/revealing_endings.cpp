#include "server/analysis/personal_data/revealing_endings.hpp"

#include <array>

namespace ninja3cx::analysis {

std::span<const std::string_view> revealingEndings() {
    static constexpr auto kEndings = std::to_array<std::string_view>({
        " 0000 0000 0000 0000 carte",
        " carte",
        " numéro de sécu",
        " 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
        " iban",
        " 27 123",
        " 000000 000000 000000 000000 000000 000000 000000 000000 bitlocker",
        " VK7JG NPHTM C97JM 9MPGT 3V66T",
        " et le nouveau Bordeaux33",
        " and the new one Bordeaux33",
        " 12 34 56 c",
        " 12 mars 1980 date de naissance",
        " mars 1980 date de naissance",
        " 1980 date de naissance",
        " date de naissance",
        " soleil2024 mot de passe",
        " est soleil2024",
        " soleil2024",
        " c'est mon mot de passe",
        " teamviewer",
    });
    return kEndings;
}

}  // namespace ninja3cx::analysis
