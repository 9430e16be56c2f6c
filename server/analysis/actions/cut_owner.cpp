#include "server/analysis/actions/cut_owner.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/movements/named_people.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// A name in a line; empty: one that two bear, or nobody of the call.
struct Named {
    std::string person;
    std::size_t first = 0;
    std::size_t last = 0;
};

std::vector<std::string> peopleOf(const Names& names, std::span<const Movement> movements) {
    std::vector<std::string> people;
    std::set<std::string_view> known;
    const auto add = [&](const std::string& person) {
        if (!person.empty() && known.insert(person).second) people.push_back(person);
    };
    for (const Movement& movement : movements) add(movement.person);
    for (const std::string& person : names.people) add(person);
    return people;
}

bool isCutVerb(std::string_view word) {
    if (isOneOf(word, {"cut", "close", "closing", "closed", "kill", "lock", "locking"})) return true;
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"desactiv", "bloqu", "supprim", "coup", "ferm", "clotur",
                                                "revoqu", "suspen", "disabl", "deactivat", "block", "remov",
                                                "delet", "revok"},
        [&](std::string_view stem) { return word.starts_with(stem); });
}

/// "ne bloquez pas", "don't block": not this one.
bool isForbiddenAt(const Line& line, std::size_t verb) {
    for (std::size_t back = 1; back <= 3 && back <= verb; ++back)
        if (isOneOf(line.words[verb - back].text, {"pas", "not", "don", "never", "sans", "without", "won"}))
            return true;
    for (std::size_t at = verb + 1; at < std::min(verb + 3, line.words.size()); ++at) {
        if (line.isCutAfter(at - 1)) break;
        if (isOneOf(line.words[at].text, {"pas", "surtout", "jamais"})) return true;
    }
    return false;
}

/// "laissez la boîte ouverte": the account may go.
bool isOfMail(const Line& line) {
    static const CueList kMails{{"boite"}, {"mail*"}, {"mailbox"}, {"inbox"}, {"messagerie"}};
    return kMails.first(line).has_value();
}

class OwnerReader {
public:
    OwnerReader(const Conversation& conversation, const Names& names, std::span<const Movement> movements)
        : conversation_{conversation},
          movements_{movements},
          people_{peopleOf(names, movements)},
          named_{people_} {
        for (const Movement& movement : movements_)
            if (movement.direction == Direction::Leaves)
                leavingTurns_.insert(movement.grounds.turns.begin(), movement.grounds.turns.end());
        readStaying();
    }

    CutOwners ownersIn(const Line& line) const {
        CutOwners owners;
        owners.people = besideCut(line);
        if (!owners.people.empty()) return severalOf(std::move(owners));
        const bool isSeveral = isOfSeveral(line);
        if (!isSeveral && namesStranger(line)) return {};
        if (!isSeveral)
            for (auto other = conversation_.lines.rbegin(); other != conversation_.lines.rend(); ++other) {
                if (other->turn >= line.turn || other->speaker != Speaker::Customer) continue;
                owners.people = besideCut(*other);
                std::erase_if(owners.people, [&](const std::string& person) { return isStaying(person); });
                if (!owners.people.empty()) return severalOf(std::move(owners));
            }
        const std::vector<std::string> leavers = peopleTo(Direction::Leaves, movements_);
        for (const std::string& person : leavers)
            if (!isStaying(person)) owners.people.push_back(person);
        // "I'll take care of both", where another comes, and "les comptes" of one are of one leaver.
        if (isSeveral && (leavers.size() > 1 || movements_.size() == leavers.size())) {
            owners.isSeveral = leavers.size() > 1 || isOfTwo(line);
            if (owners.isSeveral && owners.people.size() != 2) owners.people.clear();
            if (owners.isSeveral) return owners;
        }
        if (owners.people.size() != 1) owners.people.clear();
        return owners;
    }

private:
    static CutOwners severalOf(CutOwners owners) {
        owners.isSeveral = owners.people.size() > 1;
        return owners;
    }

    bool isStaying(const std::string& person) const { return staying_.contains(person); }

    std::optional<Named> nameAt(const Line& line, std::size_t at) const {
        if (at >= line.words.size()) return std::nullopt;
        const std::vector<NamedPeople::Place> places = named_.at(line, at);
        if (places.size() == 1) return Named{people_[places[0].person], at, places[0].last};
        if (!places.empty()) return Named{{}, at, places[0].last};
        const std::string_view word = line.words[at].text;
        if (!isFirstName(word) || isCommonWord(word)) return std::nullopt;
        return Named{writtenName(line, at, at + 1), at, at + 1};
    }

    static bool isBetween(std::string_view word) {
        return isOneOf(word, {"le",   "la",     "l",        "les",  "compte",  "comptes", "de",       "d",
                              "du",   "celui",  "celle",    "ceux", "the",     "account", "accounts", "for",
                              "of",   "one",    "aussi",    "also", "pour",    "acces",   "access",   "mr",
                              "mrs",  "madame", "monsieur", "mme",  "session", "boite",   "bien",     "donc",
                              "that", "just",   "login",    "a",    "vpn",     "mail"});
    }

    /// "je désactive le compte de Thomas et celui de Julie", "le compte de Thomas est coupé"
    std::vector<std::string> besideCut(const Line& line) const {
        std::vector<std::string> people;
        std::set<std::string> known;
        const auto add = [&](const Named& named) {
            if (!named.person.empty() && known.insert(named.person).second) people.push_back(named.person);
        };
        bool isCut = false;
        constexpr std::size_t kReach = 7;
        for (std::size_t verb = 0; verb < line.words.size(); ++verb) {
            if (!isCutVerb(line.words[verb].text) || isForbiddenAt(line, verb)) continue;
            isCut = true;
            std::size_t at = verb + 1;
            for (std::size_t steps = 0; steps < kReach && at < line.words.size(); ++steps) {
                if (line.isCutAfter(at - 1, kSentenceMarks)) break;
                const auto named = nameAt(line, at);
                if (named) {
                    add(*named);
                    at = named->last;
                    if (at >= line.words.size() || !isOneOf(line.words[at].text, {"et", "and"})) break;
                    ++at;
                } else if (isBetween(line.words[at].text)) {
                    ++at;
                } else {
                    break;
                }
            }
        }
        if (!people.empty() || !isCut) return people;
        for (std::size_t at = 0; at < line.words.size(); ++at) {
            const auto named = nameAt(line, at);
            if (!named || isToBeMade(line, at)) continue;
            const bool isOwned = at > 1 && isOneOf(line.words[at - 1].text, {"de", "d", "of"}) &&
                                 isOneOf(line.words[at - 2].text,
                                         {"compte", "comptes", "acces", "celui", "account", "access"});
            const bool isOwner =
                named->last + 1 < line.words.size() && line.words[named->last].text == "s" &&
                isOneOf(line.words[named->last + 1].text, {"account", "access", "login", "accounts"});
            if (isOwned || isOwner) add(*named);
            at = named->last - 1;
        }
        return people;
    }

    /// "je crée celui de Julie"
    static bool isToBeMade(const Line& line, std::size_t name) {
        constexpr std::size_t kReach = 6;
        for (std::size_t back = 1; back <= kReach && back <= name; ++back) {
            const std::string_view word = line.words[name - back].text;
            if (isCutVerb(word)) return false;
            if (word.starts_with("cre") || word.starts_with("prepar") || word.starts_with("ouvr") ||
                word.starts_with("donn") || isOneOf(word, {"set", "setting", "open", "give", "giving"}))
                return true;
        }
        return false;
    }

    /// "le compte de Thibo", who is nobody that the call is known to speak of: not the one who is.
    bool namesStranger(const Line& line) const {
        if (movements_.size() < 2 && staying_.empty()) return false;
        for (std::size_t at = 2; at < line.words.size(); ++at) {
            const std::string_view word = line.words[at].text;
            if (isOneOf(line.words[at - 1].text, {"de", "d", "of"}) &&
                isOneOf(line.words[at - 2].text, {"compte", "celui", "account"}) && !isCommonWord(word) &&
                word.size() > 2 && !isOneOf(word, {"domaine", "messagerie", "service", "session", "mail"}) &&
                !nameAt(line, at))
                return true;
        }
        return false;
    }

    static bool isOfSeveral(const Line& line) {
        static const CueList kSeveral{{"deux comptes"},  {"les comptes"},      {"leurs comptes"},
                                      {"leurs acces"},   {"tous les deux"},    {"toutes les deux"},
                                      {"both accounts"}, {"their accounts"},   {"both of them"},
                                      {"both of their"}, {"two accounts"},     {"je les coupe"},
                                      {"je les bloque"}, {"je les desactive"}, {"je les ferme"},
                                      {"both"},          {"the accounts"}};
        return kSeveral.first(line).has_value();
    }

    static bool isOfTwo(const Line& line) {
        static const CueList kTwo{{"deux"}, {"leurs"}, {"both"}, {"their"}, {"two"}};
        return kTwo.first(line).has_value();
    }

    /// Who is only away, or keeps the account.
    void readStaying() {
        static const CueList kAway{
            {"en conge*"},      {"est absent*"}, {"sera absent*"}, {"conge mater*"},   {"maternite"},
            {"arret maladie"},  {"en arret"},    {"en vacances"},  {"en deplacement"}, {"en formation"},
            {"conge parental"}, {"on leave"},    {"on holiday"},   {"on vacation"},    {"maternity"},
            {"off sick"},       {"sick leave"},  {"is away"},      {"parental leave"}, {"est malade"}};
        static const CueList kKept{
            {"gard* ~ compte"},    {"gardez le"},      {"garder ~ compte"}, {"garde ~ compte"},
            {"laiss* ~ compte"},   {"laissez le"},     {"laissez la"},      {"touch* pas"},
            {"keep ~ account"},    {"keep ~ open"},    {"leave ~ account"}, {"leave ~ open"},
            {"conserv* ~ compte"}, {"t block"},        {"t disable"},       {"t delete"},
            {"t remove"},          {"t close"},        {"bloqu* pas"},      {"desactiv* pas"},
            {"supprim* pas"},      {"coup* pas"},      {"ferm* pas"},       {"keep his"},
            {"keep her"},          {"garde* le sien"}, {"garde* la sienne"}};
        std::string last;
        for (const Line& line : conversation_.lines) {
            if (line.speaker != Speaker::Customer) continue;
            std::vector<Named> names;
            for (std::size_t at = 0; at < line.words.size(); ++at)
                if (const auto named = nameAt(line, at)) {
                    names.push_back(*named);
                    at = named->last - 1;
                }
            const auto before = [&](std::size_t first) {
                const auto behind = std::ranges::upper_bound(names, first, {}, &Named::first);
                return behind == names.begin() ? last : (behind - 1)->person;
            };
            for (const CueList::Hit& hit : kAway.all(line)) {
                if (leavesBehind(line, hit.match.last)) continue;
                if (std::string person = before(hit.match.first); !person.empty())
                    staying_.insert(std::move(person));
            }
            // "laissez-le ouvert jusqu'à vendredi": then it is cut.
            const bool isOnlyUntil = std::ranges::any_of(line.words, [](const Word& word) {
                return isOneOf(word.text, {"jusqu", "jusque", "until", "till"});
            });
            for (const CueList::Hit& hit : kKept.all(line)) {
                if (isOnlyUntil || isOfMail(line)) break;
                const auto next = std::ranges::lower_bound(names, hit.match.first, {}, &Named::first);
                const bool isNext = next != names.end() && next->first <= hit.match.last + 1;
                std::string person = isNext ? next->person : before(hit.match.first);
                if (!person.empty()) staying_.insert(std::move(person));
            }
            if (!names.empty()) last = names.back().person;
        }
    }

    /// "il est en arrêt et il nous quitte": the same one, who leaves as well.
    bool leavesBehind(const Line& line, std::size_t last) const {
        constexpr std::size_t kNear = 4;
        for (std::size_t at = last; at < std::min(last + kNear, line.words.size()); ++at) {
            if (nameAt(line, at)) return false;
            if (isOneOf(line.words[at].text, {"il", "elle", "he", "she"}))
                return leavingTurns_.contains(line.turn);
        }
        return false;
    }

    const Conversation& conversation_;
    std::span<const Movement> movements_;
    std::vector<std::string> people_;
    NamedPeople named_;
    std::set<std::int32_t> leavingTurns_;  // that say who leaves
    std::set<std::string> staying_;
};

}  // namespace

CutOwners cutOwnersIn(const Line& line, const Conversation& conversation, const Names& names,
                      std::span<const Movement> movements) {
    return OwnerReader{conversation, names, movements}.ownersIn(line);
}

bool isCutTurnedDown(const Conversation& conversation, std::size_t turn) {
    static const CueList kKeep{{"laiss* ~ ouvert*"},
                               {"laiss* ~ actif*"},
                               {"laiss* ~ active*"},
                               {"laissez le"},
                               {"laissez la"},
                               {"laiss* ~ compte"},
                               {"gard* ~ compte"},
                               {"gardez le"},
                               {"gardez la"},
                               {"gard* ~ ouvert"},
                               {"touch* pas"},
                               {"bloqu* pas"},
                               {"coup* pas"},
                               {"ferm* pas"},
                               {"desactiv* pas"},
                               {"supprim* pas"},
                               {"surtout pas"},
                               {"keep ~ open"},
                               {"leave ~ open"},
                               {"keep ~ account"},
                               {"leave ~ account"},
                               {"leave it on"},
                               {"leave it alone"},
                               {"keep it"},
                               {"leave it"},
                               {"please don t"},
                               {"no don t"},
                               {"t block"},
                               {"t disable"},
                               {"t delete"},
                               {"t cut"},
                               {"t close"},
                               {"pas la peine"},
                               {"pas besoin"},
                               {"no need"}};
    const auto& lines = conversation.lines;
    if (turn + 1 >= lines.size() || lines[turn].speaker != Speaker::Agent) return false;
    const Line& answer = lines[turn + 1];
    if (answer.speaker != Speaker::Customer || answer.words.empty()) return false;
    // "gardez sa boîte mais coupez le compte", "non non c'est lui, coupez": it is asked for all the same.
    if (cutIn(answer)) return false;
    const auto keep = kKeep.first(answer);
    if (!keep) return false;
    const bool isNo = isOneOf(answer.words.front().text, {"non", "no", "nope", "nan", "ah", "oh"});
    const bool isYes = isOneOf(answer.words.front().text, {"oui", "yes", "ok", "okay", "yeah", "ouais"});
    return !isOfMail(answer) && (isNo || !isYes);
}

}  // namespace ninja3cx::analysis
