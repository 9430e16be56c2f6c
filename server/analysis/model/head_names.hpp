#pragma once

#include <string>
#include <string_view>

/// What several folders ask the model by name. The training makes the names (`questions` and `turnHeads` in
/// training/train_model.cpp).
namespace ninja3cx::analysis {

/// Questions about a call: `Model::choices`. Each kind of action has its own, `actionHead`.
namespace question {
inline constexpr std::string_view kResolved = "resolved";
inline constexpr std::string_view kCallback = "callback";
}  // namespace question

/// What a turn shows: `Model::turnHeads`. Each kind of action has its own as well, and each category
/// (`turnHeadOf` in conclusions/category.hpp).
namespace head {
inline constexpr std::string_view kFix = "fix";
inline constexpr std::string_view kOpen = "open";
inline constexpr std::string_view kCallbackTodo = "callback:todo";
}  // namespace head

/// "action.reboot": was it done or promised, of a call; does it speak of it, of a turn.
inline std::string actionHead(std::string_view kind) {
    return "action." + std::string{kind};
}

}  // namespace ninja3cx::analysis
