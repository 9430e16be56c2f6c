#pragma once

/// What this program has used so far.
namespace ninja3cx::bench {

/// Processor time of all its threads.
double cpuSeconds();

/// Memory now, and the most since `forgetPeakMemory`, in MB of a million bytes.
double memoryMb();
double peakMemoryMb();
void forgetPeakMemory();

}  // namespace ninja3cx::bench
