#include "server/tests/api/world.hpp"

#include "server/auth/hash.hpp"
#include "shared/protocol/codes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace ninja3cx::api {

using namespace std::chrono_literals;

struct World::Doubles {
    struct Journal final : calls::AudioJournal {
        World* world = nullptr;
        void append(const CallId& callId, protocol::AudioFrame frame) override {
            asio::post(world->context_, [this, callId, frame = std::move(frame)]() mutable {
                world->hub_->onAudioDurable(callId, std::move(frame));
            });
        }
        void remove(const CallId&) override {}
        void erase(const CallId&) override {}
    } journal;
    struct Transcriber final : calls::Transcriber {
        void open(Stream) override {}
        void feed(const CallId&, protocol::Speaker, std::int64_t, std::vector<std::int16_t>) override {}
        void finish(const CallId&, protocol::Speaker) override {}
        void drop(const CallId&) override {}
    } transcriber;
    struct Analyser final : calls::Analyser {
        void analyse(protocol::AnalysisInput, Done done, Better) override { done(protocol::Analysis{}); }
        calls::Masked mask(const std::string& text, const std::string&, const std::string&) const override {
            return {text};
        }
        std::span<const std::string_view> revealingEndings() const override { return {}; }
    } analyser;
    struct Directory final : calls::Directory {
        protocol::CallerMatch match(const std::string&) const override { return {}; }
        std::optional<protocol::Contact> contact(const std::string&) const override { return std::nullopt; }
    } directory;
    struct Tickets final : calls::TicketDesk {
        void amend(calls::OutboxEntry) override {}
        void deliver(calls::OutboxEntry) override {}
        void decide(const DraftId&, protocol::DeliveryDecision, std::optional<TicketId>,
                    std::optional<calls::OutboxEntry>) override {}
    } tickets;
};

World::World()
    : folder_(std::filesystem::temp_directory_path() / ("api_test_" + std::to_string(::getpid()))),
      doubles_(std::make_unique<Doubles>()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "dist/assets");
    std::ofstream{folder_ / "dist/index.html"} << "<!doctype html>";
    std::ofstream{folder_ / "dist/assets/app-1f.js"} << "1;";

    doubles_->journal.world = this;
    auto store = storage::SqliteStore::open(folder_ / "data", context_.get_executor());
    if (!store) throw std::runtime_error{store.error().detail};
    store_ = std::move(*store);
    events_ = std::make_unique<broadcast::EventHub>("epoch-1");
    calls::HubOptions options;
    options.serverVersion = "1.2.3";
    hub_ = std::make_unique<calls::CallHub>(
        options, calls::CallHub::Ports{clock_, *store_, doubles_->journal, doubles_->transcriber,
                                       doubles_->analyser, doubles_->directory, doubles_->tickets, *events_});

    keys_["site"] = "the-site-key-0123456789";
    access_ = std::make_unique<auth::Access>(
        auth::AccessOptions{
            keys_["site"], {}, {}, {}, [this](const std::string& about) { refused_.push_back(about); }},
        clock_);
    std::vector<auth::KeyRecord> records;
    const auto add = [&](const std::string& name, auth::Role role, std::optional<Extension> extension) {
        keys_[name] = auth::makeKey();
        records.push_back({"key-" + name, role, std::move(extension), auth::sha256Hex(keys_[name])});
    };
    add("agent201", auth::Role::Agent, Extension{"201"});
    add("agent202", auth::Role::Agent, Extension{"202"});
    add("dashboard", auth::Role::Dashboard, std::nullopt);
    add("supervisor", auth::Role::Supervisor, std::nullopt);
    add("admin", auth::Role::Admin, std::nullopt);
    access_->setKeys(std::move(records));

    Options apiOptions{{"http://localhost:4173"}, folder_ / "dist", "1.2.3", 200ms, "s-1"};
    api_ = std::make_unique<Api>(
        context_.get_executor(), apiOptions,
        Api::Ports{
            clock_,
            *access_,
            *hub_,
            *events_,
            *store_,
            [](const std::string&, std::size_t) {
                protocol::Contact contact;
                contact.uid = "u1";
                contact.name = "Claire Martin";
                return std::vector{contact};
            },
            [] { return std::string{"extra_metric 1\n"}; },
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(log_)),
            {},
            [this] { return ninjaWarning_; }});
    net::Router router;
    api_->addRoutes(router);
    net::ServerOptions serverOptions;
    serverOptions.maxMessageBytes = 64 * 1024;
    serverOptions.onProblem = [](const std::string& problem) { ADD_FAILURE() << problem; };
    server_ = std::make_unique<net::HttpServer>(context_.get_executor(), serverOptions, std::move(router));
    asio::co_spawn(context_, server_->run(), asio::detached);
}

World::~World() {
    server_->stop(0ms);
    context_.restart();
    context_.run_for(2s);
    server_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
}

void World::run(std::function<asio::awaitable<void>()> scenario) {
    struct Outcome {  // a scenario that hangs ends after this function
        bool isDone = false;
        std::exception_ptr failure;
    };
    const auto outcome = std::make_shared<Outcome>();
    asio::co_spawn(context_, scenario(), [outcome](std::exception_ptr thrown) {
        outcome->failure = thrown;
        outcome->isDone = true;
    });
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!outcome->isDone && std::chrono::steady_clock::now() < deadline) context_.run_one_for(100ms);
    ASSERT_TRUE(outcome->isDone) << "the scenario hangs";
    if (outcome->failure) std::rethrow_exception(outcome->failure);
}

void World::ring(const std::string& extension, const std::string& number, protocol::CallState state) {
    calls::PhoneEvent event;
    event.key = "3cx/" + extension + "/1/1";
    event.extension = Extension{extension};
    event.technician = "Technician " + extension;
    event.state = state;
    event.remoteNumber = number;
    event.remoteName = "Secret Customer";
    hub_->onPhone(event);
}

CallId World::ringing(const std::string& extension, const std::string& number, protocol::CallState state) {
    ring(extension, number, state);
    while (callOf(extension).value() == "none") context_.run_one_for(10s);
    return callOf(extension);
}

CallId World::callOf(const std::string& extension) const {
    for (const protocol::Call& call : hub_->snapshot(std::nullopt).calls)
        if (call.extension.value() == extension) return call.callId;
    return CallId{"none"};
}

asio::awaitable<net::HttpResponse> World::http(std::string method, std::string path, net::Headers headers,
                                               std::string body) {
    net::HttpClient client{context_.get_executor()};
    net::ClientRequest request;
    request.method = std::move(method);
    request.url = url(path);
    request.headers = std::move(headers);
    request.body = std::move(body);
    auto response = co_await client.send(std::move(request));
    if (!response) throw std::runtime_error{path + ": " + response.error().detail};
    co_return std::move(*response);
}

asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> World::socket(net::Headers headers) {
    net::WebSocketClientOptions options;
    options.url = "ws" + url("/ws").substr(4);
    options.headers = std::move(headers);
    co_return co_await net::connectWebSocket(context_.get_executor(), std::move(options));
}

net::Headers World::bearer(const std::string& key) {
    net::Headers headers;
    headers.set("Authorization", "Bearer " + key);
    return headers;
}

asio::awaitable<void> World::settle() {
    for (int i = 0; i < 5; ++i) co_await asio::post(context_, asio::use_awaitable);
}

asio::awaitable<std::optional<protocol::ServerMessage>> next(
    std::shared_ptr<net::WebSocketConnection> socket) {
    auto received = co_await socket->receive();
    if (!received) co_return std::nullopt;
    auto message = protocol::decodeServerMessage(received->data);
    if (!message) {
        ADD_FAILURE() << message.error().detail;
        co_return std::nullopt;
    }
    if (const auto* refusal = std::get_if<protocol::ErrorReply>(&*message)) {
        EXPECT_TRUE(protocol::codeNamed<protocol::RefusalCode>(refusal->code))
            << "no face has words for " << refusal->code;
    }
    co_return std::move(*message);
}

}  // namespace ninja3cx::api
