#include "server/analysis/outcome/relapse.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/model/head_names.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// Below this no turn says that something works again, whatever the whole call sounds like.
constexpr float kPlainFix = 0.3F;

const CueList& relapses() {
    static const CueList kCues{{"toujours pareil"},
                               {"encore pareil"},
                               {"nouveau pareil"},
                               {"pareil qu avant"},
                               {"toujours pas"},
                               {"toujours la meme"},
                               {"recommence"},
                               {"a recommence"},
                               {"replant*"},
                               {"rebloqu*"},
                               {"refig*"},
                               {"rebug*"},
                               {"recoup*"},
                               {"redeconnect*"},
                               {"retomb* en panne"},
                               {"vient de planter"},
                               {"vient de couper"},
                               {"vient de se couper"},
                               {"vient de se figer"},
                               {"vient de retomber"},
                               {"just crashed"},
                               {"just froze"},
                               {"just frozen"},
                               {"just dropped"},
                               {"just died"},
                               {"just gone down"},
                               {"rebelote"},
                               {"refait pareil"},
                               {"refait la meme"},
                               {"meme message qu avant"},
                               {"retombe"},
                               {"encore tombe"},
                               {"encore plante"},
                               {"encore coupe"},
                               {"encore bloque"},
                               {"encore fige"},
                               {"nouveau coupe"},
                               {"nouveau bloque"},
                               {"marche plus"},
                               {"fonctionne plus"},
                               {"marche toujours pas"},
                               {"fonctionne toujours pas"},
                               {"ouvre toujours pas"},
                               {"imprime toujours pas"},
                               {"parle trop vite"},
                               {"still the same"},
                               {"same thing again"},
                               {"same again"},
                               {"same as before"},
                               {"doing it again"},
                               {"gone again"},
                               {"happening again"},
                               {"failed again"},
                               {"crashed again"},
                               {"dropped again"},
                               {"down again"},
                               {"frozen again"},
                               {"stuck again"},
                               {"back again"},
                               {"froze again"},
                               {"not again"},
                               {"still doesn t"},
                               {"still won t"},
                               {"spoke too soon"},
                               {"cut out again"},
                               {"crashed on me again"},
                               {"same message as"},
                               {"doing the same"},
                               {"stopped again"},
                               {"starting again"},
                               {"started again"},
                               {"still there"},
                               {"come back again"},
                               {"gone off again"},
                               {"here it goes again"}};
    return kCues;
}
/// The connection is back, or the trouble is.
const CueList& returns() {
    static const CueList kCues{{"c est revenu"}, {"ca revient"}, {"c est de retour"}, {"revoila"},
                               {"it s back"},    {"it is back"}, {"it s come back"},  {"it came back"}};
    return kCues;
}
const CueList& startles() {
    static const CueList kCues{{"ah non"},     {"oh non"},       {"zut"},     {"mince"},
                               {"ah ben non"}, {"attendez non"}, {"oh no"},   {"ah no"},
                               {"no wait"},    {"hang on"},      {"oh dear"}, {"damn"}};
    return kCues;
}
const CueList& successes() {
    static const CueList kCues{{"c est bon"},      {"ca marche"},   {"il marche"},     {"elle marche"},
                               {"ca fonctionne"},  {"ca remarche"}, {"c est reparti"}, {"c est parfait"},
                               {"parfait"},        {"super"},       {"nickel"},        {"c est regle"},
                               {"a la normale"},   {"ca y est"},    {"it works"},      {"it s working"},
                               {"works now"},      {"that works"},  {"all good"},      {"sorted"},
                               {"fine now"},       {"it s fine"},   {"perfect"},       {"brilliant"},
                               {"back to normal"}, {"that s it"},   {"looks good"},    {"great"}};
    return kCues;
}
/// What a technician says who has not done with it.
const CueList& furthers() {
    static const CueList kCues{{"regarder plus loin"},  {"je vais regarder"},
                               {"on va voir"},          {"on va regarder"},
                               {"je transmets"},        {"je vais transmettre"},
                               {"reviens vers vous"},   {"revient vers vous"},
                               {"reviendrai vers"},     {"je vais creuser"},
                               {"je creuse"},           {"investiguer"},
                               {"tiens au courant"},    {"escalade*"},
                               {"je fais remonter"},    {"garantis rien"},
                               {"promets rien"},        {"peux pas vous promettre"},
                               {"peux rien promettre"}, {"peux rien garantir"},
                               {"je vais chercher"},    {"je vais me renseigner"},
                               {"look further"},        {"look into"},
                               {"we ll see"},           {"get back to you"},
                               {"i ll pass it"},        {"i ll pass this"},
                               {"i ll pass that"},      {"i ll escalate"},
                               {"dig deeper"},          {"dig further"},
                               {"investigate"},         {"keep you posted"},
                               {"can t promise"},       {"can t guarantee"},
                               {"no promises"},         {"keep looking"},
                               {"take it up with"},     {"continue a chercher"},
                               {"on reste dessus"},     {"me penche dessus"},
                               {"look at it again"},    {"i ll find out"}};
    return kCues;
}

/// Said alone: else what they see follows.
const CueList& glances() {
    static const CueList kCues{
        {"je regarde"}, {"have a look"}, {"take a look"}, {"let me look"}, {"let me see"}};
    return kCues;
}

/// One past the last place of a cue that is neither denied nor a condition ("si ça recommence"); 0: none.
std::size_t lastOf(const CueList& cues, const Line& line) {
    std::size_t last = 0;
    for (const CueList::Hit& hit : cues.all(line)) {
        bool isCondition = false;
        const std::size_t from = hit.match.first > 4 ? hit.match.first - 4 : 0;
        for (std::size_t at = from; at < hit.match.first; ++at)
            isCondition = isCondition ||
                          isOneOf(line.words[at].text, {"si", "quand", "if", "when", "unless"}) ||
                          (line.words[at].text == "s" && line.words[at + 1].text.starts_with("il"));
        // "ça ne recommence plus"
        const bool isOver = hit.match.last < line.words.size() &&
                            isOneOf(line.words[hit.match.last].text, {"plus", "pas"}) &&
                            !hit.phrase.ends_with("plus") && !hit.phrase.ends_with("pas");
        if (!isCondition && !isOver) last = std::max(last, hit.match.last);
    }
    return last;
}
std::size_t lastSuccess(const Line& line) {
    std::size_t last = 0;
    for (const CueList::Hit& hit : successes().all(line))
        if (!isNegated(line.words, hit.match)) last = std::max(last, hit.match.last);
    return last;
}

/// "Ça marche … ah non": behind the success the customer takes it back. "It works, the files are still there" does not.
bool isTakenBack(const Line& line, std::size_t success) {
    return std::any_of(
        line.words.begin() + static_cast<std::ptrdiff_t>(success), line.words.end(), [](const Word& word) {
            return isOneOf(word.text, {"mais", "non", "sauf", "pourtant", "mince", "zut", "flute", "but",
                                       "no", "except", "however", "wait", "damn"});
        });
}

/// "Ah ben non, ça recommence": and nothing good is said behind it. `hasWorked`: it was said before that it works, so
/// what is back is no good news.
bool reportsRelapse(const Line& line, bool hasWorked) {
    static const CueList kStill{{"toujours pas"}, {"pas mieux"}, {"still not"}, {"no better"}};
    const std::size_t success = lastSuccess(line);
    const bool isOpen = success == 0 || isTakenBack(line, success);
    if (isOpen && lastOf(kStill, line) == line.words.size() && !line.words.empty()) return true;
    if (isOpen && lastOf(relapses(), line) > success) return true;
    const std::size_t back = lastOf(returns(), line);
    if (back == 0 || back < success) return false;
    const bool isGlad = std::ranges::any_of(line.words, [](const Word& word) {
        return isOneOf(word.text, {"oui", "ouais", "yes", "yeah", "aye", "merci", "thanks", "thank", "super",
                                   "great", "brilliant", "genial", "parfait", "lovely"});
    });
    if (lastOf(startles(), line) != 0) return true;
    return success == 0 ? hasWorked && !isGlad : isTakenBack(line, success);
}

/// "Je vais creuser", "je regarde", and no "… oui, c'est bon" behind it.
bool looksFurther(const Line& line) {
    constexpr std::size_t kWordsBehind = 4;
    std::size_t last = lastOf(furthers(), line);
    if (const std::size_t glance = lastOf(glances(), line);
        glance != 0 && line.words.size() - glance <= kWordsBehind)
        last = std::max(last, glance);
    return last > lastSuccess(line);
}

/// What is only said of how long it took.
const CueList& grudges() {
    static const CueList kCues{{"franchement"}, {"quand meme"},  {"inadmissible"},    {"pas trop tot"},
                               {"honnetement"}, {"trois jours"}, {"deux jours"},      {"une semaine"},
                               {"pas normal"},  {"honestly"},    {"about time"},      {"three days"},
                               {"two days"},    {"a week"},      {"not good enough"}, {"shouldn t take"}};
    return kCues;
}

bool isResigned(const Line& line) {
    static const CueList kCues{{"oh well"}, {"tant pis"}, {"never mind"}, {"fair enough"},
                               {"too bad"}, {"dommage"},  {"ah well"},    {"bon ben"}};
    constexpr std::size_t kShort = 5;
    return line.words.size() <= kShort && kCues.first(line).has_value();
}

}  // namespace

bool showsSuccess(const CallReading& reading, std::size_t turn) {
    return reading.shows(turn, head::kFix) >= kPlainFix && !isResigned(reading.conversation().lines[turn]);
}

bool isGrudgingSuccess(const CallReading& reading) {
    bool isGrudging = false;
    for (const Line& line : reading.conversation().lines) {
        if (line.isQuestion) continue;
        if (line.speaker == Speaker::Agent) {
            if (looksFurther(line)) isGrudging = false;
            continue;
        }
        const std::size_t success = lastSuccess(line);
        if (reportsRelapse(line, true))
            isGrudging = false;
        else if (success != 0 && isTakenBack(line, success))
            isGrudging = lastOf(grudges(), line) > success;
    }
    return isGrudging;
}

bool isSuccessBesideSideMatter(const CallReading& reading) {
    static const CueList kWorks{{"c est reparti"},   {"ca remarche"},  {"ca marche"},    {"ca fonctionne"},
                                {"ca refonctionne"}, {"c est revenu"}, {"c est regle"},  {"c est repare"},
                                {"ca imprime"},      {"j ai acces"},   {"it works"},     {"it s working"},
                                {"it s back"},       {"its back"},     {"its working"},  {"that works"},
                                {"s fixed"},         {"back up"},      {"il remarche"},  {"elle remarche"},
                                {"refonctionne"},    {"remarche"},     {"est reparti*"}, {"est revenu*"}};
    static const CueList kMeanwhile{{"en attendant"},   {"provisoire*"},         {"pour l instant"},
                                    {"en pret"},        {"contourn*"},           {"ca depanne"},
                                    {"meanwhile"},      {"workaround"},          {"temporar*"},
                                    {"for now"},        {"for the time"},        {"loan*"},
                                    {"pour le moment"}, {"solution de secours"}, {"secours"},
                                    {"spare"}};
    // A thing beside, with what becomes of it: "pour le scanner on passe", "il reste juste la souris".
    static const CueList kBeside{{"reste juste le"},   {"reste juste la"},    {"reste juste l"},
                                 {"reste juste les"},  {"reste plus que le"}, {"reste plus que la"},
                                 {"reste plus que l"}, {"reste que la"},      {"reste que le"},
                                 {"only ~ left"},      {"just the ~ left"},   {"leaves just the"},
                                 {"leaves the"}};
    static const CueList kFor{{"et pour le"}, {"et pour la"}, {"et pour l"}, {"pour le"},
                              {"pour la"},    {"pour l"},     {"pour les"},  {"quant a"},
                              {"quant au"},   {"as for"},     {"for the"},   {"and for"}};
    enum class State { Open, Works, Confirmed };
    State state = State::Open;
    bool isBeside = false;
    for (const Line& line : reading.conversation().lines) {
        const bool isCustomer = line.speaker == Speaker::Customer;
        if (line.words.empty()) continue;
        const auto works = kWorks.first(line);
        const bool isFine = works && !isNegated(line.words, works->match) && !line.isQuestion;
        if (isCustomer) {
            const bool isYes = isOneOf(line.words.front().text, {"oui", "ouais", "yes", "yeah", "yep"});
            const bool isTakenBackHere = std::ranges::any_of(line.words, [](const Word& word) {
                return isOneOf(word.text, {"mais", "non", "sauf", "pourtant", "but", "no", "except"});
            });
            if (isTakenBackHere || (reportsRelapse(line, state != State::Open) && !isFine)) {
                if (state != State::Open) state = State::Open;
                isBeside = false;
            } else if (isFine || (state == State::Works && isYes)) {
                state = State::Confirmed;
            }
        } else {
            if (isFine && state == State::Open) state = State::Works;
            // "c'est reparti pour vous", whatever its mark
            if (works && line.isQuestion && state == State::Open) state = State::Works;
            const auto lead = kFor.first(line);
            const bool isLed = lead && lead->match.first <= 1;
            if (state == State::Confirmed && (kBeside.first(line) || isLed))
                isBeside = true;
            else if (state == State::Confirmed && !isBeside && looksFurther(line))
                state = State::Open;
        }
        if (kMeanwhile.first(line)) return false;
    }
    return state == State::Confirmed && isBeside;
}

Relapse findRelapse(const CallReading& reading) {
    Relapse relapse = Relapse::None;
    bool hasWorked = false;
    const auto& lines = reading.conversation().lines;
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        const Line& line = lines[turn];
        if (line.isQuestion) continue;
        if (line.speaker == Speaker::Agent) {
            if (looksFurther(line))
                relapse = std::max(relapse, Relapse::Doubted);
            else if (showsSuccess(reading, turn))
                relapse = Relapse::None;
            continue;
        }
        if (reportsRelapse(line, hasWorked)) {
            relapse = Relapse::Reported;
        } else if (showsSuccess(reading, turn)) {
            relapse = Relapse::None;
            hasWorked = true;
        } else if (lastSuccess(line) != 0) {
            // "Parfait" may also answer a promise.
            if (relapse == Relapse::Reported) relapse = Relapse::None;
            hasWorked = true;
        }
    }
    return relapse;
}

}  // namespace ninja3cx::analysis
