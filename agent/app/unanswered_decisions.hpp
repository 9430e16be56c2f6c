#pragma once

#include "shared/protocol/messages.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ninja3cx::agent {

/// The draft that a technician decides on with this message; nothing where it is no decision.
std::optional<DraftId> decidedDraft(const protocol::ClientMessage& message);

/// Whether it may be kept until the server can hear it. Not so how a delivery goes on, for that needs a look at the
/// ticket as it is then, and that a countdown runs on.
bool maySayLater(const protocol::ClientMessage& decision);

/// What the technician decided on one draft and the server has not answered, in the order it was said. An answer is
/// what the draft has become, or a refusal; that it has changed somehow is none.
///
/// Of a decision that was on the link when it went down nobody knows whether the server has read it. It is said again
/// only where that does nothing but what was meant: the fields are those that the technician saw, and it was not
/// said behind an edit that may have been refused. Never again by itself: how a delivery goes on (a ticket might be sent
/// twice), and that a countdown runs on. The rest is left to the technician, who has to look first.
class UnansweredDecisions {
public:
    /// `shown`: the draft as the technician saw it.
    void add(protocol::ClientMessage decision, const protocol::Draft& shown);
    /// The link was down: said with `sayAgain`.
    void addUnsaid(protocol::ClientMessage decision, const protocol::Draft& shown);
    void onDraft(const protocol::Draft& now);
    /// A refusal names the draft alone. As a refusal comes earlier than the news of what was accepted before it, it is
    /// taken for that of the latest decision that it can be about.
    void onRefused(std::string_view code);

    /// What the technician is to be told when the link goes down, each decision once.
    struct Doubt {
        bool isSaidAgain = false;
        bool isLeft = false;  // to the technician
        bool operator==(const Doubt&) const = default;
    };
    Doubt onDown(bool isDraftRemoved);
    /// Until `sayAgain` nothing else may be said about this draft: it would overtake what was said before.
    bool isInDoubt() const;

    struct Again {
        std::vector<protocol::ClientMessage> decisions;
        bool isLeft = false;  // others are, to the technician
        bool operator==(const Again&) const = default;
    };
    /// After a reconnect, with the draft as the server then shows it; null: it shows it no longer.
    Again sayAgain(const protocol::Draft* now);

private:
    struct Decision {
        protocol::ClientMessage message;
        protocol::DraftFields shown;
        bool isBehindEdit = false;  // that was unanswered when this was said
        bool isInDoubt = false;
    };
    static bool maySayAgain(const Decision& decision, const protocol::Draft& now);

    std::vector<Decision> decisions_;
};

}  // namespace ninja3cx::agent
