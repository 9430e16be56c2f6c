#include "server/transcription/subtitles.hpp"

#include "shared/json/codec.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace ninja3cx::transcription {
namespace {

using protocol::Utterance;

const char* speakerName(protocol::Speaker speaker) {
    return speaker == protocol::Speaker::Agent ? "Agent" : "Customer";
}

std::string clockTime(std::int64_t ms, const char* mark) {
    char text[48];
    std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld%s%03lld", static_cast<long long>(ms / 3'600'000),
                  static_cast<long long>(ms / 60'000 % 60), static_cast<long long>(ms / 1000 % 60), mark,
                  static_cast<long long>(ms % 1000));
    return text;
}

/// A cue must not contain "-->" or markup.
std::string cueText(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        if (c == '&') {
            safe += "&amp;";
        } else if (c == '<') {
            safe += "&lt;";
        } else if (c == '>') {
            safe += "&gt;";
        } else {
            safe += c;
        }
    }
    return safe;
}

}  // namespace

Result<Format> parseFormat(const std::string& name) {
    if (name == "text") return Format::Text;
    if (name == "json") return Format::Json;
    if (name == "srt") return Format::Srt;
    if (name == "vtt") return Format::Vtt;
    return Error{ErrorKind::Rejected, "format '" + name + "' is not known; use text, json, srt or vtt"};
}

std::string textLine(const Utterance& utterance, bool hasTwoSides) {
    std::string line = "[" + clockTime(utterance.startMs, ".") + "] ";
    if (hasTwoSides) line += std::string{speakerName(utterance.channel)} + ": ";
    return line + utterance.text + "\n";
}

std::string asText(const Transcript& transcript) {
    std::string text;
    for (const Utterance& utterance : transcript.utterances)
        text += textLine(utterance, transcript.hasTwoSides);
    return text;
}

std::string asSrt(const Transcript& transcript) {
    std::string text;
    int number = 0;
    for (const Utterance& utterance : transcript.utterances) {
        text += std::to_string(++number) + "\n" + clockTime(utterance.startMs, ",") + " --> " +
                clockTime(utterance.endMs, ",") + "\n";
        if (transcript.hasTwoSides) text += std::string{speakerName(utterance.channel)} + ": ";
        text += utterance.text + "\n\n";
    }
    return text;
}

std::string asVtt(const Transcript& transcript) {
    std::string text = "WEBVTT\n\n";
    for (const Utterance& utterance : transcript.utterances) {
        text += clockTime(utterance.startMs, ".") + " --> " + clockTime(utterance.endMs, ".") + "\n";
        if (transcript.hasTwoSides) text += std::string{"<v "} + speakerName(utterance.channel) + ">";
        text += cueText(utterance.text) + "\n\n";
    }
    return text;
}

std::string asJson(const std::vector<Transcript>& transcripts) {
    boost::json::array files;
    for (const Transcript& transcript : transcripts) {
        boost::json::array utterances;
        for (const Utterance& utterance : transcript.utterances) {
            boost::json::object one;
            if (transcript.hasTwoSides) {
                one["channel"] = utterance.channel == protocol::Speaker::Agent ? "agent" : "customer";
            } else {
                one["channel"] = nullptr;
            }
            one["startMs"] = utterance.startMs;
            one["endMs"] = utterance.endMs;
            one["text"] = utterance.text;
            if (utterance.corrections) one["corrections"] = json::encode(*utterance.corrections);
            utterances.push_back(std::move(one));
        }
        files.push_back(boost::json::object{{"file", transcript.file},
                                            {"durationMs", transcript.durationMs},
                                            {"language", transcript.language},
                                            {"utterances", std::move(utterances)}});
    }
    return boost::json::serialize(boost::json::object{{"files", std::move(files)}}) + "\n";
}

}  // namespace ninja3cx::transcription
