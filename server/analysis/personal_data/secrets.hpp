#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/secret_candidate.hpp"

#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// One way in which secrets are told.
struct SecretRule {
    std::string_view name;
    /// What this rule alone finds: turns, separated by " | ", with the secret in braces.
    std::string_view example;
};

/// Passwords, PINs, Wi-Fi and door codes and agreed words said in a call. A secret has been announced ("le mot de passe est", "the
/// code for the Wi-Fi") in its line, before or after it, or in one of the lines before, and looks like one, or stands
/// where only a secret can.
/// One-time and session codes are none.
class SecretFinder {
public:
    /// The conversation, with mended numbers, must outlive this. `leftOut`: the name of a rule that is not applied.
    explicit SecretFinder(const Conversation& conversation, std::string_view leftOut = {});

    /// In the order in which they are applied.
    static std::vector<SecretRule> rules();

    std::vector<Secret> in(std::size_t line) const;
    /// The places of a line where one of `secrets` is said again, whole or in pieces that tell something of
    /// it.
    std::vector<Secret> again(std::size_t line, const std::vector<Secret>& secrets) const;

private:
    struct Topic {
        bool password = false;
        bool pin = false;
        bool code = false;
        bool passing = false;
        bool otherNumber = false;
        bool serial = false;
        bool wifiKey = false;
        bool account = false;
        bool lock = false;   // something that digits open
        bool asked = false;  // "et votre mot de passe ?"
    };
    /// What the lines before one speak of, the nearer the more.
    struct Recent {
        Topic topic;
        bool isNumberWanted = false;  // digits alone may be a secret
        bool isOtherWanted = false;   // the line before asks for another number
        bool isOtherAsked = false;    // it asks for nothing else
        bool isLately = false;        // a secret was spoken of in the last five lines
        bool isLongAgo = false;       // a password, in the last twelve
    };
    class LineSearch;
    Topic topicOf(const Line& line) const;
    Recent recentTo(std::size_t line) const;

    const Conversation& conversation_;
    std::string_view leftOut_;
    std::vector<Topic> topics_;  // of each line
};

}  // namespace ninja3cx::analysis
