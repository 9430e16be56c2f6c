#include "agent/platform/pulse_activity.hpp"

#include "agent/platform/recording_streams.hpp"

#include <dlfcn.h>
#include <pulse/context.h>
#include <pulse/introspect.h>
#include <pulse/proplist.h>
#include <pulse/subscribe.h>
#include <pulse/thread-mainloop.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <utility>

namespace ninja3cx::agent {
namespace {

constexpr std::chrono::seconds kBetweenTries{10};

/// The library's functions, found in it when the program runs: a PC without sound has none.
class Pulse {
public:
    Pulse() : library_(::dlopen("libpulse.so.0", RTLD_NOW | RTLD_LOCAL)) {
        isThere_ =
            library_ && find("pa_threaded_mainloop_new", loopNew) &&
            find("pa_threaded_mainloop_free", loopFree) && find("pa_threaded_mainloop_start", loopStart) &&
            find("pa_threaded_mainloop_stop", loopStop) && find("pa_threaded_mainloop_get_api", loopApi) &&
            find("pa_threaded_mainloop_lock", loopLock) && find("pa_threaded_mainloop_unlock", loopUnlock) &&
            find("pa_context_new", contextNew) && find("pa_context_unref", contextUnref) &&
            find("pa_context_connect", contextConnect) && find("pa_context_disconnect", contextDisconnect) &&
            find("pa_context_get_state", contextState) && find("pa_context_set_state_callback", onState) &&
            find("pa_context_set_subscribe_callback", onSubscribed) &&
            find("pa_context_subscribe", subscribe) && find("pa_context_get_source_output_info", infoOf) &&
            find("pa_context_get_source_output_info_list", infoOfAll) &&
            find("pa_operation_unref", operationUnref) && find("pa_proplist_gets", property);
    }
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;
    ~Pulse() {
        if (library_) ::dlclose(library_);
    }
    bool isThere() const { return isThere_; }

    decltype(&pa_threaded_mainloop_new) loopNew = nullptr;
    decltype(&pa_threaded_mainloop_free) loopFree = nullptr;
    decltype(&pa_threaded_mainloop_start) loopStart = nullptr;
    decltype(&pa_threaded_mainloop_stop) loopStop = nullptr;
    decltype(&pa_threaded_mainloop_get_api) loopApi = nullptr;
    decltype(&pa_threaded_mainloop_lock) loopLock = nullptr;
    decltype(&pa_threaded_mainloop_unlock) loopUnlock = nullptr;
    decltype(&pa_context_new) contextNew = nullptr;
    decltype(&pa_context_unref) contextUnref = nullptr;
    decltype(&pa_context_connect) contextConnect = nullptr;
    decltype(&pa_context_disconnect) contextDisconnect = nullptr;
    decltype(&pa_context_get_state) contextState = nullptr;
    decltype(&pa_context_set_state_callback) onState = nullptr;
    decltype(&pa_context_set_subscribe_callback) onSubscribed = nullptr;
    decltype(&pa_context_subscribe) subscribe = nullptr;
    decltype(&pa_context_get_source_output_info) infoOf = nullptr;
    decltype(&pa_context_get_source_output_info_list) infoOfAll = nullptr;
    decltype(&pa_operation_unref) operationUnref = nullptr;
    decltype(&pa_proplist_gets) property = nullptr;

private:
    template <class F>
    bool find(const char* name, F& function) {
        function = reinterpret_cast<F>(::dlsym(library_, name));
        return function != nullptr;
    }

    void* library_;
    bool isThere_ = false;
};

/// One connection to the sound server. All but the constructor and the destructor runs on the library's thread.
class PulseConnection {
public:
    using Tell = std::function<void(std::optional<bool> isRecording)>;  // empty: the connection is lost

    PulseConnection(const Pulse& pulse, std::vector<std::string> programs, Tell tell)
        : pulse_(pulse), streams_(std::move(programs)), tell_(std::move(tell)), loop_(pulse.loopNew()) {
        if (!loop_) return;
        context_ = pulse_.contextNew(pulse_.loopApi(loop_), "3cx-ninja-agent");
        if (!context_) return;
        pulse_.onState(
            context_, [](pa_context*, void* self) { static_cast<PulseConnection*>(self)->stateChanged(); },
            this);
        pulse_.onSubscribed(
            context_,
            [](pa_context*, pa_subscription_event_type_t event, std::uint32_t index, void* self) {
                static_cast<PulseConnection*>(self)->streamChanged(event, index);
            },
            this);
        isOpen_ = pulse_.contextConnect(context_, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) >= 0 &&
                  pulse_.loopStart(loop_) >= 0;
    }
    PulseConnection(const PulseConnection&) = delete;
    PulseConnection& operator=(const PulseConnection&) = delete;
    ~PulseConnection() {
        if (context_ && loop_) {
            pulse_.loopLock(loop_);
            pulse_.onState(context_, nullptr, nullptr);
            pulse_.contextDisconnect(context_);
            pulse_.loopUnlock(loop_);
        }
        if (isOpen_) pulse_.loopStop(loop_);
        if (context_) pulse_.contextUnref(context_);
        if (loop_) pulse_.loopFree(loop_);
    }
    bool isOpen() const { return isOpen_; }

private:
    void stateChanged() {
        const pa_context_state_t state = pulse_.contextState(context_);
        if (state == PA_CONTEXT_FAILED || state == PA_CONTEXT_TERMINATED) tell_(std::nullopt);
        if (state != PA_CONTEXT_READY) return;
        forget(pulse_.subscribe(context_, PA_SUBSCRIPTION_MASK_SOURCE_OUTPUT, nullptr, nullptr));
        forget(pulse_.infoOfAll(context_, &PulseConnection::described, this));
    }

    void streamChanged(pa_subscription_event_type_t event, std::uint32_t index) {
        if ((event & PA_SUBSCRIPTION_EVENT_TYPE_MASK) != PA_SUBSCRIPTION_EVENT_REMOVE)
            return forget(pulse_.infoOf(context_, index, &PulseConnection::described, this));
        streams_.remove(index);
        tellChange();
    }

    static void described(pa_context*, const pa_source_output_info* info, int isEnd, void* self) {
        if (isEnd != 0 || !info) return;
        auto& connection = *static_cast<PulseConnection*>(self);
        const auto text = [&](const char* key) {
            const char* const found = connection.pulse_.property(info->proplist, key);
            return std::string{found ? found : ""};
        };
        connection.streams_.note({info->index, text(PA_PROP_APPLICATION_PROCESS_BINARY), info->corked != 0,
                                  text(PA_PROP_APPLICATION_PROCESS_ID) == std::to_string(::getpid())});
        connection.tellChange();
    }

    void tellChange() {
        if (std::exchange(wasRecording_, streams_.isRecording()) != streams_.isRecording())
            tell_(streams_.isRecording());
    }
    void forget(pa_operation* operation) const {
        if (operation) pulse_.operationUnref(operation);
    }

    const Pulse& pulse_;
    RecordingStreams streams_;
    Tell tell_;
    pa_threaded_mainloop* loop_;
    pa_context* context_ = nullptr;
    bool isOpen_ = false;
    bool wasRecording_ = false;
};

class PulseActivity final : public PhoneActivity {
public:
    PulseActivity(std::unique_ptr<Pulse> pulse, std::vector<std::string> programs,
                  std::function<void(std::function<void()>)> post)
        : pulse_(std::move(pulse)), programs_(std::move(programs)), post_(std::move(post)) {}
    ~PulseActivity() override { *isGone_ = true; }

    void start(OnChange onChange) override {
        onChange_ = std::move(onChange);
        open();
    }

    void tick() override {
        if (isLost_ && std::chrono::steady_clock::now() - openedAt_ >= kBetweenTries) open();
    }

private:
    void open() {
        connection_.reset();  // before another one tells anything
        openedAt_ = std::chrono::steady_clock::now();
        isLost_ = false;
        connection_ = std::make_unique<PulseConnection>(
            *pulse_, programs_, [this, isGone = isGone_](std::optional<bool> isRecording) {
                post_([this, isGone, isRecording] {
                    if (!*isGone) told(isRecording);
                });
            });
        isLost_ = isLost_ || !connection_->isOpen();
    }

    void told(std::optional<bool> isRecording) {
        if (!isRecording) isLost_ = true;
        const bool isOn = isRecording.value_or(false);
        if (std::exchange(isOn_, isOn) != isOn) onChange_(isOn);
    }

    std::unique_ptr<Pulse> pulse_;
    std::vector<std::string> programs_;
    std::function<void(std::function<void()>)> post_;
    OnChange onChange_;
    std::shared_ptr<bool> isGone_ = std::make_shared<bool>(false);
    std::chrono::steady_clock::time_point openedAt_{};
    bool isLost_ = true;
    bool isOn_ = false;
    std::unique_ptr<PulseConnection> connection_;
};

}  // namespace

std::unique_ptr<PhoneActivity> pulseActivity(std::vector<std::string> programs,
                                             std::function<void(std::function<void()>)> post) {
    auto pulse = std::make_unique<Pulse>();
    if (!pulse->isThere()) return nullptr;
    return std::make_unique<PulseActivity>(std::move(pulse), std::move(programs), std::move(post));
}

}  // namespace ninja3cx::agent
