#pragma once

#include "server/directory/directory_lists.hpp"
#include "server/directory/directory_store.hpp"
#include "server/ticketing/ninja_reply.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace ninja3cx::directory {

/// Which of NinjaOne's lists is read next, and what is made of what came. Pure.
///
/// A pass takes the lists one after the other, each by itself: one that fails keeps its rows and its age, and the
/// others go on. What is missing at the end is read in the next pass, which comes sooner; what came is not read again
/// then, nor after a restart.
class DirectorySync {
public:
    struct Options {
        std::chrono::milliseconds interval{std::chrono::minutes{10}};
        std::chrono::milliseconds staleAfter{std::chrono::hours{24}};
        std::set<List> unwanted = {};  // never read, nor restored
    };
    explicit DirectorySync(Options options);

    /// A list that is held already.
    void restore(List list, Stamp stamp, std::size_t rows);

    void beginPass(std::int64_t nowMs);
    /// The list to read now; nothing when the pass is over.
    std::optional<List> next() const;

    enum class Verdict {
        Take = 1,
        TakeNone,    // NinjaOne does not offer it: an empty list stands for it
        Doubtful,    // empty, and it was not before: believed when it comes so twice
        Leave,       // the old rows stay
        LeaveForNow  // the same, and it makes no sense to go on just now: the pass is over
    };
    /// `list` came whole, as it was at `readAtMs`.
    Verdict onRows(List list, std::size_t rows, std::int64_t readAtMs);
    Verdict onFailure(List list, const ticketing::Reply& reply, std::int64_t nowMs);

    /// What came could not be kept: the old rows are all there is, and `list` is wanted again.
    void putBack(List list, Stamp stamp, std::size_t rows);

    /// Nothing more in this pass: what was still wanted is missing.
    void breakOff();

    /// How long to wait when the pass is over. `wanted`: NinjaOne asked for it.
    std::chrono::milliseconds pause(std::optional<std::chrono::milliseconds> wanted);

    /// What is known of a list now, to be stored.
    Stamp stampOf(List list) const;
    /// Since when the people that callers are recognised by may have changed unseen; 0: not all were ever read.
    std::int64_t peopleReadAtMs() const;

private:
    struct Known {
        Stamp stamp;
        std::size_t rows = 0;
        bool wasEmpty = false;   // once, when it had not been
        bool isWanted = false;   // in this pass
        bool isMissing = false;  // did not come in this pass
    };
    bool canDoWithout(List list, std::int64_t nowMs) const;
    Verdict leave(Known& known, bool isHopeless);
    const Known& at(List list) const;

    Options options_;
    std::map<List, Known> known_;
    bool isFirst_ = true;
    bool isOver_ = true;
    int failures_ = 0;  // one after the other
    std::chrono::milliseconds retry_{kFirstRetry};
    static constexpr std::chrono::milliseconds kFirstRetry{15'000};
};

}  // namespace ninja3cx::directory
