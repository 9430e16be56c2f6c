#include "server/analysis/entities/denied_name.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Row {
    std::string language;
    std::string asked;
    std::string answered;
    std::string caller;  // as the summary has him
    std::string denied;  // empty: nobody
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.asked << " - " << row.answered;
}

class DeniedNames : public testing::TestWithParam<Row> {};
TEST_P(DeniedNames, AreNotTheCallers) {
    const Row& row = GetParam();
    const bool isEnglish = row.language == "en";
    // As the recogniser wrote the answer.
    const bool isCased = std::ranges::any_of(row.answered, [](char c) { return c >= 'A' && c <= 'Z'; });
    const std::string matter = isEnglish
                                   ? (isCased ? " The printer is broken." : " the printer is broken")
                                   : (isCased ? " L'imprimante est en panne." : " l'imprimante est en panne");
    const protocol::Analysis analysis =
        analyse(talk({"A: " + row.asked, "C: " + row.answered + matter,
                      isEnglish ? "A: I'll have a look and call you back tomorrow."
                                : "A: Je regarde et je vous rappelle demain.",
                      isEnglish ? "C: Thanks." : "C: Merci."},
                     row.language));
    std::string told = analysis.summary;
    for (const protocol::AnalysisAction& action : analysis.actions) told += " " + action.text;
    EXPECT_THAT(analysis.summary, HasSubstr(row.caller));
    if (!row.denied.empty()) {
        EXPECT_THAT(told, Not(HasSubstr(row.denied)));
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, DeniedNames,
    testing::Values(
        Row{"fr", "Support bonjour. C'est monsieur Peltier ?", "Non, Bruno, le chef d'atelier.", "Bruno",
            "Peltier"},
        Row{"fr", "support bonjour c'est monsieur peltier", "non c'est bruno le chef d'atelier", "Bruno",
            "Peltier"},
        Row{"fr", "Support bonjour, vous êtes madame Roux ?", "Ah non, moi c'est Inès Bertin.", "Inès Bertin",
            "Roux"},
        Row{"fr", "Bonjour, Monsieur Lenoir ?", "Non, je suis sa collègue, Claire Vidal.", "Claire Vidal",
            "Lenoir"},
        Row{"fr", "Support, bonjour. C'est bien madame Petit à l'appareil ?", "Non, c'est sa secrétaire.",
            "Le client", "Petit"},
        Row{"fr", "Vous êtes monsieur Faure, c'est ça ?", "Non pas du tout, Karim Benali.", "Karim Benali",
            "Faure"},
        Row{"en", "Service desk. Is that Karen?", "No, it's Sally from accounts.", "Sally", "Karen"},
        Row{"en", "service desk is that mr pell", "no its dave hirst from the workshop", "Dave Hirst",
            "Pell"},
        Row{"en", "Service desk, am I speaking to Tom Reed?", "No, this is Raj Mehta, Tom's off today.",
            "Raj Mehta", "Tom"},
        Row{"en", "Hello, Mrs Ward?", "No, I'm her assistant, Nina Patel.", "Nina Patel", "Ward"},
        Row{"fr", "Support bonjour. Vous avez redémarré, monsieur Peltier ?", "Non, pas encore.", "Peltier",
            ""},
        Row{"fr", "Support bonjour. C'est monsieur Peltier ?", "Oui, bonjour.", "Peltier", ""},
        Row{"fr", "Bonjour, c'est madame Garnier ?", "Euh non, Thomas Weber, du magasin.", "Thomas Weber",
            "Garnier"},
        Row{"fr", "bonjour vous etes bien monsieur colin", "ah non pas du tout je m'appelle fabien masson",
            "Fabien Masson", "Colin"},
        Row{"fr", "Support, je parle à monsieur Dupuis ?", "Non, c'est Odile, de l'accueil.", "Odile",
            "Dupuis"},
        Row{"fr", "C'est Sandrine ?", "Non, Martine.", "Martine", "Sandrine"},
        Row{"fr", "Support bonjour, c'est vous monsieur Blanc ?",
            "Non non, lui il est en congé, ici Julien Morel.", "Julien Morel", "Blanc"},
        Row{"fr", "Oui bonjour monsieur Roussel ?", "Ah non désolé, je suis son remplaçant, Yann Le Goff.",
            "Yann Le Goff", "Roussel"},
        Row{"fr", "Support. Madame Aubert ?", "Je suis pas madame Aubert, c'est Lucie Renard.",
            "Lucie Renard", "Aubert"},
        Row{"en", "Service desk, is this Janet Moss?", "Nope, Colin Boyd.", "Colin Boyd", "Janet"},
        Row{"en", "service desk is that george", "no sorry its helen from reception", "Helen", "George"},
        Row{"en", "Service desk. Speaking to Mr Keane?", "Not quite, I'm Ross Doyle.", "Ross Doyle", "Keane"},
        Row{"en", "Hi, that's Priya, is it?", "No, it's Amit.", "Amit", "Priya"},
        Row{"en", "Service desk. Are you Mrs Frost?", "No, I'm Donna.", "Donna", "Frost"},
        Row{"fr", "Support. Monsieur Perrin, vous êtes devant le poste ?", "Non, je suis en déplacement.",
            "Perrin", ""}));

TEST(DeniedNames, TheTitleOfAnotherIsNoneOfTheCaller) {
    const protocol::Analysis analysis =
        analyse(talk({"A: Support bonjour. C'est monsieur Peltier ?", "C: Non, Claire, de l'atelier.",
                      "A: Je vous écoute.", "C: L'imprimante est en panne, j'en ai marre.",
                      "A: Je vous rappelle demain.", "C: Merci."}));
    EXPECT_THAT(analysis.summary, HasSubstr("la cliente"));
}

}  // namespace
}  // namespace ninja3cx::analysis
