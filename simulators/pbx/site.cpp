#include "simulators/pbx/site.hpp"

#include "simulators/pbx/checks.hpp"

#include <algorithm>
#include <set>

namespace ninja3cx::simulators {
namespace {

std::optional<Error> unlessNumber(const std::string& place, const std::string& number,
                                  std::set<std::string>& taken) {
    if (number.empty() || number.size() > 32 || number.find_first_of("/?#%") != std::string::npos)
        return wrong(place + ": '" + number + "' is no number of a PBX");
    if (!taken.insert(number).second) return wrong(place + ": '" + number + "' is there twice");
    return std::nullopt;
}

}  // namespace

const ExtensionSetup* Site::findExtension(const std::string& number) const {
    const auto found =
        std::find_if(extensions.begin(), extensions.end(),
                     [&](const ExtensionSetup& extension) { return extension.number == number; });
    return found == extensions.end() ? nullptr : &*found;
}

const QueueSetup* Site::findQueue(const std::string& dn) const {
    const auto found =
        std::find_if(queues.begin(), queues.end(), [&](const QueueSetup& queue) { return queue.dn == dn; });
    return found == queues.end() ? nullptr : &*found;
}

std::vector<std::string> Site::membersOf(const QueueSetup& queue) const {
    if (!queue.members.empty()) return queue.members;
    std::vector<std::string> members;
    for (const std::string& dn : monitored)
        if (findExtension(dn)) members.push_back(dn);
    return members;
}

std::string Site::nameOf(const std::string& number) const {
    if (const QueueSetup* queue = findQueue(number)) return queue->name;
    const ExtensionSetup* extension = findExtension(number);
    return extension ? extension->firstName + " " + extension->lastName : "";
}

std::string Site::displayOf(const std::string& number) const {
    const std::string name = nameOf(number);
    return name.empty() ? number : number + " " + name;
}

std::optional<Error> unlessExtension(const std::string& place, const std::string& number, const Site& site) {
    if (site.findExtension(number)) return std::nullopt;
    return wrong(place + ": '" + number + "' is no extension of the site");
}

std::optional<Error> problemOf(const Site& site) {
    std::set<std::string> taken{site.clientId};
    for (std::size_t i = 0; i < site.extensions.size(); ++i) {
        const std::string place = "extensions[" + std::to_string(i) + "]";
        const ExtensionSetup& extension = site.extensions[i];
        if (auto e = unlessNumber(place + ".number", extension.number, taken)) return e;
        if (extension.devices.value_or(1) < 0 || extension.devices.value_or(1) > 9)
            return wrong(place + ".devices: must be 0 to 9");
    }
    for (std::size_t i = 0; i < site.queues.size(); ++i) {
        const std::string place = "queues[" + std::to_string(i) + "]";
        if (auto e = unlessNumber(place + ".dn", site.queues[i].dn, taken)) return e;
        const auto& members = site.queues[i].members;
        for (std::size_t m = 0; m < members.size(); ++m)
            if (auto e = unlessExtension(place + ".members[" + std::to_string(m) + "]", members[m], site))
                return e;
    }
    for (std::size_t i = 0; i < site.monitored.size(); ++i)
        if (!site.findExtension(site.monitored[i]) && !site.findQueue(site.monitored[i]))
            return wrong("monitored[" + std::to_string(i) + "]: '" + site.monitored[i] +
                         "' is no extension and no queue of the site");
    return std::nullopt;
}

Site builtInSite() {
    Site site;
    const auto add = [&](const char* number, const char* first, const char* last, const char* email) {
        site.extensions.push_back({number, first, last, email, std::nullopt, false});
        site.monitored.push_back(number);
    };
    add("201", "Julien", "Bernard", "julien.bernard@infogerance.example");
    add("202", "Sophie", "Lambert", "sophie.lambert@infogerance.example");
    add("203", "Karim", "Haddad", "karim.haddad@infogerance.example");
    add("204", "Camille", "Marchand", "camille.marchand@infogerance.example");
    add("205", "Laura", "Petit", "laura.petit@infogerance.example");
    add("206", "Nicolas", "Faure", "nicolas.faure@infogerance.example");
    site.queues.push_back({"800", "Support", {}});
    return site;
}

}  // namespace ninja3cx::simulators
