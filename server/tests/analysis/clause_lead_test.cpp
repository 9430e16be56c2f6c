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
    testing::Values(Row{"None", "le serveur est tombé", "le serveur est tombé"},
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
                    Row{"EnglishOhAnd", "that's it thanks oh and the scanner is stuck",
                        "the scanner is stuck", true},
                    Row{"EnglishNo", "no, the server is down", "the server is down", true}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
