#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/promises/phone_words.hpp"

namespace ninja3cx::analysis {
namespace {

/// "give you a ring", "give us a call"
Phoning givenCall(const Place& place) {
    if (place.hasBefore(4, {"us", "me"})) return Phoning::LeftToCustomer;
    const bool isGiven = place.hasBefore(4, {"give"}) && place.hasBefore(4, {"you"});
    return isGiven && !place.hasBefore(7, {"won", "can", "never", "not", "nobody"}) ? Phoning::Promised
                                                                                    : Phoning::Unclear;
}

/// "don't worry I'll call you": what is denied before "I'll" is something else.
bool isPlainlyWilled(const Place& place) {
    for (std::size_t steps = 1; steps <= 4; ++steps) {
        if (isOneOf(place.before(steps), {"not", "never"})) return false;
        if (isOneOf(place.before(steps), {"ll", "will"}))
            return isOneOf(place.before(steps + 1), {"i", "we", "he", "she", "they", "colleague", "engineer",
                                                     "technician", "someone", "somebody"});
    }
    return false;
}

bool isDenied(const Place& place) {
    if (isPlainlyWilled(place)) return false;
    if (place.hasBefore(5, {"won", "can", "cannot", "not", "never", "nobody", "don", "needn"}) &&
        !place.hasBefore(5, {"yes", "sure", "just"})) {
        const bool isOffer = place.hasBefore(5, {"can"}) && !place.hasBefore(5, {"t", "not"});
        if (!isOffer) return true;
    }
    return place.hasBefore(6, {"need"}) && place.hasBefore(7, {"no"});
}

bool isTheirs(const Place& place) {
    return isOneOf(place.after(1), {"the", "my", "our", "their"}) &&
           isOneOf(place.after(2), {"colleague", "colleagues",  "vendor",       "supplier", "provider",
                                    "publisher", "editor",      "manufacturer", "carrier",  "engineer",
                                    "manager",   "boss",        "support",      "team",     "software",
                                    "second",    "distributor", "courier",      "shop",     "helpline"});
}

}  // namespace

const PhoneCues& englishPhoneCues() {
    static const PhoneCues kCues{.phoning = {{"call*"},
                                             {"ring*"},
                                             {"phone"},
                                             {"phoning"},
                                             {"back to you"},
                                             {"in touch"},
                                             {"hear from"},
                                             {"let you know"},
                                             {"follow* up"},
                                             {"update you"},
                                             {"you posted"}},
                                 .testing = {{"call it"},
                                             {"ring it"},
                                             {"calling it"},
                                             {"ringing it"},
                                             {"ring that"},
                                             {"call that"},
                                             {"calling you now"},
                                             {"ringing you now"},
                                             {"call you now to test"},
                                             {"ring you now to test"},
                                             {"call you now to check"},
                                             {"ring you now to check"},
                                             {"call you ~ to test"},
                                             {"ring you ~ to test"}},
                                 .reminding = {},
                                 .leftToCustomer = {{"call us"},
                                                    {"ring us"},
                                                    {"call me"},
                                                    {"ring me"},
                                                    {"phone us"},
                                                    {"us a call"},
                                                    {"us a ring"},
                                                    {"me a call"},
                                                    {"me a ring"}},
                                 .byCustomer = {{"i ll call"},
                                                {"i ll ring"},
                                                {"i ll phone"},
                                                {"i will call"},
                                                {"i will ring"},
                                                {"we ll call"},
                                                {"we ll ring"},
                                                {"ll call you"},
                                                {"ll ring you"},
                                                {"ll phone you"},
                                                {"ll give you a call"},
                                                {"ll give you a ring"},
                                                {"will call you"},
                                                {"will ring you"},
                                                {"will phone you"},
                                                {"hell call you"},
                                                {"hell ring you"},
                                                {"shell call you"},
                                                {"shell ring you"}},
                                 .doubting = {{"if i have time"},
                                              {"if i get time"},
                                              {"if i get a minute"},
                                              {"if i ve time"},
                                              {"if i can"},
                                              {"can t promise"},
                                              {"can t guarantee"},
                                              {"no promises"},
                                              {"i might"},
                                              {"maybe i ll"},
                                              {"perhaps i ll"},
                                              {"not promising"}}};
    return kCues;
}

std::optional<Phoning> englishPhoning(const Place& place) {
    // "someone will get back to you"
    if (place.word() == "back" && place.after(1) == "to" && isOneOf(place.before(1), {"get", "come"}) &&
        place.hasBefore(4, {"ll", "will"}) && !place.hasBefore(5, {"not", "nobody"}))
        return Phoning::Promised;
    if (!isOneOf(place.word(), {"call", "ring", "phone"})) return std::nullopt;
    if (isOneOf(place.before(1), {"a", "quick"})) return givenCall(place);
    if (isDenied(place)) return Phoning::Denied;
    if (isOneOf(place.after(1), {"us", "me", "yourself"})) return Phoning::LeftToCustomer;
    if (isOneOf(place.after(1), {"it", "up"})) return Phoning::ToOthers;  // "call up the logs"
    if (place.before(1) == "you" ||
        (place.before(2) == "you" && isOneOf(place.before(1), {"ll", "can", "could"})))
        return Phoning::LeftToCustomer;
    if (place.after(1) == "you" && !isOneOf(place.after(2), {"by", "a", "sir", "madam"}))
        return Phoning::Promised;
    return isTheirs(place) ? Phoning::ToOthers : Phoning::Unclear;
}

}  // namespace ninja3cx::analysis
