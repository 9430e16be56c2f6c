#include "bench/tickets/world.hpp"

#include "server/calls/draft_flow.hpp"
#include "server/calls/draft_maker.hpp"

#include <array>
#include <random>

namespace ninja3cx::bench {
namespace {

using protocol::Speaker;

// Few, so that tickets look alike which are not the same.
constexpr std::array kSubjects{"Imprimante hors ligne", "VPN : connexion refusée", "Boîte mail pleine",
                               "Mot de passe expiré",   "Écran noir au démarrage", "Sauvegarde en échec"};
constexpr std::size_t kNamedByHandIn = 8;
constexpr std::size_t kLongIn = 40;
constexpr std::size_t kLongTurns = 500;  // more than fits into the body of a comment
constexpr std::size_t kSolvedIn = 5;

protocol::Utterance utterance(const CallId& callId, std::size_t number, std::string text) {
    protocol::Utterance said;
    said.callId = callId;
    said.utteranceId = UtteranceId{callId.value() + "/" + std::to_string(number)};
    said.channel = number % 2 == 0 ? Speaker::Agent : Speaker::Customer;
    said.revision = 1;
    said.isFinal = true;
    said.startMs = static_cast<std::int64_t>(number) * 4'000;
    said.endMs = said.startMs + 3'500;
    said.stableBytes = static_cast<std::int32_t>(text.size());
    said.text = std::move(text);
    return said;
}

class Maker {
public:
    Maker(const std::vector<protocol::Contact>& people, std::uint64_t seed, std::int64_t nowMs)
        : people_(people), seed_(seed), nowMs_(nowMs), random_(seed) {}

    TicketCase make(std::size_t number, const Extension& extension) {
        TicketCase made;
        made.requester = people_[below(people_.size())];
        made.isNamedByHand = below(kNamedByHandIn) == 0;
        const CallId callId{"call-bench-" + std::to_string(seed_) + "-" + std::to_string(number)};
        made.marker = calls::markerFor(callId);
        made.spoken = "le poste PC-" + std::to_string(seed_) + "-" + std::to_string(number) + " du bureau";
        makeCall(made, callId, extension);
        makeWords(made, below(kLongIn) == 0 ? kLongTurns : 4);
        makeAnalysis(made);
        makeDraft(made);
        return made;
    }

private:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

    void makeCall(TicketCase& made, const CallId& callId, const Extension& extension) {
        protocol::Call& call = made.call;
        call.callId = callId;
        call.extension = extension;
        call.technician = "Technicien " + extension.value();
        call.direction = protocol::Direction::Inbound;
        call.state = protocol::CallState::Ended;
        call.stage = protocol::CallStage::Drafted;
        call.recording = protocol::Recording::Active;
        call.isAudioComplete = true;
        if (!made.isNamedByHand) {
            call.remoteNumber = made.requester.phone.value_or("");
            call.caller.state = protocol::CallerMatchState::One;
            call.caller.contacts = {made.requester};
        }
        call.startedAtMs = nowMs_ - 3'600'000 + static_cast<std::int64_t>(below(3'000'000));
        call.answeredAtMs = call.startedAtMs + 5'000;
        call.endedAtMs = call.startedAtMs + 180'000;
    }

    void makeWords(TicketCase& made, std::size_t turns) {
        const CallId& callId = made.call.callId;
        made.utterances.push_back(utterance(callId, 0, "Support informatique, bonjour."));
        made.utterances.push_back(utterance(callId, 1, "Bonjour, c'est pour " + made.spoken + "."));
        for (std::size_t turn = 2; turn < turns; ++turn)
            made.utterances.push_back(
                utterance(callId, turn,
                          turn % 2 == 0 ? "Je regarde, ne quittez pas, je prends la main sur la machine."
                                        : "D'accord, je vous laisse faire, merci & à tout de suite <3."));
    }

    void makeAnalysis(TicketCase& made) {
        protocol::Analysis& analysis = made.analysis;
        analysis.id = made.call.callId.value();
        analysis.category = protocol::Category::Hardware;
        analysis.priority = protocol::Priority::Medium;
        analysis.ticketWarranted = true;
        analysis.resolved = below(kSolvedIn) == 0;
        analysis.subject = kSubjects.at(below(kSubjects.size()));
        analysis.summary = "Le client signale une panne sur " + made.spoken + ".";
    }

    void makeDraft(TicketCase& made) {
        protocol::Draft& draft = made.draft;
        draft.draftId = calls::draftIdFor(made.call.callId);
        draft.callId = made.call.callId;
        draft.extension = made.call.extension;
        draft.state = protocol::DraftState::Inbox;
        draft.revision = 1;
        draft.fields = calls::makeFields(made.analysis, made.call, calls::HubOptions{});
        draft.generated = draft.fields;
        draft.problems = calls::problemsOf(draft.fields);
        draft.heldBecause = "agentAway";
        draft.countdownTotalMs = 15'000;
        draft.createdAtMs = *made.call.endedAtMs + 1'000;
        draft.changedAtMs = draft.createdAtMs;
    }

    const std::vector<protocol::Contact>& people_;
    const std::uint64_t seed_;
    const std::int64_t nowMs_;
    std::mt19937_64 random_;
};

}  // namespace

Extension agentExtension(std::size_t agent) {
    return Extension{std::to_string(301 + agent)};
}

TicketWorld makeTicketWorld(const std::vector<protocol::Contact>& people, std::size_t count,
                            std::size_t agents, std::uint64_t seed, std::int64_t nowMs) {
    Maker maker{people, seed, nowMs};
    TicketWorld world;
    for (std::size_t number = 0; number < count; ++number)
        world.cases.push_back(maker.make(number, agentExtension(number % agents)));
    return world;
}

}  // namespace ninja3cx::bench
