#include "server/calls/continuation.hpp"

#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/ticket_status.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>
#include <tuple>

namespace ninja3cx::calls {
namespace {

using protocol::Category;
using protocol::OfferKind;

constexpr std::size_t kMaxOffers = 5;
constexpr std::size_t kShortestWord = 3;

/// Small words of both languages, and those that most subjects have.
constexpr auto kCommonWords = std::to_array<std::string_view>(
    {"les",     "des",      "une",        "est",   "pas",    "plus",    "avec",       "pour",     "dans",
     "sur",     "son",      "ses",        "par",   "qui",    "que",     "chez",       "sans",     "aux",
     "and",     "the",      "for",        "with",  "not",    "from",    "has",        "does",     "cannot",
     "panne",   "problem",  "issue",      "appel", "call",   "demande", "request",    "probleme", "ticket",
     "erreur",  "error",    "marche",     "works", "client", "bloque",  "help",       "aide",     "urgent",
     "nouveau", "nouvelle", "fonctionne", "new",   "down",   "broken",  "impossible", "working"});

std::set<std::string> wordsOf(const std::string& text) {
    std::set<std::string> words;
    std::string word;
    const auto end = [&] {
        const bool isCommon = std::find(kCommonWords.begin(), kCommonWords.end(), word) != kCommonWords.end();
        if (word.size() >= kShortestWord && !isCommon) words.insert(word);
        word.clear();
    };
    const std::string plain = plainLetters(text);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const auto byte = static_cast<unsigned char>(plain[i]);
        if (byte == 0xC2 || byte == 0xE2) {  // a typographic sign, of two or three bytes
            i += byte == 0xC2 ? 1 : 2;
            end();
        } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80) {
            word += plain[i];
        } else {
            end();
        }
    }
    end();
    return words;
}

/// Categories that hold anything say nothing about the topic.
bool isTelling(Category category) {
    return category != Category::OtherNonSupport && category != Category::InformationRequest;
}

std::set<std::string> categoryTagsOf(const std::vector<std::string>& tags) {
    std::set<std::string> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Category>>([&](auto d) {
        const std::string tag{json::encode(d.value).as_string()};
        if (isTelling(d.value) && std::find(tags.begin(), tags.end(), tag) != tags.end()) found.insert(tag);
    });
    return found;
}

std::size_t commonTo(const std::set<std::string>& one, const std::set<std::string>& other) {
    return static_cast<std::size_t>(
        std::count_if(one.begin(), one.end(), [&](const auto& item) { return other.contains(item); }));
}

/// An end that nobody has seen: the call that follows it shows that there was one.
bool isRightBefore(const Matter& earlier, const Matter& later, std::chrono::milliseconds limit) {
    const std::int64_t overAtMs = earlier.endedAtMs.value_or(earlier.beganAtMs);
    return earlier.beganAtMs < later.beganAtMs && later.beganAtMs - overAtMs <= limit.count();
}

}  // namespace

bool isSameCaller(const Matter& one, const Matter& other) {
    if (one.organizationId && other.organizationId && one.organizationId != other.organizationId)
        return false;
    if (one.requesterUid && other.requesterUid) return one.requesterUid == other.requesterUid;
    return !one.number.empty() && one.number == other.number;
}

bool isSameTopic(const Topic& one, const Topic& other) {
    if (commonTo(categoryTagsOf(one.tags), categoryTagsOf(other.tags)) > 0) return true;
    const std::set<std::string> words = wordsOf(one.subject);
    const std::set<std::string> others = wordsOf(other.subject);
    const std::size_t fewer = std::min(words.size(), others.size());
    return fewer > 0 && 2 * commonTo(words, others) >= fewer;
}

std::vector<protocol::TicketOffer> offersFor(const Matter& matter, const std::vector<OpenTicket>& tickets,
                                             const std::vector<EarlierDraft>& earlier,
                                             std::chrono::milliseconds limit) {
    std::vector<protocol::TicketOffer> offers;
    std::set<TicketId> seen;
    for (const OpenTicket& ticket : tickets) {
        const bool isTheirs = matter.requesterUid && ticket.requesterUid == *matter.requesterUid &&
                              matter.organizationId == ticket.organizationId;
        if (!isTheirs || !seen.insert(ticket.ticketId).second) continue;
        protocol::TicketOffer& offer = offers.emplace_back();
        offer.kind = OfferKind::Comment;
        offer.ticketId = ticket.ticketId;
        offer.subject = ticket.subject;
        offer.status = ticket.status;
        offer.changedAtMs = ticket.changedAtMs;
        offer.isSameTopic = isSameTopic(matter.topic, {ticket.subject, ticket.tags});
    }
    for (const EarlierDraft& draft : earlier) {
        if (!isSameCaller(draft.matter, matter) || !isRightBefore(draft.matter, matter, limit)) continue;
        protocol::TicketOffer& offer = offers.emplace_back();
        offer.kind = OfferKind::Continue;
        offer.draftId = draft.draftId;
        offer.subject = draft.matter.topic.subject;
        offer.changedAtMs = draft.changedAtMs;
        offer.isSameTopic = isSameTopic(matter.topic, draft.matter.topic);
    }
    std::stable_sort(offers.begin(), offers.end(), [](const auto& one, const auto& other) {
        return std::tuple{one.isSameTopic, one.changedAtMs} >
               std::tuple{other.isSameTopic, other.changedAtMs};
    });
    if (offers.size() > kMaxOffers) offers.resize(kMaxOffers);
    return offers;
}

Topic topicOf(const protocol::DraftFields& fields) {
    Topic topic{fields.subject, fields.tags};
    if (fields.category) topic.tags.emplace_back(json::encode(*fields.category).as_string());
    return topic;
}

OpenTicket ticketOf(const protocol::Draft& settled) {
    OpenTicket ticket;
    ticket.ticketId = settled.delivery.ticketId.value_or(TicketId{0});
    ticket.organizationId = settled.fields.organizationId.value_or(0);
    ticket.requesterUid = settled.fields.requesterUid.value_or("");
    ticket.subject = settled.fields.subject;
    ticket.tags = topicOf(settled.fields).tags;
    ticket.changedAtMs = settled.changedAtMs;
    if (const auto& progress = settled.delivery.progress) {
        ticket.status = progress->status;
        ticket.changedAtMs = progress->changedAtMs;
    }
    return ticket;
}

bool isUnresolved(const protocol::TicketProgress& progress) {
    return !progress.isDeleted && progress.parentId < protocol::kResolved;
}

bool isStillOpen(const protocol::Draft& settled) {
    if (settled.delivery.state != protocol::DeliveryState::Created || !settled.delivery.ticketId)
        return false;
    if (settled.fields.commentOn) return false;  // its words are not the ticket's
    if (const auto& progress = settled.delivery.progress) return isUnresolved(*progress);
    return !settled.fields.isSolved;
}

}  // namespace ninja3cx::calls
