#include "server/analysis/conversation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ninja3cx::analysis {
namespace {

constexpr std::array<std::string_view, 14> kEnglishWords = {
    "the", "is", "and", "you", "it", "to", "my", "of", "that", "i", "what", "have", "can", "hello"};
constexpr std::array<std::string_view, 14> kFrenchWords = {
    "le", "la", "les", "est", "je", "vous", "de", "et", "pas", "un", "une", "que", "sur", "bonjour"};

template <std::size_t n>
std::size_t countOf(const Conversation& conversation, const std::array<std::string_view, n>& words) {
    std::size_t count = 0;
    for (const Line& line : conversation.lines)
        for (const Word& word : line.words)
            count += std::find(words.begin(), words.end(), word.text) != words.end() ? 1U : 0U;
    return count;
}

bool looksLikeQuestion(const Line& line) {
    static const std::array<Phrase, 14> kOpenings = {
        Phrase{"est ce que"},   Phrase{"que puis je"}, Phrase{"a quel numero"}, Phrase{"quel"},
        Phrase{"quelle"},       Phrase{"comment"},     Phrase{"pouvez vous"},   Phrase{"avez vous"},
        Phrase{"depuis quand"}, Phrase{"what"},        Phrase{"how"},           Phrase{"when"},
        Phrase{"can you"},      Phrase{"could you"}};
    if (line.text.find('?') != std::string_view::npos) return true;
    return std::any_of(kOpenings.begin(), kOpenings.end(), [&](const Phrase& opening) {
        const auto match = opening.find(line.words);
        return match && match->first == 0;
    });
}

/// Of a call that does not say when it began. No clock is asked: the same call reads the same in any year. "34" is
/// 2034 at the latest, so who was born in 1935 is still read rightly.
constexpr int kYearUnknown = 2030;

int yearOf(const std::optional<std::string>& startedAt) {
    int year = 0;
    if (startedAt && startedAt->size() >= 10) std::from_chars(startedAt->data(), startedAt->data() + 4, year);
    return year >= 1970 && year <= 9999 ? year : kYearUnknown;
}

}  // namespace

Conversation readConversation(const protocol::AnalysisInput& input) {
    Conversation conversation;
    conversation.year = yearOf(input.startedAt);
    const double last = input.turns.size() > 1 ? static_cast<double>(input.turns.size() - 1) : 1.0;
    for (std::size_t i = 0; i < input.turns.size(); ++i) {
        Line line;
        line.speaker = input.turns[i].speaker;
        line.turn = static_cast<std::int32_t>(i);
        line.position = static_cast<double>(i) / last;
        line.text = input.turns[i].text;
        line.words = wordsOf(line.text);
        line.isQuestion = looksLikeQuestion(line);
        conversation.lines.push_back(std::move(line));
    }
    if (input.language == "en" || input.language == "fr")
        conversation.isEnglish = input.language == "en";
    else
        conversation.isEnglish = countOf(conversation, kEnglishWords) > countOf(conversation, kFrenchWords);
    return conversation;
}

}  // namespace ninja3cx::analysis
