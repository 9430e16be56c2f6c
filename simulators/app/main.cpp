#include "simulators/app/arguments.hpp"
#include "simulators/app/running.hpp"

#include <iostream>

int main(int argc, char** argv) {
    using namespace ninja3cx::simulators;
    const auto arguments = parseArguments({argv + 1, argv + argc});
    if (!arguments) {
        std::cerr << "3cx-ninja-sim: " << arguments.error().detail << "\n\n" << kUsage;
        return 2;
    }
    if (arguments->command == Command::Help || arguments->command == Command::Version) {
        std::cout << (arguments->command == Command::Help ? kUsage
                                                          : "3cx-ninja-sim " PROJECT_VERSION_TEXT "\n");
        return 0;
    }
    const auto ran = runSimulators(*arguments);
    if (ran) return 0;
    std::cerr << "3cx-ninja-sim: " << ran.error().detail << "\n";
    return 1;
}
