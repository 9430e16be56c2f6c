#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/tenant_rules.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// From an outbox entry to what NinjaOne is sent. Pure.
namespace ninja3cx::ticketing {

struct TicketRequest {
    std::string json;
    bool hasResolvedStatus = false;
};
/// Form, first status and attributes by tenant_rules. `startsOpen`: NinjaOne refused a resolved status for a new
/// ticket.
TicketRequest ticketRequest(const calls::OutboxEntry& entry, const TenantSettings& tenant,
                            std::optional<std::int64_t> assignee, bool startsOpen);

/// NinjaOne's own word; NONE where the draft left it open.
std::string priorityToSend(const protocol::DraftFields& fields);

/// The subject as NinjaOne is given it.
std::string subjectToSend(const calls::OutboxEntry& entry);

/// Of all that the entry speaks of: a ticket's description, or the comment.
std::string descriptionToSend(const calls::OutboxEntry& entry);

/// The marker of an entry's transcript note.
std::string noteMarker(const calls::OutboxEntry& entry);
struct NoteRequest {
    std::string json;
    std::optional<NinjaClient::File> file;  // the whole, when it is too long for a comment
};
NoteRequest noteRequest(const calls::OutboxEntry& entry);

/// The entry as a comment on a ticket that is there.
NoteRequest commentRequest(const calls::OutboxEntry& entry);

/// Whether `text` holds `marker` as a word of its own: "3CX-7f3a" is not in "3CX-7f3a9c".
bool holdsMarker(std::string_view text, std::string_view marker);

/// Plain text as HTML: escaped, blank lines between paragraphs.
std::string toHtml(std::string_view text);

/// At most `maxUnits` UTF-16 units (as Java counts a text's length), cut between characters.
std::string cutToUnits(std::string_view text, std::size_t maxUnits);

}  // namespace ninja3cx::ticketing
