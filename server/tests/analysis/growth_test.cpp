#include "server/analysis/movements/movements.hpp"
#include "server/analysis/summary/deadline.hpp"
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
