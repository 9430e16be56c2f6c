#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

auto of(const std::vector<std::string>& lines, const std::string& language = "fr") {
    return analyse(talk(lines, language)).entities;
}

TEST(Entities, PeopleAndCompaniesAreTakenFromIntroductions) {
    auto entities = of({"A: Service informatique bonjour, c'est Sophie à l'appareil.",
                        "C: Bonjour, Paul Girard de la société Garage Dumas."});
    EXPECT_THAT(entities["person"], ElementsAre("Sophie", "Paul Girard"));
    EXPECT_THAT(entities["company"], ElementsAre("Garage Dumas"));
    entities = of({"A: support bonjour", "C: bonjour thierry lambert cabinet morel on n'a plus de réseau"});
    EXPECT_THAT(entities["person"], ElementsAre("Thierry Lambert"));
    EXPECT_THAT(entities["company"], ElementsAre("Cabinet Morel"));
    entities = of(
        {"A: Hello, Nathan speaking.", "C: Hi Nathan, Beatrix Holm at Wrenfield Dental. My laptop is slow."},
        "en");
    EXPECT_THAT(entities["person"], ElementsAre("Nathan", "Beatrix Holm"));
    EXPECT_THAT(entities["company"], ElementsAre("Wrenfield Dental"));
}

TEST(Entities, PhonesAreReadInDigitsAndWords) {
    EXPECT_THAT(of({"C: c'est le 06 24 51 33 18"})["phone"], ElementsAre("06 24 51 33 18"));
    EXPECT_THAT(of({"C: zéro cinq trente-six quarante-neuf zéro sept douze"})["phone"],
                ElementsAre("05 36 49 07 12"));
    EXPECT_THAT(of({"C: le numéro de série est le 35 62 18"})["phone"], IsEmpty());
}

TEST(Entities, MailsAreReadWrittenAndSpelled) {
    EXPECT_THAT(of({"C: écrivez à paul.girard@garage-dumas.fr merci"})["email"],
                ElementsAre("paul.girard@garage-dumas.fr"));
    EXPECT_THAT(
        of({"C: K point Belhadj, B, E, L, H, A, D, J, arobase menuiseries tiret rosier, point fr."})["email"],
        ElementsAre("k.belhadj@menuiseries-rosier.fr"));
    EXPECT_THAT(of({"A: so siobhan dot keeley at wrenfield dash dental dot co dot uk"}, "en")["email"],
                ElementsAre("siobhan.keeley@wrenfield-dental.co.uk"));
    EXPECT_THAT(of({"C: I'll be at the office at five dot"}, "en")["email"], IsEmpty());
}

TEST(Entities, ProductsErrorsAndTicketsAreNamed) {
    auto entities = of({"C: out look plante avec l'erreur 0x80070005 sur mon Dell Latitude 5440",
                        "A: le ticket porte le numéro 42 17"});
    EXPECT_THAT(entities["software"], ElementsAre("Outlook"));
    EXPECT_THAT(entities["device"], ElementsAre("Dell Latitude 5440"));
    EXPECT_THAT(entities["error_code"], Contains("0x80070005"));
    EXPECT_THAT(entities["ticket_number"], ElementsAre("4217"));
}

}  // namespace
}  // namespace ninja3cx::analysis
