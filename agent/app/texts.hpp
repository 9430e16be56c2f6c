#pragma once

#include "shared/core/result.hpp"
#include "shared/protocol/codes.hpp"
#include "shared/protocol/records.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::agent {

enum class Language { French, English };

/// "fr", "en", also as a locale ("en_GB.UTF-8"). Empty for any other.
std::optional<Language> languageNamed(std::string_view name);
/// Of LC_ALL, LC_MESSAGES, LANG, the first that is set; French when that is no language we speak.
Language languageOfEnvironment();

/// What a person reads in the terminal, in one language. Values have words here, never their names in the protocol.
class Texts {
public:
    explicit Texts(Language language) : language_(language) {}

    const char* pick(const char* french, const char* english) const {
        return language_ == Language::French ? french : english;
    }
    Language language() const { return language_; }
    /// "2 : 3" and "2: 3": French has a space before the colon.
    const char* colon() const { return pick(" : ", ": "); }

    std::string of(protocol::Direction value) const;
    std::string of(protocol::CallState value) const;
    std::string of(protocol::CallStage value) const;
    /// Empty where there is nothing to say: recorded as usual, or not yet.
    std::string of(protocol::Recording value) const;
    /// Empty for One.
    std::string of(protocol::CallerMatchState value) const;
    std::string of(protocol::Speaker value) const;
    std::string of(protocol::Category value) const;
    /// Of a customer.
    std::string of(protocol::Sentiment value) const;
    std::string of(protocol::MoodTrend value) const;
    /// In the configuration's words, or ours for a rule that every server has.
    std::string of(const protocol::CallAlert& alert) const;
    std::string of(protocol::Priority value) const;
    std::string of(protocol::TicketType value) const;
    std::string of(protocol::Severity value) const;
    std::string of(protocol::DraftState value) const;
    std::string of(protocol::DeliveryState value) const;
    std::string of(protocol::HeldReason value) const;
    /// `named`: the ticket that a technician named, where the problem is about it.
    std::string of(protocol::DeliveryProblem value, std::optional<TicketId> named = {}) const;
    /// "ticket #12", "tickets #12, #9".
    std::string tickets(const std::vector<TicketId>& ids) const;
    std::string of(protocol::FieldFault value) const;
    std::string of(protocol::RefusalCode value) const;
    /// Why there is no connection.
    std::string of(ErrorKind value) const;
    /// Of a field of DraftFields.
    std::string field(std::string_view name) const;
    /// What an edit may set a field to: "HIGH (haute), …"; empty for a field of free text.
    std::string choices(std::string_view field) const;

    /// The words for a code; of one that this version does not know it says just that.
    template <class Code>
    std::string ofCode(std::string_view code) const {
        if (const auto known = protocol::codeNamed<Code>(code)) return of(*known);
        return pick("motif inconnu de cette version du programme", "a reason this version does not know");
    }

private:
    Language language_;
};

}  // namespace ninja3cx::agent
