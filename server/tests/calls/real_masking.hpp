#pragma once

#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/personal_data/revealing_endings.hpp"
#include "server/calls/ports.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ninja3cx::calls {

/// Masks as the server does; analyses nothing.
class RealMasking final : public Analyser {
public:
    void analyse(protocol::AnalysisInput, Done, Better) override {}
    Masked mask(const std::string& text, const std::string& language,
                const std::string& before) const override {
        return analysis::maskPlaces(text, language, before);
    }
    std::span<const std::string_view> revealingEndings() const override {
        return analysis::revealingEndings();
    }
};

}  // namespace ninja3cx::calls
