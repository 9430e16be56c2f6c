#pragma once

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_candidate.hpp"
#include "server/analysis/personal_data/secret_cues.hpp"
#include "server/analysis/personal_data/secrets.hpp"
#include "server/analysis/personal_data/taken_words.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Inside `SecretFinder`: its rules.
namespace ninja3cx::analysis {

/// The search through one line.
class SecretFinder::LineSearch {
public:
    LineSearch(const SecretFinder& finder, std::size_t index)
        : finder_{finder},
          index_{index},
          line_{finder.conversation_.lines[index]},
          size_{line_.words.size()},
          here_{finder.topics_[index]},
          recent_{finder.recentTo(index)},
          words_{size_},
          candidates_(size_) {}
    // A member refers to another.
    LineSearch(const LineSearch&) = delete;
    LineSearch& operator=(const LineSearch&) = delete;

    std::vector<Secret> run();

    struct Rule {
        SecretRule described;
        bool isTopical;  // only where a secret is spoken of, with what the line names marked
        void (LineSearch::*find)();
    };
    /// In the order in which they are applied: what one rule took, the next leaves alone.
    static std::span<const Rule> rules();

private:
    bool mayHoldSecret() const;
    /// Marks what the line names, and collects where it announces a secret.
    void readTopics();
    void collectCues();
    /// The digits behind "failed with code" name an error.
    void markFaultCodes();
    /// False: its words are not free.
    bool take(Secret secret);
    bool isFree(const Secret& secret) const { return words_.isFree(secret.first, secret.last); }
    std::optional<Candidate> candidateFrom(std::size_t at) const;
    std::string_view wordBefore(std::size_t at) const;
    /// "je remets le code à 1234"
    bool isSetTo(std::size_t at) const;
    /// "I put in Liverpool 1984"
    bool isTypedIn(std::size_t at) const;
    bool isNumberDenied(std::size_t at) const;
    bool isDenied(const Candidate& candidate) const;
    /// "identifiant accueil, code Xk7pQ2"
    bool hasLogin() const;
    /// Announced in this line.
    bool isGood(const Candidate& candidate, bool isClose, bool isCode) const;
    /// The sentence consists of it.
    bool isAlone(const Secret& secret) const;
    /// The line before asks for a number of another kind, or only codes that pass were spoken of.
    bool isOfOther() const;
    /// Announced in a line before.
    bool isAnswer(const Candidate& candidate) const;

    /// "Printemps2025", "I'll reset it to Walnut dash 40": announced or not.
    void findChosen();
    /// "essayez avec Azerty123"
    bool isTriedWith(std::size_t at) const;
    /// "le wifi invité, c'est CafeDuPort2022"
    bool isWifiKey(std::size_t at) const;
    /// "Licorne77" - "c'est mon mot de passe ?"
    bool isConfirmed(std::size_t at) const;
    /// "l'ancien c'était Toulouse31 et le nouveau Bordeaux33": where nothing else is spoken of that has an old and a new name.
    void findOldAndNew();
    /// "Poste31", "Latitude5540", "imprimante": what else has an old and a new name.
    static bool isRenamed(std::string_view word);
    /// "P@ssw0rd!": where a password is spoken of, nothing else is written so but the name of an account.
    void findWritten();
    /// "le digicode c'est 4512B", "le code de la porte ?" - "78B45".
    void findDoorCode();
    /// Behind an announcement.
    void findBehind();
    /// "soleil2024": nothing needs to stand before it.
    bool isMixedWord(std::size_t at) const;
    bool isQuoted(std::size_t at) const;
    /// "depuis hier soleil2024 mot de passe": the word before the secret, unless "c'est" or quotes make it a part.
    bool isOrdinaryLead(std::size_t at) const;
    /// Before an announcement: "c'est Soleil42 le mot de passe".
    void findBefore();
    /// Announced in a line before: at the start of the line or behind "c'est".
    void findAnnouncedBefore();
    /// Plain words behind "le mot de passe c'est", "the password is".
    void findPlainBehind();
    /// "avec le mot de passe brise marine"
    void findPlainWith();
    /// "identifiant accueil, mot de passe soleil"
    void findPlainOfLogin();
    /// "it used to be snowball, that was the password"
    void findPlainBefore();
    /// "j'ai mis pioupiou comme mot de passe", "we use rosebud as the password"
    void findPlainAs();
    /// "Noisette 2025" that is set in a line that speaks of the password elsewhere.
    void findSet();
    /// Digits that are dialled to open something.
    void findDialled();
    /// The answer to "et votre mot de passe ?", "le mot convenu ?".
    void findAnswer();
    /// "c'est le prénom de ma fille, Capucine"
    std::optional<PlainSecret> namesakeAtEnd() const;
    /// "mon mot de passe azerty 123 ne marche plus"
    void findFailing();
    /// "when i type sunflower seventy it says wrong password"
    void findTyped();
    /// "je vous le change, ce sera citron vert neuf"
    void findNew();
    /// "mes accès c'est mlegrand et gardenia quatre vingt deux"
    void findAccess();
    /// "le mot de passe c'est bonjour"
    void findWeak();
    /// "grand T petit o petit u zéro cinq"
    void findSized();
    /// "Bienvenue tiret 2024" - "voilà, c'est votre nouveau mot de passe"
    void findAnnouncedAfter();
    /// The other one says the same next.
    bool isEchoed(const Secret& secret) const;

    const SecretFinder& finder_;
    std::size_t index_;
    const Line& line_;
    std::size_t size_;
    const Topic& here_;
    Recent recent_;
    const Topic& before_ = recent_.topic;
    TakenWords words_;
    // Of each word, once it was read: several rules ask for the same.
    mutable std::vector<std::optional<std::optional<Candidate>>> candidates_;
    std::vector<SecretCue> cues_;
    std::vector<Secret> found_;
};

}  // namespace ninja3cx::analysis
