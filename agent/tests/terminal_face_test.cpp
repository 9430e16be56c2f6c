#include "agent/app/terminal_face.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <type_traits>
#include <vector>

namespace ninja3cx::agent {
namespace {

protocol::Utterance utterance(std::int32_t revision, bool isFinal, const std::string& text) {
    protocol::Utterance made;
    made.callId = CallId{"call-1"};
    made.utteranceId = UtteranceId{"customer-0061000"};
    made.channel = protocol::Speaker::Customer;
    made.revision = revision;
    made.isFinal = isFinal;
    made.startMs = 61'000;
    made.text = text;
    return made;
}

TEST(Terminal, WritesAFinalTextOnceWithTimeAndSpeaker) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(0, false, "le VPN"));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));  // again after a reconnect
    EXPECT_EQ(out.str(), "[01:01] Client     : Le VPN ne marche plus.\n");
}

TEST(Terminal, WritesTheFinalTextOfAServerThatCountsAnew) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(7, false, "le VPN"));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));
    EXPECT_NE(out.str().find("Le VPN ne marche plus."), std::string::npos);
}

TEST(Terminal, WritesTheFirstWordsOfEachCall) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(1, true, "Bonjour."));
    auto other = utterance(1, true, "Allô ?");  // ids are unique within a call only
    other.callId = CallId{"call-2"};
    face.showUtterance(other);
    EXPECT_NE(out.str().find("Allô ?"), std::string::npos);
}

TEST(Terminal, WritesOneJsonObjectALine) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Json};
    face.showUtterance(utterance(0, false, "le \"VPN\"\n"));
    const auto parsed = json::parse(out.str());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->at("event"), "utterance");
    EXPECT_EQ(parsed->at("utterance").at("text"), "le \"VPN\"\n");
}

TEST(Terminal, SaysInEachLanguageAndToProgramsThatTheDiskIsWellAgain) {
    const auto said = [](OutputFormat format, Language language) {
        std::ostringstream out;
        TerminalFace{out, format, language}.showDiskWell();
        return out.str();
    };
    EXPECT_EQ(said(OutputFormat::Text, Language::English),
              "This is over: the disk of this PC takes the recording of the call again\n");
    EXPECT_EQ(said(OutputFormat::Text, Language::French),
              "C'est réglé : le disque de ce poste accepte de nouveau l'enregistrement de l'appel\n");
    EXPECT_EQ(said(OutputFormat::Json, Language::French), "{\"event\":\"diskWell\"}\n") << "no problem";
}

TEST(Terminal, SaysInEachLanguageAndToProgramsWhatOfACallIsLost) {
    const auto said = [](OutputFormat format, Language language, bool isDiskFull) {
        std::ostringstream out;
        TerminalFace{out, format, language}.showLost(CallId{"call-1"}, 12'100, isDiskFull);
        return out.str();
    };
    EXPECT_EQ(said(OutputFormat::Text, Language::English, true),
              "13 s of this call could not be kept: disk full\n");
    EXPECT_EQ(said(OutputFormat::Text, Language::French, true),
              "13 s de cet appel n'ont pas pu être conservées : disque plein\n");
    EXPECT_EQ(said(OutputFormat::Text, Language::French, false),
              "13 s de l'enregistrement de cet appel sont perdues\n");
    EXPECT_EQ(json::parse(said(OutputFormat::Json, Language::French, true)).value(),
              (boost::json::value{
                  {"event", "audioLost"}, {"callId", "call-1"}, {"lostMs", 12'100}, {"isDiskFull", true}}));
}

TEST(Terminal, SaysInEachLanguageAndToProgramsThatTheServersDiskIsFull) {
    const auto said = [](OutputFormat format, Language language) {
        std::ostringstream out;
        TerminalFace face{out, format, language};
        using Problem = std::optional<std::string>;
        for (const Problem& problem : {Problem{}, Problem{"audioNotStored"}, Problem{"audioNotStored"},
                                       Problem{"databaseNotWritten"}, Problem{"later"}, Problem{}})
            face.showStorage(problem);
        return out.str();
    };
    EXPECT_EQ(said(OutputFormat::Text, Language::English),
              "The server cannot store audio (disk full?): this PC keeps it and sends it afterwards\n"
              "The server cannot write its database (disk full?): calls are shown and recorded here, but not "
              "stored yet; "
              "text and drafts wait\n"
              "The server has trouble with its disk\n"
              "This is over: the disk of the server takes everything again\n");
    EXPECT_EQ(
        said(OutputFormat::Text, Language::French),
        "Le serveur ne peut plus enregistrer l'audio (disque plein ?) : ce poste le garde et le transmet "
        "ensuite\n"
        "Le serveur ne peut plus écrire sa base de données (disque plein ?) : les appels sont affichés et "
        "enregistrés ici, "
        "sans être encore stockés ; texte et brouillons attendent\n"
        "Le serveur a un problème de disque\n"
        "C'est réglé : le disque du serveur accepte de nouveau tout\n");
    EXPECT_EQ(said(OutputFormat::Json, Language::French),
              "{\"problem\":\"audioNotStored\",\"event\":\"serverStorage\"}\n"
              "{\"problem\":\"databaseNotWritten\",\"event\":\"serverStorage\"}\n"
              "{\"problem\":\"later\",\"event\":\"serverStorage\"}\n"
              "{\"problem\":null,\"event\":\"serverStorage\"}\n");
}

TEST(Terminal, SaysInEachLanguageAndToProgramsThatNinjaOneNeedsALogin) {
    const auto said = [](OutputFormat format, Language language) {
        std::ostringstream out;
        TerminalFace face{out, format, language};
        using enum protocol::LinkState;
        for (const auto link : {Connecting, Connected, NeedsLogin, NeedsLogin, Connected, Failed})
            face.showNinja(link);
        return out.str();
    };
    EXPECT_EQ(said(OutputFormat::Text, Language::English),
              "NinjaOne needs a new login: tickets are kept and sent afterwards (the administrator runs "
              "'3cx-ninja-server ninja login')\nNinjaOne has its login again\n");
    EXPECT_EQ(
        said(OutputFormat::Text, Language::French),
        "La connexion à NinjaOne est à refaire : les tickets sont conservés et partent ensuite "
        "(l'administrateur lance '3cx-ninja-server ninja login')\nLa connexion à NinjaOne est refaite\n");
    EXPECT_EQ(
        said(OutputFormat::Json, Language::French),
        "{\"needsLogin\":true,\"event\":\"ninjaOne\"}\n{\"needsLogin\":false,\"event\":\"ninjaOne\"}\n");
}

TEST(Terminal, SaysInEachLanguageAndToProgramsThatAnUnseenCallIsNotCapturedAnyMore) {
    const auto said = [](OutputFormat format, Language language, BlindEnd why,
                         std::chrono::milliseconds limit) {
        std::ostringstream out;
        TerminalFace face{out, format, language};
        face.showStoppedUnseen(CallId{"call-1"}, why, limit);
        face.showSeenAgain(CallId{"call-1"});
        return out.str();
    };
    EXPECT_EQ(said(OutputFormat::Text, Language::English, BlindEnd::TooLong, std::chrono::minutes{10}),
              "Microphone closed: for 10 min, the server has not seen whether the call goes on. What was "
              "recorded is kept; recording goes on once the call is seen again\n"
              "Microphone open again: the server sees the call, recording goes on\n");
    EXPECT_EQ(said(OutputFormat::Text, Language::French, BlindEnd::Silent, std::chrono::seconds{90}),
              "Micro fermé : le serveur ne voit plus si l'appel continue, et le client se tait depuis 90 s. "
              "Ce qui est enregistré est conservé ; l'enregistrement reprend dès que l'appel est revu\n"
              "Micro rouvert : le serveur revoit l'appel, l'enregistrement reprend\n");
    EXPECT_EQ(said(OutputFormat::Json, Language::French, BlindEnd::Silent, std::chrono::seconds{90}),
              "{\"callId\":\"call-1\",\"why\":\"silent\",\"event\":\"stoppedUnseen\"}\n"
              "{\"callId\":\"call-1\",\"event\":\"seenAgain\"}\n");
}

std::string shown(Language language, const protocol::Draft& draft) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, language};
    face.showDraft(draft);
    const std::string text = out.str();
    return text.substr(text.find("  → ") + std::string{"  → "}.size());
}

protocol::Draft heldDraft() {
    protocol::Draft draft;
    draft.draftId = DraftId{"draft-1"};
    draft.state = protocol::DraftState::Counting;
    draft.heldBecause = "requesterAmbiguous";
    draft.problems = {{"organizationId", "required"}, {"requesterUid", "required"}, {"subject", "tooLong"}};
    draft.countdownLeftMs = 15'000;
    return draft;
}

TEST(Terminal, SaysOfADraftThatNeedsAPersonWhyAndThatNothingHappensByItself) {
    for (const auto state : {protocol::DraftState::Counting, protocol::DraftState::Inbox}) {
        auto draft = heldDraft();
        draft.state = state;
        EXPECT_EQ(
            shown(Language::French, draft),
            "à valider par une personne (plusieurs demandeurs possibles ; à compléter : organisation, "
            "demandeur ; objet : trop long). Rien ne se crée sans vous : 'confirm', 'edit' ou 'discard'\n");
        EXPECT_EQ(shown(Language::English, draft),
                  "a person must decide (several possible requesters; to complete: organisation, requester; "
                  "subject: too long). Nothing is created without you: 'confirm', 'edit' or 'discard'\n");
    }
}

TEST(Terminal, SaysThatTheChosenTicketIsNoLongerOpen) {
    auto draft = heldDraft();
    draft.heldBecause = "fieldsMissing";
    draft.problems = {{"commentOn", "inactive"}};
    EXPECT_TRUE(
        shown(Language::French, draft)
            .starts_with("à valider par une personne (champs à compléter ; le ticket choisi n'est plus "
                         "ouvert ('join none' y renonce)). "))
        << shown(Language::French, draft);
    EXPECT_TRUE(shown(Language::English, draft)
                    .starts_with("a person must decide (fields to complete; the chosen ticket is no longer "
                                 "open ('join none' leaves it)). "))
        << shown(Language::English, draft);
}

TEST(Terminal, SaysWhatTheCountdownOfAnAutomaticDraftDoes) {
    auto draft = heldDraft();
    draft.isAutomatic = true;
    draft.heldBecause.clear();
    draft.problems.clear();
    draft.countdownLeftMs = 14'200;
    EXPECT_EQ(shown(Language::French, draft), "création automatique dans 15 s\n");
    EXPECT_EQ(shown(Language::English, draft), "created by itself in 15 s\n");
    draft.state = protocol::DraftState::Paused;
    EXPECT_EQ(shown(Language::French, draft),
              "en pause, compte à rebours arrêté à 15 s ('resume' le relance)\n");
    EXPECT_EQ(shown(Language::English, draft),
              "paused, countdown stopped at 15 s ('resume' lets it run on)\n");
    draft.state = protocol::DraftState::Inbox;
    EXPECT_EQ(shown(Language::English, draft), "the countdown (15 s) waits for the draft to be shown\n");
}

TEST(Terminal, SaysInEachLanguageAndToProgramsWhichDraftCommandsAreAbout) {
    auto draft = heldDraft();
    draft.fields.subject = "VPN";
    draft.fields.requesterName = "Jeanne";
    const DraftMark mark{2, nullptr, true};
    const auto said = [&](OutputFormat format, Language language, const auto& show) {
        std::ostringstream out;
        TerminalFace face{out, format, language};
        show(face);
        return out.str();
    };
    const auto choose = [&](TerminalFace& face) { face.showChoice(draft, mark); };
    EXPECT_EQ(said(OutputFormat::Text, Language::English, choose),
              "Commands are now about #2 VPN – Jeanne\n");
    EXPECT_EQ(said(OutputFormat::Text, Language::French, choose),
              "Les commandes portent maintenant sur #2 VPN – Jeanne\n");
    EXPECT_EQ(said(OutputFormat::Json, Language::French, choose),
              "{\"number\":2,\"draftId\":\"draft-1\",\"event\":\"choice\"}\n");
    const auto wait = [&](TerminalFace& face) { face.showSeveral({{draft, {1}}, {draft, mark}}, false); };
    EXPECT_EQ(said(OutputFormat::Text, Language::English, wait),
              "Several drafts wait for you (#1, #2): 'use N' chooses one, 'drafts' shows them\n");
    EXPECT_EQ(said(OutputFormat::Json, Language::English, wait),
              "{\"number\":null,\"waiting\":[1,2],\"event\":\"choice\"}\n");
    const auto ask = [&](TerminalFace& face) { face.showSeveral({{draft, {1}}, {draft, mark}}, true); };
    EXPECT_EQ(said(OutputFormat::Json, Language::French, ask),
              "{\"code\":\"whichDraft\",\"message\":\"several drafts wait (#1, #2); choose one with use "
              "N\",\"event\":\"problem\"}\n");
    const auto show = [&](TerminalFace& face) { face.showDraft(draft, mark); };
    const auto line = json::parse(said(OutputFormat::Json, Language::French, show));
    ASSERT_TRUE(line);
    EXPECT_EQ(line->at("number"), 2);
    EXPECT_EQ(line->at("isCurrent"), true);
}

TEST(Terminal, SaysWhatBecomesOfADraftOnce) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Created;
    draft.delivery.ticketId = TicketId{1004};
    face.showDraft(draft);
    out.str("");
    draft.delivery.hasTranscriptNote = true;
    face.showDraft(draft);
    EXPECT_EQ(out.str(), "");
}

TEST(Terminal, SaysWhatHasBecomeOfATicketInNinjaOne) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Created;
    draft.delivery.ticketId = TicketId{1004};
    const auto said = [&](const protocol::TicketProgress& progress) {
        draft.delivery.progress = progress;
        return shown(Language::French, draft) + shown(Language::English, draft);
    };
    EXPECT_EQ(said({2001, 2000, "Planifié", false, 1, 2}),
              "ticket n° 1004 créé ; dans NinjaOne : Planifié\n"
              "ticket #1004 created; in NinjaOne: Planifié\n");
    EXPECT_EQ(said({5000, 5000, "Résolu", false, 1, 2}),
              "ticket n° 1004 créé ; dans NinjaOne : Résolu\n"
              "ticket #1004 created; in NinjaOne: Résolu (resolved)\n");
    EXPECT_EQ(said({6001, 6000, "Archivé", false, 1, 2}),
              "ticket n° 1004 créé ; dans NinjaOne : Archivé (clos)\n"
              "ticket #1004 created; in NinjaOne: Archivé (closed)\n");
    EXPECT_EQ(said({1000, 1000, "Nouveau", true, 1, 2}),
              "ticket n° 1004 créé ; dans NinjaOne : Nouveau (supprimé)\n"
              "ticket #1004 created; in NinjaOne: Nouveau (deleted)\n");
    EXPECT_EQ(said({0, 0, "", true, 1, 2}),
              "ticket n° 1004 créé ; dans NinjaOne : supprimé\n"
              "ticket #1004 created; in NinjaOne: deleted\n");
}

TEST(Terminal, SaysThatADraftIsACommentOnATicketAndWhenItIsThere) {
    auto draft = heldDraft();
    draft.fields.subject = "Toujours pas de son";
    draft.fields.commentOn = TicketId{1017};
    for (const auto& [language, words] :
         {std::pair{Language::French, "Commentaire proposé sur le ticket n° 1017 : Toujours pas de son\n"},
          std::pair{Language::English, "Proposed comment on ticket #1017: Toujours pas de son\n"}}) {
        std::ostringstream out;
        TerminalFace face{out, OutputFormat::Text, language};
        face.showDraft(draft);
        EXPECT_TRUE(out.str().starts_with(words)) << out.str();
    }
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Created;
    draft.delivery.ticketId = TicketId{1017};
    EXPECT_EQ(shown(Language::French, draft), "commentaire ajouté au ticket n° 1017\n");
    EXPECT_EQ(shown(Language::English, draft), "comment added to ticket #1017\n");
}

TEST(Terminal, SaysHowSurelyACallerIsKnownAndHowOldTheDirectoryIs) {
    constexpr std::int64_t kHourMs = 3'600'000;
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.state = protocol::CallState::Connected;
    call.remoteNumber = "+33478123456";
    call.startedAtMs = 1'000 * kHourMs;
    const auto said = [&](Language language) {
        std::ostringstream out;
        TerminalFace{out, OutputFormat::Text, language}.showCall(call);
        return out.str();
    };
    call.caller.state = protocol::CallerMatchState::One;
    call.caller.contacts = {{}};
    call.caller.contacts[0].name = "Julie Marchand";
    call.caller.contacts[0].organizationName = "Menuiserie Dupré";
    call.caller.rule = "numberTail";
    call.caller.directoryAtMs = call.startedAtMs - kHourMs + 1;
    EXPECT_EQ(
        said(Language::French),
        "Appel entrant Julie Marchand, Menuiserie Dupré (+33478123456) : en ligne, reconnu aux derniers "
        "chiffres seulement\n");
    call.caller.rule = "exactNumber";
    call.caller.directoryAtMs = call.startedAtMs - 3 * kHourMs;
    EXPECT_EQ(
        said(Language::English),
        "Inbound call Julie Marchand, Menuiserie Dupré (+33478123456): connected, NinjaOne directory of "
        "3 h ago\n");
    call.caller = {};
    call.caller.rule = "organizationNumber";
    call.caller.organizationName = "Hôtel Bellevue";
    call.caller.directoryAtMs = call.startedAtMs - 49 * kHourMs;
    EXPECT_EQ(said(Language::French),
              "Appel entrant Hôtel Bellevue (+33478123456) : en ligne, numéro de l'organisation, annuaire "
              "NinjaOne d'il y a 2 j\n");
    call.remoteName = "BELLEVUE";
    call.caller.directoryAtMs = call.startedAtMs;
    EXPECT_EQ(said(Language::English),
              "Inbound call BELLEVUE, Hôtel Bellevue (+33478123456): connected, the organisation's number\n");
}

TEST(Terminal, ShowsWhomToChooseFromOnlyWhereTheNumberDoesNotSay) {
    protocol::Call call;
    protocol::Contact& contact = call.caller.contacts.emplace_back();
    contact.uid = "aa11";
    contact.name = "Paul Girard";
    contact.organizationName = "Garage Dumas";
    contact.isActive = false;
    const auto said = [&](protocol::CallerMatchState state) {
        call.caller.state = state;
        std::ostringstream out;
        TerminalFace{out, OutputFormat::Text, Language::English}.showDraft(heldDraft(), {1, &call, true});
        return out.str();
    };
    const std::string wanted =
        "\n  Who is calling? 'requester N' makes that person the requester:"
        "\n    1 Paul Girard, Garage Dumas (inactive)\n";
    for (const auto state : {protocol::CallerMatchState::Several, protocol::CallerMatchState::None})
        EXPECT_NE(said(state).find(wanted), std::string::npos) << said(state);
    EXPECT_EQ(said(protocol::CallerMatchState::One).find("Who is calling?"), std::string::npos);
}

TEST(Terminal, ShowsNoCodeWordOfADelivery) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Waiting;
    draft.delivery.problemCode = "notConfigured";
    draft.delivery.problem = "NinjaOne is not configured on the server";
    EXPECT_EQ(shown(Language::French, draft),
              "conservé, nouvel essai à venir (NinjaOne n'est pas configuré sur le serveur)\n");
    draft.delivery.state = protocol::DeliveryState::Rejected;
    draft.delivery.problemCode = "fieldRefused";
    draft.delivery.problem = "requesterUid: unknown";
    EXPECT_EQ(
        shown(Language::English, draft),
        "refused: mend it with 'edit', then 'confirm' (or 'exists NUMBER', 'giveup') (NinjaOne refused a "
        "field: requesterUid: unknown)\n");
}

TEST(Terminal, ADraftThatCameBackFromAnotherWaitsForAPersonLikeAnyOther) {
    auto draft = heldDraft();
    const std::string held = shown(Language::English, draft);
    draft.delivery.state = protocol::DeliveryState::Unknown;
    EXPECT_EQ(shown(Language::English, draft), held);
}

TEST(Terminal, NamesTheFieldThatNinjaOneRefused) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Rejected;
    draft.delivery.problemCode = "fieldRefused";
    draft.delivery.problem = "must be one of NONE, MINOR";
    draft.delivery.field = "severity";
    EXPECT_NE(shown(Language::French, draft)
                  .find("(NinjaOne a refusé le champ gravité (severity) : must be one of NONE, MINOR)"),
              std::string::npos)
        << shown(Language::French, draft);
    draft.delivery.field = "nodeRoleId";  // NinjaOne's own
    draft.delivery.problem.clear();
    EXPECT_NE(shown(Language::English, draft).find("(NinjaOne refused the field nodeRoleId)"),
              std::string::npos)
        << shown(Language::English, draft);
    draft.delivery.problemCode = "forbidden";
    EXPECT_NE(shown(Language::English, draft).find("refused: yours to decide"), std::string::npos);
}

TEST(Terminal, LeavesToTheTechnicianWhatTheAnalysisWasUnsureOf) {
    protocol::Draft draft = heldDraft();
    draft.fields.category.reset();
    draft.fields.priority.reset();
    draft.reasons = {{"category", "email", protocol::Confidence::Unsure, "outlook", {}}};
    const auto said = [&](Language language) {
        std::ostringstream out;
        TerminalFace{out, OutputFormat::Text, language}.showDraft(draft, {});
        return out.str();
    };
    const std::string english = said(Language::English);
    EXPECT_NE(english.find("category: to be chosen (perhaps: e-mail)"), std::string::npos) << english;
    EXPECT_NE(english.find("priority: to be chosen, severity"), std::string::npos) << english;
    const std::string french = said(Language::French);
    EXPECT_NE(french.find("catégorie : à préciser (peut-être : messagerie)"), std::string::npos) << french;
}

TEST(Terminal, OffersTextsThatTheAnalysisWasUnsureOf) {
    protocol::Draft draft = heldDraft();
    draft.fields.subject = draft.generated.subject = "Appel : Claire Fontaine";
    draft.fields.summary = draft.generated.summary = "";
    draft.reasons = {{"subject", "VPN : lent", protocol::Confidence::Unsure, "vpn", {}},
                     {"summary", "Claire signale le VPN.", protocol::Confidence::Unsure, "vpn", {}}};
    const auto said = [&](Language language) {
        std::ostringstream out;
        TerminalFace{out, OutputFormat::Text, language}.showDraft(draft, {});
        return out.str();
    };
    EXPECT_NE(said(Language::French).find("résumé à écrire (peut-être : Claire signale le VPN.)"),
              std::string::npos);
    EXPECT_NE(said(Language::English).find("subject to be chosen (perhaps: VPN : lent)"), std::string::npos);
    draft.fields.subject = "VPN coupé";
    draft.fields.summary = "Vu au téléphone.";
    EXPECT_EQ(said(Language::French).find("peut-être"), std::string::npos);
}

TEST(Terminal, ListsThePlacesThatADraftMayName) {
    auto draft = heldDraft();
    draft.devices = {{41, "PC-CLAIRE", 7, 3, false, true, {}}, {42, "NAS", 7, {}, true, false, {}}};
    draft.locations = {{3, "Siège"}};
    draft.fields.deviceId = 41;
    std::ostringstream out;
    TerminalFace{out, OutputFormat::Text}.showDraft(draft);
    EXPECT_NE(out.str().find("\n  Appareils ('edit deviceId=N') : 41 PC-CLAIRE [choisi], 42 NAS (hors ligne)"
                             "\n  Sites ('edit locationId=N') : 3 Siège\n"),
              std::string::npos)
        << out.str();
}

TEST(Terminal, ShowsWhatTheCallMayBelongToAndWhatWasChosen) {
    auto draft = heldDraft();
    draft.offers = {
        {protocol::OfferKind::Comment, TicketId{12}, std::nullopt, "VPN lent", "Ouvert", 0, true},
        {protocol::OfferKind::Continue, std::nullopt, DraftId{"draft-9"}, "VPN en panne", "", 0, false}};
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showDraft(draft);
    EXPECT_NE(out.str().find("\n    1 ticket n° 12 (Ouvert) : VPN lent, même sujet"
                             "\n    2 appel précédent, encore en brouillon : VPN en panne\n"),
              std::string::npos)
        << out.str();
    out.str("");
    draft.fields.commentOn = TicketId{12};
    face.showDraft(draft);
    EXPECT_NE(out.str().find("\n    1 [choisi] ticket n° 12"), std::string::npos) << out.str();
    std::ostringstream english;
    TerminalFace{english, OutputFormat::Text, Language::English}.showDraft(draft);
    EXPECT_NE(english.str().find("\n    1 [chosen] ticket #12 (Ouvert): VPN lent, same topic"
                                 "\n    2 earlier call, still a draft: VPN en panne\n"),
              std::string::npos)
        << english.str();
    draft.state = protocol::DraftState::Confirmed;  // refused, to be mended
    english.str("");
    TerminalFace{english, OutputFormat::Text, Language::English}.showDraft(draft);
    EXPECT_NE(english.str().find("\n    2 earlier call: VPN en panne\n"), std::string::npos) << english.str();
}

TEST(Terminal, SaysThatTheCountdownStandsStillWhileTheServerIsOutOfReach) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    face.showDown({ErrorKind::Unreachable, "server:3000: refused"}, 1500, true);
    EXPECT_EQ(out.str(),
              "No connection: the server does not answer, next attempt in 2 s (server:3000: refused)\n"
              "  → out of the server's reach: the countdown waits until the connection is back\n");
}

TEST(Terminal, SaysWhyTheServerTakesNoConnectionNow) {
    std::ostringstream out;
    TerminalFace english{out, OutputFormat::Text, Language::English};
    TerminalFace french{out, OutputFormat::Text, Language::French};
    english.showDown({ErrorKind::Busy, "x answered 429"}, 60'000, false);
    french.showDown({ErrorKind::Cancelled, "x answered 503"}, 1000, false);
    EXPECT_EQ(
        out.str(),
        "No connection: too many wrong keys from this address, the server makes it wait, next attempt in "
        "60 s (x answered 429)\n"
        "Pas de connexion : le serveur s'arrête ou redémarre, nouvel essai dans 1 s (détail technique : "
        "x answered 503)\n");
}

TEST(Terminal, SaysWhyACallIsNotRecorded) {
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.state = protocol::CallState::Connected;
    call.recording = protocol::Recording::Blocked;
    call.caller.state = protocol::CallerMatchState::Several;
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    face.showCall(call);
    EXPECT_EQ(
        out.str(),
        "Inbound call number withheld: connected, several possible contacts, not recorded, by the site's "
        "rules\n");
}

TEST(Terminal, SaysThatTheTextIsOfTheRecordingAndNamesNoSpeaker) {
    const auto said = [](Language language) {
        protocol::Call call;
        call.callId = CallId{"call-1"};
        call.state = protocol::CallState::Ended;
        call.isFromRecording = true;
        std::ostringstream out;
        TerminalFace face{out, OutputFormat::Text, language};
        face.showCall(call);
        face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));
        return out.str();
    };
    const std::string french = said(Language::French);
    EXPECT_NE(french.find("d'après l'enregistrement, interlocuteurs incertains"), std::string::npos)
        << french;
    EXPECT_NE(french.find("[01:01] Enregist."), std::string::npos) << french;
    EXPECT_EQ(french.find("Client"), std::string::npos) << french;
    EXPECT_NE(said(Language::English).find("from recording, speakers unsure"), std::string::npos);
}

TEST(Terminal, SaysWhenASupervisorBeginsToWatchAndWhenTheLastOneStops) {
    const auto said = [](Language language) {
        std::ostringstream out;
        TerminalFace face{out, OutputFormat::Text, language};
        protocol::Call call;
        call.callId = CallId{"call-1"};
        call.state = protocol::CallState::Connected;
        call.remoteName = "Jeanne";
        call.remoteNumber = "201";
        face.showCall(call);
        out.str("");
        for (const std::int32_t watchers : {0, 1, 2, 1, 1, 0, 0}) {
            call.watchers = watchers;
            face.showCall(call);
        }
        return out.str();
    };
    EXPECT_EQ(said(Language::French),
              "Un superviseur lit maintenant cet appel : Jeanne (201)\n"
              "Plus aucun superviseur ne lit cet appel : Jeanne (201)\n");
    EXPECT_EQ(said(Language::English),
              "A supervisor now reads along with this call: Jeanne (201)\n"
              "No supervisor reads along with this call any more: Jeanne (201)\n");
}

protocol::Call connectedCall() {
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.state = protocol::CallState::Connected;
    return call;
}

TEST(Terminal, SaysOnceThatTheMicrophoneHearsTheCustomerAndOnceThatItNoLongerDoes) {
    const auto said = [](Language language) {
        std::ostringstream out;
        TerminalFace face{out, OutputFormat::Text, language};
        protocol::Call call = connectedCall();
        face.showCall(call);
        out.str("");
        using Echo = protocol::Echo;
        for (const auto& echo : {std::optional{Echo{12, 150}}, std::optional{Echo{6, 150}},
                                 std::optional{Echo{6, 90}}, std::optional<Echo>{}, std::optional<Echo>{}}) {
            call.echo = echo;
            face.showCall(call);
        }
        return out.str();
    };
    EXPECT_EQ(
        said(Language::French),
        "Votre micro capte la voix du client : mettez un casque ou baissez le haut-parleur ; rien n'est "
        "doublé dans le texte\n"
        "Votre micro ne capte plus la voix du client\n");
    EXPECT_EQ(said(Language::English),
              "Your microphone hears the customer: use a headset or turn the loudspeaker down; nothing is "
              "doubled in the text\n"
              "Your microphone no longer hears the customer\n");
}

TEST(Terminal, SaysTogetherThatASupervisorWatchesAndThatTheMicrophoneHearsTheCustomer) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    protocol::Call call = connectedCall();
    call.watchers = 1;
    call.echo = protocol::Echo{12, 150};
    face.showCall(call);
    EXPECT_NE(out.str().find("A supervisor now reads along"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("Your microphone hears the customer"), std::string::npos) << out.str();
}

TEST(Terminal, SaysNothingOfTheMicrophoneOnceTheCallIsOver) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    protocol::Call call = connectedCall();
    call.echo = protocol::Echo{12, 150};
    face.showCall(call);
    out.str("");
    call.state = protocol::CallState::Ended;
    face.showCall(call);  // which keeps its echo
    call.echo.reset();
    face.showCall(call);
    EXPECT_EQ(out.str(), "Inbound call number withheld: ended\n");

    out.str("");
    call.callId = CallId{"call-2"};  // seen only now
    call.echo = protocol::Echo{12, 150};
    face.showCall(call);
    EXPECT_EQ(out.str(), "Inbound call number withheld: ended\n");
}

TEST(Terminal, SaysWhatTheCallIsTakenToBeWhereThatChanges) {
    protocol::Call call;
    call.callId = CallId{"c-1"};
    call.state = protocol::CallState::Connected;
    for (const auto& [language, lines] :
         {std::pair{
              Language::French,
              std::array{
                  "  → client : mécontent (se dégrade), sujet : réseau et VPN\n",
                  "  → client : neutre, sujet : logiciel (erp_sage), alerte : veut résilier, Client VIP\n"}},
          std::pair{Language::English,
                    std::array{"  → customer: unhappy (getting worse), topic: network and VPN\n",
                               "  → customer: neutral, topic: software (erp_sage), alert: wants to cancel, "
                               "Client VIP\n"}}}) {
        std::ostringstream out;
        TerminalFace face{out, OutputFormat::Text, language};
        const auto told = [&](std::optional<protocol::CallInsight> insight) {
            out.str("");
            call.insight = std::move(insight);
            face.showCall(call);
            return out.str();
        };
        call.insight.reset();
        face.showCall(call);
        EXPECT_EQ(told(protocol::CallInsight{}), "") << "as every call begins";
        protocol::CallInsight insight;
        insight.mood = protocol::Sentiment::Negative;
        insight.trend = protocol::MoodTrend::Falling;
        insight.topic = protocol::Category::NetworkVpn;
        EXPECT_EQ(told(insight), lines[0]);
        EXPECT_EQ(told(insight), "");
        EXPECT_EQ(told(std::nullopt), "") << "paused";
        EXPECT_EQ(told(insight), "");
        insight = {};
        insight.topic = protocol::Category::SoftwareApplication;
        insight.customTopic = "erp_sage";
        insight.alerts = {{"cancellation", "", UtteranceId{"c-1"}, 1000},
                          {"vip", "Client VIP", UtteranceId{"c-2"}, 2000}};
        EXPECT_EQ(told(insight), lines[1]);
        call.state = protocol::CallState::Ended;
        insight.mood = protocol::Sentiment::Positive;
        EXPECT_EQ(told(insight).find("→"), std::string::npos) << "nobody waits for it any more";
        call.state = protocol::CallState::Connected;
    }
}

TEST(Terminal, TellsProgramsOfAnEchoWithTheCallAlone) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Json, Language::French};
    protocol::Call call = connectedCall();
    call.echo = protocol::Echo{12, 150};
    face.showCall(call);
    const auto line = json::parse(out.str());  // one object: one line
    ASSERT_TRUE(line);
    EXPECT_EQ(line->at("call").at("echo").at("attenuationDb"), 12);
}

TEST(Terminal, TellsWhichValuesAFieldMayHave) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::French};
    face.showBadEdit("priority", "urgent", "");
    face.showBadEdit("prio", "HIGH", "");
    EXPECT_NE(
        out.str().find("priorité : 'urgent' n'est pas possible ; possible : LOW (basse), MEDIUM (moyenne)"),
        std::string::npos)
        << out.str();
    EXPECT_NE(out.str().find("Champ inconnu : 'prio'. Les champs sont subject, summary"), std::string::npos);
}

TEST(Terminal, HasWordsInBothLanguagesForWhatItCannotDo) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<LocalProblem>>([&](auto d) {
        std::ostringstream french;
        std::ostringstream english;
        TerminalFace{french, OutputFormat::Text, Language::French}.showProblem(d.value, "x");
        TerminalFace{english, OutputFormat::Text, Language::English}.showProblem(d.value, "x");
        EXPECT_FALSE(french.str().empty()) << d.name;
        EXPECT_NE(french.str(), english.str()) << d.name;
    });
}

TEST(Terminal, SaysWhatADraftLacksThatCannotBeConfirmed) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::French};
    const auto draft = heldDraft();
    face.showRefused({"forbidden", "not a ticket yet: requesterUid (required)", "draft-1", false}, &draft);
    EXPECT_EQ(out.str(),
              "Refusé : pas encore un ticket, à compléter : organisation, demandeur ; objet : trop long\n");
}

std::string wholeText(Language language, const protocol::Draft& draft) {
    std::ostringstream out;
    TerminalFace{out, OutputFormat::Text, language}.showDraft(draft);
    return out.str();
}

TEST(Terminal, SaysWhoWillReadADraftAndWhetherItIsClosed) {
    auto draft = heldDraft();
    EXPECT_NE(wholeText(Language::English, draft)
                  .find("\n  Effect: private; stays open; status: as configured; with transcript note; tags: "
                        "none; time spent: none\n  → "),
              std::string::npos)
        << wholeText(Language::English, draft);
    draft.fields.isPublic = true;
    draft.fields.isSolved = true;
    draft.fields.includesTranscript = false;
    draft.fields.tags = {"vip", "vpn"};
    draft.fields.timeTrackedS = 120;
    EXPECT_NE(
        wholeText(Language::English, draft)
            .find("\n  Effect: PUBLIC: the customer may be e-mailed; WILL BE CLOSED AT ONCE (resolved); "
                  "without transcript note; tags: vip, vpn; time spent: 2 min\n"),
        std::string::npos)
        << wholeText(Language::English, draft);
    EXPECT_NE(wholeText(Language::French, draft)
                  .find("\n  Effet : PUBLIC : le client peut en recevoir un e-mail ; SERA CLOS AUSSITÔT "
                        "(résolu) ; sans note de transcription ; étiquettes : vip, vpn ; temps passé : 2 "
                        "min\n"),
              std::string::npos)
        << wholeText(Language::French, draft);
    draft.fields.commentOn = TicketId{1017};
    EXPECT_NE(wholeText(Language::English, draft).find("THE TICKET IT IS ADDED TO WILL BE CLOSED (resolved)"),
              std::string::npos);
    EXPECT_NE(wholeText(Language::French, draft).find("LE TICKET COMPLÉTÉ SERA CLOS (résolu)"),
              std::string::npos);
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Created;
    draft.delivery.ticketId = TicketId{1017};
    EXPECT_EQ(wholeText(Language::English, draft).find("Effect"), std::string::npos) << "it is done";
}

TEST(Terminal, SaysThatAStatusDoesNotCountForATicketThatIsClosedAtOnce) {
    auto draft = heldDraft();
    draft.fields.status = "PLANNED";
    EXPECT_NE(wholeText(Language::English, draft).find("private; status: PLANNED; "), std::string::npos);
    draft.fields.isSolved = true;
    EXPECT_NE(wholeText(Language::English, draft)
                  .find("status: PLANNED (NOT USED unless a resolved one, as it will be closed; 'edit "
                        "isSolved=false')"),
              std::string::npos);
    EXPECT_NE(wholeText(Language::French, draft).find("statut : PLANNED (SANS EFFET sauf statut résolu"),
              std::string::npos);
}

TEST(Terminal, AcknowledgesEveryEdit) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    auto draft = heldDraft();
    draft.fields.commentOn = TicketId{1017};
    const DraftMark mark{2, nullptr, true};
    face.showDraft(draft, mark);
    out.str("");
    draft.fields.isPublic = true;
    draft.fields.tags = {"vip"};
    face.showDraft(draft, mark);
    EXPECT_TRUE(
        out.str().starts_with("#2 Changed: tags: – → vip; shown to the customer: no → yes\n  Effect: PUBLIC"))
        << out.str();
    const auto edited = draft.fields;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        auto& field = draft.fields.*d.pointer;
        using Value = std::remove_reference_t<decltype(field)>;
        if constexpr (std::is_same_v<Value, bool>)
            field = !field;
        else if constexpr (std::is_same_v<Value, std::string>)
            field = "other";
        else if constexpr (std::is_same_v<Value, std::optional<std::string>>)
            field = "other";
        else if constexpr (std::is_enum_v<Value>)
            field = static_cast<Value>(1);
        else if constexpr (std::is_same_v<Value, std::optional<protocol::Category>>)
            field = protocol::Category::Telephony;
        else if constexpr (std::is_same_v<Value, std::optional<protocol::Priority>>)
            field = protocol::Priority::High;
        else if constexpr (std::is_same_v<Value, std::optional<std::int64_t>>)
            field = 60;
        else if constexpr (std::is_same_v<Value, std::vector<std::string>>)
            field = {"other"};
        else if constexpr (std::is_same_v<Value, std::optional<std::vector<protocol::AttributeValue>>>)
            field = {{56, "C-1"}};
        else if constexpr (std::is_same_v<Value, std::optional<TicketId>>)
            field = TicketId{7};
        else
            field = DraftId{"draft-7"};
        if (draft.fields == edited) return;  // it was so
        out.str("");
        face.showDraft(draft, mark);
        EXPECT_NE(out.str(), "") << d.name;
        draft.fields = edited;
        face.showDraft(draft, mark);
    });
    out.str("");
    face.showUnchanged(draft, "isPublic", mark);
    EXPECT_EQ(out.str(), "#2 Unchanged, it is so already: shown to the customer: yes\n");
}

TEST(Terminal, ShowsOnceWhatAProposedTextWouldChange) {
    auto draft = heldDraft();
    draft.fields.subject = "VPN";
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text, Language::English};
    const DraftMark mark{2};
    face.showDraft(draft, mark);
    draft.proposed = draft.fields;
    draft.proposed->subject = "VPN certificate expired";
    out.str("");
    face.showDraft(draft, mark);
    EXPECT_EQ(out.str(),
              "#2 Another text is proposed ('take' to use it): subject: VPN → VPN certificate expired\n");
    out.str("");
    face.showDraft(draft, mark);
    EXPECT_EQ(out.str(), "");
    std::ostringstream french;
    TerminalFace{french, OutputFormat::Text}.showDraft(draft, mark);
    EXPECT_TRUE(french.str().ends_with(
        "#2 Un autre texte est proposé ('take' le prend) : objet : VPN → VPN certificate expired\n"))
        << french.str();
}

TEST(Terminal, WarnsOfAPublicDraftWhereItIsChosen) {
    auto draft = heldDraft();
    draft.fields.subject = "VPN";
    draft.fields.isPublic = true;
    draft.fields.isSolved = true;
    std::ostringstream out;
    TerminalFace{out, OutputFormat::Text, Language::English}.showChoice(draft, {2, nullptr, true});
    EXPECT_EQ(out.str(),
              "Commands are now about #2 VPN [PUBLIC: the customer may be e-mailed; WILL BE CLOSED "
              "AT ONCE (resolved)]\n");
}

TEST(Terminal, NamesTheTicketThatIsThereWhileSomethingOfItIsMissing) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Rejected;
    draft.delivery.ticketId = TicketId{1006};
    draft.delivery.problemCode = "noteRefused";
    draft.delivery.problem = "not permitted";
    EXPECT_EQ(
        shown(Language::English, draft),
        "ticket #1006 created; the rest is yours to decide: 'again' tries it once more, 'exists 1006' or "
        "'giveup' leaves it (in NinjaOne, transcript refused: not permitted)\n");
    EXPECT_EQ(shown(Language::French, draft),
              "ticket n° 1006 créé ; le reste est à vous : 'again' le refait, 'exists 1006' ou 'giveup' y "
              "renonce (dans NinjaOne, transcription refusée : not permitted)\n");
    draft.delivery.problemCode = "noteMissing";
    draft.delivery.problem = "the ticket is number 1006: only its transcript note is missing";
    EXPECT_NE(shown(Language::English, draft).find(draft.delivery.problem), std::string::npos);
    draft.delivery.state = protocol::DeliveryState::Sending;
    draft.delivery.problemCode.clear();
    EXPECT_EQ(shown(Language::English, draft), "ticket #1006 created; the rest: being sent to NinjaOne\n");
}

struct OwnWords {
    const char* name;
    const char* code;
    const char* problem;
    std::optional<TicketId> compared;
    std::vector<TicketId> inDoubt;
    const char* french;
    const char* english;
};
class WordsOfTheProductsOwn : public testing::TestWithParam<OwnWords> {};
TEST_P(WordsOfTheProductsOwn, AreSaidByCodeAndNumbers) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Unconfirmed;
    draft.delivery.problemCode = GetParam().code;
    draft.delivery.problem = GetParam().problem;
    draft.delivery.comparedTicketId = GetParam().compared;
    if (!GetParam().inDoubt.empty()) draft.delivery.ticketsInDoubt = GetParam().inDoubt;
    const std::string french = shown(Language::French, draft);
    EXPECT_NE(french.find(std::string{" ("} + GetParam().french + ")\n"), std::string::npos) << french;
    const std::string english = shown(Language::English, draft);
    EXPECT_NE(english.find(std::string{" ("} + GetParam().english + ")\n"), std::string::npos) << english;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WordsOfTheProductsOwn,
    testing::Values(
        OwnWords{"NoSuchTicket",
                 "noSuchTicket",
                 "in other words",
                 TicketId{4711},
                 {},
                 "'exists' n'a pas été suivi, rien n'a été ajouté : le ticket n° 4711 n'existe pas (ou plus) "
                 "dans NinjaOne",
                 "'exists' was not taken, nothing was added: ticket #4711 does not exist in NinjaOne (any "
                 "more)"},
        OwnWords{"NotThisCalls",
                 "notThisCalls",
                 "another person's",
                 TicketId{13},
                 {},
                 "'exists' n'a pas été suivi, rien n'a été ajouté : le ticket n° 13 n'est pas reconnu comme "
                 "celui de cet appel : another person's",
                 "'exists' was not taken, nothing was added: ticket #13 is not recognised as this call's: "
                 "another person's"},
        OwnWords{"NotThisCallsBesideDoubts",
                 "notThisCalls",
                 "",
                 TicketId{13},
                 {TicketId{12}, TicketId{9}},
                 "'exists' n'a pas été suivi, rien n'a été ajouté : le ticket n° 13 n'est pas reconnu comme "
                 "celui de cet appel ; à regarder d'abord : tickets n° 12, 9 ; l'envoyer encore, c'est dire "
                 "que ce n'est aucun d'eux",
                 "'exists' was not taken, nothing was added: ticket #13 is not recognised as this call's; to "
                 "be looked at first: tickets #12, #9; to send it again is to say that it is none of these"},
        OwnWords{
            "InDoubt",
            "inDoubt",
            "no text",
            {},
            {TicketId{12}},
            "des tickets de NinjaOne sont peut-être déjà celui de cet appel : no text ; à regarder "
            "d'abord : ticket n° 12 ; l'envoyer encore, c'est dire que ce n'est aucun d'eux",
            "tickets in NinjaOne may already be this call's: no text; to be looked at first: ticket #12; "
            "to send it again is to say that it is none of these"},
        OwnWords{"Unconfirmed",
                 "unconfirmed",
                 "",
                 {},
                 {TicketId{12}},
                 "NinjaOne ne montre pas si l'envoi y est arrivé ; à regarder d'abord : ticket n° 12",
                 "NinjaOne does not show whether it arrived; to be looked at first: ticket #12"},
        OwnWords{"NotCompared",
                 "lookUpFails",
                 "503",
                 TicketId{12},
                 {},
                 "le ticket n° 12 n'a pas pu être comparé à cet appel, rien n'a été ajouté : 503",
                 "ticket #12 could not be compared with this call, nothing was added: 503"},
        OwnWords{"NotInNinja",
                 "notInNinja",
                 "in other words",
                 {},
                 {},
                 "il n'est pas dans NinjaOne et peut être envoyé tel quel",
                 "it is not in NinjaOne and can be sent as it is now"},
        OwnWords{"NinjaOnesRefusal",
                 "refused",
                 "priority must be one of NONE, LOW",
                 {},
                 {},
                 "refusé par NinjaOne : priority must be one of NONE, LOW",
                 "refused by NinjaOne: priority must be one of NONE, LOW"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Terminal, SaysWhyAnAccountMayNotAndNotTwiceThatItMayNot) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Rejected;
    draft.delivery.problemCode = "forbidden";
    draft.delivery.problem = "403 permission_denied (incident X)";
    EXPECT_NE(shown(Language::French, draft)
                  .find("(le compte NinjaOne n'en a pas le droit : 403 permission_denied "
                        "(incident X))"),
              std::string::npos)
        << shown(Language::French, draft);
}

TEST(Terminal, SaysThatANamedTicketIsComparedAndNotSent) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Unknown;
    draft.delivery.problemCode = "comparing";
    draft.delivery.comparedTicketId = TicketId{4711};
    EXPECT_EQ(shown(Language::English, draft),
              "ticket #4711 is being compared with this call; nothing is sent\n");
    EXPECT_EQ(shown(Language::French, draft),
              "le ticket n° 4711 est comparé à cet appel ; rien n'est envoyé\n");
}

TEST(Terminal, SaysWhatCanBeDoneWithAConfirmedDraftThatCannotBeChanged) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.delivery.state = protocol::DeliveryState::Rejected;
    draft.delivery.problemCode = "forbidden";
    const auto said = [&](Language language) {
        std::ostringstream out;
        TerminalFace{out, OutputFormat::Text, language}.showRefused(
            {"conflict", "the draft is confirmed already", "draft-1", false}, &draft);
        return out.str();
    };
    EXPECT_EQ(said(Language::English),
              "Refused: a confirmed draft cannot be changed; 'again' sends it as it is, 'exists NUMBER' or "
              "'giveup' ends it\n");
    EXPECT_EQ(
        said(Language::French),
        "Refusé : un brouillon confirmé ne se change plus ; 'again' l'envoie tel quel, 'exists NUMÉRO' ou "
        "'giveup' y met fin\n");
    draft.delivery.state = protocol::DeliveryState::Sending;
    EXPECT_NE(said(Language::English).find("on its way to NinjaOne"), std::string::npos);
    draft.delivery.state = protocol::DeliveryState::Created;
    EXPECT_NE(said(Language::English).find("change it in NinjaOne"), std::string::npos);
    draft.delivery = {};
    draft.state = protocol::DraftState::Inbox;
    EXPECT_NE(said(Language::English).find("things have changed meanwhile"), std::string::npos);
}

TEST(Terminal, SaysThatTheWordsOfAnEarlierCallWereErased) {
    auto draft = heldDraft();
    draft.state = protocol::DraftState::Confirmed;
    draft.fields.continues = DraftId{"draft-9"};
    draft.offers = {{protocol::OfferKind::Continue, std::nullopt, DraftId{"draft-9"}, "", "", 0, false}};
    EXPECT_NE(wholeText(Language::English, draft).find("1 [chosen] earlier call: (its words were erased)\n"),
              std::string::npos)
        << wholeText(Language::English, draft);
}

}  // namespace
}  // namespace ninja3cx::agent
