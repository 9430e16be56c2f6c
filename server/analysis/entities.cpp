#include "server/analysis/entities.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/names.hpp"
#include "server/analysis/product_list.hpp"
#include "server/analysis/spelled_mail.hpp"
#include "server/analysis/spoken_numbers.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace ninja3cx::analysis {
namespace {

void add(std::vector<std::string>& list, std::string value) {
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(std::move(value));
}

std::string upperCase(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// "0536490712" -> "05 36 49 07 12"
std::string writtenPhone(const std::string& digits) {
    if (digits.size() != 10) return digits;
    std::string written;
    for (std::size_t i = 0; i < digits.size(); i += 2) written += (i == 0 ? "" : " ") + digits.substr(i, 2);
    return written;
}

void findPhones(const Line& line, bool isEnglish, std::vector<std::string>& phones) {
    for (const DigitRun& run : digitRuns(line.words)) {
        std::string digits = run.digits();
        if (digits.starts_with("0033")) digits = "0" + digits.substr(4);
        if (digits.starts_with("33") && digits.size() == 11) digits = "0" + digits.substr(2);
        if (digits.starts_with("44") && digits.size() == 12) digits = "0" + digits.substr(2);
        if (digits.size() < 10 || digits[0] != '0') continue;
        if (isEnglish && (digits.size() == 10 || digits.size() == 11)) add(phones, digits);
        // "un instant" after the last pair adds a digit.
        if (!isEnglish && digits.size() <= 11) add(phones, writtenPhone(digits.substr(0, 10)));
    }
}

void findTickets(const Line& line, std::vector<std::string>& tickets) {
    static const CueList kCues{{"ticket*"},         {"numero de dossier"}, {"reference"},
                               {"incident numero"}, {"numero d incident"}, {"case number"},
                               {"job number"}};
    const auto runs = digitRuns(line.words);
    for (const CueList::Hit& hit : kCues.all(line))
        for (const DigitRun& run : runs) {
            const std::string digits = run.digits();
            if (run.first < hit.match.last || run.first > hit.match.last + 6) continue;
            if (digits.size() >= 4 && digits.size() <= 8) add(tickets, digits);
            break;
        }
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "the copier says SC542": a code of capitals and digits on a display.
void findShownCodes(const Line& line, std::vector<std::string>& errors) {
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
            add(errors, upperCase(word));
    }
}

void findErrors(const Line& line, std::vector<std::string>& errors) {
    static const CueList kCues{{"code erreur"}, {"code d erreur"}, {"erreur numero"}, {"erreur"},
                               {"error code"},  {"error"},         {"code d arret"},  {"stop code"}};
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        const std::string& word = line.words[i].text;
        if (word.size() >= 5 && word.starts_with("0x")) add(errors, "0x" + upperCase(word.substr(2)));
        const bool isSpokenHex = word == "zero" && i + 1 < line.words.size() &&
                                 (line.words[i + 1].text == "x" || line.words[i + 1].text == "ix");
        if (!isSpokenHex) continue;
        std::string code = "0x";
        for (std::size_t at = i + 2; at < line.words.size();) {
            if (const auto number = numberAt(line.words, at)) {
                code += number->digits;
                at = number->last;
            } else if (line.words[at].text.size() == 1) {
                code += upperCase(line.words[at].text);
                ++at;
            } else {
                break;
            }
        }
        if (code.size() >= 5) add(errors, code);
    }
    findShownCodes(line, errors);
    const auto hit = kCues.first(line);
    if (!hit) return;
    for (std::size_t at = hit->match.last; at < std::min(hit->match.last + 3, line.words.size()); ++at) {
        if (const auto number = numberAt(line.words, at)) {
            std::string digits;
            for (auto group = number; group; group = numberAt(line.words, group->last))
                digits += group->digits;
            if (digits.size() >= 2 && !digits.starts_with("0x") && line.words[at].text != "un")
                add(errors, digits);
            break;
        }
        const std::string& word = line.words[at].text;
        const bool isMixed = hasDigit(word);
        if (isMixed && !word.starts_with("0x")) {
            add(errors, upperCase(word));
            break;
        }
    }
}

struct CompiledProduct {
    const Product* product;
    Phrase phrase;
};
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
const std::vector<CompiledProduct>& compiledProducts() {
    static const std::vector<CompiledProduct> kCompiled = [] {
        std::vector<CompiledProduct> compiled;
        for (const Product& product : products()) compiled.push_back({&product, Phrase{product.phrase}});
        return compiled;
    }();
    return kCompiled;
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

void findProducts(const Line& line, Entities& entities) {
    std::vector<bool> isTaken(line.words.size(), false);
    for (const std::size_t index : productsIn(line)) {
        const CompiledProduct& compiled = compiledProducts()[index];
        const auto match = compiled.phrase.find(line.words);
        if (!match || isTaken[match->first]) continue;
        for (std::size_t i = match->first; i < match->last; ++i) isTaken[i] = true;
        std::string written{compiled.product->written};
        if (compiled.product->isDevice) written += modelAfter(line, match->last);
        auto& list = entities[compiled.product->isDevice ? "device" : "software"];
        // "Dell" after "Dell Latitude 5440" is the same machine.
        const bool isKnown = std::any_of(
            list.begin(), list.end(), [&](const std::string& known) { return known.starts_with(written); });
        std::erase_if(list, [&](const std::string& known) {
            return known != written && written.starts_with(known + " ");
        });
        if (!isKnown) list.push_back(std::move(written));
    }
}

/// "pc compta zéro deux", "le serveur fic zéro un", "PC-COMPTA-02": names that a help desk gives to machines.
void findAssets(const Line& line, std::vector<std::string>& devices) {
    for (std::size_t at = 0; at + 2 < line.words.size(); ++at) {
        const std::string& head = line.words[at].text;
        if (head != "pc" && head != "serveur" && head != "srv" && head != "server") continue;
        const std::string& name = line.words[at + 1].text;
        if (name.size() < 2 || name.size() > 10 || numberAt(line.words, at + 1)) continue;
        const auto zero = numberAt(line.words, at + 2);
        if (!zero || zero->digits[0] != '0') continue;
        std::string digits = zero->digits;
        if (digits == "0")
            if (const auto unit = numberAt(line.words, zero->last)) digits += unit->digits;
        if (digits.size() != 2 && digits.size() != 3) continue;
        add(devices, head == "pc" || head == "srv" ? upperCase(head + "-" + name + "-" + digits)
                                                   : upperCase(name + digits));
    }
}

}  // namespace

Entities findEntities(const Conversation& heard) {
    Conversation conversation = heard;
    for (Line& line : conversation.lines) line.words = mendedNumbers(line.words);
    Entities entities;
    for (const std::string_view kind : protocol::kEntityKinds) entities[std::string{kind}];
    Names names = findNames(heard);
    entities["person"] = std::move(names.people);
    entities["company"] = std::move(names.companies);
    entities["site"] = std::move(names.sites);
    for (const Line& line : conversation.lines) {
        findPhones(line, conversation.isEnglish, entities["phone"]);
        findTickets(line, entities["ticket_number"]);
        findErrors(line, entities["error_code"]);
        findProducts(line, entities);
        findAssets(line, entities["device"]);
        for (std::string& mail :
             findMails(heard.lines[static_cast<std::size_t>(&line - conversation.lines.data())]))
            add(entities["email"], std::move(mail));
    }
    return entities;
}

}  // namespace ninja3cx::analysis
