#include "server/analysis/actions/account_deeds.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/analysis/movements/access_words.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;
using What = AccountDeed::What;

struct Reader {
    What what;
    std::string_view kind;
    std::optional<AccessWords> (*in)(const Line& line);
    bool (*says)(const Line& line);
};
constexpr Reader kReaders[] = {
    {What::Cut, "disable_account", cutIn, saysCut},
    {What::Restore, "create_account", restoreIn, saysRestore},
    {What::Grant, "create_account", grantIn, saysGrant},
};

/// "vous coupez", "fermez votre session": the customer is to do it.
bool isForCustomer(const Line& sentence, const AccessWords& access) {
    const std::string_view verb = sentence.words[access.match.first].text;
    if (verb.ends_with("ez")) return true;
    return access.match.first > 0 && isOneOf(sentence.words[access.match.first - 1].text, {"vous", "you"}) &&
           !(access.match.first > 1 &&
             isOneOf(sentence.words[access.match.first - 2].text, {"je", "on", "vais", "ai"}));
}

bool isLater(const Line& sentence) {
    static const CueList kLater{{"sera"}, {"seront"}, {"will"}, {"ll"}, {"vais"}, {"va"}, {"going to"}};
    return kLater.first(sentence).has_value();
}

/// "C'est fait", "je m'en occupe": to what was just asked for.
struct Acceptance {
    std::string cue;
    bool isDone = false;
};
std::optional<Acceptance> acceptanceIn(const Line& line, const Reader& reader) {
    static const CueList kTaken{{"je m en charge"},
                                {"je m en occupe"},
                                {"je le fais"},
                                {"on le fait"},
                                {"c est note"},
                                {"ce sera fait"},
                                {"ca sera fait"},
                                {"sera fait"},
                                {"on s en occupe"},
                                {"on s en charge"},
                                {"je fais ca"},
                                {"je fais le necessaire"},
                                {"je note"},
                                {"will do"},
                                {"i ll do that"},
                                {"i ll do it"},
                                {"i ll take care"},
                                {"consider it done"},
                                {"i ll sort that"},
                                {"i ll sort it"},
                                {"i m on it"},
                                {"i m doing"},
                                {"it will be done"},
                                {"it ll be done"},
                                {"i ll get that done"},
                                {"leave it with me"}};
    for (const Line& sentence : sentencesIn(line)) {
        if (sentence.isQuestion) continue;
        if (saysDone(sentence))
            return Acceptance{spoken(sentence, 0, std::min<std::size_t>(4, sentence.words.size())), true};
        if (const auto hit = kTaken.first(sentence))
            return Acceptance{spoken(sentence, hit->match.first, hit->match.last), false};
        if (reader.says(sentence) && !isLeftOpen(sentence, sentence.words.size()))
            return Acceptance{spoken(sentence, 0, sentence.words.size()), false};
    }
    return std::nullopt;
}

class DeedReader {
public:
    explicit DeedReader(const Conversation& conversation) : conversation_{conversation} {}

    std::vector<AccountDeed> read() {
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            if (conversation_.lines[index].speaker == Speaker::Agent)
                readTechnician(index);
            else
                readRequest(index);
        }
        return std::move(deeds_);
    }

private:
    void readTechnician(std::size_t index) {
        const Line& line = conversation_.lines[index];
        const std::vector<Line> sentences = sentencesIn(line);
        for (std::size_t at = 0; at < sentences.size(); ++at)
            for (const Reader& reader : kReaders) {
                auto access = reader.in(sentences[at]);
                // "je le réactive": nothing but access is.
                if (!access && reader.what == What::Restore && saysRestore(sentences[at]))
                    access = AccessWords{{0, sentences[at].words.size()}, false, false, false, false};
                if (!access || isLeftOpen(sentences[at], access->match.last) ||
                    isForCustomer(sentences[at], *access))
                    continue;
                AccountDeed deed;
                deed.what = reader.what;
                deed.kind = reader.kind;
                deed.turn = line.turn;
                deed.cue = spoken(sentences[at], access->match.first, access->match.last);
                deed.isPast = access->isPast;
                deed.isOfAnother = access->isOfAnother && !access->isOwn;
                deed.isOfMail = access->isOfMail;
                deed.isDone = (access->isPast && !isLater(sentences[at])) || isDoneBehind(sentences, at);
                deeds_.push_back(std::move(deed));
            }
    }

    static bool isDoneBehind(const std::vector<Line>& sentences, std::size_t at) {
        return std::any_of(sentences.begin() + static_cast<std::ptrdiff_t>(at), sentences.end(), saysDone);
    }

    /// What the customer asks for, and the technician's next words take on.
    void readRequest(std::size_t index) {
        if (index + 1 >= conversation_.lines.size()) return;
        const Line& answer = conversation_.lines[index + 1];
        if (answer.speaker != Speaker::Agent) return;
        for (const Line& sentence : sentencesIn(conversation_.lines[index]))
            for (const Reader& reader : kReaders) {
                const auto access = reader.in(sentence);
                if (!access || access->isPast || reader.in(answer)) continue;
                const auto acceptance = acceptanceIn(answer, reader);
                if (!acceptance) continue;
                AccountDeed deed;
                deed.what = reader.what;
                deed.kind = reader.kind;
                deed.turn = answer.turn;
                deed.cue = acceptance->cue;
                deed.isOfAnother = access->isOfAnother && !access->isOwn;
                deed.isOfMail = access->isOfMail;
                deed.isDone = acceptance->isDone;
                deeds_.push_back(std::move(deed));
            }
    }

    const Conversation& conversation_;
    std::vector<AccountDeed> deeds_;
};

}  // namespace

std::vector<AccountDeed> accountDeedsIn(const Conversation& conversation) {
    return DeedReader{conversation}.read();
}

std::string accountCutText(const std::string& person, bool isDone, bool isEnglish) {
    if (isEnglish) return isDone ? "Account of " + person + " disabled" : "Disable the account of " + person;
    const std::string owner = folded(person).starts_with('h') ? "pour " + person : withDe(person);
    return isDone ? "Compte " + owner + " désactivé" : "Désactiver le compte " + owner;
}

}  // namespace ninja3cx::analysis
