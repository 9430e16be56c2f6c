#pragma once

#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// A call in which a long number or a password is dictated over several turns, with all that is said between them.
struct SpokenDictation {
    struct Group {
        std::size_t turn = 0;
        std::size_t begin = 0;  // bytes of the turn's text
        std::size_t end = 0;
    };
    protocol::AnalysisInput call;
    protocol::PersonalDataKind kind{};
    std::vector<Group> groups;  // of the dictated, of what is read back and of what is corrected
};

/// Cards, IBANs, French social security numbers and spelled passwords in French and English: in digit groups and in words;
/// read back by the technician, interrupted by short questions, pauses, corrections and another number. The same seed gives
/// the same calls with every library.
std::vector<SpokenDictation> spokenDictations(unsigned seed, std::size_t count);

/// Calls with telephone and ticket numbers, postal codes, SIRETs and serial numbers, asked for and told in pieces; nothing in
/// them is personal data that is masked.
std::vector<protocol::AnalysisInput> ordinaryCalls(unsigned seed, std::size_t count);

/// Two digits or characters of a group stand in none of the places.
bool isLeaked(const SpokenDictation& dictation, const std::vector<protocol::PersonalData>& places);

}  // namespace ninja3cx::analysis
