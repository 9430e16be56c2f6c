#pragma once

#include "shared/core/result.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Calls with what a person says of them (tests/eval/analysis/README.md).
namespace ninja3cx::bench {

struct LabelledAction {
    std::string kind;
    std::string owner;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(LabelledAction, (), (kind, owner, status))

struct LabelledPii {
    protocol::PersonalDataKind kind{};
    std::string text;  // as it was spoken, in one turn
    std::optional<std::string> value;
};
BOOST_DESCRIBE_STRUCT(LabelledPii, (), (kind, text, value))

struct CallLabels {
    protocol::Category category{};
    std::optional<protocol::Category> secondaryCategory;
    protocol::Sentiment sentiment{};
    protocol::Priority priority{};
    bool resolved = false;
    bool ticketWarranted = false;
    bool callbackPromised = false;
    std::string subject;
    std::string summary;
    std::vector<LabelledAction> actions;
    std::map<std::string, std::vector<std::string>> entities;  // by kind: every one is there
    std::map<std::string, std::vector<std::string>> entitiesOptional;
    std::vector<LabelledPii> pii;
    std::vector<std::string> tags;
    bool isWhole = true;  // false: subject, summary, entities and personal data are not labelled
};
BOOST_DESCRIBE_STRUCT(CallLabels, (),
                      (category, secondaryCategory, sentiment, priority, resolved, ticketWarranted,
                       callbackPromised, subject, summary, actions, entities, entitiesOptional, pii, tags))

struct EvaluatedCall {
    protocol::AnalysisInput input;
    CallLabels labels;
};

/// Ids from one number to another: what is after the last dash of "ana-d007" is its letters and its number.
struct IdRange {
    std::string letters;
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    bool contains(std::string_view id) const;
};
/// "d001-d030", also "ana-d001-ana-d030", or one id.
Result<IdRange> readIdRange(std::string_view text);

/// One call's file. Errors name the field: "labels.priority: 'URGENT' is none of …".
Result<EvaluatedCall> readEvaluatedCall(std::string_view json);
/// A text of training/analysis: no entities, personal data and texts are labelled, and times follow from the length
/// of what is said.
Result<std::vector<EvaluatedCall>> readEvaluatedTexts(std::string_view text, const std::string& name);

/// The calls of a folder (*.json and *.txt) or of one file, by id. With `ids` a call's file whose name is out of
/// range is not even opened.
Result<std::vector<EvaluatedCall>> readEvaluatedSet(const std::filesystem::path& set,
                                                    const std::optional<IdRange>& ids);

/// "ana-d001 to ana-d030, ana-d042"
std::string describeIds(const std::vector<EvaluatedCall>& calls);

}  // namespace ninja3cx::bench

namespace ninja3cx::json {
template <>
inline constexpr NameCase nameCase<bench::LabelledAction> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<bench::LabelledPii> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<bench::CallLabels> = NameCase::Snake;
}  // namespace ninja3cx::json
