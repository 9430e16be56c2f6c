#include "server/telephony/pbx_time.hpp"

namespace ninja3cx::telephony {
namespace {

/// The digits at the front of `text`, `count` of them, which are taken off.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, std::string_view anyOf) {
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// ".123", as far as milliseconds.
int takeFraction(std::string_view& text) {
    int ms = 0;
    int scale = 100;
    if (!take(text, ".")) return 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * scale;
        scale /= 10;
        text.remove_prefix(1);
    }
    return ms;
}

/// "Z", "+01:00" or nothing: minutes before UTC.
std::optional<int> takeOffset(std::string_view& text) {
    if (text.empty() || take(text, "Zz")) return 0;
    const bool isAhead = text.front() == '+';
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = takeDigits(text, 2);
    (void)take(text, ":");
    const auto minutes = takeDigits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return isAhead ? -offset : offset;
}

}  // namespace

std::optional<SystemTime> readPbxTime(std::string_view text) {
    using namespace std::chrono;
    const auto year = takeDigits(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = takeDigits(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = takeDigits(text, 2);
    if (!day || !take(text, "Tt ")) return std::nullopt;
    const auto hour = takeDigits(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = takeDigits(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = takeDigits(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const int ms = takeFraction(text);
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return SystemTime{sys_days{date} + hours{*hour} + minutes{*minute + *offset} + seconds{*second} +
                      milliseconds{ms}};
}

}  // namespace ninja3cx::telephony
