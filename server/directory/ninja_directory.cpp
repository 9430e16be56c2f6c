#include "server/directory/ninja_directory.hpp"

#include "server/directory/device_index.hpp"
#include "server/directory/directory_store.hpp"
#include "server/directory/directory_sync.hpp"
#include "server/ticketing/on_executor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

namespace ninja3cx::directory {
namespace {

using net::asio::awaitable;
using std::chrono::milliseconds;
using ticketing::Answer;

constexpr std::size_t kScreenful = 20;

}  // namespace

class NinjaDirectory::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const std::filesystem::path& folder, Options options, Ports ports,
         std::function<void(const std::string&)> onProblem)
        : options(std::move(options)),
          ports(std::move(ports)),
          onProblem(std::move(onProblem)),
          sleep(this->ports.scheduler.makeSleep()),
          index(std::make_shared<const DirectoryIndex>(DirectoryCopy{}, this->options.plan)),
          devices(std::make_shared<const DeviceIndex>()),
          sync_({this->options.interval, this->options.staleAfter, unwanted()}),
          folder_(folder) {}

    static awaitable<void> run(std::shared_ptr<Impl> self) {
        self->openStore();
        co_await self->tryToLoad();
        while (!self->isStopped) {
            self->wait_.reset();
            self->sync_.beginPass(self->nowMs());
            co_await self->tryToRead();
            if (self->isStopped) break;
            co_await self->sleep->run(self->sync_.pause(self->wait_));
        }
    }

    void complain(const std::string& what) const {
        if (onProblem) onProblem(what);
    }

    /// Of what `index` was made of, and not of what has been read since.
    std::optional<std::int64_t> readAtMs() const {
        return indexAtMs_ == 0 ? std::nullopt : std::optional{indexAtMs_};
    }

    bool isStale() const { return indexAtMs_ == 0 || nowMs() - indexAtMs_ > options.staleAfter.count(); }

    /// Those of the configuration before what the PBX tells.
    std::map<Extension, std::string> emails() const {
        std::map<Extension, std::string> all = options.emails;
        all.insert(pbxEmails.begin(), pbxEmails.end());
        return all;
    }

    Options options;
    std::map<Extension, std::string> pbxEmails;
    Ports ports;
    std::function<void(const std::string&)> onProblem;
    std::function<void(std::shared_ptr<const DirectoryIndex>)> onCopy;
    std::function<void()> onChange;
    std::shared_ptr<ticketing::Scheduler::Sleep> sleep;
    std::shared_ptr<const DirectoryIndex> index;
    std::shared_ptr<const DeviceIndex> devices;
    bool isStarted = false;
    bool isStopped = false;

private:
    std::set<List> unwanted() const {
        if (options.numberField.empty()) return {List::OrganizationNumbers};
        return {};
    }

    std::int64_t nowMs() const { return toEpochMs(ports.clock.now()); }

    void openStore() {
        store_ = std::make_shared<DirectoryStore>(
            folder_, options.plan,
            [network = ports.network, weak = weak_from_this()](const std::string& remark) {
                net::asio::post(network, [weak, remark] {
                    if (const auto self = weak.lock()) self->complain(remark);
                });
            });
    }

    /// What nobody foresaw is a failure like the others: tried again later.
    awaitable<void> tryToLoad() {
        try {
            co_await load();
        } catch (const std::exception& failure) {
            complain(std::string{"the stored directory is not used: "} + failure.what());
        }
    }

    awaitable<void> tryToRead() {
        try {
            co_await readPass();
        } catch (const std::exception& failure) {
            complain(std::string{"reading NinjaOne failed: "} + failure.what());
            sync_.breakOff();
        }
    }

    awaitable<void> load() {
        auto work = [store = store_] { return store->load(); };
        auto held = co_await ticketing::runOn(ports.disk, std::move(work));
        if (!held) {
            noteStored(held.error());
            co_return;
        }
        lists_ = std::move(held->lists);
        if (options.numberField.empty()) lists_.organizationNumbers = Lists{}.organizationNumbers;
        for (const auto& [list, stamp] : held->stamps) sync_.restore(list, stamp, sizeOf(list));
        arePeopleNew_ = !held->stamps.empty();
        co_await publish();
    }

    std::size_t sizeOf(List list) const {
        switch (list) {
            case List::Organizations:
                return lists_.organizations->size();
            case List::EndUsers:
                return lists_.endUsers->size();
            case List::Contacts:
                return lists_.contacts->size();
            case List::OrganizationNumbers:
                return lists_.organizationNumbers->size();
            case List::Technicians:
                return lists_.technicians->size();
            case List::Locations:
                return lists_.locations->size();
            case List::Devices:
                return lists_.devices->size();
            case List::DeviceHealth:
                return lists_.health->size();
            case List::Alerts:
                return lists_.alerts->size();
            case List::LoggedOnUsers:
                return lists_.loggedOn->size();
        }
        return 0;
    }

    awaitable<void> readPass() {
        while (const auto list = sync_.next()) {
            // Callers are recognised by what there is of people, however long the others take.
            if (*list > List::Contacts) co_await publish();
            co_await read(*list);
            if (isStopped) co_return;
        }
        co_await publish();
    }

    awaitable<void> read(List list) {
        const std::int64_t atMs = nowMs();
        switch (list) {
            case List::Organizations: {
                auto answer = co_await ports.ninja.organizations();
                const auto convert = &recordsOf;
                co_await take(list, atMs, answer, lists_.organizations, convert);
                break;
            }
            case List::EndUsers: {
                auto answer = co_await ports.ninja.endUsers();
                const ReadPeople convert = peopleReader();
                co_await take(list, atMs, answer, lists_.endUsers, convert);
                break;
            }
            case List::Contacts: {
                auto answer = co_await ports.ninja.contacts();
                const ReadPeople convert = peopleReader();
                co_await take(list, atMs, answer, lists_.contacts, convert);
                break;
            }
            case List::OrganizationNumbers: {
                auto answer = co_await ports.ninja.organizationNumbers(options.numberField);
                const auto convert = &organizationNumbersOf;
                co_await take(list, atMs, answer, lists_.organizationNumbers, convert);
                break;
            }
            case List::Technicians: {
                auto answer = co_await ports.ninja.technicians();
                const auto convert = &techniciansOf;
                co_await take(list, atMs, answer, lists_.technicians, convert);
                break;
            }
            case List::Locations: {
                auto answer = co_await ports.ninja.locations();
                const auto convert = &locationRecordsOf;
                co_await take(list, atMs, answer, lists_.locations, convert);
                break;
            }
            case List::Devices: {
                auto answer = co_await ports.ninja.devices();
                const auto convert = &deviceRecordsOf;
                co_await take(list, atMs, answer, lists_.devices, convert);
                break;
            }
            case List::DeviceHealth: {
                auto answer = co_await ports.ninja.deviceHealth();
                const auto convert = &healthOf;
                co_await take(list, atMs, answer, lists_.health, convert);
                break;
            }
            case List::Alerts: {
                auto answer = co_await ports.ninja.alerts();
                const auto convert = &alertsOf;
                co_await take(list, atMs, answer, lists_.alerts, convert);
                break;
            }
            case List::LoggedOnUsers: {
                auto answer = co_await ports.ninja.loggedOnUsers();
                const auto convert = &loggedOnOf;
                co_await take(list, atMs, answer, lists_.loggedOn, convert);
                break;
            }
        }
    }

    using ReadPeople = std::function<std::vector<PersonRecord>(const std::vector<ticketing::Person>&)>;
    ReadPeople peopleReader() const {
        return [plan = options.plan](const auto& rows) { return peopleOf(rows, plan); };
    }

    /// What came of one list into memory and onto the disk; or a word on why not.
    template <class Row, class Record, class Convert>
    awaitable<void> take(List list, std::int64_t atMs, Answer<std::vector<Row>>& answer,
                         Lists::Rows<Record>& into, Convert convert) {
        if (isStopped) co_return;
        using Verdict = DirectorySync::Verdict;
        const Stamp before = sync_.stampOf(list);
        const Verdict verdict =
            answer ? sync_.onRows(list, answer->size(), atMs) : sync_.onFailure(list, answer.error(), atMs);
        if (verdict == Verdict::Doubtful) {
            complain(std::string{"NinjaOne gave no "} + nameOf(list).spoken +
                     " at all: the old ones stay until it does so twice");
        } else if (verdict == Verdict::Leave || verdict == Verdict::LeaveForNow) {
            wait_ = answer.error().retryAfter;
            complain(std::string{"reading "} + nameOf(list).spoken +
                     " from NinjaOne failed: " + answer.error().detail);
        } else {
            std::vector<Row> rows;
            if (answer) rows = std::move(*answer);
            auto work = [store = store_, list, stamp = sync_.stampOf(list), held = into, convert,
                         rows = std::move(rows)]() mutable {
                auto fresh = std::make_shared<const std::vector<Record>>(convert(rows));
                std::vector<Row>{}.swap(rows);
                const bool isSame = *held == *fresh;
                return Taken<Record>{isSame ? held : fresh, !isSame, store->replace(list, *fresh, stamp)};
            };
            Taken<Record> taken;
            try {
                taken = co_await ticketing::runOn(ports.disk, std::move(work));
            } catch (...) {
                sync_.putBack(list, before, into->size());
                throw;
            }
            freeElsewhere(std::exchange(into, std::move(taken.rows)));
            (list <= List::Technicians ? arePeopleNew_ : areDevicesNew_) |= taken.isNew;
            noteStored(taken.stored ? std::optional<Error>{} : taken.stored.error());
        }
    }
    template <class Record>
    struct Taken {
        Lists::Rows<Record> rows;
        bool isNew = false;
        Result<std::size_t> stored = std::size_t{0};
    };

    /// The answers in memory go on when the disk does not take them; once a line says so.
    void noteStored(const std::optional<Error>& problem) {
        const std::string text = problem ? problem->detail : std::string{};
        if (std::exchange(storeProblem_, text) != text && problem)
            complain("the directory on disk stays as it is: " + text);
    }

    /// To free tens of thousands of rows takes longer than the network thread has.
    void freeElsewhere(std::shared_ptr<const void> old) const {
        net::asio::post(ports.disk, [old = std::move(old)] {});
    }

    /// What is new comes into use, and its age with it; where building it fails, both stay as they are.
    awaitable<void> publish() {
        const std::int64_t readAtMs = sync_.peopleReadAtMs();
        if (!arePeopleNew_) {
            indexAtMs_ = readAtMs;
        } else {
            auto work = [lists = lists_, readAtMs, plan = options.plan,
                         numbers = options.organizationNumbers] {
                return std::make_shared<const DirectoryIndex>(copyOf(lists, readAtMs), plan, numbers);
            };
            std::shared_ptr<const DirectoryIndex> fresh =
                co_await ticketing::runOn(ports.disk, std::move(work));
            freeElsewhere(std::exchange(index, std::move(fresh)));
            indexAtMs_ = readAtMs;
            arePeopleNew_ = false;
            areDevicesNew_ = true;  // what is assigned to whom
            if (isStopped) co_return;
            tellAmbiguousTechnicians();
            tellUnusedNumbers();
            tellDoubtfulNumbers();
            if (onCopy) onCopy(index);
        }
        if (areDevicesNew_) {
            auto work = [lists = lists_] { return std::make_shared<const DeviceIndex>(lists); };
            std::shared_ptr<const DeviceIndex> fresh = co_await ticketing::runOn(ports.disk, std::move(work));
            freeElsewhere(std::exchange(devices, std::move(fresh)));
            areDevicesNew_ = false;
            if (onChange && !isStopped) onChange();
        }
    }

    void tellUnusedNumbers() {
        if (lists_.organizations->empty() || std::exchange(areNumbersTold_, true)) return;
        for (const std::string& number : index->unusedNumbers())
            complain("ninja.numbers: " + number +
                     " is no whole telephone number, or NinjaOne has no such organisation");
    }

    void tellDoubtfulNumbers() {
        std::set<std::int64_t> doubtful;
        for (const OrganizationNumberRecord& number : index->doubtfulNumbers()) {
            doubtful.insert(number.organizationId);
            if (!doubtfulNumbers_.contains(number.organizationId))
                complain("the number of organisation " + std::to_string(number.organizationId) + " in " +
                         options.numberField + " is no whole telephone number, or is another's as well");
        }
        doubtfulNumbers_ = std::move(doubtful);
    }

    void tellAmbiguousTechnicians() {
        std::set<Extension> ambiguous;
        for (const auto& [extension, email] : emails())
            if (!options.technicianIds.contains(extension) && index->techniciansByEmail(email).size() > 1)
                ambiguous.insert(extension);
        for (const Extension& extension : ambiguous)
            if (!ambiguousTechnicians_.contains(extension))
                complain("several active technicians in NinjaOne have the e-mail address of extension " +
                         extension.value() + ": its tickets are assigned to nobody; set technicians." +
                         extension.value() + ".ninjaUserId");
        ambiguousTechnicians_ = std::move(ambiguous);
    }

    DirectorySync sync_;
    std::filesystem::path folder_;
    std::shared_ptr<DirectoryStore> store_;
    Lists lists_;
    std::int64_t indexAtMs_ = 0;  // since when its people may have changed unseen; 0: not all were ever read
    bool arePeopleNew_ = false;   // and not in use yet
    bool areDevicesNew_ = false;
    std::optional<milliseconds> wait_;
    std::string storeProblem_;
    bool areNumbersTold_ = false;
    std::set<std::int64_t> doubtfulNumbers_;  // organisations whose numbers were complained of
    std::set<Extension> ambiguousTechnicians_;
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

void NinjaDirectory::onChange(std::function<void()> handler) {
    impl_->onChange = std::move(handler);
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
    auto match = impl_->index->match(number, impl_->isStale());
    match.directoryAtMs = impl_->readAtMs();
    return match;
}

std::optional<protocol::Contact> NinjaDirectory::contact(const std::string& uid) const {
    return impl_->index->contact(uid);
}

std::vector<protocol::Device> NinjaDirectory::devicesOf(std::int64_t organizationId,
                                                        const std::optional<std::string>& uid) const {
    return impl_->devices->devicesOf(organizationId, uid ? contact(*uid) : std::nullopt, kScreenful);
}

std::vector<protocol::Location> NinjaDirectory::locationsOf(std::int64_t organizationId) const {
    return impl_->devices->locationsOf(organizationId);
}

std::optional<protocol::Device> NinjaDirectory::device(std::int64_t id) const {
    return impl_->devices->device(id);
}

bool NinjaDirectory::knowsDevices() const {
    return !impl_->devices->isEmpty();
}

std::optional<std::int64_t> NinjaDirectory::readAtMs() const {
    return impl_->readAtMs();
}

std::vector<protocol::Contact> NinjaDirectory::find(std::string_view text, std::size_t limit) const {
    return impl_->index->find(text, limit);
}

void NinjaDirectory::knowEmails(std::map<Extension, std::string> emails) {
    impl_->pbxEmails = std::move(emails);
}

std::optional<std::int64_t> NinjaDirectory::technicianFor(const Extension& extension) const {
    if (const auto known = impl_->options.technicianIds.find(extension);
        known != impl_->options.technicianIds.end())
        return impl_->index->mayBeAssigned(known->second) ? std::optional{known->second} : std::nullopt;
    const auto emails = impl_->emails();
    const auto email = emails.find(extension);
    if (email == emails.end()) return std::nullopt;
    const auto ids = impl_->index->techniciansByEmail(email->second);
    if (ids.size() != 1) return std::nullopt;
    return ids.front();
}

}  // namespace ninja3cx::directory
