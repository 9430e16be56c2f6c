#include "server/analysis/conclusions/named_trouble.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

const CueList& troubleCues() {
    static const CueList kCues{{"marche plus"},
                               {"marche pas"},
                               {"marchent plus"},
                               {"marchent pas"},
                               {"fonctionne plus"},
                               {"fonctionne pas"},
                               {"fonctionnent plus"},
                               {"demarre plus"},
                               {"demarre pas"},
                               {"s allume plus"},
                               {"s allume pas"},
                               {"s ouvre plus"},
                               {"s ouvre pas"},
                               {"repond plus"},
                               {"repond pas"},
                               {"en panne"},
                               {"imprime plus"},
                               {"imprime pas"},
                               {"plante"},
                               {"plantent"},
                               {"arrive plus a"},
                               {"arrive pas a"},
                               {"arrivons plus"},
                               {"plus acces"},
                               {"plus de reseau"},
                               {"plus internet"},
                               {"plus d internet"},
                               {"plus de connexion"},
                               {"ecran ~ noir"},
                               {"message d erreur"},
                               {"message ~ erreur"},
                               {"est refuse"},
                               {"connecte plus"},
                               {"connecte pas"},
                               {"connectent plus"},
                               {"sonne plus"},
                               {"sonne pas"},
                               {"casse"},
                               {"cassee"},
                               {"est coupe"},
                               {"est coupee"},
                               {"est bloque"},
                               {"est bloquee"},
                               {"est lent"},
                               {"est tombe"},
                               {"se coupe"},
                               {"mot de passe oublie"},
                               {"oublie mon mot de passe"},
                               {"mot de passe ~ expire"},
                               {"recois plus"},
                               {"recoit plus"},
                               {"envoie plus"},
                               {"entend plus"},
                               {"ecran bleu"},
                               {"virus"},
                               {"won t start"},
                               {"won t turn on"},
                               {"won t open"},
                               {"won t print"},
                               {"won t connect"},
                               {"doesn t start"},
                               {"doesn t work"},
                               {"doesn t ring"},
                               {"not working"},
                               {"isn t working"},
                               {"stopped working"},
                               {"is down"},
                               {"are down"},
                               {"s down"},
                               {"can t get into"},
                               {"can t log"},
                               {"can t print"},
                               {"can t open"},
                               {"can t connect"},
                               {"can t access"},
                               {"is broken"},
                               {"s broken"},
                               {"crashes"},
                               {"crashed"},
                               {"crashing"},
                               {"screen is black"},
                               {"black screen"},
                               {"blue screen"},
                               {"error message"},
                               {"keeps dropping"},
                               {"keeps crashing"},
                               {"locked out"},
                               {"is frozen"},
                               {"not printing"},
                               {"no internet"},
                               {"password ~ expired"},
                               {"forgot my password"}};
    return kCues;
}

/// Somebody else's business: said by either side.
const CueList& strangerCues() {
    static const CueList kCues{{"faux numero"},
                               {"mauvais numero"},
                               {"erreur de numero"},
                               {"trompe* ~ numero"},
                               {"vous trompez"},
                               {"faites erreur"},
                               {"fait erreur"},
                               {"pas le bon numero"},
                               {"pas chez nous"},
                               {"etes pas chez"},
                               {"est pas chez"},
                               {"est pas nous"},
                               {"pas notre service"},
                               {"on fait pas"},
                               {"on ne fait pas"},
                               {"on n est pas"},
                               {"on s occupe pas"},
                               {"on ne s occupe pas"},
                               {"nous ne sommes pas"},
                               {"pas un service"},
                               {"particulier*"},
                               {"wrong number"},
                               {"wrong department"},
                               {"wrong place"},
                               {"not us"},
                               {"we don t do"},
                               {"we re not"},
                               {"we aren t"},
                               {"misdialled"},
                               {"misdialed"},
                               {"pas interesse*"},
                               {"not interested"},
                               {"interesse pas"},
                               {"rien a voir avec"},
                               {"que l informatique"},
                               {"trompe* de ligne"},
                               {"avez inverse"},
                               {"ai inverse"},
                               {"suis pas une entreprise"},
                               {"du derangement"},
                               {"sorry to have bothered"},
                               {"nous reparons"},
                               {"vous vouliez joindre"},
                               {"we do computers"},
                               {"interessent pas"}};
    return kCues;
}
/// The customer's own.
const CueList& otherCallCues() {
    static const CueList kCues{
        {"vous proposer"}, {"notre offre"},   {"nos offres"},      {"une offre"},
        {"panneaux"},      {"partenariat"},   {"sondage"},         {"demarch*"},
        {"nos solutions"}, {"nos services"},  {"vous presenter"},  {"responsable des achats"},
        {"remercier"},     {"dire merci"},    {"merci pour hier"}, {"candidature"},
        {"our offer"},     {"special offer"}, {"our services"},    {"our solution*"},
        {"survey"},        {"just to thank"}, {"say thank*"},      {"livraison"},
        {"livreur"},       {"recrutement"}};
    return kCues;
}

const CueList& openingCues() {
    static const CueList kCues{{"excusez moi de vous deranger"},
                               {"excusez moi de vous embeter"},
                               {"excuse moi de te deranger"},
                               {"desole* de vous deranger"},
                               {"desole* de vous embeter"},
                               {"pardon de vous deranger"},
                               {"je vous derange pas"},
                               {"je ne vous derange pas"},
                               {"je me permets de vous appeler"},
                               {"je me permets d appeler"},
                               {"vous etes bien le support informatique"},
                               {"vous etes bien le service informatique"},
                               {"vous etes bien le support"},
                               {"vous etes bien l informatique"},
                               {"vous etes le depannage informatique"},
                               {"vous etes le support informatique"},
                               {"vous etes le service informatique"},
                               {"vous etes le support"},
                               {"vous etes le bon service"},
                               {"vous etes bien le depannage"},
                               {"c est bien le support informatique"},
                               {"c est bien le service informatique"},
                               {"c est bien le support"},
                               {"c est bien l informatique"},
                               {"c est bien chez vous"},
                               {"c est le support informatique"},
                               {"c est le support"},
                               {"je suis bien chez le support informatique"},
                               {"je suis bien au support informatique"},
                               {"je suis bien au service informatique"},
                               {"je suis bien chez le support"},
                               {"je suis bien au support"},
                               {"je suis bien a l informatique"},
                               {"je suis chez vous"},
                               {"je suis au support"},
                               {"on m a passe votre numero"},
                               {"on m a donne votre numero"},
                               {"je sais pas a qui m adresser"},
                               {"je ne sais pas a qui m adresser"},
                               {"je sais pas si je suis au bon numero"},
                               {"je ne sais pas si je suis au bon numero"},
                               {"je sais pas si c est vous que je dois appeler"},
                               {"je ne sais pas si c est vous que je dois appeler"},
                               {"je me suis peut etre trompe ~ numero"},
                               {"je me suis trompe* de touche"},
                               {"c est ca"},
                               {"enfin bref"},
                               {"sorry to bother you"},
                               {"sorry to disturb you"},
                               {"sorry to trouble you"},
                               {"is this the it help desk"},
                               {"is this it support"},
                               {"is this the help desk"},
                               {"is that the help desk"},
                               {"am i through to it support"},
                               {"am i through to the help desk"},
                               {"i m not sure if i have the right number"},
                               {"not sure i have the right number"},
                               {"have i got the right department"},
                               {"have i got the right number"},
                               {"have i reached it support"},
                               {"hope you re well"}};
    return kCues;
}

/// "rien n'est en panne", "nothing's broken".
bool isOfNothing(const Line& line, const Phrase::Match& match) {
    constexpr std::size_t kNear = 4;
    for (std::size_t steps = 1; steps <= std::min(kNear, match.first); ++steps)
        if (isOneOf(line.words[match.first - steps].text,
                    {"rien", "nothing", "aucune", "aucun", "no", "pas"}))
            return true;
    return false;
}
bool saysTrouble(const Line& line) {
    return std::ranges::any_of(troubleCues().all(line),
                               [&](const CueList::Hit& hit) { return !isOfNothing(line, hit.match); });
}

}  // namespace

bool namesTrouble(const Conversation& conversation) {
    bool isNamed = false;
    for (const Line& line : conversation.lines) {
        const bool isCustomer = line.speaker == Speaker::Customer;
        const bool isTrouble = isCustomer && saysTrouble(line);
        isNamed = isNamed || isTrouble;
        static const CueList kMistaken{
            {"suis trompe* de numero"}, {"is a wrong number"}, {"got the wrong number"}};
        if (kMistaken.first(line) || (!isTrouble && strangerCues().first(line)) ||
            (isCustomer && otherCallCues().first(line)))
            return false;
    }
    return isNamed;
}

bool namesNoMovement(const Conversation& conversation) {
    static const CueList kTroubles{{"arrive plus"},
                                   {"arrive pas"},
                                   {"arrivent plus"},
                                   {"arrivent pas"},
                                   {"arrivait plus"},
                                   {"arrivait pas"},
                                   {"peut plus"},
                                   {"peuvent plus"},
                                   {"parvient plus"},
                                   {"parvient pas"},
                                   {"a perdu"},
                                   {"est perdu"},
                                   {"est inconnu"},
                                   {"est bloque*"},
                                   {"est verrouille*"},
                                   {"compte ~ bloque"},
                                   {"compte ~ verrouille"},
                                   {"quitte ~ session"},
                                   {"quitte ~ application"},
                                   {"quitte ~ logiciel"},
                                   {"can t"},
                                   {"cannot"},
                                   {"couldn t"},
                                   {"isn t able"},
                                   {"unable to"},
                                   {"won t let"},
                                   {"is unknown"},
                                   {"is locked"},
                                   {"session open"},
                                   {"left ~ laptop"},
                                   {"left ~ phone"},
                                   {"left ~ password"},
                                   {"leaves ~ laptop"},
                                   {"leaving ~ session"}};
    static const CueList kThings{{"pc ~ arrive"},       {"ordinateur ~ arrive"}, {"portable ~ arrive"},
                                 {"ecran ~ arrive"},    {"imprimante ~ arrive"}, {"telephone ~ arrive"},
                                 {"materiel ~ arrive"}, {"laptop ~ arrives"},    {"computer ~ arrives"},
                                 {"pc ~ arrives"},      {"screen ~ arrives"},    {"printer ~ arrives"},
                                 {"laptop ~ arriving"}, {"computer ~ arriving"}};
    static const CueList kAccounts{{"cre* ~ compte"},
                                   {"cre* ~ comptes"},
                                   {"cre* ~ session"},
                                   {"cre* ~ boite"},
                                   {"cre* ~ adresse"},
                                   {"cre* ~ acces"},
                                   {"cre* ~ utilisateur"},
                                   {"ouvr* ~ compte"},
                                   {"nouveau compte"},
                                   {"nouvel utilisateur"},
                                   {"nouvelle utilisatrice"},
                                   {"nouvel arrivant"},
                                   {"nouvelle arrivante"},
                                   {"prepar* ~ poste"},
                                   {"prepar* ~ pc"},
                                   {"desactiv* ~ compte"},
                                   {"desactiv* ~ acces"},
                                   {"supprim* ~ compte"},
                                   {"ferm* ~ compte"},
                                   {"ferm* ~ acces"},
                                   {"clotur* ~ compte"},
                                   {"coup* ~ acces"},
                                   {"coup* ~ compte"},
                                   {"creat* ~ account"},
                                   {"set* up ~ account"},
                                   {"new account"},
                                   {"new user"},
                                   {"fiche d arrivee"},
                                   {"premier jour"},
                                   {"vient travailler"},
                                   {"faut ~ compte"},
                                   {"faudra ~ compte"},
                                   {"faudrait ~ compte"},
                                   {"first day"},
                                   {"need* ~ account"},
                                   {"starter"},
                                   {"new joiner"},
                                   {"new hire"},
                                   {"leaver"},
                                   {"disabl* ~ account"},
                                   {"delet* ~ account"},
                                   {"clos* ~ account"},
                                   {"cut ~ access"},
                                   {"revok* ~ access"}};
    bool isNamed = false;
    for (const Line& line : conversation.lines) {
        if (kAccounts.first(line)) return false;
        if (line.speaker == Speaker::Customer)
            isNamed = isNamed || saysTrouble(line) || kTroubles.first(line) || kThings.first(line);
    }
    return isNamed;
}

Conversation toldAsOwn(const Conversation& conversation, std::span<const std::string> people) {
    Conversation own = conversation;
    const char* const speaker = conversation.isEnglish ? "i" : "je";
    for (Line& line : own.lines) {
        for (const std::string& person : people) {
            const std::vector<Word> name = wordsOf(person);
            if (name.empty()) continue;
            for (std::size_t at = 0; at + name.size() <= line.words.size(); ++at) {
                const auto first = line.words.begin() + static_cast<std::ptrdiff_t>(at);
                const auto last = first + static_cast<std::ptrdiff_t>(name.size());
                if (!std::equal(first, last, name.begin(), name.end(),
                                [](const Word& one, const Word& other) { return one.text == other.text; }))
                    continue;
                first->text = speaker;
                first->end = (last - 1)->end;
                line.words.erase(first + 1, last);
            }
        }
        for (Word& word : line.words) {
            if (word.text == "sa") word.text = "ma";
            if (word.text == "son") word.text = "mon";
            if (word.text == "ses") word.text = "mes";
            if (isOneOf(word.text, {"his", "her", "their"})) word.text = "my";
            if (isOneOf(word.text, {"il", "elle", "he", "she"})) word.text = speaker;
        }
    }
    return own;
}

Conversation withoutOpenings(const Conversation& conversation) {
    constexpr std::size_t kLeast = 2;  // words that are left
    Conversation rest = conversation;
    for (Line& line : rest.lines) {
        if (line.speaker != Speaker::Customer) continue;
        std::vector<bool> isOpening(line.words.size());
        for (const CueList::Hit& hit : openingCues().all(line))
            std::fill(isOpening.begin() + static_cast<std::ptrdiff_t>(hit.match.first),
                      isOpening.begin() + static_cast<std::ptrdiff_t>(hit.match.last), true);
        if (static_cast<std::size_t>(std::ranges::count(isOpening, false)) < kLeast) continue;
        std::size_t at = 0;
        std::erase_if(line.words, [&](const Word&) { return isOpening[at++]; });
    }
    return rest;
}

}  // namespace ninja3cx::analysis
