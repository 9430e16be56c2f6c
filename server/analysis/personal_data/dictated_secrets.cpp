#include "server/analysis/personal_data/dictated_secrets.hpp"

#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kReach = 30;       // lines of a dictation
constexpr std::size_t kMostQuiet = 3;    // lines without a piece, one after the other
constexpr std::size_t kMostUnits = 4;    // words, numbers or signs of a piece
constexpr std::size_t kShortAnswer = 6;  // words

/// Said round a piece.
bool isRound(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"d",     "accord", "c",        "est",       "note",    "bon",    "go",      "ahead",    "je",
         "allez", "y",      "attendez", "merci",     "euh",     "ca",     "marche",  "right",    "that",
         "s",     "it",     "got",      "tres",      "bien",    "next",   "um",      "uh",       "hold",
         "on",    "sure",   "fine",     "parfait",   "super",   "thanks", "suite",   "la",       "le",
         "the",   "rest",   "after",    "continuez", "mm",      "hm",     "vas",     "quoi",     "what",
         "else",  "ouais",  "yep",      "ready",     "is",      "tout",   "attache", "attached", "one",
         "word",  "now",    "up",       "down",      "written", "ecoute"});
    return isGoingOn(word) || isIn(kWords, word);
}

/// The words of a line without what stands round them; nothing: it only agrees.
struct Piece {
    std::size_t first = 0;
    std::size_t last = 0;
    std::string value;
    bool hasForm = false;    // a sign, or more than one digit
    bool isOnlyForm = true;  // numbers, signs, letters and their case alone
};
/// Nothing: the line says something else.
std::optional<Piece> pieceOf(const Line& line) {
    Piece piece;
    std::size_t from = 0;
    std::size_t to = line.words.size();
    while (from < to && isRound(line.words[from].text)) ++from;
    while (to > from && isRound(line.words[to - 1].text)) --to;
    piece.first = from;
    piece.last = to;
    std::size_t units = 0;
    for (std::size_t at = from; at < to;) {
        const std::string_view word = line.words[at].text;
        if (++units > kMostUnits) return std::nullopt;
        if (const auto number = numberAt(line.words, at)) {
            if (number->last < line.words.size() && isUnit(line.words[number->last].text))
                return std::nullopt;
            piece.value += number->digits;
            piece.hasForm = piece.hasForm || number->digits.size() > 1;
            at = number->last;
            continue;
        }
        if (const SignWord* sign = signOf(word)) {
            piece.value += sign->sign;
            piece.hasForm = true;
        } else if (word.size() == 1 && hasLetter(word)) {
            piece.value += word;
        } else if (isCase(word) || isJoint(word) || word == "mark") {
            --units;
        } else if (!isStop(word) || isWeakPassword(word)) {
            piece.value += rawWord(line, at);
            piece.isOnlyForm = false;
        } else {
            return std::nullopt;
        }
        ++at;
    }
    return piece;
}

bool announcesDictation(const Line& line) {
    static constexpr auto kPhrases = std::to_array<std::string_view>(
        {"dicte ~ mot de passe",  "dicter ~ mot de passe", "donne ~ mot de passe", "donner ~ mot de passe",
         "epelle ~ mot de passe", "epeler ~ mot de passe", "note* ~ mot de passe", "dicte ~ code",
         "pen ~ password",        "ready for ~ password",  "pret* ~ mot de passe", "read you ~ password",
         "give you ~ password",   "spell ~ password",      "dictate ~ password",   "tell you ~ password",
         "read ~ password out",   "call out ~ password",   "here s ~ password",    "voici ~ mot de passe",
         "write ~ password down", "spell out ~ password",  "dicte ~ cle",          "dicte ~ provisoire"});
    static const CueIndex kCues{{0, kPhrases}};
    if (kCues.groupsIn(line.words) != 0) return true;
    static const CueList kOpen{{"mot de passe ~ c est"}, {"mot de passe ~ est"}, {"password ~ is"},
                               {"mot de passe ~ sera"},  {"code wifi c est"},    {"password ~ s"}};
    const auto hits = kOpen.all(line);
    return std::any_of(hits.begin(), hits.end(),
                       [&](const CueList::Hit& hit) { return hit.match.last == line.words.size(); });
}

}  // namespace

std::vector<ToldKey> dictatedSecretsIn(const Conversation& conversation) {
    std::vector<ToldKey> found;
    const auto& lines = conversation.lines;
    for (std::size_t index = 0; index < lines.size(); ++index) {
        if (!announcesDictation(lines[index])) continue;
        std::vector<ToldKey> pieces;
        std::vector<std::string> values;
        std::string whole;
        bool hasForm = false;
        std::size_t echoes = 0;
        std::size_t quiet = 0;
        std::size_t next = index + 1;
        for (; next < lines.size() && next <= index + kReach && quiet <= kMostQuiet; ++next) {
            const auto piece = pieceOf(lines[next]);
            // "oui, j'écoute"
            const bool isReady = values.empty() && lines[next].speaker != lines[index].speaker &&
                                 lines[next].words.size() <= kShortAnswer;
            if (isReady) continue;
            if (!piece) break;
            if (piece->value.empty()) {
                ++quiet;
                continue;
            }
            const bool isEcho = std::find(values.begin(), values.end(), piece->value) != values.end();
            if (lines[next].speaker != lines[index].speaker) {
                if (!isEcho) break;
                ++echoes;
            } else {
                values.push_back(piece->value);
                whole += piece->value;
                hasForm = hasForm || piece->hasForm;
            }
            quiet = 0;
            pieces.push_back({{}, next, piece->first, piece->last});
        }
        if (values.size() < 2 || (echoes == 0 && !hasForm)) continue;
        for (ToldKey& piece : pieces) {
            piece.value = whole;
            found.push_back(std::move(piece));
        }
        index = next - 1;
    }
    return found;
}

std::vector<ToldKey> restOfSecret(const Conversation& conversation, std::size_t index, std::size_t last) {
    std::vector<ToldKey> found;
    const auto& lines = conversation.lines;
    const Line& told = lines[index];
    for (std::size_t at = last; at < told.words.size(); ++at)
        if (!isRound(told.words[at].text) && !isCase(told.words[at].text)) return found;
    for (std::size_t next = index + 1; next < lines.size() && next <= index + 4; ++next) {
        const auto piece = pieceOf(lines[next]);
        if (!piece || lines[next].words.size() > kShortAnswer + piece->last - piece->first) break;
        if (piece->value.empty()) continue;
        if (lines[next].speaker != told.speaker || !piece->isOnlyForm || lines[next].isQuestion) break;
        found.push_back({piece->value, next, piece->first, piece->last});
    }
    return found;
}

}  // namespace ninja3cx::analysis
