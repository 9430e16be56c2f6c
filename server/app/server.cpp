#include "server/app/server.hpp"

#include "server/analysis/background/background_analyser.hpp"
#include "server/api/api.hpp"
#include "server/app/after_call.hpp"
#include "server/app/audio_store.hpp"
#include "server/app/certificate.hpp"
#include "server/app/language_model.hpp"
#include "server/app/life_log.hpp"
#include "server/app/ninja_desk.hpp"
#include "server/app/ninja_metrics.hpp"
#include "server/app/no_speech.hpp"
#include "server/app/options.hpp"
#include "server/app/port_check.hpp"
#include "server/app/replay.hpp"
#include "server/app/retention.hpp"
#include "server/app/without_ninja.hpp"
#include "server/auth/access.hpp"
#include "server/broadcast/event_hub.hpp"
#include "server/calls/call_hub.hpp"
#include "server/directory/ninja_directory.hpp"
#include "server/discovery/publisher.hpp"
#include "server/journal/file_audio_journal.hpp"
#include "server/net/http.hpp"
#include "server/storage/identity.hpp"
#include "server/storage/log_damage.hpp"
#include "server/storage/sqlite_store.hpp"
#include "server/telephony/pbx_link.hpp"
#include "server/telephony/recording_fetch.hpp"
#include "server/telephony/site_watch.hpp"
#include "server/ticketing/paced.hpp"
#include "server/ticketing/progress_poll.hpp"
#include "server/ticketing/stoppable_transport.hpp"
#include "server/ticketing/ticket_delivery.hpp"
#include "server/ticketing/token_keeper.hpp"
#include "server/transcription/local_transcriber.hpp"
#include "server/transcription/vocabulary.hpp"
#include "shared/core/exceptions.hpp"
#include "shared/core/scaled_clock.hpp"
#include "shared/core/text.hpp"
#include "shared/logging/logging.hpp"
#include "shared/timer/timer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <spdlog/logger.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <set>
#include <stdexcept>
#include <utility>

namespace ninja3cx::app {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto kTick = 100ms;
constexpr auto kStoreProbeEvery = 5s;
constexpr auto kKeysEvery = 2s;  // `keys revoke` takes effect within this time
constexpr auto kStopGrace = 3s;
constexpr auto kLastWords = 300ms;
constexpr auto kRecentTickets = 30 * 24h;  // followed in NinjaOne, and what a next call may belong to

/// For people who choose among the servers of their network.
std::string serviceName() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    constexpr std::size_t kMostBytes = 63;  // of one label in DNS
    return std::string{cutUtf8(std::string{"3CX-NinjaOne "} + host.data(), kMostBytes)};
}

template <class T>
T orThrow(Result<T> result) {
    if (!result) throw std::runtime_error{result.error().detail};
    return std::move(*result);
}

/// NinjaOne's side, when it is configured. It has a clock, waits and time-outs of its own: those of the rest, but for
/// a benchmark.
struct Ninja {
    ScaledClock clock;
    net::HttpClient requests;
    ticketing::PacedTransport paced;
    ticketing::StoppableTransport http;
    ticketing::AsioScheduler waits;
    ticketing::PacedScheduler scheduler;
    ticketing::NinjaTokens tokens;
    ticketing::TokenKeeper keeper;
    ticketing::NinjaClient client;
    directory::NinjaDirectory directory;
    ticketing::TicketDelivery delivery;
    ticketing::ProgressPoll progress;
    NinjaDesk desk{delivery, progress};

    Ninja(const Setting& setting, const NinjaPace& pace, asio::any_io_executor network,
          asio::any_io_executor disk, const Clock& real, calls::Store& store,
          const std::shared_ptr<spdlog::logger>& log, ticketing::TicketDelivery::OnDelivery onDelivery,
          std::function<bool()> isSending, ticketing::ProgressPoll::OnProgress onProgress,
          const std::function<void()>& onNews)
        : clock(real, pace.speed, pace.origin),
          requests(network),
          paced(requests, pace.speed),
          http(paced),
          waits(network),
          scheduler(waits, pace.speed),
          tokens(ninjaAccount(setting), setting.dataDir, clock, http, disk),
          keeper(network, tokens, scheduler,
                 [log](const std::string& problem) { log->error("{}", problem); }),
          client(ninjaAccount(setting), tokens, clock, http),
          directory(setting.dataDir, directoryOptions(setting.settings),
                    {client, clock, scheduler, network, disk},
                    [this, log](const std::string& problem) {
                        if (!http.isStopped()) log->warn("directory: {}", problem);
                    }),
          delivery(network,
                   {setting.settings.ninja.ticketFormId, setting.settings.ninja.newStatus,
                    setting.settings.ninja.solvedStatus,
                    [this](const Extension& extension) { return directory.technicianFor(extension); }, 0.2,
                    setting.settings.ninja.callIdAttribute, setting.dataDir},
                   {client, store, clock, scheduler,
                    [log](const std::string& problem) { log->error("ticket: {}", problem); }, disk, onNews},
                   std::move(onDelivery)),
          progress(network, std::chrono::seconds{setting.settings.ninja.progressSeconds},
                   {client, clock, scheduler, std::move(isSending),
                    [log](const std::string& problem) { log->warn("{}", problem); }, onNews},
                   std::move(onProgress)) {
        client.readLargeOn(disk);
        directory.onChange(onNews);
    }
};

}  // namespace

/// Members in the order of their dependencies: destroyed in reverse. What posts to the network thread ends
/// before what it posts to.
class Server::Impl {
public:
    Impl(const Setting& setting, const storage::DataDirLock& lock, Speech speech,
         std::shared_ptr<spdlog::logger> log)
        : setting_(setting),
          log_(std::move(log)),
          journalFolder_(setting_.dataDir / "journal"),
          store_(orThrow(storage::SqliteStore::open(lock, setting_.dataDir, network()))),
          keyReader_(orThrow(storage::openDatabase(setting_.dataDir))),
          access_({setting_.secrets.apiKey, setting_.dataDir / "sessions.json",
                   [this](const std::string& hash) { return findKey(hash); },
                   [this](const std::string& keyId) { touchKey(keyId); },
                   [this](const std::string& about) { auditRefusal(about); },
                   [this](std::function<void()> work) { asio::post(disk_, std::move(work)); },
                   [log = log_](const Error& problem) {
                       log->error("the browsers' logins are not kept for a restart: {}", problem.detail);
                   }},
                  clock_),
          events_(randomHex(8)),
          lifeLog_(events_, log_),
          audioStore_(log_, clock_),
          analyser_(network(), siteRules(setting_.settings.analysis)),
          withoutNinja_(network(),
                        [this](const DraftId& id, const auto& delivery) { hub_->onDelivery(id, delivery); }) {
        store_->onProblem([this](const std::optional<Error>& problem) {
            if (problem)
                log_->error("the database cannot be written, trying on: {}", problem->detail);
            else
                log_->error("the database can be written again");
        });
        for (const storage::DamagedLog& log : storage::damagedLogs(setting_.dataDir))
            log_->error("{}", storage::describe(log));
        makeHub(std::move(speech));
        retention_ = std::make_unique<Retention>(
            retentionRules(setting_.settings.retention),
            Retention::Ports{clock_, *store_, callAudio(),
                             [this](const std::set<CallId>& callIds) { hub_->onWordsErased(callIds); },
                             [this](const std::set<CallId>& callIds) { hub_->onCallsErased(callIds); },
                             [this](std::int64_t beforeMs) { eraseUnknownAudio(beforeMs); }, log_,
                             [this] { journal_->retryRemovals(); }});
        makeApi();
        refreshKeys();
        std::vector<std::string> openPhoneKeys = restore();
        keyReader_.neverWait();  // the start may take a moment, connections may not
        makePbx(std::move(openPhoneKeys));
    }

    void run() {
        asio::signal_set signals{context_, SIGINT, SIGTERM};
        signals.async_wait([this](boost::system::error_code cancelled, int) {
            if (!cancelled) stop();
        });
        asio::co_spawn(context_, server_->run(), [this](std::exception_ptr failure) {
            if (failure) log_->error("the listener ended unexpectedly: {}", reasonOf(failure));
            context_.stop();
        });
        if (pbx_)
            asio::co_spawn(context_, pbx_->run(), [this](std::exception_ptr failure) {
                if (!failure) return;
                log_->error("the link to the PBX ended unexpectedly, restart the server: {}",
                            reasonOf(failure));
                hub_->onPbxLink(protocol::LinkState::Failed);
            });
        if (ninja_) {
            ninja_->keeper.start();
            ninja_->directory.start();
            ninja_->delivery.start();
            ninja_->progress.start();
        }
        retention_->start();
        checkCertificate();
        tick();
        announce();
        context_.run();
        // Everybody has been told to stop; what is still under way may end properly.
        tick_.cancel();
        context_.restart();
        context_.run_for(kLastWords);
        shutDown();
    }

private:
    asio::any_io_executor network() { return context_.get_executor(); }

    void makeHub(Speech speech) {
        using protocol::Speaker;
        vocabulary_ =
            std::make_shared<transcription::CurrentVocabulary>(dictionary(setting_.settings.whisper));
        if (const auto note = transcription::noteOnPrompt(speech.takesPrompt, vocabulary_->promptFor({}));
            !note.empty())
            log_->info("{}", note);
        const std::string model = modelName(speech.modelFile);
        transcription::LocalTranscriber::Handlers heard{
            [this](protocol::Utterance utterance) { hub_->onUtterance(std::move(utterance)); },
            [this](const CallId& callId, Speaker channel) { hub_->onDrained(callId, channel); },
            [this](const CallId& callId, Speaker, const UtteranceId& id, const Error& error) {
                log_->error("{}: utterance {} could not be decoded and is marked as inaudible: {}",
                            callId.value(), id.value(), error.detail);
            },
            [this](const CallId& callId, Speaker channel, std::chrono::milliseconds leftOut) {
                log_->warn("{}: {} ms of the {}'s audio lay behind what was heard before and were left out",
                           callId.value(), leftOut.count(), channel == Speaker::Agent ? "agent" : "customer");
            },
            [this](const CallId& callId, std::chrono::milliseconds lag) { hub_->onLag(callId, lag); },
            [this](const CallId& callId, const transcription::EchoFigure& echo) {
                hub_->onEcho(callId, echo.isThere
                                         ? std::optional{protocol::Echo{std::lround(echo.attenuationDb),
                                                                        std::lround(echo.delayMs)}}
                                         : std::nullopt);
            },
            [this](const CallId& callId, Speaker channel, const Error& error) {
                log_->error("{}: the {}'s channel goes on after a failure: {}", callId.value(),
                            channel == Speaker::Agent ? "agent" : "customer", error.detail);
            }};
        transcription::TranscriberOptions hearing = speech.options;
        hearing.vocabulary = vocabulary_;
        transcriber_ = std::make_unique<transcription::LocalTranscriber>(
            std::move(speech.workers), speech.makeDetector, hearing, network(), clock_, std::move(heard));
        calls::Transcriber* listener = transcriber_.get();
        if (speech.isOff) {
            noSpeech_ = std::make_unique<NoSpeech>(network(), [this](const CallId& callId, Speaker channel) {
                hub_->onDrained(callId, channel);
            });
            listener = noSpeech_.get();
        }
        takeKnownBack();
        recovered_ = orThrow(journal::recoverJournals(journalFolder_));
        journal::FileAudioJournal::Handlers written{
            [this](const CallId& callId, protocol::AudioFrame frame) {
                hub_->onAudioDurable(callId, std::move(frame));
            },
            [this](const CallId& callId, const Error& error) { hub_->onAudioFailed(callId, error); },
            [this](const CallId& callId, const Error& error) {
                log_->error("{}: its audio stays on disk: {}", callId.value(), error.detail);
            }};
        journal_ = std::make_unique<journal::FileAudioJournal>(
            journalFolder_, network(), audioStore_.watching(std::move(written)), recovered_);
        const calls::HubOptions options = hubOptions(setting_, model);
        if (speech.afterCall) makeAfterCall(speech, options);
        if (hasNinja(setting_.secrets)) makeNinja();
        if (ninja_)
            ninja_->directory.onCopy([this](std::shared_ptr<const directory::DirectoryIndex> copy) {
                asio::post(disk_, [vocabulary = vocabulary_, whisper = setting_.settings.whisper,
                                   copy = std::move(copy)] {
                    vocabulary->replace(dictionary(whisper, copy->copy()));
                });
            });
        calls::Directory* directory = &withoutNinja_;
        calls::TicketDesk* desk = &withoutNinja_;
        if (ninja_) {
            directory = &ninja_->directory;
            desk = &ninja_->desk;
        }
        if (hasLanguageModel(setting_.settings))
            languageModel_ = std::make_unique<LanguageModel>(setting_, network(), analyser_, clock_, log_);
        calls::Analyser* analyser = &analyser_;
        if (languageModel_) analyser = &languageModel_->analyser();
        hub_ = std::make_unique<calls::CallHub>(
            options, calls::CallHub::Ports{clock_, *store_, callAudio(), *listener, *analyser, *directory,
                                           *desk, lifeLog_});
        hub_->onNinjaLink(ninja_ ? ninja_->client.link() : protocol::LinkState::NotConfigured);
        if (ninja_) ninja_->client.onLink([this](protocol::LinkState state) { onNinjaLink(state); });
    }

    void makeNinja() {
        const NinjaPace pace = orThrow(ninjaPace(setting_));
        if (pace.speed != 1)
            log_->warn("NinjaOne's side of this server lives {} times as fast: for benchmarks only",
                       pace.speed);
        ninja_ = std::make_unique<Ninja>(
            setting_, pace, network(), disk_.get_executor(), clock_, *store_, log_,
            [this](const DraftId& id, const auto& delivery) { onDelivery(id, delivery); },
            [this] { return tally_.isSending(); },
            [this](TicketId ticketId, const auto& progress) { hub_->onProgress(ticketId, progress); },
            [this] { hub_->onNinjaNews(); });
    }

    void onDelivery(const DraftId& draftId, const protocol::Delivery& delivery) {
        tally_.note(draftId, delivery);
        if (delivery.ticketId) ninja_->progress.follow(*delivery.ticketId, ninja_->clock.now());
        hub_->onDelivery(draftId, delivery);
    }

    void onNinjaLink(protocol::LinkState state) {
        hub_->onNinjaLink(state);
        if (state == protocol::LinkState::NeedsLogin || state == protocol::LinkState::Failed)
            log_->warn("{}{}{}", ticketing::textOf(ninja_->client.trouble()),
                       ninja_->client.troubleDetail().empty() ? "" : ": ", ninja_->client.troubleDetail());
        if (state == protocol::LinkState::NeedsLogin) wantsTenantCheck_ = true;  // another may see less
        if (state != protocol::LinkState::Connected) return;
        ninja_->delivery.onLogin();
        if (!std::exchange(wantsTenantCheck_, false)) return;
        using Findings = std::vector<ticketing::TenantFinding>;
        asio::co_spawn(context_, ticketing::checkTenant(ninja_->client, tenantWishes(setting_.settings)),
                       [this](std::exception_ptr failure, const Findings& findings) {
                           if (isStopping_) return;
                           if (failure) log_->error("NinjaOne's self-test broke off: {}", reasonOf(failure));
                           boardWarning_.reset();
                           for (const ticketing::TenantFinding& one : findings) noteTenant(one);
                       });
    }

    void noteTenant(const ticketing::TenantFinding& found) {
        const bool isGood = found.level == ticketing::TenantFinding::Level::Good;
        if (found.isOfBoard && !isGood) boardWarning_ = found.remedy;
        if (isGood)
            log_->info("NinjaOne: {}", found.detail);
        else
            log_->warn("NinjaOne: {}: {}", found.detail, found.remedy);
    }

    void makeAfterCall(const Speech& speech, const calls::HubOptions& options) {
        AfterCall::Setup setup{setting_.settings.whisper,
                               [options](const Extension& extension) { return options.languageOf(extension); },
                               speech.afterCall->file,
                               journalFolder_,
                               speech.makeDetector,
                               vocabulary_};
        const auto isIdle = [this] {
            return hub_->status().liveCalls == 0 && transcriber_->backlogBytes() == 0;
        };
        afterCall_ = std::make_unique<AfterCall>(
            std::move(setup), AfterCall::Ports{clock_, *store_, *journal_, analyser_, isIdle, log_},
            network());
        const std::string& why = speech.afterCall->why;
        log_->info("calls are heard again with {} while the machine is idle{}",
                   speech.afterCall->file.string(), why.empty() ? "" : ": auto took " + why);
    }

    /// Where what decides about audio turns to: it may have to wait for being heard again.
    calls::AudioJournal& callAudio() {
        if (afterCall_) return afterCall_->journal();
        return *journal_;
    }

    void makeApi() {
        const config::ServerSettings& server = setting_.settings.server;
        api_ = std::make_unique<api::Api>(
            network(),
            api::Options{server.cors.origins, server.dashboardDir, setting_.version, 10s,
                         orThrow(storage::serverIdentity(keyReader_))},
            api::Api::Ports{clock_, access_, *hub_, events_, *store_,
                            [this](const std::string& query, std::size_t limit) {
                                return ninja_ ? ninja_->directory.find(query, limit)
                                              : std::vector<protocol::Contact>{};
                            },
                            [this] { return moreMetrics(); }, log_, [this] { return problem(); },
                            [this] { return boardWarning_; }});
        net::Router router;
        api_->addRoutes(router);
        net::ServerOptions options = serverOptions(server);
        options.onProblem = [this](const std::string& problem) { log_->warn("{}", problem); };
        server_ = std::make_unique<net::HttpServer>(network(), std::move(options), std::move(router));
    }

    /// Before any connection: what a previous run left. Answers the PBX's keys of the open calls.
    std::vector<std::string> restore() {
        storage::OpenWorkScope scope;
        scope.startOfDayMs = toEpochMs(startOfDay(clock_.now()));
        // A day more than the audio is waited for: calls are found by their start.
        scope.lateAudioSinceMs = toEpochMs(clock_.now() - calls::HubOptions{}.lateAudioLimit - 24h);
        scope.recentSinceMs = toEpochMs(clock_.now() - kRecentTickets);
        std::vector<CallId> withAudio;
        for (const auto& [callId, found] : recovered_.readable) withAudio.push_back(callId);
        for (const auto& [callId, problem] : recovered_.unreadable) withAudio.push_back(callId);
        setUnknownAside(withAudio);
        for (const auto& [callId, found] : recovered_.readable)
            if (!found.isText) scope.withAudio.push_back(callId);
        for (const auto& [callId, problem] : recovered_.unreadable) scope.withAudio.push_back(callId);
        calls::OpenWork work = orThrow(store_->loadOpenWork(std::move(scope)));
        std::vector<std::string> phoneKeys;
        for (const auto& open : work.calls)
            if (!open.phoneKey.empty()) phoneKeys.push_back(open.phoneKey);
        std::set<CallId> first;
        for (const auto& open : work.calls)
            if (isReplayedFirst(open.call)) first.insert(open.call.callId);
        auto [audio, kept] = takeUpJournals(work);
        const std::set<CallId> lost = setUnreadableAside(work);
        if (!work.calls.empty() || !work.outbox.empty())
            log_->info("taking up {} calls, {} drafts and {} tickets of the previous run", work.calls.size(),
                       work.drafts.size(), work.outbox.size());
        if (ninja_)
            for (const calls::OpenWork::Ticket& ticket : work.tickets)
                ninja_->progress.follow(ticket.ticketId, fromEpochMs(ticket.changedAtMs), ticket.progress);
        std::vector<CallId> replay = hub_->restore(std::move(work), audio, lost);
        for (const CallId& callId : kept) callAudio().remove(callId);
        recovered_ = {};
        if (!replay.empty())
            asio::co_spawn(context_,
                           replayJournals(
                               journalFolder_, std::move(replay), std::move(first), *hub_,
                               [this] { return transcriber_->backlogBytes(); }, log_),
                           [this](std::exception_ptr failure) {
                               if (failure)
                                   log_->error("reading the journals again ended unexpectedly: {}",
                                               reasonOf(failure));
                           });
        return phoneKeys;
    }

    struct TakenUp {
        std::map<CallId, protocol::ChannelPositions> audio;  // for the hub
        std::vector<CallId> kept;                            // all text, and no call goes on with it
    };
    /// Of those that can be read; what turns out to be unreadable joins the others.
    TakenUp takeUpJournals(const calls::OpenWork& work) {
        std::map<CallId, const protocol::Call*> open;
        for (const auto& one : work.calls) open.emplace(one.call.callId, &one.call);
        TakenUp taken;
        for (auto& [callId, found] : recovered_.readable) {
            const auto call = open.find(callId);
            if (journalUse(call == open.end() ? nullptr : call->second, found.isText) ==
                JournalUse::StayKept) {
                taken.kept.push_back(callId);
                continue;
            }
            if (found.isText) {  // where a call goes on, its audio alone tells its positions
                auto read = journal::recoverJournal(journalFolder_, callId);
                if (!read) {
                    recovered_.unreadable.emplace(callId, read.error());
                    continue;
                }
                found = *read;
            }
            taken.audio[callId] = found.next;
            if (found.damagedBytes > 0)
                log_->error("journal of {}: {} bytes are damaged and lost", callId.value(),
                            found.damagedBytes);
        }
        return taken;
    }

    /// After another restore, calls whose audio was set aside may be there again.
    void takeKnownBack() {
        const auto aside = orThrow(journal::journalsIn(journal::unknownFolder(journalFolder_)));
        const auto unknown = orThrow(storage::unknownCalls(keyReader_, aside));
        for (const CallId& callId : aside) {
            if (std::ranges::find(unknown, callId) != unknown.end()) continue;
            if (auto taken = journal::takeUnknownBack(journalFolder_, callId); !taken)
                log_->error("journal of {}, which is known again: {}", callId.value(), taken.error().detail);
            else
                log_->info("journal of {}: the call is known again, its audio is taken up", callId.value());
        }
    }

    /// Their audio was acknowledged, so it is not for us to delete: the database may be an older one, restored.
    void setUnknownAside(const std::vector<CallId>& withAudio) {
        for (const CallId& callId : orThrow(storage::unknownCalls(keyReader_, withAudio))) {
            recovered_.readable.erase(callId);
            recovered_.unreadable.erase(callId);
            const auto moved = journal::setUnknownAside(journalFolder_, callId);
            if (moved)
                log_->warn(
                    "journal of {}: the database knows no such call (was a backup restored?); its audio is "
                    "not transcribed and kept as {} until the retention time or 'purge'",
                    callId.value(), moved->string());
            else
                log_->error("journal of {}: the database knows no such call; {}", callId.value(),
                            moved.error().detail);
        }
    }

    /// So that these calls, too, can take audio again. Answers whose audio is lost.
    std::set<CallId> setUnreadableAside(const calls::OpenWork& work) {
        std::set<CallId> lost;
        for (const auto& [callId, problem] : recovered_.unreadable) {
            const bool isWanted = std::ranges::any_of(work.calls, [&](const auto& open) {
                return open.call.callId == callId && open.call.recording != protocol::Recording::Blocked;
            });
            if (!isWanted) {
                log_->error("journal of {}, which needs none: {}; it is removed", callId.value(),
                            problem.detail);
                journal_->erase(callId);
                continue;
            }
            lost.insert(callId);
            const auto moved = journal::setAside(journalFolder_, callId);
            if (moved)
                log_->error("journal of {}: {}; it is kept as {}, and the call goes on without that audio",
                            callId.value(), problem.detail, moved->string());
            else
                log_->error("journal of {}: {}; {}; the call goes on without that audio", callId.value(),
                            problem.detail, moved.error().detail);
        }
        return lost;
    }

    void eraseUnknownAudio(std::int64_t beforeMs) {
        asio::post(disk_, [folder = journalFolder_, beforeMs, log = log_] {
            const auto erased = journal::eraseUnknown(folder, beforeMs);
            if (!erased)
                log->error("retention: {}", erased.error().detail);
            else if (*erased > 0)
                log->info("retention: the audio of {} unknown calls erased", *erased);
        });
    }

    void makePbx(std::vector<std::string> openKeys) {
        if (setting_.settings.pbx.url.empty()) {
            hub_->onPbxLink(protocol::LinkState::NotConfigured);
            return;
        }
        // Whether the calls of before go on is not known until the first look: faces say so.
        hub_->onPbxLink(protocol::LinkState::Connecting);
        telephony::PbxHandlers handlers{
            [this](const calls::PhoneEvent& event) { hub_->onPhone(event); },
            [this](const std::string& prefix, const std::vector<std::string>& live) {
                hub_->onPhoneResync(prefix, live);
            },
            [this](protocol::LinkState state) { hub_->onPbxLink(state); }};
        if (setting_.settings.pbx.acceptAnyCertificate)
            log_->warn(
                "pbx.acceptAnyCertificate is unsafe: whoever stands between this server and the PBX may read "
                "its key "
                "and every call. Set it to false, and name a private authority's file in pbx.caFile");
        pbx_ = std::make_unique<telephony::PbxLink>(
            telephony::PbxParts{network(), pbxHttp_, pbxTime_, log_}, pbxSetup(setting_),
            [this](net::WebSocketClientOptions options) {
                return net::connectWebSocket(network(), std::move(options));
            },
            std::move(handlers), std::move(openKeys));
        makeSiteWatch();
        if (setting_.settings.pbx.recordings)
            recordings_ = std::make_unique<telephony::RecordingFetch>(
                network(), recordingThread_.get_executor(), recordingFetchOptions(setting_.settings.pbx),
                pbx_->asker(),
                telephony::RecordingFetch::Ports{*hub_, clock_,
                                                 [this] { return transcriber_->backlogBytes(); }, log_});
    }

    void makeSiteWatch() {
        telephony::SiteWatchHandlers handlers{
            [this](std::map<Extension, calls::PbxUser> users) { hub_->onPbxUsers(std::move(users)); },
            [this](std::map<Extension, std::string> emails) {
                if (ninja_) ninja_->directory.knowEmails(std::move(emails));
            },
            [this](std::optional<std::vector<protocol::QueueState>> queues) {
                hub_->onQueues(std::move(queues));
            }};
        siteWatch_ =
            std::make_unique<telephony::SiteWatch>(network(), siteWatchOptions(setting_.settings.pbx),
                                                   pbx_->asker(), clock_, std::move(handlers), log_);
    }

    void tick() {
        if (languageModel_) languageModel_->analyser().tick();  // before the hub loses its patience
        hub_->onStorage(storageProblem());
        hub_->tick();
        if (std::exchange(isFullTold_, hub_->isFull()) != hub_->isFull()) sayWhetherFull();
        api_->tick();
        if (clock_.steady() - keysReadAt_ >= kKeysEvery) refreshKeys();
        retention_->tick();
        if (afterCall_) afterCall_->tick();
        if (siteWatch_) siteWatch_->tick();
        if (recordings_) recordings_->tick();
        if (audioStore_.wantsProbe()) journal_->probe();
        if (clock_.steady() - storeProbedAt_ >= kStoreProbeEvery) {
            storeProbedAt_ = clock_.steady();
            store_->probe();
        }
        if (clock_.steady() - certificateCheckedAt_ >= 24h) checkCertificate();
        tick_.expires_after(kTick);
        tick_.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled) tick();
        });
    }

    void sayWhetherFull() {
        if (hub_->isFull())
            log_->error(
                "more waits for the database than the memory is for: no audio is taken until it can be "
                "written. "
                "Agent programs keep what they record");
        else
            log_->info("what waited for the database is being written: audio is taken again");
    }

    void refreshKeys() {
        keysReadAt_ = clock_.steady();
        using Keys = std::vector<storage::ApiKey>;
        store_->withKeys<Keys>([](storage::ApiKeys& keys) { return keys.list(); },
                               [this](Result<Keys> keys) {
                                   if (keys)
                                       access_.setKeys(activeKeys(*keys));
                                   else
                                       log_->error("the keys cannot be read: {}", keys.error().detail);
                               });
    }

    static std::optional<auth::KeyRecord> activeKey(const storage::ApiKey& key) {
        const auto role = auth::roleNamed(key.role);
        if (!role || key.revokedAtMs) return std::nullopt;
        return auth::KeyRecord{key.keyId, *role, key.extension, key.hash};
    }
    static std::vector<auth::KeyRecord> activeKeys(const std::vector<storage::ApiKey>& keys) {
        std::vector<auth::KeyRecord> active;
        for (const storage::ApiKey& key : keys)
            if (auto record = activeKey(key)) active.push_back(std::move(*record));
        return active;
    }
    std::optional<auth::KeyRecord> findKey(const std::string& hash) {
        const auto found = storage::ApiKeys{keyReader_}.findByHash(hash);
        return found && *found ? activeKey(**found) : std::nullopt;
    }

    /// For `keys list`, which says when a key was used last.
    void touchKey(const std::string& keyId) {
        store_->withKeys<void>([keyId, nowMs = toEpochMs(clock_.now())](
                                   storage::ApiKeys& keys) { return keys.touch(keyId, nowMs); },
                               [this](Result<void> touched) {
                                   if (!touched)
                                       log_->error("a key's use cannot be noted: {}", touched.error().detail);
                               });
    }

    /// Access tells of few, so a flood fills neither the log nor the audit trail.
    void auditRefusal(const std::string& about) {
        lifeLog_.noteRefusal(about);
        std::vector<calls::Change> line;
        line.emplace_back(calls::AuditEntry{toEpochMs(clock_.now()), "unknown", "login.refuse", about});
        store_->commit(std::move(line), [](const Result<void>&) {});  // a failure is told by `onProblem`
    }

    /// On the small-files thread: it reads a file.
    void checkCertificate() {
        certificateCheckedAt_ = clock_.steady();
        const std::string& file = setting_.settings.server.tls.certificateFile;
        if (file.empty()) return;
        asio::post(disk_, [file, log = log_, now = clock_.now()] {
            const auto certificate = readCertificate(file);
            if (!certificate || validityOf(*certificate, now) == Validity::Good) return;
            log->warn("{} is good from {} to {} only: '3cx-ninja-server doctor' says how to renew it", file,
                      toIso8601(certificate->notBefore), toIso8601(certificate->notAfter));
        });
    }

    std::optional<protocol::StorageProblem> storageProblem() const {
        if (audioStore_.problem()) return protocol::StorageProblem::AudioNotStored;
        if (store_->problem()) return protocol::StorageProblem::DatabaseNotWritten;
        return std::nullopt;
    }

    /// Audio that is refused now matters more than tickets that wait, and these more than old calls that stay.
    std::optional<std::string> problem() const {
        if (auto audio = audioStore_.problem()) return audio;
        if (ninja_ && ninja_->client.trouble() != ticketing::Trouble::None)
            return ticketing::textOf(ninja_->client.trouble());
        if (pbx_)
            if (auto pbx = pbx_->problem()) return pbx;
        return retention_->problem();
    }

    std::string moreMetrics() const {
        return "# TYPE ninja3cx_utterances_waiting gauge\nninja3cx_utterances_waiting " +
               std::to_string(transcriber_->load().pool.waitingFinals) +
               "\n# TYPE ninja3cx_store_queue gauge\nninja3cx_store_queue " +
               std::to_string(store_->queued()) +
               "\n# TYPE ninja3cx_log_messages_dropped_total counter\nninja3cx_log_messages_dropped_total " +
               std::to_string(logging::droppedBy(*log_)) + "\n" + audioStore_.metrics() +
               (afterCall_ ? afterCall_->metrics() : std::string{}) +
               (languageModel_ ? languageModel_->metrics() : std::string{}) +
               (siteWatch_ ? siteWatch_->metrics() : std::string{}) +
               (ninja_ ? ninjaMetrics({ninja_->tokens.facts(), ninja_->directory.readAtMs(),
                                       ninja_->progress.lookedAt()},
                                      ninja_->clock.now(), tally_)
                       : std::string{});
    }

    void announce() {
        const config::ServerSettings& server = setting_.settings.server;
        const std::string scheme = server.tls.certificateFile.empty() ? "http" : "https";
        const bool isEverywhere = server.address == "0.0.0.0" || server.address == "::";
        std::string host = server.address;
        if (isEverywhere || isLoopback(host))
            host = "localhost";
        else if (host.find(':') != std::string::npos)
            host = "[" + host + "]";
        const std::string url = scheme + "://" + host + ":" + std::to_string(server_->port());
        log_->info("3cx-ninja-server {} on {}", setting_.version, url);
        if (!server.tls.certificateFile.empty())
            if (const auto certificate = readCertificate(server.tls.certificateFile))
                log_->info("its certificate's public key, as agents show it when they pair: SHA-256 {}",
                           certificate->key.text());
        beFound();
        if (const auto warning = warningOfReach(server)) log_->warn("{}", *warning);
        if (!setting_.arguments.has("print-link")) return;
        std::cout << "Open " << url << "/login?once=" << access_.makeLink(auth::Role::Supervisor)
                  << " (works once, within 30 minutes; the login lasts 12 hours)" << std::endl;
    }

    /// By the set-up of agents on this network.
    void beFound() {
        const config::ServerSettings& server = setting_.settings.server;
        if (!server.discovery.enabled || isLoopback(server.address)) return;
        discovery::Announcement announcement;
        announcement.name = serviceName();
        announcement.address = server.address;
        announcement.port = server_->port();
        announcement.record = {orThrow(storage::serverIdentity(keyReader_)), setting_.version,
                               !server.tls.certificateFile.empty(), "/ws"};
        publisher_ = discovery::publish(
            std::move(announcement), [log = log_](discovery::PublishNews news, const std::string& detail) {
                switch (news) {
                    case discovery::PublishNews::Published:
                        return log->info("agents on this network find this server as '{}'", detail);
                    case discovery::PublishNews::Absent:
                        return log->info(
                            "agents do not find this server by themselves, they are given its address: Avahi "
                            "is not here ({})",
                            detail);
                    case discovery::PublishNews::Lost:
                        return log->info(
                            "agents do not find this server by themselves until Avahi is back ({})", detail);
                    case discovery::PublishNews::Refused:
                        return log->warn(
                            "agents do not find this server by themselves: Avahi refuses to publish it ({})",
                            detail);
                    case discovery::PublishNews::None:
                        return;
                }
            });
    }

    /// First part: nothing new comes in, connections end.
    void stop() {
        log_->info("stopping");
        api_->tick();  // acknowledge what is on disk
        server_->stop(kStopGrace);
        if (siteWatch_) siteWatch_->stop();
        if (recordings_) recordings_->stop();
        if (pbx_) pbx_->stop();
        if (afterCall_) afterCall_->stop();
        if (languageModel_) languageModel_->analyser().stop();
        if (ninja_) {
            isStopping_ = true;
            ninja_->client.onLink({});  // that we hang up is no news of NinjaOne
            ninja_->keeper.stop();
            ninja_->directory.stop();
            ninja_->progress.stop();
            ninja_->delivery.stop();
            ninja_->http.stop();
        }
    }

    /// Second part, when the loop has ended: audio that came in is on disk, transcription is cut off (its
    /// audio is read again at the next start), the database last.
    void shutDown() {
        transcriber_.reset();
        afterCall_.reset();
        journal_.reset();
        disk_.join();
        recordingThread_.join();
        store_.reset();
        publisher_.reset();
        log_->info("stopped");
    }

    const Setting setting_;
    std::shared_ptr<spdlog::logger> log_;
    const std::filesystem::path journalFolder_;
    RealClock clock_;
    asio::io_context context_{1};
    asio::thread_pool disk_{1};  // small files: tokens, the directory's copy, old audio of unknown calls
    std::unique_ptr<storage::SqliteStore> store_;
    /// Network thread: one indexed row, for a key that was made a moment ago. Before, whose audio is known.
    storage::Database keyReader_;
    auth::Access access_;
    broadcast::EventHub events_;
    LifeLog lifeLog_;  // on the way from the hub to the events
    AudioStore audioStore_;
    analysis::BackgroundAnalyser analyser_;
    std::unique_ptr<LanguageModel> languageModel_;  // none unless it is configured
    journal::RecoveredJournals recovered_;
    std::unique_ptr<calls::CallHub> hub_;
    WithoutNinja withoutNinja_;
    std::shared_ptr<transcription::CurrentVocabulary> vocabulary_;
    std::unique_ptr<transcription::LocalTranscriber> transcriber_;
    std::unique_ptr<NoSpeech> noSpeech_;  // in its place
    std::unique_ptr<journal::FileAudioJournal> journal_;
    std::unique_ptr<AfterCall> afterCall_;
    TicketTally tally_;
    bool isStopping_ = false;
    bool wantsTenantCheck_ = true;  // once it is reached
    std::optional<std::string> boardWarning_;
    std::unique_ptr<Ninja> ninja_;
    net::HttpClient pbxHttp_{context_.get_executor()};
    RealTime pbxTime_{clock_};
    std::unique_ptr<telephony::PbxLink> pbx_;
    asio::thread_pool recordingThread_{1};
    std::unique_ptr<telephony::SiteWatch> siteWatch_;
    std::unique_ptr<telephony::RecordingFetch> recordings_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<discovery::Publisher> publisher_;  // none where nobody else reaches the server
    std::unique_ptr<Retention> retention_;
    asio::steady_timer tick_{context_};
    bool isFullTold_ = false;
    SteadyTime keysReadAt_{};
    SteadyTime storeProbedAt_{};
    SteadyTime certificateCheckedAt_{};
};

Server::Server(const Setting& setting, const storage::DataDirLock& lock, Speech speech,
               std::shared_ptr<spdlog::logger> log)
    : impl_(std::make_unique<Impl>(setting, lock, std::move(speech), std::move(log))) {}
Server::~Server() = default;
void Server::run() {
    impl_->run();
}

}  // namespace ninja3cx::app
