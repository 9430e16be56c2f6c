#include "server/analysis/personal_data/personal_data.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/account_search.hpp"
#include "server/analysis/personal_data/birthdate.hpp"
#include "server/analysis/personal_data/card_search.hpp"
#include "server/analysis/personal_data/number_context.hpp"
#include "server/analysis/personal_data/numbers_again.hpp"
#include "server/analysis/personal_data/open_dictation.hpp"
#include "server/analysis/personal_data/password_search.hpp"
#include "server/analysis/personal_data/split_numbers.hpp"
#include "server/analysis/personal_data/taken_places.hpp"
#include "server/analysis/personal_data/told_keys.hpp"
#include "server/analysis/personal_data/unnamed_secrets.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalDataKind;

void findBirthdates(const Conversation& conversation, TakenPlaces& places) {
    std::vector<std::string> isos;
    for (std::size_t index = 0; index < conversation.lines.size(); ++index)
        for (const SpokenBirthdate& date : findBirthdates(conversation, index)) {
            places.take(index, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
            if (date.iso.size() == 10 && isos.size() < 16) isos.push_back(date.iso);
        }
    for (std::size_t index = 0; index < conversation.lines.size(); ++index)
        for (const auto& [at, date] : findBirthdateInPieces(conversation, index))
            places.take(at, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
    if (isos.empty()) return;
    for (std::size_t index = 0; index < conversation.lines.size(); ++index)
        for (const SpokenBirthdate& date : findBirthdatesAgain(conversation, index, isos))
            places.take(index, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
}

void findUnnamed(const Conversation& conversation, TakenPlaces& places) {
    for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
        for (const UnnamedSecret& number : keyedSecurityNumbersIn(conversation.lines[index]))
            places.take(index, PersonalDataKind::Ssn, {number.first, number.last}, number.value);
        for (const UnnamedSecret& number : groupedSecurityNumbersIn(conversation.lines[index]))
            places.take(index, PersonalDataKind::Ssn, {number.first, number.last}, number.value);
        for (const UnnamedSecret& login : writtenLoginsIn(conversation.lines[index]))
            places.take(index, PersonalDataKind::Password, {login.first, login.last}, login.value);
    }
}

/// A piece, without what of it is known already: "NWBK" beside "6016".
void takeRest(const Dictated& piece, TakenPlaces& places) {
    if (places.isFree(piece.line, {piece.first, piece.last})) {
        places.take(piece.line, piece.kind, {piece.first, piece.last}, piece.value);
        return;
    }
    for (std::size_t at = piece.first; at < piece.last; ++at)
        places.take(piece.line, piece.kind, {at, at + 1}, piece.value);
}

}  // namespace

std::vector<protocol::PersonalData> findPersonalData(const Conversation& heard) {
    Conversation conversation = heard;
    for (Line& line : conversation.lines) line.words = mendedNumbers(line.words);
    const std::size_t lines = conversation.lines.size();
    const NumberContext context{conversation};
    TakenPlaces places{conversation};

    for (const ToldKey& key : toldKeysIn(conversation))
        places.take(key.line, PersonalDataKind::Password, {key.first, key.last}, key.value);
    AccountSearch accounts{context, places};
    for (std::size_t line = 0; line < lines; ++line) {
        accounts.findAccounts(line, true);
        accounts.findNationalInsurance(line);
    }
    CardSearch cards{context, places};
    for (std::size_t line = 0; line < lines; ++line) cards.findCorrectedCards(line);
    SplitNumbers split{context, places};
    for (std::size_t line = 0; line < lines; ++line) split.find(line);
    for (std::size_t line = 0; line < lines; ++line) {
        accounts.findAccounts(line, false);
        cards.findLongNumbers(line);
    }
    findUnnamed(conversation, places);
    const std::vector<Dictated> dictated = dictatedIn(conversation);
    const auto isBirthdate = [](const Dictated& piece) { return piece.kind == PersonalDataKind::Birthdate; };
    for (const Dictated& piece : dictated)
        if (!isBirthdate(piece)) takeRest(piece, places);
    NumbersAgain{context, places, split.found()}.find();
    cards.findCardDetails();
    findBirthdates(conversation, places);
    // A whole date is known by its value.
    for (const Dictated& piece : dictated)
        if (isBirthdate(piece)) takeRest(piece, places);
    PasswordSearch{conversation, places}.find(dictated);
    return places.inOrder();
}

}  // namespace ninja3cx::analysis
