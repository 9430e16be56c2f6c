#include "server/telephony/site_view.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::telephony {
namespace {

constexpr std::size_t kMaxQueues = 200;

/// As a label's value in Prometheus' text.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

}  // namespace

calls::PbxUser pbxUserOf(const XapiUser& user) {
    return {user.name, user.isRegistered, !user.profile.empty() && !isSameWord(user.profile, "available"),
            user.isQueueLoggedIn == false};
}

std::vector<XapiUser> followedUsers(std::vector<XapiUser> users,
                                    const std::optional<std::vector<Dn>>& monitored,
                                    const std::vector<std::string>& configured) {
    if (configured.empty() && !monitored) return users;
    std::set<std::string> wanted(configured.begin(), configured.end());
    if (configured.empty())
        for (const Dn& dn : *monitored)
            if (isTelephone(dn)) wanted.insert(dn.dn);
    std::erase_if(users, [&](const XapiUser& user) { return !wanted.contains(user.number); });
    return users;
}

void QueueBoard::take(const std::map<Waiter, std::int64_t>& present) {
    std::erase_if(since_, [&](const auto& waiter) { return !present.contains(waiter.first); });
    for (const auto& [waiter, since] : present) since_.emplace(waiter, since);
}

void QueueBoard::look(const std::vector<ActiveCall>& calls, const std::set<std::string>& extensions,
                      std::int64_t nowMs) {
    std::erase_if(names_, [&](const auto& queue) { return extensions.contains(queue.first); });
    std::map<Waiter, std::int64_t> present;
    for (const ActiveCall& call : calls) {
        const std::string& queue = call.callee.dn;
        if (!isSameWord(call.status, "transferring") || queue.empty() || extensions.contains(queue)) continue;
        if (!names_.contains(queue) && names_.size() >= kMaxQueues) continue;
        std::string& name = names_[queue];
        if (!call.callee.name.empty()) name = call.callee.name;
        std::chrono::milliseconds age{0};
        if (call.serverNow && call.statusSince) age = std::max(age, *call.serverNow - *call.statusSince);
        present.emplace(Waiter{queue, call.id}, nowMs - age.count());
    }
    take(present);
}

void QueueBoard::look(const std::vector<Dn>& dns, std::int64_t nowMs) {
    std::map<Waiter, std::int64_t> present;
    for (const Dn& dn : dns) {
        if (!isSameWord(dn.type, "wqueue") || (!names_.contains(dn.dn) && names_.size() >= kMaxQueues))
            continue;
        names_.try_emplace(dn.dn);
        for (const Participant& one : dn.participants)  // what a queue dials is its agents
            if (!isSameWord(one.status, "dialing")) present.emplace(Waiter{dn.dn, one.id}, nowMs);
    }
    take(present);
}

std::vector<protocol::QueueState> QueueBoard::queues() const {
    std::vector<protocol::QueueState> queues;
    for (const auto& [number, name] : names_) {
        protocol::QueueState& queue = queues.emplace_back();
        queue.queue = number;
        queue.name = name;
        for (const auto& [waiter, since] : since_) {
            if (waiter.first != number) continue;
            ++queue.waiting;
            queue.oldestSinceMs = std::min(queue.oldestSinceMs.value_or(since), since);
        }
    }
    return queues;
}

std::string queueMetrics(const std::vector<protocol::QueueState>& queues, std::int64_t nowMs) {
    if (queues.empty()) return "";
    std::string waiting =
        "# HELP ninja3cx_queue_waiting Callers who wait in a queue of the PBX.\n"
        "# TYPE ninja3cx_queue_waiting gauge\n";
    std::string longest =
        "# HELP ninja3cx_queue_longest_wait_seconds How long the first of them has waited.\n"
        "# TYPE ninja3cx_queue_longest_wait_seconds gauge\n";
    for (const protocol::QueueState& queue : queues) {
        const std::string label = "{queue=\"" + escaped(queue.queue) + "\"} ";
        const std::int64_t waitMs = queue.oldestSinceMs ? nowMs - *queue.oldestSinceMs : 0;
        waiting += "ninja3cx_queue_waiting" + label + std::to_string(queue.waiting) + "\n";
        longest += "ninja3cx_queue_longest_wait_seconds" + label +
                   std::to_string(std::max<std::int64_t>(0, waitMs) / 1000) + "\n";
    }
    return waiting + longest;
}

}  // namespace ninja3cx::telephony
