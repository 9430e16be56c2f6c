#pragma once

#include "server/analysis/personal_data/dictated_piece.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string>

namespace ninja3cx::analysis {

/// What was dictated so far of a card's, an account's or a person's number: whether more is to come of it, and whether a piece may be that.
class KnownDigits {
public:
    explicit KnownDigits(protocol::PersonalDataKind kind) : kind_{kind} {}
    /// Pieces that repeat the end of it are read back. A mask stands for digits that nobody knows.
    void add(const DictatedPiece& piece);
    bool isWhole() const;
    bool mayGoOnWith(const DictatedPiece& piece) const;
    /// Its check digits say so.
    bool isCompletedBy(const DictatedPiece& piece) const;

private:
    std::size_t length() const;

    protocol::PersonalDataKind kind_;
    std::string value_;
    bool hasMask_ = false;
};

}  // namespace ninja3cx::analysis
