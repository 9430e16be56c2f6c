#pragma once

#include "server/calls/ports.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::calls {

/// The personal data that was said in a call so far, as it was said: passwords are read back, a card's digits repeated,
/// and what is stored of them tells nothing any more. Beside it the last texts, masked, since what is dictated over
/// turns ("épelez-moi votre mot de passe" - "m a r" - "oui" - …) shows only with them. In memory alone, as long as the
/// call is followed; what was said before a restart is not known. Network thread.
class SaidSecrets {
public:
    /// `masked`: what stands for `text` now, said on `channel`. What it masks is looked for from here on, and so is what it
    /// makes with what was masked shortly before: "m a r", "oui", "g o t" are "margot".
    void learn(const std::string& text, const Masked& masked, protocol::Speaker channel);

    /// What stands for `text`, where repetitions of what was said are masked too: a whole value, however it is cut into
    /// words, six of its digits or four of its words in a row. Less, or one plain word, might be everyday speech.
    Masked maskAgain(const std::string& text, Masked masked) const;

    /// Where at the end of `text` one of them may have begun, in bytes; its size where none did.
    std::size_t beginsAt(const std::string& text) const;

    /// A final text, masked: what is dictated piece by piece shows only with what was said before it.
    void hear(const std::string& masked);
    /// The last texts up to `last`, one a line, the oldest first; `last` alone where it is not among the latest.
    std::string textsUpTo(const std::string& last) const;

    void forget() { *this = SaidSecrets{}; }

private:
    struct Value {
        std::vector<std::string> words;  // without case and accents
        std::string mask;                // "[card]"
    };
    /// What is dictated piece by piece.
    struct Dictation {
        Value value;
        std::optional<std::size_t> at;  // of `values_`, where it has two pieces or more
        protocol::Speaker channel{};    // of the last piece
        std::size_t quiet = 0;          // texts since
    };
    void add(const Value& piece, protocol::Speaker channel);

    std::vector<Value> values_;
    Dictation dictation_;
    std::deque<std::string> texts_;  // masked
};

}  // namespace ninja3cx::calls
