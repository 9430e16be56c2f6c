#include "server/analysis/personal_data/known_digits.hpp"

#include "server/analysis/personal_data/check_digits.hpp"
#include "shared/core/text.hpp"

#include <string_view>

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

void KnownDigits::add(const DictatedPiece& piece) {
    constexpr std::size_t kLongest = 64;
    hasMask_ = hasMask_ || piece.masks > 0;
    const std::string said = lowered(piece.value);
    if (!value_.ends_with(said) && value_.size() < kLongest) value_ += said;
}

std::size_t KnownDigits::length() const {
    constexpr std::size_t kFrenchAccount = 27;
    constexpr std::size_t kPerson = 15;
    constexpr std::size_t kAmericanExpress = 15;
    constexpr std::size_t kCard = 16;
    switch (kind_) {
        case PersonalDataKind::Iban: {
            const std::size_t known =
                value_.size() < 2 ? 0 : ibanLength(std::string_view{value_}.substr(0, 2));
            return known > 0 ? known : kFrenchAccount;
        }
        case PersonalDataKind::Ssn:
            return kPerson;
        default:
            return value_.starts_with("34") || value_.starts_with("37") ? kAmericanExpress : kCard;
    }
}

bool KnownDigits::isWhole() const {
    return !hasMask_ && value_.size() >= length();
}

bool KnownDigits::mayGoOnWith(const DictatedPiece& piece) const {
    constexpr std::size_t kMostBehindMask = 12;
    if (piece.value.empty()) return false;
    return hasMask_ ? piece.value.size() <= kMostBehindMask : value_.size() + piece.value.size() <= length();
}

bool KnownDigits::isCompletedBy(const DictatedPiece& piece) const {
    const std::string whole = value_ + lowered(piece.value);
    if (hasMask_ || piece.value.empty() || whole.size() != length()) return false;
    switch (kind_) {
        case PersonalDataKind::Iban:
            return isIban(whole);
        case PersonalDataKind::Ssn:
            return isFrenchSocialSecurity(whole);
        default:
            return isCardNumber(whole);
    }
}

}  // namespace ninja3cx::analysis
