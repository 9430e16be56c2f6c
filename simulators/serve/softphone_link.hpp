#pragma once

#include "simulators/pbx/pbx.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace ninja3cx::simulators {

/// Plays a softphone's side of its pipe on a Unix socket: tries to connect every 2 s, as the real one does, and
/// again when the link has ended. Network thread only.
class SoftphoneLink {
public:
    /// `afterwards` is called when the PBX got something to do.
    SoftphoneLink(const boost::asio::any_io_executor& executor, Pbx& pbx, SoftphonePipe pipe,
                  std::function<void()> afterwards);
    /// Neither the PBX nor `afterwards` is used from here on.
    ~SoftphoneLink();
    SoftphoneLink(const SoftphoneLink&) = delete;
    SoftphoneLink& operator=(const SoftphoneLink&) = delete;

    const std::string& path() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::simulators
