#include "server/analysis/personal_data/number_topics.hpp"

#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/number_names.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr auto kCardPhrases = std::to_array<std::string_view>(
    {"carte*", "cb", "c b", "visa", "mastercard*", "master card", "amex", "american express", "card*",
     "quarte", "paye*", "paiement*", "payment*", "pay", "kart*", "cart", "credit card", "carte bleue"});
/// Beside `otherNumberNames`: references as long as a card's number, and cards that pay nothing.
constexpr auto kReferencePhrases = std::to_array<std::string_view>(
    {"numero ~ commande", "order number", "tracking*", "numero ~ suivi", "carte* ~ fidelite",
     "carte ~ adherent", "loyalty card*", "membership card*"});
constexpr auto kIbanPhrases = std::to_array<std::string_view>(
    {"iban*", "i ban", "ibane", "liban", "ibanne", "rib", "ribs", "r i b", "coordonnees bancaires",
     "coordonnees ~ bancaire*", "compte bancaire", "compte ~ banque", "account", "bank account*",
     "bank details", "bank detail", "account number", "eban", "virement"});
constexpr auto kSsnPhrases = std::to_array<std::string_view>({"securite sociale",
                                                              "securite social",
                                                              "numero ~ secu*",
                                                              "num ~ secu",
                                                              "la secu",
                                                              "carte vitale",
                                                              "carte ~ vitale",
                                                              "nir",
                                                              "n i r",
                                                              "numero insee",
                                                              "my social",
                                                              "social security",
                                                              "national insurance",
                                                              "n i number",
                                                              "ni number",
                                                              "immatriculation",
                                                              "assure social",
                                                              "de secu",
                                                              "securite sociales",
                                                              "vitale"});

enum TopicGroup : std::uint32_t { kCard, kOtherCard, kIban, kSsn };

const CueIndex& topicCues() {
    static const CueIndex kCues{
        {kCard, kCardPhrases},
        {kOtherCard, otherNumberNames()},
        {kOtherCard, kReferencePhrases},
        {kIban, kIbanPhrases},
        {kSsn, kSsnPhrases},
    };
    return kCues;
}

}  // namespace

Topics topicsOf(const Line& line) {
    const std::uint32_t groups = topicCues().groupsIn(line.words);
    const auto has = [&](TopicGroup group) { return (groups >> group & 1U) != 0; };
    return {has(kCard), has(kOtherCard), has(kIban), has(kSsn)};
}
Topics operator|(const Topics& a, const Topics& b) {
    return {a.card || b.card, a.otherCard || b.otherCard, a.iban || b.iban, a.ssn || b.ssn};
}

bool namesOtherNumber(const Line& line) {
    static const CueList kOther{{"dernier* chiffre*"},
                                {"derniers"},
                                {"last four"},
                                {"last 4"},
                                {"last digits"},
                                {"ending"},
                                {"finit par"},
                                {"refus*"},
                                {"adherent*"},
                                {"fidelite"},
                                {"badge"},
                                {"acces"},
                                {"grise"},
                                {"identite"},
                                {"visite"},
                                {"dos"},
                                {"back"},
                                {"cryptogramme"},
                                {"expir*"},
                                {"commande"},
                                {"order"},
                                {"facture"},
                                {"invoice"},
                                {"client"},
                                {"customer"},
                                {"telephone"},
                                {"phone"},
                                {"dossier"},
                                {"compte client"},
                                {"code"},
                                {"pin"},
                                {"membership"},
                                {"loyalty"},
                                {"reference"},
                                {"ticket"},
                                {"serie"},
                                {"serial"},
                                {"contrat"},
                                {"declined"},
                                {"erron*"},
                                {"faux"},
                                {"change*"},
                                {"mail"}};
    return kOther.first(line).has_value();
}

}  // namespace ninja3cx::analysis
