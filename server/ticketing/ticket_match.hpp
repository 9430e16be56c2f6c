#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/ninja_records.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Whether what NinjaOne shows is of an outbox entry: by markers, by whose it is, by what it says. Pure.
namespace ninja3cx::ticketing {

/// Blanks do not count: NinjaOne may trim them.
bool isSubjectOf(const std::string& text, const calls::OutboxEntry& entry);

/// `marker` stands in it as a word.
bool logHolds(const LogEntry& log, const std::string& marker);
bool rowHolds(const BoardRow& row, const std::string& marker);
std::string_view textOf(const LogEntry& log);

/// Whether it is of a call of ours, and of another than this.
bool logHoldsOther(const LogEntry& log, const std::string& marker);
bool rowHoldsOther(const BoardRow& row, const std::string& marker);

/// What the call is of which the marker stands in it: the one that it is of, or one that was joined with that.
Place placeIn(std::string_view text, const std::string& marker);
Place placeIn(const BoardRow& row, const std::string& marker);

/// Of a call that was joined with another: whether the lines of its note went along. The other may have had no note.
bool areLinesIn(const std::vector<LogEntry>& comments, const calls::OutboxEntry& entry);

/// Whether one of the texts is what would be sent of the entry now, but for how it is set.
bool anySays(const std::vector<LogEntry>& logs, const calls::OutboxEntry& entry);
/// Whether the ticket says what the entry says now, as far as that is compared: subject, text, type, priority, severity,
/// location and device. `logs` are its description.
bool saysAllOf(const Ticket& ticket, const std::vector<LogEntry>& logs, const calls::OutboxEntry& entry);

/// Both are told, and not the same.
bool isAnother(const std::string& shown, const std::string& wanted);
/// Whether the row alone says that the ticket's description need not be read. Another call's marker is not enough:
/// this call may have been joined with that one, which then is of the same caller.
bool isCertainlyAnothers(const BoardRow& row, const calls::OutboxEntry& entry);

/// Why a ticket cannot be this entry's, or empty.
std::string mismatchOf(const Ticket& ticket, const calls::OutboxEntry& entry);
bool isOfRequester(const Ticket& ticket, const calls::OutboxEntry& entry);

}  // namespace ninja3cx::ticketing
