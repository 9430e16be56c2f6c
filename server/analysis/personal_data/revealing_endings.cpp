#include "server/analysis/personal_data/revealing_endings.hpp"

#include <array>

namespace ninja3cx::analysis {

std::span<const std::string_view> revealingEndings() {
    static constexpr auto kEndings = std::to_array<std::string_view>({
        " 0000 0000 0000 0000 carte",
        " four four four four four four four four four four four four four four four four card",
        " carte",
        " numéro de sécu",
        " 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
        " iban",
        " r 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
        " b 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
        " e 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
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
        " fifteenth nineteen eighty date of birth",
        " un h majuscule étoile 31 mot de passe",
        " majuscule o r étoile 31 mot de passe",
        " comme henri d comme denis 31 étoile mot de passe",
        " in delta echo golf 42 star",
        " soleil2024 mot de passe",
        " comme mot de passe",
        " as the password",
        " underscore 77 in the password box",
        " le code de la messagerie",
        " de passe",
        " b o n s a i 44 c'est le mot de passe",
        " three instead of the e, that's the password",
        " end",
        " est soleil2024",
        " soleil2024",
        " c'est mon mot de passe",
        " teamviewer",
    });
    return kEndings;
}

}  // namespace ninja3cx::analysis
