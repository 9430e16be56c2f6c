#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::analysis {
namespace {

using protocol::Sentiment;

struct Row {
    const char* language;
    const char* trouble;
    const char* answer;
    const char* reply;
};

protocol::Analysis analysisOf(const Row& row, bool isPolite) {
    const bool isEnglish = row.language == std::string{"en"};
    std::vector<std::string> lines{isEnglish ? "A: Support, hello." : "A: Support, bonjour.",
                                   (isEnglish ? "C: Hi. " : "C: Bonjour. ") + std::string{row.trouble},
                                   std::string{"A: "} + row.answer, std::string{"C: "} + row.reply};
    if (isPolite) lines.push_back(isEnglish ? "A: Goodbye." : "A: Au revoir.");
    if (isPolite) lines.push_back(isEnglish ? "C: Thanks, bye." : "C: Merci, au revoir.");
    return analyse(talk(lines, row.language));
}

TEST(Moods, OfAngerAndMockeryAreNegative) {
    const Row rows[] = {
        {"en", "The printer is dead again.", "We'll come on Thursday.", "Oh wonderful, another triumph."},
        {"en", "My mail is down again.", "I can't do it before Friday.", "Thanks for nothing."},
        {"en", "This is the fourth time this month, it's not acceptable.", "I'll look into it.", "Fine."},
        {"en", "The VPN dropped again.", "It'll be next week.", "Oh great, next week. Just brilliant."},
        {"en", "Email's been down for hours.", "We're waiting for the vendor.",
         "Marvellous. What a service."},
        {"en", "Still no internet.", "Nobody is free today.", "Well, that's just fantastic."},
        {"en", "It has crashed for the third time today, I'm fed up.", "I'll restart it.", "If you must."},
        {"en", "The laptop you sent is broken.", "I'll log it.", "Superb work, really."},
        {"en", "I've called five times about this and nobody rang back. It's ridiculous.", "I'm sorry.",
         "Hm."},
        {"en", "The scanner is not working, again.", "Could be Tuesday.",
         "Tuesday, how lovely. Truly impressive."},
        {"fr", "L'imprimante est encore en panne.", "On passe jeudi.",
         "Jeudi, formidable. Vraiment, quelle efficacité."},
        {"fr", "Ma messagerie ne marche plus.", "Pas avant vendredi.", "Merci pour rien."},
        {"fr", "C'est la quatrième fois ce mois-ci, c'est inadmissible.", "Je regarde.", "Bon."},
        {"fr", "Le VPN a encore coupé.", "Ce sera la semaine prochaine.", "Ah bravo. Quelle réussite."},
        {"fr", "On n'a plus internet depuis ce matin.", "On attend l'opérateur.", "Super, comme d'habitude."},
        {"fr", "Le PC plante toujours.", "Personne n'est disponible.", "Génial, vraiment, bravo le service."},
        {"fr", "J'ai appelé cinq fois, personne ne rappelle, c'est lamentable.", "Je suis désolé.", "Oui."},
        {"fr", "Le portable que vous m'avez livré est cassé.", "Je note.", "Beau travail, vraiment."},
        {"fr", "Ça fait trois jours que ça ne marche pas, j'en ai marre.", "Je vois ça.", "J'espère."},
        {"fr", "Le scanner est mort.", "Peut-être mardi.", "Mardi, mais quel service, on applaudit."},
    };
    for (const Row& row : rows)
        for (const bool isPolite : {false, true})
            EXPECT_EQ(analysisOf(row, isPolite).sentiment, Sentiment::Negative)
                << row.trouble << ' ' << row.reply << isPolite;
}

TEST(Moods, OfSincereThanksAreNeverNegative) {
    const Row rows[] = {
        {"en", "The printer is dead.", "Try now.", "It prints. Oh wonderful, thank you so much."},
        {"en", "My mail is down.", "It's back now.", "Oh great, that's brilliant, thanks."},
        {"en", "The VPN dropped.", "Is it working?", "Yes, perfect. You've been very helpful."},
        {"en", "I'm locked out.", "I've unlocked it.", "Fantastic, that was quick. Thank you."},
        {"en", "No internet in the office.", "I restarted the router, check now.",
         "It's back, marvellous. Thanks a lot."},
        {"en", "Excel crashes.", "Repaired, try again.", "Superb, works perfectly. Lovely service."},
        {"en", "Still no sound in Teams.", "Choose the headset.", "Oh brilliant, I can hear you. Cheers."},
        {"en", "The scanner is not working.", "And now?", "It scans! You're a star, thank you."},
        {"en", "The laptop freezes.", "I replaced the driver.", "Great, it's so much faster. I'm delighted."},
        {"en", "I've called twice about this.", "It's fixed now, can you confirm?",
         "Yes it's fixed, excellent work, many thanks."},
        {"fr", "L'imprimante est en panne.", "Essayez maintenant.",
         "Ça imprime, formidable, merci beaucoup."},
        {"fr", "Ma messagerie ne marche plus.", "C'est rétabli.", "Ah super, merci, vous êtes efficace."},
        {"fr", "Le VPN a coupé.", "Ça marche ?", "Oui, parfait. Merci infiniment."},
        {"fr", "Mon compte est bloqué.", "Je l'ai débloqué.", "Génial, c'était rapide. Merci."},
        {"fr", "On n'a plus internet.", "J'ai relancé la box.", "C'est revenu, bravo, merci à vous."},
        {"fr", "Excel plante.", "C'est réparé.", "Impeccable, ça remarche, vous êtes top."},
        {"fr", "Plus de son dans Teams.", "Choisissez le casque.",
         "Ah nickel, je vous entends. Un grand merci."},
        {"fr", "Le scanner est mort.", "Et là ?", "Il scanne ! Bravo, quelle efficacité, merci."},
        {"fr", "Le PC rame.", "J'ai nettoyé.", "Super, c'est beaucoup plus rapide. Je suis ravie."},
        {"fr", "J'avais appelé deux fois.", "C'est corrigé, vous confirmez ?",
         "Oui c'est bon, excellent travail, merci beaucoup."},
    };
    int positive = 0;
    for (const Row& row : rows) {
        const Sentiment sentiment = analysisOf(row, false).sentiment;
        EXPECT_NE(sentiment, Sentiment::Negative) << row.reply;
        if (sentiment == Sentiment::Positive) ++positive;
    }
    EXPECT_GE(positive, 12);
}

/// Put off, and pleased with the day.
TEST(Moods, OfWhomTheDaySuitsAreNeverNegative) {
    const Row rows[] = {
        {"en", "My mail is down.", "I'll come next week.", "Perfect, next week it is."},
        {"en", "The printer is dead again.", "We'll come on Thursday.", "Great, Thursday's perfect."},
        {"en", "The scanner is not working.", "Could be Tuesday.", "Lovely, Tuesday is just fine."},
        {"en", "The laptop freezes.", "I can't do it before Friday.", "Friday is really great."},
        {"en", "I need a second monitor.", "It'll be next week.", "Brilliant, that suits me."},
        {"fr", "L'imprimante est en panne.", "On passe jeudi.", "Super, vraiment sympa."},
        {"fr", "Ma messagerie ne marche plus.", "Pas avant vendredi.", "Vendredi, c'est parfait."},
        {"fr", "Le VPN a coupé.", "Ce sera la semaine prochaine.", "Parfait, la semaine prochaine alors."},
        {"fr", "Le scanner est mort.", "Peut-être mardi.", "Super, mardi ça m'arrange."},
        {"fr", "Il me faut un deuxième écran.", "On le pose lundi.", "Génial, quelle efficacité."},
    };
    for (const Row& row : rows)
        for (const bool isPolite : {false, true})
            EXPECT_NE(analysisOf(row, isPolite).sentiment, Sentiment::Negative)
                << row.trouble << ' ' << row.reply << isPolite;
}

}  // namespace
}  // namespace ninja3cx::analysis
