#include "agent/app/command_line.hpp"

#include "agent/link/server_link.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::agent {
namespace {

const std::vector<std::string> kOptions = {
    "--headless", "--help",        "--version", "--config",   "--play", "--ring",
    "--server",   "--extension",   "--format",  "--language", "--name", "--contact-url",
    "--json",     "--fingerprint", "--forget",  "discover",   "pair"};

}  // namespace

const char* usage(Language language) {
    return Texts{language}.pick(
        "Emploi : 3cx-ninja-agent --headless [options]\n"
        "         3cx-ninja-agent discover [--json]\n"
        "         3cx-ninja-agent pair URL [--fingerprint SHA256 | --forget] [--json]\n"
        "\n"
        "  discover              les serveurs qui s'annoncent sur ce réseau\n"
        "  pair URL              associe ce poste au serveur : affiche sa clé publique et n'accepte plus "
        "qu'elle, si\n"
        "                        rien ne garantit son certificat\n"
        "  --fingerprint SHA256  seulement si c'est sa clé ; --forget : n'est plus associé\n"
        "  --headless            dans un terminal : la transcription défile sur la sortie standard, les "
        "brouillons\n"
        "                        se décident par des commandes sur l'entrée standard (tapez 'help')\n"
        "  --server URL          le serveur, par exemple https://serveur:3000 (sinon celui qui a été "
        "associé\n"
        "                        en dernier, sinon http://localhost:3000)\n"
        "  --extension NUMÉRO    de quel poste sont les appels, quand la clé est celle de tout le site\n"
        "  --play FICHIER        un WAV, FLAC ou MP3 à deux canaux au lieu des appareils : à gauche le "
        "technicien,\n"
        "                        à droite le client\n"
        "  --ring NUMÉRO         signale un appel entrant de NUMÉRO à l'agent qui tourne déjà ; s'il n'y en "
        "a pas, "
        "démarre\n"
        "                        (en terminal) avec cet appel\n"
        "  --name NOM            le nom de celui qui appelle, avec --ring\n"
        "  --contact-url         affiche l'adresse à coller dans 3CX et termine\n"
        "  --format text|json    json : un objet par ligne, pour des programmes\n"
        "  --language fr|en      sinon \"language\" de la configuration, sinon la langue du système (LANG), "
        "sinon fr\n"
        "  --config FICHIER      au lieu de config.json dans $XDG_CONFIG_HOME/3cx-ninja-agent\n"
        "  --help, --version\n"
        "\n"
        "La clé vient de la configuration ou de la variable d'environnement NINJA_AGENT_KEY.\n"
        "Codes de retour : 0 terminé, 1 échec, 2 mauvais emploi.\n",
        "Usage: 3cx-ninja-agent --headless [options]\n"
        "       3cx-ninja-agent discover [--json]\n"
        "       3cx-ninja-agent pair URL [--fingerprint SHA256 | --forget] [--json]\n"
        "\n"
        "  discover              the servers that announce themselves on this network\n"
        "  pair URL              pair this PC with the server: show its public key, and take no other from "
        "then on, where\n"
        "                        nobody vouches for its certificate\n"
        "  --fingerprint SHA256  only if that is its key; --forget: no longer paired\n"
        "  --headless            run in a terminal: the transcript grows on standard output, drafts are "
        "decided\n"
        "                        by commands on standard input (type 'help')\n"
        "  --server URL          the server, e.g. https://server:3000 (default: the one that was paired\n"
        "                        last, else http://localhost:3000)\n"
        "  --extension NUMBER    whose calls these are, when the key is for the whole site\n"
        "  --play FILE           a two-channel WAV, FLAC or MP3 instead of devices: left technician, right "
        "customer\n"
        "  --ring NUMBER         report an incoming call from NUMBER to the agent that runs already; where "
        "none "
        "does,\n"
        "                        start (in the terminal) with that call\n"
        "  --name NAME           the name of who calls, with --ring\n"
        "  --contact-url         show the URL to paste into 3CX, and end\n"
        "  --format text|json    json: one object a line, for programs\n"
        "  --language fr|en      else \"language\" of the configuration, else the system's (LANG), else fr\n"
        "  --config FILE         instead of config.json in $XDG_CONFIG_HOME/3cx-ninja-agent\n"
        "  --help, --version\n"
        "\n"
        "The key comes from the configuration or from the environment variable NINJA_AGENT_KEY.\n"
        "Exit codes: 0 done, 1 failed, 2 bad usage.\n");
}

std::optional<Language> languageAsked(const std::vector<std::string>& arguments) {
    const auto option = std::find(arguments.begin(), arguments.end(), "--language");
    if (option == arguments.end() || option + 1 == arguments.end()) return std::nullopt;
    return languageNamed(*(option + 1));
}

Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments, Language language) {
    const Texts texts{language};
    const auto bad = [](std::string detail) { return Error{ErrorKind::BadMessage, std::move(detail)}; };
    CommandLine line;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        const auto value = [&](std::optional<std::string>& into) -> bool {
            if (i + 1 >= arguments.size()) return false;
            into = arguments[++i];
            return true;
        };
        bool isComplete = true;
        std::optional<std::string> word;
        if (argument == "--headless") {
            line.isHeadless = true;
        } else if (argument == "--help" || argument == "-h") {
            line.wantsHelp = true;
        } else if (argument == "--version") {
            line.wantsVersion = true;
        } else if (argument == "--config") {
            isComplete = value(line.config);
        } else if (argument == "--play") {
            isComplete = value(line.play);
        } else if (argument == "--contact-url") {
            line.wantsContactUrl = true;
        } else if (argument == "--ring") {
            isComplete = value(line.ring);
        } else if (argument == "--name") {
            isComplete = value(line.name);
        } else if (argument == "--server") {
            isComplete = value(line.server);
            if (line.server)
                if (const auto usable = checkServerAddress(*line.server); !usable)
                    return bad(texts.pick("--server : adresse inutilisable : ",
                                          "--server: the address cannot be used: ") +
                               usable.error().detail);
        } else if (argument == "discover") {
            line.wantsDiscovery = true;
        } else if (argument == "pair") {
            isComplete = value(line.pair);
            if (line.pair)
                if (const auto usable = checkServerAddress(*line.pair); !usable)
                    return bad(
                        texts.pick("pair : adresse inutilisable : ", "pair: the address cannot be used: ") +
                        usable.error().detail);
        } else if (argument == "--fingerprint") {
            isComplete = value(word);
            if (word) {
                const auto key = crypto::readKeyFingerprint(*word);
                if (!key)
                    return bad(texts.pick("--fingerprint veut le SHA-256 d'une clé publique, pas '",
                                          "--fingerprint must be a public key's SHA-256, not '") +
                               *word + texts.pick("' : ", "': ") + key.error().detail);
                line.fingerprint = *key;
            }
        } else if (argument == "--forget") {
            line.forgetsServer = true;
        } else if (argument == "--json") {
            line.format = OutputFormat::Json;
        } else if (argument == "--extension") {
            isComplete = value(line.extension);
        } else if (argument == "--format") {
            isComplete = value(word);
            if (word && *word != "text" && *word != "json")
                return bad(
                    texts.pick("--format veut text ou json, pas '", "--format must be text or json, not '") +
                    *word + "'");
            if (word == "json") line.format = OutputFormat::Json;
        } else if (argument == "--language") {
            isComplete = value(word);
            if (word) line.language = languageNamed(*word);
            if (word && !line.language)
                return bad(
                    texts.pick("--language veut fr ou en, pas '", "--language must be fr or en, not '") +
                    *word + "'");
        } else {
            const std::string close = nearest(argument, kOptions);
            return bad(texts.pick("option inconnue '", "unknown argument '") + argument + "'" +
                       (close.empty() ? ""
                                      : texts.pick(" ; vouliez-vous dire ", "; did you mean ") + close +
                                            texts.pick(" ?", "?")));
        }
        if (!isComplete) return bad(argument + texts.pick(" veut une valeur", " needs a value"));
    }
    if (line.name && !line.ring) return bad(texts.pick("--name va avec --ring", "--name goes with --ring"));
    if ((line.fingerprint || line.forgetsServer) && !line.pair)
        return bad(texts.pick("--fingerprint et --forget vont avec pair URL",
                              "--fingerprint and --forget go with pair URL"));
    if (line.fingerprint && line.forgetsServer)
        return bad(
            texts.pick("--fingerprint ou --forget, pas les deux", "--fingerprint or --forget, not both"));
    return line;
}

}  // namespace ninja3cx::agent
