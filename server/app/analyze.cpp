#include "server/analysis/analyse.hpp"
#include "server/app/commands.hpp"

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
    const auto analysis = analysis::analyseJson(text);
    if (!analysis) return complain((file == "-" ? "standard input" : file) + ": " + analysis.error().detail);
    std::cout << *analysis << "\n";
    return kDone;
}

}  // namespace ninja3cx::app
