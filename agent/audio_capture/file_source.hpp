#pragma once

#include "agent/audio_capture/audio_source.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <memory>

namespace ninja3cx::agent {

/// Plays a WAV, FLAC or MP3 file as a call in real time: left = technician, right = customer; after its end
/// silence. Threads: the executor's one.
class FileSource final : public AudioSource {
public:
    /// Errors name the file: not readable, not audio, not two channels.
    static Result<std::unique_ptr<FileSource>> open(boost::asio::any_io_executor executor, const Clock& clock,
                                                    const std::filesystem::path& file);
    ~FileSource() override;

    void start(std::chrono::milliseconds callClock, OnPiece onPiece) override;
    void setPaused(bool isPaused) override;
    void stop() override;

private:
    class Impl;
    explicit FileSource(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::agent
