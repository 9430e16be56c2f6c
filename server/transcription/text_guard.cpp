#include "server/transcription/text_guard.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace ninja3cx::transcription {
namespace {

/// Lower case without accents and marks, words apart by one blank: "Sous-titres réalisés" -> "sous titres
/// realises".
std::string plain(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 30> kLetters{{
        {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'}, {"î", 'i'},
        {"ï", 'i'}, {"ô", 'o'}, {"ö", 'o'}, {"ù", 'u'}, {"û", 'u'}, {"ü", 'u'}, {"ç", 'c'}, {"À", 'a'},
        {"Â", 'a'}, {"Ä", 'a'}, {"É", 'e'}, {"È", 'e'}, {"Ê", 'e'}, {"Ë", 'e'}, {"Î", 'i'}, {"Ï", 'i'},
        {"Ô", 'o'}, {"Ö", 'o'}, {"Ù", 'u'}, {"Û", 'u'}, {"Ü", 'u'}, {"Ç", 'c'},
    }};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto letter = std::find_if(kLetters.begin(), kLetters.end(), [&](const auto& known) {
            return text.substr(i).starts_with(known.first);
        });
        if (letter != kLetters.end()) {
            out += letter->second;
            i += letter->first.size();
            continue;
        }
        const char c = text[i++];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += text.empty() ? word : " " + word;
    return text;
}

/// A run of equal groups of `group` words from word `first` on.
struct Loop {
    std::size_t first;
    std::size_t group;
    std::size_t times;
};

std::optional<Loop> findLoop(const std::vector<std::string>& words) {
    for (std::size_t group = 1; group <= words.size() / 3; ++group) {
        const std::size_t enough = group == 1 ? 5 : group == 2 ? 4 : 3;  // "oui oui oui oui" is speech
        for (std::size_t first = 0; first + group * enough <= words.size(); ++first) {
            std::size_t same = 0;
            while (first + same + group < words.size() && words[first + same] == words[first + same + group])
                ++same;
            const std::size_t times = same / group + 1;
            if (times >= enough) return Loop{first, group, times};
        }
    }
    return std::nullopt;
}

}  // namespace

std::string tidy(std::string_view raw) {
    const std::string text = toValidUtf8(raw);
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '[' || (text[i] == '(' && i == text.find_first_not_of(" \t\r\n"))) {
            const std::size_t close = text.find(text[i] == '[' ? ']' : ')', i);
            if (close != std::string::npos) {
                i = close + 1;
                continue;
            }
        }
        bool isNote = false;
        for (const std::string_view note : {"♪", "♫", "\xEF\xBF\xBD"}) {
            if (std::string_view{text}.substr(i).starts_with(note)) {
                i += note.size();
                isNote = true;
                break;
            }
        }
        if (!isNote) kept += text[i++];
    }
    return join(split(kept));
}

bool isHallucination(std::string_view text) {
    static constexpr std::array kAnywhere{
        "sous titres realises",  "sous titrage",  "sous titres par",  "amara org",
        "subtitles by",          "subtitled by",  "transcription by", "captioning by",
        "sous titres faits par", "translated by",
    };
    static constexpr std::array kAlone{
        "merci d avoir regarde cette video",
        "merci d avoir regarde",
        "merci d avoir regarde la video",
        "abonnez vous",
        "abonnez vous a la chaine",
        "n oubliez pas de vous abonner",
        "a la prochaine video",
        "musique",
        "musique de generique",
        "applaudissements",
        "generique",
        "thanks for watching",
        "thank you for watching",
        "please subscribe",
        "like and subscribe",
        "music",
        "applause",
        "silence",
    };
    const std::string words = plain(text);
    if (words.empty()) return true;
    if (std::find(kAlone.begin(), kAlone.end(), words) != kAlone.end()) return true;
    // Within a longer sentence these may have been said ("le sous-titrage de la visio ne marche pas").
    if (std::count(words.begin(), words.end(), ' ') > 9) return false;
    return std::any_of(kAnywhere.begin(), kAnywhere.end(), [&](std::string_view phrase) {
        return words.starts_with(phrase) || words.ends_with(phrase);
    });
}

bool isLooping(std::string_view text) {
    return findLoop(split(plain(text))).has_value();
}

std::string withoutLoop(std::string_view text) {
    std::vector<std::string> words = split(text);
    for (;;) {
        std::vector<std::string> compared;
        for (const auto& word : words) compared.push_back(plain(word));
        const auto loop = findLoop(compared);
        if (!loop) return join(words);
        const auto from = words.begin() + static_cast<std::ptrdiff_t>(loop->first + loop->group);
        words.erase(from, from + static_cast<std::ptrdiff_t>((loop->times - 1) * loop->group));
    }
}

}  // namespace ninja3cx::transcription
