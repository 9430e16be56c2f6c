#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/personal_data/asked_numbers.hpp"
#include "server/analysis/personal_data/birthdate.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/dictation_follower.hpp"

#include <utility>

/// Dates of birth, told piece by piece.
namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

namespace {

DictatedPiece birthdatePiece(const Line& line, bool isBehindCue) {
    DictatedPiece piece;
    for (const auto& [first, last] : birthdatePartsIn(line, isBehindCue)) {
        piece.spans.push_back({first, last});
        for (std::size_t at = first; at < last; ++at) piece.value += line.words[at].text;
    }
    return piece;
}

}  // namespace

/// "votre date de naissance"; "je suis né le quatre" begins one.
std::optional<DictatedPiece> DictationFollower::askForBirthdate(const Line& line, const Seen& /*seen*/) {
    if (isOpen_) return std::nullopt;
    DictatedPiece begun = birthdatePiece(line, true);
    const bool isMasked = line.words.size() <= kLongLine && isMaskedAs(line, PersonalDataKind::Birthdate);
    if (begun.spans.empty() && !isMasked && !asksForBirthdate(line)) return std::nullopt;
    open({PersonalDataKind::Birthdate});
    if (!begun.spans.empty() || isMasked) ++now_.pieces;
    return begun;
}

DictatedPiece DictationFollower::birthdate(const Line& line) {
    constexpr std::size_t kParts = 3;
    DictatedPiece piece = birthdatePiece(line, false);
    if (piece.spans.empty()) piece = birthdatePiece(line, true);
    static const CueList kYear{{"annee"}, {"year"}, {"mois"}, {"month"}};
    if (!piece.spans.empty()) {
        piece = taken(std::move(piece));
    } else if (isMaskedAs(line, PersonalDataKind::Birthdate)) {
        taken({});
    } else if (kYear.first(line)) {
        now_.noise = 0;
    } else if (acknowledgesPiece(line) || endsDictation(line) || namesPlainNumber(line) ||
               namesMatterBeside(line)) {
        close();
    } else if (numberPieceIn(line, false).isAll) {
        agree();
    } else {
        wait(line);
    }
    if (now_.pieces >= kParts) close();
    return piece;
}

}  // namespace ninja3cx::analysis
