#include "server/analysis/personal_data/asked_secrets.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_cues.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

bool speaksOf(std::uint32_t topics, SecretTopic topic) {
    return (topics >> topic & 1U) != 0;
}

/// Whose password a line speaks of.
enum class Whose {
    Known,  // "votre mot de passe", "the password", "comme mot de passe"
    Own,    // "mon mot de passe"
    Any     // "un nouveau mot de passe": none yet
};
Whose whoseIn(const Line& line) {
    static constexpr auto kOwn = std::to_array<std::string_view>({"mon", "ma", "mes", "my", "nos"});
    static constexpr auto kAny = std::to_array<std::string_view>(
        {"un", "une", "d", "a", "an", "another", "any", "des", "nouveau", "new", "autre"});
    static constexpr auto kKnown = std::to_array<std::string_view>(
        {"votre", "vos", "ton",   "le",  "la",  "l",   "du",   "au",   "son",   "leur", "notre", "ce",
         "your",  "the", "their", "his", "her", "our", "that", "this", "comme", "quel", "what",  "for"});
    static constexpr auto kHeads =
        std::to_array<std::string_view>({"mot", "mots", "mdp", "password", "passwords", "pass", "cle", "key",
                                         "code", "passphrase", "phrase"});
    constexpr std::size_t kReach = 3;  // "your new temporary password"
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (!isIn(kHeads, line.words[at].text)) continue;
        bool isNew = false;
        for (std::size_t back = 1; back <= kReach && back <= at; ++back) {
            const std::string_view word = line.words[at - back].text;
            if (isIn(kOwn, word)) return Whose::Own;
            if (isIn(kKnown, word)) return Whose::Known;
            if (isIn(kAny, word)) isNew = true;
        }
        if (isNew) return Whose::Any;
    }
    return Whose::Known;
}

bool announces(const Line& line) {
    static const CueList kCues{{"je vous donne"},
                               {"je te donne"},
                               {"vais vous donner"},
                               {"peux vous donner"},
                               {"vous en donne"},
                               {"vous mets un"},
                               {"vous ai mis"},
                               {"vous ai remis"},
                               {"vous note"},
                               {"notez ~ mot de passe"},
                               {"notez ~ mdp"},
                               {"je vous lis"},
                               {"je vous dicte"},
                               {"je vous epelle"},
                               {"vous voulez ~ mot de passe"},
                               {"voulez vous ~ mot de passe"},
                               {"alors mon mot de passe"},
                               {"mot de passe je vous le"},
                               {"mot de passe je vous l"},
                               {"give you"},
                               {"giving you"},
                               {"read you"},
                               {"let me spell"},
                               {"i ll spell"},
                               {"do you need my password"},
                               {"do you want my password"},
                               {"i ll set ~ temporary"},
                               {"here s ~ password"},
                               {"here is ~ password"},
                               {"voici ~ mot de passe"},
                               {"voici ~ mdp"}};
    static const CueList kAsking{{"pouvez vous"}, {"pouvez vous donner"}, {"can they give you"}};
    return kCues.first(line) && !kAsking.first(line);
}

/// "votre nouveau mot de passe sera": what follows is the value.
bool endsInAnnouncement(const Line& line) {
    static const CueList kCues{{"mot de passe ~ sera"},
                               {"mot de passe ~ est"},
                               {"mot de passe ~ c est"},
                               {"mdp ~ sera"},
                               {"mdp ~ c est"},
                               {"password ~ is"},
                               {"password ~ will be"},
                               {"password ~ going to be"},
                               {"password s"},
                               {"mot de passe ~ ce sera"},
                               {"mot de passe ~ ca sera"},
                               {"voila votre ~ mot de passe"},
                               {"voila le nouveau mot de passe"}};
    const auto hits = kCues.all(line);
    return std::ranges::any_of(hits,
                               [&](const CueList::Hit& hit) { return hit.match.last == line.words.size(); });
}

/// "vous avez bien saisi votre mot de passe ?"
bool tellsDone(const Line& line) {
    static const CueList kDone{{"tape"},   {"saisi"},   {"rentre"},     {"entre"},    {"verifie"},
                               {"essaye"}, {"recu"},    {"note"},       {"typed"},    {"entered"},
                               {"tried"},  {"checked"}, {"received"},   {"ressaisi"}, {"retape"},
                               {"sur de"}, {"sure"},    {"enregistre"}, {"saved"}};
    return kDone.first(line).has_value();
}

bool asksForValue(const Line& line) {
    static const CueList kCues{{"donnez moi"},
                               {"donne moi"},
                               {"redonnez moi"},
                               {"me donner"},
                               {"me le donne*"},
                               {"me le dire"},
                               {"me le dites"},
                               {"me redonner"},
                               {"me donnez"},
                               {"me redonnez"},
                               {"me donnes"},
                               {"me dire"},
                               {"me redire"},
                               {"dites moi"},
                               {"redites moi"},
                               {"dis moi"},
                               {"me dites"},
                               {"me rappeler votre"},
                               {"me rappelez votre"},
                               {"rappelez moi votre"},
                               {"quel est ~ mot de passe"},
                               {"quel est ~ mdp"},
                               {"quel serait ~ mot de passe"},
                               {"quel etait ~ mot de passe"},
                               {"quelle est ~ cle"},
                               {"quelle est ~ phrase"},
                               {"quel est ~ code"},
                               {"c est quoi ~ mot de passe"},
                               {"c est quoi ~ mdp"},
                               {"c est quoi ~ code"},
                               {"c est quoi ~ cle"},
                               {"c etait quoi ~ mot de passe"},
                               {"mot de passe ~ c est quoi"},
                               {"mot de passe ~ c etait quoi"},
                               {"mot de passe ~ c est lequel"},
                               {"mdp ~ c est quoi"},
                               {"mot de passe ~ vous avez"},
                               {"quel mot de passe"},
                               {"quel mdp"},
                               {"comme mot de passe"},
                               {"comme mdp"},
                               {"avez ~ mot de passe"},
                               {"avez vous ~ mot de passe"},
                               {"tu as ~ mot de passe"},
                               {"connaissez ~ mot de passe"},
                               {"souvenez d* ~ mot de passe"},
                               {"rappelez d* ~ mot de passe"},
                               {"demander ~ mot de passe"},
                               {"ecoute pour ~ mot de passe"},
                               {"allez y pour ~ mot de passe"},
                               {"allez y avec ~ mot de passe"},
                               {"vas y pour ~ mot de passe"},
                               {"et pour ~ mot de passe"},
                               {"pret* pour ~ mot de passe"},
                               {"mot de passe je note"},
                               {"mot de passe je vous ecoute"},
                               {"auriez ~ mot de passe"},
                               {"sous les yeux"},
                               {"ready for ~ password"},
                               {"giving me ~ password"},
                               {"telling me ~ password"},
                               {"connaitre ~ mot de passe"},
                               {"prends ~ mot de passe"},
                               {"prendre ~ mot de passe"},
                               {"peux avoir"},
                               {"puis je avoir"},
                               {"puis avoir"},
                               {"pourrais avoir"},
                               {"peut avoir"},
                               {"pourrais je avoir"},
                               {"peux je avoir"},
                               {"il me faut"},
                               {"il me faudrait"},
                               {"besoin d*"},
                               {"me communiquer"},
                               {"communiquez moi"},
                               {"vous donner"},
                               {"what s ~ password"},
                               {"what is ~ password"},
                               {"what was ~ password"},
                               {"what password"},
                               {"as ~ password"},
                               {"use for ~ password"},
                               {"put for ~ password"},
                               {"typing for ~ password"},
                               {"you have ~ password"},
                               {"you got ~ password"},
                               {"you remember ~ password"},
                               {"you recall ~ password"},
                               {"you know ~ password"},
                               {"ask for ~ password"},
                               {"ask you for ~ password"},
                               {"grab ~ password"},
                               {"say ~ password"},
                               {"tell me"},
                               {"give me"},
                               {"read me"},
                               {"read out"},
                               {"could i have"},
                               {"can i have"},
                               {"can i get"},
                               {"could i take"},
                               {"can i take"},
                               {"may i have"},
                               {"let me have"},
                               {"go ahead with"},
                               {"need ~ password"},
                               {"what s the wi* key"},
                               {"what s the wifi"}};
    static const CueList kWhat{{"quel"}, {"quoi"}, {"comme"}, {"what"}, {"as"}};
    return kCues.first(line) && (!tellsDone(line) || kWhat.first(line));
}

/// Any short question that does not ask what a password is for, or is like: "vous l'auriez le mot de passe ?"
bool asksOpenly(const Line& line) {
    static const CueList kStates{
        {"c est le"},    {"c est votre"}, {"est ce le"},  {"est ce votre"}, {"c est pour"},
        {"c est bien"},  {"c est un"},    {"is it"},      {"is that"},      {"is this"},
        {"it s the"},    {"it s your"},   {"is the"},     {"is your"},      {"est bon"},
        {"est correct"}, {"est juste"},   {"pour quel*"}, {"de quel*"},     {"pourquoi"},
        {"why"},         {"ou est"},      {"where"},      {"qui"},          {"who"},
        {"avec"},        {"with"},        {"sans"},       {"without"},      {"besoin"},
        {"need"},        {"faut"},        {"si"},         {"if"},           {"enlev*"},
        {"suppr*"},      {"remove*"},     {"envoy*"},     {"send"},         {"sent"},
        {"cree*"},       {"create*"},     {"choisi*"},    {"choose"},       {"chose*"},
        {"valable*"},    {"valid*"},      {"marque*"},    {"ecrit*"},       {"written"},
        {"retrouv*"},    {"find"},        {"found"},      {"propos*"},      {"est ce que c est"}};
    constexpr std::size_t kMost = 10;  // words
    return line.isQuestion && line.words.size() <= kMost && !kStates.first(line) && !tellsDone(line);
}

/// "choisissez un nouveau mot de passe et dites-le moi"
bool asksToChoose(const Line& line) {
    static const CueList kChoosing{{"choisi*"},
                                   {"pick"},
                                   {"choose"},
                                   {"ce que vous voulez"},
                                   {"ce que vous souhaitez"},
                                   {"lequel vous voulez"},
                                   {"you want"},
                                   {"you d like"},
                                   {"prenez"},
                                   {"trouve*"},
                                   {"think of"}};
    static const CueList kTelling{
        {"dites le"},      {"dites moi"},        {"vous me dites"}, {"me le dites"},   {"me le donne*"},
        {"donnez le moi"}, {"tell me"},          {"let me know"},   {"give it to me"}, {"for me"},
        {"read it to me"}, {"vais vous mettre"}, {"vous me donnez"}};
    return kChoosing.first(line) && kTelling.first(line);
}

/// "votre mot de passe Outlook s'il vous plaît", "et le mdp ?": nothing beside.
bool asksAlone(const Line& line) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"le",      "la",         "l",       "votre",      "ton",      "et",     "mot",        "mots",
         "de",      "passe",      "mdp",     "svp",        "s",        "il",     "vous",       "te",
         "plait",   "du",         "des",     "wifi",       "wi",       "fi",     "session",    "alors",
         "donc",    "ok",         "the",     "your",       "password", "please", "and",        "oui",
         "d",       "accord",     "quoi",    "c",          "est",      "cle",    "code",       "so",
         "what",    "bon",        "ensuite", "maintenant", "now",      "then",   "windows",    "ordinateur",
         "compte",  "messagerie", "mail",    "is",         "key",      "phrase", "provisoire", "temporaire",
         "un",      "a",          "for",     "comme",      "actuel",   "coup",   "nouveau",    "new",
         "current", "that",       "exact",   "complet",    "entier",   "full"});
    if (line.words.empty() || line.words[0].text == "c" || line.words[0].text == "un" ||
        line.words[0].text == "a")
        return false;
    // "le mot de passe passe ?"
    if (std::ranges::count(line.words, "passe", &Word::text) > 1) return false;
    constexpr std::size_t kMost = 10;  // words
    return line.words.size() <= kMost && std::ranges::all_of(line.words, [](const Word& word) {
               return isIn(kWords, word.text) || isProduct(word.text);
           });
}

}  // namespace

bool speaksOfPassword(const Line& line) {
    const std::uint32_t topics = secretTopicsIn(line.words);
    return speaksOf(topics, kPassword) ||
           (speaksOf(topics, kWifi) && (speaksOf(topics, kCode) || speaksOf(topics, kKey)));
}

bool tellsAboutPassword(const Line& line) {
    static const CueList kCues{
        {"oubli*"},     {"policy"},     {"politique"}, {"regle*"},     {"rule*"},         {"concern*"},
        {"forgot*"},    {"chang*"},     {"refus*"},    {"expir*"},     {"lequel"},        {"which"},
        {"sms"},        {"texto"},      {"par mail"},  {"by email"},   {"reinitialis*"},  {"reset*"},
        {"caracteres"}, {"characters"}, {"comment"},   {"how"},        {"pas"},           {"jamais"},
        {"never"},      {"don t"},      {"not"},       {"incorrect*"}, {"invalid*"},      {"fonctionne*"},
        {"work*"},      {"demande"},    {"redemande"}, {"asks"},       {"perdu*"},        {"lost"},
        {"bloqu*"},     {"locked"},     {"depuis"},    {"since"},      {"quand"},         {"when"},
        {"message"},    {"nom"},        {"name"},      {"rappel*"},    {"call you back"}, {"gestionnaire"},
        {"manager"},    {"can t"},      {"couldn t"},  {"cannot"},     {"wrong"},         {"faux"},
        {"errone"},     {"text you"},   {"by text"},   {"via email"},  {"email you"},     {"email it"},
        {"marche*"},    {"passe plus"}, {"probleme*"}, {"problem*"},   {"souci*"},        {"combien"},
        {"how many"}};
    return kCues.first(line).has_value();
}

bool asksToSpell(const Line& line) {
    static const CueList kCues{{"epel*"},
                               {"dicte*"},
                               {"spell*"},
                               {"dictate"},
                               {"lettre par lettre"},
                               {"letter by letter"},
                               {"read it out"},
                               {"un par un"},
                               {"caractere par caractere"}};
    return kCues.first(line).has_value();
}

bool asksForPassword(const Line& line) {
    if (!speaksOfPassword(line)) return false;
    if (endsInAnnouncement(line) || asksAlone(line) || asksToChoose(line)) return true;
    if (tellsAboutPassword(line)) {
        // "j'ai réinitialisé, voici votre mot de passe", "vous pouvez me rappeler votre mot de passe"
        static const CueList kStill{{"here s ~ password"},          {"here is ~ password"},
                                    {"voici ~ mot de passe"},       {"me rappeler votre"},
                                    {"me rappelez votre"},          {"rappelez moi votre"},
                                    {"rappelez d* ~ mot de passe"}, {"est comment"},
                                    {"which password do you put"},  {"which password do you use"},
                                    {"which password do you want"}};
        static const CueList kRules{{"policy"}, {"politique"}, {"regle*"}, {"rule*"}};
        return kStill.first(line) && !kRules.first(line);
    }
    if (announces(line) || asksToSpell(line)) return true;
    return whoseIn(line) == Whose::Known && asksForValue(line);
}

bool asksForSpokenPassword(const Line& line) {
    static const CueList kTyped{{"tapez quoi"},     {"tapes quoi"},        {"mettez quoi"},
                                {"mis quoi"},       {"tape quoi"},         {"entrez quoi"},
                                {"are you typing"}, {"do you type"},       {"you typing in"},
                                {"did you put"},    {"are you putting"},   {"did you type"},
                                {"saisissez quoi"}, {"vous marquez quoi"}, {"are you entering"}};
    static const CueList kNew{{"temporary one is"},    {"temporary one s"},     {"new one is"},
                              {"new one s"},           {"new one will be"},     {"temporary one will be"},
                              {"le provisoire c est"}, {"le temporaire c est"}, {"le nouveau c est"},
                              {"le nouveau sera"},     {"le provisoire sera"},  {"le nouveau ce sera"}};
    constexpr std::size_t kMost = 8;  // words
    if (line.words.size() > kMost) return false;
    const auto ends = kNew.all(line);
    return kTyped.first(line) || asksToChoose(line) ||
           std::ranges::any_of(ends,
                               [&](const CueList::Hit& hit) { return hit.match.last == line.words.size(); });
}

bool mayAskForPassword(const Line& line) {
    static const CueList kOffers{
        {"laisse choisir"}, {"idee de mot de passe"}, {"idea for a password"}, {"you choose a password"}};
    if (kOffers.first(line) && speaksOfPassword(line)) return true;
    return speaksOfPassword(line) && !tellsAboutPassword(line) && whoseIn(line) == Whose::Known &&
           asksOpenly(line);
}

bool wantsPassword(const Line& line) {
    if (announces(line)) return false;
    const Whose whose = whoseIn(line);
    return whose == Whose::Any || (whose == Whose::Own && asksForValue(line));
}

bool asksForCode(const Line& line) {
    static const CueList kCodes{
        {"code ~ sms"},           {"code ~ texto"},        {"code de validation"}, {"code de verification"},
        {"code de confirmation"}, {"code de securite"},    {"code recu"},          {"code ~ recevoir"},
        {"code ~ text"},          {"verification code"},   {"confirmation code"},  {"code ~ phone"},
        {"code ~ telephone"},     {"code a usage unique"}, {"one time code"},      {"code ~ recu"},
        {"recu ~ code"},          {"code ~ envoye"}};
    static const CueList kOther{{"pas"},        {"not"},   {"oubli*"},  {"forgot*"},  {"chang*"},
                                {"marche*"},    {"work*"}, {"refus*"},  {"demande"},  {"asks"},
                                {"perdu*"},     {"lost"},  {"bloqu*"},  {"locked"},   {"erreur"},
                                {"error"},      {"mon"},   {"my"},      {"jamais"},   {"never"},
                                {"un nouveau"}, {"a new"}, {"combien"}, {"how many"}, {"expir*"},
                                {"extension"},  {"poste"}, {"numero"},  {"number"},   {"cryptogramme"}};
    static const CueList kAsking{
        {"quel est"},      {"c est quoi"},     {"donne*"},       {"me donner"}, {"me dire"},     {"me dites"},
        {"dites moi"},     {"il me faudrait"}, {"il me faut"},   {"besoin d*"}, {"peux avoir"},  {"votre"},
        {"your"},          {"avez"},           {"et le code"},   {"what s"},    {"what is"},     {"tell me"},
        {"give me"},       {"can i have"},     {"could i have"}, {"read me"},   {"need ~ code"}, {"have"},
        {"je vous donne"}, {"give you"}};
    const std::uint32_t topics = secretTopicsIn(line.words);
    constexpr std::size_t kMost = 14;  // words
    constexpr std::size_t kAlone = 5;
    if (line.words.size() > kMost || speaksOf(topics, kOpenCode)) return false;
    if (!speaksOf(topics, kPin) && !kCodes.first(line)) return false;
    if (std::ranges::any_of(line.words, [](const Word& word) { return hasDigit(word.text); })) return false;
    const bool isAlone = line.words.size() <= kAlone && line.isQuestion;
    return (isAlone || kAsking.first(line)) && !kOther.first(line);
}

bool namesCodeOfLock(const Line& line) {
    static const CueList kCues{{"code ~ porte"},  {"code ~ coffre"}, {"code ~ entree"},   {"code ~ portail"},
                               {"code ~ alarme"}, {"digicode"},      {"code ~ immeuble"}, {"door code"},
                               {"code ~ door"},   {"safe code"},     {"code ~ safe"},     {"alarm code"},
                               {"code ~ alarm"},  {"gate code"},     {"code ~ gate"},     {"entry code"}};
    return kCues.first(line).has_value();
}

bool asksForNamedCode(const Line& line) {
    static const CueList kCues{{"quoi le nouveau"},   {"quel est le nouveau"},
                               {"lequel le nouveau"}, {"quoi le code"},
                               {"quel est le code"},  {"nouveau c est quoi"},
                               {"nouveau code"},      {"whats the new"},
                               {"what s the new"},    {"what is the new"},
                               {"what s the code"},   {"what is the code"},
                               {"whats the code"},    {"new code"}};
    static const CueList kAsking{{"quoi"}, {"quel"}, {"lequel"}, {"what*"}, {"donnez"}, {"give me"}};
    static const CueList kOther{{"changed"}, {"change"}, {"chang*"}, {"postal"}, {"erreur"}, {"error"}};
    constexpr std::size_t kMost = 8;  // words
    return line.words.size() <= kMost && kCues.first(line) && kAsking.first(line) && !kOther.first(line);
}

}  // namespace ninja3cx::analysis
