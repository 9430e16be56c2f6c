#include "server/analysis/summary/spoken.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* said;
    const char* written;
    bool isEnglish = false;
};
class Spoken : public testing::TestWithParam<Row> {};

TEST_P(Spoken, IsWrittenAsPeopleWrite) {
    Tokens tokens = tokensOf(GetParam().said);
    writeSpoken(tokens, GetParam().isEnglish);
    EXPECT_EQ(textOf(tokens), GetParam().written);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Spoken,
    testing::Values(
        // one subject
        Row{"l'onduleur il bipe", "l'onduleur bipe"},
        Row{"la Zebra elle sort des traits", "la Zebra sort des traits"},
        Row{"le réseau, il est lent", "le réseau est lent"},
        Row{"ce matin il est tombé", "ce matin, il est tombé"},
        Row{"un salarié il faut lui couper ses accès", "un salarié, il faut lui couper ses accès"},
        Row{"les macros il y a une barre rouge", "les macros, il y a une barre rouge"},
        // the denial
        Row{"elle imprime pas", "elle n'imprime pas"},
        Row{"le VPN se connecte pas", "le VPN ne se connecte pas"},
        Row{"y a plus rien dans le dossier", "il n'y a plus rien dans le dossier"},
        Row{"c'est pas l'imprimante", "ce n'est pas l'imprimante"}, Row{"j'ai pas reçu", "je n'ai pas reçu"},
        Row{"on n'a plus internet", "on n'a plus internet"},
        Row{"ça rame plus que hier", "ça rame plus que hier"}, Row{"c'est plus lent", "c'est plus lent"},
        Row{"ils affichent « pas de ligne »", "ils affichent « pas de ligne »"},
        // clause by clause
        Row{"mon Wi-Fi coupe il coupe toutes les minutes", "mon Wi-Fi coupe, il coupe toutes les minutes"},
        Row{"rien de prêt c'est pénible", "rien de prêt, c'est pénible"},
        Row{"elle bouge par à coups Excel met deux minutes",
            "elle bouge par à coups, Excel met deux minutes"},
        Row{"je crois que la box est morte", "je crois que la box est morte"},
        Row{"le logiciel de pointage des enfants met trois minutes",
            "le logiciel de pointage des enfants met trois minutes"},
        Row{"il a reçu un mail qui dit cela", "il a reçu un mail qui dit cela"},
        Row{"sa collègue Maud Le Floch arrive demain", "sa collègue Maud Le Floch arrive demain"},
        // what sounds alike
        Row{"il et mort depuis", "il est mort depuis"}, Row{"elle as disparu hier", "elle a disparu hier"},
        Row{"the battery has swollen it's bulging", "the battery has swollen, it's bulging", true},
        Row{"the printer it keeps jamming", "the printer keeps jamming", true},
        Row{"the link is down the phones are dead", "the link is down, the phones are dead", true},
        Row{"he is leaving on friday can you close his account",
            "he is leaving on friday, can you close his account", true},
        Row{"an email I don't like the look of", "an email I don't like the look of", true},
        Row{"I think the printer is dead", "I think the printer is dead", true}));

}  // namespace
}  // namespace ninja3cx::analysis
