#include "simulators/ninja_one/generated.hpp"

#include <array>
#include <cstdio>
#include <random>
#include <string>

namespace ninja3cx::simulators {
namespace {

constexpr int kMostContacts = 20'000;
constexpr int kMostTechnicians = 1'000;
constexpr std::array kFirstNames{"Claire", "Paul", "Nathalie", "Marc", "Aïcha", "Jérôme", "Zoé",
                                 "Luc",    "Anne", "Karim",    "Inès", "Hugo",  "Élise",  "Noël"};
constexpr std::array kLastNames{"Fontaine", "Girard",  "Perrin", "Mercier", "Robin",  "Chevalier", "Roux",
                                "Benali",   "Lefèvre", "Dumas",  "Martin",  "Garcia", "Nguyen",    "Petit"};
constexpr std::array kTrades{"Cabinet", "Garage", "Clinique", "Transports",
                             "Agence",  "Hôtel",  "Atelier",  "Fiduciaire"};
/// French ranges that are given to nobody: six digits of the nine, the rest is free.
constexpr std::array kNationalRanges{"19900", "26191", "35301", "46571", "53649", "63998"};

class Generator {
public:
    explicit Generator(std::uint64_t seed) : random_(seed) {}

    Seed tenant(int organizations, int contactsEach, int technicians) {
        seed_.technicians = builtInSeed().technicians;
        for (int i = 0; i < technicians; ++i) technician(101 + i);
        for (int i = 0; i < 5; ++i) sharedByAll_.push_back(ownNumber());
        for (int i = 0; i < organizations; ++i) organization(contactsEach);
        return std::move(seed_);
    }

private:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
    template <std::size_t N>
    std::string any(const std::array<const char*, N>& words) {
        return words[below(N)];
    }

    std::string uid() {
        std::array<char, 40> text{};
        const std::uint64_t high = random_();
        std::snprintf(text.data(), text.size(), "%08llx-%04llx-4%03llx-8%03llx-%012llx",
                      static_cast<unsigned long long>(high >> 32U),
                      static_cast<unsigned long long>(high >> 16U & 0xFFFFU),
                      static_cast<unsigned long long>(high & 0xFFFU),
                      static_cast<unsigned long long>(high >> 4U & 0xFFFU),
                      static_cast<unsigned long long>(random_() & 0xFFFF'FFFF'FFFFULL));
        return text.data();
    }

    /// Nine national digits that nobody had before.
    std::string ownNumber() {
        const int number = numbers_++;
        std::array<char, 8> rest{};
        // Steps of a size without common factor with 10000 visit every number once.
        std::snprintf(rest.data(), rest.size(), "%04d",
                      number / static_cast<int>(kNationalRanges.size()) * 7'919 % 10'000);
        return std::string{kNationalRanges[static_cast<std::size_t>(number) % kNationalRanges.size()]} +
               rest.data();
    }

    /// "199001234" as somebody would type it.
    std::string written(const std::string& digits) {
        const auto pairs = [&](const char* between) {
            std::string text = digits.substr(0, 1);
            for (std::size_t i = 1; i < digits.size(); i += 2) text += between + digits.substr(i, 2);
            return text;
        };
        switch (below(6)) {
            case 0:
                return "+33" + digits;
            case 1:
                return "+33 " + pairs(" ");
            case 2:
                return "0" + pairs(" ");
            case 3:
                return "0" + pairs(".");
            case 4:
                return "0033" + digits;
            default:
                return "0" + digits;
        }
    }

    std::optional<std::string> phone(const std::string& switchboard) {
        const std::size_t roll = below(100);
        if (roll < 12) return written(switchboard);
        if (roll < 20) return written(sharedByAll_[below(sharedByAll_.size())]);
        if (roll < 26) return std::nullopt;
        if (roll < 30) return "";
        if (roll < 34) return "+44 20 7946 0" + std::to_string(100 + below(900));
        if (roll < 37) return "+1 202 555 01" + std::to_string(10 + below(90));
        if (roll < 40) return "+49 30 23125 " + std::to_string(100 + below(900));
        if (roll < 43 && !last_.empty()) return "+44" + last_;  // the digits of somebody in France
        if (roll < 46) return any<4>({"Masqué", "anonyme", "Numéro privé", "unknown"});
        if (roll < 50) return (below(2) == 0 ? "poste " : "") + std::to_string(200 + below(99));
        last_ = ownNumber();
        if (roll < 54) return written(last_) + " / " + written(ownNumber());
        return written(last_);
    }

    void technician(int id) {
        Technician technician;
        technician.id = id;
        technician.uid = uid();
        technician.firstName = any(kFirstNames);
        technician.lastName = any(kLastNames);
        technician.email = "technician" + std::to_string(id) + "@infogerance.example";
        seed_.technicians.push_back(std::move(technician));
    }

    void organization(int contactsEach) {
        const int id = 1'000 + static_cast<int>(seed_.organizations.size());
        const std::string number = std::to_string(id);
        seed_.organizations.push_back({id, any(kTrades) + " " + any(kLastNames) + " " + number, {}});
        const std::string switchboard = ownNumber();
        if (below(3) == 0) seed_.organizations.back().customFields["phone"] = written(switchboard);
        const int locations = 1 + static_cast<int>(below(3));
        for (int i = 0; i < locations; ++i)
            seed_.locations.push_back({id * 10 + i, id, i == 0 ? "Siège" : "Site " + std::to_string(i)});
        for (int i = 0; i < contactsEach; ++i) {
            Contact contact;
            contact.id = 10'000 + static_cast<int>(seed_.contacts.size());
            contact.organizationId = id;
            contact.uid = uid();
            contact.firstName = any(kFirstNames);
            contact.lastName = any(kLastNames);
            if (below(8) != 0)
                contact.email = "contact" + std::to_string(contact.id) + "@client" + number + ".example";
            contact.phone = phone(switchboard);
            seed_.contacts.push_back(std::move(contact));
        }
        device(id, std::nullopt);
        for (int i = 0; i < 2; ++i) endUser(id, switchboard);
    }

    void endUser(int organization, const std::string& switchboard) {
        EndUser user;
        user.id = 50'000 + static_cast<int>(seed_.endUsers.size());
        user.organizationId = organization;
        user.uid = uid();
        user.enabled = below(6) != 0;
        user.firstName = any(kFirstNames);
        user.lastName = any(kLastNames);
        user.email = "user" + std::to_string(user.id) + "@client" + std::to_string(organization) + ".example";
        user.phone = phone(switchboard).value_or("");
        user.assignedDeviceIds = {device(organization, user.uid)};
        seed_.endUsers.push_back(std::move(user));
    }

    int device(int organization, std::optional<std::string> owner) {
        Device device;
        device.id = 100'000 + static_cast<int>(seed_.devices.size());
        device.organizationId = organization;
        device.locationId = organization * 10;
        device.uid = uid();
        device.nodeClass = owner ? "WINDOWS_WORKSTATION" : "WINDOWS_SERVER";
        device.offline = below(10) == 0;
        device.systemName = (owner ? "PC-" : "SRV-") + std::to_string(device.id);
        if (owner)
            device.lastUser = "CLIENT" + std::to_string(organization) + "\\user" + std::to_string(device.id);
        device.assignedOwnerUid = std::move(owner);
        if (below(8) == 0)
            seed_.alerts.push_back({uid(), device.id, "Espace libre de C: inférieur à 5 %",
                                    "CONDITION_AGENT_DISK_FREE_SPACE", below(2) == 0 ? "MODERATE" : "MAJOR",
                                    "MEDIUM", static_cast<double>(below(48))});
        seed_.devices.push_back(std::move(device));
        return seed_.devices.back().id;
    }

    std::mt19937_64 random_;
    Seed seed_;
    int numbers_ = 0;
    std::vector<std::string> sharedByAll_;
    std::string last_;  // the latest number of somebody's own
};

}  // namespace

Result<Seed> generatedSeed(const GeneratedTenant& wanted) {
    const std::int64_t organizations = wanted.organizations.value_or(50);
    const std::int64_t contactsEach = wanted.contactsEach.value_or(6);
    const int technicians = wanted.technicians.value_or(0);
    if (technicians < 0 || technicians > kMostTechnicians)
        return Error{ErrorKind::BadMessage,
                     "tenant: technicians must be between 0 and " + std::to_string(kMostTechnicians)};
    if (organizations < 1 || contactsEach < 0 || organizations * (contactsEach + 3) > kMostContacts)
        return Error{ErrorKind::BadMessage, "tenant: at least 1 organization, and at most " +
                                                std::to_string(kMostContacts) + " people"};
    return Generator{wanted.seed.value_or(1)}.tenant(static_cast<int>(organizations),
                                                     static_cast<int>(contactsEach), technicians);
}

}  // namespace ninja3cx::simulators
