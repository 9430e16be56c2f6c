#pragma once

#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/summary/wording.hpp"

#include <optional>
#include <string>

/// What a subject may name because it was said, whatever the call was taken for.
namespace ninja3cx::analysis {

struct SoftwareTrouble {
    std::string product;
    const SubjectTerm* trouble;
    Grounds grounds;
};
/// "Teams ne marche plus", "Chrome rame": software of which the customer says, right behind its name, what is wrong
/// with it.
std::optional<SoftwareTrouble> softwareInTrouble(const Findings& findings);

struct ThingSaid {
    const SubjectTerm* term;
    Grounds grounds;
};
/// The thing that the customer names first, of any category: "mon ordinateur".
std::optional<ThingSaid> thingSaid(const Findings& findings);

/// False: the category has a usual thing ("Serveur"), and nobody says a word for it.
bool isUsualThingSaid(const Conversation& conversation, protocol::Category category);

}  // namespace ninja3cx::analysis
