#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <cstdint>

namespace ninja3cx::analysis {

/// What some words are that stand where a caller's company is named.
enum class Workplace : std::uint8_t { None, Company, Town };

struct NamedWorkplace {
    Workplace kind = Workplace::None;
    /// The words of its name: of "RH de Transports Roussel" what follows the department.
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Judges the words `first` to `last` of a line, whichever rule found them: software, makes, suppliers and departments
/// are no company ("Excel plante", "RH", "from Chrome"), nor is what only begins a sentence ("Horizon ne marche plus");
/// a town alone is a town. Names that merely begin so are companies: "Orange Mécanique SARL", "London Bridge Solicitors".
NamedWorkplace workplaceIn(const Line& line, std::size_t first, std::size_t last);

}  // namespace ninja3cx::analysis
