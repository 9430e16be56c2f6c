#include "server/net/throttle.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::net {
namespace {

using namespace std::chrono_literals;
const SystemTime kNow = ManualClock{}.now();  // 2026-01-01T00:00:00Z

TEST(RetryAfter, IsSecondsOrADate) {
    EXPECT_EQ(readRetryAfter("0", kNow), 0ms);
    EXPECT_EQ(readRetryAfter(" 12 ", kNow), 12s);
    EXPECT_EQ(readRetryAfter("999999999999999999999", kNow), 1h);
    EXPECT_EQ(readRetryAfter("Thu, 01 Jan 2026 00:00:30 GMT", kNow), 30s);
    EXPECT_EQ(readRetryAfter("Wed, 31 Dec 2025 00:00:30 GMT", kNow), 0ms) << "past";
    EXPECT_EQ(readRetryAfter("Thu, 99 Foo 2026 00:00:30 GMT", kNow), std::nullopt);
    EXPECT_EQ(readRetryAfter("soon", kNow), std::nullopt);
    EXPECT_EQ(readRetryAfter("", kNow), std::nullopt);
}

TEST(HttpDate, IsAMoment) {
    EXPECT_EQ(readHttpDate(" Thu, 01 Jan 2026 00:00:30 GMT "), kNow + 30s);
    EXPECT_EQ(readHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), fromEpochMs(784'111'777'000));
    EXPECT_EQ(readHttpDate("Thu, 31 Feb 2026 00:00:30 GMT"), std::nullopt);
    EXPECT_EQ(readHttpDate("12"), std::nullopt);
    EXPECT_EQ(readHttpDate(""), std::nullopt);
}

TEST(WebPage, IsToldFromData) {
    const auto answer = [](std::string contentType, std::string body) {
        HttpResponse made{200, {}, std::move(body)};
        if (!contentType.empty()) made.headers.set("Content-Type", std::move(contentType));
        return made;
    };
    EXPECT_TRUE(isWebPage(answer("", " \n<!DOCTYPE html><html>")));
    EXPECT_TRUE(isWebPage(answer("Text/HTML; charset=utf-8", "try later")));
    EXPECT_FALSE(isWebPage(answer("text/html", "[]"))) << "data with a careless label";
    EXPECT_FALSE(isWebPage(answer("application/json", "{}")));
    EXPECT_FALSE(isWebPage(answer("text/html", "")));
}

}  // namespace
}  // namespace ninja3cx::net
