#include "server/analysis/actions/actions.hpp"
#include "server/analysis/actions/cut_owner.hpp"
#include "server/analysis/conversation/contractions.hpp"
#include "server/analysis/movements/movements.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/summary/caller_gender.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/clean_speech.hpp"
#include "server/analysis/summary/deadline.hpp"
#include "server/analysis/summary/name_phrases.hpp"
#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

/// Time grows with the length of a call, not with its square: eight times the length takes eight times the time. The margin
/// is three times that; with the square it would be sixty-four.
namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kShort = 250;
constexpr std::size_t kTimes = 8;
constexpr double kMost = 3.0 * static_cast<double>(kTimes);

/// Of this thread alone, the least of three.
double cpuTimeOf(const std::function<void()>& work) {
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < 3; ++i) {
        timespec begin{};
        timespec end{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        work();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        least = std::min(least, static_cast<double>(end.tv_sec - begin.tv_sec) +
                                    1e-9 * static_cast<double>(end.tv_nsec - begin.tv_nsec));
    }
    return least;
}

/// `workOn`: what is done with a call of so many pieces.
double growthOf(const std::function<double(std::size_t pieces)>& workOn) {
    workOn(kShort);  // lists of words are made once
    return workOn(kTimes * kShort) / workOn(kShort);
}

/// Two words of letters alone, others for each number.
std::string nameOf(std::size_t number) {
    std::string name = "Xa Va";
    for (int i = 0; i < 3; ++i, number /= 20) {
        const char letter = "bcdfghjklmnpqrstvwxz"[number % 20];
        name.insert(2, {letter, 'o'});
        name += {letter, 'u'};
    }
    return name;
}

TEST(Growth, OfADeadlineInOneTurnIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        std::string turn = "C: il faut";
        for (std::size_t piece = 0; piece < pieces; ++piece) turn += " imprimante bureau serveur clavier";
        const protocol::AnalysisInput input = talk({turn});
        const Conversation conversation = readConversation(input);
        const CategoryFinding category;
        const Names names;
        const std::vector<Movement> movements;
        const std::vector<FoundAction> actions;
        const Findings findings{conversation, category, names, movements, actions};
        return cpuTimeOf([&] { (void)deadlineSentence(findings, "", Gender::Unknown); });
    });
    EXPECT_LT(growth, kMost);
}

/// Who leaves and who comes, all in one turn.
struct Movers {
    Names names;
    std::string told;
    std::string done;
};
Movers movers(std::size_t pieces) {
    Movers all;
    all.told = "C: il faut couper les comptes de qui part";
    all.done = "A: c'est noté";
    for (std::size_t piece = 0; piece < pieces; ++piece) {
        const std::string leaver = nameOf(2 * piece);
        const std::string newcomer = nameOf(2 * piece + 1);
        all.names.people.insert(all.names.people.end(), {leaver, newcomer});
        all.told += ", " + leaver + " part " + newcomer + " arrive";
        all.done += ", je désactive " + leaver + " et je prépare " + newcomer;
    }
    return all;
}

TEST(Growth, OfMovementsInOneTurnIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        const Movers all = movers(pieces);
        const protocol::AnalysisInput input = talk({all.told});
        const Conversation conversation = readConversation(input);
        EXPECT_EQ(movementsIn(conversation, all.names).size(), 2 * pieces);
        Names named = all.names;
        named.customer = named.people.back();
        return cpuTimeOf([&] {
            (void)movementsIn(conversation, all.names);
            (void)withoutMoverAsCaller(named, conversation);
        });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfActionsIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        const Movers all = movers(pieces);
        const protocol::AnalysisInput input = talk({all.told, all.done});
        const Conversation conversation = readConversation(input);
        const CallReading reading{conversation, builtInModel()};
        const std::vector<Movement> movements = movementsIn(conversation, all.names);
        CategoryFinding category;
        category.main.value = protocol::Category::OnboardingOffboarding;
        return cpuTimeOf(
            [&] { (void)findActions(reading, all.names, movements, category, CallbackVerdict{}); });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfActionsOverManyTurnsIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        const Movers all = movers(pieces / 2);
        std::vector<std::string> lines;
        for (std::size_t at = 0; at + 1 < all.names.people.size(); at += 2) {
            lines.push_back("C: " + all.names.people[at] + " part et " + all.names.people[at + 1] +
                            " arrive il faut couper son compte");
            lines.push_back("A: je coupe le compte de " + all.names.people[at] + " et je le désactive");
        }
        const protocol::AnalysisInput input = talk(lines);
        const Conversation conversation = readConversation(input);
        const CallReading reading{conversation, builtInModel()};
        const std::vector<Movement> movements = movementsIn(conversation, all.names);
        CategoryFinding category;
        category.main.value = protocol::Category::OnboardingOffboarding;
        return cpuTimeOf(
            [&] { (void)findActions(reading, all.names, movements, category, CallbackVerdict{}); });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfClausesWithTheirNamesIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        Names names;
        std::string turn = "C:";
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            names.people.push_back(nameOf(piece));
            turn += " il faut couper le compte de " + names.people.back() + " ce soir.";
        }
        const protocol::AnalysisInput input = talk({turn});
        const Conversation conversation = readConversation(input);
        const NamePhrases phrases{names};
        EXPECT_EQ(clausesOf(conversation.lines[0], phrases, false).size(), pieces);
        return cpuTimeOf([&] { (void)clausesOf(conversation.lines[0], NamePhrases{names}, false); });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfTheCallersTitleIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        std::vector<std::string> lines;
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            const std::string name = nameOf(piece);
            lines.push_back("A: bonjour madame " + name.substr(0, name.find(' ')));
            lines.push_back("C: oui bonjour");
        }
        const protocol::AnalysisInput input = talk(lines);
        const Conversation conversation = readConversation(input);
        return cpuTimeOf([&] { (void)genderOf(conversation, "Paul Durand"); });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfCleanedSpeechIsLinear) {
    for (const char* said : {"le ", "im stuck and ", "ça marche ça marche "}) {
        const double growth = growthOf([&](std::size_t pieces) {
            std::string text;
            for (std::size_t piece = 0; piece < 4 * pieces; ++piece) text += said;
            const Tokens tokens = tokensOf(text);
            return cpuTimeOf([&] {
                Tokens cleaned = tokens;
                putApostrophes(cleaned);
                cleanSpeech(cleaned, false);
            });
        });
        EXPECT_LT(growth, kMost) << said;
    }
}

TEST(Growth, OfADictationIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        std::vector<std::string> lines{"A: votre mot de passe est"};
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            lines.push_back("C: 1");
            lines.push_back("A: 1");
        }
        const protocol::AnalysisInput input = talk(lines);
        const Conversation conversation = readConversation(input);
        EXPECT_GT(findPersonalData(conversation).size(), pieces);
        return cpuTimeOf([&] { (void)findPersonalData(conversation); });
    });
    EXPECT_LT(growth, kMost);
}

TEST(Growth, OfMovementsIsLinear) {
    const double growth = growthOf([](std::size_t pieces) {
        std::vector<std::string> lines;
        Names names;
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            names.people.push_back(nameOf(piece));
            lines.push_back("C: " + names.people.back() + " est parti il faut couper son compte");
        }
        const protocol::AnalysisInput input = talk(lines);
        const Conversation conversation = readConversation(input);
        EXPECT_EQ(movementsIn(conversation, names).size(), pieces);
        return cpuTimeOf([&] { (void)movementsIn(conversation, names); });
    });
    EXPECT_LT(growth, kMost);
}

}  // namespace
}  // namespace ninja3cx::analysis
