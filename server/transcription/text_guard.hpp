#pragma once

#include <string>
#include <string_view>

/// Whisper's known faults, recognised in its text. Pure.
namespace ninja3cx::transcription {

/// Trimmed, one blank between words, valid UTF-8, without stage directions such as "[Musique]" or "♪".
std::string tidy(std::string_view text);

/// What Whisper writes on silence, noise and music because its training films had it there, e.g. "Sous-titres
/// réalisés par la communauté d'Amara.org". True only if nothing else is said: each sentence is such a phrase, or
/// a doubtful one beside it.
bool isHallucination(std::string_view text);

/// Nothing but what Whisper writes on noise as readily as people say it: "Merci.", "you". Speech, unless something
/// else speaks against it, such as a low probability.
bool isDoubtful(std::string_view text);

/// Bytes of the text for each byte that zlib would make of it. Speech has 1 to 1.8; Whisper's decoder takes
/// more than 2.4 for a failure.
double compressionRatio(std::string_view text);

/// The decoder ran in circles: the same words again and again, the same letters within a word, or a text that says
/// too little for its length.
bool isLooping(std::string_view text);

/// A loop's words once; where a text repeats itself in other ways, its beginning.
std::string withoutLoop(std::string_view text);

}  // namespace ninja3cx::transcription
