#include "server/app/commands.hpp"
#include "server/app/plain_analyser.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/io_context.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

namespace ninja3cx::app {

int analyze(const Setting& setting) {
    const std::string file = setting.arguments.words.empty() ? "-" : setting.arguments.words.front();
    std::ifstream stream;
    if (file != "-") stream.open(file, std::ios::binary);
    if (file != "-" && !stream) return complain(file + ": cannot be read");
    const std::string text{std::istreambuf_iterator<char>{file == "-" ? std::cin : stream}, {}};
    auto input = json::decodeText<protocol::AnalysisInput>(text);
    if (!input) return complain((file == "-" ? "standard input" : file) + ": " + input.error().detail);
    boost::asio::io_context context;
    PlainAnalyser analyser{context.get_executor()};
    int code = kFailed;
    analyser.analyse(std::move(*input), [&](Result<protocol::Analysis> analysis) {
        if (!analysis) {
            complain(analysis.error().detail);
            return;
        }
        std::cout << json::encodeText(*analysis) << "\n";
        code = kDone;
    });
    context.run();
    return code;
}

}  // namespace ninja3cx::app
