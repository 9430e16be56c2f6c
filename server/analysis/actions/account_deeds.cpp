#include "server/analysis/actions/account_deeds.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/analysis/movements/access_words.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;
using What = AccountDeed::What;

struct Reader {
    What what;
    std::string_view kind;
    std::optional<AccessWords> (*in)(const Line& line);
    bool (*says)(const Line& line);
};
constexpr Reader kReaders[] = {
    {What::Cut, "disable_account", cutIn, saysCut},
    {What::Restore, "create_account", restoreIn, saysRestore},
    {What::Grant, "create_account", grantIn, saysGrant},
};

/// "vous coupez", "fermez votre session": the customer is to do it.
bool isForCustomer(const Line& sentence, const AccessWords& access) {
    const std::string_view verb = sentence.words[access.match.first].text;
    if (verb.ends_with("ez")) return true;
    return access.match.first > 0 && isOneOf(sentence.words[access.match.first - 1].text, {"vous", "you"}) &&
           !(access.match.first > 1 &&
             isOneOf(sentence.words[access.match.first - 2].text, {"je", "on", "vais", "ai"}));
}

bool isLater(const Line& sentence) {
    static const CueList kLater{{"sera"}, {"seront"}, {"will"}, {"ll"}, {"vais"}, {"va"}, {"going to"}};
    return kLater.first(sentence).has_value();
}

/// "C'est fait", "je m'en occupe": to what was just asked for.
struct Acceptance {
    std::string cue;
    bool isDone = false;
};
std::optional<Acceptance> acceptanceIn(const Line& line, const Reader& reader) {
    static const CueList kTaken{{"je m en charge"},
                                {"je m en occupe"},
                                {"je vais m en occuper"},
                                {"on fait le necessaire"},
                                {"je vais le faire"},
                                {"je gere"},
                                {"we ll do that"},
                                {"we ll take care"},
                                {"i ll handle"},
                                {"i ll see to"},
                                {"i ll look after"},
                                {"je le fais"},
                                {"on le fait"},
                                {"c est note"},
                                {"ce sera fait"},
                                {"ca sera fait"},
                                {"sera fait"},
                                {"on s en occupe"},
                                {"on s en charge"},
                                {"je fais ca"},
                                {"je fais le necessaire"},
                                {"je note"},
                                {"will do"},
                                {"i ll do that"},
                                {"i ll do it"},
                                {"i ll take care"},
                                {"consider it done"},
                                {"i ll sort that"},
                                {"i ll sort it"},
                                {"i m on it"},
                                {"i m doing"},
                                {"it will be done"},
                                {"it ll be done"},
                                {"i ll get that done"},
                                {"leave it with me"}};
    for (const Line& sentence : sentencesIn(line)) {
        if (sentence.isQuestion) continue;
        if (saysDone(sentence))
            return Acceptance{spoken(sentence, 0, std::min<std::size_t>(4, sentence.words.size())), true};
        if (const auto hit = kTaken.first(sentence))
            return Acceptance{spoken(sentence, hit->match.first, hit->match.last), false};
        if (reader.says(sentence) && !isLeftOpen(sentence, sentence.words.size()))
            return Acceptance{spoken(sentence, 0, sentence.words.size()), false};
    }
    return std::nullopt;
}

struct Named {
    std::size_t first = 0;
    std::size_t last = 0;  // one past
};
/// Where the person is named, in full or in part.
std::vector<Named> namedIn(const Line& line, const std::string& person) {
    std::vector<Word> name = wordsOf(person);
    std::erase_if(name, [](const Word& word) { return isOneOf(word.text, {"m", "mme", "le", "la", "de"}); });
    const auto isOfName = [&](const Word& word) {
        return std::ranges::find(name, word.text, &Word::text) != name.end();
    };
    std::vector<Named> found;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (!isOfName(line.words[at])) continue;
        const std::size_t first = at;
        while (at + 1 < line.words.size() && isOfName(line.words[at + 1])) ++at;
        found.push_back({first, at + 1});
    }
    return found;
}

bool isVerb(std::string_view word, What what) {
    const auto begins = [&](std::initializer_list<std::string_view> stems) {
        return std::ranges::any_of(stems, [&](std::string_view stem) { return word.starts_with(stem); });
    };
    if (what == What::Cut)
        return begins({"desactiv", "bloqu", "supprim", "coup", "ferm", "disabl", "deactivat", "lock", "block",
                       "remov", "delet"}) ||
               isOneOf(word, {"cut", "close", "closing"});
    return begins({"prepar", "cree", "creer", "creat", "ouvr", "provision", "ajout"}) ||
           isOneOf(word, {"cre", "set", "setting", "add", "adding", "onboard"});
}

/// "je désactive Paul", "I'll disable Paul's", "set Julie up".
std::optional<Phrase::Match> deedTo(const Line& sentence, const std::string& person, What what) {
    constexpr std::size_t kReach = 4;
    for (const Named& named : namedIn(sentence, person))
        for (std::size_t back = 1; back <= kReach && back <= named.first; ++back) {
            const std::size_t verb = named.first - back;
            const std::string_view word = sentence.words[verb].text;
            if (isVerb(word, what)) {
                const bool isSet = isOneOf(word, {"set", "setting"});
                const bool hasUp =
                    isSet &&
                    (sentence.words[verb + 1].text == "up" ||
                     (named.last < sentence.words.size() && sentence.words[named.last].text == "up"));
                const Phrase::Match match{verb, named.last};
                if ((isSet && !hasUp) || word.ends_with("ez") || isNegated(sentence.words, match)) break;
                return match;
            }
            if (!isOneOf(word,
                         {"up",  "le",      "la",     "l",        "compte", "de",   "d",    "celui", "celle",
                          "the", "account", "for",    "of",       "aussi",  "also", "pour", "acces", "access",
                          "mr",  "mrs",     "madame", "monsieur", "un",     "an",   "a"}))
                break;
        }
    return std::nullopt;
}

class DeedReader {
public:
    DeedReader(const Conversation& conversation, std::span<const Movement> movements)
        : conversation_{conversation}, movements_{movements} {}

    std::vector<AccountDeed> read() {
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            if (conversation_.lines[index].speaker == Speaker::Agent)
                readTechnician(index);
            else
                readRequest(index);
        }
        return std::move(deeds_);
    }

private:
    void readTechnician(std::size_t index) {
        const Line& line = conversation_.lines[index];
        const std::vector<Line> sentences = sentencesIn(line);
        for (std::size_t at = 0; at < sentences.size(); ++at)
            for (const Reader& reader : kReaders) {
                auto access = reader.in(sentences[at]);
                // "je le réactive": nothing but access is.
                if (!access && reader.what == What::Restore && saysRestore(sentences[at]))
                    access = AccessWords{{0, sentences[at].words.size()}, false, false, false, false};
                if (!access || isOnlySession(reader, *access) || isOfThing(reader, sentences[at], *access) ||
                    isLeftOpen(sentences[at], access->match.last) || isForCustomer(sentences[at], *access))
                    continue;
                AccountDeed deed;
                deed.what = reader.what;
                deed.kind = reader.kind;
                deed.turn = line.turn;
                deed.cue = spoken(sentences[at], access->match.first, access->match.last);
                deed.isPast = access->isPast;
                deed.isOfAnother = access->isOfAnother && !access->isOwn;
                deed.isOfMail = access->isOfMail;
                deed.isDone = (access->isPast && !isLater(sentences[at])) || isDoneBehind(sentences, at);
                deeds_.push_back(std::move(deed));
            }
        for (std::size_t at = 0; at < sentences.size(); ++at) readByName(sentences, at);
    }

    /// "Je ferme la session et vous vous reconnectez": closing one keeps out only who leaves.
    bool isOnlySession(const Reader& reader, const AccessWords& access) const {
        return reader.what == What::Cut && access.isOfSession && !movementTo(Direction::Leaves, movements_);
    }

    /// "C'est le complément Teams, je le désactive": of an account only where somebody leaves or one is to be cut.
    bool isOfThing(const Reader& reader, const Line& sentence, const AccessWords& access) const {
        if (reader.what != What::Cut || movementTo(Direction::Leaves, movements_)) return false;
        const bool isPronoun = isOneOf(sentence.words[access.match.first].text, {"le", "la", "l", "les"});
        return isPronoun && std::ranges::none_of(conversation_.lines, [](const Line& line) {
                   const auto cut = line.speaker == Speaker::Customer ? cutIn(line) : std::nullopt;
                   return cut && !cut->isOwn && !cut->isOfSession;
               });
    }

    static What whatOf(const Movement& movement) {
        return movement.direction == Direction::Leaves ? What::Cut : What::Grant;
    }
    static std::string_view kindOf(What what) {
        return what == What::Cut ? "disable_account" : "create_account";
    }

    void readByName(const std::vector<Line>& sentences, std::size_t at) {
        for (const Movement& movement : movements_) {
            if (movement.person.empty()) continue;
            const What what = whatOf(movement);
            const auto match = deedTo(sentences[at], movement.person, what);
            if (!match || isLeftOpen(sentences[at], match->first)) continue;
            AccountDeed deed;
            deed.what = what;
            deed.kind = kindOf(what);
            deed.turn = sentences[at].turn;
            deed.cue = spoken(sentences[at], match->first, match->last);
            deed.isOfAnother = true;
            deed.isByName = true;
            deed.isDone = isDoneBehind(sentences, at);
            deeds_.push_back(std::move(deed));
        }
    }

    static bool isDoneBehind(const std::vector<Line>& sentences, std::size_t at) {
        return std::any_of(sentences.begin() + static_cast<std::ptrdiff_t>(at), sentences.end(), saysDone);
    }

    /// What the customer asks for, and the technician's next words take on.
    void readRequest(std::size_t index) {
        if (index + 1 >= conversation_.lines.size()) return;
        const Line& answer = conversation_.lines[index + 1];
        if (answer.speaker != Speaker::Agent) return;
        takeOnMovements(index, answer);
        for (const Line& sentence : sentencesIn(conversation_.lines[index]))
            for (const Reader& reader : kReaders) {
                const auto access = reader.in(sentence);
                if (!access || access->isPast || isOnlySession(reader, *access) || reader.in(answer))
                    continue;
                const auto acceptance = acceptanceIn(answer, reader);
                if (!acceptance) continue;
                AccountDeed deed;
                deed.what = reader.what;
                deed.kind = reader.kind;
                deed.turn = answer.turn;
                deed.cue = acceptance->cue;
                deed.isOfAnother = access->isOfAnother && !access->isOwn;
                deed.isOfMail = access->isOfMail;
                deed.isDone = acceptance->isDone;
                deeds_.push_back(std::move(deed));
            }
    }

    /// "Paul part vendredi et Julie arrive lundi." "Je m'en occupe.": of both accounts.
    void takeOnMovements(std::size_t index, const Line& answer) {
        static const CueList kNoted{{"je note"}, {"c est note"}, {"noted"}};
        for (const Movement& movement : movements_) {
            const bool isTold = std::ranges::find(movement.grounds.turns, conversation_.lines[index].turn) !=
                                movement.grounds.turns.end();
            const bool isAccount =
                movement.direction == Direction::Leaves || movement.direction == Direction::Arrives;
            if (!isTold || !isAccount || kNoted.first(answer)) continue;
            const Reader& reader = kReaders[movement.direction == Direction::Leaves ? 0 : 2];
            const auto acceptance = acceptanceIn(answer, reader);
            if (!acceptance || acceptance->isDone) continue;
            AccountDeed deed;
            deed.what = reader.what;
            deed.kind = reader.kind;
            deed.turn = answer.turn;
            deed.cue = acceptance->cue;
            deed.isOfAnother = true;
            deed.isByName = !movement.person.empty();
            deeds_.push_back(std::move(deed));
        }
    }

    const Conversation& conversation_;
    std::span<const Movement> movements_;
    std::vector<AccountDeed> deeds_;
};

}  // namespace

std::vector<AccountDeed> accountDeedsIn(const Conversation& conversation,
                                        std::span<const Movement> movements) {
    return DeedReader{conversation, movements}.read();
}

bool namesPerson(const Line& line, const std::string& person) {
    return !namedIn(line, person).empty();
}

namespace {

/// "de Maëlys", "d'Agathe"; an h may be mute or not.
std::string ownedBy(const std::string& person) {
    return folded(person).starts_with('h') ? "pour " + person : withDe(person);
}

}  // namespace

std::string accountCreatedText(const std::string& person, bool isDone, bool isEnglish) {
    if (isEnglish) return isDone ? "Account of " + person + " created" : "Create the account of " + person;
    const std::string owner = ownedBy(person);
    return isDone ? "Création du compte " + owner : "Créer le compte " + owner;
}

std::string accountCutText(const std::string& person, bool isDone, bool isEnglish) {
    if (isEnglish) return isDone ? "Account of " + person + " disabled" : "Disable the account of " + person;
    const std::string owner = ownedBy(person);
    return isDone ? "Compte " + owner + " désactivé" : "Désactiver le compte " + owner;
}

}  // namespace ninja3cx::analysis
