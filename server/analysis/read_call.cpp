#include "server/analysis/read_call.hpp"

#include "server/analysis/dates/call_start.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace ninja3cx::analysis {
namespace {

constexpr double kMaxSeconds = 48 * 3'600;

Error wrong(const std::string& what) {
    return Error{ErrorKind::BadMessage, what};
}

std::string written(double seconds) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g", seconds);
    return text.data();
}

Result<void> checkTime(double seconds, const std::string& path) {
    if (!std::isfinite(seconds)) return wrong(path + ": is no finite number of seconds");
    if (seconds < 0) return wrong(path + ": " + written(seconds) + " is negative");
    if (seconds > kMaxSeconds)
        return wrong(path + ": " + written(seconds) + " is more than 48 hours; times are in seconds");
    return {};
}

Result<void> checkTurns(const std::vector<protocol::Turn>& turns) {
    std::size_t spoken = 0;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const std::string path = "turns[" + std::to_string(i) + "]";
        for (const auto& [seconds, name] : {std::pair{turns[i].t0, ".t0"}, std::pair{turns[i].t1, ".t1"}})
            if (auto fine = checkTime(seconds, path + name); !fine) return fine.error();
        if (turns[i].t1 < turns[i].t0)
            return wrong(path + ".t1: " + written(turns[i].t1) + " is before t0, " + written(turns[i].t0));
        if (turns[i].text.size() > kMaxTurnBytes)
            return wrong(path + ".text: has " + std::to_string(turns[i].text.size()) + " bytes; at most " +
                         std::to_string(kMaxTurnBytes) + " are one turn of speech");
        spoken += turns[i].text.size();
        if (spoken > kMaxSpokenBytes)
            return wrong("turns: there are more than " + std::to_string(kMaxSpokenBytes >> 20U) +
                         " MiB of text up to " + path + "; that is no call");
    }
    return {};
}

/// Of the first line that is no UTF-8, from 1 on; 0: all are.
std::size_t brokenLine(std::string_view text) {
    if (isUtf8(text)) return 0;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!isUtf8(text.substr(0, end))) return line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return 1;
}

}  // namespace

Result<protocol::AnalysisInput> readCall(std::string_view text) {
    if (text.size() > kMaxCallBytes)
        return wrong("is larger than " + std::to_string(kMaxCallBytes >> 20U) + " MiB; this is no call");
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return wrong("is empty; a call is a JSON object with id, language, duration_s and turns");
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (const std::size_t line = brokenLine(text); line > 0)
        return wrong("is no UTF-8 in line " + std::to_string(line) + "; save it as UTF-8");
    const auto value = json::parse(text);
    if (!value) return value.error();
    const boost::json::object* call = value->if_object();
    if (!call) return wrong("must be a JSON object with id, language, duration_s and turns");
    // Before anything is made of them.
    const boost::json::value* turns = call->if_contains("turns");
    if (!turns) return wrong("turns: is missing");
    if (turns->is_array() && turns->get_array().size() > kMaxCallTurns)
        return wrong("turns: there are " + std::to_string(turns->get_array().size()) + "; at most " +
                     std::to_string(kMaxCallTurns) + " are analysed");
    auto input = json::decode<protocol::AnalysisInput>(*value);
    if (!input) return input.error();
    if (auto fine = checkTime(input->durationS, "duration_s"); !fine) return fine.error();
    if (auto fine = checkTurns(input->turns); !fine) return fine.error();
    if (input->startedAt && !parseCallStart(*input->startedAt))
        return wrong("started_at: is no date and time in ISO 8601, such as 2026-11-30T14:05:00+01:00");
    return input;
}

}  // namespace ninja3cx::analysis
