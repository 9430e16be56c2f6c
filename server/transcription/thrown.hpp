#pragma once

#include "shared/core/result.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace ninja3cx::transcription {

/// What is being caught, as an error. In a `catch` only. Does not throw: without memory it says only that.
inline Error thrown(std::string_view doing) {
    try {
        try {
            throw;
        } catch (const std::exception& failure) {
            return {ErrorKind::Io, std::string{doing} + " failed: " + failure.what()};
        } catch (...) {
            return {ErrorKind::Io, std::string{doing} + " failed"};
        }
    } catch (...) {
        return {ErrorKind::Io, "no memory"};  // so short that it needs none
    }
}

}  // namespace ninja3cx::transcription
