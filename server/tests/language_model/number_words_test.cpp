#include "server/language_model/number_words.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::language_model {
namespace {

struct Row {
    const char* name;
    const char* language;
    const char* said;
    std::vector<std::string> runs;
};
class Numbers : public testing::TestWithParam<Row> {};

TEST_P(Numbers, AreReadInFigures) {
    std::vector<std::string> runs;
    for (const NumberRun& run : numberRuns(analysis::wordsOf(GetParam().said), GetParam().language))
        runs.push_back(run.digits());
    EXPECT_EQ(runs, GetParam().runs);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Numbers,
    testing::Values(
        Row{"None", "fr", "le vpn ne marche plus", {}},
        Row{"Figures", "fr", "le 06 12 34, puis le 7", {"061234", "7"}},
        Row{"Phone", "fr", "zéro six douze trente-quatre cinquante-six soixante-dix-huit", {"0612345678"}},
        Row{"Eighties",
            "fr",
            "quatre-vingt-un, puis quatre vingt, puis quatre-vingt-dix-neuf",
            {"81", "80", "99"}},
        Row{"Seventies", "fr", "soixante et onze soixante-seize soixante", {"717660"}},
        Row{"Swiss", "fr", "septante-trois et nonante", {"73", "90"}},
        Row{"TwentyOne", "fr", "vingt et un jours", {"21"}},
        Row{"Hundreds", "fr", "six cent douze et cent deux", {"612", "102"}},
        Row{"Year", "fr", "en deux mille vingt-six", {"2026"}},
        Row{"Time", "fr", "à quatorze heures trente", {"14", "30"}}, Row{"One", "fr", "un poste", {"1"}},
        Row{"English", "en", "two hundred and five users, twenty-one thirteen", {"205", "2113"}},
        Row{"EnglishThousand", "en", "three thousand two hundred", {"3200"}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::language_model
