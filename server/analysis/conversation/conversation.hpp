#pragma once

#include "server/analysis/conversation/phrases.hpp"
#include "shared/protocol/analysis.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What ends a clause, and what ends a sentence: a colon only announces the rest of it.
inline constexpr std::string_view kClauseMarks = ",;:.!?()\n";
inline constexpr std::string_view kSentenceMarks = ".;!?\n";

/// The call as all rules read it: each turn's words, and where in the call it lies.
struct Line {
    protocol::Speaker speaker{};
    std::int32_t turn = 0;  // index into the input
    double position = 0;    // 0 at the first turn, 1 at the last
    std::string_view text;
    std::vector<Word> words;
    bool isQuestion = false;

    /// What is written between word `at` and the next; behind the last, nothing.
    std::string_view gapAfter(std::size_t at) const;
    /// One of the marks stands between word `at` and the next, or it is the last.
    bool isCutAfter(std::size_t at, std::string_view marks = kClauseMarks) const;
};

struct Conversation {
    bool isEnglish = false;
    int year = 0;  // in which it was held
    std::vector<Line> lines;

    /// False for a call of which nothing was understood: nothing may be concluded from it.
    bool hasWords() const {
        return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return !line.words.empty(); });
    }
};

/// A turn as its sentences, each a question where its own mark says so: "C'est coupé. Autre chose ?" is one and none.
std::vector<Line> sentencesOf(const Line& line);

/// "fr" or "en": what the call says, or what most of its small words are of.
std::string languageOf(const protocol::AnalysisInput& input);

/// `input` must outlive the result. A call that does not say when it began is of a year that never changes: no clock is
/// asked.
Conversation readConversation(const protocol::AnalysisInput& input);

/// A conclusion with what it rests on.
template <class T>
struct Conclusion {
    T value{};
    protocol::Confidence confidence = protocol::Confidence::Unsure;
    std::string cue;
    std::vector<std::int32_t> turns;
};

template <class T>
protocol::Evidence evidenceOf(std::string field, const Conclusion<T>& conclusion) {
    return {std::move(field), conclusion.cue, conclusion.turns, conclusion.confidence};
}

}  // namespace ninja3cx::analysis
