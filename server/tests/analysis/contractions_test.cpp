#include "server/analysis/conversation/contractions.hpp"

#include "server/analysis/conversation/phrases.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace ninja3cx::analysis {
namespace {

std::string apart(std::string_view text) {
    std::string all;
    for (const Word& word : withApostrophes(wordsOf(text))) all += (all.empty() ? "" : " ") + word.text;
    return all;
}

std::string written(std::string_view text) {
    Tokens tokens = tokensOf(text);
    putApostrophes(tokens);
    return textOf(tokens);
}

TEST(Contractions, ArePartedWhereNoApostropheIsWritten) {
    for (const auto& [said, meant] :
         {std::pair{"hi im mark lang", "hi i m mark lang"}, std::pair{"my names sue", "my name s sue"},
          std::pair{"thats dave theres no net", "that s dave there s no net"},
          std::pair{"it wont print i cant log in", "it won t print i can t log in"},
          std::pair{"theyre out weve tried youll see", "they re out we ve tried you ll see"},
          std::pair{"its jammed its the fuser", "it s jammed it s the fuser"},
          std::pair{"its printing its flickering", "it s printing it s flickering"}})
        EXPECT_EQ(apart(said), meant);
}

TEST(Contractions, OtherWordsStayWhole) {
    for (const char* said : {"the names of the files", "its screen is black", "on its own", "we were well",
                             "its speed is low", "its feed is jammed", "its building is closed",
                             "its ceiling", "its casing is cracked", "its wiring"})
        EXPECT_EQ(apart(said), said);
    EXPECT_EQ(apart("it's sue"), "it s sue");
}

TEST(Contractions, KeepTheirPlacesInTheText) {
    const std::vector<Word> words = withApostrophes(wordsOf("hi im mark"));
    ASSERT_EQ(words.size(), 4U);
    EXPECT_EQ(words[1].begin, 3);
    EXPECT_EQ(words[1].end, 4);
    EXPECT_EQ(words[2].begin, 4);
    EXPECT_EQ(words[2].end, 5);
}

TEST(Contractions, AreWrittenWithTheirApostrophe) {
    EXPECT_EQ(written("im in but it wont open"), "I'm in but it won't open");
    EXPECT_EQ(written("Its stuck, thats all"), "It's stuck, that's all");
    EXPECT_EQ(written("its settings are gone"), "its settings are gone");
    EXPECT_EQ(written("its speed is low"), "its speed is low");
}

TEST(Contractions, OfAPhraseAreFoundWithoutTheirApostrophe) {
    struct Row {
        const char* phrase;
        const char* said;
        bool isFound;
    };
    const Row rows[] = {
        {"won t", "the scanner wont send", true},
        {"won t", "the scanner won't send", true},
        {"can t log", "i cant log in", true},
        {"can t ~ log", "i cant even log in", true},
        {"haven t", "i havent tried", true},
        {"that s all", "thats all", true},
        {"i m in", "im in", true},
        {"don t", "i dont know", true},
        {"don t", "the phones dont ring", true},
        {"don t", "le mail dont je parle", false},
        {"don t", "les postes dont deux en panne", false},
        {"it s", "its screen is black", false},
        {"i ll", "she is ill", false},
        {"we re", "they were here", false},
        {"won t", "we won this one", false},
        {"can t", "the canteen", false},
    };
    for (const Row& row : rows) {
        const std::vector<Word> words = wordsOf(row.said);
        EXPECT_EQ(Phrase{row.phrase}.find(words).has_value(), row.isFound) << row.said;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
