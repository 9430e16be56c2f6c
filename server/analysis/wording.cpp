#include "server/analysis/wording.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/name_lists.hpp"
#include "server/analysis/reported.hpp"
#include "server/analysis/spoken_numbers.hpp"
#include "server/analysis/subject_words.hpp"
#include "server/analysis/written.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;

struct CategoryWording {
    std::string_view french;
    std::string_view english;
};
constexpr std::array<CategoryWording, 16> kCategoryNames = {{
    {"Compte et mot de passe", "Account and password"},
    {"Messagerie", "E-mail"},
    {"Réseau et VPN", "Network and VPN"},
    {"Internet et Wi-Fi", "Internet and Wi-Fi"},
    {"Imprimante ou scanner", "Printer or scanner"},
    {"Matériel", "Hardware"},
    {"Poste lent ou instable", "Slow or unstable workstation"},
    {"Serveur et infrastructure", "Server and infrastructure"},
    {"Logiciel", "Software"},
    {"Incident de sécurité", "Security incident"},
    {"Sauvegarde et restauration", "Backup and restore"},
    {"Téléphonie", "Telephony"},
    {"Arrivée ou départ", "Starter or leaver"},
    {"Achat et licence", "Purchase and licence"},
    {"Demande d'information", "Request for information"},
    {"Appel hors support", "Call outside support"},
}};

/// What customers say when they name the problem or the wish.
const CueList& complaintCues() {
    static const CueList kCues{{"arrive plus"},
                               {"arrive pas"},
                               {"arrivons plus"},
                               {"marche plus"},
                               {"marche pas"},
                               {"marchent plus"},
                               {"fonctionne plus"},
                               {"fonctionne pas"},
                               {"n est plus"},
                               {"en panne"},
                               {"bloque*"},
                               {"depuis", 0.4},
                               {"j ai oublie"},
                               {"il me faut"},
                               {"il me faudrait"},
                               {"il nous faut"},
                               {"j ai besoin"},
                               {"j aurais besoin"},
                               {"je voudrais"},
                               {"je voulais"},
                               {"je souhait*"},
                               {"message"},
                               {"veut plus"},
                               {"veut pas"},
                               {"expire*"},
                               {"erreur"},
                               {"je vous appelle pour"},
                               {"je vous appelle parce"},
                               {"on a plus"},
                               {"n a plus"},
                               {"plus rien"},
                               {"plus acces"},
                               {"plus personne"},
                               {"lent*"},
                               {"se coupe*"},
                               {"coupure*"},
                               {"a coupe"},
                               {"eteint"},
                               {"s etei*"},
                               {"redemande"},
                               {"clignot*"},
                               {"disparu*"},
                               {"supprime*"},
                               {"perdu*"},
                               {"vole"},
                               {"voler"},
                               {"clique*"},
                               {"recu un"},
                               {"refus*"},
                               {"plante*"},
                               {"passe plus"},
                               {"change de"},
                               {"a change"},
                               {"can t"},
                               {"won t"},
                               {"need"},
                               {"keeps"},
                               {"since", 0.4},
                               {"says"},
                               {"not working"},
                               {"stopped"},
                               {"error"},
                               {"broken"},
                               {"i ve got"},
                               {"i d like"},
                               {"locked"},
                               {"lost"},
                               {"slow"},
                               {"gone"},
                               {"deleted"},
                               {"clicked"},
                               {"stolen"},
                               {"doesn t"},
                               {"nothing"},
                               {"down"}};
    return kCues;
}

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

/// The clause that says best why the customer called, in a colleague's words where they can be found.
std::string problemSentence(const Findings& findings, const std::string& who, Gender gender, bool hasRoom,
                            double latest = 0.6) {
    const bool isEnglish = findings.conversation.isEnglish;
    const auto& evidence = findings.category.main.turns;
    struct Candidate {
        Clause clause;
        double points;
        bool isTold;
    };
    std::vector<Candidate> candidates;
    for (const Line& line : findings.conversation.lines) {
        const bool isEarly = line.position <= latest || line.turn < 4;
        if (line.speaker != protocol::Speaker::Customer || !isEarly) continue;
        const bool isEvidence = std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end();
        for (const Clause& clause : clausesOf(line, findings.names, isEnglish)) {
            Line words;
            words.text = clause.text;
            words.words = clause.words;
            double points = 1.5 * (1.0 - line.position) + (isEvidence ? 1.0 : 0.0);
            double complaints = 0;
            for (const CueList::Hit& hit : complaintCues().hits(words)) complaints += 0.8 * hit.weight;
            if (complaints == 0 && isOnlyGiven(clause)) continue;
            points += std::min(1.6, complaints);
            const double matter = subjectMatter(findings, words);
            points += 0.8 * matter;
            const bool saysNothing = complaints == 0 && matter == 0;
            if (saysNothing) points -= 0.6;
            static const CueList kCounts{{"fois depuis"},   {"eme fois"},       {"troisieme fois"},
                                         {"deuxieme fois"}, {"quatrieme fois"}, {"third time"},
                                         {"second time"}};
            if (kCounts.first(words)) points -= 0.7;
            if (clause.isQuestion) points -= 1.5;
            if (vexationCues().first(words)) points -= 1.2;
            if (clause.words.size() < 6) points -= 0.6;
            if (isOneOf(clause.words[0].text, {"il", "elle", "ca", "ils", "it", "they", "that", "sur", "en"}))
                points -= 0.7;
            const auto told = reported(clause, who, gender, isEnglish);
            if (told && told->isSentence) points += 0.7;
            if (isOneOf(clause.words[0].text, {"vous", "votre", "vos", "your", "you", "avec"})) points -= 0.8;
            candidates.push_back({clause, points, told && told->isSentence});
        }
    }
    const auto best = std::max_element(candidates.begin(), candidates.end(),
                                       [](const auto& a, const auto& b) { return a.points < b.points; });
    // First they only said who they are and how to reach them.
    if ((best == candidates.end() || best->points < 0.5) && latest < 0.8)
        return problemSentence(findings, who, gender, hasRoom, 0.8);
    if (best == candidates.end()) return {};
    const auto told = reported(best->clause, who, gender, isEnglish);
    std::string text = told ? told->text : quoted(best->clause, who, isEnglish);
    // What follows at once, where it says more.
    const auto next = best + 1;
    const bool isMore = hasRoom && next != candidates.end() && next->isTold && next->points > 2.2 &&
                        next->clause.turn <= best->clause.turn + 2 && best->clause.words.size() < 22;
    if (!isMore) return text;
    const std::string again = isEnglish                 ? "The customer"
                              : gender == Gender::Woman ? "Elle"
                              : gender == Gender::Man   ? "Il"
                                                        : "Le client";
    if (const auto more = reported(next->clause, again, gender, isEnglish)) {
        // That it is told has been said.
        std::string_view rest = more->text;
        for (const std::string_view lead : {" signale que ", " signale qu'", " reports that "})
            if (rest.starts_with(again + std::string{lead})) rest.remove_prefix(again.size() + lead.size());
        text += " " + capitalised(std::string{rest});
    }
    return text;
}

/// The two who talk, or what is only supposed: not for a sentence that states a fact.
bool isSomebody(const Word& word) {
    return isOneOf(word.text, {"je",   "j",     "me",  "m",       "moi",     "vous",  "votre",    "vos",
                               "nous", "notre", "nos", "tu",      "i",       "you",   "your",     "we",
                               "my",   "our",   "if",  "si",      "peut",    "might", "may",      "could",
                               "sera", "will",  "ll",  "souvent", "parfois", "often", "sometimes"});
}

/// A call of the help desk to the customer: what the technician tells first.
std::string outboundSentence(const Findings& findings, const std::string& who) {
    static const CueList kCalling{
        {"je vous appelle pour"},      {"je vous rappelle pour"}, {"je vous appelle au sujet"},
        {"je vous rappelle au sujet"}, {"je reviens vers vous"},  {"je vous rappelle comme"},
        {"je vous rappelle suite"},    {"i m calling you"},       {"i m calling about"},
        {"calling you back"},          {"calling back about"},    {"returning your call"},
        {"i m ringing about"},         {"i m calling back"},      {"ringing you back"}};
    const bool isEnglish = findings.conversation.isEnglish;
    const auto isOurs = [&](const Line& line) {
        return line.speaker == protocol::Speaker::Agent && line.turn < 4 && kCalling.first(line);
    };
    const auto& lines = findings.conversation.lines;
    const auto ours = std::find_if(lines.begin(), lines.end(), isOurs);
    if (ours == lines.end()) return {};
    // "je reviens vers vous" after a complaint is a promise.
    const bool isPromise = std::any_of(lines.begin(), ours, [&](const Line& line) {
        return line.speaker == protocol::Speaker::Customer &&
               (complaintCues().first(line) || subjectMatter(findings, line) >= 1);
    });
    if (isPromise) return {};
    const std::string whom = findings.names.customer.empty() ? uncapitalised(who) : who;
    const std::string lead = isEnglish ? "The help desk called " + whom : "Le support rappelle " + whom;
    double most = 0;
    std::string chosen;
    for (const Line& line : lines) {
        if (line.speaker != protocol::Speaker::Agent || line.position > 0.7) continue;
        for (const Clause& clause : clausesOf(line, findings.names, isEnglish)) {
            const bool isPlain = !clause.isQuestion && clause.words.size() >= 5 &&
                                 clause.words.size() <= 24 &&
                                 std::none_of(clause.words.begin(), clause.words.end(), isSomebody);
            if (!isPlain) continue;
            Line words;
            words.text = clause.text;
            words.words = clause.words;
            const double points = 1.0 - line.position + subjectMatter(findings, words);
            if (points <= most) continue;
            most = points;
            chosen = clause.text;
        }
    }
    if (chosen.empty()) return lead + ".";
    return lead + (isEnglish ? ": " : " : ") + uncapitalised(std::move(chosen)) + ".";
}

/// What the technician found, where it is said without anybody in it: "la ligne est coupée côté opérateur".
std::string foundSentence(const Findings& findings) {
    static const CueList kFound{{"a expire*", 1.5},      {"est tombe*", 1.5},
                                {"etait tombe*", 1.5},   {"est coupe*", 1.2},
                                {"vient de la", 1},      {"vient du", 1},
                                {"venait de", 1.2},      {"venait du", 1.2},
                                {"est plein*", 1.5},     {"est sature*", 1.5},
                                {"debranche*", 1.2},     {"decoche*", 1.2},
                                {"desactive*", 1.2},     {"a cause d", 1.2},
                                {"il manquait", 1.2},    {"n accepte plus", 1.5},
                                {"n accepte pas", 1.5},  {"hors service", 1.5},
                                {"est arrete*", 1.5},    {"s est arrete*", 1.5},
                                {"ne repond plus", 1.2}, {"est verrouille*", 1.2},
                                {"est mort*", 1.2},      {"est en panne", 1.2},
                                {"est en echec", 1.2},   {"ancien mot de passe", 1},
                                {"etait reste*", 1},     {"has expired", 1.5},
                                {"expired", 1},          {"is full", 1.5},
                                {"was full", 1.5},       {"unplugged", 1.2},
                                {"disabled", 1.2},       {"is down", 1.2},
                                {"went down", 1.2},      {"has failed", 1.5},
                                {"is failing", 1.5},     {"failed at", 1.2},
                                {"is blocked", 1.2},     {"turned off", 1.2},
                                {"switched off", 1.2},   {"caused by", 1.5},
                                {"outage", 1.5},         {"fault on", 1.5},
                                {"old password", 1}};
    const bool isEnglish = findings.conversation.isEnglish;
    const auto& evidence = findings.category.main.turns;
    double most = 0;
    std::string chosen;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent || line.turn == 0) continue;
        for (const Clause& clause : clausesOf(line, findings.names, isEnglish)) {
            const bool isPlain =
                !clause.isQuestion && clause.words.size() >= 5 && clause.words.size() <= 22 &&
                isOneOf(clause.words[0].text,
                        {"le", "la", "les", "l", "un", "une", "c", "il", "the", "there", "it", "a"}) &&
                std::none_of(clause.words.begin(), clause.words.end(), isSomebody);
            if (!isPlain) continue;
            Line words;
            words.text = clause.text;
            words.words = clause.words;
            double points = 0;
            for (const CueList::Hit& hit : kFound.hits(words)) points = std::max(points, hit.weight);
            if (points == 0) continue;
            if (std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end()) points += 1;
            if (points <= most) continue;
            most = points;
            chosen = clause.text;
        }
    }
    if (chosen.empty()) return {};
    return (isEnglish ? "Found: " : "Constat : ") + uncapitalised(std::move(chosen)) + ".";
}

/// "madame Lambert": a surname, though it is a first name too.
bool isTitled(const Conversation& conversation, const std::string& name) {
    for (const Line& line : conversation.lines)
        for (std::size_t at = 1; at < line.words.size(); ++at)
            if (line.words[at].text == name && isOneOf(line.words[at - 1].text, {"madame", "monsieur"}))
                return true;
    return false;
}

/// "M. Arnoult" for a surname alone; "Le client" for nobody.
std::string callerOf(const Findings& findings, Gender gender, bool hasCompany) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::string who = findings.names.customer;
    const bool isSurname = !who.empty() && who.find(' ') == std::string::npos && !isEnglish &&
                           (!isFirstName(folded(who)) || isTitled(findings.conversation, folded(who)));
    if (isSurname && gender == Gender::Woman) who = "Mme " + who;
    if (isSurname && gender == Gender::Man) who = "M. " + who;
    if (who.empty()) who = isEnglish ? "The customer" : gender == Gender::Woman ? "La cliente" : "Le client";
    if (const std::string company = companyOf(findings.names); !company.empty() && hasCompany)
        who += " (" + company + ")";
    return who;
}

constexpr std::array<std::string_view, 7> kWeekdays = {"lundi",    "mardi",  "mercredi", "jeudi",
                                                       "vendredi", "samedi", "dimanche"};
constexpr std::array<std::string_view, 7> kWeekdaysEn = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                         "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths = {"janvier",   "février", "mars",     "avril",
                                                      "mai",       "juin",    "juillet",  "août",
                                                      "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> kMonthsEn = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};

/// "mardi 1er décembre à 14 h", "Tuesday 1 December, in the morning": a date that still says the same next week.
std::string writtenDue(const protocol::AnalysisAction& action, bool isEnglish) {
    const std::string& due = *action.due;
    if (!action.dueSpoken || due.size() < 10) return due;
    const auto number = [&](std::size_t at, std::size_t length) { return std::stoi(due.substr(at, length)); };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    const std::size_t weekday = std::chrono::weekday{std::chrono::local_days{date}}.iso_encoding() - 1;
    const std::size_t month = static_cast<unsigned>(date.month()) - 1;
    const std::string day = std::to_string(number(8, 2));
    std::string text =
        isEnglish ? std::string{kWeekdaysEn[weekday]} + " " + day + " " + std::string{kMonthsEn[month]}
                  : std::string{kWeekdays[weekday]} + " " + (day == "1" ? "1er" : day) + " " +
                        std::string{kMonths[month]};
    if (due.size() >= 16) {
        const std::string minutes = due.substr(14, 2);
        const std::string hour = std::to_string(number(11, 2));
        if (isEnglish) return text + " at " + hour + ":" + minutes;
        return text + " à " + hour + " h" + (minutes == "00" ? "" : " " + minutes);
    }
    const std::vector<Word> spoken = wordsOf(*action.dueSpoken);
    const auto says = [&](std::initializer_list<std::string_view> parts) {
        return std::any_of(spoken.begin(), spoken.end(),
                           [&](const Word& word) { return isOneOf(word.text, parts); });
    };
    if (says({"matin", "matinee", "morning"})) return text + (isEnglish ? ", in the morning" : " au matin");
    if (says({"midi", "aprem", "afternoon"}))
        return text + (isEnglish ? ", in the afternoon" : " dans l'après-midi");
    if (says({"soir", "soiree", "evening", "tonight"}))
        return text + (isEnglish ? ", in the evening" : " au soir");
    return text;
}

/// How the call ended, and the mood where there is one. What is still to be done says by itself that it is open.
std::string outcome(const Findings& findings, Gender gender, bool needsState) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::string state;
    if (findings.isResolved && findings.resolvedConfidence == protocol::Confidence::Unsure)
        state = !needsState ? "" : isEnglish ? " Outcome to be confirmed" : " Issue à confirmer";
    else if (findings.isResolved)
        state = isEnglish ? " Resolved in the call" : " Résolu pendant l'appel";
    else if (needsState)
        state = isEnglish ? " Still open" : " Reste ouvert";
    if (findings.sentiment == protocol::Sentiment::Neutral ||
        findings.sentimentConfidence == protocol::Confidence::Unsure)
        return state.empty() ? state : state + ".";
    const bool isUnhappy = findings.sentiment == protocol::Sentiment::Negative;
    std::string mood;
    if (isEnglish)
        mood = isUnhappy ? "the customer is unhappy." : "the customer is pleased.";
    else if (gender == Gender::Woman)
        mood = isUnhappy ? "la cliente est mécontente." : "la cliente est satisfaite.";
    else
        mood = isUnhappy ? "le client est mécontent." : "le client est satisfait.";
    if (state.empty()) return " " + capitalised(std::move(mood));
    return state + (isEnglish ? "; " : " ; ") + mood;
}

/// Why somebody calls who needs no support, by the subject that was found. Empty: it does not tell.
std::string_view offSupport(std::string_view subject, Gender gender) {
    if (subject.starts_with("Sales")) return " called to sell something.";
    if (subject.starts_with("Wrong")) return " had dialled a wrong number.";
    if (subject.starts_with("Courtesy")) return " called out of courtesy; no technical matter was raised.";
    if (subject.starts_with("Démarchage")) return " appelle pour une offre commerciale.";
    if (subject.starts_with("Faux"))
        return gender == Gender::Woman ? " s'est trompée de numéro." : " s'est trompé de numéro.";
    if (subject.starts_with("Appel de courtoisie")) return " appelle par courtoisie, sans demande technique.";
    return {};
}

std::string joined(const std::vector<std::string>& parts, bool isEnglish) {
    const std::string_view conjunction = isEnglish ? " and " : " et ";
    // "compte débloqué et sessions fermées, et transmis au niveau 2"
    const bool isNested = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return part.find(conjunction) != std::string::npos;
    });
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) all += i + 1 < parts.size() ? ", " : (isNested ? "," : "") + std::string{conjunction};
        all += parts[i];
    }
    return all;
}

std::string actionSentence(const Findings& findings, std::string_view status, Gender gender) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::vector<const protocol::AnalysisAction*> actions;
    for (const FoundAction& found : findings.actions)
        if (found.action.status == status && found.action.kind != "none" &&
            found.confidence != protocol::Confidence::Unsure && actions.size() < 4)
            actions.push_back(&found.action);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const protocol::AnalysisAction& action = *actions[i];
        std::string part = uncapitalised(action.text);
        if (action.kind == "callback" && status == "todo" && action.owner != "customer")
            part = isEnglish                 ? "call the customer back"
                   : gender == Gender::Woman ? "rappeler la cliente"
                                             : "rappeler le client";
        if (action.owner == "customer") part = (isEnglish ? "by the customer: " : "par le client : ") + part;
        // What several have in common is said once.
        const bool isSaidNext = i + 1 < actions.size() && actions[i + 1]->due == action.due &&
                                actions[i + 1]->owner == action.owner;
        const bool isColleague =
            action.owner != "agent" && action.owner != "customer" && !action.owner.empty();
        std::string aside = isColleague && !isSaidNext ? action.owner : std::string{};
        if (action.due && !isSaidNext) aside += (aside.empty() ? "" : ", ") + writtenDue(action, isEnglish);
        if (!aside.empty() && part.ends_with(')')) {
            part.pop_back();
            part += ", " + aside + ")";
        } else if (!aside.empty()) {
            part += " (" + aside + ")";
        }
        parts.push_back(std::move(part));
    }
    if (parts.empty()) return {};
    const bool isDone = status == "done";
    const std::string_view lead =
        isEnglish ? (isDone ? "Done: " : "To do: ") : (isDone ? "Fait : " : "À faire : ");
    return std::string{lead} + joined(parts, isEnglish) + ".";
}

}  // namespace

std::string companyOf(const Names& names) {
    if (names.companies.empty()) return {};
    const std::string& company = names.companies[0];
    return company.find(' ') == std::string::npos && opensCompany(folded(company)) ? std::string{} : company;
}

std::string categoryName(Category category, bool isEnglish) {
    const CategoryWording& wording = kCategoryNames[static_cast<std::size_t>(category)];
    return std::string{isEnglish ? wording.english : wording.french};
}

std::string writeSummary(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords())
        return isEnglish ? "Nothing was understood of this call." : "Rien n'a été compris de cet appel.";
    const Gender gender = genderOf(findings.conversation, findings.names.customer);

    const bool isOffSupport = topicOf(findings) == Category::OtherNonSupport;
    const std::string_view offReason =
        isOffSupport ? offSupport(writeSubject(findings), gender) : std::string_view{};
    // Whom one meant to call by a wrong number is not where one works.
    const bool isWrongNumber = offReason.find("num") != std::string_view::npos;
    const std::string who = callerOf(findings, gender, !isWrongNumber);
    std::string summary = isOffSupport ? std::string{} : outboundSentence(findings, who);
    if (!offReason.empty()) summary = who + std::string{offReason};
    const std::string found = isOffSupport ? "" : foundSentence(findings);
    const std::string done = actionSentence(findings, "done", gender);
    const std::string todo = actionSentence(findings, "todo", gender);
    if (summary.empty())
        summary = problemSentence(findings, who, gender, found.empty() && (done.empty() || todo.empty()));
    if (summary.empty() && isOffSupport)
        summary = who + (isEnglish ? " called about something that is no matter for support."
                                   : " appelle pour un sujet qui ne relève pas du support.");
    if (summary.empty())
        summary = who + (isEnglish ? " called about: " : " appelle au sujet de : ") +
                  uncapitalised(categoryName(topicOf(findings), isEnglish)) + ".";
    for (const std::string& sentence : {found, done, todo})
        if (!sentence.empty()) summary += " " + sentence;
    const bool isPlainlyOff = isOffSupport && (!offReason.empty() || findings.category.main.confidence ==
                                                                         protocol::Confidence::Sure);
    if (isPlainlyOff)
        summary += isEnglish ? " No ticket is needed." : " Aucun ticket n'est nécessaire.";
    else
        summary += outcome(findings, gender, todo.empty());
    return summary;
}

}  // namespace ninja3cx::analysis
