#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/asked_numbers.hpp"
#include "server/analysis/personal_data/asked_secrets.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/dictation_follower.hpp"

#include <algorithm>

/// What is asked or told between the pieces of a dictation.
namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

namespace {

constexpr std::size_t kMostLinesAside = 4;  // lines behind "votre poste c'est lequel"

}  // namespace

std::optional<DictatedPiece> DictationFollower::askAside(const Line& line, const Seen& seen) {
    if (!isOpen_ || now_.pieces == 0 || asksToSpell(line)) return std::nullopt;
    // What stands beside a card's number is short itself.
    const bool isOneNumber = !now_.matter.isDetail && asksForOneNumber(line);
    const bool isConfirmed = !now_.matter.isDetail && asksToConfirm(line);
    const bool isAsked =
        (seen.isOther && (asksAside(line) || (asksAgain(line) && namesMatterBeside(line)))) ||
        (seen.isTopic && asksWhichSecret(line)) || isOneNumber || isConfirmed;
    if (!isAsked) return std::nullopt;
    beginAside(line);
    now_.aside->isOneNumber = isOneNumber || isConfirmed;
    now_.aside->isConfirmed = isConfirmed;
    return DictatedPiece{};
}

void DictationFollower::beginAside(const Line& line) {
    const std::size_t lines = now_.aside ? now_.aside->lines + 1 : 0;
    Aside& aside = now_.aside.emplace();
    aside.lines = lines;
    aside.wanted = digitsOfNamedNumber(line);
    if (lines > kMostLinesAside) close();
}

bool DictationFollower::isInNumber() const {
    return isOpen_ && now_.pieces > 0 && !isPassword() && !now_.matter.isDetail &&
           now_.matter.kind != PersonalDataKind::Birthdate && !now_.known.isWhole();
}

void DictationFollower::leaveFor(const Line& line) {
    const bool isInPassword = isPassword() && now_.pieces > 0 && line.words.size() <= kLongLine;
    if ((!isInNumber() && !isInPassword) || endsDictation(line)) {
        close();
        return;
    }
    beginAside(line);
    // "mon code postal c'est 69003", "attendez, on m'appelle sur l'autre ligne": nothing is to be answered.
    const bool isWaiting = !line.isQuestion && (interruptsDictation(line) || isWaitedFor(line));
    if (isWaiting || !digitRuns(line.words).empty()) hearAnswer(line);
    now_.aside->isAnswered = now_.aside->isAnswered || isWaiting;
}

/// Until somebody calls for the rest, or goes on with it.
std::optional<DictatedPiece> DictationFollower::standAside(const Line& line, const Seen& /*seen*/) {
    if (!isOpen_ || !now_.aside) return std::nullopt;
    // "la suite c'est 8888 1881": called for and told.
    const bool isCalled = now_.aside->lines > 0 && resumesDictation(line) && pieceIn(line).isEmpty();
    const bool isTold = now_.aside->lines > 0 && resumesDictation(line) && !isCalled;
    if (!isCalled && !isTold && !isBackFromAside(line)) {
        hearAside(line);
        return DictatedPiece{};
    }
    now_.aside.reset();
    now_.isHeard = false;
    now_.quiet = 0;
    now_.noise = 0;
    return isCalled ? std::optional{DictatedPiece{}} : std::nullopt;
}

DictatedPiece DictationFollower::pieceIn(const Line& line) const {
    return isPassword() ? secretPieceIn(line)
                        : numberPieceIn(line, now_.matter.kind != PersonalDataKind::Card);
}

/// Behind the answer a line that is wholly a piece goes on with the dictation, unless it may go on with the answer: "votre
/// numéro ?" - "zéro six douze" - "oui" - "trente-quatre"; "votre nom ?" - "Martin" - "m a r t i n".
bool DictationFollower::isBackFromAside(const Line& line) const {
    if (secretToldFrom(line)) return true;
    const Aside& aside = *now_.aside;
    if (now_.matter.isDetail) return false;
    const DictatedPiece piece = pieceIn(line);
    if (piece.isAll && isInNumber() && now_.known.isCompletedBy(piece)) return true;
    constexpr std::size_t kLongerThanAnswer = 5;  // digits
    const bool isTooLong = aside.isOneNumber ? piece.digits >= kLongerThanAnswer
                                             : aside.wanted > 0 && piece.digits > aside.wanted;
    if (!aside.isAnswered && !isTooLong) return false;
    if (!piece.isAll || isTelephone(piece.value)) return false;
    if (piece.isEmpty()) return piece.masks > 0;
    // Read back at most.
    if (aside.isOneNumber && piece.digits > 0 && piece.digits == piece.value.size())
        return piece.value != aside.digits;
    if (isInNumber() && aside.hasDigits) return goesOnBehind(aside, piece);
    const bool isAnswerWhole = aside.wanted > 0 && aside.digits.find(piece.value) == std::string::npos;
    const bool isOfAnswer = (piece.letters > 0 && aside.hasLetters) ||
                            (piece.digits + piece.mixed > 0 && aside.hasDigits && !isAnswerWhole) ||
                            std::ranges::any_of(aside.words, [&](const std::string& word) {
                                return word.find(piece.value) != std::string::npos;
                            });
    return piece.hasForm() && !isOfAnswer;
}

/// Digits behind an answer of digits: a group of the number's, where it is not the answer read back.
bool DictationFollower::goesOnBehind(const Aside& aside, const DictatedPiece& piece) const {
    constexpr std::size_t kGroup = 4;
    const bool isKnownLength = aside.wanted > 0;
    return (isKnownLength || piece.value.size() >= kGroup) && now_.known.mayGoOnWith(piece) &&
           aside.digits.find(piece.value) == std::string::npos;
}

void DictationFollower::hearAside(const Line& line) {
    Aside& aside = *now_.aside;
    // A long number is told in pieces.
    const std::size_t most = aside.wanted > 0 ? 2 * kMostLinesAside : kMostLinesAside;
    if (++aside.lines > most) close();
    const DictatedPiece piece = secretPieceIn(line);
    const bool isAgreement = piece.isAll && piece.isEmpty() && piece.masks == 0;
    if (line.isQuestion || asksToSpell(line))
        aside.isAnswered = false;
    else if ((!isAgreement || aside.isConfirmed) && !isWaitedFor(line))
        hearAnswer(line);
}

void DictationFollower::hearAnswer(const Line& line) {
    Aside& aside = *now_.aside;
    aside.hasLetters = aside.hasLetters || secretPieceIn(line).letters > 0;
    std::string digits;
    for (const DigitRun& run : digitRuns(line.words)) digits += run.digits();
    // Read back.
    if (!aside.digits.ends_with(digits)) aside.digits += digits;
    aside.hasDigits = !aside.digits.empty();
    for (const Word& word : line.words) aside.words.push_back(word.text);
    aside.isAnswered = aside.digits.size() >= aside.wanted || digits.empty();
}

}  // namespace ninja3cx::analysis
