#include "shared/protocol/messages.hpp"

#include <boost/type_index.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>

/// Holds shared/schema to the C++ structs, field by field. The dashboard's types are generated from the same
/// files.
namespace ninja3cx::protocol {
namespace {

namespace fs = std::filesystem;
namespace mp11 = boost::mp11;

const fs::path kFolder = "shared/schema";

template <class Variant>
using Alternatives = mp11::mp_rename<Variant, mp11::mp_list>;
using EventMessages = Alternatives<EventBody>;
using Messages = mp11::mp_append<Alternatives<ClientMessage>,
                                 mp11::mp_remove<Alternatives<ServerMessage>, Event>, EventMessages>;
using Records = mp11::mp_list<Turn, AnalysisInput, AnalysisAction, PersonalData, Evidence, Analysis, Contact,
                              Location, protocol::Device, CallerMatch, CallAlert, CallInsight, AudioGap, Call,
                              Correction, Echo, Utterance, AttributeValue, DraftFields, TicketOffer,
                              TicketProgress, Delivery, FieldProblem, FieldReason, Draft, protocol::Agent,
                              QueueState, SystemStatus, ClientInfo, EventPosition, ChannelPositions>;
using Enums =
    mp11::mp_list<Speaker, Category, Sentiment, Priority, Confidence, PersonalDataKind, Direction, MoodTrend,
                  CallState, CallStage, Recording, CallerMatchState, TicketType, Severity, OfferKind,
                  DraftState, DeliveryState, Presence, LinkState, Face, DeliveryDecision>;

template <class T>
std::string titleOf() {
    const std::string full = boost::typeindex::type_id<T>().pretty_name();
    return full.substr(full.rfind(':') + 1);
}

std::string fileOf(const std::string& title) {
    return json::inCase(title, json::NameCase::Snake) + ".schema.json";
}

boost::json::object read(const std::string& file) {
    std::ifstream in{kFolder / file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    auto schema = json::parse(text);
    if (!schema || !schema->is_object()) {
        ADD_FAILURE() << file << " is missing or no JSON object";
        return {};
    }
    return schema->get_object();
}

/// The schema of a field of type T, without its description.
template <class T>
boost::json::object fieldSchema() {
    using namespace json::detail;
    if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return {{"type", "string"}};
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return {{"type", "integer"}};
    } else if constexpr (std::is_integral_v<T>) {
        return {{"type", "integer"},
                {"minimum", std::int64_t{std::numeric_limits<T>::min()}},
                {"maximum", std::int64_t{std::numeric_limits<T>::max()}}};
    } else if constexpr (std::is_floating_point_v<T>) {
        return {{"type", "number"}};
    } else if constexpr (IsStrong<T>::value) {
        return fieldSchema<typename T::Underlying>();
    } else if constexpr (IsOptional<T>::value) {
        return fieldSchema<typename T::value_type>();
    } else if constexpr (IsVector<T>::value) {
        return {{"type", "array"}, {"items", fieldSchema<typename T::value_type>()}};
    } else if constexpr (IsMap<T>::value) {
        return {{"type", "object"}, {"additionalProperties", fieldSchema<typename T::mapped_type>()}};
    } else {
        return {{"$ref", fileOf(titleOf<T>())}};
    }
}

/// What the file of struct T must say. `type` is the message's name, empty for a record.
template <class T>
boost::json::object structSchema(const std::string& type) {
    boost::json::object properties;
    boost::json::array required;
    if (!type.empty()) {
        properties["type"] = boost::json::object{{"const", type}};
        required.emplace_back("type");
    }
    mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_any_access>>([&](auto d) {
        using Member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
        const std::string name = json::inCase(d.name, json::nameCase<T>);
        properties[name] = fieldSchema<Member>();
        if (!json::detail::IsOptional<Member>::value) required.emplace_back(name);
    });
    return {{"type", "object"}, {"properties", properties}, {"required", required}};
}

boost::json::object withoutDescriptions(boost::json::object schema) {
    for (const char* key : {"$schema", "$id", "title", "description"}) schema.erase(key);
    if (boost::json::value* properties = schema.if_contains("properties"))
        for (auto& [name, property] : properties->as_object()) property.as_object().erase("description");
    return schema;
}

void expectSchema(const std::string& title, const boost::json::object& expected) {
    boost::json::object schema = read(fileOf(title));
    EXPECT_EQ(schema["title"], boost::json::string_view{title});
    EXPECT_EQ(schema["$id"], boost::json::string_view{fileOf(title)});
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(withoutDescriptions(schema), expected) << fileOf(title) << " and the C++ struct differ";
}

template <class List>
boost::json::object unionSchema() {
    boost::json::array choices;
    mp11::mp_for_each<mp11::mp_transform<mp11::mp_identity, List>>([&](auto identity) {
        choices.push_back(
            boost::json::object{{"$ref", fileOf(titleOf<typename decltype(identity)::type>())}});
    });
    return {{"oneOf", choices}};
}

TEST(Schema, SaysWhatTheRecordsSay) {
    mp11::mp_for_each<Records>([](auto record) {
        using Record = decltype(record);
        expectSchema(titleOf<Record>(), structSchema<Record>(""));
    });
}

TEST(Schema, SaysWhatTheMessagesSay) {
    mp11::mp_for_each<Messages>([](auto message) {
        using Message = decltype(message);
        const std::string title = titleOf<Message>();
        expectSchema(title, structSchema<Message>(json::inCase(title, json::NameCase::Camel)));
    });
    expectSchema("Event", {{"type", "object"},
                           {"properties",
                            {{"type", {{"const", "event"}}},
                             {"sequence", fieldSchema<std::int64_t>()},
                             {"event", {{"$ref", "event_body.schema.json"}}}}},
                           {"required", {"type", "sequence", "event"}}});
}

TEST(Schema, ListsTheMessagesOfEachDirection) {
    expectSchema("ClientMessage", unionSchema<Alternatives<ClientMessage>>());
    expectSchema("ServerMessage", unionSchema<Alternatives<ServerMessage>>());
    expectSchema("EventBody", unionSchema<EventMessages>());
}

TEST(Schema, ListsTheEnumerators) {
    mp11::mp_for_each<Enums>([](auto value) {
        using Enum = decltype(value);
        boost::json::array names;
        mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
            [&](auto d) { names.emplace_back(json::inCase(d.name, json::nameCase<Enum>)); });
        expectSchema(titleOf<Enum>(), {{"type", "string"}, {"enum", names}});
    });
}

TEST(Schema, HasNoFileThatThisTestDoesNotKnow) {
    std::set<std::string> known{"event.schema.json", "event_body.schema.json", "client_message.schema.json",
                                "server_message.schema.json"};
    mp11::mp_for_each<mp11::mp_transform<mp11::mp_identity, mp11::mp_append<Records, Messages, Enums>>>(
        [&](auto identity) { known.insert(fileOf(titleOf<typename decltype(identity)::type>())); });
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator{kFolder})
        if (entry.path().extension() == ".json") found.insert(entry.path().filename().string());
    EXPECT_EQ(found, known);
}

}  // namespace
}  // namespace ninja3cx::protocol
