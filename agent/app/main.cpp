#include "agent/app/agent_config.hpp"
#include "agent/app/command_line.hpp"
#include "agent/app/headless_agent.hpp"
#include "agent/app/local_sources.hpp"
#include "agent/app/single_instance.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/audio_capture/file_source.hpp"
#include "agent/keyring/spool_key.hpp"
#include "agent/link/server_link.hpp"
#include "agent/link/spool.hpp"
#include "agent/platform/pulse_activity.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <unistd.h>

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
    void close() {
        boost::system::error_code ignored;
        input_.close(ignored);
    }

private:
    void readNext() {
        asio::async_read_until(input_, asio::dynamic_buffer(buffer_, 1U << 16), '\n',
                               [this](boost::system::error_code failure, std::size_t bytes) {
                                   if (failure) return close();
                                   const std::string line = buffer_.substr(0, bytes - 1);
                                   buffer_.erase(0, bytes);
                                   onLine_(line);
                                   if (input_.is_open()) readNext();
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
    void stop() {
        isStopped_ = true;
        timer_.cancel();
    }

private:
    void waitNext() {
        timer_.expires_after(std::chrono::seconds{1});
        timer_.async_wait([this](boost::system::error_code failure) {
            if (failure || isStopped_) return;
            onTick_();
            if (!isStopped_) waitNext();
        });
    }

    asio::steady_timer timer_;
    std::function<void()> onTick_;
    bool isStopped_ = false;
};

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
    auto config = loadAgentConfig(line.config ? std::filesystem::path{*line.config} : *folder / "config.json",
                                  line.config.has_value());
    if (!config)
        return failed(texts.pick("configuration inutilisable : ", "the configuration cannot be used: "),
                      config.error());
    if (!line.language && config->language) {
        language = *languageNamed(*config->language);
        texts = Texts{language};
    }
    if (line.wantsContactUrl) return showContactUrl(line, language, *folder, *config);
    if (!config->key) {
        const std::string file = (*folder / "config.json").string();
        std::cerr << "3cx-ninja-agent: "
                  << texts.pick("pas de clé : mettez \"key\" dans ", "no key: put \"key\" into ") << file
                  << texts.pick(" ou posez NINJA_AGENT_KEY ; l'administrateur en crée une par\n",
                                " or set NINJA_AGENT_KEY; the administrator makes one with\n")
                  << "  3cx-ninja-server keys create --role agent --extension "
                  << texts.pick("NUMÉRO\n", "NUMBER\n");
        return kFailed;
    }
    if (!lock) lock = FolderLock::take(*folder);
    if (!lock) {
        std::cerr << "3cx-ninja-agent: "
                  << texts.pick("un autre agent utilise déjà ", "another agent already runs on ")
                  << folder->string() << '\n';
        return kFailed;
    }
    const char* spoolTrouble = texts.pick("la mise de côté des enregistrements est inutilisable : ",
                                          "recordings cannot be kept here: ");
    auto keys = spoolKeys(*folder / "spool.key", *folder / "spool", *systemVault(*folder));
    if (!keys) return failed(spoolTrouble, keys.error());
    auto spool = Spool::open(*folder / "spool", keys->boxes, config->spoolLimits());
    if (!spool) return failed(spoolTrouble, spool.error());

    asio::io_context context{1};
    RealClock clock;
    std::unique_ptr<FileSource> source;
    if (line.play) {
        auto opened = FileSource::open(context.get_executor(), clock, *line.play);
        if (!opened)
            return failed(texts.pick("--play : fichier inutilisable : ", "--play: the file cannot be used: "),
                          opened.error());
        source = std::move(*opened);
    }
    TerminalFace face{std::cout, line.format, language};
    face.showKeyring(keys->problem, spool->sealedCalls());
    HeadlessAgent agent{clock,
                        *spool,
                        source.get(),
                        face,
                        config->blindLimits(),
                        config->internalCallsRule(),
                        config->uplink.codec.value_or(UplinkCodec::Auto)};

    LinkOptions options;
    options.server = line.server.value_or(config->server.value_or("http://localhost:3000"));
    options.key = *config->key;
    if (auto extension = line.extension ? line.extension : config->extension)
        options.extension = Extension{*extension};
    if (config->caFile) options.caFile = *config->caFile;
    options.version = PROJECT_VERSION_TEXT;
    ServerLink link{context.get_executor(), options, agent.handlers()};
    agent.use(link);
    agent.phone().use(OpenCalls{*folder / "open-calls.json"});
    if (line.ring) agent.phone().onHook(Source::Ring, callerOf(*line.ring, line.name.value_or("")));
    LocalSourceOptions sources{
        *folder, config->contactPort(), {}, options.extension.value_or(Extension{""}).value()};
    if (config->softphonePipe) sources.softphonePipe = *config->softphonePipe;
    auto localSources = std::make_unique<LocalSources>(
        context.get_executor(), clock, sources, agent.phone(), face,
        pulseActivity(config->phonePrograms.value_or(kPhonePrograms),
                      [&](auto work) { asio::post(context, std::move(work)); }));

    std::unique_ptr<CommandReader> commands;
    asio::signal_set signals{context, SIGINT, SIGTERM};
    Ticker ticker{context, [&] {
                      agent.tick();
                      if (localSources) localSources->tick();
                  }};
    const auto stop = [&] {
        if (source) source->stop();
        link.stop();
        localSources.reset();
        ticker.stop();
        commands->close();
        signals.cancel();
    };
    commands = std::make_unique<CommandReader>(context, [&](const std::string& text) {
        if (!agent.onCommand(text)) stop();
    });
    signals.async_wait([&](boost::system::error_code failure, int) {
        if (!failure) stop();
    });
    asio::co_spawn(context, link.run(), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    context.run();
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
    if (!line->isHeadless && !line->ring && !line->wantsContactUrl) {
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
