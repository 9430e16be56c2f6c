#pragma once

#include "simulators/exchange/exchange.hpp"

#include <boost/json.hpp>

namespace ninja3cx::simulators {

/// An OData collection: `rows` after $filter (`Field eq value`), $orderby, $skip, $top and $select, with
/// $count=true counted. 400 for a $filter it does not understand.
Reply odataReply(const Request& request, const std::string& entity, boost::json::array rows);
Reply odataError(int status, const std::string& message);

}  // namespace ninja3cx::simulators
