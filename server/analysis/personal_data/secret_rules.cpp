#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/named_numbers.hpp"
#include "server/analysis/personal_data/secret_search.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

/// The rules of secrets in their order, and what each line gives them.
namespace ninja3cx::analysis {

std::span<const SecretFinder::LineSearch::Rule> SecretFinder::LineSearch::rules() {
    static constexpr auto kRules = std::to_array<Rule>({
        {{"chosen", "A: voilà essayez avec {Mimosa321}"}, false, &LineSearch::findChosen},
        {{"old and new",
          "A: vous avez changé de mot de passe ? | C: l'ancien c'était {tournesol}, le nouveau je ne sais "
          "plus"},
         false,
         &LineSearch::findOldAndNew},
        {{"written", "C: my password is {P@ssw0rd}!"}, true, &LineSearch::findWritten},
        {{"door code", "C: le digicode c'est {4512B}"}, true, &LineSearch::findDoorCode},
        {{"behind", "C: le code PIN du Samsung {4815}"}, true, &LineSearch::findBehind},
        {{"before", "C: {4815}, c'est le code du wifi"}, true, &LineSearch::findBefore},
        {{"announced before", "C: what's your password | A: {k seven m two}"},
         true,
         &LineSearch::findAnnouncedBefore},
        {{"plain behind", "C: my password is {hunter two}"}, true, &LineSearch::findPlainBehind},
        {{"plain with", "A: les visiteurs se connectent avec le mot de passe {brise marine}"},
         true,
         &LineSearch::findPlainWith},
        {{"plain of login", "C: identifiant accueil, mot de passe {soleil}"},
         true,
         &LineSearch::findPlainOfLogin},
        {{"plain before", "C: it used to be {snowball}, that was the password"},
         true,
         &LineSearch::findPlainBefore},
        {{"plain as", "C: je mets toujours {pioupiou} comme mot de passe partout"},
         true,
         &LineSearch::findPlainAs},
        {{"set",
          "A: je vous mets {Noisette 2025} en attendant, vous changerez le mot de passe à la première "
          "ouverture"},
         true,
         &LineSearch::findSet},
        {{"dialled", "A: for the alarm it's {seven seven one zero}"}, true, &LineSearch::findDialled},
        {{"answer", "A: et le mot de passe ? | C: {Marseille}"}, true, &LineSearch::findAnswer},
        {{"failing", "C: mon mot de passe {azerty} ne marche plus"}, true, &LineSearch::findFailing},
        {{"typed", "C: j'ai tapé {soleil trente} et ça dit mot de passe invalide"},
         true,
         &LineSearch::findTyped},
        {{"new", "C: j'ai perdu mon mot de passe | A: je vous le change ce sera {citron vert neuf}"},
         true,
         &LineSearch::findNew},
        {{"weak", "A: what's the password | C: it's literally {password}"}, true, &LineSearch::findWeak},
        {{"sized", "A: quel est votre mot de passe ? | C: {grand L petit u petit n zéro huit}"},
         true,
         &LineSearch::findSized},
        {{"access", "C: mes accès c'est mlegrand et {gardenia quatre vingt deux}"},
         false,
         &LineSearch::findAccess},
        {{"announced after",
          "A: {Rentrée tiret 2027 point d'exclamation} | A: voilà c'est votre nouveau mot de passe"},
         false,
         &LineSearch::findAnnouncedAfter},
    });
    return kRules;
}

std::vector<Secret> SecretFinder::LineSearch::run() {
    const bool isTopic = mayHoldSecret();
    bool isRead = false;
    for (const Rule& rule : rules()) {
        if ((rule.isTopical && !isTopic) || rule.described.name == finder_.leftOut_) continue;
        if (rule.isTopical && !std::exchange(isRead, true)) readTopics();
        (this->*rule.find)();
    }
    std::sort(found_.begin(), found_.end(),
              [](const Secret& a, const Secret& b) { return a.first < b.first; });
    return std::move(found_);
}

void SecretFinder::LineSearch::readTopics() {
    words_.setNamed(
        namedOtherwise(line_, here_.pin || here_.lock || here_.code || before_.pin, before_.asked));
    if (tellsFaultCode(line_)) markFaultCodes();
    collectCues();
}

void SecretFinder::LineSearch::markFaultCodes() {
    for (std::size_t at = 0; at + 1 < size_; ++at) {
        if (line_.words[at].text != "code") continue;
        for (const DigitRun& run : spacedDigitRuns(line_.words))
            if (run.first == at + 1) words_.addNamed(run.first, run.last);
    }
}

bool SecretFinder::LineSearch::mayHoldSecret() const {
    return here_.password || here_.pin || here_.code || here_.lock || here_.account || before_.password ||
           before_.pin || before_.code || before_.lock || recent_.isLately || recent_.isLongAgo;
}

void SecretFinder::LineSearch::collectCues() {
    const auto bit = [](bool isSpokenOf, SecretTopic topic) { return isSpokenOf ? 1U << topic : 0U; };
    cues_ = secretCuesIn(line_.words, bit(here_.password, kPassword) | bit(here_.wifiKey, kKey) |
                                          bit(here_.pin, kPin) | bit(here_.code, kCode));
}

bool SecretFinder::LineSearch::take(Secret secret) {
    if (!words_.take(secret.first, secret.last)) return false;
    found_.push_back(std::move(secret));
    return true;
}

}  // namespace ninja3cx::analysis
