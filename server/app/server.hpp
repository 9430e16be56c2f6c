#pragma once

#include "server/app/commands.hpp"
#include "server/app/speech.hpp"
#include "server/storage/data_dir.hpp"

#include <spdlog/fwd.h>

#include <memory>

namespace ninja3cx::app {

/// All modules of the running server, wired.
class Server {
public:
    /// Opens the store, whose `lock` outlives the server, recovers the journal, restores open work and listens.
    /// Throws std::runtime_error with what is wrong and how to mend it.
    Server(const Setting& setting, const storage::DataDirLock& lock, Speech speech,
           std::shared_ptr<spdlog::logger> log);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Serves until SIGTERM or SIGINT; returns when everything has stopped in order.
    void run();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::app
