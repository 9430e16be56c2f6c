#include "server/directory/directory_copy.hpp"

#include "shared/core/text.hpp"
#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::directory {
namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != '\t') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

bool holdsAll(const std::string& text, const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

std::optional<std::string> unlessEmpty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

bool holds(const std::vector<protocol::Contact>& people, const std::string& uid) {
    return !uid.empty() &&
           std::any_of(people.begin(), people.end(), [&](const auto& each) { return each.uid == uid; });
}

}  // namespace

DirectoryCopy copyOf(const Lists& lists, std::int64_t readAtMs) {
    DirectoryCopy copy;
    copy.readAtMs = readAtMs;
    copy.organizations = *lists.organizations;
    copy.technicians = *lists.technicians;
    copy.organizationNumbers = *lists.organizationNumbers;
    std::unordered_map<std::int64_t, const std::string*> names;
    for (const OrganizationRecord& organization : *lists.organizations)
        names.emplace(organization.id, &organization.name);
    std::vector<protocol::Contact> people;
    people.reserve(lists.endUsers->size() + lists.contacts->size());
    for (const auto& list : {lists.endUsers, lists.contacts}) {
        for (const PersonRecord& person : *list) {
            protocol::Contact contact;
            contact.uid = person.uid;
            contact.name = person.name;
            contact.email = unlessEmpty(person.email);
            contact.phone = unlessEmpty(person.phone);
            contact.organizationId = person.organizationId;
            const auto name = names.find(person.organizationId);
            if (name != names.end()) contact.organizationName = *name->second;
            contact.isActive = person.isEnabled && name != names.end();
            people.push_back(std::move(contact));
            if (!person.phone.empty()) copy.numbers.emplace(person.phone, person.number);
        }
    }
    copy.people = withoutRepeats(std::move(people));
    return copy;
}

std::vector<protocol::Contact> withoutRepeats(std::vector<protocol::Contact> people) {
    std::map<std::string, std::size_t> byUid;
    std::map<std::pair<std::int64_t, std::string>, std::size_t> byAddress;
    std::vector<protocol::Contact> kept;
    for (protocol::Contact& person : people) {
        std::optional<std::size_t> same;
        if (!person.uid.empty())
            if (const auto found = byUid.find(person.uid); found != byUid.end()) same = found->second;
        const std::pair<std::int64_t, std::string> address{person.organizationId,
                                                           plainLetters(person.email.value_or(""))};
        if (!same && !address.second.empty())
            if (const auto found = byAddress.find(address); found != byAddress.end()) same = found->second;
        // Another number is another row, also of one uid: it must be seen that he has it as well.
        if (same && (!person.phone || !kept[*same].phone || person.phone == kept[*same].phone)) {
            if (!kept[*same].isActive && person.isActive) std::swap(kept[*same], person);
            if (!kept[*same].phone) kept[*same].phone = person.phone;
            continue;
        }
        if (!person.uid.empty()) byUid.emplace(person.uid, kept.size());
        if (!address.second.empty()) byAddress.emplace(address, kept.size());
        kept.push_back(std::move(person));
    }
    return kept;
}

std::optional<std::size_t> DirectoryIndex::placeOf(std::int64_t organizationId) const {
    const auto& all = copy_.organizations;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const OrganizationRecord& each) { return each.id == organizationId; });
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

void DirectoryIndex::takeSwitchboards() {
    std::map<std::string, std::vector<const OrganizationNumberRecord*>> owners;
    for (const OrganizationNumberRecord& each : copy_.organizationNumbers) {
        const PhoneNumber number = numberOf(each.phone, plan_);
        if (number.e164.empty())
            doubtfulNumbers_.push_back(each);
        else
            owners[number.e164].push_back(&each);
    }
    for (const auto& [number, all] : owners) {
        const auto place = placeOf(all.front()->organizationId);
        if (all.size() > 1)
            for (const auto* each : all) doubtfulNumbers_.push_back(*each);
        else if (place)
            switchboards_[number] = *place;
    }
}

DirectoryIndex::DirectoryIndex(DirectoryCopy copy, DialPlan plan,
                               const std::map<std::string, std::int64_t>& organizationNumbers)
    : copy_(std::move(copy)), plan_(std::move(plan)) {
    takeSwitchboards();
    for (const auto& [written, id] : organizationNumbers) {
        const PhoneNumber number = numberOf(written, plan_);
        const auto owner = placeOf(id);
        if (!number.e164.empty() && owner)
            switchboards_[number.e164] = *owner;
        else
            unusedNumbers_.push_back(written);
    }
    searchText_.reserve(copy_.people.size());
    for (std::size_t i = 0; i < copy_.people.size(); ++i) {
        const protocol::Contact& person = copy_.people[i];
        searchText_.push_back(
            plainLetters(person.name + " " + person.email.value_or("") + " " + person.organizationName));
        if (!person.uid.empty()) {
            const auto known = byUid_.emplace(person.uid, i).first;
            if (!copy_.people[known->second].isActive) known->second = i;
        }
        if (!person.phone) continue;
        const auto known = copy_.numbers.find(*person.phone);
        const PhoneNumber number =
            known != copy_.numbers.end() ? known->second : numberOf(*person.phone, plan_);
        if (number.tail.empty()) continue;
        byTail_.emplace(number.tail, i);
        if (number.e164.empty())
            byTailOnly_.emplace(number.tail, i);
        else
            byE164_.emplace(number.e164, i);
    }
    copy_.numbers.clear();
}

protocol::CallerMatch DirectoryIndex::match(const std::string& number, bool isStale) const {
    protocol::CallerMatch match;
    if (copy_.readAtMs != 0) match.directoryAtMs = copy_.readAtMs;
    const auto wanted = readPhoneNumber(number, plan_);
    if (!wanted) return match;

    std::map<std::size_t, bool> found;  // whether by the last digits alone
    const auto take = [&](const std::multimap<std::string, std::size_t>& index, const std::string& key,
                          bool isTail) {
        for (auto [it, end] = index.equal_range(key); it != end; ++it) found.emplace(it->second, isTail);
    };
    if (wanted->e164.empty()) {
        take(byTail_, wanted->tail, true);
    } else {
        take(byE164_, wanted->e164, false);
        take(byTailOnly_, wanted->tail, true);
    }
    struct Given {
        std::vector<protocol::Contact> contacts;
        bool hasTail = false;
    };
    Given active;
    Given inactive;
    const auto add = [&](std::size_t i, bool isTail) {
        Given& given = copy_.people[i].isActive ? active : inactive;
        if (holds(given.contacts, copy_.people[i].uid)) return;
        given.contacts.push_back(copy_.people[i]);
        given.hasTail |= isTail;
    };
    for (const bool isTail : {false, true})  // somebody's better number first
        for (const auto& [i, isOfTail] : found)
            if (isOfTail == isTail) add(i, isTail);

    using protocol::CallerMatchState;
    using protocol::MatchRule;
    const auto give = [&](CallerMatchState state, Given& given) {
        match.state = state;
        if (!given.contacts.empty())
            match.rule = protocol::wordOf(given.hasTail ? MatchRule::NumberTail : MatchRule::ExactNumber);
        match.contacts = std::move(given.contacts);
    };
    const auto switchboard = switchboards_.find(wanted->e164);
    const bool isSwitchboard = switchboard != switchboards_.end();
    if (isStale)
        give(CallerMatchState::Stale, active);
    else if (active.contacts.size() > 1 || (isSwitchboard && !active.contacts.empty()))
        give(CallerMatchState::Several, active);
    else if (active.contacts.size() == 1)
        give(CallerMatchState::One, active);
    else if (!inactive.contacts.empty() && !isSwitchboard)
        give(CallerMatchState::Inactive, inactive);
    if (isSwitchboard) {
        const OrganizationRecord& owner = copy_.organizations[switchboard->second];
        match.rule = protocol::wordOf(MatchRule::OrganizationNumber);
        match.organizationId = owner.id;
        match.organizationName = owner.name;
    }
    return match;
}

std::optional<protocol::Contact> DirectoryIndex::contact(const std::string& uid) const {
    const auto found = byUid_.find(uid);
    if (found == byUid_.end()) return std::nullopt;
    return copy_.people[found->second];
}

std::vector<protocol::Contact> DirectoryIndex::find(std::string_view text, std::size_t limit) const {
    const std::string wanted = plainLetters(text);
    const std::vector<std::string> words = wordsOf(wanted);
    std::vector<std::pair<int, std::size_t>> ranked;
    if (words.empty()) return {};
    for (std::size_t i = 0; i < searchText_.size(); ++i) {
        if (!holdsAll(searchText_[i], words)) continue;
        const int rank =
            (copy_.people[i].isActive ? 0 : 2) + (searchText_[i].starts_with(words.front()) ? 0 : 1);
        ranked.emplace_back(rank, i);
    }
    std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) {
        return std::tie(a.first, searchText_[a.second]) < std::tie(b.first, searchText_[b.second]);
    });
    std::vector<protocol::Contact> people;
    for (const auto& [rank, i] : ranked) {
        if (people.size() == limit) break;
        if (!holds(people, copy_.people[i].uid)) people.push_back(copy_.people[i]);
    }
    return people;
}

std::vector<std::int64_t> DirectoryIndex::techniciansByEmail(std::string_view email) const {
    const std::string wanted = plainLetters(email);
    std::vector<std::int64_t> ids;
    if (wanted.empty()) return ids;
    for (const TechnicianRecord& technician : copy_.technicians)
        if (technician.isActive && plainLetters(technician.email) == wanted) ids.push_back(technician.id);
    return ids;
}

bool DirectoryIndex::mayBeAssigned(std::int64_t technicianId) const {
    return copy_.technicians.empty() ||
           std::ranges::any_of(copy_.technicians, [&](const TechnicianRecord& technician) {
               return technician.isActive && technician.id == technicianId;
           });
}

}  // namespace ninja3cx::directory
