#include "server/analysis/actions/account_deeds.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/movements/named_people.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_map>

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
    for (const Line& sentence : sentencesOf(line)) {
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

/// "je désactive Paul", "I'll disable Paul's", "set Julie up": who is named is what the verb before is about.
std::optional<Phrase::Match> deedTo(const Line& sentence, const NamedPeople::Place& named, What what) {
    constexpr std::size_t kReach = 4;
    for (std::size_t back = 1; back <= kReach && back <= named.first; ++back) {
        const std::size_t verb = named.first - back;
        const std::string_view word = sentence.words[verb].text;
        if (isVerb(word, what)) {
            const bool isSet = isOneOf(word, {"set", "setting"});
            const bool hasUp =
                isSet && (sentence.words[verb + 1].text == "up" ||
                          (named.last < sentence.words.size() && sentence.words[named.last].text == "up"));
            const Phrase::Match match{verb, named.last};
            if ((isSet && !hasUp) || word.ends_with("ez") || isNegated(sentence.words, match))
                return std::nullopt;
            return match;
        }
        if (!isOneOf(word,
                     {"up",  "le",      "la",     "l",        "compte", "de",   "d",    "celui", "celle",
                      "the", "account", "for",    "of",       "aussi",  "also", "pour", "acces", "access",
                      "mr",  "mrs",     "madame", "monsieur", "un",     "an",   "a"}))
            return std::nullopt;
    }
    return std::nullopt;
}

/// The first word of a sentence behind which all is left open.
std::size_t openFrom(const Line& sentence) {
    const auto places = std::views::iota(std::size_t{0}, sentence.words.size() + 1);
    return *std::ranges::partition_point(
        places, [&](std::size_t at) { return at < sentence.words.size() && !isLeftOpen(sentence, at + 1); });
}

std::vector<std::string> peopleOf(std::span<const Movement> movements) {
    std::vector<std::string> people;
    for (const Movement& movement : movements) people.push_back(movement.person);
    return people;
}

class DeedReader {
public:
    DeedReader(const Conversation& conversation, std::span<const Movement> movements)
        : conversation_{conversation},
          movements_{movements},
          people_{peopleOf(movements)},
          hasLeaver_{movementTo(Direction::Leaves, movements) != nullptr},
          isCutAsked_{std::ranges::any_of(conversation.lines, asksForCut)} {
        for (std::size_t at = 0; at < movements.size(); ++at)
            for (const std::int32_t turn : movements[at].grounds.turns) toldIn_[turn].push_back(at);
    }

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
        const bool isTurnedDown = isCutTurnedDown(conversation_, index);
        const std::vector<Line> sentences = sentencesOf(line);
        // "C'est fait" is of all that was said before it.
        const auto lastDone = std::ranges::find_if(sentences.rbegin(), sentences.rend(), saysDone);
        const auto doneBefore = static_cast<std::size_t>(sentences.rend() - lastDone);
        for (std::size_t at = 0; at < sentences.size(); ++at)
            for (const Reader& reader : kReaders) {
                auto access = reader.in(sentences[at]);
                // "je le réactive": nothing but access is.
                if (!access && reader.what == What::Restore && saysRestore(sentences[at]))
                    access = AccessWords{{0, sentences[at].words.size()}, false, false, false, false};
                if (!access || (isTurnedDown && reader.what == What::Cut) || isOnlySession(reader, *access) ||
                    isOfThing(reader, sentences[at], *access) ||
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
                deed.isDone = (access->isPast && !isLater(sentences[at])) || at < doneBefore;
                deeds_.push_back(std::move(deed));
            }
        if (isTurnedDown) return;
        for (std::size_t at = 0; at < sentences.size(); ++at) readByName(sentences[at], at < doneBefore);
    }

    /// "Je ferme la session et vous vous reconnectez": closing one keeps out only who leaves.
    bool isOnlySession(const Reader& reader, const AccessWords& access) const {
        return reader.what == What::Cut && access.isOfSession && !hasLeaver_;
    }

    /// "C'est le complément Teams, je le désactive": of an account only where somebody leaves or one is to be cut.
    bool isOfThing(const Reader& reader, const Line& sentence, const AccessWords& access) const {
        return reader.what == What::Cut && !hasLeaver_ && !isCutAsked_ &&
               isOneOf(sentence.words[access.match.first].text, {"le", "la", "l", "les"});
    }
    static bool asksForCut(const Line& line) {
        const auto cut = line.speaker == Speaker::Customer ? cutIn(line) : std::nullopt;
        return cut && !cut->isOwn && !cut->isOfSession;
    }

    static What whatOf(const Movement& movement) {
        return movement.direction == Direction::Leaves ? What::Cut : What::Grant;
    }
    static std::string_view kindOf(What what) {
        return what == What::Cut ? "disable_account" : "create_account";
    }

    /// One deed for each of those who move, in their order.
    void readByName(const Line& sentence, bool isDone) {
        std::vector<NamedPeople::Place> places = people_.in(sentence);
        if (places.empty() || sentence.isQuestion) return;
        std::ranges::stable_sort(places, {}, &NamedPeople::Place::person);
        const std::size_t open = openFrom(sentence);
        std::optional<std::size_t> last;
        for (const NamedPeople::Place& place : places) {
            const What what = whatOf(movements_[place.person]);
            const auto match = last == place.person ? std::nullopt : deedTo(sentence, place, what);
            if (!match || open < match->first) continue;
            last = place.person;
            AccountDeed deed;
            deed.what = what;
            deed.kind = kindOf(what);
            deed.turn = sentence.turn;
            deed.cue = spoken(sentence, match->first, match->last);
            deed.isOfAnother = true;
            deed.isByName = true;
            deed.isDone = isDone || isToldAsDone(sentence, match->first);
            deeds_.push_back(std::move(deed));
        }
    }

    /// What the customer asks for, and the technician's next words take on.
    void readRequest(std::size_t index) {
        if (index + 1 >= conversation_.lines.size()) return;
        const Line& answer = conversation_.lines[index + 1];
        if (answer.speaker != Speaker::Agent) return;
        takeOnMovements(index, answer);
        for (const Line& sentence : sentencesOf(conversation_.lines[index]))
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
        const auto told = toldIn_.find(conversation_.lines[index].turn);
        if (told == toldIn_.end() || kNoted.first(answer)) return;
        const Reader& cutting = kReaders[0];
        const Reader& granting = kReaders[2];
        const auto cut = acceptanceIn(answer, cutting);
        const auto grant = acceptanceIn(answer, granting);
        for (const std::size_t at : told->second) {
            const Movement& movement = movements_[at];
            const bool isLeaving = movement.direction == Direction::Leaves;
            if (!isLeaving && movement.direction != Direction::Arrives) continue;
            const auto& acceptance = isLeaving ? cut : grant;
            if (!acceptance || acceptance->isDone) continue;
            const Reader& reader = isLeaving ? cutting : granting;
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
    NamedPeople people_;  // of the movements, by their index
    bool hasLeaver_;
    bool isCutAsked_;  // by the customer, of more than a session
    std::unordered_map<std::int32_t, std::vector<std::size_t>> toldIn_;  // by turn
    std::vector<AccountDeed> deeds_;
};

}  // namespace

std::vector<AccountDeed> accountDeedsIn(const Conversation& conversation,
                                        std::span<const Movement> movements) {
    return DeedReader{conversation, movements}.read();
}

std::string personMeant(const Line& line, const std::optional<AccessWords>& access,
                        std::span<const std::string> people) {
    const std::vector<NamedPeople::Place> places = NamedPeople{people}.in(line);
    if (places.empty()) return {};
    auto meant = places.end();
    if (access) {
        const Phrase::Match& deed = access->match;
        meant = std::ranges::find_if(places, [&](const NamedPeople::Place& place) {
            const bool isOwner = place.last < line.words.size() && line.words[place.last].text == "s";
            return place.last + (isOwner ? 1 : 0) == deed.first;
        });
        if (meant == places.end())
            meant = std::ranges::find_if(
                places, [&](const NamedPeople::Place& place) { return place.first >= deed.first; });
    }
    if (meant == places.end()) meant = places.begin();
    const bool isOfTwo = std::ranges::any_of(places, [&](const NamedPeople::Place& place) {
        return place.first == meant->first && people[place.person] != people[meant->person];
    });
    return isOfTwo ? std::string{} : people[meant->person];
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

std::string accountsCutText(const CutOwners& owners, bool isDone, bool isEnglish) {
    if (!owners.isSeveral && owners.people.size() == 1)
        return accountCutText(owners.people.front(), isDone, isEnglish);
    const bool isSeveral = owners.isSeveral;
    std::string whose;
    for (std::size_t at = 0; at < owners.people.size(); ++at) {
        const bool isLast = at + 1 == owners.people.size();
        if (isEnglish)
            whose += (at == 0 ? " of " : isLast ? " and " : ", ") + owners.people[at];
        else
            whose += (at == 0 ? " " : isLast ? " et " : ", ") + ownedBy(owners.people[at]);
    }
    constexpr std::size_t kMost = 60;  // bytes that a text of 80 characters has for the names
    if (!isSeveral || whose.size() > kMost) whose.clear();
    if (isEnglish) {
        const std::string what = isSeveral ? "accounts" : "account";
        return isDone ? capitalised(what) + whose + " disabled" : "Disable the " + what + whose;
    }
    if (isSeveral) return isDone ? "Comptes" + whose + " désactivés" : "Désactiver les comptes" + whose;
    return isDone ? "Compte désactivé" : "Désactiver le compte";
}

}  // namespace ninja3cx::analysis
