#include "agent/softphone/pipe_message.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kMaxPairs = 64;

}  // namespace

PipeMessage PipeMessage::read(std::string_view text) {
    PipeMessage message;
    std::string lastKey;
    while (!text.empty() && message.pairs_.size() < kMaxPairs) {
        const std::size_t comma = text.find(',');
        const std::string_view piece = text.substr(0, comma);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos) {
            if (lastKey.ends_with("_name")) message.pairs_[lastKey] += "," + std::string{piece};
            continue;
        }
        lastKey = lowered(trimmed(piece.substr(0, equals)));
        if (!lastKey.empty()) message.pairs_[lastKey] = trimmed(piece.substr(equals + 1));
    }
    return message;
}

std::string_view PipeMessage::operator[](std::string_view key) const {
    const auto found = pairs_.find(key);
    return found == pairs_.end() ? std::string_view{} : std::string_view{found->second};
}

std::string writePipeMessage(const std::vector<std::pair<std::string_view, std::string>>& pairs) {
    std::string text;
    for (const auto& [key, value] : pairs) {
        if (!text.empty()) text += ',';
        text += std::string{key} + '=';
        std::ranges::copy_if(value, std::back_inserter(text), [](char c) {
            return c != ',' && c != '=' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
        });
    }
    return text;
}

}  // namespace ninja3cx::agent
