#include "server/analysis/personal_data/open_dictation.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/asked_numbers.hpp"
#include "server/analysis/personal_data/asked_secrets.hpp"
#include "server/analysis/personal_data/card_details.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/dictated_piece.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/other_matters.hpp"
#include "server/analysis/personal_data/secret_words.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalDataKind;

constexpr std::size_t kMostQuiet = 6;   // lines that agree, one after the other
constexpr std::size_t kMostNoise = 4;   // lines that say something else before the first piece
constexpr std::size_t kLaterNoise = 2;  // and behind it
constexpr std::size_t kHeardQuiet = 2;  // lines that agree behind "merci"
constexpr std::size_t kLongLine = 14;   // words: nobody waits so
constexpr std::size_t kReadyWords = 3;  // of an answer to "you got a pen?"
constexpr std::size_t kTopicReach = 4;  // lines from a password to "vous pouvez l'épeler ?"
constexpr std::size_t kNamedReach = 6;  // lines from "je voudrais changer l'iban" to "FR76"
constexpr std::size_t kCardReach = 14;  // lines from a card's number to "et le cryptogramme ?"

/// What is dictated.
struct Matter {
    PersonalDataKind kind;
    bool isCode = false;    // a password of digits, and letters at most
    bool isDetail = false;  // what stands beside a card's number
};

std::optional<Matter> opens(const Line& line) {
    if (line.words.empty()) return std::nullopt;
    if (asksForPassword(line)) return Matter{PersonalDataKind::Password};
    static const CueList kSession{{"session"}, {"ordinateur"}, {"windows"}, {"computer"}, {"laptop"}};
    if (asksForCode(line)) return Matter{PersonalDataKind::Password, !kSession.first(line)};
    if (const auto number = numberAskedIn(line)) return Matter{*number};
    return std::nullopt;
}

/// "le mot de passe c'est m a r": where in the line the value begins; none: it tells none.
std::optional<std::size_t> valueToldIn(const Line& line) {
    static const CueList kTold{
        {"mot de passe ~ c est"}, {"mot de passe ~ est"}, {"mdp ~ c est"},         {"mdp ~ est"},
        {"password ~ is"},        {"password s"},         {"mot de passe ~ sera"}, {"provisoire ~ c est"},
        {"passphrase ~ is"},      {"password ~ it s"}};
    std::optional<std::size_t> from;
    for (const CueList::Hit& hit : kTold.all(line)) from = std::max(from.value_or(0), hit.match.last);
    return from;
}

bool isOver(const Line& line) {
    if (line.isQuestion) return false;
    static const CueList kCues{
        {"c est tout"}, {"j y suis"},    {"ca y est"},  {"c est passe"},   {"ca passe"}, {"connecte"},
        {"connectee"},  {"c est parti"}, {"that s it"}, {"that s all"},    {"i m in"},   {"all done"},
        {"it worked"},  {"that worked"}, {"au revoir"}, {"bonne journee"}, {"goodbye"},  {"bye"}};
    return kCues.first(line).has_value();
}

/// "merci", "ça marche": over, or only heard.
bool acknowledges(const Line& line) {
    static const CueList kCues{{"c est bon"}, {"merci"},  {"ca marche"},
                               {"thank*"},    {"cheers"}, {"that s fine"}};
    return kCues.first(line).has_value();
}

/// "attendez je cherche", "c'est marqué quelque part", "prenez votre temps"
bool isWaiting(const Line& line) {
    static const CueList kCues{{"attend*"},        {"cherche"},      {"regarde"},
                               {"marque"},         {"c est note"},   {"ecrit*"},
                               {"post it"},        {"carnet"},       {"temps"},
                               {"seconde*"},       {"moment"},       {"quelque part"},
                               {"hold on"},        {"one sec*"},     {"wait"},
                               {"looking"},        {"minute"},       {"instant"},
                               {"written"},        {"find it"},      {"papier"},
                               {"lunettes"},       {"calepin"},      {"cahier"},
                               {"worries"},        {"i m back"},     {"revoila"},
                               {"pas de souci"},   {"a la porte"},   {"at the door"},
                               {"double appel"},   {"patient*"},     {"repet*"},
                               {"repeat"},         {"start again"},  {"reprends"},
                               {"majuscule ou"},   {"capital or"},   {"c est une majuscule"},
                               {"that a capital"}, {"it a capital"}, {"retourne"},
                               {"turn it over"},   {"no problem"}};
    return kCues.first(line).has_value();
}

/// "je ne m'en souviens plus": nothing will be said.
bool isRefused(const Line& line) {
    static const CueList kLooking{{"attend*"}, {"cherche"}, {"hold on"}, {"wait"}, {"let me look"}};
    static const CueList kCues{{"souvien*"},
                               {"sais plus"},
                               {"sais pas"},
                               {"connais pas"},
                               {"oubli*"},
                               {"don t know"},
                               {"can t remember"},
                               {"don t remember"},
                               {"no idea"},
                               {"forgot*"},
                               {"prefere pas"},
                               {"refus*"},
                               {"rather not"},
                               {"aucune idee"},
                               {"marche pas"},
                               {"marche plus"},
                               {"pas vous ~ donner"},
                               {"pas le donner"},
                               {"prefere"},
                               {"pas sous la main"},
                               {"que d habitude"},
                               {"par mail"},
                               {"par sms"},
                               {"absent*"},
                               {"by email"},
                               {"d rather"}};
    return kCues.first(line) && !kLooking.first(line);
}

/// "on peut mettre Tournesol": where a word begins that is proposed as a password; 0: none is.
std::size_t proposedAt(const Line& line) {
    static const CueList kCues{{"peut mettre"}, {"on met"},        {"mettez"},       {"mettons"},
                               {"disons"},      {"on va dire"},    {"peut etre"},    {"maybe"},
                               {"how about"},   {"let s say"},     {"what about"},   {"je dirais"},
                               {"part sur"},    {"let s go with"}, {"we could use"}, {"let s use"}};
    const auto proposed = kCues.first(line);
    return proposed ? proposed->match.last : 0;
}

/// Follows one call line by line.
class Follower {
public:
    enum class Heard { Opening, Piece, Other };

    bool isOpen() const { return matter_.has_value(); }
    PersonalDataKind matter() const { return matter_ ? matter_->kind : PersonalDataKind::Password; }
    /// Lines from the one that spoke of the password to the last opening; 0: that one itself did.
    std::size_t sinceTopicBefore() const { return openedAfter_; }
    std::size_t openings() const { return openings_; }
    /// That were asked for or told so far; to spell the open one is no other.
    std::size_t values() const { return values_; }
    /// Nothing but words was given since somebody took a pen: it may be anything that is noted.
    bool isDoubtful() const { return isAnnounced_ && !hasForm_; }

    Heard hear(const Line& line) {
        const std::size_t openings = openings_;
        const std::size_t pieces = given_;
        read(line);
        if (openings_ != openings) return Heard::Opening;
        return given_ != pieces ? Heard::Piece : Heard::Other;
    }

    /// The piece of this line; without spans: it gives none.
    DictatedPiece read(const Line& line) {
        const bool isOther = namesOtherMatter(line);
        const bool isTopic = speaksOfPassword(line);
        const bool isPasswordNear = sinceAsked_ < kTopicReach;
        sinceTopic_ = isTopic ? 0 : sinceTopic_ + 1;
        ++sinceAsked_;
        // "j'ai oublié mon mot de passe" - "vous pouvez épeler ?": a name, as behind "votre nom ?".
        if (isTopic && !tellsAboutPassword(line) && !wantsPassword(line)) sinceAsked_ = 0;
        if (isOther) sinceAsked_ = kTopicReach;
        note(line);
        // "et votre licence ?" - "elle expire en mars"
        const bool isOfOther = std::exchange(isOfOther_, sinceCard_ > 0 && namesOtherExpiring(line));
        if (sinceCard_ <= kCardReach && !isOfOther && cardDetailNamedIn(line)) return askedDetail(line);
        if (auto begun = cardBegunIn(line)) {
            open({PersonalDataKind::Card});
            isBegun_ = true;
            ++pieces_;
            sinceCard_ = 0;
            return begun->isLong ? std::move(begun->piece) : DictatedPiece{};
        }
        if (isAside_) return aside(line);
        if (pieces_ > 0 && isOpen() && !asksToSpell(line) &&
            ((isOther && asksAside(line)) || (isTopic && asksWhichSecret(line)))) {
            isAside_ = true;
            noise_ = 0;
            return {};
        }
        if (const auto opened = opens(line)) {
            open(*opened);
            return {};
        }
        if (!isOpen()) {
            if (auto begun = accountBegun(line)) return *std::move(begun);
            if (named_ && sinceNamed_ > 0 && sinceNamed_ <= kTopicReach && invitesNumber(line)) {
                open({*named_});
                isInvited_ = true;
                openedAfter_ = sinceNamed_;
                return {};
            }
        }
        if (!isOpen() && mayAskForPassword(line)) {
            open({PersonalDataKind::Password});
            isAnnounced_ = true;
            return {};
        }
        const bool isInterrupted = interruptsDictation(line);
        if (std::exchange(isWordTold_, false) && isInterrupted) {
            open({PersonalDataKind::Password});
            ++noise_;  // only what has a form goes on
            return {};
        }
        if (const auto from = valueToldIn(line)) {
            const std::size_t openings = openings_;
            DictatedPiece piece = told(line, *from);
            // "the password is ready, got a pen?"
            if (openings_ != openings || !(offersToDictate(line) || asksForSpokenPassword(line)))
                return piece;
        }
        if (!isOther && sinceTopic_ <= kTopicReach &&
            (offersToDictate(line) || asksForSpokenPassword(line))) {
            open({PersonalDataKind::Password});
            isAnnounced_ = true;
            // "vous notez le mot de passe ?", "I have reset it, got a pen?": nothing else is noted
            static const CueList kReset{
                {"reinitialis*"}, {"reset"}, {"temporary password"}, {"mot de passe temporaire"}};
            hasForm_ = (isTopic && !wantsPassword(line)) || kReset.first(line);
            openedAfter_ = sinceTopic_;
            return {};
        }
        if (!isOther && asksToSpell(line) && (isPasswordNear || isPassword()) && !tellsAboutPassword(line) &&
            secretPieceIn(line).isEmpty()) {
            open({PersonalDataKind::Password}, isPassword());
            openedAfter_ = sinceAsked_;
            return {};
        }
        if (!isOpen()) return {};
        const auto tellsNothing = [&] {
            return (isPassword() ? secretPieceIn(line) : leadingNumberIn(line)).isEmpty();
        };
        if (isInterrupted && (pieces_ > 0 || !isPassword()) && tellsNothing()) {
            agree();
            return {};
        }
        if (isPassword()) return secret(line, isOther);
        return matter_->isDetail ? detail(line, isOther) : number(line, isOther);
    }

private:
    bool isPassword() const { return matter_ && matter_->kind == PersonalDataKind::Password; }
    void open(Matter matter, bool isSameValue = false) {
        if (!isSameValue) ++values_;
        matter_ = matter;
        isHeard_ = false;
        quiet_ = 0;
        noise_ = 0;
        pieces_ = 0;
        openedAfter_ = 0;
        isAnnounced_ = false;
        isBegun_ = false;
        isInvited_ = false;
        isAside_ = false;
        hasForm_ = false;
        told_ = 0;
        ++openings_;
    }
    void close() {
        matter_.reset();
        isAside_ = false;
    }
    /// Which number is spoken of, and whether a card's was told.
    void note(const Line& line) {
        ++sinceNamed_;
        ++sinceCard_;
        if (const auto named = numberNamedIn(line)) {
            named_ = named;
            sinceNamed_ = 0;
        }
        if (isSaid(line, PersonalDataKind::Card) ||
            std::ranges::any_of(digitRuns(line.words), [](const DigitRun& run) {
                const std::string digits = run.digits();
                return hasCardForm(digits) && isCardNumber(digits);
            }))
            sinceCard_ = 0;
    }
    /// Its mask stands in the line.
    static bool isSaid(const Line& line, PersonalDataKind kind) {
        return line.text.find(protocol::maskName(kind)) != std::string_view::npos;
    }
    /// "votre poste c'est lequel" was asked: the dictation stands still until somebody calls for its rest.
    DictatedPiece aside(const Line& line) {
        constexpr std::size_t kMost = 4;  // lines
        if (noise_ > 0 && resumesDictation(line)) {
            isAside_ = false;
            isHeard_ = false;
            noise_ = 0;
            quiet_ = 0;
        } else if (++noise_ > kMost) {
            close();
        }
        return {};
    }
    /// "FR76" where an account was spoken of; its mask, once it is masked.
    std::optional<DictatedPiece> accountBegun(const Line& line) {
        if (named_ != PersonalDataKind::Iban || sinceNamed_ == 0 || sinceNamed_ > kNamedReach)
            return std::nullopt;
        DictatedPiece piece = numberPieceIn(line, true);
        const bool isCountry = piece.value.size() >= 4 &&
                               ibanLength(std::string_view{piece.value}.substr(0, 2)) != 0 &&
                               std::ranges::all_of(std::string_view{piece.value}.substr(2, 2),
                                                   [](char c) { return c >= '0' && c <= '9'; });
        if (!piece.isAll || !(isCountry || isSaid(line, PersonalDataKind::Iban))) return std::nullopt;
        const std::size_t since = sinceNamed_;
        open({PersonalDataKind::Iban});
        openedAfter_ = since;
        return taken(std::move(piece));
    }
    /// "d'accord zéro huit vingt huit et le cryptogramme au dos"
    DictatedPiece askedDetail(const Line& line) {
        DictatedPiece piece;
        if (isOpen() && !isPassword() && !matter_->isDetail) {
            constexpr std::size_t kGroup = 4;
            piece = leadingNumberIn(line);  // "8888 1881, expiry oh nine"
            if (piece.digits < kGroup || isTelephone(piece.value)) piece = {};
        }
        const std::size_t since = sinceCard_;
        open({PersonalDataKind::Card, false, true});
        openedAfter_ = since;
        for (DictatedPiece::Span span : detailsIn(line)) {
            const bool isIn = std::ranges::any_of(piece.spans, [&](const auto& other) {
                return span.first < other.last && other.first < span.last;
            });
            if (!isIn) piece.spans.push_back(span);
        }
        return piece;
    }
    /// Digits that tell a detail, or read one back.
    std::vector<DictatedPiece::Span> detailsIn(const Line& line) {
        constexpr std::size_t kCode = 3;  // digits
        std::vector<DictatedPiece::Span> spans;
        for (const CardDetail& detail : cardDetailPiecesIn(line)) {
            const std::size_t digits = detail.value.size();
            // Once all was told, only what may be read back.
            if (told_ >= kCode && digits < kCode) continue;
            told_ += digits;
            spans.push_back({detail.first, detail.last});
        }
        return spans;
    }
    DictatedPiece detail(const Line& line, bool isOther) {
        if ((isOther && namesMatterBeside(line)) || isOver(line) || namesPlainNumber(line)) {
            close();
            return {};
        }
        DictatedPiece piece;
        piece.spans = detailsIn(line);
        if (!piece.spans.empty()) {
            sinceCard_ = 0;
            return taken(std::move(piece));
        }
        if (isSaid(line, PersonalDataKind::Card)) {
            told_ += 2;  // at least
            taken({});
        } else if (acknowledges(line)) {
            acknowledge();
        } else if (isWaiting(line) || numberPieceIn(line, false).isAll) {
            agree();
        } else {
            wait(line);
        }
        return {};
    }
    void agree() {
        if (++quiet_ > (isHeard_ ? kHeardQuiet : kMostQuiet)) close();
    }
    void wait(const Line& line) {
        const std::size_t most = isHeard_ ? 0 : pieces_ == 0 ? kMostNoise : kLaterNoise;
        if (++noise_ > most || line.words.size() > kLongLine) close();
    }
    /// "merci": the rest may follow.
    void acknowledge() {
        isHeard_ = true;
        quiet_ = 0;
    }
    DictatedPiece taken(DictatedPiece piece) {
        hasForm_ = hasForm_ || piece.hasForm() || piece.cases + piece.masks > 0;
        ++pieces_;
        ++given_;
        quiet_ = 0;
        noise_ = 0;
        isHeard_ = false;
        return piece;
    }

    /// The value stands in the line that announces it, and may go on in the next ones.
    DictatedPiece told(const Line& line, std::size_t from) {
        DictatedPiece piece = secretPieceIn(line, from);
        constexpr std::size_t kSpelled = 3;
        const bool isSpelled = piece.letters >= kSpelled;
        isWordTold_ = piece.isAll && piece.words == 1;
        if (!isSpelled && piece.masks == 0 && !(piece.isAll && piece.digits + piece.mixed > 0)) return {};
        open({PersonalDataKind::Password});
        ++pieces_;
        return isSpelled ? piece : DictatedPiece{};
    }

    DictatedPiece secret(const Line& line, bool isOther) {
        // "j'ai fait une erreur de frappe"
        static const CueList kSlips{{"de frappe"}, {"typo"}, {"mistyped"}};
        if (pieces_ > 0 && kSlips.first(line)) isOther = false;
        if (isOther || (isRefused(line) && pieces_ == 0)) {
            close();
            sinceAsked_ = kTopicReach;
            return {};
        }
        const std::size_t proposed = pieces_ == 0 ? proposedAt(line) : 0;
        DictatedPiece piece = secretPieceIn(line, proposed);
        if (proposed > 0 && piece.isAll && piece.words == 1) hasForm_ = true;
        // "vous avez un stylo ?" - "c'est bon"
        const bool isReady = isAnnounced_ && pieces_ == 0 && line.words.size() <= kReadyWords;
        const bool isEnd = isOver(line) && !isReady;
        const bool isHeard = acknowledges(line) && !isReady;
        const bool isGiven = !piece.isEmpty() && isSecret(line, piece);
        if (isGiven) piece = taken(std::move(piece));
        if (isEnd) {
            close();
        } else if (isHeard) {
            acknowledge();
        } else if (!isGiven) {
            if (piece.masks > 0)
                piece = taken(std::move(piece));
            else if (isReady || (piece.isAll && piece.isEmpty()) || (isWaiting(line) && piece.isEmpty()))
                agree();
            else
                wait(line);
            return {};
        }
        return isGiven ? std::move(piece) : DictatedPiece{};
    }
    bool isSecret(const Line& line, const DictatedPiece& piece) const {
        constexpr std::size_t kMostWords = 3;
        constexpr std::size_t kTelephone = 10;
        constexpr std::size_t kSpelled = 3;
        if (!piece.isAll) return piece.words == 0 && (piece.letters >= kSpelled || pieces_ > 0);
        if (line.isQuestion && piece.words > 0 && piece.letters + piece.digits + piece.signs == 0 &&
            pieces_ == 0)
            return false;
        if (piece.digits == kTelephone && piece.letters + piece.words + piece.signs == 0 &&
            piece.value.starts_with('0'))
            return false;
        if (matter_->isCode && (piece.words > 0 || piece.digits > kTelephone || line.text.ends_with('!')))
            return false;
        if (piece.words == 0) return true;
        if (line.text.ends_with('!') && piece.words == 1 && piece.mixed == 0 && pieces_ == 0) return false;
        if (isHeard_ && piece.words > piece.mixed) return false;
        if (piece.words > kMostWords || (piece.words > 1 && !piece.hasForm())) return false;
        return piece.hasForm() || noise_ == 0;
    }

    DictatedPiece number(const Line& line, bool isOther) {
        constexpr std::size_t kGroup = 4;
        DictatedPiece piece = numberPieceIn(line, matter_->kind != PersonalDataKind::Card);
        if (pieces_ > 0 && !piece.isAll) {
            // "8888 1881, expiry oh nine"
            DictatedPiece leading = leadingNumberIn(line);
            if (leading.digits >= kGroup && !isTelephone(leading.value)) {
                leading = taken(std::move(leading));
                if (asksForDetail(line)) close();
                return leading;
            }
        }
        if (isRefused(line) || namesPlainNumber(line) || (asksForDetail(line) && !resumesDictation(line))) {
            close();
            return {};
        }
        // Once masked, a card that was told unasked may be whole: "combien de licences ?" - "douze"
        const bool isTooShort = isBegun_ && piece.digits < kGroup;
        // "un" alone begins no number: "un instant".
        const bool isUnlike = isInvited_ && pieces_ == 0 && !mayBeginNumber(piece, matter_->kind);
        const bool isGiven = piece.isAll && !isTooShort && !isUnlike &&
                             piece.digits + piece.letters + piece.words > 0 &&
                             (pieces_ > 0 || piece.value != "1" || matter_->kind == PersonalDataKind::Ssn);
        if (isGiven) piece = taken(std::move(piece));
        if (matter_->kind == PersonalDataKind::Card && (isGiven || piece.masks > 0)) sinceCard_ = 0;
        if (isOver(line) || (isOther && !isGiven && !invitesNumber(line))) {
            close();
        } else if (acknowledges(line)) {
            acknowledge();
        } else if (!isGiven) {
            if (piece.masks > 0)
                taken({});
            else if (piece.isAll || isWaiting(line))
                agree();
            else
                wait(line);
        }
        return isGiven ? std::move(piece) : DictatedPiece{};
    }
    /// What is told of a card beside its number is found by its own announcement.
    static bool asksForDetail(const Line& line) {
        static const CueList kCues{{"expir*"},   {"date"},     {"cryptogramme"}, {"dos"},
                                   {"back"},     {"code"},     {"valid*"},       {"cvv"},
                                   {"derriere"}, {"security"}, {"montant"},      {"amount"}};
        return kCues.first(line).has_value();
    }

    std::optional<Matter> matter_;
    bool isHeard_ = false;  // an acknowledgement was the last that was said
    std::size_t quiet_ = 0;
    std::size_t noise_ = 0;
    std::size_t pieces_ = 0;    // since the opening
    std::size_t given_ = 0;     // in the call
    std::size_t openings_ = 0;  // in the call
    std::size_t values_ = 0;
    std::size_t openedAfter_ = 0;
    bool isAnnounced_ = false;                  // the open one, with a pen at hand
    bool isBegun_ = false;                      // a card, by who tells it
    bool isInvited_ = false;                    // the open one, by "je vous écoute"
    bool isAside_ = false;                      // something else was asked meanwhile
    bool isOfOther_ = false;                    // the last line spoke of something else that expires
    std::size_t told_ = 0;                      // digits of a card's detail
    std::optional<PersonalDataKind> named_;     // the number that was spoken of last
    std::size_t sinceNamed_ = kNamedReach + 1;  // lines since
    std::size_t sinceCard_ = kCardReach + 1;    // since a card's number was told
    bool hasForm_ = false;                      // the open one, so far
    bool isWordTold_ = false;                   // the last line told a word as a password
    std::size_t sinceTopic_ = kTopicReach + 1;  // lines since a password was spoken of
    std::size_t sinceAsked_ = kTopicReach + 1;  // since one was spoken of that may be told
};

}  // namespace

std::vector<Dictated> dictatedIn(const Conversation& conversation) {
    std::vector<Dictated> all;
    std::vector<Dictated> called;  // a password in one line
    Follower follower;
    std::string whole;
    protocol::Speaker speaker{};  // of its last piece
    std::size_t begin = 0;        // of the open dictation's pieces
    bool isDoubtful = false;
    const auto settle = [&] {
        if (isDoubtful) all.resize(begin);
        isDoubtful = false;
        for (; begin < all.size(); ++begin) all[begin].value = whole;
        whole.clear();
    };
    for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
        const bool wasOpen = follower.isOpen();
        const std::optional<PersonalDataKind> matter =
            wasOpen ? std::optional{follower.matter()} : std::nullopt;
        const std::size_t openings = follower.openings();
        const std::size_t values = follower.values();
        const Line& line = conversation.lines[index];
        const DictatedPiece piece = follower.read(line);
        const bool isAnother = follower.values() != values;
        if (!wasOpen || isAnother || (isDoubtful && follower.openings() != openings)) settle();
        isDoubtful = follower.isDoubtful();
        const PersonalDataKind kind =
            follower.isOpen() ? follower.matter() : matter.value_or(PersonalDataKind::Password);
        if (const auto word = wordCalledPasswordIn(line); word && piece.spans.empty())
            called.push_back({PersonalDataKind::Password, std::string{rawWord(line, word->first)}, index,
                              word->first, word->last});
        if (piece.spans.empty()) continue;
        // "n" - "n": read back by the other side, said twice by one.
        const bool isRepetition = piece.value.size() > 1 || line.speaker != speaker;
        if (!isRepetition || !whole.ends_with(piece.value)) {
            whole += piece.value;
            speaker = line.speaker;
        }
        for (const DictatedPiece::Span& span : piece.spans)
            all.push_back({kind, {}, index, span.first, span.last});
    }
    settle();
    all.insert(all.end(), called.begin(), called.end());
    std::ranges::stable_sort(all, {}, &Dictated::line);
    return all;
}

namespace {

/// Nearly every text has none of these, so few are read.
bool mayOpen(std::string_view text) {
    static constexpr auto kParts = std::to_array<std::string_view>(
        {"pass",    "Pass",   "PASS", "mdp",  "MDP", "wi",  "Wi",       "WI",   "cart", "ode",
         "combina", "ecret",  "Cart", "card", "isa", "CB",  "cb",       "Card", "iban", "Iban",
         "IBAN",    "rdonn",  "pin",  "PIN",  "rib", "RIB", "vitale",   "cu",   "bank", "Bank",
         "ancaire", "social", "nir",  "NIR",  "Pin", "key", "rovisoire"});
    return std::ranges::any_of(
        kParts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

std::vector<std::string_view> textsIn(std::string_view before) {
    std::vector<std::string_view> texts;
    while (!before.empty()) {
        const std::size_t end = std::min(before.find('\n'), before.size());
        texts.push_back(before.substr(0, end));
        before.remove_prefix(std::min(end + 1, before.size()));
    }
    return texts;
}

/// The texts that tell what is open behind the last one: those that open it, its last piece and what followed.
std::vector<std::string_view> tellingTexts(const std::vector<std::string_view>& texts) {
    Follower follower;
    std::vector<std::string_view> telling;
    std::size_t opening = 0;  // texts that open it
    bool isRead = false;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        isRead = isRead || mayOpen(texts[at]);
        if (!isRead) continue;
        Line line;
        line.text = texts[at];
        line.words = mendedNumbers(wordsOf(texts[at]));
        line.isQuestion = texts[at].ends_with('?');
        const Follower::Heard heard = follower.hear(line);
        if (heard == Follower::Heard::Opening) {
            const std::size_t from = at - std::min(at, follower.sinceTopicBefore());
            telling.assign(texts.begin() + static_cast<std::ptrdiff_t>(from),
                           texts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            opening = telling.size();
            continue;
        }
        if (heard == Follower::Heard::Piece) telling.resize(opening);
        telling.push_back(texts[at]);
    }
    if (!follower.isOpen())
        return {texts.end() - std::min<std::ptrdiff_t>(1, std::ssize(texts)), texts.end()};
    return telling;
}

}  // namespace

std::vector<protocol::Turn> turnsBefore(std::string_view before) {
    const std::vector<std::string_view> texts = tellingTexts(textsIn(before));
    std::vector<protocol::Turn> turns;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        const bool isOther = (texts.size() - at) % 2 == 1;
        turns.push_back(
            {isOther ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, std::string{texts[at]}});
    }
    return turns;
}

}  // namespace ninja3cx::analysis
