#include "agent/app/terminal_face.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

/// The commands, and what is said where one is not understood.
namespace ninja3cx::agent {
namespace {

struct Command {
    std::string_view verb;
    const char* french;  // how it is written
    const char* english;
    const char* frenchMeaning;
    const char* englishMeaning;
    bool isDecision = false;  // on one of the drafts
};
constexpr Command kCommands[] = {
    {"confirm", "confirm", "confirm", "crée le ticket maintenant", "creates the ticket now", true},
    {"edit", "edit CHAMP=VALEUR", "edit FIELD=VALUE", "change un champ", "changes a field", true},
    {"take", "take", "take", "prend l'autre texte proposé", "takes the other text that is proposed", true},
    {"requester", "requester N", "requester N", "prend comme demandeur la personne N parmi celles proposées",
     "takes person N of those shown as the requester", true},
    {"join", "join N | join none", "join N | join none", "rattache l'appel à la proposition N, ou à aucune",
     "adds the call to offer N, or to none", true},
    {"pause", "pause", "pause", "arrête le compte à rebours", "stops the countdown", true},
    {"resume", "resume", "resume", "le relance", "lets it run on", true},
    {"later", "later", "later", "garde le brouillon pour plus tard", "keeps the draft for later", true},
    {"discard", "discard RAISON", "discard REASON", "abandonne le brouillon", "discards the draft", true},
    {"drafts", "drafts", "drafts", "montre les brouillons et leurs numéros",
     "shows the drafts and their numbers"},
    {"use", "use N", "use N", "les commandes portent sur le brouillon n° N",
     "commands are about draft number N"},
    {"again", "again", "again", "ticket non confirmé ou refusé : l'envoie encore",
     "ticket unconfirmed or refused: sends it again", true},
    {"exists", "exists NUMÉRO", "exists NUMBER", "il existe déjà sous ce numéro",
     "it exists already as this one", true},
    {"giveup", "giveup", "giveup", "il n'est pas créé", "it is not created", true},
    {"record", "record on | record off", "record on | record off", "enregistrement de l'appel en cours",
     "recording of the present call"},
    {"ring", "ring NUMÉRO", "ring NUMBER", "signale un appel entrant", "reports an incoming call"},
    {"start", "start [NUMÉRO]", "start [NUMBER]",
     "l'appel est décroché, ou un appel de ce numéro est en cours",
     "the call is answered, or one with this number goes on"},
    {"stop", "stop", "stop", "l'appel signalé par ce poste est terminé",
     "the call that this PC reported is over"},
    {"dial", "dial NUMÉRO", "dial NUMBER", "appelle par le softphone 3CX", "calls through the 3CX softphone"},
    {"help", "help", "help", "montre cette aide", "shows this help"},
    {"quit", "quit", "quit", "arrête le programme", "ends the program"},
};

}  // namespace

void TerminalFace::showHelp() {
    constexpr std::size_t kWidth = 24;
    const auto row = [&](std::string_view left, const std::string& right) {
        const auto width = static_cast<std::size_t>(std::count_if(left.begin(), left.end(), [](char byte) {
            return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        }));
        line("  " + std::string{left} + std::string(std::max(width + 1, kWidth) - width, ' ') + right);
    };
    line(texts_.pick("Commandes :", "Commands:"));
    for (const Command& command : kCommands)
        row(texts_.pick(command.french, command.english),
            texts_.pick(command.frenchMeaning, command.englishMeaning));
    line(texts_.pick("Champs pour 'edit' :", "Fields for 'edit':"));
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        const std::string choices = texts_.choices(d.name);
        row(d.name, texts_.field(d.name) + (choices.empty() ? "" : texts_.colon() + choices));
    });
}

void TerminalFace::showUsage(std::string_view verb) {
    for (const Command& command : kCommands)
        if (command.verb == verb)
            problem("usage", command.english,
                    texts_.pick("À écrire ainsi : ", "To be written as: ") +
                        std::string{texts_.pick(command.french, command.english)} +
                        (command.isDecision
                             ? texts_.pick(" ; 'use N' choisit le brouillon", "; 'use N' chooses the draft")
                             : ""));
}

void TerminalFace::showUnknownCommand(const std::string& verb) {
    std::vector<std::string> verbs;
    for (const Command& command : kCommands) verbs.emplace_back(command.verb);
    const std::string close = nearest(verb, verbs);
    std::string text = texts_.pick("Commande inconnue : '", "Unknown command: '") + toValidUtf8(verb) + "'";
    if (!close.empty())
        text += texts_.pick(". Vouliez-vous dire '", ". Did you mean '") + close + texts_.pick("' ?", "'?");
    problem("usage", "unknown command '" + verb + "'; try help",
            text + texts_.pick(" ('help' montre toutes les commandes)", " ('help' shows all commands)"));
}

void TerminalFace::showBadEdit(const std::string& field, const std::string& value,
                               const std::string& detail) {
    std::vector<std::string> fields;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>(
        [&](auto d) { fields.emplace_back(d.name); });
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
        std::string known;
        for (const std::string& name : fields) known += (known.empty() ? "" : ", ") + name;
        return problem("badMessage", detail,
                       texts_.pick("Champ inconnu : '", "Unknown field: '") + toValidUtf8(field) +
                           texts_.pick("'. Les champs sont ", "'. The fields are ") + known);
    }
    const std::string choices = texts_.choices(field);
    problem("badMessage", detail,
            texts_.field(field) + texts_.colon() + "'" + toValidUtf8(value) + "'" +
                texts_.pick(" n'est pas possible", " is not possible") +
                (choices.empty() ? "" : texts_.pick(" ; possible : ", "; possible: ") + choices));
}

}  // namespace ninja3cx::agent
