#include "simulators/pbx/odata.hpp"
#include "simulators/pbx/odata_function.hpp"
#include "simulators/pbx/pipe_frames.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// What a client sends the PBX simulator: frames of a softphone's pipe (the same in one piece or in many), functions and
/// filters in addresses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::simulators;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    PipeReader whole;
    PipeReader inPieces;
    const auto texts = whole.push(input);
    std::vector<std::string> same;
    for (const char byte : input)
        for (std::string& text : inPieces.push({&byte, 1})) same.push_back(std::move(text));
    if (texts != same) std::abort();
    for (const std::string& text : texts) {
        const PipeFields fields = fieldsOfText(text);
        if (fieldsOfText(textOfFields(fields)) != fields) std::abort();
    }
    if (const auto function = parseODataFunction(input); function && !input.starts_with(function->name))
        std::abort();
    Request request;
    request.query["$filter"] = std::string{input};
    boost::json::array rows;
    rows.push_back({{"Id", 5}, {"Name", "Support"}, {"At", "2026-01-01T00:00:00.000Z"}});
    const Reply reply = odataReply(request, "Rows", std::move(rows));
    if (reply.status != 200 && reply.status != 400) std::abort();
    return 0;
}
