#include "server/config/site_check.hpp"

#include "server/analysis/words/plain_phrase.hpp"
#include "shared/config/schema.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace ninja3cx::config {
namespace {

// Every phrase is looked for in every call, and while it is spoken.
constexpr std::size_t kMostCategories = 200;
constexpr std::size_t kMostRules = 200;
constexpr std::size_t kMostAlerts = 100;
constexpr std::size_t kMostPhrases = 2'000;  // all together
constexpr std::size_t kMostIdBytes = 40;
constexpr std::size_t kMostTextBytes = 120;
constexpr std::int32_t kMostTimes = 100;
constexpr std::int32_t kMostSeconds = 24 * 3'600;

const std::vector<std::string>& builtIn() {
    static const std::vector<std::string> all = namesOf<protocol::Category>();
    return all;
}

bool isBuiltIn(const std::string& name) {
    return std::ranges::find(builtIn(), name) != builtIn().end();
}

std::vector<std::string> customIds(const AnalysisSettings& analysis) {
    std::vector<std::string> ids;
    for (const auto& [id, category] : analysis.categories) ids.push_back(id);
    return ids;
}

std::string nameOf(protocol::Category category) {
    return builtIn()[static_cast<std::size_t>(category)];
}

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

/// "; did you mean 'x'? There are a, b"
std::string choices(const std::string& written, const std::vector<std::string>& known) {
    const std::string close = nearest(written, known);
    return "; " + (close.empty() ? "" : "did you mean '" + close + "'? ") + "There are " + listed(known);
}

class Check {
public:
    explicit Check(const AnalysisSettings& analysis) : analysis_(analysis) {}

    std::optional<SiteProblem> run() {
        count(analysis_.categories.size(), kMostCategories, "analysis.categories");
        for (const auto& [id, category] : analysis_.categories) customCategory(id, category);
        for (const auto& [category, words] : analysis_.keywords) keywords(category, words);
        count(analysis_.rules.size(), kMostRules, "analysis.rules");
        ids_.clear();
        for (std::size_t i = 0; i < analysis_.rules.size(); ++i)
            rule(analysis_.rules[i], "analysis.rules[" + std::to_string(i) + "]");
        count(analysis_.alerts.size(), kMostAlerts, "analysis.alerts");
        ids_.clear();
        for (std::size_t i = 0; i < analysis_.alerts.size(); ++i)
            alert(analysis_.alerts[i], "analysis.alerts[" + std::to_string(i) + "]");
        return problem_;
    }

private:
    void require(bool isFine, const std::string& path, const std::string& what) {
        if (!isFine && !problem_) problem_ = SiteProblem{path, what};
    }
    void count(std::size_t there, std::size_t most, const std::string& path) {
        require(there <= most, path,
                "has " + std::to_string(there) + " entries; there may be " + std::to_string(most));
    }
    void phrases(const std::vector<std::string>& written, const std::string& path) {
        for (std::size_t i = 0; i < written.size(); ++i) {
            const auto plain = analysis::plainPhrase(written[i]);
            require(static_cast<bool>(plain), path + "[" + std::to_string(i) + "]",
                    "'" + std::string{cutUtf8(written[i], 60)} + "' " + (plain ? "" : plain.error().detail));
        }
        phrases_ += written.size();
        require(phrases_ <= kMostPhrases, path,
                "analysis has more than " + std::to_string(kMostPhrases) +
                    " phrases by here, and each is looked for in every call");
    }
    /// It becomes a tag in NinjaOne, and stands in reasons that people read.
    void identifier(const std::string& id, const std::string& path) { name(id, path, isSmall, "a-z"); }
    /// The built-in ones have capitals: "wantsManager".
    void alertIdentifier(const std::string& id, const std::string& path) {
        name(id, path, isLetter, "a-z, A-Z");
    }
    static bool isSmall(char c) { return c >= 'a' && c <= 'z'; }
    static bool isLetter(char c) { return isSmall(c) || (c >= 'A' && c <= 'Z'); }
    void name(const std::string& id, const std::string& path, bool (*isOfIts)(char), const char* letters) {
        const auto isFine = [&](char c) {
            return isOfIts(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
        };
        require(!id.empty() && id.size() <= kMostIdBytes && std::ranges::all_of(id, isFine) && isOfIts(id[0]),
                path,
                "'" + std::string{cutUtf8(id, 60)} + "' must be a name of " + letters +
                    ", 0-9, _ and - that begins with a letter, of at most " + std::to_string(kMostIdBytes) +
                    " characters, such as \"erp_sage\"");
    }
    void once(const std::string& id, const std::string& path) {
        require(ids_.insert(id).second, path, "'" + id + "' is there twice; each needs its own");
    }
    void label(const std::string& text, const std::string& path) {
        require(!trimmed(text).empty() && text.size() <= kMostTextBytes, path,
                "must be a text of at most " + std::to_string(kMostTextBytes) + " bytes for people to read");
    }
    void known(const std::string& id, const std::string& path) {
        if (analysis_.categories.contains(id)) return;
        const std::vector<std::string> ids = customIds(analysis_);
        require(false, path,
                "analysis.categories has no '" + id + "'" +
                    (isBuiltIn(id) ? "; it is a built-in one: write it as \"category\""
                     : ids.empty() ? "; describe it there first"
                                   : choices(id, ids)));
    }

    void customCategory(const std::string& id, const CustomCategory& category) {
        const std::string path = "analysis.categories." + id;
        identifier(id, path);
        require(!isBuiltIn(id), path,
                "there is a built-in category of that name; add phrases to it by analysis.keywords." + id);
        label(category.french, path + ".french");
        if (category.english) label(*category.english, path + ".english");
        phrases(category.phrases, path + ".phrases");
    }
    void keywords(const std::string& category, const std::vector<std::string>& words) {
        const std::string path = "analysis.keywords." + category;
        require(
            !analysis_.categories.contains(category), path,
            "are for built-in categories; one of your own has analysis.categories." + category + ".phrases");
        require(isBuiltIn(category), path, "there is no such category" + choices(category, builtIn()));
        phrases(words, path);
    }
    void rule(const SiteRule& rule, const std::string& path) {
        identifier(rule.id, path + ".id");
        once(rule.id, path + ".id");
        const RuleWhen& when = rule.when;
        phrases(when.phrases, path + ".when.phrases");
        require(!when.phrases.empty() || when.category || when.customCategory, path + ".when",
                "needs phrases, category or customCategory: without them the rule would be for every call");
        require(!when.speaker || !when.phrases.empty(), path + ".when.speaker",
                "says who says the phrases, and there are none");
        if (when.customCategory) known(*when.customCategory, path + ".when.customCategory");
        if (when.customCategory && when.category && !problem_)
            require(analysis_.categories.at(*when.customCategory).within == *when.category,
                    path + ".when.category",
                    "the rule would never apply: '" + *when.customCategory + "' is within " +
                        nameOf(analysis_.categories.at(*when.customCategory).within));
        require(rule.category || rule.customCategory || rule.priority || rule.ticketWarranted, path,
                "changes nothing; name category, customCategory, priority or ticketWarranted");
        if (rule.customCategory) known(*rule.customCategory, path + ".customCategory");
        if (rule.customCategory && rule.category && !problem_)
            require(analysis_.categories.at(*rule.customCategory).within == *rule.category,
                    path + ".category",
                    "'" + *rule.customCategory + "' is within " +
                        nameOf(analysis_.categories.at(*rule.customCategory).within) + "; leave this out");
    }
    void alert(const AlertRule& alert, const std::string& path) {
        alertIdentifier(alert.id, path + ".id");
        once(alert.id, path + ".id");
        if (alert.text) label(*alert.text, path + ".text");
        phrases(alert.phrases, path + ".phrases");
        require(!alert.phrases.empty() || alert.mood || alert.enabled == false, path,
                "needs phrases or mood: without them it would be raised in every call");
        require(!alert.speaker || !alert.phrases.empty(), path + ".speaker",
                "says who says the phrases, and there are none");
        const auto range = [&](const std::optional<std::int32_t>& value, std::int32_t most, const char* key) {
            require(!value || (*value >= 1 && *value <= most), path + "." + key,
                    std::to_string(value.value_or(0)) + " is outside 1 to " + std::to_string(most));
        };
        range(alert.times, kMostTimes, "times");
        range(alert.withinSeconds, kMostSeconds, "withinSeconds");
        require(!alert.withinSeconds || alert.times.value_or(1) > 1, path + ".withinSeconds",
                "says in how long the phrases come several times; give times as well");
    }

    const AnalysisSettings& analysis_;
    std::optional<SiteProblem> problem_;
    std::set<std::string> ids_;
    std::size_t phrases_ = 0;
};

}  // namespace

std::optional<SiteProblem> problemOf(const AnalysisSettings& analysis) {
    return Check{analysis}.run();
}

std::string unknownCategory(const std::string& name, const AnalysisSettings& analysis) {
    if (isBuiltIn(name) || analysis.categories.contains(name)) return {};
    std::vector<std::string> all = builtIn();
    for (const std::string& id : customIds(analysis)) all.push_back(id);
    return "there is no such category" + choices(name, all);
}

}  // namespace ninja3cx::config
