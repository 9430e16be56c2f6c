#pragma once

#include "server/analysis/actions/action_objects.hpp"
#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// How an action is to read, done or still to be done, in the language of the call; and the call it is from, which
/// outlives the form.
struct ActionForm {
    bool isDone = false;
    const Conversation& conversation;
    const Names& names;
    std::span<const Movement> movements;  // of the conversation

    bool isEnglish() const { return conversation.isEnglish; }

    /// The one of the four that fits.
    std::string inForm(std::string_view todo, std::string_view done, std::string_view todoEn,
                       std::string_view doneEn) const;
    /// "Redémarrer le serveur", "Redémarrage du serveur".
    std::string said(const NounHit& hit, std::string_view todo, std::string_view done,
                     std::string_view todoEn, std::string_view doneEn) const;
    /// "serveur", "disques": without an article.
    std::string bare(const NounHit& hit) const;
    /// Each of the pieces, joined as one sentence: the first with a capital, the others without.
    std::optional<std::string> oneSentence(const std::vector<std::string>& pieces) const;
};

/// "the server".
std::string english(const NounHit& hit);

}  // namespace ninja3cx::analysis
