#pragma once

#include "server/calls/ports.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace ninja3cx::app {

/// The least an analysis can say: the customer's first words. Concludes nothing and masks nothing but long
/// digit runs.
class PlainAnalyser final : public calls::Analyser {
public:
    explicit PlainAnalyser(boost::asio::any_io_executor executor);
    void analyse(protocol::AnalysisInput input, Done done) override;
    std::string mask(const std::string& text, const std::string& language) const override;

private:
    boost::asio::any_io_executor executor_;
};

}  // namespace ninja3cx::app
