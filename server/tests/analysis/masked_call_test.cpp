#include "server/analysis/masked_call.hpp"

#include "server/analysis/analyse.hpp"
#include "server/analysis/personal_data.hpp"
#include "server/analysis/training/labelled_call.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// Turns are separated by " | ".
std::vector<std::string> turnsOf(std::string_view written) {
    std::vector<std::string> turns;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find(" | "), written.size());
        turns.emplace_back(written.substr(0, end));
        written.remove_prefix(std::min(end + 3, written.size()));
    }
    return turns;
}

struct Row {
    const char* language;
    const char* said;
    const char* masked;  // without who says it
};
std::string maskedOf(const Row& row) {
    const protocol::AnalysisInput call = talk(turnsOf(row.said), row.language);
    std::string all;
    for (const protocol::Turn& turn : maskedCall(call, findPersonalData(readConversation(call))).turns)
        all += (all.empty() ? "" : " | ") + turn.text;
    return all;
}
template <std::size_t n>
void expectMasked(const Row (&rows)[n]) {
    for (const Row& row : rows) EXPECT_EQ(maskedOf(row), row.masked);
}
/// Calls in which nothing is masked.
template <std::size_t n>
void expectOpen(const std::pair<const char*, const char*> (&rows)[n]) {
    for (const auto& [language, said] : rows) {
        const protocol::AnalysisInput call = talk(turnsOf(said), language);
        for (const auto& data : findPersonalData(readConversation(call)))
            ADD_FAILURE() << said << " -> " << *data.text;
    }
}

TEST(MaskedCall, ShowsNothingOfAnyPlaceWhateverTheirOrder) {
    using protocol::PersonalDataKind;
    const auto call = talk({"C: 0123456789", "A: abcdef"});
    const auto place = [](PersonalDataKind kind, std::int32_t turn, std::int32_t begin, std::int32_t end) {
        return protocol::PersonalData{kind, {}, {}, turn, begin, end};
    };
    const auto texts = [&](const std::vector<protocol::PersonalData>& places) {
        const auto masked = maskedCall(call, places);
        return masked.turns[0].text + " | " + masked.turns[1].text;
    };
    EXPECT_EQ(texts({}), "0123456789 | abcdef");
    EXPECT_EQ(texts({place(PersonalDataKind::Iban, 1, 4, 6), place(PersonalDataKind::Card, 0, 6, 8),
                     place(PersonalDataKind::Password, 0, 1, 3)}),
              "0[password]345[card]89 | abcd[iban]");
    EXPECT_EQ(texts({place(PersonalDataKind::Card, 0, 2, 6), place(PersonalDataKind::Password, 0, 4, 8),
                     place(PersonalDataKind::Password, 0, 3, 5)}),
              "01[card][password]89 | abcdef")
        << "of those that overlap all is masked";
    EXPECT_EQ(texts({place(PersonalDataKind::Card, -1, 0, 2), place(PersonalDataKind::Card, 2, 0, 2),
                     place(PersonalDataKind::Card, 0, -3, 2), place(PersonalDataKind::Card, 0, 12, 15),
                     place(PersonalDataKind::Card, 0, 5, 5), place(PersonalDataKind::Card, 1, 4, 90)}),
              "0123456789 | abcd[card]");
}

TEST(ErrorCodes, AreNoSecrets) {
    expectOpen({
        {"fr", "C: il me met le code 0 x c 0 0 0 0 2 1 a"},
        {"fr", "C: il me met le code zéro x c zéro zéro zéro zéro deux un a"},
        {"fr", "C: le code d'erreur c'est zéro x c zéro zéro zéro zéro deux un a"},
        {"fr", "C: le code 0xc0000022 s'affiche"},
        {"fr", "C: il me met le code c 0 0 0 0 2 1 a"},
        {"fr", "C: après le mot de passe il me met le code 0 x c 0 0 0 0 2 1 a"},
        {"fr", "A: quel code ? | C: 0 x c 0 0 0 0 2 1 a"},
        {"en", "C: it gives me the code 0 x c 0 0 0 0 2 1 a"},
        {"en", "C: the code is zero x c zero zero zero zero two one a"},
        {"en", "C: the password fails with code 0 x 8 0 0 7 0 0 0 5"},
        {"en", "A: what's the code? | C: oh x c oh oh oh oh two one a"},
    });
    expectMasked({
        {"fr", "C: le code d'erreur zéro x c zéro zéro zéro zéro un zéro un et le PIN c'est 4815",
         "le code d'erreur zéro x c zéro zéro zéro zéro un zéro un et le PIN c'est [password]"},
        {"en", "C: error zero x eight zero zero seven zero zero zero five, the pin is 4815",
         "error zero x eight zero zero seven zero zero zero five, the pin is [password]"},
    });
}

/// The texts are written from the masked call; a second search in them would find what the whole call shows to be none.
TEST(TicketTexts, KeepAOneTimeCodeThatTheCallShowsToBeNoSecret) {
    const std::pair<const char*, const char*> rows[] = {
        {"fr",
         "A: support bonjour, je vous ai envoyé un SMS | C: bonjour, le code c'est 482913 et Outlook le "
         "refuse | "
         "A: je vous rappelle demain | C: merci"},
        {"en",
         "A: support, hello, did you get the text message? | C: hello, the code is 482913 and Outlook "
         "refuses it | "
         "A: I'll call you back tomorrow | C: thanks"},
    };
    for (const auto& [language, said] : rows) {
        const auto analysis = analyse(talk(turnsOf(said), language));
        EXPECT_TRUE(analysis.pii.empty()) << said;
        EXPECT_NE(analysis.summary.find("482913"), std::string::npos) << analysis.summary;
    }
}

TEST(TicketTexts, OfNoTrainingCallShowWhatIsMaskedInIt) {
    std::size_t shown = 0;
    for (const auto& entry : std::filesystem::directory_iterator{"training/analysis"}) {
        if (entry.path().extension() != ".txt") continue;
        const auto calls =
            training::readLabelledCalls(readFile(entry.path().string()), entry.path().string());
        ASSERT_TRUE(calls) << calls.error().detail;
        for (const training::LabelledCall& call : *calls) {
            protocol::AnalysisInput input;
            input.language = call.language;
            for (const training::LabelledTurn& turn : call.turns)
                input.turns.push_back(
                    {turn.isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, turn.text});
            const auto analysis = analyse(input);
            for (const auto& data : analysis.pii) {
                ++shown;
                for (const std::string& text : {analysis.subject, analysis.summary}) {
                    EXPECT_EQ(text.find(*data.text), std::string::npos) << call.id << ": " << text;
                    EXPECT_EQ(text.find(*data.value), std::string::npos) << call.id << ": " << text;
                }
            }
        }
    }
    EXPECT_GE(shown, 50u);
}

}  // namespace
}  // namespace ninja3cx::analysis
