#include "server/analysis/actions/settle_deeds.hpp"

#include "server/analysis/actions/account_deeds.hpp"
#include "server/analysis/actions/action_text.hpp"
#include "server/analysis/actions/said_deeds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/movements/access_words.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;

constexpr std::string_view kCut = "disable_account";
constexpr std::string_view kCreate = "create_account";

class Settling {
public:
    Settling(std::vector<FoundAction>& found, const CallReading& reading, const Names& names,
             std::span<const Movement> movements, const CategoryFinding& category)
        : found_{found},
          conversation_{reading.conversation()},
          names_{names},
          movements_{movements},
          isIncident_{category.main.value == protocol::Category::SecurityIncident},
          deeds_{accountDeedsIn(conversation_, movements)} {}

    void settleAccounts() {
        const AccountDeed* cut = firstDeed(AccountDeed::What::Cut);
        const bool isLeaving = goes(Direction::Leaves);
        const bool isBack = goes(Direction::ComesBack) && !isLeaving;
        const bool isComing = isBack || goes(Direction::Arrives) || goes(Direction::ChangesPost);
        const AccountDeed* grant = firstGrant(isLeaving && !isComing);
        // "On l'a coupé par erreur" tells why it is given back.
        if (isBack && cut && cut->isPast) cut = nullptr;
        const bool isOfAnother = cut && cut->isOfAnother && !cut->isPast && !isComing;
        if (cut && (isLeaving || isOfAnother)) keep(kCut, *cut);
        if (!cut && isComing && (isBack || !isCutAsked())) drop(kCut);
        // Said in one breath with the cut, what becomes of the mailbox is part of the departure.
        if ((isLeaving || isOfAnother) && !isComing && !grant && !isOfMailbox(kCreate)) drop(kCreate);
        if (grant && isComing) keep(kCreate, *grant);
        if (cut && grant) restApart(cut->turn, *grant);
        if (isLeaving) name(kCut, Direction::Leaves);
        if (grant && grant->isByName) name(kCreate, Direction::Arrives);
    }

    /// What a turn plainly says.
    void keepSaid() {
        for (const SaidDeed& deed : saidDeedsIn(conversation_)) keep(deed.kind, deed);
        if (const auto later = restartPutOff(conversation_)) putOff(*later);
    }

    void dropUnsaid() {
        // Who keeps the account needs no other.
        const bool isTurnedDown = isCutTurnedDownOnly();
        if (isTurnedDown && !firstGrant(false)) drop(kCreate);
        std::erase_if(found_, [&](const FoundAction& action) {
            return isUnsaid(action, conversation_) ||
                   (action.action.kind == kCut && (onlyEndsSessions(action) || isTurnedDown));
        });
    }

private:
    /// "fermer la session", "je déconnecte votre session", "sign out": of nobody who leaves.
    bool onlyEndsSessions(const FoundAction& action) const {
        static const CueList kEnds{{"session*"},     {"deconnect*"}, {"disconnect*"},   {"sign ~ out"},
                                   {"signed ~ out"}, {"sign out"},   {"signing ~ out"}, {"log ~ off"},
                                   {"log ~ out"},    {"log off"},    {"log out"},       {"logged ~ off"},
                                   {"logging ~ off"}};
        // Those of a stolen laptop are closed to keep somebody out.
        if (isIncident_ || goes(Direction::Leaves) || action.turns.empty()) return false;
        return std::ranges::all_of(action.turns, [&](std::int32_t turn) {
            const Line& line = conversation_.lines[static_cast<std::size_t>(turn)];
            const auto cut = cutIn(line);
            return kEnds.first(line) && (!cut || cut->isOfSession);
        });
    }

    bool isCutAsked() const {
        return std::ranges::any_of(conversation_.lines, [&](const Line& line) {
            const auto cut = cutIn(line);
            if (goes(Direction::Leaves) && saysCut(line)) return true;  // "Fermez-le"
            return cut && !cut->isOwn;
        });
    }

    /// What somebody is granted; with `isOfOwn` something beside another's mailbox.
    const AccountDeed* firstGrant(bool isOfOwn) const {
        for (const auto what : {AccountDeed::What::Grant, AccountDeed::What::Restore})
            for (const AccountDeed& deed : deeds_)
                if (deed.what == what && !(isOfOwn && deed.isOfMail)) return &deed;
        return nullptr;
    }

    /// The leaver's mails go to somebody: said in a turn of its own, or asked for right before it.
    bool isOfMailbox(std::string_view kind) {
        static const CueList kMails{{"boite"},     {"mail*"},    {"mailbox"},    {"inbox"},  {"email*"},
                                    {"courriel*"}, {"messages"}, {"messagerie"}, {"e mail*"}};
        const auto action = find(kind);
        if (action == found_.end()) return false;
        return std::ranges::any_of(action->turns, [&](std::int32_t turn) {
            const auto index = static_cast<std::size_t>(turn);
            const Line& line = conversation_.lines[index];
            if (saysCut(line)) return false;
            const bool isAskedFor = index > 0 && kMails.first(conversation_.lines[index - 1]).has_value();
            return isAskedFor || kMails.first(line).has_value();
        });
    }

    bool goes(Direction direction) const { return movementTo(direction, movements_) != nullptr; }
    const AccountDeed* firstDeed(AccountDeed::What what) const {
        const auto deed = std::ranges::find(deeds_, what, &AccountDeed::what);
        return deed == deeds_.end() ? nullptr : &*deed;
    }
    std::vector<FoundAction>::iterator find(std::string_view kind) {
        return std::ranges::find_if(found_, [&](const FoundAction& it) { return it.action.kind == kind; });
    }
    void drop(std::string_view kind) {
        std::erase_if(found_, [&](const FoundAction& it) { return it.action.kind == kind; });
    }

    void word(FoundAction& action) const {
        action.action.text = actionText(action.action.kind, action.action.status == "done", action.turns,
                                        conversation_, names_, movements_);
    }

    void keep(std::string_view kind, const SaidDeed& deed) {
        const auto known = find(kind);
        if (known != found_.end()) {
            known->confidence = std::min(known->confidence, Confidence::Likely);
            const bool isDoneNow = deed.isDone && known->action.status != "done";
            if (!isDoneNow) return;
            known->action.status = "done";
            known->action.owner = "agent";
            if (std::ranges::find(known->turns, deed.turn) == known->turns.end())
                known->turns.insert(known->turns.begin(), deed.turn);
            word(*known);
            return;
        }
        FoundAction said;
        said.action.kind = kind;
        said.action.owner = "agent";
        said.action.status = deed.isDone ? "done" : "todo";
        said.turns = {deed.turn};
        said.cue = deed.cue;
        said.confidence = Confidence::Likely;
        word(said);
        found_.push_back(std::move(said));
    }

    /// It was not done when it was asked for: nothing but the later one counts.
    void putOff(const SaidDeed& later) {
        drop(later.kind);
        keep(later.kind, later);
    }

    /// The turn that cuts one account makes no other.
    void restApart(std::int32_t cutTurn, const AccountDeed& grant) {
        const auto created = find(kCreate);
        if (created == found_.end() || grant.turn == cutTurn) return;
        if (std::erase(created->turns, cutTurn) == 0) return;
        if (created->turns.empty()) {
            created->turns = {grant.turn};
            created->cue = grant.cue;
        }
        word(*created);
    }

    /// Where the turn only says "je le coupe", "je désactive Paul": whose account it is. Of several who go there the one whom a
    /// turn names, or nobody.
    void name(std::string_view kind, Direction direction) {
        const auto action = find(kind);
        const std::vector<std::string> people = peopleTo(direction, movements_);
        if (action == found_.end() || people.empty()) return;
        const bool isDone = action->action.status == "done";
        if (action->action.text != actionText(kind, isDone, {}, conversation_, names_, movements_)) return;
        if (kind == kCut) {
            nameCut(*action, isDone);
            return;
        }
        std::string person = people.size() == 1 ? people.front() : std::string{};
        for (const std::int32_t turn : action->turns) {
            const Line& line = conversation_.lines[static_cast<std::size_t>(turn)];
            if (line.speaker != protocol::Speaker::Agent || !person.empty()) continue;
            person = personMeant(line, grantIn(line), people);
        }
        if (person.empty()) return;
        action->action.text = accountCreatedText(person, isDone, conversation_.isEnglish);
    }

    /// The first of the technician's turns that says whose.
    void nameCut(FoundAction& action, bool isDone) const {
        for (const std::int32_t turn : action.turns) {
            const Line& line = conversation_.lines[static_cast<std::size_t>(turn)];
            if (line.speaker != protocol::Speaker::Agent) continue;
            const CutOwners owners = cutOwnersIn(line, conversation_, names_, movements_);
            if (owners.people.empty() && !owners.isSeveral) continue;
            action.action.text = accountsCutText(owners, isDone, conversation_.isEnglish);
            return;
        }
    }

    /// Each turn that tells of the cut was answered with a no.
    bool isCutTurnedDownOnly() const {
        if (firstDeed(AccountDeed::What::Cut)) return false;
        bool isTurnedDown = false;
        for (std::size_t turn = 0; turn < conversation_.lines.size(); ++turn) {
            const Line& line = conversation_.lines[turn];
            if (line.speaker != protocol::Speaker::Agent || !saysCut(line)) continue;
            if (!isCutTurnedDown(conversation_, turn)) return false;
            isTurnedDown = true;
        }
        return isTurnedDown;
    }

    std::vector<FoundAction>& found_;
    const Conversation& conversation_;
    const Names& names_;
    std::span<const Movement> movements_;
    bool isIncident_;  // of security
    std::vector<AccountDeed> deeds_;
};

}  // namespace

void settleDeeds(std::vector<FoundAction>& found, const CallReading& reading, const Names& names,
                 std::span<const Movement> movements, const CategoryFinding& category) {
    Settling settling{found, reading, names, movements, category};
    settling.dropUnsaid();
    settling.settleAccounts();
    settling.keepSaid();
}

}  // namespace ninja3cx::analysis
