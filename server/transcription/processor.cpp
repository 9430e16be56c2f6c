#include "server/transcription/processor.hpp"

#include <ggml-cpu.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <string>

namespace ninja3cx::transcription {

Result<void> compareProcessor(const std::vector<Instructions>& instructions) {
    std::string used;
    std::string missing;
    const auto add = [](std::string& list, const char* name) {
        list += list.empty() ? name : std::string{", "} + name;
    };
    for (const Instructions& one : instructions) {
        if (!one.isUsed) continue;
        add(used, one.name);
        if (!one.isThere) add(missing, one.name);
    }
    if (missing.empty()) return {};
    return Error{
        ErrorKind::Rejected,
        "this processor lacks " + missing + ": speech recognition was built for " + used +
            " (without options: Intel since 2013, AMD since 2015). Build it from source on this machine "
            "with: cmake --preset release -DPROJECT_WHISPER_NATIVE=ON"};
}

Result<void> checkProcessor() {
#if defined(__x86_64__)
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    const bool hasF16c = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
    __builtin_cpu_init();  // asks the operating system's part as well
    // What ggml_cpu_has_… answers was fixed when it was compiled.
    return compareProcessor(
        {{"AVX", ggml_cpu_has_avx() != 0, __builtin_cpu_supports("avx") != 0},
         {"AVX2", ggml_cpu_has_avx2() != 0, __builtin_cpu_supports("avx2") != 0},
         {"FMA", ggml_cpu_has_fma() != 0, __builtin_cpu_supports("fma") != 0},
         {"F16C", ggml_cpu_has_f16c() != 0, hasF16c},
         {"BMI2", ggml_cpu_has_bmi2() != 0, __builtin_cpu_supports("bmi2") != 0},
         {"AVX512", ggml_cpu_has_avx512() != 0, __builtin_cpu_supports("avx512f") != 0},
         {"AVX512_VBMI", ggml_cpu_has_avx512_vbmi() != 0, __builtin_cpu_supports("avx512vbmi") != 0},
         {"AVX512_VNNI", ggml_cpu_has_avx512_vnni() != 0, __builtin_cpu_supports("avx512vnni") != 0},
         {"AVX512_BF16", ggml_cpu_has_avx512_bf16() != 0, __builtin_cpu_supports("avx512bf16") != 0}});
#else
    return {};
#endif
}

}  // namespace ninja3cx::transcription
