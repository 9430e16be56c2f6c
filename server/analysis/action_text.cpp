#include "server/analysis/action_text.hpp"

#include "server/analysis/action_nouns.hpp"
#include "server/analysis/action_objects.hpp"
#include "server/analysis/action_wording.hpp"
#include "server/analysis/cue_list.hpp"
#include "server/analysis/product_list.hpp"
#include "server/analysis/tokens.hpp"
#include "server/analysis/written.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostCharacters = 80;

const std::vector<Compiled<ActionTeam>>& compiledTeams() {
    static const auto kCompiled = [] {
        std::vector<Compiled<ActionTeam>> all;
        for (const ActionTeam& team : actionTeams()) all.push_back(compiledOf(team, team.phrases));
        return all;
    }();
    return kCompiled;
}
const std::vector<Compiled<ActionVendor>>& compiledVendors() {
    static const auto kCompiled = [] {
        std::vector<Compiled<ActionVendor>> all;
        for (const ActionVendor& vendor : actionVendors()) all.push_back(compiledOf(vendor, vendor.phrase));
        return all;
    }();
    return kCompiled;
}
const std::vector<Compiled<Product>>& compiledProducts() {
    static const auto kCompiled = [] {
        std::vector<Compiled<Product>> all;
        for (const Product& product : products()) all.push_back(compiledOf(product, product.phrase));
        return all;
    }();
    return kCompiled;
}

std::string english(const ActionNoun& noun, bool isPlural) {
    return "the " + inEnglish(noun, isPlural);
}

class Writer {
public:
    Writer(std::string_view kind, bool isDone, std::span<const std::int32_t> turns,
           const Conversation& conversation, const Names& names)
        : kind_{kind}, isDone_{isDone}, turns_{turns}, conversation_{conversation}, names_{names} {}

    std::optional<std::string> write() const {
        using Written = std::optional<std::string> (Writer::*)(const Line&) const;
        struct Way {
            std::string_view kind;
            Written written;
        };
        static constexpr Way kWays[] = {
            {"order_hardware", &Writer::ordered},
            {"send_information", &Writer::sent},
            {"escalate", &Writer::passedOn},
            {"reboot", &Writer::restarted},
            {"install_software", &Writer::installed},
            {"restore_backup", &Writer::restored},
            {"monitor", &Writer::watched},
            {"security_scan", &Writer::scanned},
            {"open_vendor_case", &Writer::caseOpened},
            {"reset_password", &Writer::reset},
            {"disable_account", &Writer::cut},
            {"create_account", &Writer::created},
            {"check_logs", &Writer::checked},
            {"update_software", &Writer::set},
            {"onsite_visit", &Writer::visited},
        };
        for (const Way& way : kWays) {
            if (way.kind != kind_) continue;
            for (const std::int32_t turn : turns_) {
                const Line& line = conversation_.lines[static_cast<std::size_t>(turn)];
                if (line.speaker != protocol::Speaker::Agent) continue;
                auto text = (this->*way.written)(line);
                if (text && shortened(*text, kMostCharacters) == *text) return text;
            }
        }
        return std::nullopt;
    }

private:
    bool isEnglish() const { return conversation_.isEnglish; }

    /// "Redémarrer le serveur", "Redémarrage du serveur".
    std::string said(const NounHit& hit, std::string_view todo, std::string_view done,
                     std::string_view todoEn, std::string_view doneEn) const {
        if (isEnglish())
            return std::string{isDone_ ? doneEn : todoEn} + " " + english(*hit.noun, hit.isPlural);
        return std::string{isDone_ ? done : todo} + " " +
               (isDone_ ? withDu(*hit.noun, hit.isPlural) : withLe(*hit.noun, hit.isPlural));
    }

    /// "la procédure écrite et le devis": what is said in one breath with it.
    static std::optional<NounHit> besides(const Line& line, const NounHit& first, std::uint32_t use) {
        for (const NounHit& hit : nounsIn(line, use)) {
            if (hit.match.first < first.match.last || hit.match.first - first.match.last > 3) continue;
            if (hit.noun == first.noun || isPartedWithin(line, first.match.last - 1, hit.match.first))
                continue;
            const bool isJoined =
                isWord(line, hit.match.first - 2, {"et", "and"}) &&
                isWord(line, hit.match.first - 1, {"le", "la", "les", "un", "une", "l", "the", "a"});
            if (isJoined) return hit;
        }
        return std::nullopt;
    }

    /// The one make of printers that the call names; "" where there is none, or more.
    std::string printerMake() const {
        static constexpr std::string_view kMakes[] = {"HP LaserJet",    "HP OfficeJet", "Ricoh",   "Canon",
                                                      "Konica Minolta", "Xerox",        "Kyocera", "Brother",
                                                      "Epson",          "Lexmark",      "OKI"};
        std::string make;
        for (const Line& line : conversation_.lines)
            for (const Compiled<Product>& product : compiledProducts()) {
                if (!product.value->isDevice || !product.phrases[0].find(line.words)) continue;
                if (std::ranges::find(kMakes, product.value->written) == std::end(kMakes)) continue;
                if (!make.empty() && make != product.value->written) return {};
                make = product.value->written;
            }
        return make;
    }

    std::optional<std::string> ordered(const Line& line) const {
        static const CueList kVerbs{
            {"commande"}, {"commander"}, {"commanderai"}, {"recommande"},   {"envoie"},
            {"envoye"},   {"envoyer"},   {"enverrai"},    {"expedie"},      {"expedier"},
            {"apporte"},  {"apportera"}, {"fournis"},     {"fournir"},      {"livre"},
            {"livrer"},   {"prete"},     {"preter"},      {"laisse"},       {"laissera"},
            {"reserve"},  {"depose"},    {"deposera"},    {"fais partir"},  {"fais apporter"},
            {"amene"},    {"ramene"},    {"sors"},        {"mets de cote"}, {"vous mets"},
            {"vous met"}, {"order"},     {"ordered"},     {"ordering"},     {"send you"},
            {"send him"}, {"send her"},  {"sending you"}, {"sent you"},     {"send out"},
            {"ship"},     {"shipping"},  {"shipped"},     {"courier"},      {"bring"},
            {"lend"},     {"lend you"},  {"post"},        {"post you"},     {"deliver"},
            {"get you"},  {"drop off"},  {"send"}};
        auto object = objectOf(line, kVerbs, {kOrdered, false});
        std::optional<NounHit> hit;
        bool isOrder = hasWord(
            line, {"commande", "commander", "commanderai", "recommande", "order", "ordered", "ordering"});
        if (object) {
            hit = object->hit;
            isOrder = object->verb.starts_with("command") || object->verb.starts_with("recommand") ||
                      object->verb.starts_with("order");
        }
        const std::vector<NounHit> nouns = nounsIn(line, kOrdered);
        const auto isLoan = [&](const NounHit& noun) {
            const std::size_t after = noun.match.last;
            return (isWord(line, after, {"de", "en"}) && isWord(line, after + 1, {"pret"})) ||
                   (noun.match.first > 0 && isWord(line, noun.match.first - 1, {"loan", "loaner"})) ||
                   isWord(line, noun.match.first, {"loan"});
        };
        if (!hit)
            for (const NounHit& noun : nouns)
                if (isLoan(noun) && !isNegated(line.words, noun.match)) {
                    hit = noun;
                    isOrder = false;
                    break;
                }
        if (!hit) hit = spokenOf(line);
        if (!hit) return std::nullopt;
        const bool isLent =
            isLoan(*hit) ||
            (object && (object->verb.starts_with("prete") || object->verb.starts_with("lend")));
        if (isLent) isOrder = false;
        std::string thing =
            isEnglish() ? inEnglish(*hit->noun, hit->isPlural) : withUn(*hit->noun, hit->isPlural);
        if (hit->noun->french == "toner" || hit->noun->french == "cartouche") {
            const std::string colour =
                hit->isPlural ? std::string{} : colourNear(line, hit->noun->gender == 'f');
            if (!colour.empty()) thing = isEnglish() ? colour + " " + thing : thing + " " + colour;
            if (const std::string make = printerMake(); !make.empty()) thing += " (" + make + ")";
        }
        if (isEnglish()) {
            const bool isVowel = std::string_view{"aeiou"}.find(thing[0]) != std::string_view::npos;
            if (isLent) thing = "loan " + thing;
            const std::string article = hit->isPlural ? "" : isVowel && !isLent ? "an " : "a ";
            const std::string_view verb = isLent    ? (isDone_ ? "Arranged " : "Provide ")
                                          : isOrder ? (isDone_ ? "Ordered " : "Order ")
                                                    : (isDone_ ? "Sent " : "Provide ");
            return std::string{verb} + article + thing;
        }
        if (!isDone_) return (isLent ? "Prêter " : isOrder ? "Commander " : "Fournir ") + thing;
        const std::string of = thing.starts_with("des ") ? "de " + thing.substr(4) : "d'" + thing;
        return (isLent ? "Prêt " : isOrder ? "Commande " : "Envoi ") + of;
    }

    /// The one colour that the turn speaks of, or the talk before it where it names none; "" where there are several.
    std::string colourNear(const Line& line, bool isFeminine) const {
        struct Colour {
            std::initializer_list<std::string_view> words;
            std::string_view masculine;
            std::string_view feminine;
        };
        static const Colour kColours[] = {
            {{"noir", "noire"}, "noir", "noire"}, {{"cyan"}, "cyan", "cyan"},
            {{"magenta"}, "magenta", "magenta"},  {{"jaune"}, "jaune", "jaune"},
            {{"black"}, "black", "black"},        {{"yellow"}, "yellow", "yellow"}};
        for (const std::int32_t from : {line.turn, std::max(line.turn - 4, 0)}) {
            std::vector<std::string_view> found;
            for (const Colour& colour : kColours)
                for (std::int32_t turn = from; turn <= line.turn; ++turn)
                    if (hasWord(conversation_.lines[static_cast<std::size_t>(turn)], colour.words)) {
                        found.push_back(isFeminine ? colour.feminine : colour.masculine);
                        break;
                    }
            if (!found.empty()) return std::string{found.size() == 1 ? found[0] : ""};
        }
        return {};
    }

    /// "je vous en commande une": the one thing of that gender that was spoken of just before. Devices that others
    /// are for ("une cartouche pour l'imprimante") are not meant for certain.
    std::optional<NounHit> spokenOf(const Line& line) const {
        static const CueList kHe{{"en commande un"}, {"en envoie un"},  {"en renvoie un"},   {"en mets un"},
                                 {"en met un"},      {"en reserve un"}, {"commande le meme"}};
        static const CueList kShe{{"en commande une"}, {"en envoie une"}, {"en renvoie une"},
                                  {"en mets une"},     {"en met une"},    {"en reserve une"},
                                  {"commande la meme"}};
        static const CueList kIt{{"order one"},        {"order another"},    {"order you one"},
                                 {"send one"},         {"send another"},     {"send you one"},
                                 {"send you another"}, {"ordered one"},      {"ordered you one"},
                                 {"sending one"},      {"order you another"}};
        const char gender = kShe.first(line) ? 'f' : kHe.first(line) ? 'm' : kIt.first(line) ? '-' : ' ';
        if (gender == ' ') return std::nullopt;
        std::optional<NounHit> only;
        for (std::int32_t turn = std::max(line.turn - 4, 0); turn <= line.turn; ++turn)
            for (const NounHit& hit :
                 nounsIn(conversation_.lines[static_cast<std::size_t>(turn)], kOrdered)) {
                if (gender != '-' && hit.noun->gender != gender) continue;
                if (only && only->noun != hit.noun) return std::nullopt;
                only = hit;
            }
        if (only && isOneOf(only->noun->french,
                            {"poste", "routeur", "imprimante", "portable", "switch", "borne Wi-Fi",
                             "tablette", "imprimante à étiquettes", "imprimante à tickets"}))
            return std::nullopt;
        if (only) only->isPlural = false;
        return only;
    }

    std::optional<std::string> sent(const Line& line) const {
        static const CueList kVerbs{
            {"envoie"},    {"envoi"},         {"envoye"},   {"envoyer"},   {"enverrai"},    {"enverra"},
            {"transmets"}, {"transmettrai"},  {"adresse"},  {"renvoie"},   {"fais suivre"}, {"aurez"},
            {"recevrez"},  {"fais parvenir"}, {"prepare"},  {"refais"},    {"etablis"},     {"send"},
            {"sending"},   {"sent"},          {"email"},    {"e mail"},    {"emailing"},    {"emailed"},
            {"mail"},      {"forward"},       {"send you"}, {"send over"}, {"get you"},     {"mailing"}};
        // An English "mail" may be on paper.
        const bool saysMail = isEnglish() ? hasWord(line, {"email", "emails", "emailing", "emailed"})
                                          : hasWord(line, {"mail", "mails", "courriel", "email"}) &&
                                                !hasWord(line, {"courrier"});
        if (const auto object = objectOf(line, kVerbs, {kSent, true})) {
            std::string text = said(object->hit, "Envoyer", "Envoi", "Send", "Sent");
            if (const auto second = besides(line, object->hit, kSent)) {
                if (isEnglish())
                    text += " and " + english(*second->noun, second->isPlural);
                else
                    text += " et " + (isDone_ ? withDu(*second->noun, second->isPlural)
                                              : withLe(*second->noun, second->isPlural));
            }
            if (saysMail) text += isEnglish() ? " by e-mail" : " par e-mail";
            return text;
        }
        if (isDone_) return std::nullopt;
        static const CueList kTold{{"vous confirme par mail"},
                                   {"vous confirme ca par mail"},
                                   {"confirmerai par mail"},
                                   {"aurez un mail"},
                                   {"recevrez un mail"},
                                   {"aurez un message"},
                                   {"vous previens par mail"},
                                   {"un mail quand"},
                                   {"un mail des que"},
                                   {"vous confirme ~ par mail"},
                                   {"i ll confirm ~ by email"},
                                   {"get an email when"},
                                   {"vous confirme ~ par courriel"},
                                   {"an email when"},
                                   {"email you when"},
                                   {"an email once"},
                                   {"email you once"}};
        if (kTold.first(line)) return isEnglish() ? "Confirm by e-mail" : "Confirmer par e-mail";
        return std::nullopt;
    }

    std::optional<std::string> passedOn(const Line& line) const {
        static const CueList kVerbs{
            {"transmet*"}, {"transmis"}, {"passe"},   {"passer"},   {"passes"},    {"soumets"},  {"demande"},
            {"envoie"},    {"remonte"},  {"prevenu"}, {"previens"}, {"escalade"},  {"reveille"}, {"confie"},
            {"relance"},   {"alerte"},   {"pass"},    {"passed"},   {"passing"},   {"hand"},     {"handing"},
            {"handed"},    {"give"},     {"put"},     {"putting"},  {"escalat*"},  {"gone to"},  {"giving"},
            {"given"},     {"send"},     {"sent"},    {"raise*"},   {"asked"},     {"ask"},      {"get"},
            {"forward*"},  {"bascule"},  {"donne"},   {"mets"},     {"vois avec"}, {"refer"}};
        static const CueList kTaken{{"prend le dossier"},
                                    {"reprend le dossier"},
                                    {"prend le relais"},
                                    {"prend la suite"},
                                    {"s en occupe"},
                                    {"prend la main"},
                                    {"vous rappelle"},
                                    {"will take"},
                                    {"ll take"},
                                    {"will look"},
                                    {"ll look"},
                                    {"will call"},
                                    {"ll call"},
                                    {"takes it"},
                                    {"va regarder"},
                                    {"va"},
                                    {"vont"},
                                    {"will"},
                                    {"ll"},
                                    {"reprend la suite"}};
        // The first that is named; of two that begin there the one that stands higher in the list.
        const ActionTeam* first = nullptr;
        std::size_t from = 0;
        for (const Compiled<ActionTeam>& team : compiledTeams())
            for (const Phrase& phrase : team.phrases) {
                const auto match = phrase.find(line.words);
                if (!match || (first && match->first >= from)) continue;
                const bool isTheirs =
                    isWord(line, match->last,
                           {"informatique"}) ||  // "à la direction informatique de la mairie"
                    (match->first > 0 &&
                     isWord(line, match->first - 1, {"votre", "vos", "your", "leur", "their"}));
                if (isTheirs) continue;
                const auto leads = [&](const CueList::Hit& verb) {
                    return verb.match.last <= match->first && match->first - verb.match.last <= 8 &&
                           !isDeniedOrAsked(line, verb.match) &&
                           !isPartedWithin(line, verb.match.last - 1, match->first);
                };
                const auto follows = [&](const CueList::Hit& verb) {
                    return verb.match.first >= match->last && verb.match.first - match->last <= 3;
                };
                if (!std::ranges::any_of(kVerbs.all(line), leads) &&
                    !std::ranges::any_of(kTaken.all(line), follows))
                    continue;
                first = team.value;
                from = match->first;
            }
        if (!first) return std::nullopt;
        if (isEnglish()) return (isDone_ ? "Passed on " : "Pass on ") + std::string{first->english};
        return (isDone_ ? "Transmis " : "Transmettre ") + std::string{first->french};
    }

    std::optional<std::string> restarted(const Line& line) const {
        static const CueList kVerbs{{"redemarr*"}, {"relanc*"},     {"rallum*"},  {"restart*"},
                                    {"reboot*"},   {"power cycl*"}, {"turn off"}, {"reinitialise la"}};
        const auto object = objectOf(line, kVerbs, {kRestarted, true});
        const auto hit = object ? std::optional{object->hit} : meantBy(line, kVerbs, kRestarted);
        if (!hit) return std::nullopt;
        return said(*hit, "Redémarrer", "Redémarrage", "Restart", "Restarted");
    }

    std::optional<std::string> installed(const Line& line) const {
        static const CueList kAgain{{"reinstall*"}, {"remets"}, {"repose"}, {"putting back"}};
        static const CueList kFirst{{"install*"}, {"pose"}, {"deploie"}, {"push"}, {"pushing"}, {"put"}};
        const auto product = [&](const CueList& verbs) -> std::optional<std::string_view> {
            for (const CueList::Hit& verb : verbs.all(line)) {
                if (isDeniedOrAsked(line, verb.match)) continue;
                if (isWord(line, verb.match.last, {"office"})) return "Office";
                for (const Compiled<Product>& candidate : compiledProducts()) {
                    if (candidate.value->isDevice) continue;
                    const auto match = candidate.phrases[0].find(line.words, verb.match.last);
                    if (!match || match->first - verb.match.last > 3 ||
                        leadsAway(line, verb.match.last, match->first) ||
                        isPartedWithin(line, verb.match.last - 1, match->first))
                        continue;
                    return candidate.value->written;
                }
            }
            return std::nullopt;
        };
        const auto named = [&](std::string_view name, bool isAgain) {
            if (isEnglish())
                return std::string{isAgain ? (isDone_ ? "Reinstalled " : "Reinstall ")
                                           : (isDone_ ? "Installed " : "Install ")} +
                       std::string{name};
            if (isDone_) return (isAgain ? "Réinstallation " : "Installation ") + withDe(name);
            return (isAgain ? "Réinstaller " : "Installer ") + std::string{name};
        };
        if (const auto name = product(kAgain)) return named(*name, true);
        if (const auto name = product(kFirst)) return named(*name, false);
        if (const auto object = objectOf(line, kAgain, {kInstalled, true}))
            return said(object->hit, "Réinstaller", "Réinstallation", "Reinstall", "Reinstalled");
        if (const auto object = objectOf(line, kFirst, {kInstalled, true}))
            return said(object->hit, "Installer", "Installation", "Install", "Installed");
        static const CueList kFresh{{"reinstall*"},    {"remets a neuf"},   {"remettre a neuf"},
                                    {"remets a zero"}, {"remettre a zero"}, {"reimage"},
                                    {"rebuild"},       {"reset"},           {"wipe"}};
        auto fresh = objectOf(line, kFresh, {kPrepared, true});
        const auto again = fresh ? std::optional{fresh->hit} : meantBy(line, kFresh, kPrepared);
        if (again) return said(*again, "Réinstaller", "Réinstallation", "Reinstall", "Reinstalled");
        static const CueList kReady{{"prepare"}, {"preparer"}, {"prepares"}, {"set up"}, {"preparing"}};
        if (const auto object = objectOf(line, kReady, {kPrepared, true}))
            return said(object->hit, "Préparer", "Préparation", "Prepare", "Prepared");
        if (const auto hit = meantBy(line, kReady, kPrepared))
            return said(*hit, "Préparer", "Préparation", "Prepare", "Prepared");
        return std::nullopt;
    }

    std::optional<std::string> restored(const Line& line) const {
        static const CueList kVerbs{
            {"restaur*"},        {"remets"},           {"remet"},    {"remonte"},    {"recuper*"},
            {"ressors"},         {"ressort"},          {"recopie"},  {"restor*"},    {"restauration du"},
            {"restauration de"}, {"restauration des"}, {"put back"}, {"bring back"}, {"putting back"},
            {"recover*"},        {"bringing back"}};
        const auto object = objectOf(line, kVerbs, {kRestored, true});
        const auto hit = object ? std::optional{object->hit} : meantBy(line, kVerbs, kRestored);
        if (!hit) return std::nullopt;
        return said(*hit, "Restaurer", "Restauration", "Restore", "Restored");
    }

    std::optional<std::string> watched(const Line& line) const {
        static const CueList kVerbs{{"surveill*"},        {"oeil sur"}, {"eye on"},     {"watch"},
                                    {"watching"},         {"monitor"},  {"monitoring"}, {"alerte sur"},
                                    {"surveillance sur"}, {"garde"},    {"keep"},       {"surveillance de"},
                                    {"surveillance du"}};
        const auto object = objectOf(line, kVerbs, {kWatched, true});
        const auto hit = object ? std::optional{object->hit} : meantBy(line, kVerbs, kWatched);
        if (!hit) return std::nullopt;
        return said(*hit, "Surveiller", "Surveillance", "Monitor", "Monitored");
    }

    std::optional<std::string> scanned(const Line& line) const {
        static const CueList kVerbs{{"analyse complete du"},
                                    {"analyse complete de"},
                                    {"analyse du"},
                                    {"analyse de"},
                                    {"analyse complete sur"},
                                    {"analyse sur"},
                                    {"scan du"},
                                    {"scan de"},
                                    {"scan sur"},
                                    {"analyser"},
                                    {"passe"},
                                    {"passer"},
                                    {"analyse des"},
                                    {"scan des"},
                                    {"scan of"},
                                    {"scan on"},
                                    {"scan"},
                                    {"scanning"},
                                    {"scanner"}};
        const auto object = objectOf(line, kVerbs, {kScanned, true});
        if (!object) return std::nullopt;
        if (isEnglish()) {
            const std::string thing = english(*object->hit.noun, object->hit.isPlural);
            return isDone_ ? "Security scan of " + thing + " started" : "Run a security scan of " + thing;
        }
        const std::string thing = withDu(*object->hit.noun, object->hit.isPlural);
        return isDone_ ? "Analyse de sécurité " + thing + " lancée"
                       : "Lancer une analyse de sécurité " + thing;
    }

    std::optional<std::string> caseOpened(const Line& line) const {
        const auto vendorsIn = [&](const Line& where, bool isOnlyOperators) {
            std::vector<const ActionVendor*> found;
            for (const Compiled<ActionVendor>& vendor : compiledVendors()) {
                if (isOnlyOperators && !vendor.value->isOperator) continue;
                for (auto match = vendor.phrases[0].find(where.words); match;
                     match = vendor.phrases[0].find(where.words, match->first + 1)) {
                    const bool isCalled = match->first > 0 &&
                                          isWord(where, match->first - 1,
                                                 {"chez", "a", "with", "to", "aupres", "d", "de", "appelle"});
                    const bool isColour = isWord(where, match->last, {"clignote", "fixe"});
                    if ((isCalled || isOnlyOperators) && !isColour &&
                        !std::ranges::any_of(found, [&](const ActionVendor* other) {
                            return other->written == vendor.value->written;
                        }))
                        found.push_back(vendor.value);
                    break;
                }
            }
            return found;
        };
        const auto text = [&](const std::string& french, const std::string& english) {
            if (isEnglish()) return (isDone_ ? "Case opened with " : "Open a case with ") + english;
            return (isDone_ ? "Dossier ouvert chez " : "Ouvrir un dossier chez ") + french;
        };
        const bool isOperator = hasWord(line, {"operateur", "provider", "carrier", "isp"});
        if (const auto named = vendorsIn(line, false); named.size() == 1) {
            const std::string name{named[0]->written};
            if (named[0]->isOperator)
                return text("l'opérateur (" + name + ")", "the operator (" + name + ")");
            return text(name, name);
        }
        if (isOperator) {
            // Once somebody has said whose line it is.
            static const CueList kLine{
                {"chez orange"},          {"chez sfr"},          {"chez bouygues"},  {"chez ovh"},
                {"ligne orange"},         {"fibre orange"},      {"box orange"},     {"with openreach"},
                {"c est orange"},         {"c est sfr"},         {"c est bouygues"}, {"with vodafone"},
                {"on est chez ~ orange"}, {"with virgin media"}, {"with eir"}};
            std::vector<const ActionVendor*> all;
            for (const Line& other : conversation_.lines) {
                if (!kLine.first(other)) continue;
                for (const ActionVendor* vendor : vendorsIn(other, true))
                    if (!std::ranges::any_of(
                            all, [&](const ActionVendor* seen) { return seen->written == vendor->written; }))
                        all.push_back(vendor);
            }
            const std::string name =
                all.size() == 1 ? " (" + std::string{all[0]->written} + ")" : std::string{};
            return text("l'opérateur" + name, "the operator" + name);
        }
        if (hasWord(line, {"editeur", "publisher"})) return text("l'éditeur", "the software vendor");
        if (hasWord(line, {"constructeur", "fabricant", "manufacturer", "maker"}))
            return text("le constructeur", "the manufacturer");
        if (hasWord(line, {"hebergeur"})) return text("l'hébergeur", "the hosting company");
        if (hasWord(line, {"distributeur", "distributor"})) return text("le distributeur", "the distributor");
        if (hasWord(line, {"loueur"})) return text("le loueur", "the leasing company");
        return std::nullopt;
    }

    /// Each of the pieces, joined as one sentence: the first with a capital, the others without.
    std::optional<std::string> oneSentence(const std::vector<std::string>& pieces) const {
        if (pieces.empty()) return std::nullopt;
        std::string text;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (i > 0) text += i + 1 < pieces.size() ? ", " : isEnglish() ? " and " : " et ";
            text += i == 0 ? pieces[i] : uncapitalised(pieces[i]);
        }
        return text;
    }

    std::string inForm(std::string_view todo, std::string_view done, std::string_view todoEn,
                       std::string_view doneEn) const {
        return std::string{isEnglish() ? (isDone_ ? doneEn : todoEn) : (isDone_ ? done : todo)};
    }

    static bool isSaid(const Line& line, const CueList& cues) {
        return std::ranges::any_of(
            cues.all(line), [&](const CueList::Hit& hit) { return !isDeniedOrAsked(line, hit.match); });
    }

    std::optional<std::string> reset(const Line& line) const {
        static const CueList kUnlock{{"debloqu*"}, {"deverrouill*"}, {"unlock*"}};
        static const CueList kPassword{
            {"mot de passe provisoire"}, {"mets un provisoire"},    {"le provisoire c est"},
            {"donne un provisoire"},     {"un provisoire"},         {"avec le provisoire"},
            {"nouveau mot de passe"},    {"change ~ mot de passe"}, {"reinitialis* ~ mot de passe"},
            {"mets ~ mot de passe"},     {"temporary password"},    {"reset ~ password"},
            {"chang* ~ password"},       {"password s changed"},    {"new password"},
            {"mot de passe temporaire"}, {"temporary one"}};
        static const CueList kMfa{{"reinitialis* ~ double"},
                                  {"supprime l ancien telephone"},
                                  {"retire l ancien telephone"},
                                  {"enleve l ancien telephone"},
                                  {"supprime l ancien appareil"},
                                  {"removed the old phone"},
                                  {"double authentification a zero"},
                                  {"removing the old phone"},
                                  {"reset ~ authenticator"},
                                  {"reset ~ mfa"},
                                  {"remove the old phone"}};
        static const CueList kPin{
            {"reset the pin"}, {"fresh pin"}, {"new pin"}, {"code pin a zero"}, {"reinitialis* ~ code pin"}};
        std::vector<std::string> pieces;
        if (isSaid(line, kUnlock))
            pieces.push_back(
                inForm("Débloquer le compte", "Compte débloqué", "Unlock the account", "Account unlocked"));
        if (isSaid(line, kPassword))
            pieces.push_back(inForm("Réinitialiser le mot de passe", "Mot de passe réinitialisé",
                                    "Reset the password", "Password reset"));
        if (isSaid(line, kMfa))
            pieces.push_back(inForm("Réinitialiser la double authentification",
                                    "Double authentification réinitialisée", "Reset the MFA", "MFA reset"));
        if (isSaid(line, kPin))
            pieces.push_back(
                inForm("Réinitialiser le code PIN", "Code PIN réinitialisé", "Reset the PIN", "PIN reset"));
        return oneSentence(pieces);
    }

    std::optional<std::string> cut(const Line& line) const {
        static const CueList kAccount{
            {"bloqu* ~ compte"},      {"coup* ~ compte"},      {"desactiv* ~ compte"}, {"ferm* ~ compte"},
            {"compte est desactive"}, {"compte bloque"},       {"compte desactive"},   {"compte coupe"},
            {"compte est coupe"},     {"block* ~ account"},    {"disabl* ~ account"},  {"account s off"},
            {"account is off"},       {"fermeture du compte"}, {"close ~ account"},    {"sign in is blocked"},
            {"account s disabled"}};
        static const CueList kSessions{
            {"ferm* ~ sessions"},      {"coup* ~ sessions"},          {"sessions fermees"},
            {"sessions sont fermees"}, {"sign* ~ out of everything"}, {"sign* ~ out everywhere"},
            {"clos* ~ sessions"},      {"sessions are closed"},       {"out of all sessions"},
            {"throw* out ~ session*"}, {"thrown out ~ session*"}};
        static const CueList kWipe{{"ordre d effacement"},
                                   {"effacement a distance"},
                                   {"lance l effacement"},
                                   {"envoie l effacement"},
                                   {"lance le retrait des donnees"},
                                   {"the wipe"},
                                   {"wiping it"},
                                   {"wipe it"},
                                   {"demande l effacement"}};
        std::vector<std::string> pieces;
        if (isSaid(line, kAccount)) {
            const std::string whose = personNear(line);
            std::string piece =
                inForm("Désactiver le compte", "Compte désactivé", "Disable the account", "Account disabled");
            if (!whose.empty())
                piece = isEnglish() ? (isDone_ ? "Account of " + whose + " disabled"
                                               : "Disable the account of " + whose)
                        : isDone_   ? "Compte " + withOwner(whose) + " désactivé"
                                    : "Désactiver le compte " + withOwner(whose);
            pieces.push_back(piece);
        }
        if (isSaid(line, kSessions))
            pieces.push_back(
                inForm("Fermer les sessions", "Sessions fermées", "Close the sessions", "Sessions closed"));
        if (isSaid(line, kWipe))
            pieces.push_back(inForm("Effacer l'appareil à distance", "Effacement de l'appareil lancé",
                                    "Wipe the device remotely", "Remote wipe started"));
        return oneSentence(pieces);
    }

    /// "de Maëlys", "d'Agathe"; an h may be mute or not.
    static std::string withOwner(const std::string& name) {
        const std::string plain = folded(name);
        return plain.starts_with('h') ? "pour " + name : withDe(name);
    }

    /// Of whom the turn speaks: the only person of the call that is named in full beside the caller, by the customer
    /// and shortly before or after it.
    std::string personNear(const Line& line) const {
        if (isSaid(line, ownAccount())) return {};
        std::string only;
        bool isNear = false;
        for (const std::string& person : names_.people) {
            if (person == names_.customer || person.find(' ') == std::string::npos) continue;
            const std::vector<Word> parts = wordsOf(person);
            bool isCustomers = false;
            bool isHere = false;
            for (const Line& other : conversation_.lines) {
                const bool isNamed =
                    !std::ranges::search(other.words, parts, {}, &Word::text, &Word::text).empty();
                if (!isNamed) continue;
                isCustomers |= other.speaker == protocol::Speaker::Customer;
                isHere |= other.turn + 3 >= line.turn && other.turn <= line.turn + 1;
            }
            if (!isCustomers) continue;
            if (!only.empty()) return {};
            only = person;
            isNear = isHere;
        }
        return isNear ? only : std::string{};
    }
    static const CueList& ownAccount() {
        static const CueList kCues{{"votre compte"}, {"your account"}, {"votre session"}, {"vos acces"}};
        return kCues;
    }

    std::optional<std::string> created(const Line& line) const {
        static const CueList kAccount{{"cre* ~ compte*"},    {"cre* ~ session"},   {"prepare ~ compte"},
                                      {"prepare ~ session"}, {"fais ~ compte"},    {"prevois ~ compte"},
                                      {"ouvre ~ compte"},    {"creat* ~ account"}, {"set up ~ account"},
                                      {"mak* ~ account"},    {"set* ~ account up"}};
        static const CueList kMailbox{{"cre* ~ boite"},        {"et la boite"},        {"et sa boite"},
                                      {"la session la boite"}, {"compte la boite"},    {"compte boite"},
                                      {"account and mailbox"}, {"session et la boite"}};
        static const CueList kVpn{{"acces vpn"}, {"droit vpn"},   {"acces au vpn"}, {"vpn access"},
                                  {"vpn login"}, {"v p n login"}, {"vpn account"}};
        static const CueList kSharedBox{
            {"acces ~ boite partagee"}, {"droits ~ boite partagee"}, {"access ~ shared mailbox"}};
        static const CueList kBox{{"acces de sa boite"},   {"acces a sa boite"},      {"acces a la boite"},
                                  {"lecture de sa boite"}, {"lecture de la boite"},   {"donne la boite"},
                                  {"access to ~ mailbox"}, {"given you ~ mailbox"},   {"acces sur la boite"},
                                  {"acces a votre boite"}, {"give them your mailbox"}};
        static const CueList kCalendar{{"acces ~ agenda"},       {"acces ~ calendrier"}, {"droits ~ agenda"},
                                       {"droits ~ calendrier"},  {"access ~ calendar"},  {"access ~ diary"},
                                       {"permission ~ calendar"}};
        static const CueList kFolder{{"acces au dossier"},     {"droits sur le dossier"},
                                     {"acces sur le dossier"}, {"access to the folder"},
                                     {"droits ~ dossier"},     {"rights ~ folder"}};
        static const CueList kList{{"cre* ~ liste de diffusion"}, {"creat* ~ distribution list"}};
        const std::string whose = personNear(line);
        if (isSaid(line, kAccount)) {
            const bool hasBox = isSaid(line, kMailbox);
            if (isEnglish()) {
                const std::string_view what = hasBox ? "account and mailbox" : "account";
                std::string text =
                    isDone_ ? capitalised(std::string{what}) : "Create the " + std::string{what};
                if (!whose.empty()) text += " of " + whose;
                return isDone_ ? text + " created" : text;
            }
            std::string text = isDone_ ? "Création du compte" : "Créer le compte";
            if (hasBox) text += isDone_ ? " et de la boîte mail" : " et la boîte mail";
            if (!whose.empty()) text += " " + withOwner(whose);
            return text;
        }
        const auto access = [&](std::string_view french, std::string_view english) {
            if (isEnglish()) return (isDone_ ? "Access given to " : "Give access to ") + std::string{english};
            return (isDone_ ? "Accès donné " : "Donner accès ") + std::string{french};
        };
        if (isSaid(line, kVpn)) return access("au VPN", "the VPN");
        if (isSaid(line, kSharedBox)) return access("à la boîte partagée", "the shared mailbox");
        if (isSaid(line, kBox)) return access("à la boîte mail", "the mailbox");
        if (isSaid(line, kCalendar)) return access("au calendrier", "the calendar");
        if (isSaid(line, kFolder)) return access("au dossier", "the folder");
        if (isSaid(line, kList))
            return inForm("Créer la liste de diffusion", "Liste de diffusion créée",
                          "Create the distribution list", "Distribution list created");
        return std::nullopt;
    }

    std::optional<std::string> checked(const Line& line) const {
        static const CueList kVerbs{
            {"regarde"},     {"verifie"},       {"verifier"},      {"consulte"},    {"lis"},
            {"controle"},    {"regarder"},      {"sors"},          {"inspecte"},    {"check"},
            {"checking"},    {"checked"},       {"look at"},       {"looking at"},  {"looked at"},
            {"look in"},     {"read"},          {"regarde dans"},  {"regarde sur"}, {"verifie dans"},
            {"console de"},  {"console du"},    {"journal du"},    {"journal de"},  {"journaux du"},
            {"journaux de"}, {"historique du"}, {"historique de"}, {"vois"},        {"vais voir"},
            {"see"},         {"etat du"},       {"etat de"},       {"etat des"}};
        const auto object = objectOf(line, kVerbs, {kChecked, true});
        if (!object) return std::nullopt;
        return said(object->hit, "Vérifier", "Vérification", "Check", "Checked");
    }

    std::optional<std::string> set(const Line& line) const {
        static const CueList kUpdate{{"mets a jour"},    {"met a jour"},     {"mettre a jour"},
                                     {"mis a jour"},     {"mise a jour de"}, {"mise a jour d"},
                                     {"update"},         {"updating"},       {"updated"},
                                     {"mise a jour du"}, {"mettrai a jour"}};
        for (const CueList::Hit& verb : kUpdate.all(line)) {
            if (isDeniedOrAsked(line, verb.match)) continue;
            for (const Compiled<Product>& product : compiledProducts()) {
                if (product.value->isDevice) continue;
                const auto match = product.phrases[0].find(line.words, verb.match.last);
                if (!match || match->first - verb.match.last > 1) continue;
                const std::string name{product.value->written};
                if (isEnglish()) return (isDone_ ? "Updated " : "Update ") + name;
                return isDone_ ? "Mise à jour " + withDe(name) : "Mettre à jour " + name;
            }
        }
        if (const auto object = objectOf(line, kUpdate, {kSet | kInstalled, true}))
            return said(object->hit, "Mettre à jour", "Mise à jour", "Update", "Updated");
        static const CueList kVerbs{
            {"change"},    {"modifie"},    {"corrige"},  {"ajoute"},    {"recree"},     {"remets"},
            {"mets"},      {"desactive"},  {"active"},   {"regle"},     {"retire"},     {"enleve"},
            {"supprime"},  {"coupe"},      {"repare"},   {"monte"},     {"augmente"},   {"change le"},
            {"refais"},    {"reactive"},   {"remplace"}, {"pose"},      {"renouvelle"}, {"vide"},
            {"programme"}, {"enregistre"}, {"mets en"},  {"en"},        {"change*"},    {"changing"},
            {"add"},       {"added"},      {"adding"},   {"remove"},    {"removed"},    {"fix"},
            {"fixed"},     {"turned off"}, {"turn off"}, {"turned on"}, {"rebuil*"},    {"recreat*"},
            {"replac*"},   {"renew*"},     {"raise"},    {"raised"},    {"swapped"},    {"taken off"},
            {"set"},       {"setting"},    {"to the"},   {"mettre"},    {"modifier"},   {"changer"}};
        if (auto text = plainChange(line)) return text;
        const auto object = objectOf(line, kVerbs, {kSet, true});
        if (!object) return std::nullopt;
        const NounHit& hit = object->hit;
        if (isEnglish())
            return std::string{isDone_ ? "Setting changed (" : "Change the setting ("} +
                   inEnglish(*hit.noun, hit.isPlural) + ")";
        return std::string{isDone_ ? "Réglage modifié (" : "Modifier le réglage ("} +
               withUn(*hit.noun, hit.isPlural).substr(withUn(*hit.noun, hit.isPlural).find(' ') + 1) + ")";
    }

    /// Changes that have a wording of their own.
    std::optional<std::string> plainChange(const Line& line) const {
        struct Change {
            CueList cues;
            std::string_view todo;
            std::string_view done;
            std::string_view todoEn;
            std::string_view doneEn;
        };
        static const Change kChanges[] = {
            {{{"bloque* l expediteur"}, {"block* the sender"}, {"block* that sender"}},
             "Bloquer l'expéditeur",
             "Expéditeur bloqué",
             "Block the sender",
             "Sender blocked"},
            {{{"bloque* le domaine"}, {"block* the domain"}, {"block* that domain"}},
             "Bloquer le domaine",
             "Domaine bloqué",
             "Block the domain",
             "Domain blocked"},
            {{{"vide* la file"}, {"clear* the queue"}, {"cleared the print queue"}, {"empt* the queue"}},
             "Vider la file d'attente",
             "File d'attente vidée",
             "Clear the queue",
             "Queue cleared"},
            {{{"vide* le cache"}, {"clear* the cache"}, {"empt* the cache"}},
             "Vider le cache",
             "Cache vidé",
             "Clear the cache",
             "Cache cleared"},
            {{{"vide* la corbeille"}, {"empt* the recycle bin"}},
             "Vider la corbeille",
             "Corbeille vidée",
             "Empty the recycle bin",
             "Recycle bin emptied"},
            {{{"recre* le profil"},
              {"recre* votre profil"},
              {"refais le profil"},
              {"refais votre profil"},
              {"made a new profile"},
              {"mak* a new profile"},
              {"rebuil* ~ profile"},
              {"recreat* ~ profile"}},
             "Recréer le profil",
             "Profil recréé",
             "Recreate the profile",
             "Profile recreated"},
            {{{"supprime la regle"},
              {"enleve la regle"},
              {"retire la regle"},
              {"taken off a rule"},
              {"removed ~ rule"},
              {"deleted ~ rule"}},
             "Supprimer la règle",
             "Règle supprimée",
             "Remove the rule",
             "Rule removed"},
            {{{"vide les identifiants enregistres"},
              {"cleared the saved credentials"},
              {"efface les identifiants enregistres"},
              {"clear* ~ saved password*"}},
             "Effacer les identifiants enregistrés",
             "Identifiants enregistrés effacés",
             "Clear the saved credentials",
             "Saved credentials cleared"},
            {{{"active* l archive automatique"},
              {"active* l archivage"},
              {"switched on the archive"},
              {"turn* on the archive"}},
             "Activer l'archivage automatique",
             "Archivage automatique activé",
             "Turn on the archive",
             "Archive turned on"},
            {{{"coupe* le bip"}, {"silence* the alarm"}, {"silence* the beep*"}},
             "Couper l'alarme sonore",
             "Alarme sonore coupée",
             "Silence the alarm",
             "Alarm silenced"},
        };
        std::vector<std::string> pieces;
        for (const Change& change : kChanges)
            if (isSaid(line, change.cues) && pieces.size() < 2)
                pieces.push_back(inForm(change.todo, change.done, change.todoEn, change.doneEn));
        return oneSentence(pieces);
    }

    std::optional<std::string> visited(const Line& line) const {
        static const CueList kVerbs{{"remplacer"}, {"changer"}, {"poser"},      {"installer"},
                                    {"refaire"},   {"monter"},  {"remplacera"}, {"changera"},
                                    {"posera"},    {"refera"},  {"swap"},       {"swaps"},
                                    {"fit"},       {"replace"}, {"replaces"},   {"install"}};
        const auto object = objectOf(line, kVerbs, {kFitted, true});
        if (!object) return std::nullopt;
        const NounHit& hit = object->hit;
        const std::string un = withUn(*hit.noun, hit.isPlural);
        const std::string thing =
            isEnglish() ? inEnglish(*hit.noun, hit.isPlural) : un.substr(un.find(' ') + 1);
        return inForm("Envoyer un technicien sur site", "Passage d'un technicien sur site",
                      "Send a technician on site", "Technician on site") +
               " (" + thing + ")";
    }

    std::string_view kind_;
    bool isDone_;
    std::span<const std::int32_t> turns_;
    const Conversation& conversation_;
    const Names& names_;
};

std::string usualText(std::string_view kind, bool isDone, bool isEnglish) {
    for (const ActionWording& wording : actionWordings())
        if (wording.kind == kind)
            return std::string{isEnglish ? (isDone ? wording.doneEn : wording.todoEn)
                                         : (isDone ? wording.done : wording.todo)};
    return {};
}

}  // namespace

std::string actionText(std::string_view kind, bool isDone, std::span<const std::int32_t> turns,
                       const Conversation& conversation, const Names& names) {
    if (auto text = Writer{kind, isDone, turns, conversation, names}.write()) return *text;
    return usualText(kind, isDone, conversation.isEnglish);
}

}  // namespace ninja3cx::analysis
