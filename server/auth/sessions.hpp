#pragma once

#include "server/auth/principal.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace ninja3cx::auth {

/// Browser logins. A token is 256 random bits; only its hash is kept. Each use prolongs a session, up to its
/// age limit. With a file, sessions outlive a restart, so that a wall's screen does not ask for its key
/// again. Logins by link are in no file and last kLinkAge at most.
class Sessions {
public:
    static constexpr std::chrono::hours kIdle{12};
    static constexpr std::chrono::hours kAge{24 * 30};
    static constexpr std::chrono::hours kLinkAge{12};
    static constexpr std::size_t kMax = 1'000;
    using RunElsewhere = std::function<void(std::function<void()>)>;
    using OnProblem = std::function<void(const Error&)>;

    /// The file is written by what `elsewhere` runs, in order; at once if that is empty. There too `onProblem` is told,
    /// if it is not empty, of what could not be written: logins since then end with the process.
    Sessions(const Clock& clock, std::filesystem::path file, RunElsewhere elsewhere = {},
             OnProblem onProblem = {});
    static std::chrono::hours ageLimit(const Principal& principal);
    std::string open(const Principal& principal);
    std::optional<Principal> find(const std::string& token);
    void close(const std::string& token);
    /// Ends the sessions of keys that are gone.
    void keepOnly(const std::function<bool(const Principal&)>& isValid);

    struct Entry {
        std::string hash;
        Principal principal;
        std::int64_t openedAtMs = 0;
        std::int64_t usedAtMs = 0;
    };

private:
    bool isExpired(const Entry& entry) const;
    void load();
    void save();

    const Clock& clock_;
    std::filesystem::path file_;
    RunElsewhere elsewhere_;
    OnProblem onProblem_;
    std::map<std::string, Entry> entries_;  // by hash
};
BOOST_DESCRIBE_STRUCT(Sessions::Entry, (), (hash, principal, openedAtMs, usedAtMs))

}  // namespace ninja3cx::auth
