#include "server/directory/ninja_directory.hpp"

#include "server/ticketing/on_executor.hpp"
#include "shared/core/files.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace ninja3cx::directory {
namespace {

using net::asio::awaitable;
using std::chrono::milliseconds;

constexpr const char* kCopyName = "ninja-directory.json";
constexpr std::size_t kMaxFileBytes = 256U << 20U;
constexpr milliseconds kFirstRetry{15'000};

std::optional<std::string> unlessEmpty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::string nameOf(const ticketing::Person& person) {
    std::string name = person.firstName;
    if (!name.empty() && !person.lastName.empty()) name += ' ';
    name += person.lastName;
    return name.empty() ? person.email : name;
}

/// A list that this account or this host does not offer may be done without; the other one then serves alone.
bool isNotOffered(const ticketing::Reply& reply) {
    return reply.kind == ticketing::ReplyKind::Forbidden ||
           (reply.kind == ticketing::ReplyKind::Refused && reply.status == 404);
}

struct Raw {
    std::vector<ticketing::Organization> organizations;
    std::vector<ticketing::Person> endUsers;
    std::vector<ticketing::Person> contacts;
    std::vector<ticketing::Person> technicians;
    std::int64_t readAtMs = 0;
};

DirectoryCopy copyOf(const Raw& raw) {
    DirectoryCopy copy;
    copy.readAtMs = raw.readAtMs;
    std::map<std::int64_t, std::string> names;
    for (const auto& organization : raw.organizations) {
        names[organization.id] = organization.name;
        copy.organizations.push_back({organization.id, organization.name});
    }
    std::vector<protocol::Contact> people;
    for (const auto* list : {&raw.endUsers, &raw.contacts}) {
        for (const ticketing::Person& person : *list) {
            if (person.uid.empty()) continue;  // could not be named as a ticket's requester
            protocol::Contact contact;
            contact.uid = person.uid;
            contact.name = nameOf(person);
            contact.email = unlessEmpty(person.email);
            contact.phone = unlessEmpty(person.phone);
            contact.organizationId = person.organizationId;
            const auto name = names.find(person.organizationId);
            if (name != names.end()) contact.organizationName = name->second;
            // Somebody of an organisation that is gone, or of none, is nobody a ticket can be made for.
            contact.isActive = person.isEnabled && name != names.end();
            people.push_back(std::move(contact));
        }
    }
    copy.people = withoutRepeats(std::move(people));
    for (const ticketing::Person& person : raw.technicians)
        copy.technicians.push_back({person.id, nameOf(person), person.email, person.isEnabled});
    return copy;
}

}  // namespace

Result<void> eraseCopy(const std::filesystem::path& folder) {
    // ".new": of a writing that was cut short.
    for (const char* end : {"", ".new"}) {
        const auto file = folder / (std::string{kCopyName} + end);
        std::error_code failure;
        std::filesystem::remove(file, failure);
        if (failure) return Error{ErrorKind::Io, "cannot remove " + file.string() + ": " + failure.message()};
    }
    return {};
}

class NinjaDirectory::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const std::filesystem::path& folder, Options options, Ports ports,
         std::function<void(const std::string&)> onProblem)
        : file(folder / kCopyName),
          options(std::move(options)),
          ports(std::move(ports)),
          onProblem(std::move(onProblem)),
          sleep(this->ports.scheduler.makeSleep()),
          index(std::make_shared<const DirectoryIndex>(DirectoryCopy{}, this->options.plan)) {}

    static awaitable<void> run(std::shared_ptr<Impl> self) {
        co_await self->tryToLoad();
        milliseconds retry = kFirstRetry;
        while (!self->isStopped) {
            std::optional<milliseconds> wanted;
            const bool isRead = co_await self->tryToRead(wanted);
            if (self->isStopped) break;
            milliseconds pause = self->options.interval;
            if (!isRead) {
                pause = std::max(std::min(retry, self->options.interval), wanted.value_or(milliseconds{0}));
                retry = std::min(retry * 2, self->options.interval);
            } else {
                retry = kFirstRetry;
            }
            co_await self->sleep->run(pause);
        }
    }

    void complain(const std::string& what) const {
        if (onProblem) onProblem(what);
    }

    bool isStale() const {
        const std::int64_t readAt = index->copy().readAtMs;
        return readAt == 0 || toEpochMs(ports.clock.now()) - readAt > options.staleAfter.count();
    }

    std::filesystem::path file;
    Options options;
    Ports ports;
    std::function<void(const std::string&)> onProblem;
    std::function<void(std::shared_ptr<const DirectoryIndex>)> onCopy;
    std::shared_ptr<ticketing::Scheduler::Sleep> sleep;
    std::shared_ptr<const DirectoryIndex> index;
    bool isStarted = false;
    bool isStopped = false;

private:
    using Indexed = Result<std::shared_ptr<const DirectoryIndex>>;

    /// What nobody foresaw is a failure like the others: tried again later.
    awaitable<bool> tryToRead(std::optional<milliseconds>& wait) {
        try {
            co_return co_await read(wait);
        } catch (const std::exception& failure) {
            complain(std::string{"reading NinjaOne failed: "} + failure.what());
        }
        co_return false;
    }

    awaitable<void> tryToLoad() {
        try {
            co_await load();
        } catch (const std::exception& failure) {
            complain(std::string{"the stored directory is not used: "} + failure.what());
        }
    }

    awaitable<void> load() {
        auto work = [path = file, plan = options.plan]() -> Indexed {
            auto content = readPrivateFile(path, kMaxFileBytes);
            if (!content) return content.error();
            if (!*content) return std::shared_ptr<const DirectoryIndex>{};
            auto copy = decodeCopy(**content);
            if (!copy) return inContext(path.string(), copy.error());
            return std::make_shared<const DirectoryIndex>(std::move(*copy), plan);
        };
        auto loaded = co_await ticketing::runOn(ports.disk, std::move(work));
        if (!loaded)
            complain("the stored directory is not used: " + loaded.error().detail);
        else if (*loaded)
            use(*loaded);
    }

    bool failed(const char* what, const ticketing::Reply& reply, std::optional<milliseconds>& wait) const {
        wait = reply.retryAfter;
        complain(std::string{"reading "} + what + " from NinjaOne failed: " + reply.detail);
        return false;
    }

    /// True when a whole new copy is in use.
    awaitable<bool> read(std::optional<milliseconds>& wait) {
        Raw raw;
        auto organizations = co_await ports.ninja.organizations();
        if (!organizations) co_return failed("organisations", organizations.error(), wait);
        raw.organizations = std::move(*organizations);

        auto endUsers = co_await ports.ninja.endUsers();
        if (!endUsers && !isNotOffered(endUsers.error()))
            co_return failed("end users", endUsers.error(), wait);
        auto contacts = co_await ports.ninja.contacts();
        if (!contacts && (!endUsers || !isNotOffered(contacts.error())))
            co_return failed("contacts", contacts.error(), wait);
        if (endUsers) raw.endUsers = std::move(*endUsers);
        if (contacts) raw.contacts = std::move(*contacts);

        auto technicians = co_await ports.ninja.technicians();
        if (!technicians && !isNotOffered(technicians.error()))
            co_return failed("technicians", technicians.error(), wait);
        if (technicians) raw.technicians = std::move(*technicians);
        raw.readAtMs = toEpochMs(ports.clock.now());

        const bool isEmpty = raw.endUsers.empty() && raw.contacts.empty();
        if (isEmpty && !index->copy().people.empty() && !std::exchange(wasEmpty_, true)) {
            complain("NinjaOne gave no people at all: the old directory stays until it does so twice");
            co_return false;
        }
        wasEmpty_ = isEmpty;

        auto work = [path = file, plan = options.plan, raw = std::move(raw)]() {
            auto made = std::make_shared<const DirectoryIndex>(copyOf(raw), plan);
            return std::pair{made, writePrivateFile(path, encodeCopy(made->copy()))};
        };
        auto [made, written] = co_await ticketing::runOn(ports.disk, std::move(work));
        if (!written) complain("the directory could not be stored: " + written.error().detail);
        use(made);
        co_return true;
    }

    void use(std::shared_ptr<const DirectoryIndex> fresh) {
        index = std::move(fresh);
        if (onCopy && !isStopped) onCopy(index);
    }

    bool wasEmpty_ = false;
};

NinjaDirectory::NinjaDirectory(std::filesystem::path folder, Options options, Ports ports,
                               std::function<void(const std::string&)> onProblem)
    : impl_(std::make_shared<Impl>(folder, std::move(options), std::move(ports), std::move(onProblem))) {}

NinjaDirectory::~NinjaDirectory() {
    stop();
}

void NinjaDirectory::onCopy(std::function<void(std::shared_ptr<const DirectoryIndex>)> handler) {
    impl_->onCopy = std::move(handler);
}

void NinjaDirectory::start() {
    if (std::exchange(impl_->isStarted, true)) return;
    net::asio::co_spawn(impl_->ports.network, Impl::run(impl_), [impl = impl_](std::exception_ptr failure) {
        if (failure) impl->complain("reading has ended unexpectedly: restart the server");
    });
}

void NinjaDirectory::stop() {
    impl_->isStopped = true;
    impl_->sleep->wake();
}

protocol::CallerMatch NinjaDirectory::match(const std::string& number) const {
    return impl_->index->match(number, impl_->isStale());
}

std::optional<protocol::Contact> NinjaDirectory::contact(const std::string& uid) const {
    return impl_->index->contact(uid);
}

std::vector<protocol::Contact> NinjaDirectory::find(std::string_view text, std::size_t limit) const {
    return impl_->index->find(text, limit);
}

std::optional<std::int64_t> NinjaDirectory::technicianFor(const Extension& extension) const {
    if (const auto known = impl_->options.technicianIds.find(extension);
        known != impl_->options.technicianIds.end())
        return known->second;
    const auto email = impl_->options.emails.find(extension);
    if (email == impl_->options.emails.end()) return std::nullopt;
    return impl_->index->technicianByEmail(email->second);
}

}  // namespace ninja3cx::directory
