#include "agent/app/headless_agent.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

/// What a typed line means.
namespace ninja3cx::agent {
namespace {

constexpr std::array<std::string_view, 7> kBareDecisions{"confirm", "later",  "pause", "resume",
                                                         "again",   "giveup", "take"};

}  // namespace

void HeadlessAgent::use(const std::string& number) {
    const std::string digits = number.substr(number.starts_with('#') ? 1 : 0);
    int wanted = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return face_.showUsage("use");
    if (!choice_.use(wanted)) return face_.showProblem(LocalProblem::NoSuchDraft);
    lastWord_.reset();
    sayChoice();
}

bool HeadlessAgent::onPhoneCommand(const std::string& verb, const std::string& rest) {
    const bool isBare = rest.empty();
    if (verb == "ring" && !isBare)
        phone_.onHook(Source::Ring, callerOf(rest, ""));
    else if (verb == "start")
        phone_.start(rest);
    else if (verb == "stop" && isBare)
        phone_.stop();
    else if (verb == "dial" && !isBare)
        phone_.dial(rest);
    else if (verb == "ring" || verb == "stop" || verb == "dial")
        face_.showUsage(verb);
    else
        return false;
    return true;
}

bool HeadlessAgent::onCommand(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string verb = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    using protocol::DeliveryDecision;
    if (verb.empty()) return true;
    if (verb == "quit") return false;
    if (verb == "help") {
        face_.showHelp();
    } else if (verb == "drafts") {
        std::map<int, const KnownDraft*> numbered;
        for (const auto& [draftId, known] : drafts_) numbered[choice_.numberOf(draftId)] = &known;
        for (const auto& [number, known] : numbered) {
            face_.forget(known->draft.draftId);  // so that all of it is shown, not only what is new
            face_.showDraft(asOfNow(*known), markOf(known->draft));
        }
    } else if (verb == "use") {
        use(rest);
    } else if (onPhoneCommand(verb, rest)) {
        return true;
    } else if (verb == "record") {
        if (rest != "on" && rest != "off")
            face_.showUsage("record");
        else if (!pauseRecording(rest == "off"))
            face_.showProblem(LocalProblem::NoCall);
    } else if (verb == "edit") {
        editDraft(rest);
    } else if (verb == "take" && rest.empty()) {
        takeProposal();
    } else if (verb == "requester") {
        takeCandidate(rest);
    } else if (verb == "join") {
        joinOffer(rest);
    } else if (!rest.empty() && std::count(kBareDecisions.begin(), kBareDecisions.end(), verb) > 0) {
        face_.showUsage(verb);  // a number there would be taken for the draft's
    } else if (verb == "confirm") {
        if (auto* draft = decidedBy(verb, Concern::Content))
            decide(protocol::DraftConfirm{draft->draftId, draft->revision});
    } else if (verb == "later") {
        if (auto* draft = decidedBy(verb, Concern::Draft)) decide(protocol::DraftLater{draft->draftId});
    } else if (verb == "pause" || verb == "resume") {
        if (auto* draft = decidedBy(verb, Concern::Draft))
            decide(protocol::DraftPause{draft->draftId, verb == "pause"});
    } else if (verb == "discard") {
        if (rest.empty())
            face_.showUsage("discard");
        else if (auto* draft = decidedBy(verb, Concern::Draft))
            decide(protocol::DraftDiscard{draft->draftId, rest});
    } else if (verb == "again" || verb == "giveup") {
        if (auto* draft = decidedBy(verb, Concern::Delivery))
            decide(protocol::DeliveryDecide{
                draft->draftId, verb == "again" ? DeliveryDecision::SendAgain : DeliveryDecision::GiveUp,
                std::nullopt});
    } else if (verb == "exists") {
        std::int64_t number = 0;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (read.ec != std::errc{} || read.ptr != rest.data() + rest.size() || number <= 0)
            face_.showUsage("exists");
        else if (auto* draft = decidedBy(verb, Concern::Delivery))
            decide(
                protocol::DeliveryDecide{draft->draftId, DeliveryDecision::AlreadyThere, TicketId{number}});
    } else {
        face_.showUnknownCommand(verb);
    }
    return true;
}

}  // namespace ninja3cx::agent
