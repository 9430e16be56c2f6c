#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/training/labelled_call.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/spoken_items.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace ninja3cx::analysis {
namespace {

struct ToldSecret {
    const char* call;
    std::int32_t turn;
    const char* kind;
    const char* said;  // stands in that turn
};

/// Every secret that is said in training/analysis, found by reading the calls, not by the finder. Old passwords and
/// the words agreed on with the help desk are secrets too. One-time and session codes are none.
constexpr ToldSecret kToldSecrets[] = {
    {"ana-d009", 7, "password", "Printemps2025, avec un dièse à la fin"},
    {"ana-d010", 8, "wifi", "loue visiteur tout en minuscules tiret deux mille vingt-six"},
    {"ena008", 8, "wifi", "heather-stag-1887"},
    {"ena051", 10, "voicemail", "four eight one five"},
    {"enb001", 12, "password", "Harbour, capital H, then 58, then an exclamation mark"},
    {"enb013", 7, "phrase", "purple canoe"},
    {"enb026", 6, "voicemail", "one two one two"},
    {"enb032", 10, "password", "Capital T, trowel, T-R-O-W-E-L, then 77, then a full stop"},
    {"enc021", 10, "pin", "five two nine three"},
    {"enf005", 10, "password", "capital shannon dash forty two"},
    {"enf027", 5, "word", "Peat smoke"},
    {"fra001", 7, "password", "Hermine, tiret, 4 7 2 1, avec un grand H"},
    {"fra020", 7, "wifi", "Cigogne 2 6 8, C majuscule"},
    {"fra028", 7, "voicemail", "2 7 0 0"},
    {"fra033", 10, "password", "Esplanade avec un E majuscule puis 56 point d exclamation"},
    {"frb002", 10, "password", "Benne-Quai-58"},
    {"frb028", 5, "word", "Sept, quatre, Ardoise"},
    {"frb036", 10, "pin", "640 218"},
    {"frb043", 9, "wifi", "gravier, tiret, quatre-vingt-deux, tiret, malaxeur"},
    {"frb056", 8, "voicemail", "4 8 2 6"},
    {"frc012", 11, "voicemail", "4 7 1 9"},
    {"frc020", 8, "wifi", "villeurbanne 26 tout attaché avec un v majuscule"},
    {"frc026", 11, "password", "Mirabeau13"},
    {"frc033", 9, "password", "boule avec un b majuscule puis 2026 point d'exclamation"},
    {"frc042", 14, "password", "Rivage, tiret, 8, 3, Q, t"},
    {"frc048", 3, "password", "bienvenue01"},
    {"frd008", 6, "wifi", "Glycine-tiret-2612"},
    {"frd028", 8, "word", "ardoise"},
    {"frd004", 8, "voicemail", "4 7 1 9"},
    {"fre011", 5, "word", "iris, zéro quatre"},
    {"fre019", 10, "password", "Goéland-77"},
    {"frg012", 5, "voicemail", "un deux trois quatre"},
    {"frg012", 12, "voicemail", "0 0 0 0"},
    {"frg028", 9, "word", "Belvédère"},
    {"frh001", 10, "password", "Tilleul, T majuscule, tiret, 58, tiret, Loire"},
    {"frh039", 8, "voicemail", "4824"},
    {"frh046", 12, "password", "Vendange, tiret, 77, tiret, Bleu"},
    {"frh047", 14, "password", "pare choc en un mot avec un p majuscule et zéro euh neuf"},
    {"fri017", 8, "voicemail", "2580"},
    {"fri018", 7, "word", "Garance"},
    {"fri029", 12, "password", "Goeland-48, avec un G majuscule"},
    {"frj002", 10, "password", "Moisson, m majuscule, quarante-sept, étoile"},
    {"frj009", 7, "word", "delta seize"},
    {"frj047", 6, "wifi", "tracteur-5520"},
    {"frj052", 10, "password", "Barrage, b majuscule, dièse, 61"},
    {"frl007", 10, "password", "Genet, majuscule, tiret, soixante-six, point d'exclamation"},
    {"frl025", 8, "wifi", "Marmotte, quatre-vingt-huit, Bleue"},
    {"frl040", 7, "word", "quarante-sept, Érable"},
    {"frl046", 13, "password", "Sardine, majuscule, cinquante-deux, dièse, Huile"},
    {"frl086", 8, "password", "bruyère avec une majuscule trente et un étoile"},
};
/// Wrong guesses: they may be masked.
constexpr ToldSecret kGuesses[] = {
    {"enb032", 5, "password", "Geranium with a capital"},
    {"frk024", 5, "voicemail", "zéro zéro zéro zéro"},
};

protocol::AnalysisInput inputOf(const training::LabelledCall& call) {
    protocol::AnalysisInput input;
    input.id = call.id;
    input.language = call.language;
    for (const training::LabelledTurn& turn : call.turns)
        input.turns.push_back(
            {turn.isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, turn.text});
    return input;
}

TEST(ToldSecrets, OfTheTrainingCallsAreFound) {
    std::size_t calls = 0;
    std::size_t recalled = 0;
    std::size_t listed = 0;
    std::string missed;
    std::string extras;
    for (const auto& entry : std::filesystem::directory_iterator{"training/analysis"}) {
        if (entry.path().extension() != ".txt") continue;
        const auto read = training::readLabelledCalls(readFile(entry.path().string()), entry.path().string());
        ASSERT_TRUE(read) << read.error().detail;
        for (const training::LabelledCall& call : *read) {
            ++calls;
            const auto input = inputOf(call);
            auto pii = findPersonalData(readConversation(input));
            std::erase_if(pii,
                          [](const auto& data) { return data.kind != protocol::PersonalDataKind::Password; });
            std::vector<std::string> values;
            for (const auto* table : {&kToldSecrets}) {
                for (const ToldSecret& secret : *table) {
                    if (call.id != secret.call) continue;
                    ++listed;
                    ASSERT_LT(static_cast<std::size_t>(secret.turn), input.turns.size()) << call.id;
                    ASSERT_NE(input.turns[static_cast<std::size_t>(secret.turn)].text.find(secret.said),
                              std::string::npos)
                        << call.id << " " << secret.said;
                    const auto found = std::find_if(pii.begin(), pii.end(), [&](const auto& data) {
                        return data.turn == secret.turn && isRecalled(secret.said, "", data);
                    });
                    if (found == pii.end())
                        missed += call.id + ": " + secret.said + "\n";
                    else {
                        ++recalled;
                        values.push_back(*found->value);
                    }
                }
            }
            for (const auto& data : pii) {
                const auto isAt = [&](const ToldSecret& secret) {
                    return call.id == secret.call && data.turn == secret.turn;
                };
                // Said again elsewhere.
                if (std::find(values.begin(), values.end(), *data.value) != values.end() ||
                    std::any_of(std::begin(kToldSecrets), std::end(kToldSecrets), isAt) ||
                    std::any_of(std::begin(kGuesses), std::end(kGuesses), isAt))
                    continue;
                extras += call.id + " " + std::to_string(data.turn) + ": " + *data.text + "\n";
            }
        }
    }
    EXPECT_GE(calls, 1000u);
    EXPECT_EQ(listed, std::size(kToldSecrets));
    RecordProperty("recalled", static_cast<int>(recalled));
    EXPECT_GE(recalled * 100, listed * 95) << missed;
    EXPECT_LE(static_cast<std::size_t>(std::count(extras.begin(), extras.end(), '\n')), calls / 40) << extras;
}

}  // namespace
}  // namespace ninja3cx::analysis
