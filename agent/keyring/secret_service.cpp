#include "agent/keyring/key_vault.hpp"
#include "shared/core/c_handle.hpp"
#include "shared/core/hex.hpp"

#include <libsecret/secret.h>
#include <openssl/crypto.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

namespace ninja3cx::agent {
namespace {

using Failure = CHandle<GError, g_error_free>;
using Service = CHandle<SecretService, g_object_unref>;
using Collection = CHandle<SecretCollection, g_object_unref>;
using Value = CHandle<SecretValue, secret_value_unref>;
using Attributes = CHandle<GHashTable, g_hash_table_unref>;

void freeItems(GList* items) {
    g_list_free_full(items, g_object_unref);
}
using Items = CHandle<GList, freeItems>;

/// Gives up what is asked of the bus once the patience is over.
class Patience {
public:
    explicit Patience(std::chrono::milliseconds limit)
        : cancellable_(g_cancellable_new()), thread_([this, limit] {
              std::unique_lock lock{mutex_};
              if (!isOver_.wait_for(lock, limit, [this] { return isDone_; }))
                  g_cancellable_cancel(cancellable_.get());
          }) {}
    ~Patience() {
        {
            std::scoped_lock lock{mutex_};
            isDone_ = true;
        }
        isOver_.notify_one();
        thread_.join();
    }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    GCancellable* get() const { return cancellable_.get(); }

private:
    CHandle<GCancellable, g_object_unref> cancellable_;
    std::mutex mutex_;
    std::condition_variable isOver_;
    bool isDone_ = false;
    std::thread thread_;
};

const SecretSchema kSchema{
    "com.3cx-ninja.agent.spool",
    SECRET_SCHEMA_NONE,
    {{"folder", SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
    0,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

int digitOf(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<crypto::Key> fromHex(std::string_view text) {
    crypto::Key key{};
    if (text.size() != key.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const int high = digitOf(text[2 * i]);
        const int low = digitOf(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        key[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return key;
}

/// A session that has no bus has no keyring; asked all the same, the library would try to start a bus.
bool hasSessionBus() {
    if (const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address && *address) return true;
    const char* folder = std::getenv("XDG_RUNTIME_DIR");
    std::error_code failure;
    return folder && *folder && std::filesystem::exists(std::filesystem::path{folder} / "bus", failure);
}

class SecretServiceVault final : public KeyVault {
public:
    explicit SecretServiceVault(std::string folder) : folder_(std::move(folder)) {}

    Result<std::optional<crypto::Key>> load() override {
        const Patience patience{kPatience};
        const auto service = connect(patience);
        if (!service) return service.error();
        GError* raw = nullptr;
        const Attributes attributes{secret_attributes_build(&kSchema, "folder", folder_.c_str(), nullptr)};
        // Without SECRET_SEARCH_UNLOCK: nobody is asked for a password.
        const Items items{secret_service_search_sync(service->get(), &kSchema, attributes.get(),
                                                     SECRET_SEARCH_LOAD_SECRETS, patience.get(), &raw)};
        if (raw) return failed("search", Failure{raw});
        if (!items) return std::optional<crypto::Key>{};
        auto* const item = static_cast<SecretItem*>(items->data);
        if (secret_item_get_locked(item)) return locked();
        const Value value{secret_item_get_secret(item)};
        const char* const text = value ? secret_value_get_text(value.get()) : nullptr;
        const auto key = text ? fromHex(text) : std::nullopt;
        if (!key) return Error{ErrorKind::Io, "keyring: what is kept for the agent's recordings is no key"};
        return key;
    }

    Result<void> store(const crypto::Key& key) override {
        const Patience patience{kPatience};
        const auto service = connect(patience);
        if (!service) return service.error();
        GError* raw = nullptr;
        const Collection collection{secret_collection_for_alias_sync(
            service->get(), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, patience.get(), &raw)};
        if (raw) return failed("find", Failure{raw});
        if (!collection) return Error{ErrorKind::NotFound, "keyring: the session has none"};
        if (secret_collection_get_locked(collection.get())) return locked();
        std::string text = toHex(key);
        const Value value{secret_value_new(text.data(), static_cast<gssize>(text.size()), "text/plain")};
        OPENSSL_cleanse(text.data(), text.size());
        const Attributes attributes{secret_attributes_build(&kSchema, "folder", folder_.c_str(), nullptr)};
        secret_service_store_sync(service->get(), &kSchema, attributes.get(), SECRET_COLLECTION_DEFAULT,
                                  "3CX-NinjaOne: key of the recordings on this PC", value.get(),
                                  patience.get(), &raw);
        if (raw) return failed("store", Failure{raw});
        return {};
    }

private:
    static Error locked() { return Error{ErrorKind::Busy, "keyring: it is locked"}; }

    static Error failed(const std::string& doing, const Failure& failure) {
        if (g_error_matches(failure.get(), G_IO_ERROR, G_IO_ERROR_CANCELLED))
            return Error{ErrorKind::TimedOut,
                         "keyring: no answer within " + std::to_string(kPatience.count()) + " s"};
        const bool isAbsent = g_error_matches(failure.get(), G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
                              g_error_matches(failure.get(), G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
        return Error{isAbsent ? ErrorKind::NotFound : ErrorKind::Io,
                     "keyring: cannot " + doing + ": " + failure->message};
    }

    static Result<Service> connect(const Patience& patience) {
        if (!hasSessionBus()) return Error{ErrorKind::NotFound, "keyring: this session has no D-Bus"};
        GError* raw = nullptr;
        Service service{secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, patience.get(), &raw)};
        if (raw) return failed("reach it", Failure{raw});
        return service;
    }

    std::string folder_;
};

}  // namespace

std::unique_ptr<KeyVault> systemVault(const std::filesystem::path& agentFolder) {
    return std::make_unique<SecretServiceVault>(agentFolder.string());
}

}  // namespace ninja3cx::agent
