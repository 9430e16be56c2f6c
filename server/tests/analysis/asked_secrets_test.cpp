#include "server/analysis/personal_data/asked_secrets.hpp"

#include "server/analysis/personal_data/other_matters.hpp"
#include "server/analysis/words/words.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::analysis {
namespace {

Line lineOf(const std::string& text) {
    Line line;
    line.text = text;
    line.words = wordsOf(text);
    line.isQuestion = text.ends_with('?');
    return line;
}

TEST(AskedSecret, IsTheValueOfAPasswordThatSomebodyHas) {
    for (const char* asks : {"vous avez le mot de passe ?", "what password did you set?",
                             "votre nouveau mot de passe sera", "je vous donne mon mot de passe"})
        EXPECT_TRUE(asksForPassword(lineOf(asks))) << asks;
    for (const char* none : {"il me faut un nouveau mot de passe", "j'ai oublié mon mot de passe",
                             "vous recevrez le mot de passe par sms", "vous avez le logiciel ?"})
        EXPECT_FALSE(asksForPassword(lineOf(none))) << none;
}

TEST(AskedSecret, MayBeACodeOfDigits) {
    for (const char* asks : {"quel est le code de la porte ?", "what is your PIN?"})
        EXPECT_TRUE(asksForCode(lineOf(asks))) << asks;
    for (const char* none : {"quel est le code d'erreur ?", "la porte est ouverte ?"})
        EXPECT_FALSE(asksForCode(lineOf(none))) << none;
}

TEST(AskedSecret, IsSpelledWhereSomebodyAsks) {
    EXPECT_TRUE(asksToSpell(lineOf("vous pouvez l'épeler ?")));
    EXPECT_TRUE(asksToSpell(lineOf("letter by letter please")));
    EXPECT_FALSE(asksToSpell(lineOf("vous pouvez répéter ?")));
}

TEST(OtherMatter, HasANameOrANumberOfItsOwn) {
    for (const char* other : {"vous êtes sur quel poste ?", "et votre nom ?", "notez la référence"})
        EXPECT_TRUE(namesOtherMatter(lineOf(other))) << other;
    for (const char* none : {"quel est le mot de passe ?", "oui d'accord", "m a r g o t"})
        EXPECT_FALSE(namesOtherMatter(lineOf(none))) << none;
}

}  // namespace
}  // namespace ninja3cx::analysis
