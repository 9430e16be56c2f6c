#include "simulators/exchange/journal.hpp"

namespace ninja3cx::simulators {
namespace {

constexpr std::size_t kMostEntries = 2'000;
constexpr std::size_t kMostBodyBytes = 64U << 10;

const char* nameOf(Delivery delivery) {
    switch (delivery) {
        case Delivery::Whole:
            return "whole";
        case Delivery::Truncated:
            return "truncated";
        case Delivery::Reset:
            return "reset";
        case Delivery::Never:
            return "never";
    }
    return "";
}

}  // namespace

void Journal::add(const Request& request, const std::string& route, const Reply& reply) {
    ++counts_[request.method + " " + route];
    boost::json::object query;
    for (const auto& [name, value] : request.query) query[name] = value;
    boost::json::object headers;
    for (const auto& [name, value] : request.headers) headers[lowerCase(name)] = value;
    boost::json::object entry;
    entry["number"] = ++total_;
    entry["at"] = toIso8601(clock_.now());
    entry["method"] = request.method;
    entry["path"] = request.path;
    entry["route"] = route;
    entry["query"] = std::move(query);
    entry["headers"] = std::move(headers);
    entry["body"] = request.body.substr(0, kMostBodyBytes);
    entry["status"] = reply.status;
    entry["delivery"] = nameOf(reply.delivery);
    entries_.push_back(std::move(entry));
    if (entries_.size() > kMostEntries) entries_.pop_front();
}

boost::json::array Journal::entries() const {
    boost::json::array all;
    for (const auto& entry : entries_) all.push_back(entry);
    return all;
}

boost::json::object Journal::counts() const {
    boost::json::object all;
    for (const auto& [route, count] : counts_) all[route] = count;
    return all;
}

void Journal::clear() {
    entries_.clear();
    counts_.clear();
}

}  // namespace ninja3cx::simulators
