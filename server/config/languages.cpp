#include "server/config/languages.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace ninja3cx::config {
namespace {

struct Language {
    std::string_view code;
    std::string_view name;
};

/// Whisper's own list; a test of the program holds them together. "auto" is asked for like one.
constexpr auto kLanguages = std::to_array<Language>({
    {"auto", "automatic"},   {"af", "afrikaans"},      {"am", "amharic"},
    {"ar", "arabic"},        {"as", "assamese"},       {"az", "azerbaijani"},
    {"ba", "bashkir"},       {"be", "belarusian"},     {"bg", "bulgarian"},
    {"bn", "bengali"},       {"bo", "tibetan"},        {"br", "breton"},
    {"bs", "bosnian"},       {"ca", "catalan"},        {"cs", "czech"},
    {"cy", "welsh"},         {"da", "danish"},         {"de", "german"},
    {"el", "greek"},         {"en", "english"},        {"es", "spanish"},
    {"et", "estonian"},      {"eu", "basque"},         {"fa", "persian"},
    {"fi", "finnish"},       {"fo", "faroese"},        {"fr", "french"},
    {"gl", "galician"},      {"gu", "gujarati"},       {"ha", "hausa"},
    {"haw", "hawaiian"},     {"he", "hebrew"},         {"hi", "hindi"},
    {"hr", "croatian"},      {"ht", "haitian creole"}, {"hu", "hungarian"},
    {"hy", "armenian"},      {"id", "indonesian"},     {"is", "icelandic"},
    {"it", "italian"},       {"ja", "japanese"},       {"jw", "javanese"},
    {"ka", "georgian"},      {"kk", "kazakh"},         {"km", "khmer"},
    {"kn", "kannada"},       {"ko", "korean"},         {"la", "latin"},
    {"lb", "luxembourgish"}, {"ln", "lingala"},        {"lo", "lao"},
    {"lt", "lithuanian"},    {"lv", "latvian"},        {"mg", "malagasy"},
    {"mi", "maori"},         {"mk", "macedonian"},     {"ml", "malayalam"},
    {"mn", "mongolian"},     {"mr", "marathi"},        {"ms", "malay"},
    {"mt", "maltese"},       {"my", "myanmar"},        {"ne", "nepali"},
    {"nl", "dutch"},         {"nn", "nynorsk"},        {"no", "norwegian"},
    {"oc", "occitan"},       {"pa", "punjabi"},        {"pl", "polish"},
    {"ps", "pashto"},        {"pt", "portuguese"},     {"ro", "romanian"},
    {"ru", "russian"},       {"sa", "sanskrit"},       {"sd", "sindhi"},
    {"si", "sinhala"},       {"sk", "slovak"},         {"sl", "slovenian"},
    {"sn", "shona"},         {"so", "somali"},         {"sq", "albanian"},
    {"sr", "serbian"},       {"su", "sundanese"},      {"sv", "swedish"},
    {"sw", "swahili"},       {"ta", "tamil"},          {"te", "telugu"},
    {"tg", "tajik"},         {"th", "thai"},           {"tk", "turkmen"},
    {"tl", "tagalog"},       {"tr", "turkish"},        {"tt", "tatar"},
    {"uk", "ukrainian"},     {"ur", "urdu"},           {"uz", "uzbek"},
    {"vi", "vietnamese"},    {"yi", "yiddish"},        {"yo", "yoruba"},
    {"yue", "cantonese"},    {"zh", "chinese"},
});

/// Names that the administrators of the product's own languages may write.
constexpr auto kOtherNames = std::to_array<Language>({
    {"fr", "français"}, {"fr", "francais"},    {"fr", "fra"},        {"en", "anglais"},   {"en", "eng"},
    {"de", "allemand"}, {"de", "deutsch"},     {"es", "espagnol"},   {"es", "español"},   {"it", "italien"},
    {"it", "italiano"}, {"nl", "néerlandais"}, {"nl", "nederlands"}, {"pt", "portugais"}, {"ar", "arabe"},
    {"ja", "jp"},       {"zh", "cn"},          {"en", "gb"},         {"en", "us"},        {"cs", "cz"},
    {"da", "dk"},       {"sv", "se"},          {"el", "gr"},
});

}  // namespace

bool isLanguage(std::string_view code) {
    return std::ranges::any_of(kLanguages, [code](const Language& known) { return known.code == code; });
}

std::string nearestLanguage(std::string_view written) {
    const std::string lower = lowered(written);
    const std::string code = lower.substr(0, lower.find_first_of("-_"));  // "fr-FR"
    std::vector<std::string> candidates;
    const auto meant = [&](const auto& languages) -> std::string_view {
        for (const Language& language : languages) {
            if (language.name == lower || language.code == code) return language.code;
            candidates.emplace_back(language.name);
            candidates.emplace_back(language.code);
        }
        return {};
    };
    if (const auto same = meant(kOtherNames); !same.empty()) return std::string{same};
    if (const auto same = meant(kLanguages); !same.empty()) return std::string{same};
    const std::string near = nearest(lower, candidates);
    if (isLanguage(near)) return near;
    const auto named = [&near](const Language& language) { return language.name == near; };
    if (const auto found = std::ranges::find_if(kLanguages, named); found != kLanguages.end())
        return std::string{found->code};
    const auto found = std::ranges::find_if(kOtherNames, named);
    return found == kOtherNames.end() ? std::string{} : std::string{found->code};
}

}  // namespace ninja3cx::config
