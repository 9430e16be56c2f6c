#include "simulators/pbx/troubles.hpp"

#include <algorithm>
#include <set>

namespace ninja3cx::simulators {
namespace {

const std::set<std::string, std::less<>>& requestKinds() {
    static const std::set<std::string, std::less<>> kinds{"429", "html", "500",  "502",
                                                          "503", "drop", "slow", "401"};
    return kinds;
}

}  // namespace

Result<void> Troubles::strike(Fault fault) {
    if (requestKinds().contains(fault.kind)) {
        if (!fault.match) fault.match = FaultMatch{};
        if (!fault.match->pathRegex) fault.match->pathRegex = "^/(callcontrol|xapi)";
        fault.times = fault.times.value_or(1);
        auto added = waiting_.add(std::move(fault));
        if (!added) return added.error();
        return {};
    }
    if (strikeFeed(fault) || strikePbx(fault)) return {};
    return Error{ErrorKind::BadMessage, "kind: '" + fault.kind + "' is no fault of this simulator"};
}

void Troubles::clear() {
    waiting_.clear();
    callControl_.setOddities(false);
}

Troubles::Met Troubles::meet(const Request& request) {
    Met met;
    std::vector<int> struck;
    for (const FaultList::Waiting* waiting : waiting_.matching(request)) {
        const Fault& fault = waiting->fault;
        if (fault.kind == "slow")
            met.delay += std::chrono::milliseconds{static_cast<std::int64_t>(numberParam(fault, "ms", 5000))};
        else if (met.instead)
            continue;
        else
            met.instead = fault.kind == "401" ? plainReply(401) : commonFaultReply(fault, clock_.now());
        struck.push_back(waiting->number);
    }
    for (const int number : struck) waiting_.struck(number);
    return met;
}

/// Troubles of events and their sockets.
bool Troubles::strikeFeed(const Fault& fault) {
    const int times = fault.times.value_or(1);
    const std::string& kind = fault.kind;
    if (kind == "ws-close")
        feed_.closeAll(
            static_cast<std::uint16_t>(std::clamp(numberParam(fault, "code", 1001), 1000.0, 4999.0)));
    else if (kind == "ws-reset")
        feed_.breakAll();
    else if (kind == "ws-silence")
        feed_.silenceAll();
    else if (kind == "skip-sequence")
        feed_.skip(times);
    else if (kind == "duplicate")
        feed_.repeat(times);
    else if (kind == "reorder")
        feed_.swapNext(times);
    else if (kind == "event" || kind == "frame")
        sendFrame(fault);
    else
        return false;
    return true;
}

void Troubles::sendFrame(const Fault& fault) {
    if (fault.kind == "event") {
        const boost::json::object* params = fault.params.if_object();
        const boost::json::value* attached = params ? params->if_contains("attached") : nullptr;
        feed_.event(static_cast<int>(numberParam(fault, "type", 0)), textParam(fault, "entity", ""),
                    attached ? *attached : boost::json::value{});
        return;
    }
    const auto bytes = static_cast<std::size_t>(std::clamp(numberParam(fault, "bytes", 0), 0.0, 64e6));
    feed_.raw(bytes > 0 ? std::string(bytes, 'x') : textParam(fault, "text", ""),
              textParam(fault, "as", "text") == "binary");
}

bool Troubles::strikePbx(const Fault& fault) {
    const std::string& kind = fault.kind;
    if (kind == "expire-token") {
        tokens_.expireAll();
        const std::string sockets = textParam(fault, "sockets", "stay");
        if (sockets == "close") feed_.closeAll(1008);
        if (sockets == "reset") feed_.breakAll();
    } else if (kind == "unknown-fields") {
        callControl_.setOddities(true);
    } else if (kind == "status") {
        switchboard_.showStatus(textParam(fault, "status", "Negotiating"));
    } else if (kind == "unmonitor" || kind == "monitor") {
        switchboard_.setUnmonitored(textParam(fault, "dn", ""), kind == "unmonitor");
    } else if (kind == "restart") {
        feed_.breakAll();
        tokens_.expireAll();
        switchboard_.restart();
    } else {
        return false;
    }
    return true;
}

}  // namespace ninja3cx::simulators
