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

TEST(DatedCallback, IsMadeForOneOfOurs) {
    for (const char* said :
         {"A: mon responsable vous appelle demain matin",
          "A: un collègue du réseau vous rappelle à quinze heures",
          "A: c'est ma cheffe qui suit ça, elle vous appelle demain",
          "A: notre technicien va vous appeler jeudi",
          "A: je transmets au responsable, il vous appelle lundi", "A: my manager will phone you tomorrow",
          "A: one of the lads will give you a ring tomorrow", "A: hell give you a ring tomorrow",
          "A: shell call you on monday", "A: ill ring you at four"})
        EXPECT_NE(callbackIn({said}), "") << said;
    for (const char* said :
         {"A: votre responsable vous appelle demain", "A: le technicien d'orange vous appelle demain",
          "A: le livreur vous appelle demain", "A: je vous appelle demain votre collègue",
          "A: le chef de chez vous vous appelle demain", "C: mon responsable vous appelle demain",
          "C: my manager will phone you tomorrow", "A: mon responsable vous appelle demain ?",
          "A: mon collègue ne vous appelle pas demain"})
        EXPECT_EQ(callbackIn({said}), "") << said;
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
        {action_kind::kReboot, "je redémarre le serveur ce soir à vingt heures",
         "0: redémarre le serveur ce soir à vingt heures"},
        {action_kind::kReboot, "je redémarre le serveur cette nuit", "0: redémarre le serveur cette nuit"},
        {action_kind::kReboot, "je la lance demain et je redémarre", "0: demain et je redémarre"},
        {action_kind::kReboot, "on le met à jour jeudi et puis on le redémarre",
         "0: jeudi et puis on le redémarre"},
        {action_kind::kReboot, "I'll run it tomorrow and then I'll restart the server",
         "0: tomorrow and then I'll restart"},
        {action_kind::kUpdateSoftware, "je fais la mise à jour jeudi", "0: fais la mise à jour jeudi"},
        {action_kind::kUpdateSoftware, "je mets le serveur à jour jeudi", "0: mets le serveur à jour jeudi"},
        {action_kind::kUpdateSoftware, "on passera la mise à jour demain",
         "0: passera la mise à jour demain"},
        {action_kind::kUpdateSoftware, "we'll update it on Thursday", "0: update it on Thursday"},
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

TEST(DatedDeed, IsNoneWhereTheDayIsOfSomethingElse) {
    const struct {
        std::string_view kind;
        const char* said;
    } rows[] = {
        {action_kind::kReboot, "I'm restarting it now. Call me tomorrow if it happens again."},
        {action_kind::kReboot, "i'm restarting it now call me tomorrow if it happens again"},
        {action_kind::kReboot, "Je le redémarre. Rappelez-moi demain si ça recommence."},
        {action_kind::kReboot, "je le redémarre rappelez-moi demain si ça recommence"},
        {action_kind::kReboot, "je vous rappelle demain et je redémarre"},
        {action_kind::kReboot, "je la lance demain et je redémarre maintenant"},
        {action_kind::kReboot, "je la lance demain. Et je redémarre."},
        {action_kind::kReboot, "j'ai redémarré ce soir"},
        {action_kind::kUpdateSoftware, "je mets une note pour jeudi"},
        {action_kind::kUpdateSoftware, "je passe jeudi"},
        {action_kind::kUpdateSoftware, "j'ai fait la mise à jour jeudi"},
    };
    for (const auto& row : rows) EXPECT_EQ(deedIn({std::string{"A: "} + row.said}, row.kind), "") << row.said;
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
