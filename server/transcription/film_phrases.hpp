#pragma once

#include <string_view>

/// What Whisper's training films say where nobody in a call does. Of one sentence, in plain letters, a blank between words.
namespace ninja3cx::transcription {

/// Certainly of a film and not of a call.
bool isOfAFilm(std::string_view words);

/// Of either. "Oui" and "d'accord" are not among them: too many calls consist of them.
bool isOfAFilmOrACall(std::string_view words);

}  // namespace ninja3cx::transcription
