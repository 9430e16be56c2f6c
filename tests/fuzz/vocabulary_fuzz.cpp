#include "server/transcription/vocabulary.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool isTrue) {
    if (!isTrue) std::abort();
}

}  // namespace

/// Lines before the first empty one are a dictionary, each for what its first letter says; the rest is a text. Whatever
/// both hold, what was heard can be told from what was written, and a prompt is never too long.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::transcription;
    using ninja3cx::protocol::uncorrected;
    std::string_view rest{reinterpret_cast<const char*>(data), size > 8000 ? 8000 : size};
    Dictionary dictionary;
    std::vector<std::string> callWords;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string line{rest.substr(0, end)};
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty()) break;
        const std::string name = line.substr(1);
        if (line[0] == 'p') dictionary.prompt = name;
        if (line[0] == 'w') dictionary.words.push_back(name);
        if (line[0] == 'o') dictionary.organizations.push_back(name);
        if (line[0] == 'n') dictionary.people.push_back(name);
        if (line[0] == 'c') callWords.push_back(name);
        if (line[0] == 'h')
            dictionary.corrections[name.substr(0, name.find('='))] = name.substr(name.find('=') + 1);
    }
    const std::string text{rest};
    const Vocabulary vocabulary{dictionary};
    const Corrected corrected = vocabulary.correct(text);
    require(uncorrected(corrected.text, corrected.corrections) == text);
    std::int32_t end = 0;
    for (const auto& correction : corrected.corrections) {
        require(correction.at >= end && correction.length > 0 && !correction.heard.empty());
        end = correction.at + correction.length;
    }
    require(static_cast<std::size_t>(end) <= corrected.text.size());
    // What is shown of the first half is never taken back.
    const std::size_t half = text.find(' ', text.size() / 2);
    const CorrectedBeginning begun = vocabulary.correctBeginning(text.substr(0, half));
    require(begun.firmBytes <= begun.text.size());
    require(corrected.text.starts_with(begun.text.substr(0, begun.firmBytes)));
    require(estimatedTokens(vocabulary.promptFor(callWords)) <= kPromptTokens);
    // Corrections from elsewhere, of another text, do no harm.
    (void)uncorrected(text, corrected.corrections);
    return 0;
}
