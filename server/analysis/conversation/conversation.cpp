#include "server/analysis/conversation/conversation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ninja3cx::analysis {
namespace {

constexpr std::array<std::string_view, 14> kEnglishWords = {
    "the", "is", "and", "you", "it", "to", "my", "of", "that", "i", "what", "have", "can", "hello"};
constexpr std::array<std::string_view, 14> kFrenchWords = {
    "le", "la", "les", "est", "je", "vous", "de", "et", "pas", "un", "une", "que", "sur", "bonjour"};

class LanguageGuess {
public:
    void read(const std::vector<Word>& words) {
        for (const Word& word : words) {
            english_ += isOneOf(kEnglishWords, word.text) ? 1U : 0U;
            french_ += isOneOf(kFrenchWords, word.text) ? 1U : 0U;
        }
    }
    bool isEnglish() const { return english_ > french_; }

private:
    static bool isOneOf(const std::array<std::string_view, 14>& list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    }
    std::size_t english_ = 0;
    std::size_t french_ = 0;
};

bool isKnown(const std::string& language) {
    return language == "en" || language == "fr";
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

std::string_view Line::gapAfter(std::size_t at) const {
    if (at + 1 >= words.size()) return {};
    const auto from = static_cast<std::size_t>(words[at].end);
    return text.substr(from, static_cast<std::size_t>(words[at + 1].begin) - from);
}

bool Line::isCutAfter(std::size_t at, std::string_view marks) const {
    return at + 1 >= words.size() || gapAfter(at).find_first_of(marks) != std::string_view::npos;
}

std::vector<Line> sentencesOf(const Line& line) {
    std::vector<Line> sentences;
    std::size_t first = 0;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const bool isLast = at + 1 == line.words.size();
        const std::string_view behind =
            isLast ? line.text.substr(static_cast<std::size_t>(line.words[at].end)) : line.gapAfter(at);
        if (!isLast && behind.find_first_of(kSentenceMarks) == std::string_view::npos) continue;
        const auto begin = line.words.begin();
        Line& sentence = sentences.emplace_back();
        sentence.speaker = line.speaker;
        sentence.turn = line.turn;
        sentence.position = line.position;
        sentence.text = line.text;
        sentence.words.assign(begin + static_cast<std::ptrdiff_t>(first),
                              begin + static_cast<std::ptrdiff_t>(at) + 1);
        sentence.isQuestion = behind.find('?') != std::string_view::npos;
        first = at + 1;
    }
    return sentences;
}

std::string languageOf(const protocol::AnalysisInput& input) {
    if (isKnown(input.language)) return input.language;
    LanguageGuess guess;
    for (const protocol::Turn& turn : input.turns) guess.read(wordsOf(turn.text));
    return guess.isEnglish() ? "en" : "fr";
}

Conversation readConversation(const protocol::AnalysisInput& input) {
    Conversation conversation;
    LanguageGuess guess;
    conversation.year = yearOf(input.startedAt);
    const double last = input.turns.size() > 1 ? static_cast<double>(input.turns.size() - 1) : 1.0;
    for (std::size_t i = 0; i < input.turns.size(); ++i) {
        Line line;
        line.speaker = input.turns[i].speaker;
        line.turn = static_cast<std::int32_t>(i);
        line.position = static_cast<double>(i) / last;
        line.text = input.turns[i].text;
        line.words = wordsOf(line.text);
        guess.read(line.words);
        line.isQuestion = looksLikeQuestion(line);
        conversation.lines.push_back(std::move(line));
    }
    conversation.isEnglish = isKnown(input.language) ? input.language == "en" : guess.isEnglish();
    return conversation;
}

}  // namespace ninja3cx::analysis
