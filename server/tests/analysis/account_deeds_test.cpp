#include "server/analysis/actions/account_deeds.hpp"

#include "server/analysis/actions/settle_deeds.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

TEST(Cuts, AreOfASessionWhereNothingElseIsCut) {
    struct Row {
        const char* said;
        bool isOfSession;
        const char* language = "fr";
    };
    const Row rows[] = {
        {"Je ferme votre session et je bloque votre compte.", false},
        {"Je bloque votre compte et je ferme votre session.", false},
        {"Je coupe toutes les sessions ouvertes et je désactive son accès.", false},
        {"J'ai fermé ses sessions, son VPN est coupé.", false},
        {"Je ferme votre session et vous vous reconnectez à votre compte.", true},
        {"Je ferme la session qui est bloquée.", true},
        {"Je ferme votre session bloquée sur le serveur et vous revenez.", true},
        {"Je ferme votre session et je ne bloque pas le compte.", true},
        {"Je ferme les sessions, le compte reste ouvert.", true},
        {"I've closed all your sessions and disabled the account.", false, "en"},
        {"I'm closing your session and blocking your access.", false, "en"},
        {"I'll close your session and you sign in to your account again.", true, "en"},
        {"I'll kill the session that's locked.", true, "en"},
        {"I'll close the session, I won't disable the account.", true, "en"},
    };
    for (const Row& row : rows) {
        const auto input = talk({std::string{"A: "} + row.said}, row.language);
        const auto cut = cutIn(readConversation(input).lines[0]);
        ASSERT_TRUE(cut) << row.said;
        EXPECT_EQ(cut->isOfSession, row.isOfSession) << row.said;
    }
}

TEST(Cuts, ThatTheModelHeardStayUnlessTheyOnlyEndASession) {
    using protocol::Category;
    struct Row {
        const char* said;
        Category category;
        bool stays;
        const char* language = "fr";
    };
    const Row rows[] = {
        {"Je ferme votre session et je bloque votre compte.", Category::AccountPassword, true},
        {"Je coupe toutes les sessions ouvertes et je bloque le compte.", Category::AccountPassword, true},
        {"Je ferme votre session et vous vous reconnectez.", Category::AccountPassword, false},
        {"Je ferme toutes les sessions ouvertes sur le serveur.", Category::ServerInfrastructure, false},
        {"Je ferme toutes vos sessions.", Category::SecurityIncident, true},
        {"Je vous déconnecte de partout.", Category::SecurityIncident, true},
        {"I'm signing you out of every device now.", Category::SecurityIncident, true, "en"},
        {"I'm signing you out of every device now.", Category::Email, false, "en"},
        {"I've signed you out and blocked the account.", Category::Email, true, "en"},
        {"I'll sign you out and you sign back in.", Category::Email, false, "en"},
    };
    for (const Row& row : rows) {
        const auto input = talk({"C: Bonjour.", std::string{"A: "} + row.said}, row.language);
        const Conversation conversation = readConversation(input);
        const CallReading reading{conversation, builtInModel()};
        FoundAction heard;
        heard.action.kind = "disable_account";
        heard.action.status = "done";
        heard.confidence = protocol::Confidence::Likely;
        heard.turns = {1};
        std::vector<FoundAction> found{heard};
        CategoryFinding category;
        category.main.value = row.category;
        settleDeeds(found, reading, {}, {}, category);
        EXPECT_EQ(!found.empty(), row.stays) << row.said;
    }
}

TEST(AccountDeeds, AreSaidBesideTheEndOfASession) {
    const char* const said[] = {"Je ferme sa session et je bloque le compte de Paul.",
                                "Je ferme toutes ses sessions et je désactive ses accès."};
    for (const char* words : said) {
        const auto input = talk({"C: Il faut couper les accès de Paul.", std::string{"A: "} + words});
        const auto deeds = accountDeedsIn(readConversation(input), {});
        const auto isCut = [](const AccountDeed& deed) { return deed.what == AccountDeed::What::Cut; };
        EXPECT_EQ(std::ranges::count_if(deeds, isCut), 1) << words;
    }
    const auto input = talk({"C: Outlook est bloqué.", "A: Je ferme sa session et il se reconnecte."});
    EXPECT_TRUE(accountDeedsIn(readConversation(input), {}).empty());
}

TEST(AccountDeeds, AreDoneWhereTheyAreToldAsDone) {
    struct Row {
        const char* said;
        bool isDone;
        const char* language = "fr";
    };
    const Row rows[] = {
        {"J'ai désactivé Paul et préparé Julie.", true},
        {"On a désactivé Paul et préparé Julie.", true},
        {"Je désactive Paul et je prépare Julie, voilà, c'est fait.", true},
        {"Je désactive Paul et je prépare Julie.", false},
        {"Je vais désactiver Paul et préparer Julie.", false},
        {"I've disabled Paul and set up Julie.", true, "en"},
        {"I've just disabled Paul and set Julie up.", true, "en"},
        {"We have disabled Paul and created Julie.", true, "en"},
        {"I have to disable Paul and set up Julie.", false, "en"},
        {"I'll disable Paul and set up Julie.", false, "en"},
    };
    const std::vector<Movement> movements{{Direction::Leaves, "Paul Durand", {}},
                                          {Direction::Arrives, "Julie Petit", {}}};
    for (const Row& row : rows) {
        const auto input = talk({std::string{"A: "} + row.said}, row.language);
        const auto deeds = accountDeedsIn(readConversation(input), movements);
        std::size_t byName = 0;
        for (const AccountDeed& deed : deeds) {
            if (!deed.isByName) continue;
            ++byName;
            EXPECT_EQ(deed.isDone, row.isDone) << row.said << ' ' << deed.kind;
        }
        EXPECT_EQ(byName, 2U) << row.said;
    }
    const auto input = talk({"A: I've disabled Paul and I'll set up Julie."}, "en");
    for (const AccountDeed& deed : accountDeedsIn(readConversation(input), movements))
        EXPECT_EQ(deed.isDone, deed.what == AccountDeed::What::Cut) << deed.cue;
}

TEST(AccountDeeds, AreOfThePersonWhomTheTurnMeans) {
    const std::vector<std::string> both{"Julie Petit", "Paul Durand"};
    struct Row {
        const char* said;
        const char* person;
        std::vector<std::string> people;
        const char* language = "fr";
    };
    const Row rows[] = {
        {"Un petit instant, je coupe le compte de Paul.", "Paul Durand", both},
        {"Je coupe le compte de Julie et celui de Paul.", "Julie Petit", both},
        {"Je coupe le compte de Paul et celui de Julie.", "Paul Durand", both},
        {"Pour Julie c'est fait, je coupe le compte de Paul.", "Paul Durand", both},
        {"Paul, je coupe son compte tout de suite.", "Paul Durand", both},
        {"Je coupe le compte de madame Petit.", "Julie Petit", both},
        {"Petit souci, je coupe le compte de Durand.", "Paul Durand", both},
        {"Je coupe le compte dans un petit moment.", "", both},
        {"Je coupe le compte vendredi.", "", both},
        {"Je coupe le compte de Martin.", "", {"Paul Martin", "Julie Martin"}},
        {"Je coupe le compte de Julie Martin.", "Julie Martin", {"Paul Martin", "Julie Martin"}},
        {"Je coupe le compte de Le Goff.", "Yann Le Goff", {"Paul Durand", "Yann Le Goff"}},
        {"Je coupe le compte de Roy.", "Mme Roy", {"Paul Durand", "Mme Roy"}},
        {"Paul's account is disabled and Julie's stays.", "Paul Durand", both, "en"},
        {"Julie stays, Paul's account is disabled.", "Paul Durand", both, "en"},
        {"I'll disable Julie's account first.", "Julie Petit", both, "en"},
        {"I'll cut the account of the baker shop.", "", {"Tom Baker", "Emma Clarke"}, "en"},
        {"A long call, I'll disable Emma's account.", "Emma Clarke", {"Tom Long", "Emma Clarke"}, "en"},
    };
    for (const Row& row : rows) {
        const auto input = talk({std::string{"A: "} + row.said}, row.language);
        const Conversation conversation = readConversation(input);
        const Line& line = conversation.lines[0];
        EXPECT_EQ(personMeant(line, cutIn(line), row.people), row.person) << row.said;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
