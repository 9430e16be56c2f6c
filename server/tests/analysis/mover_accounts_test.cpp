#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

const protocol::AnalysisAction* actionOf(const protocol::Analysis& analysis, const char* kind) {
    const auto found = std::ranges::find(analysis.actions, kind, &protocol::AnalysisAction::kind);
    return found == analysis.actions.end() ? nullptr : &*found;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string firstName(const std::string& person) {
    return person.substr(0, person.find(' '));
}

struct Row {
    const char* language;
    const char* said;
    const char* answer;
    const char* leaver;
    const char* newcomer;
};

struct Opening {
    const char* language;
    const char* agent;
    const char* customer;  // before what he says
};
constexpr Opening kOpenings[] = {
    {"fr", "A: Support, bonjour.", "C: Bonjour. "},
    {"fr", "A: Support informatique, Denis, bonjour.", "C: Bonjour, Claire Fontaine, ressources humaines. "},
    {"fr", "A: Assistance.", "C: Allô, "},
    {"en", "A: Support, hello.", "C: Hello. "},
    {"en", "A: Service desk, Nigel speaking.", "C: Hi, it's Olivia Grant in HR. "},
    {"en", "A: IT support.", "C: Hi, "},
};

protocol::Analysis analysisOf(const Opening& opening, const Row& row) {
    const bool isEnglish = row.language == std::string{"en"};
    return analyse(
        talk({opening.agent, std::string{opening.customer} + row.said, std::string{"A: "} + row.answer,
              isEnglish ? "C: Thanks, bye." : "C: Merci, au revoir."},
             row.language));
}

TEST(MoverAccounts, AreCutOfWhoLeavesAndMadeForWhoComes) {
    const Row rows[] = {
        {"en", "Friday is Paul Baker's last day and Julie Smith starts on Monday.",
         "ok I'll create Julie's account and disable Paul's", "Paul Baker", "Julie Smith"},
        {"en", "Friday is Paul Baker's last day and Julie Smith starts on Monday.",
         "I'll disable Paul and set up Julie.", "Paul Baker", "Julie Smith"},
        {"en", "Julie Smith starts on Monday and Friday is Paul Baker's last day.",
         "ok I'll create Julie's account and disable Paul's", "Paul Baker", "Julie Smith"},
        {"en", "Tom Harris is leaving on Friday and Emma Clarke is joining us on Monday.",
         "I'll set up Emma and disable Tom.", "Tom Harris", "Emma Clarke"},
        {"en", "We've got a leaver, Tom Harris, on Friday, and a starter, Emma Clarke, on Monday.",
         "I'll disable Tom and set Emma up.", "Tom Harris", "Emma Clarke"},
        {"en", "Emma Clarke is replacing Tom Harris who leaves on Friday.",
         "Right, I'll close Tom's account and create Emma's.", "Tom Harris", "Emma Clarke"},
        {"en", "Tom Harris retires on Friday, Emma Clarke takes over from him.", "I'll take care of it.",
         "Tom Harris", "Emma Clarke"},
        {"en",
         "One leaver and one starter this week. Tom Harris goes on Friday, Emma Clarke comes in on Monday.",
         "Okay, I'll disable Tom's login and create one for Emma.", "Tom Harris", "Emma Clarke"},
        {"en", "Paul leaves on Friday, Mary stays and Julie arrives on Monday.", "I'll take care of it.",
         "Paul", "Julie"},
        {"en", "Tom Harris has resigned, and Emma Clarke is taking his place.",
         "I'll disable Tom's account on Friday and set up Emma's.", "Tom Harris", "Emma Clarke"},
        {"fr", "Paul Durand prend sa retraite vendredi, c'est Julie Petit qui le remplace.",
         "Ok je crée le compte de Julie et je désactive celui de Paul.", "Paul Durand", "Julie Petit"},
        {"fr", "paul durand prend sa retraite vendredi c'est julie petit qui le remplace",
         "je désactive paul et je prépare julie", "Paul Durand", "Julie Petit"},
        {"fr", "J'ai un départ Paul Durand vendredi et une arrivée Julie Petit lundi.",
         "Je désactive Paul et je prépare Julie.", "Paul Durand", "Julie Petit"},
        {"fr", "On a une arrivée Julie Petit lundi et un départ Paul Durand vendredi.",
         "Je crée le compte de Julie et je désactive Paul.", "Paul Durand", "Julie Petit"},
        {"fr", "Paul part vendredi, Marie reste et Julie arrive lundi.", "Je m'en occupe.", "Paul", "Julie"},
        {"fr", "paul part vendredi marie reste et julie arrive lundi", "je m'en occupe", "Paul", "Julie"},
        {"fr", "Julie Petit remplace Paul Durand qui part vendredi.",
         "D'accord, je ferme le compte de Paul et j'ouvre celui de Julie.", "Paul Durand", "Julie Petit"},
        {"fr", "Vendredi c'est le dernier jour de Marc Leroy et Sophie Martin commence lundi.",
         "Je désactive Marc vendredi et je crée le compte de Sophie.", "Marc Leroy", "Sophie Martin"},
        {"fr", "Marc Leroy nous quitte vendredi et Sophie Martin prend sa place lundi.",
         "Je coupe le compte de Marc et je prépare celui de Sophie.", "Marc Leroy", "Sophie Martin"},
        {"fr", "Sophie Martin arrive lundi, elle remplace Marc Leroy qui s'en va vendredi.",
         "Je m'en occupe.", "Marc Leroy", "Sophie Martin"},
        {"fr", "Le contrat de Marc Leroy se termine vendredi et Sophie Martin démarre lundi.",
         "Je prépare Sophie et je désactive Marc.", "Marc Leroy", "Sophie Martin"},
        {"fr", "Sophie Martin démarre lundi et le contrat de Marc Leroy se termine vendredi.",
         "Je prépare Sophie et je désactive Marc.", "Marc Leroy", "Sophie Martin"},
        {"en", "David Moore finishes on Friday and Kate Walker starts the week after.",
         "I'll disable David and set up Kate.", "David Moore", "Kate Walker"},
        {"en", "It's David Moore's final day today, Kate Walker joins us tomorrow.",
         "Fine, I'll set up Kate and lock David's account.", "David Moore", "Kate Walker"},
        {"en", "We have a new starter, Kate Walker, and David Moore is leaving us.",
         "I'll remove David's access and create Kate's account.", "David Moore", "Kate Walker"},
        {"en", "David Moore has handed in his notice and Kate Walker will replace him.",
         "Okay, I'll disable David and prepare Kate.", "David Moore", "Kate Walker"},
        {"en", "david moore is retiring on thursday and kate walker is taking over from him",
         "ok i'll disable david's and create kate's", "David Moore", "Kate Walker"},
        {"en", "David's off on Friday for good, Kate starts Monday, and Helen stays put.",
         "I'll disable David and set up Kate.", "David", "Kate"},
        {"en", "Kate Walker starts Monday in place of David Moore, who left yesterday.",
         "I'll create Kate's account and close David's.", "David Moore", "Kate Walker"},
        {"en", "Two things from HR, David Moore's contract ends Friday, and Kate Walker begins on Monday.",
         "I'll take care of both.", "David Moore", "Kate Walker"},
        {"en",
         "Can you close David Moore's account, he leaves on Friday, and open one for Kate Walker who starts "
         "Monday?",
         "Sure, I'll do that.", "David Moore", "Kate Walker"},
        {"fr", "Luc Bernard démissionne et Anne Faure le remplace lundi.",
         "Je désactive Luc et je crée Anne.", "Luc Bernard", "Anne Faure"},
        {"fr", "C'est le dernier jour de Luc Bernard vendredi et Anne Faure commence lundi.",
         "Je crée le compte d'Anne et je désactive celui de Luc.", "Luc Bernard", "Anne Faure"},
        {"fr", "Anne Faure commence lundi et c'est le dernier jour de Luc Bernard vendredi.",
         "Je désactive Luc et je prépare Anne.", "Luc Bernard", "Anne Faure"},
        {"fr", "anne faure arrive lundi et luc bernard part vendredi",
         "je crée le compte d'anne et je coupe celui de luc", "Luc Bernard", "Anne Faure"},
        {"fr", "Luc Bernard quitte la société vendredi, il est remplacé par Anne Faure.",
         "Je m'en occupe, je désactive Luc et je prépare Anne.", "Luc Bernard", "Anne Faure"},
        {"fr", "Deux mouvements : départ de Luc Bernard vendredi, arrivée d'Anne Faure lundi.",
         "C'est noté, je désactive Luc et je crée Anne.", "Luc Bernard", "Anne Faure"},
        {"fr", "Luc s'en va vendredi, Claire reste et Anne arrive lundi.",
         "Je désactive Luc et je prépare Anne.", "Luc", "Anne"},
        {"fr", "Anne Faure prend le poste de Luc Bernard qui part à la retraite.",
         "Je ferme le compte de Luc et je crée celui d'Anne.", "Luc Bernard", "Anne Faure"},
        {"fr", "Luc Bernard a fini son contrat hier et Anne Faure nous rejoint lundi.",
         "Je bloque le compte de Luc et j'ouvre celui d'Anne.", "Luc Bernard", "Anne Faure"},
        {"fr",
         "Il faut fermer le compte de Luc Bernard qui nous quitte et créer celui d'Anne Faure qui arrive "
         "lundi.",
         "D'accord, je m'en occupe.", "Luc Bernard", "Anne Faure"},
    };
    for (const Row& row : rows)
        for (const Opening& opening : kOpenings) {
            if (opening.language != std::string{row.language}) continue;
            SCOPED_TRACE(std::string{opening.customer} + row.said + " / " + row.answer);
            const protocol::Analysis analysis = analysisOf(opening, row);
            const auto* cut = actionOf(analysis, "disable_account");
            ASSERT_NE(cut, nullptr);
            EXPECT_TRUE(holds(cut->text, row.leaver)) << cut->text;
            EXPECT_FALSE(holds(cut->text, firstName(row.newcomer))) << cut->text;
            const auto* created = actionOf(analysis, "create_account");
            ASSERT_NE(created, nullptr);
            EXPECT_FALSE(holds(created->text, firstName(row.leaver))) << created->text;
            EXPECT_TRUE(holds(analysis.subject, row.leaver)) << analysis.subject;
            EXPECT_FALSE(analysis.summary.starts_with(row.leaver)) << analysis.summary;
            EXPECT_FALSE(analysis.summary.starts_with(row.newcomer)) << analysis.summary;
        }
}

TEST(MoverAccounts, OfSeveralAreOfTheOneWhomTheTurnNames) {
    struct Several {
        const char* said;
        const char* answer;
        const char* person;  // null: of nobody
    };
    const Several rows[] = {
        {"Julie Petit et Paul Durand nous quittent vendredi, il faut fermer leurs comptes.",
         "Un petit instant, je coupe le compte de Paul.", "Paul Durand"},
        {"Julie Petit et Paul Durand nous quittent vendredi, il faut fermer leurs comptes.",
         "Je désactive Paul tout de suite.", "Paul Durand"},
        {"Paul Durand et Julie Petit nous quittent vendredi, il faut fermer leurs comptes.",
         "Je désactive le compte de Julie.", "Julie Petit"},
        {"Julie Petit et Paul Durand nous quittent vendredi, il faut fermer leurs comptes.",
         "Je coupe le compte vendredi.", nullptr},
        {"Julie Petit et Paul Durand nous quittent vendredi, il faut fermer leurs comptes.",
         "Je m'en occupe.", nullptr},
    };
    for (const Several& row : rows) {
        SCOPED_TRACE(std::string{row.said} + " / " + row.answer);
        const auto analysis = analyse(talk({"A: Support, bonjour.", std::string{"C: Bonjour. "} + row.said,
                                            std::string{"A: "} + row.answer, "C: Merci, au revoir."}));
        const auto* cut = actionOf(analysis, "disable_account");
        ASSERT_NE(cut, nullptr);
        for (const std::string person : {"Julie Petit", "Paul Durand"})
            EXPECT_EQ(holds(cut->text, person), row.person && row.person == person) << cut->text;
    }
}

TEST(MoverAccounts, AreNeverOfWhoIsOnlyAwayOrIsToKeepHis) {
    struct Away {
        std::vector<std::string> lines;
        const char* cut;  // whose; empty: of nobody who is named; null: none is cut
        const char* language = "fr";
    };
    const Away rows[] = {
        {{"A: support bonjour",
          "C: bonjour nadia est en congé jusqu'à lundi et thomas est parti définitivement",
          "A: d'accord je désactive le compte de thomas", "C: merci", "A: voilà c'est fait"},
         "Thomas"},
        {{"A: support bonjour", "C: bonjour thomas est parti définitivement et nadia est en congé",
          "A: d'accord je désactive le compte", "C: merci"},
         "Thomas"},
        {{"A: support bonjour", "C: bonjour nadia est absente cette semaine et thomas nous a quittés",
          "A: je coupe le compte de thomas", "C: merci", "A: c'est fait"},
         "Thomas"},
        {{"A: support bonjour", "C: bonjour marc part en congé et julien part pour de bon",
          "A: très bien je désactive le compte de julien", "C: merci au revoir"},
         "Julien"},
        {{"A: support bonjour", "C: bonjour karim s'en va mais gardez son compte",
          "A: d'accord je n'y touche pas",
          "C: par contre supprimez celui de nadia elle ne travaille plus ici", "A: c'est fait", "C: merci"},
         "Nadia"},
        {{"A: support bonjour", "C: bonjour sophie grand et paul petit nous quittent à la fin du mois",
          "A: je coupe les deux comptes le trente", "C: parfait merci"},
         "Sophie Grand et de Paul Petit"},
        {{"A: support bonjour", "C: bonjour grace part en congé maternité", "A: on bloque son compte",
          "C: non non laissez le ouvert", "A: d'accord", "C: merci au revoir"},
         nullptr},
        {{"A: it support hello", "C: hi emma is on leave and tom has left us for good",
          "A: i'll disable the account of tom", "C: thanks"},
         "Tom",
         "en"},
        {{"A: support bonjour", "C: bonjour karim nous quitte vendredi", "A: je ferme son compte",
          "C: non attendez laissez le ouvert jusqu'à vendredi", "A: d'accord je le ferme vendredi",
          "C: merci"},
         "Karim"},
        {{"A: it support hello",
          "C: hi adam is leaving but keep the account open please delete the one of emma",
          "A: ok i'll delete it", "C: thanks"},
         "Emma",
         "en"},
        {{"A: it support hello", "C: dont block adam its emma whos leaving", "A: ill block emma",
          "C: thanks"},
         "Emma",
         "en"},
        {{"A: support bonjour", "C: bonjour julien part vendredi", "A: je coupe son compte et sa boite",
          "C: non laissez la boite ouverte", "A: d'accord", "C: merci"},
         "Julien"},
        {{"A: it support hello", "C: hi tom starts monday to replace maria who leaves friday",
          "A: ill disable maria on friday", "C: thanks"},
         "Maria",
         "en"},
    };
    for (const Away& row : rows) {
        SCOPED_TRACE(row.lines[1]);
        const auto analysis = analyse(talk(row.lines, row.language));
        const auto* cut = actionOf(analysis, "disable_account");
        ASSERT_EQ(cut != nullptr, row.cut != nullptr);
        if (!cut) continue;
        EXPECT_TRUE(holds(cut->text, row.cut)) << cut->text;
        for (const char* name : {"Nadia", "Thomas", "Marc", "Julien", "Karim", "Emma"})
            EXPECT_EQ(holds(cut->text, name), std::string{row.cut} == name) << cut->text;
    }
}

TEST(MoverAccounts, AreOfNobodyWhereTheCallLeavesItOpen) {
    const Row rows[] = {
        {"en", "Paul Baker and Julie Smith, one's leaving on Friday and the other is joining.",
         "I'll disable the account on Friday.", "", ""},
        {"en", "One of them is leaving, Paul Baker or Julie Smith, I'll let you know.",
         "I'll disable the account on Friday then.", "", ""},
        {"fr", "Paul Durand et Julie Petit, il y en a un qui part vendredi.",
         "Je désactive le compte vendredi.", "", ""},
        {"fr", "On a un départ vendredi. Julie Petit vous dira.", "Je désactive le compte vendredi.", "", ""},
        {"fr", "Julie Petit arrive lundi et il y a un départ vendredi.",
         "Je désactive le compte vendredi et je crée celui de Julie.", "", ""},
        {"en", "Julie Smith starts on Monday and somebody else leaves on Friday.",
         "I'll create Julie's account and disable the other one.", "", ""},
    };
    // The other account's cut is not heard: nothing says whose it is, and the turn makes one.
    const char* const kUnheard = "I'll create Julie's account and disable the other one.";
    for (const Row& row : rows)
        for (const Opening& opening : kOpenings) {
            if (opening.language != std::string{row.language}) continue;
            SCOPED_TRACE(std::string{opening.customer} + row.said);
            const auto analysis = analysisOf(opening, row);
            const auto* cut = actionOf(analysis, "disable_account");
            if (!cut) {
                EXPECT_STREQ(row.answer, kUnheard);
                continue;
            }
            for (const char* name : {"Paul", "Baker", "Durand", "Julie", "Smith", "Petit"})
                EXPECT_FALSE(holds(cut->text, name)) << cut->text;
        }
}

TEST(MoverAccounts, AreNotCutWhereASessionEnds) {
    const char* const french[] = {
        "Je vais fermer la session de votre côté et vous vous reconnectez.",
        "Je ferme la session et vous la rouvrez.",
        "Je déconnecte votre session, vous vous reconnectez.",
        "Vous pouvez fermer la session et redémarrer votre ordinateur.",
        "On va fermer la session de Claire et la rouvrir.",
        "Je coupe la session bureau à distance et vous réessayez.",
        "Je ferme toutes les sessions ouvertes sur le serveur.",
        "Je vais vous demander de fermer la session de redémarrer votre ordinateur.",
        "Je ferme les sessions restées ouvertes de ce poste.",
        "Il faut que je ferme la session de l'ancien utilisateur.",
        "Je termine votre session sur le serveur.",
        "Je vous déconnecte et vous revenez.",
        "Fermez la session puis rouvrez-la.",
        "Je vais couper votre session et vous vous reconnectez.",
        "Je ferme la session de Sage qui est restée ouverte.",
        "La session est fermée, reconnectez-vous.",
        "Je vais fermer la session fantôme.",
        "Je ferme votre session à distance dans une minute.",
        "On ferme la session, on attend dix secondes, on la rouvre.",
        "Je ferme sa session sur le poste de l'accueil et il se reconnecte.",
        "Je vais déconnecter toutes les sessions du serveur.",
    };
    const char* const english[] = {
        "I'll close your session on the server and you log back in.",
        "I'm going to close the session on my side, then sign in again.",
        "I'll sign you out and you sign back in.",
        "Please log off and log on again.",
        "I'll log your session off.",
        "I'm closing the remote session now.",
        "Let me close that session for you.",
        "I'll kill the stuck session and you reconnect.",
        "I'll close all the sessions on that server.",
        "I'm logging you out of everything, then you sign in again.",
        "I'll end the session of the old profile.",
        "You can close the session and restart.",
        "I've closed the session, try again.",
        "I'll disconnect your session and you come back in.",
        "I'm going to sign you out everywhere so it asks again.",
        "I'll cut the session and you reconnect.",
        "We close the session, wait, and open it again.",
        "I'll close her session at the front desk and she logs in again.",
        "I'm closing the session that hangs.",
        "I'll shut the session down from here.",
        "Just sign out and sign in again.",
    };
    const auto expectNoCut = [](const char* trouble, const char* said, const char* language) {
        const auto analysis =
            analyse(talk({language == std::string{"en"} ? "A: Support, hello." : "A: Support, bonjour.",
                          trouble, std::string{"A: "} + said},
                         language));
        EXPECT_EQ(actionOf(analysis, "disable_account"), nullptr) << trouble << ' ' << said;
    };
    for (const char* said : french)
        for (const char* trouble : {"C: Bonjour, Claire Fontaine. Outlook ne s'ouvre plus.",
                                    "C: Bonjour, je n'arrive plus à me connecter au VPN."})
            expectNoCut(trouble, said, "fr");
    for (const char* said : english)
        for (const char* trouble :
             {"C: Hi, Emma Clarke here. Outlook is stuck.", "C: Hi, my desktop is frozen."})
            expectNoCut(trouble, said, "en");
}

TEST(MoverAccounts, AreCutWithTheSessionsOfWhoLeaves) {
    const auto french =
        analyse(talk({"A: Support, bonjour.", "C: Bonjour, Paul Arnaud a été licencié ce matin.",
                      "A: Je ferme ses sessions tout de suite."}));
    EXPECT_NE(actionOf(french, "disable_account"), nullptr);
    const auto english = analyse(talk({"A: Support, hello.", "C: Hi, Paul Baker was fired this morning.",
                                       "A: I'm closing his sessions right now."},
                                      "en"));
    EXPECT_NE(actionOf(english, "disable_account"), nullptr);
}

}  // namespace
}  // namespace ninja3cx::analysis
