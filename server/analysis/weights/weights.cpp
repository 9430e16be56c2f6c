#include "server/analysis/weights/weights.hpp"

#include <cstdint>
#include <span>

// The assembler takes the file in as it is: as an array in C++ it would be the largest source of the project.
asm(".section .rodata\n"
    ".globl ninja3cx_call_model\n"
    ".globl ninja3cx_call_model_end\n"
    "ninja3cx_call_model:\n"
    ".incbin \"" WEIGHTS_FILE
    "\"\n"
    "ninja3cx_call_model_end:\n"
    ".text\n");

extern "C" {
extern const std::uint8_t ninja3cx_call_model[];
extern const std::uint8_t ninja3cx_call_model_end[];
}

namespace ninja3cx::analysis {

const Model& builtInModel() {
    static const Model kModel = readModel({ninja3cx_call_model, ninja3cx_call_model_end}).value();
    return kModel;
}

}  // namespace ninja3cx::analysis
