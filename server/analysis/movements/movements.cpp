#include "server/analysis/movements/movements.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/entities/caller_name.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/movements/heard_name.hpp"
#include "server/analysis/movements/movement_cues.hpp"
#include "server/analysis/movements/named_people.hpp"
#include "server/analysis/movements/said_beside.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// A name in a line.
struct Mention {
    std::string person;
    std::size_t line = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};

bool isWordAt(const Line& line, std::size_t at, std::initializer_list<std::string_view> words) {
    return at < line.words.size() && isOneOf(line.words[at].text, words);
}

/// Where people of the customer's are named. `names` outlives it.
class NameFinder {
public:
    explicit NameFinder(const Names& names) : names_{names}, people_{names.people} {}

    std::vector<Mention> mentionsIn(const Conversation& conversation) const {
        const std::vector<bool> isTechnician = techniciansIn(conversation);
        std::vector<Mention> mentions;
        for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
            const Line& line = conversation.lines[index];
            Hits hits;
            for (std::size_t at = 0; at < line.words.size(); ++at) {
                const std::vector<NamedPeople::Place> said = people_.at(line, at);
                if (said.empty() && isFirstNameOfMover(line, at, at + 1, hits)) {
                    const std::size_t first = isNameWord(line, at - 1) ? at - 1 : at;
                    mentions.push_back({writtenName(line, first, at + 1), index, first, at + 1});
                } else if (said.empty() && isSurnameOfMover(line, at + 1, hits)) {
                    mentions.push_back({writtenName(line, at, at + 2), index, at, at + 2});
                    ++at;
                    continue;
                }
                if (said.empty()) continue;
                const NamedPeople::Place& place = said.front();
                if (!isTechnician[place.person])
                    mentions.push_back({names_.people[place.person], index, at, place.last});
                at = place.last - 1;
            }
        }
        return mentions;
    }

private:
    static bool isNameWord(const Line& line, std::size_t at) {
        return at < line.words.size() && isFirstName(line.words[at].text) &&
               !isCommonWord(line.words[at].text);
    }

    /// What moves in a line, read where a name needs it, once.
    using Hits = std::optional<std::vector<MovementHit>>;

    /// "paul part vendredi marie reste", "thomas est parti": in lower case a first name alone is in no list of the call's people.
    static bool isFirstNameOfMover(const Line& line, std::size_t at, std::size_t next, Hits& hits) {
        if (line.speaker != Speaker::Customer || !isNameWord(line, at)) return false;
        if (isMoverVerb(line, next)) return true;
        // "c'est thomas qui appelle" is no more than the caller.
        const bool isLed = isWordAt(line, next,
                                    {"est", "a", "nous", "s", "va", "vient", "ne", "n", "is", "has", "will",
                                     "sera", "qui", "who", "et", "doit"});
        if (!isLed) return false;
        constexpr std::size_t kReach = 4;  // words to what is said of him
        if (!hits) hits = movementHitsIn(line);
        for (auto hit = std::ranges::partition_point(
                 *hits, [&](const MovementHit& before) { return before.match.first < next; });
             hit != hits->end() && hit->match.first <= next + kReach; ++hit)
            if (!hit->isOfSpeaker && isSaidRightOf(line, next, *hit)) return true;
        return false;
    }
    /// "paul petit nous quitte"
    static bool isSurnameOfMover(const Line& line, std::size_t at, Hits& hits) {
        if (at + 1 >= line.words.size() || isMoverVerb(line, at) || line.isCutAfter(at - 1)) return false;
        const std::string_view word = line.words[at].text;
        const bool isName = word.size() > 2 && (!isCommonWord(word) || isOneOf(word, {"petit", "grand"})) &&
                            !isOneOf(word, {"est", "nous", "qui", "who", "sera"});
        return isName && isFirstNameOfMover(line, at - 1, at + 1, hits);
    }
    static bool isMoverVerb(const Line& line, std::size_t at) {
        return isWordAt(line, at,
                        {"part", "partira", "quitte", "arrive", "commence", "reste", "demarre", "remplace",
                         "leaves", "starts", "arrives", "stays", "joins", "replaces"});
    }

    /// Who answers the phone and says so: no one of the customer's.
    std::vector<bool> techniciansIn(const Conversation& conversation) const {
        std::vector<bool> isTechnician(names_.people.size());
        if (conversation.lines.empty() || conversation.lines[0].speaker != Speaker::Agent)
            return isTechnician;
        const Line& opening = conversation.lines[0];
        for (std::size_t at = 0; at < opening.words.size(); ++at)
            for (const NamedPeople::Place& place : people_.at(opening, at)) isTechnician[place.person] = true;
        return isTechnician;
    }

    const Names& names_;
    NamedPeople people_;
};

class MovementReader {
public:
    MovementReader(const Conversation& conversation, const Names& names)
        : conversation_{conversation}, names_{names}, mentions_{NameFinder{names}.mentionsIn(conversation)} {
        for (const Mention& mention : mentions_) {
            mentionsBefore_.resize(mention.line + 1, static_cast<std::size_t>(&mention - mentions_.data()));
            addTitle(mention);
        }
        mentionsBefore_.resize(conversation.lines.size() + 1, mentions_.size());
        for (const Line& line : conversation.lines) {
            isAnybodyAway_ = isAnybodyAway_ || isAwayForLong(line);
            if (const auto cut = cutIn(line); cut && !cut->isOfSession)
                (cut->isOwn ? isOwnCut_ : isCut_) = true;
            isRestored_ = isRestored_ || restoreIn(line);
            isGiven_ = isGiven_ || grantIn(line) || asksForWorkplace(line);
        }
    }

    std::vector<Movement> read() {
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) readLine(index);
        nameElsewhere();
        for (Found& found : found_) add(std::move(found.movement));
        takeBack();
        settle();
        for (Movement& movement : movements_) movement.person = titled(movement.person);
        return std::move(movements_);
    }

private:
    struct Found {
        Movement movement;
        std::size_t line = 0;
        bool isPronoun = false;  // said of "il", "elle"
        bool isOpen = false;     // of whom, it leaves open
    };

    static bool asksForWorkplace(const Line& line) {
        static const CueList kNeeds{{"compte*"},      {"acces"},    {"session"},    {"boite"},
                                    {"adresse mail"}, {"poste"},    {"ordinateur"}, {"portable"},
                                    {"materiel"},     {"pc"},       {"droits"},     {"identifiants"},
                                    {"account*"},     {"access"},   {"login*"},     {"mailbox"},
                                    {"laptop"},       {"computer"}, {"set up"},     {"licen*"}};
        return kNeeds.first(line).has_value();
    }

    const Line& at(std::size_t index) const { return conversation_.lines[index]; }

    std::span<const Mention> mentionsIn(std::size_t line) const {
        if (line + 1 >= mentionsBefore_.size()) return {};
        return std::span{mentions_}.subspan(mentionsBefore_[line],
                                            mentionsBefore_[line + 1] - mentionsBefore_[line]);
    }

    bool isCaller(const std::string& person) const { return !person.empty() && person == names_.customer; }

    /// The mentions of a line that stand near the words: nothing is said of who is named further off.
    std::span<const Mention> mentionsNear(std::size_t index, const MovementHit& hit) const {
        constexpr std::size_t kBefore = 20;  // words
        constexpr std::size_t kBehind = 6;
        const std::span<const Mention> all = mentionsIn(index);
        const auto first = std::ranges::partition_point(
            all, [&](const Mention& mention) { return mention.last + kBefore < hit.match.first; });
        const auto last = std::partition_point(first, all.end(), [&](const Mention& mention) {
            return mention.first <= hit.match.last + kBehind;
        });
        return {first, last};
    }

    /// Somebody stands shortly before the words, or is named behind them.
    bool isOfPerson(std::size_t index, const MovementHit& hit, bool withPronouns) const {
        constexpr std::size_t kBefore = 6;
        const Line& line = at(index);
        for (std::size_t back = 1; back <= kBefore && back <= hit.match.first; ++back) {
            const std::string_view word = line.words[hit.match.first - back].text;
            if (isStaffWord(word)) return true;
            const bool isPronoun = isOneOf(
                word, {"il", "elle", "ils", "elles", "he", "she", "they", "qui", "who", "celui", "celle"});
            if (isPronoun && withPronouns && back <= 3) return true;
        }
        return std::ranges::any_of(mentionsNear(index, hit), [&](const Mention& mention) {
            return (mention.last <= hit.match.first && hit.match.first - mention.last <= kBefore) ||
                   (mention.first >= hit.match.last && mention.first - hit.match.last <= 3);
        });
    }

    /// "Roy Palmer's leaving at the end of the week"
    bool isNamedRightBefore(std::size_t index, const MovementHit& hit) const {
        return std::ranges::any_of(mentionsNear(index, hit), [&](const Mention& mention) {
            return !isCaller(mention.person) && mention.last <= hit.match.first &&
                   hit.match.first - mention.last <= 1;
        });
    }

    /// "une arrivée, Karim Benali, et un départ, Franck Ollier"
    bool isNounWithName(std::size_t index, const MovementHit& hit) const {
        return isWordAt(at(index), hit.match.first, {"arrivee", "depart", "dernier", "premier"}) &&
               std::ranges::any_of(mentionsNear(index, hit), [&](const Mention& mention) {
                   return isNamedRightBehind(at(index), hit, mention.first) && !isCaller(mention.person);
               });
    }

    /// The name that stands right beside the words, which is of nobody else then.
    const Mention* besideOf(std::size_t index, const MovementHit& hit) const {
        if (hit.isOfSpeaker) return nullptr;
        const Mention* before = nullptr;
        for (const Mention& mention : mentionsNear(index, hit)) {
            if (isCaller(mention.person)) continue;
            const bool isInside = mention.first >= hit.match.first && mention.last <= hit.match.last;
            if (isInside ||
                (isNamedRightBehind(at(index), hit, mention.first) && !isReplacedIn(at(index), hit, mention)))
                return &mention;
            if (isSaidRightOf(at(index), mention.last, hit)) before = &mention;
        }
        return before;
    }

    bool isSaidOfOne(std::size_t index, const MovementHit& hit) const {
        return besideOf(index, hit) || !nameHeardBefore(at(index), hit.match).empty();
    }

    bool counts(std::size_t index, const MovementHit& hit) const {
        const Line& line = at(index);
        if (hit.direction == Direction::Leaves && isAwayInLine_) return false;
        if (hit.direction == Direction::ChangesPost) return hit.isOfSpeaker || isOfPerson(index, hit, true);
        if (hit.isPlain || isNounWithName(index, hit)) return true;
        if (isWordAt(line, hit.match.first, {"dernier", "premier"})) return false;
        if (line.speaker == Speaker::Agent && !isOfPerson(index, hit, false)) return false;
        if (hit.direction == Direction::Arrives && isBesideLeaver_ && isSaidOfOne(index, hit)) return true;
        if (hit.direction == Direction::Arrives)
            return isGiven_ && !hit.isOfSpeaker && isOfPerson(index, hit, false);
        if (isAnybodyAway_) return false;
        if (hit.isOfSpeaker) return isOwnCut_;
        const bool isNoun = isWordAt(line, hit.match.first, {"depart"});
        return isCut_ ? isNoun || isOfPerson(index, hit, true) : !isNoun && isNamedRightBefore(index, hit);
    }

    /// A sentence ends between the words.
    static bool isParted(const Line& line, std::size_t last, std::size_t next) {
        const auto from = static_cast<std::size_t>(line.words[last].end);
        const auto to = static_cast<std::size_t>(line.words[next].begin);
        return line.text.substr(from, to - from).find_first_of(".?!") != std::string_view::npos;
    }

    /// "on a licencié Paul", "we've let her go": whom it is done to stands behind, or was named before.
    static bool isDoneToSomebody(const Line& line, const MovementHit& hit) {
        const auto isDeed = [](const Word& word) {
            return std::ranges::any_of(
                std::initializer_list<std::string_view>{
                    "licenci",   "mis",      "mett",     "vir", "renvoy",  "remerci", "fired",
                    "dismiss",   "sack",     "terminat", "let", "embauch", "recrut",  "hired",
                    "reembauch", "rembauch", "rehir",    "hir", "repris",  "tak"},
                [&](std::string_view stem) { return word.text.starts_with(stem); });
        };
        const auto first = line.words.begin() + static_cast<std::ptrdiff_t>(hit.match.first);
        const auto last = line.words.begin() + static_cast<std::ptrdiff_t>(hit.match.last);
        if (std::none_of(first, last, isDeed)) return false;
        const std::size_t from = hit.match.first > 3 ? hit.match.first - 3 : 0;
        return std::any_of(line.words.begin() + static_cast<std::ptrdiff_t>(from), last,
                           [](const Word& word) {
                               return isOneOf(word.text, {"on", "nous", "we", "ve", "j", "i", "avons"});
                           });
    }

    /// The name that belongs to the words, in their line: before them, of who does it; behind them, of whom it is done to.
    /// `beside`: who stands right beside them. `isTaken`: of whom something else is said there.
    template <class IsTaken>
    std::string namedBeside(std::size_t index, const MovementHit& hit, const Mention* beside,
                            IsTaken isTaken) const {
        if (hit.isOfSpeaker) return names_.customer;
        if (beside) return beside->person;
        if (isOfSomeone(at(index), hit)) return {};
        constexpr std::size_t kBehind = 6;
        constexpr std::size_t kBefore = 9;
        const Line& line = at(index);
        const bool isDone = isDoneToSomebody(line, hit);
        const Mention* before = nullptr;
        const Mention* behind = nullptr;
        for (const Mention& mention : mentionsNear(index, hit)) {
            if (isTaken(mention.person) || isToSayMore(line, mention.last)) continue;
            if (mention.last <= hit.match.first) {
                if (isNoun(line, hit)) continue;
                const std::size_t distance = hit.match.first - mention.last;
                const bool isNear = distance <= kBefore && !isParted(line, mention.last - 1, hit.match.first);
                // Who calls is not who is spoken of.
                if (isNear && !isCaller(mention.person)) before = &mention;
                continue;
            }
            const std::size_t distance = mention.first >= hit.match.last ? mention.first - hit.match.last : 0;
            if (!behind && distance <= kBehind && !isCaller(mention.person) &&
                !isReplacedIn(line, hit, mention))
                behind = &mention;
        }
        const bool isInside = behind && behind->first < hit.match.last;
        if (isInside || ((hit.namesBehind || isDone) && behind)) return behind->person;
        if (hit.namesBehind || isDone) {
            if (std::string heard = nameHeardBehind(line, hit.match); !heard.empty()) return heard;
            if (before || isDone) return before ? before->person : std::string{};
        }
        const std::string heard = nameHeardBefore(line, hit.match);
        const bool isHeard = !heard.empty() && folded(heard) != folded(names_.customer);
        if (isHeard && (!before || hit.match.first - before->last > 3)) return heard;
        if (before) return before->person;
        return behind ? behind->person : nameHeardBehind(line, hit.match);
    }

    /// "le remplaçant de Paul", "remplace Paul": not Paul comes.
    static bool isReplacedIn(const Line& line, const MovementHit& hit, const Mention& mention) {
        if (hit.direction != Direction::Arrives || mention.first == 0) return false;
        const std::size_t last = hit.match.last - 1;
        if (isWordAt(line, last, {"remplace", "remplacera", "remplacer", "replacing", "replace", "replaces"}))
            return true;
        return isWordAt(line, last, {"remplacant", "remplacante", "successeur", "from", "suite", "place"}) &&
               isWordAt(line, mention.first - 1, {"de", "d", "from", "of"});
    }

    /// What is found once for a line and looked up for each of its hits.
    struct LineFacts {
        std::vector<const Mention*> besides;  // of each hit, or null
        /// The directions of what a person stands right beside, a bit for each.
        std::unordered_map<std::string_view, std::uint32_t> directions;
        std::unordered_map<std::string_view, std::pair<const Mention*, const Mention*>> pairs;
    };
    static constexpr std::uint32_t bitOf(Direction direction) {
        return 1U << static_cast<std::uint32_t>(direction);
    }

    LineFacts factsOf(std::size_t index, const std::vector<MovementHit>& hits) const {
        LineFacts facts;
        for (const MovementHit& hit : hits) {
            const Mention* beside = besideOf(index, hit);
            facts.besides.push_back(beside);
            if (beside) facts.directions[beside->person] |= bitOf(hit.direction);
        }
        const std::span<const Mention> mentions = mentionsIn(index);
        for (std::size_t next = 1; next < mentions.size(); ++next) {
            const Mention& one = mentions[next - 1];
            const Mention& other = mentions[next];
            if (!isPair(index, one, other)) continue;
            facts.pairs.emplace(one.person, std::pair{&one, &other});
            facts.pairs.emplace(other.person, std::pair{&one, &other});
        }
        return facts;
    }

    /// "Paul Roux et Julie Morel quittent …"
    bool isPair(std::size_t index, const Mention& one, const Mention& other) const {
        return other.first == one.last + 1 && isWordAt(at(index), one.last, {"et", "and"}) &&
               !at(index).isCutAfter(one.last - 1) && one.person != other.person && !isCaller(one.person) &&
               !isCaller(other.person);
    }

    void readLine(std::size_t index) {
        const Line& line = at(index);
        const std::size_t before = found_.size();
        const std::vector<MovementHit> hits = movementHitsIn(line);
        if (hits.empty()) return;
        if (line.speaker == Speaker::Agent && line.isQuestion) {
            noteAsked(index, hits);
            return;
        }
        isAwayInLine_ = isAwayForLong(line);
        isBesideLeaver_ = false;
        const LineFacts facts = factsOf(index, hits);
        isBesideLeaver_ = std::ranges::any_of(hits, [&](const MovementHit& hit) {
            return hit.direction == Direction::Leaves && isSaidOfOne(index, hit) && counts(index, hit);
        });
        for (std::size_t each = 0; each < hits.size(); ++each) {
            const MovementHit& hit = hits[each];
            if (!counts(index, hit)) continue;
            if (isReplacedBy(line, hit)) addReplaced(index, hit);
            // Of whom something else is said is not who is meant here.
            const auto isTaken = [&](const std::string& person) {
                const auto found = facts.directions.find(person);
                return found != facts.directions.end() && (found->second & ~bitOf(hit.direction)) != 0;
            };
            const std::string named = namedBeside(index, hit, facts.besides[each], isTaken);
            const auto pair = facts.pairs.find(named);
            if (pair == facts.pairs.end()) {
                found_.push_back(foundAt(index, hit, hit.direction, named));
                continue;
            }
            for (const Mention* one : {pair->second.first, pair->second.second})
                found_.push_back(foundAt(index, hit, hit.direction, one->person));
        }
        partNames(index, before);
    }

    /// "Qui part ?": the answer says who.
    void noteAsked(std::size_t index, const std::vector<MovementHit>& hits) {
        std::uint32_t noted = 0;
        for (const MovementHit& hit : hits) {
            if ((noted & bitOf(hit.direction)) == 0) asked_.push_back({index, hit.direction});
            noted |= bitOf(hit.direction);
        }
    }

    Found foundAt(std::size_t index, const MovementHit& hit, Direction direction, std::string person) const {
        Found found;
        found.line = index;
        const auto& words = at(index).words;
        found.isPronoun = hit.match.first > 0 &&
                          isOneOf(words[hit.match.first - 1].text, {"il", "elle", "he", "she", "they"});
        found.isOpen = isOfSomeone(at(index), hit);
        found.movement.direction = direction;
        found.movement.person = std::move(person);
        found.movement.grounds.add(at(index).turn, spoken(at(index), hit.match.first, hit.match.last));
        return found;
    }

    static bool isReplacedBy(const Line& line, const MovementHit& hit) {
        return hit.direction == Direction::Arrives && isWordAt(line, hit.match.last - 1, {"par", "by"});
    }

    /// "Serge Petit est remplacé par …": he leaves, unless he is only away.
    void addReplaced(std::size_t index, const MovementHit& hit) {
        if (isAnybodyAway_) return;
        const Mention* replaced = nullptr;
        for (const Mention& mention : mentionsNear(index, hit))
            if (mention.last <= hit.match.first && !isCaller(mention.person) &&
                !isParted(at(index), mention.last - 1, hit.match.first))
                replaced = &mention;
        if (replaced) found_.push_back(foundAt(index, hit, Direction::Leaves, replaced->person));
    }

    /// Nobody leaves and comes in one sentence: the one of whom it is said by "il" or "elle" is the other.
    void partNames(std::size_t index, std::size_t from) {
        std::unordered_map<std::string_view, std::uint32_t> known;  // directions, of those who are named
        for (std::size_t each = from; each < found_.size(); ++each)
            if (const Movement& movement = found_[each].movement; !found_[each].isPronoun)
                known[movement.person] |= bitOf(movement.direction);
        // The first who is named there, and the first who is another.
        const Mention* first = nullptr;
        const Mention* second = nullptr;
        for (const Mention& mention : mentionsIn(index)) {
            if (isCaller(mention.person)) continue;
            if (!first) first = &mention;
            if (!second && mention.person != first->person) second = &mention;
        }
        for (std::size_t each = from; each < found_.size(); ++each) {
            Movement& doubtful = found_[each].movement;
            if (!found_[each].isPronoun || doubtful.person.empty()) continue;
            const auto other = known.find(doubtful.person);
            if (other == known.end() || (other->second & ~bitOf(doubtful.direction)) == 0) continue;
            const Mention* another = first && first->person == doubtful.person ? second : first;
            doubtful.person = another ? another->person : std::string{};
        }
    }

    /// Who is named in another line, for those who move without a name.
    void nameElsewhere() {
        std::set<std::string_view> taken;
        for (const Found& found : found_) taken.insert(found.movement.person);
        const Answers answers = answersToQuestions();
        Before before;
        std::size_t next = 0;
        for (Found& found : found_) {
            for (; next < mentionsBefore_[found.line + 1]; ++next)
                if (mayBeSpokenOf(mentions_[next])) before.push(&mentions_[next]);
            if (!found.movement.person.empty()) continue;
            while (before.last() && taken.contains(before.last()->person)) before.pop();
            const Mention* mention = answers[static_cast<std::size_t>(found.movement.direction)];
            if (!mention) mention = namedBehind(found.line, taken);
            if (!mention && before.last() && mayBeMeant(found, before)) mention = before.last();
            if (!mention) continue;
            found.movement.person = mention->person;
            taken.insert(mention->person);
        }
    }

    /// Who was named up to a line, the latest last.
    class Before {
    public:
        void push(const Mention* mention) {
            mentions_.push_back(mention);
            ++times_[mention->person];
        }
        void pop() {
            const auto person = times_.find(mentions_.back()->person);
            if (--person->second == 0) times_.erase(person);
            mentions_.pop_back();
        }
        const Mention* last() const { return mentions_.empty() ? nullptr : mentions_.back(); }
        bool isOfOne() const { return times_.size() == 1; }

    private:
        std::vector<const Mention*> mentions_;
        std::unordered_map<std::string_view, std::size_t> times_;
    };

    /// Whose account is cut must be clear: "il part" is of the last who was named, "un départ" of the only one.
    static bool mayBeMeant(const Found& found, const Before& before) {
        if (found.isOpen) return false;
        return found.isPronoun || found.movement.direction != Direction::Leaves || before.isOfOne();
    }

    /// "Qui part ?" "Paul Arnaud.": by direction.
    using Answers = std::array<const Mention*, 4>;
    Answers answersToQuestions() const {
        Answers answers{};
        for (const auto& [question, direction] : asked_) {
            const Mention*& answer = answers[static_cast<std::size_t>(direction)];
            for (const Mention& mention : mentionsIn(question + 1)) {
                if (answer) break;
                if (!isCaller(mention.person)) answer = &mention;
            }
        }
        return answers;
    }

    /// "Son nom ?" "Paul Arnaud."
    const Mention* namedBehind(std::size_t line, const std::set<std::string_view>& taken) const {
        constexpr std::size_t kFollowing = 6;
        constexpr std::size_t kBeginning = 5;  // words
        for (std::size_t index = line + 1; index <= line + kFollowing; ++index)
            for (const Mention& mention : mentionsIn(index)) {
                if (mention.first > kBeginning) break;
                if (!leadsToOther(mention) && !isToSayMore(at(index), mention.last) &&
                    !isCaller(mention.person) && !taken.contains(mention.person))
                    return &mention;
            }
        return nullptr;
    }

    bool mayBeSpokenOf(const Mention& mention) const {
        return !isCaller(mention.person) && at(mention.line).speaker == Speaker::Customer &&
               !leadsToOther(mention) && !isSelf(mention) && !isToSayMore(at(mention.line), mention.last);
    }

    /// "c'est Edith": who calls.
    bool isSelf(const Mention& mention) const {
        return mention.first > 0 &&
               isWordAt(at(mention.line), mention.first - 1,
                        {"est", "ici", "moi", "suis", "is", "s", "its", "bonjour", "hi", "hello"});
    }

    /// "à Yvette Lacroix", "to his manager Tessa": to whom what is left goes.
    bool leadsToOther(const Mention& mention) const {
        const Line& line = at(mention.line);
        for (std::size_t back = 1; back <= 3 && back <= mention.first; ++back)
            if (isWordAt(line, mention.first - back,
                         {"a", "vers", "to", "manager", "chef", "patron", "directeur", "boss", "avec", "with",
                          "par", "moi"}))
                return true;
        return false;
    }

    static bool isSame(const std::string& one, const std::string& other) {
        return one.empty() || other.empty() || one == other;
    }

    /// Once for a person, and for nobody only where no one else goes there.
    void add(Movement movement) {
        Known& known = known_[static_cast<std::size_t>(movement.direction)];
        std::optional<std::size_t> same;
        if (known.first && (movement.person.empty() || movements_[*known.first].person.empty()))
            same = known.first;
        else if (const auto place = known.byPerson.find(movement.person); place != known.byPerson.end())
            same = place->second;
        if (!same) {
            same = movements_.size();
            if (!known.first) known.first = same;
            movements_.push_back(std::move(movement));
        } else {
            Movement& other = movements_[*same];
            if (other.person.empty()) other.person = movement.person;
            other.grounds.add(movement.grounds);
        }
        if (const std::string& person = movements_[*same].person; !person.empty())
            known.byPerson.emplace(person, *same);
    }

    /// Who was taken for a leaver has not left.
    void takeBack() {
        const Movement* leaver = movementTo(Direction::Leaves, movements_);
        if (!leaver && !isCut_ && !isRestored_) return;
        const std::string leaving = leaver ? leaver->person : std::string{};
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            const auto match = takenBackIn(at(index));
            if (!match || (at(index).speaker == Speaker::Agent && at(index).isQuestion)) continue;
            const MovementHit hit{Direction::ComesBack, *match, false, true, false};
            Movement back;
            back.direction = Direction::ComesBack;
            const auto isTaken = [](const std::string&) { return false; };
            back.person = namedBeside(index, hit, besideOf(index, hit), isTaken);
            if (back.person.empty()) back.person = nameHeardIn(at(index), names_.customer);
            if (back.person.empty()) back.person = leaving;
            back.grounds.add(at(index).turn, spoken(at(index), match->first, match->last));
            add(std::move(back));
        }
    }

    void dropBeside(Direction kept, Direction dropped) {
        const Movement* stays = movementTo(kept, movements_);
        if (!stays) return;
        const std::string person = stays->person;
        std::erase_if(movements_, [&](const Movement& movement) {
            return movement.direction == dropped && isSame(movement.person, person);
        });
    }

    /// What is said of one person in two ways is one movement.
    void settle() {
        dropBeside(Direction::ComesBack, Direction::Leaves);
        dropBeside(Direction::ComesBack, Direction::Arrives);
        dropBeside(Direction::ChangesPost, Direction::Leaves);
        dropBeside(Direction::ChangesPost, Direction::Arrives);
        if (const Movement* leaver = movementTo(Direction::Leaves, movements_);
            leaver && !leaver->person.empty()) {
            const std::string person = leaver->person;
            std::erase_if(movements_, [&](const Movement& movement) {
                return movement.direction == Direction::Arrives && movement.person == person;
            });
        }
    }

    /// "Mme Perrot" for a surname alone.
    std::string titled(const std::string& person) const {
        if (person.empty() || person.find(' ') != std::string::npos) return person;
        const auto title = titles_.find(person);
        return title == titles_.end() ? person : std::string{title->second} + person;
    }
    void addTitle(const Mention& mention) {
        if (mention.first == 0) return;
        const Line& line = at(mention.line);
        if (isWordAt(line, mention.first - 1, {"madame", "mme"})) titles_.emplace(mention.person, "Mme ");
        if (isWordAt(line, mention.first - 1, {"monsieur"})) titles_.emplace(mention.person, "M. ");
    }

    const Conversation& conversation_;
    const Names& names_;
    std::vector<Mention> mentions_;                   // in the order of the lines
    std::vector<std::size_t> mentionsBefore_;         // each line, and in all
    std::map<std::string, std::string_view> titles_;  // as they are said first
    bool isAnybodyAway_ = false;
    bool isAwayInLine_ = false;    // the line that is read is of somebody who is away for long
    bool isBesideLeaver_ = false;  // somebody leaves in it
    bool isCut_ = false;
    bool isOwnCut_ = false;
    bool isGiven_ = false;
    bool isRestored_ = false;
    std::vector<std::pair<std::size_t, Direction>> asked_;
    std::vector<Found> found_;
    std::vector<Movement> movements_;
    struct Known {  // of those who go one way
        std::optional<std::size_t> first;
        std::unordered_map<std::string, std::size_t> byPerson;
    };
    std::array<Known, 4> known_;
};

/// "c'est Claire Fontaine", "this is Emma Clarke"; not "c'est Julie Petit qui arrive".
bool isIntroduced(const Line& line, const Mention& mention) {
    if (mention.first == 0 || isWordAt(line, mention.last, {"qui", "who", "whos"})) return false;
    if (isWordAt(line, mention.first - 1, {"ici", "suis", "appelle", "m", "im", "its"})) return true;
    return mention.first > 1 &&
           ((isWordAt(line, mention.first - 1, {"est"}) && isWordAt(line, mention.first - 2, {"c"})) ||
            (isWordAt(line, mention.first - 1, {"s"}) && isWordAt(line, mention.first - 2, {"it"})) ||
            (isWordAt(line, mention.first - 1, {"is"}) &&
             isWordAt(line, mention.first - 2, {"this", "name"})));
}

/// "je suis son remplaçant, Yann Le Goff", "I'm the new manager, …"
bool isSaidOfSelf(const Line& line, const MovementHit& hit) {
    for (std::size_t back = 1; back <= 2 && back <= hit.match.first; ++back)
        if (isWordAt(line, hit.match.first - back, {"suis", "m", "am", "im"})) return true;
    return false;
}

/// The hits that may be of who is named there.
std::span<const MovementHit> hitsNear(const std::vector<MovementHit>& hits, const Mention& mention) {
    constexpr std::size_t kNear = 20;  // words
    const auto first = std::ranges::partition_point(
        hits, [&](const MovementHit& hit) { return hit.match.first + kNear < mention.first; });
    const auto last = std::partition_point(
        first, hits.end(), [&](const MovementHit& hit) { return hit.match.first <= mention.last + kNear; });
    return {first, last};
}

/// Moves, or stays while another moves, is replaced, or is one of two who are named in one breath.
bool isToldOf(const Line& line, const std::vector<MovementHit>& hits, const Mention& mention) {
    const std::initializer_list<std::string_view> replacing = {"remplace", "remplacera", "remplacer",
                                                               "replaces", "replacing",  "replace"};
    const bool isOwner = isWordAt(line, mention.last, {"s"}) &&
                         line.gapAfter(mention.last - 1).find(' ') == std::string_view::npos;
    const bool hasAccount =
        isWordAt(line, mention.last + 1, {"account", "access", "login", "mailbox", "accounts", "laptop"});
    if (isOwner && (hasAccount || !hits.empty())) return true;
    if (isIntroduced(line, mention)) return false;
    if (!hits.empty() && isToSayMore(line, mention.last)) return true;
    if (isWordAt(line, mention.last,
                 {"reste", "part", "stays", "remains", "goes", "comes", "starts", "leaves"}))
        return true;
    const bool isAbsent = isWordAt(line, mention.last, {"est", "sera", "is"}) &&
                          isWordAt(line, mention.last + 1, {"absent", "absente", "away"});
    if (isAbsent) return true;
    if (mention.first > 0 && isWordAt(line, mention.first - 1, replacing)) return true;
    const bool isBeforeOther = isWordAt(line, mention.last, {"et", "ou", "and", "or"}) &&
                               !line.isCutAfter(mention.last - 1) && mention.last - mention.first > 1;
    const bool isPair =
        !hits.empty() &&
        (isBeforeOther || (mention.first > 0 && isWordAt(line, mention.first - 1, {"ou", "or"})));
    return isPair || std::ranges::any_of(hitsNear(hits, mention), [&](const MovementHit& hit) {
               const bool isInside = mention.first >= hit.match.first && mention.last <= hit.match.last;
               return !hit.isOfSpeaker && !isSaidOfSelf(line, hit) &&
                      (isInside || isSaidRightOf(line, mention.last, hit) ||
                       isNamedRightBehind(line, hit, mention.first));
           });
}

}  // namespace

namespace {

/// "marc part en congé", "tom starts monday": in lower case what he does was taken for his surname.
void dropVerbsFromNames(Names& names, const Conversation& conversation) {
    for (std::string& person : names.people) {
        const std::vector<Word> words = wordsOf(person);
        if (words.size() != 2 || !isOneOf(words[1].text, {"part", "partira", "quitte", "arrive", "commence",
                                                          "reste", "demarre", "remplace", "leaves", "starts",
                                                          "arrives", "stays", "joins", "replaces"}))
            continue;
        const bool isCapital = std::ranges::any_of(conversation.lines, [&](const Line& line) {
            for (std::size_t at = 0; at + 1 < line.words.size(); ++at)
                if (line.words[at].text == words[0].text && line.words[at + 1].text == words[1].text) {
                    const char first = line.text[static_cast<std::size_t>(line.words[at + 1].begin)];
                    if (first >= 'A' && first <= 'Z') return true;
                }
            return false;
        });
        if (isCapital) continue;
        const std::string alone = person.substr(0, person.find(' '));
        if (names.customer == person) names.customer = alone;
        person = alone;
    }
}

}  // namespace

Names withoutMoverAsCaller(Names names, const Conversation& conversation) {
    dropVerbsFromNames(names, conversation);
    if (names.customer.empty()) return names;
    std::set<std::string> told;
    std::vector<MovementHit> hits;
    std::optional<std::size_t> read;
    for (const Mention& mention : NameFinder{names}.mentionsIn(conversation)) {
        const Line& line = conversation.lines[mention.line];
        if (read != mention.line) hits = movementHitsIn(line);
        read = mention.line;
        if (line.speaker == Speaker::Customer && isToldOf(line, hits, mention)) told.insert(mention.person);
    }
    if (!told.contains(names.customer)) return names;
    std::vector<std::string> others = names.people;
    std::erase_if(others, [&](const std::string& person) { return told.contains(person); });
    names.customer = callerAmong(conversation, others, {});
    return names;
}

std::vector<Movement> movementsIn(const Conversation& conversation, const Names& names) {
    return MovementReader{conversation, names}.read();
}

bool tellsOfMovement(const Conversation& conversation, std::span<const Movement> movements) {
    return !movements.empty() || std::ranges::any_of(conversation.lines, isAwayForLong);
}

std::string onlyOneSpokenOf(const Conversation& conversation, const Names& names) {
    std::string only;
    for (const Mention& mention : NameFinder{names}.mentionsIn(conversation)) {
        if (mention.person == names.customer || mention.person == only ||
            conversation.lines[mention.line].speaker != Speaker::Customer)
            continue;
        if (!only.empty()) return {};
        only = mention.person;
    }
    return only;
}

const Movement* movementTo(Direction direction, std::span<const Movement> movements) {
    const Movement* found = nullptr;
    for (const Movement& movement : movements)
        if (movement.direction == direction &&
            (!found || (found->person.empty() && !movement.person.empty())))
            found = &movement;
    return found;
}

std::vector<std::string> peopleTo(Direction direction, std::span<const Movement> movements) {
    std::vector<std::string> people;
    for (const Movement& movement : movements)
        if (movement.direction == direction && !movement.person.empty()) people.push_back(movement.person);
    return people;
}

}  // namespace ninja3cx::analysis
