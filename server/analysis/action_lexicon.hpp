#pragma once

#include <span>
#include <string_view>

namespace ninja3cx::analysis {

enum class ActionTime {
    Now,
    Later,
    Said
};  // done in the call; promised; done unless the line speaks of later

struct ActionCue {
    std::string_view kind;
    std::string_view phrase;
    ActionTime time = ActionTime::Said;
};
/// What technicians say when they do or promise something.
std::span<const ActionCue> actionCues();

struct ActionWording {
    std::string_view kind;
    std::string_view done;
    std::string_view todo;
    std::string_view doneEn;
    std::string_view todoEn;
};
std::span<const ActionWording> actionWordings();

}  // namespace ninja3cx::analysis
