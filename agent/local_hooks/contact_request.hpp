#pragma once

#include "agent/call_tracking/caller.hpp"
#include "agent/local_hooks/contact_url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::agent {

/// What is answered to one HTTP request, and who calls if it was 3CX's client that asked.
struct ContactAnswer {
    int status = 0;
    std::optional<Caller> caller;
};

/// Of a request's head, up to and with its empty line. Pure.
///   400 no request · 404 another path, or a wrong secret · 405 no GET · 421 a Host that is not this PC's loopback: a page
///   that a name of the internet leads here. All else is the telephone's, and what it wrote is made the best of: "+" as
///   space or as itself, broken percent-encoding, variables that were not filled in.
ContactAnswer readContactRequest(std::string_view head, const ContactUrl& url);

/// The whole HTTP response: a page that closes itself, or says in French and English what is wrong. Values are escaped.
std::string contactResponse(const ContactAnswer& answer);

}  // namespace ninja3cx::agent
