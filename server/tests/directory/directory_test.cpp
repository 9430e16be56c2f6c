#include "server/directory/ninja_directory.hpp"
#include "server/tests/ticketing/fake_ninja.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

namespace ninja3cx::directory {
namespace {

using namespace std::chrono_literals;
using protocol::CallerMatchState;
using ticketing::answer;

protocol::Contact person(const std::string& uid, const std::string& name, std::int64_t organization,
                         const std::string& phone, bool isActive = true) {
    protocol::Contact made;
    made.uid = uid;
    made.name = name;
    if (!phone.empty()) made.phone = phone;
    made.organizationId = organization;
    made.organizationName = "Org " + std::to_string(organization);
    made.isActive = isActive;
    return made;
}

DirectoryIndex indexOf(std::vector<protocol::Contact> people) {
    DirectoryCopy copy;
    copy.readAtMs = 5;
    copy.people = std::move(people);
    return DirectoryIndex{std::move(copy), DialPlan{}};
}

TEST(Match, HasFiveStates) {
    const DirectoryIndex index =
        indexOf({person("a", "Claire", 1, "01 23 45 67 89"), person("b", "Paul", 1, "+33 1 11 11 11 11"),
                 person("c", "Jean", 2, "0111111111"), person("d", "Eve", 2, "0122222222", false),
                 person("e", "Luc", 3, "0133333333", false), person("f", "Max", 3, "0133333333")});
    const auto state = [&](const std::string& number, bool isStale = false) {
        return index.match(number, isStale).state;
    };
    EXPECT_EQ(state("+33123456789"), CallerMatchState::One);
    EXPECT_EQ(index.match("+33123456789", false).contacts.at(0).uid, "a");
    EXPECT_EQ(state("0199999999"), CallerMatchState::None);
    EXPECT_EQ(state("0111111111"), CallerMatchState::Several) << "two organisations: never a guess";
    EXPECT_EQ(index.match("0111111111", false).contacts.size(), 2U);
    EXPECT_EQ(state("0122222222"), CallerMatchState::Inactive);
    EXPECT_EQ(state("0133333333"), CallerMatchState::One) << "the inactive one counts no more";
    EXPECT_EQ(state("0123456789", true), CallerMatchState::Stale);
    EXPECT_EQ(state("0199999999", true), CallerMatchState::Stale) << "may be there by now";
    EXPECT_EQ(index.match("0123456789", true).contacts.size(), 1U);
    EXPECT_EQ(index.match("0123456789", false).directoryAtMs, 5);
}

TEST(Match, TakesNothingForEmptyInternalAndWithheldNumbers) {
    const DirectoryIndex index = indexOf({person("a", "Claire", 1, ""), person("b", "Paul", 1, "201")});
    for (const char* number : {"", "201", "anonymous", "Private"})
        EXPECT_EQ(index.match(number, false).state, CallerMatchState::None) << number;
    EXPECT_EQ(index.match("201", true).state, CallerMatchState::None);
}

TEST(Match, ComparesTheLastNineDigitsOnlyWhereACountryIsMissing) {
    const DirectoryIndex index =
        indexOf({person("a", "Claire", 1, "123456789"), person("b", "Bea", 2, "+32 123456789")});
    EXPECT_EQ(index.match("+33123456789", false).contacts.at(0).uid, "a");
    EXPECT_EQ(index.match("+33123456789", false).state, CallerMatchState::One)
        << "another country is another number";
    EXPECT_EQ(index.match("123456789", false).state, CallerMatchState::Several);
}

TEST(Match, SaysByWhichRule) {
    using protocol::MatchRule;
    const DirectoryIndex index =
        indexOf({person("a", "Claire", 1, "01 23 45 67 89"), person("b", "Bea", 2, "111111111"),
                 person("c", "Jean", 2, "0122222222"), person("d", "Eve", 3, "122222222"),
                 person("e", "Luc", 3, "133333333", false), person("f", "Max", 3, "")});
    const auto rule = [&](const std::string& number) { return index.match(number, false).rule.value_or(""); };
    const std::string exact = protocol::wordOf(MatchRule::ExactNumber);
    const std::string tail = protocol::wordOf(MatchRule::NumberTail);
    EXPECT_EQ(rule("+33123456789"), exact);
    EXPECT_EQ(rule("123456789"), tail) << "the caller's country is not known";
    EXPECT_EQ(rule("+33111111111"), tail) << "the contact's is not";
    EXPECT_EQ(index.match("+33111111111", false).state, CallerMatchState::One)
        << "shown, and held by the rule";
    EXPECT_EQ(rule("+33122222222"), tail) << "one of the two by the last digits alone";
    EXPECT_EQ(index.match("+33122222222", false).contacts.size(), 2U);
    EXPECT_EQ(rule("+33133333333"), tail) << "of somebody inactive, too";
    EXPECT_EQ(rule("+33199999999"), "");
    EXPECT_EQ(rule("201"), "");
    EXPECT_EQ(index.match("+33123456789", true).rule, exact) << "also when it is stale";
}

TEST(Match, TakesASwitchboardForItsOrganisationOnly) {
    DirectoryCopy copy;
    copy.organizations = {{1, "Cabinet"}, {2, "Garage"}};
    copy.people = {person("a", "Accueil", 1, "01 23 45 67 00"), person("b", "Paul", 2, "0111111111", false)};
    const DirectoryIndex index{
        copy,
        DialPlan{},
        {{"+33123456700", 1}, {"0111111111", 2}, {"0122222222", 2}, {"0133333333", 9}, {"45", 1}}};
    const auto nobody = index.match("01.22.22.22.22", false);
    EXPECT_EQ(nobody.state, CallerMatchState::None) << "who of it called nobody knows";
    EXPECT_TRUE(nobody.contacts.empty());
    EXPECT_EQ(nobody.rule, protocol::wordOf(protocol::MatchRule::OrganizationNumber));
    EXPECT_EQ(nobody.organizationId, 2);
    EXPECT_EQ(nobody.organizationName, "Garage");
    const auto somebody = index.match("0123456700", false);
    EXPECT_EQ(somebody.state, CallerMatchState::Several) << "it may be Accueil, and need not";
    EXPECT_EQ(somebody.contacts.size(), 1U);
    EXPECT_EQ(somebody.organizationId, 1);
    EXPECT_EQ(index.match("0111111111", false).state, CallerMatchState::None);
    EXPECT_EQ(index.match("123456700", false).organizationId, std::nullopt) << "the whole number only";
    EXPECT_EQ(index.match("0133333333", false).rule, std::nullopt);
    EXPECT_EQ(index.unusedNumbers(), (std::vector<std::string>{"0133333333", "45"}));
    EXPECT_EQ(index.match("0122222222", true).state, CallerMatchState::Stale);
    EXPECT_EQ(index.match("0122222222", true).organizationId, 2);
}

TEST(Match, TakesTheNumberInAnOrganisationsFieldForASwitchboard) {
    DirectoryCopy copy;
    copy.organizations = {{1, "Cabinet"}, {2, "Garage"}, {3, "Clinique"}, {4, "Hôtel"}};
    copy.people = {person("a", "Accueil", 1, "01 23 45 67 00")};
    copy.organizationNumbers = {{1, "01 23 45 67 00"}, {2, "+33 1 22 22 22 22"}, {3, "01.22.22.22.22"},
                                {4, "see the notes"},  {5, "0155555555"},        {6, "0166666666"}};
    const DirectoryIndex index{copy, DialPlan{}, {{"0166666666", 4}, {"0123456701", 1}}};
    const auto known = index.match("0123456700", false);
    EXPECT_EQ(known.organizationId, 1);
    EXPECT_EQ(known.rule, protocol::wordOf(protocol::MatchRule::OrganizationNumber));
    EXPECT_EQ(known.state, CallerMatchState::Several) << "it may be Accueil, and need not";
    EXPECT_EQ(index.match("0122222222", false).organizationId, std::nullopt) << "of two organisations";
    EXPECT_EQ(index.match("0155555555", false).organizationId, std::nullopt) << "of one that is gone";
    EXPECT_EQ(index.match("0166666666", false).organizationId, 4) << "what was set by hand goes first";
    EXPECT_EQ(index.doubtfulNumbers(),
              (std::vector<OrganizationNumberRecord>{
                  {4, "see the notes"}, {2, "+33 1 22 22 22 22"}, {3, "01.22.22.22.22"}}));
}

TEST(Repeats, AreOneHumanBeing) {
    auto endUser = person("u1", "Claire Martin", 1, "0123456789");
    endUser.email = "C.Martin@exemple.fr";
    auto contact = person("u2", "Claire MARTIN", 1, "0123456789");
    contact.email = "c.martin@exemple.fr";
    auto elsewhere = contact;
    elsewhere.uid = "u3";
    elsewhere.organizationId = 2;
    EXPECT_EQ(withoutRepeats({endUser, contact}).size(), 1U);
    EXPECT_EQ(withoutRepeats({endUser, contact}).at(0).uid, "u1");
    EXPECT_EQ(withoutRepeats({endUser, elsewhere}).size(), 2U) << "another organisation is another customer";
    endUser.isActive = false;
    EXPECT_EQ(withoutRepeats({endUser, contact}).at(0).uid, "u2");
    EXPECT_EQ(withoutRepeats({person("x", "A", 1, ""), person("y", "A", 1, "")}).size(), 2U)
        << "a name proves nothing";
}

TEST(Repeats, LeaveBothNumbersOfOnePerson) {
    // As NinjaOne's lists of contacts and of end users say of one uid.
    const auto rows =
        withoutRepeats({person("a", "Claire", 1, "01 23 45 67 89", false),
                        person("a", "Claire", 1, "06 12 34 56 78"), person("b", "Paul", 2, "0612345678")});
    const DirectoryIndex index = indexOf(rows);
    EXPECT_EQ(index.match("0612345678", false).state, CallerMatchState::Several) << "it is Claire's as well";
    EXPECT_TRUE(index.contact("a")->isActive);
    EXPECT_EQ(index.find("claire", 9).size(), 1U);

    const DirectoryIndex twice = indexOf(withoutRepeats(
        {person("a", "Claire", 1, "01 23 45 67 89"), person("a", "Claire", 1, "+33 1 23 45 67 89")}));
    EXPECT_EQ(twice.match("0123456789", false).state, CallerMatchState::One)
        << "one number, written in two ways";
}

TEST(Contact, IsFoundByItsUidAndNobodyByNone) {
    const DirectoryIndex index = indexOf(
        {person("a", "Claire", 1, ""), person("b", "Paul", 2, "", false), person("", "Nobody", 3, "")});
    EXPECT_EQ(index.contact("b")->organizationId, 2);
    EXPECT_FALSE(index.contact("c"));
    EXPECT_FALSE(index.contact(""));
}

TEST(Find, IgnoresCaseAndAccents) {
    const DirectoryIndex index =
        indexOf({person("a", "Hélène Dupré", 1, ""), person("b", "André Hélène", 2, ""),
                 person("c", "HELENE Old", 3, "", false)});
    ASSERT_EQ(index.find("helene", 9).size(), 3U);
    EXPECT_EQ(index.find("helene", 9).at(0).uid, "a");
    EXPECT_EQ(index.find("helene", 9).at(2).uid, "c");
    EXPECT_EQ(index.find("dupre org", 9).size(), 1U);
    EXPECT_EQ(index.find("helene", 1).size(), 1U);
    EXPECT_TRUE(index.find("  ", 9).empty());
}

struct DirectoryTest : testing::Test {
    static ticketing::NinjaAccount account() {
        ticketing::NinjaAccount account;
        account.seedRefreshToken = "seed-token";
        account.clientId = "client";
        account.clientSecret = "very-secret";
        return account;
    }
    std::unique_ptr<NinjaDirectory> make(std::chrono::milliseconds interval = 10min) {
        NinjaDirectory::Options options;
        options.interval = interval;
        options.emails = {{Extension{"201"}, "Alice@MSP.fr"}, {Extension{"202"}, "nobody@msp.fr"}};
        options.technicianIds = {{Extension{"203"}, 4}, {Extension{"205"}, 99}};
        return std::make_unique<NinjaDirectory>(
            folder.path, options,
            NinjaDirectory::Ports{client, clock, scheduler, io.get_executor(), io.get_executor()},
            [this](const std::string& problem) { problems.push_back(problem); });
    }
    void tenant() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":8640000})")});
        ninja.on("organizations?pageSize=500&after", {answer(200, "[]")});
        ninja.on("organizations", {answer(200, R"([{"id":12,"name":"Exemple SARL"}])")});
        for (const char* list : {"locations?pageSize=500&after", "devices?pageSize=1000&after", "/alerts"})
            ninja.on(list, {answer(200, "[]")});
        ninja.on("locations", {answer(200, R"([{"id":31,"organizationId":12,"name":"Lyon"}])")});
        ninja.on("devices",
                 {answer(200, R"([{"id":345,"organizationId":12,"locationId":31,"displayName":"PC-2"},
                                             {"id":346,"organizationId":12,"displayName":"PC-1"}])")});
        for (const char* report : {"queries/device-health", "queries/logged-on-users"})
            ninja.on(report, {answer(200, R"({"results":[]})")});
        ninja.on("user/technicians",
                 {answer(200, R"([{"id":4,"uid":"t","email":"alice@msp.fr","enabled":true}])")});
        ninja.on(
            "user/end-users",
            {answer(
                200,
                R"([{"id":8,"uid":"e","enabled":false,"firstName":"Old","phone":"0122222222","organizationId":12}])")});
    }
    const std::string claire =
        R"([{"id":71,"organizationId":12,"uid":"c","firstName":"Claire","lastName":"Martin","email":"c@exemple.fr","phone":"01 23 45 67 89"}])";

    ticketing::TemporaryFolder folder;
    ManualClock clock;
    ticketing::asio::io_context io;
    ticketing::FakeNinja ninja;
    ticketing::FakeScheduler scheduler{io, clock};
    ticketing::NinjaTokens tokens{account(), folder.path, clock, ninja, io.get_executor()};
    ticketing::NinjaClient client{account(), tokens, clock, ninja};
    std::vector<std::string> problems;
    std::unique_ptr<NinjaDirectory> waiting;
};

TEST_F(DirectoryTest, IsReadAtTheStartAndEveryTenMinutes) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    const auto directory = make();
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::Stale) << "nothing was read yet";
    EXPECT_EQ(directory->readAtMs(), std::nullopt);
    std::vector<std::string> told;
    directory->onCopy([&](const std::shared_ptr<const DirectoryIndex>& copy) {
        told.push_back(copy->copy().organizations.at(0).name);
    });
    int changes = 0;
    directory->onChange([&] { ++changes; });
    directory->start();
    scheduler.run(0);
    EXPECT_EQ(told, (std::vector<std::string>{"Exemple SARL", "Exemple SARL"}))
        << "with the people, then with the technicians";
    EXPECT_GT(changes, 0);
    changes = 0;
    const auto match = directory->match("0123456789");
    ASSERT_EQ(match.state, CallerMatchState::One);
    EXPECT_EQ(match.contacts.at(0).name, "Claire Martin");
    EXPECT_EQ(match.contacts.at(0).organizationName, "Exemple SARL");
    EXPECT_EQ(match.directoryAtMs, toEpochMs(clock.now()));
    EXPECT_EQ(directory->match("0122222222").state, CallerMatchState::Inactive);
    EXPECT_EQ(directory->technicianFor(Extension{"201"}), 4);
    EXPECT_EQ(directory->technicianFor(Extension{"202"}), std::nullopt);
    EXPECT_EQ(directory->technicianFor(Extension{"203"}), 4);
    EXPECT_EQ(directory->technicianFor(Extension{"205"}), std::nullopt) << "who left";
    EXPECT_EQ(directory->technicianFor(Extension{"204"}), std::nullopt);
    directory->knowEmails({{Extension{"204"}, "alice@msp.fr"}, {Extension{"202"}, "alice@msp.fr"}});
    EXPECT_EQ(directory->technicianFor(Extension{"204"}), 4) << "as the PBX tells";
    EXPECT_EQ(directory->technicianFor(Extension{"202"}), std::nullopt) << "the configuration says another";
    EXPECT_EQ(directory->readAtMs(), toEpochMs(clock.now()));
    ASSERT_EQ(directory->devicesOf(12, "c").size(), 2U);
    EXPECT_EQ(directory->devicesOf(12, "c").at(0).name, "PC-1");
    EXPECT_EQ(directory->locationsOf(12), (std::vector<protocol::Location>{{31, "Lyon"}}));
    EXPECT_TRUE(directory->knowsDevices());
    EXPECT_EQ(directory->device(345).value_or(protocol::Device{}).name, "PC-2");
    EXPECT_FALSE(directory->device(347));
    scheduler.run(2);
    EXPECT_EQ(ninja.countOf("/contacts"), 3);
    EXPECT_EQ(changes, 0) << "all is as before";
    EXPECT_EQ(scheduler.slept.at(0), 10min);
}

TEST_F(DirectoryTest, AnswersFromTheCopyOnDiskWithItsAge) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    {
        const auto before = make();
        before->start();
        scheduler.run(0);
    }
    scheduler.run();
    struct stat about {};
    ASSERT_EQ(::stat((folder.path / "ninja-directory.db").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);

    const std::int64_t readAt = toEpochMs(clock.now());
    clock.advance(2h);
    ticketing::FakeNinja gone;  // answers nothing
    ticketing::NinjaClient unreachable{account(), tokens, clock, gone};
    NinjaDirectory offline{
        folder.path, {}, {unreachable, clock, scheduler, io.get_executor(), io.get_executor()}};
    offline.start();
    scheduler.run(0);
    EXPECT_EQ(offline.match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(offline.match("0123456789").directoryAtMs, readAt);
    clock.advance(23h);
    EXPECT_EQ(offline.match("0123456789").state, CallerMatchState::Stale);
    offline.stop();
    scheduler.run();
}

struct BadAnswer {
    const char* name;
    Result<net::HttpResponse> answer;
};
class BadDirectory : public DirectoryTest, public testing::WithParamInterface<BadAnswer> {};
TEST_P(BadDirectory, LeavesTheOldCopyInUse) {
    tenant();
    ninja.on("/contacts", {answer(200, claire), GetParam().answer});
    const auto directory = make();
    directory->start();
    scheduler.run(0);
    const std::int64_t readAt = toEpochMs(clock.now());
    scheduler.run(1);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(directory->match("0123456789").directoryAtMs, readAt);
    EXPECT_EQ(problems.size(), 1U);
    EXPECT_EQ(scheduler.slept.back(), 15s) << "tried again sooner than usual";
}
INSTANTIATE_TEST_SUITE_P(Rows, BadDirectory,
                         testing::Values(BadAnswer{"WebPage", answer(200, "<html></html>", "text/html")},
                                         BadAnswer{"ServerError", answer(500, "{}")},
                                         BadAnswer{"NoList", answer(200, "{}")},
                                         BadAnswer{"Throttled", answer(429, "")},
                                         BadAnswer{"CutList", answer(200, R"([{"id":71)")},
                                         BadAnswer{"Unreachable", Error{ErrorKind::Unreachable, "no route"}}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST_F(DirectoryTest, DoesWithoutAListThatIsNotOffered) {
    tenant();
    ninja.on("/contacts", {answer(404, R"({"resultCode":"FAILURE","errorMessage":"HTTP 404 Not Found"})")});
    const auto directory = make();
    directory->start();
    scheduler.run(0);
    EXPECT_EQ(directory->match("0122222222").state, CallerMatchState::Inactive);
    EXPECT_TRUE(problems.empty());
}

TEST_F(DirectoryTest, DoesNotUseADamagedCopy) {
    std::ofstream{folder.path / "ninja-directory.db"} << R"({"version":1,"readAtMs":"x"})";
    const auto directory = make();
    directory->start();
    scheduler.run(0);
    EXPECT_EQ(problems.size(), 2U) << "the file, then NinjaOne that does not answer";
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::Stale);
}

TEST_F(DirectoryTest, TakesTheListsThatComeWhenOneDoesNot) {
    tenant();
    ninja.on("/contacts", {answer(500, "{}"), answer(200, claire)});
    const auto directory = make();
    int copies = 0;
    directory->onCopy([&](const auto&) { ++copies; });
    directory->start();
    scheduler.run(0);
    EXPECT_EQ(directory->technicianFor(Extension{"201"}), 4) << "technicians came";
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::Stale) << "contacts did not";
    EXPECT_EQ(directory->match("0122222222").state, CallerMatchState::Stale) << "nobody knows all people yet";
    EXPECT_EQ(problems.size(), 1U);
    scheduler.run(1);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(ninja.countOf("/contacts"), 2);
    EXPECT_EQ(ninja.countOf("/user/end-users"), 1) << "what came is not read again";
    EXPECT_EQ(copies, 3);
    scheduler.run(1);
    EXPECT_EQ(ninja.countOf("/user/end-users"), 2);
    EXPECT_EQ(copies, 3) << "nothing has changed";
}

TEST_F(DirectoryTest, RecognisesCallersBeforeTheDevicesHaveCome) {
    ninja.on("GET https://app.ninjarmm.com/api/v2/devices", [this](const net::ClientRequest&) {
        EXPECT_EQ(waiting->match("0123456789").state, CallerMatchState::One);
        return Result<net::HttpResponse>{answer(403, R"({"resultCode":"forbidden"})")};
    });
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    waiting = make();
    waiting->start();
    scheduler.run(0);
    EXPECT_EQ(ninja.countOf("/devices"), 1);
    EXPECT_TRUE(waiting->devicesOf(12, "c").empty());
    EXPECT_TRUE(problems.empty()) << "this account has no devices to show";
}

TEST_F(DirectoryTest, RecognisesCallersBeforeTheTechniciansHaveCome) {
    ninja.on("user/technicians", [this](const net::ClientRequest&) {
        EXPECT_EQ(waiting->match("0123456789").state, CallerMatchState::One);
        EXPECT_EQ(waiting->readAtMs(), toEpochMs(clock.now()));
        return Result<net::HttpResponse>{answer(200, "[]")};
    });
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    waiting = make();
    waiting->start();
    scheduler.run(0);
    EXPECT_EQ(ninja.countOf("/technicians"), 1);
}

/// A start with a copy of two days ago, when the number was Claire's. It is Paul's now.
struct OldCopyTest : DirectoryTest {
    static constexpr const char* kNumber = "0123456789";
    const std::string paul =
        R"([{"id":71,"organizationId":12,"uid":"c","firstName":"Claire","phone":"06 11 11 11 11"},
            {"id":72,"organizationId":12,"uid":"p","firstName":"Paul","phone":"01 23 45 67 89"}])";

    void leaveCopy(const std::string& contactsNow) {
        tenant();
        ninja.on("/contacts", {answer(200, claire), answer(200, contactsNow)});
        const auto before = make();
        before->start();
        scheduler.run(0);
        before->stop();
        scheduler.run();
        oldAt = toEpochMs(clock.now());
        clock.advance(48h);
    }
    /// Turn by turn of both loops, `look` after each; until nothing is left to do.
    void start(const std::function<void()>& look) {
        NinjaDirectory::Options options;
        waiting = std::make_unique<NinjaDirectory>(
            folder.path, options,
            NinjaDirectory::Ports{client, clock, scheduler, io.get_executor(), disk.get_executor()},
            [this](const std::string& problem) { problems.push_back(problem); });
        waiting->start();
        std::size_t done = 1;
        while (done > 0) {
            io.restart();
            disk.restart();
            done = io.poll_one();
            look();
            if (done == 0) done = disk.poll_one();
        }
    }
    void expectStale() {
        const auto match = waiting->match(kNumber);
        EXPECT_EQ(match.state, CallerMatchState::Stale);
        EXPECT_EQ(match.directoryAtMs, oldAt);
        EXPECT_EQ(waiting->readAtMs(), oldAt);
    }
    ticketing::asio::io_context disk;
    std::int64_t oldAt = 0;
};

TEST_F(OldCopyTest, IsNeverPassedOffAsFreshWhileTheNewOneIsReadAndBuilt) {
    leaveCopy(paul);
    int stale = 0;
    int fresh = 0;
    start([&] {
        const auto match = waiting->match(kNumber);
        EXPECT_EQ(match.directoryAtMs, waiting->readAtMs());
        if (match.state == CallerMatchState::One) {
            ++fresh;
            EXPECT_EQ(match.contacts.at(0).uid, "p");
            EXPECT_EQ(match.directoryAtMs, toEpochMs(clock.now()));
        } else {
            ++stale;
            EXPECT_EQ(match.state, CallerMatchState::Stale);
            EXPECT_EQ(match.directoryAtMs.value_or(oldAt), oldAt);
            EXPECT_EQ(fresh, 0);
        }
    });
    EXPECT_GT(stale, 10);
    EXPECT_GT(fresh, 10);
    EXPECT_TRUE(problems.empty());
}

TEST_F(OldCopyTest, StaysOldUntilBothListsOfPeopleHaveComeThoughNothingHasChanged) {
    int looks = 0;
    const auto whileRead = [&](const std::string& body) {
        return [this, &looks, body](const net::ClientRequest&) {
            if (oldAt != 0) {
                ++looks;
                expectStale();
            }
            return Result<net::HttpResponse>{answer(200, body)};
        };
    };
    ninja.on("user/end-users", whileRead("[]"));
    ninja.on("/contacts", whileRead(claire));
    leaveCopy(claire);
    start([] {});
    EXPECT_EQ(looks, 2);
    EXPECT_EQ(waiting->match(kNumber).state, CallerMatchState::One);
    EXPECT_EQ(waiting->readAtMs(), toEpochMs(clock.now()));
}

TEST_F(OldCopyTest, IsAsOldAsEverWhereOneListOfPeopleFails) {
    ninja.on("user/end-users", {answer(200, "[]"), answer(500, "{}")});
    leaveCopy(paul);
    start([] {});
    expectStale();
    EXPECT_EQ(waiting->match(kNumber).contacts.at(0).uid, "p") << "what came is in use, and not relied on";
}

TEST_F(OldCopyTest, WhereThereIsNoneNobodyIsUnknownBeforeAllPeopleAreInUse) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    start([&] {
        const auto match = waiting->match(kNumber);
        if (match.directoryAtMs)
            EXPECT_EQ(match.state, CallerMatchState::One);
        else
            EXPECT_EQ(match.state, CallerMatchState::Stale);
    });
    EXPECT_EQ(waiting->match(kNumber).state, CallerMatchState::One);
}

TEST_F(DirectoryTest, OffersWhatIsAssignedToTheCallerFromTheCopyOnDisk) {
    ninja.on("user/end-users", {answer(200, R"([{"id":8,"uid":"e","firstName":"Eve","phone":"0144444444",
                                                 "organizationId":12,"assignedDeviceIds":[345]}])")});
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    const auto before = make();
    before->start();
    scheduler.run(0);
    before->stop();
    ticketing::FakeNinja gone;
    ticketing::NinjaClient unreachable{account(), tokens, clock, gone};
    NinjaDirectory offline{
        folder.path, {}, {unreachable, clock, scheduler, io.get_executor(), io.get_executor()}};
    offline.start();
    scheduler.run(0);
    ASSERT_EQ(offline.devicesOf(12, "e").size(), 2U);
    EXPECT_EQ(offline.devicesOf(12, "e").at(0).name, "PC-2");
    EXPECT_TRUE(offline.devicesOf(12, "e").at(0).isCallers);
    EXPECT_EQ(offline.locationsOf(12).size(), 1U);
    offline.stop();
    scheduler.run();
}

TEST_F(DirectoryTest, SaysWhichSwitchboardNumbersAreOfNoUse) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    NinjaDirectory::Options options;
    options.organizationNumbers = {{"+33140000000", 12}, {"+33140000001", 13}};
    NinjaDirectory directory{folder.path,
                             options,
                             {client, clock, scheduler, io.get_executor(), io.get_executor()},
                             [this](const std::string& problem) { problems.push_back(problem); }};
    directory.start();
    scheduler.run(1);
    EXPECT_EQ(directory.match("0140000000").organizationName, "Exemple SARL");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find("+33140000001"), std::string::npos) << problems[0];
    directory.stop();
    scheduler.run();
}

TEST_F(DirectoryTest, ReadsTheSwitchboardsFieldThatIsNamedAndNoneOtherwise) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    ninja.on("scoped-custom-fields?pageSize=1000&scopes=organization&fields=main%20line",
             {answer(200, R"({"results":[
                 {"scope":"ORGANIZATION","entityId":12,"fields":{"main line":"01 40 00 00 00","fax":"0140000009"}},
                 {"scope":"LOCATION","entityId":12,"fields":{"main line":"0140000001"}}]})")});
    NinjaDirectory::Options options;
    const auto read = [&] {
        NinjaDirectory directory{folder.path,
                                 options,
                                 {client, clock, scheduler, io.get_executor(), io.get_executor()},
                                 [this](const std::string& problem) { problems.push_back(problem); }};
        directory.start();
        scheduler.run(0);
        EXPECT_EQ(directory.match("0140000001").organizationId, std::nullopt) << "of a site";
        const auto organization = directory.match("0140000000").organizationId;
        directory.stop();
        scheduler.run();
        return organization;
    };
    EXPECT_EQ(read(), std::nullopt);
    EXPECT_EQ(ninja.countOf("scoped-custom-fields"), 0);
    options.numberField = "main line";
    EXPECT_EQ(read(), 12);
    EXPECT_EQ(ninja.countOf("scoped-custom-fields"), 1);
    options.numberField = "";
    EXPECT_EQ(read(), std::nullopt) << "nor from the copy on disk";
    EXPECT_EQ(ninja.countOf("scoped-custom-fields"), 1);
    EXPECT_TRUE(problems.empty());
}

TEST_F(DirectoryTest, GoesOnWithTheListsThatAreMissingAfterARestart) {
    tenant();
    ninja.on("/contacts", {answer(429, ""), answer(200, claire)});
    {
        const auto before = make();
        before->start();
        scheduler.run(0);
        before->stop();
        scheduler.run();
    }
    EXPECT_EQ(ninja.countOf("/user/technicians"), 0) << "refused for now: the others are not asked for";
    clock.advance(1min);
    const auto directory = make();
    directory->start();
    scheduler.run(0);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(ninja.countOf("/user/end-users"), 1);
    EXPECT_EQ(ninja.countOf("/user/technicians"), 1);
}

TEST_F(DirectoryTest, IsAsOldAsTheOlderListOfPeople) {
    tenant();
    ninja.on("/contacts", {answer(200, claire), answer(500, "{}")});
    const auto directory = make(5h);
    directory->start();
    scheduler.run(0);
    const std::int64_t readAt = toEpochMs(clock.now());
    scheduler.runUntil(clock.steady() + 23h);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(directory->match("0123456789").directoryAtMs, readAt);
    scheduler.runUntil(clock.steady() + 2h);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::Stale);
    EXPECT_GT(ninja.countOf("/user/end-users"), 4) << "the other list is read as ever";
}

TEST_F(DirectoryTest, AnswersFromMemoryWhenTheDiskTakesNothing) {
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    std::filesystem::create_directory(folder.path / "ninja-directory.db");
    const auto directory = make();
    directory->start();
    scheduler.run(2);
    EXPECT_EQ(directory->match("0123456789").state, CallerMatchState::One);
    EXPECT_EQ(directory->match("0123456789").directoryAtMs, toEpochMs(clock.now()));
    EXPECT_EQ(problems.size(), 1U) << "it is said once";
}

TEST_F(DirectoryTest, AssignsNothingWhereTwoTechniciansHaveOneAddress) {
    const std::string two = R"([{"id":4,"uid":"t","email":"alice@msp.fr","enabled":true},
                                {"id":5,"uid":"u","email":"ALICE@msp.fr","enabled":true}])";
    const std::string one = R"([{"id":4,"uid":"t","email":"alice@msp.fr","enabled":false},
                                {"id":5,"uid":"u","email":"ALICE@msp.fr","enabled":true}])";
    ninja.on("user/technicians", {answer(200, two), answer(200, two), answer(200, one)});
    tenant();
    ninja.on("/contacts", {answer(200, claire)});
    const auto directory = make();
    directory->start();
    scheduler.run(1);
    EXPECT_EQ(directory->technicianFor(Extension{"201"}), std::nullopt);
    ASSERT_EQ(problems.size(), 1U) << "said once";
    EXPECT_NE(problems[0].find("extension 201"), std::string::npos) << problems[0];
    EXPECT_EQ(problems[0].find('@'), std::string::npos) << "and names no address";
    scheduler.run(1);
    EXPECT_EQ(directory->technicianFor(Extension{"201"}), 5);
}

}  // namespace
}  // namespace ninja3cx::directory
