#include "shared/logging/file_sink.hpp"

#include <system_error>
#include <utility>

namespace ninja3cx::logging {
namespace {

void onlyForOwner(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
}

}  // namespace

FileSink::FileSink(Options options) : options_(std::move(options)) {
    open();
}

void FileSink::sink_it_(const spdlog::details::log_msg& message) {
    if (!file_ && std::chrono::steady_clock::now() - failedAt_ >= options_.retryAfter) open();
    if (!file_) {
        ++lost_;
        return;
    }
    ++unflushed_;
    try {
        file_->log(message);
    } catch (const spdlog::spdlog_ex& failure) {
        giveUp(failure.what());
    }
}

void FileSink::flush_() {
    if (!file_) return;
    try {
        file_->flush();
        unflushed_ = 0;
    } catch (const spdlog::spdlog_ex& failure) {
        giveUp(failure.what());
    }
}

void FileSink::set_formatter_(std::unique_ptr<spdlog::formatter> formatter) {
    formatter_ = std::move(formatter);
    if (file_) file_->set_formatter(formatter_->clone());
}

void FileSink::open() {
    try {
        spdlog::file_event_handlers handlers;
        handlers.after_open = [](const spdlog::filename_t& name, std::FILE*) { onlyForOwner(name); };
        file_ = std::make_unique<spdlog::sinks::rotating_file_sink_st>(
            options_.file.string(), options_.maxBytes, options_.olderFiles, false, handlers);
        file_->set_formatter(formatter_->clone());
        if (lost_ == 0) return;
        const std::string notice = std::to_string(lost_) + " messages are missing here: " + problem_;
        file_->log(spdlog::details::log_msg{"", spdlog::level::warn, notice});
        file_->flush();
        lost_ = 0;
    } catch (const spdlog::spdlog_ex& failure) {
        giveUp(failure.what());
    }
}

void FileSink::giveUp(const std::string& why) {
    problem_ = why;
    failedAt_ = std::chrono::steady_clock::now();
    lost_ += std::exchange(unflushed_, 0);
    file_.reset();
}

}  // namespace ninja3cx::logging
