#include "server/analysis/summary/movement_subject.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/entities/name_grounds.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/analysis/movements/movement_cues.hpp"
#include "server/analysis/movements/movements.hpp"

#include <algorithm>
#include <vector>

namespace ninja3cx::analysis {
namespace {

struct Wording {
    Direction direction;
    std::string_view french;
    std::string_view english;      // before "of"
    std::string_view frenchAlone;  // where nobody is named
    std::string_view englishAlone;
};
constexpr Wording kWordings[] = {
    {Direction::Leaves, "Départ", "Departure of ", "Départ : compte et matériel",
     "Departure: account and equipment"},
    {Direction::Arrives, "Arrivée", "New starter: ", "Arrivée : compte et matériel",
     "New starter: account and equipment"},
    {Direction::ChangesPost, "Changement de service", "Change of department: ", "Changement de service",
     "Change of department"},
    {Direction::ComesBack, "Retour", "Return of ", "Retour d'un collaborateur", "Return of an employee"},
};

/// "Paul Roux et Julie Morel", where both go the same way.
Movement withOther(const Movement& first, const std::vector<Movement>& movements, bool isEnglish) {
    Movement both = first;
    for (const Movement& other : movements) {
        if (other.direction != first.direction || other.person == first.person || other.person.empty() ||
            first.person.empty() || other.grounds.turns != first.grounds.turns)
            continue;
        both.person += (isEnglish ? " and " : " et ") + other.person;
        break;
    }
    return both;
}

std::string wordingOf(const Movement& movement, bool isEnglish) {
    const auto& wording = *std::ranges::find(kWordings, movement.direction, &Wording::direction);
    if (movement.person.empty()) return std::string{isEnglish ? wording.englishAlone : wording.frenchAlone};
    if (isEnglish) return std::string{wording.english} + movement.person;
    return std::string{wording.french} + " " + withDe(movement.person);
}

/// "Départ de Paul Arnaud, arrivée de Julie Morel".
std::string replacementOf(const Movement& leaver, const Movement& newcomer, bool isEnglish) {
    const std::string leaving =
        leaver.person.empty() ? (isEnglish ? "Departure" : "Départ") : wordingOf(leaver, isEnglish);
    if (newcomer.person.empty()) return leaving + (isEnglish ? " and replacement" : " et remplacement");
    return leaving + ", " +
           (isEnglish ? "arrival of " + newcomer.person : "arrivée " + withDe(newcomer.person));
}

/// "gardez son compte": of one who leaves. What is cut beside it is no account that stays.
bool isAccountKept(const Findings& findings) {
    static const CueList kKept{
        {"gard* ~ compte*"},         {"gard* ~ acces"},          {"gard* ~ session"},
        {"laiss* ~ compte*"},        {"laiss* ~ acces"},         {"conserv* ~ compte*"},
        {"conserv* ~ acces"},        {"maint* ~ compte*"},       {"ferm* pas ~ compte*"},
        {"coup* pas ~ acces"},       {"supprim* pas ~ compte*"}, {"desactiv* pas ~ compte*"},
        {"touch* pas ~ compte*"},    {"keep ~ account*"},        {"leave ~ account*"},
        {"keeps ~ account*"},        {"don t close ~ account*"}, {"don t disable ~ account*"},
        {"don t delete ~ account*"}, {"don t cut ~ access"},     {"keep ~ access"}};
    static const CueList kCut{{"coupe* ~ compte*"},   {"coupez ~ acces"},   {"ferme* ~ compte*"},
                              {"fermez ~ compte*"},   {"desactivez*"},      {"supprimez ~ compte*"},
                              {"disable ~ account*"}, {"close ~ account*"}, {"cut ~ access"},
                              {"delete ~ account*"}};
    bool isKept = false;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        // "gardez sa boîte mais coupez le compte"
        for (const CueList::Hit& hit : kCut.all(line)) {
            const auto first = line.words.begin() + static_cast<std::ptrdiff_t>(hit.match.first);
            const bool isDenied =
                isNegated(line.words, hit.match) ||
                std::any_of(first, line.words.begin() + static_cast<std::ptrdiff_t>(hit.match.last),
                            [](const Word& word) {
                                return isOneOf(word.text, {"pas", "not"});
                            });
            if (!isDenied) return false;
        }
        isKept = isKept || kKept.first(line);
    }
    return isKept;
}

void restOn(const Movement& movement, const Findings& findings, Grounds& grounds) {
    grounds.add(movement.grounds);
    if (std::ranges::find(findings.names.people, movement.person) != findings.names.people.end())
        grounds.add(groundsOfName(findings.conversation, "person", movement.person));
}

bool isAbsence(const Conversation& conversation) {
    return std::ranges::any_of(conversation.lines, isAwayForLong);
}

/// Where no words tell, the account does: one that is only cut is a leaver's, one that is only made a newcomer's.
std::optional<Movement> movementOfAccount(const Findings& findings) {
    const FoundAction* only = nullptr;
    for (const FoundAction& found : findings.actions) {
        const bool isAccount =
            found.action.kind == "disable_account" || found.action.kind == "create_account";
        if (!isAccount || found.confidence == protocol::Confidence::Unsure) continue;
        if (only) return std::nullopt;
        only = &found;
    }
    if (!only) return std::nullopt;
    Movement movement;
    movement.direction = only->action.kind == "disable_account" ? Direction::Leaves : Direction::Arrives;
    movement.person = onlyOneSpokenOf(findings.conversation, findings.names);
    movement.grounds = {only->turns, only->cue, protocol::Confidence::Likely};
    // Rights are given to many who are there already.
    const bool isNamed = only->action.text.find(movement.person) != std::string::npos;
    if (movement.person.empty() || (movement.direction == Direction::Arrives && !isNamed))
        return std::nullopt;
    return movement;
}

}  // namespace

std::optional<std::string> movementSubject(const Findings& findings, bool isNow, Grounds& grounds) {
    const Conversation& conversation = findings.conversation;
    const bool isEnglish = conversation.isEnglish;
    const std::vector<Movement>& movements = findings.movements;
    const Movement* leaver = movementTo(Direction::Leaves, movements);
    const Movement* newcomer = movementTo(Direction::Arrives, movements);
    if (leaver && newcomer) {
        restOn(*leaver, findings, grounds);
        restOn(*newcomer, findings, grounds);
        return replacementOf(*leaver, *newcomer, isEnglish);
    }
    if (leaver) {
        if (isNow && leaver->person.empty()) return std::nullopt;
        restOn(*leaver, findings, grounds);
        return wordingOf(withOther(*leaver, movements, isEnglish), isEnglish) +
               (isAccountKept(findings) ? (isEnglish ? ": account to keep" : " : compte à conserver")
                : !isNow                ? ""
                : isEnglish             ? ": access to cut now"
                                        : " : accès à couper tout de suite");
    }
    for (const Direction direction : {Direction::ComesBack, Direction::ChangesPost}) {
        const Movement* movement = movementTo(direction, movements);
        if (!movement) continue;
        restOn(*movement, findings, grounds);
        return wordingOf(*movement, isEnglish);
    }
    if (isAbsence(conversation)) return std::nullopt;
    if (newcomer) {
        restOn(*newcomer, findings, grounds);
        return wordingOf(withOther(*newcomer, movements, isEnglish), isEnglish);
    }
    const auto told = isNow ? std::nullopt : movementOfAccount(findings);
    if (!told) return std::nullopt;
    restOn(*told, findings, grounds);
    return wordingOf(*told, isEnglish);
}

bool movesPlainly(const Findings& findings) {
    if (findings.category.main.confidence == protocol::Confidence::Sure) return false;
    const bool hasAccount = std::ranges::any_of(findings.actions, [](const FoundAction& found) {
        return found.confidence != protocol::Confidence::Unsure &&
               (found.action.kind == "disable_account" || found.action.kind == "create_account");
    });
    return hasAccount && std::ranges::any_of(findings.movements, [](const Movement& movement) {
               return !movement.person.empty();
           });
}

SummaryPart movementSentence(const Findings& findings, const std::string& told) {
    const Movement* leaver = movementTo(Direction::Leaves, findings.movements);
    const Movement* newcomer = movementTo(Direction::Arrives, findings.movements);
    if (!leaver || !newcomer || leaver->person.empty() || newcomer->person.empty()) return {};
    const auto isTold = [&](const Movement& movement) {
        return told.find(movement.person) != std::string::npos;
    };
    if (isTold(*leaver) && isTold(*newcomer)) return {};
    Grounds grounds;
    restOn(*leaver, findings, grounds);
    restOn(*newcomer, findings, grounds);
    return {replacementOf(*leaver, *newcomer, findings.conversation.isEnglish) + ".", std::move(grounds)};
}

}  // namespace ninja3cx::analysis
