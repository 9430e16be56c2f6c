#include "server/app/commands.hpp"
#include "server/app/options.hpp"
#include "server/directory/directory_store.hpp"
#include "server/journal/journal_files.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/backup.hpp"
#include "server/storage/data_dir.hpp"
#include "server/storage/erasure.hpp"
#include "server/storage/records.hpp"
#include "shared/core/clock.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <iostream>

namespace ninja3cx::app {
namespace {

Result<std::optional<storage::Erase>> eraseWanted(const Arguments& arguments) {
    const auto call = arguments.value("call");
    const auto contact = arguments.value("contact");
    const auto olderThan = arguments.value("older-than");
    if (int{call.has_value()} + int{contact.has_value()} + int{olderThan.has_value()} > 1)
        return Error{ErrorKind::BadMessage, "give one of --call, --contact and --older-than"};
    if (call) return std::optional<storage::Erase>{storage::OneCall{CallId{*call}}};
    if (contact) return std::optional<storage::Erase>{storage::Contact{*contact}};
    if (!olderThan) return std::optional<storage::Erase>{};
    std::int64_t days = 0;
    const auto [end, failure] =
        std::from_chars(olderThan->data(), olderThan->data() + olderThan->size(), days);
    if (failure != std::errc{} || end != olderThan->data() + olderThan->size() || days < 0 || days > 36'500)
        return Error{ErrorKind::BadMessage, "--older-than must be a number of days"};
    return std::optional<storage::Erase>{
        storage::OlderThan{toEpochMs(RealClock{}.now()) - days * 24 * 3600 * 1000}};
}

int note(const Setting& setting, const std::vector<calls::AuditEntry>& lines) {
    auto database = storage::openDatabase(setting.dataDir);
    if (!database) return complain(database.error().detail);
    auto noted = database->atomically([&] {
        Result<void> added{};
        for (const calls::AuditEntry& line : lines)
            if (added) added = storage::addAudit(*database, line);
        return added;
    });
    return noted ? kDone : complain("done, but not in the audit trail: " + noted.error().detail);
}

calls::AuditEntry fileAudit(const std::string& action, const std::filesystem::path& file) {
    return commandAudit(action, file.filename().string());
}

/// Whoever was shut out since the backup must not come in again unseen.
void warnOfKeysInDoubt(const storage::Restored& restored) {
    if (restored.keysInDoubt.empty()) return;
    std::cerr << "These keys work now. Whether one of them was revoked after the backup was made"
              << (restored.newestMs ? " (its last entry: " + toIso8601(fromEpochMs(*restored.newestMs)) + ")"
                                    : std::string{})
              << " is not known:\n";
    for (const storage::ApiKey& key : restored.keysInDoubt)
        std::cerr << "  " << key.keyId << "  " << key.role
                  << (key.extension ? " " + key.extension->value() : std::string{})
                  << (key.label.empty() ? "" : "  " + key.label) << "  created "
                  << toIso8601(fromEpochMs(key.createdAtMs)) << "\n";
    std::cerr << "Revoke what must not: 3cx-ninja-server keys revoke KEY-ID\n";
}

/// Audio of calls that the database does not know, wherever it lies. Whose it is nobody can tell, so it goes with
/// every contact. Answers of how many calls.
Result<std::int64_t> eraseUnknownAudio(storage::Database& database, const std::filesystem::path& folder,
                                       const std::optional<storage::Erase>& wanted) {
    auto withAudio = journal::journalsIn(folder);
    if (!withAudio) return withAudio.error();
    auto unknown = storage::unknownCalls(database, *withAudio);
    if (!unknown) return unknown.error();
    for (const CallId& callId : *unknown)
        if (auto moved = journal::setUnknownAside(folder, callId); !moved) return moved.error();
    if (wanted && std::holds_alternative<storage::OneCall>(*wanted)) {
        const CallId& callId = std::get<storage::OneCall>(*wanted).callId;
        auto aside = journal::journalsIn(journal::unknownFolder(folder));
        if (!aside) return aside.error();
        if (std::find(aside->begin(), aside->end(), callId) == aside->end()) return std::int64_t{0};
        if (auto removed = journal::eraseJournal(folder, callId); !removed) return removed.error();
        return std::int64_t{1};
    }
    const auto* old = wanted ? std::get_if<storage::OlderThan>(&*wanted) : nullptr;
    return journal::eraseUnknown(folder, old ? std::optional{old->beforeMs} : std::nullopt);
}

Result<storage::ErasureReport> eraseFromDatabase(storage::Database& database, const Setting& setting,
                                                 const std::optional<storage::Erase>& wanted,
                                                 const storage::Order& order) {
    if (wanted) return storage::erase(database, setting.dataDir, *wanted, order, storage::Unfinished::Erased);
    return storage::sweep(database, setting.dataDir, retentionRules(setting.settings.retention), order,
                          storage::ClockTrust::Given);
}

}  // namespace

int backup(const Setting& setting) {
    if (setting.arguments.words.empty()) return complain("backup needs a file to write", kBadUsage);
    const std::string& file = setting.arguments.words.front();
    if (auto done = storage::backupTo(setting.dataDir, file); !done) return complain(done.error().detail);
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{{"file", file}}) << "\n";
    else
        std::cout << file << " holds the database; audio that is not yet transcribed is not in it\n";
    return note(setting, {fileAudit("backup", file)});
}

int restore(const Setting& setting) {
    if (setting.arguments.words.empty()) return complain("restore needs a backup's file", kBadUsage);
    if (auto prepared = storage::prepareDataDir(setting.dataDir); !prepared)
        return complain(prepared.error().detail);
    auto restored = storage::restoreFrom(setting.arguments.words.front(), setting.dataDir);
    if (!restored) return complain(restored.error().detail);
    const std::string replaced = restored->kept.string();
    const std::string& file = setting.arguments.words.front();
    std::vector<calls::AuditEntry> lines;
    boost::json::array keptRevoked;
    boost::json::array inDoubt;
    for (const std::string& keyId : restored->keysKeptRevoked) {
        lines.push_back(commandAudit("key.keepRevoked", keyId));
        keptRevoked.emplace_back(keyId);
    }
    for (const storage::ApiKey& key : restored->keysInDoubt) {
        lines.push_back(commandAudit("key.restore", key.keyId));
        inDoubt.emplace_back(key.keyId);
    }
    lines.push_back(fileAudit("restore", file));
    if (setting.arguments.wantsJson()) {
        std::cout << boost::json::serialize(boost::json::object{{"file", file},
                                                                {"replaced", replaced},
                                                                {"keysKeptRevoked", keptRevoked},
                                                                {"keysInDoubt", inDoubt}})
                  << "\n";
    } else {
        std::cout << file << " is in place\n";
        for (const std::string& keyId : restored->keysKeptRevoked)
            std::cout << keyId << " was revoked since and stays so\n";
        if (!replaced.empty())
            std::cout << "The database before it is kept as " << replaced << "; 'purge' removes it\n";
    }
    if (!restored->isTrailKept && replaced.empty())
        std::cerr << "The audit trail since the backup is lost with the database that held it\n";
    else if (!restored->isTrailKept)
        std::cerr << "The audit trail since the backup is not in it, or not whole: " << replaced
                  << " could not be read. Keep that file if the trail matters\n";
    warnOfKeysInDoubt(*restored);
    return note(setting, lines);
}

int purge(const Setting& setting) {
    auto wanted = eraseWanted(setting.arguments);
    if (!wanted) return complain(wanted.error().detail, kBadUsage);
    // The server holds open calls in memory: it must not run meanwhile.
    auto lock = storage::DataDirLock::take(setting.dataDir);
    if (!lock)
        return complain(lock.error().detail + "; the running server applies the retention rules by itself");
    auto database = storage::openDatabase(*lock, setting.dataDir);
    if (!database) return complain(database.error().detail);
    const calls::AuditEntry who = commandAudit("", "");
    const storage::Order order{who.actor, who.atMs};
    auto report = eraseFromDatabase(*database, setting, *wanted, order);
    const bool isUnknownCall = !report && report.error().kind == ErrorKind::NotFound;
    if (!report && !isUnknownCall) return complain(report.error().detail);
    const auto journalFolder = setting.dataDir / "journal";
    std::vector<CallId> silent;
    if (report) {
        silent = report->erased;
        silent.insert(silent.end(), report->wordsErased.begin(), report->wordsErased.end());
    }
    for (const CallId& callId : silent)
        if (auto removed = journal::eraseJournal(journalFolder, callId); !removed)
            return complain(removed.error().detail);
    const auto unknownAudio = eraseUnknownAudio(*database, journalFolder, *wanted);
    if (!unknownAudio) return complain(unknownAudio.error().detail);
    if (isUnknownCall && *unknownAudio == 0) return complain(report.error().detail);
    if (isUnknownCall) report = storage::ErasureReport{};  // only its audio told of it
    // The callers' names and numbers; read again from NinjaOne, without those who are gone from there.
    if (auto removed = directory::eraseCopy(setting.dataDir); !removed)
        return complain(removed.error().detail);
    if (*unknownAudio > 0) {
        auto noted = storage::addAudit(
            *database, commandAudit("purge.unknownAudio", std::to_string(*unknownAudio) + " calls"));
        if (!noted) return complain("done, but not in the audit trail: " + noted.error().detail);
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{{"calls", report->erased.size()},
                                                                {"transcripts", report->wordsErased.size()},
                                                                {"auditLines", report->auditLinesErased},
                                                                {"kept", report->keptUnfinished.size()},
                                                                {"unknownAudio", *unknownAudio}})
                  << "\n";
    else
        std::cout << report->erased.size() << " calls and " << report->wordsErased.size()
                  << " transcripts are erased, also from the search index"
                  << (*unknownAudio > 0
                          ? ", and the audio of " + std::to_string(*unknownAudio) + " unknown calls"
                          : std::string{})
                  << ". Not reachable from here: backups that you made, tickets in NinjaOne.\n";
    return kDone;
}

}  // namespace ninja3cx::app
