#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

/// What customers answer when a call back is offered or promised to them, each said in several calls.
namespace ninja3cx::analysis {
namespace {

struct Answered {
    const char* offer;
    const char* answer;  // turns after one another by " / ", those of the technician with "A: "
};

// clang-format off
constexpr Answered kFrenchRefusals[] = {
    {"je vous rappelle demain si vous voulez", "non non ne me rappelez pas"},
    {"voulez-vous que je vous rappelle", "non pas de rappel s'il vous plaît"},
    {"je peux vous rappeler tout à l'heure", "ça ira inutile de rappeler"},
    {"on vous rappelle demain matin ça vous va", "c'est pas nécessaire"},
    {"vous voulez qu'on vous rappelle dans l'après-midi", "non je préfère vous rappeler moi"},
    {"je vous rappelle demain si vous voulez", "oh non surtout pas je suis en réunion"},
    {"voulez-vous que je vous rappelle ?", "merci mais non ça ira"},
    {"je peux vous rappeler jeudi", "vous inquiétez pas c'est pas nécessaire"},
    {"je vous rappelle vendredi si ça vous arrange", "j'aime autant que non"},
    {"est-ce que je vous rappelle pour vérifier", "non laissez je rappellerai moi-même"},
    {"je vous rappelle lundi pour faire le point", "non c'est pas la peine"},
    {"je vous rappelle dans une heure", "non vous embêtez pas à me rappeler"},
    {"je vous rappelle demain matin", "ah non c'est pas la peine de me rappeler"},
    {"je regarde et je vous rappelle à quatorze heures", "pas besoin de me rappeler merci"},
    {"je vous rappelle en fin de journée", "non merci"},
    {"je vous rappelle mardi", "attendez / non ne me rappelez pas"},
    {"je vous rappelle demain si vous voulez", "euh / A: oui / non c'est bon pas la peine"},
    {"je vous rappelle demain", "d'accord / A: à demain / ah non finalement ne me rappelez pas"},
    {"voulez-vous que je vous rappelle demain", "non / A: d'accord je vous rappelle pas alors"},
    {"je peux vous rappeler en début de semaine", "bof non"},
    {"vous souhaitez que je vous rappelle", "pas spécialement inutile de me recontacter"},
    {"on peut vous rappeler ce soir", "non ce soir je ne suis plus là laissez tomber"},
    {"je vous rappelle à dix heures ?", "ne vous dérangez pas je vous rappelle si ça bloque encore"},
    {"je vous rappelle demain ?", "non merci c'est gentil"},
    {"est-ce qu'on vous rappelle ?", "je ne veux pas être rappelé"},
    {"je vous rappelle vers seize heures si vous voulez", "faut pas me rappeler je suis en rendez-vous tout l'après-midi"},
    {"voulez-vous un rappel demain", "non ça va aller"},
    {"je vous rappelle cet après-midi", "non non pas besoin qu'on me rappelle"},
    {"je vous rappelle lundi matin", "non m'appelez pas c'est réglé"},
    {"je vous rappelle dans la journée", "non je vous rappellerai moi-même"},
    {"je peux vous rappeler demain", "on se débrouille merci / A: comme vous voulez"},
    {"je vous rappelle après la réunion", "c'est inutile de me rappeler tout remarche"},
    {"je vous rappelle mercredi si ça vous va", "laisse tomber va"},
    {"vous préférez que je vous rappelle", "aucun besoin"},
};
constexpr Answered kEnglishRefusals[] = {
    {"do you want me to call you back", "no thanks no need to call me back"},
    {"i can call you back tomorrow if you like", "no need"},
    {"shall i give you a call later", "don't bother calling back"},
    {"i'll call you back this afternoon if that helps", "no that's fine i'll call you"},
    {"do you want me to ring you tomorrow", "please don't i'm in meetings"},
    {"shall i call you back", "nah you're alright"},
    {"would you like a call back", "no i'm good"},
    {"i can ring you on monday", "no don't ring me"},
    {"should i call you tomorrow morning", "no"},
    {"i'll call you back at four", "no don't bother"},
    {"i'll ring you tomorrow", "there's no need to ring me"},
    {"i'll call you on thursday", "no it's not necessary"},
    {"i'll phone you later today", "please don't call me i'm travelling"},
    {"i'll call you back tomorrow", "ok / A: speak tomorrow / actually no don't call me"},
    {"can i call you back in an hour", "hang on / no i'd rather you didn't call"},
    {"do you want a call back", "not necessary thanks"},
    {"shall i ring you to check", "no no it's fine leave it"},
    {"i could call you back tonight", "no point really"},
    {"want me to call you tomorrow", "nope all sorted"},
    {"i can give you a ring tomorrow if you want", "never mind i'll manage"},
    {"would you like me to call you back ?", "no thank you"},
    {"i'll call you back on friday", "no i don't need a call back"},
    {"shall i call you back at five", "i'll ring you if it drops again"},
    {"i'll give you a call on tuesday", "no need for you to call"},
    {"should we call you back", "we're good thanks"},
    {"do you want me to phone you", "skip the call"},
};
constexpr Answered kFrenchKept[] = {
    {"je regarde et je vous rappelle à quatorze heures", "d'accord et surtout pas avant neuf heures"},
    {"je vous rappelle demain matin", "d'accord j'ai pas besoin de rester devant le poste alors"},
    {"on vous rappelle dans l'heure", "ok et c'est pas la peine que je redémarre d'ici là"},
    {"je vous rappelle à quatorze heures", "très bien donc pas besoin de passer au bureau"},
    {"je vous rappelle demain matin", "c'est pas la peine de passer par le standard appelez mon portable"},
    {"je vous rappelle cet après-midi", "oui pas besoin de laisser un message si je réponds pas"},
    {"je vous rappelle demain matin", "parfait non merci pour tout c'est gentil"},
    {"on vous rappelle demain", "ok surtout n'hésitez pas à insister"},
    {"je vous rappelle demain matin", "oui mais c'est inutile avant dix heures"},
    {"je vous rappelle à seize heures", "non non c'est parfait"},
    {"je vous rappelle à seize heures", "non mais d'accord"},
    {"je vous rappelle lundi matin", "non pas de problème"},
    {"je vous rappelle lundi matin", "non ça me va très bien"},
    {"on vous rappelle dans une heure", "pas de souci j'attends"},
    {"je vous rappelle demain à neuf heures", "ne me rappelez pas avant neuf heures par contre"},
    {"je vous rappelle vendredi", "ne m'appelez pas sur le fixe plutôt sur le portable"},
    {"je vous rappelle vers midi", "d'accord inutile que je touche à quoi que ce soit"},
    {"je vous rappelle demain matin", "ça marche et pas la peine de prévenir mon chef"},
    {"je vous rappelle ce soir", "merci non rien d'autre"},
    {"je vous rappelle jeudi à dix heures", "non c'est noté"},
    {"je vous rappelle demain après-midi", "entendu je n'ai plus besoin du portable de prêt alors"},
    {"mon collègue vous rappelle à quinze heures", "non merci pour tout c'est gentil"},
    {"je vous rappelle demain matin", "surtout pas le matin je suis en cours"},
    {"je vous rappelle lundi matin", "oui sinon je vous rappelle"},
    {"je vous rappelle demain", "si ça recommence avant je vous rappelle"},
    {"je vous rappelle à onze heures", "d'accord inutile de redémarrer donc"},
    {"on vous rappelle mardi", "ok pas besoin d'ouvrir un autre ticket"},
    {"je vous rappelle dans l'après-midi", "attendez / d'accord et pas besoin de changer le mot de passe"},
    {"je vous rappelle demain", "j'ai pas besoin de vous rappeler alors"},
    {"je vous rappelle à neuf heures", "et mon collègue n'a pas besoin d'être là"},
    {"je vous rappelle dans une heure", "non mais c'est dingue cette imprimante"},
    {"je vous rappelle demain matin", "pas la peine que je reste en ligne alors"},
    {"je vous rappelle jeudi", "je ne veux pas perdre mes fichiers hein"},
    {"voulez-vous que je vous rappelle ?", "non mais oui rappelez-moi"},
    {"est-ce que je peux vous rappeler demain ?", "non pas demain plutôt jeudi / A: très bien je vous rappelle jeudi"},
    {"voulez-vous que je vous rappelle ?", "non merci / A: bon si ça casse je vous rappelle demain matin quand même / d'accord"},
    {"je vous rappelle demain matin", "non je n'ai pas d'autre question"},
};
constexpr Answered kEnglishKept[] = {
    {"i'll call you back at two", "ok and no need to come over then"},
    {"i'll call you back tomorrow", "fine but not before nine"},
    {"i'll ring you this afternoon", "great no need for me to restart it then"},
    {"i'll call you tomorrow morning", "don't call before nine though"},
    {"i'll call you back in an hour", "no problem"},
    {"i'll call you back in an hour", "no worries"},
    {"i'll give you a call on monday", "no that's perfect"},
    {"i'll call you back at four", "so i don't need to call you"},
    {"don't worry i'll call you back tomorrow", "thanks"},
    {"i'll ring you tomorrow", "there's no point in me waiting here then"},
    {"i'll call you back tomorrow at ten", "don't call me on the landline use my mobile"},
    {"our engineer will call you back tomorrow", "no need to send the old one back i guess"},
    {"i'll call you back later today", "ok i don't want to lose my files"},
    {"i'll call you back on friday", "no nothing else thanks"},
    {"i'll call you back at noon", "sure and if it fails again i'll call you"},
    {"i'll phone you tomorrow", "okay no need to bother my colleague"},
    {"i'll call you tomorrow", "not necessary to reset it then i suppose"},
    {"i'll call you back in ten minutes", "hang on / ok no rush"},
    {"do you want me to call you back", "no not today tomorrow would be better"},
    {"shall i call you back", "no thanks / A: well i'll call you back tomorrow anyway to check / okay"},
    {"i'll call you back on monday", "never mind the printer it's the screen that matters"},
    {"i'll ring you back tomorrow afternoon", "don't forget to call"},
    {"i'll call you back at three", "and please don't delete anything"},
};
constexpr Answered kFrenchAccepted[] = {
    {"je vous rappelle demain si vous voulez", "oui volontiers"},
    {"voulez-vous que je vous rappelle", "oui s'il vous plaît"},
    {"vous voulez qu'on vous rappelle dans l'après-midi", "d'accord"},
    {"je peux vous rappeler tout à l'heure", "parfait"},
    {"on vous rappelle demain matin ça vous va", "avec plaisir après quatorze heures"},
    {"voulez-vous que je vous rappelle", "ok ça marche"},
    {"je vous rappelle demain si vous voulez", "non pas demain matin plutôt l'après-midi"},
    {"est-ce que je vous rappelle ?", "oui merci c'est gentil"},
    {"vous souhaitez que je vous rappelle ?", "je veux bien"},
    {"je peux vous rappeler jeudi", "pas de souci"},
    {"voulez-vous que je vous rappelle lundi", "attendez / oui lundi c'est bien"},
    {"on peut vous rappeler ce soir", "euh / A: oui / oui allez-y"},
    {"voulez-vous un rappel demain", "oui bien sûr"},
    {"je vous rappelle vendredi ?", "ce serait bien oui"},
    {"voulez-vous que je vous rappelle", "si vous pouvez oui"},
    {"je peux vous rappeler demain matin", "ça me va très bien"},
    {"je peux vous rappeler à dix heures ?", "oui ça me va"},
    {"je peux vous téléphoner à dix heures ?", "oui ça me va"},
    {"je peux vous téléphoner demain matin ?", "oui sur mon portable"},
};
constexpr Answered kEnglishAccepted[] = {
    {"do you want me to call you back", "yes please"},
    {"can i phone you at ten ?", "yes please"},
    {"i can call you back tomorrow if you like", "that'd be great"},
    {"shall i give you a call later", "sure"},
    {"i'll call you back this afternoon if that helps", "yeah after two"},
    {"do you want me to call you back", "not tomorrow morning the afternoon please"},
    {"would you like me to ring you tomorrow", "yes that would be lovely"},
    {"shall i call you back on monday", "please do"},
    {"should i call you back", "if you could"},
    {"can i call you back in an hour", "of course"},
    {"do you want a call back", "yes please after lunch"},
    {"i can ring you at four", "perfect thanks"},
    {"want me to call you tomorrow", "hold on / yeah go ahead"},
    {"would you like a call back", "that would be great"},
    {"shall i ring you tomorrow", "no problem"},
    {"i could call you back tonight", "sounds good"},
};
constexpr Answered kFrenchInstead[] = {
    {"je vous rappelle demain si vous voulez", "non plutôt un mail"},
    {"voulez-vous que je vous rappelle", "non envoyez-moi plutôt un mail"},
    {"je peux vous téléphoner à dix heures ?", "non envoyez-moi un mail"},
    {"je peux vous rappeler jeudi", "je préfère un mail"},
    {"on vous rappelle demain matin ça vous va", "un mail suffira"},
    {"je vous rappelle demain", "non plutôt par sms"},
    {"est-ce que je vous rappelle ?", "juste un mail ça ira"},
    {"je vous rappelle lundi matin", "je préfère que vous m'écriviez"},
    {"voulez-vous que je vous rappelle", "attendez / plutôt un message"},
    {"je peux vous rappeler ce soir", "par mail plutôt"},
    {"je vous rappelle à dix heures", "non un mail c'est mieux"},
};
constexpr Answered kEnglishInstead[] = {
    {"do you want me to call you back", "no i'd rather have an email"},
    {"i can call you back tomorrow if you like", "just email me"},
    {"shall i give you a call later", "an email is enough"},
    {"i'll call you back this afternoon", "no an email instead please"},
    {"should i call you back", "i'd prefer an email"},
    {"i can ring you on monday", "text me instead"},
    {"would you like me to call you back", "email would be better"},
    {"i'll call you tomorrow", "no just send me an email"},
    {"can i call you back", "i prefer a text"},
    {"do you want a call back", "just an email thanks"},
};

constexpr const char* kFrenchProblems[] = {
    "C: bonjour mon imprimante ne marche plus depuis ce matin / A: redémarrez la / C: je redémarre",
    "C: bonjour outlook ne s'ouvre plus / A: je regarde / C: d'accord",
    "C: le vpn se coupe tout le temps / A: depuis quand / C: depuis hier",
    "C: allô mon écran reste noir / A: vérifiez le câble / C: il est branché",
};
constexpr const char* kEnglishProblems[] = {
    "C: hi my printer stopped working this morning / A: restart it / C: ok restarting",
    "C: outlook won't open / A: let me have a look / C: okay",
    "C: the vpn keeps dropping / A: since when / C: since yesterday",
};
// clang-format on

/// "C: a / A: b" as turns; a turn without a speaker is the customer's.
void addTurns(std::vector<std::string>& turns, std::string_view written) {
    while (!written.empty()) {
        const std::size_t cut = written.find(" / ");
        const std::string turn{written.substr(0, cut)};
        turns.push_back(turn.starts_with("A: ") || turn.starts_with("C: ") ? turn : "C: " + turn);
        if (cut == std::string_view::npos) break;
        written.remove_prefix(cut + 3);
    }
}

struct Count {
    int calls = 0;
    int wrong = 0;
    int sureAndWrong = 0;
    std::string wrongOnes = {};
};

Count counted(std::span<const Answered> rows, bool isPromised, const char* language) {
    const bool isFrench = std::string_view{language} == "fr";
    const std::span<const char* const> problems = isFrench ? std::span<const char* const>{kFrenchProblems}
                                                           : std::span<const char* const>{kEnglishProblems};
    Count count;
    for (const Answered& row : rows) {
        for (const char* problem : problems) {
            std::vector<std::string> turns{isFrench ? "A: support bonjour" : "A: support hello"};
            addTurns(turns, problem);
            turns.push_back(std::string{"A: "} + row.offer);
            addTurns(turns, row.answer);
            turns.emplace_back(isFrench ? "A: très bien bonne journée" : "A: ok have a good day");
            const protocol::Analysis analysis = analyse(talk(turns, language));
            ++count.calls;
            const bool isTodo = std::ranges::any_of(analysis.actions, [](const auto& action) {
                return action.kind == "callback" && action.status == "todo";
            });
            EXPECT_EQ(isTodo, analysis.callbackPromised);
            if (analysis.callbackPromised == isPromised) continue;
            ++count.wrong;
            const auto evidence = std::ranges::find(analysis.evidence, std::string{"callback_promised"},
                                                    &protocol::Evidence::field);
            if (evidence->confidence == protocol::Confidence::Sure) ++count.sureAndWrong;
            count.wrongOnes += std::string{row.offer} + " | " + row.answer + "\n";
        }
    }
    return count;
}

void expectRight(std::span<const Answered> french, std::span<const Answered> english, bool isPromised,
                 std::size_t least) {
    EXPECT_GE(french.size() + english.size(), least);
    for (const char* language : {"fr", "en"}) {
        const bool isFrench = std::string_view{language} == "fr";
        const Count count = counted(isFrench ? french : english, isPromised, language);
        EXPECT_EQ(count.sureAndWrong, 0) << count.wrongOnes;
        EXPECT_LE(count.wrong * 100, count.calls * 3) << count.wrong << " of " << count.calls << "\n"
                                                      << count.wrongOnes;
    }
}

TEST(OfferedCallBacks, ThatAreRefusedAreNone) {
    expectRight(kFrenchRefusals, kEnglishRefusals, false, 60);
}
TEST(OfferedCallBacks, StandWhereSomethingElseIsRefused) {
    expectRight(kFrenchKept, kEnglishKept, true, 60);
}
TEST(OfferedCallBacks, ThatAreTakenArePromises) {
    expectRight(kFrenchAccepted, kEnglishAccepted, true, 30);
}
TEST(OfferedCallBacks, AreNoneWhereAMailIsWantedInstead) {
    expectRight(kFrenchInstead, kEnglishInstead, false, 20);
}

}  // namespace
}  // namespace ninja3cx::analysis
