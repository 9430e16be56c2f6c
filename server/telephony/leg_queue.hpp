#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// The legs that events named and that are yet to be looked at: each waits once, and is asked about once at a time. Pure.
class LegQueue {
public:
    using Leg = std::pair<std::string, std::int64_t>;  // dn, participant id

    /// False: so many wait that one look at everything is cheaper. Then none waits any more.
    bool add(const Leg& leg);
    /// The PBX has removed it: nothing is to be asked, and what is being answered is old.
    void remove(const Leg& leg);
    /// The next to ask about, until `done`.
    std::optional<Leg> take();
    /// True: it was removed meanwhile.
    bool done(const Leg& leg);
    /// Its state is known.
    void seen(const Leg& leg) { asked_.erase(leg); }
    bool isGone(const Leg& leg) const { return gone_.contains(leg); }
    /// Nothing could be learned of it.
    void putBack(const Leg& leg) { waiting_.push_front(leg); }

    /// Those of these dns wait no more.
    void forget(const std::function<bool(const std::string& dn)>& isOf);
    std::deque<Leg> takeAllWaiting() { return std::exchange(waiting_, {}); }
    /// Waiting, or being asked about.
    std::vector<Leg> unread() const;
    void clear();

private:
    std::deque<Leg> waiting_;
    std::set<Leg> asked_;
    std::set<Leg> gone_;  // removed while asked about
};

}  // namespace ninja3cx::telephony
