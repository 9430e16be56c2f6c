#include "simulators/pbx/pipe_frames.hpp"

#include <boost/locale/encoding_utf.hpp>

#include <algorithm>

namespace ninja3cx::simulators {
namespace {
constexpr std::size_t kMostUnits = 32'767;
}  // namespace

std::string textOfFields(const PipeFields& fields) {
    std::string text;
    for (const auto& [key, value] : fields) text += (text.empty() ? "" : ",") + key + "=" + value;
    return text;
}

PipeFields fieldsOfText(std::string_view text) {
    PipeFields fields;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find(','));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && equals > 0)
            fields.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return fields;
}

std::string fieldOf(const PipeFields& fields, std::string_view name) {
    for (const auto& [key, value] : fields)
        if (key == name) return value;
    return {};
}

std::string encodePipeFrame(std::string_view text) {
    std::u16string units = boost::locale::conv::utf_to_utf<char16_t>(text.data(), text.data() + text.size());
    units.resize(std::min(units.size(), kMostUnits));
    std::string frame;
    const auto add = [&](std::size_t value) {
        frame.push_back(static_cast<char>(value & 0xFFU));
        frame.push_back(static_cast<char>(value >> 8U & 0xFFU));
    };
    add(units.size() * 2);
    for (const char16_t unit : units) add(unit);
    return frame;
}

std::vector<std::string> PipeReader::push(std::string_view bytes) {
    pending_ += bytes;
    std::vector<std::string> texts;
    std::size_t at = 0;
    const auto number = [&](std::size_t place) {
        return static_cast<std::size_t>(static_cast<unsigned char>(pending_[place])) |
               static_cast<std::size_t>(static_cast<unsigned char>(pending_[place + 1])) << 8U;
    };
    while (pending_.size() - at >= 2) {
        const std::size_t length = number(at);
        if (pending_.size() - at - 2 < length) break;
        std::u16string units;
        for (std::size_t i = 0; i + 1 < length; i += 2)
            units.push_back(static_cast<char16_t>(number(at + 2 + i)));
        texts.push_back(boost::locale::conv::utf_to_utf<char>(units));
        at += 2 + length;
    }
    pending_.erase(0, at);
    return texts;
}

}  // namespace ninja3cx::simulators
