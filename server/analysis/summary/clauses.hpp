#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/summary/name_phrases.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// A sentence of a turn, or a clause of it where a recogniser wrote none: cleaned of greetings, names,
/// hesitations and repetitions, with the apostrophes and product names put back.
struct Clause {
    std::int32_t turn = 0;
    double position = 0;
    std::string text;
    std::vector<Word> words;  // of `text`
    bool isQuestion = false;
    bool isEnd = false;  // a full stop stood after it
};
/// The words of a clause, as cues read them; it must outlive them.
Line lineOf(const Clause& clause);

/// What says how angry somebody is, and nothing of the matter.
const CueList& vexationCues();

/// No piece is told that has fewer words.
inline constexpr std::size_t kLeastWords = 4;

/// Those of at least `least` words.
std::vector<Clause> clausesOf(const Line& line, const NamePhrases& names, bool isEnglish,
                              std::size_t least = kLeastWords);

/// Takes words off the end that need something to follow. `isEnd`: a full stop stood there, so only a joint is
/// too much.
void dropDangling(Tokens& tokens, bool isEnd = false);

/// The next clause begins there: "mais", "et puis".
bool isJoinAt(const Tokens& tokens, std::size_t at, bool isEnglish);

/// Where the next clause begins from `from` on; the places where speech joins one thing to the next.
std::size_t joinAt(const Tokens& tokens, std::size_t from, bool isEnglish);

}  // namespace ninja3cx::analysis
