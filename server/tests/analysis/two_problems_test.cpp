#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using enum protocol::Category;

struct Problem {
    protocol::Category category;
    const char* thing;  // by which it is told
    const char* said;
};
struct Wording {
    const char* language;
    std::array<Problem, 8> problems;
    std::array<const char*, 11> openings;
};
const Wording kWordings[] = {
    {"fr",
     {{{Email, "boîte mail", "ma boîte mail est pleine"},
       {PrinterScanner, "imprimante", "l'imprimante de l'accueil n'imprime plus"},
       {NetworkVpn, "VPN", "je n'arrive plus à me connecter au VPN"},
       {Hardware, "écran", "mon deuxième écran reste noir"},
       {Telephony, "téléphone", "mon téléphone ne sonne plus"},
       {InternetWifi, "Wi-Fi", "le wifi coupe dans la salle de réunion"},
       {WorkstationPerformance, "PC de l'accueil", "le PC de l'accueil rame"},
       {SoftwareApplication, "Excel", "Excel plante dès que j'ouvre le budget"}}},
     {"Autre chose, ", "La deuxième, ", "Et aussi, ", "Tant que je vous ai, ", "Par ailleurs, ", "Sinon, ",
      "Et puis ", "Et sinon ", "Deuxième point, ", "En plus ", "J'ai aussi un autre souci, "}},
    {"en",
     {{{Email, "mailbox", "my mailbox is full"},
       {PrinterScanner, "printer", "the printer jams on every page"},
       {NetworkVpn, "VPN", "I can't connect to the VPN any more"},
       {Hardware, "monitor", "my second monitor stays black"},
       {Telephony, "desk phone", "my desk phone has no dial tone"},
       {InternetWifi, "Wi-Fi", "the Wi-Fi keeps dropping in the meeting room"},
       {WorkstationPerformance, "front desk PC", "the front desk PC is very slow"},
       {SoftwareApplication, "Excel", "Excel crashes when I open the budget"}}},
     {"Another thing, ", "Also, ", "Second, ", "While I have you, ", "On top of that, ", "Besides, ",
      "One more thing, ", "And also ", "By the way, ", "Oh and ", "The second thing is, "}},
};

/// Known to be read as one problem.
struct Missed {
    Category first;
    Category second;
    const char* language;
};
constexpr Missed kMissed[] = {
    {PrinterScanner, SoftwareApplication, "fr"},
};
bool isMissed(const Problem& first, const Problem& second, const std::string& language) {
    return std::ranges::any_of(kMissed, [&](const Missed& missed) {
        return missed.first == first.category && missed.second == second.category &&
               missed.language == language;
    });
}

/// Behind the sentence of the first problem one of the two is told of as the other.
bool isToldBeside(const std::string& summary, const Problem& first, const Problem& second) {
    for (const char* lead : {". Signale aussi", ". Par ailleurs", ". Also"}) {
        const std::size_t from = summary.find(lead);
        if (from == std::string::npos) continue;
        const std::string beside = summary.substr(from, summary.find(". ", from + 1) - from);
        return beside.find(first.thing) != std::string::npos ||
               beside.find(second.thing) != std::string::npos;
    }
    return false;
}

std::vector<std::string> callOf(const Problem& first, const Problem& second, const std::string& opening,
                                bool isOneTurn, bool isEnglish) {
    const std::string hello = isEnglish ? "C: Hi, " : "C: Bonjour, ";
    std::vector<std::string> lines{isEnglish ? "A: Support, hello." : "A: Support, bonjour."};
    if (isOneTurn) {
        lines.push_back(hello + first.said + ". " + opening + second.said + ".");
    } else {
        lines.push_back(hello + first.said + ".");
        lines.push_back(isEnglish ? "A: Let me look, is it fine now?"
                                  : "A: Je regarde, c'est bon maintenant ?");
        lines.push_back((isEnglish ? "C: Yes. " : "C: Oui. ") + opening + second.said + ".");
    }
    lines.push_back(isEnglish ? "A: I'll look at it." : "A: Je regarde.");
    return lines;
}

/// Each of two problems, opened in one of the ways, in the same turn or behind the answer to the first.
TEST(TwoProblems, AreBothFoundAndTold) {
    for (const Wording& wording : kWordings) {
        const bool isEnglish = wording.language == std::string{"en"};
        std::size_t calls = 0;
        for (const Problem& first : wording.problems)
            for (const Problem& second : wording.problems) {
                if (first.category == second.category) continue;
                const std::string opening = wording.openings[calls % wording.openings.size()];
                const bool isOneTurn = ++calls % 2 == 0;
                if (isMissed(first, second, wording.language)) continue;
                SCOPED_TRACE(std::string{first.said} + ". " + opening + second.said);
                const auto analysis =
                    analyse(talk(callOf(first, second, opening, isOneTurn, isEnglish), wording.language));
                EXPECT_TRUE(analysis.secondaryCategory);
                if (!analysis.secondaryCategory) continue;
                EXPECT_EQ((std::set{analysis.category, *analysis.secondaryCategory}),
                          (std::set{first.category, second.category}));
                EXPECT_TRUE(isToldBeside(analysis.summary, first, second)) << analysis.summary;
            }
        EXPECT_EQ(calls, 56U);
    }
}

/// "A pending side problem does not make it false": the main one counts. No ticket is closed at once while something is
/// left to do.
TEST(TwoProblems, AreSolvedWhereTheMainOneIs) {
    const struct {
        const char* name;
        std::vector<std::string> lines;
        bool isResolved;
        bool isClosedAtOnce;
        const char* language = "fr";
    } rows[] = {
        {"the second is pending",
         {"A: Support, bonjour.",
          "C: Bonjour, on n'a plus internet. Et aussi, l'imprimante de l'accueil n'imprime plus.",
          "A: Je relance la box. Et là ?", "C: Ça y est, internet est revenu, tout remarche.",
          "A: Parfait. Pour l'imprimante je passe demain.", "C: Merci, bonne journée."},
         true,
         false},
        {"the first is pending",
         {"A: Support, bonjour.",
          "C: Bonjour, on n'a plus internet. Et aussi, l'imprimante de l'accueil n'imprime plus.",
          "A: Je relance l'imprimante. Et là ?", "C: Elle imprime. Par contre toujours pas d'internet.",
          "A: Je transmets à l'opérateur, il passe demain.", "C: D'accord, on attend."},
         false,
         false},
        {"nothing is pending",
         {"A: Support, bonjour.", "C: Bonjour, on n'a plus internet.", "A: Je relance la box. Et là ?",
          "C: Ça y est, internet est revenu, tout remarche.", "A: Parfait, je ferme le ticket.",
          "C: Merci, bonne journée."},
         true,
         true},
        {"the second is pending, in English",
         {"A: Support, hello.", "C: Hi, I can't print from my laptop.",
          "A: I've set the printer up again, try now.",
          "C: Yes, it's printing, it works now, brilliant. Another thing, my mailbox is full.",
          "A: I'll send you the guide to archive it.",
          "C: Perfect, that's everything sorted, thank you, bye."},
         true,
         false,
         "en"},
        {"the first is pending, in English",
         {"A: Support, hello.", "C: Hi, I can't print from my laptop. Another thing, my mailbox is full.",
          "A: I've archived your mailbox, is that better?",
          "C: Yes, the mailbox is fine. The printer still doesn't print.",
          "A: I'll send an engineer tomorrow.", "C: Okay, see you tomorrow."},
         false,
         false,
         "en"},
    };
    for (const auto& row : rows) {
        const auto analysis = analyse(talk(row.lines, row.language));
        EXPECT_EQ(analysis.resolved, row.isResolved) << row.name;
        const auto evidence =
            std::ranges::find(analysis.evidence, std::string{"resolved"}, &protocol::Evidence::field);
        ASSERT_NE(evidence, analysis.evidence.end()) << row.name;
        const bool isSure = evidence->confidence == protocol::Confidence::Sure;
        EXPECT_EQ(analysis.resolved && isSure, row.isClosedAtOnce) << row.name;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
