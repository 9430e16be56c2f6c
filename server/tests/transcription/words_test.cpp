#include "server/transcription/words.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    for (const WordPlace place : wordsIn(text)) words.push_back(std::string{place.of(text)});
    return words;
}

TEST(Words, AreRunsOfLettersAndDigits) {
    EXPECT_EQ(
        split("L'écran n° 2 de l’accueil… c'est «\u00a0Télésanté\u00a0»!"),
        (std::vector<std::string>{"L", "écran", "n", "2", "de", "l", "accueil", "c", "est", "Télésanté"}));
    EXPECT_EQ(split("Łódź M365"), (std::vector<std::string>{"Łódź", "M365"}));
    EXPECT_EQ(split("\x80\xC3 ok \xE2\x80"), (std::vector<std::string>{"\x80\xC3", "ok"})) << "broken bytes";
    EXPECT_EQ(split("Привет, мир!"), (std::vector<std::string>{"Привет", "мир"})) << "of any alphabet";
    EXPECT_TRUE(wordsIn("").empty());
    EXPECT_TRUE(split("♬ → ★ … 。 ！ ❤️ 😀 € ×").empty()) << "signs";
}

TEST(Words, LowerLettersKeepTheirAccents) {
    EXPECT_EQ(lowerLetters("ÉCOLE Œuf Ça × œil"), "école oeuf ça × oeil");
}

}  // namespace
}  // namespace ninja3cx::transcription
