#include "shared/logging/logging.hpp"

#include "shared/core/text.hpp"
#include "shared/logging/file_sink.hpp"

#include <fcntl.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <vector>

namespace ninja3cx::logging {
namespace {

void appendEscaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x", byte);
            out += code.data();
        } else {
            out.push_back(c);
        }
    }
}

/// {"time":"…Z","level":"info","message":"…"}
class JsonLines final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& into) override {
        spdlog::memory_buf_t time;
        time_.format(message, time);
        const auto level = spdlog::level::to_string_view(message.level);
        std::string line = "{\"time\":\"" + std::string{time.data(), time.size()} + "\",\"level\":\"" +
                           std::string{level.data(), level.size()} + "\",\"message\":\"";
        appendEscaped(line, toValidUtf8({message.payload.data(), message.payload.size()}));
        line += "\"}\n";
        into.append(line.data(), line.data() + line.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLines>(); }

private:
    spdlog::pattern_formatter time_{"%Y-%m-%dT%H:%M:%S.%eZ", spdlog::pattern_time_type::utc, ""};
};

/// A message is one line: what came from outside cannot forge another.
class TextLines final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& into) override {
        spdlog::memory_buf_t head;
        head_.format(message, head);
        std::string line{head.data(), head.size()};
        line += toValidUtf8({message.payload.data(), message.payload.size()});
        for (char& c : line)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
        line.push_back('\n');
        into.append(line.data(), line.data() + line.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<TextLines>(); }

private:
    spdlog::pattern_formatter head_{"%Y-%m-%dT%H:%M:%S.%eZ %-8l", spdlog::pattern_time_type::utc, ""};
};

spdlog::level::level_enum levelOf(Level level) {
    switch (level) {
        case Level::Debug:
            return spdlog::level::debug;
        case Level::Info:
            return spdlog::level::info;
        case Level::Warning:
            return spdlog::level::warn;
        case Level::Error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

constexpr std::size_t kMaxWaiting = 4096;

/// Where the writing thread puts each message: standard error, the file, and word of what was dropped.
class Outlets final : public spdlog::sinks::base_sink<std::mutex> {
public:
    void add(spdlog::sink_ptr sink) { sinks_.push_back(std::move(sink)); }
    /// The pool calls this sink and so outlives its use of it.
    void servedBy(spdlog::details::thread_pool& pool) { pool_ = &pool; }

    std::uint64_t dropped() const { return dropped_; }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        dropped_ = pool_->overrun_counter();
        for (const spdlog::sink_ptr& sink : sinks_) sink->log(message);
        // Said once, when it is over; the one message that may wait is the pool's own word to end.
        if (dropped_ == told_ || pool_->queue_size() > 1) return;
        const std::string notice =
            std::to_string(dropped_ - told_) +
            " messages before this one were dropped: the log could not be written as fast";
        told_ = dropped_;
        for (const spdlog::sink_ptr& sink : sinks_)
            sink->log(spdlog::details::log_msg{"", spdlog::level::warn, notice});
    }
    void flush_() override {
        for (const spdlog::sink_ptr& sink : sinks_) sink->flush();
    }
    void set_formatter_(std::unique_ptr<spdlog::formatter> formatter) override {
        for (const spdlog::sink_ptr& sink : sinks_) sink->set_formatter(formatter->clone());
    }

private:
    std::vector<spdlog::sink_ptr> sinks_;
    spdlog::details::thread_pool* pool_ = nullptr;
    std::atomic<std::uint64_t> dropped_{0};
    std::uint64_t told_ = 0;
};

/// The pool ends first: what waits in it is written by the logger.
struct Writer {
    std::shared_ptr<spdlog::async_logger> logger;
    std::shared_ptr<spdlog::details::thread_pool> pool;
};

/// A folder that is wrong is found at the start; one that is full is not wrong.
bool mayWrite(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0) return errno == ENOSPC || errno == EDQUOT;
    ::close(handle);
    return true;
}

}  // namespace

Result<std::shared_ptr<spdlog::logger>> makeLogger(const Options& options) {
    auto outlets = std::make_shared<Outlets>();
    if (options.toStandardError) outlets->add(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    if (!options.directory.empty()) {
        std::error_code failure;
        std::filesystem::create_directories(options.directory, failure);
        const auto file = options.directory / options.fileName;
        if (!mayWrite(file))
            return Error{ErrorKind::Io,
                         file.string() + ": cannot be written; check log.directory and its permissions"};
        const std::size_t older = std::max<std::size_t>(options.files, 1) - 1;
        outlets->add(std::make_shared<FileSink>(FileSink::Options{file, options.maxFileBytes, older}));
    }
    auto pool = std::make_shared<spdlog::details::thread_pool>(kMaxWaiting, 1);
    outlets->servedBy(*pool);
    auto logger = std::make_shared<spdlog::async_logger>("server", std::move(outlets), pool,
                                                         spdlog::async_overflow_policy::overrun_oldest);
    if (options.format == Format::Json)
        logger->set_formatter(std::make_unique<JsonLines>());
    else
        logger->set_formatter(std::make_unique<TextLines>());
    logger->set_level(levelOf(options.level));
    logger->flush_on(spdlog::level::info);
    auto writer = std::make_shared<Writer>(Writer{std::move(logger), std::move(pool)});
    spdlog::logger* const front = writer->logger.get();
    return std::shared_ptr<spdlog::logger>{std::move(writer), front};
}

std::uint64_t droppedBy(const spdlog::logger& logger) {
    if (logger.sinks().empty()) return 0;
    const auto* outlets = dynamic_cast<const Outlets*>(logger.sinks().front().get());
    return outlets ? outlets->dropped() : 0;
}

std::shared_ptr<spdlog::logger> silentLogger() {
    return std::make_shared<spdlog::logger>("silent", std::make_shared<spdlog::sinks::null_sink_mt>());
}

std::string maskedNumber(std::string_view number) {
    if (number.size() <= 6) return std::string{number};
    return std::string{cutUtf8(number, 4)} + "…" + std::string{number.substr(number.size() - 2)};
}

}  // namespace ninja3cx::logging
