#include "server/analysis/personal_data/secret_candidate.hpp"

#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

/// "A comme André", "B as in bravo", "N for November": how many words follow the letter.
std::size_t exampleAfter(const Line& line, std::size_t letter) {
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    const char initial = line.words[letter].text[0];
    const std::string_view next = word(letter + 1);
    const std::size_t skipped = next == "comme" || next == "for" || next == "like" || next == "pour" ? 2
                                : next == "as" && word(letter + 2) == "in"                           ? 3
                                                                                                     : 0;
    if (skipped == 0 || word(letter + skipped).size() < 2) return 0;
    return word(letter + skipped)[0] == initial || next == "comme" || next == "as" ? skipped : 0;
}

/// "3f9a": letters in two places.
bool hasSecondLetterRun(std::string_view word) {
    std::size_t runs = 0;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (hasLetter(word.substr(i, 1)) && (i == 0 || !hasLetter(word.substr(i - 1, 1)))) ++runs;
    return runs >= 2;
}

bool isElision(std::string_view first, std::string_view second) {
    static constexpr std::string_view kPairs = " im id sa da la ca ya na ma ja ta ts sm is ";
    const std::string pair = " " + std::string{first} + std::string{second} + " ";
    return kPairs.find(pair) != std::string_view::npos;
}

/// Reads a candidate word by word.
class CandidateReader {
public:
    CandidateReader(const Line& line, std::size_t at) : line_{line}, at_{at} {
        candidate_.secret.first = at;
        end_ = std::min(line.words.size(), at + kMostWords);
    }

    std::optional<Candidate> read() {
        std::size_t i = at_;
        while (i < end_) {
            const std::size_t last = take(i);
            if (last == 0) break;
            i = last;
            if (isCut(line_, i - 1, ".?!;\n")) break;
            if (startsWithNumber_ && isCut(line_, i - 1, ":")) break;  // "à neuf : 4 8 2 6"
            if (i < end_ && isCut(line_, i - 1, ",:") && !goesOn(i)) break;
        }
        Secret& secret = candidate_.secret;
        secret.last = content_;
        if (secret.last <= at_ || secret.value.empty()) return std::nullopt;
        closeDescription();
        const std::size_t sign = secret.value.find('@');
        if (sign != std::string::npos && secret.value.find('.', sign) != std::string::npos)
            return std::nullopt;  // an address
        judge();
        return candidate_;
    }

private:
    static constexpr std::size_t kMostWords = 40;

    std::string_view word(std::size_t i) const {
        return i < line_.words.size() ? std::string_view{line_.words[i].text} : std::string_view{};
    }
    bool isOh(std::size_t i) const { return word(i) == "oh" || word(i) == "o"; }
    bool isLetter(std::size_t i) const { return word(i).size() == 1 && hasLetter(word(i)); }

    /// "l'", "c'", "'s": no letter of its own.
    bool isElided(std::size_t i) const {
        const auto has = [&](std::size_t at) {
            const std::string_view gap = gapAfter(line_, at);
            return gap.find('\'') != std::string_view::npos || gap.find("\u2019") != std::string_view::npos;
        };
        return (i + 1 < line_.words.size() && has(i)) || (i > 0 && has(i - 1));
    }

    /// "x sept t deux z quatre", "r t sept neuf q": letters and digits in turn.
    bool isInTurn(std::size_t i) const {
        const auto isPart = [&](std::size_t k) {
            return isLetter(k) && rawWord(line_, k).size() == 1 && !isElided(k);
        };
        // "il y a deux b": no start, unless told.
        if ((word(at_) == "a" || word(at_) == "y") && !isTold()) return false;
        static constexpr auto kClosing = std::to_array<std::string_view>(
            {"voila", "merci", "ok", "okay", "oui", "yes", "thanks", "thank", "please"});
        std::size_t runs = 0;
        std::size_t numbers = 0;
        std::size_t last = at_;  // one past what is in turn
        bool wasLetter = false;
        for (std::size_t k = at_; k < end_;) {
            const auto number = numberAt(line_.words, k);
            if (number && number->digits.size() <= 2) {
                if (k == at_ || wasLetter) ++runs;
                ++numbers;
                wasLetter = false;
                k = last = number->last;
            } else if (isPart(k)) {
                std::size_t to = k + 1;
                while (to < end_ && isPart(to) && !isCut(line_, to - 1, ".?!;")) ++to;
                // "b trois r huit s il vous plaît"
                const bool isClosed = numberAt(line_.words, to).has_value() || signOf(word(to)) ||
                                      isIn(kClosing, word(to)) || isCut(line_, to - 1, ",.;?!");
                if (to - k > 3 || !isClosed) break;
                ++runs;
                wasLetter = true;
                k = last = to;
            } else if (isCase(word(k)) || (k > at_ && signOf(word(k)))) {
                ++k;
            } else {
                break;
            }
            if (isCut(line_, k - 1, ".?!;\n")) break;
        }
        const bool isEnough = runs >= 4 || (runs == 3 && numbers > 0 && isLetterFirst());
        return isEnough && i < last;
    }
    /// Behind its case: "capital k seven".
    bool isLetterFirst() const { return isLetter(at_) || (isCase(word(at_)) && isLetter(at_ + 1)); }

    /// "s o l e i l": a letter among letters, or one that is described.
    bool isSpelled(std::size_t i, std::size_t example) const {
        if (!isLetter(i) || isElided(i)) return false;
        // "majuscule à Soleil"
        if (rawWord(line_, i).size() > 1 || (word(i) == "a" && i > 0 && isCase(word(i - 1)))) return false;
        // "needs a capital"
        if (rawWord(line_, i) == "a" &&
            (word(i + 1) == "capital" || word(i + 1) == "lower" || word(i + 1) == "upper"))
            return false;
        if (example != 0 || isCase(word(i + 1))) return true;
        // "F 4 K 9": capitals among digits
        if (isUpperLetter(line_, i)) {
            const bool isAfter = i > at_ && (numberAt(line_.words, i - 1) || isUpperLetter(line_, i - 1));
            const bool isBefore = numberAt(line_.words, i + 1).has_value();
            if (isAfter && (isBefore || isCut(line_, i, ".,;?!") || word(i + 1).size() == 1)) return true;
            if (i == at_ && isBefore) return true;
        }
        if (i > at_ &&
            (isCase(word(i - 1)) || word(i - 1) == "grand" || word(i - 1) == "petit" || word(i - 1) == "big"))
            return true;
        std::size_t from = i;
        while (from > at_ && isLetter(from - 1) && !isElided(from - 1)) --from;
        std::size_t to = i;
        while (to < end_ && isLetter(to)) ++to;
        if (to - from >= 3) return !isElision(word(from), word(from + 1)) || to - from >= 5;
        // "8 3 Q t"
        const bool isBehind = from > at_ && (numberAt(line_.words, from - 1) || signOf(word(from - 1)) ||
                                             isCase(word(from - 1)));
        const bool isBefore = signOf(word(to)) != nullptr || numberAt(line_.words, to).has_value();
        return to - from == 2 ? (isBehind || isBefore) && !isElision(word(from), word(from + 1))
                              : isBehind && isBefore && !isJoint(word(i)) && !isStop(word(i));
    }

    /// One past what is taken from word `i` on; 0 when the secret ends before it.
    std::size_t take(std::size_t i) {
        Secret& secret = candidate_.secret;
        const std::string_view text = word(i);
        const SignWord* sign = signOf(text);
        const std::size_t example = isLetter(i) ? exampleAfter(line_, i) : 0;
        const auto number = numberAt(line_.words, i);
        if (number)
            for (std::size_t k = i; k < number->last; ++k)
                if (rawWord(line_, k) == "pour") return 0;  // "quarante pour cent"
        if (isCase(text)) {
            // "majuscules à Benne": that describes something said before.
            if (i == at_ && !isLetter(i + 1)) {
                const bool isAll = text == "capital" || text == "uppercase" || text == "lowercase";
                if (!isAll) return 0;
            }
            if (word(i + 1) == "letters") return 0;  // "capital letters matter"
            ++cases_;
            return keep(i + 1);
        }
        const bool isSpelledOut = isSpelled(i, example);
        if (isSpelledOut || (isLetter(i) && isInTurn(i))) {
            turned_ += isSpelledOut ? 0U : 1U;
            const bool isOfCase =
                isCase(word(i + 1)) || (i > at_ && (isCase(word(i - 1)) || word(i - 1) == "grand"));
            if (plain_ > 0 && letters_ == 0 && isOfCase && word(at_)[0] == word(i)[0]) {
                // "soleil, S majuscule": the letter describes the word.
                char& initial = secret.value[0];
                if (initial >= 'a' && initial <= 'z') initial = static_cast<char>(initial - 'a' + 'A');
                ++cases_;
                return keep(i + 1);
            }
            // "trowel, T-R-O-W-E-L": the word spelled is not said twice.
            if (plain_ == 1 && digits_ == 0 && letters_ == 0 && example == 0) {
                std::size_t last = i;
                std::string spelled;
                while (last < end_ && isLetter(last)) spelled += word(last++);
                if (spelled.size() >= 3 && folded(secret.value) == spelled) return keep(last);
            }
            secret.value += rawWord(line_, i);
            ++letters_;
            if (example == 0) return keep(i + 1);
            ++examples_;
            return keep(std::min(i + example + 1, end_));
        }
        const bool isAlphabet =
            spelledLetter(text) != 0 && (examples_ > 0 || spelledLetter(word(i + 1)) != 0 ||
                                         (i > at_ && spelledLetter(word(i - 1)) != 0));
        if (isAlphabet) {
            secret.value += spelledLetter(text);
            ++letters_;
            ++examples_;
            return keep(i + 1);
        }
        if (sign && takesSign(i, *sign)) return keep(i + 1);
        // "house double oh seven"
        if (text == "double" && (plain_ > 0 || lastIsNumber_) && isOh(i + 1) &&
            numberAt(line_.words, i + 2)) {
            secret.value += "00";
            digits_ += 2;
            ++groups_;
            keep(i + 2);
            lastIsNumber_ = true;
            return i + 2;
        }
        if ((text == "oh" || text == "o") && !number &&
            ((plain_ > 0 && isOh(i + 1) && numberAt(line_.words, i + 2)) || isLastOh(i) ||
             (lastIsNumber_ && (numberAt(line_.words, i + 1) || word(i + 1) == "oh" || word(i + 1) == "o" ||
                                (digits_ >= 2 && isCut(line_, i, ".,;?!")))) ||
             (numberAt(line_.words, i + 1) && numberAt(line_.words, i + 2)))) {
            if (i == at_) startsWithNumber_ = true;
            secret.value += '0';
            ++digits_;
            ++groups_;
            keep(i + 1);
            lastIsNumber_ = true;
            return i + 1;
        }
        if (i > at_ && (plain_ > 0 || mixed_ > 0) && !isDescribed())
            if (const std::size_t form = formAt(line_, i)) {
                ++forms_;
                return keep(i + form);
            }
        if (const std::size_t last = takeRepeated(i)) return last;
        if (number && !isArticle(i, *number)) {
            const std::string_view next = word(number->last);
            if (isUnit(next) && !isCut(line_, number->last - 1, ",.?!;:")) {
                if (!isDescribed() && letters_ == 0) return 0;  // "toutes les deux minutes"
                return number->last;
            }
            if (joints_ > 0 && digits_ == 0 && !isDescribed() && letters_ == 0) return 0;
            if (i == at_) startsWithNumber_ = true;
            for (std::size_t k = i; k < number->last; ++k)
                if (word(k) == "cent" || word(k) == "cents" || word(k) == "mille" || word(k) == "hundred" ||
                    word(k) == "thousand")
                    hasBigWord_ = true;
            ++groups_;
            digits_ += number->digits.size();
            secret.value += number->digits;
            lastIsNumber_ = true;
            return keep(number->last);
        }
        if (i > at_ && isJoint(text)) {
            ++joints_;
            return i + 1;
        }
        // "Monday underscore 77"
        const SignWord* nextSign = signOf(word(i + 1));
        const bool isNamed = i == at_ && text.size() >= 5 && nextSign != nullptr && !nextSign->isPlain &&
                             !isCut(line_, i, ",.?!;:");
        // "Bonjour-2026"
        const std::string_view glue = gapAfter(line_, i);
        const bool isGlued = i == at_ && text.size() >= 4 && glue.size() == 1 && glue != " " && glue != "'" &&
                             hasDigit(word(i + 1)) && startsUpper(line_, i);
        if ((isStop(text) && !isNamed && !isGlued && !isWeakStart(i)) || text == "[]" || (number && i == at_))
            return 0;
        const bool isMixed = hasDigit(text) && hasLetter(text);
        if (isMixed) {
            const auto lettersIn =
                std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            isMixed_ = isMixed_ || (text.size() >= 6 && lettersIn >= 3);
            secret.value += rawWord(line_, i);
            ++mixed_;
            // "12th", "24h", "22h30" and "500go" count something.
            const bool isCounting = text[0] >= '0' && text[0] <= '9' &&
                                    (lettersIn == 1 || !hasDigit(text.substr(text.size() - 1)));
            mixedLetters_ +=
                isCounting && !hasSecondLetterRun(text) ? 0U : static_cast<std::size_t>(lettersIn);
            return keep(i + 1);
        }
        if (isLetter(i)) return i == at_ ? 0 : i + 1;
        // A plain word: the first few, or one that a sign joins.
        const bool isJoined = lastIsSign_ || (plain_ == 0 && letters_ == 0 && i > at_ && isCase(word(i - 1)));
        if (isJoint(text)) return 0;
        if (!isJoined && !closesNumber(i) &&
            (joints_ > 0 || lastIsNumber_ || letters_ > 0 || isDescribed())) {
            // "capital T, trowel"
            const bool isOfLetter = plain_ == 0 && letters_ == 1 && cases_ == 1 && digits_ == 0 &&
                                    text.size() > 2 && folded(secret.value) == text.substr(0, 1);
            const char letter = secret.value.empty() ? '\0' : folded(secret.value).back();
            const bool isBehindLetter =
                i > at_ + 1 && text.size() > 2 && !isStop(text) &&
                ((isLetter(i - 1) && isCase(word(i - 2))) || (isCase(word(i - 1)) && isLetter(i - 2)));
            // "capital b blue capital h horse"
            if (isOfLetter || (isBehindLetter && letter == text[0])) {
                secret.value.pop_back();
                secret.value += static_cast<char>(text[0] - 'a' + 'A');
                secret.value += rawWord(line_, i).substr(1);
                ++plain_;
                letters_ = 0;
                return keep(i + 1);
            }
            // "capital w inter hash two": a word that was cut
            if (isBehindLetter && (signOf(word(i + 1)) || numberAt(line_.words, i + 1))) {
                secret.value += rawWord(line_, i);
                ++plain_;
                letters_ = 0;
                return keep(i + 1);
            }
            if (!(plain_ <= 1 && !word(i + 1).empty() && isCase(word(i + 1)))) return 0;
        }
        if (++plain_ > 4) return 0;
        secret.value += rawWord(line_, i);
        const std::string_view gap = gapAfter(line_, i);
        keep(i + 1);
        // "Soleil$Vert"
        if (gap.size() == 1 && std::string_view{"$#*_!"}.find(gap[0]) != std::string_view::npos &&
            i + 1 < line_.words.size()) {
            secret.value += gap;
            ++signs_;
            hasWrittenSign_ = lastIsSign_ = true;
        }
        return i + 1;
    }

    /// "the password is house oh seven"
    bool isLastOh(std::size_t i) const {
        const auto number = numberAt(line_.words, i + 1);
        return number && plain_ == 1 && isTold() && isCut(line_, number->last - 1, ",.?!;");
    }

    /// "quatre fois zéro": one past it; 0 where nothing of the kind stands.
    std::size_t takeRepeated(std::size_t i) {
        const auto count = numberAt(line_.words, i);
        if (!count || count->digits.size() != 1 || count->digits[0] < '2') return 0;
        if (word(count->last) != "fois" && word(count->last) != "times") return 0;
        if (isCut(line_, count->last, ",.?!;:")) return 0;
        const auto digit = numberAt(line_.words, count->last + 1);
        if (!digit || digit->digits.size() != 1) return 0;
        if (i == at_) startsWithNumber_ = true;
        const auto times = static_cast<std::size_t>(count->digits[0] - '0');
        candidate_.secret.value.append(times, digit->digits[0]);
        digits_ += times;
        ++groups_;
        keep(digit->last);
        lastIsNumber_ = true;
        return digit->last;
    }

    std::size_t keep(std::size_t last) {
        const std::string_view text = word(last - 1);
        lastIsSign_ = signOf(text) != nullptr && word(last - 2) != "d";
        lastIsNumber_ = !lastIsSign_ && numberAt(line_.words, last - 1).has_value();
        joints_ = 0;
        content_ = last;
        return last;
    }

    /// "un tiret", "avec une majuscule", "un grand H"
    bool isArticle(std::size_t i, const NumberGroup& number) const {
        if (word(i) != "un" && word(i) != "une" && word(i) != "one") return false;
        const std::string_view next = word(number.last);
        return number.digits == "1" && (signOf(next) || isCase(next) || next == "grand" || next == "petit" ||
                                        (isLetter(number.last) && i > at_) || next == "accent");
    }

    bool takesSign(std::size_t i, const SignWord& sign) {
        const std::string_view text = word(i);
        const std::string_view next = word(i + 1);
        // "point d'exclamation": the sign's last word counts.
        const bool isHead =
            text == "point" && (next == "d" || next == "exclamation" || next == "interrogation");
        if (isHead) return i > at_;
        if (sign.isPlain) {
            const bool isAmongValues = digits_ > 0 || isDescribed() || letters_ > 0 || next == "sign" ||
                                       numberAt(line_.words, i + 1).has_value() ||
                                       (next.size() == 1 && hasLetter(next));
            const bool isToldWithAt = plain_ == 1 && digits_ == 0 && isTold() && numberAt(line_.words, i + 1);
            if (text == "at" && next != "sign" && !isToldWithAt &&
                (numberAt(line_.words, i + 1) || !isDescribed()))
                return false;
            if (i == at_ || !isAmongValues || (text == "plus" && digits_ == 0)) return false;
            // "at the end", "plus rien"
            if (!numberAt(line_.words, i + 1) && !isLetter(i + 1) && next != "sign" &&
                i + 1 < line_.words.size() && !isCut(line_, i, ".,?!;") && !signOf(next) && text != "star" &&
                text != "etoile")
                return false;
        } else if (i == at_ && isCut(line_, i, ",.?!")) {
            return false;
        }
        ++signs_;
        candidate_.secret.value += sign.sign;
        return true;
    }

    bool isDescribed() const { return cases_ + signs_ > 0; }

    /// "Marmotte 88 Bleue", "quarante-sept, Érable": the last word, behind a number.
    bool closesNumber(std::size_t i) const {
        // "tango seven seven bravo"
        if (lastIsNumber_ && joints_ == 0 && spelledLetter(word(at_)) != 0 && spelledLetter(word(i)) != 0)
            return true;
        if (!lastIsNumber_ || joints_ > 0 || letters_ > 0 || plain_ > 2 || isDescribed()) return false;
        const std::string_view text = word(i);
        if (text.size() < 3 || isStop(text) || isJoint(text) || isUnit(text)) return false;
        const bool isListed = plain_ > 0 && isCut(line_, i - 1, ",.");
        return (startsUpper(line_, i) || isListed) && isCut(line_, i, ".,;?!");
    }

    /// Whether the secret goes on behind a comma.
    bool goesOn(std::size_t i) const {
        const bool isWordOfLetter = letters_ == 1 && cases_ == 1 && plain_ == 0 && word(i).size() > 2 &&
                                    folded(candidate_.secret.value) == word(i).substr(0, 1);
        return isWordOfLetter || closesNumber(i) || (plain_ > 0 && !isDescribed() && formAt(line_, i) > 0) ||
               signOf(word(i)) || lastIsSign_ || isCase(word(i)) ||
               (isJoint(word(i)) && (!isStop(word(i + 1)) || word(i + 1) == "an")) ||
               numberAt(line_.words, i) || isLetter(i) || (hasDigit(word(i)) && hasLetter(word(i)));
    }

    /// "mark", "sign", "du bas" and "à la fin" belong to the description that they close.
    void closeDescription() {
        std::size_t& last = candidate_.secret.last;
        if (word(last) == "mark" || word(last) == "sign" || word(last) == "point") ++last;
        if (word(last - 1) == "tiret" && (word(last) == "du" || word(last) == "d" || word(last) == "de") &&
            (word(last + 1) == "bas" || word(last + 1) == "6" || word(last + 1) == "8" ||
             word(last + 1) == "six"))
            last += 2;
        if (!isDescribed()) return;
        for (const std::string_view tail : {"a la fin", "au debut", "at the end"}) {
            const Phrase phrase{tail};
            const auto words =
                std::span<const Word>{line_.words}.first(std::min(line_.words.size(), last + 3));
            if (const auto match = phrase.find(words, last); match && match->first == last)
                last = match->last;
        }
        last = std::min(last, line_.words.size());
    }

    void judge() {
        const bool isWord = plain_ > 0 || letters_ >= 2 || mixed_ > 0;
        const bool endsInDigits =
            hasDigit(candidate_.secret.value.substr(candidate_.secret.value.size() - 1));
        const std::string& value = candidate_.secret.value;
        // "deux mille neuf" behind a word is a year, not a count.
        const bool isYear = isWord && digits_ == 4 && !startsWithNumber_;
        candidate_.isCount = hasBigWord_ && groups_ == 1 && !isYear;
        candidate_.startsWithNumber = startsWithNumber_;
        candidate_.isPlain = plain_ > 0 && digits_ == 0 && mixed_ == 0 && !isDescribed();
        candidate_.isDescription = cases_ > 0 && digits_ >= 2 && (isWord || letters_ > 0);
        candidate_.isCertain = isMixed_ || hasWrittenSign_ || examples_ >= 2 ||
                               (isDescribed() && digits_ >= 2 && (isWord || letters_ > 0)) ||
                               (cases_ > 0 && (isWord || letters_ > 0)) ||
                               (letters_ >= turned_ + 2 && digits_ >= 1 && groups_ > 0);
        candidate_.isInTurn = turned_ > 0 && !candidate_.isCertain;
        // "il faut un a majuscule et un tiret"
        if (letters_ == 1 && digits_ <= 1 && plain_ == 0 && mixed_ == 0 && signs_ > 0 && value.size() <= 3)
            candidate_.strength = 0;
        else if (candidate_.isCertain || candidate_.isInTurn || (forms_ > 0 && isWord && digits_ < 2) ||
                 mixed_ >= 2 || (isDescribed() && (isWord || letters_ > 0 || digits_ >= 3)) || letters_ >= 4)
            candidate_.strength = 3;
        else if (isNumbered())
            candidate_.strength = 0;  // "dossier 48 213"
        else if (isWord && digits_ >= 2 && endsInDigits && plain_ <= 3 && !startsWithNumber_ &&
                 !candidate_.isCount)
            candidate_.strength = 2;
        else if ((startsWithNumber_ && plain_ > 0 && value.size() >= 5) ||
                 (plain_ > 1 && digits_ >= 2 && !startsWithNumber_ && !candidate_.isCount) ||
                 (mixed_ == 1 && plain_ == 0 && value.size() >= 4 && mixedLetters_ >= 1))
            candidate_.strength = 2;
        else if (digits_ >= 3 && !isWord)
            candidate_.strength = 1;
    }

    bool isNumbered() const {
        if (!isNumberedThing(word(at_))) return false;
        // "commande CMD 889123"
        const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
        const bool isMarked =
            plain_ == 2 && at_ + 1 < line_.words.size() &&
            std::all_of(rawWord(line_, at_ + 1).begin(), rawWord(line_, at_ + 1).end(), isCapital);
        return plain_ == 1 || isMarked;
    }

    /// "le mot de passe c'est bonjour 2026 dièse", "le code wifi c'est bienvenue at 25"
    bool isTold() const {
        static constexpr auto kTelling = std::to_array<std::string_view>(
            {"est", "is", "s", "sera", "be", "etait", "was", "bien", "vraiment", "really", "just"});
        return at_ > 0 && isIn(kTelling, word(at_ - 1));
    }
    bool isWeakStart(std::size_t i) const {
        const bool goesOn = numberAt(line_.words, i + 1) || signOf(word(i + 1)) || isCase(word(i + 1));
        return i == at_ && isWeakPassword(word(i)) && isTold() && goesOn && !isCut(line_, i, ",.?!;:");
    }

    const Line& line_;
    std::size_t at_;
    std::size_t end_ = 0;
    Candidate candidate_;
    std::size_t cases_ = 0;
    std::size_t signs_ = 0;
    std::size_t letters_ = 0;
    std::size_t turned_ = 0;  // letters that only digits around them tell
    std::size_t examples_ = 0;
    std::size_t plain_ = 0;
    std::size_t mixed_ = 0;
    std::size_t mixedLetters_ = 0;
    std::size_t forms_ = 0;
    std::size_t digits_ = 0;
    std::size_t groups_ = 0;
    std::size_t joints_ = 0;   // since the last part of the value
    std::size_t content_ = 0;  // one past the last part of the value
    bool isMixed_ = false;
    bool hasBigWord_ = false;
    bool startsWithNumber_ = false;
    bool hasWrittenSign_ = false;
    bool lastIsSign_ = false;
    bool lastIsNumber_ = false;
};

}  // namespace

std::optional<Candidate> candidateAt(const Line& line, std::size_t at) {
    return CandidateReader{line, at}.read();
}

bool looksChosen(const Line& line, std::size_t at, bool isAnnounced) {
    const std::string_view raw = rawWord(line, at);
    const auto to = static_cast<std::size_t>(line.words[at].end);
    const std::size_t digit = raw.find_first_of("0123456789");
    if (digit == std::string_view::npos || digit < 3 || raw[0] < 'A' || raw[0] > 'Z') return false;
    static constexpr auto kProducts = std::to_array<std::string_view>(
        {"office", "windows", "microsoft", "exchange", "server", "autocad", "outlook", "revit", "sage"});
    for (const std::string_view product : kProducts)
        if (line.words[at].text.starts_with(product)) return false;
    const std::string_view tail = raw.substr(digit);
    const bool isYear = tail.size() == 4 && (tail.starts_with("19") || tail.starts_with("20"));
    const bool hasSign =
        to < line.text.size() && std::string_view{"!#$*@%&"}.find(line.text[to]) != std::string_view::npos;
    const bool isLower =
        std::all_of(raw.begin() + 1, raw.begin() + static_cast<std::ptrdiff_t>(digit),
                    [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
    const bool isNumber = tail.size() <= 4 && tail.find_first_not_of("0123456789") == std::string_view::npos;
    return isLower && (isYear || (hasSign && digit > 3) || (isAnnounced && isNumber && digit > 3));
}

}  // namespace ninja3cx::analysis
