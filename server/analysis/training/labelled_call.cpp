#include "server/analysis/training/labelled_call.hpp"

#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <sstream>

namespace ninja3cx::analysis::training {
namespace {

using Words = std::vector<std::string>;

Words split(std::string_view text, char separator) {
    Words parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        std::string_view part = text.substr(0, end);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) parts.emplace_back(part);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

bool isOneOf(const Words& known, std::string_view word) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

/// "reset_password:done"
bool isAction(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view status = word.substr(colon + 1);
    return isOneOf(actionKinds(), word.substr(0, colon)) && (status == "done" || status == "todo");
}

bool isTag(std::string_view word) {
    static const Words kPlain = {"neg", "pos", "top", "top2", "fix", "open",
                                 "I1",  "I2",  "I3",  "U1",   "U2",  "U3"};
    return isOneOf(kPlain, word) || isAction(word);
}

bool isLabel(std::string_view name, std::string_view value) {
    static const Words kMoods = {"negative", "neutral", "positive"};
    static const Words kYesNo = {"yes", "no"};
    static const Words kPriorities = {"LOW", "MEDIUM", "HIGH"};
    static const Words kImpacts = {"I1", "I2", "I3"};
    static const Words kUrgencies = {"U1", "U2", "U3"};
    if (name == "category") return isOneOf(categories(), value);
    if (name == "secondary") return value == "-" || isOneOf(categories(), value);
    if (name == "sentiment" || name == "start" || name == "end") return isOneOf(kMoods, value);
    if (name == "priority") return isOneOf(kPriorities, value);
    if (name == "impact") return isOneOf(kImpacts, value);
    if (name == "urgency") return isOneOf(kUrgencies, value);
    if (name == "resolved" || name == "ticket" || name == "callback") return isOneOf(kYesNo, value);
    if (name != "actions") return false;
    const Words actions = split(value, ',');
    return value == "-" || std::all_of(actions.begin(), actions.end(), isAction);
}

/// "@ ID LANGUAGE name=value …"
Result<LabelledCall> readHeading(const std::string& line) {
    static const Words kNeeded = {"category", "secondary", "sentiment", "start",   "end",
                                  "priority", "resolved",  "ticket",    "callback"};
    const Words words = split(line, ' ');
    if (words.size() < 3) return Error{ErrorKind::BadMessage, "a call needs an id and a language"};
    LabelledCall call;
    call.id = words[1];
    call.language = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        const std::string name = words[i].substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : words[i].substr(equals + 1);
        if (!isLabel(name, value)) return Error{ErrorKind::BadMessage, "no such label: " + words[i]};
        call.labels[name] = value;
    }
    for (const std::string& name : kNeeded)
        if (!call.labels.contains(name)) return Error{ErrorKind::BadMessage, "the call has no " + name};
    return call;
}

/// "C [neg,U3]: text"
Result<LabelledTurn> readTurn(std::string_view line) {
    LabelledTurn turn;
    turn.isAgent = line.starts_with('A');
    if (!turn.isAgent && !line.starts_with('C'))
        return Error{ErrorKind::BadMessage, "a turn begins with A or C"};
    line.remove_prefix(1);
    if (line.starts_with(" [")) {
        const std::size_t end = line.find(']');
        if (end == std::string_view::npos) return Error{ErrorKind::BadMessage, "the tags have no end"};
        turn.tags = split(line.substr(2, end - 2), ',');
        line.remove_prefix(end + 1);
    }
    if (!line.starts_with(":")) return Error{ErrorKind::BadMessage, "a turn has a colon before its text"};
    turn.text = line.substr(1);
    for (const std::string& tag : turn.tags)
        if (!isTag(tag)) return Error{ErrorKind::BadMessage, "no such tag: " + tag};
    return turn;
}

}  // namespace

bool LabelledTurn::has(std::string_view tag) const {
    return isOneOf(tags, tag);
}

std::string_view LabelledCall::label(std::string_view name) const {
    const auto found = labels.find(name);
    return found == labels.end() ? std::string_view{} : std::string_view{found->second};
}

bool LabelledCall::hasAction(std::string_view kind) const {
    const std::string done = std::string{kind} + ":done";
    const std::string todo = std::string{kind} + ":todo";
    if (!hasTags()) {
        const Words actions = split(label("actions"), ',');
        return isOneOf(actions, done) || isOneOf(actions, todo);
    }
    return std::any_of(turns.begin(), turns.end(),
                       [&](const LabelledTurn& turn) { return turn.has(done) || turn.has(todo); });
}

const std::vector<std::string>& actionKinds() {
    static const Words kKinds{protocol::kActionKinds.begin(), protocol::kActionKinds.end()};
    return kKinds;
}

const std::vector<std::string>& categories() {
    static const Words kCategories = {"account_password",
                                      "email",
                                      "network_vpn",
                                      "internet_wifi",
                                      "printer_scanner",
                                      "hardware",
                                      "workstation_performance",
                                      "server_infrastructure",
                                      "software_application",
                                      "security_incident",
                                      "backup_restore",
                                      "telephony",
                                      "onboarding_offboarding",
                                      "procurement_licence",
                                      "information_request",
                                      "other_non_support"};
    return kCategories;
}

Result<std::vector<LabelledCall>> readLabelledCalls(std::string_view text, const std::string& hand) {
    std::vector<LabelledCall> calls;
    std::istringstream lines{std::string{text}};
    int number = 0;
    bool isInCall = false;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const auto at = [&](const Error& error) {
            return inContext(hand + ", line " + std::to_string(number), error);
        };
        if (line.empty()) {
            isInCall = false;
        } else if (line.starts_with('@')) {
            auto call = readHeading(line);
            if (!call) return at(call.error());
            calls.push_back(std::move(*call));
            calls.back().hand = hand;
            isInCall = true;
        } else {
            auto turn = readTurn(line);
            if (!turn) return at(turn.error());
            if (!isInCall) return at({ErrorKind::BadMessage, "a turn outside of any call"});
            calls.back().turns.push_back(std::move(*turn));
        }
    }
    return calls;
}

}  // namespace ninja3cx::analysis::training
