#include "server/directory/directory_copy.hpp"
#include "server/directory/ninja_directory.hpp"
#include "server/tests/directory/caller_oracle.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "server/tests/ticketing/fake_ninja.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

/// No ticket is bound to a customer without the rule that allows it: 500 directories made at random are called from
/// numbers of every kind, and what the hub makes of the calls is held to the rules of caller_oracle.hpp.
namespace ninja3cx::directory {
namespace {

using calls::doubles::kExtension;
using calls::doubles::World;
using protocol::CallState;
using protocol::Direction;
using protocol::HeldReason;
using protocol::MatchRule;

constexpr unsigned kDirectories = 500;
constexpr int kCalls = 20;

class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>{0, end - 1}(random_);
    }
    bool isOneIn(std::size_t count) { return below(count) == 0; }
    template <class List>
    const auto& oneOf(const List& list) {
        return list[below(list.size())];
    }
    std::string digits(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + below(10));
        return text;
    }

private:
    std::mt19937 random_;
};

/// A number that exists, before somebody writes it.
struct Line {
    oracle::Country country;
    std::string national;
};

Line someLine(Dice& dice, const oracle::Country& country) {
    const std::string code{country.code};
    if (code == "33")
        return {country, dice.isOneIn(6)
                             ? dice.oneOf(std::vector<std::string>{"262", "590", "596"}) + dice.digits(6)
                             : dice.oneOf(std::vector<std::string>{"1", "4", "6"}) + dice.digits(8)};
    if (code == "32") return {country, dice.isOneIn(2) ? "2" + dice.digits(7) : "47" + dice.digits(7)};
    if (code == "49") return {country, dice.isOneIn(2) ? "30" + dice.digits(7) : "151" + dice.digits(8)};
    if (code == "44") return {country, "20" + dice.digits(8)};
    if (code == "39") return {country, dice.isOneIn(2) ? "06" + dice.digits(8) : "34" + dice.digits(8)};
    if (code == "34") return {country, "91" + dice.digits(7)};
    return {country, "415555" + dice.digits(4)};
}

/// Of another country, with the same last nine digits.
Line twinOf(Dice& dice, const Line& line) {
    const std::string whole = std::string{line.country.code} + line.national;
    const std::string tail = whole.substr(whole.size() - oracle::kTail);
    for (;;) {
        const oracle::Country& other = dice.oneOf(oracle::kCountries);
        if (other.code == line.country.code) continue;
        if (other.most == oracle::kTail) return {other, tail};
        return {other, (other.code == "39" ? "3" : other.code == "1" ? "2" : "7") + tail};
    }
}

std::string spaced(Dice& dice, const std::string& digits) {
    const std::string separator = dice.oneOf(std::vector<std::string>{"", " ", ".", "-"});
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 2 == 0 && digits[i] != '(') text += separator;
        text += digits[i];
    }
    return text;
}

/// As people and PBXs write it, rightly.
std::string written(Dice& dice, const Line& line, const oracle::Country& site) {
    const std::string code{line.country.code};
    const std::string number = spaced(dice, line.national);
    const bool isHome = site.code == line.country.code;
    switch (dice.below(isHome ? 8 : 4)) {
        case 0:
            return "+" + code + " " + number;
        case 1:
            return std::string{site.international} + code + line.national;
        case 2:
            return "tel:+" + code + line.national;
        case 3:
            return line.country.trunk == "0" ? "+" + code + " (0)" + number : "+" + code + line.national;
        case 4:
            return "sip:" + std::string{site.trunk} + line.national + "@pbx.local";
        case 5:
            return std::string{site.trunk} + number +
                   dice.oneOf(std::vector<std::string>{" x123", " poste 12"});
        default:
            return std::string{site.trunk} + number;
    }
}

/// The same with something wrong about it.
std::string miswritten(Dice& dice, const Line& line, const oracle::Country& site) {
    std::string text = written(dice, line, site);
    switch (dice.below(7)) {
        case 0:
            return line.national;  // as a spreadsheet leaves it
        case 1:
            return std::string{line.country.code} + line.national;
        case 2:
            return text.erase(dice.below(text.size()), 1);
        case 3:
            return text.insert(dice.below(text.size()), 1, static_cast<char>('0' + dice.below(10)));
        case 4:
            text[dice.below(text.size())] = dice.oneOf(std::string{"0123456789+*#x /"});
            return text;
        case 5:
            return text + " / " + written(dice, line, site);
        default:
            return line.national.substr(line.national.size() -
                                        std::min<std::size_t>(oracle::kTail, line.national.size()));
    }
}

std::string noNumber(Dice& dice) {
    switch (dice.below(5)) {
        case 0:
            return dice.oneOf(
                std::vector<std::string>{"", "anonymous", "Unknown", "Private 0000000", "restricted"});
        case 1:
            return dice.digits(1 + dice.below(4));  // an extension
        case 2:
            return dice.oneOf(std::vector<std::string>{"112", "3912", "118218", "+33 3912", "116117"});
        case 3:
            return dice.oneOf(std::vector<std::string>{"*45", "#31#"}) + dice.digits(10);
        default: {
            std::string text;
            for (std::size_t i = 0; i < 4 + dice.below(14); ++i)
                text += dice.oneOf(std::string{"0123456789+ ().-/"});
            return text;
        }
    }
}

/// One row of NinjaOne's lists. A human being may have two.
struct Row {
    protocol::Contact contact;
    std::size_t human = 0;
};

struct Tenant {
    oracle::Country site;
    std::vector<Line> lines;
    std::vector<Row> rows;
    std::map<std::string, std::int64_t> switchboards;  // by number, as written
    bool isStale = false;
};

Tenant someTenant(Dice& dice) {
    Tenant tenant{dice.oneOf(oracle::kCountries), {}, {}, {}, dice.isOneIn(8)};
    for (std::size_t i = 0; i < 6; ++i)
        tenant.lines.push_back(
            someLine(dice, dice.isOneIn(3) ? dice.oneOf(oracle::kCountries) : tenant.site));
    for (std::size_t i = 0; i < 3; ++i) tenant.lines.push_back(twinOf(dice, tenant.lines[i]));
    const std::size_t organizations = 2 + dice.below(3);
    const std::size_t humans = 4 + dice.below(8);
    for (std::size_t human = 0; human < humans; ++human) {
        Row row;
        row.human = human;
        row.contact.uid = "c" + std::to_string(human);
        row.contact.name = "Person " + std::to_string(human);
        row.contact.organizationId = static_cast<std::int64_t>(1 + dice.below(organizations));
        row.contact.organizationName = "Organisation " + std::to_string(row.contact.organizationId);
        row.contact.isActive = !dice.isOneIn(6);
        if (dice.isOneIn(2)) row.contact.email = "p" + std::to_string(human) + "@exemple.fr";
        const Line& line = dice.oneOf(tenant.lines);
        if (!dice.isOneIn(6))
            row.contact.phone = dice.isOneIn(4)   ? miswritten(dice, line, tenant.site)
                                : dice.isOneIn(9) ? noNumber(dice)
                                                  : written(dice, line, tenant.site);
        tenant.rows.push_back(row);
        if (!row.contact.email || !dice.isOneIn(2)) continue;
        row.contact.uid = dice.isOneIn(2) ? row.contact.uid : "e" + std::to_string(human);  // the end user
        row.contact.isActive = !dice.isOneIn(6);
        if (dice.isOneIn(2)) row.contact.phone = written(dice, dice.oneOf(tenant.lines), tenant.site);
        if (dice.isOneIn(3)) row.contact.phone.reset();
        tenant.rows.insert(tenant.rows.begin(), row);
    }
    if (dice.isOneIn(3))
        tenant.switchboards[written(dice, dice.oneOf(tenant.lines), tenant.site)] =
            static_cast<std::int64_t>(1 + dice.below(organizations));
    return tenant;
}

/// Who may have a call's ticket, by the rules.
struct Verdict {
    std::set<std::size_t>
        certain;  // humans with this very number; only if there is one, and the directory is fresh
    std::set<std::size_t> rivals;    // humans of whom each may be meant
    std::set<std::size_t> possible;  // whom the last digits point at, and nothing speaks against
    std::set<std::int64_t> switchboards;
};

Verdict verdictOn(const Tenant& tenant, const std::string& number) {
    Verdict verdict;
    const auto caller = oracle::read(number, tenant.site);
    if (!caller) return verdict;
    std::set<std::size_t> active;
    std::set<std::size_t> heirs;  // active in one list without a number: that of the other list is theirs
    std::set<std::size_t> inherited;
    for (const Row& row : tenant.rows) {
        if (row.contact.isActive) active.insert(row.human);
        if (row.contact.isActive && !row.contact.phone) heirs.insert(row.human);
    }
    for (const Row& row : tenant.rows) {
        const auto own = oracle::read(row.contact.phone.value_or(""), tenant.site);
        if (!own || !active.contains(row.human)) continue;
        const bool isSame = !caller->e164.empty() && own->e164 == caller->e164;
        const bool isSameTail = own->tail() == caller->tail();
        const bool isOther = own->e164 != caller->e164 && oracle::isSurelyWhole(own->e164) &&
                             oracle::isSurelyWhole(caller->e164);
        if (isSame && row.contact.isActive) verdict.certain.insert(row.human);
        if (isSame && heirs.contains(row.human)) inherited.insert(row.human);
        const bool mayBeTail =
            isSameTail || oracle::Reading::tailOf(own->digits) == oracle::Reading::tailOf(caller->digits);
        if ((isSame || mayBeTail) && !isOther) verdict.possible.insert(row.human);
        const bool hasNoCountry = own->e164.empty() || caller->e164.empty();
        if (row.contact.isActive && (isSame || (hasNoCountry && isSameTail)))
            verdict.rivals.insert(row.human);
    }
    if (verdict.certain.empty()) verdict.certain = inherited;
    for (const auto& [written, id] : tenant.switchboards) {
        const auto own = oracle::read(written, tenant.site);
        if (own && !own->e164.empty() && own->e164 == caller->e164) verdict.switchboards.insert(id);
    }
    if (verdict.certain.size() != 1 || tenant.isStale || !verdict.switchboards.empty())
        verdict.certain.clear();
    return verdict;
}

/// How often each thing came to pass: a test in which nothing happens proves nothing.
struct Tally {
    int automatic = 0;
    int weak = 0;
    int several = 0;
    int inactive = 0;
    int stale = 0;
    int byHand = 0;
    int refusedEdits = 0;
    int switchboards = 0;
};

class Tenancy {
public:
    Tenancy(Dice& dice, Tally& tally)
        : dice_(dice),
          tally_(tally),
          tenant_(someTenant(dice)),
          index_(copyOfTenant(), DialPlan{tenant_.site.name}, tenant_.switchboards),
          world_(options(dice)) {
        world_.directory.people = index_.copy().people;
        std::ranges::stable_partition(world_.directory.people,
                                      &protocol::Contact::isActive);  // as the index prefers
        world_.hub->onAgentOnline(kExtension);
        for (const Row& row : tenant_.rows) humans_[row.contact.uid] = row.human;
    }

    void call() {
        const std::string number = someCaller();
        SCOPED_TRACE("site " + std::string{tenant_.site.name} + ", caller '" + number + "'");
        const Verdict verdict = verdictOn(tenant_, number);
        const protocol::CallerMatch match = index_.match(number, tenant_.isStale);
        checkMatch(match, verdict);
        world_.directory.known = {{number, match}};
        ring(number);
        const auto draft = world_.draft();
        if (!draft || draft->callId != world_.callId()) return;
        checkDraft(*draft, verdict);
        decide(*draft, verdict, match);
    }
    std::string told() const {
        std::string text = "site " + std::string{tenant_.site.name};
        for (const Row& row : tenant_.rows)
            text += "\n  " + row.contact.uid + " of " + std::to_string(row.contact.organizationId) +
                    (row.contact.isActive ? "" : ", inactive") + ": '" + row.contact.phone.value_or("") + "'";
        for (const auto& [number, id] : tenant_.switchboards)
            text += "\n  switchboard of " + std::to_string(id) + ": '" + number + "'";
        return text;
    }

private:
    static calls::HubOptions options(Dice& dice) {
        calls::HubOptions options;
        options.countdown = std::chrono::milliseconds{200};
        options.boardLinger = std::chrono::milliseconds{200};
        options.recordsInternalCalls = dice.isOneIn(2);
        options.createsAutomatically = !dice.isOneIn(8);
        return options;
    }
    DirectoryCopy copyOfTenant() const {
        DirectoryCopy copy;
        copy.readAtMs = 5;
        for (const Row& row : tenant_.rows) copy.people.push_back(row.contact);
        copy.people = withoutRepeats(std::move(copy.people));
        for (std::int64_t id = 1; id <= 4; ++id)
            copy.organizations.push_back({id, "Organisation " + std::to_string(id)});
        return copy;
    }

    std::string someCaller() {
        const Line& line = dice_.oneOf(tenant_.lines);
        switch (dice_.below(9)) {
            case 0:
                return noNumber(dice_);
            case 1:
                return miswritten(dice_, line, tenant_.site);
            case 2:
                return written(dice_, twinOf(dice_, line), tenant_.site);
            case 3:
                if (const auto& phone = dice_.oneOf(tenant_.rows).contact.phone) return *phone;
                return written(dice_, line, tenant_.site);
            case 4:
                return written(dice_, someLine(dice_, dice_.oneOf(oracle::kCountries)), tenant_.site);
            default:
                return written(dice_, line, tenant_.site);
        }
    }

    std::int64_t organizationOf(const std::string& uid) const { return index_.contact(uid)->organizationId; }
    bool isActive(const std::string& uid) const { return index_.contact(uid)->isActive; }

    void checkMatch(const protocol::CallerMatch& match, const Verdict& verdict) {
        using protocol::CallerMatchState;
        tally_.several += match.state == CallerMatchState::Several ? 1 : 0;
        tally_.inactive += match.state == CallerMatchState::Inactive ? 1 : 0;
        tally_.stale += match.state == CallerMatchState::Stale ? 1 : 0;
        tally_.switchboards += match.organizationId ? 1 : 0;
        EXPECT_TRUE(!match.organizationId || verdict.switchboards.contains(*match.organizationId));
        if (match.state != CallerMatchState::One) return;
        ASSERT_EQ(match.contacts.size(), 1U);
        if (match.rule != protocol::wordOf(MatchRule::ExactNumber)) return;
        EXPECT_EQ(verdict.certain, std::set{humans_.at(match.contacts.front().uid)})
            << "not this very number";
    }

    void ring(const std::string& number) {
        const std::string key = "3cx/201/" + std::to_string(++calls_);
        const Direction direction = dice_.isOneIn(8)   ? Direction::Internal
                                    : dice_.isOneIn(4) ? Direction::Outbound
                                                       : Direction::Inbound;
        world_.pass(std::chrono::milliseconds{100});  // no two calls begin at once
        world_.phone(CallState::Ringing, key, number, direction);
        world_.phone(CallState::Connected, key, number, direction);
        const CallId callId = world_.callId();
        if (const auto grant = world_.hub->startAudio(kExtension, callId)) world_.sendAudio(*grant, 1);
        world_.pass(std::chrono::milliseconds{100});
        world_.phone(CallState::Ended, key, number, direction);
        (void)world_.hub->endAudio(kExtension, {callId, {1, 1}});
        world_.settle();
    }

    /// What is filled in before anybody looked.
    void checkDraft(const protocol::Draft& draft, const Verdict& verdict) {
        if (draft.fields.requesterUid) {
            const std::string& uid = *draft.fields.requesterUid;
            EXPECT_TRUE(isActive(uid));
            EXPECT_FALSE(tenant_.isStale);
            EXPECT_TRUE(verdict.possible.contains(humans_.at(uid))) << uid << " has nothing of this number";
            EXPECT_LE(verdict.rivals.size(), 1U) << "a guess among several";
            EXPECT_EQ(draft.fields.organizationId, organizationOf(uid));
        } else if (draft.fields.organizationId) {
            EXPECT_TRUE(verdict.switchboards.contains(*draft.fields.organizationId));
        }
        EXPECT_TRUE(!draft.isAutomatic || verdict.certain.size() == 1U);
    }

    void decide(const protocol::Draft& draft, const Verdict& verdict, const protocol::CallerMatch& match) {
        const bool isWeak =
            draft.fields.requesterUid && match.rule == protocol::wordOf(MatchRule::NumberTail);
        if (isWeak && world_.options.createsAutomatically) {
            ++tally_.weak;
            EXPECT_EQ(draft.heldBecause, protocol::wordOf(HeldReason::WeakMatch));
        }
        (void)world_.hub->draftShown(kExtension, draft.draftId);
        world_.settle();
        std::optional<std::string> chosen;  // by a person
        switch (dice_.below(6)) {
            case 0:
                if (confirm(draft.draftId) && draft.fields.requesterUid) chosen = draft.fields.requesterUid;
                break;
            case 1: {
                const std::string uid = dice_.oneOf(tenant_.rows).contact.uid;
                const auto known = index_.contact(uid);
                if (!known) break;  // a repeat of somebody
                if (edit(draft.draftId, uid, organizationOf(uid)) && confirm(draft.draftId)) chosen = uid;
                EXPECT_EQ(chosen.has_value(), known->isActive);
                break;
            }
            case 2: {
                const std::string uid = dice_.isOneIn(2) ? "nobody" : index_.copy().people.front().uid;
                EXPECT_FALSE(edit(draft.draftId, uid, 99));
                ++tally_.refusedEdits;
                break;
            }
            default:
                break;
        }
        world_.pass(std::chrono::milliseconds{400});
        const auto entry = world_.disk.outbox.find(draft.draftId);
        if (entry == world_.disk.outbox.end()) {
            EXPECT_FALSE(chosen);
            return;
        }
        const protocol::DraftFields& sent = entry->second.fields;
        ASSERT_TRUE(sent.requesterUid);
        EXPECT_EQ(sent.organizationId, organizationOf(*sent.requesterUid));
        if (chosen) {
            ++tally_.byHand;
            EXPECT_EQ(sent.requesterUid, chosen);
        } else {
            ++tally_.automatic;
            EXPECT_EQ(verdict.certain, std::set{humans_.at(*sent.requesterUid)}) << "bound without its rule";
        }
    }

    bool confirm(const DraftId& draftId) {
        const auto outcome =
            world_.hub->confirmDraft("agent:201", {draftId, world_.disk.drafts.at(draftId).revision});
        world_.settle();
        return static_cast<bool>(outcome);
    }
    bool edit(const DraftId& draftId, const std::string& uid, std::int64_t organizationId) {
        protocol::DraftFields fields = world_.disk.drafts.at(draftId).fields;
        fields.requesterUid = uid;
        fields.organizationId = organizationId;
        const auto outcome =
            world_.hub->editDraft("agent:201", {draftId, world_.disk.drafts.at(draftId).revision, fields});
        world_.settle();
        return static_cast<bool>(outcome);
    }

    Dice& dice_;
    Tally& tally_;
    const Tenant tenant_;
    const DirectoryIndex index_;
    World world_;
    std::map<std::string, std::size_t> humans_;
    int calls_ = 0;
};

TEST(WrongCustomer, NoTicketIsBoundWithoutTheRuleThatAllowsIt) {
    Tally tally;
    for (unsigned seed = 1; seed <= kDirectories && !testing::Test::HasFailure(); ++seed) {
        Dice dice{seed};
        Tenancy tenancy{dice, tally};
        SCOPED_TRACE("seed " + std::to_string(seed) + ", " + tenancy.told());
        for (int i = 0; i < kCalls && !testing::Test::HasFailure(); ++i) tenancy.call();
    }
    if (testing::Test::HasFailure()) return;
    EXPECT_GT(tally.automatic, 500);
    EXPECT_GT(tally.byHand, 1000);
    EXPECT_GT(tally.refusedEdits, 1000);
    EXPECT_GT(tally.several, 500);
    EXPECT_GT(tally.inactive, 100);
    EXPECT_GT(tally.stale, 100);
    EXPECT_GT(tally.weak, 100);
    EXPECT_GT(tally.switchboards, 20);
}

/// The same from NinjaDirectory's side: the number was Claire's when the server went off two days ago, and is Paul's
/// now. It calls at each turn while the start reads NinjaOne and makes the new copy searchable.
struct Restart : testing::Test {
    Restart() {
        using ticketing::answer;
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":3600})")});
        ninja.on("organizations?pageSize=500&after", {answer(200, "[]")});
        ninja.on("organizations",
                 {answer(200, R"([{"id":7,"name":"Exemple SARL"},{"id":8,"name":"Garage Dumas"}])")});
        ninja.on("user/end-users", {answer(200, "[]")});
        ninja.on("/contacts",
                 {answer(200, R"([{"id":71,"organizationId":7,"uid":"claire","firstName":"Claire",
                                                "phone":"06 12 34 56 78"}])"),
                  answer(200, R"([{"id":72,"organizationId":8,"uid":"paul","firstName":"Paul",
                                                "phone":"06 12 34 56 78"}])")});
    }
    /// To the end of all work, `look` after each piece of it.
    void run(NinjaDirectory& of, const std::function<void()>& look) {
        of.start();
        std::size_t done = 1;
        while (done > 0) {
            io.restart();
            disk.restart();
            done = io.poll_one();
            if (done == 0) done = disk.poll_one();
            look();
        }
        of.stop();
        scheduler.run();
    }
    std::unique_ptr<NinjaDirectory> make() {
        return std::make_unique<NinjaDirectory>(
            folder.path, NinjaDirectory::Options{},
            NinjaDirectory::Ports{client, clock, scheduler, io.get_executor(), disk.get_executor()});
    }
    ticketing::TemporaryFolder folder;
    ManualClock clock;
    ticketing::asio::io_context io;
    ticketing::asio::io_context disk;
    ticketing::FakeNinja ninja;
    ticketing::FakeScheduler scheduler{io, clock};
    ticketing::NinjaTokens tokens{ticketing::testAccount(), folder.path, clock, ninja, io.get_executor()};
    ticketing::NinjaClient client{ticketing::testAccount(), tokens, clock, ninja};
};

TEST_F(Restart, NoTicketIsBoundToWhomTheNumberWasUntilTwoDaysAgo) {
    run(*make(), [] {});
    clock.advance(std::chrono::hours{48});
    const auto directory = make();
    std::map<std::string, int> bound;
    int held = 0;
    run(*directory, [&] {
        World world;
        world.hub->onAgentOnline(calls::doubles::kExtension);
        world.directory.known = {{calls::doubles::kCustomer, directory->match(calls::doubles::kCustomer)}};
        world.directory.people.clear();
        for (const char* uid : {"claire", "paul"})
            if (const auto contact = directory->contact(uid)) world.directory.people.push_back(*contact);
        (void)world.wholeCall();
        const protocol::Draft draft = world.shownDraft();
        world.pass(world.options.countdown + std::chrono::seconds{1});
        if (world.disk.outbox.contains(draft.draftId))
            ++bound[world.disk.outbox.at(draft.draftId).fields.requesterUid.value_or("")];
        else
            ++held;
    });
    EXPECT_GT(held, 10);
    EXPECT_GT(bound["paul"], 5);
    EXPECT_EQ(bound.size(), 1U) << "somebody else than Paul has a ticket";
}

TEST(WrongCustomer, ACallThatTheDirectoryCameTooLateForIsRecognisedWhileItGoesOn) {
    for (const bool isStale : {false, true}) {
        World world;
        protocol::CallerMatch early;
        early.state = protocol::CallerMatchState::Stale;
        if (isStale) early.directoryAtMs = 1;
        world.directory.known[calls::doubles::kCustomer] = early;
        world.phone(CallState::Ringing);
        world.settle();
        EXPECT_EQ(world.call().caller, early);

        world.directory.atMs = 2;
        world.directory.known[calls::doubles::kCustomer] = calls::doubles::oneContact();
        world.pass(std::chrono::milliseconds{200});
        EXPECT_EQ(world.call().caller, calls::doubles::oneContact()) << "at once, not with the next event";

        world.directory.atMs = 3;
        world.directory.known[calls::doubles::kCustomer] = protocol::CallerMatch{};
        world.pass(std::chrono::milliseconds{200});
        EXPECT_EQ(world.call().caller, calls::doubles::oneContact()) << "who is known stays";
    }
}

TEST(WrongCustomer, ACallThatIsOverStaysWithWhatWasKnownOfItsCaller) {
    World world;
    protocol::CallerMatch stale;
    stale.state = protocol::CallerMatchState::Stale;
    stale.directoryAtMs = 1;
    world.directory.known[calls::doubles::kCustomer] = stale;
    world.hub->onAgentOnline(calls::doubles::kExtension);
    (void)world.wholeCall();
    world.directory.atMs = 2;
    world.directory.known[calls::doubles::kCustomer] = calls::doubles::oneContact();
    world.pass(std::chrono::milliseconds{200});
    EXPECT_EQ(world.call().caller, stale);
    EXPECT_EQ(world.draft()->heldBecause, protocol::wordOf(HeldReason::DirectoryStale));
}

}  // namespace
}  // namespace ninja3cx::directory
