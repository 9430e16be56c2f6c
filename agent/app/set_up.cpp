#include "agent/app/set_up.hpp"

#include "agent/app/pairing.hpp"
#include "agent/discovery/search.hpp"
#include "agent/link/handshake.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <chrono>
#include <exception>
#include <ostream>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds kSearchLimit{5};
const char* const kProgram = "3cx-ninja-agent: ";

boost::json::object toJson(const FoundServer& server) {
    return {{"name", server.name},
            {"url", server.url()},
            {"addressUrl", server.addressUrl()},
            {"identity", server.record.identity},
            {"version", server.record.version},
            {"isTls", server.record.isTls},
            {"path", server.record.path}};
}

Result<ServerCertificate> certificateOf(const ServerAddress& address,
                                        const std::optional<std::filesystem::path>& caFile) {
    asio::io_context context{1};
    std::exception_ptr failure;
    Result<ServerCertificate> seen{ServerCertificate{}};
    asio::co_spawn(context, lookAtCertificate(context.get_executor(), address, caFile),
                   [&](std::exception_ptr thrown, Result<ServerCertificate> found) {
                       failure = thrown;
                       if (!thrown) seen = std::move(found);
                   });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return seen;
}

/// What stands against pairing, in the person's language.
std::string refusal(const Texts& texts, Pairing pairing, const ServerAddress& address,
                    const ServerCertificate& certificate, const std::optional<PairedServer>& known,
                    const std::optional<crypto::KeyFingerprint>& asked) {
    const std::string seen = certificate.key.text();
    const std::string wasSeen = texts.pick("\n  reçue :    ", "\n  seen:     ") + seen;
    const std::string expects = texts.pick("\n  attendue : ", "\n  expected: ");
    if (pairing == Pairing::NotAsked)
        return address.origin() +
               texts.pick(" n'a pas la clé demandée ; rien n'a été changé",
                          " has not the key that was asked for; nothing was changed") +
               expects + asked->text() + wasSeen;
    const std::string again = texts.pick(
                                  "\nSi l'administrateur confirme la nouvelle clé "
                                  "('3cx-ninja-server doctor' l'affiche) :\n  3cx-ninja-agent pair ",
                                  "\nIf the administrator confirms the new key "
                                  "('3cx-ninja-server doctor' shows it):\n  3cx-ninja-agent pair ") +
                              address.origin() + " --fingerprint " + seen;
    if (known && known->key)
        return address.origin() +
               texts.pick(" n'a plus la clé avec laquelle il a été associé ; rien n'a été changé",
                          " no longer has the key with which it was paired; nothing was changed") +
               expects + known->key->text() + wasSeen + again;
    return texts.pick("plus rien ne garantit le certificat de ",
                      "nobody vouches any more for the certificate of ") +
           address.origin() + " (" + certificate.distrust + ")" +
           texts.pick(" ; rien n'a été changé", "; nothing was changed") + wasSeen + again;
}

void tellPaired(const Texts& texts, const CommandLine& line, const std::string& server,
                const ServerCertificate& certificate, bool isPinned, std::ostream& out) {
    const std::string key = certificate.key.text();
    if (line.format == OutputFormat::Json) {
        out << boost::json::serialize(
                   boost::json::object{{"server", server}, {"publicKeySha256", key}, {"isPinned", isPinned}})
            << '\n';
        return;
    }
    out << texts.pick("Associé à ", "Paired with ") << server << '\n'
        << texts.pick("Clé publique du serveur (SHA-256) : ", "The server's public key (SHA-256): ") << key
        << '\n';
    if (!isPinned) {
        out << texts.pick("Le système garantit son certificat : la clé n'est pas retenue.\n",
                          "The system vouches for its certificate: the key is not pinned.\n");
    } else if (line.fingerprint) {
        out << texts.pick("C'est la clé demandée ; seule elle est acceptée désormais.\n",
                          "It is the key that was asked for; from now on it alone is taken.\n");
    } else {
        out << texts.pick(
                   "Seule cette clé est acceptée désormais. Comparez-la à ce que dit "
                   "'3cx-ninja-server doctor' ; si elle diffère :\n  3cx-ninja-agent pair ",
                   "From now on this key alone is taken. Compare it with what '3cx-ninja-server "
                   "doctor' says; where it differs:\n  3cx-ninja-agent pair ")
            << server << " --forget\n";
    }
}

bool forget(const Texts& texts, const CommandLine& line, const ServerAddress& address, ServerPins& pins,
            Streams streams) {
    const auto forgotten = pins.forget(address);
    if (!forgotten || !*forgotten) {
        streams.errors << kProgram
                       << (forgotten ? address.origin() + texts.pick(" n'est pas associé", " is not paired")
                                     : forgotten.error().detail)
                       << '\n';
        return false;
    }
    if (line.format == OutputFormat::Json)
        streams.out << boost::json::serialize(
                           boost::json::object{{"server", address.origin()}, {"isForgotten", true}})
                    << '\n';
    else
        streams.out << address.origin()
                    << texts.pick(" n'est plus associé à ce poste\n", " is no longer paired with this PC\n");
    return true;
}

}  // namespace

bool discover(const CommandLine& line, Language language, Streams streams) {
    const Texts texts{language};
    const auto found = searchServers(kSearchLimit);
    if (!found) {
        streams.errors << kProgram
                       << texts.pick(
                              "impossible de chercher sur ce réseau (indiquez l'adresse du serveur à la "
                              "main, ou installez avahi-daemon) : ",
                              "cannot search this network (give the server's address by hand, or install "
                              "avahi-daemon): ")
                       << found.error().detail << '\n';
        return false;
    }
    for (const std::string& unreadable : found->unreadable)
        streams.errors << kProgram << texts.pick("annonce illisible : ", "announcement that cannot be read: ")
                       << unreadable << '\n';
    if (line.format == OutputFormat::Json) {
        boost::json::array servers;
        for (const FoundServer& server : found->servers) servers.emplace_back(toJson(server));
        streams.out << boost::json::serialize(boost::json::object{{"servers", servers}}) << '\n';
        return true;
    }
    if (found->servers.empty())
        streams.out << texts.pick("Aucun serveur ne s'annonce sur ce réseau.\n",
                                  "No server announces itself on this network.\n");
    for (const FoundServer& server : found->servers) {
        const std::string numeric = server.addressUrl();
        streams.out << server.name << "\n  " << server.url() << (numeric.empty() ? "" : "   " + numeric)
                    << "\n  " << texts.pick("identité ", "identity ") << server.record.identity
                    << ", version " << server.record.version
                    << (server.record.isTls ? "" : texts.pick(", sans chiffrement", ", without encryption"))
                    << '\n';
    }
    if (!found->servers.empty())
        streams.out << texts.pick("Rien ne garantit ces annonces : associez le vôtre par ",
                                  "Nobody vouches for these announcements: pair yours with ")
                    << "'3cx-ninja-agent pair URL'\n";
    return true;
}

bool pair(const CommandLine& line, Language language, const AgentConfig& config, ServerPins pins,
          Streams streams) {
    const Texts texts{language};
    const auto failed = [&](const std::string& why) {
        streams.errors << kProgram << why << '\n';
        return false;
    };
    const auto address = parseServerAddress(*line.pair);
    if (!address) return failed(address.error().detail);
    if (line.forgetsServer) return forget(texts, line, *address, pins, streams);
    if (!address->isTls)
        return failed(
            texts.pick("sans chiffrement il n'y a rien à associer : l'adresse doit commencer par https://",
                       "without encryption there is nothing to pair: the address must start with https://"));
    const std::optional<std::filesystem::path> caFile =
        config.caFile ? std::optional<std::filesystem::path>{*config.caFile} : std::nullopt;
    const auto seen = certificateOf(*address, caFile);
    if (!seen)
        return failed(
            texts.pick("le serveur n'a pas montré de certificat : ", "the server showed no certificate: ") +
            seen.error().detail);
    const auto known = pins.find(*address);
    const Pairing pairing = pairingOf(*seen, known, line.fingerprint);
    if (pairing == Pairing::NotAsked || pairing == Pairing::Changed)
        return failed(refusal(texts, pairing, *address, *seen, known, line.fingerprint));
    const bool isPinned = pairing != Pairing::Trusted;
    PairedServer paired{address->origin(), std::nullopt};
    if (isPinned) paired.key = seen->key;
    if (const auto written = pins.put(std::move(paired)); !written)
        return failed(
            texts.pick("l'association n'a pas pu être enregistrée : ", "the pairing cannot be kept: ") +
            written.error().detail);
    tellPaired(texts, line, address->origin(), *seen, isPinned, streams.out);
    const auto configured =
        config.server ? parseServerAddress(*config.server) : Result<ServerAddress>{*address};
    if (line.format == OutputFormat::Text && (!configured || configured->origin() != address->origin()))
        streams.out << texts.pick("config.json dit un autre serveur, et l'emporte : ",
                                  "config.json says another server, which wins: ")
                    << *config.server << '\n';
    return true;
}

}  // namespace ninja3cx::agent
