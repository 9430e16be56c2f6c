#include "server/tests/transcription/made_silero.hpp"
#include "server/transcription/silero_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

void require(bool isTrue) {
    if (!isTrue) std::abort();
}

}  // namespace

/// A voice model, in memory: a good one with four bytes replaced for each eight of the input (where: 24 bits, counted
/// from the end if the next bit is set; with what), for a whole one is too much to find.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::transcription;
    static const std::string good = testing::MadeSilero{}.bytes();
    std::string bytes = good;
    for (; size >= 8; data += 8, size -= 8) {
        std::uint32_t where = 0;
        std::memcpy(&where, data, sizeof where);
        const bool isFromEnd = (where >> 24U) % 2 == 1;
        where &= 0xFFFFFFU;
        if (where + 4 > bytes.size()) {
            bytes.resize(500'000 + where % 1'000'000);  // cut, or zeros behind it
            continue;
        }
        const std::size_t at = isFromEnd ? bytes.size() - 4 - where : where;
        std::memcpy(bytes.data() + at, data + 4, 4);
    }
    static const int file = memfd_create("silero", MFD_CLOEXEC);
    require(file >= 0 && ftruncate(file, 0) == 0);
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t written =
            pwrite(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        require(written > 0);
        done += static_cast<std::size_t>(written);
    }
    const auto whole = checkSileroFile("/proc/self/fd/" + std::to_string(file));
    if (whole)
        require(bytes.size() == good.size());
    else
        require(whole.error().detail.find("models pull silero") != std::string::npos);
    return 0;
}
