#pragma once

#include "shared/json/codec.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The analysis of one call. Its JSON is fixed by tests/eval/analysis/README.md and therefore snake_case.
namespace ninja3cx::protocol {

enum class Speaker { Agent, Customer };
BOOST_DESCRIBE_ENUM(Speaker, Agent, Customer)

enum class Category {
    AccountPassword,
    Email,
    NetworkVpn,
    InternetWifi,
    PrinterScanner,
    Hardware,
    WorkstationPerformance,
    ServerInfrastructure,
    SoftwareApplication,
    SecurityIncident,
    BackupRestore,
    Telephony,
    OnboardingOffboarding,
    ProcurementLicence,
    InformationRequest,
    OtherNonSupport,
};
BOOST_DESCRIBE_ENUM(Category, AccountPassword, Email, NetworkVpn, InternetWifi, PrinterScanner, Hardware,
                    WorkstationPerformance, ServerInfrastructure, SoftwareApplication, SecurityIncident,
                    BackupRestore, Telephony, OnboardingOffboarding, ProcurementLicence, InformationRequest,
                    OtherNonSupport)

enum class Sentiment { Negative, Neutral, Positive };
BOOST_DESCRIBE_ENUM(Sentiment, Negative, Neutral, Positive)

enum class Priority { Low, Medium, High };
BOOST_DESCRIBE_ENUM(Priority, Low, Medium, High)

enum class Confidence { Sure, Likely, Unsure };
BOOST_DESCRIBE_ENUM(Confidence, Sure, Likely, Unsure)

enum class PersonalDataKind { Card, Password, Iban, Ssn, Birthdate };
BOOST_DESCRIBE_ENUM(PersonalDataKind, Card, Password, Iban, Ssn, Birthdate)

/// One turn of speech as the analysis reads it. Times in seconds since the call was answered.
struct Turn {
    Speaker speaker{};
    double t0 = 0;
    double t1 = 0;
    std::string text;
    bool operator==(const Turn&) const = default;
};
BOOST_DESCRIBE_STRUCT(Turn, (), (speaker, t0, t1, text))

/// What `3cx-ninja-server analyze` reads. `startedAt` (ISO 8601) lets "tomorrow" become a date.
struct AnalysisInput {
    std::string id;
    std::string language;  // "fr", "en"
    double durationS = 0;
    std::vector<Turn> turns;
    std::optional<std::string> startedAt;
    bool operator==(const AnalysisInput&) const = default;
};
BOOST_DESCRIBE_STRUCT(AnalysisInput, (), (id, language, durationS, turns, startedAt))

/// `kind` is one of the action kinds of the evaluation's README (reset_password, callback, …).
struct AnalysisAction {
    std::string kind;
    std::string text;
    std::string owner;  // "agent", "customer", or a name
    /// A day or a local time, "2026-12-01" or "2026-12-01T14:00"; as it was said where that is no day, or the call's
    /// own is not known.
    std::optional<std::string> due;
    std::string status;                         // "done" or "todo"
    std::optional<std::string> dueSpoken = {};  // "demain matin", where `due` is a day
    bool operator==(const AnalysisAction&) const = default;
};
BOOST_DESCRIBE_STRUCT(AnalysisAction, (), (kind, text, owner, due, status, dueSpoken))

/// A piece of personal data. `turn` and the byte range say where; `text` and `value` leave the analysis only
/// through `analyze`: what is stored or sent carries kind and position alone.
struct PersonalData {
    PersonalDataKind kind{};
    std::optional<std::string> text;
    std::optional<std::string> value;
    std::int32_t turn = 0;
    std::int32_t begin = 0;  // bytes into the turn's text
    std::int32_t end = 0;
    bool operator==(const PersonalData&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonalData, (), (kind, text, value, turn, begin, end))

/// Why a conclusion was drawn: `field` is a field of Analysis, `turns` are indices into the input's turns.
struct Evidence {
    std::string field;
    std::string cue;
    std::vector<std::int32_t> turns;
    Confidence confidence{};
    bool operator==(const Evidence&) const = default;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (field, cue, turns, confidence))

struct Analysis {
    std::string id;
    Category category{};
    std::optional<Category> secondaryCategory;
    Sentiment sentiment{};
    Sentiment sentimentStart{};
    Sentiment sentimentEnd{};
    Priority priority{};
    bool resolved = false;
    bool ticketWarranted = false;
    bool callbackPromised = false;
    std::string subject;
    std::string summary;
    std::vector<AnalysisAction> actions;
    /// person, company, phone, email, device, software, error_code, ticket_number, site
    std::map<std::string, std::vector<std::string>> entities;
    std::vector<PersonalData> pii;
    std::vector<Evidence> evidence;
    std::optional<Category> runnerUp = {};           // what else the category could be
    std::optional<std::string> customCategory = {};  // one of the configuration's own, within `category`
    std::optional<std::string> improvedBy = {};      // the language model that wrote part of it
    bool operator==(const Analysis&) const = default;
};
BOOST_DESCRIBE_STRUCT(Analysis, (),
                      (id, category, secondaryCategory, sentiment, sentimentStart, sentimentEnd, priority,
                       resolved, ticketWarranted, callbackPromised, subject, summary, actions, entities, pii,
                       evidence, runnerUp, customCategory, improvedBy))

}  // namespace ninja3cx::protocol

namespace ninja3cx::json {
template <>
inline constexpr NameCase nameCase<protocol::Speaker> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::Category> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::Sentiment> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::Priority> = NameCase::Upper;
template <>
inline constexpr NameCase nameCase<protocol::Confidence> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::PersonalDataKind> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::AnalysisInput> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::AnalysisAction> = NameCase::Snake;
template <>
inline constexpr NameCase nameCase<protocol::Analysis> = NameCase::Snake;
}  // namespace ninja3cx::json
