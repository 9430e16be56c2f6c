#include "shared/protocol/messages.hpp"

namespace ninja3cx::protocol {
namespace {

/// Names in the order of the variants' alternatives.
constexpr std::string_view kClientTypes[] = {
    "hello",     "audioStart",   "audioEnd",   "callDetected", "recordingPause", "draftShown", "draftPause",
    "draftEdit", "draftConfirm", "draftLater", "draftDiscard", "deliveryDecide", "callWatch"};
constexpr std::string_view kServerTypes[] = {"welcome",    "snapshot", "event",
                                             "audioReady", "audioAck", "errorReply"};
constexpr std::string_view kEventTypes[] = {"callChanged",  "callRemoved",  "utteranceChanged",
                                            "draftChanged", "agentChanged", "systemChanged"};
static_assert(std::size(kClientTypes) == std::variant_size_v<ClientMessage>);
static_assert(std::size(kServerTypes) == std::variant_size_v<ServerMessage>);
static_assert(std::size(kEventTypes) == std::variant_size_v<EventBody>);

template <class Variant, std::size_t n>
Result<Variant> decodeVariant(const boost::json::value& from, const std::string_view (&types)[n],
                              const std::string& path);
template <class Variant, std::size_t n>
boost::json::value encodeVariant(const Variant& message, const std::string_view (&types)[n]);

template <class Message>
Result<Message> decodeOne(const boost::json::value& from, const std::string& path) {
    if constexpr (std::is_same_v<Message, Event>) {
        const boost::json::object& object = from.get_object();
        const boost::json::value* sequence = object.if_contains("sequence");
        const boost::json::value* body = object.if_contains("event");
        if (!sequence || !body) return Error{ErrorKind::BadMessage, path + ": needs 'sequence' and 'event'"};
        auto number = json::decode<std::int64_t>(*sequence, path + ".sequence");
        if (!number) return number.error();
        auto event = decodeVariant<EventBody>(*body, kEventTypes, path + ".event");
        if (!event) return event.error();
        return Event{*number, std::move(*event)};
    } else {
        return json::decode<Message>(from, path);
    }
}

template <class Variant, std::size_t n>
Result<Variant> decodeVariant(const boost::json::value& from, const std::string_view (&types)[n],
                              const std::string& path) {
    const std::string where = path.empty() ? "message" : path;
    if (!from.is_object()) return Error{ErrorKind::BadMessage, where + ": must be a JSON object"};
    const boost::json::value* type = from.get_object().if_contains("type");
    if (!type || !type->is_string())
        return Error{ErrorKind::BadMessage, where + ": the string 'type' is missing"};
    const std::string_view name{type->get_string()};
    std::optional<Result<Variant>> decoded;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<n>>([&](auto index) {
        if (decoded || types[index] != name) return;
        auto message = decodeOne<std::variant_alternative_t<index, Variant>>(from, std::string{name});
        if (message)
            decoded.emplace(Variant{std::in_place_index<index>, std::move(*message)});
        else
            decoded.emplace(message.error());
    });
    if (!decoded)
        return Error{ErrorKind::NotFound, where + ": unknown type '" + std::string{name.substr(0, 40)} + "'"};
    return std::move(*decoded);
}

template <class Variant, std::size_t n>
boost::json::value encodeVariant(const Variant& message, const std::string_view (&types)[n]) {
    return std::visit(
        [&](const auto& body) -> boost::json::value {
            using Body = std::remove_cvref_t<decltype(body)>;
            boost::json::object object;
            object["type"] = boost::json::string_view{types[message.index()]};
            if constexpr (std::is_same_v<Body, Event>) {
                object["sequence"] = body.sequence;
                object["event"] = encodeVariant(body.event, kEventTypes);
            } else {
                boost::json::value fields = json::encode(body);
                for (auto& [key, field] : fields.get_object()) object[key] = std::move(field);
            }
            return object;
        },
        message);
}

template <class Variant, std::size_t n>
Result<Variant> decodeText(std::string_view text, const std::string_view (&types)[n]) {
    auto parsed = json::parse(text);
    if (!parsed) return parsed.error();
    return decodeVariant<Variant>(*parsed, types, "");
}

}  // namespace

Result<ClientMessage> decodeClientMessage(std::string_view text) {
    return decodeText<ClientMessage>(text, kClientTypes);
}
Result<ServerMessage> decodeServerMessage(std::string_view text) {
    return decodeText<ServerMessage>(text, kServerTypes);
}
std::string encodeMessage(const ClientMessage& message) {
    return boost::json::serialize(encodeVariant(message, kClientTypes));
}
std::string encodeMessage(const ServerMessage& message) {
    return boost::json::serialize(encodeVariant(message, kServerTypes));
}

}  // namespace ninja3cx::protocol
