#include "server/analysis/summary/clause_lead.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* said;
    const char* matter;
    bool isEnglish = false;
};
class Lead : public testing::TestWithParam<Row> {};

TEST_P(Lead, StopsWhereTheMatterBegins) {
    Tokens tokens = tokensOf(GetParam().said);
    erase(tokens, 0, leadLength(tokens, GetParam().isEnglish));
    EXPECT_EQ(textOf(tokens), GetParam().matter);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Lead,
    testing::Values(
        Row{"None", "le serveur est tombé", "le serveur est tombé"},
        Row{"Several", "oui alors en fait le serveur est tombé", "le serveur est tombé"},
        Row{"WeAsSubject", "nous avons un souci", "nous avons un souci"},
        Row{"WeSaidTwice", "nous, nous avons un souci", "nous avons un souci"},
        Row{"WeOurselves", "nous nous sommes trompés", "nous nous sommes trompés"},
        Row{"MeSaidTwice", "moi je ne vois rien", "je ne vois rien"},
        Row{"Article", "la box clignote", "la box clignote"},
        Row{"There", "là plus rien ne marche", "plus rien ne marche"},
        Row{"ThatIs", "ça c'est l'imprimante", "c'est l'imprimante"},
        Row{"ThatWorks", "ça ne marche pas", "ça ne marche pas"},
        Row{"NeitherOne", "non plus rien", "non plus rien"},
        Row{"English", "yeah so the thing is the server is down", "the server is down", true},
        Row{"EnglishDenial", "no internet since nine", "no internet since nine", true},
        Row{"SecondOfTwo", "la deuxième c'est que le scan bloque", "le scan bloque"},
        Row{"SecondOfTwoElided", "la deuxième c'est qu'on a plus de toner", "on a plus de toner"},
        Row{"EnglishOhAnd", "that's it thanks oh and the scanner is stuck", "the scanner is stuck", true},
        Row{"EncoreMoi", "encore moi, l'écran est noir", "l'écran est noir"},
        Row{"EncoreMoiUnwritten", "encore moi mon écran est noir", "mon écran est noir"},
        Row{"EncoreMoiBecause", "c'est encore moi parce que l'écran est noir", "l'écran est noir"},
        Row{"Sorry", "désolé de vous déranger, mon écran est noir", "mon écran est noir"},
        Row{"SorryUnwritten", "désolée de vous embêter j'ai plus internet", "j'ai plus internet"},
        Row{"Excuse", "excusez-moi de vous déranger, l'écran est noir", "l'écran est noir"},
        Row{"AlwaysTheSame", "toujours le même problème, l'écran est noir", "l'écran est noir"},
        Row{"AlwaysTheSameWith", "toujours le même problème avec l'écran", "problème avec l'écran"},
        Row{"Again", "ça recommence, l'écran est noir", "l'écran est noir"},
        Row{"AgainTo", "ça recommence à planter", "ça recommence à planter"},
        Row{"TellYou", "c'est pour vous dire que l'écran est noir", "l'écran est noir"},
        Row{"TellYouElided", "je voulais vous dire qu'on a plus de toner", "on a plus de toner"},
        Row{"CallToTell", "je vous appelle pour vous dire que l'écran est noir", "l'écran est noir"},
        Row{"Permit", "je me permets de vous appeler parce que l'écran est noir", "l'écran est noir"},
        Row{"PermitFor", "je me permets de vous appeler pour l'écran",
            "je me permets de vous appeler pour l'écran"},
        Row{"SentToYou", "on m'a dit de vous appeler, l'écran est noir", "l'écran est noir"},
        Row{"SentToYouFor", "on m'a dit de vous appeler pour l'écran",
            "on m'a dit de vous appeler pour l'écran"},
        Row{"Impression", "j'ai l'impression que l'écran est mort", "l'écran est mort"},
        Row{"NoIdea", "je ne sais pas ce qui se passe, l'écran est noir", "l'écran est noir"},
        Row{"NoIdeaWith", "je ne sais pas ce qui se passe avec l'écran",
            "je ne sais pas ce qui se passe avec l'écran"},
        Row{"HowTo", "comment faire, l'écran est noir", "l'écran est noir"},
        Row{"HowToSort", "comment faire le tri", "comment faire le tri"},
        Row{"HelpMe", "pouvez-vous m'aider, l'écran est noir", "l'écran est noir"},
        Row{"HelpMeTo", "pouvez-vous m'aider à imprimer", "pouvez-vous m'aider à imprimer"},
        Row{"Trouble", "voilà mon souci, l'écran est noir", "l'écran est noir"},
        Row{"ATrouble", "j'ai un souci, l'écran est noir", "l'écran est noir"},
        Row{"ATroubleOf", "j'ai un souci d'écran", "j'ai un souci d'écran"},
        Row{"Days", "ça fait trois jours que l'écran est noir", "ça fait trois jours que l'écran est noir"},
        Row{"EnglishNo", "no, the server is down", "the server is down", true}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
