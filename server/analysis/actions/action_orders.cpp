#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/product_list.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// The one make of printers that the call names; "" where there is none, or more.
std::string printerMake(const ActionForm& form) {
    static constexpr std::string_view kMakes[] = {"HP LaserJet",    "HP OfficeJet", "Ricoh",   "Canon",
                                                  "Konica Minolta", "Xerox",        "Kyocera", "Brother",
                                                  "Epson",          "Lexmark",      "OKI"};
    std::string make;
    for (const Line& line : form.conversation.lines)
        for (const CompiledProduct& compiled : compiledProducts()) {
            if (!compiled.product->isDevice || !compiled.phrase.find(line.words)) continue;
            if (std::ranges::find(kMakes, compiled.product->written) == std::end(kMakes)) continue;
            if (!make.empty() && make != compiled.product->written) return {};
            make = compiled.product->written;
        }
    return make;
}

/// The one colour that the turn speaks of, or the talk before it where it names none; "" where there are several.
std::string colourNear(const ActionForm& form, const Line& line, bool isFeminine) {
    struct Colour {
        std::initializer_list<std::string_view> words;
        std::string_view masculine;
        std::string_view feminine;
    };
    static const Colour kColours[] = {{{"noir", "noire"}, "noir", "noire"}, {{"cyan"}, "cyan", "cyan"},
                                      {{"magenta"}, "magenta", "magenta"},  {{"jaune"}, "jaune", "jaune"},
                                      {{"black"}, "black", "black"},        {{"yellow"}, "yellow", "yellow"}};
    for (const std::int32_t from : {line.turn, std::max(line.turn - 4, 0)}) {
        std::vector<std::string_view> found;
        for (const Colour& colour : kColours)
            for (std::int32_t turn = from; turn <= line.turn; ++turn)
                if (hasWord(form.conversation.lines[static_cast<std::size_t>(turn)], colour.words)) {
                    found.push_back(isFeminine ? colour.feminine : colour.masculine);
                    break;
                }
        if (!found.empty()) return std::string{found.size() == 1 ? found[0] : ""};
    }
    return {};
}

/// "je vous en commande une": the one thing of that gender that was spoken of just before. Devices that others
/// are for ("une cartouche pour l'imprimante") are not meant for certain.
std::optional<NounHit> spokenOf(const ActionForm& form, const Line& line) {
    static const CueList kHe{{"en commande un"}, {"en envoie un"},  {"en renvoie un"},   {"en mets un"},
                             {"en met un"},      {"en reserve un"}, {"commande le meme"}};
    static const CueList kShe{{"en commande une"}, {"en envoie une"},  {"en renvoie une"},  {"en mets une"},
                              {"en met une"},      {"en reserve une"}, {"commande la meme"}};
    static const CueList kIt{{"order one"},       {"order another"}, {"order you one"},    {"send one"},
                             {"send another"},    {"send you one"},  {"send you another"}, {"ordered one"},
                             {"ordered you one"}, {"sending one"},   {"order you another"}};
    const char gender = kShe.first(line) ? 'f' : kHe.first(line) ? 'm' : kIt.first(line) ? '-' : ' ';
    if (gender == ' ') return std::nullopt;
    std::optional<NounHit> only;
    for (std::int32_t turn = std::max(line.turn - 4, 0); turn <= line.turn; ++turn)
        for (const NounHit& hit :
             nounsIn(form.conversation.lines[static_cast<std::size_t>(turn)], kOrdered)) {
            if (gender != '-' && hit.noun->gender != gender) continue;
            if (only && only->noun != hit.noun) return std::nullopt;
            only = hit;
        }
    if (only &&
        isOneOf(only->noun->french, {"poste", "routeur", "imprimante", "portable", "switch", "borne Wi-Fi",
                                     "tablette", "imprimante à étiquettes", "imprimante à tickets"}))
        return std::nullopt;
    if (only) only->isPlural = false;
    return only;
}

/// What the technician sends, and how: an order, a loan, or out of the stock.
struct Delivery {
    NounHit hit;
    bool isLoan = false;
    bool isOrder = false;
};

/// "un portable de prêt", "a loan laptop".
bool isOnLoan(const Line& line, const NounHit& noun) {
    const std::size_t after = noun.match.last;
    return (isWord(line, after, {"de", "en"}) && isWord(line, after + 1, {"pret"})) ||
           (noun.match.first > 0 && isWord(line, noun.match.first - 1, {"loan", "loaner"})) ||
           isWord(line, noun.match.first, {"loan"});
}

std::optional<NounHit> loanIn(const Line& line) {
    for (const NounHit& noun : nounsIn(line, kOrdered))
        if (isOnLoan(line, noun) && !isNegated(line.words, noun.match)) return noun;
    return std::nullopt;
}

/// The object of a verb, else what is on loan, else what was spoken of before.
std::optional<Delivery> deliveryIn(const ActionForm& form, const Line& line) {
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
    if (const auto object = objectOf(line, kVerbs, {kOrdered, false})) {
        const std::string_view verb = object->verb;
        const bool isLoan =
            isOnLoan(line, object->hit) || verb.starts_with("prete") || verb.starts_with("lend");
        const bool isOrder =
            verb.starts_with("command") || verb.starts_with("recommand") || verb.starts_with("order");
        return Delivery{object->hit, isLoan, isOrder && !isLoan};
    }
    if (const auto loan = loanIn(line)) return Delivery{*loan, true, false};
    const auto spoken = spokenOf(form, line);
    if (!spoken) return std::nullopt;
    const bool isLoan = isOnLoan(line, *spoken);
    const bool isOrder =
        hasWord(line, {"commande", "commander", "commanderai", "recommande", "order", "ordered", "ordering"});
    return Delivery{*spoken, isLoan, isOrder && !isLoan};
}

/// "un toner noir (HP LaserJet)"; in English without its article.
std::string thingOf(const ActionForm& form, const Line& line, const NounHit& hit) {
    std::string thing =
        form.isEnglish() ? inEnglish(*hit.noun, hit.isPlural) : withUn(*hit.noun, hit.isPlural);
    if (hit.noun->french != "toner" && hit.noun->french != "cartouche") return thing;
    const std::string colour = hit.isPlural ? std::string{} : colourNear(form, line, hit.noun->gender == 'f');
    if (!colour.empty()) thing = form.isEnglish() ? colour + " " + thing : thing + " " + colour;
    if (const std::string make = printerMake(form); !make.empty()) thing += " (" + make + ")";
    return thing;
}

std::string inEnglishWords(const Delivery& delivery, bool isDone, const std::string& thing) {
    const bool isVowel = std::string_view{"aeiou"}.find(thing[0]) != std::string_view::npos;
    const std::string article = delivery.hit.isPlural ? "" : isVowel && !delivery.isLoan ? "an " : "a ";
    const std::string_view verb = delivery.isLoan    ? (isDone ? "Arranged " : "Provide ")
                                  : delivery.isOrder ? (isDone ? "Ordered " : "Order ")
                                                     : (isDone ? "Sent " : "Provide ");
    return std::string{verb} + article + (delivery.isLoan ? "loan " : "") + thing;
}

std::string inFrenchWords(const Delivery& delivery, bool isDone, const std::string& thing) {
    if (!isDone) return (delivery.isLoan ? "Prêter " : delivery.isOrder ? "Commander " : "Fournir ") + thing;
    const std::string of = thing.starts_with("des ") ? "de " + thing.substr(4) : "d'" + thing;
    return (delivery.isLoan ? "Prêt " : delivery.isOrder ? "Commande " : "Envoi ") + of;
}

}  // namespace

std::optional<std::string> orderedText(const ActionForm& form, const Line& line) {
    const auto delivery = deliveryIn(form, line);
    if (!delivery) return std::nullopt;
    const std::string thing = thingOf(form, line, delivery->hit);
    return form.isEnglish() ? inEnglishWords(*delivery, form.isDone, thing)
                            : inFrenchWords(*delivery, form.isDone, thing);
}

}  // namespace ninja3cx::analysis
