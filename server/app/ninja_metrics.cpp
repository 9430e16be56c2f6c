#include "server/app/ninja_metrics.hpp"

#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace ninja3cx::app {
namespace {

using protocol::DeliveryState;

void add(std::string& text, const std::string& name, const char* help, std::int64_t value) {
    text += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + name + " " +
            std::to_string(value) + "\n";
}

/// What is not known has no line.
void addSeconds(std::string& text, const std::string& name, const char* help,
                std::optional<std::chrono::milliseconds> time) {
    if (time) add(text, name, help, std::chrono::floor<std::chrono::seconds>(*time).count());
}

std::optional<std::chrono::milliseconds> between(std::optional<SystemTime> from,
                                                 std::optional<SystemTime> to) {
    if (!from || !to) return std::nullopt;
    return std::max(*to - *from, std::chrono::milliseconds{0});
}

}  // namespace

void TicketTally::note(const DraftId& draftId, const protocol::Delivery& delivery) {
    const bool isGivenUp = delivery.problemCode == wordOf(protocol::DeliveryProblem::GivenUp);
    if (isGivenUp || delivery.state == DeliveryState::Created || delivery.state == DeliveryState::None)
        open_.erase(draftId);
    else
        open_[draftId] = delivery.state;
}

std::size_t TicketTally::in(DeliveryState state) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(open_, [&](const auto& one) { return one.second == state; }));
}

std::size_t TicketTally::queued() const {
    return open_.size() - in(DeliveryState::Unconfirmed)-in(DeliveryState::Rejected);
}

bool TicketTally::isSending() const {
    return in(DeliveryState::Queued) + in(DeliveryState::Sending) + in(DeliveryState::Unknown) > 0;
}

std::string ninjaMetrics(const NinjaFacts& known, SystemTime now, const TicketTally& tally) {
    std::string text;
    const ticketing::TokenFacts& facts = known.login;
    if (facts.login != ticketing::Login::Unknown)
        add(text, "ninja3cx_ninjaone_login", "1 while somebody is logged in who may write tickets.",
            facts.login == ticketing::Login::Working ? 1 : 0);
    addSeconds(text, "ninja3cx_ninjaone_token_age_seconds", "Since the refresh token was stored.",
               between(facts.storedAt, now));
    addSeconds(text, "ninja3cx_ninjaone_last_refresh_seconds", "Since NinjaOne last took the refresh token.",
               between(facts.refreshedAt, now));
    addSeconds(text, "ninja3cx_ninjaone_login_left_seconds",
               "Until NinjaOne may forget the login if nothing uses it; a guess.",
               between(now, facts.endsAt));
    std::optional<SystemTime> directoryAt;
    if (known.directoryAtMs) directoryAt = fromEpochMs(*known.directoryAtMs);
    addSeconds(text, "ninja3cx_ninjaone_directory_age_seconds", "Since NinjaOne's people were read.",
               between(directoryAt, now));
    addSeconds(text, "ninja3cx_ninjaone_tickets_age_seconds",
               "Since NinjaOne's boards told what became of the tickets.", between(known.lookedAt, now));
    const auto count = [](std::size_t number) { return static_cast<std::int64_t>(number); };
    add(text, "ninja3cx_tickets_queued", "Tickets on the way to NinjaOne.", count(tally.queued()));
    add(text, "ninja3cx_tickets_unconfirmed", "Tickets of which a person must say whether NinjaOne has them.",
        count(tally.in(DeliveryState::Unconfirmed)));
    add(text, "ninja3cx_tickets_rejected", "Tickets that NinjaOne refused.",
        count(tally.in(DeliveryState::Rejected)));
    return text;
}

}  // namespace ninja3cx::app
