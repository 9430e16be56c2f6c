#include "server/analysis/lexicon/category_names.hpp"

#include "server/analysis/training/labelled_call.hpp"
#include "shared/json/codec.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

std::vector<protocol::Category> all() {
    std::vector<protocol::Category> categories;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<protocol::Category>>(
        [&](auto described) { categories.push_back(described.value); });
    return categories;
}

TEST(CategoryNames, AreOneForEachCategoryInBothLanguages) {
    for (const bool isEnglish : {false, true}) {
        std::set<std::string> names;
        for (const protocol::Category category : all()) names.insert(categoryName(category, isEnglish));
        EXPECT_EQ(names.size(), all().size());
        EXPECT_FALSE(names.contains(""));
    }
    EXPECT_EQ(categoryName(protocol::Category::AccountPassword, false), "Compte et mot de passe");
    EXPECT_EQ(categoryName(protocol::Category::OtherNonSupport, true), "Call outside support");
}

TEST(CategoryIds, AreThoseThatTheModelIsTrainedWithInTheSameOrder) {
    std::vector<std::string> ids;
    for (const protocol::Category category : all())
        ids.emplace_back(json::encode(category).as_string().c_str());
    EXPECT_EQ(ids, training::categories());
}

}  // namespace
}  // namespace ninja3cx::analysis
