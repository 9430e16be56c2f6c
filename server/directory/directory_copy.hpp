#pragma once

#include "server/directory/phone_number.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/records.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// One reading of NinjaOne's directory, and who a number belongs to according to it. Pure.
namespace ninja3cx::directory {

struct OrganizationRecord {
    std::int64_t id = 0;
    std::string name;
    bool operator==(const OrganizationRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(OrganizationRecord, (), (id, name))

struct TechnicianRecord {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    bool isActive = true;
    bool operator==(const TechnicianRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(TechnicianRecord, (), (id, name, email, isActive))

struct DirectoryCopy {
    std::int32_t version = 1;
    std::int64_t readAtMs = 0;
    std::vector<OrganizationRecord> organizations;
    std::vector<protocol::Contact> people;  // contacts and end users, each human being once
    std::vector<TechnicianRecord> technicians;
    bool operator==(const DirectoryCopy&) const = default;
};
BOOST_DESCRIBE_STRUCT(DirectoryCopy, (), (version, readAtMs, organizations, people, technicians))

/// The copy as it lies on disk.
std::string encodeCopy(const DirectoryCopy& copy);
Result<DirectoryCopy> decodeCopy(std::string_view text);

/// Removes repeats: the same uid, or the same e-mail address in the same organisation (a person may be a
/// contact and an end user). The first stays, unless it is inactive and the other is not.
std::vector<protocol::Contact> withoutRepeats(std::vector<protocol::Contact> people);

/// A copy made searchable.
class DirectoryIndex {
public:
    DirectoryIndex(DirectoryCopy copy, DialPlan plan);

    /// `isStale`: too old to rely on. Several people, or organisations, on one number are all given: never a
    /// guess.
    protocol::CallerMatch match(const std::string& number, bool isStale) const;
    std::optional<protocol::Contact> contact(const std::string& uid) const;
    /// People of whom every word of `text` is in the name, the address or the organisation; accents and case
    /// aside. Active ones and those whose name begins with it first.
    std::vector<protocol::Contact> find(std::string_view text, std::size_t limit) const;
    std::optional<std::int64_t> technicianByEmail(std::string_view email) const;
    const DirectoryCopy& copy() const { return copy_; }

private:
    DirectoryCopy copy_;
    DialPlan plan_;
    std::map<std::string, std::size_t> byUid_;
    std::multimap<std::string, std::size_t> byE164_;
    std::multimap<std::string, std::size_t> byTail_;      // everybody
    std::multimap<std::string, std::size_t> byTailOnly_;  // those whose number has no E.164 form
    std::vector<std::string> searchText_;                 // of each of the people
};

/// Lower case without accents, for comparing names.
std::string folded(std::string_view text);

}  // namespace ninja3cx::directory
