#pragma once

#include "shared/core/result.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/ninja_schema/schema.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

/// What NinjaOne's published interface says of a request.
struct Verdict {
    std::string operation;  // "POST /ticketing/ticket"; empty: NinjaOne has nothing there, or nothing we use
    int status = 0;         // of the refusal: 400, 404, 415; 0: nothing is wrong
    std::vector<Violation> violations;
};
/// Every violation in one line.
std::string textOf(const Verdict& verdict);

/// The operations of NinjaOne's public API v2 that this product uses (ninja_api.json): which requests they
/// take and what of their answers may be relied on. Immutable; any thread.
class NinjaApi {
public:
    static const NinjaApi& builtIn();
    static Result<NinjaApi> parse(std::string_view text);

    /// Looks at method, path, query, authorisation scheme, media type and body; not at what the tenant holds.
    Verdict check(const Request& request) const;
    /// What a successful answer to `operation` lacks.
    std::vector<Violation> answerViolations(const std::string& operation,
                                            const boost::json::value& body) const;

    const boost::json::object& operations() const { return operations_; }  // by "GET /contacts"
    const Schema& schema() const { return schema_; }

private:
    NinjaApi(boost::json::object operations, Schema schema)
        : operations_(std::move(operations)), schema_(std::move(schema)) {}
    Result<void> checkOperations() const;

    boost::json::object operations_;
    Schema schema_;
};

}  // namespace ninja3cx::simulators
