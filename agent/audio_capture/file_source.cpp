#include "agent/audio_capture/file_source.hpp"

#include "shared/audio/audio_file.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cstdint>

namespace ninja3cx::agent {

using boost::system::error_code;

class FileSource::Impl : public std::enable_shared_from_this<FileSource::Impl> {
public:
    Impl(const boost::asio::any_io_executor& executor, const Clock& clock, audio::Pcm pcm)
        : timer_(executor), clock_(clock), pcm_(std::move(pcm)) {}

    void start(std::chrono::milliseconds callClock, OnPiece onPiece) {
        ++run_;
        isPaused_ = false;
        onPiece_ = std::move(onPiece);
        nextMs_ = callClock.count();
        startedAt_ = clock_.steady() - callClock;
        arm();
    }
    void setPaused(bool isPaused) { isPaused_ = isPaused; }
    void stop() {
        ++run_;
        timer_.cancel();
        onPiece_ = nullptr;
    }

private:
    void arm() {
        timer_.expires_after(kPiece);
        timer_.async_wait([self = shared_from_this(), run = run_](error_code failure) {
            if (!failure && run == self->run_) self->deliverDue();
        });
    }

    /// All pieces whose time has come: a late timer catches up, so the file keeps the pace of a real call.
    void deliverDue() {
        const std::int64_t elapsedMs = (clock_.steady() - startedAt_).count();
        const std::uint64_t run = run_;
        for (; nextMs_ + kPiece.count() <= elapsedMs && run == run_; nextMs_ += kPiece.count()) {
            if (isPaused_) continue;
            deliver(protocol::Speaker::Agent, pcm_.channels[0]);
            if (run == run_) deliver(protocol::Speaker::Customer, pcm_.channels[1]);
        }
        if (run == run_) arm();
    }

    void deliver(protocol::Speaker channel, const std::vector<std::int16_t>& whole) {
        std::vector<std::int16_t> piece(kPieceSamples, 0);
        const auto from = std::min(static_cast<std::size_t>(nextMs_ * audio::kSamplesPerMs), whole.size());
        const auto count = std::min(kPieceSamples, whole.size() - from);
        std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(from), count, piece.begin());
        // The steady clock paces the file: it is its device's.
        const auto playedAt = startedAt_.time_since_epoch() + std::chrono::milliseconds{nextMs_};
        onPiece_({channel, nextMs_, std::chrono::microseconds{playedAt}.count(), std::move(piece)});
    }

    boost::asio::steady_timer timer_;
    const Clock& clock_;
    audio::Pcm pcm_;
    OnPiece onPiece_;
    SteadyTime startedAt_{};
    std::int64_t nextMs_ = 0;
    std::uint64_t run_ = 0;  // grows with each start and stop; a timer of an earlier run does nothing
    bool isPaused_ = false;
};

Result<std::unique_ptr<FileSource>> FileSource::open(boost::asio::any_io_executor executor,
                                                     const Clock& clock, const std::filesystem::path& file) {
    auto pcm = audio::readAudioFile(file);
    if (!pcm) return pcm.error();
    if (pcm->channels.size() != 2)
        return Error{ErrorKind::BadMessage,
                     file.string() + ": has " + std::to_string(pcm->channels.size()) +
                         " channel(s); a call needs two (left technician, right customer)"};
    return std::unique_ptr<FileSource>{
        new FileSource{std::make_shared<Impl>(std::move(executor), clock, std::move(*pcm))}};
}

FileSource::FileSource(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
FileSource::~FileSource() {
    impl_->stop();
}
void FileSource::start(std::chrono::milliseconds callClock, OnPiece onPiece) {
    impl_->start(callClock, std::move(onPiece));
}
void FileSource::setPaused(bool isPaused) {
    impl_->setPaused(isPaused);
}
void FileSource::stop() {
    impl_->stop();
}

}  // namespace ninja3cx::agent
