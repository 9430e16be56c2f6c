#include "simulators/pbx/desktop.hpp"

#include <utility>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto kOpensAgain = 300ms;

}  // namespace

Desktop::Desktop(Timeline& timeline, const Site& site, Switchboard& switchboard)
    : timeline_(timeline), site_(site), switchboard_(switchboard) {
    switchboard_.watchLegs([this](const Participant& leg, bool isGone) { legChanged(leg, isGone); });
}

std::vector<SoftphonePipe> Desktop::pipes() const {
    std::vector<SoftphonePipe> all;
    for (const auto& [extension, pipe] : pipes_) all.push_back(pipe);
    return all;
}

bool Desktop::isOnTheComputer(const Participant& leg) const {
    const auto devices = switchboard_.devicesOf(leg.dn);
    return !devices.empty() && devices.front().id == leg.deviceId;
}

void Desktop::legChanged(const Participant& leg, bool isGone) {
    if (!isGone && leg.status == "Ringing" && isOnTheComputer(leg)) openContact(leg);
    for (auto& [id, phone] : phones_)
        if (phone.extension == leg.dn && phone.isGreeted) tell(phone, leg, isGone);
}

void Desktop::openContact(const Participant& leg) {
    const auto hook = hooks_.find(leg.dn);
    if (hook == hooks_.end() || !open_) return;
    const std::string url = contactUrlOf(hook->second, leg.partyCallerId, leg.partyCallerName);
    const auto open = [this, url] {
        ++opened_;
        open_(url);
    };
    open();
    if (hook->second.times.value_or(1) == 2) timeline_.after(kOpensAgain, open);
}

PipeId Desktop::openPipe(const std::string& extension, std::shared_ptr<PipeSink> sink) {
    Softphone& phone = phones_[++lastPipe_];
    phone.extension = extension;
    phone.sink = std::move(sink);
    return lastPipe_;
}

void Desktop::pipeBytes(PipeId id, std::string_view bytes) {
    const auto found = phones_.find(id);
    if (found == phones_.end()) return;
    for (const std::string& text : found->second.reader.push(bytes)) obey(found->second, fieldsOfText(text));
}

void Desktop::obey(Softphone& phone, const PipeFields& message) {
    const std::string command = fieldOf(message, "cmd");
    std::string reply = "OK";
    if (command == "SRVHELLO") {
        reply = "CLIHELLO";
    } else if (command == "MAKE-CALL") {
        const std::string number = fieldOf(message, "number");
        if (number.empty() || !switchboard_.makeCall(phone.extension, "", number)) reply = "FAILED";
    } else if (command == "DROP-CALL") {
        const auto id = toInteger(fieldOf(message, "callid"));
        const Participant* leg =
            id && std::in_range<int>(*id) ? switchboard_.findLeg(static_cast<int>(*id)) : nullptr;
        if (!leg || leg->dn != phone.extension || !switchboard_.drop(leg->id)) reply = "FAILED";
    } else {
        return;  // a reply, or nothing that a softphone knows
    }
    PipeFields answer = message;
    answer.emplace_back("__answ#", "1");
    answer.emplace_back("reply", reply);
    phone.sink->send(encodePipeFrame(textOfFields(answer)));
    if (command != "SRVHELLO" || phone.isGreeted) return;
    phone.isGreeted = true;
    for (const Participant& leg : switchboard_.legsOf(phone.extension)) tell(phone, leg, false);
}

void Desktop::tell(Softphone& phone, const Participant& leg, bool isGone) {
    const auto before = phone.told.find(leg.id);
    const bool isKnown = before != phone.told.end();
    if (!isKnown && (isGone || !isOnTheComputer(leg))) return;
    std::string command = "CONNECTED";  // a held leg is still that: the pipe has no hold
    if (isGone)
        command = "DISCONNECTED";
    else if (leg.status == "Ringing")
        command = "RINGING";
    else if (leg.status == "Dialing")
        command = "RINGBACK";
    const std::string word = command + " " + leg.partyCallerId;
    if (isKnown && before->second == word) return;
    if (isKnown && command == "CONNECTED" && before->second.starts_with(command)) command = "CALL-INFO";
    const bool isOutgoing = leg.originatedByDn.empty();
    const std::string ownName = site_.nameOf(leg.dn);
    phone.sink->send(
        encodePipeFrame(textOfFields({{"cmd", command},
                                      {"callid", std::to_string(leg.id)},
                                      {"originator", isOutgoing ? leg.dn : leg.partyCallerId},
                                      {"originator_name", isOutgoing ? ownName : leg.partyCallerName},
                                      {"called_number", isOutgoing ? leg.partyCallerId : leg.dn},
                                      {"called_name", isOutgoing ? leg.partyCallerName : ownName},
                                      {"status", leg.status}})));
    if (isGone)
        phone.told.erase(leg.id);
    else
        phone.told[leg.id] = word;
}

boost::json::object Desktop::state() const {
    boost::json::array open;
    for (const auto& [id, phone] : phones_)
        open.push_back({{"extension", phone.extension}, {"greeted", phone.isGreeted}});
    return {{"contactUrlsOpened", opened_}, {"pipes", std::move(open)}};
}

}  // namespace ninja3cx::simulators
