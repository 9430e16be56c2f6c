#include "shared/json/names.hpp"

#include "shared/core/text.hpp"

namespace ninja3cx::json {
namespace {

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
char toUpper(char c) {
    return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string inCase(std::string_view name, NameCase wanted) {
    if (name.ends_with('_')) name.remove_suffix(1);
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        switch (wanted) {
            case NameCase::Verbatim:
                out.push_back(c);
                break;
            case NameCase::Camel:
                out.push_back(i == 0 ? lowered(c) : c);
                break;
            case NameCase::Snake:
            case NameCase::Upper:
                if (isUpper(c) && i > 0) out.push_back('_');
                out.push_back(wanted == NameCase::Snake ? lowered(c) : toUpper(c));
                break;
        }
    }
    return out;
}

}  // namespace ninja3cx::json
