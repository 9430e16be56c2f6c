#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What the specification says of numbers, written apart from the code that is held to it: no more than its sentences
/// and the numbering of a few countries.
namespace ninja3cx::directory::oracle {

struct Country {
    const char* name;
    std::string_view code;
    std::string_view trunk;          // before a national number; empty: none
    std::string_view international;  // before a country's code
    std::size_t fewest;              // digits of a national number
    std::size_t most;
};
inline constexpr std::array<Country, 7> kCountries{{{"FR", "33", "0", "00", 9, 9},
                                                    {"BE", "32", "0", "00", 8, 9},
                                                    {"DE", "49", "0", "00", 6, 12},
                                                    {"GB", "44", "0", "00", 9, 10},
                                                    {"IT", "39", "", "00", 6, 11},
                                                    {"ES", "34", "", "00", 9, 9},
                                                    {"US", "1", "1", "011", 10, 10}}};
inline constexpr std::size_t kFewest = 7;
inline constexpr std::size_t kMost = 15;
inline constexpr std::size_t kTail = 9;

struct Reading {
    std::string digits;  // as dialled
    std::string e164;    // empty: the country cannot be told
    static std::string tailOf(const std::string& all) {
        return all.size() > kTail ? all.substr(all.size() - kTail) : all;
    }
    std::string tail() const { return tailOf(e164.empty() ? digits : e164.substr(1)); }
};

inline std::string withoutTrunk(std::string national, const Country& country) {
    if (!country.trunk.empty() && national.starts_with(country.trunk)) national.erase(0, 1);
    return national;
}

/// French numbers of the overseas departments are of their own country: 0590 … is +590 590 …
inline constexpr std::array<std::array<std::string_view, 2>, 13> kOverseas{{{"262", "262"},
                                                                            {"263", "262"},
                                                                            {"639", "262"},
                                                                            {"692", "262"},
                                                                            {"693", "262"},
                                                                            {"590", "590"},
                                                                            {"690", "590"},
                                                                            {"691", "590"},
                                                                            {"594", "594"},
                                                                            {"694", "594"},
                                                                            {"596", "596"},
                                                                            {"696", "596"},
                                                                            {"697", "596"}}};
inline std::string settled(const Country& country, const std::string& national) {
    if (country.code == "33" && national.size() == 9)
        for (const auto& [prefix, code] : kOverseas)
            if (national.starts_with(prefix)) return "+" + std::string{code} + national;
    return "+" + std::string{country.code} + national;
}

inline std::string internationalForm(const std::string& digits) {
    for (const std::string_view overseas : {"262", "590", "594", "596"})
        if (digits.starts_with(overseas)) return "+" + digits;
    for (const Country& country : kCountries)
        if (digits.starts_with(country.code))
            return settled(country, withoutTrunk(digits.substr(country.code.size()), country));
    return "+" + digits;
}

inline std::string nationalForm(const std::string& digits, const Country& site) {
    const auto fits = [&](std::size_t size) { return size >= site.fewest && size <= site.most; };
    const std::string code{site.code};
    if (!site.trunk.empty() && digits.starts_with(site.trunk) && fits(digits.size() - site.trunk.size()))
        return settled(site, digits.substr(site.trunk.size()));
    if ((site.trunk.empty() || site.code == "1") && fits(digits.size())) return "+" + code + digits;
    if (!digits.starts_with(code)) return {};
    const std::string rest = withoutTrunk(digits.substr(code.size()), site);  // the plus sign left out
    return fits(rest.size()) ? settled(site, rest) : std::string{};
}

/// Nothing: no number of the outside world.
inline std::optional<Reading> read(std::string_view written, const Country& site) {
    for (const std::string_view scheme : {"tel:", "sip:"})
        if (written.starts_with(scheme)) written.remove_prefix(scheme.size());
    written = written.substr(0, written.find_first_of("@;,"));
    Reading reading;
    bool hasPlus = false;
    for (const char c : written) {
        if (c >= '0' && c <= '9') {
            reading.digits += c;
        } else if (c == '*' || c == '#' || (c == '+' && (hasPlus || !reading.digits.empty()))) {
            return std::nullopt;
        } else if (c == '+') {
            hasPlus = true;
        } else if (c == '/' && reading.digits.size() >= kTail) {
            break;  // another number
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            if (reading.digits.size() < kFewest) return std::nullopt;
            break;  // an extension
        }
    }
    std::string dialled = reading.digits;
    if (!hasPlus && dialled.starts_with(site.international)) {
        dialled.erase(0, site.international.size());
        hasPlus = true;
    }
    reading.e164 = hasPlus ? internationalForm(dialled) : nationalForm(dialled, site);
    if (dialled.size() < kFewest || (reading.e164.empty() && reading.digits.size() > kMost))
        return std::nullopt;
    return reading;
}

/// Of these it is known beyond doubt that they are whole: a number that differs is another.
inline bool isSurelyWhole(const std::string& e164) {
    const bool isFrench = e164.starts_with("+33") && e164.size() == 12 && e164[3] != '0';
    return isFrench || (e164.starts_with("+3491") && e164.size() == 12) ||
           (e164.starts_with("+1415") && e164.size() == 12);
}

}  // namespace ninja3cx::directory::oracle
