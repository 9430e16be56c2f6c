#include "bench/analysis/labelled_set.hpp"

#include "bench/analysis/score_words.hpp"
#include "bench/analysis/scored_text.hpp"
#include "server/analysis/training/labelled_call.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

namespace ninja3cx::bench {
namespace {

namespace training = analysis::training;
using boost::json::object;

Error wrong(const std::string& field, const std::string& what) {
    return {ErrorKind::BadMessage, field + ": " + what};
}

/// The scorer's `check`: what a call's file must hold beyond the shape of its JSON.
class Check {
public:
    Check(const EvaluatedCall& call, const object& labels) : call_(call), labels_(labels) {}

    Result<void> holds() const {
        for (const auto& part :
             {&Check::input, &Check::values, &Check::actions, &Check::entities, &Check::pii})
            if (auto right = (this->*part)(); !right) return right;
        return {};
    }

private:
    Result<void> input() const {
        const protocol::AnalysisInput& input = call_.input;
        if (input.id.empty()) return wrong("id", "is empty");
        if (input.language != "fr" && input.language != "en")
            return wrong("language", "must be fr or en, not '" + input.language + "'");
        if (input.turns.size() < 3) return wrong("turns", "fewer than 3");
        double last = -1;
        for (std::size_t i = 0; i < input.turns.size(); ++i) {
            const protocol::Turn& turn = input.turns[i];
            const std::string at = "turns[" + std::to_string(i) + "].";
            if (trimmed(turn.text).empty()) return wrong(at + "text", "is empty");
            if (turn.t0 <= last) return wrong(at + "t0", "is not after the turn before it");
            if (turn.t1 <= turn.t0) return wrong(at + "t1", "is not after t0");
            last = turn.t0;
        }
        if (input.durationS < input.turns.back().t1)
            return wrong("duration_s", "ends before the last turn does");
        return {};
    }

    Result<void> values() const {
        const CallLabels& labels = call_.labels;
        for (const char* name : {"resolved", "ticket_warranted", "callback_promised"})
            if (!labels_.contains(name)) return wrong(std::string{"labels."} + name, "is missing");
        if (labels.secondaryCategory == labels.category)
            return wrong("labels.secondary_category", "is the category once more");
        if (labels.subject.empty()) return wrong("labels.subject", "is empty");
        if (charactersOf(labels.subject) > 80) return wrong("labels.subject", "is longer than 80 characters");
        if (trimmed(labels.summary).empty()) return wrong("labels.summary", "is empty");
        return {};
    }

    Result<void> actions() const {
        const std::vector<LabelledAction>& actions = call_.labels.actions;
        if (actions.empty())
            return wrong("labels.actions", "is empty; where nothing is to do the kind is none");
        const std::vector<std::string>& kinds = training::actionKinds();
        bool isPromised = false;
        for (std::size_t i = 0; i < actions.size(); ++i) {
            const LabelledAction& action = actions[i];
            const std::string at = "labels.actions[" + std::to_string(i) + "].";
            if (action.kind != "none" && std::find(kinds.begin(), kinds.end(), action.kind) == kinds.end())
                return wrong(at + "kind", "no such kind: '" + action.kind + "'");
            if (action.owner != "agent" && action.owner != "customer")
                return wrong(at + "owner", "must be agent or customer, not '" + action.owner + "'");
            isPromised |= action.kind == "callback" && action.owner == "agent" && action.status == "todo";
        }
        if (isPromised != call_.labels.callbackPromised)
            return wrong("labels.callback_promised",
                         "must be true exactly when the agent has a callback to do");
        return {};
    }

    Result<void> entities() const {
        const std::vector<std::string>& kinds = entityKinds();
        for (const std::string& kind : kinds)
            if (!call_.labels.entities.contains(kind)) return wrong("labels.entities." + kind, "is missing");
        for (const auto& [kind, ignored] : call_.labels.entities)
            if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
                return wrong("labels.entities." + kind, "no such kind");
        return {};
    }

    Result<void> pii() const {
        const std::vector<protocol::Turn>& turns = call_.input.turns;
        for (std::size_t i = 0; i < call_.labels.pii.size(); ++i) {
            const std::string& text = call_.labels.pii[i].text;
            if (std::none_of(turns.begin(), turns.end(), [&](const protocol::Turn& turn) {
                    return turn.text.find(text) != std::string::npos;
                }))
                return wrong("labels.pii[" + std::to_string(i) + "].text", "stands in no turn");
        }
        return {};
    }

    const EvaluatedCall& call_;
    const object& labels_;
};

/// What a text calls a label by, as the enumeration's value.
template <class E>
Result<E> labelOf(const training::LabelledCall& call, const char* name) {
    return json::decode<E>(boost::json::value(boost::json::string_view{call.label(name)}), name);
}

/// Times as the evaluation's: from the length of what is said.
void speak(protocol::AnalysisInput& call, const training::LabelledTurn& said) {
    constexpr double kSecondsPerByte = 0.065;
    constexpr double kPause = 0.6;
    protocol::Turn turn;
    turn.speaker = said.isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer;
    turn.text = trimmed(said.text);
    turn.t0 = call.durationS + kPause;
    turn.t1 = turn.t0 + kPause + kSecondsPerByte * static_cast<double>(turn.text.size());
    call.durationS = turn.t1;
    call.turns.push_back(std::move(turn));
}

Result<EvaluatedCall> evaluatedOf(const training::LabelledCall& from) {
    EvaluatedCall call;
    call.input.id = from.id;
    call.input.language = from.language;
    for (const training::LabelledTurn& turn : from.turns) speak(call.input, turn);
    CallLabels& labels = call.labels;
    labels.isWhole = false;
    const auto category = labelOf<protocol::Category>(from, "category");
    if (!category) return category.error();
    labels.category = *category;
    if (from.label("secondary") != "-") {
        const auto secondary = labelOf<protocol::Category>(from, "secondary");
        if (!secondary) return secondary.error();
        labels.secondaryCategory = *secondary;
    }
    const auto sentiment = labelOf<protocol::Sentiment>(from, "sentiment");
    if (!sentiment) return sentiment.error();
    labels.sentiment = *sentiment;
    const auto priority = labelOf<protocol::Priority>(from, "priority");
    if (!priority) return priority.error();
    labels.priority = *priority;
    labels.resolved = from.label("resolved") == "yes";
    labels.ticketWarranted = from.label("ticket") == "yes";
    labels.callbackPromised = from.label("callback") == "yes";
    for (const std::string& kind : training::actionKinds())
        if (from.hasAction(kind)) labels.actions.push_back({kind, "agent", ""});
    if (labels.actions.empty()) labels.actions.push_back({"none", "agent", ""});
    return call;
}

Result<std::string> readFile(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return Error{ErrorKind::Io, "cannot read " + file.string()};
    return text.str();
}

Result<std::vector<EvaluatedCall>> readFileOfSet(const std::filesystem::path& file) {
    const auto text = readFile(file);
    if (!text) return text.error();
    if (file.extension() == ".txt") return readEvaluatedTexts(*text, file.filename().string());
    auto call = readEvaluatedCall(*text);
    if (!call) return inContext(file.filename().string(), call.error());
    return std::vector{std::move(*call)};
}

/// The files of a set that may hold calls of the range, by name.
Result<std::vector<std::filesystem::path>> filesOf(const std::filesystem::path& set,
                                                   const std::optional<IdRange>& ids) {
    std::error_code failure;
    const auto mayHold = [&](const std::filesystem::path& file) {
        return file.extension() == ".txt" ||
               (file.extension() == ".json" && (!ids || ids->contains(file.stem().string())));
    };
    if (std::filesystem::is_regular_file(set, failure)) {
        if (set.extension() != ".txt" && set.extension() != ".json")
            return Error{ErrorKind::Rejected, set.string() + " is neither .json nor .txt"};
        if (!mayHold(set)) return std::vector<std::filesystem::path>{};
        return std::vector{set};
    }
    std::vector<std::filesystem::path> files;
    for (auto entry = std::filesystem::directory_iterator{set, failure};
         !failure && entry != std::filesystem::directory_iterator{}; entry.increment(failure))
        if (mayHold(entry->path())) files.push_back(entry->path());
    if (failure) return Error{ErrorKind::Rejected, "cannot read " + set.string() + ": " + failure.message()};
    std::sort(files.begin(), files.end());
    return files;
}

struct Numbered {
    std::string letters;
    std::uint64_t number = 0;
};

/// "ana-d007" is d, 7. None where there is no number.
std::optional<Numbered> numberedOf(std::string_view id) {
    if (const std::size_t dash = id.rfind('-'); dash != std::string_view::npos) id.remove_prefix(dash + 1);
    const std::size_t at = id.find_first_of("0123456789");
    if (at == std::string_view::npos) return std::nullopt;
    Numbered numbered{std::string{id.substr(0, at)}};
    const auto [end, failure] = std::from_chars(id.data() + at, id.data() + id.size(), numbered.number);
    if (failure != std::errc{} || end != id.data() + id.size()) return std::nullopt;
    return numbered;
}

}  // namespace

bool IdRange::contains(std::string_view id) const {
    const auto numbered = numberedOf(id);
    return numbered && numbered->letters == letters && numbered->number >= from && numbered->number <= to;
}

Result<IdRange> readIdRange(std::string_view text) {
    const Error no{ErrorKind::Rejected,
                   "option --ids: needs FROM-TO with the same letters, such as d001-d030, not '" +
                       std::string{text} + "'"};
    // The dash in the middle divides, for ids may have dashes of their own; "ana-d005" is one id.
    const auto dashes = std::count(text.begin(), text.end(), '-');
    std::size_t middle = 0;
    for (std::ptrdiff_t i = 0; i < dashes / 2; ++i) middle = text.find('-', middle) + 1;
    middle = text.find('-', middle);
    const bool isOne = dashes == 0 || (dashes == 1 && !numberedOf(text.substr(0, middle)));
    if (!isOne && dashes % 2 == 0) return no;
    const auto from = numberedOf(isOne ? text : text.substr(0, middle));
    const auto to = isOne ? from : numberedOf(text.substr(middle + 1));
    if (!from || !to || from->letters != to->letters || from->number > to->number) return no;
    return IdRange{from->letters, from->number, to->number};
}

Result<EvaluatedCall> readEvaluatedCall(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return value.error();
    auto input = json::decode<protocol::AnalysisInput>(*value);
    if (!input) return input.error();
    const boost::json::value* const labels = value->get_object().if_contains("labels");
    if (labels == nullptr) return wrong("labels", "is missing: nothing says what is right");
    auto read = json::decode<CallLabels>(*labels, "labels");
    if (!read) return read.error();
    EvaluatedCall call{std::move(*input), std::move(*read)};
    if (const auto right = Check{call, labels->get_object()}.holds(); !right) return right.error();
    return call;
}

Result<std::vector<EvaluatedCall>> readEvaluatedTexts(std::string_view text, const std::string& name) {
    const auto labelled = training::readLabelledCalls(text, name);
    if (!labelled) return labelled.error();
    std::vector<EvaluatedCall> calls;
    for (const training::LabelledCall& one : *labelled) {
        auto call = evaluatedOf(one);
        if (!call) return inContext(name + ", call " + one.id, call.error());
        calls.push_back(std::move(*call));
    }
    return calls;
}

Result<std::vector<EvaluatedCall>> readEvaluatedSet(const std::filesystem::path& set,
                                                    const std::optional<IdRange>& ids) {
    const auto files = filesOf(set, ids);
    if (!files) return files.error();
    std::vector<EvaluatedCall> calls;
    std::set<std::string> known;
    for (const std::filesystem::path& file : *files) {
        auto more = readFileOfSet(file);
        if (!more) return more.error();
        for (EvaluatedCall& call : *more) {
            if (ids && !ids->contains(call.input.id)) continue;
            if (!known.insert(call.input.id).second)
                return Error{ErrorKind::BadMessage,
                             file.filename().string() + ": id: " + call.input.id + " is another call's, too"};
            calls.push_back(std::move(call));
        }
    }
    if (calls.empty())
        return Error{ErrorKind::Rejected,
                     set.string() + " holds no labelled call" + (ids ? " of these ids" : "") +
                         " (*.json as in tests/eval/analysis, *.txt as in training/analysis)"};
    std::sort(calls.begin(), calls.end(),
              [](const EvaluatedCall& a, const EvaluatedCall& b) { return a.input.id < b.input.id; });
    return calls;
}

std::string describeIds(const std::vector<EvaluatedCall>& calls) {
    std::string text;
    for (std::size_t first = 0; first < calls.size();) {
        std::size_t last = first;
        const auto follows = [&](std::size_t next) {
            const auto a = numberedOf(calls[next - 1].input.id);
            const auto b = numberedOf(calls[next].input.id);
            return a && b && a->letters == b->letters && a->number + 1 == b->number;
        };
        while (last + 1 < calls.size() && follows(last + 1)) ++last;
        if (!text.empty()) text += ", ";
        text += calls[first].input.id;
        if (last > first) text += " to " + calls[last].input.id;
        first = last + 1;
    }
    return text;
}

}  // namespace ninja3cx::bench
