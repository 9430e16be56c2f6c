#include "server/analysis/personal_data.hpp"
#include "server/analysis/product_list.hpp"
#include "server/analysis/subject_words.hpp"
#include "server/analysis/wording.hpp"
#include "server/analysis/written.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;

struct CompiledTerm {
    const SubjectTerm* term;
    std::vector<Phrase> phrases;
    double rank = 0;  // how far down its list it stands
};
const std::vector<CompiledTerm>& compiledTerms() {
    static const std::vector<CompiledTerm> kCompiled = [] {
        std::vector<CompiledTerm> compiled;
        const SubjectTerm* before = nullptr;
        double rank = 0;
        for (const SubjectTerm& term : subjectTerms()) {
            const bool isSameList = before && before->part == term.part &&
                                    (term.part == SubjectPart::Trouble || before->category == term.category);
            rank = isSameList ? rank + 1 : 0;
            before = &term;
            CompiledTerm each{&term, {}, rank};
            std::string_view rest = term.phrase;
            while (!rest.empty()) {
                const std::size_t bar = rest.find('|');
                each.phrases.emplace_back(rest.substr(0, bar));
                if (bar == std::string_view::npos) break;
                rest.remove_prefix(bar + 1);
            }
            compiled.push_back(std::move(each));
        }
        return compiled;
    }();
    return kCompiled;
}

double weightOf(const Line& line, const Findings& findings) {
    const auto& evidence = findings.category.main.turns;
    const bool isEvidence = std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end();
    const bool isCustomer = line.speaker == protocol::Speaker::Customer;
    return (isCustomer ? 2.0 : 1.2) * (1.0 - 0.6 * line.position) + (isEvidence ? 0.8 : 0.0);
}

/// The best term of a part; nothing where none is said.
const SubjectTerm* best(const Findings& findings, SubjectPart part, std::string_view other = {}) {
    const SubjectTerm* chosen = nullptr;
    double most = 0;
    for (const CompiledTerm& compiled : compiledTerms()) {
        const SubjectTerm& term = *compiled.term;
        if (term.part != part || (term.category && *term.category != findings.category.main.value)) continue;
        if (!other.empty() && term.french == other) continue;
        double points = 0;
        for (const Line& line : findings.conversation.lines) {
            const bool isSaid =
                std::any_of(compiled.phrases.begin(), compiled.phrases.end(),
                            [&](const Phrase& phrase) { return phrase.find(line.words).has_value(); });
            if (!isSaid) continue;
            const double weight = weightOf(line, findings);
            points = std::max(points, weight) + 0.15 * std::min(points, weight);
        }
        if (points == 0) continue;
        points -= 0.12 * compiled.rank;
        if (!chosen || points > most) {
            chosen = &term;
            most = points;
        }
    }
    return chosen;
}

struct CompiledProduct {
    const Product* product;
    Phrase phrase;
};
const std::vector<CompiledProduct>& compiledProducts() {
    static const std::vector<CompiledProduct> kCompiled = [] {
        std::vector<CompiledProduct> compiled;
        for (const Product& product : products()) compiled.push_back({&product, Phrase{product.phrase}});
        return compiled;
    }();
    return kCompiled;
}

/// The product that is named first, or where the category shows.
std::optional<std::string> productOf(const Findings& findings, bool isDevice) {
    std::optional<std::string> chosen;
    double most = 0;
    for (const Line& line : findings.conversation.lines) {
        const double weight = weightOf(line, findings);
        if (weight <= most) continue;
        for (const CompiledProduct& compiled : compiledProducts()) {
            if (compiled.product->isDevice != isDevice || !compiled.phrase.find(line.words)) continue;
            chosen = std::string{compiled.product->written};
            most = weight;
            break;
        }
    }
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

std::string matterOf(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    const Category category = findings.category.main.value;
    const auto written = [&](const SubjectTerm& term) {
        return std::string{isEnglish ? term.english : term.french};
    };
    if (const SubjectTerm* whole = best(findings, SubjectPart::Whole)) {
        std::string subject = written(*whole);
        if (category == Category::OnboardingOffboarding) {
            const std::string name = newcomerOf(findings);
            const bool isShort = subject.find(' ') == std::string::npos || whole->english == "New starter";
            if (!name.empty() && isShort)
                subject += isEnglish ? ": " + name : " de " + name;
            else if (isShort)
                subject += isEnglish ? ": account and equipment" : " : compte et matériel";
        }
        if (category == Category::ProcurementLicence)
            if (const auto product = productOf(findings, false)) subject += " (" + *product + ")";
        if (category == Category::PrinterScanner)
            if (const auto make = productOf(findings, true)) subject += " (" + *make + ")";
        return subject;
    }
    if (category == Category::OtherNonSupport || category == Category::InformationRequest)
        return std::string{usualThing(category, isEnglish)};
    std::string thing;
    if (category == Category::SoftwareApplication) {
        if (const auto product = productOf(findings, false)) thing = *product;
    } else if (const SubjectTerm* named = best(findings, SubjectPart::Thing)) {
        thing = written(*named);
        const bool hasMake = category == Category::PrinterScanner || category == Category::Hardware ||
                             category == Category::ServerInfrastructure;
        if (hasMake)
            if (const auto make = productOf(findings, true); make && thing.find(*make) == std::string::npos)
                thing += " " + *make;
    }
    if (thing.empty()) thing = usualThing(category, isEnglish);
    if (category == Category::SecurityIncident) return thing;
    if (const SubjectTerm* trouble = best(findings, SubjectPart::Trouble))
        return joinedWith(thing, written(*trouble), isEnglish);
    return joinedWith(thing, isEnglish ? "problem reported" : "problème signalé", isEnglish);
}

}  // namespace

double subjectMatter(const Findings& findings, const Line& line) {
    double most = 0;
    for (const CompiledTerm& compiled : compiledTerms()) {
        const SubjectTerm& term = *compiled.term;
        if (term.category && *term.category != findings.category.main.value) continue;
        const double worth = term.part == SubjectPart::Whole ? 1.0 : 0.6;
        if (worth <= most) continue;
        if (std::any_of(compiled.phrases.begin(), compiled.phrases.end(),
                        [&](const Phrase& phrase) { return phrase.find(line.words).has_value(); }))
            most = worth;
    }
    return most;
}

std::string writeSubject(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords()) return isEnglish ? "Call without words" : "Appel sans paroles";
    std::string subject = matterOf(findings);
    if (const std::string company = companyOf(findings.names); !company.empty()) {
        const std::string withCompany = subject + " \u2013 " + company;
        if (shortened(withCompany, 80) == withCompany) subject = withCompany;
    }
    return shortened(maskPersonalData(capitalised(subject), isEnglish ? "en" : "fr"), 80);
}

}  // namespace ninja3cx::analysis
