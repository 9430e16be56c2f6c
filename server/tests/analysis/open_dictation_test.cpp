#include "server/analysis/personal_data/open_dictation.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using ::testing::ElementsAre;

/// The values, each once where pieces of the same follow each other.
std::vector<std::string> valuesIn(const std::vector<std::string>& lines, const std::string& language) {
    const protocol::AnalysisInput input = talk(lines, language);
    Conversation conversation = readConversation(input);
    for (Line& line : conversation.lines) line.words = mendedNumbers(line.words);
    std::vector<std::string> values;
    for (const Dictated& piece : dictatedIn(conversation))
        if (values.empty() || values.back() != piece.value) values.push_back(piece.value);
    return values;
}

struct Row {
    const char* name;
    std::vector<std::string> lines;
    std::vector<std::string> values;
    const char* language = "fr";
};
class OpenDictation : public testing::TestWithParam<Row> {};

TEST_P(OpenDictation, GivesItsPiecesOneValue) {
    EXPECT_EQ(valuesIn(GetParam().lines, GetParam().language), GetParam().values);
}

constexpr const char* kAsked = "A: épelez-moi votre mot de passe";
constexpr const char* kCard = "A: le numéro de votre carte s'il vous plaît";

INSTANTIATE_TEST_SUITE_P(
    Rows, OpenDictation,
    testing::Values(
        Row{"Letters", {kAsked, "C: m a r", "A: oui", "C: g o t"}, {"margot"}},
        Row{"ADoubledLetter", {kAsked, "C: b", "C: o", "C: n", "A: oui", "C: n", "C: e", "C: t"}, {"bonnet"}},
        Row{"ADoubledDigit", {kAsked, "C: b o l", "C: 7", "A: oui", "C: 7"}, {"bol77"}},
        Row{"ALetterReadBack", {kAsked, "C: b", "A: b", "C: o", "A: o", "C: l", "A: l"}, {"bol"}},
        Row{"ADoubledLetterReadBack", {kAsked, "C: n", "A: n", "C: n", "A: n", "C: e", "A: e"}, {"nne"}},
        Row{"APair", {kAsked, "C: b o", "A: oui", "C: double n e t"}, {"bonnet"}},
        Row{"PiecesReadBack", {kAsked, "C: m a r", "A: m a r", "C: g o t", "A: g o t"}, {"margot"}},
        Row{"TheWholeReadBack", {kAsked, "C: m a r", "A: oui", "C: g o t", "A: m a r g o t"}, {"margot"}},
        Row{"AWordReadBack", {kAsked, "C: girafe", "A: girafe", "C: 44"}, {"girafe44"}},
        Row{"AWordOfOneSide", {kAsked, "C: girafe", "A: oui", "C: et puis 44 dièse"}, {"girafe44#"}},
        Row{"SpelledOn", {kAsked, "C: m a r", "A: vous pouvez épeler la suite ?", "C: g o t"}, {"margot"}},
        Row{"ACard",
            {"A: le numéro de votre carte s'il vous plaît", "C: 4012 8888", "A: oui", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"AnotherOpening",
            {kAsked, "C: m a r g o t", "A: donnez-moi le numéro de votre carte", "C: 4012 8888", "A: oui",
             "C: 1881"},
            {"margot", "401288881881"}},
        Row{"ASecondPassword",
            {kAsked, "C: m a r g o t", "A: et le mot de passe de la session, c'est quoi ?", "C: p i v o t"},
            {"margot", "pivot"}},
        Row{"AnotherOpeningBehindAnAside",
            {kAsked, "C: m a r", "A: votre poste c'est lequel ?", "C: le douze",
             "A: et le mot de passe de la session ?", "C: p i v o t"},
            {"mar", "pivot"}},
        Row{"AnotherToldBehindAnAside",
            {kAsked, "C: m a r", "A: votre poste c'est lequel ?", "C: le douze",
             "C: et le mot de passe de la session c'est p i v o t"},
            {"mar", "pivot"}},
        Row{"TheRestUncalled",
            {kAsked, "C: m a r", "A: votre poste c'est lequel ?", "C: le douze", "A: d'accord", "C: g o t"},
            {"margot"}},
        Row{"TheRestAtOnce",
            {kAsked, "C: m a r", "A: vous êtes sur quel site ?", "C: à Lyon", "C: g o t"},
            {"margot"}},
        Row{"TheRestBehindWaiting",
            {kAsked, "C: m a r", "A: vous êtes sur quel site ?", "C: attendez", "A: oui", "C: à Lyon",
             "C: g o t"},
            {"margot"}},
        Row{"NothingBehindALongAside",
            {kAsked, "C: m a r", "A: vous êtes sur quel site ?", "C: à Lyon", "A: je vois",
             "C: c'est le grand", "A: il fait beau chez vous", "C: il y a du monde", "C: g o t"},
            {"mar"}},
        Row{"TheRestBehindANumber",
            {"A: le numéro de votre carte s'il vous plaît", "C: 4012 8888", "A: vous êtes combien",
             "C: douze", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestBehindAgreement",
            {"A: le numéro de votre carte s'il vous plaît", "C: 4012 8888", "A: elle est à votre nom",
             "C: oui", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"NotTheNumberReadBack",
            {kAsked, "C: m a r", "A: votre poste c'est lequel", "C: le douze", "A: douze", "C: g o t"},
            {"margot"}},
        Row{"ALetterWithItsWord",
            {"C: le mot de passe c'est b comme berthe", "A: oui", "C: o comme oscar", "C: n comme noémie"},
            {"bon"}},
        Row{"ALetterWithItsWordInEnglish",
            {"C: the password is t for tommy", "A: yes", "C: a for apple", "C: four"},
            {"ta4"},
            "en"},
        Row{"TheCodeOfALock",
            {"C: le code du coffre a changé", "A: c'est quoi le nouveau code", "C: quatre", "A: oui",
             "C: sept", "C: deux un"},
            {"4721"}},
        Row{"TheCodeOfALockInEnglish",
            {"C: the door code is changed", "A: whats the new one", "C: six", "C: one", "C: nine nine"},
            {"6199"},
            "en"},
        Row{"NotTheCodeOfAnError",
            {"C: le code de l'erreur a changé", "A: c'est quoi le nouveau", "C: quatre zéro quatre"},
            {}},
        Row{"NotAnotherNumberBehindALock",
            {"C: le code de la porte a changé", "A: c'est quoi le nouveau poste", "C: quatre zéro quatre"},
            {}},
        Row{"NotAWordBehindThePassword", {"C: le mot de passe c'est un problème", "C: deux fois"}, {}},
        Row{"NotTheAnswer",
            {kAsked, "C: m a r", "A: votre poste c'est lequel ?", "C: L T zéro quatre", "A: L T zéro quatre"},
            {"mar"}},
        Row{"NotTheAnswerBehindWaiting",
            {kAsked, "C: m a r", "A: votre poste c'est lequel ?", "C: attendez je regarde", "A: oui",
             "C: zéro quatre"},
            {"mar"}},
        Row{"NotTheAnswerInPieces",
            {kAsked, "C: m a r", "A: votre numéro de téléphone c'est quoi ?", "C: zéro six douze", "A: oui",
             "C: trente-quatre cinquante-six", "A: oui", "C: soixante-dix-huit"},
            {"mar"}},
        Row{"NotTheAnswerSpelled",
            {kAsked, "C: m a r", "A: quel est votre nom déjà ?", "C: Martin", "A: oui", "C: m a r t i n"},
            {"mar"}},
        Row{"NotTheAnswerAskedToBeSpelled",
            {kAsked, "C: m a r", "A: quel est votre nom déjà ?", "C: Le Goff", "A: ça s'écrit comment ?",
             "C: l e g o deux f"},
            {"mar"}},
        Row{"NotTheAnswerToASecondQuestion",
            {kAsked, "C: m a r", "A: vous êtes sur quel site ?", "C: à Lyon",
             "A: et votre poste c'est lequel ?", "C: quarante-deux dix-huit"},
            {"mar"}},
        Row{"TheRestBehindAPostalCode",
            {kCard, "C: 4012 8888", "A: et votre code postal", "C: 69003", "A: merci", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestBehindAPostalCodeReadBack",
            {kCard, "C: 4012 8888", "A: et votre code postal ?", "C: 69 003", "A: 69003", "C: 8888",
             "C: 1881"},
            {"401288881881"}},
        Row{"TheRestBehindANumberToldUnasked",
            {kCard, "C: 4012 8888", "C: attendez mon code postal c'est 69003", "A: 69003", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestBehindASiretInPieces",
            {kCard, "C: 4012 8888", "A: vous avez le siret ?", "C: 732 829 320", "A: oui", "C: 00074",
             "A: d'accord", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestBehindATicket",
            {kCard, "C: 4012 8888", "A: et le numéro du ticket ?", "C: 482 137", "A: oui", "C: 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestCalledForAndTold",
            {kCard, "C: 4012 8888", "A: et votre code postal ?", "C: 69003", "C: la suite c'est 8888 1881"},
            {"4012888888881881"}},
        Row{"TheRestOfAnAccount",
            {"A: il me faut votre iban", "C: FR76 3000", "A: vous êtes au quel code postal", "C: 69003",
             "C: 6000 0112", "A: oui", "C: 3456 7890 189"},
            {"FR7630006000011234567890189"}},
        Row{"NotASiretInPieces",
            {kCard, "C: 4012 8888", "A: vous avez le siret ?", "C: 732 829 320", "A: oui", "C: 00074"},
            {"40128888"}},
        Row{"NotAPostalCodeReadBack",
            {kCard, "C: 4012 8888", "A: et votre code postal", "C: 69003", "A: 69003"},
            {"40128888"}},
        Row{"NotWhatFollowsAWholeNumber",
            {kCard, "C: 4012 8888 8888 1881", "A: et votre code postal", "C: 69003", "A: et le siret",
             "C: 73282932000074", "C: 4120"},
            {"4012888888881881"}},
        Row{"NothingBehindTheEnd", {kAsked, "C: m a r g o t", "A: c'est tout", "C: pivot"}, {"margot"}},
        Row{"NothingUnasked", {"A: bonjour", "C: m a r g o t"}, {}},
        Row{"English",
            {"A: spell your password for me", "C: b o", "A: yes", "C: n", "C: n y"},
            {"bonny"},
            "en"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(OpenDictations, TellTheWordsOfEachPiece) {
    const protocol::AnalysisInput input = talk({kAsked, "C: alors m a r", "A: oui", "C: et g o t voilà"});
    const Conversation conversation = readConversation(input);
    const std::vector<Dictated> pieces = dictatedIn(conversation);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].line, 1U);
    EXPECT_EQ(pieces[0].first, 1U);
    EXPECT_EQ(pieces[0].last, 4U);
    EXPECT_EQ(pieces[1].line, 3U);
    EXPECT_EQ(pieces[1].first, 1U);
    EXPECT_EQ(pieces[1].last, 4U);
}

TEST(OpenDictations, AreReadWithTheTextsThatOpenedThem) {
    const auto textsOf = [](std::string_view before) {
        std::vector<std::string> texts;
        for (const protocol::Turn& turn : turnsBefore(before)) texts.push_back(turn.text);
        return texts;
    };
    EXPECT_THAT(textsOf("bonjour\nquel est votre mot de passe\n[password]\noui"),
                ElementsAre("quel est votre mot de passe", "[password]", "oui"));
    EXPECT_THAT(textsOf("quel est votre mot de passe\n[password]\nc'est tout\nmerci"), ElementsAre("merci"));
}

/// What is said again after the dictation is known by its whole value.
TEST(OpenDictations, AreKnownWhenTheyAreSaidAgain) {
    const auto maskedEnd = [](const std::vector<std::string>& lines) {
        const protocol::AnalysisInput input = talk(lines);
        const auto found = findPersonalData(readConversation(input));
        return std::ranges::any_of(found, [&](const protocol::PersonalData& place) {
            return place.turn + 1 == static_cast<std::int32_t>(lines.size());
        });
    };
    EXPECT_TRUE(maskedEnd(
        {kAsked, "C: b", "C: o", "C: n", "C: n", "C: e", "C: t", "A: merci c'est tout", "A: donc bonnet"}));
    EXPECT_TRUE(maskedEnd({kAsked, "C: m a r g o t", "A: donnez-moi le numéro de votre carte", "C: 4012 8888",
                           "A: oui", "C: 8888 1881", "A: c'est tout", "A: donc margot"}));
    EXPECT_FALSE(maskedEnd({kAsked, "C: m a r g o t", "A: merci c'est tout", "A: donc bonnet"}));
}

}  // namespace
}  // namespace ninja3cx::analysis
