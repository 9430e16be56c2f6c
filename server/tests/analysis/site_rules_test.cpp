#include "server/analysis/site_rules_apply.hpp"
#include "server/analysis/words/plain_phrase.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Priority;
using protocol::Speaker;

struct PhraseRow {
    const char* name;
    const char* written;
    const char* expected;  // empty: refused
};
class Phrases : public testing::TestWithParam<PhraseRow> {};
TEST_P(Phrases, AreReadAsPeopleWriteThem) {
    const auto plain = plainPhrase(GetParam().written);
    EXPECT_EQ(plain ? *plain : "", GetParam().expected) << (plain ? "" : plain.error().detail);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Phrases,
    testing::Values(PhraseRow{"AccentsAndCapitals", "Écran BLEU", "ecran bleu"},
                    PhraseRow{"Apostrophes", "l'écran d’accueil", "l ecran d accueil"},
                    PhraseRow{"AnyEnding", "imprim*", "imprim*"},
                    PhraseRow{"AnyEndingAfterAnApostrophe", "l'imprim*", "l imprim*"},
                    PhraseRow{"AGap", "erreur ~ compta*", "erreur ~ compta*"},
                    PhraseRow{"GapsAtTheEndsSayNothing", "~ sage ~", "sage"},
                    PhraseRow{"PunctuationSaysNothing", "bon - de commande !", "bon de commande"},
                    PhraseRow{"HesitationsSayNothing", "euh sage", "sage"}, PhraseRow{"Nothing", "", ""},
                    PhraseRow{"Blanks", " \t ", ""}, PhraseRow{"OnlyAGap", "~", ""},
                    PhraseRow{"OnlyAStar", "*", ""}, PhraseRow{"GapsAndStars", "~ * ~", ""},
                    PhraseRow{"OnlyPunctuation", "?!", ""}, PhraseRow{"AStarInsideAWord", "im*prime", ""},
                    PhraseRow{"AGapInsideAWord", "im~prime", ""}, PhraseRow{"AStarAfterOneLetter", "a*", ""},
                    PhraseRow{"TooManyGaps", "a ~ b ~ c ~ d ~ e", ""},
                    PhraseRow{"TooManyWords", "a b c d e f g h i j k l m", ""}),
    [](const auto& info) { return std::string{info.param.name}; });

Conclusion<Category> found(Category category, Confidence confidence) {
    return {category, confidence, "what was found", {0}};
}

Conversation conversationOf(const protocol::AnalysisInput& input) {
    return readConversation(input);
}

struct KeywordRow {
    const char* name;
    std::vector<std::string> lines;
    Confidence before;
    Category category;
    Confidence confidence;
    const char* cue;
};
class Keywords : public testing::TestWithParam<KeywordRow> {};
TEST_P(Keywords, WeighInTheCategory) {
    SiteRules rules;
    rules.keywords = {{Category::NetworkVpn, {"forti client", "tunnel*", "Tunnel*"}},
                      {Category::Telephony, {"casque", "yealink"}}};
    const protocol::AnalysisInput input = talk(GetParam().lines);
    Conclusion<Category> category = found(Category::Email, GetParam().before);
    const SiteFinding site = applySiteRules(rules, conversationOf(input), category);
    EXPECT_EQ(category.value, GetParam().category);
    EXPECT_EQ(category.confidence, GetParam().confidence);
    EXPECT_EQ(category.cue, GetParam().cue);
    EXPECT_EQ(site.instead.has_value(), category.value != Category::Email);
}
INSTANTIATE_TEST_SUITE_P(Rows, Keywords,
                         testing::Values(KeywordRow{"OneTakesADoubtfulCategory",
                                                    {"C: le forti client ne répond pas"},
                                                    Confidence::Likely,
                                                    Category::NetworkVpn,
                                                    Confidence::Likely,
                                                    "mot-clé : forti client"},
                                         KeywordRow{"OneLeavesASureCategory",
                                                    {"C: le forti client ne répond pas"},
                                                    Confidence::Sure,
                                                    Category::Email,
                                                    Confidence::Sure,
                                                    "what was found"},
                                         KeywordRow{"TwoTakeEvenASureCategory",
                                                    {"C: le forti client", "A: oui", "C: le tunnel tombe"},
                                                    Confidence::Sure,
                                                    Category::NetworkVpn,
                                                    Confidence::Sure,
                                                    "mots-clés : forti client, tunnel*"},
                                         KeywordRow{"TheSameOneTwiceIsOne",
                                                    {"C: le tunnel", "C: le tunnel tombe"},
                                                    Confidence::Sure,
                                                    Category::Email,
                                                    Confidence::Sure,
                                                    "what was found"},
                                         KeywordRow{"TheTechniciansWordsAreNone",
                                                    {"A: le forti client et son tunnel"},
                                                    Confidence::Unsure,
                                                    Category::Email,
                                                    Confidence::Unsure,
                                                    "what was found"},
                                         KeywordRow{"MoreBeatFewer",
                                                    {"C: mon casque", "C: le forti client dans son tunnel"},
                                                    Confidence::Unsure,
                                                    Category::NetworkVpn,
                                                    Confidence::Sure,
                                                    "mots-clés : forti client, tunnel*"},
                                         KeywordRow{"OfEqualsTheOneSaidFirst",
                                                    {"C: mon casque", "C: le forti client"},
                                                    Confidence::Unsure,
                                                    Category::Telephony,
                                                    Confidence::Likely,
                                                    "mot-clé : casque"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Keywords, MakeTheCategoryThatTheyAgreeWithSurer) {
    SiteRules rules;
    rules.keywords = {{Category::Email, {"webmail", "roundcube"}}, {Category::Telephony, {"casque"}}};
    const protocol::AnalysisInput one = talk({"C: mon casque", "C: le webmail"});
    Conclusion<Category> category = found(Category::Email, Confidence::Unsure);
    EXPECT_FALSE(applySiteRules(rules, conversationOf(one), category).instead)
        << "of equals the one it is anyway";
    EXPECT_EQ(category.confidence, Confidence::Likely);
    EXPECT_EQ(category.cue, "what was found, mot-clé : webmail");
    EXPECT_EQ(category.turns, (std::vector<std::int32_t>{0, 1}));
    const protocol::AnalysisInput two = talk({"C: le webmail roundcube"});
    applySiteRules(rules, conversationOf(two), category);
    EXPECT_EQ(category.confidence, Confidence::Sure);
}

CustomCategory custom(const std::string& id, Category within, std::vector<std::string> phrases) {
    return {id, id, id, within, std::move(phrases)};
}

SiteRule rule(const std::string& id) {
    SiteRule made;
    made.id = id;
    return made;
}

TEST(CustomCategories, BringTheirCategoryAndCiteWhatWasSaid) {
    SiteRules rules;
    rules.categories = {
        {"erp_sage", "ERP Sage", "Sage ERP", Category::SoftwareApplication, {"sage", "module compta*"}},
        custom("badge", Category::Hardware, {"badge*"})};
    const protocol::AnalysisInput input =
        talk({"C: mon badge", "A: et ?", "C: Sage, le module comptable plante"});
    const protocol::Analysis analysis = analyse(input, rules);
    EXPECT_EQ(analysis.customCategory, "erp_sage") << "of which more is said";
    EXPECT_EQ(analysis.category, Category::SoftwareApplication);
    const auto evidence = std::ranges::find(analysis.evidence, "custom_category", &protocol::Evidence::field);
    ASSERT_NE(evidence, analysis.evidence.end());
    EXPECT_EQ(evidence->cue, "catégorie ERP Sage : sage, module compta*");
    EXPECT_EQ(evidence->turns, std::vector<std::int32_t>{2});
    EXPECT_EQ(evidence->confidence, Confidence::Sure);
    EXPECT_FALSE(analyse(talk({"C: mon écran est noir"}), rules).customCategory);
    const protocol::Analysis english = analyse(talk({"C: Sage keeps crashing"}, "en"), rules);
    const auto cited = std::ranges::find(english.evidence, "custom_category", &protocol::Evidence::field);
    ASSERT_NE(cited, english.evidence.end());
    EXPECT_EQ(cited->cue, "category Sage ERP: sage") << "in the language of the call";
}

TEST(Rules, ApplyInTheirOrderAndTheLaterOneWins) {
    SiteRules rules;
    rules.categories = {custom("erp_sage", Category::SoftwareApplication, {"sage"})};
    SiteRule all = rule("sage");
    all.when.customCategory = "erp_sage";
    all.priority = Priority::Low;
    SiteRule pay = rule("paie");
    pay.when.phrases = {"fiche* de paie", "paie"};
    pay.when.customCategory = "erp_sage";
    pay.priority = Priority::High;
    rules.rules = {all, pay};
    const auto priorityOf = [&](const std::string& line) {
        const protocol::Analysis analysis = analyse(talk({"A: bonjour", line}), rules);
        const auto evidence = std::ranges::find(analysis.evidence, "priority", &protocol::Evidence::field);
        return std::pair{analysis.priority, evidence->cue};
    };
    EXPECT_EQ(priorityOf("C: sage ne sort plus les fiches de paie"),
              std::pair(Priority::High, std::string{"règle paie : fiche* de paie, paie"}));
    EXPECT_EQ(priorityOf("C: sage ne démarre pas"), std::pair(Priority::Low, std::string{"règle sage"}));
    std::swap(rules.rules[0], rules.rules[1]);
    EXPECT_EQ(priorityOf("C: sage ne sort plus les fiches de paie").first, Priority::Low);
}

struct RuleRow {
    const char* name;
    void (*conditions)(RuleWhen&);
    bool applies;
};
class Conditions : public testing::TestWithParam<RuleRow> {};
TEST_P(Conditions, MustAllHold) {
    SiteRules rules;
    rules.categories = {custom("erp_sage", Category::SoftwareApplication, {"sage"})};
    SiteRule one = rule("one");
    GetParam().conditions(one.when);
    one.ticketWarranted = false;
    rules.rules = {one};
    const protocol::Analysis analysis =
        analyse(talk({"C: bonjour sage plante", "A: la direction est prévenue"}), rules);
    EXPECT_EQ(analysis.ticketWarranted, !GetParam().applies);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Conditions,
    testing::Values(
        RuleRow{"SaidByAnyone", [](RuleWhen& when) { when.phrases = {"direction"}; }, true},
        RuleRow{"SaidByTheOther",
                [](RuleWhen& when) {
                    when.phrases = {"direction"};
                    when.speaker = Speaker::Customer;
                },
                false},
        RuleRow{"OneOfSeveralIsSaid",
                [](RuleWhen& when) {
                    when.phrases = {"nuage", "direction"};
                },
                true},
        RuleRow{"NotSaid", [](RuleWhen& when) { when.phrases = {"nuage"}; }, false},
        RuleRow{"UnreadablePhrasesAreNeverSaid",
                [](RuleWhen& when) {
                    when.phrases = {"~", "*"};
                },
                false},
        RuleRow{"TheCategory", [](RuleWhen& when) { when.category = Category::SoftwareApplication; }, true},
        RuleRow{"AnotherCategory", [](RuleWhen& when) { when.category = Category::Email; }, false},
        RuleRow{"TheCustomCategory", [](RuleWhen& when) { when.customCategory = "erp_sage"; }, true},
        RuleRow{"AnotherCustomCategory", [](RuleWhen& when) { when.customCategory = "other"; }, false},
        RuleRow{"SaidInAnotherCategory",
                [](RuleWhen& when) {
                    when.phrases = {"direction"};
                    when.category = Category::Email;
                },
                false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Rules, MayChooseCategoryAndCustomCategory) {
    SiteRules rules;
    rules.categories = {custom("erp_sage", Category::SoftwareApplication, {"sage"}),
                        custom("borne", Category::Hardware, {})};
    SiteRule kiosk = rule("borne-accueil");
    kiosk.when.phrases = {"borne"};
    kiosk.customCategory = "borne";
    rules.rules = {kiosk};
    const auto input = talk({"C: sage ne répond plus sur la borne"});
    protocol::Analysis analysis = analyse(input, rules);
    EXPECT_EQ(analysis.customCategory, "borne");
    EXPECT_EQ(analysis.category, Category::Hardware);

    SiteRule offer = rule("devis");
    offer.when.phrases = {"ne répond plus"};
    offer.category = Category::ProcurementLicence;
    rules.rules = {offer};
    analysis = analyse(input, rules);
    EXPECT_EQ(analysis.category, Category::ProcurementLicence);
    EXPECT_FALSE(analysis.customCategory) << "that one is within another category";
    EXPECT_NE(analysis.runnerUp, Category::ProcurementLicence);

    SiteRule then = rule("then");  // sees what the earlier ones decided
    then.when.category = Category::ProcurementLicence;
    then.priority = Priority::High;
    rules.rules = {offer, then};
    EXPECT_EQ(analyse(input, rules).priority, Priority::High);
}

TEST(Rules, ConcludeNothingFromACallWithoutWords) {
    SiteRules rules;
    SiteRule all = rule("all");
    all.when.category = analyse(talk({"C: euh"})).category;
    all.priority = Priority::High;
    rules.rules = {all};
    EXPECT_EQ(analyse(talk({"C: euh"}), rules), analyse(talk({"C: euh"})));
}

TEST(Rules, ThatDoNotApplyChangeNothing) {
    SiteRules rules;
    rules.categories = {custom("erp_sage", Category::SoftwareApplication, {"sage"})};
    rules.keywords = {{Category::Telephony, {"yealink"}}};
    SiteRule one = rule("one");
    one.when.phrases = {"nuage"};
    one.priority = Priority::High;
    rules.rules = {one};
    const auto input = talk({"C: mon VPN ne marche plus depuis ce matin", "A: je vous rappelle demain"});
    EXPECT_EQ(analyse(input, rules), analyse(input));
}

}  // namespace
}  // namespace ninja3cx::analysis
