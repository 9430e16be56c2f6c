#include "server/transcription/vocabulary.hpp"

#include "server/transcription/name_match.hpp"
#include "server/transcription/spelling.hpp"
#include "server/transcription/words.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kMostWords = 3;      // of a run that is looked up; "d'Oise" is one
constexpr std::size_t kMostParts = 6;      // of these words, at the apostrophes
constexpr std::size_t kShortestEntry = 5;  // letters; shorter ones are only shown to Whisper

/// Text with blanks in a row, and at its ends, made one or none.
std::string inOneLine(std::string_view text) {
    std::string line;
    bool isBlank = false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F') {
            isBlank = !line.empty();
            continue;
        }
        if (std::exchange(isBlank, false)) line += ' ';
        line += c;
    }
    return line;
}

/// "Nordconfort SARL": nobody says the legal form.
std::string withoutLegalForm(std::string name) {
    static const std::set<std::string, std::less<>> kForms{
        "sarl", "sas", "sasu", "sa", "eurl", "sci",  "scp", "selarl", "snc", "gmbh", "ag",
        "ltd",  "llc", "inc",  "bv", "nv",   "sprl", "srl", "plc",    "kg",  "scop", "gie"};
    while (true) {
        const auto words = wordsIn(name);
        if (words.size() < 2) return name;
        const auto last = words.back().of(name);
        const bool isWritten =
            last.size() > 2 || std::ranges::all_of(last, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!isWritten || !kForms.contains(plainLetters(last))) return name;  // "Maria Sa" has no legal form
        name.resize(words[words.size() - 2].end());
    }
}

/// Names one after the other, as far as there is room.
class Prompt {
public:
    explicit Prompt(std::string sentence) : text_(std::move(sentence)), said_(spoken(text_)) {}

    void add(std::string_view written) {
        const std::string line = inOneLine(toValidUtf8(written));
        const std::string name = spoken(line);
        if (name == " " || said_.find(name) != std::string::npos) return;
        const std::string_view between = text_.empty()                                   ? ""
                                         : text_.ends_with('.') || text_.ends_with('\n') ? " "
                                                                                         : ", ";
        if (estimatedTokens(text_) + estimatedTokens(line) + 1 > kPromptTokens) return;
        text_ += between;
        text_ += line;
        said_ += name;
    }
    std::string text() && { return std::move(text_); }

private:
    /// The words alone, a blank before and after each.
    static std::string spoken(std::string_view text) {
        std::string words = " ";
        for (const WordPlace place : wordsIn(text)) words += plainLetters(place.of(text)) + " ";
        return words;
    }

    std::string text_;
    std::string said_;
};

/// As many whole words from the beginning as `tokens` carry.
std::string cutToTokens(const std::string& line, std::size_t tokens) {
    if (estimatedTokens(line) <= tokens) return line;
    std::size_t kept = 0;
    for (std::size_t blank = line.find(' '); blank != std::string::npos; blank = line.find(' ', blank + 1)) {
        if (estimatedTokens(std::string_view{line}.substr(0, blank)) > tokens) break;
        kept = blank;
    }
    if (kept == 0) return std::string{cutUtf8(line, tokens)};  // one endless word
    return line.substr(0, kept);
}

}  // namespace

std::string noteOnPrompt(bool takesPrompt, const std::string& prompt) {
    if (takesPrompt || prompt.empty()) return "";
    return "the demo model is shown no names before it listens; they only correct its text";
}

std::size_t estimatedTokens(std::string_view text) {
    // One for each three bytes of a word: a sentence has fewer, an unusual name about as many.
    std::size_t tokens = 0;
    std::size_t wordBytes = 0;
    for (const char c : text) {
        if (c != ' ') {
            ++wordBytes;
            continue;
        }
        tokens += (wordBytes + 2) / 3;
        wordBytes = 0;
    }
    return tokens + (wordBytes + 2) / 3;
}

class Vocabulary::Impl {
public:
    explicit Impl(Dictionary dictionary) : prompt_(inOneLine(toValidUtf8(dictionary.prompt))) {
        for (const std::string& word : dictionary.words) {
            add(word, NameSource::Configured);
            promptWords_.push_back(word);
        }
        for (const auto& [heard, meant] : dictionary.corrections) learn(heard, meant);
        for (const std::string& name : dictionary.organizations) add(name, NameSource::Organization);
        for (const std::string& name : dictionary.people) add(name, NameSource::Person);
    }

    std::string promptFor(const std::vector<std::string>& callWords) const {
        // A long sentence leaves some room to those whom the call is with.
        const bool isAlone = callWords.empty() && promptWords_.empty();
        Prompt prompt{cutToTokens(prompt_, isAlone ? kPromptTokens : kPromptTokens * 2 / 3)};
        for (const std::string& word : callWords) prompt.add(withoutLegalForm(word));
        for (const std::string& word : promptWords_) prompt.add(word);
        return std::move(prompt).text();
    }

    Corrected correct(std::string text) const {
        Corrected corrected;
        const std::vector<NameWord> words = readWordsOf(text);
        const std::size_t done = correctUntil(words.size(), words, text, corrected);
        corrected.text.append(text, done);
        return corrected;
    }

    CorrectedBeginning correctBeginning(std::string text) const {
        Corrected corrected;
        const std::vector<NameWord> words = readWordsOf(text);
        const std::size_t last = beforeLast(kMostWords - 1, words);
        const std::size_t done = correctUntil(last, words, text, corrected);
        CorrectedBeginning beginning{std::move(corrected.text), 0};
        // A name may have taken in some of the last words; where the next one begins, all is open.
        const auto open =
            std::ranges::find_if(words, [&](const NameWord& word) { return word.place.at >= done; });
        const std::size_t next = std::max<std::size_t>(last, static_cast<std::size_t>(open - words.begin()));
        const std::size_t firm = next < words.size() ? words[next].place.at : std::max(done, text.size());
        beginning.firmBytes = beginning.text.size() + firm - done;
        beginning.text.append(text, done);
        return beginning;
    }

private:
    struct Verdict {
        bool isKnown = false;  // it is written as an entry is
        const std::string* meant = nullptr;
    };

    /// None where there is nothing to look them up in.
    std::vector<NameWord> readWordsOf(std::string_view text) const {
        return entries_.empty() && learned_.empty() ? std::vector<NameWord>{} : readWords(text);
    }

    /// Corrects the runs that begin before word `last`. Answers how much of `text` is in `corrected` then.
    std::size_t correctUntil(std::size_t last, const std::vector<NameWord>& words, std::string_view text,
                             Corrected& corrected) const {
        std::size_t copied = 0;
        for (std::size_t first = 0; first < last;) {
            std::size_t used = 1;
            for (std::size_t count = longestRun(text, words, first); count > 0; --count) {
                const auto run = std::span{words}.subspan(first, count);
                const std::size_t at = run.front().place.at;
                const std::string_view heard = text.substr(at, run.back().place.end() - at);
                const Verdict verdict = lookUp(run);
                if (!verdict.isKnown && !verdict.meant) continue;
                used = count;
                if (verdict.meant && *verdict.meant != heard) {
                    corrected.text.append(text, copied, at - copied);
                    corrected.corrections.push_back({static_cast<std::int32_t>(corrected.text.size()),
                                                     static_cast<std::int32_t>(verdict.meant->size()),
                                                     std::string{heard}});
                    corrected.text += *verdict.meant;
                    copied = at + heard.size();
                }
                break;
            }
            first += used;
        }
        return copied;
    }

    void add(std::string_view name, NameSource source) {
        std::string written = inOneLine(toValidUtf8(name));
        if (source == NameSource::Organization) written = withoutLegalForm(std::move(written));
        KnownName entry{written, readWords(written), {}, source};
        entry.letters = joined(entry.words);
        if (!isRun(entry.words) || entry.letters.size() > 200) return;
        known_.emplace(joined(entry.words, " "));
        // One common word that is also a name, "Orange", cannot be told from itself.
        if (entry.words.size() == 1 && (source == NameSource::Person || entry.words[0].isCommon)) return;
        if (entry.letters.size() < kShortestEntry) return;
        // From its first word to its last, so that what is put into a text is words.
        const std::size_t begin = entry.words.front().place.at;
        entry.written = written.substr(begin, entry.words.back().place.end() - begin);
        const std::size_t index = entries_.size();
        if (!byLetters_.emplace(entry.letters, index).second) return;  // the first spelling counts
        const std::string sound = soundOf(entry.letters);
        if (sound.size() >= kShortestSound) bySound_.emplace(sound, index);
        if (entry.letters.size() >= kShortestMisspelled && source != NameSource::Person)
            byBeginning_[entry.letters[0]].push_back(index);
        entries_.push_back(std::move(entry));
    }

    /// What people have corrected before. One common word is not enough to go by.
    void learn(const std::string& heard, const std::string& meant) {
        const std::vector<NameWord> words = readWords(heard);
        const std::string written = inOneLine(toValidUtf8(meant));
        if (!isRun(words) || written.empty()) return;
        if (words.size() == 1 && (words[0].isCommon || words[0].letters.size() < 3)) return;
        if (std::ranges::all_of(words, &NameWord::isLink)) return;
        learned_.insert_or_assign(joined(words, " "), written);
        add(written, NameSource::Configured);
        promptWords_.push_back(written);
    }

    static bool isRun(std::span<const NameWord> words) {
        return !words.empty() && words.size() <= kMostParts && countSpoken(words) <= kMostWords;
    }

    /// The index of the first of the last `count` words.
    static std::size_t beforeLast(std::size_t count, const std::vector<NameWord>& words) {
        std::size_t first = words.size();
        while (count > 0 && first > 0)
            if (!words[--first].isElided) --count;
        return first;
    }

    /// How many words from `first` on stand together, a blank, a hyphen or an apostrophe between two.
    static std::size_t longestRun(std::string_view text, const std::vector<NameWord>& words,
                                  std::size_t first) {
        const auto rest = std::span{words}.subspan(first);
        std::size_t count = 1;
        while (count < rest.size() && isRun(rest.first(count + 1))) {
            const std::size_t end = rest[count - 1].place.end();
            const bool isNext = rest[count].isElided ||
                                (rest[count].place.at == end + 1 && (text[end] == ' ' || text[end] == '-'));
            if (!isNext) break;
            ++count;
        }
        return count;
    }

    Verdict lookUp(std::span<const NameWord> run) const {
        const std::string spoken = joined(run, " ");
        if (const auto learned = learned_.find(spoken); learned != learned_.end())
            return {false, &learned->second};
        const std::string letters = joined(run);
        if (letters.size() < kShortestEntry || letters.size() > 200)
            return {known_.contains(spoken), nullptr};
        if (run.size() == 1 && (run[0].isCommon || isFormOfName(letters))) return {};

        // It is written as a name that is known: perhaps without an accent, but nothing else can be meant.
        const bool isKnown = known_.contains(spoken);
        std::optional<int> nearest;
        const KnownName* meant = nullptr;
        bool isAmbiguous = false;
        const auto consider = [&](std::size_t index) {
            const auto distance = distanceTo(entries_[index], run, letters);
            if (!distance || (nearest && *nearest < *distance)) return;
            isAmbiguous = nearest == distance;
            nearest = distance;
            meant = &entries_[index];
        };
        if (const auto same = byLetters_.find(letters); same != byLetters_.end()) consider(same->second);
        const bool isOpen =
            !meant && !isKnown && !std::ranges::all_of(run, &NameWord::isCommon) && !holdsName(run);
        if (isOpen) {
            for (auto [at, end] = bySound_.equal_range(soundOf(letters)); at != end; ++at)
                consider(at->second);
            if (const auto same = byBeginning_.find(letters[0]); !meant && same != byBeginning_.end())
                for (const std::size_t index : same->second)
                    if (isAsLong(letters, entries_[index].letters)) consider(index);
        }
        if (!meant || isAmbiguous) return {isKnown, nullptr};
        // "Benoît" has an accent more than the entry "Benoit"; "telesante" lacks those of "Télésanté".
        const bool isWritten = run.size() == meant->words.size() && letters == meant->letters;
        if (isWritten && bytesOf(run) >= bytesOf(meant->words)) return {true, nullptr};
        return {isKnown, &meant->written};
    }

    /// Of the words alone: how an apostrophe is written does not count.
    static std::size_t bytesOf(std::span<const NameWord> words) {
        std::size_t bytes = 0;
        for (const NameWord& word : words) bytes += word.place.length;
        return bytes;
    }

    bool isFormOfName(std::string_view letters) const {
        for (const std::size_t ending : {1U, 2U}) {
            const std::string name{letters.substr(0, letters.size() - ending)};
            if (isFormOf(letters, name) && !byLetters_.contains(std::string{letters}) &&
                byLetters_.contains(name))
                return true;
        }
        return false;
    }
    /// A part of it is a name already: "outlook bis".
    bool holdsName(std::span<const NameWord> run) const {
        return run.size() > 1 && std::ranges::any_of(run, [this](const NameWord& word) {
                   return byLetters_.contains(word.letters);
               });
    }
    static bool isAsLong(std::string_view one, std::string_view other) {
        return std::max(one.size(), other.size()) - std::min(one.size(), other.size()) <= 2;
    }

    std::string prompt_;
    std::vector<std::string> promptWords_;
    std::vector<KnownName> entries_;
    std::set<std::string> known_;  // every name as it is said, short and common ones too
    std::unordered_map<std::string, std::size_t> byLetters_;
    std::unordered_multimap<std::string, std::size_t> bySound_;
    std::unordered_map<char, std::vector<std::size_t>> byBeginning_;  // those that may be misspelled
    std::unordered_map<std::string, std::string> learned_;
};

Vocabulary::Vocabulary(Dictionary dictionary) : impl_(std::make_unique<const Impl>(std::move(dictionary))) {}
Vocabulary::~Vocabulary() = default;
Vocabulary::Vocabulary(Vocabulary&&) noexcept = default;
Vocabulary& Vocabulary::operator=(Vocabulary&&) noexcept = default;

std::string Vocabulary::promptFor(const std::vector<std::string>& callWords) const {
    return impl_->promptFor(callWords);
}
Corrected Vocabulary::correct(std::string text) const {
    return impl_->correct(std::move(text));
}
CorrectedBeginning Vocabulary::correctBeginning(std::string text) const {
    return impl_->correctBeginning(std::move(text));
}

CurrentVocabulary::CurrentVocabulary(Dictionary dictionary)
    : vocabulary_(std::make_shared<const Vocabulary>(std::move(dictionary))) {}

void CurrentVocabulary::replace(Dictionary dictionary) {
    auto fresh = std::make_shared<const Vocabulary>(std::move(dictionary));
    std::scoped_lock lock{mutex_};
    vocabulary_.swap(fresh);
}
std::shared_ptr<const Vocabulary> CurrentVocabulary::current() const {
    std::scoped_lock lock{mutex_};
    return vocabulary_;
}
std::string CurrentVocabulary::promptFor(const std::vector<std::string>& callWords) const {
    return current()->promptFor(callWords);
}
Corrected CurrentVocabulary::correct(std::string text) const {
    return current()->correct(std::move(text));
}
CorrectedBeginning CurrentVocabulary::correctBeginning(std::string text) const {
    return current()->correctBeginning(std::move(text));
}

}  // namespace ninja3cx::transcription
