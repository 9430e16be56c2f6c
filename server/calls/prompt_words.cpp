#include "server/calls/prompt_words.hpp"

#include <algorithm>
#include <cstddef>
#include <ranges>

namespace ninja3cx::calls {

std::vector<std::string> promptWordsOf(const protocol::CallerMatch& caller) {
    constexpr std::size_t kMostContacts = 3;  // of a number that several share
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
        if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const protocol::Contact& contact : caller.contacts | std::views::take(kMostContacts)) {
        add(contact.name);
        add(contact.organizationName);
    }
    return names;
}

}  // namespace ninja3cx::calls
