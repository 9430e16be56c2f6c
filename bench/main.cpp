#include "bench/commands.hpp"
#include "bench/run_options.hpp"

#include <boost/json/serialize.hpp>

#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {
namespace {

struct Command {
    Result<boost::json::object> (*measure)(const Options&);
    std::vector<std::string> options;
    std::vector<std::string> flags = {};
};

std::vector<std::string> withLiveOptions(std::vector<std::string> names) {
    names.insert(names.end(), liveOptions().begin(), liveOptions().end());
    return names;
}

std::vector<std::string> withLiveFlags(std::vector<std::string> names) {
    names.insert(names.end(), liveFlags().begin(), liveFlags().end());
    return names;
}

/// The exit code: 0 done, 1 failed or a claim does not hold, 2 bad usage.
int run(const Command& command, const std::vector<std::string>& arguments) {
    const auto options = parseOptions(arguments, command.options, command.flags);
    if (!options) {
        std::cerr << options.error().detail << "\n";
        return 2;
    }
    const auto result = command.measure(*options);
    if (!result) {
        std::cerr << result.error().detail << "\n";
        return result.error().kind == ErrorKind::Rejected ? 2 : 1;
    }
    std::cout << boost::json::serialize(*result) << std::endl;
    const auto* const passes = result->if_contains("passes");
    return passes == nullptr || passes->as_bool() ? 0 : 1;
}

}  // namespace
}  // namespace ninja3cx::bench

int main(int argc, char** argv) {
    using namespace ninja3cx::bench;
    const std::map<std::string, Command> commands{
        {"analysis", {measureAnalysis, {"--set", "--ids", "--word-errors", "--seed", "--seeds"}}},
        {"accuracy",
         {measureAccuracy,
          {"--model", "--voice-model", "--samples", "--calls", "--variant", "--language", "--workers",
           "--texts", "--non-speech-minutes"},
          {"--no-baseline", "--whole-context"}}},
        {"speech",
         {measureSpeech, withLiveOptions({"--seconds", "--policy", "--naive-seconds", "--stream-seconds"}),
          withLiveFlags({"--compare"})}},
        {"soak", {measureSoak, withLiveOptions({"--hours"}), withLiveFlags({})}},
        {"tickets",
         {measureTickets,
          {"--count", "--agents", "--faults", "--fault-rate", "--speed", "--seed", "--kill-every", "--pause",
           "--limit", "--programs", "--model"},
          {"--careless", "--keep"}}},
        {"uplink",
         {measureUplink, {"--agents", "--seconds", "--cut-rate", "--seed", "--programs"}, {"--keep"}}},
    };
    const std::string name = argc > 1 ? argv[1] : "";
    if (const auto command = commands.find(name); command != commands.end())
        return run(command->second, {argv + 2, argv + argc});
    std::ostream& out = name == "--help" ? std::cout : std::cerr;
    out << "usage: 3cx-ninja-bench COMMAND [--option value]…\n"
           "  accuracy  words recognised in the sample calls, as they are and made harder  [--model FILE\n"
           "            --voice-model FILE --samples FOLDER (or --calls) --variant "
           "clean|telephone|noisy|echo|double-talk|all\n"
           "            --non-speech-minutes M --language CODE --workers N --no-baseline --whole-context\n"
           "            --texts yes|no]\n"
           "  speech    calls in real time: cost, delay, steadiness of their text  [--calls N --seconds S\n"
           "            --policy ours|naive|stream, or --compare: all three; --naive-seconds S\n"
           "            --stream-seconds S]\n"
           "  soak      the same for hours: memory and lag         [--hours H --calls N]\n"
           "  analysis  labelled calls: how right the analysis is, per field, and how fast  --set "
           "FOLDER|FILE\n"
           "            [--ids FROM-TO, such as d001-d030; --word-errors SHARE, such as 0.15: the same with "
           "words\n"
           "            heard wrongly  --seed N (the first) --seeds N (how many times)]\n"
           "  tickets   confirmed drafts to NinjaOne's simulator, through faults and kills\n"
           "            [--count N --agents N --faults all|none|KIND,… --fault-rate X --speed X --seed N\n"
           "            --kill-every S (0: never) --pause S (of a technician between drafts) --limit S\n"
           "            --programs FOLDER --model FILE --keep (the folder with the logs)\n"
           "            --careless (an unconfirmed ticket is sent again without a look at the board)]\n"
           "  uplink    audio of agents to a server that is killed twice, over connections that are cut\n"
           "            [--agents N --seconds S --cut-rate SHARE (of the connections, each second) --seed N\n"
           "            --programs FOLDER --keep]\n"
           "speech and soak: [--model FILE|shape:SIZE:WEIGHTS --partial-model … --no-partials --workers N\n"
           "            --voice-model FILE --samples FOLDER --texts]; shape:base:q8_0 is a model of that "
           "size with "
           "random\n"
           "            weights that says the words of the sample calls\n"
           "One JSON object on standard output, progress on standard error.\n";
    return name == "--help" ? 0 : 2;
}
