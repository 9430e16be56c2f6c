#include "agent/app/terminal_face.hpp"

#include "shared/core/text.hpp"
#include "shared/protocol/call_states.hpp"
#include "shared/protocol/delivery_rules.hpp"
#include "shared/protocol/ticket_status.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <ostream>
#include <type_traits>
#include <utility>
#include <vector>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kSpeakerWidth = 10;  // of the longest

std::string clockText(std::int64_t ms) {
    char text[24];
    std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(ms / 60'000),
                  static_cast<int>(ms / 1000 % 60));
    return text;
}

/// The server's moment on this PC's clock on the wall.
std::string wallClockText(std::int64_t atMs) {
    const auto seconds = static_cast<std::time_t>(atMs / 1000);
    std::tm local{};
    char text[16] = "";
    if (::localtime_r(&seconds, &local)) std::strftime(text, sizeof text, "%H:%M:%S", &local);
    return text;
}

/// Rounded up: 0 s would be over.
std::string secondsText(std::int64_t ms) {
    return std::to_string((ms + 999) / 1000) + " s";
}

std::string durationText(std::chrono::milliseconds duration) {
    constexpr std::int64_t kMinuteMs = 60'000;
    const std::int64_t ms = duration.count();
    return ms % kMinuteMs == 0 ? std::to_string(ms / kMinuteMs) + " min" : secondsText(ms);
}

std::string callerText(const Texts& texts, const protocol::Call& call) {
    const std::string number =
        call.remoteNumber.empty() ? texts.pick("numéro masqué", "number withheld") : call.remoteNumber;
    if (call.caller.state == protocol::CallerMatchState::One && !call.caller.contacts.empty()) {
        const protocol::Contact& contact = call.caller.contacts.front();
        return contact.name + ", " + contact.organizationName + " (" + number + ")";
    }
    std::string name = call.remoteName;
    if (call.caller.organizationName) name += (name.empty() ? "" : ", ") + *call.caller.organizationName;
    return name.empty() ? number : name + " (" + number + ")";
}

/// How surely the caller is known; empty where the number proves it.
std::string recognitionText(const Texts& texts, const protocol::CallerMatch& caller) {
    const auto rule = protocol::codeNamed<protocol::MatchRule>(caller.rule.value_or(""));
    if (caller.state == protocol::CallerMatchState::One && rule == protocol::MatchRule::NumberTail)
        return texts.pick("reconnu aux derniers chiffres seulement", "recognised by the last digits only");
    if (caller.state == protocol::CallerMatchState::None && rule == protocol::MatchRule::OrganizationNumber)
        return texts.pick("numéro de l'organisation", "the organisation's number");
    return texts.of(caller.state);
}

/// Of NinjaOne's directory when the call began, if it was old by then.
std::string directoryAgeText(const Texts& texts, const protocol::Call& call) {
    constexpr std::int64_t kHourMs = 3'600'000;
    if (!call.caller.directoryAtMs || call.remoteNumber.empty()) return "";
    const std::int64_t hours = (call.startedAtMs - *call.caller.directoryAtMs) / kHourMs;
    if (hours < 1) return "";
    const std::string age =
        hours < 48 ? std::to_string(hours) + " h" : std::to_string(hours / 24) + texts.pick(" j", " d");
    return texts.pick("annuaire NinjaOne d'il y a ", "NinjaOne directory of ") + age + texts.pick("", " ago");
}

std::string callText(const Texts& texts, const protocol::Call& call) {
    using enum protocol::CallState;
    std::string text =
        texts.of(call.direction) + " " + callerText(texts, call) + texts.colon() + texts.of(call.state);
    const auto add = [&](const std::string& more) {
        if (!more.empty()) text += ", " + more;
    };
    if (!isOver(call.state) && call.direction != protocol::Direction::Internal) {
        add(recognitionText(texts, call.caller));
        add(directoryAgeText(texts, call));
    }
    if (call.state != Missed) add(texts.of(call.recording));
    if (call.isFromRecording.value_or(false)) add(texts.of(protocol::HeldReason::FromRecording));
    if (call.state == Ended && call.stage != protocol::CallStage::Live) add(texts.of(call.stage));
    return text;
}

/// "the customer: unhappy (getting worse), about: network and VPN, alerts: wants to cancel"
std::string insightText(const Texts& texts, const protocol::CallInsight& insight) {
    std::string text = texts.pick("client", "customer") + std::string{texts.colon()} + texts.of(insight.mood);
    if (insight.trend != protocol::MoodTrend::Steady) text += " (" + texts.of(insight.trend) + ")";
    if (insight.topic || insight.customTopic) {
        text += texts.pick(", sujet", ", topic") + std::string{texts.colon()};
        if (insight.topic) text += texts.of(*insight.topic);
        if (insight.customTopic)
            text += insight.topic ? " (" + *insight.customTopic + ")" : *insight.customTopic;
    }
    for (std::size_t i = 0; i < insight.alerts.size(); ++i)
        text += (i == 0 ? texts.pick(", alerte", ", alert") + std::string{texts.colon()} : ", ") +
                texts.of(insight.alerts[i]);
    return text;
}

/// "to complete: requester, organisation; subject: too long"
std::string problemsText(const Texts& texts, const protocol::Draft& draft) {
    std::string missing;
    std::string others;
    for (const protocol::FieldProblem& problem : draft.problems) {
        const std::string label = texts.field(problem.field);
        const std::string name = label.empty() ? texts.pick("un champ", "a field") : label;
        if (problem.code == wordOf(protocol::FieldFault::Required))
            missing += (missing.empty() ? "" : ", ") + name;
        else if (problem.field == "commentOn")
            others += texts.pick(" ; le ticket choisi n'est plus ouvert ('join none' y renonce)",
                                 "; the chosen ticket is no longer open ('join none' leaves it)");
        else
            others += texts.pick(" ; ", "; ") + name + texts.colon() +
                      texts.ofCode<protocol::FieldFault>(problem.code);
    }
    if (!missing.empty()) missing = texts.of(protocol::FieldFault::Required) + texts.colon() + missing;
    if (missing.empty() && !others.empty()) return others.substr(others.find_first_not_of(" ;"));
    return missing + others;
}

/// Why a person must decide, and that nothing happens without one.
std::string personNeededText(const Texts& texts, const protocol::Draft& draft) {
    std::string why = draft.heldBecause.empty() ? "" : texts.ofCode<protocol::HeldReason>(draft.heldBecause);
    if (const std::string problems = problemsText(texts, draft); !problems.empty())
        why += (why.empty() ? "" : texts.pick(" ; ", "; ")) + problems;
    return texts.of(protocol::DraftState::Inbox) + (why.empty() ? "" : " (" + why + ")") +
           texts.pick(". Rien ne se crée sans vous : 'confirm', 'edit' ou 'discard'",
                      ". Nothing is created without you: 'confirm', 'edit' or 'discard'");
}

/// "NinjaOne refused the field severity: must be one of …"
std::string refusedFieldText(const Texts& texts, const protocol::Delivery& delivery) {
    const std::string& name = *delivery.field;
    const std::string label = texts.field(name);
    return texts.pick("NinjaOne a refusé le champ ", "NinjaOne refused the field ") +
           (label.empty() || label == name ? name : label + " (" + name + ")") +
           (delivery.problem.empty() ? "" : texts.colon() + delivery.problem);
}

/// "; to be looked at first: tickets #12, #9", and what it means to send it again, where that was asked for before.
std::string doubtsText(const Texts& texts, const protocol::Delivery& delivery,
                       std::optional<protocol::DeliveryProblem> code) {
    using enum protocol::DeliveryProblem;
    if (!delivery.ticketsInDoubt || delivery.ticketsInDoubt->empty()) return "";
    const bool wasAsked = code != Unconfirmed && (code != LookUpFails || delivery.comparedTicketId);
    return texts.pick(" ; à regarder d'abord : ", "; to be looked at first: ") +
           texts.tickets(*delivery.ticketsInDoubt) +
           (wasAsked ? texts.pick(" ; l'envoyer encore, c'est dire que ce n'est aucun d'eux",
                                  "; to send it again is to say that it is none of these")
                     : "");
}

/// The server's or NinjaOne's own words as well, where they say more than we can.
std::string deliveryProblemText(const Texts& texts, const protocol::Delivery& delivery) {
    using enum protocol::DeliveryProblem;
    if (delivery.problemCode.empty()) return "";
    const auto code = protocol::codeNamed<protocol::DeliveryProblem>(delivery.problemCode);
    if (code == FieldRefused && delivery.field) return refusedFieldText(texts, delivery);
    std::string text = code ? texts.of(*code, delivery.comparedTicketId)
                            : texts.ofCode<protocol::DeliveryProblem>(delivery.problemCode);
    // Of those that pass by themselves it would only repeat.
    const bool saysAll = code == NotConfigured || code == Throttled || code == Unreachable ||
                         code == NeedsLogin || code == LookingUp || code == Comparing ||
                         code == NoSuchTicket || code == NotInNinja || code == GivenUp;
    if (!saysAll && !delivery.problem.empty()) text += texts.colon() + delivery.problem;
    return text + doubtsText(texts, delivery, code);
}

/// "Fini (résolu)": the tenant's word, and what it stands for where it does not say so.
std::string progressText(const Texts& texts, const protocol::TicketProgress& progress) {
    std::string meaning;
    if (progress.isDeleted)
        meaning = texts.pick("supprimé", "deleted");
    else if (progress.parentId >= protocol::kClosed)
        meaning = texts.pick("clos", "closed");
    else if (progress.parentId >= protocol::kResolved)
        meaning = texts.pick("résolu", "resolved");
    if (progress.status.empty())
        return meaning.empty() ? texts.pick("statut inconnu", "unknown status") : meaning;
    if (meaning.empty() || isSameWord(progress.status, meaning)) return progress.status;
    return progress.status + " (" + meaning + ")";
}

/// "ticket #1004 created"
std::string thereText(const Texts& texts, const protocol::Draft& draft) {
    const std::string number = std::to_string(draft.delivery.ticketId->value());
    return draft.fields.commentOn
               ? texts.pick("commentaire ajouté au ticket n° ", "comment added to ticket #") + number
               : texts.pick("ticket n° ", "ticket #") + number + texts.pick(" créé", " created");
}

std::string createdText(const Texts& texts, const protocol::Draft& draft) {
    const protocol::Delivery& delivery = draft.delivery;
    std::string text = thereText(texts, draft);
    if (delivery.progress)
        text +=
            texts.pick(" ; dans NinjaOne : ", "; in NinjaOne: ") + progressText(texts, *delivery.progress);
    return text;
}

/// The ticket has its number; its note or its closing does not go through by itself.
std::string partlyThereText(const Texts& texts, const protocol::Draft& draft) {
    const std::string number = std::to_string(draft.delivery.ticketId->value());
    return thereText(texts, draft) +
           texts.pick(" ; le reste est à vous : 'again' le refait, 'exists ",
                      "; the rest is yours to decide: 'again' tries it once more, 'exists ") +
           number + texts.pick("' ou 'giveup' y renonce", "' or 'giveup' leaves it");
}

std::string deliveryText(const Texts& texts, const protocol::Draft& draft) {
    const protocol::Delivery& delivery = draft.delivery;
    using enum protocol::DeliveryState;
    const std::string problem = deliveryProblemText(texts, delivery);
    if (delivery.problemCode == wordOf(protocol::DeliveryProblem::GivenUp)) return problem;
    if (delivery.problemCode == wordOf(protocol::DeliveryProblem::Comparing)) return problem;
    std::string text = texts.of(delivery.state);
    if (isMendable(delivery))
        text = texts.pick("refusé : corrigez avec 'edit', puis 'confirm' (ou 'exists NUMÉRO', 'giveup')",
                          "refused: mend it with 'edit', then 'confirm' (or 'exists NUMBER', 'giveup')");
    if (delivery.state == Waiting && delivery.nextAttemptAtMs)
        text = texts.pick("conservé, nouvel essai à ", "kept, next attempt at ") +
               wallClockText(*delivery.nextAttemptAtMs);
    if (delivery.ticketId) {
        if (delivery.state == Created)
            text = createdText(texts, draft);
        else if (delivery.state == Unconfirmed || delivery.state == Rejected)
            text = partlyThereText(texts, draft);
        else
            text = thereText(texts, draft) + texts.pick(" ; le reste : ", "; the rest: ") + text;
    }
    return problem.empty() ? text : text + " (" + problem + ")";
}

std::string draftText(const Texts& texts, const protocol::Draft& draft) {
    const bool isSent = draft.state == protocol::DraftState::Confirmed;
    if (isSent && draft.delivery.state != protocol::DeliveryState::None) return deliveryText(texts, draft);
    const std::string left = secondsText(draft.countdownLeftMs);
    switch (draft.state) {
        case protocol::DraftState::Inbox:
            if (!draft.isAutomatic || draft.countdownLeftMs <= 0) return personNeededText(texts, draft);
            return texts.pick("le compte à rebours (", "the countdown (") + left +
                   texts.pick(") attend que le brouillon soit affiché", ") waits for the draft to be shown");
        case protocol::DraftState::Counting:
            if (!draft.isAutomatic) return personNeededText(texts, draft);
            return texts.pick("création automatique dans ", "created by itself in ") + left;
        case protocol::DraftState::Paused:
            if (!draft.isAutomatic)
                return texts.of(protocol::DraftState::Paused) + texts.pick(" ; ", "; ") +
                       personNeededText(texts, draft);
            return texts.of(protocol::DraftState::Paused) + ", " +
                   texts.pick("compte à rebours arrêté à ", "countdown stopped at ") + left +
                   texts.pick(" ('resume' le relance)", " ('resume' lets it run on)");
        case protocol::DraftState::Confirmed:
            return texts.of(draft.state);
        case protocol::DraftState::Discarded:
            if (draft.continuedIn)
                return texts.of(draft.state) + texts.colon() +
                       texts.pick("repris dans le brouillon d'un appel suivant",
                                  "continued in a later call's draft");
            return texts.of(draft.state) +
                   (draft.discardReason.empty() ? "" : texts.colon() + draft.discardReason);
    }
    return "";
}

/// "Devices ('edit deviceId=N'): 41 PC-CLAIRE [chosen], 42 NAS (offline)"
template <class Place>
std::string placesText(const Texts& texts, const std::string& head,
                       const std::optional<std::vector<Place>>& places,
                       const std::optional<std::int64_t>& chosen) {
    if (!places || places->empty()) return "";
    std::string text;
    for (const Place& place : *places) {
        text += (text.empty() ? "" : ", ") + std::to_string(place.id) + " " + place.name;
        if constexpr (requires { place.isOffline; })
            if (place.isOffline) text += texts.pick(" (hors ligne)", " (offline)");
        if (place.id == chosen) text += texts.pick(" [choisi]", " [chosen]");
    }
    return "\n  " + head + texts.colon() + text;
}

/// What the call may belong to, by the numbers that `join` knows.
std::string offersText(const Texts& texts, const protocol::Draft& draft) {
    if (!draft.offers || draft.offers->empty()) return "";
    const protocol::DraftFields& fields = draft.fields;
    std::string text =
        "\n  " + std::string{texts.pick("Même dossier ? 'join N' y rattache l'appel, 'join none' non :",
                                        "Same matter? 'join N' adds the call to it, 'join none' "
                                        "does not:")};
    const bool isSent = draft.state == protocol::DraftState::Confirmed;
    int number = 0;
    for (const protocol::TicketOffer& offer : *draft.offers) {
        const bool isTaken = offer.ticketId ? offer.ticketId == fields.commentOn
                                            : offer.draftId && offer.draftId == fields.continues;
        text +=
            "\n    " + std::to_string(++number) + (isTaken ? texts.pick(" [choisi] ", " [chosen] ") : " ");
        text += offer.ticketId
                    ? texts.pick("ticket n° ", "ticket #") + std::to_string(offer.ticketId->value()) +
                          (offer.status.empty() ? "" : " (" + offer.status + ")")
                    : std::string{isSent ? texts.pick("appel précédent", "earlier call")
                                         : texts.pick("appel précédent, encore en brouillon",
                                                      "earlier call, still a draft")};
        const std::string subject = !offer.subject.empty() ? offer.subject
                                    : isSent || offer.ticketId
                                        ? texts.pick("(son texte a été effacé)", "(its words were erased)")
                                        : texts.pick("(sans objet)", "(no subject)");
        text +=
            texts.colon() + subject + (offer.isSameTopic ? texts.pick(", même sujet", ", same topic") : "");
    }
    return text;
}

/// Who may have called, by the numbers that `requester` knows. None where the number proves who it is.
std::string candidatesText(const Texts& texts, const protocol::Draft& draft, const DraftMark& mark) {
    if (!mark.call) return "";
    const protocol::CallerMatch& caller = mark.call->caller;
    if (caller.contacts.empty() || caller.state == protocol::CallerMatchState::One) return "";
    std::string text =
        "\n  " + std::string{texts.pick("Qui appelle ? 'requester N' en fait le demandeur :",
                                        "Who is calling? 'requester N' makes that person the requester:")};
    int number = 0;
    for (const protocol::Contact& contact : caller.contacts) {
        const bool isTaken = contact.uid == draft.fields.requesterUid;
        text += "\n    " + std::to_string(++number) +
                (isTaken ? texts.pick(" [choisi] ", " [chosen] ") : " ") + contact.name +
                (contact.organizationName.empty() ? "" : ", " + contact.organizationName) +
                (contact.isActive ? "" : texts.pick(" (inactif)", " (inactive)"));
    }
    return text;
}

bool isUnsettled(const protocol::Draft& draft) {
    return draft.state != protocol::DraftState::Discarded && !isDone(draft.delivery) &&
           !draft.delivery.ticketId;
}

std::string publicText(const Texts& texts) {
    return texts.pick("PUBLIC : le client peut en recevoir un e-mail",
                      "PUBLIC: the customer may be e-mailed");
}

std::string closingText(const Texts& texts, const protocol::DraftFields& fields) {
    return fields.commentOn ? texts.pick("LE TICKET COMPLÉTÉ SERA CLOS (résolu)",
                                         "THE TICKET IT IS ADDED TO WILL BE CLOSED (resolved)")
                            : texts.pick("SERA CLOS AUSSITÔT (résolu)", "WILL BE CLOSED AT ONCE (resolved)");
}

/// " [PUBLIC: …; WILL BE CLOSED AT ONCE (resolved)]" where a draft is named in one line.
std::string warningsText(const Texts& texts, const protocol::Draft& draft) {
    if (!isUnsettled(draft)) return "";
    std::string text = draft.fields.isPublic ? publicText(texts) : "";
    if (draft.fields.isSolved)
        text += (text.empty() ? "" : texts.pick(" ; ", "; ")) + closingText(texts, draft.fields);
    return text.empty() ? "" : " [" + text + "]";
}

std::string listText(const Texts& texts, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? texts.pick("aucune", "none") : text;
}

std::string statusText(const Texts& texts, const protocol::DraftFields& fields) {
    const std::string label = texts.field("status") + texts.colon();
    if (!fields.status)
        return fields.isSolved || fields.commentOn ? "" : label + texts.pick("par défaut", "as configured");
    const char* unused = "";
    if (fields.isSolved)
        unused =
            texts.pick(" (SANS EFFET sauf statut résolu, car le ticket sera clos ; 'edit isSolved=false')",
                       " (NOT USED unless a resolved one, as it will be closed; 'edit isSolved=false')");
    else if (fields.commentOn)
        unused = texts.pick(" (sans effet sur un ticket existant)", " (not used for an existing ticket)");
    return label + *fields.status + unused;
}

/// What becomes of the draft as it is, which its words do not tell: who reads it, whether it stays open.
std::string effectText(const Texts& texts, const protocol::Draft& draft) {
    const protocol::DraftFields& fields = draft.fields;
    std::string text = std::string{"  "} + texts.pick("Effet", "Effect") + texts.colon() +
                       (fields.isPublic ? publicText(texts) : texts.pick("privé", "private"));
    const auto add = [&](const std::string& more) {
        if (!more.empty()) text += texts.pick(" ; ", "; ") + more;
    };
    if (fields.isSolved)
        add(closingText(texts, fields));
    else if (!fields.status || fields.commentOn)  // which may be a resolved one
        add(texts.pick("reste ouvert", "stays open"));
    add(statusText(texts, fields));
    add(fields.includesTranscript ? texts.pick("avec note de transcription", "with transcript note")
                                  : texts.pick("sans note de transcription", "without transcript note"));
    if (!fields.commentOn || !fields.tags.empty())
        add(texts.field("tags") + texts.colon() + listText(texts, fields.tags) +
            (fields.commentOn
                 ? texts.pick(" (sans effet sur un ticket existant)", " (not used for an existing ticket)")
                 : ""));
    const std::int64_t spentS = fields.timeTrackedS.value_or(0);
    add(texts.pick("temps passé : ", "time spent: ") +
        (spentS == 0 ? texts.pick("aucun", "none") : durationText(std::chrono::seconds{spentS})));
    if (fields.ticketFormId)
        add(texts.field("ticketFormId") + texts.colon() + std::to_string(*fields.ticketFormId));
    std::vector<std::string> attributes;
    if (fields.attributes)
        for (const protocol::AttributeValue& value : *fields.attributes)
            attributes.push_back(std::to_string(value.attributeId) + " = " + value.value);
    if (!attributes.empty()) add(texts.field("attributes") + texts.colon() + listText(texts, attributes));
    return text;
}

std::string valueText(const Texts& texts, bool value) {
    return value ? texts.pick("oui", "yes") : texts.pick("non", "no");
}
std::string valueText(const Texts&, const std::string& value) {
    return value.empty() ? "–" : value;
}
std::string valueText(const Texts&, std::int64_t value) {
    return std::to_string(value);
}
template <class Id>
    requires requires(const Id& id) { id.value(); }
std::string valueText(const Texts& texts, const Id& id) {
    return valueText(texts, id.value());
}
template <class Word>
    requires std::is_enum_v<Word>
std::string valueText(const Texts& texts, Word word) {
    return texts.of(word);
}
std::string valueText(const Texts&, const protocol::AttributeValue& value) {
    return std::to_string(value.attributeId) + " = " + value.value;
}
template <class Item>
std::string valueText(const Texts& texts, const std::vector<Item>& items) {
    std::string text;
    for (const Item& item : items) text += (text.empty() ? "" : ", ") + valueText(texts, item);
    return valueText(texts, text);
}
template <class Value>
std::string valueText(const Texts& texts, const std::optional<Value>& value) {
    return value ? valueText(texts, *value) : "–";
}

/// "shown to the customer: no → yes; tags: – → vip"
std::string changesText(const Texts& texts, const protocol::DraftFields& before,
                        const protocol::DraftFields& now) {
    std::string text;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        if (before.*d.pointer == now.*d.pointer) return;
        text += (text.empty() ? "" : texts.pick(" ; ", "; ")) + texts.field(d.name) + texts.colon() +
                valueText(texts, before.*d.pointer) + " → " + valueText(texts, now.*d.pointer);
    });
    return text;
}

/// "Another text is proposed ('take' to use it): subject: … → …"; empty without one.
std::string proposalText(const Texts& texts, const protocol::Draft& draft) {
    if (!draft.proposed) return "";
    const std::string changes = changesText(texts, draft.fields, *draft.proposed);
    return changes.empty() ? ""
                           : texts.pick("Un autre texte est proposé ('take' le prend) : ",
                                        "Another text is proposed ('take' to use it): ") +
                                 changes;
}

std::string numberText(const DraftMark& mark) {
    return mark.number == 0 ? "" : "#" + std::to_string(mark.number) + " ";
}

/// "VPN down – Jane Doe, Acme (+331…)"
std::string draftName(const Texts& texts, const protocol::Draft& draft, const DraftMark& mark) {
    const std::string caller = mark.call ? callerText(texts, *mark.call) : draft.fields.requesterName;
    const std::string& subject = draft.fields.subject;
    return subject + (subject.empty() || caller.empty() ? "" : " – ") + caller;
}

/// What can be done instead with a draft that is confirmed, where nothing of it can be changed.
std::string refusedAfterSendingText(const Texts& texts, const protocol::ErrorReply& reply,
                                    const protocol::Draft& draft) {
    using enum protocol::DeliveryState;
    const protocol::Delivery& delivery = draft.delivery;
    if (reply.code != wordOf(protocol::RefusalCode::Conflict) ||
        draft.state != protocol::DraftState::Confirmed || isMendable(delivery))
        return "";
    if (isDone(delivery))
        return delivery.state == Created ? texts.pick("le ticket est créé : changez-le dans NinjaOne",
                                                      "the ticket is created: change it in NinjaOne")
                                         : texts.pick("ce brouillon est abandonné", "this draft is given up");
    if (delivery.state == Unconfirmed || delivery.state == Rejected)
        return texts.pick(
            "un brouillon confirmé ne se change plus ; 'again' l'envoie tel quel, 'exists NUMÉRO' ou "
            "'giveup' y met fin",
            "a confirmed draft cannot be changed; 'again' sends it as it is, 'exists NUMBER' or "
            "'giveup' ends it");
    return texts.pick(
        "le brouillon est confirmé et en route vers NinjaOne : il n'y a rien à changer ni à décider",
        "the draft is confirmed and on its way to NinjaOne: there is nothing to change or decide");
}

struct Command {
    std::string_view verb;
    const char* french;  // how it is written
    const char* english;
    const char* frenchMeaning;
    const char* englishMeaning;
    bool isDecision = false;  // on one of the drafts
};
constexpr Command kCommands[] = {
    {"confirm", "confirm", "confirm", "crée le ticket maintenant", "creates the ticket now", true},
    {"edit", "edit CHAMP=VALEUR", "edit FIELD=VALUE", "change un champ", "changes a field", true},
    {"take", "take", "take", "prend l'autre texte proposé", "takes the other text that is proposed", true},
    {"requester", "requester N", "requester N", "prend comme demandeur la personne N parmi celles proposées",
     "takes person N of those shown as the requester", true},
    {"join", "join N | join none", "join N | join none", "rattache l'appel à la proposition N, ou à aucune",
     "adds the call to offer N, or to none", true},
    {"pause", "pause", "pause", "arrête le compte à rebours", "stops the countdown", true},
    {"resume", "resume", "resume", "le relance", "lets it run on", true},
    {"later", "later", "later", "garde le brouillon pour plus tard", "keeps the draft for later", true},
    {"discard", "discard RAISON", "discard REASON", "abandonne le brouillon", "discards the draft", true},
    {"drafts", "drafts", "drafts", "montre les brouillons et leurs numéros",
     "shows the drafts and their numbers"},
    {"use", "use N", "use N", "les commandes portent sur le brouillon n° N",
     "commands are about draft number N"},
    {"again", "again", "again", "ticket non confirmé ou refusé : l'envoie encore",
     "ticket unconfirmed or refused: sends it again", true},
    {"exists", "exists NUMÉRO", "exists NUMBER", "il existe déjà sous ce numéro",
     "it exists already as this one", true},
    {"giveup", "giveup", "giveup", "il n'est pas créé", "it is not created", true},
    {"record", "record on | record off", "record on | record off", "enregistrement de l'appel en cours",
     "recording of the present call"},
    {"ring", "ring NUMÉRO", "ring NUMBER", "signale un appel entrant", "reports an incoming call"},
    {"start", "start [NUMÉRO]", "start [NUMBER]",
     "l'appel est décroché, ou un appel de ce numéro est en cours",
     "the call is answered, or one with this number goes on"},
    {"stop", "stop", "stop", "l'appel signalé par ce poste est terminé",
     "the call that this PC reported is over"},
    {"dial", "dial NUMÉRO", "dial NUMBER", "appelle par le softphone 3CX", "calls through the 3CX softphone"},
    {"help", "help", "help", "montre cette aide", "shows this help"},
    {"quit", "quit", "quit", "arrête le programme", "ends the program"},
};

/// What the analysis was not sure of stands open, with what it might be.
template <class E>
std::string orOpen(const Texts& texts, const std::optional<E>& value, const protocol::Draft& draft,
                   std::string_view field) {
    if (value) return texts.of(*value);
    std::string text = texts.pick("à préciser", "to be chosen");
    for (const protocol::FieldReason& reason : draft.reasons.value_or(std::vector<protocol::FieldReason>{})) {
        const auto guess = json::decode<E>(boost::json::value(reason.value));
        if (reason.field == field && guess)
            text += texts.pick(" (peut-être : ", " (perhaps: ") + texts.of(*guess) + ")";
    }
    return text;
}

/// What the analysis would have written but was not sure of; "" once the technician wrote himself.
std::string doubtfulText(const protocol::Draft& draft, std::string_view field, const std::string& now,
                         const std::string& generated) {
    if (now != generated) return "";
    for (const protocol::FieldReason& reason : draft.reasons.value_or(std::vector<protocol::FieldReason>{}))
        if (reason.field == field) return reason.value;
    return "";
}

/// The summary, and what subject and summary might be where they stand open.
std::string textsOf(const Texts& texts, const protocol::Draft& draft) {
    std::string text = draft.fields.summary;
    const std::string summary = doubtfulText(draft, "summary", draft.fields.summary, draft.generated.summary);
    if (text.empty() && !summary.empty())
        text =
            texts.pick("résumé à écrire (peut-être : ", "summary to be written (perhaps: ") + summary + ")";
    const std::string subject = doubtfulText(draft, "subject", draft.fields.subject, draft.generated.subject);
    if (!subject.empty())
        text += texts.pick("\n  objet à préciser (peut-être : ", "\n  subject to be chosen (perhaps: ") +
                subject + ")";
    return text;
}

}  // namespace

void TerminalFace::line(const std::string& text) {
    out_ << text << std::endl;
}

void TerminalFace::event(const std::string& name, boost::json::object fields) {
    fields["event"] = name;
    out_ << boost::json::serialize(fields) << std::endl;
}

void TerminalFace::problem(const std::string& code, const std::string& message, const std::string& text) {
    if (format_ == OutputFormat::Json) return event("problem", {{"code", code}, {"message", message}});
    line(text);
}

void TerminalFace::showConnected(const protocol::Welcome& welcome) {
    shownDistrust_.reset();
    if (format_ == OutputFormat::Json) return event("connected", {{"epoch", welcome.epoch}});
    line(texts_.pick("Connecté au serveur ", "Connected to the server ") + welcome.serverVersion +
         (welcome.extension ? texts_.pick(", poste ", ", extension ") + welcome.extension->value() : ""));
}

void TerminalFace::showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown) {
    if (format_ == OutputFormat::Json)
        return event("disconnected", {{"why", why.detail}, {"retryInMs", retryInMs}});
    line(texts_.pick("Pas de connexion : ", "No connection: ") + texts_.of(why.kind) +
         texts_.pick(", nouvel essai dans ", ", next attempt in ") + secondsText(retryInMs) +
         (why.detail.empty() ? "" : texts_.pick(" (détail technique : ", " (") + why.detail + ")"));
    if (stopsCountdown)
        line(texts_.pick(
            "  → hors d'atteinte du serveur : le compte à rebours attend le retour de la connexion",
            "  → out of the server's reach: the countdown waits until the connection is back"));
}

void TerminalFace::showCall(const protocol::Call& call) {
    if (format_ == OutputFormat::Json) return event("call", {{"call", json::encode(call)}});
    const std::string text = callText(texts_, call);
    ShownCall& shown = shownCalls_[call.callId];
    shown.isFromRecording = call.isFromRecording.value_or(false);
    if (std::exchange(shown.text, text) != text) line(text);
    const bool isWatched = call.watchers > 0;
    if (std::exchange(shown.isWatched, isWatched) != isWatched)
        line((isWatched ? texts_.pick("Un superviseur lit maintenant cet appel : ",
                                      "A supervisor now reads along with this call: ")
                        : texts_.pick("Plus aucun superviseur ne lit cet appel : ",
                                      "No supervisor reads along with this call any more: ")) +
             callerText(texts_, call));
    // With the end of the call there is nothing left to do about the microphone.
    if (isOver(call.state)) return;
    showInsight(call, shown.insight);
    const bool hasEcho = call.echo.has_value();
    if (std::exchange(shown.hasEcho, hasEcho) == hasEcho) return;
    line(hasEcho ? texts_.pick("Votre micro capte la voix du client : mettez un casque ou baissez le "
                               "haut-parleur ; rien n'est doublé dans le texte",
                               "Your microphone hears the customer: use a headset or turn the loudspeaker "
                               "down; nothing is doubled in the text")
                 : texts_.pick("Votre micro ne capte plus la voix du client",
                               "Your microphone no longer hears the customer"));
}

/// Nothing is said of a call that looks like any other: neutral, and about nothing yet.
void TerminalFace::showInsight(const protocol::Call& call, std::string& shown) {
    const bool isNews = call.insight && (!shown.empty() || *call.insight != protocol::CallInsight{});
    const std::string text = isNews ? insightText(texts_, *call.insight) : shown;
    if (std::exchange(shown, text) != text) line("  → " + text);
}

void TerminalFace::showUtterance(const protocol::Utterance& utterance) {
    // A reconnect brings everything once more; a restarted server counts revisions anew, yet final is final.
    Shown& shown = shownUtterances_[utterance.callId][utterance.utteranceId];
    if (shown.isFinal || (!utterance.isFinal && utterance.revision <= shown.revision)) return;
    shown = {utterance.revision, utterance.isFinal};
    if (format_ == OutputFormat::Json) return event("utterance", {{"utterance", json::encode(utterance)}});
    if (!utterance.isFinal || utterance.text.empty()) return;
    const auto call = shownCalls_.find(utterance.callId);
    const bool isRecording = call != shownCalls_.end() && call->second.isFromRecording;
    std::string speaker = isRecording ? texts_.pick("Enregist.", "Recording") : texts_.of(utterance.channel);
    speaker.resize(std::max<std::size_t>(speaker.size(), kSpeakerWidth), ' ');
    line("[" + clockText(utterance.startMs) + "] " + speaker + texts_.colon() + utterance.text);
}

void TerminalFace::showDraft(const protocol::Draft& draft, const DraftMark& mark) {
    if (format_ == OutputFormat::Json)
        return event(
            "draft",
            {{"draft", json::encode(draft)}, {"number", mark.number}, {"isCurrent", mark.isCurrent}});
    const protocol::DraftFields& fields = draft.fields;
    const auto labelled = [&](std::string_view field, const std::string& value) {
        return texts_.field(field) + texts_.colon() + value;
    };
    const std::string text =
        "  " + textsOf(texts_, draft) + "\n  " +
        labelled("requesterUid",
                 fields.requesterName.empty() ? texts_.pick("inconnu", "unknown") : fields.requesterName) +
        ", " +
        labelled("organizationId", fields.organizationName.empty() ? texts_.pick("inconnue", "unknown")
                                                                   : fields.organizationName) +
        "\n  " + labelled("category", orOpen(texts_, fields.category, draft, "category")) + ", " +
        labelled("type", texts_.of(fields.type)) + ", " +
        labelled("priority", orOpen(texts_, fields.priority, draft, "priority")) + ", " +
        labelled("severity", texts_.of(fields.severity)) +
        placesText(texts_, texts_.pick("Appareils ('edit deviceId=N')", "Devices ('edit deviceId=N')"),
                   draft.devices, fields.deviceId) +
        placesText(texts_, texts_.pick("Sites ('edit locationId=N')", "Locations ('edit locationId=N')"),
                   draft.locations, fields.locationId) +
        offersText(texts_, draft);
    const std::string state = draftText(texts_, draft);
    const std::string name = draftName(texts_, draft, mark);
    ShownDraft& shown = shownDrafts_[draft.draftId];
    const std::string what =
        fields.commentOn
            ? texts_.pick("Commentaire proposé sur le ticket n° ", "Proposed comment on ticket #") +
                  std::to_string(fields.commentOn->value()) + texts_.colon()
            : std::string{texts_.pick("Ticket proposé : ", "Proposed ticket: ")};
    const std::string words = what + fields.subject + "\n" + text;  // the caller may be forgotten first
    const std::string effect = isUnsettled(draft) ? effectText(texts_, draft) : "";
    const bool isTextNews = std::exchange(shown.text, words) != words;
    const bool isStateNews = std::exchange(shown.state, state) != state;
    const auto before = std::exchange(shown.fields, fields);
    const std::string changes = before && isUnsettled(draft) ? changesText(texts_, *before, fields) : "";
    if (isTextNews) {
        line(numberText(mark) + (mark.isCurrent ? texts_.pick("[choisi] ", "[current] ") : "") + what + name +
             "\n" + text + candidatesText(texts_, draft, mark));
        if (!effect.empty()) line(effect);
        line("  → " + state);
    } else if (!changes.empty()) {
        line(numberText(mark) + texts_.pick("Modifié : ", "Changed: ") + changes);
        line(effect);
        if (isStateNews) line("  → " + state);
    } else if (isStateNews) {
        line((mark.number == 0 ? "  " : numberText(mark) + name + " ") + "→ " + state);
    }
    const std::string proposal = proposalText(texts_, draft);
    if (std::exchange(shown.proposal, proposal) != proposal && !proposal.empty())
        line(numberText(mark) + proposal);
}

void TerminalFace::showChoice(const protocol::Draft& draft, const DraftMark& mark) {
    if (format_ == OutputFormat::Json)
        return event("choice", {{"number", mark.number}, {"draftId", draft.draftId.value()}});
    line(texts_.pick("Les commandes portent maintenant sur ", "Commands are now about ") + numberText(mark) +
         draftName(texts_, draft, mark) + warningsText(texts_, draft));
}

void TerminalFace::showUnchanged(const protocol::Draft& draft, const std::string& field,
                                 const DraftMark& mark) {
    if (format_ == OutputFormat::Json) return;  // the answer is the draft itself
    std::string value;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        if (field == d.name) value = valueText(texts_, draft.fields.*d.pointer);
    });
    line(numberText(mark) + texts_.pick("Inchangé, c'est déjà ainsi : ", "Unchanged, it is so already: ") +
         texts_.field(field) + texts_.colon() + value);
}

void TerminalFace::showSeveral(const std::vector<std::pair<protocol::Draft, DraftMark>>& waiting,
                               bool isAsked) {
    std::string numbers;
    std::string rows;
    boost::json::array listed;
    for (const auto& [draft, mark] : waiting) {
        numbers += (numbers.empty() ? "#" : ", #") + std::to_string(mark.number);
        rows += "\n  " + numberText(mark) + draftName(texts_, draft, mark) + warningsText(texts_, draft) +
                " → " + draftText(texts_, draft);
        listed.emplace_back(mark.number);
    }
    if (format_ == OutputFormat::Json && !isAsked)
        return event("choice", {{"number", nullptr}, {"waiting", std::move(listed)}});
    if (isAsked)
        return problem("whichDraft", "several drafts wait (" + numbers + "); choose one with use N",
                       texts_.pick("Lequel ? Rien n'a été envoyé ; 'use N' choisit :",
                                   "Which one? Nothing was sent; 'use N' chooses:") +
                           rows);
    line(texts_.pick("Plusieurs brouillons vous attendent (", "Several drafts wait for you (") + numbers +
         texts_.pick(") : 'use N' en choisit un, 'drafts' les montre",
                     "): 'use N' chooses one, 'drafts' shows them"));
}

void TerminalFace::showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft,
                               const DraftMark& mark) {
    std::string text =
        texts_.pick("Refusé : ", "Refused: ") + texts_.ofCode<protocol::RefusalCode>(reply.code);
    if (draft && reply.code == wordOf(protocol::RefusalCode::Forbidden) && !draft->problems.empty())
        text = texts_.pick("Refusé : pas encore un ticket, ", "Refused: not a ticket yet, ") +
               problemsText(texts_, *draft);
    else if (const std::string sent = draft ? refusedAfterSendingText(texts_, reply, *draft) : "";
             !sent.empty())
        text = texts_.pick("Refusé : ", "Refused: ") + sent;
    else if (texts_.language() == Language::English ||
             !protocol::codeNamed<protocol::RefusalCode>(reply.code) ||
             reply.code == wordOf(protocol::RefusalCode::BadMessage))
        text += texts_.pick(" (détail technique : ", " (") + reply.message + ")";
    problem(reply.code, reply.message, numberText(mark) + text);
}

void TerminalFace::showProblem(LocalProblem kind, const std::string& detail) {
    switch (kind) {
        case LocalProblem::Offline:
            return problem("offline", "no connection to the server; nothing was sent",
                           texts_.pick("Pas de connexion au serveur : rien n'a été envoyé",
                                       "No connection to the server: nothing was sent"));
        case LocalProblem::SaidLater:
            return problem(
                "saidLater",
                "no connection to the server; the decision is said once connected, if the draft is still the "
                "same",
                texts_.pick("Pas de connexion au serveur : votre décision sera dite à la reconnexion, si le "
                            "brouillon est encore le même",
                            "No connection to the server: your decision is said once connected, if the draft "
                            "is still the same"));
        case LocalProblem::Unanswered:
            return problem(
                "unanswered",
                "the server has not answered a decision on a draft; it is said again once connected, if the "
                "draft is still the same",
                texts_.pick(
                    "Le serveur n'a pas répondu à votre décision : elle sera redite à la reconnexion, "
                    "si le brouillon est encore le même",
                    "The server has not answered your decision: it is said again once connected, if "
                    "the draft is still the same"));
        case LocalProblem::DecideAgain:
            return problem(
                "decideAgain",
                "the server has not answered a decision on a draft; it is not said again by itself: look, "
                "then decide again",
                texts_.pick(
                    "Le serveur n'a pas répondu à votre décision, et elle n'est pas redite d'elle-même : "
                    "une fois connecté, regardez ('drafts'), puis décidez de nouveau",
                    "The server has not answered your decision, and it is not said again by itself: "
                    "once connected, look ('drafts'), then decide again"));
        case LocalProblem::NoDraft:
            return problem(
                "noDraft", "there is no draft to decide on",
                texts_.pick("Il n'y a pas de brouillon à décider", "There is no draft to decide on"));
        case LocalProblem::NoSuchDraft:
            return problem(
                "noSuchDraft", "no draft of that number waits for a decision",
                texts_.pick("Aucun brouillon de ce numéro n'attend de décision ('drafts' les montre)",
                            "No draft of that number waits for a decision ('drafts' shows them)"));
        case LocalProblem::IsSent:
            return problem(
                "isSent", "the draft was sent; its line says what can still be decided",
                texts_.pick("Ce brouillon a déjà été envoyé : sa ligne ('drafts') dit ce qui reste à décider",
                            "This draft was sent already: its line ('drafts') says what is left to decide"));
        case LocalProblem::NoSuchOffer:
            return problem(
                "noSuchOffer", "the draft has no offer of that number",
                texts_.pick("Ce brouillon n'a pas de proposition de ce numéro ('drafts' les montre)",
                            "This draft has no offer of that number ('drafts' shows them)"));
        case LocalProblem::NoSuchCandidate:
            return problem(
                "noSuchCandidate", "the draft's call has no candidate of that number",
                texts_.pick("Personne de ce numéro n'est proposé pour cet appel ('drafts' montre qui l'est)",
                            "Nobody of that number is proposed for this call ('drafts' shows who is)"));
        case LocalProblem::NoProposal:
            return problem("noProposal", "no other text is proposed for the draft",
                           texts_.pick("Aucun autre texte n'est proposé pour ce brouillon",
                                       "No other text is proposed for this draft"));
        case LocalProblem::NoCall:
            return problem(
                "noCall", "no call is being recorded",
                texts_.pick("Aucun appel n'est en cours d'enregistrement", "No call is being recorded"));
        case LocalProblem::Spool:
            return problem(
                "spool", detail,
                texts_.pick("L'enregistrement de l'appel sur ce poste a un problème (détail technique : ",
                            "The recording of the call on this PC has a problem (") +
                    detail + ")");
        case LocalProblem::IsTalking:
        case LocalProblem::NoCallOfOurs:
        case LocalProblem::NoSoftphone:
        case LocalProblem::ContactUrl:
        case LocalProblem::HandOver:
        case LocalProblem::SoftphonePipe:
        case LocalProblem::CallNotKept:
            return showPhoneProblem(kind, detail);
    }
}

void TerminalFace::showNinja(protocol::LinkState link) {
    const bool isNeeded = link == protocol::LinkState::NeedsLogin;
    if (std::exchange(needsNinjaLogin_, isNeeded) == isNeeded) return;
    if (format_ == OutputFormat::Json) return event("ninjaOne", {{"needsLogin", isNeeded}});
    line(isNeeded
             ? texts_.pick("La connexion à NinjaOne est à refaire : les tickets sont conservés et partent "
                           "ensuite (l'administrateur lance '3cx-ninja-server ninja login')",
                           "NinjaOne needs a new login: tickets are kept and sent afterwards (the "
                           "administrator runs '3cx-ninja-server ninja login')")
             : texts_.pick("La connexion à NinjaOne est refaite", "NinjaOne has its login again"));
}

void TerminalFace::showDiskWell() {
    if (format_ == OutputFormat::Json) return event("diskWell", {});
    line(texts_.pick("C'est réglé : le disque de ce poste accepte de nouveau l'enregistrement de l'appel",
                     "This is over: the disk of this PC takes the recording of the call again"));
}

void TerminalFace::showUsage(std::string_view verb) {
    for (const Command& command : kCommands)
        if (command.verb == verb)
            problem("usage", command.english,
                    texts_.pick("À écrire ainsi : ", "To be written as: ") +
                        std::string{texts_.pick(command.french, command.english)} +
                        (command.isDecision
                             ? texts_.pick(" ; 'use N' choisit le brouillon", "; 'use N' chooses the draft")
                             : ""));
}

void TerminalFace::showUnknownCommand(const std::string& verb) {
    std::vector<std::string> verbs;
    for (const Command& command : kCommands) verbs.emplace_back(command.verb);
    const std::string close = nearest(verb, verbs);
    std::string text = texts_.pick("Commande inconnue : '", "Unknown command: '") + toValidUtf8(verb) + "'";
    if (!close.empty())
        text += texts_.pick(". Vouliez-vous dire '", ". Did you mean '") + close + texts_.pick("' ?", "'?");
    problem("usage", "unknown command '" + verb + "'; try help",
            text + texts_.pick(" ('help' montre toutes les commandes)", " ('help' shows all commands)"));
}

void TerminalFace::showBadEdit(const std::string& field, const std::string& value,
                               const std::string& detail) {
    std::vector<std::string> fields;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>(
        [&](auto d) { fields.emplace_back(d.name); });
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
        std::string known;
        for (const std::string& name : fields) known += (known.empty() ? "" : ", ") + name;
        return problem("badMessage", detail,
                       texts_.pick("Champ inconnu : '", "Unknown field: '") + toValidUtf8(field) +
                           texts_.pick("'. Les champs sont ", "'. The fields are ") + known);
    }
    const std::string choices = texts_.choices(field);
    problem("badMessage", detail,
            texts_.field(field) + texts_.colon() + "'" + toValidUtf8(value) + "'" +
                texts_.pick(" n'est pas possible", " is not possible") +
                (choices.empty() ? "" : texts_.pick(" ; possible : ", "; possible: ") + choices));
}

void TerminalFace::showPausedHere(const CallId& callId, bool isPaused) {
    if (format_ == OutputFormat::Json)
        return event("pausedHere", {{"callId", callId.value()}, {"isPaused", isPaused}});
    line(std::string{isPaused ? texts_.pick("Enregistrement suspendu", "Recording paused")
                              : texts_.pick("Enregistrement repris", "Recording goes on")} +
         texts_.pick(
             " sur ce poste ; le serveur ne le sait pas encore, il en sera averti à la prochaine connexion",
             " on this PC; the server does not know yet and is told at the next connection"));
}

void TerminalFace::showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit) {
    if (format_ == OutputFormat::Json)
        return event("stoppedUnseen",
                     {{"callId", callId.value()}, {"why", why == BlindEnd::Silent ? "silent" : "tooLong"}});
    const std::string time = durationText(limit);
    const std::string silence =
        why == BlindEnd::Silent
            ? texts_.pick(", et le client se tait depuis ", ", and the customer has been silent for ") + time
            : "";
    const std::string since = why == BlindEnd::Silent ? "" : texts_.pick("depuis ", "for ") + time + ", ";
    line(texts_.pick("Micro fermé : ", "Microphone closed: ") + since +
         texts_.pick("le serveur ne voit plus si l'appel continue",
                     "the server has not seen whether the call goes on") +
         silence +
         texts_.pick(
             ". Ce qui est enregistré est conservé ; l'enregistrement reprend dès que l'appel est revu",
             ". What was recorded is kept; recording goes on once the call is seen again"));
}

void TerminalFace::showSeenAgain(const CallId& callId) {
    if (format_ == OutputFormat::Json) return event("seenAgain", {{"callId", callId.value()}});
    line(texts_.pick("Micro rouvert : le serveur revoit l'appel, l'enregistrement reprend",
                     "Microphone open again: the server sees the call, recording goes on"));
}

void TerminalFace::showAudio(const CallId& callId, const std::string& what) {
    if (format_ == OutputFormat::Json) event("audio", {{"callId", callId.value()}, {"what", what}});
}

void TerminalFace::forget(const CallId& callId) {
    shownCalls_.erase(callId);
    shownUtterances_.erase(callId);
}

void TerminalFace::forget(const DraftId& draftId) {
    shownDrafts_.erase(draftId);
}

void TerminalFace::showHelp() {
    constexpr std::size_t kWidth = 24;
    const auto row = [&](std::string_view left, const std::string& right) {
        const auto width = static_cast<std::size_t>(std::count_if(left.begin(), left.end(), [](char byte) {
            return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        }));
        line("  " + std::string{left} + std::string(std::max(width + 1, kWidth) - width, ' ') + right);
    };
    line(texts_.pick("Commandes :", "Commands:"));
    for (const Command& command : kCommands)
        row(texts_.pick(command.french, command.english),
            texts_.pick(command.frenchMeaning, command.englishMeaning));
    line(texts_.pick("Champs pour 'edit' :", "Fields for 'edit':"));
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        const std::string choices = texts_.choices(d.name);
        row(d.name, texts_.field(d.name) + (choices.empty() ? "" : texts_.colon() + choices));
    });
}

}  // namespace ninja3cx::agent
