#pragma once

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace ninja3cx::logging {

/// spdlog's rotating file, which must not be written to once it has failed to turn over. This one gives it up when
/// it fails (a full disk, a folder that is gone), counts what is lost meanwhile, opens it again from time to time
/// and then says in the file how much is missing. Readable by this account alone.
class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    struct Options {
        std::filesystem::path file;
        std::size_t maxBytes = 0;
        std::size_t olderFiles = 0;
        std::chrono::milliseconds retryAfter{1000};
    };
    explicit FileSink(Options options);

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override;
    void set_formatter_(std::unique_ptr<spdlog::formatter> formatter) override;

private:
    void open();
    void giveUp(const std::string& why);

    const Options options_;
    std::unique_ptr<spdlog::sinks::rotating_file_sink_st> file_;
    std::string problem_;
    std::chrono::steady_clock::time_point failedAt_;
    std::uint64_t unflushed_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace ninja3cx::logging
