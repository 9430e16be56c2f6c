#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

struct Trouble {
    const char* language;
    const char* agent;
    const char* customer;
};
constexpr Trouble kSlow{"fr", "A: Support, bonjour.", "C: Bonjour, mon PC rame."};
constexpr Trouble kSlowEn{"en", "A: Support, hello.", "C: Hi, my PC is very slow."};
constexpr Trouble kUpdate{"fr", "A: Support, bonjour.",
                          "C: Bonjour, la mise à jour du serveur n'est pas passée."};
constexpr Trouble kUpdateEn{"en", "A: Support, hello.", "C: Hi, the server's update didn't go through."};
constexpr Trouble kNoise{"en", "A: Support, hello.", "C: Hi, the network cabinet makes a noise."};
constexpr Trouble kOutlook{"fr", "A: Support, bonjour.", "C: Bonjour, Outlook plante."};
constexpr Trouble kNobodyComes{"fr", "A: Support, bonjour.",
                               "C: Bonjour, finalement la nouvelle collègue ne vient pas, il faut annuler."};
constexpr Trouble kNobodyComesEn{"en", "A: Support, hello.",
                                 "C: Hi, the new colleague isn't coming after all, we have to cancel."};
constexpr Trouble kMail{"fr", "A: Support, bonjour.",
                        "C: Bonjour, je ne reçois plus les mails de la banque."};

struct Row {
    const char* name;
    Trouble trouble;
    std::vector<std::string> said;  // behind the trouble
    const char* kind;
    const char* status;  // null: no such action
};
class SaidAndDone : public testing::TestWithParam<Row> {};

TEST_P(SaidAndDone, IsWhatTheTicketRecords) {
    const Row& row = GetParam();
    std::vector<std::string> lines{row.trouble.agent, row.trouble.customer};
    lines.insert(lines.end(), row.said.begin(), row.said.end());
    const auto analysis = analyse(talk(lines, row.trouble.language));
    const auto found = std::ranges::find(analysis.actions, row.kind, &protocol::AnalysisAction::kind);
    ASSERT_EQ(found != analysis.actions.end(), row.status != nullptr);
    if (row.status) {
        EXPECT_EQ(found->status, row.status);
    }
}

INSTANTIATE_TEST_SUITE_P(
    AskedOfACustomer, SaidAndDone,
    testing::Values(
        Row{"InVain",
            kSlow,
            {"A: Vous l'avez redémarré ?", "C: Non.", "A: Faites-le ce soir."},
            "reboot",
            nullptr},
        Row{"InVainYet",
            kSlow,
            {"A: Vous avez redémarré le poste ?", "C: Pas encore.", "A: D'accord, faites-le ce soir.",
             "C: Ok."},
            "reboot",
            nullptr},
        Row{"InVainOfAnybody",
            kSlow,
            {"A: Il a été redémarré ?", "C: Non, pas depuis hier.", "A: D'accord.", "C: Ok."},
            "reboot",
            nullptr},
        Row{"InVainInEnglish",
            kSlowEn,
            {"A: Did you restart it?", "C: No.", "A: Please do that tonight.", "C: Okay."},
            "reboot",
            nullptr},
        Row{"InVainYetInEnglish",
            kSlowEn,
            {"A: Have you tried restarting it?", "C: Not yet.", "A: Please do that tonight.", "C: Okay."},
            "reboot",
            nullptr},
        Row{"InVainOrNotInEnglish",
            kSlowEn,
            {"A: Did you reboot the PC?", "C: I haven't, no.", "A: Please do that tonight.", "C: Okay."},
            "reboot",
            nullptr},
        Row{"ThenDoneFromHere",
            kSlow,
            {"A: Vous avez redémarré ?", "C: Non.", "A: Je le fais d'ici.", "C: Ça remarche."},
            "reboot",
            "done"},
        Row{"ThenTakenOn",
            kSlow,
            {"A: Vous l'avez redémarré ?", "C: Non, pas encore.", "A: Je m'en occupe. Voilà, c'est reparti.",
             "C: Ah oui, il est rapide."},
            "reboot",
            "done"},
        Row{"ThenDoneFromHereInEnglish",
            kSlowEn,
            {"A: Did you restart it?", "C: No.", "A: I'll do it from here.", "C: It's fast again."},
            "reboot",
            "done"},
        Row{"ThenDoneInEnglish",
            kSlowEn,
            {"A: Have you restarted it?", "C: Not yet.", "A: Okay, let me do that for you. Done.",
             "C: That's better."},
            "reboot",
            "done"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    AskedToRestart, SaidAndDone,
    testing::Values(
        Row{"PutOff",
            kSlowEn,
            {"A: can you restart it", "C: not now im in a meeting", "A: ok do it tonight", "C: ok thanks"},
            "reboot",
            "todo"},
        Row{"PutOffInFrench",
            kSlow,
            {"A: vous pouvez le redémarrer", "C: pas maintenant je suis en réunion",
             "A: d'accord faites le ce soir", "C: ok"},
            "reboot",
            "todo"},
        Row{"Preferred",
            kSlowEn,
            {"A: can you restart it", "C: id rather not im on a call", "A: ok ill check the logs",
             "C: thanks"},
            "reboot",
            nullptr},
        Row{"NotOnSite",
            kSlowEn,
            {"A: can you restart it", "C: i cant im not on site", "A: ok", "C: bye"},
            "reboot",
            nullptr},
        Row{"BareNo", kSlowEn, {"A: can you restart it", "C: no", "A: ok", "C: bye"}, "reboot", nullptr},
        Row{"NoICant",
            kSlowEn,
            {"A: can you restart it", "C: no i cant", "A: ok", "C: bye"},
            "reboot",
            nullptr},
        Row{"BareNon",
            kSlow,
            {"A: vous pouvez le redémarrer", "C: non", "A: d'accord", "C: au revoir"},
            "reboot",
            nullptr},
        Row{"RefusedThenDoneFromHere",
            kSlowEn,
            {"A: can you restart it", "C: not now im in a meeting",
             "A: ill restart it from here now its done", "C: ok its faster"},
            "reboot",
            "done"},
        Row{"DoneAtOnce",
            kSlowEn,
            {"A: can you restart it", "C: yes its restarting now", "A: great", "C: its fast again"},
            "reboot",
            "done"},
        Row{"MindsNot",
            kSlowEn,
            {"A: do you mind if i restart it", "C: no go ahead", "A: thats done", "C: its fast again"},
            "reboot",
            "done"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    BackUp, SaidAndDone,
    testing::Values(Row{"UpAgain",
                        Trouble{"en", "A: it support hello", "C: hi the server is down nobody can work"},
                        {"A: ill restart it", "C: ok", "A: its back up", "C: yes it works thanks"},
                        "restore_backup",
                        nullptr},
                    Row{"RestoredFromBackup",
                        Trouble{"en", "A: it support hello", "C: hi ive deleted the finance folder"},
                        {"A: ive restored the folder from last nights backup", "C: ok", "A: is it there",
                         "C: yes its there thanks"},
                        "restore_backup",
                        "done"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    AskedForLeave, SaidAndDone,
    testing::Values(
        Row{"Given",
            kSlow,
            {"A: Ça vous gêne si je redémarre ?", "C: Non, allez-y.", "A: C'est fait.", "C: Merci."},
            "reboot",
            "done"},
        Row{"GivenInEnglish",
            kSlowEn,
            {"A: Do you mind if I restart it?", "C: No, go ahead.", "A: That's done.", "C: Thanks."},
            "reboot",
            "done"},
        Row{"Refused",
            kSlow,
            {"A: Je peux le redémarrer ?", "C: Non, pas maintenant, je suis en réunion.", "A: D'accord."},
            "reboot",
            nullptr},
        Row{"RefusedInEnglish",
            kSlowEn,
            {"A: Can I restart it?", "C: No, not now, I've got a meeting.", "A: Okay.", "C: Thanks."},
            "reboot",
            nullptr}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    WithADay, SaidAndDone,
    testing::Values(
        Row{"Tonight", kUpdate, {"A: Je redémarre le serveur ce soir.", "C: Merci."}, "reboot", "todo"},
        Row{"TonightWithItsHour",
            kUpdate,
            {"A: Je redémarre le serveur ce soir à vingt heures.", "C: Merci."},
            "reboot",
            "todo"},
        Row{"InTheNight", kUpdate, {"A: Je redémarre le serveur cette nuit.", "C: Merci."}, "reboot", "todo"},
        Row{"TomorrowInOneBreath",
            kUpdate,
            {"A: Je la lance demain et je redémarre.", "C: Merci."},
            "reboot",
            "todo"},
        Row{"ThursdayInOneBreath",
            kUpdate,
            {"A: Je fais la mise à jour jeudi et je redémarre.", "C: Merci."},
            "reboot",
            "todo"},
        Row{"UpdateOnThursday",
            kUpdate,
            {"A: Je mets le serveur à jour jeudi soir.", "C: Merci."},
            "update_software",
            "todo"},
        Row{"TonightInEnglish",
            kUpdateEn,
            {"A: I'll restart the server tonight at eight.", "C: Thanks."},
            "reboot",
            "todo"},
        Row{"OfTheCustomersCall",
            kUpdate,
            {"A: Je le redémarre. Rappelez-moi demain si ça recommence.", "C: Merci."},
            "reboot",
            "done"},
        Row{"OfTheCustomersCallInEnglish",
            kSlowEn,
            {"A: I'm restarting it now. Call me tomorrow if it happens again.", "C: Thanks."},
            "reboot",
            "done"},
        Row{"DoneTonight", kUpdate, {"A: J'ai redémarré le serveur ce soir.", "C: Merci."}, "reboot", "done"},
        Row{"DoneInEnglish",
            kSlowEn,
            {"A: I've restarted it, try now.", "C: It works, thanks."},
            "reboot",
            "done"},
        Row{"VisitByAnEngineer",
            kNoise,
            {"A: An engineer will visit next Tuesday.", "C: Thanks."},
            "onsite_visit",
            "todo"},
        Row{"VisitByATechnician",
            kNoise,
            {"A: A technician will come on Tuesday.", "C: Thanks."},
            "onsite_visit",
            "todo"},
        Row{"VisitThatIsSent",
            kNoise,
            {"A: We'll send an engineer on Tuesday.", "C: Thanks."},
            "onsite_visit",
            "todo"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    OfItsOwnKind, SaidAndDone,
    testing::Values(Row{"CancelledAccount",
                        kNobodyComes,
                        {"A: D'accord, j'annule la création du compte.", "C: Merci."},
                        "create_account",
                        nullptr},
                    Row{"CancelledAccountInEnglish",
                        kNobodyComesEn,
                        {"A: Okay, I'll cancel the account's creation.", "C: Thanks."},
                        "create_account",
                        nullptr},
                    Row{"AddInThatIsCutIsNoAccount",
                        kOutlook,
                        {"A: C'est le complément Teams, je le désactive.", "C: Ça marche, merci."},
                        "disable_account",
                        nullptr},
                    Row{"MacroThatIsCutIsNoAccount",
                        kOutlook,
                        {"A: Il y a une macro, je la bloque.", "C: Ça marche, merci."},
                        "disable_account",
                        nullptr},
                    Row{"AntivirusThatIsCutIsNoAccount",
                        kOutlook,
                        {"A: C'est l'antivirus, je le coupe une minute.", "C: Ça marche, merci."},
                        "disable_account",
                        nullptr},
                    Row{"TraceThatEndsInAFolder",
                        kMail,
                        {"A: Je vérifie dans les traces, ils sont livrés, dans un dossier archivé.",
                         "C: Ah oui, merci."},
                        "check_logs",
                        "done"}),
    [](const auto& info) { return std::string{info.param.name}; });

/// A long call has something to record: not the restart that nobody did, but what comes next.
TEST(NearestAction, IsOneThatIsNotDenied) {
    const std::pair<std::vector<std::string>, const char*> calls[] = {
        {{"A: Support, bonjour.", "C: Bonjour, mon écran clignote.", "A: Il est bien branché ?",
          "C: Oui oui.", "A: Vous avez redémarré le poste ?", "C: Non, pas encore.",
          "A: Ouvrez les paramètres, mettez la fréquence à soixante.", "C: Voilà.", "A: C'est mieux ?",
          "C: Ah c'est mieux, merci."},
         "fr"},
        {{"A: Support, hello.", "C: Hi, the printer doesn't print any more.", "A: Have you restarted it?",
          "C: No.", "A: Is there a message on it?", "C: Toner low.",
          "A: There is one in the cupboard, change it.", "C: It prints, thanks.", "A: Lovely."},
         "en"},
    };
    for (const auto& [lines, language] : calls) {
        const auto actions = analyse(talk(lines, language)).actions;
        EXPECT_FALSE(actions.empty()) << lines[1];
        EXPECT_EQ(std::ranges::find(actions, "reboot", &protocol::AnalysisAction::kind), actions.end())
            << lines[1];
    }
}

TEST(QuestionsAboutInvoices, AreNoRequestForLicences) {
    const auto french = analyse(
        talk({"A: Support, bonjour.", "C: Bonjour, sur la facture de novembre il y a une ligne, c'est quoi ?",
              "A: Ce sont les licences Office du mois.", "C: D'accord merci."}));
    EXPECT_EQ(french.subject, "Question sur une facture");
    const auto english = analyse(
        talk({"A: Support, hello.", "C: Hi, I don't understand a line on the last invoice, what is it?",
              "A: Those are the Microsoft licences for November.", "C: I see, thanks."},
             "en"));
    EXPECT_EQ(english.subject, "Question about an invoice");
}

}  // namespace
}  // namespace ninja3cx::analysis
