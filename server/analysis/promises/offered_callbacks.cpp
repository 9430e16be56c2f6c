#include "server/analysis/promises/offered_callbacks.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/model/head_names.hpp"
#include "server/analysis/promises/offer_answers.hpp"
#include "server/analysis/promises/phone_mentions.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using End = OfferedCallbacks::End;
using protocol::Speaker;

/// Follows the talk of phoning, turn by turn.
class Talk {
public:
    explicit Talk(const CallReading& reading) : reading_{reading} {}

    OfferedCallbacks follow() && {
        for (const Line& line : reading_.conversation().lines) {
            if (line.words.empty()) continue;
            line.speaker == Speaker::Agent ? hearTechnician(line) : hearCustomer(line);
        }
        return found_;
    }

private:
    void hearTechnician(const Line& line) {
        const std::vector<PhoneMention> mentions = phoneMentionsIn(line);
        if (isOffered(line, mentions)) {
            const bool isAnotherAsked = asksBehind(line, mentions);
            isOpen_ = !isAnotherAsked && leavesOpen(line);
            isAwaited_ = !isAnotherAsked;
            found_ = {isOpen_ ? End::Open : End::Stands, line.turn, std::nullopt, false,
                      !line.isQuestion && isPlainPromise(line)};
            isPlainOffer_ = isOpen_ && isPlainOffer(line, mentions);
            return;
        }
        if (found_.end == End::None) return;
        if (takesBack(line, mentions)) {
            found_.end = End::Refused;
            found_.answer = line.turn;
            isAwaited_ = false;
        } else if (isAwaited_ && leavesOpen(line)) {
            constexpr std::size_t kShort = 6;  // "si ça vous va", "ça vous convient ?"
            isOpen_ = line.words.size() <= kShort;
            isAwaited_ = isOpen_;
        }
    }

    void hearCustomer(const Line& line) {
        if (found_.end == End::None || (isAwaited_ && gainsTime(line))) return;
        const OfferAnswer answer = isAwaited_                   ? answerTo(deed_, isOpen_, line)
                                   : refusesByName(deed_, line) ? OfferAnswer::Refused
                                                                : OfferAnswer::Unclear;
        isAwaited_ = false;
        if (answer == OfferAnswer::Unclear) return;
        found_.answer = line.turn;
        found_.wasTaken = isPlainOffer_ && answer == OfferAnswer::Taken;
        found_.end = answer == OfferAnswer::Taken ? End::Stands : End::Refused;
    }

    /// In words, or as the model hears it in words that may be misheard; behind a refusal only in words.
    bool isOffered(const Line& line, const std::vector<PhoneMention>& mentions) const {
        if (speaksOf(Phoning::Promised, mentions) || speaksOf(Phoning::Doubtful, mentions)) return true;
        if (!areUnclear(mentions)) return false;
        if (found_.end != End::Refused && leavesOpen(line) && namesCallBack(line)) return true;
        constexpr float kShown = 0.3F;
        return found_.end == End::None &&
               reading_.shows(static_cast<std::size_t>(line.turn), head::kCallbackTodo) >= kShown;
    }

    /// "voulez-vous un rappel", "you want a call back"
    static bool namesCallBack(const Line& line) {
        static const CueList kCues{{"un rappel"},        {"etre rappele*"}, {"qu on vous rappel*"},
                                   {"etre recontacte*"}, {"call back"},     {"callback"},
                                   {"call you"},         {"ring you"}};
        return kCues.first(line).has_value();
    }
    /// Whose yes alone makes a promise of it: "je vous appelle pour …" opens a call.
    static bool isPlainOffer(const Line& line, const std::vector<PhoneMention>& mentions) {
        static const CueList kAsking{
            {"voulez"},       {"souhaitez"},      {"est ce que je"}, {"est ce qu on"}, {"si vous voulez"},
            {"je peux vous"}, {"on peut vous"},   {"preferez"},      {"voudriez"},     {"je pourrais"},
            {"do you want"},  {"would you like"}, {"shall"},         {"should i"},     {"can i"},
            {"want me"},      {"i can call"},     {"i can ring"},    {"i can give"},   {"i could"},
            {"if you like"},  {"if you want"},    {"if you d like"}, {"want us"}};
        if (namesCallBack(line) || kAsking.first(line)) return true;
        return std::ranges::any_of(mentions, [&](const PhoneMention& mention) {
            return mention.meaning == Phoning::Promised &&
                   line.words[mention.match.first].text.starts_with("rappel");
        });
    }
    static bool isPlainPromise(const Line& line) {
        static const CueList kPlain{
            {"va vous rappeler"},      {"vais vous rappeler"},  {"vont vous rappeler"},
            {"allons vous rappeler"},  {"vous rappellera"},     {"vous rappellerai"},
            {"vous rappelleront"},     {"vous rappellerons"},   {"va vous recontacter"},
            {"vais vous recontacter"}, {"vous recontactera"},   {"vont vous recontacter"},
            {"will call you back"},    {"ll call you back"},    {"will ring you back"},
            {"ll ring you back"},      {"ll give you a call"},  {"ll give you a ring"},
            {"will get back to you"},  {"will be calling you"}, {"ill call you back"},
            {"ill ring you back"},     {"well call you back"},  {"well ring you back"},
            {"hell call you back"},    {"shell call you back"}};
        static const CueList kOpen{{"si"},    {"if"},      {"quand"}, {"when"}, {"peut etre"}, {"maybe"},
                                   {"might"}, {"des que"}, {"once"},  {"sauf"}, {"unless"}};
        return kPlain.first(line) && !kOpen.first(line);
    }
    /// "ils vous rappellent dans l'heure. Vous avez un autre poste ?": the answer is to something else.
    static bool asksBehind(const Line& line, const std::vector<PhoneMention>& mentions) {
        if (!line.isQuestion || mentions.empty()) return false;
        std::size_t from = mentions.back().match.last;
        while (from < line.words.size() && !line.isCutAfter(from - 1, kSentenceMarks)) ++from;
        if (from == line.words.size()) return false;
        Line rest = line;
        rest.words.erase(rest.words.begin(), rest.words.begin() + static_cast<std::ptrdiff_t>(from));
        rest.isQuestion = false;
        return !leavesOpen(rest);
    }

    /// "donc je vous rappelle pas", "pas de rappel alors"
    static bool takesBack(const Line& line, const std::vector<PhoneMention>& mentions) {
        for (const PhoneMention& mention : mentions) {
            if (mention.meaning == Phoning::Denied && !line.isQuestion) return true;
            const std::size_t at = mention.match.first;
            if (at >= 2 && isOneOf(line.words[at - 1].text, {"de", "d"}) && line.words[at - 2].text == "pas")
                return true;
        }
        return false;
    }

    const CallReading& reading_;
    OfferedDeed deed_ = OfferedDeed::phoning();
    OfferedCallbacks found_;
    bool isOpen_ = false;
    bool isPlainOffer_ = false;
    bool isAwaited_ = false;
};

}  // namespace

OfferedCallbacks offeredCallbacks(const CallReading& reading) {
    return Talk{reading}.follow();
}

}  // namespace ninja3cx::analysis
