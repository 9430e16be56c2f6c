#include "server/language_model/claims.hpp"

#include "server/tests/language_model/judges.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::language_model {
namespace {

Spoken spokenInACall() {
    protocol::Analysis builtIn;
    builtIn.entities["person"] = {"Claire Fabre", "Sophie Roux"};
    builtIn.entities["company"] = {"Tilleul"};
    return {talk({"C: bonjour Claire Fabre de la société Tilleul mon scanner ne répond plus",
                  "A: le réseau est coupé à votre étage je contacte Bouygues",
                  "C: ma collègue Sophie Roux n'arrive plus à imprimer"}),
            builtIn, maskOf};
}

struct Row {
    const char* name;
    const char* text;
    bool isMisattributed;
};
class Attribution : public testing::TestWithParam<Row> {};

TEST_P(Attribution, IsOfWhoSaidIt) {
    EXPECT_EQ(isMisattributed(GetParam().text, spokenInACall()), GetParam().isMisattributed);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Attribution,
    testing::Values(Row{"Callers", "Claire Fabre signale que son scanner ne répond plus", false},
                    Row{"OfAnother", "Claire Fabre n'arrive plus à imprimer", true},
                    Row{"AtTheCallers", "Scanner qui ne répond plus chez Tilleul", false},
                    Row{"AtSomebodyElses", "Réseau coupé chez Bouygues", true},
                    Row{"AtANameWithAnAccent", "Réseau coupé chez Étage", true},
                    Row{"AtNoName", "Réseau coupé chez étage", false},
                    Row{"ATimeThatCannotBe", "Le réseau est coupé depuis demain", true}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::language_model
