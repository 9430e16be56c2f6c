#include "agent/app/terminal_face.hpp"
#include "agent/app/terminal_words.hpp"
#include "shared/core/text.hpp"
#include "shared/protocol/delivery_rules.hpp"
#include "shared/protocol/ticket_status.hpp"

#include <type_traits>
#include <utility>
#include <vector>

/// The part of the face that is about drafts and their tickets.
namespace ninja3cx::agent {
namespace {

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

void TerminalFace::forget(const DraftId& draftId) {
    shownDrafts_.erase(draftId);
}

}  // namespace ninja3cx::agent
