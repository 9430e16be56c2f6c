#pragma once

#include "server/analysis/conversation.hpp"
#include "server/analysis/names.hpp"

#include <optional>
#include <string>
#include <string_view>
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
std::vector<Clause> clausesOf(const Line& line, const Names& names, bool isEnglish);

enum class Gender { Unknown, Woman, Man };
/// By how the technician addresses the customer, else by the first name where it is only a woman's or a man's.
Gender genderOf(const Conversation& conversation, const std::string& customer);

struct Told {
    std::string text;
    bool isSentence = true;  // not only a piece after a colon
};
/// What the customer said, as a colleague tells it: "je n'arrive plus à ouvrir mon Outlook" becomes "Claire
/// Fontaine n'arrive plus à ouvrir son Outlook.", "l'imprimante bourre" becomes "Claire Fontaine signale que
/// l'imprimante bourre.". Nothing where the first person cannot be turned safely.
std::optional<Told> reported(const Clause& clause, const std::string& who, Gender gender, bool isEnglish);

/// The customer's own words, cut at a clause: for what `reported` gives up.
std::string quoted(const Clause& clause, const std::string& who, bool isEnglish);

}  // namespace ninja3cx::analysis
