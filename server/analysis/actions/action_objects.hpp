#pragma once

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/analysis/lexicon/product_list.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

/// What a turn says that something is done with.
namespace ninja3cx::analysis {

template <class Value>
struct Compiled {
    const Value* value;
    std::vector<Phrase> phrases;
};
template <class Value>
Compiled<Value> compiledOf(const Value& value, std::string_view written) {
    Compiled<Value> compiled{&value, {}};
    while (!written.empty()) {
        const std::size_t bar = written.find('|');
        compiled.phrases.emplace_back(written.substr(0, bar));
        if (bar == std::string_view::npos) break;
        written.remove_prefix(bar + 1);
    }
    return compiled;
}

struct NounHit {
    const ActionNoun* noun = nullptr;
    Phrase::Match match;
    bool isPlural = false;
};
/// The things of a use that are said in a line, in their order; of two that share a word the longer wording.
std::vector<NounHit> nounsIn(const Line& line, std::uint32_t use);

struct ActedOn {
    NounHit hit;
    std::string_view verb;  // as the list has it
};
struct Reach {
    std::uint32_t use = 0;
    bool ofOthersToo = true;  // "votre serveur"
};
/// The first thing that stands close behind one of the verbs, with nothing between that leads away from it.
std::optional<ActedOn> objectOf(const Line& line, const CueList& verbs, Reach reach);

/// "le serveur est figé, je le redémarre": the only thing of the use that is said before, and of the same gender.
std::optional<NounHit> meantBy(const Line& line, const CueList& verbs, std::uint32_t use);

/// What the verbs are about, said behind them or before.
std::optional<NounHit> objectOrMeant(const Line& line, const CueList& verbs, std::uint32_t use);

/// One of the cues is said, and of what the technician does.
bool isSaid(const Line& line, const CueList& cues);
/// "je ne commande pas", "si ça recommence", "vous m'envoyez": not what the technician does.
bool isDeniedOrAsked(const Line& line, const Phrase::Match& verb);
/// Words that begin another thing than what the verb is about: "pour", "avec", "on", "it".
bool leadsAway(const Line& line, std::size_t from, std::size_t to);
/// One of the signs stands between the two words.
bool isPartedWithin(const Line& line, std::size_t first, std::size_t last, std::string_view signs = ".?!:;");

bool isWord(const Line& line, std::size_t at, std::initializer_list<std::string_view> words);
bool hasWord(const Line& line, std::initializer_list<std::string_view> words);

}  // namespace ninja3cx::analysis
