#include "server/analysis/dates/call_start.hpp"

#include "server/analysis/dates/date_reader.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

using namespace std::chrono;

std::optional<CallStart> parseCallStart(std::string_view iso8601) {
    const auto number = [&](std::size_t at, std::size_t length) -> std::optional<int> {
        if (at + length > iso8601.size()) return std::nullopt;
        const std::string_view piece = iso8601.substr(at, length);
        if (!std::all_of(piece.begin(), piece.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
        return static_cast<int>(*digitsOf(piece));
    };
    const auto has = [&](std::size_t at, std::string_view any) {
        return at < iso8601.size() && any.find(iso8601[at]) != std::string_view::npos;
    };
    const auto yearNumber = number(0, 4);
    const auto monthNumber = number(5, 2);
    const auto dayNumber = number(8, 2);
    if (!yearNumber || !monthNumber || !dayNumber || !has(4, "-") || !has(7, "-")) return std::nullopt;
    const year_month_day date{year{*yearNumber}, month{static_cast<unsigned>(*monthNumber)},
                              day{static_cast<unsigned>(*dayNumber)}};
    if (!date.ok()) return std::nullopt;
    CallStart start{local_days{date}, std::nullopt};
    std::size_t at = 10;
    if (at == iso8601.size()) return start;
    const auto hour = number(11, 2);
    const auto minute = number(14, 2);
    if (!has(10, "Tt ") || !has(13, ":") || !hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    start.clock = minutes{*hour * 60 + *minute};
    at = 16;
    if (has(at, ":")) {
        const auto second = number(17, 2);
        if (!second || *second > 60) return std::nullopt;
        at = 19;
        if (has(at, ".,")) {
            const std::size_t from = ++at;
            while (has(at, "0123456789")) ++at;
            if (at == from) return std::nullopt;
        }
    }
    if (at == iso8601.size() || (has(at, "Zz") && at + 1 == iso8601.size())) return start;
    if (!has(at, "+-")) return std::nullopt;
    const auto offsetHour = number(at + 1, 2);
    if (!offsetHour || *offsetHour > 23) return std::nullopt;
    at += 3;
    if (at == iso8601.size()) return start;
    if (has(at, ":")) ++at;
    const auto offsetMinute = number(at, 2);
    if (!offsetMinute || *offsetMinute > 59 || at + 2 != iso8601.size()) return std::nullopt;
    return start;
}

}  // namespace ninja3cx::analysis
