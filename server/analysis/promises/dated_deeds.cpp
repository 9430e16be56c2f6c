#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/model/head_names.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "server/analysis/promises/denied_deeds.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

constexpr float kShown = 0.3F;  // from which a turn speaks of an action

struct DeedWords {
    std::string_view kind;
    std::initializer_list<std::string_view> stems;
    bool hasOwnDay = true;                                  // what is ordered or sent now arrives on another
    std::initializer_list<std::string_view> updating = {};  // where "à jour" follows: "fais la mise à jour"
};
const DeedWords kDeeds[] = {
    {action_kind::kDisableAccount,
     {"desactiv", "coup", "bloqu", "ferm", "supprim", "disabl", "block", "clos", "cut", "suspen", "deactivat",
      "revoqu", "revok", "enlev", "retir", "remov", "clotur"}},
    {action_kind::kCreateAccount, {"cre", "ouvr", "creat"}},
    {action_kind::kInstallSoftware, {"install", "reinstall", "deploi", "deploy"}},
    {action_kind::kReboot, {"redemarr", "reboot", "restart"}},
    {action_kind::kRestoreBackup, {"restaur", "restor"}},
    {action_kind::kResetPassword, {"reinitialis", "reset", "debloqu", "deverrouill", "unlock"}},
    {action_kind::kSecurityScan, {"lanc", "analys", "scan", "run", "pass"}},
    {action_kind::kUpdateSoftware,
     {"updat"},
     true,
     {"mets", "mettr", "metto", "fais", "faire", "fait", "fera", "fero", "lanc", "pass", "pouss", "appliq"}},
    {action_kind::kSendInformation, {"envo", "enverr", "transm", "send", "mail"}, false},
    {action_kind::kOrderHardware, {"command", "order"}, false},
};

const DeedWords* deedWordsOf(std::string_view kind) {
    const auto* deed = std::ranges::find(kDeeds, kind, &DeedWords::kind);
    return deed == std::end(kDeeds) ? nullptr : deed;
}

/// "mets le serveur à jour", "fais la mise à jour": behind the verb, in its clause.
bool hasUpdateBehind(const Line& line, std::size_t verb) {
    constexpr std::size_t kReach = 5;  // words
    for (std::size_t at = verb + 1; at < line.words.size() && at <= verb + kReach; ++at) {
        if (line.isCutAfter(at - 1)) return false;
        if (line.words[at].text == "jour" && line.words[at - 1].text == "a") return true;
    }
    return false;
}

bool isDeedAt(const DeedWords& deed, const Line& line, std::size_t at) {
    const auto hasStem = [&](std::initializer_list<std::string_view> stems) {
        return std::ranges::any_of(
            stems, [&](std::string_view stem) { return line.words[at].text.starts_with(stem); });
    };
    return hasStem(deed.stems) || (hasStem(deed.updating) && hasUpdateBehind(line, at));
}

/// "je désactive", "on va le couper", "i'll disable", "will be disabled": in hand, not behind one.
bool isStillToDo(const Line& line, std::size_t verb) {
    const auto isPast = [&] { return line.words[verb].text.ends_with("ed"); };
    bool isPassive = false;
    for (std::size_t back = 1; back <= 4 && back <= verb; ++back) {
        const std::string_view word = line.words[verb - back].text;
        if (isOneOf(word, {"be", "etre"})) isPassive = true;
        if (isOneOf(word, {"sera", "seront", "serez"})) return true;
        if (isOneOf(word, {"ll", "will", "shall", "m", "re"})) return isPassive || !isPast();
        if (isOneOf(word, {"je", "j", "on", "nous", "i", "we"})) {
            const bool isSame = isOneOf(line.words[verb].text, {"cut"});  // "i cut it on Monday"
            return !isPast() && !isSame;
        }
        if (!isOneOf(word,
                     {"le",     "la", "l",    "lui", "vous",  "les",   "leur", "y",    "en",   "vais", "va",
                      "allons", "be", "etre", "to",  "going", "gonna", "just", "then", "also", "have"}))
            return false;
        if (word == "have") return false;
    }
    return false;
}

/// "ce soir", "cette nuit", "tonight", "à midi": later on the day of the call.
bool isLaterToday(const Line& line, const SpokenDate& date) {
    static constexpr std::string_view kLater[] = {"soir", "tonight",   "evening", "midi",
                                                  "noon", "afternoon", "nuit",    "soiree"};
    for (std::size_t at = date.first; at < date.last; ++at)
        if (std::ranges::find(kLater, line.words[at].text) != std::end(kLater)) return true;
    return false;
}

/// "je vais lancer", "on va vous le réinstaller", "i'll run", "i'm going to reset", "je lancerai".
bool isToCome(const Line& line, std::size_t verb) {
    const std::string_view said = line.words[verb].text;
    if (said.ends_with("erai") || said.ends_with("erons")) return true;
    for (std::size_t back = 1; back <= 4 && back <= verb; ++back) {
        const std::string_view word = line.words[verb - back].text;
        if (line.isCutAfter(verb - back)) return false;
        if (isOneOf(word, {"vais", "va", "allons"}))
            return verb > back && isOneOf(line.words[verb - back - 1].text, {"je", "on", "nous", "vous"});
        if (isOneOf(word, {"ll", "will", "going", "gonna"})) return !said.ends_with("ed");
        if (!isOneOf(word, {"vous", "lui",  "leur", "le",   "la",  "les",  "l",    "y",     "en", "te",
                            "to",   "just", "then", "also", "now", "tout", "donc", "faire", "d",  "abord"}))
            return false;
    }
    return false;
}

/// "je redémarre maintenant", "I'm restarting it now": no other day is its own.
bool isOfNow(const Line& line, std::size_t verb) {
    constexpr std::size_t kReach = 4;  // words
    for (std::size_t at = verb + 1; at < line.words.size() && at <= verb + kReach; ++at) {
        if (line.isCutAfter(at - 1)) return false;
        if (isOneOf(line.words[at].text, {"maintenant", "now", "immediatement", "immediately"})) return true;
        if (line.words[at].text == "suite" && line.words[at - 1].text == "de") return true;
    }
    return false;
}

/// "je la lance demain et je redémarre": said in one breath, the day is that of both. Not of what is done besides a call:
/// "je vous rappelle demain et je redémarre".
bool goesOnFrom(const Line& line, const SpokenDate& date, std::size_t verb) {
    if (date.last >= verb || line.isCutAfter(date.last - 1)) return false;
    const bool isLed = isOneOf(line.words[date.last].text, {"et", "and", "puis", "then"});
    for (std::size_t at = date.last; at < verb; ++at) {
        if (line.isCutAfter(at)) return false;
        if (!isOneOf(line.words[at].text,
                     {"et",   "and",  "puis", "then", "ensuite", "je",  "on",   "nous", "i",    "we",   "ll",
                      "vais", "will", "le",   "la",   "l",       "les", "vous", "lui",  "also", "aussi"}))
            return false;
    }
    static const CueList kCalls{{"rappel*"}, {"appel*"}, {"recontact*"}, {"call*"}, {"ring*"}, {"phone*"}};
    return isLed && std::ranges::none_of(kCalls.all(line), [&](const CueList::Hit& hit) {
               return hit.match.first < date.first;
           });
}

/// Nothing between the two speaks of somebody else's day: "le compte d'Emma qui arrive lundi".
bool isDayOfDeed(const Line& line, std::size_t verb, const SpokenDate& date) {
    constexpr std::size_t kReach = 9;  // words
    if (isOfNow(line, verb)) return false;
    if (goesOnFrom(line, date, verb)) return true;
    const std::size_t from = std::min(verb + 1, date.last);
    const std::size_t to = std::max(verb, date.first);
    if (to - from > kReach) return false;
    if (line.isCutAfter(to - 1, kSentenceMarks)) return false;
    for (std::size_t at = from; at < to; ++at) {
        if (line.isCutAfter(at - 1, kSentenceMarks)) return false;
        if (isOneOf(line.words[at].text,
                    {"qui",    "who",     "arrive",  "part",     "commence", "starts", "et",      "and",
                     "leaves", "leaving", "for",     "pour",     "mais",     "but",    "because", "car",
                     "parce",  "comme",   "elle",    "il",       "she",      "he",     "depuis",  "since",
                     "now",    "me",      "appelez", "rappelez", "dites"}))
            return false;
    }
    return true;
}

/// From the word on: the deed is done, or has helped.
bool saysItIsSo(const Line& line, std::size_t from) {
    static const CueList kSo{{"c est fait"},   {"c est bon"},     {"c est regle"},
                             {"voila"},        {"essay*"},        {"reessay*"},
                             {"testez"},       {"retest*"},       {"ca marche"},
                             {"ca remarche"},  {"ca fonctionne"}, {"ca refonctionne"},
                             {"remarche"},     {"j ai acces"},    {"je suis connect*"},
                             {"ca y est"},     {"est revenu*"},   {"est reparti*"},
                             {"je l ai recu"}, {"bien recu"},     {"je le vois"},
                             {"je les vois"},  {"done"},          {"try"},
                             {"works"},        {"working"},       {"i m in"},
                             {"it s back"},    {"i m back"},      {"i ve got it"},
                             {"got it"},       {"that s it"},     {"s gone"},
                             {"there you go"}, {"there we go"},   {"i can see"},
                             {"j ai envoye"},  {"i ve sent"},     {"it s come back"},
                             {"c est parti"},  {"c est envoye"},  {"c est commande"}};
    return std::ranges::any_of(kSo.all(line),
                               [&](const CueList::Hit& hit) { return hit.match.first >= from; });
}

}  // namespace

std::optional<DatedCommitment> datedDeed(const Conversation& conversation, std::string_view kind) {
    static const CueList kDone{{"c est fait"},  {"est desactive*"}, {"est coupe*"},   {"est cree"},
                               {"est bloque*"}, {"est redemarre"},  {"est installe"}, {"it s done"},
                               {"that s done"}, {"is disabled"},    {"s disabled"},   {"is done"},
                               {"has been"},    {"all done"}};
    const DeedWords* deed = deedWordsOf(kind);
    if (!deed || !deed->hasOwnDay) return std::nullopt;
    std::optional<DatedCommitment> planned;
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent) continue;
        if (planned && kDone.first(line)) return std::nullopt;
        if (planned) continue;
        std::optional<std::vector<SpokenDate>> dates;  // read where a deed is said, once
        for (std::size_t at = 0; at < line.words.size() && !planned; ++at) {
            if (!isDeedAt(*deed, line, at) || !isStillToDo(line, at)) continue;
            if (!dates) dates = standingDates(line, std::nullopt);
            for (const SpokenDate& date : *dates)
                if ((isLaterDay(line, date) || isLaterToday(line, date)) && isDayOfDeed(line, at, date)) {
                    planned = {deed->kind, line.turn,
                               spoken(line, std::min(at, date.first), std::max(at + 1, date.last))};
                    break;
                }
        }
    }
    return planned;
}

std::optional<DatedCommitment> deedToCome(const CallReading& reading, std::string_view kind) {
    const DeedWords* deed = deedWordsOf(kind);
    if (!deed) return std::nullopt;
    std::optional<DatedCommitment> toCome;
    for (const Line& line : reading.conversation().lines) {
        std::size_t from = 0;
        if (line.speaker == protocol::Speaker::Agent) {
            const std::vector<bool> denied = deniedDeedWords(line);
            for (std::size_t at = 1; at < line.words.size(); ++at)
                if (isDeedAt(*deed, line, at) && !denied[at] && isToCome(line, at)) {
                    toCome = {deed->kind, line.turn,
                              spoken(line, at - 1, std::min(at + 3, line.words.size()))};
                    from = at + 1;
                }
        }
        const auto turn = static_cast<std::size_t>(line.turn);
        const bool isShown =
            line.speaker == protocol::Speaker::Agent && reading.shows(turn, actionHead(kind)) >= kShown;
        // "i've mailed you the form … we'll send him the client"
        const bool isOfNow = from == 0 && reading.laterChance(turn, kind) < 0.5F;
        if (isShown && (isOfNow || (toCome && toCome->turn != line.turn))) return std::nullopt;
        if (!toCome) continue;
        if (saysItIsSo(line, from)) return std::nullopt;
    }
    return toCome;
}

}  // namespace ninja3cx::analysis
