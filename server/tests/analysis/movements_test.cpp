#include "server/analysis/movements/movements.hpp"

#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

std::vector<Movement> movementsOf(const std::vector<std::string>& lines, const std::string& language) {
    const protocol::AnalysisInput input = talk(lines, language);
    const Conversation conversation = readConversation(input);
    return movementsIn(conversation, findNames(conversation));
}

struct Row {
    const char* said;
    std::optional<Direction> direction;  // nothing: nobody moves
    const char* person = "";
    const char* language = "fr";
};

TEST(Movements, AreReadFromWhatIsSaidOfPeople) {
    using enum Direction;
    const Row rows[] = {
        {"Paul Arnaud a démissionné.", Leaves, "Paul Arnaud"},
        {"On a licencié Paul Arnaud ce matin.", Leaves, "Paul Arnaud"},
        {"on a viré bruno keller hier", Leaves, "Bruno Keller"},
        {"michel tournier il par à la retraite", Leaves, "Michel Tournier"},
        {"Le contrat de Paul Arnaud se termine vendredi.", Leaves, "Paul Arnaud"},
        {"Paul Arnaud ne fait plus partie de la société.", Leaves, "Paul Arnaud"},
        {"Madame Perrot nous quitte.", Leaves, "Mme Perrot"},
        {"Je prends ma retraite en juin.", Leaves, "Claire Fontaine"},
        {"Paul Arnaud est parti, il faut couper son compte.", Leaves, "Paul Arnaud"},
        {"Paul Arnaud est parti en congé, il faut couper son réveil.", std::nullopt},
        {"Paul Arnaud n'a pas démissionné.", std::nullopt},
        {"Mon portable est parti en réparation.", std::nullopt},
        {"Mon collègue est parti déjeuner.", std::nullopt},
        {"Je quitte le bureau à cinq heures.", std::nullopt},
        {"Le technicien arrive à quelle heure pour mon ordinateur ?", std::nullopt},
        {"Je n'arrive pas à ouvrir mon compte.", std::nullopt},
        {"Mon compte est désactivé.", std::nullopt},
        {"Paul Arnaud arrive lundi, il lui faut un compte.", Arrives, "Paul Arnaud"},
        {"Nous avons une nouvelle collègue, Julie Morel.", Arrives, "Julie Morel"},
        {"C'est Julie Morel qui prend sa place.", Arrives, "Julie Morel"},
        {"Paul Arnaud passe au service achats.", ChangesPost, "Paul Arnaud"},
        {"Je voudrais changer de poste, il est trop lent.", std::nullopt},
        {"Julie Morel revient de congé maternité lundi.", ComesBack, "Julie Morel"},
        {"Vous avez désactivé le compte de Julie Morel par erreur, elle ne part pas.", ComesBack,
         "Julie Morel"},
        {"On a réembauché Paul Arnaud, il était parti de la société en mai.", ComesBack, "Paul Arnaud"},
        {"Martin Shaw is leaving us in May.", Leaves, "Martin Shaw", "en"},
        {"We've just let Martin Shaw go.", Leaves, "Martin Shaw", "en"},
        {"Martin Shaw's contract ends on Friday.", Leaves, "Martin Shaw", "en"},
        {"Martin Shaw left his laptop on the train.", std::nullopt, "", "en"},
        {"My colleague leaves the screen on all night.", std::nullopt, "", "en"},
        {"The PC starts but the account does not open.", std::nullopt, "", "en"},
        {"Our new apprentice is Jack Martin.", Arrives, "Jack Martin", "en"},
        {"I need a replacement laptop.", std::nullopt, "", "en"},
        {"Martin Shaw is moving to the finance team.", ChangesPost, "Martin Shaw", "en"},
        {"Martin Shaw is coming back from sick leave.", ComesBack, "Martin Shaw", "en"},
    };
    for (const Row& row : rows) {
        const bool isEnglish = row.language == std::string{"en"};
        const auto movements = movementsOf(
            {isEnglish ? "A: Support, hello." : "A: Support, bonjour.",
             isEnglish ? "C: Hi, it's Claire Fontaine." : "C: Bonjour, Claire Fontaine à l'appareil.",
             std::string{"C: "} + row.said},
            row.language);
        ASSERT_EQ(movements.size(), row.direction ? 1U : 0U) << row.said;
        if (!row.direction) continue;
        EXPECT_EQ(movements[0].direction, *row.direction) << row.said;
        EXPECT_EQ(movements[0].person, row.person) << row.said;
        EXPECT_EQ(movements[0].grounds.turns, std::vector<std::int32_t>{2}) << row.said;
    }
}

TEST(Movements, TakeTheNameFromTheAnswer) {
    const auto movements = movementsOf(
        {"A: Support, bonjour.", "C: Bonjour, Fatima Zeroual. J'ai un départ à déclarer.", "A: Qui part ?",
         "C: Odile Renaud, le vingt-huit.", "A: Je désactive son compte le vingt-huit."},
        "fr");
    ASSERT_EQ(movements.size(), 1U);
    EXPECT_EQ(movements[0].direction, Direction::Leaves);
    EXPECT_EQ(movements[0].person, "Odile Renaud");
}

TEST(Movements, KnowBothWhereSomebodyIsReplaced) {
    const auto movements = movementsOf(
        {"C: Bonjour, Laurence Piquet. Yves Tanguy part à la retraite et Nora Belaid le remplace."}, "fr");
    ASSERT_EQ(movements.size(), 2U);
    EXPECT_EQ(movementTo(Direction::Leaves, movements)->person, "Yves Tanguy");
    EXPECT_EQ(movementTo(Direction::Arrives, movements)->person, "Nora Belaid");
}

// -- whole calls

struct Call {
    std::string name;
    std::string language;
    std::string cut;      // yes, no, any
    std::string account;  // the same
    std::string subject;
    std::vector<std::string> lines;
};

std::vector<Call> calls() {
    std::vector<Call> all;
    std::istringstream text{readFile("server/tests/analysis/movement_calls.txt")};
    const auto trimmed = [](const std::string& part) {
        const std::size_t first = part.find_first_not_of(' ');
        return part.substr(first, part.find_last_not_of(' ') + 1 - first);
    };
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("@ ")) {
            std::istringstream head{line.substr(2)};
            Call call;
            for (std::string* part : {&call.name, &call.language, &call.cut, &call.account, &call.subject}) {
                std::getline(head, *part, '|');
                *part = trimmed(*part);
            }
            all.push_back(std::move(call));
        } else if (!line.empty() && line[0] != '#') {
            all.back().lines.push_back(line);
        }
    }
    return all;
}

TEST(MovementCalls, DecideAccountsAndSubject) {
    for (const Call& call : calls()) {
        SCOPED_TRACE(call.name);
        const protocol::Analysis analysis = analyse(talk(call.lines, call.language));
        const auto expectKind = [&](const char* kind, const std::string& wanted) {
            const bool isThere = std::ranges::find(analysis.actions, kind, &protocol::AnalysisAction::kind) !=
                                 analysis.actions.end();
            if (wanted != "any") {
                EXPECT_EQ(isThere, wanted == "yes") << kind;
            }
        };
        expectKind("disable_account", call.cut);
        expectKind("create_account", call.account);
        const bool isThis = !call.subject.starts_with('!');
        EXPECT_EQ(isThis ? analysis.subject.starts_with(call.subject)
                         : analysis.subject.find(call.subject.substr(1)) != std::string::npos,
                  isThis)
            << analysis.subject;
    }
}

// -- what is told of them

const protocol::Evidence* evidenceOn(const protocol::Analysis& analysis, const std::string& field) {
    const auto found = std::ranges::find(analysis.evidence, field, &protocol::Evidence::field);
    return found == analysis.evidence.end() ? nullptr : &*found;
}

TEST(MovementCalls, TellBothOfAReplacement) {
    const auto analysis = analyse(talk({"A: Support, bonjour.",
                                        "C: Bonjour, Stéphanie Louvel. Départ de madame Claudine Perrot "
                                        "vendredi, elle est remplacée par Julie "
                                        "Morel à partir de lundi.",
                                        "A: Je ferme le compte de madame Perrot vendredi soir et je crée "
                                        "celui de Julie Morel pour lundi."}));
    EXPECT_NE(analysis.summary.find("Claudine Perrot"), std::string::npos) << analysis.summary;
    EXPECT_NE(analysis.summary.find("Julie Morel"), std::string::npos) << analysis.summary;
}

TEST(MovementCalls, NameWhoseAccountIsCut) {
    const auto analysis =
        analyse(talk({"A: Support, bonjour.",
                      "C: Bonjour, Anne Riou. Lucas Martel a fini son stage, vous pouvez supprimer son "
                      "compte ?",
                      "A: Je m'en occupe ce soir."}));
    const auto cut = std::ranges::find(analysis.actions, "disable_account", &protocol::AnalysisAction::kind);
    ASSERT_NE(cut, analysis.actions.end());
    EXPECT_EQ(cut->text, "Désactiver le compte de Lucas Martel");
    EXPECT_EQ(cut->status, "todo");
    ASSERT_NE(evidenceOn(analysis, "actions.disable_account"), nullptr);
    EXPECT_NE(evidenceOn(analysis, "actions.disable_account")->confidence, protocol::Confidence::Unsure);
}

TEST(MovementCalls, AreOpenWithoutATrouble) {
    const auto analysis =
        analyse(talk({"C: Bonjour, c'est pour un mouvement de personnel chez nous.", "A: Je note."}));
    EXPECT_EQ(analysis.subject.find("problème signalé"), std::string::npos) << analysis.subject;
}

}  // namespace
}  // namespace ninja3cx::analysis
