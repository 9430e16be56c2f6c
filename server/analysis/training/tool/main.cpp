#include "server/analysis/training/train_model.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace ninja3cx;
using namespace ninja3cx::analysis;

Result<std::vector<training::LabelledCall>> readFiles(std::vector<std::string> files) {
    std::vector<training::LabelledCall> calls;
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
        std::ifstream in{file, std::ios::binary};
        std::stringstream text;
        text << in.rdbuf();
        if (!in) return Error{ErrorKind::Io, "cannot read " + file};
        auto more = training::readLabelledCalls(text.str(), std::filesystem::path{file}.filename().string());
        if (!more) return more.error();
        std::move(more->begin(), more->end(), std::back_inserter(calls));
    }
    return calls;
}

int fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    return 1;
}

}  // namespace

/// train_analysis OUT FILE...              trains, says how well calls are read that were left out
/// train_analysis --score MODEL FILE...    says how well a model reads these calls
int main(int argc, char** argv) {
    std::vector<std::string> arguments{argv + 1, argv + argc};
    const bool isScore = !arguments.empty() && arguments[0] == "--score";
    if (isScore) arguments.erase(arguments.begin());
    if (arguments.size() < 2) return fail("usage: train_analysis [--score] MODEL FILE...");
    const std::string path = arguments[0];
    const auto calls = readFiles({arguments.begin() + 1, arguments.end()});
    if (!calls) return fail(calls.error().detail);
    if (calls->empty()) return fail("there are no calls in these files");
    if (isScore) {
        std::ifstream in{path, std::ios::binary};
        const std::vector<char> bytes{std::istreambuf_iterator<char>{in}, {}};
        const auto model = readModel({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
        if (!model) return fail(path + ": " + model.error().detail);
        std::fputs(training::scoresOf(*model, *calls).c_str(), stdout);
        return 0;
    }
    const training::Training trained = training::trainModel(*calls);
    const std::vector<std::uint8_t> bytes = writeModel(trained.model);
    std::ofstream out{path, std::ios::binary};
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return fail("cannot write " + path);
    std::fputs(trained.report.c_str(), stdout);
    return 0;
}
