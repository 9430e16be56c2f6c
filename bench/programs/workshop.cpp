#include "bench/programs/workshop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/serialize.hpp>

#include <stdlib.h>

#include <fstream>
#include <iostream>

namespace ninja3cx::bench {

TemporaryFolder::TemporaryFolder(bool isKept) : isKept_(isKept) {
    std::string name = (std::filesystem::temp_directory_path() / "3cx-ninja-bench-XXXXXX").string();
    if (::mkdtemp(name.data())) path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (isKept_)
        std::cerr << "kept: " << path_.string() << "\n";
    else if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

std::uint16_t freePort() {
    boost::asio::io_context context;
    using boost::asio::ip::tcp;
    return tcp::acceptor{context, tcp::endpoint{boost::asio::ip::make_address("127.0.0.1"), 0}}
        .local_endpoint()
        .port();
}

Result<void> writeJson(const std::filesystem::path& file, const boost::json::object& content) {
    std::ofstream out{file};
    out << boost::json::serialize(content);
    out.close();
    if (!out) return Error{ErrorKind::Io, "cannot write " + file.string()};
    return {};
}

std::string lastLineOf(const std::filesystem::path& file) {
    std::ifstream in{file};
    std::string last;
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) last = line;
    return last;
}

std::filesystem::path programsFolder() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace ninja3cx::bench
