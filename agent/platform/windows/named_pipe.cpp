#include "agent/platform/windows/named_pipe.hpp"

#ifndef UNICODE
#define UNICODE
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
// The second needs the first.
// clang-format off
#include <windows.h>
#include <sddl.h>
// clang-format on

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace ninja3cx::agent {
namespace {

constexpr DWORD kBufferBytes = 4096;
constexpr std::size_t kMaxAnswerBytes = 64U << 10;
constexpr ULONGLONG kLeaveMs = 5'000;
constexpr std::size_t kMaxInstances = 16;  // two events each; Windows waits for 64 at a time

/// Owns a handle of the kernel.
class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Handle() {
        if (handle_) ::CloseHandle(handle_);
    }
    HANDLE get() const { return handle_; }
    explicit operator bool() const { return handle_ != nullptr; }

private:
    HANDLE handle_ = nullptr;
};

/// What the system gives out with LocalAlloc.
template <class T>
class LocalMemory {
public:
    LocalMemory() = default;
    LocalMemory(const LocalMemory&) = delete;
    LocalMemory& operator=(const LocalMemory&) = delete;
    ~LocalMemory() {
        if (memory_) ::LocalFree(memory_);
    }
    T get() const { return memory_; }
    T* out() { return &memory_; }

private:
    T memory_ = nullptr;
};

std::string problemText(const char* what, DWORD code) {
    return std::string{what} + ": error " + std::to_string(code);
}

/// S-1-5-21-… of the account that this process runs as; empty: it cannot be known.
std::wstring accountSid() {
    HANDLE opened = nullptr;
    if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened)) return L"";
    const Handle token{opened};
    DWORD size = 0;
    ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
    std::vector<unsigned char> memory(size);
    if (size == 0 || !::GetTokenInformation(token.get(), TokenUser, memory.data(), size, &size)) return L"";
    LocalMemory<LPWSTR> text;
    if (!::ConvertSidToStringSidW(reinterpret_cast<const TOKEN_USER*>(memory.data())->User.Sid, text.out()))
        return L"";
    return text.get();
}

/// This account alone; with sandboxed apps all application packages (S-1-15-2-1) as well, which run at low integrity.
std::wstring accessRules(const std::wstring& account, bool maySandboxedApps) {
    std::wstring rules = L"D:P(A;;GA;;;" + account + L")";
    if (maySandboxedApps) rules += L"(A;;GRGW;;;S-1-15-2-1)S:(ML;;NW;;;LW)";
    return rules;
}

/// One program that is, or may become, connected. Used by the pipe's thread alone.
struct Instance {
    enum class State { Waiting, Open };

    Handle pipe;
    Handle inEvent;
    Handle outEvent;
    OVERLAPPED in{};
    OVERLAPPED out{};
    State state = State::Waiting;
    PipeServer::ConnectionId id = 0;
    std::array<char, kBufferBytes> read{};
    std::string writing;
    bool isWriting = false;
    std::optional<ULONGLONG> leaveBy;  // it is closed, and has this long to read what it was sent
};

/// What waits for one program that is connected.
struct Outbox {
    std::string bytes;
    bool isFull = false;
    bool isClosing = false;
};

class NamedPipeServer final : public PipeServer {
public:
    NamedPipeServer(NamedPipeOptions options, Post post, Handlers handlers)
        : options_(std::move(options)), post_(std::move(post)), handlers_(std::move(handlers)) {
        options_.maxConnections = std::clamp<std::size_t>(options_.maxConnections, 1, kMaxInstances);
    }
    ~NamedPipeServer() override {
        *isGone_ = true;
        if (stop_) ::SetEvent(stop_.get());
        if (thread_.joinable()) thread_.join();
    }

    bool open(std::string& problem) {
        stop_ = Handle{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
        wake_ = Handle{::CreateEventW(nullptr, FALSE, FALSE, nullptr)};
        const std::wstring account = accountSid();
        LocalMemory<PSECURITY_DESCRIPTOR> descriptor;
        if (!stop_ || !wake_ || account.empty() ||
            !::ConvertStringSecurityDescriptorToSecurityDescriptorW(
                accessRules(account, options_.maySandboxedApps).c_str(), SDDL_REVISION_1, descriptor.out(),
                nullptr)) {
            problem = problemText("the pipe's access rules cannot be made", ::GetLastError());
            return false;
        }
        SECURITY_ATTRIBUTES access{sizeof(SECURITY_ATTRIBUTES), descriptor.get(), FALSE};
        instances_.resize(options_.maxConnections);
        for (Instance& instance : instances_)
            if (!create(instance, access, &instance == &instances_.front())) {
                problem =
                    problemText("the pipe cannot be made (another program may have it)", ::GetLastError());
                return false;
            }
        thread_ = std::thread{[this] { run(); }};
        return true;
    }

    void send(ConnectionId connection, std::string bytes) override {
        const std::scoped_lock lock{mutex_};
        const auto found = outboxes_.find(connection);
        if (found == outboxes_.end() || found->second.isClosing || found->second.isFull) return;
        found->second.bytes += bytes;
        found->second.isFull = found->second.bytes.size() > kMaxUnreadBytes;
        ::SetEvent(wake_.get());
    }

    void close(ConnectionId connection) override {
        const std::scoped_lock lock{mutex_};
        const auto found = outboxes_.find(connection);
        if (found == outboxes_.end()) return;
        found->second.isClosing = true;
        ::SetEvent(wake_.get());
    }

private:
    bool create(Instance& instance, SECURITY_ATTRIBUTES& access, bool isFirst) {
        const DWORD first = isFirst ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0;
        instance.pipe = Handle{::CreateNamedPipeW(
            options_.name.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | first,
            PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
            static_cast<DWORD>(options_.maxConnections), kBufferBytes, kBufferBytes, 0, &access)};
        instance.inEvent = Handle{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
        instance.outEvent = Handle{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
        return instance.pipe && instance.inEvent && instance.outEvent;
    }

    void run() {
        for (Instance& instance : instances_) awaitProgram(instance);
        std::vector<HANDLE> events{stop_.get(), wake_.get()};
        for (const Instance& instance : instances_) {
            events.push_back(instance.inEvent.get());
            events.push_back(instance.outEvent.get());
        }
        while (true) {
            const DWORD signalled = ::WaitForMultipleObjects(static_cast<DWORD>(events.size()), events.data(),
                                                             FALSE, untilSomebodyMustLeave());
            if (signalled == WAIT_OBJECT_0 || signalled == WAIT_FAILED) break;
            if (signalled > WAIT_OBJECT_0 + 1 && signalled != WAIT_TIMEOUT) {
                const std::size_t event = signalled - WAIT_OBJECT_0 - 2;
                Instance& instance = instances_[event / 2];
                if (event % 2 == 0)
                    onIn(instance);
                else
                    onOut(instance);
            }
            for (Instance& instance : instances_) writeNext(instance);
        }
        for (Instance& instance : instances_) {
            ::CancelIoEx(instance.pipe.get(), nullptr);
            awaitCancelled(instance, instance.in);
            if (instance.isWriting) awaitCancelled(instance, instance.out);
        }
    }

    DWORD untilSomebodyMustLeave() const {
        const ULONGLONG now = ::GetTickCount64();
        DWORD left = INFINITE;
        for (const Instance& instance : instances_)
            if (instance.leaveBy)
                left = std::min(left, static_cast<DWORD>(std::max(now, *instance.leaveBy) - now));
        return left;
    }

    static void awaitCancelled(Instance& instance, OVERLAPPED& operation) {
        DWORD ignored = 0;
        ::GetOverlappedResult(instance.pipe.get(), &operation, &ignored, TRUE);
    }

    void awaitProgram(Instance& instance) {
        instance.state = Instance::State::Waiting;
        ::ResetEvent(instance.inEvent.get());
        instance.in = OVERLAPPED{};
        instance.in.hEvent = instance.inEvent.get();
        if (::ConnectNamedPipe(instance.pipe.get(), &instance.in)) return;
        const DWORD why = ::GetLastError();
        if (why == ERROR_PIPE_CONNECTED || why != ERROR_IO_PENDING) ::SetEvent(instance.inEvent.get());
    }

    void onIn(Instance& instance) {
        DWORD bytes = 0;
        const bool isDone = ::GetOverlappedResult(instance.pipe.get(), &instance.in, &bytes, FALSE) != 0;
        const DWORD why = isDone ? ERROR_SUCCESS : ::GetLastError();
        if (why == ERROR_IO_INCOMPLETE) return;
        if (instance.state == Instance::State::Waiting) {
            if (!isDone && why != ERROR_PIPE_CONNECTED) return reset(instance);
            instance.state = Instance::State::Open;
            instance.id = ++lastId_;
            {
                const std::scoped_lock lock{mutex_};
                outboxes_.emplace(instance.id, Outbox{});
            }
            tell([this, id = instance.id] {
                if (handlers_.onOpened) handlers_.onOpened(id);
            });
            return readNext(instance);
        }
        if (!isDone || bytes == 0) return reset(instance);
        if (instance.leaveBy) return readNext(instance);
        tell([this, id = instance.id, text = std::string{instance.read.data(), bytes}] {
            if (handlers_.onBytes) handlers_.onBytes(id, text);
        });
        readNext(instance);
    }

    void readNext(Instance& instance) {
        ::ResetEvent(instance.inEvent.get());
        instance.in = OVERLAPPED{};
        instance.in.hEvent = instance.inEvent.get();
        // A read that is done at once signals its event as well.
        if (::ReadFile(instance.pipe.get(), instance.read.data(), kBufferBytes, nullptr, &instance.in))
            return;
        if (::GetLastError() != ERROR_IO_PENDING) reset(instance);
    }

    void writeNext(Instance& instance) {
        if (instance.state != Instance::State::Open) return;
        bool isFull = false;
        bool isClosing = false;
        {
            const std::scoped_lock lock{mutex_};
            Outbox& outbox = outboxes_.at(instance.id);
            isFull = outbox.isFull;
            isClosing = outbox.isClosing;
            if (!instance.isWriting) instance.writing = std::exchange(outbox.bytes, {});
        }
        if (isFull) return reset(instance);
        if (instance.isWriting) return;
        if (instance.writing.empty()) {
            if (isClosing) leave(instance);
            return;
        }
        ::ResetEvent(instance.outEvent.get());
        instance.out = OVERLAPPED{};
        instance.out.hEvent = instance.outEvent.get();
        instance.isWriting = true;
        const bool isBegun =
            ::WriteFile(instance.pipe.get(), instance.writing.data(),
                        static_cast<DWORD>(instance.writing.size()), nullptr, &instance.out) != 0 ||
            ::GetLastError() == ERROR_IO_PENDING;
        if (!isBegun) {
            instance.isWriting = false;
            reset(instance);
        }
    }

    void onOut(Instance& instance) {
        DWORD bytes = 0;
        const bool isDone = ::GetOverlappedResult(instance.pipe.get(), &instance.out, &bytes, FALSE) != 0;
        if (!isDone && ::GetLastError() == ERROR_IO_INCOMPLETE) return;
        ::ResetEvent(instance.outEvent.get());
        instance.isWriting = false;
        instance.writing.clear();
        if (!isDone) reset(instance);
    }

    /// What was written and not read yet would go with the connection: the program hangs up once it has it.
    void leave(Instance& instance) {
        const ULONGLONG now = ::GetTickCount64();
        if (!instance.leaveBy) instance.leaveBy = now + kLeaveMs;
        if (now >= *instance.leaveBy) reset(instance);
    }

    /// The program has gone, or is sent away: the instance waits for the next one.
    void reset(Instance& instance) {
        if (instance.isWriting) {
            ::CancelIoEx(instance.pipe.get(), &instance.out);
            awaitCancelled(instance, instance.out);
        }
        if (instance.state == Instance::State::Open) {
            ::CancelIoEx(instance.pipe.get(), &instance.in);
            awaitCancelled(instance, instance.in);
            tell([this, id = instance.id] {
                if (handlers_.onClosed) handlers_.onClosed(id);
            });
            const std::scoped_lock lock{mutex_};
            outboxes_.erase(instance.id);
        }
        instance.leaveBy.reset();
        instance.isWriting = false;
        instance.writing.clear();
        ::ResetEvent(instance.outEvent.get());
        ::DisconnectNamedPipe(instance.pipe.get());
        awaitProgram(instance);
    }

    void tell(std::function<void()> work) {
        post_([isGone = isGone_, work = std::move(work)] {
            if (!*isGone) work();
        });
    }

    NamedPipeOptions options_;
    Post post_;
    Handlers handlers_;
    Handle stop_;
    Handle wake_;
    std::vector<Instance> instances_;
    ConnectionId lastId_ = 0;                                       // the pipe's thread
    std::mutex mutex_;                                              // of what follows
    std::map<ConnectionId, Outbox> outboxes_;                       // of those that are connected
    std::shared_ptr<bool> isGone_ = std::make_shared<bool>(false);  // read and written on the network thread
    std::thread thread_;
};

/// Whether the operation was done before the time is up; otherwise it is taken back.
bool finish(const Handle& pipe, OVERLAPPED& operation, ULONGLONG until, DWORD& bytes) {
    const ULONGLONG now = ::GetTickCount64();
    const DWORD left = now < until ? static_cast<DWORD>(until - now) : 0;
    if (::WaitForSingleObject(operation.hEvent, left) != WAIT_OBJECT_0) ::CancelIoEx(pipe.get(), &operation);
    return ::GetOverlappedResult(pipe.get(), &operation, &bytes, TRUE) != 0;
}

}  // namespace

std::unique_ptr<PipeServer> serveNamedPipe(NamedPipeOptions options, Post post, PipeServer::Handlers handlers,
                                           std::string& problem) {
    auto server = std::make_unique<NamedPipeServer>(std::move(options), std::move(post), std::move(handlers));
    if (!server->open(problem)) return nullptr;
    return server;
}

AskedPipe askNamedPipe(const std::wstring& name, std::string_view request, std::chrono::milliseconds limit,
                       std::string& answer) {
    const ULONGLONG until = ::GetTickCount64() + static_cast<ULONGLONG>(limit.count());
    if (!::WaitNamedPipeW(name.c_str(), static_cast<DWORD>(limit.count()))) return AskedPipe::Unreachable;
    const Handle pipe{::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                                    FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                                    nullptr)};
    const Handle event{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    if (!pipe || !event) return AskedPipe::Unreachable;
    DWORD bytes = 0;
    OVERLAPPED operation{};
    operation.hEvent = event.get();
    if (!::WriteFile(pipe.get(), request.data(), static_cast<DWORD>(request.size()), nullptr, &operation) &&
        ::GetLastError() != ERROR_IO_PENDING)
        return AskedPipe::TimedOut;
    if (!finish(pipe, operation, until, bytes) || bytes != request.size()) return AskedPipe::TimedOut;
    answer.clear();
    std::array<char, 1024> piece{};
    while (answer.find('\n') == std::string::npos && answer.size() < kMaxAnswerBytes) {
        ::ResetEvent(event.get());
        operation = OVERLAPPED{};
        operation.hEvent = event.get();
        const bool isBegun = ::ReadFile(pipe.get(), piece.data(), static_cast<DWORD>(piece.size()), nullptr,
                                        &operation) != 0 ||
                             ::GetLastError() == ERROR_IO_PENDING;
        if (!isBegun) break;  // the other side has closed
        if (!finish(pipe, operation, until, bytes)) {
            if (::GetTickCount64() >= until) return AskedPipe::TimedOut;
            break;
        }
        answer.append(piece.data(), bytes);
    }
    answer.resize(std::min(answer.size(), answer.find('\n')));
    return AskedPipe::Answered;
}

}  // namespace ninja3cx::agent
