#include "server/app/after_call_model.hpp"
#include "server/app/certificate.hpp"
#include "server/app/findings.hpp"
#include "server/app/model_choice.hpp"
#include "server/app/port_check.hpp"
#include "server/app/speech.hpp"
#include "server/directory/directory_store.hpp"
#include "server/models/catalog.hpp"
#include "server/storage/data_dir.hpp"
#include "server/storage/log_damage.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/silero_file.hpp"
#include "shared/core/clock.hpp"

#include <filesystem>

namespace ninja3cx::app {

namespace {

void checkAfterCall(const config::WhisperSettings& whisper, const std::filesystem::path& live,
                    Findings& findings) {
    const std::string what = "model after the call";
    const AfterCallChoice choice = autoAfterCall(whisper, live);
    const auto better = betterToPull(whisper, choice.name);
    const std::string pull = better ? "3cx-ninja-server models pull " + *better : "";
    if (whisper.afterCall.model.empty()) {
        findings.push_back({what, Verdict::Ok,
                            "none; whisper.afterCall.model \"auto\" would take " + choice.why +
                                (better ? "; the memory carries " + *better + ": " + pull : ""),
                            ""});
        return;
    }
    const auto found = findAfterCallModel(whisper, live);
    if (!found) {
        findings.push_back({what, Verdict::Failed, found.error().detail,
                            "3cx-ninja-server models pull " + whisper.afterCall.model +
                                ", or set whisper.afterCall.model to \"\""});
        return;
    }
    std::error_code failure;
    const bool isSame = std::filesystem::equivalent(found->file, live, failure) && !failure;
    const bool isAuto = !found->why.empty();
    const std::string off = "set whisper.afterCall.model to \"\"";
    std::string remedy;
    if (isSame)
        remedy = "it is the live model too, and hears better than that in noise at most: " +
                 (!isAuto  ? "take a larger one, or \"auto\", or " + off
                  : better ? pull + ", or " + off
                           : off);
    else if (isAuto && better)
        remedy = "the memory carries a better one: " + pull;
    const bool takesOther =
        !isAuto && !(std::filesystem::equivalent(found->file, choice.file, failure) && !failure);
    findings.push_back({what, isSame ? Verdict::Warning : Verdict::Ok,
                        found->file.string() + (isAuto ? " (auto took " + found->why + ")" : "") +
                            ", while the machine is idle; audio is kept for it, at most " +
                            std::to_string(whisper.afterCall.maxHours) + " h after the end of a call" +
                            (takesOther ? "; \"auto\" would take " + choice.why : ""),
                        remedy});
}

/// Of an error that ends with its remedy: that is said apart, and once.
Finding failure(const std::string& what, const Error& error, const std::string& remedy) {
    std::string detail = error.detail;
    if (const std::string end = ". " + remedy; detail.ends_with(end))
        detail.resize(detail.size() - end.size());
    return {what, Verdict::Failed, detail, remedy};
}

/// A damaged file would stop the server at its start, so it is read here as there.
void checkVoiceModel(const config::WhisperSettings& whisper, Findings& findings) {
    const std::string what = "voice detection";
    const auto file = findVoiceModel(whisper);
    if (!file) {
        findings.push_back(failure(what, file.error(), kVoiceModelRemedy));
    } else if (!*file) {
        findings.push_back({what, Verdict::Warning, "the built-in detector",
                            "Silero is better with noise and music: 3cx-ninja-server models pull silero"});
    } else if (const auto whole = transcription::checkSileroFile(**file); !whole) {
        findings.push_back(failure(what, whole.error(), transcription::kSileroRemedy));
    } else {
        findings.push_back({what, Verdict::Ok, "Silero", ""});
    }
}

}  // namespace

bool isServing(const std::filesystem::path& dataDir) {
    const auto lock = storage::DataDirLock::take(dataDir);
    return !lock && lock.error().kind == ErrorKind::Conflict;
}

void checkModel(const Setting& setting, Findings& findings) {
    const config::WhisperSettings& whisper = setting.settings.whisper;
    if (auto able = transcription::checkProcessor(); !able) {
        findings.push_back({"processor", Verdict::Failed, able.error().detail,
                            "build it on this machine or use another one"});
        return;
    }
    if (auto able = transcription::checkDevice(deviceOf(whisper.device)); !able) {
        findings.push_back({"device", Verdict::Failed, able.error().detail,
                            "set whisper.device to \"auto\" or \"cpu\", or mend that"});
        return;
    }
    auto file = finalModelOf(whisper);
    if (!file) {
        findings.push_back(
            {"model", Verdict::Failed, file.error().detail, "3cx-ninja-server models pull " + whisper.model});
        return;
    }
    auto info = transcription::inspectModelFile(*file);
    if (!info) {
        findings.push_back(
            {"model", Verdict::Failed, info.error().detail, "delete the file and pull it again"});
        return;
    }
    const bool isDemo = file->filename().string().find("demo") != std::string::npos;
    findings.push_back({"model", isDemo ? Verdict::Warning : Verdict::Ok,
                        file->string() + " (" + info->size + ", " + info->weights + ")",
                        isDemo ? "the demo model understands synthetic voices only: models pull base" : ""});
    if (auto partial = partialModelOf(whisper, *file); !partial)
        findings.push_back({"partial text", Verdict::Failed, partial.error().detail,
                            "pull that model, or set whisper.partialModel to \"auto\""});
    else if (!partial->isWanted)
        findings.push_back({"partial text", Verdict::Ok, "off, as whisper.partialModel says", ""});
    else
        findings.push_back({"partial text", Verdict::Ok,
                            partial->file == *file ? "by the same model" : "by " + partial->file.string(),
                            ""});
    checkAfterCall(whisper, *file, findings);
    checkVoiceModel(whisper, findings);
}

void checkData(const Setting& setting, Findings& findings) {
    const std::string remedy = "give this account the right to write to " + setting.dataDir.string();
    if (auto prepared = storage::prepareDataDir(setting.dataDir); !prepared) {
        findings.push_back({"data", Verdict::Failed, prepared.error().detail, remedy});
        return;
    }
    if (auto database = storage::openDatabase(setting.dataDir); !database) {
        const bool isLost = database.error().kind == ErrorKind::NotFound;
        findings.push_back({"data", Verdict::Failed, database.error().detail,
                            isLost ? "3cx-ninja-server restore FILE" : remedy});
        return;
    }
    if (const auto damaged = storage::damagedLogs(setting.dataDir); !damaged.empty()) {
        findings.push_back(
            {"data", Verdict::Warning, storage::describe(damaged.back()),
             "compare with your newest backup, and `keys list`; 'purge' removes the damaged log"});
        return;
    }
    if (const auto aside = directory::setAsideIn(setting.dataDir); !aside.empty())
        findings.push_back(
            {"data", Verdict::Warning,
             "not this program's, set aside: " + aside.front().string() +
                 (aside.size() > 1 ? " and " + std::to_string(aside.size() - 1) + " more" : ""),
             "move what is yours elsewhere; 'purge' removes the rest"});
    std::error_code failure;
    const auto space = std::filesystem::space(setting.dataDir, failure);
    const auto gigabytes = failure ? 0 : space.available >> 30;
    const bool isTight = gigabytes < 2;
    findings.push_back({"data", isTight ? Verdict::Warning : Verdict::Ok,
                        setting.dataDir.string() + ", " + std::to_string(gigabytes) + " GiB free",
                        isTight ? "an hour of a call needs 0.2 GiB until it is transcribed: make room" : ""});
}

void checkPort(const Setting& setting, Findings& findings) {
    const config::ServerSettings& server = setting.settings.server;
    const std::string where = server.address + ":" + std::to_string(server.port);
    const PortState state = lookAtPort(server);
    const bool isRunning = isServing(setting.dataDir);
    switch (state.use) {
        case PortUse::Free:
            findings.push_back({"port", isRunning ? Verdict::Warning : Verdict::Ok, where + " is free",
                                isRunning ? "a server runs with " + setting.dataDir.string() +
                                                " but not here: was it started with another --config?"
                                          : ""});
            return;
        case PortUse::OurServer:
            if (isRunning)
                findings.push_back({"port", Verdict::Ok,
                                    "the running server (" + state.detail + ") answers on " + where, ""});
            else
                findings.push_back({"port", Verdict::Failed,
                                    "another 3cx-ninja-server (" + state.detail + ") answers on " + where +
                                        ", not one of " + setting.dataDir.string(),
                                    "name its data directory with --data, stop it, or change server.port"});
            return;
        case PortUse::OtherProgram:
            findings.push_back({"port", Verdict::Failed, "another program has " + where,
                                "change server.port, or end that program: `ss -ltnp sport = :" +
                                    std::to_string(server.port) + "` names it"});
            return;
        case PortUse::NotAllowed:
            findings.push_back({"port", Verdict::Failed, "this account may not listen on " + where,
                                "choose a server.port above 1023, or give the program the right: in its "
                                "systemd unit AmbientCapabilities=CAP_NET_BIND_SERVICE"});
            return;
        case PortUse::NotOurAddress:
            findings.push_back({"port", Verdict::Failed, server.address + " is no address of this computer",
                                "set server.address to 127.0.0.1 (this computer only), 0.0.0.0 (all its "
                                "networks) or to an address that `ip address` lists"});
            return;
        case PortUse::Unknown:
            findings.push_back({"port", Verdict::Failed, "cannot listen on " + where + ": " + state.detail,
                                "change server.address or server.port"});
            return;
    }
}

void checkTls(const Setting& setting, Findings& findings) {
    const config::TlsSettings& tls = setting.settings.server.tls;
    if (tls.certificateFile.empty()) return;
    const std::string again = "renew it: 3cx-ninja-server tls selfsign --force, then start the server again";
    const auto certificate = readCertificate(tls.certificateFile);
    if (!certificate) {
        findings.push_back({"certificate", Verdict::Failed, certificate.error().detail,
                            "correct server.tls.certificateFile, or " + again});
        return;
    }
    if (auto fits = checkKey(tls.keyFile, tls.certificateFile); !fits) {
        findings.push_back(
            {"certificate", Verdict::Failed, fits.error().detail, "correct server.tls.keyFile, or " + again});
        return;
    }
    std::string names;
    for (const std::string& name : certificate->names) names += (names.empty() ? "" : ", ") + name;
    const std::string day = toIso8601(certificate->notAfter).substr(0, 10);
    const std::string detail = "good for " + names + " until " + day +
                               "; SHA-256 of its public key, as agents show it: " + certificate->key.text();
    switch (validityOf(*certificate, RealClock{}.now())) {
        case Validity::NotYet:
            findings.push_back({"certificate", Verdict::Failed,
                                "not valid before " + toIso8601(certificate->notBefore),
                                "set this computer's clock, or " + again});
            return;
        case Validity::Ended:
            findings.push_back({"certificate", Verdict::Failed, "ended on " + day, again});
            return;
        case Validity::EndsSoon:
            findings.push_back({"certificate", Verdict::Warning, detail, again});
            return;
        case Validity::Good:
            break;
    }
    if (names.empty()) {
        findings.push_back({"certificate", Verdict::Warning,
                            "names no host (subjectAltName): browsers refuse it",
                            "have it made with the server's names, or " + again});
        return;
    }
    using std::filesystem::perms;
    std::error_code ignored;
    const perms rights = std::filesystem::status(tls.keyFile, ignored).permissions();
    if ((rights & perms::others_all) != perms::none) {
        findings.push_back({"certificate", Verdict::Warning, "every account here may read " + tls.keyFile,
                            "chmod o= " + tls.keyFile});
        return;
    }
    findings.push_back({"certificate", Verdict::Ok, detail, ""});
}

void checkReach(const Setting& setting, Findings& findings) {
    const config::ServerSettings& server = setting.settings.server;
    if (isLoopback(server.address))
        findings.push_back({"reach", Verdict::Warning, "only this computer can reach the server",
                            "for agents on other computers set server.address to 0.0.0.0, with server.tls"});
    else if (server.tls.certificateFile.empty())
        findings.push_back({"reach", Verdict::Warning,
                            "calls and keys travel unencrypted through the network",
                            "3cx-ninja-server tls selfsign, then set server.tls"});
    else
        findings.push_back({"reach", Verdict::Ok, "encrypted", ""});
}

}  // namespace ninja3cx::app
