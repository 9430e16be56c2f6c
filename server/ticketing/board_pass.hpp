#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/ninja_records.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

/// What a look-up keeps of a board's rows, page after page, newest or last changed first. Times are epoch seconds by
/// NinjaOne's clock. Pure.
namespace ninja3cx::ticketing {

struct Window {
    double begin = 0;
    double end = std::numeric_limits<double>::infinity();
};

/// Down to where a list that is sorted as asked goes below what is wanted; one that is not is never left early.
class SortedList {
public:
    explicit SortedList(double begin) : begin_(begin) {}
    /// Whether the row, of this time, is below.
    bool take(std::optional<double> time);
    bool isOver() const { return isSorted_ && wasBelow_; }

private:
    double begin_;
    double last_ = std::numeric_limits<double>::infinity();
    bool isSorted_ = true;
    bool wasBelow_ = false;
};

/// The rows, newest first, for an entry's marker, wherever it stands, and for those made within the window.
class BoardPass {
public:
    struct Candidate {
        std::int64_t id = 0;
        Place place = Place::Own;
    };
    struct Unreadable {
        std::int64_t id = 0;
        bool isAnotherCalls = false;  // its row says so
    };

    /// `entry` must outlive it. `wasOther`: what was sent may have been of another customer.
    BoardPass(const calls::OutboxEntry& entry, Window window, bool wasOther)
        : entry_(entry), window_(window), list_(window.begin), wasOther_(wasOther) {}

    /// False when everything wanted was seen.
    bool take(const BoardPage& page);

    std::vector<Candidate> marked;       // they carry the marker
    std::vector<Unreadable> unreadable;  // in the window, description not shown
    std::optional<std::int64_t> similar;

private:
    void take(const BoardRow& row, bool isBelow);

    const calls::OutboxEntry& entry_;
    Window window_;
    SortedList list_;
    bool wasOther_;
};

/// The rows, last changed first, for an organisation's tickets; those that do not show whose they are as well.
class ChangedPass {
public:
    ChangedPass(std::string organization, double since)
        : organization_(std::move(organization)), list_(since) {}

    /// False when everything wanted was seen.
    bool take(const SeenPage& page);

    std::vector<std::int64_t> tickets;

private:
    std::string organization_;
    SortedList list_;
};

}  // namespace ninja3cx::ticketing
