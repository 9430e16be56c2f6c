#include "server/analysis/entities/entities.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/name_grounds.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/entities/phones.hpp"
#include "server/analysis/entities/spelled_mail.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;
using EntityList = std::vector<FoundEntity>;

void add(EntityList& list, std::string value, const Line& line, std::size_t first, std::size_t last,
         Confidence confidence) {
    if (value.empty()) return;
    addEntity(list, {std::move(value), {{line.turn}, spoken(line, first, last), confidence}});
}

Confidence sureIf(bool isPlain) {
    return isPlain ? Confidence::Sure : Confidence::Likely;
}

std::string upperCase(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// "INC zero zero four five one nine": where the letters before the number are part of it, they stand before `first`.
std::string ticketPrefix(const Line& line, std::size_t first, std::size_t& begin) {
    constexpr std::string_view kPrefixes[] = {"inc", "req", "ritm", "chg", "prb", "sctask"};
    begin = first;
    if (first == 0) return {};
    for (const std::string_view prefix : kPrefixes) {
        if (line.words[first - 1].text == prefix) {
            begin = first - 1;
            return upperCase(std::string{prefix});
        }
        // "i n c"
        std::size_t same = 0;
        while (same < prefix.size() && first >= prefix.size() &&
               line.words[first - prefix.size() + same].text == prefix.substr(same, 1))
            ++same;
        if (same == prefix.size()) {
            begin = first - prefix.size();
            return upperCase(std::string{prefix});
        }
    }
    return {};
}

void findTickets(const Line& line, EntityList& tickets) {
    static const CueList kCues{{"ticket*"},         {"numero de dossier"}, {"reference"},
                               {"incident numero"}, {"numero d incident"}, {"case number"},
                               {"job number"}};
    const auto runs = digitRuns(line.words);
    for (const CueList::Hit& hit : kCues.all(line))
        for (const DigitRun& run : runs) {
            const std::string digits = run.digits();
            if (run.first < hit.match.last || run.first > hit.match.last + 6) continue;
            constexpr std::size_t kRightBehind = 2;  // "ticket numéro 48213"
            std::size_t begin = run.first;
            const std::string prefix = ticketPrefix(line, run.first, begin);
            if (digits.size() >= 4 && digits.size() <= 8)
                add(tickets, prefix + digits, line, hit.match.first, run.last,
                    sureIf(begin <= hit.match.last + kRightBehind));
            break;
        }
    // Its letters tell it by themselves.
    for (const DigitRun& run : runs) {
        std::size_t begin = run.first;
        const std::string prefix = ticketPrefix(line, run.first, begin);
        const std::string digits = run.digits();
        if (!prefix.empty() && digits.size() >= 4 && digits.size() <= 8)
            add(tickets, prefix + digits, line, begin, run.last, Confidence::Sure);
    }
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "the copier says SC542": a code of capitals and digits on a display.
void findShownCodes(const Line& line, EntityList& errors) {
    static constexpr std::string_view kShown[] = {"says",  "say",   "said",   "affiche",
                                                  "shows", "reads", "marque", "indique"};
    for (std::size_t at = 1; at < line.words.size(); ++at) {
        const std::string& word = line.words[at].text;
        const char first = line.text[static_cast<std::size_t>(line.words[at].begin)];
        if (word.size() < 4 || word.size() > 9 || first < 'A' || first > 'Z' ||
            !hasDigit(word.substr(word.size() - 2)))
            continue;
        const std::size_t letters = word.find_first_of("0123456789");
        if (letters > 3 || word.find_first_not_of("0123456789", letters) != std::string::npos) continue;
        const char second = line.text[static_cast<std::size_t>(line.words[at].begin) + 1];
        if (second >= 'a' && second <= 'z') continue;
        if (std::find(std::begin(kShown), std::end(kShown), line.words[at - 1].text) != std::end(kShown))
            add(errors, upperCase(word), line, at, at + 1, Confidence::Sure);
    }
}

constexpr std::size_t kHexDigits = 8;

/// 0 to F as it is said: "huit", "c", "charlie"; empty: no such digit.
std::string hexPieceAt(const Line& line, std::size_t at, std::size_t& next) {
    if (at >= line.words.size()) return {};
    if (const auto number = numberAt(line.words, at)) {
        next = number->last;
        return number->digits;
    }
    const std::string& word = line.words[at].text;
    if (word == "double") {
        const std::string piece = hexPieceAt(line, at + 1, next);
        return piece.size() == 1 ? piece + piece : std::string{};
    }
    const char letter = word.size() == 1 ? word[0] : spelledLetter(word);
    const bool isZero = word == "o" || word == "oh";
    if (!isZero && (letter < 'a' || letter > 'f')) return {};
    next = at + 1;
    return isZero ? "0" : upperCase(std::string{letter});
}

/// "zéro x huit zéro …", "0 x c 0 0 …": takes the code whose "x" stands before `at`, unless it is too short for one.
void addSpelledHex(const Line& line, std::size_t from, std::size_t at, EntityList& errors) {
    std::string code;
    std::size_t next = at;
    for (std::string piece = hexPieceAt(line, at, next); !piece.empty() && code.size() < kHexDigits;
         piece = hexPieceAt(line, at, next)) {
        // The letter may begin the next word: "… zéro cinq c'est quoi".
        std::size_t ignored = 0;
        const bool isLetter = piece[0] >= 'A';
        if (isLetter && code.size() + 1 < kHexDigits && next < line.words.size() &&
            hexPieceAt(line, next, ignored).empty())
            break;
        code += piece;
        at = next;
    }
    if (code.size() >= 3) add(errors, "0x" + code, line, from, at, sureIf(code.size() == kHexDigits));
}

/// "j e e one o two": letters and digits one by one; empty where they are no code.
std::string spelledCode(const Line& line, std::size_t at, std::size_t& last) {
    std::string code;
    std::size_t letters = 0;
    std::size_t digits = 0;
    for (last = at; last < line.words.size() && code.size() < 10;) {
        const std::string& word = line.words[last].text;
        const bool isZero = digits > 0 && (word == "o" || word == "oh");
        if (const auto number = numberAt(line.words, last); number && !isZero) {
            code += number->digits;
            digits += number->digits.size();
            last = number->last;
        } else if (isZero) {
            code += '0';
            ++digits;
            ++last;
        } else if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z') {
            code += word;
            ++letters;
            ++last;
        } else {
            break;
        }
    }
    // "erreur à 20 pour cent", "erreur y a deux …"
    const bool isWords = letters == 1 && (code[0] == 'a' || code[0] == 'y');
    const bool isCode = letters >= 1 && letters <= 4 && digits >= 2 && !isWords && code[0] >= 'a';
    return isCode ? upperCase(code) : std::string{};
}

/// "cinquante point quatre", "50.4": one past the part behind the point, and that part with it.
std::string decimalAfter(const Line& line, std::size_t& last) {
    if (last >= line.words.size() || last == 0) return {};
    const bool isSaid = isOneOf(line.words[last].text, {"point", "dot"});
    const auto end = static_cast<std::size_t>(line.words[last - 1].end);
    const bool isWritten =
        line.text.substr(end, static_cast<std::size_t>(line.words[last].begin) - end) == ".";
    if (!isSaid && !isWritten) return {};
    const auto number = numberAt(line.words, isSaid ? last + 1 : last);
    if (!number || number->digits.size() > 3) return {};
    last = number->last;
    return "." + number->digits;
}

/// "code erreur", "error": the longest where several begin, in the order of the line.
std::vector<Phrase::Match> errorCuesOf(const Line& line) {
    static const CueList kCues{{"code erreur"}, {"code d erreur"}, {"codes erreur"}, {"erreur numero"},
                               {"erreur"},      {"erreurs"},       {"error code"},   {"error codes"},
                               {"error"},       {"errors"},        {"code d arret"}, {"stop code"}};
    std::vector<Phrase::Match> cues;
    for (const CueList::Hit& hit : kCues.all(line)) cues.push_back(hit.match);
    std::ranges::sort(cues, [](const Phrase::Match& one, const Phrase::Match& other) {
        return one.first != other.first ? one.first < other.first : one.last > other.last;
    });
    return cues;
}

struct ShownCode {
    std::string code;  // empty: a number that is none
    Confidence confidence = Confidence::Sure;
    std::size_t last = 0;  // one past its words
};

/// A number, "50.4" or "SC542" at `at`.
std::optional<ShownCode> shownCodeAt(const Line& line, std::size_t at, bool isNamedACode) {
    if (const auto number = numberAt(line.words, at)) {
        std::string digits;
        std::string decimal;
        std::size_t last = at;
        for (auto group = number; group && decimal.empty(); group = numberAt(line.words, last)) {
            digits += group->digits;
            last = group->last;
            // "one six oh three"
            const bool isZero = last < line.words.size() && isOneOf(line.words[last].text, {"oh", "o"}) &&
                                numberAt(line.words, last + 1);
            if (isZero) {
                digits += '0';
                ++last;
            }
            if (digits.size() >= 2) decimal = decimalAfter(line, last);
        }
        if (!decimal.empty()) return ShownCode{digits + decimal, Confidence::Sure, last};
        const bool isCode = digits.size() >= 2 && !digits.starts_with("0x") && line.words[at].text != "un";
        return ShownCode{isCode ? digits : std::string{}, sureIf(isNamedACode), last};
    }
    const std::string& word = line.words[at].text;
    if (!hasDigit(word) || word.starts_with("0x")) return std::nullopt;
    return ShownCode{upperCase(word), Confidence::Sure, at + 1};
}

/// "errors 1603 and 3704", not "1603 and 200 users": takes what is counted up behind a code. One past it.
std::size_t addMoreErrors(const Line& line, std::size_t at, EntityList& errors) {
    constexpr std::size_t kLeastDigits = 3;
    while (at + 1 < line.words.size() && !line.isCutAfter(at, kSentenceMarks) &&
           isOneOf(line.words[at].text, {"and", "et", "then", "puis", "or", "ou"})) {
        const auto more = shownCodeAt(line, at + 1, true);
        const bool isOfUnit = more && more->last < line.words.size() && isUnit(line.words[more->last].text);
        if (!more || more->code.size() < kLeastDigits || isOfUnit) break;
        add(errors, more->code, line, at + 1, more->last, Confidence::Likely);
        at = more->last;
    }
    return at;
}

/// Takes the codes that are said behind `cue`. One past them, or past the cue.
std::size_t addErrorBehind(const Line& line, const Phrase::Match& cue, EntityList& errors) {
    const bool isNamedACode = cue.last - cue.first > 1;  // "erreur 5" may be the fifth
    std::size_t spelledLast = 0;
    if (std::string code = spelledCode(line, cue.last, spelledLast); !code.empty()) {
        add(errors, std::move(code), line, cue.first, spelledLast, Confidence::Sure);
        return spelledLast;
    }
    for (std::size_t at = cue.last; at < std::min(cue.last + 3, line.words.size()); ++at) {
        const auto shown = shownCodeAt(line, at, isNamedACode);
        if (!shown) continue;
        add(errors, shown->code, line, cue.first, shown->last, shown->confidence);
        return shown->code.empty() ? shown->last : addMoreErrors(line, shown->last, errors);
    }
    return cue.last;
}

void findErrors(const Line& line, EntityList& errors) {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        const std::string& word = line.words[i].text;
        if (word.size() >= 5 && word.starts_with("0x"))
            add(errors, "0x" + upperCase(word.substr(2)), line, i, i + 1, Confidence::Sure);
        if (word == "0x") addSpelledHex(line, i, i + 1, errors);
        const bool isZero = word == "zero" || word == "0" || word == "o" || word == "oh";
        if (isZero && i + 1 < line.words.size() &&
            (line.words[i + 1].text == "x" || line.words[i + 1].text == "ix"))
            addSpelledHex(line, i, i + 2, errors);
    }
    findShownCodes(line, errors);
    std::size_t from = 0;
    for (const Phrase::Match& cue : errorCuesOf(line))
        if (cue.first >= from) from = addErrorBehind(line, cue, errors);
}

/// The products whose phrase may stand in the line, by their first words, in the order of the list.
std::vector<std::size_t> productsIn(const Line& line) {
    static const std::unordered_map<std::string_view, std::vector<std::size_t>> kByFirstWord = [] {
        std::unordered_map<std::string_view, std::vector<std::size_t>> all;
        for (std::size_t i = 0; i < products().size(); ++i) {
            const std::string_view phrase = products()[i].phrase;
            all[phrase.substr(0, phrase.find(' '))].push_back(i);
        }
        return all;
    }();
    std::set<std::size_t> found;
    for (const Word& word : line.words)
        if (const auto known = kByFirstWord.find(word.text); known != kByFirstWord.end())
            found.insert(known->second.begin(), known->second.end());
    return {found.begin(), found.end()};
}

/// " 5440", " ZD421": the model behind a make; or nothing.
std::string modelAfter(const Line& line, std::size_t at) {
    if (const auto number = numberAt(line.words, at))
        return number->digits.size() >= 3 ? " " + number->digits : "";
    if (at >= line.words.size()) return {};
    const std::string& word = line.words[at].text;
    const bool isModel = word.size() >= 3 && word.size() <= 8 && word[0] >= 'a' && hasDigit(word);
    return isModel ? " " + upperCase(word) : std::string{};
}

/// " 2019" behind "Windows Server"; or nothing.
std::string yearAfter(const Line& line, std::size_t at) {
    const auto number = numberAt(line.words, at);
    const bool isYear = number && number->digits.size() == 4 && number->digits.starts_with("20");
    return isYear ? " " + number->digits : std::string{};
}

/// "can I phone you": no "iPhone" that a recogniser parted.
bool isPhoning(const Line& line, const Phrase::Match& match) {
    if (line.words[match.first].text != "i") return false;
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    return isOneOf(word(match.last), {"you", "him", "her", "them", "back", "someone", "somebody"}) ||
           (match.first > 0 && isOneOf(word(match.first - 1), {"can", "could", "shall", "should", "may", "if",
                                                               "when", "did", "do"}));
}

void findProducts(const Line& line, Entities& entities) {
    std::vector<bool> isTaken(line.words.size(), false);
    for (const std::size_t index : productsIn(line)) {
        const CompiledProduct& compiled = compiledProducts()[index];
        const auto match = compiled.phrase.find(line.words);
        if (!match || isTaken[match->first] || isPhoning(line, *match)) continue;
        for (std::size_t i = match->first; i < match->last; ++i) isTaken[i] = true;
        std::string written{compiled.product->written};
        const std::size_t bare = written.size();
        if (compiled.product->isDevice) written += modelAfter(line, match->last);
        if (compiled.product->hasYear) written += yearAfter(line, match->last);
        std::size_t last = match->last;
        if (written.size() > bare) {
            const auto number = numberAt(line.words, last);
            last = number ? number->last : last + 1;
        }
        auto& list = entities[compiled.product->isDevice ? "device" : "software"];
        // "Dell" after "Dell Latitude 5440" is the same machine.
        std::erase_if(list, [&](const FoundEntity& known) {
            return known.value != written && written.starts_with(known.value + " ");
        });
        const auto known = std::ranges::find_if(
            list, [&](const FoundEntity& each) { return each.value.starts_with(written); });
        if (known != list.end()) written = known->value;
        // Not by its own name: "times" for Teams.
        const std::string own = folded(compiled.product->written);
        const std::string_view phrase = compiled.product->phrase;
        const bool isItsName = own.find(phrase) != std::string::npos || phrase.find(own) != phrase.npos;
        add(list, std::move(written), line, match->first, last, sureIf(isItsName));
    }
}

bool isJoint(std::string_view word) {
    return word == "tiret" || word == "dash" || word == "hyphen" || word == "underscore";
}

/// What the names of machines begin with.
bool opensAsset(std::string_view word) {
    static constexpr std::string_view kHeads[] = {"pc",      "srv",      "serveur", "server", "laptop",
                                                  "desktop", "portable", "imp",     "prt",    "nas",
                                                  "sw",      "switch",   "wks",     "vm"};
    return std::find(std::begin(kHeads), std::end(kHeads), word) != std::end(kHeads);
}

/// "pc compta zéro deux", "le serveur fic zéro un", "PC tiret COMPTA tiret 12": names that a help desk gives to
/// machines. Without a dash a number without a zero may count something.
void findAssets(const Line& line, EntityList& devices) {
    for (std::size_t at = 0; at + 2 < line.words.size(); ++at) {
        const std::string& head = line.words[at].text;
        if (!opensAsset(head)) continue;
        const auto isDashed = [&](std::size_t word) {
            const auto end = static_cast<std::size_t>(line.words[word].end);
            return word + 1 < line.words.size() &&
                   line.text.substr(end, static_cast<std::size_t>(line.words[word + 1].begin) - end) == "-";
        };
        std::size_t next = at + 1;
        const bool hasDash = isJoint(line.words[next].text) || isDashed(at);
        if (isJoint(line.words[next].text)) ++next;
        const bool isWritten = hasDash || head == "pc" || head == "srv";
        if (!isWritten && head != "serveur" && head != "server") continue;
        if (next + 1 >= line.words.size() || numberAt(line.words, next)) continue;
        const std::string& name = line.words[next].text;
        if (name.size() < 2 || name.size() > 10) continue;
        if (isJoint(line.words[++next].text)) ++next;
        const auto number = numberAt(line.words, next);
        if (!number || (!hasDash && number->digits[0] != '0')) continue;
        std::string digits = number->digits;
        std::size_t last = number->last;
        if (digits == "0")
            if (const auto unit = numberAt(line.words, number->last)) {
                digits += unit->digits;
                last = unit->last;
            }
        if (digits.size() > 3 || (digits.size() < 2 && !hasDash)) continue;
        add(devices, isWritten ? upperCase(head + "-" + name + "-" + digits) : upperCase(name + digits), line,
            at, last, sureIf(hasDash));
    }
}

/// The turn of an address; the words round its sign.
void addMail(const Line& line, std::string mail, EntityList& mails) {
    constexpr std::size_t kBefore = 14;  // a spelled name
    constexpr std::size_t kBehind = 10;
    const auto isSign = [&](std::size_t at) {
        return isOneOf(line.words[at].text, {"arobase", "arrobase", "at"}) ||
               (at > 0 && line.text.substr(static_cast<std::size_t>(line.words[at - 1].end), 1) == "@");
    };
    std::size_t sign = 0;
    while (sign + 1 < line.words.size() && !isSign(sign)) ++sign;
    std::size_t letters = 0;
    for (const Word& word : line.words) letters += word.text.size() == 1 ? 1U : 0U;
    const bool isWritten = line.text.find('@') != std::string_view::npos;
    constexpr std::size_t kSpelled = 4;
    add(mails, std::move(mail), line, sign - std::min(sign, kBefore),
        std::min(sign + kBehind, line.words.size()), sureIf(isWritten || letters >= kSpelled));
}

void addNames(const Conversation& conversation, std::string_view kind, const std::vector<std::string>& names,
              EntityList& list) {
    for (const std::string& name : names) list.push_back({name, groundsOfName(conversation, kind, name)});
}

}  // namespace

void addEntity(std::vector<FoundEntity>& list, FoundEntity entity) {
    const auto known = std::ranges::find(list, entity.value, &FoundEntity::value);
    if (known == list.end()) return list.push_back(std::move(entity));
    const std::size_t before = known->grounds.turns.size();
    const Confidence surer = std::min(known->grounds.confidence, entity.grounds.confidence);
    known->grounds.add(entity.grounds);
    known->grounds.confidence = known->grounds.turns.size() > before ? Confidence::Sure : surer;
}

std::string entityField(std::string_view kind, std::string_view value) {
    return "entities." + std::string{kind} + "." + std::string{value};
}

Entities findEntities(const Conversation& heard, const Names& names) {
    Conversation conversation = heard;
    for (Line& line : conversation.lines) line.words = mendedNumbers(line.words);
    Entities entities;
    for (const std::string_view kind : protocol::kEntityKinds) entities[std::string{kind}];
    addNames(heard, "person", names.people, entities["person"]);
    addNames(heard, "company", names.companies, entities["company"]);
    addNames(heard, "site", names.sites, entities["site"]);
    entities["phone"] = findPhones(conversation);
    for (const Line& line : conversation.lines) {
        findTickets(line, entities["ticket_number"]);
        findErrors(line, entities["error_code"]);
        findProducts(line, entities);
        findAssets(line, entities["device"]);
        const Line& said = heard.lines[static_cast<std::size_t>(&line - conversation.lines.data())];
        for (std::string& mail : findMails(said)) addMail(said, std::move(mail), entities["email"]);
    }
    return entities;
}

}  // namespace ninja3cx::analysis
