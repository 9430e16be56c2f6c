#include "server/analysis/summary/deadline.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/dates/date_reader.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/reported.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostWords = 18;

/// What must have happened by then.
const CueList& obligations() {
    static const CueList kCues{{"doit"},       {"doivent"},      {"dois"},   {"devons"}, {"il faut"},
                               {"il me faut"}, {"il nous faut"}, {"besoin"}, {"has to"}, {"have to"},
                               {"must"},       {"need"},         {"needs"},  {"got to"}, {"due"},
                               {"deadline"},   {"goes out"},     {"go out"}, {"closes"}, {"cloture*"}};
    return kCues;
}

/// What waits for nobody.
const CueList& meetings() {
    static const CueList kCues{
        {"client vient"},    {"client arrive"}, {"audience"}, {"reunion"},    {"presentation"},
        {"demonstration"},   {"rendez vous"},   {"visio"},    {"commission"}, {"inspection"},
        {"client ~ coming"}, {"meeting"},       {"hearing"},  {"webinar"},    {"demo"},
        {"inspector*"},      {"auditor*"}};
    return kCues;
}

/// A day or a clock, whatever day it is said on.
bool isPiece(const Clause& clause, std::size_t at) {
    return at < clause.words.size() &&
           datePieceAt(clause.words, clause.text, CallStart{}, at, true).has_value();
}

/// One past "avant dix-sept heures", "à quatorze heures" where `isFixed`; 0: none.
std::size_t afterTime(const Clause& clause, bool isFixed) {
    for (std::size_t at = 0; at + 1 < clause.words.size(); ++at) {
        const std::string_view word = clause.words[at].text;
        const bool isLimit = isOneOf(word, {"avant", "before", "by"}) ||
                             (word == "ici" && at > 0 && clause.words[at - 1].text == "d") ||
                             (isFixed && isOneOf(word, {"a", "at", "dans", "in"}));
        if (isLimit && isPiece(clause, at + 1)) return at + 2;
    }
    return 0;
}

bool isDeadline(const Clause& clause) {
    if (clause.isQuestion || clause.words.size() > kMostWords) return false;
    // "I'll need that by tonight": of something said before.
    if (std::ranges::any_of(clause.words, [](const Word& word) {
            return isOneOf(word.text, {"that", "it", "ca", "cela", "them"});
        }))
        return false;
    Line words;
    words.text = clause.text;
    words.words = clause.words;
    if (obligations().first(words) && afterTime(clause, false) > 0) return true;
    return meetings().first(words) && afterTime(clause, true) > 0;
}

/// The clause by its commas and its joints, the smallest piece that says all.
std::vector<Clause> piecesOf(const Clause& clause, bool isEnglish) {
    const Tokens tokens = tokensOf(clause.text);
    std::vector<Clause> pieces;
    std::size_t begin = 0;
    for (std::size_t at = 1; at <= tokens.size(); ++at) {
        const bool isJoint = at < tokens.size() && isJoinAt(tokens, at, isEnglish);
        if (at < tokens.size() && !(isCut(tokens[at].gap) && tokens[at].gap != ":") && !isJoint) continue;
        Tokens piece{tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                     tokens.begin() + static_cast<std::ptrdiff_t>(at)};
        while (!piece.empty() &&
               isOneOf(piece[0].plain, {"et", "mais", "donc", "and", "but", "so", "then", "puis"}))
            erase(piece, 0, 1);
        begin = at;
        if (piece.size() < kLeastWords) continue;
        Clause part;
        part.turn = clause.turn;
        part.position = clause.position;
        part.isQuestion = clause.isQuestion;
        part.isEnd = true;
        part.text = textOf(piece);
        part.words = wordsOf(part.text);
        pieces.push_back(std::move(part));
    }
    return pieces;
}

}  // namespace

SummaryPart deadlineSentence(const Findings& findings, std::string_view told, Gender gender) {
    const bool isEnglish = findings.conversation.isEnglish;
    const std::string who = isEnglish ? "The customer" : gender == Gender::Woman ? "La cliente" : "Le client";
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (const Clause& clause : clausesOf(line, findings.phrases, isEnglish))
            for (const Clause& piece : piecesOf(clause, isEnglish)) {
                if (!isDeadline(piece)) continue;
                const auto sentence = reported(piece, who, gender, isEnglish);
                if (!sentence || !sentence->isSentence) continue;
                std::string_view text = sentence->text;
                for (const std::string_view lead : {" signale que ", " signale qu'", " reports that "})
                    if (text.starts_with(who + std::string{lead}))
                        text.remove_prefix(who.size() + lead.size());
                // Told already, whatever its first letter and its end.
                if (told.find(text.substr(1, text.size() - 2)) != std::string_view::npos) return {};
                return {(isEnglish ? "Deadline: " : "Échéance : ") + uncapitalised(std::string{text}),
                        groundsOf(piece, protocol::Confidence::Likely)};
            }
    }
    return {};
}

}  // namespace ninja3cx::analysis
