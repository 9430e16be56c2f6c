#include "server/app/no_core.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <system_error>

namespace ninja3cx::app {

Result<void> forbidCores() {
    const ::rlimit none{0, 0};
    // A collector (core_pattern with a pipe) does not heed the limit, but it does heed this.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && ::setrlimit(RLIMIT_CORE, &none) == 0) return {};
    return Error{ErrorKind::Io, "core dumps cannot be switched off: " +
                                    std::error_code{errno, std::generic_category()}.message()};
}

}  // namespace ninja3cx::app
