#include "server/analysis/conversation/amend.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Evidence;

protocol::Analysis twoProblems() {
    protocol::Analysis analysis;
    analysis.category = Category::Email;
    analysis.secondaryCategory = Category::PrinterScanner;
    analysis.evidence = {{"category", "mails", {1}, Confidence::Likely},
                         {"secondary_category", "imprimante", {4}, Confidence::Likely},
                         {"priority", "", {1}, Confidence::Unsure}};
    return analysis;
}

TEST(Amend, ASecondProblemOfTheNewCategoryGoesWithItsEvidence) {
    protocol::Analysis analysis = twoProblems();
    changeCategory(analysis, Category::PrinterScanner, Category::Email);
    protocol::Analysis wanted = twoProblems();
    wanted.category = Category::PrinterScanner;
    wanted.runnerUp = Category::Email;
    wanted.secondaryCategory.reset();
    wanted.evidence.erase(wanted.evidence.begin() + 1);
    EXPECT_EQ(analysis, wanted);
}

TEST(Amend, ASecondProblemOfAnotherCategoryStays) {
    protocol::Analysis analysis = twoProblems();
    changeCategory(analysis, Category::Hardware, Category::Email);
    EXPECT_EQ(analysis.secondaryCategory, Category::PrinterScanner);
    EXPECT_EQ(analysis.runnerUp, Category::Email);
    EXPECT_EQ(analysis.evidence, twoProblems().evidence);
}

TEST(Amend, EvidenceTakesThePlaceOfAllThatWasThere) {
    protocol::Analysis analysis = twoProblems();
    const Evidence last = analysis.evidence.back();
    analysis.evidence.push_back({"category", "boîte", {2}, Confidence::Likely});
    const Evidence rule{"category", "règle direction", {3}, Confidence::Sure};
    replaceEvidence(analysis, rule);
    EXPECT_EQ(analysis.evidence, (std::vector<Evidence>{rule, twoProblems().evidence[1], last}));
    const Evidence subject{"subject", "mails", {1}, Confidence::Sure};
    replaceEvidence(analysis, subject);
    EXPECT_EQ(analysis.evidence.back(), subject) << "what was not there comes last";
}

}  // namespace
}  // namespace ninja3cx::analysis
