#pragma once

#include "shared/core/result.hpp"
#include "shared/protocol/records.hpp"

#include <string>
#include <vector>

/// A transcript as text that people and other programs read. Pure.
namespace ninja3cx::transcription {

enum class Format { Text, Json, Srt, Vtt };

/// "text", "json", "srt", "vtt".
Result<Format> parseFormat(const std::string& name);

/// One file's transcript.
struct Transcript {
    std::string file;
    std::int64_t durationMs = 0;
    std::string language;                         // "auto": nothing was recognised
    bool hasTwoSides = false;                     // agent and customer; otherwise nobody is named
    std::vector<protocol::Utterance> utterances;  // by start
};

/// "[00:05.630] Customer: Bonjour."
std::string textLine(const protocol::Utterance& utterance, bool hasTwoSides);

std::string asText(const Transcript& transcript);
std::string asSrt(const Transcript& transcript);
std::string asVtt(const Transcript& transcript);
/// {"files":[{"file","durationMs","language","utterances":[{"channel","startMs","endMs","text","corrections"}]}]};
/// `corrections` as in protocol::Utterance, and only where there are any.
std::string asJson(const std::vector<Transcript>& transcripts);

}  // namespace ninja3cx::transcription
