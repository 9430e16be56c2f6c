#include "simulators/pbx/troubles.hpp"

#include "simulators/pbx/fault_kinds.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

std::size_t sizeParam(const Fault& fault, std::string_view name, double otherwise) {
    return static_cast<std::size_t>(std::clamp(numberParam(fault, name, otherwise), 0.0, 64e6));
}

Reply htmlFailure(int status) {
    return htmlReply(status, "<html><body><center><h1>" + std::to_string(status) +
                                 "</h1></center><hr>nginx</body></html>");
}

}  // namespace

Result<void> Troubles::strike(Fault fault) {
    if (auto problem = problemOf(fault)) return *problem;
    if (findFaultKind(fault.kind)->path) return wait(std::move(fault));
    if (!strikeFeed(fault)) strikePbx(fault);
    return {};
}

Result<void> Troubles::wait(Fault fault) {
    if (!fault.match) fault.match = FaultMatch{};
    if (!fault.match->pathRegex) fault.match->pathRegex = findFaultKind(fault.kind)->path;
    const double forS = numberParam(fault, "forS", 0);
    fault.times = forS > 0 ? -1 : fault.times.value_or(1);
    auto added = waiting_.add(std::move(fault));
    if (!added) return added.error();
    if (forS > 0) timeline_.after(seconds(forS), [this, number = *added] { waiting_.remove(number); });
    return {};
}

void Troubles::clear() {
    waiting_.clear();
    ++generation_;
    downUntil_.reset();
    callControl_.setOddities(false);
}

Troubles::Met Troubles::meet(const Request& request) {
    Met met;
    if (downUntil_ && timeline_.now() < *downUntil_) {
        met.instead = htmlFailure(502);
        return met;
    }
    std::vector<int> struck;
    for (const FaultList::Waiting* waiting : waiting_.matching(request))
        if (meetReply(waiting->fault, met)) struck.push_back(waiting->number);
    for (const int number : struck) waiting_.struck(number);
    return met;
}

/// False: another one was first.
bool Troubles::meetReply(const Fault& fault, Met& met) const {
    const std::string& kind = fault.kind;
    if (kind == "slow") {
        met.delay += std::chrono::milliseconds{static_cast<std::int64_t>(numberParam(fault, "ms", 5000))};
    } else if (kind == "slow-body") {
        met.bodyBytesPerSecond = std::max<std::size_t>(sizeParam(fault, "bytesPerS", 1), 1);
    } else if (kind == "malformed") {
        met.isMalformed = true;
    } else if (kind == "huge-body") {
        met.padTo = sizeParam(fault, "bytes", 5e6);
    } else {
        if (met.instead) return false;
        met.instead = commonFaultReply(fault, clock_.now());
        if (!met.instead) met.instead = plainReply(static_cast<int>(toInteger(kind).value_or(500)));
    }
    return true;
}

void Troubles::apply(const Met& met, Reply& reply) {
    reply.delay += met.delay;
    reply.bodyBytesPerSecond = met.bodyBytesPerSecond;
    if (met.isMalformed) reply.body.resize(reply.body.size() / 2);
    if (met.padTo > reply.body.size()) reply.body.resize(met.padTo, ' ');
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
    else if (kind == "lose")
        feed_.lose(times);
    else if (kind == "duplicate")
        feed_.repeat(times);
    else if (kind == "reorder")
        feed_.swapNext(times);
    else if (kind == "remove-first")
        feed_.removeFirst(times);
    else if (kind == "late-upsert")
        feed_.upsertLate(times);
    else if (kind == "odd-entities")
        sendOddEntities(textParam(fault, "dn", "201"));
    else if (kind == "event" || kind == "frame")
        sendFrame(fault);
    else
        return false;
    return true;
}

/// Entities that 3CX does not promise, or that nobody may follow.
void Troubles::sendOddEntities(const std::string& dn) {
    const std::string own = "/callcontrol/" + dn;
    for (const std::string& entity :
         {own, own + "/", own + "/devices", own + "/devices/sip%3A" + dn + "%40127.0.0.1%3A5483",
          own + "/participants", own + "/participants/1/", own + "/participants/%31",
          own + "/participants/../../../xapi/v1/Users", own + "/participants/1/../../secret",
          std::string{"/callcontrol/../connect/token"}, std::string{"//elsewhere.example/callcontrol/1"},
          "https://elsewhere.example" + own, own + "/participants/" + std::string(600, '9'), std::string{}})
        feed_.event(0, entity);
}

void Troubles::sendFrame(const Fault& fault) {
    if (fault.kind == "event") {
        const boost::json::object* params = fault.params.if_object();
        const boost::json::value* attached = params ? params->if_contains("attached") : nullptr;
        feed_.event(static_cast<int>(numberParam(fault, "type", 0)), textParam(fault, "entity", ""),
                    attached ? *attached : boost::json::value{});
        return;
    }
    const std::size_t bytes = sizeParam(fault, "bytes", 0);
    if (textParam(fault, "content", "noise") == "event") {  // good in all but its size
        feed_.event(99, "/callcontrol/201", boost::json::value(std::string(bytes, 'x')));
        return;
    }
    feed_.raw(bytes > 0 ? std::string(bytes, 'x') : textParam(fault, "text", ""),
              textParam(fault, "as", "text") == "binary");
}

/// Somebody else asks for a token with the same client.
void Troubles::supersede(int times, double everyS, int generation) {
    if (generation != generation_ || times == 0) return;
    tokens_.supersede();
    if (everyS <= 0) return;
    timeline_.after(seconds(everyS), [this, times, everyS, generation] {
        supersede(times > 0 ? times - 1 : times, everyS, generation);
    });
}

void Troubles::strikePbx(const Fault& fault) {
    const std::string& kind = fault.kind;
    if (kind == "expire-token") {
        tokens_.expireAll();
        const std::string sockets = textParam(fault, "sockets", "stay");
        if (sockets == "close") feed_.closeAll(1008);
        if (sockets == "reset") feed_.breakAll();
    } else if (kind == "supersede-token") {
        const double everyS = std::max(numberParam(fault, "everyS", 0), 0.0);
        supersede(fault.times.value_or(everyS > 0 ? -1 : 1), everyS, generation_);
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
        downUntil_ =
            timeline_.now() + timeline_.scaled(seconds(std::max(numberParam(fault, "downS", 0), 0.0)));
    }
}

}  // namespace ninja3cx::simulators
