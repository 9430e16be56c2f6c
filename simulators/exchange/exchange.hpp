#pragma once

#include "shared/core/result.hpp"

#include <boost/json.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One HTTP exchange as plain values, so that a simulator is a pure object: request in, reply out.
/// `simulators/serve` puts it on a socket.
namespace ninja3cx::simulators {

struct Request {
    std::string method;                        // "GET"
    std::string path;                          // percent-decoded, without query
    std::map<std::string, std::string> query;  // percent-decoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::optional<std::string> header(std::string_view name) const;  // names compare without case
};

/// How much of a reply reaches the client.
enum class Delivery {
    Whole = 1,
    Truncated,  // half of the body, then the connection is reset
    Reset,      // nothing, then the connection is reset
    Never,      // nothing at all until the client gives up
};

struct Reply {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    Delivery delivery = Delivery::Whole;
    std::chrono::milliseconds delay{0};  // before the first byte
    std::size_t bodyBytesPerSecond = 0;  // 0: at once
};

Reply jsonReply(int status, const boost::json::value& body);
Reply htmlReply(int status, std::string page);

/// "/a/{id}/b" against a path: the values of the braces in order, or nothing.
std::optional<std::vector<std::string>> matchPath(std::string_view pattern, std::string_view path);

/// True if the request's content type is `type`, whatever its parameters.
bool hasContentType(const Request& request, std::string_view type);

/// A whole number, or nothing if `text` is anything else.
std::optional<std::int64_t> toInteger(std::string_view text);

bool equalIgnoringCase(std::string_view a, std::string_view b);
std::string lowerCase(std::string_view text);  // ASCII only

/// "a%20b" decoded; with `plusIsSpace` as in forms. A lone "%" stays as it is.
std::string percentDecode(std::string_view text, bool plusIsSpace);
std::string percentEncode(std::string_view text);
/// The fields of an application/x-www-form-urlencoded text.
std::map<std::string, std::string> decodeForm(std::string_view text);
/// The fields of a urlencoded or multipart form; empty for other content types.
std::map<std::string, std::string> formOf(const Request& request);

std::string base64Url(std::string_view bytes);
/// Standard base64, padded or not; nothing if a character does not belong.
std::optional<std::string> decodeBase64(std::string_view text);

}  // namespace ninja3cx::simulators
