#include "shared/address/private_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx {
namespace {

struct Row {
    const char* name;
    const char* address;
    bool isPrivate;
};
class PrivateAddress : public testing::TestWithParam<Row> {};

TEST_P(PrivateAddress, IsToldFromOneOfTheInternet) {
    EXPECT_EQ(isPrivateAddress(boost::asio::ip::make_address(GetParam().address)), GetParam().isPrivate);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PrivateAddress,
    testing::Values(Row{"Loopback", "127.0.0.1", true}, Row{"OtherLoopback", "127.8.9.10", true},
                    Row{"Ten", "10.255.0.1", true}, Row{"BeforeTen", "9.255.255.255", false},
                    Row{"AfterTen", "11.0.0.1", false}, Row{"First172", "172.16.0.1", true},
                    Row{"Last172", "172.31.255.254", true}, Row{"Before172", "172.15.0.1", false},
                    Row{"After172", "172.32.0.1", false}, Row{"Home", "192.168.1.20", true},
                    Row{"NotHome", "192.169.0.1", false}, Row{"LinkLocal", "169.254.3.4", true},
                    Row{"Carrier", "100.64.0.1", false}, Row{"Unspecified", "0.0.0.0", false},
                    Row{"Multicast", "224.0.0.1", false}, Row{"Broadcast", "255.255.255.255", false},
                    Row{"Public", "8.8.8.8", false}, Row{"Documentation", "203.0.113.7", false},
                    Row{"Loopback6", "::1", true}, Row{"Unspecified6", "::", false},
                    Row{"Local6", "fd12:3456::1", true}, Row{"Local6Low", "fc00::1", true},
                    Row{"LinkLocal6", "fe80::1", true}, Row{"Site6", "fec0::1", false},
                    Row{"Public6", "2001:4860:4860::8888", false},
                    Row{"MappedPrivate", "::ffff:10.0.0.1", true},
                    Row{"MappedPublic", "::ffff:8.8.8.8", false}, Row{"Nat64", "64:ff9b::a00:1", false}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx
