#pragma once

#include "shared/core/result.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

/// One thing that is wrong with a value: where, e.g. "description.public", and what was expected there.
struct Violation {
    std::string path;
    std::string expected;
    bool operator==(const Violation&) const = default;
};
/// "description.public must not be null"
std::string textOf(const Violation& violation);

/// What becomes of a property that its type does not list.
enum class Extras { Refused = 1, Ignored };

/// Named types, written in the part of JSON Schema that OpenAPI 3.0 uses: `type`, `properties`, `required`,
/// `additionalProperties`, `items`, `enum`, `format` (int32, int64, double, uuid, binary), `minLength`,
/// `maxLength`, `minimum`, `maximum`, `uniqueItems`, `nullable`, `$ref` (a type's name) and `note`. A type
/// without `type` takes everything.
class Schema {
public:
    /// An error names the keyword, format or type that nobody knows: a rule that is misspelt must not pass.
    static Result<Schema> make(boost::json::object types);
    /// Whether `type` itself is written as described above; `place` begins the error's text.
    Result<void> checkType(const boost::json::value& type, const std::string& place) const;

    /// Everything about `value` that `type` does not allow, at most `kMostViolations`; empty: it fits.
    std::vector<Violation> violations(const boost::json::value& type, const boost::json::value& value,
                                      const std::string& path, Extras extras) const;
    /// The type itself where `type` only names one.
    const boost::json::object& resolved(const boost::json::value& type) const;

    static constexpr std::size_t kMostViolations = 20;

private:
    explicit Schema(boost::json::object types) : types_(std::move(types)) {}
    boost::json::object types_;
};

}  // namespace ninja3cx::simulators
