#include "server/calls/masking.hpp"
#include "server/tests/analysis/spoken_items.hpp"
#include "server/tests/calls/real_masking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

/// Texts that grow word by word while they are spoken: what is shown of them as stable is what stays.
namespace ninja3cx::calls {
namespace {

/// Follows one call as the hub does.
class Listener {
public:
    explicit Listener(std::string language) : language_{std::move(language)} {}

    void hear(const std::string& text) { finish(text, ""); }

    /// Every word counts as heard for good at once: the hardest case. What was shown though the whole text masks it; empty:
    /// nothing.
    std::string hearGrowing(const std::string& text) {
        std::vector<std::string> shown;
        for (std::size_t end = text.find(' '); end != std::string::npos; end = text.find(' ', end + 1)) {
            protocol::Utterance open;
            open.text = text.substr(0, end);
            open.stableBytes = static_cast<std::int32_t>(end);
            mask(open, analyser_, language_, before_, said_);
            shown.push_back(open.text.substr(0, static_cast<std::size_t>(open.stableBytes)));
        }
        finish(text, shown.empty() ? "" : shown.back());
        const auto leak = std::ranges::find_if_not(
            shown, [&](const std::string& stable) { return before_.starts_with(stable); });
        return leak == shown.end() ? "" : *leak;
    }

    const std::string& masked() const { return before_; }

private:
    void finish(const std::string& text, const std::string& shown) {
        protocol::Utterance final;
        final.isFinal = true;
        final.text = text;
        mask(final, analyser_, language_, before_, said_, shown);
        before_ = final.text;
    }

    RealMasking analyser_;
    SaidSecrets said_;
    std::string language_;
    std::string before_;
};

TEST(GrowingText, ShowsNothingOfAnyKindHoweverItIsSaid) {
    constexpr std::size_t kItems = 240;
    std::map<protocol::PersonalDataKind, int> masked;
    for (const analysis::SpokenItem& item : analysis::spokenItems(7, kItems)) {
        std::set<std::size_t> telling;
        for (const auto& parts : {item.parts, item.repetitions})
            for (const auto& part : parts) telling.insert(part.turn);
        Listener listener{item.call.language};
        for (std::size_t turn = 0; turn < item.call.turns.size(); ++turn) {
            const std::string& text = item.call.turns[turn].text;
            if (!telling.contains(turn)) {
                listener.hear(text);
                continue;
            }
            EXPECT_EQ(listener.hearGrowing(text), "") << text << "\n-> " << listener.masked();
            if (listener.masked() != text) ++masked[item.kind];
        }
    }
    EXPECT_EQ(masked.size(), 5U);
    for (const auto& [kind, count] : masked) EXPECT_GE(count, 5) << protocol::maskName(kind);
}

}  // namespace
}  // namespace ninja3cx::calls
