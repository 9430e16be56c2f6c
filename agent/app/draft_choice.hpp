#pragma once

#include "shared/protocol/records.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace ninja3cx::agent {

/// What a draft wants of the technician. UnderWay: nothing for the moment, for it is being sent, looked up or compared. Countdown: it becomes a ticket by itself unless stopped. Held: nothing happens
/// without a person. Delivery: it was sent, and what became of it is for a person to say. Mending: NinjaOne refused it
/// and has no ticket, so that what it says can be changed as well.
enum class DraftNeed { Nothing, UnderWay, Countdown, Held, Delivery, Mending };
DraftNeed needOf(const protocol::Draft& draft);

/// What a decision is about: a draft that was not sent, a delivery, or what a draft says.
enum class Concern { Draft, Delivery, Content };

struct SeenDraft {
    DraftId draftId;
    DraftNeed need{};
    bool isGone = false;  // from the server's view
    bool popsUp = false;  // shown just now for the first time, or once more because the server asked
};

/// Which of the drafts that wait for the technician a command without a number is about, and the number that each draft
/// has for as long as the program runs. A lone draft is meant, one chosen by `use`, and a countdown that pops up, unless
/// another runs or the technician has just chosen otherwise: where two could be meant, none is.
class DraftChoice {
public:
    /// From 1, in the order in which they are first asked for.
    int numberOf(const DraftId& draftId);
    /// All drafts as they are now.
    void follow(std::span<const SeenDraft> drafts);
    /// False: no draft of that number waits. Then none is meant until another is used, or comes to be the current one:
    /// whoever named it does not mean another.
    bool use(int number);

    /// Also one that is gone, as long as nothing else waits.
    const std::optional<DraftId>& current() const { return current_; }
    /// In the order of their numbers.
    std::vector<DraftId> waiting() const;
    /// The one that a decision is for. Empty: ask, or none waits.
    std::optional<DraftId> meant(Concern concern) const;

private:
    struct Known {
        int number = 0;
        DraftNeed need{};
        bool isWaiting = false;
        bool isUnderWay = false;
    };
    bool waits(const DraftId& draftId) const;
    bool fits(const DraftId& draftId, Concern concern) const;
    void settle();
    void arrive(const DraftId& draftId);

    std::map<DraftId, Known> known_;  // for ever: a draft that comes back has its number
    std::optional<DraftId> current_;
    bool isUsed_ = false;     // the technician said `use`
    bool hasMissed_ = false;  // ... of a draft that does not wait
};

}  // namespace ninja3cx::agent
