#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/calls/masking.hpp"
#include "server/tests/calls/real_masking.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// What is shown of calls that are written line by line.
namespace ninja3cx::calls {

using Texts = std::vector<std::string>;  // "A: " the technician's, "C: " the customer's

inline protocol::Speaker speakerOf(const std::string& line) {
    return line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer;
}

/// What is shown of a call while it goes on.
inline Texts live(const Texts& call, const std::string& language) {
    const RealMasking masker;
    SaidSecrets said;
    std::string before;
    Texts shown;
    for (const std::string& line : call) {
        protocol::Utterance utterance;
        utterance.text = line.substr(3);
        utterance.channel = speakerOf(line);
        utterance.isFinal = true;
        mask(utterance, masker, language, before, said);
        before = utterance.text;
        shown.push_back(utterance.text);
    }
    return shown;
}

/// What is stored of it, had nothing been masked before.
inline Texts whole(const Texts& call, const std::string& language) {
    protocol::AnalysisInput input;
    input.language = language;
    Texts texts;
    for (const std::string& line : call) {
        texts.push_back(line.substr(3));
        input.turns.push_back({speakerOf(line), 0, 0, texts.back()});
    }
    const auto found = analysis::findPersonalData(analysis::readConversation(input));
    for (auto data = found.rbegin(); data != found.rend(); ++data)
        texts[static_cast<std::size_t>(data->turn)].replace(
            static_cast<std::size_t>(data->begin), static_cast<std::size_t>(data->end - data->begin), "[]");
    return texts;
}

}  // namespace ninja3cx::calls
