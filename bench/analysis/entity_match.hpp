#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::bench {

/// Right, wrong and missed.
struct Counts {
    std::size_t tp = 0;
    std::size_t fp = 0;
    std::size_t fn = 0;

    void add(const Counts& other);
    /// 1 where there was nothing to say and nothing was said.
    double precision() const;
    double recall() const;
    double f1() const;
    bool operator==(const Counts&) const = default;
};

/// As the kind is compared: digits of a phone, names without titles and fillers.
std::string normalisedEntity(std::string_view kind, std::string_view text);

/// Of normalised values. `isLenient`: one name within the other, or half of their words, is enough.
bool isSameEntity(std::string_view kind, const std::string& a, const std::string& b, bool isLenient);

/// Each labelled value is met by one that was said at most, exact ones first. What is optional, a common noun, or
/// a second form of something found is neither right nor wrong.
Counts matchEntities(std::string_view kind, const std::vector<std::string>& gold,
                     const std::vector<std::string>& said, const std::vector<std::string>& optional,
                     bool isLenient);

}  // namespace ninja3cx::bench
