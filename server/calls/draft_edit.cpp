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

std::optional<protocol::Device> deviceOf(const std::optional<std::int64_t>& organizationId,
                                         const std::optional<std::int64_t>& id, const Directory& directory) {
    auto device = id ? directory.device(*id) : std::nullopt;
    if (device && device->organizationId != organizationId) device.reset();
    return device;
}

constexpr std::size_t kMostPlaces = 20;

/// At most so many, the chosen one among them: as it is now, else as it was.
template <class Place>
std::optional<std::vector<Place>> placesOf(std::vector<Place> known,
                                           const std::optional<std::vector<Place>>& before,
                                           const std::optional<std::int64_t>& chosen) {
    std::vector<Place> picked;
    const auto pick = [&](const std::vector<Place>& from) {
        for (const Place& place : from)
            if (picked.empty() && place.id == chosen) picked.push_back(place);
    };
    pick(known);
    if (before) pick(*before);
    if (known.size() > kMostPlaces) known.resize(kMostPlaces);
    if (!picked.empty() && !holds(std::optional{known}, picked.front().id)) {
        if (known.size() == kMostPlaces) known.pop_back();
        known.push_back(picked.front());
    }
    return orNone(std::move(known));
}

template <class Place>
void leaveChosen(std::optional<std::vector<Place>>& places, const std::optional<std::int64_t>& chosen) {
    if (places) std::erase_if(*places, [&](const Place& place) { return place.id != chosen; });
    if (places && places->empty()) places.reset();
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
    edited.organizationId = contact->organizationId;
    edited.organizationName = contact->organizationName;
    return edited;
}

Result<protocol::DraftFields> withKnownPlaces(protocol::DraftFields edited, const protocol::Draft& present,
                                              const Directory& directory) {
    std::optional<std::vector<protocol::Location>> locations;
    if (edited.organizationId) locations = directory.locationsOf(*edited.organizationId);
    const bool isSameOrganization = edited.organizationId == present.fields.organizationId;
    const auto settle = [&](std::optional<std::int64_t>& id, const std::optional<std::int64_t>& before,
                            bool isKnown) {
        const bool isCarriedAlong = id == before;
        if (!id || isKnown || (isCarriedAlong && isSameOrganization)) return true;
        if (isCarriedAlong) id.reset();
        return isCarriedAlong;
    };
    // What was proposed for one person is no proposal for another.
    if (edited.requesterUid != present.fields.requesterUid) {
        const OwnPlaces own = ownPlacesOf(present);
        if (own.deviceId && present.fields.deviceId == own.deviceId && edited.deviceId == own.deviceId) {
            edited.deviceId.reset();
            if (edited.locationId == own.locationId) edited.locationId.reset();
        }
        const auto drop = [&](std::optional<std::int64_t>& id, const std::optional<std::int64_t>& before,
                              const std::optional<std::int64_t>& proposed) {
            if (id == before && id == proposed) id.reset();
        };
        drop(edited.deviceId, present.fields.deviceId, present.generated.deviceId);
        drop(edited.locationId, present.fields.locationId, present.generated.locationId);
    }
    const std::int64_t device = edited.deviceId.value_or(0);
    const bool isDevice = deviceOf(edited.organizationId, edited.deviceId, directory).has_value() ||
                          (isSameOrganization && holds(present.devices, device));
    if (!settle(edited.deviceId, present.fields.deviceId, isDevice))
        return Error{ErrorKind::BadMessage, "deviceId: no such device of the draft's organisation"};
    const std::int64_t location = edited.locationId.value_or(0);
    const bool isLocation =
        holds(locations, location) || (isSameOrganization && holds(present.locations, location));
    if (!settle(edited.locationId, present.fields.locationId, isLocation))
        return Error{ErrorKind::BadMessage, "locationId: no such location of the draft's organisation"};
    return edited;
}

protocol::DraftFields withFittingCustomCategory(protocol::DraftFields edited,
                                                const protocol::Draft& present) {
    const auto knows = [&](const protocol::DraftFields& fields) {
        return fields.customCategory == edited.customCategory && fields.category == edited.category;
    };
    if (!edited.customCategory || knows(present.fields) || knows(present.generated) ||
        (present.proposed && knows(*present.proposed)))
        return edited;
    std::erase(edited.tags, *edited.customCategory);
    edited.customCategory.reset();
    return edited;
}

Result<protocol::DraftFields> withTakenOffer(protocol::DraftFields edited, const protocol::Draft& present,
                                             const std::vector<protocol::TicketOffer>& offers) {
    if (edited.commentOn && edited.continues)
        return Error{ErrorKind::BadMessage,
                     "commentOn: a call goes into a ticket or on with a draft, not both"};
    const std::string name = edited.commentOn ? "commentOn" : "continues";
    const bool isSent = present.state == protocol::DraftState::Confirmed;
    if (isSent && edited.continues && edited.continues != present.fields.continues)
        return Error{ErrorKind::BadMessage,
                     "continues: what was sent can only be left, nothing joined to it"};
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
    const auto devices = std::exchange(draft.devices, {});
    const auto locations = std::exchange(draft.locations, {});
    const protocol::DraftFields& fields = draft.fields;
    if (!fields.organizationId) return;
    auto known = directory.devicesOf(*fields.organizationId, fields.requesterUid);
    const auto chosen = deviceOf(fields.organizationId, fields.deviceId, directory);
    if (chosen && !holds(std::optional{known}, chosen->id)) known.push_back(*chosen);
    draft.devices = placesOf(std::move(known), devices, fields.deviceId);
    draft.locations = placesOf(directory.locationsOf(*fields.organizationId), locations, fields.locationId);
}

OwnPlaces ownPlacesOf(const protocol::Draft& draft) {
    OwnPlaces own;
    if (draft.devices && std::ranges::count_if(*draft.devices, &protocol::Device::isCallers) == 1) {
        const auto& device = *std::ranges::find_if(*draft.devices, &protocol::Device::isCallers);
        own.deviceId = device.id;
        if (device.locationId && holds(draft.locations, *device.locationId))
            own.locationId = device.locationId;
    }
    if (!own.locationId && draft.locations && draft.locations->size() == 1)
        own.locationId = draft.locations->front().id;
    return own;
}

void leaveChoice(protocol::Draft& draft) {
    leaveChosen(draft.devices, draft.fields.deviceId);
    leaveChosen(draft.locations, draft.fields.locationId);
    if (draft.offers)
        std::erase_if(*draft.offers, [&](const auto& offer) { return !isTaken(offer, draft.fields); });
    if (draft.offers && draft.offers->empty()) draft.offers.reset();
}

bool isDeviceGone(const protocol::DraftFields& fields, const Directory& directory) {
    return fields.deviceId && directory.knowsDevices() &&
           !deviceOf(fields.organizationId, fields.deviceId, directory);
}

bool isInactive(const std::optional<std::string>& requesterUid, const Directory& directory) {
    if (!requesterUid) return false;
    const auto contact = directory.contact(*requesterUid);
    return contact && !contact->isActive;
}

}  // namespace ninja3cx::calls
