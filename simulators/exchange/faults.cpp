#include "simulators/exchange/faults.hpp"

#include "shared/json/codec.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace ninja3cx::simulators {
namespace {

const boost::json::value* paramOf(const Fault& fault, std::string_view name) {
    return fault.params.is_object() ? fault.params.get_object().if_contains(name) : nullptr;
}

}  // namespace

std::string httpDate(SystemTime time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    const std::size_t length = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text, length};
}

double numberParam(const Fault& fault, std::string_view name, double otherwise) {
    const boost::json::value* value = paramOf(fault, name);
    return value && value->is_number() ? std::clamp(value->to_number<double>(), -1e9, 1e9) : otherwise;
}

std::string textParam(const Fault& fault, std::string_view name, std::string_view otherwise) {
    const boost::json::value* value = paramOf(fault, name);
    return std::string{value && value->is_string() ? std::string_view{value->get_string()} : otherwise};
}

Result<int> FaultList::add(Fault fault) {
    if (fault.probability && !(*fault.probability > 0 && *fault.probability <= 1))
        return Error{ErrorKind::BadMessage, "probability: must be above 0 and at most 1"};
    const std::string pattern = fault.match && fault.match->pathRegex ? *fault.match->pathRegex : "";
    try {
        std::regex path{pattern, std::regex::ECMAScript};
        waiting_.push_back({++lastNumber_, std::move(fault), std::move(path)});
    } catch (const std::regex_error& problem) {
        return Error{ErrorKind::BadMessage, std::string{"match.pathRegex: "} + problem.what()};
    }
    return lastNumber_;
}

bool FaultList::remove(int number) {
    return std::erase_if(waiting_, [&](const Waiting& w) { return w.number == number; }) > 0;
}

std::vector<const FaultList::Waiting*> FaultList::matching(const Request& request) {
    std::vector<const Waiting*> found;
    for (const Waiting& waiting : waiting_) {
        const auto& match = waiting.fault.match;
        if (match && match->method && *match->method != request.method) continue;
        if (!std::regex_search(request.path, waiting.path)) continue;
        const double chance = static_cast<double>(random_() >> 11U) * 0x1p-53;  // 0 to 1, without 1
        if (chance < waiting.fault.probability.value_or(1)) found.push_back(&waiting);
    }
    return found;
}

void FaultList::struck(int number) {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& w) { return w.number == number; });
    if (found == waiting_.end() || found->fault.times.value_or(1) < 0) return;
    found->fault.times = found->fault.times.value_or(1) - 1;
    if (*found->fault.times <= 0) waiting_.erase(found);
}

boost::json::array FaultList::list() const {
    boost::json::array all;
    for (const Waiting& waiting : waiting_) {
        boost::json::value fault = json::encode(waiting.fault);
        fault.get_object()["id"] = waiting.number;
        all.push_back(std::move(fault));
    }
    return all;
}

std::optional<Reply> commonFaultReply(const Fault& fault, SystemTime now) {
    if (fault.kind == "429") {
        Reply reply = jsonReply(429, {{"resultCode", "TOO_MANY_REQUESTS"}, {"errorMessage", "slow down"}});
        if (const boost::json::value* wait = paramOf(fault, "retryAfter")) {
            const std::string text = textParam(fault, "retryAfter", "");
            const auto later = now + std::chrono::seconds{std::llround(numberParam(fault, "dateInS", 2))};
            reply.headers.emplace_back(
                "Retry-After", text == "date" ? httpDate(later)
                               : wait->is_string()
                                   ? text
                                   : std::to_string(std::llround(numberParam(fault, "retryAfter", 0))));
        }
        return reply;
    }
    if (fault.kind == "html")
        return htmlReply(static_cast<int>(numberParam(fault, "status", 200)),
                         "<!DOCTYPE html><html><head><title>One moment</title></head>"
                         "<body><h1>Please try again later</h1></body></html>");
    if (fault.kind == "500" || fault.kind == "502" || fault.kind == "503")
        return htmlReply(fault.kind == "500"   ? 500
                         : fault.kind == "502" ? 502
                                               : 503,
                         "<html><body><center><h1>" + fault.kind + "</h1></center><hr>nginx</body></html>");
    if (fault.kind == "drop") {
        Reply reply;
        reply.delivery = Delivery::Reset;
        return reply;
    }
    return std::nullopt;
}

}  // namespace ninja3cx::simulators
