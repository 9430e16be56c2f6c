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

ReadyAlert managerAlert(std::string_view language) {
    ReadyAlert alert{ofCustomer("wantsManager", of(language, {"au-dessus de vous"},
                                                   {"someone more senior", "somebody more senior",
                                                    "someone senior", "someone above you"}))};
    // A manager who is only mentioned alarms nobody: "un responsable m'a rappelé hier".
    alert.together = SaidTogether{
        SaidPhrases{of(language, {"parler",      "je parle",      "passez moi",  "passe moi",  "me passer",
                                  "nous passer", "mettez moi",    "transférez",  "transférer", "veux",
                                  "veut",        "voulons",       "voudrais",    "voudrait",   "aimerais",
                                  "aimerait",    "souhaite*",     "je demande",  "on demande", "exige*",
                                  "voir",        "avoir",         "joindre",     "contacter",  "remonter",
                                  "me plaindre", "nous plaindre", "besoin",      "il me faut", "il nous faut",
                                  "adresser",    "appelez moi",   "rappelé par", "m'adresse"},
                       {"speak to", "speak with", "talk to", "talk with", "want", "d like", "get me",
                        "get us", "put me through", "pass me", "put me on", "give me", "ask for",
                        "complain to", "escalate", "let me have", "transfer me", "take this to"})},
        SaidPhrases{of(
            language,
            {"un responsable", "votre responsable", "le responsable", "à responsable", "un supérieur",
             "votre supérieur*", "un chef", "votre chef", "votre hiérarchie", "la hiérarchie", "un patron",
             "votre patron", "le patron", "votre directeur", "votre directrice", "votre direction",
             "un manager", "votre manager", "le manager"},
            {"a manager", "your manager", "the manager", "a supervisor", "your supervisor", "the supervisor",
             "your boss", "your superior*", "someone higher", "somebody higher", "team leader"})},
        2};
    return alert;
}

ReadyAlert securityAlert(std::string_view language) {
    ReadyAlert alert{ofCustomer(
        "security", of(language,
                       {"rançon*",
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
                       {"clicked ~ link", "clicked ~ attachment", "ransom", "ransomware", "encrypted all",
                        "files ~ encrypted", "everything is encrypted", "phishing", "hacked", "hackers",
                        "threat* found", "threat* detected", "threat blocked", "trojan", "gift card*",
                        "gave ~ my password", "bitcoin*", "was stolen", "been stolen"}))};
    // Everybody clicks; what alarms is where.
    alert.together = SaidTogether{
        SaidPhrases{of(language, {"j'ai ~ cliqué", "a cliqué", "ont cliqué", "avons cliqué", "avoir cliqué"},
                       {"i clicked", "i ~ clicked", "ve ~ clicked", "she clicked", "he clicked", "we clicked",
                        "they clicked", "has clicked"})},
        SaidPhrases{of(language,
                       {"lien*",
                        "pièce* jointe*",
                        "mail*",
                        "email*",
                        "e-mail*",
                        "courriel*",
                        "sms",
                        "texto*",
                        "suspect*",
                        "louche*",
                        "frauduleu*",
                        "fausse page",
                        "faux site",
                        "page bizarre",
                        "site bizarre",
                        "message bizarre",
                        "truc bizarre",
                        "message ~ banque",
                        "message ~ impôts",
                        "message ~ poste",
                        "demandé ~ mot de passe",
                        "demande ~ mot de passe",
                        "demandait ~ mot de passe",
                        "mis ~ mot de passe",
                        "tapé ~ mot de passe",
                        "saisi ~ mot de passe",
                        "entré ~ mot de passe",
                        "rentré ~ mot de passe",
                        "mes identifiants",
                        "ses identifiants"},
                       {"link*", "attachment*", "mail*", "email*", "e-mail*", "text message", "suspicious",
                        "dodgy", "fake", "scam*", "asked ~ password", "asks ~ password", "asking ~ password",
                        "put ~ password", "entered ~ password", "typed ~ password"})},
        6, true,
        SaidPhrases{
            of(language,
               {"cliqué sur imprimer", "cliqué sur envoyer", "cliqué sur enregistrer", "cliqué sur valider",
                "cliqué sur démarrer", "cliqué sur redémarrer", "cliqué sur fermer", "cliqué sur annuler",
                "cliqué sur actualiser", "cliqué sur répondre", "cliqué sur ok", "cliqué sur suivant",
                "cliqué sur mot de passe oublié", "cliqué sur nouveau", "cliqué sur supprimer"},
               {"clicked print",     "clicked on print",  "clicked send",      "clicked on send",
                "clicked save",      "clicked on save",   "clicked ok",        "clicked on ok",
                "clicked next",      "clicked submit",    "clicked on submit", "clicked reply",
                "clicked on reply",  "clicked delete",    "clicked on delete", "clicked forgot",
                "clicked on forgot", "clicked forgotten", "clicked new",       "clicked on new"})}};
    return alert;
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
    alerts.push_back(managerAlert(language));
    alerts.push_back(securityAlert(language));
    return alerts;
}

}  // namespace ninja3cx::analysis
