#include "agent/app/agent_config.hpp"
#include "agent/app/command_line.hpp"
#include "agent/app/headless_agent.hpp"
#include "agent/app/local_sources.hpp"
#include "agent/app/logged_face.hpp"
#include "agent/app/set_up.hpp"
#include "agent/app/single_instance.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/audio_capture/file_source.hpp"
#include "agent/keyring/spool_key.hpp"
#include "agent/link/server_link.hpp"
#include "agent/link/server_pins.hpp"
#include "agent/link/spool.hpp"
#include "agent/platform/pulse_activity.hpp"
#include "shared/logging/logging.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <spdlog/logger.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;

enum ExitCode { kDone = 0, kFailed = 1, kBadUsage = 2 };

/// `what` is in the person's language; the detail that names file, line or address is in English.
int failed(const std::string& what, const Error& error) {
    std::cerr << "3cx-ninja-agent: " << what << error.detail << '\n';
    return kFailed;
}

/// Reads commands line by line until standard input ends; the agent then runs on.
class CommandReader {
public:
    CommandReader(asio::io_context& context, std::function<void(const std::string&)> onLine)
        : input_(context), onLine_(std::move(onLine)) {
        boost::system::error_code failure;
        input_.assign(::dup(STDIN_FILENO), failure);
        if (!failure) readNext();
    }

private:
    void readNext() {
        asio::async_read_until(input_, asio::dynamic_buffer(buffer_, 1U << 16), '\n',
                               [this](boost::system::error_code failure, std::size_t bytes) {
                                   if (failure) return;
                                   const std::string line = buffer_.substr(0, bytes - 1);
                                   buffer_.erase(0, bytes);
                                   onLine_(line);
                                   readNext();
                               });
    }

    asio::posix::stream_descriptor input_;
    std::string buffer_;
    std::function<void(const std::string&)> onLine_;
};

/// Calls once a second.
class Ticker {
public:
    Ticker(asio::io_context& context, std::function<void()> onTick)
        : timer_(context), onTick_(std::move(onTick)) {
        waitNext();
    }

private:
    void waitNext() {
        timer_.expires_after(std::chrono::seconds{1});
        timer_.async_wait([this](boost::system::error_code failure) {
            if (failure) return;
            onTick_();
            waitNext();
        });
    }

    asio::steady_timer timer_;
    std::function<void()> onTick_;
};

Result<std::optional<crypto::KeyFingerprint>> pinIn(const std::filesystem::path& file,
                                                    const std::string& server) {
    const auto address = parseServerAddress(server);
    if (!address) return address.error();
    const auto pins = ServerPins::read(file);
    if (!pins) return pins.error();
    return pins->keyOf(*address);
}

constexpr std::chrono::seconds kHandOverTakes{5};
/// 3CX on Linux is a page in a browser, or its own program.
const std::vector<std::string> kPhonePrograms{"3cx",   "chrom", "msedge", "firefox",
                                              "brave", "opera", "vivaldi"};

int showContactUrl(const CommandLine& line, Language language, const std::filesystem::path& folder,
                   const AgentConfig& config) {
    const Texts texts{language};
    if (config.contactPort() == 0) {
        std::cerr << "3cx-ninja-agent: "
                  << texts.pick("la configuration n'en veut pas (\"contactUrlPort\": 0)\n",
                                "the configuration wants none (\"contactUrlPort\": 0)\n");
        return kFailed;
    }
    const auto url = contactUrlIn(folder, config.contactPort());
    if (!url)
        return failed(texts.pick("pas d'adresse de contact : ", "there is no contact URL: "), url.error());
    TerminalFace{std::cout, line.format, language}.showContactUrl(url->text());
    return kDone;
}

int showNoKey(const Texts& texts, const std::filesystem::path& configFile) {
    std::cerr << "3cx-ninja-agent: "
              << texts.pick("pas de clé : mettez \"key\" dans ", "no key: put \"key\" into ")
              << configFile.string()
              << texts.pick(" ou posez NINJA_AGENT_KEY ; l'administrateur en crée une par\n",
                            " or set NINJA_AGENT_KEY; the administrator makes one with\n")
              << "  3cx-ninja-server keys create --role agent --extension "
              << texts.pick("NUMÉRO\n", "NUMBER\n");
    return kFailed;
}

/// An agent whose log cannot be written works all the same.
std::shared_ptr<spdlog::logger> openLog(const std::filesystem::path& folder, const Texts& texts) {
    logging::Options options;
    options.directory = folder / "logs";
    options.fileName = "agent.log";
    options.maxFileBytes = std::size_t{5} << 20;
    options.files = 4;
    options.toStandardError = false;
    auto log = logging::makeLogger(options);
    if (log) return *log;
    std::cerr << "3cx-ninja-agent: " << texts.pick("pas de journal : ", "there is no log: ")
              << log.error().detail << '\n';
    return logging::silentLogger();
}

struct OpenedSpool {
    Spool spool;
    std::optional<Error> keyringProblem;
};

Result<OpenedSpool> openSpool(const std::filesystem::path& folder, const AgentConfig& config) {
    auto keys = spoolKeys(folder / "spool.key", folder / "spool", *systemVault(folder));
    if (!keys) return keys.error();
    auto spool = Spool::open(folder / "spool", keys->boxes, config.spoolLimits());
    if (!spool) return spool.error();
    return OpenedSpool{std::move(*spool), keys->problem};
}

LinkOptions linkOptions(const CommandLine& line, const AgentConfig& config, const ServerPins& pins) {
    LinkOptions options;
    options.server =
        line.server.value_or(config.server.value_or(pins.latest().value_or("http://localhost:3000")));
    options.key = *config.key;
    if (auto extension = line.extension ? line.extension : config.extension)
        options.extension = Extension{*extension};
    if (config.caFile) options.caFile = *config.caFile;
    // Read anew each time: who pairs while the agent runs need not start it again.
    options.findPin = [file = pins.file(), server = options.server]() { return pinIn(file, server); };
    options.version = PROJECT_VERSION_TEXT;
    return options;
}

/// The agent at work. What uses another part stands below it, and so ends before it.
class Running {
public:
    struct Setup {
        const CommandLine& line;
        const AgentConfig& config;
        const ServerPins& pins;
        std::filesystem::path folder;
        Language language;
        std::shared_ptr<spdlog::logger> log;
    };

    Running(asio::io_context& context, const Clock& clock, const Setup& setup, OpenedSpool opened,
            std::unique_ptr<AudioSource> source)
        : context_(context),
          spool_(std::move(opened.spool)),
          source_(std::move(source)),
          log_(setup.log),
          terminal_(std::cout, setup.line.format, setup.language),
          face_(terminal_, *log_),
          agent_(clock, spool_, source_.get(), face_, setup.config.blindLimits(),
                 setup.config.internalCallsRule(), setup.config.uplink.codec.value_or(UplinkCodec::Auto)),
          link_(context.get_executor(), linkOptions(setup.line, setup.config, setup.pins), agent_.handlers()),
          signals_(context, SIGINT, SIGTERM) {
        log_->info("agent {} begins; server {}", PROJECT_VERSION_TEXT,
                   linkOptions(setup.line, setup.config, setup.pins).server);
        face_.showKeyring(opened.keyringProblem, spool_.sealedCalls());
        agent_.use(link_);
        agent_.phone().use(OpenCalls{setup.folder / "open-calls.json"});
        if (setup.line.ring)
            agent_.phone().onHook(Source::Ring, callerOf(*setup.line.ring, setup.line.name.value_or("")));
        listen(clock, setup);
        ticker_.emplace(context, [this] {
            agent_.tick();
            localSources_->tick();
        });
        commands_.emplace(context, [this](const std::string& text) {
            if (!agent_.onCommand(text)) stop();
        });
        signals_.async_wait([this](boost::system::error_code failure, int) {
            if (!failure) stop();
        });
    }

    /// Until the technician quits.
    void run() {
        asio::co_spawn(context_, link_.run(), [this](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
            context_.stop();
        });
        context_.run();
        log_->info("agent ends");
        if (!link_.isLookingUp()) return;
        // Its thread would be waited for, as long as the resolver asks.
        localSources_.reset();
        log_.reset();  // waits until it is written
        std::cout.flush();
        std::quick_exit(kDone);
    }

private:
    void listen(const Clock& clock, const Setup& setup) {
        LocalSourceOptions options{setup.folder, setup.config.contactPort(), {}, ""};
        const auto& extension = setup.line.extension ? setup.line.extension : setup.config.extension;
        options.extension = extension.value_or("");
        if (setup.config.softphonePipe) options.softphonePipe = *setup.config.softphonePipe;
        auto activity = pulseActivity(setup.config.phonePrograms.value_or(kPhonePrograms),
                                      [this](auto work) { asio::post(context_, std::move(work)); });
        localSources_ = std::make_unique<LocalSources>(context_.get_executor(), clock, options,
                                                       agent_.phone(), face_, std::move(activity));
    }

    /// What is recorded ends at once, all else when the server was told goodbye.
    void stop() {
        if (source_) source_->stop();
        signals_.clear();  // the next Ctrl-C ends this program whatever it does
        link_.stop();
    }

    asio::io_context& context_;
    Spool spool_;
    std::unique_ptr<AudioSource> source_;
    std::shared_ptr<spdlog::logger> log_;
    TerminalFace terminal_;
    LoggedFace face_;
    HeadlessAgent agent_;
    ServerLink link_;
    std::unique_ptr<LocalSources> localSources_;
    std::optional<Ticker> ticker_;
    std::optional<CommandReader> commands_;
    asio::signal_set signals_;
};

int run(const CommandLine& line, Language language) {
    Texts texts{language};
    auto folder = agentFolder();
    if (!folder)
        return failed(
            texts.pick("pas de place pour les fichiers de l'agent : ", "no place for the agent's files: "),
            folder.error());
    std::optional<FolderLock> lock;
    if (line.ring) {
        auto begun = ringOrStart(*folder, callerOf(*line.ring, line.name.value_or("")), kHandOverTakes);
        if (!begun)
            return failed(texts.pick("l'agent qui tourne n'a pas pris l'appel : ",
                                     "the agent that runs did not take the call: "),
                          begun.error());
        if (!begun->lock) return kDone;
        lock = std::move(begun->lock);
    }
    const std::filesystem::path configFile =
        line.config ? std::filesystem::path{*line.config} : *folder / "config.json";
    auto config = loadAgentConfig(configFile, line.config.has_value());
    if (!config)
        return failed(texts.pick("configuration inutilisable : ", "the configuration cannot be used: "),
                      config.error());
    if (!line.language && config->language) {
        language = *languageNamed(*config->language);
        texts = Texts{language};
    }
    if (line.wantsContactUrl) return showContactUrl(line, language, *folder, *config);
    const auto pins = ServerPins::read(*folder / "servers.json");
    if (!pins)
        return failed(
            texts.pick("les serveurs associés sont illisibles : ", "the paired servers cannot be read: "),
            pins.error());
    if (line.pair) return pair(line, language, *config, *pins, {std::cout, std::cerr}) ? kDone : kFailed;
    if (!config->key) return showNoKey(texts, configFile);
    if (!lock) lock = FolderLock::take(*folder);
    if (!lock) {
        std::cerr << "3cx-ninja-agent: "
                  << texts.pick("un autre agent utilise déjà ", "another agent already runs on ")
                  << folder->string() << '\n';
        return kFailed;
    }
    auto spool = openSpool(*folder, *config);
    if (!spool)
        return failed(texts.pick("la mise de côté des enregistrements est inutilisable : ",
                                 "recordings cannot be kept here: "),
                      spool.error());
    asio::io_context context{1};
    RealClock clock;
    std::unique_ptr<AudioSource> source;
    if (line.play) {
        auto opened = FileSource::open(context.get_executor(), clock, *line.play);
        if (!opened)
            return failed(texts.pick("--play : fichier inutilisable : ", "--play: the file cannot be used: "),
                          opened.error());
        source = std::move(*opened);
    }
    Running running{context,
                    clock,
                    {line, *config, *pins, *folder, language, openLog(*folder, texts)},
                    std::move(*spool),
                    std::move(source)};
    running.run();
    return kDone;
}

}  // namespace
}  // namespace ninja3cx::agent

int main(int argc, char** argv) {
    using namespace ninja3cx::agent;
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    const Language language = languageAsked(arguments).value_or(languageOfEnvironment());
    const auto line = parseCommandLine(arguments, language);
    if (!line) {
        std::cerr << "3cx-ninja-agent: " << line.error().detail << "\n\n" << usage(language);
        return kBadUsage;
    }
    if (line->wantsHelp) {
        std::cout << usage(language);
        return kDone;
    }
    if (line->wantsVersion) {
        std::cout << "3cx-ninja-agent " PROJECT_VERSION_TEXT "\n";
        return kDone;
    }
    if (line->wantsDiscovery)
        return discover(*line, line->language.value_or(language), {std::cout, std::cerr}) ? kDone : kFailed;
    if (!line->isHeadless && !line->ring && !line->wantsContactUrl && !line->pair) {
        std::cerr << "3cx-ninja-agent: "
                  << Texts{language}.pick("cette version n'a pas de fenêtre : lancez-la avec --headless\n",
                                          "this build has no window; start it with --headless\n");
        return kBadUsage;
    }
    try {
        return run(*line, language);
    } catch (const std::exception& failure) {
        return failed(Texts{language}.pick("ne peut pas continuer : ", "cannot go on: "),
                      {ninja3cx::ErrorKind::Io, failure.what()});
    }
}
