#pragma once

#include "server/analysis/words/words.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// A phrase of a lexicon, written folded: words by spaces; `imprim*` matches any ending; `~` stands for up to
/// three words of any kind ("n ~ marche plus"). Its contractions ("won t") are found without their apostrophe too ("wont").
class Phrase {
public:
    explicit Phrase(std::string_view written);

    struct Match {
        std::size_t first = 0;  // index into the words
        std::size_t last = 0;   // one past
    };
    /// The first place at or after `from`.
    std::optional<Match> find(std::span<const Word> words, std::size_t from = 0) const;
    /// It may begin with this word.
    bool mayBeginWith(std::string_view word) const;
    /// "im" of "i m sorry"; empty where it begins with no contraction.
    std::string_view contractedBeginning() const {
        return parts_.empty() ? std::string_view{} : std::string_view{parts_[0].contracted};
    }

private:
    struct Part {
        std::string_view text;
        bool isPrefix = false;
        bool isGap = false;
        std::string contracted = {};  // with the next part, as one word
        bool isSameAs(std::string_view word) const {
            return isPrefix ? word.starts_with(text) : word == text;
        }
    };
    std::optional<std::size_t> matchAt(std::span<const Word> words, std::size_t at, std::size_t part) const;
    std::vector<Part> parts_;
};

/// True when the words just before `at` deny what follows ("ne … pas", "aucun", "no", "not").
bool isNegated(std::span<const Word> words, const Phrase::Match& match);

}  // namespace ninja3cx::analysis
