#include "server/tests/calls/made_calls.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// Numbers and passwords that are dictated over turns behind what only names them, with questions between: openers times
/// interruptions times ways to answer, while the call goes on and after it.
namespace ninja3cx::calls {
namespace {

/// What is said behind each piece.
struct Between {
    std::string agreement;
    bool isReadBack = false;
    Texts interruption = {};  // behind the second piece
};

Texts dictated(const Texts& pieces, const Between& between) {
    Texts lines;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        lines.push_back("C: <" + pieces[i] + ">");
        if (i == 1) lines.insert(lines.end(), between.interruption.begin(), between.interruption.end());
        if (i == 1 && !between.interruption.empty()) continue;
        lines.push_back(between.isReadBack ? "A: <" + pieces[i] + ">" : "A: " + between.agreement);
    }
    return lines;
}

std::vector<Call> calls(const std::string& language, const std::vector<Texts>& openers,
                        const std::vector<Texts>& numbers, const std::vector<Between>& betweens) {
    std::vector<Call> all;
    for (const Texts& opener : openers)
        for (const Texts& number : numbers)
            for (const Between& between : betweens)
                all.push_back(Call{language, opener} + dictated(number, between));
    return all;
}

const std::vector<Between>& betweenFrench() {
    static const std::vector<Between> kAll{
        {"oui"},
        {"d'accord"},
        {"", true},
        {"oui", false, {"A: attendez je note", "C: oui", "A: allez-y"}},
        {"ok", false, {"A: c'est quelle banque", "C: le Crédit Agricole", "A: d'accord la suite"}},
        {"oui", false, {"A: votre nom déjà c'est quoi", "C: Bernard", "A: merci continuez"}},
        {"oui", false, {"A: excusez-moi on sonne", "C: je vous en prie", "A: je vous écoute"}},
        {"très bien", false, {"A: vous êtes sur quel site", "C: à Nantes", "A: ok reprenez"}}};
    return kAll;
}
const std::vector<Between>& betweenEnglish() {
    static const std::vector<Between> kAll{
        {"yes"},
        {"okay"},
        {"", true},
        {"yes", false, {"A: hold on I'm typing", "C: sure", "A: go on"}},
        {"okay", false, {"A: which bank is it", "C: Lloyds", "A: ok and next"}},
        {"yes", false, {"A: what was your name again", "C: Martin", "A: thanks carry on"}},
        {"right", false, {"A: sorry someone's at the door", "C: no worries", "A: I'm back go ahead"}},
        {"yes", false, {"A: which site are you at", "C: Leeds", "A: ok I'm listening"}}};
    return kAll;
}

std::vector<Call> accounts() {
    std::vector<Call> all =
        calls("fr",
              {{"C: je voudrais changer l'iban du prélèvement", "A: je vous écoute"},
               {"C: on a changé de banque", "A: quel est le nouvel iban"},
               {"C: il vous faut notre iban pour le remboursement", "A: oui je note"},
               {"C: c'est pour modifier notre rib", "A: d'accord allez-y"},
               {"C: on a changé de compte il faut mettre à jour l'iban", "A: vas-y dites-moi"},
               {"C: le virement est parti sur l'ancien iban", "A: c'est quoi le nouveau iban"},
               {"C: je peux vous donner le nouvel iban par téléphone", "A: oui par groupes de quatre"},
               {"C: notre RIB a changé", "A: donnez-moi le nouveau je le saisis"}},
              {{"FR76", "3000", "6000", "0112", "3456", "7890", "189"},
               {"FR soixante-seize", "trente mille", "quatre", "zéro zéro douze", "trente-quatre",
                "cent quatre-vingt-neuf"},
               {"DE89", "3704", "0044", "0532", "0130", "00"}},
              betweenFrench());
    const std::vector<Call> english =
        calls("en",
              {{"C: we've changed banks", "A: what's the IBAN"},
               {"C: I want to change the IBAN for the direct debit", "A: go ahead"},
               {"C: you need our new IBAN", "A: yes I'm listening"},
               {"C: the payment went to the old IBAN", "A: what's the new IBAN then"},
               {"C: I'd like to update our bank details", "A: sure go ahead with them"},
               {"C: our IBAN is different now", "A: okay tell me"}},
              {{"GB29", "NWBK", "6016", "1331", "9268", "19"},
               {"G B two nine", "N W B K", "six oh one six", "one three three one", "nine two six eight",
                "one nine"},
               {"IE12", "BOFI 9000", "0112 3456", "78"}},
              betweenEnglish());
    all.insert(all.end(), english.begin(), english.end());
    return all;
}

std::vector<Call> securityNumbers() {
    return calls(
        "fr",
        {{"C: mon espace salarié refuse mon numéro de sécurité sociale", "A: donnez-le moi"},
         {"C: le logiciel de paie bloque sur le numéro de sécu", "A: c'est quoi le numéro"},
         {"C: il y a une erreur dans mon numéro de sécu", "A: je vous écoute"},
         {"C: je n'arrive pas à créer mon compte mutuelle", "A: il me faut votre numéro de sécurité sociale"},
         {"C: la mutuelle ne trouve pas mon numéro de sécurité sociale", "A: quel est le numéro"},
         {"C: on me demande le numéro de carte vitale", "A: allez-y je le saisis"}},
        {{"un quatre-vingt-deux", "zéro sept", "soixante-neuf", "cent vingt-trois", "quarante-cinq six",
          "quatre-vingt-un"},
         {"1 82", "07 69", "123 456", "81"},
         {"2 91", "11 33", "063 112", "45"}},
        betweenFrench());
}

/// How the agent takes a card's expiry and code, and what lies between.
std::vector<Call> cardDetails() {
    std::vector<Call> all;
    const auto add = [&](const std::string& language, const Texts& opener, const std::vector<Texts>& numbers,
                         const Texts& expiryAsked,
                         const std::vector<std::pair<std::string, std::string>>& expiries,
                         const Texts& readBacks, const Texts& codeAsked, const std::vector<Texts>& waits,
                         const std::vector<Texts>& codes) {
        std::size_t turn = 0;
        for (const Texts& number : numbers)
            for (const std::string& asked : expiryAsked)
                for (const auto& [expiry, again] : expiries)
                    for (const std::string& readBack : readBacks) {
                        Call call = Call{language, opener} + number;
                        call = call + Texts{"A: " + asked, "C: <" + expiry + ">"};
                        std::string line = "A: " + readBack;
                        if (const auto at = line.find("_"); at != std::string::npos)
                            line.replace(at, 1, "<" + again + ">");
                        call = call + Texts{line, "A: " + codeAsked[turn % codeAsked.size()]};
                        call = call + waits[turn % waits.size()] + codes[turn % codes.size()];
                        ++turn;
                        all.push_back(std::move(call));
                    }
    };
    add("fr", {"C: je veux régler la licence par carte", "A: je vous écoute pour le numéro"},
        {{"C: <4111 1111 1111 1111>"},
         {"C: <4970 1012>", "A: oui", "C: <3456 7890>"},
         {"C: <quatre un un un un un un un un un un un un un un un>"}},
        {"et la date d'expiration", "elle expire quand", "fin de validité", "jusqu'à quand elle est valable"},
        {{"zéro huit vingt-huit", "zéro huit vingt-huit"},
         {"août vingt-huit", "août vingt-huit"},
         {"08/28", "08/28"}},
        {"d'accord _", "donc _ merci", "_ c'est noté", "très bien"},
        {"et le cryptogramme au dos", "les trois chiffres derrière", "le code de sécurité s'il vous plaît"},
        {{},
         {"C: attendez je retourne la carte", "A: pas de souci"},
         {"C: c'est lequel", "A: les trois chiffres au dos"},
         {"C: je mets mes lunettes", "A: prenez votre temps"},
         {"C: euh attendez"}},
        {{"C: <sept quatre un>", "A: donc <sept quatre un> c'est noté"},
         {"C: <sept quatre>", "C: <un>", "A: <sept quatre un>"},
         {"C: c'est le <741>", "A: ok <741> merci"},
         {"C: alors <sept cent quarante et un>", "A: <sept cent quarante et un> je valide"}});
    add("en", {"C: I'd like to pay the licence by card", "A: go ahead with the number"},
        {{"C: <4111 1111 1111 1111>"},
         {"C: <four nine seven oh one oh one two>", "A: yes",
          "C: <three four five six seven eight nine oh>"}},
        {"and the expiry date", "when does it expire", "valid until", "and the expiration"},
        {{"oh eight twenty eight", "oh eight twenty eight"},
         {"August twenty eight", "August twenty eight"},
         {"08/28", "08/28"}},
        {"okay _", "so _ thanks", "_ got it", "lovely"},
        {"and the security code", "the three digits on the back", "and the CVV please"},
        {{},
         {"C: hang on let me turn it over", "A: no problem"},
         {"C: which one is that", "A: the three digits on the back"},
         {"C: let me get my glasses", "A: take your time"}},
        {{"C: <seven four one>", "A: so <seven four one> got it"},
         {"C: <seven four>", "C: <one>", "A: <seven four one>"},
         {"C: it's <741>", "A: okay <741> thanks"},
         {"C: it's <seven four one>", "A: <seven four one> is that right"}});
    return all;
}

std::vector<Call> interruptedPasswords() {
    std::vector<Call> all;
    const auto add = [&](const std::string& language, const Texts& openers,
                         const std::vector<Texts>& questions, const Texts& first,
                         const std::vector<Texts>& rests) {
        for (const std::string& opener : openers)
            for (const Texts& question : questions)
                for (const Texts& rest : rests)
                    all.push_back(Call{language, {"A: " + opener}} + first + question + rest);
    };
    add("fr",
        {"quel est votre mot de passe", "vous me le donnez le mot de passe", "épelez-moi votre mot de passe"},
        {{"A: attendez votre poste c'est lequel", "C: le PC zéro douze", "A: ok reprenez"},
         {"A: vous êtes sur quel site", "C: à Lyon", "A: très bien continuez"},
         {"A: quel est votre nom déjà", "C: Martin", "A: merci donc la suite"},
         {"A: c'est quel compte déjà", "C: celui de la compta", "A: d'accord allez-y"},
         {"A: vous êtes dans quel service", "C: aux achats", "A: ok je vous écoute"},
         {"A: votre numéro de poste c'est quoi", "C: quarante-deux dix-huit", "A: vas-y pour la suite"},
         {"A: c'est quelle version de windows", "C: la onze", "A: bien et ensuite je note"},
         {"A: excusez-moi j'ai quelqu'un à la porte", "C: je patiente", "A: me revoilà"}},
        {"C: alors <c e r>"},
        {{"C: <i s e>", "A: oui", "C: <quarante-quatre>"}, {"C: <c e r i s e>", "A: oui", "C: <4 4>"}});
    add("en", {"what's your password", "can you spell your password", "go ahead with the password"},
        {{"A: sorry which computer are you on", "C: PC zero twelve", "A: ok carry on"},
         {"A: which site are you at", "C: Leeds", "A: fine continue"},
         {"A: is that the windows password or outlook", "C: windows", "A: ok I'm listening"},
         {"A: what was your name again", "C: Martin", "A: thanks so the rest"},
         {"A: what's your extension", "C: four two one eight", "A: right go on"},
         {"A: which department are you in", "C: accounts", "A: ok next"},
         {"A: what's your asset tag", "C: L T oh four", "A: lovely keep going"},
         {"A: hold on it's slow", "C: no worries", "A: there go ahead"}},
        {"C: it's <c h e r>"},
        {{"C: <r y>", "A: yes", "C: <forty four>"}, {"C: <c h e r r y>", "A: yes", "C: <4 4>"}});
    return all;
}

/// Who dictates goes on by himself, or is asked for another password, behind the same questions.
std::vector<Call> passwordsBehindAsides() {
    const std::vector<Texts> french{{"A: attendez votre poste c'est lequel", "C: le PC zéro douze"},
                                    {"A: vous êtes sur quel site", "C: à Lyon"},
                                    {"A: quel est votre nom déjà", "C: Martin"},
                                    {"A: votre numéro de poste c'est quoi", "C: quarante-deux dix-huit"},
                                    {"A: vous êtes dans quel service", "C: attendez", "C: aux achats"}};
    const std::vector<Texts> english{{"A: sorry which computer are you on", "C: PC zero twelve"},
                                     {"A: which site are you at", "C: Leeds"},
                                     {"A: what was your name again", "C: Martin"},
                                     {"A: what's your extension", "C: four two one eight"},
                                     {"A: which department are you in", "C: hold on", "C: accounts"}};
    std::vector<Call> all;
    const auto add = [&](const std::string& language, const std::string& opener, const Texts& first,
                         const std::vector<Texts>& questions, const std::vector<Texts>& rests) {
        for (const Texts& question : questions)
            for (const Texts& rest : rests)
                all.push_back(Call{language, {"A: " + opener}} + first + question + rest);
    };
    add("fr", "épelez-moi votre mot de passe", {"C: alors <c e r>"}, french,
        {{"A: d'accord", "C: <i s e>"},
         {"C: <i s e>", "A: oui", "C: <g o>"},
         {"A: très bien", "C: euh <i s e> dièse"},
         {"A: et le mot de passe de la session", "C: <p i v o t>"},
         {"A: et le mot de passe de la session c'est quoi", "C: <p i v o t>", "A: oui", "C: <44>"}});
    add("en", "can you spell your password", {"C: it's <c h e r>"}, english,
        {{"A: okay", "C: <r y>"},
         {"C: <r y>", "A: yes", "C: <g o>"},
         {"A: and what's the session password", "C: <p i v o t>"},
         {"A: and the windows password what is it", "C: <p i v o t>", "A: yes", "C: <44>"}});
    return all;
}

/// A short question, the answer to which is no piece, behind the first or the second piece; in the words of a recogniser.
std::vector<Call> numbersBehindShortQuestions() {
    std::vector<Call> all;
    const auto add = [&](const std::string& language, const std::vector<std::pair<Texts, Texts>>& numbers,
                         const std::vector<Texts>& questions, const std::string& agreement,
                         const std::string& wait) {
        for (const auto& [opener, pieces] : numbers) {
            for (const Texts& question : questions)
                for (const bool isHeard : {false, true})
                    for (const std::size_t behind : {0U, 1U}) {
                        Call call{language, opener};
                        for (std::size_t i = 0; i < pieces.size(); ++i) {
                            call.lines.push_back("C: <" + pieces[i] + ">");
                            if (i == behind) call = call + question;
                            if (i != behind || isHeard) call.lines.push_back("A: " + agreement);
                        }
                        all.push_back(std::move(call));
                    }
            for (std::size_t waiting = 0; waiting < pieces.size(); ++waiting) {
                Call call{language, opener};
                for (std::size_t i = 0; i < pieces.size(); ++i) {
                    call.lines.push_back("C: <" + pieces[i] + ">" + (i == waiting ? " " + wait : ""));
                    call.lines.push_back("A: " + agreement);
                }
                all.push_back(std::move(call));
            }
        }
    };
    add("fr",
        {{{"A: donnez moi le numéro de votre carte"},
          {"quatre neuf sept zéro", "dix douze", "trente quatre cinquante six", "soixante dix huit"}},
         {{"C: on a changé d'iban", "A: je vous écoute"},
          {"FR soixante seize", "trente mille", "zéro zéro douze", "trente quatre"}},
         {{"A: quel est votre numéro de sécurité sociale"},
          {"un quatre vingt deux", "zéro sept", "soixante neuf", "cent vingt trois"}}},
        {{"A: combien de personnes", "C: nous sommes douze"},
         {"A: vous êtes combien", "C: douze"},
         {"A: votre poste c'est bien le deux cent quatre", "C: oui"},
         {"A: votre poste c'est lequel", "C: le deux cent quatre"},
         {"A: vous pouvez répéter votre nom", "C: Durand"},
         {"A: votre nom c'est bien durand", "C: oui"},
         {"A: elle est à votre nom", "C: oui"},
         {"A: il reste combien de chiffres", "C: encore huit"},
         {"A: c'est la carte de la société ou la vôtre", "C: la mienne"},
         {"A: vous partez à quelle heure", "C: à dix sept heures trente"},
         {"A: c'est pour quel montant", "C: deux cent quarante euros"},
         {"A: vous avez quel âge", "C: quarante deux"},
         {"A: vous êtes à quel bureau", "C: le douze", "A: le douze"}},
        "d'accord", "attendez je mets mes lunettes");
    add("en",
        {{{"A: can I have your card number"},
          {"four nine seven oh", "ten twelve", "three four five six", "seven eight"}},
         {{"A: what's the IBAN"}, {"G B two nine", "N W B K", "six oh one six", "one three three one"}}},
        {{"A: how many people", "C: there are twelve of us"},
         {"A: how many users", "C: twelve"},
         {"A: your extension is two oh four right", "C: yes"},
         {"A: can you repeat your name", "C: Martin"},
         {"A: is it in your name", "C: yes"},
         {"A: how many digits are left", "C: eight more"},
         {"A: is it the company card or yours", "C: mine"},
         {"A: what time do you leave", "C: at five thirty"},
         {"A: how much is it", "C: two hundred and forty pounds"},
         {"A: how old are you", "C: forty two"},
         {"A: which desk are you at", "C: twelve", "A: twelve"}},
        "okay", "hang on let me get my glasses");
    return all;
}

std::vector<Call> announcedPasswords() {
    const Texts french{"voilà votre nouveau mot de passe",
                       "je l'ai réinitialisé vous pouvez noter",
                       "choisissez un nouveau mot de passe et dites-le moi",
                       "prenez un nouveau mot de passe et donnez-le moi",
                       "je l'ai réinitialisé le provisoire c'est",
                       "voilà le nouveau mot de passe",
                       "notez le nouveau mot de passe",
                       "vous me dites ce que vous voulez comme mot de passe"};
    const Texts english{"I have reset it write down the new password",
                        "choose a new password and tell me",
                        "pick a new password and tell me",
                        "I've reset it. The temporary one is",
                        "okay the new one will be",
                        "think of a new password and let me know",
                        "write down your new password",
                        "it's reset here is your new password"};
    std::vector<Call> all;
    for (const std::string& opener : french)
        for (const Texts& pieces : {Texts{"C: oui", "A: <t o u r>", "C: oui", "A: <vingt-six>"},
                                    Texts{"A: <grand T, rivière, quatre sept, point d'exclamation>"},
                                    Texts{"C: <n e s o l>", "A: oui", "C: <quatre-vingt-douze>"},
                                    Texts{"A: <Tournesol>", "C: oui", "A: <quarante-deux>"}})
            all.push_back(Call{"fr", {"C: bonjour j'ai oublié mon mot de passe de session", "A: " + opener}} +
                          pieces);
    for (const std::string& opener : english)
        for (const Texts& pieces : {Texts{"C: yes", "A: <w a l>", "C: yes", "A: <twenty six>"},
                                    Texts{"A: <capital T, river, four seven, exclamation mark>"},
                                    Texts{"C: <s u n>", "A: yes", "C: <ninety two>"},
                                    Texts{"A: <Sunflower>", "C: yes", "A: <forty two>"}})
            all.push_back(Call{"en", {"C: hi I forgot my session password", "A: " + opener}} + pieces);
    for (const char* asked : {"vous tapez quoi", "vous mettez quoi"})
        all.push_back({"fr",
                       {"C: mon mot de passe marche pas", std::string{"A: "} + asked, "C: <c e r i s e>",
                        "A: oui", "C: <4 2>"}});
    for (const char* asked : {"what are you typing", "what do you type"})
        all.push_back({"en",
                       {"C: my password isn't working", std::string{"A: "} + asked, "C: <c h e r r y>",
                        "A: yes", "C: <4 2>"}});
    return all;
}

/// Other numbers in the same calls.
std::vector<Call> otherNumbers() {
    std::vector<Call> all = product(
        {{"fr",
          {"C: je voudrais changer l'iban du prélèvement", "A: envoyez-le par mail c'est mieux",
           "C: d'accord"}},
         {"fr", {"C: notre iban a changé", "A: je vois ça avec la compta"}},
         {"fr", {"C: il y a une erreur dans mon numéro de sécu", "A: voyez avec les ressources humaines"}},
         {"fr", {"C: le mot de passe de la session ne marche plus", "A: je regarde"}},
         {"fr", {"C: on voudrait régler par carte la prochaine fois", "A: pas de problème"}}},
        {{"A: et votre siret", "C: 732 829 320", "A: oui", "C: 00074"},
         {"A: le numéro de votre ticket", "C: 48 22", "A: oui", "C: 17"},
         {"A: je vous rappelle sur quel numéro", "C: zéro six douze", "A: oui",
          "C: trente-quatre cinquante-six", "A: oui", "C: soixante-dix-huit"},
         {"A: c'est combien de licences", "C: douze", "A: et le montant", "C: quatre cent vingt euros"},
         {"A: et l'adresse ip du poste", "C: cent quatre-vingt-douze", "A: oui",
          "C: point cent soixante-huit point un"},
         {"A: vous me donnez le numéro de série", "C: 5 C G", "A: oui", "C: 9 2 1"},
         {"A: c'est quoi le numéro de poste", "C: quarante-deux dix-huit"},
         {"A: la date de livraison c'est quand", "C: le douze mars"},
         {"A: vous êtes au bureau à quelle heure", "C: huit heures trente", "A: très bien"}});
    const std::vector<Call> english =
        product({{"en", {"C: our IBAN has changed", "A: please email it to accounts", "C: okay"}},
                 {"en", {"C: my password is not working", "A: let me have a look"}},
                 {"en", {"C: we'd like to pay by card next time", "A: no problem"}}},
                {{"A: can I take a number to call you back on", "C: sure oh seven seven", "A: yes",
                  "C: nine hundred", "A: yes", "C: one two three"},
                 {"A: what's the IP address", "C: one nine two", "A: yes", "C: dot one six eight dot one"},
                 {"A: what's your ticket number", "C: 48 22", "A: yes", "C: 17"},
                 {"A: how many licences is it", "C: twelve", "A: and the amount",
                  "C: four hundred and twenty pounds"},
                 {"A: what's the serial number", "C: five C G", "A: yes", "C: nine two one"},
                 {"A: what's your extension", "C: four two one eight"},
                 {"A: when's the delivery date", "C: the twelfth of March"},
                 {"A: what does the bios say", "C: version one oh four", "A: ok"}});
    all.insert(all.end(), english.begin(), english.end());
    // Behind a card that is told whole.
    for (const Texts& rest :
         {Texts{"A: merci, et votre numéro de commande", "C: 4821"},
          Texts{"A: ça fait cent vingt euros", "C: d'accord"}, Texts{"A: pour combien de postes", "C: douze"},
          Texts{"A: le colis arrive quand", "C: le 12 mars je crois"},
          Texts{"A: vous voulez la facture", "C: oui 2 exemplaires"}})
        all.push_back(Call{"fr", {"C: on a payé par carte hier", "A: d'accord"}} + rest);
    return all;
}

TEST(NumbersOverTurns, AreAccountsThatWereOnlyNamed) {
    expectMasked(accounts(), 2000);
}

TEST(NumbersOverTurns, AreSecurityNumbersThatWereOnlyNamed) {
    expectMasked(securityNumbers(), 700);
}

TEST(NumbersOverTurns, AreACardsDetailsToldAndReadBack) {
    expectMasked(cardDetails(), 800);
}

TEST(NumbersOverTurns, ArePasswordsWithQuestionsBetween) {
    expectMasked(interruptedPasswords(), 250);
}

TEST(NumbersOverTurns, ArePasswordsThatGoOnBehindQuestions) {
    expectMasked(passwordsBehindAsides(), 45);
}

TEST(NumbersOverTurns, GoOnBehindAQuestionWhileOneWaits) {
    expectMasked({{"fr",
                   {"A: donnez moi le numéro de votre carte", "C: <quatre neuf sept zéro> attendez",
                    "A: elle est à votre nom", "C: non à celui de ma femme", "C: <dix douze>"}}},
                 2);
}

TEST(NumbersOverTurns, GoOnBehindShortQuestions) {
    expectMasked(numbersBehindShortQuestions(), 700);
}

TEST(NumbersOverTurns, AreNotTheAnswersToShortQuestions) {
    for (const Call& call : numbersBehindShortQuestions()) {
        const Texts lines = withoutMarks(call.lines);
        for (const Texts& shown : {live(lines, call.language), whole(lines, call.language)})
            for (std::size_t line = 0; line < shown.size(); ++line)
                EXPECT_TRUE(call.lines[line].find('<') != std::string::npos ||
                            shown[line].find('[') == std::string::npos)
                    << call.lines[line] << " / " << shown[line];
    }
}

TEST(NumbersOverTurns, AreDatesOfBirth) {
    std::vector<Call> calls = product(
        {{"fr", {"A: quelle est votre date de naissance"}}, {"fr", {"A: votre date de naissance"}}},
        {{"C: je suis né le <quatre>", "A: oui", "C: <mai>", "A: et l'année", "C: <quatre vingt onze>"},
         {"C: le <quatre>", "A: oui", "C: <mai>", "A: oui", "C: <soixante dix huit>"},
         {"C: <quatre mai>", "A: et l'année", "C: <quatre vingt onze>"}});
    const std::vector<Call> english =
        product({{"en", {"A: what's your date of birth"}}, {"en", {"A: and your date of birth please"}}},
                {{"C: the <fourth>", "A: yes", "C: <May>", "A: and the year", "C: <ninety one>"},
                 {"C: the <fourth of May>", "A: and the year", "C: <ninety one>"}});
    calls.insert(calls.end(), english.begin(), english.end());
    calls.push_back({"fr",
                     {"C: je suis né le <quatre>", "A: oui", "C: le <quatre mai>", "A: et l'année",
                      "C: <quatre vingt onze>"}});
    expectMasked(calls, 20);
}

TEST(NumbersOverTurns, AreNotBesideDatesOfBirth) {
    const std::vector<Call> calls{
        {"fr", {"C: le champ date de naissance est vide", "A: combien de champs", "C: douze"}},
        {"fr", {"C: la date de naissance est fausse dans le logiciel", "A: quelle version", "C: douze"}},
        {"fr", {"C: le serveur est né le mois dernier", "A: d'accord", "C: le douze"}},
        {"fr", {"C: je reviens le vingt", "A: votre poste", "C: quarante deux"}},
        {"en", {"C: the date of birth field is empty", "A: how many fields", "C: twelve"}},
        {"en", {"C: I was born for this", "A: which desk", "C: twelve"}}};
    expectReadable(calls, 6, 0);
}

TEST(NumbersOverTurns, AreNotWhatFollowsAWholeNumber) {
    std::vector<Call> calls;
    for (const Texts& question :
         {Texts{"A: combien de licences", "C: douze", "A: douze", "C: oui"},
          Texts{"A: votre poste c'est bien le deux cent quatre", "C: non le deux cent cinq",
                "A: deux cent cinq"},
          Texts{"A: votre poste c'est lequel", "C: quarante deux dix huit", "A: quarante deux dix huit"},
          Texts{"A: et votre numéro de téléphone", "C: zéro six douze", "A: oui", "C: trente quatre"},
          Texts{"A: c'est combien de postes", "C: une dizaine", "A: quel étage", "C: deuxième"}})
        calls.push_back(Call{"fr", {"A: le numéro de votre carte", "C: 4012 8888 8888 1881"}} + question);
    for (const Texts& question : {Texts{"A: how many licences", "C: twelve", "A: twelve okay", "C: yes"},
                                  Texts{"A: what time is it there", "C: half past two", "A: okay"}})
        calls.push_back(Call{"en", {"A: your card number please", "C: 4012 8888 8888 1881"}} + question);
    for (const Call& call : calls)
        for (const Texts& shown : {live(call.lines, call.language), whole(call.lines, call.language)})
            for (std::size_t line = 2; line < shown.size(); ++line)
                EXPECT_EQ(shown[line].find('['), std::string::npos)
                    << call.lines[line] << " / " << shown[line];
}

TEST(NumbersOverTurns, AreNotWhatAnswersAQuestionBetween) {
    const std::vector<Call> calls =
        product({{"fr", {"A: épelez-moi votre mot de passe", "C: c e r"}}},
                {{"A: votre poste c'est lequel", "C: le PC zéro quatre", "A: PC zéro quatre"},
                 {"A: votre poste c'est lequel", "C: attendez", "A: oui", "C: zéro quatre"},
                 {"A: votre numéro de téléphone c'est quoi", "C: zéro six douze", "A: oui",
                  "C: trente-quatre", "A: oui", "C: soixante-dix-huit"},
                 {"A: quel est votre nom déjà", "C: Martin", "A: oui", "C: m a r t i n"}});
    for (const Call& call : calls)
        for (const Texts& shown : {live(call.lines, call.language), whole(call.lines, call.language)})
            for (std::size_t line = 2; line < shown.size(); ++line)
                EXPECT_EQ(shown[line].find('['), std::string::npos)
                    << call.lines[2] << " / " << call.lines[line] << " / " << shown[line];
}

TEST(NumbersOverTurns, ArePasswordsThatAreAnnounced) {
    expectMasked(announcedPasswords(), 120);
}

TEST(NumbersOverTurns, AreOthersBesideThem) {
    constexpr std::size_t kAllowed = 5;  // of a hundred calls
    expectReadable(otherNumbers(), 70, kAllowed);
}

}  // namespace
}  // namespace ninja3cx::calls
