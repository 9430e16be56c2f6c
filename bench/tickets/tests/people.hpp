#pragma once

#include "shared/protocol/records.hpp"

#include <vector>

namespace ninja3cx::bench::test {

/// Eight contacts of four organisations.
inline std::vector<protocol::Contact> people() {
    std::vector<protocol::Contact> all;
    for (int i = 0; i < 8; ++i) {
        protocol::Contact contact;
        contact.uid = "uid-" + std::to_string(i);
        contact.name = "Claire Fontaine " + std::to_string(i);
        contact.phone = "+3319900000" + std::to_string(i);
        contact.organizationId = 1'000 + i / 2;
        contact.organizationName = "Cabinet " + std::to_string(i / 2);
        all.push_back(contact);
    }
    return all;
}

}  // namespace ninja3cx::bench::test
