#include "server/analysis/conclusions/password_given.hpp"

#include "server/analysis/conclusions/second_problem.hpp"
#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;

/// The turn in which it is said; -1: none.
int turnOf(const std::vector<std::string>& lines) {
    const auto input = talk(lines, "");
    const Conversation told = readConversation(input);
    const Line* line = passwordGiven(told);
    return line ? line->turn : -1;
}

TEST(PasswordGiven, IsHeardWhereItWasGivenAway) {
    for (const char* said : {
             "C: j'ai cliqué et j'ai tapé mon mot de passe",
             "C: j'ai donné mon mot de passe à quelqu'un",
             "C: je crois que j'ai donner mon mot de passe sur un faux site",
             "C: J'ai saisi mon identifiant et mon mot de passe, et puis plus rien.",
             "C: alors j'ai mis l'adresse de la boîte et le mot de passe",
             "C: ma collègue a entré son mot de passe sur la page",
             "C: on leur a communiqué nos identifiants",
             "C: J'ai bêtement rentré mon mot de passe Office.",
             "C: nous avons tapé le mot de passe de la compta",
             "C: il m'a demandé mon mot de passe, je l'ai mis",
             "C: il voulait mon adresse et mon mot de passe pour l'étiquette je l'ai mis oui",
             "C: Elle demandait le mot de passe. Je lui ai donné.",
             "C: donc quelqu'un a mon mot de passe",
             "C: je me suis fait voler, enfin ils m'ont volé mon mot de passe",
             "C: mon mot de passe est écrit sur un carton dans la pochette",
             "C: I entered my password and nothing came",
             "C: I gave him my password",
             "C: i clicked a link and typed my password in",
             "C: I put in my email and my password, and the number on the phone.",
             "C: i've gone and put my password in a page",
             "C: she has given her office password to a caller",
             "C: it wanted my password so I typed it in",
             "C: they asked for the password and I gave them it",
             "C: I think they've got my password",
             "C: my password was stolen",
         })
        EXPECT_EQ(turnOf({said}), 0) << said;
}

TEST(PasswordGiven, IsHeardInAnAnswer) {
    EXPECT_EQ(turnOf({"A: Vous avez tapé votre mot de passe ?", "C: Oui, malheureusement."}), 1);
    EXPECT_EQ(turnOf({"A: et vous avez rempli quoi", "C: ben le mail le mot de passe et la carte"}), 1);
    EXPECT_EQ(turnOf({"A: Il vous a demandé quelque chose ?", "C: Le mot de passe, oui."}), 1);
    EXPECT_EQ(turnOf({"A: did you enter your password?", "C: yes I did"}), 1);
    EXPECT_EQ(turnOf({"A: Vous avez tapé votre mot de passe ?", "C: Non, rien du tout."}), -1);
    EXPECT_EQ(turnOf({"A: did you enter your password?", "C: no I didn't"}), -1);
    EXPECT_EQ(turnOf({"A: C'est bien votre poste ?", "C: Oui."}), -1);
}

TEST(PasswordGiven, IsNoneWhereItIsOnlyMentioned) {
    for (const char* said : {
             "C: il me demande mon mot de passe toutes les cinq minutes",
             "C: j'ai pas donné mon mot de passe",
             "C: je n'ai jamais tapé mon mot de passe sur cette page",
             "C: J'ai fermé sans avoir saisi mon mot de passe.",
             "C: j'ai failli donner mon mot de passe",
             "C: j'ai donné mon adresse mais pas mon mot de passe",
             "C: donc il n'a pas besoin de changer son mot de passe ?",
             "C: je dois changer mon mot de passe ?",
             "C: j'ai changé mon mot de passe hier",
             "C: j'ai mis un nouveau mot de passe",
             "C: j'ai mis à jour mon mot de passe",
             "C: votre collègue m'a donné un mot de passe provisoire",
             "C: j'ai reçu un mail de changement de mot de passe, j'ai pas cliqué",
             "C: j'ai envoyé une demande de mot de passe",
             "C: si j'ai donné mon mot de passe vous le verriez ?",
             "A: j'ai tapé mon mot de passe",
             "C: should I change my password",
             "C: I got a text saying my password expires tonight",
             "C: I didn't enter my password",
             "C: I never gave anyone my password",
             "C: I closed it before I typed my password",
             "C: it asked me to put my password in",
             "C: you gave me a new password last week",
             "C: I told them I forgot my password",
             "C: I gave my name but not my password",
             "C: my password is refused since noon",
         })
        EXPECT_EQ(turnOf({said}), -1) << said;
}

TEST(PasswordGiven, IsASecondCategoryOfAnIncident) {
    const auto second = [](const std::vector<std::string>& lines) {
        const auto input = talk(lines);
        const Conversation told = readConversation(input);
        return secondProblem(CallReading{told, builtInModel()}, SecurityIncident, InformationRequest);
    };
    const auto given = second({"A: Support.", "C: J'ai eu un faux mail et j'ai tapé mon mot de passe."});
    ASSERT_TRUE(given);
    EXPECT_EQ(given->category, AccountPassword);
    EXPECT_EQ(given->turn, 1);
    EXPECT_EQ(given->confidence, protocol::Confidence::Likely);
    EXPECT_FALSE(second({"A: Support.", "C: J'ai eu un faux mail qui demande mon mot de passe.",
                         "A: Ne cliquez pas.", "C: Je l'ai supprimé."}));
}

}  // namespace
}  // namespace ninja3cx::analysis
