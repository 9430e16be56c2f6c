#include "server/analysis/sentiment.hpp"

#include "server/analysis/cue_list.hpp"

namespace ninja3cx::analysis {
namespace {

using protocol::Sentiment;

const CueList& gladCues() {
    static const CueList kGlad{{"saying thank*", 2},
                               {"vous etes gentil*", 1.5},
                               {"quel soulagement", 2},
                               {"merci infiniment", 2},
                               {"au top", 2},
                               {"bonne surprise", 1.5},
                               {"delight", 2},
                               {"excellent", 1.5},
                               {"magnifique", 1},
                               {"ca change la vie", 2},
                               {"you re a star", 2},
                               {"brilliant thank", 1},
                               {"relief", 1.5},
                               {"relieved", 1.5},
                               {"formidable", 2},
                               {"parfaitement", 1},
                               {"genial", 2},
                               {"super", 1},
                               {"nickel", 1.5},
                               {"merci mille fois", 2},
                               {"un grand merci", 2},
                               {"vraiment merci", 2},
                               {"chapeau", 2},
                               {"bravo", 1.5},
                               {"ravi*", 2},
                               {"content*", 1.5},
                               {"tres content*", 2},
                               {"soulage*", 1.5},
                               {"top", 1.5},
                               {"efficace", 1.5},
                               {"rapide", 1},
                               {"adorable", 2},
                               {"gentil*", 1},
                               {"vous etes un chef", 2},
                               {"je recommande", 2},
                               {"sauve* la vie", 2},
                               {"impeccable", 1.5},
                               {"enchante*", 2},
                               {"la patience", 1},
                               {"dire du bien", 2},
                               {"tres bien passee", 1.5},
                               {"du travail soigne", 2},
                               {"bien mieux", 1},
                               {"quel bonheur", 2},
                               {"brilliant", 1.5},
                               {"lovely", 1},
                               {"wonderful", 2},
                               {"marvellous", 2},
                               {"perfect", 1},
                               {"thank you so much", 2},
                               {"thanks so much", 2},
                               {"amazing", 2},
                               {"you ve been ever so", 2},
                               {"feel a lot better", 2},
                               {"fantastic", 2},
                               {"so helpful", 2},
                               {"star", 1},
                               {"exactly what i needed", 1.5},
                               {"delighted", 2},
                               {"lifesaver", 2},
                               {"so patient", 1.5}};
    return kGlad;
}

const CueList& upsetCues() {
    static const CueList kUpset{{"strictement rien", 1.5},
                                {"rien change", 1},
                                {"je paie pas", 1.5},
                                {"vous vous fichez", 3},
                                {"se ficher", 2},
                                {"c est long", 1},
                                {"ca commence a bien faire", 3},
                                {"j en ai assez", 2.5},
                                {"ras la casquette", 3},
                                {"lamentable", 3},
                                {"honte", 2.5},
                                {"j en peux plus", 2},
                                {"a chaque fois", 1},
                                {"tous les jours", 0.5},
                                {"perdu ma journee", 2},
                                {"peur", 1.5},
                                {"panique*", 1.5},
                                {"let down", 2},
                                {"had enough", 2.5},
                                {"scared", 1.5},
                                {"every single time", 2},
                                {"useless", 2},
                                {"poor service", 3},
                                {"inadmissible", 3},
                                {"inacceptable", 3},
                                {"scandaleux", 3},
                                {"honteux", 3},
                                {"decu*", 2},
                                {"resilier", 3},
                                {"pas content*", 3},
                                {"pas serieux", 2.5},
                                {"n importe quoi", 2.5},
                                {"se moquer", 2.5},
                                {"ras le bol", 3},
                                {"marre", 2.5},
                                {"exaspe*", 3},
                                {"furieu*", 3},
                                {"enerve*", 2},
                                {"en colere", 3},
                                {"personne ~ rappele*", 2},
                                {"personne repond", 2},
                                {"toujours pas", 1.5},
                                {"encore une fois", 1},
                                {"encore demain", 1.5},
                                {"troisieme fois", 2},
                                {"quatrieme", 1.5},
                                {"troisieme panne", 2},
                                {"fois que j appelle", 2.5},
                                {"c est limite", 2},
                                {"vraiment limite", 2},
                                {"penible*", 1.5},
                                {"on verra", 1},
                                {"j espere bien", 1},
                                {"rien regle", 2},
                                {"ca va pas du tout", 2},
                                {"une honte", 3},
                                {"plaint*", 1},
                                {"plainte", 2},
                                {"responsable ~ parler", 2},
                                {"parler a un responsable", 2.5},
                                {"catastroph*", 2},
                                {"inquiet*", 1.5},
                                {"stress*", 1},
                                {"desespe*", 2},
                                {"angoiss*", 1.5},
                                {"ca m agace", 2},
                                {"insupportable", 2.5},
                                {"ridiculous", 2.5},
                                {"unacceptable", 3},
                                {"fed up", 3},
                                {"disappoint*", 2},
                                {"frustrat*", 2},
                                {"angry", 3},
                                {"not good enough", 2.5},
                                {"third time", 2},
                                {"complaint", 2},
                                {"worried", 1.5},
                                {"a joke", 2},
                                {"still not", 1},
                                {"nobody ~ called", 2},
                                {"appalling", 3},
                                {"waste of time", 2},
                                {"unbelievable", 2}};
    return kUpset;
}

Sentiment signOf(double points, double threshold) {
    return points >= threshold    ? Sentiment::Positive
           : points <= -threshold ? Sentiment::Negative
                                  : Sentiment::Neutral;
}

}  // namespace

SentimentFinding findSentiment(const Conversation& conversation) {
    double thirds[3] = {0, 0, 0};
    double glad = 0;
    double upset = 0;
    SentimentFinding finding;
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        double points = 0;
        for (const CueList::Hit& hit : gladCues().hits(line)) {
            const double worth = isNegated(line.words, hit.match) ? -hit.weight : hit.weight;
            points += worth;
        }
        for (const CueList::Hit& hit : upsetCues().hits(line)) {
            points -= hit.weight;
            if (finding.overall.cue.size() < 60)
                finding.overall.cue += (finding.overall.cue.empty() ? "" : ", ") + std::string{hit.phrase};
        }
        if (points == 0) continue;
        finding.overall.turns.push_back(line.turn);
        thirds[line.position < 1.0 / 3 ? 0 : line.position < 2.0 / 3 ? 1 : 2] += points;
        (points > 0 ? glad : upset) += points;
    }
    finding.start = signOf(thirds[0], 1.5);
    finding.end = signOf(thirds[2], 1.5);
    Sentiment overall = finding.end;
    if (overall == Sentiment::Neutral) {
        // A complaint that is followed by nothing but politeness stands; early praise needs to be plain to
        // last.
        if (upset <= -2.5 && glad < 1.5) overall = Sentiment::Negative;
        if (glad >= 3 && upset > -1) overall = Sentiment::Positive;
    } else if (overall == Sentiment::Positive && upset <= -5 && thirds[2] < 2.5) {
        overall = Sentiment::Neutral;
    }
    finding.overall.value = overall;
    const double strength = glad - upset;
    finding.overall.confidence = overall == Sentiment::Neutral ? (strength < 1 ? protocol::Confidence::Likely
                                                                               : protocol::Confidence::Unsure)
                                 : strength >= 4               ? protocol::Confidence::Sure
                                                               : protocol::Confidence::Likely;
    return finding;
}

}  // namespace ninja3cx::analysis
