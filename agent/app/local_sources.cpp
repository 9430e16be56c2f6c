#include "agent/app/local_sources.hpp"

#include "agent/platform/unix_socket.hpp"

namespace ninja3cx::agent {
namespace {

constexpr std::chrono::seconds kHandOverTakes{5};
constexpr std::size_t kSecondStarts = 8;  // at a time

}  // namespace

std::filesystem::path handOverPlace(const std::filesystem::path& folder) {
    return folder / "agent.sock";
}

LocalSources::LocalSources(boost::asio::any_io_executor executor, const Clock& clock,
                           const LocalSourceOptions& options, PhoneWatch& phone, Face& face,
                           std::unique_ptr<PhoneActivity> activity)
    : clock_(clock),
      phone_(phone),
      face_(face),
      handOver_([this](const Caller& caller) { phone_.onHook(Source::Ring, caller); }),
      activity_(std::move(activity)) {
    openHandOver(executor, options);
    if (options.contactPort != 0) openContactUrl(executor, options);
    if (options.softphonePipe) openSoftphone(executor, options);
    phone_.useSoftphone([this](const std::string& number) {
        if (!softphone_) return false;
        softphonePipe_->send(softphoneConnection_, softphone_->makeCall(number));
        return true;
    });
    if (activity_) activity_->start([this](bool isRecording) { phone_.onPhoneAudio(isRecording); });
}

void LocalSources::tick() {
    if (activity_) activity_->tick();
}

LocalSources::~LocalSources() {
    phone_.useSoftphone(nullptr);
}

void LocalSources::openContactUrl(const boost::asio::any_io_executor& executor,
                                  const LocalSourceOptions& options) {
    const auto url = contactUrlIn(options.folder, options.contactPort);
    if (!url) return face_.showProblem(LocalProblem::ContactUrl, url.error().detail);
    auto opened = ContactListener::open(
        executor, *url, [this](const Caller& caller) { phone_.onHook(Source::ContactUrl, caller); });
    if (!opened) return face_.showProblem(LocalProblem::ContactUrl, opened.error().detail);
    contacts_ = std::move(*opened);
    if (url->isNew) face_.showContactUrl(url->text());  // it holds the secret: later `--contact-url` tells it
}

void LocalSources::openHandOver(const boost::asio::any_io_executor& executor,
                                const LocalSourceOptions& options) {
    auto server = serveUnixSocket(executor, {handOverPlace(options.folder), kSecondStarts, kHandOverTakes},
                                  handOver_.handlers());
    if (!server) return face_.showProblem(LocalProblem::HandOver, server.error().detail);
    secondStarts_ = std::move(*server);
    handOver_.use(*secondStarts_);
}

void LocalSources::openSoftphone(const boost::asio::any_io_executor& executor,
                                 const LocalSourceOptions& options) {
    auto server = serveUnixSocket(executor, {*options.softphonePipe}, softphoneHandlers(options.extension));
    if (!server) return face_.showProblem(LocalProblem::SoftphonePipe, server.error().detail);
    softphonePipe_ = std::move(*server);
}

PipeServer::Handlers LocalSources::softphoneHandlers(const std::string& extension) {
    return {[this, extension](PipeServer::ConnectionId connection) {
                softphone_.emplace(extension);
                softphoneConnection_ = connection;
                softphonePipe_->send(connection, softphone_->hello());
            },
            [this](PipeServer::ConnectionId, std::string_view bytes) {
                const bool wasGreeted = softphone_->isGreeted();
                const auto seen = softphone_->hear(bytes, clock_.steady());
                if (!wasGreeted && softphone_->isGreeted()) face_.showSoftphone(true);
                phone_.onSoftphone(seen);
            },
            [this](PipeServer::ConnectionId) {
                if (softphone_->isGreeted()) face_.showSoftphone(false);
                softphone_.reset();
                phone_.onSoftphoneGone();
            }};
}

}  // namespace ninja3cx::agent
