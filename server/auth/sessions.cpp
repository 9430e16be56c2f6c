#include "server/auth/sessions.hpp"

#include "server/auth/hash.hpp"
#include "shared/core/files.hpp"
#include "shared/core/ids.hpp"

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace ninja3cx::auth {
namespace {

constexpr std::int64_t kSaveEveryMs = 600'000;

std::int64_t inMs(std::chrono::milliseconds duration) {
    return duration.count();
}

}  // namespace

Sessions::Sessions(const Clock& clock, std::filesystem::path file, RunElsewhere elsewhere,
                   OnProblem onProblem)
    : clock_(clock),
      file_(std::move(file)),
      elsewhere_(std::move(elsewhere)),
      onProblem_(std::move(onProblem)) {
    load();
}

std::chrono::hours Sessions::ageLimit(const Principal& principal) {
    return principal.keyId == kLinkKeyId ? kLinkAge : kAge;
}

bool Sessions::isExpired(const Entry& entry) const {
    const std::int64_t now = toEpochMs(clock_.now());
    return now - entry.usedAtMs > inMs(kIdle) || now - entry.openedAtMs > inMs(ageLimit(entry.principal));
}

std::string Sessions::open(const Principal& principal) {
    std::erase_if(entries_, [&](const auto& entry) { return isExpired(entry.second); });
    if (entries_.size() >= kMax) {
        auto oldest = entries_.begin();
        for (auto it = entries_.begin(); it != entries_.end(); ++it)
            if (it->second.usedAtMs < oldest->second.usedAtMs) oldest = it;
        entries_.erase(oldest);
    }
    const std::string token = randomHex(32);
    const std::int64_t now = toEpochMs(clock_.now());
    const std::string hash = sha256Hex(token);
    entries_[hash] = Entry{hash, principal, now, now};
    save();
    return token;
}

std::optional<Principal> Sessions::find(const std::string& token) {
    const auto found = entries_.find(sha256Hex(token));
    if (found == entries_.end()) return std::nullopt;
    if (isExpired(found->second)) {
        entries_.erase(found);
        save();
        return std::nullopt;
    }
    const std::int64_t now = toEpochMs(clock_.now());
    if (now - found->second.usedAtMs > kSaveEveryMs) {
        found->second.usedAtMs = now;
        save();
    }
    return found->second.principal;
}

void Sessions::close(const std::string& token) {
    if (entries_.erase(sha256Hex(token)) > 0) save();
}

void Sessions::keepOnly(const std::function<bool(const Principal&)>& isValid) {
    if (std::erase_if(entries_, [&](const auto& entry) { return !isValid(entry.second.principal); }) > 0)
        save();
}

void Sessions::load() {
    if (file_.empty()) return;
    std::ifstream stream{file_, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    // An unreadable file means that everybody logs in again; nothing worse.
    auto entries = json::decodeText<std::vector<Entry>>(text);
    if (!entries) return;
    for (Entry& entry : *entries) {
        if (isExpired(entry)) continue;
        const std::string hash = entry.hash;
        entries_.emplace(hash, std::move(entry));
    }
}

void Sessions::save() {
    if (file_.empty()) return;
    std::vector<Entry> all;
    for (const auto& [hash, entry] : entries_)
        if (entry.principal.keyId != kLinkKeyId) all.push_back(entry);
    auto write = [file = file_, text = json::encodeText(all), onProblem = onProblem_] {
        if (auto written = writePrivateFile(file, text); !written && onProblem) onProblem(written.error());
    };
    if (elsewhere_)
        elsewhere_(std::move(write));
    else
        write();
}

}  // namespace ninja3cx::auth
