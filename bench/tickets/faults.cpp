#include "bench/tickets/faults.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace ninja3cx::bench {
namespace {

using boost::json::object;

constexpr const char* kCreate = "/ticketing/ticket$";
constexpr const char* kNote = "/comment$";
constexpr const char* kToken = "/oauth/token$";
constexpr const char* kApi = "^(/api)?/v2/";
constexpr const char* kWrite = "/ticketing/ticket($|/[0-9]+(/comment)?$)";
constexpr const char* kRun = "/trigger/board/[0-9]+/run$";

struct Chance {
    const char* kind;
    const char* method;  // "": any
    const char* path;
    double probability;
    const char* params;  // JSON
};
/// About every fifth ticket meets one while it is made. Of tokens fewer: each that is lost costs a login.
constexpr std::array kChances{
    Chance{"commit-timeout", "POST", kCreate, 0.04, "{}"},
    Chance{"commit-timeout", "POST", kNote, 0.02, "{}"},
    Chance{"commit-502", "POST", kCreate, 0.03, "{}"},
    Chance{"commit-502", "POST", kNote, 0.02, "{}"},
    Chance{"commit-reset", "POST", kCreate, 0.03, "{}"},
    Chance{"commit-reset", "POST", kNote, 0.02, "{}"},
    Chance{"commit-truncated", "POST", kCreate, 0.03, "{}"},
    Chance{"commit-truncated", "POST", kNote, 0.02, "{}"},
    Chance{"5xx-then-ok", "POST", kWrite, 0.03, "{}"},
    Chance{"429", "", kApi, 0.01, "{}"},
    Chance{"429", "", kApi, 0.005, R"({"retryAfter":2})"},
    Chance{"429", "", kApi, 0.005, R"({"retryAfter":"date","dateInS":5})"},
    Chance{"html", "", kApi, 0.005, R"({"status":200})"},
    Chance{"html", "", kApi, 0.005, R"({"status":503})"},
    Chance{"500", "", kApi, 0.005, "{}"},
    Chance{"502", "", kApi, 0.005, "{}"},
    Chance{"503", "", kApi, 0.005, "{}"},
    Chance{"drop", "", kApi, 0.01, "{}"},
    Chance{"slow", "", kApi, 0.50, R"({"ms":500})"},  // what it usually takes
    Chance{"slow", "", kApi, 0.02, R"({"ms":4000})"},
    Chance{"slow", "", kApi, 0.01, R"({"ms":25000})"},  // longer than a write is waited for
    Chance{"expired", "", kApi, 0.01, "{}"},
    Chance{"expired-forever", "", kApi, 0.005, "{}"},
    Chance{"lookup-400", "POST", kRun, 0.10, "{}"},
    Chance{"403-user-context", "POST", kWrite, 0.005, "{}"},
    Chance{"403-permission", "POST", kWrite, 0.005, "{}"},
    Chance{"conflict", "PUT", kWrite, 0.20, "{}"},
    Chance{"commit-timeout", "PUT", kWrite, 0.02, "{}"},
    Chance{"commit-reset", "PUT", kWrite, 0.03, "{}"},
    Chance{"token-5xx", "POST", kToken, 0.05, "{}"},
    Chance{"refresh-dead", "POST", kToken, 0.01, "{}"},
    Chance{"rotate-crash", "POST", kToken, 0.02, "{}"},
};

object faultOf(const Chance& chance, double rate) {
    object match{{"pathRegex", chance.path}};
    if (chance.method[0] != '\0') match["method"] = chance.method;
    return {{"kind", chance.kind},
            {"probability", std::min(chance.probability * rate, 1.0)},
            {"params", boost::json::parse(chance.params)},
            {"match", std::move(match)}};
}

void addKind(boost::json::array& faults, const std::string& kind, double rate) {
    for (const Chance& chance : kChances)
        if (kind == "all" || kind == chance.kind) faults.push_back(faultOf(chance, rate));
}

}  // namespace

Result<boost::json::array> faultsFor(const std::string& list, double rate) {
    boost::json::array faults;
    if (list == "none") return faults;
    std::size_t begin = 0;
    while (begin <= list.size()) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        const std::string kind = list.substr(begin, end - begin);
        const std::size_t before = faults.size();
        addKind(faults, kind, rate);
        if (faults.size() == before) {
            std::string known;
            for (const Chance& chance : kChances)
                if (known.find(std::string{" "} + chance.kind) == std::string::npos)
                    known += std::string{" "} + chance.kind;
            return Error{ErrorKind::Rejected,
                         "option --faults is all, none or of" + known + ", not '" + kind + "'"};
        }
        begin = end + 1;
    }
    return faults;
}

}  // namespace ninja3cx::bench
