#pragma once

#include <memory>

namespace ninja3cx {

/// Turns a C "destroy" function into a deleter of size zero.
template <auto destroy>
struct CDelete {
    template <class T>
    void operator()(T* handle) const noexcept {
        destroy(handle);
    }
};

/// The owner of a C handle, e.g. CHandle<sqlite3, sqlite3_close_v2>.
template <class T, auto destroy>
using CHandle = std::unique_ptr<T, CDelete<destroy>>;

}  // namespace ninja3cx
