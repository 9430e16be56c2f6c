#include "server/language_model/proposal.hpp"

#include "shared/json/codec.hpp"

#include <boost/json/stream_parser.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx::language_model {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostTurns = 20;  // quoted for one conclusion
constexpr std::size_t kMostActions = 10;
constexpr std::size_t kMostEntities = 30;  // of one kind
constexpr std::size_t kMostKinds = 20;
constexpr std::size_t kLongestText = 4'000;
constexpr std::size_t kMostObjects = 8;  // that are tried

Error wrong(std::string what) {
    return {ErrorKind::BadMessage, "the language model's answer " + std::move(what)};
}

/// The first whole value of a text; what stands behind it is passed over.
std::optional<json::value> firstValue(std::string_view text) {
    boost::system::error_code failure;
    json::parse_options options;
    options.max_depth = 16;
    json::stream_parser parser{{}, options};
    parser.write_some(text.data(), text.size(), failure);
    if (failure || !parser.done()) return std::nullopt;
    return parser.release();
}

const json::value* memberOf(const json::value& from, std::string_view name) {
    const json::object* object = from.if_object();
    return object ? object->if_contains(name) : nullptr;
}

std::optional<std::string> textOf(const json::value* value) {
    const json::string* text = value ? value->if_string() : nullptr;
    if (!text || text->size() > kLongestText) return std::nullopt;
    return std::string{std::string_view{*text}};
}

std::vector<std::int32_t> turnsOf(const json::value& from) {
    std::vector<std::int32_t> turns;
    const json::value* value = memberOf(from, "turns");
    const json::array* items = value ? value->if_array() : nullptr;
    if (!items) return turns;
    for (const json::value& item : *items) {
        const auto turn = ninja3cx::json::decode<std::int32_t>(item);
        if (turn && turns.size() < kMostTurns && std::ranges::find(turns, *turn) == turns.end())
            turns.push_back(*turn);
    }
    return turns;
}

/// {"value":…,"turns":[…]}; the bare value where the schema was not followed, which then rests on nothing.
template <class T>
std::optional<Quoted<T>> quotedOf(const json::value& from, std::string_view name) {
    const json::value* member = memberOf(from, name);
    if (!member) return std::nullopt;
    const json::value* inner = memberOf(*member, "value");
    auto value = ninja3cx::json::decode<T>(inner ? *inner : *member);
    if (!value) return std::nullopt;
    return Quoted<T>{*value, turnsOf(*member)};
}

std::vector<Quoted<protocol::AnalysisAction>> actionsOf(const json::value& from) {
    std::vector<Quoted<protocol::AnalysisAction>> actions;
    const json::value* member = memberOf(from, "actions");
    const json::array* items = member ? member->if_array() : nullptr;
    if (!items) return actions;
    for (const json::value& item : *items) {
        const auto kind = textOf(memberOf(item, "kind"));
        const auto text = textOf(memberOf(item, "text"));
        const auto owner = textOf(memberOf(item, "owner"));
        const auto status = textOf(memberOf(item, "status"));
        if (!kind || !text || !owner || !status || actions.size() >= kMostActions) continue;
        protocol::AnalysisAction action{*kind, *text, *owner, textOf(memberOf(item, "due")), *status};
        if (action.due && action.due->empty()) action.due.reset();
        actions.push_back({std::move(action), turnsOf(item)});
    }
    return actions;
}

std::map<std::string, std::vector<std::string>> entitiesOf(const json::value& from) {
    std::map<std::string, std::vector<std::string>> entities;
    const json::value* member = memberOf(from, "entities");
    const json::object* kinds = member ? member->if_object() : nullptr;
    if (!kinds) return entities;
    for (const auto& [kind, values] : *kinds) {
        const json::array* items = values.if_array();
        if (!items || entities.size() >= kMostKinds) continue;
        for (const json::value& item : *items) {
            const auto text = textOf(&item);
            auto& list = entities[std::string{std::string_view{kind}}];
            if (text && !text->empty() && list.size() < kMostEntities) list.push_back(*text);
        }
    }
    std::erase_if(entities, [](const auto& entry) { return entry.second.empty(); });
    return entities;
}

Proposal proposalOf(const json::value& from) {
    Proposal proposal;
    proposal.subject = textOf(memberOf(from, "subject"));
    proposal.summary = textOf(memberOf(from, "summary"));
    proposal.category = quotedOf<protocol::Category>(from, "category");
    proposal.sentiment = quotedOf<protocol::Sentiment>(from, "sentiment");
    proposal.priority = quotedOf<protocol::Priority>(from, "priority");
    proposal.resolved = quotedOf<bool>(from, "resolved");
    proposal.ticketWarranted = quotedOf<bool>(from, "ticket_warranted");
    proposal.callbackPromised = quotedOf<bool>(from, "callback_promised");
    proposal.actions = actionsOf(from);
    proposal.entities = entitiesOf(from);
    return proposal;
}

/// A text, or parts of one.
std::optional<std::string> contentOf(const json::value& message) {
    const json::value* content = memberOf(message, "content");
    if (!content) return std::nullopt;
    if (const json::string* text = content->if_string()) return std::string{std::string_view{*text}};
    const json::array* parts = content->if_array();
    if (!parts) return std::nullopt;
    std::string all;
    for (const json::value& part : *parts) {
        const json::value* text = memberOf(part, "text");
        if (text && text->is_string()) all += std::string_view{text->get_string()};
    }
    return all;
}

/// Behind what a model thought aloud.
std::string_view answerIn(std::string_view content) {
    for (const std::string_view end : {"</think>", "</thinking>", "<|end|>"})
        if (const std::size_t at = content.rfind(end); at != std::string_view::npos)
            content.remove_prefix(at + end.size());
    return content;
}

}  // namespace

Result<Proposal> readReply(std::string_view body) {
    const auto reply = firstValue(body);
    if (!reply) return wrong("is no JSON");
    const json::value* choices = memberOf(*reply, "choices");
    const json::array* list = choices ? choices->if_array() : nullptr;
    if (!list || list->empty()) return wrong("is no chat completion");
    const json::value* message = memberOf(list->front(), "message");
    const auto content = message ? contentOf(*message) : std::nullopt;
    if (!content) return wrong("is no chat completion");
    const std::string_view answer = answerIn(*content);
    std::size_t tried = 0;
    for (std::size_t at = answer.find('{'); at != std::string_view::npos && tried < kMostObjects;
         at = answer.find('{', at + 1), ++tried) {
        const auto value = firstValue(answer.substr(at));
        if (!value) continue;
        Proposal proposal = proposalOf(*value);
        if (proposal != Proposal{}) return proposal;
    }
    return wrong("has no analysis in it");
}

}  // namespace ninja3cx::language_model
