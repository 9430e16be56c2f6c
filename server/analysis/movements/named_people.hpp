#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ninja3cx::analysis {

/// Finds where people are named: by all of the name, its beginning or the surname alone. With an article a surname is a word
/// like others: "un petit instant" names no Julie Petit. Time grows with the line, not with the number of people.
class NamedPeople {
public:
    /// Names as in `Names`, or a surname with its title. `people` may end before this.
    explicit NamedPeople(std::span<const std::string> people);
    NamedPeople(const NamedPeople&) = delete;
    NamedPeople& operator=(const NamedPeople&) = delete;

    struct Place {
        std::size_t person = 0;  // index into `people`
        std::size_t first = 0;   // of the line's words
        std::size_t last = 0;    // one past
        bool isWhole = false;    // all of the name
    };
    /// Who is named at word `at`: of whom most is said there, each of those who share that, in their order.
    std::vector<Place> at(const Line& line, std::size_t at) const;
    /// In the order of the line. What is part of one name is of no other.
    std::vector<Place> in(const Line& line) const;

private:
    using People = std::unordered_map<std::string_view, std::vector<std::size_t>>;
    bool isSurnameAt(const Line& line, std::size_t at, std::size_t person) const;

    std::deque<std::vector<Word>> words_;  // of each person; stay where they are
    People byFirst_;
    People bySurname_;
};

}  // namespace ninja3cx::analysis
