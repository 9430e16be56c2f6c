#pragma once

#include "shared/core/result.hpp"

#include <exception>
#include <string>

namespace ninja3cx::transcription {

/// What is being caught, as an error. In a `catch` only.
inline Error thrown(const std::string& doing) {
    try {
        throw;
    } catch (const std::exception& failure) {
        return {ErrorKind::Io, doing + " failed: " + failure.what()};
    } catch (...) {
        return {ErrorKind::Io, doing + " failed"};
    }
}

}  // namespace ninja3cx::transcription
