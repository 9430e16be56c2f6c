#include "server/analysis/entities/people_names.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/name_lists.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

std::size_t particleEnd(const NameReading& reading, std::size_t at) {
    if (reading.isCased() || at + 1 >= reading.size()) return at;
    const bool isIrish = reading.word(at) == "o" && reading.isOwnerAfter(at);
    if (!isIrish && !isOneOf(reading.word(at), {"le", "van", "ben", "el", "mac", "mc"})) return at;
    if (reading.isCutAfter(at) || !isUnknown(reading, at + 1)) return at;
    // "c'est karine le badgeage déconne": a name ends where the speaker goes on about something else.
    const std::size_t end = at + 2;
    const bool isClosed =
        isIrish || end == reading.size() || reading.isCutAfter(end - 1) ||
        isOneOf(reading.word(end),
                {"de",   "du",    "des",     "d",   "chez",       "je",         "j",           "on",
                 "nous", "a",     "au",      "qui", "arrive",     "n",          "ne",          "peut",
                 "du",   "from",  "at",      "i",   "we",         "pour",       "responsable", "comptable",
                 "et",   "aussi", "bonjour", "mon", "ma",         "mes",        "notre",       "c",
                 "il",   "elle",  "voila",   "oui", "assistante", "secretaire", "directrice",  "directeur"});
    return isClosed ? end : at;
}

std::size_t personEnd(const NameReading& reading, std::size_t at, bool needsFirstName) {
    if (at >= reading.size() || !isNamePart(reading, at)) return at;
    if (needsFirstName && !isFirstName(reading.word(at))) return at;
    std::size_t end = at + 1;
    if (end < reading.size() && !reading.isCutAfter(at) && isDirection(reading.word(end)) &&
        reading.isCased() && reading.isCapital(end))
        return at;
    while (end < reading.size() && reading.isJoinedAfter(end - 1) && end < at + 3) ++end;
    // "bonjour clemence alexis vandamme": the second first name begins another person.
    const bool isGreeting = !reading.isCased() && at > 0 && isGreetingWord(reading.word(at - 1)) &&
                            end + 1 < reading.size() && isFirstName(reading.word(end)) &&
                            isNamePart(reading, end + 1);
    if (isGreeting) return end;
    if (end < reading.size() && !reading.isCutAfter(end - 1) && particleEnd(reading, end) > end) {
        end = particleEnd(reading, end);
    } else if (end < reading.size() && !reading.isCutAfter(end - 1) && isNamePart(reading, end)) {
        ++end;
        while (end < reading.size() && reading.isJoinedAfter(end - 1) && end < at + 5) ++end;
        if (reading.isCased() && end < reading.size() && !reading.isCutAfter(end - 1) &&
            isNamePart(reading, end))
            ++end;
    } else if (end + 1 < reading.size() && !reading.isCutAfter(end - 1) &&
               isOneOf(reading.word(end), {"de", "le", "du", "o"}) && isNamePart(reading, end + 1) &&
               reading.isCased() && reading.isCapital(end)) {
        end += 2;
    }
    return end;
}

std::string personName(const NameReading& reading, std::size_t first, std::size_t last) {
    std::string name = reading.name(first, last);
    if (reading.isCased()) return name;
    for (const std::string_view particle : {"le ", "la "}) {
        if (name.starts_with(particle)) name[0] = 'L';
        if (const std::size_t at = name.find(" " + std::string{particle});
            at != std::string::npos && (at < 3 || name.compare(at - 3, 3, " de") != 0))
            name[at + 1] = 'L';
    }
    return name;
}

namespace {

/// "je suis ravi": a feeling, which is a name too.
bool isFeeling(const NameReading& reading, std::size_t at) {
    return reading.word(at) == "ravi" && reading.word(at - 1) == "suis" && !reading.isCapital(at);
}

}  // namespace

bool isIntroducedAt(const NameReading& reading, std::size_t at) {
    if (at == 0) return true;
    if (isFeeling(reading, at)) return false;
    const std::string& before = reading.word(at - 1);
    if (isGreetingWord(before) ||
        isOneOf(before, {"ici",    "suis", "est",  "appelle", "monsieur", "madame", "mademoiselle",
                         "it",     "its",  "s",    "is",      "m",        "oui",    "docteur",
                         "maitre", "here", "this", "alors",   "c",        "name"}))
        return true;
    // "hi there paul rennie from …"
    if (before == "there" && at > 1 && isGreetingWord(reading.word(at - 2))) return true;
    // "bonjour clemence alexis vandamme"
    if (!reading.isCased() && at > 1 && isGreetingWord(reading.word(at - 2)) && isFirstName(before))
        return true;
    return reading.isCased() && reading.isCutAfter(at - 1);
}

void readPersonBehind(const Line& line, Names& names) {
    const NameReading reading{line};
    if (reading.isCased() || !names.customer.empty()) return;
    for (const std::string& company : names.companies) {
        const std::vector<Word> words = wordsOf(company);
        const auto found =
            std::search(line.words.begin(), line.words.end(), words.begin(), words.end(),
                        [](const Word& one, const Word& other) { return one.text == other.text; });
        const auto at = static_cast<std::size_t>(found - line.words.begin()) + words.size();
        if (found == line.words.end() || at >= reading.size()) continue;
        const std::size_t end = personEnd(reading, at, true);
        if (end < at + 2 || (isMatterWord(reading.word(end - 1)) && !isFirstName(reading.word(end - 1))))
            continue;
        addName(names.people, names.customer = personName(reading, at, end));
        return;
    }
}

namespace {

bool isAtPhone(const NameReading& reading, std::size_t at) {
    const auto is = [&](std::size_t ahead, std::string_view word) {
        return at + ahead < reading.size() && reading.word(at + ahead) == word;
    };
    return is(0, "speaking") || (is(0, "a") && is(1, "l") && is(2, "appareil"));
}

}  // namespace

void readAtPhone(const Line& line, Names& names) {
    const NameReading reading{line};
    if (reading.isCased() || !names.customer.empty()) return;
    for (std::size_t at = 1; at + 1 < reading.size(); ++at) {
        if (!isFirstName(reading.word(at)) || isFirstName(reading.word(at - 1)) ||
            !isAtPhone(reading, at + 1))
            continue;
        // "pharmacie lemoine julie à l'appareil" names a company first.
        const bool isSurname = isUnknown(reading, at - 1) && isIntroducedAt(reading, at - 1);
        addName(names.people, names.customer = reading.name(isSurname ? at - 1 : at, at + 1));
        return;
    }
}

void readSelf(const Line& line, Names& names) {
    const NameReading reading{line};
    const auto isOwnName = [&](std::size_t at) {
        return isNamePart(reading, at) && reading.word(at).size() > 2 &&
               !isOneOf(reading.word(at), {"toujours", "bien"});
    };
    for (std::size_t at = 0; at < reading.size(); ++at) {
        const auto word = [&](std::size_t ahead) {
            return at + ahead < reading.size() ? std::string_view{reading.word(at + ahead)}
                                               : std::string_view{};
        };
        const bool isPhone = word(1) == "a" && word(2) == "l" && word(3) == "appareil";
        const bool isSpeaking = word(1) == "speaking";
        if ((isPhone || isSpeaking) && isOwnName(at)) {
            // The name before may be two words: "c'est Odile Kerguelen à l'appareil".
            const bool isTwo = at > 0 && isOwnName(at - 1) && !reading.isCutAfter(at - 1) &&
                               isFirstName(reading.word(at - 1));
            addName(names.people, reading.name(isTwo ? at - 1 : at, at + 1));
        }
    }
}

void readAgent(const Line& line, Names& names) {
    const NameReading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        const std::size_t first = at;
        while (at + 1 < reading.size() && reading.isJoinedAfter(at) && at < first + 2) ++at;
        const std::size_t end = at + 1;
        const bool isFollowed =
            end < reading.size() &&
            isOneOf(reading.word(end), {"bonjour", "speaking", "here", "hear", "a", "j", "bonsoir"});
        const bool isKnown =
            isFirstName(reading.word(first)) || (end > first + 1 && isFirstName(reading.word(end - 1)));
        const bool isPlace =
            end < reading.size() && !reading.isCutAfter(at) && isDirection(reading.word(end));
        if (isKnown && !isPlace && !isOneOf(reading.word(first), {"saint", "sainte"}) &&
            (!reading.isCased() || reading.isCapital(first)) &&
            (isFollowed || isIntroducedAt(reading, first) || end == reading.size()))
            addName(names.people, reading.name(first, end));
    }
}

namespace {

/// One past the company's name that stands at `at`, `at` when none does.
std::size_t companyEndAt(const NameReading& reading, std::size_t at,
                         const std::vector<std::vector<Word>>& places) {
    for (const std::vector<Word>& place : places) {
        std::size_t end = at;
        while (end < reading.size() && end - at < place.size() && reading.word(end) == place[end - at].text)
            ++end;
        if (end - at == place.size()) return end;
    }
    return at;
}

/// "la clinique des Lilas", "rue Victor Hugo": a place has the name of a person.
bool isPlaceBefore(std::string_view word) {
    return isOneOf(word, {"des",    "les",     "aux",   "rue",   "avenue",  "boulevard", "place",
                          "quai",   "impasse", "zone",  "allee", "chemin",  "quartier",  "residence",
                          "hameau", "cours",   "lycee", "ecole", "college", "saint",     "sainte"});
}

/// "julie part vendredi", "derek is leaving on friday"; no name that is an everyday word too.
bool isMoverAt(const NameReading& reading, std::size_t at) {
    const auto word = [&](std::size_t index) {
        return index < reading.size() ? std::string_view{reading.word(index)} : std::string_view{};
    };
    if (reading.isCased() || !isFirstName(reading.word(at)) || isCommonWord(reading.word(at)) ||
        isMatterWord(reading.word(at)) || isInAddress(reading, at, at + 1) || reading.isJoinedAfter(at) ||
        isOneOf(word(at),
                {"may",    "june",  "will",  "mark",     "rose",    "noel",    "april", "grace", "claire",
                 "pierre", "juste", "aime",  "constant", "prosper", "max",     "ange",  "bill",  "rob",
                 "art",    "pat",   "sandy", "victor",   "paris",   "florent", "said",  "sergio"}))
        return false;
    if (at > 0 && (isPlaceBefore(word(at - 1)) || isFirstName(word(at - 1)) ||
                   isOneOf(word(at - 1), {"le", "la", "l", "un", "une", "the", "a", "an", "this", "that"})))
        return false;
    const std::string_view next = word(at + 1);
    if (isOneOf(next, {"is", "s"}))
        return isOneOf(word(at + 2), {"leaving", "starting", "joining", "retiring"});
    if (isOneOf(next, {"nous"})) return isOneOf(word(at + 2), {"quitte", "rejoint"});
    return isOneOf(next, {"part", "quitte", "commence", "arrive", "revient", "finit", "leaves", "starts",
                          "joins", "finishes", "retires"});
}

}  // namespace

void readMentions(const Line& line, const std::vector<std::vector<Word>>& places, Names& names) {
    const NameReading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        if (const std::size_t end = companyEndAt(reading, at, places); end > at) {
            at = end - 1;
            continue;
        }
        const bool isTitle =
            at + 1 < reading.size() && isOneOf(reading.word(at), {"monsieur", "madame", "docteur"});
        // "je vous envoie julien demain"
        const bool isColleague =
            !reading.isCased() && at > 0 && isFirstName(reading.word(at)) &&
            isOneOf(reading.word(at - 1), {"collegue", "technicien", "technicienne", "envoie", "passe",
                                           "colleague", "collaborateur", "collaboratrice", "engineer",
                                           "starter", "stagiaire", "alternant", "alternante", "recrue"});
        if (isColleague) {
            const std::size_t end = particleEnd(reading, at + 1);
            addName(names.people, personName(reading, at, end > at + 1 ? end : at + 1));
        }
        // "julie part vendredi": of whom one goes on to say what he or she does, by the first name alone.
        if (isMoverAt(reading, at)) addName(names.people, reading.name(at, at + 1));
        // "le départ de mathilde roussel", "emma clarke leaves on friday"
        if (!reading.isCased() && isFirstName(reading.word(at)) && personEnd(reading, at, true) == at + 2) {
            const auto after = [&](std::size_t index) {
                return index < reading.size() ? std::string_view{reading.word(index)} : std::string_view{};
            };
            const bool isDeparture = at > 1 && isOneOf(reading.word(at - 1), {"de", "d"}) &&
                                     isOneOf(reading.word(at - 2), {"depart", "fin"});
            const bool isLeaver =
                isOneOf(after(at + 2), {"part", "quitte", "leaves"}) ||
                (isOneOf(after(at + 2), {"s", "is"}) && after(at + 3) == "leaving") ||
                (isOneOf(after(at + 2), {"elle", "il", "she", "he"}) &&
                 (isOneOf(after(at + 3), {"part", "quitte", "leaves"}) || after(at + 4) == "leaving"));
            if (isDeparture || isLeaver) addName(names.people, personName(reading, at, at + 2));
        }
        if (isTitle && !reading.isCutAfter(at) && reading.isCased() && isNamePart(reading, at + 1))
            addName(names.people, reading.name(at + 1, personEnd(reading, at + 1, false)));
        // "d'accord monsieur gallois": in lower case one word, and of no list.
        if (isTitle && !reading.isCutAfter(at) && !reading.isCased()) {
            const std::size_t particle = particleEnd(reading, at + 1);
            if (particle > at + 1)
                addName(names.people, personName(reading, at + 1, particle));
            else if (isUnknown(reading, at + 1) && !isInAddress(reading, at + 1, at + 2))
                addName(names.people, reading.name(at + 1, at + 2));
        }
        if (!reading.isCased() || !reading.isCapital(at) || !isFirstName(reading.word(at))) continue;
        if (at > 0 && reading.isJoinedAfter(at - 1)) continue;  // "Saint-Brieuc"
        if (at > 1 && reading.word(at - 2).size() == 1 && isOneOf(reading.word(at - 1), {"comme", "for"}))
            continue;  // "P comme Paul"
        const std::size_t end = personEnd(reading, at, true);
        if (end > at && at > 0 && isPlaceBefore(reading.word(at - 1))) {
            at = end - 1;
            continue;
        }
        const bool isFeast =
            end == at + 1 && isOneOf(reading.word(at), {"noel", "may", "june", "will", "mark", "rose"});
        if ((end > at + 1 || at > 0) && !isFeast) addName(names.people, reading.name(at, end));
        if (end > at) at = end - 1;
    }
}

}  // namespace ninja3cx::analysis
