#include "server/analysis/lexicon/category_names.hpp"

#include <array>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

struct CategoryWording {
    std::string_view french;
    std::string_view english;
};
// In the order of `protocol::Category`.
constexpr std::array<CategoryWording, 16> kCategoryNames = {{
    {"Compte et mot de passe", "Account and password"},
    {"Messagerie", "E-mail"},
    {"Réseau et VPN", "Network and VPN"},
    {"Internet et Wi-Fi", "Internet and Wi-Fi"},
    {"Imprimante ou scanner", "Printer or scanner"},
    {"Matériel", "Hardware"},
    {"Poste lent ou instable", "Slow or unstable workstation"},
    {"Serveur et infrastructure", "Server and infrastructure"},
    {"Logiciel", "Software"},
    {"Incident de sécurité", "Security incident"},
    {"Sauvegarde et restauration", "Backup and restore"},
    {"Téléphonie", "Telephony"},
    {"Arrivée ou départ", "Starter or leaver"},
    {"Achat et licence", "Purchase and licence"},
    {"Demande d'information", "Request for information"},
    {"Appel hors support", "Call outside support"},
}};
static_assert(kCategoryNames.size() == static_cast<std::size_t>(protocol::Category::OtherNonSupport) + 1);

}  // namespace

std::string categoryName(protocol::Category category, bool isEnglish) {
    const CategoryWording& wording = kCategoryNames[static_cast<std::size_t>(category)];
    return std::string{isEnglish ? wording.english : wording.french};
}

}  // namespace ninja3cx::analysis
