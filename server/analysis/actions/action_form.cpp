#include "server/analysis/actions/action_form.hpp"

#include "server/analysis/conversation/written.hpp"

namespace ninja3cx::analysis {

std::string ActionForm::inForm(std::string_view todo, std::string_view done, std::string_view todoEn,
                               std::string_view doneEn) const {
    return std::string{isEnglish() ? (isDone ? doneEn : todoEn) : (isDone ? done : todo)};
}

std::string ActionForm::said(const NounHit& hit, std::string_view todo, std::string_view done,
                             std::string_view todoEn, std::string_view doneEn) const {
    const std::string verb = inForm(todo, done, todoEn, doneEn);
    if (isEnglish()) return verb + " " + english(hit);
    return verb + " " + (isDone ? withDu(*hit.noun, hit.isPlural) : withLe(*hit.noun, hit.isPlural));
}

std::string ActionForm::bare(const NounHit& hit) const {
    if (isEnglish()) return inEnglish(*hit.noun, hit.isPlural);
    const std::string un = withUn(*hit.noun, hit.isPlural);
    return un.substr(un.find(' ') + 1);
}

std::optional<std::string> ActionForm::oneSentence(const std::vector<std::string>& pieces) const {
    if (pieces.empty()) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0) text += i + 1 < pieces.size() ? ", " : isEnglish() ? " and " : " et ";
        text += i == 0 ? pieces[i] : uncapitalised(pieces[i]);
    }
    return text;
}

std::string english(const NounHit& hit) {
    return "the " + inEnglish(*hit.noun, hit.isPlural);
}

}  // namespace ninja3cx::analysis
