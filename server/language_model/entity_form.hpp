#pragma once

#include "server/analysis/words/words.hpp"

#include <string>
#include <string_view>

namespace ninja3cx::language_model {

/// Whether a text looks like an entity of this kind: a name has capitals and is no everyday word, a phone number has eight
/// digits. What was said is somebody else's question. Pure.
bool hasEntityForm(const std::string& kind, const std::string& text);

/// Accents included: "Élodie", not "école". `word`: of `text`.
bool isCapital(std::string_view text, const analysis::Word& word);

}  // namespace ninja3cx::language_model
