#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

namespace ninja3cx::analysis {

/// What was said after the last sign of success, or instead of one.
enum class Relapse {
    None,
    Doubted,   // the technician looks further, hands on or promises nothing
    Reported,  // the customer says that it is back: "ah non, c'est revenu"
};

/// "Ça marche, mais franchement trois jours…": the customer grumbles, and says that it works. Nothing went wrong behind
/// it.
bool isGrudgingSuccess(const CallReading& reading);

/// "C'est reparti ?" "Oui merci." "Pour le scanner de votre collègue on passe jeudi.": the customer confirms that it works,
/// and what is left is named as something else. Not where it works for the time being only.
bool isSuccessBesideSideMatter(const CallReading& reading);

Relapse findRelapse(const CallReading& reading);

/// Does a turn say that something works again? "Oh well" and "tant pis" do not, whatever they sound like.
bool showsSuccess(const CallReading& reading, std::size_t turn);

}  // namespace ninja3cx::analysis
