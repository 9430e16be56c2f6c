#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// Words of one line.
struct WordSpan {
    std::size_t first;
    std::size_t last;  // one past
};

/// The places of a call that hold personal data, each for one entry alone: what is taken first stays.
class TakenPlaces {
public:
    /// The conversation must outlive this.
    explicit TakenPlaces(const Conversation& conversation);

    bool isFree(std::size_t line, WordSpan words) const;
    /// Nothing happens where a place is not free. A password is widened to the signs that are written to it; the
    /// address of a mailbox and the name of a file are none.
    void take(std::size_t line, protocol::PersonalDataKind kind, WordSpan words, std::string value);

    /// In the order they were found.
    const std::vector<protocol::PersonalData>& in(std::size_t line) const { return found_[line]; }
    /// Of the whole call, in the order of the text.
    std::vector<protocol::PersonalData> inOrder() const;

private:
    using Bytes = std::map<std::int32_t, std::int32_t>;  // end by begin
    static bool isFree(const Bytes& taken, std::int32_t begin, std::int32_t end);

    const Conversation& conversation_;
    std::vector<Bytes> taken_;  // of each line
    std::vector<std::vector<protocol::PersonalData>> found_;
};

}  // namespace ninja3cx::analysis
