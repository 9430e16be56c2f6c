#include "server/transcription/language_lock.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

TEST(LanguageLock, KeepsAConfiguredLanguage) {
    LanguageLock lock{"fr"};
    lock.vote("en", 1.0F, 60);
    EXPECT_EQ(lock.language(), "fr");
    EXPECT_FALSE(lock.isOpen());
}

TEST(LanguageLock, IsNotClosedByAShortWord) {
    LanguageLock lock{"auto"};
    lock.vote("cy", 0.9F, 0.6);  // "allô"
    EXPECT_TRUE(lock.isOpen());
    lock.vote("fr", 0.95F, 2.0);
    EXPECT_TRUE(lock.isOpen()) << "not far enough ahead of the second";
    lock.vote("fr", 0.95F, 2.0);
    EXPECT_EQ(lock.language(), "fr");
}

TEST(LanguageLock, StaysClosed) {
    LanguageLock lock{"auto"};
    lock.vote("en", 0.99F, 4.0);
    EXPECT_EQ(lock.language(), "en");
    for (int i = 0; i < 20; ++i) lock.vote("fr", 0.99F, 10.0);
    EXPECT_EQ(lock.language(), "en");
}

TEST(LanguageLock, WeighsVotesByTheirCertainty) {
    LanguageLock lock{"auto"};
    lock.vote("pt", 0.3F, 8.0);
    EXPECT_TRUE(lock.isOpen());
    lock.vote("fr", 0.9F, 6.5);
    EXPECT_EQ(lock.language(), "fr");
}

TEST(LanguageLock, IgnoresWhatIsNoAnswer) {
    LanguageLock lock{"auto"};
    lock.vote("", 1.0F, 60);
    lock.vote("auto", 1.0F, 60);
    EXPECT_TRUE(lock.isOpen());
}

}  // namespace
}  // namespace ninja3cx::transcription
