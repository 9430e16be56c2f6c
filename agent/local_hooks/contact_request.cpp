#include "agent/local_hooks/contact_request.hpp"

#include "shared/core/html.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/text.hpp"

#include <array>
#include <charconv>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kMaxValueBytes = 2000;

/// Of the first header field of this name; empty where there is none, or more than one.
std::optional<std::string_view> headerField(std::string_view head, std::string_view name) {
    std::optional<std::string_view> found;
    while (!head.empty()) {
        const std::size_t end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !isSameWord(line.substr(0, colon), name)) continue;
        if (found) return std::nullopt;
        found = trimmed(line.substr(colon + 1));
    }
    return found;
}

/// A value of the query. What is no percent-encoding stays as it is.
std::string decoded(std::string_view value) {
    std::string text;
    if (isUnfilled(value)) return text;  // before "%Ca" of "%CallerNumber%" is taken for a letter
    value = value.substr(0, kMaxValueBytes);
    for (std::size_t at = 0; at < value.size(); ++at) {
        unsigned byte = 0;
        const char* const digits = value.data() + at + 1;
        const bool isEncoded = value[at] == '%' && at + 2 < value.size() &&
                               std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        if (isEncoded) {
            text += static_cast<char>(static_cast<unsigned char>(byte));
            at += 2;
        } else {
            text += value[at] == '+' ? ' ' : value[at];
        }
    }
    return text;
}

std::string queryValue(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && isSameWord(pair.substr(0, equals), name))
            return decoded(pair.substr(equals + 1));
    }
    return "";
}

/// "+33…" that was not encoded arrives as " 33…".
std::string withPlus(std::string number) {
    const bool isPlus = number.size() > 1 && number[0] == ' ' && number[1] >= '0' && number[1] <= '9';
    if (isPlus) number[0] = '+';
    return number;
}

/// Takes as long for a wrong secret as for the right one.
bool isSame(std::string_view one, std::string_view other) {
    if (one.size() != other.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        difference |= static_cast<unsigned char>(one[i]) ^ unsigned { static_cast<unsigned char>(other[i]) };
    return difference == 0;
}

struct Words {
    int status;
    const char* reason;
    const char* french;
    const char* english;
};
constexpr std::array<Words, 8> kWords{{
    {200, "OK", "L'appel est signalé à l'agent ; cette page peut être fermée.",
     "The call was announced to the agent; this page can be closed."},
    {400, "Bad Request", "Requête incompréhensible.", "The request makes no sense."},
    {404, "Not Found", "Ce n'est pas l'adresse de contact de cet agent : recopiez-la dans 3CX.",
     "This is not this agent's contact URL: copy it into 3CX again."},
    {405, "Method Not Allowed", "Cette adresse s'ouvre seulement (GET).",
     "This address can only be opened (GET)."},
    {421, "Misdirected Request", "Cette adresse ne vaut que sur ce poste (127.0.0.1).",
     "This address is good on this PC only (127.0.0.1)."},
    {431, "Request Header Fields Too Large", "La requête est trop longue.", "The request is too long."},
    {503, "Service Unavailable", "Trop de requêtes à la fois.", "Too many requests at a time."},
    {500, "Internal Server Error", "Erreur interne.", "Internal error."},
}};

const Words& wordsOf(int status) {
    for (const Words& words : kWords)
        if (words.status == status) return words;
    return kWords.back();
}

}  // namespace

ContactAnswer readContactRequest(std::string_view head, const ContactUrl& url) {
    const std::size_t lineEnd = head.find("\r\n");
    if (lineEnd == std::string_view::npos) return {400, {}};
    const std::string_view line = head.substr(0, lineEnd);
    const std::size_t space = line.find(' ');
    const std::size_t lastSpace = line.rfind(' ');
    if (space == std::string_view::npos || lastSpace == space ||
        !line.substr(lastSpace + 1).starts_with("HTTP/1."))
        return {400, {}};
    const auto host = headerField(head.substr(lineEnd + 2), "Host");
    if (!host) return {400, {}};
    const std::string port = ":" + std::to_string(url.port);
    if (!isSameWord(*host, "127.0.0.1" + port) && !isSameWord(*host, "localhost" + port)) return {421, {}};
    const std::string_view target = line.substr(space + 1, lastSpace - space - 1);
    const std::size_t question = target.find('?');
    if (!isSame(target.substr(0, question), url.path())) return {404, {}};
    if (line.substr(0, space) != "GET") return {405, {}};
    const std::string_view query = question == std::string_view::npos ? "" : target.substr(question + 1);
    return {200, callerOf(withPlus(queryValue(query, "number")), queryValue(query, "name"))};
}

std::string contactResponse(const ContactAnswer& answer) {
    const Words& words = wordsOf(answer.status);
    std::string caller;
    if (answer.caller) {
        const std::string number = answer.caller->number;
        caller = "<p>" + escapedHtml(answer.caller->name) +
                 (number.empty() ? "" : " " + escapedHtml(number)) + "</p>";
    }
    const std::string nonce = randomHex(16);
    const std::string script =
        answer.status == 200 ? "<script nonce=\"" + nonce + "\">window.close()</script>" : std::string{};
    const std::string body =
        "<!DOCTYPE html><html lang=\"fr\"><meta charset=\"utf-8\"><title>3CX-NinjaOne</title>" + script +
        caller + "<p>" + words.french + "</p><p lang=\"en\">" + words.english + "</p></html>\n";
    return "HTTP/1.1 " + std::to_string(words.status) + " " + words.reason +
           "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
           "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
           "Content-Security-Policy: default-src 'none'; script-src 'nonce-" +
           nonce + "'; frame-ancestors 'none'\r\n\r\n" + body;
}

}  // namespace ninja3cx::agent
