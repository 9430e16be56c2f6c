#include "server/app/plain_analyser.hpp"

#include "shared/core/text.hpp"

#include <boost/asio/post.hpp>

#include <regex>
#include <utility>

namespace ninja3cx::app {

PlainAnalyser::PlainAnalyser(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

void PlainAnalyser::analyse(protocol::AnalysisInput input, Done done) {
    protocol::Analysis analysis;
    analysis.id = input.id;
    analysis.category = protocol::Category::OtherNonSupport;
    analysis.sentiment = analysis.sentimentStart = analysis.sentimentEnd = protocol::Sentiment::Neutral;
    analysis.priority = protocol::Priority::Medium;
    for (const protocol::Turn& turn : input.turns) {
        if (turn.speaker != protocol::Speaker::Customer || turn.text.empty()) continue;
        if (analysis.subject.empty()) analysis.subject = std::string{cutUtf8(turn.text, 120)};
        if (analysis.summary.size() < 600)
            analysis.summary += (analysis.summary.empty() ? "" : " ") + turn.text;
    }
    analysis.ticketWarranted = !analysis.subject.empty();
    boost::asio::post(executor_,
                      [analysis = std::move(analysis), done = std::move(done)] { done(analysis); });
}

std::string PlainAnalyser::mask(const std::string& text, const std::string&) const {
    static const std::regex digits{R"((\d[ .-]?){12,19})"};
    return std::regex_replace(text, digits, "[card] ");
}

}  // namespace ninja3cx::app
