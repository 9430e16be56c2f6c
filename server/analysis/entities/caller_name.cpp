#include "server/analysis/entities/caller_name.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/denied_name.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

constexpr int kFirstTurns = 3;

bool isTitle(std::string_view word) {
    return isOneOf(
        word, {"monsieur", "madame", "mademoiselle", "mme", "mr", "mrs", "miss", "ms", "docteur", "maitre"});
}

/// Nouns of a person of whom one speaks: "un salarié, …", "our new colleague …".
bool isPersonWord(std::string_view word) {
    for (const std::string_view stem :
         {"salarie", "employe", "collegue", "collabora", "stagiaire", "alternant", "apprenti", "interimaire",
          "nouveau", "nouvelle", "arrivant", "remplacant", "recrue", "technicien", "colleague"})
        if (word.starts_with(stem)) return true;
    return isOneOf(word, {"personne", "commercial", "commerciale", "gars", "dame", "starter", "leaver",
                          "joiner", "intern", "temp"});
}

/// "c'est", "ici", "je m'appelle", "this is" end just before `at`; of greetings, the caller's own name may follow too.
bool isGivenBefore(const Line& line, std::size_t at, bool isGreetingEnough = true) {
    static constexpr std::string_view kGivings[] = {"c est", "ici",     "je suis", "m appelle",
                                                    "it s",  "its",     "this is", "i m",
                                                    "im",    "name is", "name s",  "that s"};
    const std::size_t name = at;
    while (at > 0 && isTitle(line.words[at - 1].text)) --at;
    // "je suis le docteur Weill"
    if (at < name && at > 0 && isOneOf(line.words[at - 1].text, {"le", "la"})) --at;
    if (isGreetingEnough && at > 0 &&
        isOneOf(line.words[at - 1].text, {"bonjour", "bonsoir", "salut", "hello", "hi", "hiya", "morning",
                                          "afternoon", "moi", "allo", "oui", "here"}))
        return true;
    for (const std::string_view giving : kGivings) {
        const std::size_t length = lengthOf(giving);
        if (at < length) continue;
        std::string said;
        for (std::size_t i = at - length; i < at; ++i) said += (said.empty() ? "" : " ") + line.words[i].text;
        if (said != giving) continue;
        // "son nom c'est", "his name is": another's.
        for (std::size_t i = at - length; i > 0 && i + 4 > at - length; --i)
            if (isOneOf(line.words[i - 1].text,
                        {"son", "sa", "leur", "il", "elle", "his", "her", "their", "pour"}))
                return false;
        return true;
    }
    return false;
}

/// One past `name` where it begins at `at`.
std::optional<std::size_t> endOf(const Line& line, std::span<const Word> name, std::size_t at) {
    if (name.empty() || at + name.size() > line.words.size()) return std::nullopt;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (line.words[at + i].text != name[i].text) return std::nullopt;
    return at + name.size();
}

/// "Quel est son nom ?": the answer names another.
bool asksForAnother(const Line& line) {
    static const CueList kOthers{{"son nom"},        {"leur nom"},      {"son prenom"},
                                 {"ses nom"},        {"sa s appelle"},  {"il s appelle"},
                                 {"elle s appelle"}, {"s appelle"},     {"nom de la personne"},
                                 {"nom du"},         {"quel collegue"}, {"qui est ce"},
                                 {"qui part"},       {"qui arrive"},    {"his name"},
                                 {"her name"},       {"their name"},    {"whose"},
                                 {"who is it"},      {"who s leaving"}, {"what s the name of"}};
    return kOthers.first(line).has_value();
}

/// "Et vous êtes ?": the answer names the caller, however late.
bool asksForCaller(const Line& line) {
    static const CueList kSelf{{"vous etes"},      {"votre nom"},   {"qui ai je"}, {"vous vous appelez"},
                               {"your name"},      {"speaking to"}, {"who am i"},  {"who s calling"},
                               {"who s speaking"}, {"and you are"}};
    return kSelf.first(line).has_value();
}

/// "Emma Clarke leaves on Friday", "…, elle part vendredi": of oneself one says "je".
bool leavesBehind(const Line& line, std::size_t last) {
    static const Phrase kLeaves[] = {Phrase{"part"},           Phrase{"quitte"},
                                     Phrase{"nous quitte"},    Phrase{"s en va"},
                                     Phrase{"partira"},        Phrase{"va partir"},
                                     Phrase{"va quitter"},     Phrase{"leaves"},
                                     Phrase{"is leaving"},     Phrase{"s leaving"},
                                     Phrase{"will leave"},     Phrase{"elle part"},
                                     Phrase{"il part"},        Phrase{"elle quitte"},
                                     Phrase{"il quitte"},      Phrase{"elle nous quitte"},
                                     Phrase{"il nous quitte"}, Phrase{"elle s en va"},
                                     Phrase{"il s en va"},     Phrase{"she s leaving"},
                                     Phrase{"he s leaving"},   Phrase{"she is leaving"},
                                     Phrase{"he is leaving"},  Phrase{"she leaves"},
                                     Phrase{"he leaves"}};
    return std::ranges::any_of(kLeaves, [&](const Phrase& phrase) {
        const auto match = phrase.find(line.words, last);
        return match && match->first == last;
    });
}

enum class Part { None, Caller, Other };

Part partOf(const Conversation& conversation, const std::string& name) {
    const std::vector<Word> words = wordsOf(name);
    if (isDenied(conversation, words)) return Part::Other;
    int turns = 0;
    bool isOther = false;
    const Line* before = nullptr;
    for (const Line& line : conversation.lines) {
        const bool isCustomer = line.speaker == protocol::Speaker::Customer;
        if (isCustomer) ++turns;
        const bool isAsked = before && before->speaker != line.speaker;
        const bool isAnswer = isAsked && asksForAnother(*before);
        const bool isOwnAnswer = isAsked && isCustomer && !isAnswer && asksForCaller(*before);
        before = &line;
        for (std::size_t at = 0; at < line.words.size(); ++at) {
            const auto end = endOf(line, words, at);
            if (!end) continue;
            if (isOwnAnswer && !isSpokenOf(line, at, *end)) return Part::Caller;
            if (isCustomer && turns <= kFirstTurns) {
                // "Bonjour Léa" greets the technician.
                const bool isGiven = words.size() > 1 || isGivenBefore(line, at, false);
                if (isAnswer || isSpokenOf(line, at, *end))
                    isOther = true;
                else if (isGiven)
                    return Part::Caller;
            } else if (isCustomer) {
                isOther = isOther || isAnswer || isSpokenOf(line, at, *end);
            } else {
                // "Bonjour Madame Lopez", "D'accord monsieur Perrot"; not "Léa à l'appareil".
                const std::size_t head = at > 0 && isTitle(line.words[at - 1].text) ? at - 1 : at;
                const bool isOwn =
                    *end < line.words.size() && isOneOf(line.words[*end].text, {"a", "speaking"});
                const bool isFirst = turns == 0 && head == at;
                const bool isAddressed =
                    !isOwn && !isFirst &&
                    (head < at
                         ? head == 0 || line.isCutAfter(head - 1) || line.isCutAfter(*end - 1) ||
                               isOneOf(line.words[head - 1].text,
                                       {"bonjour", "bonsoir", "accord", "merci", "oui", "parfait", "journee"})
                         : at > 0 && isOneOf(line.words[at - 1].text, {"bonjour", "bonsoir", "hello", "hi"}));
                if (isAddressed && !isSpokenOf(line, head, *end)) return Part::Caller;
            }
        }
    }
    return isOther ? Part::Other : Part::None;
}

}  // namespace

bool isSpokenOf(const Line& line, std::size_t first, std::size_t last) {
    if (leavesBehind(line, last)) return true;
    if (isGivenBefore(line, first)) {
        // "c'est Paul Henry qui part", but not "c'est Sophie qui vous appelle"
        const auto word = [&](std::size_t at) {
            return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
        };
        return isOneOf(word(last), {"qui", "who"}) &&
               !isOneOf(word(last + 1), {"vous", "appelle", "t", "te", "rappelle", "called", "rang", "s"});
    }
    if (last < line.words.size()) {
        // "…, qui part", "Paul quitte", "…, notre directeur"
        const std::string_view next = line.words[last].text;
        if (isOneOf(next,
                    {"qui", "who", "quitte", "arrive", "arrivera", "part", "partira", "commence", "revient",
                     "n", "ne", "s", "peut", "starts", "leaves", "joins", "has", "can", "will"}) &&
            !(next == "s" && line.gapAfter(last - 1) == "'") && !line.isCutAfter(last - 1, kSentenceMarks))
            return true;
        const bool isRole = isOneOf(next, {"notre", "mon", "ma", "our", "my"}) && line.isCutAfter(last - 1) &&
                            !line.isCutAfter(last - 1, kSentenceMarks) && last + 2 < line.words.size() &&
                            line.isCutAfter(last + 1);
        if (isRole) return true;
    }
    // Back to where the sentence begins, a few words.
    std::size_t at = first;
    while (at > 0 && isTitle(line.words[at - 1].text)) --at;
    // "je suis bien chez le docteur Lemaire", "parler au docteur Lemaire"
    if (at < first && at > 0) {
        if (isOneOf(line.words[at - 1].text, {"au", "du"})) return true;
        if (isOneOf(line.words[at - 1].text, {"le", "la", "l"})) --at;
        if (at > 0 && line.words[at - 1].text == "bien") --at;
    }
    for (std::size_t steps = 0; at > 0 && steps < 3; --at, ++steps) {
        if (line.isCutAfter(at - 1, kSentenceMarks)) return false;
        const std::string_view word = line.words[at - 1].text;
        if (isPersonWord(word)) return true;
        if (steps == 0 && !line.isCutAfter(at - 1) &&
            isOneOf(word, {"pour", "de", "d", "a", "avec", "chez", "par", "que", "et", "appelle", "for", "of",
                           "with", "to", "and", "called", "named", "about", "etes"}))
            return true;
        // "son responsable, Denis Leroy"; not "de mon mobile, Alban Desprez".
        const bool isOwner =
            steps > 0 && isOneOf(word, {"son", "sa", "notre", "mon", "ma", "nos", "our", "my", "his", "her"});
        const bool isFrom = at > 1 && isOneOf(line.words[at - 2].text, {"de", "depuis", "from"});
        if (isOwner && !isFrom) return true;
    }
    return false;
}

std::string callerAmong(const Conversation& conversation, std::span<const std::string> people,
                        const std::string& heard) {
    if (std::string instead = givenInstead(conversation, people); !instead.empty()) return instead;
    if (!heard.empty() && partOf(conversation, heard) != Part::Other) return heard;
    for (const bool isFull : {true, false})
        for (const std::string& name : people) {
            const bool hasSurname = name.find(' ') != std::string::npos;
            if (hasSurname == isFull && name != heard && partOf(conversation, name) == Part::Caller)
                return name;
        }
    return {};
}

}  // namespace ninja3cx::analysis
