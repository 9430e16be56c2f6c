#include "shared/core/exceptions.hpp"

namespace ninja3cx {

std::string reasonOf(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& failure) {
        return failure.what();
    } catch (...) {
        return "unknown";
    }
}

}  // namespace ninja3cx
