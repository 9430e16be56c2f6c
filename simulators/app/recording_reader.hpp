#pragma once

#include "simulators/pbx/xapi.hpp"

namespace ninja3cx::simulators {

/// Makes a call's recording from its sound file: the part that was talked, as an 8 kHz WAV, all channels mixed into
/// one or the first two apart; at most 20 minutes. A `file` is given as it is. Errors name the file.
Result<RecordingFile> readRecording(const RecordingSource& source);

}  // namespace ninja3cx::simulators
