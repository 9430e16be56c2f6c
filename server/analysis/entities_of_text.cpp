#include "server/analysis/entities_of_text.hpp"

#include "server/analysis/entities/entities.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/personal_data/masked_call.hpp"
#include "server/analysis/personal_data/personal_data.hpp"

namespace ninja3cx::analysis {

std::map<std::string, std::vector<std::string>> entitiesOfText(std::string_view text,
                                                               std::string_view language) {
    protocol::AnalysisInput said;
    said.language = language;
    said.turns.push_back({protocol::Speaker::Customer, 0, 1, std::string{text}});
    const protocol::AnalysisInput clean = maskedCall(said, findPersonalData(readConversation(said)));
    const Conversation conversation = readConversation(clean);
    std::map<std::string, std::vector<std::string>> values;
    for (const auto& [kind, found] : findEntities(conversation, findNames(conversation)))
        for (const FoundEntity& entity : found) values[kind].push_back(entity.value);
    return values;
}

}  // namespace ninja3cx::analysis
