#pragma once

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/promises/phone_mentions.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>

/// What phone_mentions.cpp reads by, language by language.
namespace ninja3cx::analysis {

struct PhoneCues {
    CueList phoning;         // words for phoning and getting in touch, now or later
    CueList testing;         // a call that is made while they speak
    CueList reminding;       // "vous rappelle que"
    CueList leftToCustomer;  // the technician asks for it: "rappelez-moi"
    CueList byCustomer;      // the customer says so: "je vous rappelle si ça recommence"
    CueList doubting;        // "si j'ai le temps"
};
const PhoneCues& frenchPhoneCues();
const PhoneCues& englishPhoneCues();

/// Words of a line around one of them that says "call".
class Place {
public:
    Place(const Line& line, std::size_t at) : line_{line}, at_{at} {}

    std::string_view word() const { return line_.words[at_].text; }
    std::string_view after(std::size_t steps) const;
    std::string_view before(std::size_t steps) const;
    /// Within its clause.
    bool hasBefore(std::size_t most, std::initializer_list<std::string_view> words) const;

private:
    bool isCutAfter(std::size_t at) const;
    const Line& line_;
    std::size_t at_;
};

/// What the words around a verb for phoning make of it. Nothing where the word is none of that language.
std::optional<Phoning> frenchPhoning(const Place& place);
std::optional<Phoning> englishPhoning(const Place& place);

}  // namespace ninja3cx::analysis
