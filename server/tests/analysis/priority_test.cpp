#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Priority;

protocol::Priority of(const std::vector<std::string>& lines, const std::string& language = "fr") {
    return analyse(talk(lines, language)).priority;
}

TEST(Priority, IsImpactTimesUrgency) {
    EXPECT_EQ(of({"C: je n'arrive plus à me connecter au vpn"}), Medium);
    EXPECT_EQ(of({"C: le toner est presque vide c'est pas urgent"}), Low);
    EXPECT_EQ(of({"C: le serveur est en panne, tout le bureau ne peut plus travailler"}), High);
    EXPECT_EQ(of({"C: plus de vpn, on est douze et les clients attendent au comptoir"}), High);
    EXPECT_EQ(
        of({"A: Support, hello.",
            "C: Hello, the printer at the counter won't print and my team can't work, customers are waiting.",
            "A: Is it one printer or both?", "C: Both. There's a queue out of the door.",
            "A: I'll escalate it to the print team right now."},
           "en"),
        High);
}

TEST(Priority, SecurityHasItsOwnRules) {
    EXPECT_EQ(of({"C: c'est du phishing, j'ai cliqué et j'ai mis mon mot de passe"}), High);
    EXPECT_EQ(
        of({"C: j'ai reçu un phishing", "A: vous avez cliqué", "C: non je n'ai pas cliqué et pas ouvert"}),
        Low);
    EXPECT_EQ(of({"A: Support, bonjour.", "C: Bonjour, l'antivirus a trouvé un virus sur mon poste.",
                  "A: Je regarde la console. Il est en quarantaine.", "C: C'est grave ?",
                  "A: Non, il a été bloqué, je lance une analyse."}),
              Medium);
    EXPECT_EQ(of({"C: my laptop was stolen from the car"}, "en"), High);
}

TEST(Priority, ArrivalsDependOnTheDay) {
    EXPECT_EQ(of({"C: une nouvelle collègue commence lundi"}), Medium);
    EXPECT_EQ(of({"C: un nouveau salarié arrive dans deux mois"}), Low);
    EXPECT_EQ(of({"C: il quitte la société coupez ses accès immédiatement"}), High);
}

TEST(Priority, ToneChangesNothing) {
    EXPECT_EQ(of({"C: c'est scandaleux inadmissible, mon imprimante ne marche plus"}), Medium);
    EXPECT_EQ(of({"C: je voudrais un devis pour une licence, c'est honteux d'attendre"}), Low);
}

TEST(Priority, WrongNumbersAreLow) {
    EXPECT_EQ(of({"C: je me suis trompé de numéro, tout le monde est bloqué"}), Low);
}

}  // namespace
}  // namespace ninja3cx::analysis
