#include "server/ticketing/ninja_tokens.hpp"

#include "server/ticketing/gate.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/on_executor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::chrono::seconds kRefreshEarly{120};
constexpr std::chrono::seconds kDefaultLife{3600};
constexpr std::size_t kSecretsKept = 16;

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

Error tokenError(const Reply& reply) {
    const std::string where = "NinjaOne token";
    if (killsToken(reply))
        return Error{ErrorKind::Unauthorized,
                     where + ": the refresh token is no longer valid: log in to NinjaOne again"};
    if (reply.status == 404)
        return Error{
            ErrorKind::Rejected,
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
    return {{"grant_type", "refresh_token"}, {"refresh_token", refreshToken}};
}
Fields machineFields() {
    return {{"grant_type", "client_credentials"}, {"scope", "monitoring"}};
}
Fields codeFields(const std::string& code, const std::string& redirectUri) {
    return {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirectUri}};
}

const Error& needsLogin() {
    static const Error error{ErrorKind::Unauthorized,
                             "no valid NinjaOne refresh token: log in with '3cx-ninja-server ninja login'"};
    return error;
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
    return access && access->token != refused && clock_.steady() + kRefreshEarly < access->expiresAt;
}

awaitable<Result<std::string>> NinjaTokens::get(Use use, std::string refused) {
    while (refreshing_) {
        const std::shared_ptr<Gate> running = refreshing_;
        co_await running->wait();
        if (lastFailure_ && !isFresh(user_, refused) && !isFresh(machine_, refused)) {
            if (user_ && user_->token != refused && clock_.steady() < user_->expiresAt)
                co_return user_->token;
            co_return *lastFailure_;
        }
    }
    if (isFresh(user_, refused)) co_return user_->token;
    if (use == Use::Read && isFresh(machine_, refused)) co_return machine_->token;

    refreshing_ = std::make_shared<Gate>(co_await net::asio::this_coro::executor);
    const std::shared_ptr<Gate> running = refreshing_;
    struct Opens {
        std::shared_ptr<Gate>& member;
        std::shared_ptr<Gate> gate;
        ~Opens() {
            member.reset();
            gate->open();
        }
    } const opens{refreshing_, running};

    lastFailure_.reset();
    auto access = co_await refreshUser();
    if (access) {
        user_ = std::move(*access);
        co_return user_->token;
    }
    const bool hasNoUser = access.error() == needsLogin() && !user_;
    if (use == Use::Read && hasNoUser && dead_.empty()) {
        auto machine = co_await refreshMachine();
        if (machine) {
            machine_ = std::move(*machine);
            co_return machine_->token;
        }
        lastFailure_ = machine.error();
        co_return machine.error();
    }
    lastFailure_ = access.error();
    if (user_ && user_->token != refused && clock_.steady() < user_->expiresAt) co_return user_->token;
    co_return access.error();
}

awaitable<Result<NinjaTokens::Access>> NinjaTokens::refreshUser() {
    if (unsaved_) {  // what NinjaOne gave last time is the only token alive: store it before anything else
        if (auto stored = co_await store(unsaved_->refreshToken); !stored) co_return stored.error();
        const Grant grant = *std::exchange(unsaved_, std::nullopt);
        if (isFresh(grant.access, "")) co_return grant.access;
    }
    const auto stored = co_await load();
    if (!stored && stored.error().kind == ErrorKind::Io) co_return stored.error();

    std::vector<std::string> candidates;
    if (stored && *stored) candidates.push_back(**stored);
    if (!account_.seedRefreshToken.empty()) candidates.push_back(account_.seedRefreshToken);
    for (const std::string& candidate : candidates) {
        if (isDead(candidate)) continue;
        remember(candidate);
        auto grant = co_await ask(refreshFields(candidate));
        if (!grant) {
            if (grant.error().kind != ErrorKind::Unauthorized) co_return grant.error();
            dead_.push_back(candidate);
            continue;
        }
        if (!grant->refreshToken.empty() && grant->refreshToken != candidate) {
            if (auto saved = co_await store(grant->refreshToken); !saved) {
                unsaved_ = std::move(*grant);
                co_return saved.error();
            }
        }
        co_return grant->access;
    }
    co_return needsLogin();
}

awaitable<Result<NinjaTokens::Access>> NinjaTokens::refreshMachine() {
    if (account_.clientId.empty() || account_.clientSecret.empty()) co_return needsLogin();
    auto grant = co_await ask(machineFields());
    if (!grant) co_return grant.error();
    co_return grant->access;
}

awaitable<Result<void>> NinjaTokens::store(std::string refreshToken) {
    auto work = [this, token = std::move(refreshToken)] { return vault_.save(token); };
    co_return co_await runOn(disk_, std::move(work));
}

awaitable<Result<std::optional<std::string>>> NinjaTokens::load() {
    auto work = [this] { return vault_.load(); };
    co_return co_await runOn(disk_, std::move(work));
}

awaitable<Result<NinjaTokens::Grant>> NinjaTokens::ask(
    std::vector<std::pair<std::string, std::string>> fields) {
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
        co_return tokenError(reply);
    }
    grant.access.expiresAt = clock_.steady() + lifeOf(reply.body);
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
    if (auto saved = co_await store(grant->refreshToken); !saved) co_return saved.error();
    unsaved_.reset();
    user_ = grant->access;
    lastFailure_.reset();
    co_return Result<void>{};
}

bool NinjaTokens::isDead(const std::string& refreshToken) const {
    return std::find(dead_.begin(), dead_.end(), refreshToken) != dead_.end();
}

void NinjaTokens::remember(const std::string& secret) {
    if (secret.size() < 4 || std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end()) return;
    if (secrets_.size() == kSecretsKept)
        secrets_.erase(secrets_.begin() + 2);  // never the secret and the seed
    secrets_.push_back(secret);
}

std::string NinjaTokens::redact(std::string text) const {
    for (const std::string& secret : secrets_)
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
            text.replace(at, secret.size(), "[redacted]");
    return text;
}

}  // namespace ninja3cx::ticketing
