#pragma once

#include <boost/endian/conversion.hpp>

#include <cstdint>
#include <span>
#include <vector>

/// Numbers as bytes, the lowest first: so they stand in our frames and files.
namespace ninja3cx {

/// The caller has checked that `bytes` goes on so far.
template <class T>
T readLittle(std::span<const std::uint8_t> bytes, std::size_t at) {
    return boost::endian::endian_load<T, sizeof(T), boost::endian::order::little>(bytes.data() + at);
}

/// Over what is there, which must be long enough.
template <class T>
void writeLittle(std::span<std::uint8_t> bytes, std::size_t at, T value) {
    boost::endian::endian_store<T, sizeof(T), boost::endian::order::little>(bytes.data() + at, value);
}

template <class T>
void appendLittle(std::vector<std::uint8_t>& out, T value) {
    out.resize(out.size() + sizeof(T));
    writeLittle(std::span{out}, out.size() - sizeof(T), value);
}

}  // namespace ninja3cx
