#include "server/analysis/summary/why_called.hpp"

#include "server/analysis/conclusions/complaint_cues.hpp"
#include "server/analysis/conclusions/second_problem.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/second_matter_cues.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/french_verbs.hpp"
#include "server/analysis/summary/questions.hpp"
#include "server/analysis/summary/reported.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;

/// "c'est le zéro six trente-neuf …", "girard arobase …": a number or an address that was asked for.
bool isOnlyGiven(const Clause& clause) {
    const bool isAddress = std::any_of(clause.words.begin(), clause.words.end(), [](const Word& word) {
        return isOneOf(word.text, {"arobase", "arrobase", "dot", "underscore"});
    });
    // "c'est le [card]"
    if (clause.words.size() < 6 && clause.words.back().text == "[]") return true;
    std::size_t numbers = 0;
    bool isLong = false;
    for (const DigitRun& run : digitRuns(clause.words)) {
        numbers += run.last - run.first;
        isLong = isLong || run.digits().size() > 3;
    }
    return isAddress || (isLong && numbers + std::min<std::size_t>(numbers, 3) >= clause.words.size());
}

/// What hangs on it, and by when.
const CueList& impactCues() {
    static const CueList kCues{
        {"toute l agence"}, {"tout le monde"},    {"toute la boite"}, {"tous les postes"}, {"plus personne"},
        {"personne peut"},  {"personne ne peut"}, {"production"},     {"audience"},        {"avant midi"},
        {"avant ce soir"},  {"salaires"},         {"paies"},          {"attendent"},       {"y a la queue"},
        {"fait la queue"},  {"tout le service"},  {"tous bloques"},   {"toute l equipe"},  {"a l arret"},
        {"nobody can"},     {"no one can"},       {"everyone"},       {"everybody"},       {"whole office"},
        {"whole team"},     {"whole site"},       {"can t work"},     {"are waiting"},     {"by noon"},
        {"before noon"},    {"deadline"},         {"payroll"},        {"a demo"},          {"client demo"},
        {"webinar"},        {"none of us"},       {"all of us"}};
    return kCues;
}

/// A light's colour tells the technician something, and nobody else.
const CueList& lightCues() {
    static const CueList kCues{{"voyant*"}, {"clignot*"},  {"lampe*"}, {"voyant rouge"},
                               {"lights"},  {"red light"}, {"blink*"}, {"flashing"}};
    return kCues;
}

/// "il y a un souci", "c'est encore moi": says nothing of it.
bool isVague(const Line& words) {
    static const CueList kVague{{"un souci"},   {"un probleme"}, {"petit souci"}, {"petit probleme"},
                                {"un pepin"},   {"a problem"},   {"an issue"},    {"encore moi"},
                                {"me again"},   {"deux choses"}, {"two things"},  {"une question"},
                                {"a question"}, {"aucune idee"}, {"no idea"}};
    return words.words.size() < 9 && kVague.first(words).has_value();
}

/// "vous me dites quand c'est bon": for the technician, and not of the matter.
const CueList& repliesCues() {
    static const CueList kCues{{"vous me dites"}, {"tenez moi"},    {"dites moi quand"}, {"prevenez moi"},
                               {"un stylo"},      {"let me know"},  {"keep me"},         {"thank* you"},
                               {"merci"},         {"hang on"},      {"hold on"},         {"attendez"},
                               {"bonne journee"}, {"call me back"}, {"rappelez moi"}};
    return kCues;
}

/// "il vient de s'arrêter": of a thing that was named in another sentence.
bool isOfSomethingSaid(const Line& words) {
    static const CueList kImpersonal{
        {"il y a"},      {"il n y a"},       {"il faut"},          {"il me faut"},  {"il nous faut"},
        {"il faudrait"}, {"il me faudrait"}, {"il nous faudrait"}, {"il manque"},   {"il me manque"},
        {"il reste"},    {"il me dit"},      {"il m affiche"},     {"ca me dit"},   {"ca m affiche"},
        {"it s about"},  {"it looks like"},  {"it says"},          {"it s saying"}, {"it keeps saying"}};
    const std::string_view first = words.words[0].text;
    // "ça fait trois jours que mon imprimante …", but "… que c'est rouge"
    for (std::size_t at = 2; at + 1 < words.words.size() && first == "ca" && words.words[1].text == "fait";
         ++at)
        if (isOneOf(words.words[at].text, {"que", "qu"}))
            return isOneOf(words.words[at + 1].text, {"c", "ca", "il", "elle", "ils", "elles"});
    if (!isOneOf(first,
                 {"il", "elle", "ca", "ils", "elles", "it", "they", "that", "celui", "celle", "he", "she"}))
        return false;
    const bool isOnIt = std::ranges::any_of(words.words, [](const Word& word) {
        return isOneOf(word.text, {"dessus", "dedans"});
    });
    if (isOnIt) return true;
    const auto hit = kImpersonal.first(words);
    return !hit || hit->match.first != 0;
}

/// "ça marche, merci", "le reste, c'est normal": nothing is wrong with it, or not any more.
const CueList& fineCues() {
    static const CueList kCues{
        {"c est bon"},      {"ca marche"},     {"ca remarche"}, {"c est normal"},
        {"je suis entre*"}, {"c est parfait"}, {"c est fait"},  {"fonctionne parfaitement"},
        {"aucun probleme"}, {"it works"},      {"that works"},  {"all good"},
        {"is fine"},        {"that s fine"},   {"no problem"},  {"working now"}};
    return kCues;
}

/// "c'est tout ce que je voulais savoir": takes leave, and tells nothing.
const CueList& closingCues() {
    static const CueList kCues{{"c est tout ce que"}, {"c est tout pour"}, {"that s all i"}, {"that was all"},
                               {"that s everything"}, {"rien d autre"},    {"nothing else"}};
    return kCues;
}

/// "je ne crois pas, …", "I don't think so": answers what was asked.
bool isOnlyAnswer(const Line& words) {
    static const CueList kAnswers{
        {"je ne crois pas"}, {"je crois pas"},     {"je ne pense pas"}, {"je pense pas"},  {"je ne sais pas"},
        {"je sais pas"},     {"je crois que oui"}, {"j en sais rien"},  {"i don t think"}, {"i don t know"},
        {"i don t believe"}, {"i think so"},       {"not that i know"}, {"not as far as"}};
    const auto hit = kAnswers.first(words);
    return hit && hit->match.first == 0;
}

/// The technician asks what it is about: the answer tells it, in whatever words.
bool asksWhatIsWrong(const Line& line) {
    static const CueList kAsked{{"qu est ce qui se passe"},
                                {"qu est ce qui vous arrive"},
                                {"qu est ce qu il y a"},
                                {"que se passe t il"},
                                {"qu est ce qui ne va pas"},
                                {"quel est le probleme"},
                                {"quel est le souci"},
                                {"que puis je faire"},
                                {"en quoi puis je"},
                                {"what s happened"},
                                {"what s happening"},
                                {"what s the problem"},
                                {"what s wrong"},
                                {"what s going on"},
                                {"what seems to be"},
                                {"what s the matter"},
                                {"what can i do"},
                                {"what happened"}};
    return line.speaker == protocol::Speaker::Agent && kAsked.first(line);
}

/// A word that English clauses have as their verb.
bool hasEnglishVerb(const Clause& clause) {
    return std::any_of(clause.words.begin(), clause.words.end(), [](const Word& word) {
        return isOneOf(
                   word.text,
                   {"is",     "are",   "was",   "were",    "has",     "have",   "had",    "s",      "re",
                    "ve",     "m",     "ll",    "d",       "won",     "don",    "doesn",  "didn",   "can",
                    "cannot", "could", "isn",   "aren",    "wasn",    "hasn",   "haven",  "need",   "needs",
                    "want",   "wants", "keeps", "keep",    "get",     "gets",   "got",    "says",   "say",
                    "said",   "goes",  "went",  "came",    "comes",   "takes",  "took",   "makes",  "made",
                    "lost",   "stole", "works", "work",    "stopped", "starts", "shows",  "asks",   "drops",
                    "runs",   "does",  "did",   "will",    "would",   "should", "sounds", "prints", "looks",
                    "see",    "sees",  "broke", "freezes", "think",   "gone",   "rings",  "its",    "forgot",
                    "left",   "sent",  "keeps", "prints"}) ||
               (word.text.size() > 4 && word.text.ends_with("ed"));
    });
}

bool hasVerb(const Clause& clause, bool isEnglish) {
    if (isEnglish) return hasEnglishVerb(clause);
    return hasFrenchVerb(tokensOf(clause.text)) ||
           std::any_of(clause.words.begin(), clause.words.end(), [](const Word& word) {
               return isOneOf(word.text, {"j", "je", "on", "nous", "il", "elle", "ils", "elles", "ca", "qui",
                                          "quelqu", "personne", "rien"});
           });
}

/// The two who talk: their words are told, and name nothing.
bool isSomebody(const Word& word) {
    return isOneOf(word.text, {"je",   "j",   "me",  "m",    "moi",  "vous", "votre", "vos", "nous", "notre",
                               "nos",  "tu",  "mon", "ma",   "mes",  "on",   "i",     "you", "your", "we",
                               "my",   "our", "us",  "mine", "il",   "elle", "ils",   "ca",  "c",    "it",
                               "they", "he",  "she", "that", "this", "im",   "ive",   "lui", "its",  "them"});
}

struct Candidate {
    Clause clause;
    double points;
    bool isTold;   // a colleague can say it in a whole sentence
    bool isPlain;  // it complains of the matter, or where the category shows
    bool complains;
    bool isOfMatter;  // it complains, asks, names the matter or stands where the category shows
};

/// How much a clause tells of why they called; nothing for a number or an address alone. The sum keeps its order:
/// two clauses may be nearly as good.
std::optional<Candidate> candidateOf(const Findings& findings, const Line& line, const Clause& clause,
                                     bool isTold) {
    static const CueList kCounts{{"fois depuis"},     {"eme fois"},       {"troisieme fois"},
                                 {"deuxieme fois"},   {"quatrieme fois"}, {"troisieme appel"},
                                 {"quatrieme appel"}, {"third call"},     {"fourth call"},
                                 {"third time"},      {"second time"}};
    const Line words = lineOf(clause);
    const std::string& first = clause.words[0].text;
    const auto& evidence = findings.category.main.turns;
    const bool isEvidence = std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end();
    double complaints = 0;
    for (const CueList::Hit& hit : complaintCues().hits(words)) complaints += 0.8 * hit.weight;
    if (complaints == 0 && isOnlyGiven(clause)) return std::nullopt;
    if (closingCues().first(words)) return std::nullopt;
    const double matter = subjectMatter(findings, words);
    double points = 1.5 * (1.0 - line.position) + (isEvidence ? 1.0 : 0.0);
    points += std::min(1.6, complaints);
    points += 0.8 * matter;
    const auto topic = topicOf(findings);
    // "l'onduleur bipe": it names a thing of the category and says that something is wrong with it.
    const bool tellsOfTopic = tellsOfThing(words) && namesThingOf(topic, words);
    if (tellsOfTopic) points += 0.5;
    const auto before = static_cast<std::size_t>(line.turn);
    const bool isAskedFor = before > 0 && asksWhatIsWrong(findings.conversation.lines[before - 1]);
    if (isAskedFor) points += 0.8;
    if (complaints == 0 && matter == 0 && !tellsOfTopic && !isAskedFor) points -= 0.6;
    if (isOnlyAnswer(words)) points -= 1.2;
    if (kCounts.first(words)) points -= 0.7;
    const bool isAsked = isTold && askedHow(clause, {}, Gender::Unknown, findings.conversation.isEnglish);
    const bool isQuestionCall = topic == protocol::Category::InformationRequest;
    constexpr std::size_t kWholeQuestion = 6;  // words; "comment on les colle ?" asks of what was said before
    const bool isWhole = clause.isQuestion && matter > 0 && clause.words.size() >= kWholeQuestion;
    if (isQuestionCall && (isAsked || isWhole))
        points += 1;
    else if (clause.isQuestion)
        points -= 1.5;
    if (fineCues().first(words)) points -= 1.2;
    if (vexationCues().first(words)) points -= 1.2;
    if (impactCues().first(words)) points += 0.4;
    if (lightCues().first(words) && clause.words.size() < 10) points -= 0.6;
    if (isVague(words)) points -= 0.6;
    if (repliesCues().first(words)) points -= 1.5;
    if (matter < 1 && !hasVerb(clause, findings.conversation.isEnglish)) points -= 0.6;
    if (clause.words.size() < 6) points -= 0.6;
    if (isOfSomethingSaid(words))
        points -= 1.3;
    else if (isOneOf(first, {"sur", "en"}))
        points -= 0.7;
    if (isTold) points += 0.7;
    if (isOneOf(first, {"vous", "votre", "vos", "your", "you", "avec"})) points -= 0.8;
    const bool isPlain = isEvidence || (complaints > 0 && matter > 0);
    return Candidate{clause,         points,
                     isTold,         isPlain,
                     complaints > 0, isAsked || isEvidence || complaints > 0 || matter > 0 || tellsOfTopic};
}

/// "il bipe trois fois, l'écran reste noir": from where a thing is named on.
Clause fromOwnSubject(Clause clause) {
    if (!isOfSomethingSaid(lineOf(clause))) return clause;
    const Tokens tokens = tokensOf(clause.text);
    for (std::size_t at = 1; at + kLeastWords <= tokens.size(); ++at) {
        if (!isCut(tokens[at].gap) ||
            !isOneOf(tokens[at].plain, {"le", "la", "l", "les", "the", "my", "mon", "ma", "mes"}))
            continue;
        clause.text = textOf({tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens.end()});
        clause.text.erase(0, clause.text.find_first_not_of(" ,"));
        clause.words = wordsOf(clause.text);
        break;
    }
    return clause;
}

/// What the customer said in the call up to `latest`, 1 being its end.
std::vector<Candidate> candidatesUntil(double latest, const Findings& findings, const std::string& who,
                                       Gender gender) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::vector<Candidate> candidates;
    for (const Line& line : findings.conversation.lines) {
        const bool isEarly = line.position <= latest || line.turn < 4;
        if (line.speaker != protocol::Speaker::Customer || !isEarly) continue;
        for (Clause& said : clausesOf(line, findings.phrases, isEnglish)) {
            const Clause clause = fromOwnSubject(std::move(said));
            const auto told = reported(clause, who, gender, isEnglish);
            const bool isTold = told && told->isSentence;
            if (auto candidate = candidateOf(findings, line, clause, isTold))
                candidates.push_back(std::move(*candidate));
        }
    }
    return candidates;
}

using Best = std::vector<Candidate>::const_iterator;

Best bestOf(const std::vector<Candidate>& candidates) {
    return std::max_element(candidates.begin(), candidates.end(),
                            [](const auto& a, const auto& b) { return a.points < b.points; });
}

/// What follows the best clause at once, where it says more.
SummaryPart sentenceAfter(Best best, const std::vector<Candidate>& candidates, Gender gender,
                          bool isEnglish) {
    constexpr std::size_t kShort = 8;
    const Best next = best + 1;
    if (next == candidates.end()) return {};
    const bool saysMore =
        next->complains ||
        (next->isOfMatter && (best->clause.words.size() < kShort || next->clause.turn == best->clause.turn));
    const bool isMore = next->isTold && saysMore && next->points > 2.2 &&
                        next->clause.turn <= best->clause.turn + 2 && best->clause.words.size() < 22;
    if (!isMore) return {};
    const std::string again = isEnglish                 ? "The customer"
                              : gender == Gender::Woman ? "Elle"
                              : gender == Gender::Man   ? "Il"
                                                        : "Le client";
    const auto more = reported(next->clause, again, gender, isEnglish);
    if (!more) return {};
    // That it is told has been said.
    std::string_view rest = more->text;
    for (const std::string_view lead : {" signale que ", " signale qu'", " reports that "})
        if (rest.starts_with(again + std::string{lead})) rest.remove_prefix(again.size() + lead.size());
    return {" " + capitalised(std::string{rest}),
            groundsOf(next->clause, next->isPlain ? Confidence::Sure : Confidence::Likely)};
}

/// Without what stands before the turn to it: "ça marche et sinon y'a l'écran qui reste noir".
Clause fromTurn(Clause clause) {
    std::size_t last = 0;
    for (const CueList::Hit& hit : secondMatterLeads().all(lineOf(clause)))
        if (clause.words.size() >= hit.match.last + kLeastWords) last = std::max(last, hit.match.last);
    if (last == 0) return clause;
    clause.text = clause.text.substr(static_cast<std::size_t>(clause.words[last].begin));
    clause.words = wordsOf(clause.text);
    return clause;
}

/// Without the "also" that the sentence says already: "mes clients disent aussi que …". "Aussi lent que" compares.
Clause withoutAlso(Clause clause) {
    Tokens tokens = tokensOf(clause.text);
    const auto isAlso = [&](std::size_t at) {
        const std::string& word = tokens[at].plain;
        if (isOneOf(word, {"also", "egalement"})) return true;
        const bool isComparison = at + 2 < tokens.size() && isOneOf(tokens[at + 2].plain, {"que", "qu"}) &&
                                  !isOneOf(tokens[at + 1].plain, {"que", "qu"});
        return word == "aussi" && !isComparison;
    };
    for (std::size_t at = tokens.size(); at > 0; --at)
        if (isAlso(at - 1)) tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at - 1));
    if (tokens.size() >= 2 && tokens[tokens.size() - 2].plain == "as" && tokens.back().plain == "well")
        tokens.resize(tokens.size() - 2);
    if (tokens.size() == tokensOf(clause.text).size() || tokens.size() < kLeastWords) return clause;
    clause.text = textOf(tokens);
    clause.text.erase(0, clause.text.find_first_not_of(" ,"));
    clause.words = wordsOf(clause.text);
    return clause;
}

/// "Chrome rame": too short to be told otherwise, and all that they said.
SummaryPart shortProblem(const Findings& findings, const std::string& who) {
    constexpr std::size_t kLeast = 2;
    const bool isEnglish = findings.conversation.isEnglish;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (const Clause& clause : clausesOf(line, findings.phrases, isEnglish, kLeast)) {
            const Line words = lineOf(clause);
            const bool isComplaint = complaintCues().first(words) || hasVerb(clause, isEnglish);
            if (isComplaint && !clause.isQuestion && subjectMatter(findings, words) > 0)
                return {quoted(clause, who, isEnglish), groundsOf(clause, Confidence::Likely)};
        }
    }
    return {};
}

/// "Mme Petit appelle au sujet de : bourrage papier.", "Mme Petit signale un problème (VPN : se déconnecte).".
SummaryPart namedSentence(const Findings& findings, const std::string& who) {
    GroundedText matter = matterNamed(findings);
    if (matter.text.empty()) return {};
    const bool isEnglish = findings.conversation.isEnglish;
    const auto topic = topicOf(findings);
    std::string& text = matter.text;
    const std::size_t colon = text.find(':');
    const bool isWanted = topic == protocol::Category::OnboardingOffboarding ||
                          topic == protocol::Category::ProcurementLicence ||
                          topic == protocol::Category::InformationRequest;
    std::string told;
    if (text.starts_with("question") || text.starts_with("how-to question")) {
        told = (isEnglish ? " has a " : " a une ") + text;
    } else if (text.starts_with("demande de ") || text.starts_with("demande d'")) {
        told = " fait une " + text;
    } else if (colon != std::string::npos && !isWanted) {
        told = (isEnglish ? " called about a problem (" : " signale un problème (") + text + ")";
    } else {
        if (colon != std::string::npos)
            text.replace(text.find_last_not_of(' ', colon - 1) + 1,
                         colon + 1 - text.find_last_not_of(' ', colon - 1) - 1, ",");
        told = (isEnglish ? " called about: " : " appelle au sujet de : ") + text;
    }
    return {who + told + ".", std::move(matter.sentences[0])};
}

/// Many words without a comma: nobody wrote it like that.
bool isRunOn(std::string_view text) {
    constexpr std::size_t kMost = 24;
    const Tokens tokens = tokensOf(text);
    std::size_t words = 0;
    for (const Token& token : tokens) {
        words = isCut(token.gap) ? 1 : words + 1;
        if (words > kMost) return true;
    }
    return false;
}

constexpr std::size_t kMostBrief = 8;   // of what is no sentence: "black lines down every page"
constexpr std::size_t kMostAsked = 16;  // of a question that is quoted

/// Of the two categories of the call, the one of which the sentence names nothing.
std::optional<protocol::Category> untoldCategory(const Findings& findings, std::string_view sentence) {
    const auto& category = findings.category;
    if (!category.secondary || category.secondary->confidence == Confidence::Unsure) return std::nullopt;
    Line line;
    line.words = wordsOf(sentence);
    for (const protocol::Category other : {category.secondary->value, category.main.value})
        if (!namesThingOf(other, line)) return other;
    return std::nullopt;
}

}  // namespace

std::optional<SummaryPart> plainComplaint(const Findings& findings) {
    constexpr std::size_t kMostWords = 8;
    const bool isEnglish = findings.conversation.isEnglish;
    std::optional<Candidate> best;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer || line.position > 0.6) continue;
        for (const Clause& clause : clausesOf(line, findings.phrases, isEnglish)) {
            const bool isNamed = isOneOf(clause.words[0].text, {"le", "la", "l", "les", "un", "une", "des",
                                                                "the", "a", "an", "all", "tous", "toutes"});
            if (clause.isQuestion || !isNamed || clause.words.size() > kMostWords ||
                clause.text.find('[') != std::string::npos || !hasVerb(clause, isEnglish) ||
                std::ranges::any_of(clause.words, isSomebody) || !complaintCues().first(lineOf(clause)))
                continue;
            auto candidate = candidateOf(findings, line, clause, true);
            if (candidate && (!best || candidate->points > best->points)) best = std::move(candidate);
        }
    }
    if (!best || best->points < 2) return std::nullopt;
    return SummaryPart{uncapitalised(best->clause.text), groundsOf(best->clause, Confidence::Likely)};
}

SummaryPart problemSentence(const Findings& findings, const std::string& who, Gender gender, bool hasRoom) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::vector<Candidate> candidates = candidatesUntil(0.6, findings, who, gender);
    Best best = bestOf(candidates);
    // First they only said who they are and how to reach them.
    if (best == candidates.end() || best->points < 0.5) {
        candidates = candidatesUntil(0.8, findings, who, gender);
        best = bestOf(candidates);
    }
    if (best == candidates.end()) return shortProblem(findings, who);
    const auto told = reported(best->clause, who, gender, isEnglish);
    // What reads badly by itself gives way to the plain name of the matter.
    const bool isQuestion = !told && best->clause.isQuestion && best->clause.words.size() <= kMostAsked;
    const bool isBrief = told && best->isOfMatter && best->clause.words.size() <= kMostBrief &&
                         best->clause.text.find(',') == std::string::npos &&
                         !isOfSomethingSaid(lineOf(best->clause));
    // "on entend bien les clients mais eux nous entendent haché": in their own words, lest only half of it be told.
    static const CueList kBut{{"mais"}, {"but"}};
    const bool isContrast =
        !told && best->isOfMatter && topicOf(findings) != protocol::Category::InformationRequest &&
        best->clause.words.size() <= kMostAsked && kBut.first(lineOf(best->clause)).has_value();
    const bool isFit = isBrief || isContrast ||
                       (told && told->isSentence && !isRunOn(told->text) && best->isOfMatter &&
                        !isOfSomethingSaid(lineOf(best->clause))) ||
                       isQuestion;
    if (!isFit && topicOf(findings) == protocol::Category::OtherNonSupport) return {};
    if (!isFit)
        if (SummaryPart named = namedSentence(findings, who); !named.text.empty()) return named;
    const bool saysNothing = !best->complains && !isQuestion && !isContrast && (!told || !told->isSentence);
    if (saysNothing) return {};
    const Confidence confidence = best->points < 0.5 ? Confidence::Unsure
                                  : best->isPlain    ? Confidence::Sure
                                                     : Confidence::Likely;
    SummaryPart part{told ? told->text : quoted(best->clause, who, isEnglish),
                     groundsOf(best->clause, confidence)};
    if (!hasRoom) return part;
    const SummaryPart more = sentenceAfter(best, candidates, gender, isEnglish);
    part.text += more.text;
    part.grounds.add(more.grounds);
    return part;
}

SummaryPart secondSentence(const Findings& findings, const SummaryPart& first, Gender gender) {
    const std::vector<std::int32_t>& told = first.grounds.turns;
    constexpr double kTelling = 0;
    const auto raisedIn = findings.category.secondMatter;
    if (!raisedIn) return {};
    const bool isEnglish = findings.conversation.isEnglish;
    const std::string who = isEnglish ? "The customer" : gender == Gender::Woman ? "La cliente" : "Le client";
    const bool isTold = std::ranges::find(told, *raisedIn) != told.end();
    const auto missing = untoldCategory(findings, first.text);
    std::optional<Candidate> best;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer ||
            (!missing && (isTold ? line.turn >= *raisedIn : line.turn != *raisedIn)))
            continue;
        for (Clause& said : clausesOf(line, findings.phrases, isEnglish)) {
            const Clause clause = withoutAlso(fromTurn(std::move(said)));
            if (missing ? !namesThingOf(*missing, lineOf(clause)) : !tellsOfThing(lineOf(clause))) continue;
            const auto sentence = reported(clause, who, gender, isEnglish);
            auto candidate = candidateOf(findings, line, clause, sentence && sentence->isSentence);
            // It is not of the main matter, and late in the call: neither speaks against it.
            if (candidate) candidate->points += 1.5 * line.position;
            if (candidate && (!best || candidate->points > best->points)) best = std::move(candidate);
        }
    }
    const auto named = [&]() -> SummaryPart {
        if (!missing) return {};
        return {(isEnglish ? "Also called about: " : "Appelle aussi au sujet de : ") +
                    uncapitalised(categoryName(*missing, isEnglish)) + ".",
                {{*raisedIn}, {}, Confidence::Likely}};
    };
    if (!best || best->points < kTelling) return named();
    const auto sentence = reported(best->clause, who, gender, isEnglish);
    const bool isLong = best->clause.words.size() > kMostAsked;
    if (isLong && (!sentence || !sentence->isSentence)) return named();
    std::string text = sentence ? sentence->text : quoted(best->clause, who, isEnglish);
    const std::string_view reports = isEnglish ? " reports" : " signale";
    if (text.starts_with(who + std::string{reports}))
        text = (isEnglish ? "Also reports" : "Signale aussi") + text.substr(who.size() + reports.size());
    else
        text = (isEnglish ? "Also, " : "Par ailleurs, ") + uncapitalised(std::move(text));
    return {std::move(text), groundsOf(best->clause, Confidence::Likely)};
}

}  // namespace ninja3cx::analysis
