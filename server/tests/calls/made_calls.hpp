#pragma once

#include "server/tests/calls/shown_calls.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

/// Calls made of parts, in which what is secret is marked.
namespace ninja3cx::calls {

/// What is secret stands between "<" and ">".
struct Call {
    std::string language;
    Texts lines;
};
inline Call operator+(Call call, const Texts& more) {
    call.lines.insert(call.lines.end(), more.begin(), more.end());
    return call;
}

inline Texts withoutMarks(Texts lines) {
    for (std::string& line : lines) std::erase_if(line, [](char c) { return c == '<' || c == '>'; });
    return lines;
}

/// What of the marked pieces stands in the texts as they are shown, and how many there are.
struct Readable {
    int pieces = 0;
    std::vector<std::string> readable;

    void add(const Call& call, const Texts& shown) {
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const std::string& line = call.lines[i];
            const std::size_t begin = line.find('<');
            if (begin == std::string::npos) continue;
            const std::string piece = line.substr(begin + 1, line.find('>') - begin - 1);
            ++pieces;
            if ((" " + shown[i] + " ").find(" " + piece + " ") != std::string::npos)
                readable.push_back(call.lines[0] + " … " + line);
        }
    }
};

inline void expectMasked(const std::vector<Call>& calls, int leastPieces) {
    constexpr std::size_t kAllowed = 2;  // of a hundred pieces
    Readable now;
    Readable later;
    for (const Call& call : calls) {
        const Texts lines = withoutMarks(call.lines);
        now.add(call, live(lines, call.language));
        later.add(call, whole(lines, call.language));
    }
    EXPECT_GE(now.pieces, leastPieces);
    EXPECT_LE(now.readable.size() * 100, static_cast<std::size_t>(now.pieces) * kAllowed)
        << testing::PrintToString(now.readable);
    EXPECT_LE(later.readable.size() * 100, static_cast<std::size_t>(later.pieces) * kAllowed)
        << testing::PrintToString(later.readable);
}

/// `allowed`: of a hundred calls.
inline void expectReadable(const std::vector<Call>& calls, std::size_t leastCalls, std::size_t allowed = 1) {
    std::vector<std::string> masked;
    for (const Call& call : calls)
        for (const Texts& shown : {live(call.lines, call.language), whole(call.lines, call.language)}) {
            const auto line = std::ranges::find_if(
                shown, [](const std::string& text) { return text.find('[') != std::string::npos; });
            if (line != shown.end())
                masked.push_back(call.lines[0] + " … " +
                                 call.lines[static_cast<std::size_t>(line - shown.begin())]);
        }
    EXPECT_GE(calls.size(), leastCalls);
    EXPECT_LE(masked.size() * 100, 2 * calls.size() * allowed) << testing::PrintToString(masked);
}

inline std::vector<Call> product(const std::vector<Call>& beginnings, const std::vector<Texts>& ends) {
    std::vector<Call> calls;
    for (const Call& beginning : beginnings)
        for (const Texts& end : ends) calls.push_back(beginning + end);
    return calls;
}

}  // namespace ninja3cx::calls
