#include "server/calls/outbox_text.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace ninja3cx::calls {

std::string localTime(std::int64_t epochMs) {
    const std::time_t seconds = static_cast<std::time_t>(epochMs / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%d/%m/%Y %H:%M", &parts);
    return text.data();
}

std::string callHead(std::int64_t startedAtMs) {
    return "\nAppel du " + localTime(startedAtMs);
}

std::string bodyToSend(const OutboxEntry& entry) {
    std::string text = entry.description;
    if (const std::string own = "Ref: " + entry.marker; text.ends_with(own)) {
        text.resize(text.size() - own.size());
        while (text.ends_with('\n')) text.pop_back();
    }
    if (!entry.joined) return text;
    for (const JoinedCall& earlier : *entry.joined)
        if (!earlier.description.empty()) text += "\n\nAppel précédent, même dossier\n" + earlier.description;
    return text;
}

std::string referenceLine(const OutboxEntry& entry) {
    std::string line = "Ref: " + entry.marker;
    if (!entry.joined) return line;
    for (const JoinedCall& earlier : *entry.joined) line += ", " + earlier.marker;
    return line;
}

std::string noteToSend(const OutboxEntry& entry) {
    std::string earlier;
    if (entry.joined)
        for (auto each = entry.joined->rbegin(); each != entry.joined->rend(); ++each)
            if (!each->transcript.empty()) earlier += "\n" + callHead(each->startedAtMs) + each->transcript;
    if (earlier.empty()) return entry.transcriptNote;
    std::string_view own = entry.transcriptNote;
    if (own.starts_with(kNoteHead)) own.remove_prefix(kNoteHead.size());
    std::string text = "Transcription des appels (données sensibles masquées)" + earlier;
    if (!own.empty()) text.append("\n").append(own);
    return text;
}

bool hasNote(const OutboxEntry& entry) {
    return !entry.transcriptNote.empty() ||
           (entry.joined && std::ranges::any_of(*entry.joined, [](const JoinedCall& earlier) {
                return !earlier.transcript.empty();
            }));
}

void forgetNote(OutboxEntry& entry) {
    entry.transcriptNote.clear();
    entry.unwantedNote.reset();
    if (entry.joined)
        for (JoinedCall& earlier : *entry.joined) earlier.transcript.clear();
}

}  // namespace ninja3cx::calls
