#pragma once

#include "shared/protocol/analysis.hpp"

#include <string>
#include <string_view>

namespace ninja3cx::language_model {

/// The body of a chat completion that asks for the analysis of a call, held to a JSON schema. The turns go as data: numbered
/// lines of JSON in which nothing can close what surrounds them. Turns that speak to a model are left out, and the
/// middle of a call that is too long. `call` is as the model may see it.
std::string chatRequest(const std::string& model, const protocol::AnalysisInput& call);

/// The addresses below `analysis.languageModel.url`, which may end with or without "/v1".
std::string chatAddress(std::string_view url);
std::string modelsAddress(std::string_view url);

}  // namespace ninja3cx::language_model
