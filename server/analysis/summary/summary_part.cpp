#include "server/analysis/summary/summary_part.hpp"

#include "shared/core/text.hpp"

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kCueLength = 80;  // bytes

}  // namespace

Grounds groundsOf(const Clause& clause, protocol::Confidence confidence) {
    return {{clause.turn}, std::string{cutUtf8(clause.text, kCueLength)}, confidence};
}

}  // namespace ninja3cx::analysis
