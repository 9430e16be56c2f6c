#include "simulators/pbx/fault_kinds.hpp"

#include "simulators/pbx/checks.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

constexpr const char* kApi = "^/(callcontrol|xapi)";
constexpr const char* kLegs = "^/callcontrol/[^/]+/participants/";

const std::vector<FaultKind>& kinds() {
    static const std::vector<FaultKind> all{{"401", kApi, {"forS"}},
                                            {"403", kLegs, {"forS"}},
                                            {"404", kLegs, {"forS"}},
                                            {"422", kLegs, {"forS"}},
                                            {"424", kLegs, {"forS"}},
                                            {"429", kApi, {"forS", "retryAfter", "dateInS"}},
                                            {"500", kApi, {"forS"}},
                                            {"502", kApi, {"forS"}},
                                            {"503", kApi, {"forS"}},
                                            {"html", kApi, {"forS", "status"}},
                                            {"drop", kApi, {"forS"}},
                                            {"slow", kApi, {"forS", "ms"}},
                                            {"slow-body", kApi, {"forS", "bytesPerS"}},
                                            {"malformed", kApi, {"forS"}},
                                            {"huge-body", kApi, {"forS", "bytes"}},
                                            {"expire-token", nullptr, {"sockets"}},
                                            {"supersede-token", nullptr, {"everyS"}},
                                            {"ws-close", nullptr, {"code"}},
                                            {"ws-reset", nullptr, {}},
                                            {"ws-silence", nullptr, {}},
                                            {"skip-sequence", nullptr, {}},
                                            {"lose", nullptr, {}},
                                            {"duplicate", nullptr, {}},
                                            {"reorder", nullptr, {}},
                                            {"remove-first", nullptr, {}},
                                            {"late-upsert", nullptr, {}},
                                            {"odd-entities", nullptr, {"dn"}},
                                            {"event", nullptr, {"type", "entity", "attached"}},
                                            {"frame", nullptr, {"text", "bytes", "as", "content"}},
                                            {"unknown-fields", nullptr, {}},
                                            {"status", nullptr, {"status"}},
                                            {"unmonitor", nullptr, {"dn"}},
                                            {"monitor", nullptr, {"dn"}},
                                            {"restart", nullptr, {"downS"}}};
    return all;
}

}  // namespace

const FaultKind* findFaultKind(const std::string& name) {
    const auto found = std::find_if(kinds().begin(), kinds().end(),
                                    [&](const FaultKind& kind) { return name == kind.name; });
    return found == kinds().end() ? nullptr : &*found;
}

std::optional<Error> problemOf(const Fault& fault) {
    const FaultKind* kind = findFaultKind(fault.kind);
    if (!kind) return wrong("kind: '" + fault.kind + "' is no fault of this simulator");
    if (!kind->path && (fault.match || fault.probability))
        return wrong(std::string{fault.match ? "match" : "probability"} + ": '" + fault.kind +
                     "' does not wait for requests");
    if (fault.at)
        if (auto e = unlessTime("at", *fault.at)) return e;
    if (!fault.params.is_null() && !fault.params.is_object()) return wrong("params: must be an object");
    if (const boost::json::object* params = fault.params.if_object())
        for (const auto& entry : *params)
            if (std::none_of(kind->params.begin(), kind->params.end(),
                             [&](const char* name) { return entry.key() == name; }))
                return wrong("params." + std::string{entry.key()} + ": '" + fault.kind + "' has no such one");
    Fault copy = fault;
    copy.times = 1;
    FaultList list;
    if (auto added = list.add(std::move(copy)); !added) return added.error();
    return std::nullopt;
}

}  // namespace ninja3cx::simulators
