#include "shared/core/html.hpp"

#include <gtest/gtest.h>

namespace ninja3cx {
namespace {

TEST(EscapedHtml, LeavesNothingThatOpensATagAnEntityOrAnAttribute) {
    EXPECT_EQ(escapedHtml("<a href='x' title=\"y\">R&D</a>"),
              "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;R&amp;D&lt;/a&gt;");
    EXPECT_EQ(escapedHtml("Hélène, 14:30"), "Hélène, 14:30");
    EXPECT_EQ(escapedHtml(""), "");
}

}  // namespace
}  // namespace ninja3cx
