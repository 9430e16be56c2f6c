#pragma once

#include "shared/json/codec.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The code words that records and replies carry as strings, so that each face shows its own words for them. They are
/// strings there because a newer server may say one that an older face does not know.
namespace ninja3cx::protocol {

/// Draft::heldBecause: why a person must decide.
enum class HeldReason {
    RequesterUnknown,
    RequesterAmbiguous,
    RequesterInactive,
    DirectoryStale,
    WeakMatch,
    FieldsMissing,
    NoText,
    FromRecording,  // what was said is of the PBX's recording: who said it is not sure
    EndUnseen,
    TicketNotWarranted,
    AutoOff,
    DraftsOnly,
    AgentAway,
    PopupNotShown,
    AnalysisPending,
    AnalysisFailed,
    Postponed,
    Returned,  // it was another ticket's part, and is not any more
};
BOOST_DESCRIBE_ENUM(HeldReason, RequesterUnknown, RequesterAmbiguous, RequesterInactive, DirectoryStale,
                    WeakMatch, FieldsMissing, NoText, FromRecording, EndUnseen, TicketNotWarranted, AutoOff,
                    DraftsOnly, AgentAway, PopupNotShown, AnalysisPending, AnalysisFailed, Postponed,
                    Returned)

/// Delivery::problemCode.
enum class DeliveryProblem {
    NotConfigured,
    Throttled,
    Unreachable,
    ServerError,
    NeedsLogin,
    UserContextRequired,
    Forbidden,
    Refused,
    FieldRefused,
    LookingUp,
    LookUpFails,
    Unconfirmed,
    NoteRefused,
    NoteMissing,
    TargetGone,      // the ticket to comment on is deleted or another customer's
    CloseRefused,    // the ticket is there, and was not closed
    ChangesMissing,  // it is an earlier attempt's: what was changed since may not be in it
    Comparing,       // a ticket that a technician named, with the call: nothing is sent
    NotThisCalls,    // a ticket that a technician named: nothing was added to it
    NoSuchTicket,    // the same, and it is not in NinjaOne, or not any more
    InDoubt,         // tickets may be the call's: to send it again says that none of them is
    NotInNinja,      // nothing of earlier attempts: it can be sent as it is now
    NotMoved,        // NinjaOne could not be asked what they left: nothing was sent elsewhere
    GivenUp,
};
BOOST_DESCRIBE_ENUM(DeliveryProblem, NotConfigured, Throttled, Unreachable, ServerError, NeedsLogin,
                    UserContextRequired, Forbidden, Refused, FieldRefused, LookingUp, LookUpFails,
                    Unconfirmed, NoteRefused, NoteMissing, TargetGone, CloseRefused, ChangesMissing,
                    Comparing, NotThisCalls, NoSuchTicket, InDoubt, NotInNinja, NotMoved, GivenUp)

/// FieldProblem::code.
enum class FieldFault { Required, TooLong, Unknown, NotAllowed, Inactive };
BOOST_DESCRIBE_ENUM(FieldFault, Required, TooLong, Unknown, NotAllowed, Inactive)

/// CallerMatch::rule: by what the caller was recognised. NumberTail: by the last nine digits alone, as where the country
/// cannot be told: shown, and never relied on by itself.
enum class MatchRule { ExactNumber, NumberTail, OrganizationNumber };
BOOST_DESCRIBE_ENUM(MatchRule, ExactNumber, NumberTail, OrganizationNumber)

/// SystemStatus::storageProblem: what the server cannot put on its disk. AudioNotStored: agents keep what they record.
enum class StorageProblem { AudioNotStored, DatabaseNotWritten };
BOOST_DESCRIBE_ENUM(StorageProblem, AudioNotStored, DatabaseNotWritten)

/// ErrorReply::code.
enum class RefusalCode {
    BadMessage,
    UnknownType,
    WrongSequence,
    NotFound,
    Delivered,
    Superseded,
    Forbidden,
    Conflict,
    Busy,
    ServerError,
    HelloExpected,
    HelloTimeout,
    Unauthorized,
    TooManyErrors,
};
BOOST_DESCRIBE_ENUM(RefusalCode, BadMessage, UnknownType, WrongSequence, NotFound, Delivered, Superseded,
                    Forbidden, Conflict, Busy, ServerError, HelloExpected, HelloTimeout, Unauthorized,
                    TooManyErrors)

/// As it stands in JSON: nobody writes a code word by hand.
template <class Code>
std::string wordOf(Code code) {
    return json::inCase(boost::describe::enum_to_string(code, ""), json::nameCase<Code>);
}

/// Empty for a word of another version.
template <class Code>
std::optional<Code> codeNamed(std::string_view word) {
    std::optional<Code> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Code>>([&](auto d) {
        if (json::inCase(d.name, json::nameCase<Code>) == word) found = d.value;
    });
    return found;
}

}  // namespace ninja3cx::protocol
