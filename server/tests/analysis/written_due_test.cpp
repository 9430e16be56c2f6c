#include "server/analysis/dates/written_due.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* due;
    const char* spoken;  // "": the date is as it was said
    const char* french;
    const char* english;
};
class WrittenDue : public testing::TestWithParam<Row> {};

TEST_P(WrittenDue, SaysTheDay) {
    protocol::AnalysisAction action;
    action.due = GetParam().due;
    if (*GetParam().spoken) action.dueSpoken = GetParam().spoken;
    EXPECT_EQ(writtenDue(action, false), GetParam().french);
    EXPECT_EQ(writtenDue(action, true), GetParam().english);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrittenDue,
    testing::Values(Row{"AsSaid", "après accord", "", "après accord", "après accord"},
                    Row{"FirstOfAMonth", "2026-12-01", "demain", "mardi 1er décembre", "Tuesday 1 December"},
                    Row{"Morning", "2026-12-02", "mercredi matin", "mercredi 2 décembre au matin",
                        "Wednesday 2 December, in the morning"},
                    Row{"Afternoon", "2026-12-02", "Wednesday afternoon",
                        "mercredi 2 décembre dans l'après-midi", "Wednesday 2 December, in the afternoon"},
                    Row{"Evening", "2026-11-30", "ce soir", "lundi 30 novembre au soir",
                        "Monday 30 November, in the evening"},
                    Row{"Hour", "2026-12-01T14:00", "demain à 14 h", "mardi 1er décembre à 14 h",
                        "Tuesday 1 December at 14:00"},
                    Row{"Minutes", "2026-12-01T09:05", "demain à 9 h 05", "mardi 1er décembre à 9 h 05",
                        "Tuesday 1 December at 9:05"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
