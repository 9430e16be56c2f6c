#pragma once

#include "simulators/exchange/exchange.hpp"

#include <boost/json.hpp>

namespace ninja3cx::simulators {

enum class Paging { AfterFilter = 1, BeforeFilter };

/// An OData collection: `rows` after $filter (`Field eq value`, also ne gt ge lt le, joined by `and`), $orderby,
/// $skip, $top and $select, with $count=true counted. 400 for a $filter it does not understand.
Reply odataReply(const Request& request, const std::string& entity, boost::json::array rows,
                 Paging paging = Paging::AfterFilter);
Reply odataError(int status, const std::string& message);

}  // namespace ninja3cx::simulators
