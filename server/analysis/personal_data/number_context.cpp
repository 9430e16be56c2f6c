#include "server/analysis/personal_data/number_context.hpp"

#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/named_numbers.hpp"

#include <optional>

namespace ninja3cx::analysis {

NumberContext::NumberContext(const Conversation& conversation) : conversation_{conversation} {
    for (const Line& line : conversation.lines) {
        topics_.push_back(topicsOf(line));
        isCardCall_ = isCardCall_ || topics_.back().card;
    }
}

Topics NumberContext::near(std::size_t index) const {
    constexpr std::size_t kReach = 3;  // lines
    Topics topics;
    for (std::size_t back = 0; back <= kReach && back <= index; ++back)
        topics = topics | topics_[index - back];
    return topics;
}

bool NumberContext::isNamedOtherwise(std::size_t index, WordSpan span, std::string_view digits) const {
    std::optional<NamedAs> name = nameOf(line(index), span.first, span.last);
    const bool isBefore = !name && index > 0;
    if (isBefore) name = nameOf(line(index - 1), line(index - 1).words.size(), line(index - 1).words.size());
    if (!name || name->name == NumberName::Card) return false;
    const bool isCard = isCardNumber(digits) && hasCardForm(digits);
    // "vous avez le suivi ?" - "oui, 4341 …"
    const bool isAnswer =
        isBefore && line(index - 1).isQuestion && line(index).words.size() - (span.last - span.first) <= 2;
    const bool isCardTold = saysCard(index) || (index > 0 && saysCard(index - 1));
    switch (name->name) {
        case NumberName::Identifier:
            return true;
        case NumberName::Reference:
            return !isCard || !isCardTold;
        default:
            return !isCardTold && (!isCard || (isBefore ? isAnswer : name->isBeside));
    }
}

bool NumberContext::answersIdentifier(std::size_t index) const {
    const auto namesOther = [&](std::size_t at) {
        return topics_[at].card || topics_[at].iban || topics_[at].ssn;
    };
    if (index == 0 || namesOther(index) || namesOther(index - 1)) return false;
    const Line& before = line(index - 1);
    const auto name = nameOf(before, before.words.size(), before.words.size());
    return name && name->name == NumberName::Identifier;
}

bool NumberContext::isIdentifier(std::size_t index, WordSpan span) const {
    const auto name = nameOf(line(index), span.first, span.last);
    return name && name->name == NumberName::Identifier && name->isBeside;
}

}  // namespace ninja3cx::analysis
