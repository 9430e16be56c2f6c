#include "server/analysis/personal_data/dictation_follower.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/asked_numbers.hpp"
#include "server/analysis/personal_data/asked_secrets.hpp"
#include "server/analysis/personal_data/card_details.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/other_matters.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalDataKind;

constexpr std::size_t kMostQuiet = 6;   // lines that agree, one after the other
constexpr std::size_t kMostNoise = 4;   // lines that say something else before the first piece
constexpr std::size_t kLaterNoise = 2;  // and behind it
constexpr std::size_t kHeardQuiet = 2;  // lines that agree behind "merci"
constexpr std::size_t kReadyWords = 3;  // of an answer to "you got a pen?"
constexpr std::size_t kTopicReach = 4;  // lines from a password to "vous pouvez l'épeler ?"
constexpr std::size_t kNamedReach = 6;  // lines from "je voudrais changer l'iban" to "FR76"
constexpr std::size_t kCardReach = 14;  // lines from a card's number to "et le cryptogramme ?"

bool holdsCard(const Line& line) {
    return isMaskedAs(line, PersonalDataKind::Card) ||
           std::ranges::any_of(digitRuns(line.words), [](const DigitRun& run) {
               const std::string digits = run.digits();
               return hasCardForm(digits) && isCardNumber(digits);
           });
}

/// "FR76": a country and its check digits.
bool beginsAccount(const DictatedPiece& piece) {
    const std::string_view value = piece.value;
    return piece.isAll && value.size() >= 4 && ibanLength(value.substr(0, 2)) != 0 &&
           std::ranges::all_of(value.substr(2, 2), [](char c) { return c >= '0' && c <= '9'; });
}

/// What is told of a card beside its number is found by its own announcement.
bool asksBesideNumber(const Line& line) {
    static const CueList kCues{{"expir*"}, {"date"}, {"cryptogramme"}, {"dos"},      {"back"},    {"code"},
                               {"valid*"}, {"cvv"},  {"derriere"},     {"security"}, {"montant"}, {"amount"}};
    return kCues.first(line).has_value();
}

}  // namespace

// -- what a line is

DictationFollower::Seen DictationFollower::lookAt(const Line& line) {
    Seen seen;
    seen.isOther = namesOtherMatter(line);
    seen.isTopic = speaksOfPassword(line);
    seen.isPasswordNear = sinceAsked_ < kTopicReach;
    sinceTopic_ = seen.isTopic ? 0 : sinceTopic_ + 1;
    ++sinceAsked_;
    // "j'ai oublié mon mot de passe" - "vous pouvez épeler ?": a name, as behind "votre nom ?".
    if (seen.isTopic && !tellsAboutPassword(line) && !wantsPassword(line)) sinceAsked_ = 0;
    if (seen.isOther) sinceAsked_ = kTopicReach;
    note(line);
    // "et votre licence ?" - "elle expire en mars"
    seen.isOfOther = std::exchange(isOfOther_, sinceCard_ > 0 && namesOtherExpiring(line));
    return seen;
}

/// Which number is spoken of, and whether a card's was told.
void DictationFollower::note(const Line& line) {
    ++sinceNamed_;
    ++sinceCard_;
    sinceLock_ = namesCodeOfLock(line) ? 0 : sinceLock_ + 1;
    if (const auto named = numberNamedIn(line)) {
        named_ = named;
        sinceNamed_ = 0;
    }
    if (holdsCard(line)) sinceCard_ = 0;
}

std::optional<DictationFollower::Matter> DictationFollower::askedIn(const Line& line) {
    if (line.words.empty()) return std::nullopt;
    if (asksForPassword(line)) return Matter{PersonalDataKind::Password};
    static const CueList kSession{{"session"}, {"ordinateur"}, {"windows"}, {"computer"}, {"laptop"}};
    if (asksForCode(line)) return Matter{PersonalDataKind::Password, !kSession.first(line)};
    if (const auto number = numberAskedIn(line)) return Matter{*number};
    return std::nullopt;
}

// -- the steps

DictatedPiece DictationFollower::read(const Line& line) {
    // The first that knows the line has it: what opens a dictation stands before what goes on with one, and a question for a
    // secret before the talk that it interrupts.
    static constexpr Step kSteps[] = {
        &DictationFollower::askForDetail,    &DictationFollower::beginCard,
        &DictationFollower::askAside,        &DictationFollower::ask,
        &DictationFollower::standAside,      &DictationFollower::beginAccount,
        &DictationFollower::inviteNumber,    &DictationFollower::askForNamedCode,
        &DictationFollower::askForBirthdate, &DictationFollower::askPerhaps,
        &DictationFollower::stopAfterWord,   &DictationFollower::tell,
        &DictationFollower::announce,        &DictationFollower::askToSpell,
        &DictationFollower::interrupt,       &DictationFollower::goOn};
    const Seen seen = lookAt(line);
    for (const Step step : kSteps)
        if (auto piece = (this->*step)(line, seen)) return *std::move(piece);
    return {};
}

DictationFollower::Heard DictationFollower::hear(const Line& line) {
    const std::size_t openings = openings_;
    const std::size_t pieces = given_;
    read(line);
    if (openings_ != openings) return Heard::Opening;
    return given_ != pieces ? Heard::Piece : Heard::Other;
}

/// "d'accord zéro huit vingt huit et le cryptogramme au dos"
std::optional<DictatedPiece> DictationFollower::askForDetail(const Line& line, const Seen& seen) {
    if (sinceCard_ > kCardReach || seen.isOfOther || !cardDetailNamedIn(line)) return std::nullopt;
    DictatedPiece piece;
    if (isOpen_ && !isPassword() && !now_.matter.isDetail) {
        constexpr std::size_t kGroup = 4;
        piece = leadingNumberIn(line);  // "8888 1881, expiry oh nine"
        if (piece.digits < kGroup || isTelephone(piece.value)) piece = {};
    }
    open({PersonalDataKind::Card, false, true});
    now_.openedAfter = sinceCard_;
    for (DictatedPiece::Span span : detailsIn(line)) {
        const bool isIn = std::ranges::any_of(piece.spans, [&](const auto& other) {
            return span.first < other.last && other.first < span.last;
        });
        if (!isIn) piece.spans.push_back(span);
    }
    return piece;
}

std::optional<DictatedPiece> DictationFollower::beginCard(const Line& line, const Seen& /*seen*/) {
    auto begun = cardBegunIn(line);
    if (!begun) return std::nullopt;
    open({PersonalDataKind::Card});
    now_.isBegun = true;
    now_.known.add(begun->piece);
    ++now_.pieces;
    sinceCard_ = 0;
    return begun->isLong ? std::move(begun->piece) : DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::ask(const Line& line, const Seen& /*seen*/) {
    const auto asked = askedIn(line);
    if (!asked) return std::nullopt;
    open(*asked);
    return DictatedPiece{};
}

/// "FR76" where an account was spoken of; its mask, once it is masked.
std::optional<DictatedPiece> DictationFollower::beginAccount(const Line& line, const Seen& /*seen*/) {
    if (isOpen_ || named_ != PersonalDataKind::Iban || sinceNamed_ == 0 || sinceNamed_ > kNamedReach)
        return std::nullopt;
    DictatedPiece piece = numberPieceIn(line, true);
    const bool isMasked = piece.isAll && isMaskedAs(line, PersonalDataKind::Iban);
    if (!isMasked && !beginsAccount(piece)) return std::nullopt;
    open({PersonalDataKind::Iban});
    now_.openedAfter = sinceNamed_;
    return taken(std::move(piece));
}

std::optional<DictatedPiece> DictationFollower::inviteNumber(const Line& line, const Seen& /*seen*/) {
    if (isOpen_ || !named_ || sinceNamed_ == 0 || sinceNamed_ > kTopicReach || !invitesNumber(line))
        return std::nullopt;
    open({*named_});
    now_.isInvited = true;
    now_.openedAfter = sinceNamed_;
    return DictatedPiece{};
}

/// "le code du coffre a changé" - "c'est quoi le nouveau"
std::optional<DictatedPiece> DictationFollower::askForNamedCode(const Line& line, const Seen& seen) {
    if (isOpen_ || seen.isOther || sinceLock_ == 0 || sinceLock_ > kTopicReach || !asksForNamedCode(line))
        return std::nullopt;
    open({PersonalDataKind::Password, true});
    now_.openedAfter = sinceLock_;
    return DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::askPerhaps(const Line& line, const Seen& /*seen*/) {
    if (isOpen_ || !mayAskForPassword(line)) return std::nullopt;
    open({PersonalDataKind::Password});
    now_.isAnnounced = true;
    return DictatedPiece{};
}

/// "le mot de passe c'est Tournesol" - "ne me le dites pas": only what has a form goes on.
std::optional<DictatedPiece> DictationFollower::stopAfterWord(const Line& line, const Seen& /*seen*/) {
    if (!std::exchange(isWordTold_, false) || !interruptsDictation(line)) return std::nullopt;
    open({PersonalDataKind::Password});
    ++now_.noise;
    return DictatedPiece{};
}

/// The value stands in the line that announces it, and may go on in the next ones.
std::optional<DictatedPiece> DictationFollower::tell(const Line& line, const Seen& /*seen*/) {
    const auto from = secretToldFrom(line);
    if (!from) return std::nullopt;
    DictatedPiece piece = secretPieceIn(line, *from);
    constexpr std::size_t kSpelled = 3;
    // "b comme berthe"
    const bool isExplained = piece.isAll && piece.letters > 0 && piece.spans.size() == 1 &&
                             piece.spans[0].last - piece.spans[0].first > piece.letters + 1;
    const bool isSpelled = piece.letters >= kSpelled || isExplained;
    isWordTold_ = piece.isAll && piece.words == 1;
    if (isSpelled || piece.masks > 0 || (piece.isAll && piece.digits + piece.mixed > 0)) {
        open({PersonalDataKind::Password});
        ++now_.pieces;
        return isSpelled ? std::move(piece) : DictatedPiece{};
    }
    // "the password is ready, got a pen?"
    if (offersToDictate(line) || asksForSpokenPassword(line)) return std::nullopt;
    return DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::announce(const Line& line, const Seen& seen) {
    if (seen.isOther || sinceTopic_ > kTopicReach || !(offersToDictate(line) || asksForSpokenPassword(line)))
        return std::nullopt;
    // "vous notez le mot de passe ?", "I have reset it, got a pen?": nothing else is noted
    static const CueList kReset{
        {"reinitialis*"}, {"reset"}, {"temporary password"}, {"mot de passe temporaire"}};
    open({PersonalDataKind::Password});
    now_.isAnnounced = true;
    now_.hasForm = (seen.isTopic && !wantsPassword(line)) || kReset.first(line);
    now_.openedAfter = sinceTopic_;
    return DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::askToSpell(const Line& line, const Seen& seen) {
    if (seen.isOther || !asksToSpell(line) || !(seen.isPasswordNear || isPassword()) ||
        tellsAboutPassword(line) || !secretPieceIn(line).isEmpty())
        return std::nullopt;
    open({PersonalDataKind::Password}, isPassword());
    now_.openedAfter = sinceAsked_;
    return DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::interrupt(const Line& line, const Seen& /*seen*/) {
    if (!isOpen_ || !interruptsDictation(line) || (now_.pieces == 0 && isPassword())) return std::nullopt;
    if (!isPassword() && isMaskedAs(line, now_.matter.kind)) return std::nullopt;  // "[card] attendez"
    const DictatedPiece piece = isPassword() ? secretPieceIn(line) : leadingNumberIn(line, isAccount());
    if (!piece.isEmpty()) return std::nullopt;
    // "attendez, mon code postal c'est 69003", and not "attendez, pas de carte au téléphone"
    const bool isTold = !digitRuns(line.words).empty();
    if (isInNumber() && (namesPlainNumber(line) || (isTold && namesMatterBeside(line))))
        leaveFor(line);
    else
        agree();
    return DictatedPiece{};
}

std::optional<DictatedPiece> DictationFollower::goOn(const Line& line, const Seen& seen) {
    if (!isOpen_) return std::nullopt;
    if (isPassword()) return secret(line, seen.isOther);
    if (now_.matter.kind == PersonalDataKind::Birthdate) return birthdate(line);
    return now_.matter.isDetail ? detail(line, seen.isOther) : number(line, seen.isOther);
}

// -- what they change

void DictationFollower::open(const Matter& matter, bool isSameValue) {
    if (!isSameValue) ++values_;
    ++openings_;
    isOpen_ = true;
    now_ = Dictation{};
    now_.matter = matter;
    now_.known = KnownDigits{matter.kind};
}

void DictationFollower::agree() {
    if (++now_.quiet > (now_.isHeard ? kHeardQuiet : kMostQuiet)) close();
}

void DictationFollower::wait(const Line& line) {
    const std::size_t most = now_.isHeard ? 0 : now_.pieces == 0 ? kMostNoise : kLaterNoise;
    if (++now_.noise > most || line.words.size() > kLongLine) close();
}

/// "merci": the rest may follow.
void DictationFollower::acknowledge() {
    now_.isHeard = true;
    now_.quiet = 0;
}

DictatedPiece DictationFollower::taken(DictatedPiece piece) {
    now_.hasForm = now_.hasForm || piece.hasForm() || piece.cases + piece.masks > 0;
    now_.known.add(piece);
    ++now_.pieces;
    ++given_;
    now_.quiet = 0;
    now_.noise = 0;
    now_.isHeard = false;
    return piece;
}

// -- passwords

DictatedPiece DictationFollower::secret(const Line& line, bool isOther) {
    // "j'ai fait une erreur de frappe"
    static const CueList kSlips{{"de frappe"}, {"typo"}, {"mistyped"}};
    if (now_.pieces > 0 && kSlips.first(line)) isOther = false;
    if (isOther || (refusesToDictate(line) && now_.pieces == 0)) {
        leaveFor(line);
        sinceAsked_ = kTopicReach;
        return {};
    }
    const std::size_t proposed = now_.pieces == 0 ? secretProposedAt(line) : 0;
    DictatedPiece piece = secretPieceIn(line, proposed);
    if (proposed > 0 && piece.isAll && piece.words == 1) now_.hasForm = true;
    // "vous avez un stylo ?" - "c'est bon"
    const bool isReady = now_.isAnnounced && now_.pieces == 0 && line.words.size() <= kReadyWords;
    const bool isEnd = endsDictation(line) && !isReady;
    const bool isHeard = acknowledgesPiece(line) && !isReady;
    const bool isGiven = !piece.isEmpty() && isSecret(line, piece);
    if (isGiven) piece = taken(std::move(piece));
    if (isEnd) {
        close();
    } else if (isHeard) {
        acknowledge();
    } else if (!isGiven) {
        if (piece.masks > 0)
            piece = taken(std::move(piece));
        else if (isReady || (piece.isAll && piece.isEmpty()) || (isWaitedFor(line) && piece.isEmpty()))
            agree();
        else
            wait(line);
        return {};
    }
    return isGiven ? std::move(piece) : DictatedPiece{};
}

bool DictationFollower::isSecret(const Line& line, const DictatedPiece& piece) const {
    constexpr std::size_t kMostWords = 3;
    constexpr std::size_t kTelephone = 10;
    constexpr std::size_t kSpelled = 3;
    const bool isFirst = now_.pieces == 0;
    if (!piece.isAll) return piece.words == 0 && (piece.letters >= kSpelled || !isFirst);
    if (line.isQuestion && piece.words > 0 && piece.letters + piece.digits + piece.signs == 0 && isFirst)
        return false;
    if (piece.digits == kTelephone && piece.letters + piece.words + piece.signs == 0 &&
        piece.value.starts_with('0'))
        return false;
    if (now_.matter.isCode && (piece.words > 0 || piece.digits > kTelephone || line.text.ends_with('!')))
        return false;
    if (piece.words == 0) return true;
    if (line.text.ends_with('!') && piece.words == 1 && piece.mixed == 0 && isFirst) return false;
    if (now_.isHeard && piece.words > piece.mixed) return false;
    if (piece.words > kMostWords || (piece.words > 1 && !piece.hasForm())) return false;
    return piece.hasForm() || now_.noise == 0;
}

// -- numbers

DictatedPiece DictationFollower::number(const Line& line, bool isOther) {
    constexpr std::size_t kGroup = 4;
    const PersonalDataKind kind = now_.matter.kind;
    DictatedPiece piece = numberPieceIn(line, kind != PersonalDataKind::Card);
    if (!piece.isAll) {
        DictatedPiece leading = leadingNumberIn(line, isAccount());
        // "8888 1881, expiry oh nine"
        const bool isGroup = now_.pieces > 0 && leading.digits >= kGroup;
        // "soixante-neuf attendez je mets mes lunettes"
        const bool isWaiting = leading.digits + leading.letters + leading.words > 1 &&
                               (interruptsDictation(line) || isWaitedFor(line)) &&
                               (now_.pieces > 0 || mayBeginNumber(leading, kind));
        if ((isGroup || isWaiting) && !isTelephone(leading.value)) {
            leading = taken(std::move(leading));
            if (asksBesideNumber(line)) leaveFor(line);
            return leading;
        }
    }
    if (refusesToDictate(line)) {
        close();
        return {};
    }
    if (namesPlainNumber(line) || (asksBesideNumber(line) && !resumesDictation(line))) {
        leaveFor(line);
        return {};
    }
    // Once masked, a card that was told unasked may be whole: "combien de licences ?" - "douze"
    const bool isTooShort = now_.isBegun && piece.digits < kGroup;
    // "un" alone begins no number: "un instant".
    const bool isUnlike = now_.isInvited && now_.pieces == 0 && !mayBeginNumber(piece, kind);
    const bool isGiven = piece.isAll && !isTooShort && !isUnlike &&
                         piece.digits + piece.letters + piece.words > 0 &&
                         (now_.pieces > 0 || piece.value != "1" || kind == PersonalDataKind::Ssn);
    if (isGiven) piece = taken(std::move(piece));
    if (kind == PersonalDataKind::Card && (isGiven || piece.masks > 0)) sinceCard_ = 0;
    if (endsDictation(line)) {
        close();
    } else if (isOther && !isGiven && !invitesNumber(line)) {
        leaveFor(line);
    } else if (acknowledgesPiece(line)) {
        acknowledge();
    } else if (!isGiven) {
        if (piece.masks > 0)
            taken(std::move(piece));
        else if (piece.isAll || isWaitedFor(line))
            agree();
        else
            wait(line);
    }
    return isGiven ? std::move(piece) : DictatedPiece{};
}

// -- what stands beside a card's number

/// Digits that tell a detail, or read one back.
std::vector<DictatedPiece::Span> DictationFollower::detailsIn(const Line& line) {
    constexpr std::size_t kCode = 3;  // digits
    std::vector<DictatedPiece::Span> spans;
    for (const CardDetail& detail : cardDetailPiecesIn(line)) {
        const std::size_t digits = detail.value.size();
        // Once all was told, only what may be read back.
        if (now_.told >= kCode && digits < kCode) continue;
        now_.told += digits;
        spans.push_back({detail.first, detail.last});
    }
    return spans;
}

DictatedPiece DictationFollower::detail(const Line& line, bool isOther) {
    if ((isOther && namesMatterBeside(line)) || endsDictation(line) || namesPlainNumber(line)) {
        close();
        return {};
    }
    DictatedPiece piece;
    piece.spans = detailsIn(line);
    if (!piece.spans.empty()) {
        sinceCard_ = 0;
        return taken(std::move(piece));
    }
    if (isMaskedAs(line, PersonalDataKind::Card)) {
        now_.told += 2;  // at least
        taken({});
    } else if (acknowledgesPiece(line)) {
        acknowledge();
    } else if (isWaitedFor(line) || numberPieceIn(line, false).isAll) {
        agree();
    } else {
        wait(line);
    }
    return {};
}

}  // namespace ninja3cx::analysis
