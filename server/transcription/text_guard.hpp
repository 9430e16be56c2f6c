#pragma once

#include <string>
#include <string_view>

/// Whisper's known faults, recognised in its text. Pure.
namespace ninja3cx::transcription {

/// Trimmed, one blank between words, valid UTF-8, without stage directions such as "[Musique]" or "♪".
std::string tidy(std::string_view text);

/// What Whisper writes on silence, noise and music because its training films had it there, e.g. "Sous-titres
/// réalisés par la communauté d'Amara.org". True only if nothing else is said.
bool isHallucination(std::string_view text);

/// The decoder ran in circles: the same words again and again.
bool isLooping(std::string_view text);

/// A loop's words once.
std::string withoutLoop(std::string_view text);

}  // namespace ninja3cx::transcription
