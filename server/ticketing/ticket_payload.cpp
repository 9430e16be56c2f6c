#include "server/ticketing/ticket_payload.hpp"

#include "server/calls/outbox_text.hpp"
#include "shared/core/html.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <limits>

namespace ninja3cx::ticketing {
namespace {

using boost::json::object;

constexpr std::size_t kMaxSubjectUnits = 200;
constexpr std::size_t kMaxBodyUnits = 30'000;
constexpr std::int64_t kMaxSecondsTracked = std::numeric_limits<std::int32_t>::max();

std::string whole(const std::string& text, const std::string& lastLine) {
    return text.empty() ? lastLine : text + "\n\n" + lastLine;
}

bool fits(const std::string& text) {
    return cutToUnits(text, kMaxBodyUnits).size() == text.size();
}

/// `text` cut so that it ends with `lastLine`, which is ASCII, in any case.
std::string withLastLine(const std::string& text, const std::string& lastLine) {
    std::string all = whole(text, lastLine);
    if (fits(all)) return all;
    return cutToUnits(text, kMaxBodyUnits - lastLine.size() - 8) + "…\n\n" + lastLine;
}

object logEntry(bool isPublic, const std::string& text) {
    return {{"public", isPublic}, {"body", text}, {"htmlBody", toHtml(text)}};
}

/// What the call becomes: the ticket's first entry, or the comment. It alone carries the time entry.
object callEntry(const calls::OutboxEntry& entry, const std::string& text) {
    object made = logEntry(entry.fields.isPublic, text);
    const std::int64_t seconds = entry.fields.timeTrackedS.value_or(0);
    if (seconds > 0) made["timeTracked"] = std::min<std::int64_t>(seconds, kMaxSecondsTracked);
    return made;
}

}  // namespace

std::string cutToUnits(std::string_view text, std::size_t maxUnits) {
    std::size_t units = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = first < 0x80 ? 1U : first < 0xE0 ? 2U : first < 0xF0 ? 3U : 4U;
        units += length == 4 ? 2U : 1U;
        if (units > maxUnits || at + length > text.size()) break;
        at += length;
    }
    return std::string{text.substr(0, at)};
}

bool holdsMarker(std::string_view text, std::string_view marker) {
    if (marker.empty()) return false;
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + 1)) {
        const std::size_t end = at + marker.size();
        if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end]))) return true;
    }
    return false;
}

std::string toHtml(std::string_view text) {
    std::string html = "<p>";
    while (true) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        html += escapedHtml(text.substr(0, end));
        text.remove_prefix(end);
        if (text.empty()) return html + "</p>";
        const std::string_view breaks = text.substr(0, text.find_first_not_of("\r\n"));
        const auto lines = std::ranges::count(breaks, '\n');
        if (lines > 0) html += lines > 1 ? "</p><p>" : "<br>";
        text.remove_prefix(breaks.size());
    }
}

TicketRequest ticketRequest(const calls::OutboxEntry& entry, const TenantSettings& tenant,
                            std::optional<std::int64_t> assignee, bool startsOpen) {
    const protocol::DraftFields& fields = entry.fields;
    const std::string text = descriptionToSend(entry);
    const FirstStatus status = firstStatus(tenant, fields, startsOpen);
    object ticket{{"clientId", fields.organizationId.value_or(0)},
                  {"ticketFormId", formOf(tenant, fields).value_or(0)},
                  {"subject", subjectToSend(entry)},
                  {"description", callEntry(entry, text)},
                  {"status", status.id},
                  {"type", json::encode(fields.type)},
                  {"priority", priorityToSend(fields)},
                  {"severity", json::encode(fields.severity)}};
    if (fields.requesterUid && !fields.requesterUid->empty()) ticket["requesterUid"] = *fields.requesterUid;
    if (assignee) ticket["assignedAppUserId"] = *assignee;
    if (!fields.tags.empty()) {
        boost::json::array tags;
        for (const std::string& tag : fields.tags) tags.emplace_back(toValidUtf8(tag));
        ticket["tags"] = std::move(tags);
    }
    if (fields.locationId) ticket["locationId"] = *fields.locationId;
    if (fields.deviceId) ticket["nodeId"] = *fields.deviceId;
    boost::json::array attributes;
    for (const protocol::AttributeValue& value : attributesToSend(tenant, fields, entry.marker))
        attributes.push_back(object{{"attributeId", value.attributeId}, {"value", value.value}});
    if (!attributes.empty()) ticket["attributes"] = std::move(attributes);
    return {boost::json::serialize(ticket), status.isResolved};
}

std::string priorityToSend(const protocol::DraftFields& fields) {
    return fields.priority ? std::string{json::encode(*fields.priority).as_string()} : "NONE";
}

std::string subjectToSend(const calls::OutboxEntry& entry) {
    return cutToUnits(toValidUtf8(entry.fields.subject), kMaxSubjectUnits);
}

std::string descriptionToSend(const calls::OutboxEntry& entry) {
    return withLastLine(toValidUtf8(calls::bodyToSend(entry)), calls::referenceLine(entry));
}

std::string noteMarker(const calls::OutboxEntry& entry) {
    return entry.marker + "/t1";
}

NoteRequest noteRequest(const calls::OutboxEntry& entry) {
    const std::string text = toValidUtf8(calls::noteToSend(entry));
    const std::string cut = withLastLine(text, "Ref: " + noteMarker(entry));
    NoteRequest note{boost::json::serialize(logEntry(false, cut)), std::nullopt};
    if (!fits(text)) note.file = NinjaClient::File{"transcript-" + entry.marker + ".txt", text};
    return note;
}

NoteRequest commentRequest(const calls::OutboxEntry& entry) {
    NoteRequest comment{boost::json::serialize(callEntry(entry, descriptionToSend(entry))), std::nullopt};
    const std::string all = whole(toValidUtf8(calls::bodyToSend(entry)), calls::referenceLine(entry));
    if (!fits(all)) comment.file = NinjaClient::File{"call-" + entry.marker + ".txt", all};
    return comment;
}

}  // namespace ninja3cx::ticketing
