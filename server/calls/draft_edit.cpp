#include "server/calls/draft_edit.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::calls {
namespace {

template <class Place>
bool holds(const std::optional<std::vector<Place>>& places, std::int64_t id) {
    return places && std::ranges::any_of(*places, [&](const Place& place) { return place.id == id; });
}

template <class Place>
std::optional<std::vector<Place>> orNone(std::vector<Place> places) {
    return places.empty() ? std::nullopt : std::optional{std::move(places)};
}

bool isTaken(const protocol::TicketOffer& offer, const protocol::DraftFields& fields) {
    return (offer.ticketId && offer.ticketId == fields.commentOn) ||
           (offer.draftId && offer.draftId == fields.continues);
}

bool offersTaken(const std::vector<protocol::TicketOffer>& offers, const protocol::DraftFields& fields) {
    return std::ranges::any_of(offers, [&](const auto& offer) { return isTaken(offer, fields); });
}

}  // namespace

Result<protocol::DraftFields> withKnownRequester(protocol::DraftFields edited,
                                                 const protocol::DraftFields& present,
                                                 const Directory& directory) {
    if (!edited.requesterUid) return edited;
    if (edited.requesterUid == present.requesterUid && edited.organizationId == present.organizationId) {
        edited.requesterName = present.requesterName;
        edited.organizationName = present.organizationName;
        return edited;
    }
    const auto contact = directory.contact(*edited.requesterUid);
    if (!contact) return Error{ErrorKind::BadMessage, "requesterUid: the directory knows no such contact"};
    if (edited.organizationId && *edited.organizationId != contact->organizationId)
        return Error{ErrorKind::BadMessage, "organizationId: this requester is of organisation " +
                                                std::to_string(contact->organizationId)};
    edited.requesterName = contact->name;
    edited.organizationName = edited.organizationId ? contact->organizationName : "";
    return edited;
}

Result<protocol::DraftFields> withKnownPlaces(protocol::DraftFields edited, const protocol::Draft& present,
                                              const Directory& directory) {
    protocol::Draft offering;
    offering.fields = edited;
    offerPlaces(offering, directory);
    const bool isSameOrganization = edited.organizationId == present.fields.organizationId;
    const auto settle = [&](std::optional<std::int64_t>& id, const std::optional<std::int64_t>& before,
                            bool isKnown) {
        const bool isCarriedAlong = id == before;
        if (!id || isKnown || (isCarriedAlong && isSameOrganization)) return true;
        if (isCarriedAlong) id.reset();
        return isCarriedAlong;
    };
    const std::int64_t device = edited.deviceId.value_or(0);
    const bool isDevice =
        holds(offering.devices, device) || (isSameOrganization && holds(present.devices, device));
    if (!settle(edited.deviceId, present.fields.deviceId, isDevice))
        return Error{ErrorKind::BadMessage, "deviceId: no such device of the draft's organisation"};
    const std::int64_t location = edited.locationId.value_or(0);
    const bool isLocation =
        holds(offering.locations, location) || (isSameOrganization && holds(present.locations, location));
    if (!settle(edited.locationId, present.fields.locationId, isLocation))
        return Error{ErrorKind::BadMessage, "locationId: no such location of the draft's organisation"};
    return edited;
}

Result<protocol::DraftFields> withTakenOffer(protocol::DraftFields edited, const protocol::Draft& present,
                                             const std::vector<protocol::TicketOffer>& offers) {
    if (edited.commentOn && edited.continues)
        return Error{ErrorKind::BadMessage,
                     "commentOn: a call goes into a ticket or on with a draft, not both"};
    const std::string name = edited.commentOn ? "commentOn" : "continues";
    const bool isSent = present.state == protocol::DraftState::Confirmed;
    if (isSent && edited.continues != present.fields.continues)
        return Error{ErrorKind::BadMessage, "continues: it was sent with what it stands for"};
    if (!edited.commentOn && !edited.continues) return edited;
    if (isSent && edited.continues) return edited;
    const bool isSameRequester = edited.requesterUid == present.fields.requesterUid &&
                                 edited.organizationId == present.fields.organizationId;
    const bool isCarriedAlong =
        edited.commentOn == present.fields.commentOn && edited.continues == present.fields.continues;
    if (offersTaken(offers, edited) || (isSameRequester && isCarriedAlong)) return edited;
    if (isSameRequester && present.offers && offersTaken(*present.offers, edited)) return edited;
    if (!isCarriedAlong) return Error{ErrorKind::BadMessage, name + ": this is none of the draft's offers"};
    edited.commentOn.reset();
    edited.continues.reset();
    return edited;
}

std::vector<protocol::TicketOffer> withTaken(
    std::vector<protocol::TicketOffer> offers, const protocol::DraftFields& fields,
    const std::optional<std::vector<protocol::TicketOffer>>& before) {
    if (!before || offersTaken(offers, fields)) return offers;
    for (const protocol::TicketOffer& offer : *before)
        if (isTaken(offer, fields)) offers.push_back(offer);
    return offers;
}

void offerPlaces(protocol::Draft& draft, const Directory& directory) {
    draft.devices.reset();
    draft.locations.reset();
    if (!draft.fields.organizationId) return;
    draft.devices = orNone(directory.devicesOf(*draft.fields.organizationId, draft.fields.requesterUid));
    draft.locations = orNone(directory.locationsOf(*draft.fields.organizationId));
}

bool isInactive(const std::optional<std::string>& requesterUid, const Directory& directory) {
    if (!requesterUid) return false;
    const auto contact = directory.contact(*requesterUid);
    return contact && !contact->isActive;
}

}  // namespace ninja3cx::calls
