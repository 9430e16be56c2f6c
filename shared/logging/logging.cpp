#include "shared/logging/logging.hpp"

#include "shared/core/text.hpp"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <chrono>
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

void onlyForOwner(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
}

}  // namespace

Result<std::shared_ptr<spdlog::logger>> makeLogger(const Options& options) {
    std::vector<spdlog::sink_ptr> sinks;
    if (options.toStandardError) sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    if (!options.directory.empty()) {
        std::error_code failure;
        std::filesystem::create_directories(options.directory, failure);
        const auto file = options.directory / options.fileName;
        try {
            spdlog::file_event_handlers handlers;
            handlers.after_open = [](const spdlog::filename_t& name, std::FILE*) { onlyForOwner(name); };
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                file.string(), options.maxFileBytes, std::max<std::size_t>(options.files, 1) - 1, false,
                handlers));
        } catch (const spdlog::spdlog_ex&) {
            return Error{ErrorKind::Io,
                         file.string() + ": cannot be written; check log.directory and its permissions"};
        }
    }
    auto logger = std::make_shared<spdlog::logger>("server", sinks.begin(), sinks.end());
    if (options.format == Format::Json)
        logger->set_formatter(std::make_unique<JsonLines>());
    else
        logger->set_formatter(std::make_unique<TextLines>());
    logger->set_level(levelOf(options.level));
    logger->flush_on(spdlog::level::info);
    return logger;
}

std::shared_ptr<spdlog::logger> silentLogger() {
    return std::make_shared<spdlog::logger>("silent", std::make_shared<spdlog::sinks::null_sink_mt>());
}

std::string maskedNumber(std::string_view number) {
    if (number.size() <= 6) return std::string{number};
    return std::string{cutUtf8(number, 4)} + "…" + std::string{number.substr(number.size() - 2)};
}

}  // namespace ninja3cx::logging
