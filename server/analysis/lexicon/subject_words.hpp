#pragma once

#include "shared/protocol/analysis.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace ninja3cx::analysis {

enum class SubjectPart {
    Whole,   // says all by itself: "Compte verrouillé"
    Thing,   // "Station d'accueil"
    Trouble  // "ne démarre plus": the same for every thing, so of no gender
};

/// What a subject says, where more than its words hangs on it.
enum class SubjectId {
    Other,
    WrongNumber,
    SalesCall,
    CourtesyCall,
    Arrival,
    Departure,
    DepartureNow,
    Toner,
    Ransomware
};

/// How a subject names what is said. `category`: nothing where any may have it. The earlier of two terms of a
/// part wins where both are said as early: the particular stands before the general.
struct SubjectTerm {
    SubjectPart part;
    std::optional<protocol::Category> category;
    std::string_view phrase;  // as in Phrase; several are separated by '|'
    std::string_view french;
    std::string_view english;
    /// What somebody must have done for it, as `phrase`: not used where the customer only says that he did not.
    std::string_view deed = {};
    SubjectId id = SubjectId::Other;
};
std::span<const SubjectTerm> subjectTerms();

/// The thing where none is named: "Messagerie".
std::string_view usualThing(protocol::Category category, bool isEnglish);
/// What callers say who mean the usual thing, as in Phrase, divided by '|'. Empty: it is no thing, but a matter.
std::string_view usualThingPhrases(protocol::Category category);
/// What stands for the usual thing where nobody named it: "Infrastructure" for a server.
std::string_view unsaidThing(protocol::Category category, bool isEnglish);

}  // namespace ninja3cx::analysis
