#include "server/calls/outbox_text.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls {
namespace {

OutboxEntry own() {
    OutboxEntry entry;
    entry.marker = "3CX-cc";
    entry.description = "Toujours en panne.\n\nAppelant : Claire\n\nRef: 3CX-cc";
    entry.transcriptNote = std::string{kNoteHead} + callHead(3'000) + "\n[00:00] Client : encore";
    return entry;
}

/// The third call of three; the last one before it comes first.
OutboxEntry ofThree() {
    OutboxEntry entry = own();
    entry.joined = {{CallId{"call-b"}, "3CX-bb", 2'000, "Lent.\n\nAppelant : Claire", "\n[00:00] Client : b"},
                    {CallId{"call-a"}, "3CX-aa", 1'000, "Appelant : Claire", ""}};
    return entry;
}

TEST(OutboxText, HasAParagraphForEachEarlierCallAndAllMarkersLast) {
    EXPECT_EQ(bodyToSend(ofThree()),
              "Toujours en panne.\n\nAppelant : Claire"
              "\n\nAppel précédent, même dossier\nLent.\n\nAppelant : Claire"
              "\n\nAppel précédent, même dossier\nAppelant : Claire");
    EXPECT_EQ(referenceLine(ofThree()), "Ref: 3CX-cc, 3CX-bb, 3CX-aa");
    EXPECT_EQ(bodyToSend(own()), "Toujours en panne.\n\nAppelant : Claire");
    EXPECT_EQ(referenceLine(own()), "Ref: 3CX-cc");
}

TEST(OutboxText, HasTheTranscriptsInTheOrderOfTheCalls) {
    EXPECT_EQ(noteToSend(ofThree()), "Transcription des appels (données sensibles masquées)\n" +
                                         callHead(2'000) + "\n[00:00] Client : b\n" + callHead(3'000) +
                                         "\n[00:00] Client : encore");
    EXPECT_EQ(noteToSend(own()), own().transcriptNote);
    OutboxEntry silent = ofThree();
    silent.transcriptNote.clear();
    EXPECT_TRUE(hasNote(silent)) << "the earlier call's";
    forgetNote(silent);
    EXPECT_FALSE(hasNote(silent));
    EXPECT_EQ(noteToSend(silent), "");
}

TEST(OutboxText, OfAnEarlierVersionIsSentAsItWasMade) {
    OutboxEntry merged = own();
    merged.description = "Un.\n\nAppel précédent, même dossier\nDeux.\n\nRef: 3CX-cc";
    merged.transcriptNote = "Transcription des appels (données sensibles masquées)\n\nAppel du …";
    EXPECT_EQ(bodyToSend(merged), "Un.\n\nAppel précédent, même dossier\nDeux.");
    EXPECT_EQ(noteToSend(merged), merged.transcriptNote);
}

}  // namespace
}  // namespace ninja3cx::calls
