#include "server/analysis/summary/reported.hpp"

#include "server/analysis/conversation/written.hpp"
#include "server/analysis/summary/questions.hpp"

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostWords = 34;

/// Without quotation marks that open or close nothing.
std::string balanced(std::string text) {
    const auto count = [&](std::string_view mark) {
        std::size_t found = 0;
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + mark.size()))
            ++found;
        return found;
    };
    const auto drop = [&](std::initializer_list<std::string_view> marks) {
        for (const std::string_view mark : marks)
            for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
                text.erase(at, mark.size());
    };
    if (count("\u00ab") != count("\u00bb")) drop({"\u00ab ", " \u00bb", "\u00ab", "\u00bb"});
    if (count("\u201c") != count("\u201d")) drop({"\u201c", "\u201d"});
    if (count("\"") % 2 != 0) drop({"\""});
    if (count("(") != count(")")) drop({"(", ")"});
    return text;
}

}  // namespace

std::optional<Told> reported(const Clause& clause, const std::string& who, Gender gender, bool isEnglish) {
    Tokens tokens = tokensOf(clause.text);
    bool isEnd = clause.isEnd;
    if (tokens.size() > kMostWords) {
        tokens.resize(joinAt(tokens, 12, isEnglish));
        isEnd = false;
        if (tokens.size() > kMostWords) return std::nullopt;
        // "…, on croyait": the beginning of what was cut off
        constexpr std::size_t kStub = 2;
        for (std::size_t back = 1; back <= kStub && back < tokens.size(); ++back)
            if (isCut(tokens[tokens.size() - back].gap)) {
                tokens.resize(tokens.size() - back);
                break;
            }
    }
    if (tokens.size() < kLeastWords) return std::nullopt;
    if (auto asked = askedHow(clause, who, gender, isEnglish)) return asked;
    // A question is told as one, unless it is a wish.
    const bool isWish = anyOf(tokens, 0,
                              {"could you", "can you", "could someone", "can someone", "could somebody",
                               "can somebody", "would you", "vous pouvez", "pouvez vous", "pourriez vous",
                               "vous pourriez", "est ce que vous pouvez", "est ce que vous pourriez"}) > 0;
    if (clause.isQuestion && !isWish && !isOneOf(tokens[0].plain, {"je", "j", "i"})) return std::nullopt;
    auto told = isEnglish ? toldInEnglish(std::move(tokens), who, isEnd)
                          : toldInFrench(std::move(tokens), who, gender, isEnd);
    if (told) told->text = balanced(std::move(told->text));
    return told;
}

std::string quoted(const Clause& clause, const std::string& who, bool isEnglish) {
    Tokens tokens = tokensOf(clause.text);
    bool isEnd = clause.isEnd;
    if (tokens.size() > 26) {
        tokens.resize(std::min<std::size_t>(joinAt(tokens, 9, isEnglish), 26));
        isEnd = false;
    }
    std::string_view verb = isEnglish           ? (clause.isQuestion ? " asks: \u201c" : " reports: \u201c")
                            : clause.isQuestion ? " demande : « "
                                                : " signale : « ";
    if (const std::size_t call =
            anyOf(tokens, 0, {"je vous appelle pour", "j appelle pour", "je vous contacte pour"})) {
        erase(tokens, 0, call);
        verb = " appelle pour « ";
    }
    dropDangling(tokens, isEnd);
    std::string text = capitalised(textOf(tokens));
    if (verb == " appelle pour « ") text = uncapitalised(std::move(text));
    // Inner quotation marks would end the outer ones.
    for (const std::string_view mark : {"« ", " »", "«", "»", "\"", "\u201c", "\u201d"})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.erase(at, mark.size());
    if (clause.isQuestion && isEnd) text += isEnglish ? "?" : " ?";
    return who + std::string{verb} + text + (isEnglish ? "\u201d." : " ».");
}

}  // namespace ninja3cx::analysis
