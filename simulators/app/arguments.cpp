#include "simulators/app/arguments.hpp"

#include <charconv>

namespace ninja3cx::simulators {
namespace {

Error badUsage(const std::string& what) {
    return {ErrorKind::BadMessage, what};
}

template <class T>
Result<T> number(const std::string& option, const std::string& text) {
    T value{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return badUsage(option + ": '" + text + "' is no number it can take");
    return value;
}

Result<void> setPort(std::uint16_t& port, const std::string& option, const std::string& text) {
    auto given = number<std::uint16_t>(option, text);
    if (!given) return given.error();
    port = *given;
    return {};
}

Result<void> apply(Arguments& arguments, const std::string& option, const std::string& value) {
    if (option == "--port") return setPort(arguments.port, option, value);
    if (option == "--pbx-port") return setPort(arguments.pbxPort, option, value);
    if (option == "--ninja-port") return setPort(arguments.ninjaPort, option, value);
    if (option == "--speed") {
        auto speed = number<double>(option, value);
        if (!speed) return speed.error();
        if (!(*speed >= 0.01 && *speed <= 10'000)) return badUsage("--speed must be between 0.01 and 10000");
        arguments.speed = *speed;
        return {};
    }
    if (option == "--scenario")
        arguments.scenario = value;
    else if (option == "--tls-cert")
        arguments.tlsCertificate = value;
    else if (option == "--tls-key")
        arguments.tlsKey = value;
    else
        return badUsage(option + " is no option of this program");
    return {};
}

}  // namespace

const char* const kUsage =
    R"(3cx-ninja-sim: a 3CX PBX and a NinjaOne that behave like the real ones

  3cx-ninja-sim pbx   [--scenario FILE] [--port N] [--speed X]
  3cx-ninja-sim ninja [--scenario FILE] [--port N] [--speed X]
  3cx-ninja-sim demo  [--scenario FILE] [--pbx-port N] [--ninja-port N] [--speed X]
  3cx-ninja-sim --help | --version

  --scenario FILE   calls and faults (pbx; demo, instead of its sample calls), tenant and faults (ninja):
                    simulators/README.md
  --port N          0, the default, takes any free port
  --speed X         divides every time of the PBX by X (pbx, demo); the clock runs X times as fast (ninja)
  --tls-cert FILE --tls-key FILE   serve HTTPS with this certificate (PEM)

Listens on 127.0.0.1 only. Once ready it prints one line of JSON with its ports. SIGTERM stops it.
)";

Result<Arguments> parseArguments(const std::vector<std::string>& words) {
    Arguments arguments;
    if (words.empty()) return badUsage("say what to simulate: pbx, ninja or demo");
    const std::string& command = words.front();
    if (command == "pbx")
        arguments.command = Command::Pbx;
    else if (command == "ninja")
        arguments.command = Command::Ninja;
    else if (command == "demo")
        arguments.command = Command::Demo;
    else if (command == "--version")
        arguments.command = Command::Version;
    else if (command != "--help" && command != "-h")
        return badUsage("'" + command + "' is not pbx, ninja or demo");
    for (std::size_t i = 1; i < words.size(); i += 2) {
        if (words[i] == "--help" || words[i] == "-h") {
            arguments.command = Command::Help;
            return arguments;
        }
        if (i + 1 == words.size()) return badUsage(words[i] + " wants a value");
        if (auto applied = apply(arguments, words[i], words[i + 1]); !applied) return applied.error();
    }
    if (arguments.tlsCertificate.has_value() != arguments.tlsKey.has_value())
        return badUsage("--tls-cert and --tls-key belong together");
    return arguments;
}

}  // namespace ninja3cx::simulators
