#include "tests/scenarios/row.hpp"

#include "shared/json/codec.hpp"

#include <fstream>
#include <iterator>

namespace ninja3cx::scenarios {
namespace {

struct RowFile {
    std::string about;
    std::vector<Row> rows;
};
BOOST_DESCRIBE_STRUCT(RowFile, (), (about, rows))

}  // namespace

Result<std::vector<Row>> readRows(const std::filesystem::path& file) {
    std::ifstream stream{file};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream) return Error{ErrorKind::Io, file.string() + ": cannot be read"};
    auto read = json::decodeText<RowFile>(text, json::UnknownFields::Refused);
    if (!read) return inContext(file.string(), read.error());
    return std::move(read->rows);
}

}  // namespace ninja3cx::scenarios
