#include "bench/commands.hpp"

#include <iostream>
#include <map>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace ninja3cx::bench;
    const std::map<std::string, int (*)(const std::vector<std::string>&)> commands{
        {"accuracy", runAccuracy},
        {"speech", runSpeech},

    };
    const std::string name = argc > 1 ? argv[1] : "";
    if (const auto command = commands.find(name); command != commands.end()) {
        return command->second({argv + 2, argv + argc});
    }
    std::ostream& out = name == "--help" ? std::cout : std::cerr;
    out << "usage: 3cx-ninja-bench COMMAND [--option value]…\n"
           "  accuracy  words recognised in the sample calls  [--model --voice-model --calls --workers]\n"
           "  speech    CPU and delay of speech to text       [--model --voice-model --calls --count]\n"
           "One JSON object on standard output, progress on standard error.\n";
    return name == "--help" ? 0 : 2;
}
