#include "server/app/explain.hpp"

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/entities/entities.hpp"
#include "server/analysis/personal_data/masked_call.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/site_rules_apply.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/analysis/words/plain_phrase.hpp"
#include "server/analysis/words/words.hpp"
#include "server/app/options.hpp"
#include "server/calls/draft_maker.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::app {
namespace {

constexpr std::size_t kMostUtterances = 8;     // of one conclusion
constexpr std::size_t kMostSpokenBytes = 300;  // of one utterance

struct Wording {
    std::string_view french;
    std::string_view english;
};

constexpr std::array<Wording, 3> kConfidences{
    {{"sûr", "sure"}, {"probable", "likely"}, {"incertain", "unsure"}}};
constexpr std::array<Wording, 3> kMoods{
    {{"négatif", "negative"}, {"neutre", "neutral"}, {"positif", "positive"}}};
constexpr std::array<Wording, 3> kPriorities{{{"basse", "low"}, {"moyenne", "medium"}, {"haute", "high"}}};
constexpr std::array<Wording, 5> kPersonal{{{"carte bancaire", "payment card"},
                                            {"mot de passe ou code", "password or code"},
                                            {"IBAN", "IBAN"},
                                            {"numéro de sécurité sociale", "social security number"},
                                            {"date de naissance", "date of birth"}}};

std::string clockText(double seconds) {
    const auto whole = static_cast<long long>(seconds);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02lld:%02lld", whole / 60, whole % 60);
    return text.data();
}

/// What the phrases of a cue find in a text, marked. A cue that is no list of phrases marks nothing.
std::string marked(const std::string& text, const std::string& cue) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    const std::vector<analysis::Word> words = analysis::wordsOf(text);
    for (std::size_t begin = 0; begin < cue.size();) {
        const std::size_t end = std::min(cue.find(", ", begin), cue.size());
        std::string_view piece = std::string_view{cue}.substr(begin, end - begin);
        if (const std::size_t colon = piece.rfind(": "); colon != std::string_view::npos)
            piece.remove_prefix(colon + 2);
        begin = end + 2;
        const auto plain = analysis::plainPhrase(piece);
        if (!plain) continue;
        const analysis::Phrase phrase{*plain};
        for (auto match = phrase.find(words); match; match = phrase.find(words, match->last))
            places.emplace_back(words[match->first].begin, words[match->last - 1].end);
    }
    std::sort(places.begin(), places.end());
    std::string out;
    std::size_t at = 0;
    for (const auto& [begin, end] : places) {
        if (begin < at) continue;  // inside another one
        out += text.substr(at, begin - at) + "*" + text.substr(begin, end - begin) + "*";
        at = end;
    }
    return out + text.substr(at);
}

class Explanation {
public:
    Explanation(const protocol::AnalysisInput& input, const protocol::Analysis& analysis,
                const analysis::SiteRules& rules, const std::optional<NinjaMapping>& mapping)
        : input_(input),
          analysis_(analysis),
          rules_(rules),
          mapping_(mapping),
          isEnglish_(analysis::readConversation(input).isEnglish) {
        for (protocol::Turn& turn : analysis::maskedCall(input, analysis.pii).turns)
            spoken_.push_back(std::move(turn.text));
    }

    std::string text() {
        head();
        conclusions();
        siteRules();
        inNinja();
        actions();
        personalData();
        entities();
        return out_;
    }

private:
    std::string say(const Wording& wording) const {
        return std::string{isEnglish_ ? wording.english : wording.french};
    }
    std::string say(std::string_view french, std::string_view english) const {
        return say(Wording{french, english});
    }
    template <class E, std::size_t n>
    std::string say(const std::array<Wording, n>& wordings, E value) const {
        return say(wordings.at(static_cast<std::size_t>(value)));
    }
    std::string yesNo(bool value) const { return value ? say("oui", "yes") : say("non", "no"); }
    std::string colon() const { return say(" : ", ": "); }
    std::string quoted(const std::string& text) const {
        return isEnglish_ ? "\u201c" + text + "\u201d" : "« " + text + " »";
    }
    std::string nameOf(protocol::Category category) const {
        return analysis::categoryName(category, isEnglish_) + " (" +
               std::string{json::encode(category).as_string()} + ")";
    }
    std::string ownNameOf(const std::string& id) const {
        const auto own = std::ranges::find(rules_.categories, id, &analysis::CustomCategory::id);
        if (own == rules_.categories.end()) return id;
        return (isEnglish_ ? own->english : own->french) + " (" + id + ")";
    }
    std::string listed(const std::vector<std::string>& parts, const char* between = ", ") const {
        std::string list;
        for (const std::string& part : parts) list += (list.empty() ? "" : between) + part;
        return list;
    }
    /// What was said is nothing that a terminal may obey.
    void line(std::string text) {
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
        out_ += text + "\n";
    }
    void listHead(const std::string& name, bool isEmpty) {
        line("");
        line(name + (isEmpty ? colon() + say("aucune", "none") : say(" :", ":")));
    }

    void head() {
        const auto seconds = static_cast<long long>(input_.durationS);
        line(say("Appel ", "Call ") + input_.id + " – " + std::to_string(seconds / 60) + " min " +
             std::to_string(seconds % 60) + " s, " + std::to_string(input_.turns.size()) +
             say(input_.turns.size() > 1 ? " tours de parole" : " tour de parole",
                 input_.turns.size() == 1 ? " turn" : " turns"));
        const protocol::Evidence* subject = evidenceFor("subject");
        line(say("Sujet", "Subject") + colon() + analysis_.subject + confidenceOf(subject));
        basis(subject, "  ");
        line(say("Résumé", "Summary") + colon() + analysis_.summary);
        summary();
        if (analysis_.improvedBy) line(say("Amélioré par ", "Improved by ") + *analysis_.improvedBy);
    }

    void summary() {
        std::vector<const protocol::Evidence*> evidence;
        for (const protocol::Evidence& each : analysis_.evidence)
            if (each.field == "summary") evidence.push_back(&each);
        const std::vector<std::string> sentences = analysis::sentencesOf(analysis_.summary);
        for (std::size_t i = 0; i < evidence.size(); ++i) {
            // Each has its own, in order.
            const bool isKnown = sentences.size() == evidence.size();
            const std::string text =
                isKnown ? quoted(sentences[i]) : say("phrase ", "sentence ") + std::to_string(i + 1);
            line("  " + text + confidenceOf(evidence[i]));
            basis(evidence[i], "    ");
        }
    }
    std::string confidenceOf(const protocol::Evidence* evidence) const {
        return evidence ? " – " + say(kConfidences, evidence->confidence) : std::string{};
    }
    /// The cues and the utterances.
    void basis(const protocol::Evidence* evidence, const std::string& indent) {
        if (!evidence) return;
        if (!evidence->cue.empty()) line(indent + say("indices", "cues") + colon() + evidence->cue);
        utterances(evidence->turns, evidence->cue);
    }
    const protocol::Evidence* evidenceFor(const std::string& field) const {
        const auto found = std::ranges::find(analysis_.evidence, field, &protocol::Evidence::field);
        return found == analysis_.evidence.end() ? nullptr : &*found;
    }
    void utterances(std::vector<std::int32_t> turns, const std::string& cue) {
        std::erase_if(turns, [&](std::int32_t turn) {
            return turn < 0 || static_cast<std::size_t>(turn) >= spoken_.size();
        });
        std::sort(turns.begin(), turns.end());
        for (std::size_t i = 0; i < turns.size() && i < kMostUtterances; ++i)
            utterance(static_cast<std::size_t>(turns[i]), cue);
        if (turns.size() <= kMostUtterances) return;
        const std::string rest = std::to_string(turns.size() - kMostUtterances);
        line("      " + say("et ", "and ") + rest + say(" autres", " more"));
    }
    void utterance(std::size_t index, const std::string& cue) {
        std::string text = marked(spoken_[index], cue);
        if (text.size() > kMostSpokenBytes) text = std::string{cutUtf8(text, kMostSpokenBytes)} + "…";
        std::array<char, 32> number{};
        std::snprintf(number.data(), number.size(), "%5zu", index + 1);
        const bool isAgent = input_.turns[index].speaker == protocol::Speaker::Agent;
        line(std::string{number.data()} + "  " + clockText(input_.turns[index].t0) + "  " +
             (isAgent ? say("technicien  ", "technician  ") : say("client      ", "customer    ")) + text);
    }
    /// A conclusion, and what `field` of the evidence says for it.
    void conclusion(const std::string& name, const std::string& value, const std::string& field,
                    const std::vector<std::string>& more = {}) {
        const protocol::Evidence* evidence = evidenceFor(field);
        line("");
        line(name + colon() + value + confidenceOf(evidence));
        for (const std::string& each : more) line("  " + each);
        basis(evidence, "  ");
    }
    void conclusions() {
        std::vector<std::string> more;
        if (analysis_.runnerUp) more.push_back(say("sinon", "else") + colon() + nameOf(*analysis_.runnerUp));
        if (analysis_.secondaryCategory)
            more.push_back(say("second sujet", "second matter") + colon() +
                           nameOf(*analysis_.secondaryCategory));
        conclusion(say("Catégorie", "Category"), nameOf(analysis_.category), "category", more);
        if (analysis_.customCategory)
            conclusion(say("Catégorie maison", "Own category"), ownNameOf(*analysis_.customCategory),
                       "custom_category");
        conclusion(say("Humeur du client", "Customer's mood"), say(kMoods, analysis_.sentiment), "sentiment",
                   {say("au début", "at the start") + colon() + say(kMoods, analysis_.sentimentStart) +
                    say(" ; à la fin : ", "; at the end: ") + say(kMoods, analysis_.sentimentEnd)});
        conclusion(say("Priorité", "Priority"),
                   say(kPriorities, analysis_.priority) + " (" +
                       std::string{json::encode(analysis_.priority).as_string()} + ")",
                   "priority");
        conclusion(say("Résolu", "Resolved"), yesNo(analysis_.resolved), "resolved");
        conclusion(say("Ticket justifié", "Ticket warranted"), yesNo(analysis_.ticketWarranted),
                   "ticket_warranted");
        conclusion(say("Rappel promis", "Callback promised"), yesNo(analysis_.callbackPromised),
                   "callback_promised");
    }
    /// Those that decided something: what a later one overrules has left no evidence.
    void siteRules() {
        std::vector<std::string> applied;
        const auto cites = [&](const std::string& name) {
            return std::ranges::any_of(analysis_.evidence, [&](const protocol::Evidence& each) {
                return each.cue == name || each.cue.starts_with(name + colon());
            });
        };
        const auto note = [&](const std::string& citation) {
            if (cites(citation)) applied.push_back(citation);
        };
        for (const auto& own : rules_.categories) note(analysis::citationOf(own, isEnglish_));
        for (const auto& rule : rules_.rules) note(analysis::citationOf(rule, isEnglish_));
        // Other conclusions that follow the category quote its cue.
        if (const protocol::Evidence* category = evidenceFor("category");
            category && !rules_.keywords.empty())
            for (const std::size_t count : {1U, 2U}) {
                const std::string head = analysis::citationOfKeywords(count, isEnglish_) + colon();
                if (const std::size_t at = category->cue.find(head); at != std::string::npos)
                    applied.push_back(category->cue.substr(at));
            }
        line("");
        line(say("Règles de la configuration", "Rules of the configuration") + colon() +
             (applied.empty() ? say("aucune", "none") : listed(applied, say(" ; ", "; ").c_str())));
    }
    void inNinja() {
        if (!mapping_) return;
        const protocol::DraftFields& fields = mapping_->fields;
        const auto entry = [&](const std::string& name, const std::string& value) {
            line("  " + name + colon() + value);
        };
        const auto code = [](const auto& value) { return std::string{json::encode(value).as_string()}; };
        const std::string open = say("au technicien de choisir", "for the technician to say");
        line("");
        line(say("Dans NinjaOne, par ", "In NinjaOne, by ") +
             (mapping_->rule.empty()
                  ? say("la règle d'origine de la catégorie", "the category's built-in rule")
                  : mapping_->rule) +
             say(" :", ":"));
        entry(say("catégorie", "category"), fields.customCategory ? ownNameOf(*fields.customCategory)
                                            : fields.category     ? nameOf(*fields.category)
                                                                  : open);
        entry(say("type", "type"), code(fields.type));
        entry(say("priorité", "priority"), fields.priority ? code(*fields.priority) : "NONE (" + open + ")");
        entry(say("gravité", "severity"), code(fields.severity));
        std::string status = fields.status ? *fields.status : mapping_->newStatus + " (ninja.newStatus)";
        if (fields.isSolved)
            status +=
                say(", puis clos : ", ", then closed: ") + mapping_->solvedStatus + " (ninja.solvedStatus)";
        entry(say("statut", "status"), status);
        entry(say("formulaire", "form"),
              fields.ticketFormId      ? std::to_string(*fields.ticketFormId)
              : mapping_->ticketFormId ? std::to_string(*mapping_->ticketFormId) + " (ninja.ticketFormId)"
                                       : say("celui de NinjaOne par défaut", "NinjaOne's default one"));
        entry(say("étiquettes", "tags"), listed(fields.tags));
        if (!fields.attributes) return;
        std::vector<std::string> attributes;
        for (const protocol::AttributeValue& each : *fields.attributes)
            attributes.push_back(std::to_string(each.attributeId) + " = " + each.value);
        entry(say("attributs", "attributes"), listed(attributes));
    }
    void actions() {
        listHead(say("Actions", "Actions"), analysis_.actions.empty());
        std::map<std::string, std::size_t> seen;  // by kind, how many had their evidence
        for (const protocol::AnalysisAction& action : analysis_.actions) {
            std::string text =
                "  " + (action.status == "done" ? say("fait", "done") : say("à faire", "to do"));
            text += colon() + action.text + " (" + action.kind + ")";
            const std::string owner = action.owner == "agent"      ? say("technicien", "technician")
                                      : action.owner == "customer" ? say("client", "customer")
                                                                   : action.owner;
            if (!owner.empty()) text += ", " + owner;
            if (action.due) text += say(", échéance ", ", due ") + *action.due;
            if (action.dueSpoken) text += " " + quoted(*action.dueSpoken);
            // Evidence of actions of one kind comes in their order.
            std::size_t skip = seen[action.kind]++;
            const protocol::Evidence* evidence = nullptr;
            for (const protocol::Evidence& each : analysis_.evidence)
                if (each.field == "actions." + action.kind && (evidence = &each, skip-- == 0)) break;
            line(text + confidenceOf(evidence));
            basis(evidence, "    ");
        }
    }
    void personalData() {
        listHead(say("Données personnelles", "Personal data"), analysis_.pii.empty());
        for (const protocol::PersonalData& data : analysis_.pii) {
            const auto turn = static_cast<std::size_t>(data.turn);
            line("  " + say(kPersonal, data.kind) + colon() + say("tour ", "turn ") +
                 std::to_string(turn + 1) +
                 (turn < input_.turns.size() ? " (" + clockText(input_.turns[turn].t0) + ")" : "") +
                 say(", octets ", ", bytes ") + std::to_string(data.begin) + "–" + std::to_string(data.end));
        }
    }
    void entities() {
        static const std::map<std::string, Wording> kKinds{
            {"person", {"personne", "person"}},
            {"company", {"entreprise", "company"}},
            {"phone", {"téléphone", "phone"}},
            {"email", {"e-mail", "e-mail"}},
            {"device", {"appareil", "device"}},
            {"software", {"logiciel", "software"}},
            {"error_code", {"code d'erreur", "error code"}},
            {"ticket_number", {"numéro de ticket", "ticket number"}},
            {"site", {"site", "site"}}};
        const bool isEmpty =
            std::ranges::all_of(analysis_.entities, [](const auto& each) { return each.second.empty(); });
        listHead(say("Entités", "Entities"), isEmpty);
        for (const auto& [kind, values] : analysis_.entities) {
            const auto known = kKinds.find(kind);
            for (const std::string& value : values) {
                const protocol::Evidence* evidence = evidenceFor(analysis::entityField(kind, value));
                line("  " + (known == kKinds.end() ? kind : say(known->second)) + colon() + value +
                     confidenceOf(evidence));
                basis(evidence, "    ");
            }
        }
    }

    const protocol::AnalysisInput& input_;
    const protocol::Analysis& analysis_;
    const analysis::SiteRules& rules_;
    const std::optional<NinjaMapping>& mapping_;
    bool isEnglish_;
    std::vector<std::string> spoken_;  // masked, by turn
    std::string out_;
};

}  // namespace

NinjaMapping ninjaMapping(const protocol::Analysis& analysis, const config::Settings& settings) {
    Setting setting;
    setting.settings = settings;
    NinjaMapping mapping;
    mapping.fields = calls::makeFields(analysis, {}, hubOptions(setting, ""));
    const auto isRule = [&](const std::string& name) { return settings.ticket.categories.contains(name); };
    if (mapping.fields.customCategory && isRule(*mapping.fields.customCategory))
        mapping.rule = "ticket.categories." + *mapping.fields.customCategory;
    else if (mapping.fields.category)
        if (const std::string name{json::encode(*mapping.fields.category).as_string()}; isRule(name))
            mapping.rule = "ticket.categories." + name;
    mapping.newStatus = settings.ninja.newStatus;
    mapping.solvedStatus = settings.ninja.solvedStatus;
    mapping.ticketFormId = settings.ninja.ticketFormId;
    return mapping;
}

std::string explained(const protocol::AnalysisInput& input, const protocol::Analysis& analysis,
                      const analysis::SiteRules& rules, const std::optional<NinjaMapping>& mapping) {
    return Explanation{input, analysis, rules, mapping}.text();
}

}  // namespace ninja3cx::app
