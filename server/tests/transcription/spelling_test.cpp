#include "server/transcription/spelling.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

struct Pair {
    const char* one;
    const char* other;
};
void PrintTo(const Pair& pair, std::ostream* out) {
    *out << pair.one << " and " << pair.other;
}

class SameSound : public testing::TestWithParam<Pair> {};
TEST_P(SameSound, HasTheSameKey) {
    EXPECT_EQ(soundOf(GetParam().one), soundOf(GetParam().other));
}
INSTANTIATE_TEST_SUITE_P(Rows, SameSound,
                         testing::Values(Pair{"nordconfor", "nordconfort"}, Pair{"outlouk", "outlook"},
                                         Pair{"sinologie", "synology"}, Pair{"yealink", "yealinc"},
                                         Pair{"fontene", "fontaine"}, Pair{"moreau", "morot"},
                                         Pair{"perin", "perrin"}, Pair{"philippe", "filip"},
                                         Pair{"kristof", "christophe"}, Pair{"sofos", "sophos"}));

class OtherSound : public testing::TestWithParam<Pair> {};
TEST_P(OtherSound, HasAnotherKey) {
    EXPECT_NE(soundOf(GetParam().one), soundOf(GetParam().other));
}
INSTANTIATE_TEST_SUITE_P(Rows, OtherSound,
                         testing::Values(Pair{"marin", "martin"}, Pair{"temps", "teams"},
                                         Pair{"citron", "citrix"}, Pair{"echange", "exchange"},
                                         Pair{"girard", "gerard"}));

TEST(Spelling, LettersApartAreCountedUpToALimit) {
    EXPECT_EQ(lettersApart("outlook", "outlook", 3), 0U);
    EXPECT_EQ(lettersApart("outlouk", "outlook", 3), 1U);
    EXPECT_EQ(lettersApart("kitten", "sitting", 3), 3U);
    EXPECT_EQ(lettersApart("kitten", "sitting", 2), 3U) << "more than the limit";
    EXPECT_EQ(lettersApart("", "abc", 9), 3U);
}

TEST(Spelling, KnowsFrequentWordsAndTheirForms) {
    for (const char* word :
         {"serveur", "serveurs", "connectee", "imprime", "imprimantes", "rebooting", "printers", "echangee",
          "acces", "bonjour", "passe", "fonctionnait", "installes"})
        EXPECT_TRUE(isCommonWord(word)) << word;
    for (const char* word : {"nordconfort", "outlook", "kermaro", "veeam", "moreau", "fortinet"})
        EXPECT_FALSE(isCommonWord(word)) << word;
    EXPECT_TRUE(isLinkWord("du"));
    EXPECT_FALSE(isLinkWord("serveur"));
}

}  // namespace
}  // namespace ninja3cx::transcription
