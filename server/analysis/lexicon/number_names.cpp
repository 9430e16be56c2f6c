#include "server/analysis/lexicon/number_names.hpp"

#include <array>

namespace ninja3cx::analysis {

std::span<const std::string_view> otherNumberNames() {
    static constexpr auto kNames = std::to_array<std::string_view>({"siret*",
                                                                    "siren",
                                                                    "imei",
                                                                    "i m e i",
                                                                    "iccid",
                                                                    "numero ~ serie",
                                                                    "numeros ~ serie",
                                                                    "serial*",
                                                                    "carte mere",
                                                                    "carte graphique",
                                                                    "carte reseau",
                                                                    "carte sim",
                                                                    "carte son",
                                                                    "carte video",
                                                                    "carte vitale",
                                                                    "carte cps",
                                                                    "sim card",
                                                                    "graphics card",
                                                                    "network card",
                                                                    "sound card",
                                                                    "code barre*",
                                                                    "bar code*",
                                                                    "barcode*",
                                                                    "cle ~ licence",
                                                                    "licence key",
                                                                    "license key",
                                                                    "product key",
                                                                    "cle ~ produit",
                                                                    "bitlocker",
                                                                    "recovery key",
                                                                    "cle de recuperation",
                                                                    "asset tag"});
    return kNames;
}

std::span<const std::string_view> doorCodeNames() {
    static constexpr auto kNames = std::to_array<std::string_view>({"digicode",
                                                                    "code ~ porte",
                                                                    "code ~ portail",
                                                                    "code ~ portillon",
                                                                    "code ~ immeuble",
                                                                    "code ~ garage",
                                                                    "code ~ barriere",
                                                                    "code ~ deverrouillage",
                                                                    "code pin",
                                                                    "code ~ messagerie",
                                                                    "unlock code",
                                                                    "pin code",
                                                                    "code ~ alarme",
                                                                    "door code",
                                                                    "gate code",
                                                                    "alarm code",
                                                                    "building code",
                                                                    "entrance code",
                                                                    "entry code",
                                                                    "garage code",
                                                                    "keypad code",
                                                                    "code for the ~ door",
                                                                    "code for the gate",
                                                                    "code for the alarm",
                                                                    "code for the building",
                                                                    "code for the garage",
                                                                    "code for the entrance"});
    return kNames;
}

std::span<const std::string_view> remoteHelpNames() {
    static constexpr auto kNames =
        std::to_array<std::string_view>({"teamviewer", "team viewer", "anydesk", "any desk", "quick assist",
                                         "assistance rapide", "rustdesk", "splashtop"});
    return kNames;
}

}  // namespace ninja3cx::analysis
