#include "server/transcription/vocabulary.hpp"

#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

namespace ninja3cx::transcription {
namespace {

using protocol::uncorrected;

/// What the demo's companies, people and machines are called, and the products of an office.
Dictionary demo() {
    Dictionary dictionary;
    dictionary.words = {
        "Outlook",     "Excel",       "Teams",         "Word",        "OneDrive", "SharePoint", "Windows 11",
        "Windows 10",  "FortiClient", "GlobalProtect", "Bitdefender", "Synology", "Yealink",    "Kyocera",
        "Citrix",      "VMware",      "Veeam",         "ArchiCAD",    "AutoCAD",  "QuickBooks", "NinjaOne",
        "Nordconfort", "Télésanté",   "Zebra",         "Canon",       "Brother",  "Sage",       "Office 365"};
    dictionary.organizations = {"Cabinet Moreau",    "Garage Dumas",        "Clinique Pasteur",
                                "Transports Girard", "Agence Horizon",      "Hôtel Bellevue",
                                "Atelier Roux",      "Fiduciaire Roux SARL"};
    dictionary.people = {"Claire Fontaine", "Paul Girard",    "Nathalie Perrin", "Philippe Mercier",
                         "Isabelle Robin",  "Marc Chevalier", "Denis Roux",      "Agnès Roux",
                         "Antoine Moreau",  "Sonia Benali",   "Julien Bernard",  "Laura Petit"};
    return dictionary;
}

struct Row {
    const char* heard;
    const char* expected;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.heard;
}

class CorrectedWords : public testing::TestWithParam<Row> {};
TEST_P(CorrectedWords, AreWrittenAsTheEntry) {
    const Vocabulary vocabulary{demo()};
    const Corrected corrected = vocabulary.correct(GetParam().heard);
    EXPECT_EQ(corrected.text, GetParam().expected);
    EXPECT_FALSE(corrected.corrections.empty());
    EXPECT_EQ(uncorrected(corrected.text, corrected.corrections), GetParam().heard);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CorrectedWords,
    testing::Values(Row{"C'est nord confor, au revoir.", "C'est Nordconfort, au revoir."},
                    Row{"Nord confort appelle.", "Nordconfort appelle."},
                    Row{"nord-confor nord confort", "Nordconfort Nordconfort"},
                    Row{"mon outlouk ne s'ouvre plus", "mon Outlook ne s'ouvre plus"},
                    Row{"l'outlouc de l’accueil", "l'Outlook de l’accueil"},
                    Row{"la télé santé", "la Télésanté"}, Row{"la telesanté", "la Télésanté"},
                    Row{"forti client reste à 98 %", "FortiClient reste à 98 %"},
                    Row{"la console ninja one", "la console NinjaOne"},
                    Row{"un bitdefendeur périmé", "un Bitdefender périmé"},
                    Row{"le NAS sinologie", "le NAS Synology"}, Row{"le cabinet Morot", "le Cabinet Moreau"},
                    Row{"à l'hôtel belle vue", "à l'Hôtel Bellevue"},
                    Row{"la fiducière Roux", "la Fiduciaire Roux"},
                    Row{"Claire Fontène à l'appareil", "Claire Fontaine à l'appareil"}));

/// Names with an article that lost its vowel, and corrections of such words.
Dictionary elided() {
    Dictionary dictionary;
    dictionary.words = {"L'Oréal", "Outlook"};
    dictionary.organizations = {"L'Épicerie Verte", "Crédit d’Oc", "Val d'Oise Habitat"};
    dictionary.people = {"Jeanne d'Ormeville"};
    dictionary.corrections = {{"l'accueil", "l'atelier"},
                              {"n'arrive plus", "ne marche plus"},
                              {"d’accord", "entendu"},
                              {"oise d'aval", "Val d'Oise"}};
    return dictionary;
}

class WordsWithAnApostrophe : public testing::TestWithParam<Row> {};
TEST_P(WordsWithAnApostrophe, AreCorrectedAsOthersAre) {
    const Vocabulary vocabulary{elided()};
    const Corrected corrected = vocabulary.correct(GetParam().heard);
    EXPECT_EQ(corrected.text, GetParam().expected);
    EXPECT_EQ(corrected.corrections.empty(), std::string_view{GetParam().heard} == GetParam().expected);
    EXPECT_EQ(uncorrected(corrected.text, corrected.corrections), GetParam().heard);
    // And nothing of it is shown before that the final text takes back.
    const std::string text = std::string{GetParam().heard} + " s'il vous plaît";
    const std::string whole = vocabulary.correct(text).text;
    for (std::size_t end = text.find(' '); end != std::string::npos; end = text.find(' ', end + 1)) {
        const CorrectedBeginning begun = vocabulary.correctBeginning(text.substr(0, end));
        EXPECT_TRUE(whole.starts_with(begun.text.substr(0, begun.firmBytes))) << begun.text;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WordsWithAnApostrophe,
    testing::Values(
        Row{"à l'accueil.", "à l'atelier."}, Row{"à l’accueil, oui", "à l'atelier, oui"},
        Row{"ça n'arrive plus", "ça ne marche plus"}, Row{"ça n’arrive plus !", "ça ne marche plus !"},
        Row{"d'accord, d’accord", "entendu, entendu"}, Row{"oise d'aval", "Val d'Oise"},
        Row{"chez L'Oreal", "chez L'Oréal"}, Row{"chez L’Oreal", "chez L'Oréal"},
        Row{"chez l'orréal", "chez L'Oréal"}, Row{"chez loréal", "chez L'Oréal"},
        Row{"chez l'oréal", "chez l'oréal"}, Row{"chez L’Oréal", "chez L’Oréal"},
        Row{"l'epicerie verte appelle", "L'Épicerie Verte appelle"},
        Row{"L’épisserie verte", "L'Épicerie Verte"}, Row{"le credit d'oc", "le Crédit d’Oc"},
        Row{"le crédit doc", "le Crédit d’Oc"}, Row{"val d'oise abitat", "Val d'Oise Habitat"},
        Row{"Val doise habitat", "Val d'Oise Habitat"}, Row{"Val d'Oise habita", "Val d'Oise Habitat"},
        Row{"Jeanne d'Ormeville", "Jeanne d'Ormeville"}, Row{"Jeanne d'Ormevile", "Jeanne d'Ormeville"},
        Row{"l'outlouk d'hier", "l'Outlook d'hier"},
        Row{"d'oréal, l'orage, l'épicier vert", "d'oréal, l'orage, l'épicier vert"},
        Row{"l' accueil, l'' accueil, d', ', ’", "l' accueil, l'' accueil, d', ', ’"},
        Row{"a'b'c'd'e'f'g'h'accueil", "a'b'c'd'e'f'g'h'accueil"}));

class WordsLeftAlone : public testing::TestWithParam<const char*> {};
TEST_P(WordsLeftAlone, StayAsTheyAre) {
    Dictionary dictionary = demo();
    for (const char* name : {"Dumoulin", "Belleville", "Legrand", "Exchange", "Access", "Orange", "Martin",
                             "Benoit", "Durand", "Durant", "M365"})
        dictionary.words.emplace_back(name);
    const Corrected corrected = Vocabulary{dictionary}.correct(GetParam());
    EXPECT_EQ(corrected.text, GetParam());
    EXPECT_TRUE(corrected.corrections.empty());
}
INSTANTIATE_TEST_SUITE_P(Rows, WordsLeftAlone,
                         testing::Values("outlook et EXCEL",                     // capitals alone
                                         "windows 12, windows 9, M356",          // a number is never another
                                         "on passe du moulin à la belle ville",  // small words prove nothing
                                         "le grand bureau", "un échange de mails",  // common words
                                         "les accès, une orange",
                                         "des canons, la zebras",                  // a form of the entry
                                         "Martine et Benoît", "le cabinet marin",  // other names
                                         "monsieur Durant", "monsieur Durand",     // both are known
                                         "Paule Girard",
                                         "Claire",  // people: first and last name, each the same sound
                                         "nord, confort", "nord. Confor",  // not one run
                                         "outlook bis", "Outlook s'arrête", "", " ", "…",
                                         "\x80\xC3\xE2\x80 \xFF"));

TEST(Vocabulary, SaysWhereInTheTextItCorrectedAndWhatWasHeard) {
    const Corrected corrected = Vocabulary{demo()}.correct("À nord confor l'outlouk est lent");
    EXPECT_EQ(corrected.text, "À Nordconfort l'Outlook est lent");
    EXPECT_EQ(corrected.corrections,
              (std::vector<protocol::Correction>{{3, 11, "nord confor"}, {17, 7, "outlouk"}}));
    EXPECT_EQ(uncorrected(corrected.text, corrected.corrections), "À nord confor l'outlouk est lent");
}

TEST(Vocabulary, LearnsWhatPeopleCorrected) {
    Dictionary dictionary;
    dictionary.corrections = {
        {"wan drive", "OneDrive"}, {"Quai air maro", "Kermaro"},        {"temps", "Teams"},
        {"de la", "Della"},        {"un deux trois quatre", "Quatuor"}, {"timse", "Teams"}};
    const Vocabulary vocabulary{dictionary};
    EXPECT_EQ(vocabulary.correct("mon Wan Drive chez quai-air maro").text, "mon OneDrive chez Kermaro");
    EXPECT_EQ(vocabulary.correct("dans timse").text, "dans Teams");
    EXPECT_EQ(vocabulary.correct("kermarot").text, "Kermaro") << "and what it has learned is a name";
    EXPECT_EQ(vocabulary.correct("le temps de la pause, un deux trois quatre").corrections.size(), 0U)
        << "one common word, small words, or more than three are not enough to go by";
}

TEST(Vocabulary, GuessesNothingBetweenTwoEntries) {
    Dictionary dictionary;
    dictionary.words = {"Kermaro", "Kermarau"};
    EXPECT_EQ(Vocabulary{dictionary}.correct("kermaraux").text, "kermaraux");
    EXPECT_EQ(Vocabulary{dictionary}.correct("kermareau").text, "kermareau");
    EXPECT_EQ(Vocabulary{dictionary}.correct("Kermarau").text, "Kermarau");
}

TEST(Vocabulary, PassesOverCorrectionsThatFitNoPlace) {
    EXPECT_EQ(uncorrected("abc", {{-1, 1, "x"}, {0, -1, "x"}, {2, 5, "x"}, {9, 0, "x"}}), "abc");
    EXPECT_EQ(uncorrected("abc", {{0, 1, "x"}, {0, 2, "y"}}), "yc") << "of two at one place the later";
    EXPECT_EQ(uncorrected("abc", {{3, 0, "d"}}), "abcd");
}

/// The texts of all turns of the calls in a folder, up to a file of that name.
std::vector<std::string> turnsIn(const std::filesystem::path& folder, std::string_view last = "~") {
    std::vector<std::string> texts;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".json" || entry.path().stem().string() > last) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        const auto call = json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
        for (const auto& turn : call->at("turns").as_array()) texts.emplace_back(turn.at("text").as_string());
    }
    return texts;
}

TEST(Vocabulary, ChangesNoWordOfTheSampleCalls) {
    const Vocabulary vocabulary{demo()};
    const auto texts = turnsIn("samples/calls");
    ASSERT_GT(texts.size(), 50U);
    for (const std::string& text : texts) EXPECT_EQ(vocabulary.correct(text).text, text);
}

/// The calls behind it measure the analysis: nobody looks at what they say.
constexpr std::string_view kLastOpenCall = "ana-d030";

/// What is found in them are names that were heard as two words.
TEST(Vocabulary, ChangesOnlyNamesInTheCallsOfTheEvaluation) {
    const Vocabulary vocabulary{demo()};
    const auto texts = turnsIn("tests/eval/analysis/dev", kLastOpenCall);
    ASSERT_GT(texts.size(), 400U);
    std::map<std::string, int> found;
    for (const std::string& text : texts) {
        const Corrected corrected = vocabulary.correct(text);
        EXPECT_EQ(uncorrected(corrected.text, corrected.corrections), text);
        for (const protocol::Correction& correction : corrected.corrections) ++found[correction.heard];
    }
    EXPECT_EQ(found, (std::map<std::string, int>{{"global protect", 2}}));
}

TEST(Vocabulary, ShowsNothingThatTheFinalTextTakesBack) {
    const Vocabulary vocabulary{demo()};
    auto texts = turnsIn("tests/eval/analysis/dev", kLastOpenCall);
    texts.emplace_back(
        "Nord confor, l'outlouk : à l'hôtel belle vue, Claire Fontène et forti client. Nord confor !");
    texts.emplace_back("windows 11 bit defendeur ninja one la télé santé de nord confor outlouk outlouk");
    std::size_t firm = 0;
    for (const std::string& text : texts) {
        const std::string whole = vocabulary.correct(text).text;
        for (std::size_t end = text.find(' '); end != std::string::npos; end = text.find(' ', end + 1)) {
            const CorrectedBeginning begun = vocabulary.correctBeginning(text.substr(0, end));
            ASSERT_LE(begun.firmBytes, begun.text.size());
            EXPECT_TRUE(whole.starts_with(begun.text.substr(0, begun.firmBytes))) << begun.text;
            firm += begun.firmBytes;
        }
    }
    EXPECT_GT(firm, 0U);
    EXPECT_EQ(vocabulary.correctBeginning("chez nord confor, l'outlouk"),
              (CorrectedBeginning{"chez Nordconfort, l'outlouk", 18}));
    EXPECT_EQ(vocabulary.correctBeginning("nord confor"), (CorrectedBeginning{"nord confor", 0}));
    EXPECT_EQ(Vocabulary{}.correctBeginning("nord confor"), (CorrectedBeginning{"nord confor", 11}));
    EXPECT_EQ(vocabulary.correctBeginning(""), CorrectedBeginning{});
}

TEST(Prompt, BeginsWithTheSentenceThenTheCallThenTheWords) {
    Dictionary dictionary;
    dictionary.prompt = "Support informatique.";
    dictionary.words = {"Nordconfort", "Outlook"};
    dictionary.organizations = {"Hôtel Bellevue"};
    dictionary.people = {"Marc Chevalier"};
    const Vocabulary vocabulary{dictionary};
    EXPECT_EQ(vocabulary.promptFor({"Claire Fontaine", "Cabinet Moreau SARL"}),
              "Support informatique. Claire Fontaine, Cabinet Moreau, Nordconfort, Outlook");
    EXPECT_EQ(vocabulary.promptFor({}), "Support informatique. Nordconfort, Outlook")
        << "nobody of the directory whom the call is not with";
    EXPECT_EQ(vocabulary.promptFor({"OUTLOOK", "nordconfort", ""}),
              "Support informatique. OUTLOOK, nordconfort")
        << "nothing twice";
    EXPECT_EQ(Vocabulary{}.promptFor({}), "");
    EXPECT_EQ(Vocabulary{}.promptFor({"Claire\n\tFontaine\x01", "…", "Maria Sa", "Exemple SA"}),
              "Claire Fontaine, Maria Sa, Exemple");
    dictionary.prompt = "Messages d'erreur";
    dictionary.words = {"Sage", "erreur"};
    EXPECT_EQ(Vocabulary{dictionary}.promptFor({}), "Messages d'erreur, Sage") << "compared by whole words";
}

TEST(Prompt, IsBoundedAndCutBetweenWords) {
    Dictionary dictionary;
    for (int i = 0; i < 200; ++i) {
        dictionary.prompt += "phrase numéro " + std::to_string(i) + " ";
        dictionary.words.push_back("Produit" + std::to_string(i));
    }
    const std::string prompt = Vocabulary{dictionary}.promptFor({"Claire Fontaine"});
    EXPECT_LE(estimatedTokens(prompt), kPromptTokens);
    EXPECT_GT(estimatedTokens(prompt), kPromptTokens - 10);
    EXPECT_NE(prompt.find("Claire Fontaine"), std::string::npos)
        << "a long sentence leaves room for the call";
    const std::size_t comma = prompt.find(',');
    EXPECT_TRUE(dictionary.prompt.starts_with(prompt.substr(0, comma) + " ")) << prompt;

    dictionary.words.clear();
    dictionary.prompt = std::string(10'000, 'x');
    EXPECT_LE(estimatedTokens(Vocabulary{dictionary}.promptFor({})), kPromptTokens);
    std::string accents;
    while (accents.size() < 2'000) accents += "é";
    dictionary.prompt = accents;
    EXPECT_TRUE(isUtf8(Vocabulary{dictionary}.promptFor({})));
}

TEST(NoteOnPrompt, IsForThoseWhoGaveNamesToAModelThatIsShownNone) {
    Dictionary dictionary;
    EXPECT_EQ(noteOnPrompt(false, Vocabulary{dictionary}.promptFor({})), "") << "no names";
    dictionary.people = {"Claire Fontaine"};
    EXPECT_EQ(noteOnPrompt(false, Vocabulary{dictionary}.promptFor({})), "") << "of the directory";
    dictionary.words = {"Outlook"};
    EXPECT_NE(noteOnPrompt(false, Vocabulary{dictionary}.promptFor({})), "");
    EXPECT_EQ(noteOnPrompt(true, Vocabulary{dictionary}.promptFor({})), "");
}

TEST(CurrentVocabulary, IsReplacedWhileOthersUseIt) {
    CurrentVocabulary current;
    EXPECT_EQ(current.correct("outlouk").text, "outlouk");
    std::thread reader{[&current] {
        for (int i = 0; i < 200; ++i) {
            const std::string text = current.correct("mon outlouk").text;
            EXPECT_TRUE(text == "mon outlouk" || text == "mon Outlook") << text;
        }
    }};
    Dictionary dictionary;
    dictionary.words = {"Outlook"};
    for (int i = 0; i < 20; ++i) current.replace(dictionary);
    reader.join();
    EXPECT_EQ(current.correct("mon outlouk").text, "mon Outlook");
    EXPECT_EQ(current.promptFor({}), "Outlook");
}

}  // namespace
}  // namespace ninja3cx::transcription
