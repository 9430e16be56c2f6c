#include "server/retranscription/background/background_listener.hpp"

#include "server/journal/file_audio_journal.hpp"
#include "server/journal/journal_files.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

namespace ninja3cx::retranscription {
namespace {

using namespace std::chrono_literals;
using protocol::Speaker;
using transcription::Decoded;
using transcription::DecodeRequest;

class LoudIsSpeech final : public transcription::VoiceDetector {
public:
    float judge(std::span<const std::int16_t, transcription::kWindow> window) override {
        return window[0] != 0 ? 1.0F : 0.0F;
    }
};

struct Script {
    std::mutex mutex;
    std::condition_variable changed;
    int loaded = 0;
    int freed = 0;
    int decoded = 0;
    int nice = 0;
    std::string prompt;
    bool isHeld = false;
    bool fails = false;

    template <class Condition>
    bool waitFor(Condition isTrue) {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, 20s, isTrue);
    }
};

class ScriptedDecoder final : public transcription::SpeechDecoder {
public:
    explicit ScriptedDecoder(Script& script) : script_(script) {}
    ~ScriptedDecoder() override {
        {
            std::scoped_lock lock{script_.mutex};
            ++script_.freed;
        }
        script_.changed.notify_all();
    }
    Result<Decoded> decode(const DecodeRequest& request) override {
        std::unique_lock lock{script_.mutex};
        ++script_.decoded;
        script_.prompt = request.prompt;
        script_.nice = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)));
        script_.changed.notify_all();
        while (script_.isHeld && !request.isCancelled->load()) script_.changed.wait_for(lock, 1ms);
        if (request.isCancelled->load()) return Error{ErrorKind::Cancelled, "cancelled"};
        if (script_.fails) return Error{ErrorKind::Io, "broken"};
        return Decoded{"said " + std::to_string(request.samples[request.samples.size() / 2]), "fr", 0, {}};
    }

private:
    Script& script_;
};

class BackgroundListenerTest : public testing::Test {
protected:
    /// A second of each value and one of silence, in frames of 100 ms.
    void speak(Speaker channel, const std::vector<std::int16_t>& values) {
        journal::FileAudioJournal journal{
            scratch_.path(),
            loop_.get_executor(),
            {[](const CallId&, const protocol::AudioFrame&) {}, [](const CallId&, const Error&) {},
             [](const CallId&, const Error&) {}}};
        std::uint64_t sequence = 0;
        for (const std::int16_t value : values)
            for (int frame = 0; frame < 20; ++frame) {
                protocol::AudioFrame sound;
                sound.channel = channel;
                sound.sequence = sequence;
                sound.callClockMs = static_cast<std::int64_t>(sequence++) * 100;
                sound.samples.assign(1'600, frame < 10 ? value : std::int16_t{0});
                journal.append(callId_, sound);
            }
    }
    void make(std::chrono::milliseconds keepsModel = 1h, BackgroundListener::Options options = {}) {
        options.journalFolder = scratch_.path();
        options.keepsModel = keepsModel;
        options.makeDetector = [] { return std::make_unique<LoudIsSpeech>(); };
        options.loadDecoder = [this]() -> Result<std::unique_ptr<transcription::SpeechDecoder>> {
            std::scoped_lock lock{script_.mutex};
            if (++script_.loaded == failingLoad_) return Error{ErrorKind::NotFound, "no such model"};
            return std::make_unique<ScriptedDecoder>(script_);
        };
        listener_ = std::make_unique<BackgroundListener>(std::move(options), loop_.get_executor());
    }
    void listen(std::vector<protocol::Utterance> known = {}, std::vector<std::string> promptWords = {}) {
        heard_.reset();
        listener_->listen({callId_, "fr", std::move(known), std::move(promptWords)},
                          [this](Heard heard) { heard_ = std::move(heard); });
    }
    Heard heard() {
        while (!heard_ && loop_.run_one_for(20s) > 0) {
        }
        return heard_.value_or(Heard{Error{ErrorKind::TimedOut, "no answer"}, {}});
    }
    static std::vector<std::string> texts(const Heard& heard) {
        std::vector<std::string> texts;
        for (const auto& said : heard.utterances) texts.push_back(said.utteranceId.value() + " " + said.text);
        return texts;
    }

    const CallId callId_{"call-1"};
    test::Scratch scratch_;
    boost::asio::io_context loop_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{loop_.get_executor()};
    Script script_;
    int failingLoad_ = 0;
    std::optional<Heard> heard_;
    std::unique_ptr<BackgroundListener> listener_;
};

TEST_F(BackgroundListenerTest, HearsBothChannelsOfAJournalInTheOrderOfSpeechAtLowPriority) {
    speak(Speaker::Agent, {1, 2});
    speak(Speaker::Customer, {3});
    make();
    listen();
    const Heard all = heard();
    ASSERT_TRUE(all.ended) << all.ended.error().detail;
    ASSERT_EQ(all.utterances.size(), 3U);
    EXPECT_EQ(all.utterances[0].text, "said 1");
    EXPECT_EQ(all.utterances[1].text, "said 3");
    EXPECT_EQ(all.utterances[1].channel, Speaker::Customer);
    EXPECT_EQ(all.utterances[2].text, "said 2");
    EXPECT_GE(script_.nice, 10);
}

TEST_F(BackgroundListenerTest, StopsInTheMiddleOfAnUtteranceAndGoesOnLaterWithWhatItKnows) {
    speak(Speaker::Agent, {1, 2});
    make();
    script_.isHeld = true;
    listen();
    ASSERT_TRUE(script_.waitFor([this] { return script_.decoded == 1; }));
    listener_->stop();
    const Heard stopped = heard();
    ASSERT_FALSE(stopped.ended);
    EXPECT_EQ(stopped.ended.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(texts(stopped), std::vector<std::string>{});
    script_.isHeld = false;
    listen();
    const Heard first = heard();
    ASSERT_TRUE(first.ended);
    ASSERT_EQ(first.utterances.size(), 2U);
    const int decoded = script_.decoded;
    listen({first.utterances[0]});
    EXPECT_EQ(texts(heard()), texts(first));
    EXPECT_EQ(script_.decoded, decoded + 1);
    EXPECT_EQ(script_.loaded, 1);
}

TEST_F(BackgroundListenerTest, IsToldTheNamesOfTheCallAsLiveAudioIs) {
    speak(Speaker::Agent, {1});
    BackgroundListener::Options options;
    options.vocabulary = std::make_shared<transcription::CurrentVocabulary>();
    make(1h, std::move(options));
    listen({}, {"Claire Martin"});
    ASSERT_TRUE(heard().ended);
    EXPECT_NE(script_.prompt.find("Claire Martin"), std::string::npos) << script_.prompt;
}

TEST_F(BackgroundListenerTest, ASilenceEndsAnUtteranceAsItIsSetForLiveAudio) {
    speak(Speaker::Agent, {1, 2});  // with a second between them
    BackgroundListener::Options options;
    options.endSilence = 1'500ms;
    make(1h, std::move(options));
    listen();
    EXPECT_EQ(heard().utterances.size(), 1U);
}

/// The thread is held where it loads the model: the stop has come before anything is heard.
TEST_F(BackgroundListenerTest, AStopBeforeItHasBegunCountsToo) {
    speak(Speaker::Agent, {1});
    make();
    std::unique_lock held{script_.mutex};
    listen();
    listener_->stop();
    held.unlock();
    const Heard stopped = heard();
    ASSERT_FALSE(stopped.ended);
    EXPECT_EQ(stopped.ended.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ(script_.decoded, 0);
}

TEST_F(BackgroundListenerTest, AHoleMakesNoVersion) {
    speak(Speaker::Agent, {1});
    make();
    script_.fails = true;
    listen();
    const Heard failed = heard();
    ASSERT_FALSE(failed.ended);
    EXPECT_EQ(failed.ended.error().kind, ErrorKind::Io);
    EXPECT_EQ(texts(failed), std::vector<std::string>{});
}

TEST_F(BackgroundListenerTest, NorDoesAudioOfWhichTheDiskHasLostSome) {
    speak(Speaker::Agent, {1, 2});
    speak(Speaker::Customer, {3});
    make();
    const auto file = journal::journalFile(scratch_.path(), callId_, Speaker::Agent);
    const std::string whole = test::readBytes(file);
    const std::size_t record = whole.size() / 40;
    for (const auto& [from, bytes] : {std::pair{whole.size() / 2, std::size_t{1}},
                                      std::pair{whole.size() - record, record},  // no good record follows
                                      std::pair{std::size_t{0}, whole.size()}}) {
        test::writeBytes(file, std::string{whole}.replace(from, bytes, bytes, 'x'));
        listen();
        const Heard failed = heard();
        ASSERT_FALSE(failed.ended) << from;
        EXPECT_EQ(failed.ended.error().kind, ErrorKind::Io);
        const std::string lost =
            std::to_string(bytes == 1 ? record : bytes) + " bytes of its audio are damaged";
        EXPECT_EQ(failed.ended.error().detail, lost);
    }
    test::writeBytes(file, whole);
    listen();
    EXPECT_TRUE(heard().ended);
}

TEST_F(BackgroundListenerTest, AJournalThatIsGoneAndAModelThatCannotBeLoadedAreSaid) {
    make();
    listen();
    EXPECT_EQ(heard().ended.error().kind, ErrorKind::NotFound);
    speak(Speaker::Agent, {1});
    failingLoad_ = 1;
    listen();
    EXPECT_EQ(heard().ended.error().detail, "no such model");
    listen();
    EXPECT_TRUE(heard().ended);
}

TEST_F(BackgroundListenerTest, TheModelIsFreedWhenNobodyWantsItAndLoadedAgain) {
    speak(Speaker::Agent, {1});
    make(0ms);
    listen();
    EXPECT_TRUE(heard().ended);
    EXPECT_TRUE(script_.waitFor([this] { return script_.freed == 1; }));
    listen();
    EXPECT_TRUE(heard().ended);
    EXPECT_EQ(script_.loaded, 2);
}

TEST_F(BackgroundListenerTest, TheEndOfTheProgramDoesNotWaitForACall) {
    speak(Speaker::Agent, {1});
    make();
    script_.isHeld = true;
    listen();
    ASSERT_TRUE(script_.waitFor([this] { return script_.decoded == 1; }));
    listener_.reset();
    loop_.poll();
    EXPECT_FALSE(heard_);
    EXPECT_EQ(script_.freed, 1);
}

}  // namespace
}  // namespace ninja3cx::retranscription
