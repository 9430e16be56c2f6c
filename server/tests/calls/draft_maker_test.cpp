#include "server/calls/draft_maker.hpp"

#include "server/calls/draft_edit.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <set>

namespace ninja3cx::calls {
namespace {

using protocol::Category;
using protocol::Priority;
using protocol::Severity;
using protocol::TicketType;

protocol::Call callOfClaire() {
    protocol::Call call;
    call.callId = CallId{"call-5f0c"};
    call.extension = Extension{"201"};
    call.technician = "Paul Durand";
    call.remoteNumber = "+33612345678";
    call.caller = doubles::oneContact();
    call.startedAtMs = 1'767'225'600'000;
    call.answeredAtMs = 1'767'225'605'000;
    call.endedAtMs = *call.answeredAtMs + 192'000;
    return call;
}

protocol::Utterance said(protocol::Speaker channel, std::int64_t startMs, const std::string& text) {
    protocol::Utterance utterance;
    utterance.channel = channel;
    utterance.startMs = startMs;
    utterance.endMs = startMs + 900;
    utterance.utteranceId = UtteranceId{std::to_string(startMs)};
    utterance.text = text;
    utterance.isFinal = true;
    return utterance;
}

TEST(Marker, FollowsFromTheCallAloneAndHasTwelveHexDigits) {
    const std::string marker = markerFor(CallId{"call-5f0c"});
    EXPECT_EQ(marker, markerFor(CallId{"call-5f0c"}));
    ASSERT_EQ(marker.size(), 16U);
    EXPECT_EQ(marker.substr(0, 4), "3CX-");
    EXPECT_EQ(marker.find_first_not_of("0123456789abcdef", 4), std::string::npos);
}

TEST(Marker, DiffersFromCallToCall) {
    std::set<std::string> markers;
    for (int i = 0; i < 100'000; ++i) markers.insert(markerFor(CallId{"call-" + std::to_string(i)}));
    EXPECT_EQ(markers.size(), 100'000U);
}

TEST(DraftFields, TakeRequesterAndOrganisationOnlyFromTheOneContact) {
    protocol::Call call = callOfClaire();
    const protocol::DraftFields fields = makeFields(protocol::Analysis{}, call, {});
    EXPECT_EQ(fields.organizationId, 7);
    EXPECT_EQ(fields.requesterUid, "5b0c8c52");
    for (const auto state : {protocol::CallerMatchState::None, protocol::CallerMatchState::Several,
                             protocol::CallerMatchState::Inactive, protocol::CallerMatchState::Stale}) {
        call.caller.state = state;
        EXPECT_FALSE(makeFields(protocol::Analysis{}, call, {}).organizationId);
        EXPECT_FALSE(makeFields(protocol::Analysis{}, call, {}).requesterUid);
    }
}

TEST(DraftFields, TakeTheOrganisationOfASwitchboardAndNoRequester) {
    protocol::Call call = callOfClaire();
    call.caller.organizationId = 9;
    call.caller.organizationName = "Garage";
    EXPECT_EQ(makeFields(protocol::Analysis{}, call, {}).organizationId, 7) << "whoever is known for sure";
    for (const auto state : {protocol::CallerMatchState::None, protocol::CallerMatchState::Several,
                             protocol::CallerMatchState::Stale}) {
        call.caller.state = state;
        const protocol::DraftFields fields = makeFields(protocol::Analysis{}, call, {});
        EXPECT_EQ(fields.organizationId, 9);
        EXPECT_EQ(fields.organizationName, "Garage");
        EXPECT_FALSE(fields.requesterUid);
    }
}

struct Row {
    const char* name;
    Category category;
    Priority priority;
    TicketType type;
    Severity severity;
};
class CategoryRules : public testing::TestWithParam<Row> {};

TEST_P(CategoryRules, FileTheTicket) {
    protocol::Analysis analysis;
    analysis.category = GetParam().category;
    analysis.priority = GetParam().priority;
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), {});
    EXPECT_EQ(fields.type, GetParam().type);
    EXPECT_EQ(fields.severity, GetParam().severity);
    EXPECT_EQ(fields.priority, GetParam().priority);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CategoryRules,
    testing::Values(
        Row{"Vpn", Category::NetworkVpn, Priority::Medium, TicketType::Incident, Severity::Moderate},
        Row{"Printer", Category::PrinterScanner, Priority::Low, TicketType::Incident, Severity::Minor},
        Row{"Server", Category::ServerInfrastructure, Priority::High, TicketType::Incident, Severity::Major},
        Row{"Attack", Category::SecurityIncident, Priority::High, TicketType::Incident, Severity::Critical},
        Row{"Slow", Category::WorkstationPerformance, Priority::Low, TicketType::Problem, Severity::Minor},
        Row{"Arrival", Category::OnboardingOffboarding, Priority::Medium, TicketType::ServiceRequest,
            Severity::None},
        Row{"Quote", Category::ProcurementLicence, Priority::Low, TicketType::ServiceRequest, Severity::None},
        Row{"Question", Category::InformationRequest, Priority::Low, TicketType::Question, Severity::None},
        Row{"Social", Category::OtherNonSupport, Priority::Low, TicketType::Question, Severity::None}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CategoryRulesConfigured, ReplaceTheBuiltInOnes) {
    HubOptions options;
    options.categoryRules = {{Category::Email, TicketType::Task, Severity::Minor, {"messagerie"}}};
    protocol::Analysis analysis;
    analysis.category = Category::Email;
    analysis.priority = Priority::High;
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), options);
    EXPECT_EQ(fields.type, TicketType::Task);
    EXPECT_EQ(fields.severity, Severity::Minor);
    EXPECT_EQ(fields.tags, (std::vector<std::string>{"3cx", "email", "messagerie"}));
}

TEST(CategoryRulesConfigured, ChooseFormStatusPriorityAndAttributes) {
    HubOptions options;
    CategoryRule rule{Category::Email, TicketType::Appointment, std::nullopt, {}};
    rule.priority = Priority::High;
    rule.status = "2001";
    rule.ticketFormId = 2;
    rule.attributes = {{56, "C-2026"}};
    options.categoryRules = {rule};
    protocol::Analysis analysis;
    analysis.category = Category::Email;
    analysis.priority = Priority::Low;
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), options);
    EXPECT_EQ(fields.type, TicketType::Appointment);
    EXPECT_EQ(fields.priority, Priority::High);
    EXPECT_EQ(fields.severity, Severity::Major) << "by the priority that the rule says";
    EXPECT_EQ(fields.status, "2001");
    EXPECT_EQ(fields.ticketFormId, 2);
    EXPECT_EQ(fields.attributes, rule.attributes);

    analysis.category = Category::NetworkVpn;  // of another rule
    const protocol::DraftFields others = makeFields(analysis, callOfClaire(), options);
    EXPECT_EQ(others.priority, Priority::Low);
    EXPECT_FALSE(others.status || others.ticketFormId || others.attributes);
}

struct CustomRow {
    const char* name;
    Category category;
    std::optional<std::string> customCategory;
    const char* status;  // of the rule that files it; empty: the built-in one
};
class CustomCategoryRules : public testing::TestWithParam<CustomRow> {};
TEST_P(CustomCategoryRules, GoBeforeThoseOfTheirCategory) {
    HubOptions options;
    const auto add = [&](Category category, const std::string& custom, const std::string& status) {
        CategoryRule rule{category, TicketType::Task, std::nullopt, {}};
        rule.customCategory = custom;
        rule.status = status;
        options.categoryRules.push_back(rule);
    };
    add(Category::SoftwareApplication, "erp_sage", "2001");  // before the one of its category, as by name
    add(Category::SoftwareApplication, "", "2002");
    add(Category::Hardware, "badge", "2003");
    const CategoryRule rule = ruleFor(GetParam().category, GetParam().customCategory, options);
    EXPECT_EQ(rule.status.value_or(""), GetParam().status);
    EXPECT_EQ(rule.category, GetParam().category);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CustomCategoryRules,
    testing::Values(CustomRow{"ItsOwn", Category::SoftwareApplication, "erp_sage", "2001"},
                    CustomRow{"ThatOfTheCategoryWhereItHasNone", Category::SoftwareApplication, "crm",
                              "2002"},
                    CustomRow{"ThatOfTheCategoryWithoutOne", Category::SoftwareApplication, {}, "2002"},
                    CustomRow{"TheBuiltInOneWhereNobodySaysMore", Category::Hardware, {}, ""},
                    CustomRow{"NoneOfAnotherCategory", Category::Hardware, "erp_sage", ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CustomCategories, AreATagOfTheDraftAndHaveTheirReason) {
    protocol::Analysis analysis;
    analysis.category = Category::SoftwareApplication;
    analysis.customCategory = "erp_sage";
    analysis.evidence = {{"custom_category", "category erp_sage: sage", {}, protocol::Confidence::Sure}};
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), {});
    EXPECT_EQ(fields.customCategory, "erp_sage");
    EXPECT_EQ(fields.tags, (std::vector<std::string>{"3cx", "software_application", "erp_sage"}));
    const auto reasons = reasonsOf(analysis, {});
    ASSERT_EQ(reasons.size(), 1U);
    EXPECT_EQ(reasons[0].field, "customCategory");
    EXPECT_EQ(reasons[0].value, "erp_sage");
    EXPECT_EQ(reasons[0].cue, "category erp_sage: sage");
}

struct EditRow {
    const char* name;
    std::optional<Category> category;
    std::optional<std::string> customCategory;
    std::optional<std::string> expected;
    bool isTagged;
};
class EditedCustomCategories : public testing::TestWithParam<EditRow> {};
TEST_P(EditedCustomCategories, GoWithTheirCategory) {
    protocol::Draft draft;
    draft.fields.category = Category::SoftwareApplication;
    draft.fields.customCategory = "erp_sage";
    draft.fields.tags = {"3cx", "software_application", "erp_sage"};
    draft.generated = draft.fields;
    draft.generated.customCategory = "crm";
    draft.proposed = draft.fields;
    draft.proposed->category = Category::Hardware;
    draft.proposed->customCategory = "badge";
    protocol::DraftFields edited = draft.fields;
    edited.category = GetParam().category;
    edited.customCategory = GetParam().customCategory;
    edited = withFittingCustomCategory(edited, draft);
    EXPECT_EQ(edited.customCategory, GetParam().expected);
    EXPECT_EQ(std::ranges::count(edited.tags, "erp_sage"), GetParam().isTagged ? 1 : 0);
    EXPECT_EQ(edited.category, GetParam().category);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, EditedCustomCategories,
    testing::Values(EditRow{"StaysWithIt", Category::SoftwareApplication, "erp_sage", "erp_sage", true},
                    EditRow{"GoesWithAnother", Category::Email, "erp_sage", {}, false},
                    EditRow{"GoesWithNone", {}, "erp_sage", {}, false},
                    EditRow{"MayBeTakenAway", Category::SoftwareApplication, {}, {}, true},
                    EditRow{"MayBeTheGeneratedOneAgain", Category::SoftwareApplication, "crm", "crm", true},
                    EditRow{"MayBeTheProposedOne", Category::Hardware, "badge", "badge", true},
                    EditRow{"IsNotMadeUp", Category::SoftwareApplication, "made_up", {}, true}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CategoryRulesConfigured, FileNothingThatWasNotAnalysed) {
    HubOptions options;
    CategoryRule rule{Category::OtherNonSupport, TicketType::Question, std::nullopt, {}};
    rule.status = "2001";
    rule.priority = Priority::High;
    options.categoryRules = {rule};
    const protocol::DraftFields fields = makeFields(std::nullopt, callOfClaire(), options);
    EXPECT_FALSE(fields.category || fields.priority || fields.status);
}

struct DoubtRow {
    const char* name;
    std::vector<protocol::Evidence> evidence;
    std::optional<Category> category;
    std::optional<Priority> priority;
    bool isSolved;
};
class Doubt : public testing::TestWithParam<DoubtRow> {};

TEST_P(Doubt, LeavesAFieldOpen) {
    protocol::Analysis analysis;
    analysis.category = Category::Email;
    analysis.priority = Priority::High;
    analysis.resolved = true;
    analysis.ticketWarranted = true;
    analysis.evidence = GetParam().evidence;
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), {});
    EXPECT_EQ(fields.category, GetParam().category);
    EXPECT_EQ(fields.priority, GetParam().priority);
    EXPECT_EQ(fields.isSolved, GetParam().isSolved);
    if (!fields.category) {
        EXPECT_EQ(fields.tags, std::vector<std::string>{"3cx"});
    }
    if (!fields.priority) {
        EXPECT_EQ(fields.severity, Severity::None);
    }
}

constexpr auto kUnsure = protocol::Confidence::Unsure;
constexpr auto kLikely = protocol::Confidence::Likely;
INSTANTIATE_TEST_SUITE_P(
    Rows, Doubt,
    testing::Values(
        DoubtRow{"NothingIsSaidOfIt", {}, Category::Email, Priority::High, true},
        DoubtRow{"Likely",
                 {{"category", "", {}, kLikely}, {"priority", "", {}, kLikely}},
                 Category::Email,
                 Priority::High,
                 true},
        DoubtRow{"ALikelyOutcome", {{"resolved", "", {}, kLikely}}, Category::Email, Priority::High, false},
        DoubtRow{"OfTheCategory", {{"category", "", {}, kUnsure}}, std::nullopt, Priority::High, true},
        DoubtRow{"OfThePriority", {{"priority", "", {}, kUnsure}}, Category::Email, std::nullopt, true},
        DoubtRow{"OfTheOutcome", {{"resolved", "", {}, kUnsure}}, Category::Email, Priority::High, false},
        DoubtRow{"OfTheMood", {{"sentiment", "", {}, kUnsure}}, Category::Email, Priority::High, true}),
    [](const auto& info) { return std::string{info.param.name}; });

protocol::Utterance said(const char* id, std::int64_t startMs, const char* text) {
    protocol::Utterance utterance;
    utterance.utteranceId = UtteranceId{id};
    utterance.startMs = startMs;
    utterance.text = text;
    utterance.isFinal = true;
    return utterance;
}

TEST(Actions, ThatAreUnsureAreInNoDraft) {
    protocol::Analysis analysis;
    for (const char* kind : {"reboot", "callback", "escalate"}) analysis.actions.emplace_back().kind = kind;
    analysis.evidence = {{"actions.reboot", "", {}, kUnsure}, {"actions.callback", "", {}, kLikely}};
    std::vector<std::string> kept;
    for (const auto& action : actionsOf(analysis)) kept.push_back(action.kind);
    EXPECT_EQ(kept, (std::vector<std::string>{"callback", "escalate"}));
}

TEST(Texts, ThatAreUnsureStandOpenWithAHint) {
    protocol::Analysis analysis;
    analysis.subject = "VPN : lent";
    analysis.summary = "Claire signale le VPN. Reste ouvert.";
    analysis.evidence = {{"subject", "vpn", {0}, kUnsure},
                         {"summary", "vpn", {0}, kUnsure},
                         {"summary", "", {}, kLikely},
                         {"category", "vpn", {0}, kLikely}};
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), {});
    EXPECT_TRUE(fields.subject.starts_with("Appel : ")) << fields.subject;
    EXPECT_EQ(fields.summary, "");
    const auto reasons = reasonsOf(analysis, {said("first", 500, "le vpn")});
    ASSERT_GE(reasons.size(), 2U);
    EXPECT_EQ(reasons[0],
              (protocol::FieldReason{"subject", "VPN : lent", kUnsure, "vpn", {UtteranceId{"first"}}}));
    EXPECT_EQ(reasons[1].field, "summary");
    EXPECT_EQ(reasons[1].value, analysis.summary);
}

TEST(Texts, ThatAreLikelyAreWritten) {
    protocol::Analysis analysis;
    analysis.subject = "VPN : lent";
    analysis.summary = "Claire signale le VPN. Issue à confirmer.";
    analysis.evidence = {
        {"subject", "vpn", {0}, kLikely}, {"summary", "vpn", {0}, kLikely}, {"summary", "", {}, kUnsure}};
    const protocol::DraftFields fields = makeFields(analysis, callOfClaire(), {});
    EXPECT_EQ(fields.subject, analysis.subject);
    EXPECT_EQ(fields.summary, analysis.summary);
    for (const auto& reason : reasonsOf(analysis, {})) EXPECT_NE(reason.field, "subject");
}

TEST(Reasons, NameTheUtterancesThatTheAnalysisRead) {
    protocol::Analysis analysis;
    analysis.category = Category::Email;
    analysis.evidence = {{"category", "outlook", {1, 7}, kUnsure},
                         {"sentiment", "merci", {0}, kLikely},
                         {"resolved", "", {}, kLikely}};
    // A turn's number counts the texts in the order of speech; one that was withdrawn is none.
    const auto reasons = reasonsOf(
        analysis, {said("second", 2'000, "Outlook"), said("gone", 1'000, ""), said("first", 500, "Bonjour")});
    const std::vector<protocol::FieldReason> expected = {
        {"category", "email", kUnsure, "outlook", {UtteranceId{"second"}}},
        {"isSolved", "false", kLikely, "", {}}};
    EXPECT_EQ(reasons, expected);
}

struct TimeRow {
    const char* name;
    bool logsTime;
    void (*change)(protocol::Call&);
    std::optional<std::int64_t> seconds;
};
class TimeEntries : public testing::TestWithParam<TimeRow> {};
TEST_P(TimeEntries, AreTheCallsLengthWhereThatIsWanted) {
    HubOptions options;
    options.logsTime = GetParam().logsTime;
    protocol::Call call = callOfClaire();
    GetParam().change(call);
    EXPECT_EQ(makeFields(protocol::Analysis{}, call, options).timeTrackedS, GetParam().seconds);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TimeEntries,
    testing::Values(
        TimeRow{"Wanted", true, [](protocol::Call&) {}, 192},
        TimeRow{"NotWanted", false, [](protocol::Call&) {}, {}},
        TimeRow{"NeverAnswered", true, [](protocol::Call& call) { call.answeredAtMs.reset(); }, {}},
        TimeRow{"NotOver", true, [](protocol::Call& call) { call.endedAtMs.reset(); }, {}},
        TimeRow{"AGuess", true, [](protocol::Call& call) { call.isEndEstimated = true; }, {}},
        TimeRow{"NoTime", true, [](protocol::Call& call) { call.endedAtMs = *call.answeredAtMs; }, {}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DraftFields, AProblemSolvedInTheCallMayCloseItsTicket) {
    protocol::Analysis analysis;
    analysis.resolved = true;
    EXPECT_FALSE(makeFields(analysis, callOfClaire(), {}).isSolved);
    analysis.ticketWarranted = true;
    EXPECT_TRUE(makeFields(analysis, callOfClaire(), {}).isSolved);
}

TEST(Description, EndsWithTheMarkerAndTellsTheFacts) {
    protocol::DraftFields fields = makeFields(protocol::Analysis{}, callOfClaire(), {});
    fields.summary = "Le VPN ne se connecte plus.";
    const std::string text = makeDescription(fields, callOfClaire(), "3CX-7f3a9c21");
    EXPECT_TRUE(text.starts_with("Le VPN ne se connecte plus.\n\n"));
    EXPECT_NE(text.find("Appelant : Claire Martin (+33612345678)\n"), std::string::npos) << text;
    EXPECT_NE(text.find("Organisation : Exemple SARL\n"), std::string::npos);
    EXPECT_NE(text.find("Technicien : Paul Durand (poste 201)\n"), std::string::npos);
    EXPECT_NE(text.find("durée 3 min 12 s"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("\n\nRef: 3CX-7f3a9c21"));
}

/// Claire's number called, and the technician says that it was Paul of another customer.
protocol::DraftFields fieldsOfPaul() {
    protocol::DraftFields fields;
    fields.requesterUid = "aa11";
    fields.requesterName = "Paul Girard";
    fields.organizationId = 12;
    fields.organizationName = "Garage Dumas";
    return fields;
}

TEST(Description, NamesNobodyButTheRequesterOnceThatIsCorrected) {
    protocol::Call call = callOfClaire();
    call.remoteName = "MARTIN Claire";
    EarlierCall earlier{makeFields(protocol::Analysis{}, call, {}), call};
    protocol::CallerMatch several = doubles::oneContact();
    several.state = protocol::CallerMatchState::Several;
    protocol::CallerMatch switchboard;
    switchboard.organizationId = 7;
    for (const protocol::CallerMatch& caller : {doubles::oneContact(), several, switchboard}) {
        call.caller = caller;
        earlier.call.caller = caller;
        const std::string text = makeDescription(fieldsOfPaul(), call, "3CX-7f3a9c21");
        EXPECT_TRUE(text.starts_with("Appelant : Paul Girard\nOrganisation : Garage Dumas\nTechnicien : "))
            << text;
        const std::string before = makeJoinedCall(fieldsOfPaul(), earlier, {}).description;
        EXPECT_TRUE(before.starts_with("Appelant : Paul Girard\nTechnicien : ")) << before;
        for (const std::string& each : {text, before}) {
            EXPECT_EQ(each.find("Claire"), std::string::npos) << each;
            EXPECT_EQ(each.find("+33612345678"), std::string::npos) << each;
        }
    }
}

TEST(Description, KeepsTheNumberThatIsNobodyElses) {
    protocol::Call call = callOfClaire();
    call.remoteName = "Quelqu'un";
    call.caller = {};
    const std::string wanted = "Appelant : Paul Girard (+33612345678)\n";
    EXPECT_TRUE(makeDescription(fieldsOfPaul(), call, "3CX-1").starts_with(wanted)) << "nobody was matched";
    call.caller.organizationId = 12;
    EXPECT_TRUE(makeDescription(fieldsOfPaul(), call, "3CX-1").starts_with(wanted)) << "his switchboard";
    call.caller = doubles::oneContact();
    call.caller.state = protocol::CallerMatchState::Several;
    call.caller.contacts.emplace_back().uid = "aa11";
    EXPECT_TRUE(makeDescription(fieldsOfPaul(), call, "3CX-1").starts_with(wanted)) << "one of several";
    EXPECT_TRUE(makeDescription({}, call, "3CX-1").starts_with("Appelant : Quelqu'un (+33612345678)\n"));
}

TEST(Description, IsAmendedWithTheRequesterAndTheDevice) {
    const protocol::Call call = callOfClaire();
    const protocol::DraftFields before = makeFields(protocol::Analysis{}, call, {});
    const std::string text = makeDescription(before, call, "3CX-7f3a9c21", "PC-CLAIRE");
    EXPECT_NE(text.find("Organisation : Exemple SARL\nAppareil : PC-CLAIRE\nTechnicien : "),
              std::string::npos);
    EXPECT_EQ(amendDescription(text, before, before, nullptr, "PC-CLAIRE"), text);
    EXPECT_EQ(amendDescription(text, before, before, &call, "PC-CLAIRE"), text);
    for (const protocol::Call* known : {&call, static_cast<const protocol::Call*>(nullptr)})
        EXPECT_EQ(amendDescription(text, before, fieldsOfPaul(), known, ""),
                  makeDescription(fieldsOfPaul(), call, "3CX-7f3a9c21"));
}

struct JoinedRow {
    const char* name;
    bool isPublic;    // of the ticket
    bool wasPublic;   // of the earlier draft
    bool wantsNote;   // of the ticket
    bool wantedNote;  // of the earlier draft
    bool hasSummary;
    bool hasTranscript;
};
class Joined : public testing::TestWithParam<JoinedRow> {};
TEST_P(Joined, SaysNoMoreThanBothAllow) {
    const JoinedRow& row = GetParam();
    EarlierCall earlier{makeFields(protocol::Analysis{}, callOfClaire(), {}), callOfClaire()};
    earlier.fields.summary = "Le VPN est lent.";
    protocol::DraftFields fields = earlier.fields;
    fields.isPublic = row.isPublic;
    fields.includesTranscript = row.wantsNote;
    earlier.fields.isPublic = row.wasPublic;
    earlier.fields.includesTranscript = row.wantedNote;
    const JoinedCall joined =
        makeJoinedCall(fields, earlier, {said(protocol::Speaker::Customer, 0, "Lent.")});
    EXPECT_EQ(joined.callId, callOfClaire().callId);
    EXPECT_EQ(joined.marker, markerFor(callOfClaire().callId));
    EXPECT_EQ(joined.startedAtMs, callOfClaire().startedAtMs);
    EXPECT_EQ(joined.description.starts_with("Le VPN est lent.\n\nAppelant : Claire"), row.hasSummary)
        << joined.description;
    EXPECT_EQ(joined.transcript, row.hasTranscript ? "\n[00:00] Client : Lent." : "");
}
INSTANTIATE_TEST_SUITE_P(Rows, Joined,
                         testing::Values(JoinedRow{"Private", false, false, true, true, true, true},
                                         JoinedRow{"TickedNow", true, false, true, true, false, true},
                                         JoinedRow{"BothPublic", true, true, true, true, true, true},
                                         JoinedRow{"NoNoteNow", false, false, false, true, true, false},
                                         JoinedRow{"NoNoteThen", false, false, true, false, true, false}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Subject, ThatWasGeneratedFollowsTheRequester) {
    const protocol::Call call = callOfClaire();
    protocol::Draft present;
    present.generated = makeFields(protocol::Analysis{}, call, {});
    present.fields = present.generated;
    const std::string first = "Appel : Claire Martin (+33612345678)";
    ASSERT_EQ(present.fields.subject, first);
    protocol::DraftFields edited = fieldsOfPaul();
    edited.subject = first;
    present.fields = withFollowingSubject(edited, present, call);
    EXPECT_EQ(present.fields.subject, "Appel : Paul Girard");
    EXPECT_EQ(withFollowingSubject(edited, present, call).subject, "Appel : Paul Girard")
        << "a form that was filled before";
    edited = present.fields;
    edited.requesterUid.reset();
    edited.requesterName.clear();
    EXPECT_EQ(withFollowingSubject(edited, present, call).subject, "Appel : +33612345678");
    edited = present.generated;
    edited.subject = present.fields.subject;
    EXPECT_EQ(withFollowingSubject(edited, present, call).subject, first);
    edited.subject = "VPN de Claire";
    EXPECT_EQ(withFollowingSubject(edited, present, call).subject, "VPN de Claire") << "somebody's own words";
}

class ProposedPlaces : public testing::Test {
protected:
    ProposedPlaces() {
        call.caller.rule = wordOf(protocol::MatchRule::ExactNumber);
        draft.devices = {{41, "PC-CLAIRE", 7, 2, false, true, {}}, {42, "NAS", 7, 1, false, false, {}}};
        draft.locations = {{1, "Lyon"}, {2, "Paris"}};
    }
    protocol::Draft proposed() {
        draft.fields = makeFields(protocol::Analysis{}, call, {});
        proposePlaces(draft, call);
        return draft;
    }
    protocol::Call call = callOfClaire();
    protocol::Draft draft;
};

TEST_F(ProposedPlaces, AreTheOnlyDeviceOfTheCallerAndItsLocation) {
    EXPECT_EQ(proposed().fields.deviceId, 41);
    EXPECT_EQ(draft.fields.locationId, 2);
    EXPECT_EQ(deviceNameOf(draft), "PC-CLAIRE");
    draft.devices->front().locationId.reset();
    EXPECT_EQ(proposed().fields.locationId, std::nullopt);
    draft.locations->pop_back();
    EXPECT_EQ(proposed().fields.locationId, 1) << "the organisation has no other";
}

TEST_F(ProposedPlaces, AreNoneWhereThereIsDoubt) {
    draft.devices->back().isCallers = true;
    EXPECT_EQ(proposed().fields.deviceId, std::nullopt) << "one of two";
    draft.devices->pop_back();
    ASSERT_EQ(proposed().fields.deviceId, 41);
    call.caller.rule = wordOf(protocol::MatchRule::NumberTail);
    EXPECT_EQ(proposed().fields.deviceId, std::nullopt) << "a weak match";
    EXPECT_EQ(draft.fields.locationId, std::nullopt);
    call.caller.rule = wordOf(protocol::MatchRule::ExactNumber);
    call.caller.state = protocol::CallerMatchState::Several;
    EXPECT_EQ(proposed().fields.deviceId, std::nullopt);
    EXPECT_EQ(deviceNameOf(draft), "");
}

TEST(TranscriptNote, HasTimesAndSpeakersInTheOrderOfSpeech) {
    using enum protocol::Speaker;
    EXPECT_EQ(makeTranscriptNote(callOfClaire(),
                                 {said(Customer, 62'000, "Bonjour."), said(Agent, 1'000, "Support, bonjour."),
                                  said(Customer, 70'000, "")}),
              "Transcription de l'appel (données sensibles masquées)\n"
              "\n[00:01] Technicien : Support, bonjour.\n[01:02] Client : Bonjour.");
    EXPECT_EQ(makeTranscriptNote(callOfClaire(), {}), "");
}

TEST(TranscriptNote, SaysWhereAudioWasLost) {
    using enum protocol::Speaker;
    protocol::Call call = callOfClaire();
    call.gaps = {{0, 400}, {30'000, 42'700}, {80'000, 150'000}};
    EXPECT_EQ(makeTranscriptNote(call, {said(Customer, 62'000, "Bonjour."), said(Agent, 1'000, "Allô ?")}),
              "Transcription de l'appel (données sensibles masquées)\n"
              "\n[00:00] (audio perdu : 1 s)\n[00:01] Technicien : Allô ?\n[00:30] (audio perdu : 12 s)"
              "\n[01:02] Client : Bonjour.\n[01:20] (audio perdu : 1 min 10 s)");
    EXPECT_EQ(makeTranscriptNote(call, {}), "") << "no transcript, no note";
}

TEST(AnalysisInput, IsTheCallInTheOrderOfSpeech) {
    using enum protocol::Speaker;
    const auto input =
        makeAnalysisInput(callOfClaire(), {said(Customer, 2'000, "b"), said(Agent, 1'000, "a")}, "auto");
    ASSERT_EQ(input.turns.size(), 2U);
    EXPECT_EQ(input.turns.front().text, "a");
    EXPECT_DOUBLE_EQ(input.turns.back().t0, 2.0);
    EXPECT_EQ(input.language, "auto") << "the analysis hears whether it is French or English";
    EXPECT_DOUBLE_EQ(input.durationS, 192.0);
}

class TimeZone {
public:
    explicit TimeZone(const char* name) {
        if (const char* before = std::getenv("TZ")) before_ = before;
        set(name);
    }
    ~TimeZone() { set(before_ ? before_->c_str() : nullptr); }

private:
    static void set(const char* name) {
        name ? setenv("TZ", name, 1) : unsetenv("TZ");
        tzset();
    }
    std::optional<std::string> before_;
};

TEST(AnalysisInput, StartsOnTheWallClockOfTheHouse) {
    const auto startIn = [](const char* zone, std::int64_t answeredAtMs) {
        const TimeZone here{zone};
        protocol::Call call = callOfClaire();
        call.answeredAtMs = answeredAtMs;
        return makeAnalysisInput(call, {}, "fr").startedAt;
    };
    const std::int64_t newYear = 1'767'225'605'000;
    EXPECT_EQ(startIn("UTC0", newYear), "2026-01-01T00:00:05+00:00");
    EXPECT_EQ(startIn("CET-1CEST,M3.5.0,M10.5.0/3", newYear), "2026-01-01T01:00:05+01:00");
    EXPECT_EQ(startIn("CET-1CEST,M3.5.0,M10.5.0/3", 1'782'900'000'000), "2026-07-01T12:00:00+02:00");
    EXPECT_EQ(startIn("NST3:30", newYear), "2025-12-31T20:30:05-03:30") << "still the day before, there";
    protocol::Call unanswered = callOfClaire();
    unanswered.answeredAtMs.reset();
    EXPECT_EQ(makeAnalysisInput(unanswered, {}, "fr").startedAt, std::nullopt);
}

}  // namespace
}  // namespace ninja3cx::calls
