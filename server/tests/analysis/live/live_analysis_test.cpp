#include "server/analysis/live/live_analysis.hpp"

#include "server/analysis/training/labelled_call.hpp"
#include "server/analysis/weights/weights.hpp"
#include "shared/protocol/codes.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

namespace ninja3cx::analysis {
namespace {

using protocol::CallInsight;
using protocol::Category;
using protocol::MoodTrend;
using protocol::Sentiment;
using protocol::Speaker;
using protocol::Utterance;

/// "C 12: le vpn …": the customer, 12 s after the call began, for 2 s.
Utterance said(const std::string& line, int number = 0) {
    Utterance utterance;
    const auto colon = line.find(':');
    utterance.channel = line[0] == 'A' ? Speaker::Agent : Speaker::Customer;
    utterance.startMs = std::stoll(line.substr(1, colon - 1)) * 1000;
    utterance.endMs = utterance.startMs + 2000;
    utterance.utteranceId = UtteranceId{line.substr(0, colon) + "#" + std::to_string(number)};
    utterance.text = line.substr(colon + 1);
    utterance.isFinal = true;
    return utterance;
}

CallInsight after(const std::vector<std::string>& lines, const SiteRules& rules = {},
                  const std::string& language = "fr") {
    LiveAnalysis live{builtInModel(), language, rules};
    CallInsight insight;
    int number = 0;
    for (const std::string& line : lines) insight = live.read(said(line, ++number));
    return insight;
}

std::vector<std::string> rulesOf(const CallInsight& insight) {
    std::vector<std::string> names;
    for (const auto& alert : insight.alerts) names.push_back(alert.rule);
    return names;
}

// -- alerts

struct AlertRow {
    const char* name;
    const char* language;
    std::vector<std::string> lines;
    std::vector<std::string> raised;
};
class BuiltInAlert : public testing::TestWithParam<AlertRow> {};
TEST_P(BuiltInAlert, IsRaised) {
    EXPECT_EQ(rulesOf(after(GetParam().lines, {}, GetParam().language)), GetParam().raised);
}
const std::string kUnhappy1 = "C 10: c'est inadmissible, ça fait trois jours que je suis bloqué";
const std::string kUnhappy2 = "C 40: j'en ai marre, c'est toujours la même chose avec vous";
INSTANTIATE_TEST_SUITE_P(
    Rows, BuiltInAlert,
    testing::Values(
        AlertRow{"TwiceAngry", "fr", {kUnhappy1, kUnhappy2}, {"angryCustomer"}},
        AlertRow{"AngryOnce", "fr", {kUnhappy1, "C 40: d'accord"}, {}},
        AlertRow{"AngryTwiceFarApart",
                 "fr",
                 {kUnhappy1, "C 90: j'en ai marre, c'est toujours la même chose avec vous"},
                 {}},
        AlertRow{"TheTechnicianIsNotTheCustomer",
                 "fr",
                 {"A 10: c'est inadmissible, ça fait trois jours que je suis bloqué",
                  "A 40: j'en ai marre, c'est toujours la même chose"},
                 {}},
        AlertRow{"AngryInEnglish",
                 "en",
                 {"C 10: this is unacceptable, three days without a phone",
                  "C 40: i am fed up, nobody ever calls back"},
                 {"angryCustomer"}},
        AlertRow{"Cancellation", "fr", {"C 5: je vais résilier, c'est décidé"}, {"cancellation"}},
        AlertRow{"AnotherProvider", "fr", {"C 5: on va changer de prestataire"}, {"cancellation"}},
        AlertRow{"NoCancellation", "fr", {"C 5: je ne veux pas résilier"}, {}},
        AlertRow{
            "ARepeatIsOneAlert", "fr", {"C 5: je vais résilier", "C 9: oui, résilier"}, {"cancellation"}},
        AlertRow{"CancellationInEnglish", "en", {"C 5: I want to cancel the contract"}, {"cancellation"}},
        AlertRow{"NoCancellationInEnglish", "en", {"C 5: I don't want to cancel the contract"}, {}},
        AlertRow{"AManager", "fr", {"C 5: passez-moi un responsable"}, {"wantsManager"}},
        AlertRow{"ASuperior", "fr", {"C 5: je veux votre supérieur hiérarchique"}, {"wantsManager"}},
        AlertRow{"AManagerInEnglish", "en", {"C 5: let me speak to a manager"}, {"wantsManager"}},
        AlertRow{"ToSpeakToAManager", "fr", {"C 5: je voudrais parler à un responsable"}, {"wantsManager"}},
        AlertRow{"AManagerIsWanted", "fr", {"C 5: je veux un responsable"}, {"wantsManager"}},
        AlertRow{"AManagerIsMentioned", "fr", {"C 5: un responsable m'a rappelé hier"}, {}},
        AlertRow{"ACustomersManager",
                 "fr",
                 {"C 5: il faut un compte pour un responsable de magasin qui arrive lundi"},
                 {}},
        AlertRow{"YourManagerCame", "fr", {"C 5: votre responsable est passé la semaine dernière"}, {}},
        AlertRow{"NobodyIsWanted", "fr", {"C 5: je ne veux pas déranger votre chef"}, {}},
        AlertRow{"YourBossInEnglish", "en", {"C 5: I want your boss on the phone"}, {"wantsManager"}},
        AlertRow{"AManagerIsMentionedInEnglish", "en", {"C 5: your manager rang me yesterday"}, {}},
        AlertRow{"ASupervisorIsMentionedInEnglish", "en", {"C 5: a supervisor of ours cannot log in"}, {}},
        AlertRow{"AClick", "fr", {"C 5: j'ai cliqué et il m'a demandé mon mot de passe"}, {"security"}},
        AlertRow{"AClickOnALink", "fr", {"C 5: j'ai bêtement cliqué sur le lien"}, {"security"}},
        AlertRow{"AClickInAMail", "fr", {"C 5: un mail de la banque et j'ai cliqué dessus"}, {"security"}},
        AlertRow{"AClickByAColleague",
                 "fr",
                 {"C 5: ma collègue a cliqué sur une pièce jointe suspecte"},
                 {"security"}},
        AlertRow{"AnEverydayClick", "fr", {"C 5: j'ai cliqué sur imprimer et rien ne sort"}, {}},
        AlertRow{"ABareClick", "fr", {"C 5: oui voilà j'ai cliqué"}, {}},
        AlertRow{"ASentMail", "fr", {"C 5: j'ai cliqué sur envoyer et le mail est resté"}, {}},
        AlertRow{"AForgottenPassword", "fr", {"C 5: j'ai cliqué sur mot de passe oublié"}, {}},
        AlertRow{"AMailFarFromTheClick",
                 "fr",
                 {"C 5: j'ai cliqué et puis après l'écran est devenu tout noir donc je vous ai fait un mail"},
                 {}},
        AlertRow{"NoClick", "fr", {"C 5: je n'ai pas cliqué sur le lien"}, {}},
        AlertRow{"AClickInEnglish", "en", {"C 5: I clicked on the thing in that email"}, {"security"}},
        AlertRow{"ALinkInEnglish", "en", {"C 5: I've stupidly clicked the link"}, {"security"}},
        AlertRow{"AnEverydayClickInEnglish", "en", {"C 5: I clicked print and nothing comes out"}, {}},
        AlertRow{"ABareClickInEnglish", "en", {"C 5: okay I clicked it"}, {}},
        AlertRow{"ASentMailInEnglish", "en", {"C 5: I clicked send and the email is stuck"}, {}},
        AlertRow{"ARansom", "fr", {"C 5: il y a une demande de rançon à l'écran"}, {"security"}},
        AlertRow{"AllEncrypted", "fr", {"C 5: ça a chiffré tous les fichiers"}, {"security"}},
        AlertRow{"RansomwareInEnglish", "en", {"C 5: it says ransomware"}, {"security"}},
        AlertRow{"TheTechnicianAsksForIt", "fr", {"A 5: y a-t-il une demande de rançon ?"}, {}},
        AlertRow{"UnknownLanguageHearsBoth",
                 "auto",
                 {"C 5: je vais résilier", "C 9: let me speak to a manager"},
                 {"cancellation", "wantsManager"}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(LiveAlerts, SayWhereTheyWereMet) {
    const CallInsight insight = after({"C 3: bonjour", "C 5: je vais résilier", "C 9: vraiment résilier"});
    ASSERT_EQ(insight.alerts.size(), 1u);
    EXPECT_EQ(insight.alerts[0], (protocol::CallAlert{"cancellation", "", UtteranceId{"C 5#2"}, 5000}));
}

AlertRule ownRule(std::vector<std::string> phrases) {
    AlertRule rule;
    rule.id = "own";
    rule.text = "Client VIP";
    rule.phrases = std::move(phrases);
    return rule;
}

struct OwnRow {
    const char* name;
    AlertRule rule;
    std::vector<std::string> lines;
    bool isRaised;
};
class OwnAlert : public testing::TestWithParam<OwnRow> {};
TEST_P(OwnAlert, IsRaised) {
    SiteRules rules;
    rules.alerts = {GetParam().rule};
    EXPECT_EQ(rulesOf(after(GetParam().lines, rules)) == std::vector<std::string>{"own"},
              GetParam().isRaised);
}
AlertRule with(AlertRule rule, const std::function<void(AlertRule&)>& change) {
    change(rule);
    return rule;
}
const std::vector<std::string> kBlue = {"Écran bleu"};
INSTANTIATE_TEST_SUITE_P(
    Rows, OwnAlert,
    testing::Values(OwnRow{"ByAnyone", ownRule(kBlue), {"A 5: un écran bleu ?"}, true},
                    OwnRow{"ByTheOtherOne",
                           with(ownRule(kBlue), [](auto& rule) { rule.speaker = Speaker::Customer; }),
                           {"A 5: un écran bleu ?"},
                           false},
                    OwnRow{"InThatMood",
                           with(ownRule(kBlue), [](auto& rule) { rule.mood = Sentiment::Negative; }),
                           {kUnhappy1, "A 13: un écran bleu ?"},
                           true},
                    OwnRow{"InAnotherMood",
                           with(ownRule(kBlue), [](auto& rule) { rule.mood = Sentiment::Negative; }),
                           {"C 10: d'accord", "A 13: un écran bleu ?"},
                           false},
                    OwnRow{"OftenEnough",
                           with(ownRule(kBlue), [](auto& rule) { rule.times = 2; }),
                           {"C 5: écran bleu", "C 500: encore un écran bleu"},
                           true},
                    OwnRow{"NotOftenEnough",
                           with(ownRule(kBlue), [](auto& rule) { rule.times = 3; }),
                           {"C 5: écran bleu", "C 500: encore un écran bleu"},
                           false},
                    OwnRow{"TooFarApart",
                           with(ownRule(kBlue),
                                [](auto& rule) {
                                    rule.times = 2;
                                    rule.within = std::chrono::seconds{60};
                                }),
                           {"C 5: écran bleu", "C 66: encore un écran bleu"},
                           false},
                    OwnRow{"NearEnough",
                           with(ownRule(kBlue),
                                [](auto& rule) {
                                    rule.times = 2;
                                    rule.within = std::chrono::seconds{60};
                                }),
                           {"C 5: écran bleu", "C 65: encore un écran bleu"},
                           true}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(OwnAlerts, TakeThePlaceOfABuiltInOneOfThatName) {
    SiteRules rules;
    rules.alerts = {ownRule({"au revoir"})};
    rules.alerts[0].id = "cancellation";
    EXPECT_EQ(rulesOf(after({"C 5: je vais résilier"}, rules)), std::vector<std::string>{});
    const CallInsight insight = after({"C 5: au revoir"}, rules);
    ASSERT_EQ(insight.alerts.size(), 1u);
    EXPECT_EQ(insight.alerts[0].text, "Client VIP");
}

TEST(OwnAlerts, SwitchABuiltInOneOff) {
    SiteRules rules;
    rules.alerts = {AlertRule{}};
    rules.alerts[0].id = "wantsManager";
    rules.alerts[0].isOff = true;
    EXPECT_EQ(rulesOf(after({"C 5: je vais résilier, passez-moi un responsable"}, rules)),
              std::vector<std::string>{"cancellation"});
    EXPECT_TRUE(isBuiltInAlert("wantsManager"));
    EXPECT_FALSE(isBuiltInAlert("wantsmanager"));
}

// -- mood and topic

TEST(LiveMood, IsTheCustomersAndPasses) {
    EXPECT_EQ(after({kUnhappy1}).mood, Sentiment::Negative);
    EXPECT_EQ(after({kUnhappy1, "A 50: je regarde"}).mood, Sentiment::Neutral);
    EXPECT_EQ(after({"A 10: c'est inadmissible, ça fait trois jours que je suis bloqué"}).mood,
              Sentiment::Neutral);
    const CallInsight better = after({kUnhappy1, "C 45: super, ça marche, merci infiniment, vous me sauvez"});
    EXPECT_EQ(better.mood, Sentiment::Positive);
    EXPECT_EQ(better.trend, MoodTrend::Rising);
}

TEST(LiveMood, IsNotLiftedByMockery) {
    EXPECT_EQ(after({"C 10: ah bravo, magnifique, le scanner est encore en panne"}).mood,
              Sentiment::Negative);
    EXPECT_EQ(after({"C 10: oh wonderful, the scanner has crashed again"}, {}, "en").mood,
              Sentiment::Negative);
    EXPECT_NE(after({"C 10: super, et le scanner ne marche plus"}).mood, Sentiment::Positive);
    EXPECT_EQ(after({"C 10: bravo, ça marche, vous êtes formidable, un grand merci"}).mood,
              Sentiment::Positive);
}

TEST(LiveTopic, IsSilentUntilItIsClear) {
    EXPECT_EQ(after({"A 0: support bonjour"}).topic, std::nullopt);
    EXPECT_EQ(after({"A 0: support bonjour", "C 3: l'imprimante du premier fait un bourrage papier",
                     "C 8: l'imprimante n'imprime plus rien, le bac est plein de papier",
                     "A 14: c'est quelle imprimante ?", "C 18: l'imprimante hp, celle qui fait aussi scanner",
                     "A 22: ouvrez le capot de l'imprimante et retirez le toner"})
                  .topic,
              Category::PrinterScanner);
}

TEST(LiveTopic, OfTheCompanysOwnBringsItsCategory) {
    SiteRules rules;
    rules.categories = {{"erp_sage", "Sage", "Sage", Category::SoftwareApplication, {"sage", "compta"}},
                        {"cash_desk", "Caisse", "Cash desk", Category::Hardware, {"caisse", "tiroir"}}};
    const CallInsight first = after({"C 3: la caisse ne s'ouvre plus"}, rules);
    EXPECT_EQ(first.customTopic, "Caisse") << "as people call it";
    EXPECT_EQ(first.topic, Category::Hardware);
    EXPECT_EQ(after({"C 3: la caisse est dans Sage", "A 6: la compta donc"}, rules).customTopic, "Sage");
    EXPECT_EQ(after({"C 3: the caisse is stuck"}, rules, "en").customTopic, "Cash desk");
    EXPECT_EQ(after({"C 3: Sage pas moyen de l'ouvrir"}, rules).customTopic, "Sage") << "denied, and named";
    EXPECT_EQ(after({"C 3: bonjour"}, rules).customTopic, std::nullopt);
}

// -- whole calls

std::vector<training::LabelledCall> trainingCalls() {
    std::vector<training::LabelledCall> calls;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{"training/analysis"})
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files) {
        std::stringstream text;
        text << std::ifstream{file}.rdbuf();
        auto more = training::readLabelledCalls(text.str(), file.filename().string());
        if (more) std::move(more->begin(), more->end(), std::back_inserter(calls));
    }
    return calls;
}

std::vector<Utterance> utterancesOf(const training::LabelledCall& call) {
    std::vector<Utterance> utterances;
    std::int64_t atMs = 0;
    for (const training::LabelledTurn& turn : call.turns) {
        Utterance utterance;
        utterance.utteranceId = UtteranceId{std::to_string(utterances.size())};
        utterance.channel = turn.isAgent ? Speaker::Agent : Speaker::Customer;
        utterance.startMs = atMs;
        utterance.endMs = atMs + 1000 + 60 * static_cast<std::int64_t>(turn.text.size());
        utterance.text = turn.text;
        utterance.isFinal = true;
        atMs = utterance.endMs + 300;
        utterances.push_back(std::move(utterance));
    }
    return utterances;
}

/// The topic waits until the answer stays, so it differs where the last words of a call turned it.
TEST(LiveAnalysis, EndsWhereTheWholeCallIsConcluded) {
    const Model& model = builtInModel();
    const Choice& category = *model.choice("category");
    std::size_t concluded = 0;
    std::size_t same = 0;
    for (const training::LabelledCall& call : trainingCalls()) {
        RunningAnswer running{model, category};
        LiveAnalysis live{model, "auto"};
        CallInsight insight;
        Answer answer;
        std::size_t sureFor = 0;
        const std::vector<Utterance> utterances = utterancesOf(call);
        for (std::size_t i = 0; i < utterances.size(); ++i) {
            insight = live.read(utterances[i]);
            running.add(model.readTurn(call.turns[i].isAgent, wordsOf(call.turns[i].text)));
            const Answer next = running.answer();
            const bool isSure = next.certainty >= category.sureFrom;
            sureFor = !isSure ? 0 : next.value == answer.value ? sureFor + 1 : 1;
            answer = next;
        }
        constexpr std::size_t kTextsForATopic = 8;  // a topic is taken where it stays for some texts
        if (answer.certainty < category.likelyFrom || call.turns.size() < kTextsForATopic) continue;
        ++concluded;
        const bool isSame = insight.topic == protocol::codeNamed<Category>(category.values[answer.value]);
        same += isSame ? 1U : 0U;
        EXPECT_TRUE(isSame || sureFor < 4) << call.id;
    }
    EXPECT_GT(concluded, 600u);
    EXPECT_GT(same, concluded * 98 / 100);
}

TEST(LiveAnalysis, DoesNotDependOnTheOrderInWhichTextsCome) {
    const auto calls = trainingCalls();
    std::mt19937 random{7};
    for (std::size_t i = 0; i < calls.size(); i += 20) {
        std::vector<Utterance> utterances = utterancesOf(calls[i]);
        LiveAnalysis inOrder{builtInModel(), "fr"};
        CallInsight expected;
        for (const Utterance& utterance : utterances) expected = inOrder.read(utterance);
        std::shuffle(utterances.begin(), utterances.end(), random);
        LiveAnalysis shuffled{builtInModel(), "fr"};
        CallInsight insight;
        for (const Utterance& utterance : utterances) insight = shuffled.read(utterance);
        EXPECT_EQ(insight, expected) << calls[i].id;
    }
}

TEST(RunningAnswer, IsThatOfAllTurnsSoFar) {
    const Model& model = builtInModel();
    const Choice& category = *model.choice("category");
    const auto call = trainingCalls().at(5);
    RunningAnswer running{model, category};
    std::vector<TurnReading> turns;
    for (const auto& turn : call.turns) {
        turns.push_back(model.readTurn(turn.isAgent, wordsOf(turn.text)));
        running.add(turns.back());
        running.add(turns.front());  // and off again
        running.takeOff(turns.front());
        const Answer whole = model.answer(category, model.concludeFrom(turns));
        const Answer answer = running.answer();
        EXPECT_EQ(answer.value, whole.value);
        EXPECT_EQ(answer.runnerUp, whole.runnerUp);
        EXPECT_FLOAT_EQ(answer.certainty, whole.certainty);
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
