#include "server/app/after_call.hpp"

#include "server/analysis/personal_data/personal_data.hpp"

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::app {
namespace {

retranscription::BackgroundListener::Options listening(const AfterCall::Setup& setup) {
    retranscription::BackgroundListener::Options options;
    options.journalFolder = setup.journalFolder;
    options.makeDetector = setup.makeDetector;
    options.vocabulary = setup.vocabulary;
    options.endSilence = std::chrono::milliseconds{setup.whisper.endSilenceMs};
    options.loadDecoder = [file = setup.modelFile, whisper = setup.whisper] {
        return loadDecoder(file, whisper);
    };
    return options;
}

retranscription::RetranscriptionOptions rules(const AfterCall::Setup& setup) {
    retranscription::RetranscriptionOptions options;
    options.model = modelName(setup.modelFile);
    options.maxAge = std::chrono::hours{setup.whisper.afterCall.maxHours};
    return options;
}

retranscription::Retranscription::Ports around(
    AfterCall::Ports ports, std::function<calls::CallLanguage(const Extension&)> languageOf,
    retranscription::Listener& listener) {
    using Facts = retranscription::Retranscription::Facts;
    return {ports.clock,
            ports.store,
            ports.journal,
            listener,
            [&store = ports.store](const CallId& callId, const std::function<void(const Facts&)>& answer) {
                store.hearing(callId, answer);
            },
            ports.analyser,
            [](const protocol::AnalysisInput& call) {
                return analysis::findPersonalData(analysis::readConversation(call));
            },
            std::move(languageOf),
            std::move(ports.isIdle),
            [log = ports.log](const std::string& line) { log->info("{}", line); },
            [log = ports.log](const std::string& line) { log->warn("{}", line); },
            [&journal = ports.journal](const CallId& callId) { journal.noteText(callId); }};
}

}  // namespace

AfterCall::AfterCall(Setup setup, Ports ports, boost::asio::any_io_executor network)
    : listener_(listening(setup), std::move(network)),
      retranscription_(rules(setup), around(std::move(ports), setup.languageOf, listener_)) {}

std::string AfterCall::metrics() const {
    return "# HELP ninja3cx_after_call_waiting Calls whose audio is kept to be heard again.\n"
           "# TYPE ninja3cx_after_call_waiting gauge\nninja3cx_after_call_waiting " +
           std::to_string(retranscription_.waiting()) + "\n";
}

}  // namespace ninja3cx::app
