#pragma once

#include "server/calls/ports.hpp"

#include <optional>
#include <string>
#include <vector>

/// What an edit may make of a draft. Pure, but for what the directory knows. Refusals are BadMessage and name the field.
namespace ninja3cx::calls {

/// A ticket in another customer's name is a privacy incident: an edit leaves the requester and organisation that
/// the draft has, or names a contact that the directory knows, with its organisation, which follows
/// where none is named. What they are called is not the editor's to say.
Result<protocol::DraftFields> withKnownRequester(protocol::DraftFields edited,
                                                 const protocol::DraftFields& present,
                                                 const Directory& directory);

/// Device and location are of the organisation of the edit. Those that the draft had go with its organisation,
/// those that were proposed with its requester.
Result<protocol::DraftFields> withKnownPlaces(protocol::DraftFields edited, const protocol::Draft& present,
                                              const Directory& directory);

/// A custom category is within its category: where the edit names another category, it goes, its tag with it. One that the
/// draft has, had at first or is proposed may come back with its category; the editor makes up none.
protocol::DraftFields withFittingCustomCategory(protocol::DraftFields edited, const protocol::Draft& present);

/// One of the offers, taken up. `offers` are those for the edit's requester; what the draft had been offered holds as
/// long as that is the same, and goes with it.
Result<protocol::DraftFields> withTakenOffer(protocol::DraftFields edited, const protocol::Draft& present,
                                             const std::vector<protocol::TicketOffer>& offers);

/// The same offers, and the one that is taken up, should it be no longer among them.
std::vector<protocol::TicketOffer> withTaken(std::vector<protocol::TicketOffer> offers,
                                             const protocol::DraftFields& fields,
                                             const std::optional<std::vector<protocol::TicketOffer>>& before);

/// Devices and locations to choose from: those of the draft's organisation, at most a screenful of each. An edit may
/// name any of them.
void offerPlaces(protocol::Draft& draft, const Directory& directory);

/// The only device tied to the draft's requester, of those it may choose from, and that device's location; else the
/// organisation's only one.
struct OwnPlaces {
    std::optional<std::int64_t> deviceId;
    std::optional<std::int64_t> locationId;
};
OwnPlaces ownPlacesOf(const protocol::Draft& draft);

/// Of places and offers what was chosen: a draft that is settled needs no more, and goes through every event.
void leaveChoice(protocol::Draft& draft);

/// The directory knows devices, and of the organisation none that is this one.
bool isDeviceGone(const protocol::DraftFields& fields, const Directory& directory);

/// The contact is known and is no longer active.
bool isInactive(const std::optional<std::string>& requesterUid, const Directory& directory);

}  // namespace ninja3cx::calls
