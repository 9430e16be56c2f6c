#pragma once

#include "shared/protocol/analysis.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// One piece of personal data as it is said in a call, written with nothing of the finder's own code.
struct SpokenItem {
    struct Part {
        std::size_t turn = 0;
        std::string text;  // stands in that turn
    };
    protocol::AnalysisInput call;
    protocol::PersonalDataKind kind{};
    std::string value;
    std::vector<Part> parts;        // one, or two where it was said in two turns
    std::vector<Part> repetitions;  // where the other speaker said it again
};

/// Cards, IBANs, French social security numbers, dates of birth and secrets in French and English: digits,
/// groups of digits, numbers in words, spelled letters; announced before, after or in the turn before; split
/// over two turns; with the errors of a poor recogniser. The same seed gives the same items with every
/// library.
std::vector<SpokenItem> spokenItems(unsigned seed, std::size_t count);

/// As tests/eval/analysis/score.py counts: the value, or 60 % of the span's words in a prediction that is not
/// much longer.
bool isRecalled(const std::string& span, const std::string& value, const protocol::PersonalData& found);

}  // namespace ninja3cx::analysis
