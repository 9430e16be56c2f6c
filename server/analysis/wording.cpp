#include "server/analysis/wording.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/personal_data.hpp"
#include "server/analysis/written.hpp"

#include <algorithm>
#include <array>

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
                               {"marche plus"},
                               {"marche pas"},
                               {"fonctionne plus"},
                               {"n est plus"},
                               {"en panne"},
                               {"bloque*"},
                               {"depuis"},
                               {"j ai oublie"},
                               {"il me faut"},
                               {"j ai besoin"},
                               {"je voudrais"},
                               {"je voulais"},
                               {"probleme"},
                               {"souci"},
                               {"message"},
                               {"veut plus"},
                               {"expire*"},
                               {"besoin"},
                               {"erreur"},
                               {"je vous appelle pour"},
                               {"on a plus"},
                               {"n a plus"},
                               {"lent*"},
                               {"coupe*"},
                               {"can t"},
                               {"won t"},
                               {"need"},
                               {"keeps"},
                               {"since"},
                               {"says"},
                               {"not working"},
                               {"stopped"},
                               {"error"},
                               {"broken"},
                               {"i ve got"},
                               {"i d like"}};
    return kCues;
}

/// "Bonjour, Paul Girard de la société Garage Dumas." names the caller, not the problem.
std::string withoutGreeting(const Line& line, const Names& names) {
    std::string text = cleanSentence(line.text);
    Line clean;
    clean.text = text;
    clean.words = wordsOf(text);
    std::size_t from = 0;
    static const CueList kGreetings{{"bonjour"},      {"bonsoir"}, {"hello"},         {"hi"},
                                    {"good morning"}, {"morning"}, {"good afternoon"}};
    const auto skip = [&](const std::string& phrase) {
        if (phrase.empty()) return;
        const std::string plain = folded(phrase);
        if (const auto match = Phrase{plain}.find(clean.words);
            match && match->last > from && match->first < 16)
            from = match->last;
    };
    for (const CueList::Hit& hit : kGreetings.hits(clean))
        if (hit.match.first < 3) from = std::max(from, hit.match.last);
    skip(names.customer);
    for (const std::string& name : names.people) skip(name);
    for (const std::string& company : names.companies) skip(company);
    if (from == 0) return text;
    if (from >= clean.words.size()) return {};
    return capitalised(text.substr(static_cast<std::size_t>(clean.words[from].begin)));
}

std::string problemSentence(const Findings& findings) {
    const auto& turns = findings.category.main.turns;
    double best = 0;
    std::string chosen;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer || line.position > 0.6) continue;
        const std::string text = withoutGreeting(line, findings.names);
        const std::size_t count = wordsOf(text).size();
        if (count < 4) continue;
        double points = 1.2 - line.position;
        if (std::find(turns.begin(), turns.end(), line.turn) != turns.end()) points += 1.5;
        points += std::min(1.5, 0.75 * static_cast<double>(complaintCues().hits(line).size()));
        if (count > 35) points -= 0.5;
        if (line.isQuestion) points -= 0.3;
        if (points > best) {
            best = points;
            chosen = text;
        }
    }
    return chosen;
}

std::string joined(const std::vector<std::string>& parts, bool isEnglish) {
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) all += i + 1 == parts.size() ? (isEnglish ? " and " : " et ") : ", ";
        all += parts[i];
    }
    return all;
}

std::string actionSentence(const Findings& findings, std::string_view status) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::vector<std::string> parts;
    for (const FoundAction& found : findings.actions) {
        if (found.action.status != status || found.action.kind == "none") continue;
        std::string part = uncapitalised(found.action.text);
        if (found.action.due) part += " (" + *found.action.due + ")";
        parts.push_back(std::move(part));
        if (parts.size() == 4) break;
    }
    if (parts.empty()) return {};
    const bool isDone = status == "done";
    const std::string_view lead =
        isEnglish ? (isDone ? "Done: " : "To do: ") : (isDone ? "Fait : " : "À faire : ");
    return std::string{lead} + joined(parts, isEnglish) + ".";
}

}  // namespace

std::string categoryName(Category category, bool isEnglish) {
    const CategoryWording& wording = kCategoryNames[static_cast<std::size_t>(category)];
    return std::string{isEnglish ? wording.english : wording.french};
}

std::string writeSubject(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords()) return isEnglish ? "Call without words" : "Appel sans paroles";
    std::string subject;
    std::vector<std::string> used;
    for (const std::string& label : findings.category.labels) {
        const std::string plain = folded(label);
        const bool isSaid = std::any_of(used.begin(), used.end(), [&](const std::string& other) {
            return other.find(plain) != std::string::npos || plain.find(other) != std::string::npos;
        });
        if (isSaid) continue;
        const std::string longer = subject.empty() ? label : subject + ", " + label;
        if (longer.size() > 60) break;
        subject = longer;
        used.push_back(plain);
        if (used.size() == 3) break;
    }
    if (subject.empty()) subject = categoryName(findings.category.main.value, isEnglish);
    if (!findings.names.companies.empty()) {
        const std::string withCompany = subject + " \u2013 " + findings.names.companies[0];
        if (shortened(withCompany, 80) == withCompany) subject = withCompany;
    }
    return shortened(maskPersonalData(capitalised(subject), isEnglish ? "en" : "fr"), 80);
}

std::string writeSummary(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords())
        return isEnglish ? "Nothing was understood of this call." : "Rien n'a été compris de cet appel.";
    std::string who = findings.names.customer.empty() ? (isEnglish ? "The customer" : "Le client")
                                                      : findings.names.customer;
    if (!findings.names.companies.empty()) who += " (" + findings.names.companies[0] + ")";

    std::string summary;
    const std::string problem = problemSentence(findings);
    if (findings.category.main.value == Category::OtherNonSupport)
        summary = who + (isEnglish ? " called about something that is no matter for support."
                                   : " appelle pour un sujet qui ne relève pas du support.");
    else if (problem.empty())
        summary = who + (isEnglish ? " called about: " : " appelle au sujet de : ") +
                  uncapitalised(categoryName(findings.category.main.value, isEnglish)) + ".";
    else
        summary = who + (isEnglish ? " reports: \u201c" : " signale : « ") + shortened(problem, 220) +
                  (isEnglish ? "\u201d." : " ».");
    for (const char* status : {"done", "todo"})
        if (const std::string sentence = actionSentence(findings, status); !sentence.empty())
            summary += " " + sentence;
    if (findings.category.main.value == Category::OtherNonSupport)
        summary += isEnglish ? " No ticket is needed." : " Aucun ticket n'est nécessaire.";
    else if (findings.isResolved)
        summary += isEnglish ? " Resolved in the call" : " Résolu pendant l'appel";
    else
        summary += isEnglish ? " Still open" : " Reste ouvert";
    if (findings.category.main.value != Category::OtherNonSupport) {
        if (findings.sentiment == protocol::Sentiment::Negative)
            summary += isEnglish ? "; the customer is unhappy." : " ; le client est mécontent.";
        else if (findings.sentiment == protocol::Sentiment::Positive)
            summary += isEnglish ? "; the customer is pleased." : " ; le client est satisfait.";
        else
            summary += ".";
    }
    return maskPersonalData(summary, isEnglish ? "en" : "fr");
}

}  // namespace ninja3cx::analysis
