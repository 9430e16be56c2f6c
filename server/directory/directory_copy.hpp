#pragma once

#include "server/directory/directory_lists.hpp"
#include "server/directory/phone_number.hpp"
#include "shared/protocol/records.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// NinjaOne's people as one directory, and who a number belongs to according to it. Pure.
namespace ninja3cx::directory {

struct DirectoryCopy {
    std::int64_t readAtMs = 0;
    std::vector<OrganizationRecord> organizations;
    std::vector<protocol::Contact> people;  // contacts and end users, each human being once
    std::vector<TechnicianRecord> technicians;
    std::vector<OrganizationNumberRecord> organizationNumbers = {};
    /// What phones that were read before say, by the text that was read; another is read when it is needed.
    std::unordered_map<std::string, PhoneNumber> numbers = {};
};
/// Somebody of an organisation that is gone, or of none, is inactive: nobody a ticket can be made for.
DirectoryCopy copyOf(const Lists& lists, std::int64_t readAtMs);

/// Removes repeats: the same uid, or the same e-mail address in the same organisation (a person may be a
/// contact and an end user). The first stays, unless it is inactive and the other is not; somebody with two numbers
/// stays twice.
std::vector<protocol::Contact> withoutRepeats(std::vector<protocol::Contact> people);

/// A copy made searchable.
class DirectoryIndex {
public:
    /// `organizationNumbers`: of switchboards, however written: whose they are, whatever the copy says. A number
    /// that the copy has of two organisations is nobody's.
    DirectoryIndex(DirectoryCopy copy, DialPlan plan,
                   const std::map<std::string, std::int64_t>& organizationNumbers = {});

    /// `isStale`: too old to rely on. Several people, or organisations, on one number are all given: never a guess.
    /// `rule` says what the weakest of those given was found by: the last digits alone prove nothing. A switchboard's
    /// number is its organisation's: who else has it may be the caller, and is never taken for certain.
    protocol::CallerMatch match(const std::string& number, bool isStale) const;
    std::optional<protocol::Contact> contact(const std::string& uid) const;
    /// People of whom every word of `text` is in the name, the address or the organisation; accents and case
    /// aside. Active ones and those whose name begins with it first.
    std::vector<protocol::Contact> find(std::string_view text, std::size_t limit) const;
    /// Of the active ones. Several with one address are all given: never a guess.
    std::vector<std::int64_t> techniciansByEmail(std::string_view email) const;
    /// Also where no technicians were read.
    bool mayBeAssigned(std::int64_t technicianId) const;
    /// Of `organizationNumbers`: no whole numbers, or of organisations that are not there.
    const std::vector<std::string>& unusedNumbers() const { return unusedNumbers_; }
    /// Of the copy: no whole numbers, or of several organisations.
    const std::vector<OrganizationNumberRecord>& doubtfulNumbers() const { return doubtfulNumbers_; }
    const DirectoryCopy& copy() const { return copy_; }

private:
    std::optional<std::size_t> placeOf(std::int64_t organizationId) const;
    void takeSwitchboards();

    DirectoryCopy copy_;
    DialPlan plan_;
    std::map<std::string, std::size_t> byUid_;
    std::multimap<std::string, std::size_t> byE164_;
    std::multimap<std::string, std::size_t> byTail_;      // everybody
    std::multimap<std::string, std::size_t> byTailOnly_;  // those whose number has no E.164 form
    std::map<std::string, std::size_t> switchboards_;     // by E.164, in copy_.organizations
    std::vector<std::string> unusedNumbers_;
    std::vector<OrganizationNumberRecord> doubtfulNumbers_;
    std::vector<std::string> searchText_;  // of each of the people
};

}  // namespace ninja3cx::directory
