#include "server/directory/device_index.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace ninja3cx::directory {
namespace {

constexpr std::size_t kMany = 100;

template <class Record>
Lists::Rows<Record> rows(std::vector<Record> records) {
    return std::make_shared<const std::vector<Record>>(std::move(records));
}

protocol::Contact caller(const std::string& uid, const std::string& email, std::int64_t organization = 12) {
    protocol::Contact made;
    made.uid = uid;
    if (!email.empty()) made.email = email;
    made.organizationId = organization;
    return made;
}

PersonRecord endUser(const std::string& uid, std::vector<std::int64_t> deviceIds) {
    PersonRecord made;
    made.uid = uid;
    made.organizationId = 12;
    made.deviceIds = std::move(deviceIds);
    return made;
}

std::string namesOf(const std::vector<protocol::Device>& devices) {
    std::string names;
    for (const protocol::Device& device : devices)
        names += (names.empty() ? "" : " ") + std::string{device.isCallers ? "*" : ""} + device.name;
    return names;
}

/// Organisation 12 has A to E, organisation 13 has X and Y.
Lists tenant() {
    Lists lists;
    lists.devices = rows<DeviceRecord>({{1, 12, 31, "D", "", false},
                                        {2, 12, 0, "A", "", true},
                                        {3, 12, 31, "C", "u-owner", false},
                                        {4, 12, 31, "B", "", false},
                                        {5, 12, 31, "E", "", false},
                                        {6, 13, 40, "X", "u-owner", false},
                                        {7, 13, 40, "Y", "", false}});
    return lists;
}

TEST(Devices, AreThoseOfTheOrganisationByName) {
    const DeviceIndex index{tenant()};
    EXPECT_EQ(namesOf(index.devicesOf(12, std::nullopt, kMany)), "A B C D E");
    EXPECT_EQ(namesOf(index.devicesOf(12, std::nullopt, 2)), "A B");
    EXPECT_EQ(namesOf(index.devicesOf(13, std::nullopt, kMany)), "X Y");
    EXPECT_TRUE(index.devicesOf(99, std::nullopt, kMany).empty());
    const auto first = index.devicesOf(12, std::nullopt, 1).at(0);
    EXPECT_EQ(first.id, 2);
    EXPECT_TRUE(first.isOffline);
    EXPECT_EQ(first.locationId, std::nullopt);
    EXPECT_EQ(index.devicesOf(12, std::nullopt, 2).at(1).locationId, 31);
    EXPECT_TRUE(DeviceIndex{}.devicesOf(12, std::nullopt, kMany).empty());
}

TEST(Devices, AreKnownOneByOneHoweverManyThereAre) {
    const DeviceIndex index{tenant()};
    ASSERT_TRUE(index.device(3));
    EXPECT_EQ(index.device(3)->name, "C");
    EXPECT_EQ(index.device(3)->organizationId, 12);
    EXPECT_FALSE(index.device(99));
    EXPECT_FALSE(index.isEmpty());
    EXPECT_TRUE(DeviceIndex{}.isEmpty());
}

TEST(Devices, TellWhatIsWrongWithThemAndThoseComeFirst) {
    Lists lists = tenant();
    lists.alerts = rows<AlertRecord>(
        {{"a1", 4, "Disk full"}, {"a2", 4, "Disk full"}, {"a3", 4, "CPU"}, {"a4", 99, "of nobody"}});
    lists.health = rows<HealthRecord>({{1, "HEALTHY", ""},
                                       {2, "NEEDS_ATTENTION", ""},
                                       {4, "UNHEALTHY", ""},
                                       {5, "HEALTHY", "Windows Update"}});
    const DeviceIndex index{lists};
    const auto devices = index.devicesOf(12, std::nullopt, kMany);
    EXPECT_EQ(namesOf(devices), "A B E C D");
    EXPECT_EQ(devices[0].alerts, (std::vector<std::string>{"NEEDS_ATTENTION"}));
    EXPECT_EQ(devices[1].alerts, (std::vector<std::string>{"Disk full", "CPU"}));
    EXPECT_EQ(devices[2].alerts, (std::vector<std::string>{"Windows Update"}));
    EXPECT_TRUE(devices[3].alerts.empty());
}

TEST(DevicesOfACaller, AreWhatNinjaOneAssignsThem) {
    Lists lists = tenant();
    lists.endUsers = rows<PersonRecord>({endUser("u-owner", {5, 6, 1, 99})});
    lists.loggedOn = rows<LoggedOnRecord>({{2, "EXEMPLE\\owner", 100}});
    const DeviceIndex index{lists};
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("u-owner", "owner@exemple.fr"), kMany)), "*E *D *C A B")
        << "assigned, then owned; of this organisation only; who was logged on says nothing more";
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("u-owner", "owner@exemple.fr"), 1)), "*E");
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("u-owner", "", 13), kMany)), "A B C D E")
        << "a person of another organisation";
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("", ""), kMany)), "A B C D E");
}

TEST(DevicesOfACaller, AreWhereTheyWereLoggedOnLastWhenNothingElseTells) {
    Lists lists = tenant();
    lists.loggedOn = rows<LoggedOnRecord>({{1, "EXEMPLE\\cmartin", 100},
                                           {2, "c.martin@exemple.fr", 300},
                                           {3, "EXEMPLE\\paul", 400},
                                           {7, "AUTRE\\cmartin", 500}});
    const DeviceIndex index{lists};
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("c", "C.Martin@exemple.fr"), kMany)), "*A *D B C E");
    EXPECT_EQ(namesOf(index.devicesOf(12, caller("c", ""), kMany)), "A B C D E");
    EXPECT_EQ(namesOf(index.devicesOf(13, caller("x", "cmartin@autre.fr", 13), kMany)), "*Y X");
}

TEST(DevicesOfACaller, AreNotThoseOfAnAccountThatIsEverywhere) {
    Lists lists = tenant();
    lists.loggedOn = rows<LoggedOnRecord>({{1, "info", 1}, {2, "info", 2}, {3, "info", 3}, {4, "info", 4}});
    EXPECT_EQ(namesOf(DeviceIndex{lists}.devicesOf(12, caller("i", "info@exemple.fr"), kMany)), "A B C D E");
}

TEST(AccountName, IsWhatAnAddressAndAnAccountHaveInCommon) {
    for (const char* written :
         {"EXEMPLE\\c-martin", "C.Martin@exemple.fr", "cmartin", "AzureAD\\C_Martin", "C Martin"})
        EXPECT_EQ(accountName(written), "cmartin") << written;
    EXPECT_EQ(accountName("EXEMPLE\\hélène"), "helene");
    EXPECT_EQ(accountName(""), "");
    EXPECT_EQ(accountName("@"), "");
}

TEST(LocationsOfAnOrganisation, AreGivenByName) {
    Lists lists;
    lists.locations = rows<LocationRecord>({{1, 12, "Paris"}, {2, 12, "Lyon"}, {3, 13, "Nice"}});
    const DeviceIndex index{lists};
    EXPECT_EQ(index.locationsOf(12), (std::vector<protocol::Location>{{2, "Lyon"}, {1, "Paris"}}));
    EXPECT_TRUE(index.locationsOf(99).empty());
}

TEST(LoggedOnRecords, KeepTheLatestOfADevice) {
    const auto kept = loggedOnOf({{5, "first", 100}, {5, "last", 300}, {5, "middle", 200}, {4, "x", -1e300}});
    EXPECT_EQ(kept, (std::vector<LoggedOnRecord>{{4, "x", 0}, {5, "last", 300}}));
}

}  // namespace
}  // namespace ninja3cx::directory
