#include "server/analysis/analyse.hpp"
#include "server/analysis/read_call.hpp"
#include "server/app/commands.hpp"
#include "server/app/explain.hpp"
#include "server/app/options.hpp"
#include "shared/json/codec.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace ninja3cx::app {
namespace {

/// At most a byte more than may be read: that is already too much.
Result<std::string> textOf(std::istream& stream) {
    std::string text(analysis::kMaxCallBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) return Error{ErrorKind::Io, "cannot be read to its end"};
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Result<std::string> textOf(const std::filesystem::path& file) {
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure))
        return Error{ErrorKind::Io, "is a directory; name the JSON file of one call"};
    if (!std::filesystem::exists(file, failure)) return Error{ErrorKind::Io, "there is no such file"};
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return Error{ErrorKind::Io, "cannot be read; check its permissions"};
    return textOf(stream);
}

}  // namespace

int analyze(const Setting& setting) {
    const std::string file = setting.arguments.words.empty() ? "-" : setting.arguments.words.front();
    const std::string name = file == "-" ? "standard input" : file;
    const auto text = file == "-" ? textOf(std::cin) : textOf(std::filesystem::path{file});
    if (!text) return complain(name + ": " + text.error().detail);
    const auto input = analysis::readCall(*text);
    if (!input) return complain(name + ": " + input.error().detail);
    const analysis::SiteRules rules = siteRules(setting.settings.analysis);
    const protocol::Analysis found = analysis::analyse(*input, rules);
    if (setting.arguments.has("explain") && !setting.arguments.wantsJson())
        std::cout << explained(*input, found, rules, ninjaMapping(found, setting.settings));
    else
        std::cout << json::encodeText(found) << "\n";
    return kDone;
}

}  // namespace ninja3cx::app
