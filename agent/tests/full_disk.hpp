#pragma once

#include <sys/resource.h>

#include <csignal>

namespace ninja3cx::agent {

/// While it lives no file of this process takes more than a few bytes: a write begins and then fails, as on a full
/// disk, also for root.
class FullDisk {
public:
    FullDisk() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        struct rlimit full = before_;
        full.rlim_cur = 10;
        ::setrlimit(RLIMIT_FSIZE, &full);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    struct rlimit before_ {};
    void (*handler_)(int);
};

}  // namespace ninja3cx::agent
