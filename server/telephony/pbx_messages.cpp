#include "server/telephony/pbx_messages.hpp"

#include "server/telephony/lenient_json.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::telephony {
namespace {

namespace bj = boost::json;
using lenient::find;
using lenient::numberIn;
using lenient::numberOf;
using lenient::textOf;

constexpr std::int64_t kLatestSecond = 253'402'300'799;  // 9999-12-31: beyond it a time is none

Error wrong(const std::string& what) {
    return Error{ErrorKind::BadMessage, "3CX: " + what};
}

Result<Participant> readParticipant(const bj::value& from) {
    if (!from.is_object()) return wrong("a participant is no object");
    const bj::object& object = from.get_object();
    const auto id = numberOf(object, "id");
    if (!id) return wrong("a participant has no id");
    Participant participant;
    participant.id = *id;
    participant.status = textOf(object, "status");
    participant.dn = textOf(object, "dn");
    participant.partyCallerName = textOf(object, "partycallername");
    participant.partyDn = textOf(object, "partydn");
    participant.partyCallerId = textOf(object, "partycallerid");
    participant.partyDid = textOf(object, "partydid");
    participant.partyDnType = textOf(object, "partydntype");
    participant.originatedByDn = textOf(object, "originatedbydn");
    participant.referredByDn = textOf(object, "referredbydn");
    participant.callId = numberOf(object, "callid").value_or(0);
    participant.legId = numberOf(object, "legid").value_or(0);
    return participant;
}

std::vector<std::string_view> segmentsOf(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (!segment.empty()) segments.push_back(segment);
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return segments;
}

bool isDnName(std::string_view dn) {
    return !dn.empty() && dn.size() <= 64 && std::all_of(dn.begin(), dn.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-' || c == '*' || c == '#';
    });
}

/// base64url without padding, as in a JWT.
std::string decodeBase64Url(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : text) {
        const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                          : c >= 'a' && c <= 'z' ? c - 'a' + 26
                          : c >= '0' && c <= '9' ? c - '0' + 52
                          : c == '-' || c == '+' ? 62
                          : c == '_' || c == '/' ? 63
                                                 : -1;
        if (value < 0) return {};
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out.push_back(static_cast<char>(bits >> count & 0xFF));
        }
    }
    return out;
}

struct JwtTimes {
    SystemTime issuedAt;
    std::chrono::seconds lifetime{};
};
std::optional<JwtTimes> jwtTimes(std::string_view jwt) {
    const std::size_t first = jwt.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = jwt.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto payload = json::parse(decodeBase64Url(jwt.substr(first + 1, second - first - 1)));
    if (!payload || !payload->is_object()) return std::nullopt;
    const auto issued = numberOf(payload->get_object(), "iat");
    const auto expires = numberOf(payload->get_object(), "exp");
    if (!issued || !expires || *issued < 0 || *expires > kLatestSecond || *expires <= *issued ||
        *expires - *issued > 86'400)
        return std::nullopt;
    return JwtTimes{fromEpochMs(*issued * 1000), std::chrono::seconds{*expires - *issued}};
}

}  // namespace

Result<Participant> parseParticipant(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return inContext("3CX participant", value.error());
    return readParticipant(*value);
}

Result<std::vector<Dn>> parseCallControl(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return inContext("3CX call control", value.error());
    if (!value->is_array()) return wrong("the call control state is no array");
    std::vector<Dn> dns;
    for (const bj::value& item : value->get_array()) {
        if (!item.is_object()) return wrong("a DN is no object");
        Dn dn;
        dn.dn = textOf(item.get_object(), "dn");
        dn.type = textOf(item.get_object(), "type");
        if (const bj::value* list = find(item.get_object(), "participants"); list && list->is_array()) {
            for (const bj::value& entry : list->get_array()) {
                auto participant = readParticipant(entry);
                if (!participant) return participant.error();
                if (participant->dn.empty()) participant->dn = dn.dn;
                dn.participants.push_back(std::move(*participant));
            }
        }
        dns.push_back(std::move(dn));
    }
    return dns;
}

Result<PbxEvent> parseEvent(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return inContext("3CX event", value.error());
    if (!value->is_object()) return wrong("an event is no object");
    PbxEvent event;
    event.type = PbxEvent::Type::Other;
    event.sequence = numberOf(value->get_object(), "sequence").value_or(0);
    const bj::value* body = find(value->get_object(), "event");
    if (!body || !body->is_object()) return event;
    const std::string entity = textOf(body->get_object(), "entity");
    const auto segments = segmentsOf(entity);
    if (segments.size() < 2 || segments[0] != "callcontrol" || !isDnName(segments[1])) return event;
    const auto type = numberOf(body->get_object(), "eventtype");
    if (type != 0 && type != 1) return event;
    event.dn = segments[1];
    if (segments.size() == 4 && segments[2] == "participants") {
        event.participantId = numberIn(segments[3]);
        if (!event.participantId) return event;
    } else if (segments.size() != 2) {
        return event;
    }
    event.type = type == 0 ? PbxEvent::Type::Upsert : PbxEvent::Type::Remove;
    return event;
}

Result<Token> parseToken(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return inContext("3CX token", value.error());
    if (!value->is_object()) return wrong("the token answer is no object");
    Token token;
    token.value = textOf(value->get_object(), "accesstoken");
    if (token.value.empty()) return wrong("the token answer has no access_token");
    if (const auto times = jwtTimes(token.value)) {
        token.lifetime = times->lifetime;
        token.issuedAt = times->issuedAt;
    } else {
        const std::int64_t claimed = numberOf(value->get_object(), "expiresin").value_or(3600);
        token.lifetime = claimed <= 600 ? std::chrono::seconds{std::max<std::int64_t>(claimed, 1) * 60}
                                        : std::chrono::seconds{claimed};
    }
    token.lifetime = std::min<std::chrono::seconds>(token.lifetime, std::chrono::minutes{55});
    return token;
}

bool isTelephone(const Dn& dn) {
    return dn.type.empty() || isSameWord(dn.type, "wextension") || isSameWord(dn.type, "extension");
}

}  // namespace ninja3cx::telephony
