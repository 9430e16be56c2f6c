#include "server/net/throttle.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>

namespace ninja3cx::net {
namespace {

constexpr std::chrono::hours kLongestRetryAfter{1};

bool startsWithCaseless(std::string_view text, std::string_view prefix) {
    return isSameWord(text.substr(0, prefix.size()), prefix);
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
std::optional<std::int64_t> daysFromCivil(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

}  // namespace

std::optional<SystemTime> readHttpDate(std::string_view header) {
    const std::string text{trimmed(header).substr(0, 64)};
    std::array<char, 4> monthName{};
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d", &day, monthName.data(),
                    &year, &hour, &minute, &second) != 6)
        return std::nullopt;
    static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::size_t at = kMonths.find(std::string_view{monthName.data()});
    if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
    const auto days = daysFromCivil(year, static_cast<int>(at / 3) + 1, day);
    if (!days) return std::nullopt;
    const std::int64_t epochSeconds =
        *days * 86'400 + std::int64_t{hour} * 3'600 + std::int64_t{minute} * 60 + second;
    return SystemTime{std::chrono::seconds{epochSeconds}};
}

std::optional<std::chrono::milliseconds> readRetryAfter(std::string_view header, SystemTime now) {
    const std::string text{trimmed(header).substr(0, 64)};
    if (text.empty()) return std::nullopt;
    std::chrono::milliseconds wait{0};
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (failure != std::errc{} || seconds > 3600) seconds = 3600;
        wait = std::chrono::seconds{seconds};
    } else {
        const auto date = readHttpDate(text);
        if (!date) return std::nullopt;
        wait = *date - now;
    }
    return std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds{0}, kLongestRetryAfter);
}

std::optional<std::chrono::milliseconds> retryAfterOf(const HttpResponse& response, SystemTime now) {
    const auto header = response.headers.get("Retry-After");
    return header ? readRetryAfter(*header, now) : std::nullopt;
}

bool isWebPage(const HttpResponse& response) {
    const std::string_view body = trimmed(response.body);
    if (!body.empty() && body.front() == '<') return true;
    const auto contentType = response.headers.get("Content-Type");
    return contentType && startsWithCaseless(trimmed(*contentType), "text/html") && !body.empty() &&
           body.front() != '{' && body.front() != '[';
}

}  // namespace ninja3cx::net
