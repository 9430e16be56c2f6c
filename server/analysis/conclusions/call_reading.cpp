#include "server/analysis/conclusions/call_reading.hpp"

#include "server/analysis/conclusions/asides.hpp"
#include "server/analysis/conclusions/denied.hpp"
#include "server/analysis/model/contributions.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <stdexcept>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostTurns = 3;
constexpr float kBesideTheBest = 0.5F;  // a turn counts when it shows at least this share of the plainest
constexpr std::size_t kCueWords = 6;
constexpr std::size_t kCueLength = 80;
constexpr std::string_view kQuoteMarks = ".?!;:";  // no cue goes over them

/// Words that no cue begins or ends with, unless it has no others.
bool isSmall(std::string_view word) {
    static constexpr std::string_view kSmall[] = {
        "le",    "la",   "les",  "l",     "un",   "une", "des",   "du",    "de",  "d",    "et",
        "ou",    "que",  "qui",  "qu",    "a",    "au",  "aux",   "en",    "y",   "dans", "sur",
        "pour",  "par",  "avec", "chez",  "donc", "ben", "bon",   "alors", "oui", "ok",   "ah",
        "oh",    "est",  "s",    "c",     "j",    "ce",  "se",    "me",    "m",   "t",    "si",
        "comme", "the",  "an",   "of",    "to",   "and", "at",    "in",    "for", "so",   "well",
        "my",    "your", "that", "which", "is",   "was", "there", "re",    "ve"};
    return std::ranges::find(kSmall, word) != std::end(kSmall);
}
/// Nor ends with.
bool isPronoun(std::string_view word) {
    static constexpr std::string_view kPronouns[] = {"je",  "vous",  "il",   "elle", "on",
                                                     "ils", "elles", "nous", "i",    "you",
                                                     "we",  "he",    "she",  "it",   "they"};
    return std::ranges::find(kPronouns, word) != std::end(kPronouns);
}

/// Some words in a row of a line.
struct Run {
    std::size_t first = 0;
    std::size_t last = 0;  // one past; 0: none
};

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The few words of one sentence that add up to most. None goes over personal data.
Run bestRun(const Line& line, std::span<const float> contributions) {
    Run best;
    float most = 0;
    for (std::size_t first = 0; first < line.words.size(); ++first) {
        float sum = 0;
        for (std::size_t i = first; i < std::min(first + kCueWords, line.words.size()); ++i) {
            if (line.words[i].text == "[]" || (i > first && line.isCutAfter(i - 1, kQuoteMarks))) break;
            sum += contributions[i];
            if (best.last != 0 && sum <= most) continue;
            best = {first, i + 1};
            most = sum;
        }
    }
    return best;
}

/// "'ai besoin du" -> "j'ai besoin": as a person would quote it.
Run quotable(const Line& line, Run run) {
    Run trimmed = run;
    while (trimmed.first < trimmed.last && isSmall(line.words[trimmed.first].text)) ++trimmed.first;
    const auto isLoose = [&](std::string_view word) { return isSmall(word) || isPronoun(word); };
    while (trimmed.first < trimmed.last && isLoose(line.words[trimmed.last - 1].text)) --trimmed.last;
    if (trimmed.first == trimmed.last) trimmed = run;
    const auto isJoined = [&](std::size_t before) {
        const std::string_view between = line.gapAfter(before);
        return between == "'" || between == "-" || between == "\u2019";
    };
    const auto isMask = [&](std::size_t at) { return line.words[at].text == "[]"; };
    if (trimmed.first > 0 && isJoined(trimmed.first - 1) && !isMask(trimmed.first - 1)) --trimmed.first;
    if (trimmed.last < line.words.size() && isJoined(trimmed.last - 1) && !isMask(trimmed.last))
        ++trimmed.last;
    return trimmed;
}

[[noreturn]] void throwUnknown(std::string_view what, std::string_view name) {
    throw std::logic_error{"the model has no " + std::string{what} + " \"" + std::string{name} + "\""};
}

bool isOfMatter(std::string_view head) {
    return head.starts_with("category.");
}

/// Where no turn of the customer shows any category so plainly, only what is denied tells of the matter.
constexpr float kShown = 0.03F;

}  // namespace

CallReading::CallReading(const Conversation& conversation, const Model& model)
    : conversation_{conversation}, model_{model}, matter_{withoutDenied(conversation)} {
    turns_.reserve(conversation.lines.size());
    for (const Line& line : conversation.lines)
        turns_.push_back(model.readTurn(line.speaker == protocol::Speaker::Agent, line.words));
    margins_ = model.concludeFrom(turns_);
    marginsOfMatter_ = readMatter() ? model.concludeFrom(turnsOfMatter_) : margins_;
    const std::size_t aside = asideFrom(conversation);
    if (aside == turns_.size()) return;
    const std::vector<float> before = model.concludeFrom(std::span{turnsOfMatter_}.first(aside));
    for (std::size_t head = 0; head < before.size(); ++head)
        marginsOfMatter_[head] = 0.5F * (marginsOfMatter_[head] + before[head]);
}

bool CallReading::readMatter() {
    turnsOfMatter_ = turns_;
    bool isAnythingDenied = false;
    float most = 0;
    for (std::size_t turn = 0; turn < turns_.size(); ++turn) {
        const Line& line = matter_.lines[turn];
        if (line.words.size() != conversation_.lines[turn].words.size()) {
            isAnythingDenied = true;
            turnsOfMatter_[turn] = model_.readTurn(line.speaker == protocol::Speaker::Agent, line.words);
        }
        if (line.speaker != protocol::Speaker::Customer || line.words.empty()) continue;
        for (std::size_t head = 0; head < model_.turnHeads.size(); ++head)
            if (isOfMatter(model_.turnHeads[head]))
                most = std::max(most, turnsOfMatter_[turn].probabilities[head]);
    }
    if (!isAnythingDenied || most >= kShown) return isAnythingDenied;
    matter_ = conversation_;
    turnsOfMatter_ = turns_;
    return false;
}

CallReading::Said CallReading::answer(std::string_view question) const {
    return answerFrom(question, margins_);
}

CallReading::Said CallReading::answerOfMatter(std::string_view question) const {
    return answerFrom(question, marginsOfMatter_);
}

CallReading::Said CallReading::answerIn(const Conversation& rest, std::string_view question) const {
    std::vector<TurnReading> turns = turns_;
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        const Line& line = rest.lines[turn];
        if (line.words.size() != conversation_.lines[turn].words.size())
            turns[turn] = model_.readTurn(line.speaker == protocol::Speaker::Agent, line.words);
    }
    return answerFrom(question, model_.concludeFrom(turns));
}

CallReading::Said CallReading::answerFrom(std::string_view question,
                                          const std::vector<float>& margins) const {
    const Choice* choice = model_.choice(question);
    if (!choice) throwUnknown("question", question);
    const Answer answer = model_.answer(*choice, margins);
    Said said{answer.value, answer.runnerUp, protocol::Confidence::Unsure, answer.certainty};
    if (answer.certainty >= choice->likelyFrom) said.confidence = protocol::Confidence::Likely;
    if (answer.certainty >= choice->sureFrom) said.confidence = protocol::Confidence::Sure;
    return said;
}

std::size_t CallReading::headIndex(std::string_view head) const {
    const auto index = model_.turnHead(head);
    if (!index) throwUnknown("head of turns", head);
    return *index;
}

float CallReading::shows(std::size_t turn, std::string_view head) const {
    return (isOfMatter(head) ? turnsOfMatter_ : turns_)[turn].probabilities[headIndex(head)];
}

float CallReading::showsIn(const Line& line, std::span<const Word> words, std::string_view head) const {
    return model_.readTurn(line.speaker == protocol::Speaker::Agent, words).probabilities[headIndex(head)];
}

float CallReading::laterChance(std::size_t turn, std::string_view actionKind) const {
    const auto kind = std::ranges::find(model_.actionKinds, actionKind);
    if (kind == model_.actionKinds.end()) throwUnknown("kind of action", actionKind);
    return model_.laterChance(turns_[turn], static_cast<std::size_t>(kind - model_.actionKinds.begin()));
}

std::vector<CallReading::Shown> CallReading::plainestTurns(const std::vector<std::string>& heads,
                                                           std::optional<protocol::Speaker> speaker) const {
    std::vector<Shown> shown;
    for (std::size_t turn = 0; turn < turns_.size(); ++turn) {
        const Line& line = conversation_.lines[turn];
        if (line.words.empty() || (speaker && line.speaker != *speaker)) continue;
        float plain = 0;
        for (const std::string& head : heads) plain = std::max(plain, shows(turn, head));
        shown.push_back({line.turn, plain});
    }
    std::ranges::stable_sort(shown, std::greater{}, &Shown::plain);
    const auto weak = std::ranges::find_if(
        shown, [&](const Shown& turn) { return turn.plain < kBesideTheBest * shown[0].plain; });
    shown.erase(weak, shown.end());
    return shown;
}

Basis CallReading::basisOf(const std::vector<std::string>& heads,
                           std::optional<protocol::Speaker> speaker) const {
    const std::vector<Shown> shown = plainestTurns(heads, speaker);
    if (shown.empty() && speaker) return basisOf(heads);
    std::vector<std::int32_t> turns;
    for (const Shown& each : std::span{shown}.first(std::min(shown.size(), kMostTurns)))
        turns.push_back(each.turn);
    return basisIn(std::move(turns), heads);
}

Basis CallReading::basisIn(std::vector<std::int32_t> turns, const std::vector<std::string>& heads) const {
    Basis basis;
    for (const std::int32_t index : turns) {
        const auto turn = static_cast<std::size_t>(index);
        const auto head = std::ranges::max_element(
            heads, {}, [&](const std::string& candidate) { return shows(turn, candidate); });
        const std::string cue = head == heads.end() ? std::string{} : cueIn(turn, *head);
        if (cue.empty() || basis.cue.find(cue) != std::string::npos) continue;
        if (!basis.cue.empty() && basis.cue.size() + cue.size() > kCueLength) continue;
        basis.cue += (basis.cue.empty() ? "" : ", ") + cue;
    }
    std::ranges::sort(turns);
    basis.turns = std::move(turns);
    return basis;
}

std::string CallReading::cueIn(std::size_t turn, std::string_view head) const {
    const std::size_t index = headIndex(head);
    const Line& line = (isOfMatter(head) ? matter_ : conversation_).lines[turn];
    if (line.words.empty()) return {};
    const std::vector<float> contributions =
        contributionsOf(model_, line.speaker == protocol::Speaker::Agent, line.words, index);
    Run run = bestRun(line, contributions);
    if (run.last == 0) return {};
    run = quotable(line, run);
    std::string cue;
    for (std::size_t i = run.first; i < run.last; ++i) {
        const auto from = static_cast<std::size_t>(line.words[i].begin);
        const auto to = static_cast<std::size_t>(line.words[i].end);
        if (i > run.first) {
            const std::string_view between = line.gapAfter(i - 1);
            const bool isHesitation = std::ranges::any_of(between, [](char c) { return isLetter(c); });
            cue += isHesitation ? " " : between;
        }
        cue += line.text.substr(from, to - from);
    }
    return cue;
}

}  // namespace ninja3cx::analysis
