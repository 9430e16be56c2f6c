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

}  // namespace
}  // namespace ninja3cx::analysis
