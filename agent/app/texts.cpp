#include "agent/app/texts.hpp"

#include <cstdlib>

namespace ninja3cx::agent {

using namespace protocol;

std::optional<Language> languageNamed(std::string_view name) {
    const std::string_view language = name.substr(0, name.find_first_of("_-.@"));
    if (language == "fr") return Language::French;
    if (language == "en") return Language::English;
    return std::nullopt;
}

Language languageOfEnvironment() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(variable); value && *value)
            return languageNamed(value).value_or(Language::French);
    return Language::French;
}

std::string Texts::of(Direction value) const {
    switch (value) {
        case Direction::Inbound:
            return pick("Appel entrant", "Inbound call");
        case Direction::Outbound:
            return pick("Appel sortant", "Outbound call");
        case Direction::Internal:
            return pick("Appel interne", "Internal call");
    }
    return "";
}

std::string Texts::of(CallState value) const {
    switch (value) {
        case CallState::Ringing:
            return pick("sonne", "ringing");
        case CallState::Dialing:
            return pick("numérotation", "dialing");
        case CallState::Connected:
            return pick("en ligne", "connected");
        case CallState::Held:
            return pick("en attente", "on hold");
        case CallState::Ended:
            return pick("terminé", "ended");
        case CallState::Missed:
            return pick("manqué", "missed");
    }
    return "";
}

std::string Texts::of(CallStage value) const {
    switch (value) {
        case CallStage::Live:
            return pick("en direct", "live");
        case CallStage::Transcribing:
            return pick("transcription en cours", "being transcribed");
        case CallStage::Analysing:
            return pick("analyse en cours", "being analysed");
        case CallStage::Drafted:
            return pick("brouillon prêt", "draft ready");
        case CallStage::Closed:
            return pick("clos", "closed");
    }
    return "";
}

std::string Texts::of(Recording value) const {
    switch (value) {
        case Recording::None:
        case Recording::Active:
            return "";
        case Recording::Paused:
            return pick("enregistrement suspendu", "recording paused");
        case Recording::Blocked:
            return pick("appel non enregistré, selon les règles du site",
                        "not recorded, by the site's rules");
    }
    return "";
}

std::string Texts::of(CallerMatchState value) const {
    switch (value) {
        case CallerMatchState::One:
            return "";
        case CallerMatchState::None:
            return pick("numéro inconnu dans NinjaOne", "number unknown in NinjaOne");
        case CallerMatchState::Several:
            return pick("plusieurs contacts possibles", "several possible contacts");
        case CallerMatchState::Inactive:
            return pick("contact inactif", "inactive contact");
        case CallerMatchState::Stale:
            return pick("annuaire trop ancien", "directory out of date");
    }
    return "";
}

std::string Texts::of(Speaker value) const {
    switch (value) {
        case Speaker::Agent:
            return pick("Technicien", "Technician");
        case Speaker::Customer:
            return pick("Client", "Customer");
    }
    return "";
}

std::string Texts::of(Category value) const {
    switch (value) {
        case Category::AccountPassword:
            return pick("compte et mot de passe", "account and password");
        case Category::Email:
            return pick("messagerie", "e-mail");
        case Category::NetworkVpn:
            return pick("réseau et VPN", "network and VPN");
        case Category::InternetWifi:
            return pick("Internet et Wi-Fi", "internet and Wi-Fi");
        case Category::PrinterScanner:
            return pick("imprimante et scanner", "printer and scanner");
        case Category::Hardware:
            return pick("matériel", "hardware");
        case Category::WorkstationPerformance:
            return pick("lenteur du poste", "slow workstation");
        case Category::ServerInfrastructure:
            return pick("serveurs et infrastructure", "servers and infrastructure");
        case Category::SoftwareApplication:
            return pick("logiciel", "software");
        case Category::SecurityIncident:
            return pick("incident de sécurité", "security incident");
        case Category::BackupRestore:
            return pick("sauvegarde et restauration", "backup and restore");
        case Category::Telephony:
            return pick("téléphonie", "telephony");
        case Category::OnboardingOffboarding:
            return pick("arrivée ou départ d'une personne", "somebody joins or leaves");
        case Category::ProcurementLicence:
            return pick("achat et licences", "purchase and licences");
        case Category::InformationRequest:
            return pick("demande d'information", "request for information");
        case Category::OtherNonSupport:
            return pick("autre, hors support", "other, not support");
    }
    return "";
}

std::string Texts::of(Sentiment value) const {
    switch (value) {
        case Sentiment::Negative:
            return pick("mécontent", "unhappy");
        case Sentiment::Neutral:
            return pick("neutre", "neutral");
        case Sentiment::Positive:
            return pick("satisfait", "happy");
    }
    return "";
}

std::string Texts::of(MoodTrend value) const {
    switch (value) {
        case MoodTrend::Falling:
            return pick("se dégrade", "getting worse");
        case MoodTrend::Steady:
            return pick("stable", "steady");
        case MoodTrend::Rising:
            return pick("s'améliore", "getting better");
    }
    return "";
}

std::string Texts::of(const CallAlert& alert) const {
    if (!alert.text.empty()) return alert.text;
    if (alert.rule == "angryCustomer") return pick("client mécontent", "unhappy customer");
    if (alert.rule == "cancellation") return pick("veut résilier", "wants to cancel");
    if (alert.rule == "wantsManager") return pick("demande un responsable", "wants a manager");
    if (alert.rule == "security") return pick("sécurité", "security");
    return alert.rule;
}

std::string Texts::of(Priority value) const {
    switch (value) {
        case Priority::Low:
            return pick("basse", "low");
        case Priority::Medium:
            return pick("moyenne", "medium");
        case Priority::High:
            return pick("haute", "high");
    }
    return "";
}

std::string Texts::of(TicketType value) const {
    switch (value) {
        case TicketType::Problem:
            return pick("problème", "problem");
        case TicketType::Question:
            return pick("question", "question");
        case TicketType::Incident:
            return pick("incident", "incident");
        case TicketType::Task:
            return pick("tâche", "task");
        case TicketType::ServiceRequest:
            return pick("demande de service", "service request");
        case TicketType::ChangeRequest:
            return pick("demande de changement", "change request");
        case TicketType::Project:
            return pick("projet", "project");
        case TicketType::Appointment:
            return pick("rendez-vous", "appointment");
        case TicketType::Miscellaneous:
            return pick("divers", "miscellaneous");
    }
    return "";
}

std::string Texts::of(Severity value) const {
    switch (value) {
        case Severity::None:
            return pick("aucune", "none");
        case Severity::Minor:
            return pick("mineure", "minor");
        case Severity::Moderate:
            return pick("modérée", "moderate");
        case Severity::Major:
            return pick("majeure", "major");
        case Severity::Critical:
            return pick("critique", "critical");
    }
    return "";
}

std::string Texts::of(DraftState value) const {
    switch (value) {
        case DraftState::Inbox:
            return pick("à valider par une personne", "a person must decide");
        case DraftState::Counting:
            return pick("création automatique", "created by itself");
        case DraftState::Paused:
            return pick("en pause", "paused");
        case DraftState::Confirmed:
            return pick("confirmé", "confirmed");
        case DraftState::Discarded:
            return pick("abandonné", "discarded");
    }
    return "";
}

std::string Texts::of(DeliveryState value) const {
    switch (value) {
        case DeliveryState::None:
            return pick("pas encore envoyé", "not sent yet");
        case DeliveryState::Queued:
            return pick("va être envoyé à NinjaOne", "about to be sent to NinjaOne");
        case DeliveryState::Sending:
            return pick("envoi à NinjaOne", "being sent to NinjaOne");
        case DeliveryState::Unknown:
            return pick("envoyé, réponse perdue : recherche du ticket",
                        "sent, no answer: looking the ticket up");
        case DeliveryState::Waiting:
            return pick("conservé, nouvel essai à venir", "kept, will be tried again");
        case DeliveryState::Created:
            return pick("ticket créé", "ticket created");
        case DeliveryState::Unconfirmed:
            return pick("NON CONFIRMÉ : à vous de décider ('again', 'exists NUMÉRO' ou 'giveup')",
                        "UNCONFIRMED: yours to decide ('again', 'exists NUMBER' or 'giveup')");
        case DeliveryState::Rejected:
            return pick("refusé : à vous de décider ('again', 'exists NUMÉRO' ou 'giveup')",
                        "refused: yours to decide ('again', 'exists NUMBER' or 'giveup')");
    }
    return "";
}

std::string Texts::of(HeldReason value) const {
    switch (value) {
        case HeldReason::RequesterUnknown:
            return pick("demandeur à préciser", "requester to be named");
        case HeldReason::RequesterAmbiguous:
            return pick("plusieurs demandeurs possibles", "several possible requesters");
        case HeldReason::RequesterInactive:
            return pick("le contact n'est plus actif", "the contact is no longer active");
        case HeldReason::DirectoryStale:
            return pick("annuaire NinjaOne trop ancien", "NinjaOne directory out of date");
        case HeldReason::WeakMatch:
            return pick("appelant reconnu aux derniers chiffres seulement : vérifiez qui c'est",
                        "caller recognised by the last digits only: check who it is");
        case HeldReason::FieldsMissing:
            return pick("champs à compléter", "fields to complete");
        case HeldReason::NoText:
            return pick("rien n'a été compris de l'appel", "nothing was understood of the call");
        case HeldReason::FromRecording:
            return pick("d'après l'enregistrement, interlocuteurs incertains",
                        "from recording, speakers unsure");
        case HeldReason::EndUnseen:
            return pick("la fin de l'appel n'a pas été vue : relisez ce qui suit l'appel",
                        "the end of the call was not seen: check what follows the call");
        case HeldReason::TicketNotWarranted:
            return pick("l'appel ne semble pas demander de ticket",
                        "the call does not seem to need a ticket");
        case HeldReason::AutoOff:
            return pick("création automatique désactivée", "automatic creation is off");
        case HeldReason::DraftsOnly:
            return pick("mode brouillon", "drafts-only mode");
        case HeldReason::AgentAway:
            return pick("aucun programme agent connecté", "no agent program connected");
        case HeldReason::PopupNotShown:
            return pick("la fenêtre ne s'est pas affichée chez le technicien",
                        "the popup did not show on the technician's PC");
        case HeldReason::AnalysisPending:
            return pick("analyse en cours", "analysis under way");
        case HeldReason::AnalysisFailed:
            return pick("l'analyse a échoué", "the analysis failed");
        case HeldReason::Postponed:
            return pick("remis à plus tard par le technicien", "postponed by the technician");
        case HeldReason::Returned:
            return pick("de retour : il ne fait plus partie d'un autre ticket",
                        "back: it is no longer part of another ticket");
    }
    return "";
}

std::string Texts::tickets(const std::vector<TicketId>& ids) const {
    std::string text = ids.size() == 1 ? "ticket" : "tickets";
    const char* before = pick(" n° ", " #");
    for (const TicketId& id : ids) {
        text += before + std::to_string(id.value());
        before = pick(", ", ", #");
    }
    return text;
}

std::string Texts::of(DeliveryProblem value, std::optional<TicketId> named) const {
    const std::string ticket = named ? pick("le ", "") + tickets({*named})
                                     : std::string{pick("le ticket indiqué", "the named ticket")};
    const std::string notTaken = pick("'exists' n'a pas été suivi, rien n'a été ajouté : ",
                                      "'exists' was not taken, nothing was added: ");
    switch (value) {
        case DeliveryProblem::NotConfigured:
            return pick("NinjaOne n'est pas configuré sur le serveur",
                        "NinjaOne is not configured on the server");
        case DeliveryProblem::Throttled:
            return pick("NinjaOne demande d'attendre", "NinjaOne asks to wait");
        case DeliveryProblem::Unreachable:
            return pick("NinjaOne ne répond pas", "NinjaOne does not answer");
        case DeliveryProblem::ServerError:
            return pick("NinjaOne a eu une erreur", "NinjaOne had an error");
        case DeliveryProblem::NeedsLogin:
            return pick("connexion à NinjaOne à refaire", "NinjaOne needs a new login");
        case DeliveryProblem::UserContextRequired:
            return pick("NinjaOne veut la connexion d'un technicien, pas celle d'une machine",
                        "NinjaOne wants a technician's login, not a machine's");
        case DeliveryProblem::Forbidden:
            return pick("le compte NinjaOne n'en a pas le droit", "the NinjaOne account may not do this");
        case DeliveryProblem::Refused:
            return pick("refusé par NinjaOne", "refused by NinjaOne");
        case DeliveryProblem::FieldRefused:
            return pick("NinjaOne a refusé un champ", "NinjaOne refused a field");
        case DeliveryProblem::LookingUp:
            return pick("recherche du ticket dans NinjaOne", "looking the ticket up in NinjaOne");
        case DeliveryProblem::LookUpFails:
            if (named)
                return ticket + pick(" n'a pas pu être comparé à cet appel, rien n'a été ajouté",
                                     " could not be compared with this call, nothing was added");
            return pick("la recherche du ticket échoue", "looking the ticket up fails");
        case DeliveryProblem::Unconfirmed:
            return pick("NinjaOne ne montre pas si l'envoi y est arrivé",
                        "NinjaOne does not show whether it arrived");
        case DeliveryProblem::NoteRefused:
            return pick("dans NinjaOne, transcription refusée", "in NinjaOne, transcript refused");
        case DeliveryProblem::NoteMissing:
            return pick("dans NinjaOne, transcription absente", "in NinjaOne, transcript missing");
        case DeliveryProblem::TargetGone:
            return pick("le ticket à compléter n'existe plus, est clos ou n'est pas de ce client",
                        "the ticket to add to is gone, closed or another customer's");
        case DeliveryProblem::CloseRefused:
            return pick("dans NinjaOne, mais pas clos", "in NinjaOne, but not closed");
        case DeliveryProblem::ChangesMissing:
            return pick(
                "déjà dans NinjaOne par un envoi antérieur : les modifications faites depuis peuvent y "
                "manquer",
                "in NinjaOne by an earlier attempt: the changes made since may be missing from it");
        case DeliveryProblem::Comparing:
            return ticket + pick(" est comparé à cet appel ; rien n'est envoyé",
                                 " is being compared with this call; nothing is sent");
        case DeliveryProblem::NotThisCalls:
            return notTaken + ticket +
                   pick(" n'est pas reconnu comme celui de cet appel", " is not recognised as this call's");
        case DeliveryProblem::NoSuchTicket:
            return notTaken + ticket +
                   pick(" n'existe pas (ou plus) dans NinjaOne", " does not exist in NinjaOne (any more)");
        case DeliveryProblem::InDoubt:
            return pick("des tickets de NinjaOne sont peut-être déjà celui de cet appel",
                        "tickets in NinjaOne may already be this call's");
        case DeliveryProblem::NotInNinja:
            return pick("il n'est pas dans NinjaOne et peut être envoyé tel quel",
                        "it is not in NinjaOne and can be sent as it is now");
        case DeliveryProblem::NotMoved:
            return pick(
                "NinjaOne n'a pas dit ce qu'un envoi antérieur y a laissé : rien n'est parti ailleurs",
                "NinjaOne did not say what an earlier attempt left: nothing was sent elsewhere");
        case DeliveryProblem::GivenUp:
            return pick("abandonné par un technicien", "given up by a technician");
    }
    return "";
}

std::string Texts::of(FieldFault value) const {
    switch (value) {
        case FieldFault::Required:
            return pick("à compléter", "to complete");
        case FieldFault::TooLong:
            return pick("trop long", "too long");
        case FieldFault::Unknown:
            return pick("inconnu de NinjaOne", "not known to NinjaOne");
        case FieldFault::NotAllowed:
            return pick("valeur non admise", "value not allowed");
        case FieldFault::Inactive:
            return pick("n'est plus actif", "no longer active");
    }
    return "";
}

std::string Texts::of(RefusalCode value) const {
    switch (value) {
        case RefusalCode::BadMessage:
            return pick("le serveur n'accepte pas cette demande", "the server does not accept this request");
        case RefusalCode::UnknownType:
            return pick("le serveur ne connaît pas cette demande : il est d'une autre version",
                        "the server does not know this request: it is of another version");
        case RefusalCode::WrongSequence:
            return pick("un morceau de l'enregistrement est arrivé hors de son rang",
                        "a piece of the recording came out of order");
        case RefusalCode::NotFound:
            return pick("le serveur ne connaît pas (ou plus) cet appel ou ce brouillon pour ce poste",
                        "the server does not know this call or draft of this extension (any more)");
        case RefusalCode::Delivered:
            return pick("l'appel est terminé, le serveur a tout son enregistrement",
                        "the call is over and the server has all of its recording");
        case RefusalCode::Superseded:
            return pick(
                "un autre programme de ce poste envoie maintenant l'audio de cet appel ; celui-ci reprendra "
                "quand "
                "l'autre s'arrêtera",
                "another program of this extension streams this call now; this one goes on when that one "
                "stops");
        case RefusalCode::Forbidden:
            return pick("ce n'est pas permis, ou pas encore possible",
                        "this is not allowed, or not possible yet");
        case RefusalCode::Conflict:
            return pick(
                "la situation a changé entre-temps : regardez où en est le brouillon ('drafts') ou l'appel",
                "things have changed meanwhile: look how the draft ('drafts') or the call is now");
        case RefusalCode::Busy:
            return pick("trop de demandes à la fois : recommencez plus tard",
                        "too much at once: try again later");
        case RefusalCode::ServerError:
            return pick("le serveur n'a pas pu le faire, son journal dit pourquoi",
                        "the server could not do it; its log says why");
        case RefusalCode::HelloExpected:
            return pick("le serveur attendait d'abord une présentation",
                        "the server expected a greeting first");
        case RefusalCode::HelloTimeout:
            return pick("la présentation au serveur est venue trop tard", "the greeting came too late");
        case RefusalCode::Unauthorized:
            return pick("la clé de cet agent n'est plus valable", "this agent's key is no longer valid");
        case RefusalCode::TooManyErrors:
            return pick("trop de demandes refusées de suite", "too many refused requests in a row");
    }
    return "";
}

std::string Texts::of(ErrorKind value) const {
    switch (value) {
        case ErrorKind::Unreachable:
            return pick("le serveur ne répond pas", "the server does not answer");
        case ErrorKind::TimedOut:
            return pick("le serveur tarde trop à répondre", "the server takes too long to answer");
        case ErrorKind::Unauthorized:
            return pick("le serveur refuse la clé de cet agent", "the server refuses this agent's key");
        case ErrorKind::Rejected:
            return pick("le serveur et cet agent n'ont pas la même version",
                        "server and agent differ in version");
        case ErrorKind::BadMessage:
            return pick("des nouvelles du serveur manquent ou sont illisibles",
                        "news of the server are missing or cannot be read");
        case ErrorKind::Busy:
            return pick("trop de clés refusées depuis cette adresse, le serveur fait attendre",
                        "too many wrong keys from this address, the server makes it wait");
        case ErrorKind::Cancelled:
            return pick("le serveur s'arrête ou redémarre", "the server is stopping or starting again");
        case ErrorKind::NotFound:
            return pick("ce qui répond à cette adresse n'est pas le serveur",
                        "what answers at this address is not the server");
        case ErrorKind::OutcomeUnknown:
        case ErrorKind::Io:
        case ErrorKind::Conflict:
            return pick("la connexion s'est interrompue", "the connection broke");
    }
    return "";
}

std::string Texts::field(std::string_view name) const {
    struct Label {
        std::string_view name;
        const char* french;
        const char* english;
    };
    static constexpr Label kLabels[] = {
        {"subject", "objet", "subject"},
        {"summary", "description", "description"},
        {"organizationId", "organisation", "organisation"},
        {"organizationName", "nom de l'organisation", "name of the organisation"},
        {"requesterUid", "demandeur", "requester"},
        {"requesterName", "nom du demandeur", "name of the requester"},
        {"category", "catégorie", "category"},
        {"type", "type", "type"},
        {"priority", "priorité", "priority"},
        {"severity", "gravité", "severity"},
        {"tags", "étiquettes", "tags"},
        {"isSolved", "résolu dès sa création", "solved when created"},
        {"isPublic", "visible du client", "shown to the customer"},
        {"includesTranscript", "avec la transcription", "with the transcript"},
        {"locationId", "site", "location"},
        {"deviceId", "appareil", "device"},
        {"status", "statut", "status"},
        {"ticketFormId", "formulaire", "ticket form"},
        {"attributes", "champs du ticket", "ticket attributes"},
        {"timeTrackedS", "temps passé, en secondes", "time spent, in seconds"},
        {"commentOn", "ajouté au ticket", "added to ticket"},
        {"customCategory", "catégorie maison", "own category"},
        {"continues", "suite du brouillon", "goes on with draft"},
    };
    for (const Label& label : kLabels)
        if (label.name == name) return pick(label.french, label.english);
    return "";
}

std::string Texts::choices(std::string_view field) const {
    std::string text;
    const auto addAll = [&]<class E>(E) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
            text += (text.empty() ? "" : ", ") + json::inCase(d.name, json::nameCase<E>) + " (" +
                    of(d.value) + ")";
        });
    };
    if (field == "priority") addAll(Priority{});
    if (field == "type") addAll(TicketType{});
    if (field == "severity") addAll(Severity{});
    if (field == "category") addAll(Category{});
    if (field == "organizationId" || field == "locationId" || field == "deviceId" ||
        field == "ticketFormId" || field == "timeTrackedS" || field == "commentOn")
        text = pick("un nombre", "a number");
    if (field == "tags")
        text = pick("une liste telle que [\"vpn\", \"wifi\"]", "a list such as [\"vpn\", \"wifi\"]");
    if (field == "isSolved" || field == "isPublic" || field == "includesTranscript")
        text = pick("true (oui), false (non)", "true (yes), false (no)");
    return text;
}

}  // namespace ninja3cx::agent
