#include "agent/app/texts.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ninja3cx::agent {
namespace {

template <class E>
class WordsOf : public testing::Test {};

using Shown = testing::Types<protocol::Direction, protocol::CallState, protocol::CallStage,
                             protocol::Recording, protocol::CallerMatchState, protocol::Speaker,
                             protocol::Category, protocol::Priority, protocol::TicketType, protocol::Severity,
                             protocol::DraftState, protocol::DeliveryState, protocol::HeldReason,
                             protocol::DeliveryProblem, protocol::FieldFault, protocol::RefusalCode>;
TYPED_TEST_SUITE(WordsOf, Shown);

/// The only values about which there is nothing to say.
bool maySayNothing(protocol::Recording value) {
    return value == protocol::Recording::None || value == protocol::Recording::Active;
}
bool maySayNothing(protocol::CallerMatchState value) {
    return value == protocol::CallerMatchState::One;
}
template <class E>
bool maySayNothing(E) {
    return false;
}

TYPED_TEST(WordsOf, ExistForEachValueInBothLanguages) {
    for (const Language language : {Language::French, Language::English}) {
        const Texts texts{language};
        std::set<std::string> seen;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<TypeParam>>([&](auto d) {
            const std::string words = texts.of(d.value);
            if (maySayNothing(d.value)) return;
            EXPECT_FALSE(words.empty()) << d.name;
            EXPECT_TRUE(seen.insert(words).second) << d.name << " has the words of another value";
            const std::string code = json::inCase(d.name, json::nameCase<TypeParam>);
            if (code.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", 1) != std::string::npos) {
                EXPECT_EQ(words.find(code), std::string::npos) << d.name << " is shown as its code";
            }
        });
    }
}

TEST(Words, ExistForEachFieldOfADraftInBothLanguages) {
    for (const Language language : {Language::French, Language::English})
        boost::mp11::mp_for_each<
            boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>(
            [&](auto d) { EXPECT_FALSE(Texts{language}.field(d.name).empty()) << d.name; });
}

TEST(Words, OfACodeOfAnotherVersionAreNotTheCode) {
    EXPECT_EQ(Texts{Language::French}.ofCode<protocol::HeldReason>("fromTheFuture"),
              "motif inconnu de cette version du programme");
    EXPECT_EQ(Texts{Language::English}.ofCode<protocol::HeldReason>("fromTheFuture"),
              "a reason this version does not know");
    EXPECT_EQ(Texts{Language::French}.ofCode<protocol::HeldReason>("requesterAmbiguous"),
              "plusieurs demandeurs possibles");
}

TEST(Words, NameTheValuesOfAFieldWithTheirMeaning) {
    EXPECT_EQ(Texts{Language::French}.choices("priority"), "LOW (basse), MEDIUM (moyenne), HIGH (haute)");
    EXPECT_EQ(Texts{Language::English}.choices("subject"), "");
}

}  // namespace
}  // namespace ninja3cx::agent
