#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/entities/name_grounds.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/lexicon/subject_words.hpp"
#include "server/analysis/movements/movement_cues.hpp"
#include "server/analysis/summary/compiled_terms.hpp"
#include "server/analysis/summary/movement_subject.hpp"
#include "server/analysis/summary/said_thing.hpp"
#include "server/analysis/summary/third_person.hpp"
#include "server/analysis/summary/why_called.hpp"
#include "server/analysis/summary/wording.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;

double weightOf(const Line& line, const Findings& findings) {
    const auto& evidence = findings.category.main.turns;
    const bool isEvidence = std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end();
    const bool isCustomer = line.speaker == protocol::Speaker::Customer;
    return (isCustomer ? 2.0 : 1.2) * (1.0 - 0.6 * line.position) + (isEvidence ? 0.8 : 0.0);
}

std::string_view wordAt(const Line& line, std::size_t at) {
    return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
}

/// "i'll switch off her access": the verb.
bool switches(const Line& line, std::size_t at) {
    if (wordAt(line, at) != "switch") return false;
    if (at == 0) return wordAt(line, 1) == "it" || wordAt(line, 1) == "off";
    return isOneOf(line.words[at - 1].text, {"i", "ll", "we", "you", "they", "to", "can", "t", "and", "then",
                                             "just", "please", "so", "will"});
}

/// "c'est pas l'imprimante", "je ne vous rappelle pas pour l'imprimante", "it's not the printer": another thing is meant.
bool isRuledOut(const Line& line, std::size_t first) {
    if (switches(line, first)) return true;
    for (std::size_t back = 1; back <= 3 && back <= first; ++back) {
        const std::string_view word = line.words[first - back].text;
        const std::string_view before =
            first > back ? std::string_view{line.words[first - back - 1].text} : "";
        if (word == "ni") return true;
        if (word == "pas" && isOneOf(before, {"est", "etait", "rappelle", "appelle", "concerne", "sont"}))
            return true;
        if (word == "not" && isOneOf(before, {"s", "is", "was", "calling"})) return true;
        if (!isOneOf(word, {"le",  "la", "l",  "les",   "un", "une",   "pour",  "du",   "mon", "ma", "mes",
                            "the", "a",  "my", "about", "de", "votre", "notre", "your", "our", "an"}))
            return false;
    }
    return false;
}

/// "l'imprimante marche très bien", "word ça sort bien", "the printer is fine": nothing is wrong with it.
bool isPraised(const Line& line, std::size_t last) {
    for (std::size_t at = last; at < std::min(last + 5, line.words.size()); ++at) {
        const std::string_view word = line.words[at].text;
        if (isOneOf(word, {"mais", "but", "pas", "plus", "not", "quand", "when"})) return false;
        if (isOneOf(word, {"impeccable", "nickel", "fine"})) return true;
        const bool isWell = isOneOf(word, {"bien", "normalement", "ok"}) && at > last &&
                            isOneOf(wordAt(line, at - 1), {"marche", "marchent", "fonctionne", "fonctionnent",
                                                           "sort", "imprime", "tres", "toujours", "va"});
        if (isWell) return true;
    }
    return false;
}

/// "est-ce qu'elle imprime", "was it encrypted": the technician only asks.
bool isAsked(const Line& line) {
    constexpr std::size_t kMostWords = 14;  // what is longer tells something as well
    if (line.speaker != protocol::Speaker::Agent || line.words.size() > kMostWords) return false;
    if (line.text.find(". ") != std::string_view::npos) return false;
    const bool isInverted =
        isOneOf(wordAt(line, 0),
                {"is", "are", "was", "were", "do", "does", "did", "have", "has", "can", "could"}) &&
        isOneOf(wordAt(line, 1),
                {"it", "the", "you", "your", "they", "that", "there", "this", "any", "he", "she"});
    return isInverted || line.text.find('?') != std::string_view::npos ||
           (wordAt(line, 0) == "vous" && isOneOf(wordAt(line, 1), {"avez", "etes"})) ||
           (wordAt(line, 0) == "et" && wordAt(line, 1) == "sur");
}

/// A thing is named only where it is not ruled out, and nothing is right with it.
bool isSaidIn(const CompiledTerm& compiled, const Line& line) {
    return std::any_of(compiled.phrases.begin(), compiled.phrases.end(), [&](const Phrase& phrase) {
        for (auto match = phrase.find(line.words); match; match = phrase.find(line.words, match->first + 1)) {
            const bool isThing = compiled.term->part == SubjectPart::Thing;
            const bool isMovement =
                compiled.term->id == SubjectId::Arrival || compiled.term->id == SubjectId::Departure;
            if (isMovement && isOtherSense(line, *match)) continue;
            if (!isRuledOut(line, match->first) && !(isThing && isPraised(line, match->last))) return true;
        }
        return false;
    });
}

/// "je n'ai pas cliqué", "j'ai rien saisi": denied in its own clause.
bool isDenied(const Line& line, const Phrase::Match& match) {
    for (std::size_t at = match.last, steps = 0; at > 0; --at) {
        const std::string_view word = line.words[at - 1].text;
        if (isOneOf(word, {"pas", "rien", "jamais", "aucun", "aucune", "ni", "sans", "not", "never", "didn",
                           "haven", "hasn", "without", "nothing", "isn"}))
            return true;
        if (at <= match.first &&
            (++steps > 3 || isOneOf(word, {"je", "j", "on", "elle", "il", "i", "she", "he"})))
            return false;
        if (at > 1 && line.isCutAfter(at - 2)) return false;
    }
    return false;
}

/// What the term claims was only ever denied by the customer.
bool isOnlyDenied(const CompiledTerm& compiled, const Findings& findings) {
    bool isDeniedOnce = false;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (const Phrase& deed : compiled.deeds)
            for (auto match = deed.find(line.words); match; match = deed.find(line.words, match->first + 1)) {
                const std::string_view word = line.words[match->last - 1].text;
                // What could be done, or is asked for, was not done.
                const bool isPlain =
                    isOneOf(word, {"click", "open", "enter", "type", "give", "put", "unlock"}) ||
                    (word.ends_with("er") && word != "remember");
                if (isDenied(line, *match))
                    isDeniedOnce = true;
                else if (!isPlain)
                    return false;
            }
    }
    return isDeniedOnce;
}

/// What is said of the reasons to call that are no matter for support. The first, "Vous faites erreur, ici le support",
/// is so plain that it needs no category.
enum class OffReason { None, Said, Plain };
OffReason offReasonOf(const Findings& findings) {
    bool isFirst = true;
    for (const CompiledTerm& compiled : compiledTerms()) {
        if (compiled.term->category != Category::OtherNonSupport) continue;
        for (const Line& line : findings.conversation.lines)
            if (isSaidIn(compiled, line)) return isFirst ? OffReason::Plain : OffReason::Said;
        isFirst = false;
    }
    return OffReason::None;
}

/// "coupez ses accès tout de suite": beside what is cut, for one says "maintenant" of anything.
bool isDepartureNow(const Findings& findings) {
    static const CueList kAtOnce{{"effet immediat"},
                                 {"depart immediat"},
                                 {"immediate effect"},
                                 {"immediate departure"},
                                 {"mise a pied"}};
    static const CueList kNow{{"tout de suite"}, {"immediatement"}, {"immediat"},      {"maintenant"},
                              {"right now"},     {"immediately"},   {"straight away"}, {"right away"},
                              {"at once"},       {"sur le champ"}};
    static const CueList kCut{{"coup*"},    {"acces"},     {"cut"},        {"access"},     {"bloqu*"},
                              {"block*"},   {"desactiv*"}, {"disabl*"},    {"fired"},      {"licencie*"},
                              {"dismiss*"}, {"let go"},    {"terminated"}, {"parking lot"}};
    static const CueList kDismissed{{"licencie*"},  {"fired"},       {"let go"},       {"dismiss*"},
                                    {"terminated"}, {"parking lot"}, {"acces ~ morts"}};
    static const CueList kCutAccess{
        {"coup* ~ acces"}, {"cut ~ access"}, {"desactiv* ~ compte"}, {"disabl* ~ account"}};
    bool isDismissed = false;
    bool isLater = false;
    bool isCutBefore = false;  // "je coupe ses accès ?" "tout de suite"
    for (const Line& line : findings.conversation.lines) {
        const bool isNow = kNow.first(line).has_value();
        if (kAtOnce.first(line) || (isNow && (isCutBefore || kCut.first(line)))) return true;
        isCutBefore = kCutAccess.first(line).has_value();
        isDismissed = isDismissed || kDismissed.first(line).has_value();
        isLater = isLater || namesLaterDay(line);
    }
    return isDismissed && !isLater;
}

/// Where the term is said, the customer's words first.
void restOn(const SubjectTerm* term, const Findings& findings, Grounds& grounds) {
    constexpr std::size_t kMostTurns = 3;
    const auto compiled = std::ranges::find(compiledTerms(), term, &CompiledTerm::term);
    std::size_t taken = 0;
    for (const auto speaker : {protocol::Speaker::Customer, protocol::Speaker::Agent})
        for (const Line& line : findings.conversation.lines) {
            if (line.speaker != speaker || taken == kMostTurns) continue;
            for (const Phrase& phrase : compiled->phrases)
                if (const auto match = phrase.find(line.words)) {
                    grounds.add(line.turn, spoken(line, match->first, match->last));
                    ++taken;
                    break;
                }
        }
}

/// The turns of the customer, or else of the technician, in which the term is said.
std::vector<std::int32_t> turnsOf(const CompiledTerm& compiled, const Findings& findings) {
    std::vector<std::int32_t> turns;
    for (const auto speaker : {protocol::Speaker::Customer, protocol::Speaker::Agent}) {
        if (!turns.empty()) break;
        for (const Line& line : findings.conversation.lines)
            if (line.speaker == speaker && isSaidIn(compiled, line)) turns.push_back(line.turn);
    }
    return turns;
}

/// A thing and its trouble are of one matter where they are said in the same turn, or in the customer's next one.
protocol::Confidence togetherness(const std::vector<std::int32_t>& thing,
                                  const std::vector<std::int32_t>& trouble) {
    constexpr std::int32_t kNext = 2;
    for (const std::int32_t one : thing)
        for (const std::int32_t other : trouble)
            if (std::abs(one - other) <= kNext) return protocol::Confidence::Sure;
    return thing.empty() || trouble.empty() ? protocol::Confidence::Likely : protocol::Confidence::Unsure;
}

/// One word, said once, may mean something else: "licence" in a dispute about a bill.
protocol::Confidence plainness(const SubjectTerm* term, const Findings& findings) {
    const auto compiled = std::ranges::find(compiledTerms(), term, &CompiledTerm::term);
    std::size_t turns = 0;
    for (const Line& line : findings.conversation.lines) {
        if (!isSaidIn(*compiled, line)) continue;
        ++turns;
        for (const Phrase& phrase : compiled->phrases)
            if (const auto match = phrase.find(line.words); match && match->last > match->first + 1)
                return protocol::Confidence::Sure;
    }
    return turns > 1 ? protocol::Confidence::Sure : protocol::Confidence::Likely;
}

/// The best term of a part; nothing where none is said. What the technician asks counts only where `withQuestions`, and
/// "was it encrypted?" never.
const SubjectTerm* bestIn(const Findings& findings, SubjectPart part, bool withQuestions) {
    const SubjectTerm* chosen = nullptr;
    double most = 0;
    const Category topic = topicOf(findings);
    for (const CompiledTerm& compiled : compiledTerms()) {
        const SubjectTerm& term = *compiled.term;
        if (term.part != part || (term.category && *term.category != topic)) continue;
        if (term.id == SubjectId::DepartureNow && !isDepartureNow(findings)) continue;
        double points = 0;
        for (const Line& line : findings.conversation.lines) {
            if (!isSaidIn(compiled, line)) continue;
            const bool isTold = withQuestions || part == SubjectPart::Thing;
            if ((!isTold || term.id == SubjectId::Ransomware) && isAsked(line)) continue;
            const double weight = weightOf(line, findings);
            points = std::max(points, weight) + 0.15 * std::min(points, weight);
        }
        if (points == 0 || isOnlyDenied(compiled, findings)) continue;
        // Everybody says thanks: the earlier term says why they call.
        if (topic == Category::OtherNonSupport) return &term;
        points -= 0.12 * compiled.rank;
        if (!chosen || points > most) {
            chosen = &term;
            most = points;
        }
    }
    return chosen;
}

const SubjectTerm* best(const Findings& findings, SubjectPart part) {
    const SubjectTerm* said = bestIn(findings, part, false);
    return said ? said : bestIn(findings, part, true);
}

/// The product that is named first, or where the category shows.
std::optional<std::string> productOf(const Findings& findings, bool isDevice, Grounds& grounds) {
    std::optional<std::string> chosen;
    const Line* where = nullptr;
    Phrase::Match said;
    double most = 0;
    for (const Line& line : findings.conversation.lines) {
        const double weight = weightOf(line, findings);
        // "et sur Word, vous imprimez ?" asks for another; nor is what the technician comes to last why they called.
        constexpr std::int32_t kLongCall = 8;
        const bool isAgent = line.speaker == protocol::Speaker::Agent;
        const bool isAnother = isAsked(line) && isOneOf(wordAt(line, 0), {"et", "and"});
        const bool isLast = line.turn >= kLongCall && line.position > 0.7;
        if (weight <= most || (!isDevice && isAgent && (isAnother || isLast))) continue;
        for (const CompiledProduct& compiled : compiledProducts()) {
            if (compiled.product->isDevice != isDevice) continue;
            const auto match = compiled.phrase.find(line.words);
            if (!match || isRuledOut(line, match->first) || isPraised(line, match->last)) continue;
            chosen = std::string{compiled.product->written};
            where = &line;
            said = *match;
            most = weight;
            break;
        }
    }
    if (where) grounds.add(where->turn, spoken(*where, said.first, said.last));
    return chosen;
}

/// Whom an arrival or a departure is about: named in full, and not the caller.
std::string newcomerOf(const Findings& findings) {
    for (const std::string& name : findings.names.people)
        if (name != findings.names.customer && name.find(' ') != std::string::npos) return name;
    return {};
}

std::string joinedWith(const std::string& thing, std::string_view trouble, bool isEnglish) {
    return thing + (isEnglish ? ": " : " : ") + std::string{trouble};
}

bool isOrdered(const Findings& findings) {
    return std::any_of(findings.actions.begin(), findings.actions.end(), [](const FoundAction& found) {
        return found.action.kind == "order_hardware" && found.confidence != protocol::Confidence::Unsure;
    });
}

struct Matter {
    std::string text;
    SubjectId id = SubjectId::Other;
};
Matter matterOf(const Findings& findings, Grounds& grounds) {
    const bool isEnglish = findings.conversation.isEnglish;
    const Category category = topicOf(findings);
    const bool isGuess = category != findings.category.main.value;
    const auto written = [&](const SubjectTerm& term) {
        return std::string{isEnglish ? term.english : term.french};
    };
    if (category == Category::OnboardingOffboarding || movesPlainly(findings))
        if (const auto moved = movementSubject(findings, isDepartureNow(findings), grounds)) return {*moved};
    if (findings.category.main.confidence == protocol::Confidence::Unsure)
        if (const auto software = softwareInTrouble(findings)) {
            grounds.add(software->grounds);
            return {joinedWith(software->product, written(*software->trouble), isEnglish)};
        }
    if (const SubjectTerm* whole = best(findings, SubjectPart::Whole)) {
        std::string subject = written(*whole);
        restOn(whole, findings, grounds);
        grounds.weaken(plainness(whole, findings));
        if (category == Category::OnboardingOffboarding) {
            const std::string name = newcomerOf(findings);
            const bool isShort = whole->id == SubjectId::Arrival || whole->id == SubjectId::Departure;
            if (!name.empty() && isShort) grounds.add(groundsOfName(findings.conversation, "person", name));
            if (!name.empty() && isShort)
                subject += isEnglish ? ": " + name : " de " + name;
            else if (isShort)
                subject += isEnglish ? ": account and equipment" : " : compte et matériel";
        }
        if (category == Category::ProcurementLicence)
            if (const auto product = productOf(findings, false, grounds)) subject += " (" + *product + ")";
        if (category == Category::PrinterScanner)
            if (const auto make = productOf(findings, true, grounds)) subject += " (" + *make + ")";
        return {std::move(subject), whole->id};
    }
    const SubjectTerm* trouble = best(findings, SubjectPart::Trouble);
    if (!isGuess && (category == Category::OtherNonSupport || category == Category::InformationRequest))
        return {findings.ownCategory.empty() ? std::string{usualThing(category, isEnglish)}
                                             : findings.ownCategory};
    std::string thing;
    std::vector<std::int32_t> thingTurns;
    if (category == Category::SoftwareApplication) {
        Grounds named;
        if (const auto product = productOf(findings, false, named)) thing = *product;
        thingTurns = named.turns;
        grounds.add(named);
    } else if (const SubjectTerm* named = best(findings, SubjectPart::Thing)) {
        thing = written(*named);
        restOn(named, findings, grounds);
        thingTurns = turnsOf(*std::ranges::find(compiledTerms(), named, &CompiledTerm::term), findings);
        // Ordered, whatever was said of it: "noir faible".
        if (named->id == SubjectId::Toner && isOrdered(findings)) {
            const auto make = productOf(findings, true, grounds);
            return {std::string{isEnglish ? "Toner to order" : "Toner à commander"} +
                    (make ? " (" + *make + ")" : "")};
        }
        const bool hasMake = category == Category::PrinterScanner || category == Category::Hardware ||
                             category == Category::ServerInfrastructure;
        if (hasMake)
            if (const auto make = productOf(findings, true, grounds);
                make && thing.find(*make) == std::string::npos)
                thing += " " + *make;
    }
    // What nobody named is not claimed of a call that may be about something else.
    const bool isHearsay = isGuess || !isUsualThingSaid(findings.conversation, category);
    if (thing.empty() && isHearsay)
        for (const bool isDevice : {false, true})
            if (const auto product = productOf(findings, isDevice, grounds); product && thing.empty())
                thing = *product;
    if (thing.empty() && isHearsay && (trouble || !isGuess))
        if (const auto said = thingSaid(findings)) {
            thing = written(*said->term);
            grounds.add(said->grounds);
        }
    const bool isOpen =
        isGuess || (isHearsay && findings.category.main.confidence == protocol::Confidence::Unsure);
    if (thing.empty() && isOpen) thing = isEnglish ? "Call to be classified" : "Appel à qualifier";
    // What the company calls it says more than our list.
    if (thing.empty()) thing = findings.ownCategory;
    if (thing.empty() && isHearsay) thing = unsaidThing(category, isEnglish);
    if (thing.empty()) thing = usualThing(category, isEnglish);
    if (category == Category::SecurityIncident || category == Category::OnboardingOffboarding)
        return {std::move(thing)};
    if (trouble) {
        restOn(trouble, findings, grounds);
        const auto compiled = std::ranges::find(compiledTerms(), trouble, &CompiledTerm::term);
        grounds.weaken(togetherness(thingTurns, turnsOf(*compiled, findings)));
    } else {
        // What is wrong with it was not understood.
        grounds.weaken(protocol::Confidence::Likely);
    }
    if (trouble) return {joinedWith(thing, written(*trouble), isEnglish)};
    if (isGuess) return {std::move(thing)};
    if (const auto complaint = plainComplaint(findings)) {
        grounds.add(complaint->grounds);
        return {joinedWith(thing, complaint->text, isEnglish)};
    }
    return {joinedWith(thing, isEnglish ? "problem reported" : "problème signalé", isEnglish)};
}

}  // namespace

Category topicOf(const Findings& findings) {
    const auto& main = findings.category.main;
    if (main.value != Category::OtherNonSupport || main.confidence == protocol::Confidence::Sure)
        return main.value;
    const OffReason needed =
        main.confidence == protocol::Confidence::Unsure ? OffReason::Plain : OffReason::Said;
    if (offReasonOf(findings) >= needed) return main.value;
    return findings.category.runnerUp.value_or(Category::InformationRequest);
}

double subjectMatter(const Findings& findings, const Line& line) {
    double most = 0;
    const Category topic = topicOf(findings);
    for (const CompiledTerm& compiled : compiledTerms()) {
        const SubjectTerm& term = *compiled.term;
        if (term.category && *term.category != topic) continue;
        const double worth = term.part == SubjectPart::Whole ? 1.0 : 0.6;
        if (worth <= most) continue;
        if (isSaidIn(compiled, line)) most = worth;
    }
    return most;
}

Subject subjectOf(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords())
        return {{isEnglish ? "Call without words" : "Appel sans paroles",
                 {{{}, {}, protocol::Confidence::Unsure}}}};
    Grounds grounds;
    auto [subject, id] = matterOf(findings, grounds);
    // The words are chosen for the category, so they are no surer.
    const auto& category = findings.category.main;
    if (grounds.turns.empty()) grounds.add(groundsOf(category));
    grounds.weaken(topicOf(findings) == category.value ? category.confidence : protocol::Confidence::Unsure);
    // Whom they meant to call is no customer.
    if (const std::string company = companyOf(findings.names);
        !company.empty() && id != SubjectId::WrongNumber) {
        const std::string withCompany = subject + " \u2013 " + company;
        if (shortened(withCompany, 80) == withCompany) {
            subject = withCompany;
            grounds.add(groundsOfName(findings.conversation, "company", company));
        }
    }
    return {{shortened(capitalised(subject), 80), {std::move(grounds)}}, id};
}

GroundedText matterNamed(const Findings& findings) {
    Grounds grounds;
    std::string text = matterOf(findings, grounds).text;
    for (const std::string_view vague :
         {"probl\u00e8me signal\u00e9", "problem reported", "Appel \u00e0 qualifier", "Call to be classified",
          "Demande d'information", "Request for information", "Appel hors support", "Call outside support"})
        if (text.find(vague) != std::string::npos) return {};
    if (grounds.turns.empty()) grounds.add(groundsOf(findings.category.main));
    grounds.weaken(findings.category.main.confidence);
    text = insideSentence(tokensOf(text));
    return {std::move(text), {std::move(grounds)}};
}

}  // namespace ninja3cx::analysis
