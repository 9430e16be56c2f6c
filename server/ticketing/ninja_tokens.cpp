#include "server/ticketing/ninja_tokens.hpp"

#include "server/ticketing/gate.hpp"
#include "server/ticketing/login_refusal.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/on_executor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::chrono::seconds kRefreshEarly{120};  // of one that lives long
constexpr std::chrono::seconds kDefaultLife{3600};
constexpr std::size_t kSecretsKept = 16;
constexpr std::chrono::hours kKeepAlive{11};
constexpr std::chrono::minutes kKeepAliveRetry{5};
constexpr std::chrono::days kUnusedLife{29};  // as users report; NinjaOne states nothing
constexpr int kPasses = 3;
constexpr const char* kRefreshGrant = "refresh_token";
constexpr const char* kCodeGrant = "authorization_code";

std::string textOf(const boost::json::value& body, std::string_view name) {
    if (!body.is_object()) return {};
    const boost::json::value* field = body.get_object().if_contains(name);
    return field && field->is_string() ? std::string{field->get_string()} : std::string{};
}

std::chrono::seconds lifeOf(const boost::json::value& body) {
    const boost::json::value* field = body.get_object().if_contains("expires_in");
    std::int64_t seconds = kDefaultLife.count();
    if (field && field->is_int64()) seconds = field->get_int64();
    if (field && field->is_double() && field->get_double() > 0 && field->get_double() < 1e6)
        seconds = static_cast<std::int64_t>(field->get_double());
    return std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, 86'400)};
}

bool killsToken(const Reply& reply) {
    static constexpr std::array<std::string_view, 3> kDeadly{"invalid_token", "invalid_grant",
                                                             "expired_token"};
    if (reply.status < 400 || reply.status >= 500) return false;
    const std::string code = textOf(reply.body, "error");
    return std::find(kDeadly.begin(), kDeadly.end(), code) != kDeadly.end();
}

Error tokenError(const Reply& reply, const std::string& grantType) {
    const std::string where = "NinjaOne token";
    const std::string code = textOf(reply.body, "error");
    if (grantType == kCodeGrant && !code.empty() && reply.status >= 400 && reply.status < 500)
        return loginRefused(code, textOf(reply.body, "error_description"));
    if (grantType == kRefreshGrant && killsToken(reply))
        return Error{ErrorKind::Unauthorized,
                     where + ": the refresh token is no longer valid: log in to NinjaOne again"};
    if (reply.status == 404)
        return Error{
            ErrorKind::NotFound,
            where +
                ": this NinjaOne host does not know the client id: check ninja.apiUrl (wrong region?) and "
                "NINJA_CLIENT_ID (" +
                reply.detail + ")"};
    if (reply.kind == ReplyKind::Expired || reply.kind == ReplyKind::Refused ||
        reply.kind == ReplyKind::Forbidden || reply.kind == ReplyKind::UserContext)
        return Error{ErrorKind::Rejected,
                     where + ": check NINJA_CLIENT_ID and NINJA_CLIENT_SECRET (" + reply.detail + ")"};
    return toError(reply, where);
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// Outside of coroutines: g++ 12 cannot have lists of initialisers in a co_await expression.
Fields refreshFields(const std::string& refreshToken) {
    return {{"grant_type", kRefreshGrant}, {"refresh_token", refreshToken}};
}
Fields machineFields() {
    return {{"grant_type", "client_credentials"}, {"scope", "monitoring"}};
}
Fields codeFields(const std::string& code, const std::string& redirectUri) {
    return {{"grant_type", kCodeGrant}, {"code", code}, {"redirect_uri", redirectUri}};
}

const Error& needsLogin() {
    static const Error error{ErrorKind::Unauthorized,
                             "no valid NinjaOne refresh token: log in with '3cx-ninja-server ninja login'"};
    return error;
}

constexpr std::size_t kShortestSecret = 4;
constexpr std::string_view kRedacted = "[redacted]";

/// Also at the end of a text that was cut in its middle.
void redactOne(std::string& text, std::string_view secret) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kRedacted.size()))
        text.replace(at, secret.size(), kRedacted);
    for (std::size_t size = std::min(secret.size(), text.size()); size >= kShortestSecret; --size) {
        if (!text.ends_with(secret.substr(0, size))) continue;
        text.replace(text.size() - size, size, kRedacted);
        return;
    }
}

}  // namespace

std::string originOf(const std::string& url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos) return url;
    return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

NinjaTokens::NinjaTokens(NinjaAccount account, std::filesystem::path folder, const Clock& clock,
                         net::HttpTransport& transport, net::asio::any_io_executor disk)
    : account_(std::move(account)),
      vault_(std::move(folder)),
      clock_(clock),
      transport_(transport),
      disk_(std::move(disk)) {
    remember(account_.clientSecret);
    remember(account_.seedRefreshToken);
}

awaitable<Result<std::string>> NinjaTokens::accessToken(Use use) {
    co_return co_await get(use, "");
}

awaitable<Result<std::string>> NinjaTokens::replace(Use use, std::string refused) {
    co_return co_await get(use, std::move(refused));
}

bool NinjaTokens::isFresh(const std::optional<Access>& access, const std::string& refused) const {
    return access && access->token != refused && clock_.steady() < access->renewAt;
}

bool NinjaTokens::isUsable(const std::optional<Access>& access, const std::string& refused) const {
    return access && access->token != refused && clock_.steady() < access->expiresAt;
}

bool NinjaTokens::isRefreshing() const {
    return refreshing_ && !refreshing_->isOpen();
}

awaitable<Result<std::string>> NinjaTokens::get(Use use, std::string refused) {
    while (true) {
        if (isFresh(user_, refused)) co_return user_->token;
        if (use == Use::Read && isFresh(machine_, refused)) co_return machine_->token;
        if (!isRefreshing()) break;
        const std::shared_ptr<Gate> running = refreshing_;
        co_await running->wait();
        // What has just failed is not tried again by all who waited, but reading may do without a login.
        if (!lastFailure_ || (use == Use::Read && *lastFailure_ == needsLogin())) continue;
        if (isUsable(user_, refused)) co_return user_->token;
        if (!isFresh(user_, refused) && !(use == Use::Read && isFresh(machine_, refused)))
            co_return *lastFailure_;
    }

    refreshing_ = std::make_shared<Gate>(co_await net::asio::this_coro::executor);
    struct Opens {  // maybe when we are gone: cut off by the stop of the program
        std::shared_ptr<Gate> gate;
        ~Opens() { gate->open(); }
    } const opens{refreshing_};

    lastFailure_.reset();
    auto access = co_await refreshUser();
    if (access) {
        user_ = std::move(*access);
        noteRefreshed();
        co_return user_->token;
    }
    Error failure = access.error();
    const bool isLoginNeeded = failure == needsLogin();
    if (isLoginNeeded) setLogin(Login::Needed);
    if (!isUsable(user_, refused) && use == Use::Read && isLoginNeeded) {
        auto machine = co_await refreshMachine();
        if (machine) {
            machine_ = std::move(*machine);
            co_return machine_->token;
        }
        failure = machine.error();
    }
    lastFailure_ = failure;
    if (isUsable(user_, refused)) co_return user_->token;
    co_return failure;
}

awaitable<Result<NinjaTokens::Access>> NinjaTokens::refreshUser() {
    if (unsaved_) {  // what NinjaOne gave last time is the only token alive: store it before anything else
        Unsaved last = *std::exchange(unsaved_, std::nullopt);
        const Access access = last.grant.access;
        const auto kept = co_await keep(std::move(last.grant), std::move(last.known));
        if (!kept) co_return kept.error();
        if (*kept == Stored::Ours && isFresh(access, "")) co_return access;
    }
    for (int pass = 0; pass < kPasses; ++pass) {
        const auto stored = co_await load();
        if (!stored && stored.error().kind == ErrorKind::Io) co_return stored.error();
        const std::optional<std::string> known = stored ? *stored : std::nullopt;

        std::vector<std::string> candidates;
        if (known) candidates.push_back(*known);
        if (!account_.seedRefreshToken.empty()) candidates.push_back(account_.seedRefreshToken);
        bool isOvertaken = false;
        bool hasDied = false;
        for (const std::string& candidate : candidates) {
            if (isDead(candidate)) continue;
            remember(candidate);
            auto grant = co_await ask(refreshFields(candidate));
            if (!grant) {
                if (grant.error().kind != ErrorKind::Unauthorized) co_return grant.error();
                dead_.push_back(candidate);
                hasDied = true;
                continue;
            }
            const Access access = grant->access;
            if (!grant->refreshToken.empty() && grant->refreshToken != candidate) {
                const auto kept = co_await keep(std::move(*grant), known);
                if (!kept) co_return kept.error();
                isOvertaken = *kept == Stored::Anothers;
                if (isOvertaken) break;
            }
            co_return access;
        }
        // Once more: another process may have stored a newer one while ours was asked for.
        if (!isOvertaken && !hasDied) co_return needsLogin();
    }
    co_return Error{ErrorKind::Busy, "another process keeps changing the NinjaOne login"};
}

awaitable<Result<NinjaTokens::Access>> NinjaTokens::refreshMachine() {
    if (account_.clientId.empty() || account_.clientSecret.empty()) co_return needsLogin();
    auto grant = co_await ask(machineFields());
    if (!grant) co_return grant.error();
    co_return grant->access;
}

/// Anothers: a newer one is on disk, and holds.
awaitable<Result<Stored>> NinjaTokens::keep(Grant grant, std::optional<std::string> known) {
    auto work = [vault = vault_, known, token = grant.refreshToken] {
        return std::pair{vault.replace(known, token), vault.storedAt()};
    };
    const auto [kept, storedAt] = co_await runOn(disk_, std::move(work));
    if (!kept)
        unsaved_ = Unsaved{std::move(grant), std::move(known)};
    else if (*kept == Stored::Ours)
        noteStored(grant.refreshToken, storedAt);
    co_return kept;
}

awaitable<Result<std::optional<std::string>>> NinjaTokens::load() {
    auto work = [vault = vault_] { return std::pair{vault.load(), vault.storedAt()}; };
    const auto [stored, storedAt] = co_await runOn(disk_, std::move(work));
    if (stored) {
        if (hasLooked_ && *stored != known_) {  // somebody logged in
            isMachines_ = false;
            wantsRefresh_ = true;
        }
        noteStored(*stored, storedAt);
    }
    co_return stored;
}

void NinjaTokens::noteStored(std::optional<std::string> token, std::optional<SystemTime> at) {
    hasLooked_ = true;
    facts_.storedAt = token ? at : std::nullopt;
    known_ = std::move(token);
}

void NinjaTokens::noteRefreshed() {
    usedAt_ = clock_.steady();
    facts_.refreshedAt = clock_.now();
    const bool isAnother = std::exchange(wantsRefresh_, false);
    if (isMachines_) return;
    if (isAnother) facts_.login = Login::Unknown;  // so that it is told
    setLogin(Login::Working);
}

void NinjaTokens::noteUserContext(bool isThere) {
    if (isThere && !isMachines_) return;
    isMachines_ = !isThere;
    setLogin(isThere ? Login::Working : Login::Needed);
}

void NinjaTokens::setLogin(Login login) {
    if (std::exchange(facts_.login, login) == login) return;
    for (const auto& handler : onLogin_) handler(login);
}

TokenFacts NinjaTokens::facts() const {
    TokenFacts facts = facts_;
    const auto usedAt = std::max(facts.storedAt, facts.refreshedAt);
    if (usedAt && facts.login != Login::Needed) facts.endsAt = *usedAt + kUnusedLife;
    return facts;
}

awaitable<void> NinjaTokens::keepAlive() {
    if (isRefreshing()) co_return;
    co_await load();
    const bool isUnproven = facts_.login != Login::Working && !isMachines_;
    const bool isIdle = clock_.steady() - usedAt_ >= kKeepAlive;
    if (isRefreshing() || (!wantsRefresh_ && !isUnproven && !isIdle)) co_return;
    if (!wantsRefresh_ && clock_.steady() < nextKeepAlive_) co_return;
    const std::string replaced = user_ ? user_->token : std::string{};
    const auto refreshed = co_await get(Use::Write, replaced);
    // A login may come at any moment, and to look for one asks NinjaOne nothing; what is busy needs time.
    const bool isCheap = refreshed || refreshed.error().kind == ErrorKind::Unauthorized;
    nextKeepAlive_ = clock_.steady() + (isCheap ? std::chrono::minutes{0} : kKeepAliveRetry);
}

awaitable<Result<NinjaTokens::Grant>> NinjaTokens::ask(
    std::vector<std::pair<std::string, std::string>> fields) {
    const std::string grantType = fields.front().second;
    fields.emplace_back("client_id", account_.clientId);
    fields.emplace_back("client_secret", account_.clientSecret);
    net::ClientRequest request;
    request.method = "POST";
    request.url = originOf(account_.apiUrl) + "/ws/oauth/token";
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    request.headers.set("User-Agent", account_.userAgent);
    request.body = net::formEncode(fields);
    request.tls = account_.tls;
    request.maxBodyBytes = 256U << 10U;
    const auto answer = co_await transport_.send(std::move(request));
    Reply reply = readReply(answer, clock_.now());
    Grant grant;
    if (reply.kind == ReplyKind::Ok) {
        grant.access.token = textOf(reply.body, "access_token");
        grant.refreshToken = textOf(reply.body, "refresh_token");
        if (grant.access.token.empty()) {
            reply.kind = ReplyKind::Unclear;
            reply.detail += ": the answer holds no access token";
        }
    }
    remember(grant.access.token);
    remember(grant.refreshToken);
    if (reply.kind != ReplyKind::Ok) {
        reply.detail = redact(std::move(reply.detail));
        Error failure = tokenError(reply, grantType);
        failure.detail = redact(std::move(failure.detail));
        co_return failure;
    }
    const std::chrono::seconds life = lifeOf(reply.body);
    grant.access.expiresAt = clock_.steady() + life;
    grant.access.renewAt = grant.access.expiresAt - std::min(kRefreshEarly, life / 3);
    co_return grant;
}

std::string NinjaTokens::authorizeUrl(const std::string& redirectUri, const std::string& state) const {
    return originOf(account_.apiUrl) +
           "/ws/oauth/authorize?response_type=code&client_id=" + net::percentEncode(account_.clientId) +
           "&redirect_uri=" + net::percentEncode(redirectUri) +
           "&scope=" + net::percentEncode("monitoring management offline_access") +
           "&state=" + net::percentEncode(state);
}

awaitable<Result<void>> NinjaTokens::login(std::string code, std::string redirectUri) {
    remember(code);
    auto grant = co_await ask(codeFields(code, redirectUri));
    if (!grant) co_return grant.error();
    if (grant->refreshToken.empty())
        co_return Error{
            ErrorKind::Rejected,
            "NinjaOne gave no refresh token: allow 'Refresh Token' for the client app and ask again"};
    // Without asking what is stored: a person has just said which login holds.
    auto work = [vault = vault_, token = grant->refreshToken] {
        return std::pair{vault.save(token), vault.storedAt()};
    };
    const auto [saved, storedAt] = co_await runOn(disk_, std::move(work));
    if (!saved) co_return saved.error();
    noteStored(grant->refreshToken, storedAt);
    unsaved_.reset();
    user_ = grant->access;
    lastFailure_.reset();
    isMachines_ = false;
    noteRefreshed();
    co_return Result<void>{};
}

bool NinjaTokens::isDead(const std::string& refreshToken) const {
    return std::find(dead_.begin(), dead_.end(), refreshToken) != dead_.end();
}

void NinjaTokens::remember(const std::string& secret) {
    if (secret.size() < kShortestSecret ||
        std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end())
        return;
    if (secrets_.size() == kSecretsKept)
        secrets_.erase(secrets_.begin() + 2);  // never the secret and the seed
    secrets_.push_back(secret);
}

std::string NinjaTokens::redact(std::string text) const {
    for (const std::string& secret : secrets_)
        for (const std::string& spelled : {secret, net::percentEncode(secret)}) redactOne(text, spelled);
    return text;
}

}  // namespace ninja3cx::ticketing
