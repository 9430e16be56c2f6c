#include "server/analysis/secret_cues.hpp"

#include "server/analysis/cue_index.hpp"
#include "server/analysis/phrases.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

/// What announces a word of letters, digits and signs.
constexpr auto kPasswordPhrases = std::to_array<std::string_view>({"mot ~ passe",
                                                                   "mots ~ passe*",
                                                                   "de passe",
                                                                   "mot de pass",
                                                                   "mot de pas",
                                                                   "mode passe",
                                                                   "modepasse",
                                                                   "motdepasse",
                                                                   "mdp",
                                                                   "m d p",
                                                                   "password*",
                                                                   "pass word*",
                                                                   "passwort",
                                                                   "pasword",
                                                                   "passphrase*",
                                                                   "passcode*",
                                                                   "code ~ wifi",
                                                                   "code ~ wi fi",
                                                                   "code ~ oui fi",
                                                                   "cle wifi",
                                                                   "cle wi fi",
                                                                   "cle ~ wifi",
                                                                   "cle ~ wi fi",
                                                                   "cle wpa",
                                                                   "code visiteur*",
                                                                   "wifi ~ code",
                                                                   "wi fi ~ code",
                                                                   "pour le wifi ~ c est",
                                                                   "pour le wi fi ~ c est",
                                                                   "wifi key",
                                                                   "wi fi key",
                                                                   "key for the wi*",
                                                                   "secret",
                                                                   "cle de securite",
                                                                   "cle reseau",
                                                                   "network key",
                                                                   "je tape quoi",
                                                                   "je mets quoi",
                                                                   "what do i type",
                                                                   "what do i put in",
                                                                   "passe provisoire",
                                                                   "passe temporaire",
                                                                   "le provisoire",
                                                                   "un provisoire",
                                                                   "phrase de passe",
                                                                   "phrase secrete",
                                                                   "pass phrase*",
                                                                   "pass code*",
                                                                   "passe phrase",
                                                                   "mot convenu",
                                                                   "mots convenus",
                                                                   "mot secret",
                                                                   "mot de securite",
                                                                   "security word",
                                                                   "secret word",
                                                                   "word we agreed",
                                                                   "word on ~ account",
                                                                   "agreed word",
                                                                   "code word",
                                                                   "code ~ box",
                                                                   "code de direction",
                                                                   "code d autorisation",
                                                                   "code de validation ~ contrat",
                                                                   "code de confirmation de dirigeant*",
                                                                   "authorisation code",
                                                                   "authorization code"});
/// What announces digits alone.
constexpr auto kPinPhrases = std::to_array<std::string_view>({"code pin",
                                                              "pin",
                                                              "pin code",
                                                              "code ~ messagerie",
                                                              "code ~ repondeur",
                                                              "code ~ voicemail",
                                                              "code ~ alarme",
                                                              "code ~ porte",
                                                              "code ~ portail",
                                                              "code ~ deverrouillage",
                                                              "code ~ carte",
                                                              "code secret",
                                                              "code confidentiel",
                                                              "code d acces",
                                                              "code provisoire",
                                                              "cryptogramme",
                                                              "pictogramme ~ carte",
                                                              "security code",
                                                              "access code",
                                                              "door code",
                                                              "alarm code",
                                                              "code for the alarm",
                                                              "code ~ coffre",
                                                              "code par defaut",
                                                              "default code",
                                                              "code ~ boite vocale",
                                                              "code ~ boite a cles",
                                                              "code ~ digicode",
                                                              "code ~ immeuble",
                                                              "code ~ portillon",
                                                              "code ~ garage",
                                                              "code ~ barriere",
                                                              "building code",
                                                              "code for the building",
                                                              "entrance code",
                                                              "keypad code",
                                                              "garage code",
                                                              "code for the garage",
                                                              "code for the entrance",
                                                              "code ~ badge",
                                                              "code ~ tablette",
                                                              "code ~ sim",
                                                              "digicode",
                                                              "code ~ boitier",
                                                              "combinaison ~ coffre",
                                                              "combination",
                                                              "key box",
                                                              "pour deverrouiller",
                                                              "unlock code",
                                                              "unlocking code",
                                                              "code to unlock",
                                                              "entry code",
                                                              "gate code",
                                                              "safe code",
                                                              "key safe",
                                                              "lock code",
                                                              "code for the ~ door",
                                                              "code for the safe",
                                                              "code for the gate",
                                                              "code for the tablet",
                                                              "code for the phone",
                                                              "voicemail code",
                                                              "code for the voicemail"});
/// What is opened with digits: they are a secret where they are dialled ("I do the one two three four").
constexpr auto kLockPhrases = std::to_array<std::string_view>({"messagerie vocale",
                                                               "messagerie du telephone",
                                                               "boite vocale",
                                                               "repondeur",
                                                               "voicemail",
                                                               "voice mail",
                                                               "deverrouill*",
                                                               "unlock*",
                                                               "alarme",
                                                               "alarm",
                                                               "digicode",
                                                               "coffre",
                                                               "combien de chiffres",
                                                               "how many digits",
                                                               "keypad",
                                                               "clavier a code",
                                                               "code incorrect",
                                                               "wrong code",
                                                               "ouvrir la porte",
                                                               "ouvrir le portail",
                                                               "ouvrir le portillon",
                                                               "ouvrir le coffre",
                                                               "open the door",
                                                               "open the gate",
                                                               "open the safe"});
/// The number that follows is what these lines speak of.
constexpr auto kDigitCountPhrases = std::to_array<std::string_view>(
    {"combien de chiffres", "how many digits", "quatre chiffres", "four digits"});
constexpr auto kWifiPhrases =
    std::to_array<std::string_view>({"wifi", "wi fi", "oui fi", "wireless", "guest network"});
/// A description ("T majuscule, tiret, 58") that is dictated where these are spoken of is a password's.
constexpr auto kAccountPhrases = std::to_array<std::string_view>(
    {"compte", "session", "verrouill*", "deverrouill*", "account", "sign in", "log in", "login", "locked",
     "unlocked", "reinitialis*", "reset", "a new one", "un nouveau", "majuscule*", "capital"});
constexpr auto kKeyPhrases = std::to_array<std::string_view>({"la cle", "the key"});
/// The secret itself is asked for, not which one or when.
constexpr auto kAskedPhrases = std::to_array<std::string_view>({"quel est ~ mot de passe",
                                                                "quel etait ~ mot de passe",
                                                                "quel serait ~ mot de passe",
                                                                "c est quoi ~ mot de passe",
                                                                "c etait quoi ~ mot de passe",
                                                                "et le mot de passe",
                                                                "et le mdp",
                                                                "et votre mot de passe",
                                                                "et ton mot de passe",
                                                                "quel mot de passe ~ avez",
                                                                "quel mot de passe ~ mis",
                                                                "quel mot de passe ~ tap*",
                                                                "quel mot de passe ~ utilis*",
                                                                "quel mot de passe ~ mettez",
                                                                "quel mot de passe ~ essay*",
                                                                "donnez moi ~ mot de passe",
                                                                "quoi comme mot de passe",
                                                                "what ~ for the password",
                                                                "mot convenu",
                                                                "mots convenus",
                                                                "mot secret",
                                                                "mot de securite",
                                                                "phrase de passe",
                                                                "phrase secrete",
                                                                "code de direction",
                                                                "code d autorisation",
                                                                "code de validation ~ contrat",
                                                                "code de confirmation de dirigeant*",
                                                                "what s ~ password",
                                                                "what is ~ password",
                                                                "what was ~ password",
                                                                "what password ~ you",
                                                                "which password ~ you",
                                                                "and the password",
                                                                "and your password",
                                                                "security word",
                                                                "secret word",
                                                                "word we agreed",
                                                                "word on ~ account",
                                                                "agreed word",
                                                                "code word",
                                                                "pass phrase",
                                                                "passphrase",
                                                                "authorisation code",
                                                                "authorization code"});
/// Only which one it is, or whether it is known.
const CueIndex& whichCues() {
    static constexpr auto kPhrases = std::to_array<std::string_view>(
        {"concern*", "lequel", "depuis quand", "when", "change*", "oubli*", "forgot*", "which one", "de quoi",
         "pour quoi", "marche*", "fonctionne*", "work*", "expire*", "nom", "name", "names"});
    static const CueIndex kCues{{0, kPhrases}};
    return kCues;
}
/// Any code: it counts only with the value right behind.
constexpr auto kCodePhrases =
    std::to_array<std::string_view>({"le ~ code", "mon code", "votre code", "the ~ code", "my code",
                                     "your code", "code c est", "code is", "code est", "code"});

/// Codes that everybody may know.
constexpr auto kOpenCodePhrases = std::to_array<std::string_view>({"code erreur",
                                                                   "code d erreur",
                                                                   "code ~ erreur",
                                                                   "error code",
                                                                   "code postal",
                                                                   "post code",
                                                                   "postcode",
                                                                   "code ~ client",
                                                                   "code ~ article*",
                                                                   "code ~ colis",
                                                                   "code ~ contrat",
                                                                   "code ~ commande",
                                                                   "code ~ livraison",
                                                                   "code ~ facture",
                                                                   "code ~ suivi",
                                                                   "erreur ~ code",
                                                                   "code ~ parcel",
                                                                   "code ~ order",
                                                                   "code ~ contract",
                                                                   "code ~ invoice",
                                                                   "code ~ error",
                                                                   "error ~ code",
                                                                   "code ~ product",
                                                                   "code ~ piece",
                                                                   "code de l erreur",
                                                                   "code ~ ecran",
                                                                   "code ~ fenetre",
                                                                   "code ~ tiers",
                                                                   "code barre*",
                                                                   "code ~ produit*",
                                                                   "code ape",
                                                                   "code naf",
                                                                   "code ~ fournisseur",
                                                                   "code site",
                                                                   "code agence",
                                                                   "code source",
                                                                   "code promo*",
                                                                   "code pays",
                                                                   "code analytique",
                                                                   "code comptable",
                                                                   "code journal",
                                                                   "code d arret",
                                                                   "stop code",
                                                                   "code qr",
                                                                   "qr code",
                                                                   "code affaire",
                                                                   "code banque",
                                                                   "code guichet",
                                                                   "sort code",
                                                                   "bar code*",
                                                                   "code insee",
                                                                   "code de la route",
                                                                   "code couleur",
                                                                   "code dossier",
                                                                   "code imputation",
                                                                   "code machine",
                                                                   "customer code",
                                                                   "product code",
                                                                   "area code",
                                                                   "dialling code",
                                                                   "fault code",
                                                                   "code defaut",
                                                                   "code panne",
                                                                   "reference",
                                                                   "code service",
                                                                   "code region",
                                                                   "country code",
                                                                   "code tva",
                                                                   "account code",
                                                                   "nominal code",
                                                                   "cost code",
                                                                   "code evenement",
                                                                   "code retour",
                                                                   "affiche*",
                                                                   "me met le code",
                                                                   "me met un code",
                                                                   "il met le code",
                                                                   "ca met le code",
                                                                   "il met un code",
                                                                   "nous met le code",
                                                                   "me sort le code",
                                                                   "me sort un code",
                                                                   "sort le code",
                                                                   "me marque le code",
                                                                   "renvoie le code",
                                                                   "renvoie un code",
                                                                   "indique le code",
                                                                   "gives me the code",
                                                                   "gives the code",
                                                                   "gives me code",
                                                                   "shows the code",
                                                                   "shows code",
                                                                   "throws the code",
                                                                   "throws code",
                                                                   "fails with code",
                                                                   "fails with the code",
                                                                   "comes up with code",
                                                                   "comes up with the code",
                                                                   "stops with code"});
/// Codes that pass: worthless a minute later.
constexpr auto kPassingPhrases = std::to_array<std::string_view>({"sms",
                                                                  "texto",
                                                                  "code ~ recu",
                                                                  "recu ~ code",
                                                                  "recois ~ code",
                                                                  "recevez ~ code",
                                                                  "envoie ~ code",
                                                                  "envoye ~ code",
                                                                  "code unique",
                                                                  "a usage unique",
                                                                  "one time",
                                                                  "onetime",
                                                                  "teamviewer",
                                                                  "team viewer",
                                                                  "anydesk",
                                                                  "any desk",
                                                                  "code ~ session",
                                                                  "session code",
                                                                  "session key",
                                                                  "session id",
                                                                  "numero de session",
                                                                  "quick assist",
                                                                  "assistance rapide",
                                                                  "authenticator",
                                                                  "authentificat*",
                                                                  "double facteur",
                                                                  "two factor",
                                                                  "six chiffres",
                                                                  "6 chiffres",
                                                                  "six digit",
                                                                  "6 digit",
                                                                  "text message",
                                                                  "texted",
                                                                  "verification code",
                                                                  "code de verification",
                                                                  "code de validation",
                                                                  "code de confirmation",
                                                                  "splashtop",
                                                                  "prise en main",
                                                                  "prendre la main",
                                                                  "prends la main",
                                                                  "mfa",
                                                                  "identifiant",
                                                                  "partenaire",
                                                                  "prise de controle",
                                                                  "prendre ~ ecran",
                                                                  "votre ecran",
                                                                  "your screen",
                                                                  "remote ~ session",
                                                                  "connect and",
                                                                  "code du bas",
                                                                  "send ~ code",
                                                                  "sending ~ code",
                                                                  "sent ~ code",
                                                                  "je peux me connecter",
                                                                  "je me connecte",
                                                                  "jump on",
                                                                  "hop on",
                                                                  "can i connect",
                                                                  "have a look",
                                                                  "code s up",
                                                                  "code is up"});
/// Numbers that are asked for: the line behind answers.
constexpr auto kOtherNumberPhrases = std::to_array<std::string_view>({"matricule",
                                                                      "employee number",
                                                                      "staff number",
                                                                      "read me the number",
                                                                      "numero ~ serie",
                                                                      "serial number",
                                                                      "numero de poste",
                                                                      "extension number",
                                                                      "your extension",
                                                                      "votre poste",
                                                                      "quel numero",
                                                                      "what number",
                                                                      "your number",
                                                                      "votre numero",
                                                                      "ticket",
                                                                      "reference",
                                                                      "combien",
                                                                      "how many",
                                                                      "how much",
                                                                      "asset tag",
                                                                      "etiquette",
                                                                      "modele",
                                                                      "model"});

/// The same that are read letter by letter, and read back.
constexpr auto kSerialPhrases = std::to_array<std::string_view>(
    {"numero ~ serie", "numeros ~ serie", "serial*", "asset tag", "service tag", "etiquette", "imei",
     "modele", "model number", "adresse mac", "mac address", "product key", "cle ~ licence", "licence key",
     "cle ~ produit"});

const CueIndex& topicCues() {
    static const CueIndex kCues{
        {kPassword, kPasswordPhrases}, {kPin, kPinPhrases},         {kCode, kCodePhrases},
        {kOpenCode, kOpenCodePhrases}, {kPassing, kPassingPhrases}, {kOtherNumber, kOtherNumberPhrases},
        {kLock, kLockPhrases},         {kAsked, kAskedPhrases},     {kDigitCount, kDigitCountPhrases},
        {kSerial, kSerialPhrases},     {kWifi, kWifiPhrases},       {kKey, kKeyPhrases},
        {kAccount, kAccountPhrases},
    };
    return kCues;
}

/// "PIN pad", "24 pin connector": no code.
bool isPinOfThing(std::span<const Word> words, const Phrase::Match& match) {
    static constexpr auto kThings = std::to_array<std::string_view>(
        {"pad", "pads", "entry", "machine", "machines", "terminal", "terminals", "connector", "connectors",
         "plug", "socket", "cable", "header"});
    return words[match.first].text == "pin" && match.last == match.first + 1 && match.last < words.size() &&
           std::find(kThings.begin(), kThings.end(), words[match.last].text) != kThings.end();
}

}  // namespace

std::uint32_t secretTopicsIn(std::span<const Word> words) {
    std::uint32_t groups = topicCues().groupsIn(words);
    if ((groups >> kPin & 1U) != 0) {
        std::vector<SecretCue> cues;
        addSecretCues(words, kPin, cues);
        if (cues.empty()) groups &= ~(1U << kPin);
    }
    return groups;
}

bool asksWhich(std::span<const Word> words) {
    return whichCues().groupsIn(words) != 0;
}

void addSecretCues(std::span<const Word> words, SecretTopic topic, std::vector<SecretCue>& cues) {
    const std::span<const std::string_view> phrases =
        topic == kPassword ? std::span<const std::string_view>{kPasswordPhrases}
        : topic == kPin    ? std::span<const std::string_view>{kPinPhrases}
        : topic == kKey    ? std::span<const std::string_view>{kKeyPhrases}
                           : std::span<const std::string_view>{kCodePhrases};
    for (const std::string_view written : phrases) {
        const Phrase phrase{written};
        for (auto match = phrase.find(words); match; match = phrase.find(words, match->first + 1))
            if (topic != kPin || !isPinOfThing(words, *match))
                cues.push_back({match->first, match->last, topic == kPin || topic == kCode, topic == kCode});
    }
}

}  // namespace ninja3cx::analysis
