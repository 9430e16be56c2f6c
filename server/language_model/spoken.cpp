#include "server/language_model/spoken.hpp"

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/lexicon/category_names.hpp"
#include "server/analysis/personal_data/masked_call.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/language_model/number_words.hpp"
#include "server/language_model/polarity.hpp"
#include "server/language_model/report_words.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;
using analysis::wordsOf;
using protocol::Turn;

constexpr std::size_t kShortestStem = 4;
constexpr std::size_t kLongStem = 5;
constexpr std::size_t kNear = 7;        // words between an order and what it is about
constexpr std::size_t kLoneNumber = 4;  // digits from which a part of a run is proof enough
constexpr std::size_t kShortestCode = 3;

constexpr std::array<std::string_view, 14> kOrders{
    "ignore", "ignorez",  "ignorer", "oublie",    "oubliez",    "oublier",  "disregard",
    "forget", "override", "bypass",  "contourne", "contournez", "remplace", "remplacez"};
constexpr std::array<std::string_view, 13> kRules{
    "instruction", "instructions", "consigne",  "consignes",  "regles", "rules", "prompt",
    "prompts",     "guidelines",   "directive", "directives", "schema", "json"};
constexpr auto kToAModel = std::to_array<std::string_view>({" system prompt ",
                                                            " prompt systeme ",
                                                            " language model ",
                                                            " modele de langage ",
                                                            " modele de langue ",
                                                            " as an ai ",
                                                            " you are an ai ",
                                                            " you are now ",
                                                            " en tant qu ia ",
                                                            " en tant qu intelligence ",
                                                            " tu es une ia ",
                                                            " vous etes une ia ",
                                                            " vous etes un assistant v",
                                                            " tu es un assistant ",
                                                            " chatgpt ",
                                                            " intelligence artificielle qui ",
                                                            " artificial intelligence that ",
                                                            " en tant qu assistant vocal ",
                                                            " en tant qu assistant virtuel ",
                                                            " en tant qu assistant tu ",
                                                            " en tant qu assistant vous ",
                                                            " en tant qu assistant ia ",
                                                            " as an assistant you ",
                                                            " as the assistant you ",
                                                            " a partir de maintenant tu es ",
                                                            " a partir de maintenant vous etes ",
                                                            " a partir de maintenant reponds ",
                                                            " a partir de maintenant repondez ",
                                                            " a partir de maintenant ecris ",
                                                            " a partir de maintenant ecrivez ",
                                                            " from now on you are ",
                                                            " from now on write ",
                                                            " from now on answer ",
                                                            " from now on respond "});
/// Behind an order to forget: no caller says so to a technician. "Oubliez ce que j'ai dit" he does.
constexpr auto kSaidBefore = std::to_array<std::string_view>(
    {" ce qui precede ", " ce qui a ete dit ", " ce qui a ete ecrit ", " ce qui vient d etre dit ",
     " tout ce qui est au dessus ", " everything above ", " everything before ", " everything said ",
     " what was said ", " what has been said ", " all previous ", " all of the above ", " the above ",
     " the previous ", " the conversation ", " la conversation "});
/// As they are written, in small letters: the colon tells them from speech.
constexpr auto kRoles = std::to_array<std::string_view>(
    {"system:", "system :", "[system]", "assistant:", "### instruction", "<|"});
constexpr std::array<std::string_view, 28> kDictates{
    "mets", "met",   "mettez", "mettre", "marque", "marquez",  "ecris",   "ecrit",   "ecrivez",  "ecrire",
    "note", "notez", "noter",  "passe",  "passez", "classe",   "classez", "indique", "indiquez", "set",
    "mark", "write", "put",    "make",   "change", "classify", "raise",   "dis"};
constexpr std::array<std::string_view, 16> kFields{
    "priorite", "priority",  "categorie", "category", "resume", "summary",  "sujet",    "subject",
    "objet",    "sentiment", "urgence",   "urgency",  "resolu", "resolved", "severite", "severity"};

constexpr std::string_view kWrites =
    " ecris ecrit ecrivez ecrire note notez noter mets met mettez mettre marque marquez marquer indique "
    "indiquez "
    "indiquer inscris inscrivez inscrire precise precisez preciser ajoute ajoutez ajouter rajoute rajoutez "
    "mentionne mentionnez redige redigez resume resumez write note put record state add mention say type ";
constexpr std::string_view kThat = " que qu that ";
constexpr std::string_view kPapers =
    " ticket tickets resume dossier rapport rendu fiche sujet objet description note notes compte "
    "commentaire "
    "summary report subject record file comment ";
constexpr std::size_t kPaperReach = 5;
/// The technician says what he writes himself.
constexpr std::string_view kBeforeOwnNote = " je j on i we ma la une the a his her ";
constexpr auto kOrderedAnyhow = std::to_array<std::string_view>(
    {" you must write ", " you have to write ", " you need to write ", " vous devez ecrire ",
     " tu dois ecrire ", " il faut ecrire ", " a partir de maintenant ", " from now on ",
     " en tant qu assistant ", " as an assistant "});
constexpr std::string_view kBeforeOrders = " you vous tu il a from en as ";  // the first words of these

constexpr std::string_view kEndings =
    " e s es ee ees er ez ent ant ante ants antes ait ais aient ons ions iez a ai as era eront erait ation "
    "ations ateur ateurs atrice ement ements ment ments age ages eur eurs euse euses ure ures ion tion tions "
    "if "
    "ive ifs ives al ale aux el elle els elles i is ie ies it ir ira issent issait ition ition te le ler les "
    "lee lent lera lement lements ye yer yee yes u ue us ues re t ts ing ings ed d r rs ly y or ors ting ted "
    "ning ned ping ped ation ";
constexpr std::string_view kShortEndings = " e s es er ez ent ant ait ais i ie ies is u ee ees ed ing d y ";
/// One thing in other words: stems, those of a group between bars.
constexpr auto kSameThing = std::to_array<std::string_view>({"|connect|connex|reconnect|",
                                                             "|envoi|envoy|",
                                                             "|bloqu|blocage|",
                                                             "|debloqu|deblocage|",
                                                             "|perdu|perte|",
                                                             "|fonctionn|marche|marchait|",
                                                             "|mail|courriel|email|",
                                                             "|ordinateur|pc|",
                                                             "|imprim|impress|",
                                                             "|recevoir|recoi|recu|recept|",
                                                             "|repond|repons|",
                                                             "|print|imprint|",
                                                             "|ouvr|ouvert|",
                                                             "|mot|mots|",
                                                             "|venir|vient|viens|viendr|",
                                                             "|acces|acced|",
                                                             "|send|sent|",
                                                             "|verrouill|verouill|",
                                                             "|lent|ralenti|",
                                                             "|fail|failure|",
                                                             "|supprim|suppress|",
                                                             "|resol|resou|"});
constexpr std::size_t kLongestEnding = 6;

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

std::string withFigures(const std::vector<Word>& words, const std::vector<NumberRun>& runs) {
    std::string text;
    std::size_t at = 0;
    for (const NumberRun& run : runs) {
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

bool isOfStem(std::string_view word, std::string_view stem) {
    return word.starts_with(stem) &&
           (stem.size() < kShortestStem ? word.size() == stem.size()
                                        : word.size() <= stem.size() + kLongestEnding);
}

bool isOfGroup(std::string_view word, std::string_view group) {
    for (std::size_t at = 1; at < group.size();) {
        const std::size_t end = group.find('|', at);
        if (isOfStem(word, group.substr(at, end - at))) return true;
        at = end + 1;
    }
    return false;
}

bool isSameThing(std::string_view a, std::string_view b) {
    return std::ranges::any_of(
        kSameThing, [&](std::string_view group) { return isOfGroup(a, group) && isOfGroup(b, group); });
}

std::vector<std::string> foldedWordsOf(std::string_view text) {
    std::vector<std::string> folded;
    for (const Word& word : wordsOf(text)) folded.push_back(word.text);
    return folded;
}

std::string spaced(const std::vector<Word>& words) {
    std::string all = " ";
    for (const Word& word : words) all += word.text + " ";
    return all;
}

template <std::size_t N>
bool hasOneOf(const std::string& text, const std::array<std::string_view, N>& phrases, std::size_t from = 0) {
    return std::ranges::any_of(
        phrases, [&](std::string_view said) { return text.find(said, from) != std::string::npos; });
}

/// A question that the next turn says no to.
bool asks(const Turn& turn, const std::vector<Word>& words) {
    if (turn.text.find('?') != std::string::npos) return true;
    const std::string all = spaced(words);
    constexpr auto kAsks = std::to_array<std::string_view>(
        {" est ce que ", " avez vous ", " etes vous ", " vous avez ", " vous etes ", " as tu ", " tu as ",
         " did you ", " have you ", " do you ", " are you ", " is it ", " is the "});
    return hasOneOf(all, kAsks);
}

bool isOrderedAnyhow(const std::vector<Word>& words, std::size_t at) {
    if (!isListed(kBeforeOrders, words[at].text)) return false;
    std::string ahead = " ";
    for (std::size_t next = at; next < std::min(words.size(), at + kNear); ++next)
        ahead += words[next].text + " ";
    return std::ranges::any_of(kOrderedAnyhow, [&](auto phrase) { return ahead.starts_with(phrase); });
}

bool saysNo(const std::vector<Word>& words) {
    return !words.empty() && isListed(" non no nope pas jamais never not ", words.front().text);
}

bool isToAModel(std::string_view text, const std::vector<Word>& words) {
    if (hasPair(words, kOrders, kRules)) return true;
    const std::string all = spaced(words);
    if (hasOneOf(all, kToAModel)) return true;
    const bool isToForget = std::ranges::any_of(kOrders, [&](std::string_view order) {
        const std::size_t at = all.find(" " + std::string{order} + " ");
        return at != std::string::npos && hasOneOf(all, kSaidBefore, at);
    });
    return isToForget || hasOneOf(lowered(std::string{text}), kRoles);
}

/// The word that begins a dictation; their number where there is none.
std::size_t firstDictated(const std::vector<Word>& words) {
    std::size_t at = 0;
    for (; at < words.size(); ++at) {
        if (isOrderedAnyhow(words, at)) break;
        if (!isListed(kWrites, words[at].text) || (at > 0 && isListed(kBeforeOwnNote, words[at - 1].text)))
            continue;
        if (at + 1 < words.size() && isListed(kThat, words[at + 1].text)) break;
        const std::size_t end = std::min(words.size(), at + 1 + kPaperReach);
        const auto isPaper = [&](const Word& word) { return isListed(kPapers, word.text); };
        if (std::any_of(words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                        words.begin() + static_cast<std::ptrdiff_t>(end), isPaper))
            break;
    }
    return at;
}

}  // namespace

bool isForm(std::string_view a, std::string_view b) {
    const auto [inA, inB] = std::ranges::mismatch(a, b);
    const auto common = static_cast<std::size_t>(inA - a.begin());
    if (common == a.size() && common == b.size()) return true;
    const std::string_view endA = a.substr(common);
    const std::string_view endB = b.substr(common);
    if (common == kShortestStem - 1) return std::string{endA} + std::string{endB} == "s";
    if (common < kShortestStem) return isSameThing(a, b);
    const std::string_view endings = common < kLongStem ? kShortEndings : kEndings;
    const auto isKnown = [&](std::string_view ending) {
        return ending.empty() || isListed(endings, std::string{ending});
    };
    return (isKnown(endA) && isKnown(endB)) || isSameThing(a, b);
}

bool speaksToAModel(std::string_view text) {
    return isToAModel(text, wordsOf(text));
}

protocol::AnalysisInput withoutPersonalData(protocol::AnalysisInput input,
                                            const std::vector<protocol::PersonalData>& found,
                                            const Mask& mask) {
    input = analysis::maskedCall(std::move(input), found);
    const std::string language = analysis::languageOf(input);
    for (Turn& turn : input.turns) turn.text = mask(turn.text, language).text;
    return input;
}

Spoken::Spoken(const protocol::AnalysisInput& input, const protocol::Analysis& builtIn, const Mask& mask)
    : Spoken(input, withoutPersonalData(input, builtIn.pii, mask), builtIn) {}

Spoken::Spoken(const protocol::AnalysisInput& input, const protocol::AnalysisInput& open,
               const protocol::Analysis& builtIn)
    : language_(analysis::languageOf(input)) {
    std::set<std::string> all;
    std::set<std::string> toAModel;
    std::vector<Word> words = open.turns.empty() ? std::vector<Word>{} : wordsOf(open.turns.front().text);
    for (std::size_t at = 0; at < open.turns.size(); ++at) {
        const std::string& text = open.turns[at].text;
        const std::string& said = input.turns[at].text;
        const std::vector<Word> saidWords = said == text ? words : wordsOf(said);
        std::vector<Word> next =
            at + 1 < open.turns.size() ? wordsOf(open.turns[at + 1].text) : std::vector<Word>{};
        Turn& turn = turns_.emplace_back();
        turn.isCustomers = input.turns[at].speaker == protocol::Speaker::Customer;
        turn.isToAModel = isToAModel(said, saidWords);
        const std::size_t dictated = firstDictated(words);
        turn.dictates = hasPair(saidWords, kDictates, kFields) || dictated < words.size();
        for (const Word& word : saidWords) all.insert(word.text);
        if (turn.isToAModel) {
            for (const Word& word : words) toAModel.insert(word.text);
        } else {
            for (const Word& word : words)
                if (word.text != "[]") turn.words.push_back(word.text);
            addWords(words);
            const bool isDenied = asks(open.turns[at], words) && saysNo(next);
            words.resize(dictated);
            hear(text, words, true, isDenied);
        }
        words = std::move(next);
    }
    for (const auto& [kind, values] : builtIn.entities)
        for (const std::string& value : values) {
            addText(value);
            if (kind == "person" || kind == "company" || kind == "site")
                named_.push_back({kind, foldedWordsOf(value)});
            entities_.insert(analysis::folded(value));
            for (const Word& word : wordsOf(value)) {
                names_.insert(word.text);
                heard_[word.text].isStated = true;
                if (kind == "person") people_.insert(word.text);
            }
        }
    for (const std::string& sentence : analysis::sentencesOf(builtIn.summary))
        builtInSentences_.push_back(foldedWordsOf(sentence));
    addBuiltIn(builtIn.subject);
    addBuiltIn(builtIn.summary);
    addBuiltIn(analysis::categoryName(builtIn.category, language_ == "en"));
    if (builtIn.resolved) addBuiltIn(language_ == "en" ? "resolved solved" : "résolu résolue");
    for (const protocol::AnalysisAction& action : builtIn.actions) {
        addBuiltIn(action.text);
        if (action.due) addBuiltIn(*action.due);
        if (action.dueSpoken) addBuiltIn(*action.dueSpoken);
    }
    for (const std::string& word : all)
        if (!words_.contains(word)) secrets_.insert(word);
    for (const std::string& word : toAModel) secrets_.erase(word);  // no secret, it merely was not said
}

void Spoken::addText(std::string_view text) {
    addWords(wordsOf(text));
}

void Spoken::addWords(const std::vector<Word>& words) {
    for (const Word& word : words)
        if (word.text != "[]") words_.insert(word.text);
    const std::vector<NumberRun> runs = numberRuns(words, language_);
    for (const NumberRun& run : runs) {
        numbers_.insert(run.numbers.begin(), run.numbers.end());
        runs_.push_back(run.digits());
    }
    squashed_.push_back(withFigures(words, runs));
}

void Spoken::addBuiltIn(std::string_view text) {
    const std::vector<Word> words = wordsOf(text);
    addWords(words);
    for (const Word& word : words) builtIn_.insert(word.text);
    hear(text, words, false, false);
}

void Spoken::hear(std::string_view text, const std::vector<Word>& words, bool isSpeech, bool isDeniedNext) {
    const PolarityReading reading = polarityOf(text, words, language_ == "en", isSpeech);
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].text == "[]") continue;
        Heard& heard = heard_[words[at].text];
        const Polarity polarity = reading.words[at];
        if (polarity == Polarity::Denied || polarity == Polarity::Either || isDeniedNext)
            heard.isDenied = true;
        if (polarity != Polarity::Denied && !isDeniedNext) heard.isStated = true;
    }
}

Spoken::Heard Spoken::heard(const std::string& folded) const {
    Heard all;
    for (const auto& [said, heard] : heard_) {
        if (said != folded && (names_.contains(said) || !isForm(said, folded))) continue;
        all.isStated = all.isStated || heard.isStated;
        all.isDenied = all.isDenied || heard.isDenied;
    }
    return all;
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
    const std::vector<Word> words = wordsOf(phrase);
    const std::string code = withFigures(words, numberRuns(words, language_));
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
    return std::ranges::any_of(turns, [&](std::int32_t turn) { return isIn(turn, folded); });
}

bool Spoken::isIn(std::int32_t turn, const std::string& folded) const {
    return isTurn(turn) && std::ranges::any_of(turns_[static_cast<std::size_t>(turn)].words,
                                               [&](const std::string& said) { return isForm(said, folded); });
}

}  // namespace ninja3cx::language_model
