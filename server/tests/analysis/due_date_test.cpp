#include "server/analysis/actions/due_date.hpp"

#include "server/analysis/dates/call_start.hpp"
#include "server/analysis/dates/spoken_dates.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <random>

namespace ninja3cx::analysis {
namespace {

constexpr const char* kMonday = "2026-11-30T14:05:00+01:00";

/// The first date of a sentence, as it would stand in `due`.
std::string meantBy(const std::string& sentence, const std::optional<std::string>& startedAt) {
    const std::vector<Word> words = wordsOf(sentence);
    const auto start = startedAt ? parseCallStart(*startedAt) : std::nullopt;
    const auto dates = findDates(words, sentence, start);
    if (dates.empty()) return "-";
    return dates[0].meant.value_or(dates[0].spoken);
}

struct Row {
    const char* said;
    const char* meant;
    const char* startedAt = kMonday;
};
class DueDate : public testing::TestWithParam<Row> {};

TEST_P(DueDate, IsTheDayThatIsMeant) {
    EXPECT_EQ(meantBy(GetParam().said, GetParam().startedAt), GetParam().meant)
        << GetParam().said << ", on " << GetParam().startedAt;
}
const auto kByNumber = [](const auto& info) { return "Row" + std::to_string(info.index); };

INSTANTIATE_TEST_SUITE_P(
    FrenchDays, DueDate,
    testing::Values(
        Row{"je vous rappelle demain", "2026-12-01"}, Row{"je vous rappelle demain matin", "2026-12-01"},
        Row{"on passe demain midi", "2026-12-01T12:00"},
        Row{"demain après-midi un technicien passe", "2026-12-01"},
        Row{"demain apres midi un technicien passe", "2026-12-01"}, Row{"dès demain", "2026-12-01"},
        Row{"c'est fait pour après-demain", "2026-12-02"}, Row{"apres demain matin", "2026-12-02"},
        Row{"aujourd'hui sans faute", "2026-11-30"}, Row{"aujourd hui sans faute", "2026-11-30"},
        Row{"ce soir quand tout le monde est parti", "2026-11-30"}, Row{"cet après-midi", "2026-11-30"},
        Row{"cet aprem", "2026-11-30"}, Row{"dans la journée", "2026-11-30"}, Row{"cette nuit", "2026-11-30"},
        Row{"en fin de journée", "2026-11-30"}, Row{"lundi", "2026-12-07"}, Row{"mardi", "2026-12-01"},
        Row{"jeudi je repasse", "2026-12-03"}, Row{"dimanche", "2026-12-06"},
        Row{"lundi prochain", "2026-12-07"}, Row{"mercredi prochain", "2026-12-09"},
        Row{"mercredi de la semaine prochaine", "2026-12-09"},
        Row{"la semaine prochaine, mardi", "2026-12-08"}, Row{"jeudi en huit", "2026-12-10"},
        Row{"jeudi en quinze", "2026-12-17"}, Row{"cette semaine", "2026-12-04"},
        Row{"d'ici la fin de la semaine", "2026-12-04"}, Row{"en fin de semaine", "2026-12-04"},
        Row{"la semaine prochaine", "2026-12-11"}, Row{"en début de semaine prochaine", "2026-12-07"},
        Row{"ce week-end", "2026-12-06"}, Row{"d'ici vendredi", "2026-12-04"},
        Row{"avant vendredi", "2026-12-04"}, Row{"avant la fin du mois", "2026-11-30"},
        Row{"le mois prochain", "2026-12-31"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    FrenchDates, DueDate,
    testing::Values(Row{"le 12", "2026-12-12"}, Row{"on intervient le 30", "2026-11-30"},
                    Row{"le 3 décembre", "2026-12-03"}, Row{"le trois decembre", "2026-12-03"},
                    Row{"le premier décembre", "2026-12-01"}, Row{"le 1er décembre", "2026-12-01"},
                    Row{"le vingt et un décembre", "2026-12-21"}, Row{"lundi 7 décembre", "2026-12-07"},
                    Row{"vendredi quatre", "2026-12-04"}, Row{"le 15 janvier", "2027-01-15"},
                    Row{"le 29 novembre", "2027-11-29"}, Row{"le 3 décembre 2027", "2027-12-03"},
                    Row{"le 03/12", "2026-12-03"}, Row{"le 12 à 14 h", "2026-12-12T14:00"},
                    Row{"le 31", "2026-12-31"}, Row{"le 30", "2027-03-30", "2027-01-31T18:00:00+01:00"},
                    Row{"un écran de 24 pouces", "-"}, Row{"le 3 en panne", "-"},
                    Row{"le 15 pouces est livré", "-"}, Row{"le premier étage", "-"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    FrenchTimes, DueDate,
    testing::Values(
        Row{"avant midi", "2026-12-01T12:00"},
        Row{"avant midi", "2026-11-30T12:00", "2026-11-30T09:30:00+01:00"},
        Row{"à 15 h 30", "2026-11-30T15:30"}, Row{"je vous rappelle à 15h30", "2026-11-30T15:30"},
        Row{"à quinze heures trente", "2026-11-30T15:30"}, Row{"a quinze heures", "2026-11-30T15:00"},
        Row{"vers seize heures et demie", "2026-11-30T16:30"},
        Row{"à quatre heures et quart", "2026-11-30T16:15"},
        Row{"à cinq heures moins le quart", "2026-11-30T16:45"}, Row{"avant 17 h", "2026-11-30T17:00"},
        Row{"d'ici 17 heures", "2026-11-30T17:00"}, Row{"à 9 h", "2026-12-01T09:00"},
        Row{"demain à 14 h", "2026-12-01T14:00"}, Row{"demain avant quatorze heures", "2026-12-01T14:00"},
        Row{"demain matin à neuf heures", "2026-12-01T09:00"},
        Row{"demain matin neuf heures", "2026-12-01T09:00"}, Row{"demain à deux heures", "2026-12-01T14:00"},
        Row{"à deux heures du matin demain", "2026-12-01T02:00"},
        Row{"ce soir à huit heures", "2026-11-30T20:00"}, Row{"ce soir 19 h", "2026-11-30T19:00"},
        Row{"jeudi à 8 h 30", "2026-12-03T08:30"}, Row{"à 14 h jeudi", "2026-12-03T14:00"},
        Row{"dans une heure", "2026-11-30T15:05"}, Row{"dans une petite heure", "2026-11-30T15:05"},
        Row{"dans un quart d'heure", "2026-11-30T14:20"}, Row{"dans la demi-heure", "2026-11-30T14:35"},
        Row{"d'ici une demi heure", "2026-11-30T14:35"}, Row{"dans trois quarts d'heure", "2026-11-30T14:50"},
        Row{"dans une heure et demie", "2026-11-30T15:35"}, Row{"dans l'heure", "2026-11-30T15:05"},
        Row{"dans les dix minutes", "2026-11-30T14:15"}, Row{"dans 10 min", "2026-11-30T14:15"},
        Row{"d'ici deux heures", "2026-11-30T16:05"}, Row{"sous quatre heures", "2026-11-30T18:05"},
        Row{"dans une heure", "2026-12-01T00:30", "2026-11-30T23:30:00+01:00"},
        Row{"sous 48 heures", "2026-12-02"}, Row{"sous 48h", "2026-12-02"},
        Row{"sous vingt quatre heures", "2026-12-01"}, Row{"dans deux jours", "2026-12-02"},
        Row{"sous trois jours ouvrés", "2026-12-03"},
        Row{"sous deux jours ouvrés", "2026-12-08", "2026-12-04T10:00:00+01:00"},
        Row{"dans deux ou trois jours", "2026-12-03"}, Row{"dans huit jours", "2026-12-07"},
        Row{"d'ici quinze jours", "2026-12-14"}, Row{"sous huitaine", "2026-12-07"},
        Row{"dans deux semaines", "2026-12-14"}, Row{"dans un mois", "2026-12-30"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    English, DueDate,
    testing::Values(
        Row{"I'll call you tomorrow", "2026-12-01"}, Row{"tomorrow morning", "2026-12-01"},
        Row{"the day after tomorrow", "2026-12-02"}, Row{"by Friday", "2026-12-04"},
        Row{"on Monday", "2026-12-07"}, Row{"next Tuesday", "2026-12-08"}, Row{"next Monday", "2026-12-07"},
        Row{"next Tuesday", "2026-12-08", "2026-12-04T10:00:00Z"}, Row{"Monday week", "2026-12-14"},
        Row{"a week on Thursday", "2026-12-10"}, Row{"Thursday next week", "2026-12-10"},
        Row{"this week", "2026-12-04"}, Row{"by the end of the week", "2026-12-04"},
        Row{"next week", "2026-12-11"}, Row{"end of day", "2026-11-30"},
        Row{"by close of play today", "2026-11-30"}, Row{"this afternoon", "2026-11-30"},
        Row{"tonight", "2026-11-30"}, Row{"in the morning", "2026-12-01"},
        Row{"first thing tomorrow", "2026-12-01"}, Row{"first thing", "2026-12-01"},
        Row{"in half an hour", "2026-11-30T14:35"}, Row{"in an hour", "2026-11-30T15:05"},
        Row{"within the hour", "2026-11-30T15:05"}, Row{"in ten minutes", "2026-11-30T14:15"},
        Row{"in an hour and a half", "2026-11-30T15:35"}, Row{"in a couple of hours", "2026-11-30T16:05"},
        Row{"within 24 hours", "2026-12-01"}, Row{"in two days", "2026-12-02"},
        Row{"in a week", "2026-12-07"}, Row{"in the next two hours", "2026-11-30T16:05"},
        Row{"within two working days", "2026-12-02"}, Row{"in a fortnight", "2026-12-14"},
        Row{"at 3 pm", "2026-11-30T15:00"}, Row{"at 3pm", "2026-11-30T15:00"},
        Row{"at three p.m.", "2026-11-30T15:00"}, Row{"by five", "2026-11-30T17:00"},
        Row{"by three o'clock", "2026-11-30T15:00"}, Row{"at half past two", "2026-11-30T14:30"},
        Row{"at quarter to four", "2026-11-30T15:45"}, Row{"at 15:30", "2026-11-30T15:30"},
        Row{"before nine tomorrow", "2026-12-01T09:00"}, Row{"tomorrow at 10 am", "2026-12-01T10:00"},
        Row{"tomorrow at two", "2026-12-01T14:00"}, Row{"2 pm on Thursday", "2026-12-03T14:00"},
        Row{"by noon", "2026-12-01T12:00"}, Row{"tomorrow by midday", "2026-12-01T12:00"},
        Row{"on the 12th", "2026-12-12"}, Row{"the 3rd of December", "2026-12-03"},
        Row{"December the third", "2026-12-03"}, Row{"Tuesday the 8th", "2026-12-08"},
        Row{"the twenty first of December", "2026-12-21"}, Row{"Friday morning", "2026-12-04"},
        Row{"by the end of the month", "2026-11-30"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    FrenchWaysToSayIt, DueDate,
    testing::Values(
        Row{"demain à midi et demi", "2026-12-01T12:30"}, Row{"jeudi vers midi et quart", "2026-12-03T12:15"},
        Row{"demain midi moins le quart", "2026-12-01T11:45"},
        Row{"demain à midi moins dix", "2026-12-01T11:50"}, Row{"demain à midi trente", "2026-12-01T12:30"},
        Row{"à minuit et demi", "2026-12-01T00:30"}, Row{"à minuit", "2026-12-01T00:00"},
        Row{"à trois heures moins un quart", "2026-11-30T14:45"},
        Row{"demain à une heure moins le quart", "2026-12-01T12:45"},
        Row{"demain à 15h moins le quart", "2026-12-01T14:45"},
        Row{"demain à 15h et demie", "2026-12-01T15:30"}, Row{"plutôt seize heures", "2026-11-30T16:00"},
        Row{"plutôt jeudi dix heures", "2026-12-03T10:00"}, Row{"sous quinzaine", "2026-12-14"},
        Row{"dans une quinzaine de jours", "2026-12-14"}, Row{"d'ici une huitaine de jours", "2026-12-07"},
        Row{"d'ici huit jours", "2026-12-07"}, Row{"dans une quinzaine de minutes", "2026-11-30T14:20"},
        Row{"dans une petite dizaine de minutes", "2026-11-30T14:15"},
        Row{"d'ici une vingtaine de minutes", "2026-11-30T14:25"}, Row{"demain en huit", "2026-12-08"},
        Row{"d'aujourd'hui en quinze", "2026-12-14"}, Row{"vendredi en huit à 11 heures", "2026-12-11T11:00"},
        Row{"fin de semaine", "2026-12-04"}, Row{"dans la foulée", "dans la foulée"},
        Row{"d'ici la fin du mois prochain", "2026-12-31"}, Row{"fin février", "2027-02-28"},
        Row{"fin février", "2028-02-29", "2028-01-10T10:00:00+01:00"}, Row{"fin novembre", "2026-11-30"},
        Row{"le dernier jour du mois", "2026-11-30"}, Row{"le 31 novembre", "-"},
        Row{"le vingt-neuf février 2027", "-"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    EnglishWaysToSayIt, DueDate,
    testing::Values(
        Row{"at half three", "2026-11-30T15:30"}, Row{"tomorrow half ten", "2026-12-01T10:30"},
        Row{"by half past twelve tomorrow", "2026-12-01T12:30"},
        Row{"at half eight in the morning", "2026-12-01T08:30"},
        Row{"at a quarter to five", "2026-11-30T16:45"}, Row{"quarter to one tomorrow", "2026-12-01T12:45"},
        Row{"tomorrow at quarter past nine", "2026-12-01T09:15"},
        Row{"at twenty past four", "2026-11-30T16:20"}, Row{"at ten to four", "2026-11-30T15:50"},
        Row{"tomorrow at half past midday", "2026-12-01T12:30"},
        Row{"half past midnight", "2026-12-01T00:30"}, Row{"make it four", "2026-11-30T16:00"},
        Row{"make it Thursday at ten", "2026-12-03T10:00"}, Row{"Thursday at ten it is", "2026-12-03T10:00"},
        Row{"in a fortnight's time", "2026-12-14"}, Row{"in two weeks' time", "2026-12-14"},
        Row{"a fortnight on Thursday", "2026-12-17"}, Row{"a week today", "2026-12-07"},
        Row{"a week tomorrow", "2026-12-08"}, Row{"tomorrow week", "2026-12-08"},
        Row{"by the end of next month", "2026-12-31"}, Row{"at the end of February", "2027-02-28"},
        Row{"the end of February", "2028-02-29", "2028-02-10T10:00:00Z"},
        Row{"the last day of the month", "2026-11-30"}, Row{"straight after", "straight after"},
        Row{"five to ten people are waiting", "-"}, Row{"one and a half", "-"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    CalendarsEdges, DueDate,
    testing::Values(
        Row{"demain", "2026-12-05", "2026-12-04T16:00:00+01:00"},  // said on a Friday: Saturday, as said
        Row{"lundi", "2026-12-07", "2026-12-04T16:00:00+01:00"},
        Row{"cette semaine", "2026-12-06", "2026-12-05T09:00:00+01:00"},
        Row{"la semaine prochaine", "2026-12-11", "2026-12-06T09:00:00+01:00"},
        Row{"demain", "2027-01-01", "2026-12-31T10:00:00+01:00"},
        Row{"demain", "2028-02-29", "2028-02-28T10:00:00+01:00"},
        Row{"demain", "2027-03-01", "2027-02-28T10:00:00+01:00"},
        Row{"le 29 février", "2028-02-29", "2026-11-30T10:00:00+01:00"},
        Row{"dans un mois", "2027-02-28", "2027-01-31T10:00:00+01:00"},
        Row{"d'ici la fin du mois", "2028-02-29", "2028-02-10T10:00:00+01:00"},
        Row{"in an hour", "2027-03-28T02:30", "2027-03-28T01:30:00+01:00"},  // the written clock, no shift
        Row{"tomorrow at nine", "2027-03-29T09:00", "2027-03-28T01:30:00+01:00"},
        Row{"demain", "2026-12-01", "2026-11-30T23:59:59+01:00"},
        Row{"tomorrow", "2026-12-01", "2026-11-30T23:59:59-11:00"},  // its own clock, not UTC's
        Row{"in the morning", "2026-11-30", "2026-11-30T02:10:00Z"}),
    kByNumber);

INSTANTIATE_TEST_SUITE_P(
    NoDayIsNamed, DueDate,
    testing::Values(Row{"après accord", "après accord"},
                    Row{"when the part arrives", "when the part arrives"},
                    Row{"dès que possible", "dès que possible"},
                    Row{"dans quelques minutes", "dans quelques minutes"}, Row{"je vous rappelle", "-"},
                    Row{"ça rame depuis lundi", "-"}, Row{"il y a deux heures", "-"},
                    Row{"it has been down since Monday", "-"}, Row{"lundi dernier", "-"},
                    Row{"ce matin j'ai redémarré", "-"}, Row{"deux heures de perdues", "-"},
                    Row{"dans le dossier partagé", "-"}, Row{"in the office", "-"}, Row{"dans une", "-"},
                    Row{"at", "-"}, Row{"le", "-"}, Row{"", "-"}, Row{"in the the", "-"},
                    Row{"le 99 décembre", "-"}, Row{"à 75 heures", "-"}),
    kByNumber);

TEST(DueDateSpoken, IsTheWholePhraseAsItWasSaid) {
    const auto spoken = [](const std::string& sentence) {
        const std::vector<Word> words = wordsOf(sentence);
        std::vector<std::string> all;
        for (const SpokenDate& date : findDates(words, sentence, std::nullopt)) {
            EXPECT_FALSE(date.meant);
            all.push_back(date.spoken);
        }
        return all;
    };
    using ::testing::ElementsAre;
    EXPECT_THAT(spoken("je vous rappelle demain matin avant 9 h."), ElementsAre("demain matin avant 9 h"));
    EXPECT_THAT(spoken("D'ici vendredi"), ElementsAre("D'ici vendredi"));
    EXPECT_THAT(spoken("I'll do it by Friday"), ElementsAre("by Friday"));
    EXPECT_THAT(spoken("le devis aujourd'hui et le technicien mardi à 14 h"),
                ElementsAre("aujourd'hui", "mardi à 14 h"));
}

TEST(DueDateSpoken, AnyWordsAreTaken) {
    static constexpr const char* kWords[] = {
        "dans",     "le",         "la",   "les",     "un",    "une",       "deux",     "heures",     "h",
        "14h30",    "99h",        "0",    "31",      "12",    "demain",    "matin",    "après-midi", "lundi",
        "prochain", "en",         "huit", "semaine", "d'ici", "sous",      "décembre", "février",    "half",
        "past",     "quarter",    "to",   "at",      "pm",    "by",        "next",     "twenty",     "first",
        "week",     "a",          "an",   "within",  "hour",  "midi",      "moins",    "quart",      "et",
        "demie",    "9999999999", ":",    "/",       ".",     "a week on", "the",      "of",         "ce",
        "ouvrés",   "working",    "days"};
    std::mt19937 random{7};
    const auto start = parseCallStart(kMonday);
    for (int round = 0; round < 20000; ++round) {
        std::string sentence;
        for (unsigned i = 0; i < 1 + random() % 9; ++i)
            sentence += std::string{kWords[random() % std::size(kWords)]} + " ";
        const std::vector<Word> words = wordsOf(sentence);
        for (const SpokenDate& date : findDates(words, sentence, start)) {
            ASSERT_LT(date.first, date.last) << sentence;
            ASSERT_LE(date.last, words.size()) << sentence;
            ASSERT_FALSE(date.spoken.empty()) << sentence;
            if (date.meant) {
                ASSERT_TRUE(parseCallStart(*date.meant)) << sentence << ": " << *date.meant;
            }
        }
    }
}

struct StartRow {
    const char* name;
    const char* text;
    bool isGood;
};
class CallStartText : public testing::TestWithParam<StartRow> {};

TEST_P(CallStartText, IsReadOrRefused) {
    EXPECT_EQ(parseCallStart(GetParam().text).has_value(), GetParam().isGood);
}
INSTANTIATE_TEST_SUITE_P(Rows, CallStartText,
                         testing::Values(StartRow{"Utc", "2026-11-30T14:05:00.000Z", true},
                                         StartRow{"Offset", "2026-11-30T14:05:00+01:00", true},
                                         StartRow{"ShortOffset", "2026-11-30T14:05:00-0330", true},
                                         StartRow{"NoOffset", "2026-11-30T14:05:00", true},
                                         StartRow{"NoSeconds", "2026-11-30T14:05", true},
                                         StartRow{"DayAlone", "2026-11-30", true},
                                         StartRow{"Empty", "", false}, StartRow{"Words", "yesterday", false},
                                         StartRow{"NoSuchDay", "2026-02-29T10:00:00Z", false},
                                         StartRow{"NoSuchHour", "2026-11-30T24:05:00Z", false},
                                         StartRow{"French", "30/11/2026 14:05", false},
                                         StartRow{"More", "2026-11-30T14:05:00Z and more", false}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DueDates, StandInTheActionsWithWhatWasSaid) {
    auto input = talk({"C: Bonjour, c'est Paul Girard, mon imprimante ne marche plus",
                       "A: un technicien passera demain matin", "A: je vous rappelle dans dix minutes"});
    input.startedAt = kMonday;
    const auto dueOf = [&](const std::string& kind) {
        for (const auto& action : analyse(input).actions)
            if (action.kind == kind) return action.due.value_or("-") + "|" + action.dueSpoken.value_or("-");
        return std::string{"no such action"};
    };
    EXPECT_EQ(dueOf("onsite_visit"), "2026-12-01|demain matin");
    EXPECT_EQ(dueOf("callback"), "2026-11-30T14:15|dans dix minutes");
    input.startedAt = "2026-11-30";  // the day alone: minutes from when?
    EXPECT_EQ(dueOf("callback"), "dans dix minutes|-");
    input.startedAt.reset();
    EXPECT_EQ(dueOf("onsite_visit"), "demain matin|-");
}

TEST(DueDates, BeyondTheYear9999StayAsTheyWereSaid) {
    auto input = talk({"C: Mon écran est cassé.", "A: Je vous rappelle demain à neuf heures."});
    input.startedAt = "9999-12-31T10:00:00+01:00";
    for (const protocol::AnalysisAction& action : analyse(input).actions)
        EXPECT_EQ(action.due.value_or("").find("10000"), std::string::npos) << action.kind;
}

TEST(DueDates, GoToTheActionTheyStandBeside) {
    std::vector<FoundAction> actions(2);
    actions[0].action.kind = "send_information";
    actions[0].cue = "envoie le devis";
    actions[1].action.kind = "callback";
    actions[1].cue = "vous rappelle";
    const auto input = talk({"A: je vous envoie le devis aujourd'hui et je vous rappelle jeudi à 14 h"});
    for (FoundAction& found : actions) {
        found.action.status = "todo";
        found.turns = {0};
    }
    const Conversation conversation = readConversation(input);
    fillDueDates(actions, conversation, kMonday);
    EXPECT_EQ(actions[0].action.due, "2026-11-30");
    EXPECT_EQ(actions[1].action.due, "2026-12-03T14:00");
    for (FoundAction& found : actions) {  // a model names no phrase
        found.cue = "model";
        found.action.due = "aujourd'hui";
    }
    fillDueDates(actions, conversation, kMonday);
    EXPECT_EQ(actions[0].action.due, "2026-11-30");
    EXPECT_EQ(actions[1].action.due, "2026-12-03T14:00");
    actions[1].action.due = "jeudi";  // found already, but not the whole of it
    fillDueDates(actions, conversation, std::nullopt);
    EXPECT_EQ(actions[1].action.due, "jeudi à 14 h");
}

struct OwnRow {
    const char* name;
    const char* said;
    const char* kind;
    const char* due;  // "-": none
};
class OwnDate : public testing::TestWithParam<OwnRow> {};

TEST_P(OwnDate, StandsInTheSentenceOfTheDeed) {
    const auto input = talk({GetParam().said});
    std::vector<FoundAction> actions(1);
    actions[0].action.kind = GetParam().kind;
    actions[0].action.status = "todo";
    actions[0].turns = {0};
    fillDueDates(actions, readConversation(input), kMonday);
    EXPECT_EQ(actions[0].action.due.value_or("-"), GetParam().due);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, OwnDate,
    testing::Values(
        OwnRow{"HalfAnHour", "A: I'll send an engineer this afternoon. I'll call you back in half an hour.",
               "callback", "2026-11-30T14:35"},
        OwnRow{"AtFour", "A: I'll send an engineer tomorrow. I'll call you back at four.", "callback",
               "2026-11-30T16:00"},
        OwnRow{"AfterAThursday", "A: The engineer comes on Thursday. I'll call you back in half an hour.",
               "callback", "2026-11-30T14:35"},
        OwnRow{"WithoutAStop", "A: i'll send an engineer this afternoon i'll call you back in half an hour",
               "callback", "2026-11-30T14:35"},
        OwnRow{"TheVisitKeepsItsOwn",
               "A: The engineer comes on Thursday. I'll call you back in half an hour.", "onsite_visit",
               "2026-12-03"},
        OwnRow{"AnotherIsCalledToo", "A: I'll call the supplier tomorrow. I'll call you back in an hour.",
               "callback", "2026-11-30T15:05"},
        OwnRow{"InItsSecondSentence", "A: I'll call you back. It will be in half an hour.", "callback",
               "2026-11-30T14:35"},
        OwnRow{"RingYou", "A: I'll send an engineer tomorrow. I'll ring you in twenty minutes.", "callback",
               "2026-11-30T14:25"},
        OwnRow{"OnlyTheOtherDeedHasOne",
               "A: They'll come out tomorrow morning. We'll ring you once they've confirmed.", "callback",
               "-"},
        OwnRow{"OnlyTheOtherDeedHasOneInFrench",
               "A: Le technicien passe demain matin. Je vous rappelle dès que c'est confirmé.", "callback",
               "-"},
        OwnRow{"ItsOwnTimeIsACondition",
               "A: They'll come out tomorrow morning and we'll ring you once they've confirmed.", "callback",
               "-"},
        OwnRow{"ItsOwnTimeIsAConditionInFrench",
               "A: Le technicien passe demain matin, je vous rappelle dès que c'est confirmé.", "callback",
               "-"},
        OwnRow{"ADateBesideItsCondition", "A: Je vous rappelle demain dès que c'est confirmé.", "callback",
               "2026-12-01"},
        OwnRow{"BothOnOneDay", "A: Tomorrow I'll send an engineer and call you.", "callback", "2026-12-01"},
        OwnRow{"AgreedInTheSentenceBefore", "A: Tomorrow then. I'll call you.", "callback", "2026-12-01"},
        OwnRow{"AgreedInTheSentenceBeforeInFrench", "A: Demain alors. Je vous rappelle.", "callback",
               "2026-12-01"},
        OwnRow{"AtTheSameTime", "A: The engineer comes on Thursday. I'll call you then.", "callback",
               "2026-12-03"},
        OwnRow{"BeforeTheDeed", "A: Tomorrow I'll call you back.", "callback", "2026-12-01"},
        OwnRow{"TheNearestInFrench", "A: Ils arrivent jeudi. Le technicien les installe vendredi matin.",
               "onsite_visit", "2026-12-04"},
        OwnRow{"FrenchCallback", "A: J'envoie un technicien cet après-midi. Je vous rappelle dans une heure.",
               "callback", "2026-11-30T15:05"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct MovedRow {
    const char* name;
    std::vector<std::string> lines;
    const char* due;  // "-": none
    const char* kind = "callback";
};
class Appointment : public testing::TestWithParam<MovedRow> {};

/// The action stands in the technician's first turn.
TEST_P(Appointment, IsWhatBothAgreeTo) {
    const auto input = talk(GetParam().lines);
    std::vector<FoundAction> actions(1);
    actions[0].action.kind = GetParam().kind;
    actions[0].action.status = "todo";
    actions[0].turns = {0};
    fillDueDates(actions, readConversation(input), kMonday);
    EXPECT_EQ(actions[0].action.due.value_or("-"), GetParam().due);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Appointment,
    testing::Values(
        MovedRow{"Kept", {"A: je vous rappelle demain à 14 h", "C: très bien"}, "2026-12-01T14:00"},
        MovedRow{"ACounterProposalIsAccepted",
                 {"A: je vous rappelle demain à 14 h", "C: ah non, plutôt jeudi dix heures",
                  "A: d'accord, jeudi dix heures"},
                 "2026-12-03T10:00"},
        MovedRow{"AcceptedWithoutRepeatingIt",
                 {"A: je vous rappelle demain à 14 h", "C: demain je suis absente, vendredi à 9 h ça irait ?",
                  "A: ça marche, c'est noté"},
                 "2026-12-04T09:00"},
        MovedRow{"OnlyTheHour",
                 {"A: je vous rappelle demain à 14 h", "C: plutôt seize heures", "A: entendu"},
                 "2026-12-01T16:00"},
        MovedRow{"TheDayRepeatedKeepsItsHour",
                 {"A: je vous rappelle demain", "C: plutôt jeudi à dix heures", "A: va pour jeudi"},
                 "2026-12-03T10:00"},
        MovedRow{"TheCounterProposalIsRefused",
                 {"A: je vous rappelle demain à 14 h", "C: plutôt jeudi",
                  "A: jeudi ce n'est pas possible, vendredi 9 h", "C: d'accord"},
                 "2026-12-04T09:00"},
        MovedRow{"TwiceMoved",
                 {"A: je vous rappelle demain", "C: plutôt jeudi", "A: jeudi à 10 h",
                  "C: non, plutôt vendredi à 11 h", "A: vendredi 11 h, parfait"},
                 "2026-12-04T11:00"},
        MovedRow{
            "RefusedAndNoOther",
            {"A: je vous rappelle demain", "C: non, demain je suis absent", "A: je vois avec mon collègue"},
            "-"},
        MovedRow{
            "OnlyAPartOfTheDayIsRefused",
            {"A: je vous rappelle mercredi", "C: mercredi on est fermés le matin", "A: alors l'après-midi"},
            "2026-12-02"},
        MovedRow{"AHoliday",
                 {"A: je vous rappelle lundi matin", "C: lundi c'est férié", "A: alors mardi à neuf heures"},
                 "2026-12-01T09:00"},
        MovedRow{"ABankHoliday",
                 {"A: I'll call you on Monday", "C: Monday is a bank holiday", "A: Tuesday at nine then"},
                 "2026-12-01T09:00"},
        MovedRow{"InOneBreath",
                 {"A: je vous rappelle demain à 14 h, ah non, plutôt jeudi à 10 h", "C: d'accord"},
                 "2026-12-03T10:00"},
        MovedRow{
            "AnotherDateIsNoCounterProposal",
            {"A: je vous rappelle demain à 14 h", "C: parfait, j'ai une réunion jeudi", "A: bon courage"},
            "2026-12-01T14:00"},
        MovedRow{"OnlyWhatIsTold",
                 {"A: je vous rappelle demain", "C: de toute façon je suis absent à partir de vendredi",
                  "A: d'accord"},
                 "2026-12-01"},
        MovedRow{"English",
                 {"A: I'll call you tomorrow at two",
                  "C: no, I'm not in, could we do Thursday at ten instead", "A: Thursday at ten it is"},
                 "2026-12-03T10:00"},
        MovedRow{"EnglishHour",
                 {"A: I'll call you tomorrow at two", "C: can you make it half three", "A: sure"},
                 "2026-12-01T15:30"},
        MovedRow{"EnglishKept",
                 {"A: I'll call you tomorrow at two", "C: lovely, I'm away from Friday", "A: no problem"},
                 "2026-12-01T14:00"},
        MovedRow{"EnglishRefused",
                 {"A: I'll call you tomorrow at two", "C: I can't do tomorrow", "A: I'll see who is free"},
                 "-"},
        MovedRow{"AVisit",
                 {"A: le technicien passe mercredi matin", "C: on est fermés mercredi, plutôt vendredi matin",
                  "A: vendredi matin, je note"},
                 "2026-12-04",
                 "onsite_visit"},
        MovedRow{"ADeliveryHasItsOwnDay",
                 {"A: j'envoie quelqu'un dans l'heure et je commande un écran, livraison le trois mars"},
                 "2027-03-03",
                 "order_hardware"},
        MovedRow{"AndTheVisitItsHour",
                 {"A: un technicien vient dans l'heure et je commande un écran, livraison le trois mars"},
                 "2026-11-30T15:05",
                 "onsite_visit"},
        MovedRow{"EnglishDelivery",
                 {"A: someone is coming within the hour and I've ordered a screen, delivery on the third of "
                  "March"},
                 "2027-03-03",
                 "order_hardware"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DueDates, AnAgreementIsNoSecondVisit) {
    for (const auto& [lines, language] :
         {std::pair{std::vector<std::string>{"A: support bonjour", "C: le tunnel vpn tombe sans arrêt",
                                             "A: je vous rappelle demain à quinze heures",
                                             "C: non demain je ne suis pas là plutôt vendredi neuf heures",
                                             "A: d'accord vendredi neuf heures"},
                    "fr"},
          std::pair{std::vector<std::string>{"A: support hello", "C: the vpn tunnel keeps dropping",
                                             "A: i'll call you tomorrow at three",
                                             "C: i can't do tomorrow make it friday at nine",
                                             "A: okay friday at nine"},
                    "en"}}) {
        auto input = talk(lines, language);
        input.startedAt = kMonday;
        const protocol::Analysis analysis = analyse(input);
        EXPECT_TRUE(analysis.callbackPromised);
        for (const protocol::AnalysisAction& action : analysis.actions) {
            EXPECT_NE(action.kind, "onsite_visit") << language;
            if (action.kind == "callback") {
                EXPECT_EQ(action.due, "2026-12-04T09:00");
            }
        }
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
