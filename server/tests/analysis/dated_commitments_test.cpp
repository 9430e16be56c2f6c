#include "server/analysis/promises/dated_commitments.hpp"

#include "server/tests/analysis/talk.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

/// "1: je vous rappelle demain"; empty: none.
std::string written(const std::optional<DatedCommitment>& commitment) {
    return commitment ? std::to_string(commitment->turn) + ": " + commitment->cue : "";
}
std::string callbackIn(const std::vector<std::string>& lines) {
    const protocol::AnalysisInput input = talk(lines, "");
    return written(datedCallback(readConversation(input)));
}
std::string deedIn(const std::vector<std::string>& lines, std::string_view kind) {
    const protocol::AnalysisInput input = talk(lines, "");
    return written(datedDeed(readConversation(input), kind));
}

TEST(DatedCallback, IsAPromiseWithItsDayOrHour) {
    EXPECT_EQ(callbackIn({"A: support", "A: je regarde et je vous rappelle demain"}),
              "1: je vous rappelle demain");
    EXPECT_EQ(callbackIn({"A: je vous rappelle que c'est fermé et je vous rappelle jeudi"}),
              "0: je vous rappelle jeudi");
    EXPECT_EQ(callbackIn({"A: i'll send it on tuesday and call you in a fortnight"}),
              "0: and call you in a fortnight");
    EXPECT_EQ(callbackIn({"A: I'll ring you at four o'clock"}), "0: ll ring you at four o'clock");
}

TEST(DatedCallback, IsNothingElse) {
    for (const char* said :
         {"A: je vous rappelle", "A: je vous rappelle que demain c'est fermé", "A: je vous rappelle demain ?",
          "A: si je vous rappelle demain ça ira", "C: je vous rappelle demain",
          "A: si j'ai le temps je vous rappelle demain", "A: je vous rappelle la règle demain",
          "A: je vous rappelle quand on aura la pièce de chez eux demain",
          "A: can someone come and call you tomorrow", "A: nobody will call you tomorrow"})
        EXPECT_EQ(callbackIn({said}), "") << said;
}

TEST(DatedDeed, IsOfAnyKindThatHasItsOwnDay) {
    const struct {
        std::string_view kind;
        const char* said;
        const char* cue;
    } rows[] = {
        {action_kind::kDisableAccount, "je désactive son compte vendredi",
         "0: désactive son compte vendredi"},
        {action_kind::kDisableAccount, "je révoque ses accès vendredi", "0: révoque ses accès vendredi"},
        {action_kind::kDisableAccount, "j'enlève ses droits vendredi", "0: enlève ses droits vendredi"},
        {action_kind::kReboot, "je redémarre le serveur ce soir", "0: redémarre le serveur ce soir"},
        {action_kind::kReboot, "I'll restart the server tonight", "0: restart the server tonight"},
        {action_kind::kDisableAccount, "the account will be disabled on Friday", "0: disabled on Friday"},
        {action_kind::kCreateAccount, "je crée le compte lundi", "0: crée le compte lundi"},
        {action_kind::kInstallSoftware, "demain on réinstalle le logiciel", "0: demain on réinstalle"},
        {action_kind::kReboot, "on va le redémarrer demain", "0: redémarrer demain"},
        {action_kind::kRestoreBackup, "I'll restore the folder tomorrow", "0: restore the folder tomorrow"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(deedIn({std::string{"A: "} + row.said}, row.kind), row.cue) << row.said;
        EXPECT_EQ(deedIn({std::string{"C: "} + row.said}, row.kind), "") << row.said;
        EXPECT_EQ(deedIn({std::string{"A: "} + row.said}, action_kind::kMonitor), "") << row.said;
    }
}

TEST(DatedDeed, IsNoneOfAnotherDayOrWithoutOne) {
    for (const char* said : {"A: je crée le compte", "A: je crée le compte d'Emma qui arrive lundi",
                             "A: le compte créé lundi", "A: i created it on monday"})
        EXPECT_EQ(deedIn({said}, action_kind::kCreateAccount), "") << said;
}

TEST(DatedDeed, IsOffOnceItIsDone) {
    const std::vector<std::string> planned = {"A: je redémarre le serveur demain", "C: plutôt maintenant"};
    EXPECT_NE(deedIn(planned, action_kind::kReboot), "");
    for (const char* done : {"A: voilà c'est fait", "A: right, that's done"})
        EXPECT_EQ(deedIn({planned[0], planned[1], done}, action_kind::kReboot), "") << done;
    EXPECT_NE(deedIn({planned[0], planned[1], "C: c'est fait"}, action_kind::kReboot), "");
}

}  // namespace
}  // namespace ninja3cx::analysis
