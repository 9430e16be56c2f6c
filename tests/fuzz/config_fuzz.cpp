#include "shared/config/environment.hpp"
#include "shared/config/layer.hpp"
#include "shared/config/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

struct Part {
    std::int32_t number = 0;
    std::vector<std::string> list;
    std::map<std::string, std::string> table;
};
BOOST_DESCRIBE_STRUCT(Part, (), (number, list, table))
struct Whole {
    Part part;
    bool isOn = false;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (part, isOn))

}  // namespace

/// A configuration file: whatever it holds, every error names its place and every key has one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::config;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    static const Schema schema = schemaOf<Whole>();
    auto layer = parseLayer("f", input);
    if (layer) {
        for (const auto& [key, value] : layer->tree.get_object())
            if (!layer->origins.contains(std::string{key})) std::abort();
        if (auto checked = checkLayer(schema, {{"part.secret", "PART_SECRET"}}, *layer);
            !checked && !checked.error().detail.starts_with("f"))
            std::abort();
    } else if (!layer.error().detail.starts_with("f:")) {
        std::abort();
    }
    (void)parseDotEnv("e", input);
    return 0;
}
