#include "server/transcription/processor.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <string>

namespace ninja3cx::transcription {

Result<void> checkProcessor() {
#if defined(__x86_64__)
    std::string missing;
    const auto want = [&](bool isThere, const char* name) {
        if (!isThere) missing += missing.empty() ? name : std::string{", "} + name;
    };
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    const bool hasF16c = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
    __builtin_cpu_init();
    want(__builtin_cpu_supports("avx2") != 0, "AVX2");  // asks the operating system's part as well
    want(__builtin_cpu_supports("fma") != 0, "FMA");
    want(hasF16c, "F16C");
    want(__builtin_cpu_supports("bmi2") != 0, "BMI2");
    if (!missing.empty()) {
        return Error{
            ErrorKind::Rejected,
            "speech recognition needs a processor with AVX2, FMA, F16C and BMI2 (Intel since 2013, AMD "
            "since 2015); this one lacks " +
                missing +
                ". On such a machine build from source with GGML_AVX2, GGML_FMA, GGML_F16C and "
                "GGML_BMI2 switched off and install that whisper library on the system"};
    }
#endif
    return {};
}

}  // namespace ninja3cx::transcription
