#pragma once

#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/entities/names.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// As it would be written, with the words as they were said. Sure: read from the form that such a thing has, spelled,
/// or said more than once. Likely: put together of several turns, or mended.
struct FoundEntity {
    std::string value;
    Grounds grounds;
};
/// person, company, phone, email, device, software, error_code, ticket_number, site: each value once. Every key is
/// present.
using Entities = std::map<std::string, std::vector<FoundEntity>>;
Entities findEntities(const Conversation& conversation, const Names& names);

/// Among the others; one that is there already is surer when it is said in another turn again.
void addEntity(std::vector<FoundEntity>& list, FoundEntity entity);

/// The field of the evidence for one of them: "entities.person.Claire Fontaine".
std::string entityField(std::string_view kind, std::string_view value);

}  // namespace ninja3cx::analysis
