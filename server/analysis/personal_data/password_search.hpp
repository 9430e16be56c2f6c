#pragma once

#include "server/analysis/personal_data/open_dictation.hpp"
#include "server/analysis/personal_data/secrets.hpp"
#include "server/analysis/personal_data/taken_places.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// Secrets of a whole call, with their repetitions. What is referred to must outlive this.
class PasswordSearch {
public:
    /// The conversation, with mended numbers.
    PasswordSearch(const Conversation& conversation, TakenPlaces& places)
        : conversation_{conversation}, places_{places} {}

    /// `dictated`: pieces that are taken already; they may be said again.
    void find(const std::vector<Dictated>& dictated);

private:
    /// Secrets of which each turn says a part.
    void findDictated(std::vector<std::vector<Secret>>& of);
    /// A secret may be said again at the other end of the call.
    void findLongAfter(const SecretFinder& secrets, const std::vector<std::vector<Secret>>& of);

    const Conversation& conversation_;
    TakenPlaces& places_;
};

}  // namespace ninja3cx::analysis
