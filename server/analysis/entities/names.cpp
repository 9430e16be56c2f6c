#include "server/analysis/entities/names.hpp"

#include "server/analysis/conversation/contractions.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/caller_name.hpp"
#include "server/analysis/entities/company_names.hpp"
#include "server/analysis/entities/denied_name.hpp"
#include "server/analysis/entities/matter_start.hpp"
#include "server/analysis/entities/people_names.hpp"
#include "server/analysis/entities/site_names.hpp"
#include "server/analysis/lexicon/name_lists.hpp"

#include <utility>

namespace ninja3cx::analysis {
namespace {

void readCustomer(const Line& line, Names& names) {
    const NameReading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        if (names.companies.empty() && opensCompany(reading.word(at)) &&
            !isOneOf(reading.word(at), {"bureau", "service", "entreprise", "societe"})) {
            const std::size_t end = companyEnd(reading, at);
            if (end > at + 1 && !isInAddress(reading, at, end) && !isOneOfMany(reading, at) &&
                addCompany(reading, at, end, names)) {
                at = end - 1;
                continue;
            }
        }
        if (!isIntroducedAt(reading, at)) continue;
        const bool isTitled =
            at > 0 && isOneOf(reading.word(at - 1), {"monsieur", "madame", "docteur", "maitre"});
        std::size_t end = personEnd(reading, at, !isTitled);
        // "je suis madame le bihan"
        if (isTitled && end == at) end = particleEnd(reading, at);
        if (isTitled && end > at && isOneOf(reading.word(at), {"le", "o"})) {
            addName(names.people, personName(reading, at, end));
            if (names.customer.empty()) names.customer = names.people.back();
            at = end - 1;
            continue;
        }
        if (end == at && at > 0 && reading.isCased() && names.customer.empty())
            end = personEnd(reading, at, false);
        // "it's graeme tunnicliffe at …": where a name must stand, an unknown one does.
        if (end == at && at > 0 && !reading.isCased() && names.customer.empty() &&
            isOneOf(reading.word(at - 1), {"s", "its", "im", "m", "is", "appelle"})) {
            const std::size_t two = personEnd(reading, at, false);
            if (two == at + 2 && two < reading.size() &&
                isOneOf(reading.word(two), {"at", "from", "chez", "de", "du", "speaking", "calling"}))
                end = two;
        }
        // "c'est soazig le floch de …"
        if (end == at && at > 0 && isUnknown(reading, at) && names.customer.empty() &&
            isOneOf(reading.word(at - 1), {"est", "appelle", "ici", "s", "its", "m", "is"})) {
            const std::size_t two = particleEnd(reading, at + 1);
            if (two > at + 1 && two < reading.size() &&
                isOneOf(reading.word(two), {"at", "from", "chez", "de", "du", "a"}))
                end = two;
        }
        if (end == at && names.customer.empty() && isNamedByWorkplace(reading, at)) end = at + 2;
        // Without a known first name, one word alone is as likely a greeting.
        if (end == at || (end == at + 1 && !isFirstName(reading.word(at)))) {
            if (isTitled && end > at && names.customer.empty())
                addName(names.people, names.customer = reading.name(at, end));
            continue;
        }
        const bool isGreeted =
            end == at + 1 && at > 0 &&
            isOneOf(reading.word(at - 1), {"bonjour", "hi", "hello", "morning", "bonsoir"});
        const std::string name = personName(reading, at, end);
        addName(names.people, name);
        if (end > at + 1 && !isGreeted && names.customer.empty()) {
            names.customer = name;
            readCompanyAfter(reading, end, names);
        }
        // "its tracey at mossop and co", "oui nolwenn de cormoran conseil", "franck de mecaprec autocad plante"
        const bool isNamed = !reading.isCased() && end + 2 < reading.size() &&
                             isOneOf(reading.word(end), {"de", "chez"}) && isUnknown(reading, end + 1) &&
                             (isUnknown(reading, end + 2) || beginsMatter(reading, end + 2));
        const bool isEmployed = end == at + 1 && (!isGreeted || isNamed) && end + 1 < reading.size() &&
                                !reading.isCutAfter(at) &&
                                (isNamed || isOneOf(reading.word(end), {"at", "from"}));
        if (isEmployed) readCompanyAfter(reading, end, names);
        at = end - 1;
    }
}

}  // namespace

Names findNames(const Conversation& heard) {
    Conversation conversation = heard;
    if (heard.isEnglish)
        for (Line& line : conversation.lines) line.words = withApostrophes(line.words);
    Names names;
    int customerLines = 0;
    int agentLines = 0;
    for (const Line& line : conversation.lines) {
        if (line.speaker == protocol::Speaker::Customer && ++customerLines <= 3) {
            readAtPhone(line, names);
            readCustomer(line, names);
            readEmployer(line, names);
            readPersonBehind(line, names);
        }
        if (line.speaker == protocol::Speaker::Agent && ++agentLines <= 1) {
            readAgent(line, names);
            readSelf(line, names);
        }
    }
    std::vector<std::vector<Word>> places;
    for (const std::string& company : names.companies) places.push_back(wordsOf(company));
    for (const Line& line : conversation.lines) {
        readMentions(line, places, names);
        readSites(line, names);
    }
    if (names.companies.empty() && !conversation.lines.empty() &&
        conversation.lines[0].speaker == protocol::Speaker::Agent) {
        Names outbound;
        readCustomer(conversation.lines[0], outbound);
        for (std::string& company : outbound.companies)
            if (!isFirstName(folded(company))) addName(names.companies, std::move(company));
    }
    readNameInstead(conversation, names);
    names.customer = callerAmong(conversation, names.people, names.customer);
    return names;
}

}  // namespace ninja3cx::analysis
