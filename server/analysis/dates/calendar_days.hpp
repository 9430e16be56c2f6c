#pragma once

#include <chrono>

/// Days counted from a day.
namespace ninja3cx::analysis {

using std::chrono::local_days;

inline local_days onOrAfter(local_days day, std::chrono::weekday wanted) {
    return day + (wanted - std::chrono::weekday{day});
}
inline local_days mondayOf(local_days day) {
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}
inline local_days lastOfMonth(std::chrono::year_month month) {
    return local_days{month / std::chrono::last};
}
inline local_days monthsLater(local_days day, int count) {
    const std::chrono::year_month_day date{day};
    const std::chrono::year_month month = date.year() / date.month() + std::chrono::months{count};
    const std::chrono::year_month_day same = month / date.day();
    return same.ok() ? local_days{same} : lastOfMonth(month);
}
inline local_days workingDaysLater(local_days day, int count) {
    while (count > 0) {
        day += std::chrono::days{1};
        const unsigned of = std::chrono::weekday{day}.iso_encoding();
        if (of <= 5) --count;
    }
    return day;
}
/// The Friday of the day's week; at the weekend its Sunday.
inline local_days endOfWeek(local_days day) {
    const local_days friday = mondayOf(day) + std::chrono::days{4};
    return friday >= day ? friday : mondayOf(day) + std::chrono::days{6};
}

}  // namespace ninja3cx::analysis
