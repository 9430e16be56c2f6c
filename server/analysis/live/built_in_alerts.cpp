#include "server/analysis/live/alert_rules.hpp"

#include <initializer_list>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using Phrases = std::initializer_list<const char*>;

std::vector<std::string> of(std::string_view language, Phrases french, Phrases english) {
    std::vector<std::string> phrases;
    if (language != "en") phrases.insert(phrases.end(), french.begin(), french.end());
    if (language != "fr") phrases.insert(phrases.end(), english.begin(), english.end());
    return phrases;
}

AlertRule ofCustomer(std::string id, std::vector<std::string> phrases) {
    AlertRule rule;
    rule.id = std::move(id);
    rule.phrases = std::move(phrases);
    rule.speaker = protocol::Speaker::Customer;
    return rule;
}

AlertRule cancellationAlert(std::string_view language) {
    return ofCustomer("cancellation", of(language,
                                         {"résilier",
                                          "je résilie",
                                          "on résilie",
                                          "nous résilions",
                                          "résiliation",
                                          "changer de prestataire",
                                          "change de prestataire",
                                          "changer de fournisseur",
                                          "changer d'infogérant",
                                          "un autre prestataire",
                                          "voir la concurrence",
                                          "chez un concurrent",
                                          "chez vos concurrents",
                                          "aller voir ailleurs",
                                          "mettre fin au contrat",
                                          "mettre fin à notre contrat",
                                          "arrêter le contrat",
                                          "arrêter notre contrat",
                                          "rompre le contrat",
                                          "rompre notre contrat"},
                                         {"cancel ~ contract", "cancelling ~ contract",
                                          "terminate ~ contract", "leave the contract", "switch provider*",
                                          "change provider*", "switching provider*", "changing provider*",
                                          "another provider", "business elsewhere", "custom elsewhere"}));
}

AlertRule managerAlert(std::string_view language) {
    return ofCustomer(
        "wantsManager",
        of(language,
           {"un responsable", "votre responsable", "votre supérieur*", "un supérieur", "votre chef",
            "votre hiérarchie", "votre patron", "votre directeur", "votre directrice", "au-dessus de vous"},
           {"your manager", "speak to a manager", "talk to a manager", "speak to the manager",
            "speak with a manager", "get me a manager", "want a manager", "a supervisor", "your supervisor",
            "your boss", "someone more senior", "somebody more senior", "someone senior",
            "someone above you"}));
}

AlertRule securityAlert(std::string_view language) {
    return ofCustomer("security", of(language,
                                     {"j'ai cliqué",
                                      "j'ai ~ cliqué ~ lien",
                                      "j'ai ~ cliqué ~ pièce jointe",
                                      "rançon*",
                                      "ransomware*",
                                      "chiffré tous",
                                      "chiffré toutes",
                                      "tous ~ chiffrés",
                                      "tout est chiffré",
                                      "fichiers chiffrés",
                                      "crypté tous",
                                      "fichiers cryptés",
                                      "cryptolocker",
                                      "hameçonnage",
                                      "phishing",
                                      "fait pirater",
                                      "été piraté*",
                                      "est piraté*",
                                      "nous pirate",
                                      "menace détectée",
                                      "menace bloquée",
                                      "menace neutralisée",
                                      "trojan",
                                      "cheval de troie",
                                      "carte* cadeau*",
                                      "donné mon mot de passe",
                                      "bitcoin*",
                                      "on m'a volé",
                                      "me voler",
                                      "fait voler"},
                                     {"i clicked",
                                      "clicked ~ link",
                                      "clicked ~ attachment",
                                      "ransom",
                                      "ransomware",
                                      "encrypted all",
                                      "files ~ encrypted",
                                      "everything is encrypted",
                                      "phishing",
                                      "hacked",
                                      "hackers",
                                      "threat* found",
                                      "threat* detected",
                                      "threat blocked",
                                      "trojan",
                                      "gift card*",
                                      "gave ~ my password",
                                      "bitcoin*",
                                      "was stolen",
                                      "been stolen"}));
}

}  // namespace

std::vector<std::string> angryPhrases(std::string_view language) {
    return of(language, {"inadmissible*",     "inacceptable*",    "intolerable*",    "scandaleu*",
                         "un scandale",       "honteu*",          "une honte",       "lamentable*",
                         "n'importe quoi",    "ras le bol",       "marre",           "ça suffit",
                         "excédé*",           "furieu*",          "en colère",       "vous vous moquez",
                         "se moque de",       "vous vous fichez", "se fiche de",     "vous plaisantez",
                         "vous rigolez",      "incompétent*",     "insupportable*",  "invraisemblable*",
                         "perds patience",    "pas sérieux",      "combien de fois", "la troisième fois",
                         "la quatrième fois", "trois fois que",   "quatre fois que", "on m'envoie balader",
                         "on me balade",      "suis à bout"},
              {"unacceptable",
               "ridiculous",
               "outrageous",
               "disgrace*",
               "appalling",
               "a joke",
               "fed up",
               "sick of",
               "sick and tired",
               "had enough",
               "furious",
               "angry",
               "livid",
               "useless",
               "incompetent",
               "not good enough",
               "how many times",
               "third time",
               "fourth time",
               "having a laugh",
               "kidding me",
               "losing my patience",
               "running out of patience"});
}

std::vector<ReadyAlert> builtInAlerts(std::string_view language) {
    // Anger is rarely said in words of its own: what the model finds clearly unhappy counts too.
    constexpr float kClearlyUnhappy = 0.6F;
    AlertRule angry = ofCustomer("angryCustomer", angryPhrases(language));
    angry.mood = protocol::Sentiment::Negative;
    angry.times = 2;
    angry.within = std::chrono::seconds{60};
    std::vector<ReadyAlert> alerts;
    alerts.emplace_back(std::move(angry), kClearlyUnhappy);
    alerts.emplace_back(cancellationAlert(language));
    alerts.emplace_back(managerAlert(language));
    alerts.emplace_back(securityAlert(language));
    return alerts;
}

}  // namespace ninja3cx::analysis
