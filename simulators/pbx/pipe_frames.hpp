#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How 3CX's softphone and its TAPI helper talk: a frame is a uint16 (little endian) with the number of bytes that
/// follow, then UTF-16LE text of `key=value` pairs separated by commas.
namespace ninja3cx::simulators {

using PipeFields = std::vector<std::pair<std::string, std::string>>;

std::string textOfFields(const PipeFields& fields);
/// What is no pair is left out.
PipeFields fieldsOfText(std::string_view text);
/// The first of that name, or nothing.
std::string fieldOf(const PipeFields& fields, std::string_view name);

/// A frame with `text` (UTF-8), cut to what a frame can hold.
std::string encodePipeFrame(std::string_view text);

/// Takes bytes as they come and gives the texts of whole frames, as UTF-8.
class PipeReader {
public:
    std::vector<std::string> push(std::string_view bytes);

private:
    std::string pending_;
};

}  // namespace ninja3cx::simulators
