#include "server/language_model/spoken.hpp"

#include "server/language_model/number_words.hpp"
#include "server/language_model/report_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;
using analysis::wordsOf;
using protocol::Turn;

constexpr std::size_t kLongestForm = 3;  // letters that an ending may differ in
constexpr std::size_t kShortestStem = 5;
constexpr std::size_t kNear = 7;        // words between an order and what it is about
constexpr std::size_t kLoneNumber = 4;  // digits from which a part of a run is proof enough
constexpr std::size_t kShortestCode = 3;

constexpr std::array<std::string_view, 14> kOrders{
    "ignore", "ignorez",  "ignorer", "oublie",    "oubliez",    "oublier",  "disregard",
    "forget", "override", "bypass",  "contourne", "contournez", "remplace", "remplacez"};
constexpr std::array<std::string_view, 13> kRules{
    "instruction", "instructions", "consigne",  "consignes",  "regles", "rules", "prompt",
    "prompts",     "guidelines",   "directive", "directives", "schema", "json"};
constexpr std::array<std::string_view, 12> kToAModel{" system prompt ",
                                                     " prompt systeme ",
                                                     " language model ",
                                                     " modele de langage ",
                                                     " as an ai ",
                                                     " you are an ai ",
                                                     " en tant qu ia ",
                                                     " tu es une ia ",
                                                     " vous etes une ia ",
                                                     " chatgpt ",
                                                     " intelligence artificielle qui ",
                                                     " artificial intelligence that "};
constexpr std::array<std::string_view, 28> kDictates{
    "mets", "met",   "mettez", "mettre", "marque", "marquez",  "ecris",   "ecrit",   "ecrivez",  "ecrire",
    "note", "notez", "noter",  "passe",  "passez", "classe",   "classez", "indique", "indiquez", "set",
    "mark", "write", "put",    "make",   "change", "classify", "raise",   "dis"};
constexpr std::array<std::string_view, 16> kFields{
    "priorite", "priority",  "categorie", "category", "resume", "summary",  "sujet",    "subject",
    "objet",    "sentiment", "urgence",   "urgency",  "resolu", "resolved", "severite", "severity"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

/// A word of `first`, and soon after it one of `second`.
template <std::size_t N, std::size_t M>
bool hasPair(const std::vector<Word>& words, const std::array<std::string_view, N>& first,
             const std::array<std::string_view, M>& second) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (!isOneOf(first, words[at].text)) continue;
        for (std::size_t next = at + 1; next < std::min(words.size(), at + kNear); ++next)
            if (isOneOf(second, words[next].text)) return true;
    }
    return false;
}

std::string withFigures(const std::vector<Word>& words, std::string_view language) {
    std::string text;
    std::size_t at = 0;
    for (const NumberRun& run : numberRuns(words, language)) {
        for (; at < run.firstWord; ++at) text += words[at].text;
        text += run.digits();
        at = run.firstWord + run.wordCount;
    }
    for (; at < words.size(); ++at) text += words[at].text;
    return text;
}

bool isInside(const std::vector<std::string>& texts, const std::string& part) {
    return std::ranges::any_of(texts,
                               [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace

bool isForm(std::string_view a, std::string_view b) {
    const auto [inA, inB] = std::ranges::mismatch(a, b);
    const auto common = static_cast<std::size_t>(inA - a.begin());
    if (common == a.size() && common == b.size()) return true;
    const std::size_t longest = std::max(a.size(), b.size());
    const bool isPlural = longest - common == 1 && common >= 3 &&
                          longest - std::min(a.size(), b.size()) == 1 &&
                          (common == a.size() ? b : a).ends_with('s');
    return isPlural || (common >= kShortestStem && std::min(a.size(), b.size()) <= common + kLongestForm);
}

std::string languageOf(const protocol::AnalysisInput& input) {
    if (input.language == "fr" || input.language == "en") return input.language;
    std::size_t french = 0;
    std::size_t english = 0;
    for (const Turn& turn : input.turns)
        for (const Word& word : wordsOf(turn.text)) {
            french += isListed(kFrenchSigns, word.text) ? 1U : 0U;
            english += isListed(kEnglishSigns, word.text) ? 1U : 0U;
        }
    return english > french ? "en" : "fr";
}

bool speaksToAModel(std::string_view text) {
    const std::vector<Word> words = wordsOf(text);
    if (hasPair(words, kOrders, kRules)) return true;
    std::string all = " ";
    for (const Word& word : words) all += word.text + " ";
    return std::ranges::any_of(kToAModel,
                               [&](std::string_view said) { return all.find(said) != std::string::npos; });
}

bool dictatesAField(std::string_view text) {
    return hasPair(wordsOf(text), kDictates, kFields);
}

protocol::AnalysisInput withoutPersonalData(protocol::AnalysisInput input,
                                            const std::vector<protocol::PersonalData>& found,
                                            const Mask& mask) {
    std::vector<protocol::PersonalData> places = found;
    std::ranges::sort(places, [](const auto& a, const auto& b) {
        return std::pair{a.turn, a.begin} > std::pair{b.turn, b.begin};  // from the end: bytes before it stay
    });
    std::pair<std::int32_t, std::int32_t> next{-1, 0};  // turn, and where the place behind begins
    for (const protocol::PersonalData& place : places) {
        if (place.turn < 0 || static_cast<std::size_t>(place.turn) >= input.turns.size()) continue;
        std::string& text = input.turns[static_cast<std::size_t>(place.turn)].text;
        const auto size = static_cast<std::int32_t>(text.size());
        const std::int32_t end =
            std::min(place.end, place.turn == next.first ? std::min(next.second, size) : size);
        if (place.begin < 0 || place.begin >= end) continue;
        text.replace(static_cast<std::size_t>(place.begin), static_cast<std::size_t>(end - place.begin),
                     analysis::kMasks[static_cast<std::size_t>(place.kind)]);
        next = {place.turn, place.begin};
    }
    for (Turn& turn : input.turns) turn.text = mask(turn.text, input.language).text;
    return input;
}

Spoken::Spoken(const protocol::AnalysisInput& input, const protocol::Analysis& builtIn, const Mask& mask)
    : language_(languageOf(input)) {
    const protocol::AnalysisInput open = withoutPersonalData(input, builtIn.pii, mask);
    std::set<std::string> all;
    for (std::size_t at = 0; at < open.turns.size(); ++at) {
        const std::string& text = open.turns[at].text;
        Turn& turn = turns_.emplace_back();
        turn.isCustomers = input.turns[at].speaker == protocol::Speaker::Customer;
        turn.isToAModel = speaksToAModel(input.turns[at].text);
        turn.dictates = dictatesAField(input.turns[at].text);
        for (const Word& word : wordsOf(input.turns[at].text)) all.insert(word.text);
        if (turn.isToAModel) continue;
        for (const Word& word : wordsOf(text))
            if (word.text != "[]") turn.words.push_back(word.text);
        addText(text, false);
    }
    for (const auto& [kind, values] : builtIn.entities)
        for (const std::string& value : values) {
            addText(value, true);
            entities_.insert(analysis::folded(value));
        }
    addText(builtIn.subject, false);
    addText(builtIn.summary, false);
    for (const protocol::AnalysisAction& action : builtIn.actions) {
        addText(action.text, false);
        if (action.due) addText(*action.due, false);
        if (action.dueSpoken) addText(*action.dueSpoken, false);
    }
    for (const std::string& word : all)
        if (!words_.contains(word)) secrets_.insert(word);
    for (const Turn& turn : turns_)  // what only a turn to a model has is no secret, it merely was not said
        if (turn.isToAModel)
            for (const Word& word : wordsOf(open.turns[static_cast<std::size_t>(&turn - turns_.data())].text))
                secrets_.erase(word.text);
}

void Spoken::addText(std::string_view text, bool isName) {
    const std::vector<Word> words = wordsOf(text);
    for (const Word& word : words) {
        if (word.text == "[]") continue;
        words_.insert(word.text);
        if (isName) names_.insert(word.text);
    }
    addNumbers(words);
    squashed_.push_back(withFigures(words, language_));
}

void Spoken::addNumbers(const std::vector<Word>& words) {
    for (const NumberRun& run : numberRuns(words, language_)) {
        numbers_.insert(run.numbers.begin(), run.numbers.end());
        runs_.push_back(run.digits());
    }
}

bool Spoken::hasForm(const std::string& folded) const {
    if (words_.contains(folded)) return true;
    return std::ranges::any_of(
        words_, [&](const std::string& said) { return isForm(said, folded) && !names_.contains(said); });
}

bool Spoken::hasDigits(const std::string& digits) const {
    if (numbers_.contains(digits) || std::ranges::find(runs_, digits) != runs_.end()) return true;
    if (digits.size() < kLoneNumber) return false;
    if (isInside(runs_, digits)) return true;
    return digits.starts_with("33") && isInside(runs_, "0" + digits.substr(2));  // +33 6 for 06
}

bool Spoken::hasCode(const std::string& folded) const {
    return words_.contains(folded) || (folded.size() >= kShortestCode && isInside(squashed_, folded));
}

bool Spoken::isSaid(std::string_view phrase) const {
    if (entities_.contains(analysis::folded(phrase))) return true;
    std::vector<std::string> wanted;
    for (const Word& word : wordsOf(phrase)) wanted.push_back(word.text);
    if (wanted.empty()) return false;
    const bool isThere = std::ranges::any_of(turns_, [&](const Turn& turn) {
        return std::search(turn.words.begin(), turn.words.end(), wanted.begin(), wanted.end()) !=
               turn.words.end();
    });
    if (isThere) return true;
    const bool hasDigit = phrase.find_first_of("0123456789") != std::string_view::npos;
    const std::string code = withFigures(wordsOf(phrase), language_);
    return hasDigit && code.size() >= kLoneNumber && isInside(squashed_, code);
}

bool Spoken::isTurn(std::int32_t turn) const {
    if (turn < 0 || static_cast<std::size_t>(turn) >= turns_.size()) return false;
    return !turns_[static_cast<std::size_t>(turn)].words.empty();
}

bool Spoken::isProof(std::int32_t turn) const {
    return isTurn(turn) && !turns_[static_cast<std::size_t>(turn)].dictates;
}

bool Spoken::isCustomers(std::int32_t turn) const {
    return isTurn(turn) && turns_[static_cast<std::size_t>(turn)].isCustomers;
}

bool Spoken::isIn(const std::vector<std::int32_t>& turns, const std::string& folded) const {
    return std::ranges::any_of(turns, [&](std::int32_t turn) {
        return isTurn(turn) &&
               std::ranges::any_of(turns_[static_cast<std::size_t>(turn)].words,
                                   [&](const std::string& said) { return isForm(said, folded); });
    });
}

}  // namespace ninja3cx::language_model
