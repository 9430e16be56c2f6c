#pragma once

#include "shared/core/result.hpp"
#include "simulators/ninja_one/seed.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>

namespace ninja3cx::simulators {

/// A tenant made by chance, the same one for the same seed.
struct GeneratedTenant {
    std::optional<int> organizations;  // absent: 50
    std::optional<int> contactsEach;   // of an organisation; absent: 6
    std::optional<int> technicians;    // beyond the built-in ones; absent: none
    std::optional<std::uint64_t> seed;
};
BOOST_DESCRIBE_STRUCT(GeneratedTenant, (), (organizations, contactsEach, technicians, seed))

/// Organisations with locations, contacts, end users, devices and alerts; the built-in technicians, and more
/// with the addresses technician101@infogerance.example and so on. Contacts have
/// numbers as they are found in real lists: one of their own in any way of writing, the switchboard's, one that
/// people of other organisations have as well, none, a foreign one, one that differs from somebody else's only
/// in its country, an extension, two in one field, or a word that says the number is withheld. All are of
/// ranges reserved for fiction.
Result<Seed> generatedSeed(const GeneratedTenant& wanted);

}  // namespace ninja3cx::simulators
