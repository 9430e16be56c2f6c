#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/dictated_piece.hpp"
#include "server/analysis/personal_data/known_digits.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// Follows what is dictated in one call, line by line (`open_dictation.hpp` says when a dictation opens, goes on and closes).
class DictationFollower {
public:
    /// The piece of this line; without spans: it gives none.
    DictatedPiece read(const Line& line);

    enum class Heard { Opening, Piece, Other };
    /// Reads the line and says only what it was.
    Heard hear(const Line& line);

    bool isOpen() const { return isOpen_; }
    /// What the open one is of; a password where none is open.
    protocol::PersonalDataKind matter() const {
        return isOpen_ ? now_.matter.kind : protocol::PersonalDataKind::Password;
    }
    /// Lines from the one that spoke of the password to the last opening; 0: that one itself did.
    std::size_t sinceTopicBefore() const { return now_.openedAfter; }
    std::size_t openings() const { return openings_; }
    /// That were asked for or told so far; to spell the open one is no other.
    std::size_t values() const { return values_; }
    /// Nothing but words was given since somebody took a pen: it may be anything that is noted.
    bool isDoubtful() const { return now_.isAnnounced && !now_.hasForm; }

private:
    /// What is dictated.
    struct Matter {
        protocol::PersonalDataKind kind = protocol::PersonalDataKind::Password;
        bool isCode = false;    // a password of digits, and letters at most
        bool isDetail = false;  // what stands beside a card's number
    };
    /// "votre poste c'est lequel" was asked, or another number told: the dictation stands still.
    struct Aside {
        std::size_t lines = 0;     // since it was asked
        std::size_t wanted = 0;    // digits that answer it; 0: any
        bool isConfirmed = false;  // "oui" answers it
        bool isOneNumber = false;  // answers it, or none
        bool isAnswered = false;
        bool hasLetters = false;  // the answer, so far
        bool hasDigits = false;
        std::string digits;              // of the answer
        std::vector<std::string> words;  // that were said meanwhile
    };
    struct Dictation {
        Matter matter;
        std::size_t openedAfter = 0;
        std::size_t pieces = 0;
        std::size_t quiet = 0;                                // lines that agree, one after the other
        std::size_t noise = 0;                                // lines that say something else
        std::size_t told = 0;                                 // digits of a card's detail
        bool isHeard = false;                                 // an acknowledgement was the last that was said
        bool isAnnounced = false;                             // with a pen at hand
        bool isBegun = false;                                 // a card, by who tells it
        bool isInvited = false;                               // by "je vous écoute"
        bool hasForm = false;                                 // so far
        KnownDigits known{protocol::PersonalDataKind::Card};  // of a long number
        std::optional<Aside> aside;
    };
    /// What a line is, whatever is open.
    struct Seen {
        bool isOther = false;         // it names something else
        bool isTopic = false;         // it speaks of a password
        bool isPasswordNear = false;  // one that may be told was spoken of shortly before
        bool isOfOther = false;       // the line before spoke of something else that expires
    };
    Seen lookAt(const Line& line);
    void note(const Line& line);

    /// The steps of `read`, each of which knows some lines: nothing where it does not.
    using Step = std::optional<DictatedPiece> (DictationFollower::*)(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askForDetail(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> beginCard(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askAside(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> ask(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> standAside(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> beginAccount(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> inviteNumber(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askForNamedCode(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askForBirthdate(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askPerhaps(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> stopAfterWord(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> tell(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> announce(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> askToSpell(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> interrupt(const Line& line, const Seen& seen);
    std::optional<DictatedPiece> goOn(const Line& line, const Seen& seen);

    bool isPassword() const { return isOpen_ && now_.matter.kind == protocol::PersonalDataKind::Password; }
    bool isAccount() const { return now_.matter.kind == protocol::PersonalDataKind::Iban; }
    void open(const Matter& matter, bool isSameValue = false);
    void close() { isOpen_ = false; }
    void agree();
    void wait(const Line& line);
    void acknowledge();
    DictatedPiece taken(DictatedPiece piece);

    /// Of a card, an account or a person; more of it is to come.
    bool isInNumber() const;
    /// For something else: where more is to come the dictation stands still.
    void leaveFor(const Line& line);
    void beginAside(const Line& line);
    DictatedPiece pieceIn(const Line& line) const;
    bool goesOnBehind(const Aside& aside, const DictatedPiece& piece) const;

    static std::optional<Matter> askedIn(const Line& line);
    bool isBackFromAside(const Line& line) const;
    void hearAside(const Line& line);
    void hearAnswer(const Line& line);
    std::vector<DictatedPiece::Span> detailsIn(const Line& line);
    bool isSecret(const Line& line, const DictatedPiece& piece) const;
    DictatedPiece secret(const Line& line, bool isOther);
    DictatedPiece number(const Line& line, bool isOther);
    DictatedPiece detail(const Line& line, bool isOther);
    DictatedPiece birthdate(const Line& line);

    static constexpr std::size_t kLongAgo = 1000;  // lines
    static constexpr std::size_t kLongLine = 14;   // words: nobody waits so

    bool isOpen_ = false;
    Dictation now_;             // the open one, or the last
    std::size_t given_ = 0;     // pieces, in the call
    std::size_t openings_ = 0;  // in the call
    std::size_t values_ = 0;
    bool isWordTold_ = false;                          // the last line told a word as a password
    bool isOfOther_ = false;                           // it spoke of something else that expires
    std::optional<protocol::PersonalDataKind> named_;  // the number that was spoken of last
    std::size_t sinceNamed_ = kLongAgo;                // lines since
    std::size_t sinceLock_ = kLongAgo;                 // since the code of a lock was
    std::size_t sinceCard_ = kLongAgo;                 // since a card's number was told
    std::size_t sinceTopic_ = kLongAgo;                // since a password was spoken of
    std::size_t sinceAsked_ = kLongAgo;                // since one was spoken of that may be told
};

}  // namespace ninja3cx::analysis
