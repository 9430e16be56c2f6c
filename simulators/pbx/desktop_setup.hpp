#pragma once

#include "shared/core/result.hpp"
#include "simulators/pbx/site.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace ninja3cx::simulators {

/// The web client of an extension opens this address when a call rings there.
struct ContactUrl {
    std::string extension;
    std::string url;           // on this machine, with %CallerNumber% and %CallerDisplayName%
    std::optional<int> times;  // 1 or 2
    bool plusAsSpace = false;  // a + is not encoded, so that it arrives as a space
};
BOOST_DESCRIBE_STRUCT(ContactUrl, (), (extension, url, times, plusAsSpace))

/// The softphone of an extension connects to this Unix socket.
struct SoftphonePipe {
    std::string extension;
    std::string path;
};
BOOST_DESCRIBE_STRUCT(SoftphonePipe, (), (extension, path))

std::optional<Error> problemOf(const std::string& place, const ContactUrl& hook, const Site& site);
std::optional<Error> problemOf(const std::string& place, const SoftphonePipe& pipe, const Site& site);

/// The address that is opened for a call.
std::string contactUrlOf(const ContactUrl& hook, const std::string& number, const std::string& name);

}  // namespace ninja3cx::simulators
