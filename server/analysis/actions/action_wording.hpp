#pragma once

#include <span>
#include <string_view>

namespace ninja3cx::analysis {

/// How an action reads in a ticket, done and still to be done.
struct ActionWording {
    std::string_view kind;
    std::string_view done;
    std::string_view todo;
    std::string_view doneEn;
    std::string_view todoEn;
};
/// Of each kind, in the order of the evaluation's README.
std::span<const ActionWording> actionWordings();

}  // namespace ninja3cx::analysis
