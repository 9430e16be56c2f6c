#include "server/analysis/personal_data/personal_data.hpp"
#include "server/tests/analysis/told.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string_view>

/// How people say cards, dates of birth and secrets on the phone, false starts included, and what only sounds like it.
namespace ninja3cx::analysis {
namespace {

bool isCovered(const Told::Place& place, const std::vector<protocol::PersonalData>& found) {
    std::int32_t at = place.begin;
    for (const protocol::PersonalData& data : found)
        // A space may stand between two pieces.
        if (data.turn == place.turn && data.begin <= at + 1) at = std::max(at, data.end);
    return at >= place.end;
}
bool isWanted(const protocol::PersonalData& data, const std::vector<Told::Place>& places) {
    return std::any_of(places.begin(), places.end(), [&](const Told::Place& place) {
        return data.turn == place.turn && data.begin < place.end && data.end > place.begin;
    });
}

constexpr std::string_view kFrench[] = {
    "C: alors la carte c'est le {quatre mille neuf cent soixante quinze vingt non pardon quatre neuf sept "
    "cinq "
    "deux zéro un un deux deux trois trois quatre quatre cinq cinq}",
    "C: le numéro de la carte bancaire {cinquante et un trente enfin non cinquante et un treize douze douze "
    "trente quatre trente quatre cinquante six cinquante six}",
    "C: ma carte bleue {4970 10 euh pardon 4970 1013 2222 1111}",
    "A: le numéro de la carte ? | C: {quarante cinq trente deux attendez je recommence quarante cinq trente "
    "trois zéro zéro douze quarante huit seize vingt vingt et un}",
    "C: je paie avec la carte {cinq trois zéro un ah non c'est l'autre quatre neuf sept zéro un deux trois "
    "quatre cinq six sept huit neuf zéro un deux}",
    "C: la carte de la société {quatre neuf sept zéro un zéro un un non un deux deux deux trois trois quatre "
    "quatre}",
    "C: pour la carte {quatre mille neuf cent soixante dix} pardon | A: allez y | C: {quatre neuf sept zéro "
    "un "
    "zéro deux deux trois trois quatre quatre cinq cinq six six}",
    "A: je note l'iban | C: {f r soixante seize} | A: d'accord | C: {dix mille deux cent sept zéro zéro zéro "
    "un} | A: oui | C: {quatre vingt dix huit cinquante six douze trente quatre zéro zéro sept huit} | A: "
    "c'est "
    "noté",
    "C: pour le virement mon iban commence par {f r soixante seize} | A: oui | C: {trente mille quatre zéro "
    "zéro huit deux huit} | A: ensuite | C: {zéro un deux trois quatre cinq six sept huit neuf zéro quarante "
    "trois}",
    "A: votre date de naissance ? | C: le {douze mars mille neuf cent quatre vingt} | A: et celle de votre "
    "épouse ? | C: le {trois mai quatre vingt deux} | A: parfait",
    "C: je suis né le {premier avril mille neuf cent soixante dix} et ma femme le {deux octobre soixante "
    "treize}",
    "A: il me faut les dates de naissance | C: moi le {sept juin soixante dix neuf} | A: et votre fils | C: "
    "{vingt deux août deux mille douze}",
    "C: mon mot de passe {doudou cent douze} marche plus",
    "C: bonjour mon mot de passe {azerty deux cent trois} ne passe plus depuis hier",
    "C: bonjour mon mot de passe {tulipe quarante et un} est refusé",
    "C: mon mot de passe {azerty} ne marche plus",
    "C: j'ai oublié mon mot de passe | A: je vous le change ce sera {citron bleu sept} | C: {citron bleu "
    "sept} "
    "merci",
    "C: le mot de passe est expiré | A: je le change tout de suite ça sera {cabane onze}",
    "C: mon mot de passe est bloqué | A: je le réinitialise ce sera {moulin vert} | C: {moulin vert} "
    "d'accord",
    "C: quand je tape {marguerite soixante et onze} il me dit mot de passe incorrect",
    "C: j'ai tapé {soleil trente} et ça dit mot de passe invalide",
    "A: quel est votre mot de passe | C: tout en minuscules {girafe} | A: ensuite | C: {quarante quatre "
    "étoile}",
    "A: quel est votre mot de passe | C: c'est {pélican} | A: tout attaché | C: oui {pélican deux zéro}",
    "A: je vous dicte le mot de passe | C: oui | A: {marmotte} | C: {marmotte} | A: {tiret} | C: {tiret} | "
    "A: "
    "{cinquante deux} | C: {cinquante deux} | A: {dièse} | C: {dièse} c'est noté",
    "A: je vous donne le mot de passe temporaire | C: je note | A: {samba} | C: {samba} | A: {neuf} | C: "
    "{neuf} | A: {dollar} | C: {dollar}",
    "A: le mot de passe provisoire c'est | C: oui | A: {castor} | C: {castor} | A: {vingt et un} | C: {vingt "
    "et "
    "un} | A: {arobase} | C: {arobase} d'accord",
    "C: le code wifi c'est {bienvenue at deux mille vingt six}",
    "C: le code wifi des invités c'est bien {visiteur at vingt quatre}",
    "A: quel est le mot de passe | C: {bonjour} | A: non mais le vrai | C: si c'est vraiment {bonjour}",
    "C: le mot de passe c'est {bonjour} | A: pardon | C: oui c'est vraiment {bonjour}",
    "A: le mot de passe provisoire c'est {bonjour deux mille vingt six dièse} | C: {bonjour deux mille vingt "
    "six "
    "dièse} ok",
    "A: votre nouveau mot de passe c'est {caribou rouge douze étoile} | C: {caribou rouge douze étoile} "
    "merci",
    "C: mon mot de passe c'est {minou soixante et onze} et ça passe pas",
    "A: le mot de passe est {avion rouge vingt deux point d'interrogation} | C: {avion rouge vingt deux "
    "point "
    "d'interrogation} ça marche",
    "A: c'est quoi le mot de passe de la session | C: {arobase loutre quatre vingt}",
};
constexpr std::string_view kEnglish[] = {
    "C: my card is {four nine seven oh one sorry four nine seven oh one oh one two three four five six seven "
    "eight nine oh}",
    "C: the card number is {five two no wait five three oh one two two three three four four five five six "
    "six "
    "seven seven}",
    "C: it's a visa {forty five thirty two no forty five thirty three twelve twelve thirty four thirty four "
    "fifty six fifty six}",
    "C: card number {4556 12 sorry 4556 1212 3434 5656}",
    "A: can i take the card number | C: {five four one two let me start again five four one three double two "
    "double three double four double five double six double seven}",
    "C: my card {four one one one one one one one one one one one one one sorry double one}",
    "A: company card please | C: yes {four nine two nine oops four nine two eight one one two two three "
    "three "
    "four four five five six six}",
    "A: your iban please | C: {g b twenty nine} | A: yes | C: {n w b k sixty one sixteen thirteen} | A: go "
    "on | "
    "C: {thirty one ninety two sixty eight nineteen}",
    "A: and your date of birth | C: {second of june nineteen seventy five} | A: and your husband's | C: "
    "{fourth "
    "of may seventy four}",
    "A: date of birth for you both please | C: mine is the {ninth of july eighty one} | A: and your wife | "
    "C: "
    "{tenth of october nineteen eighty three}",
    "C: born {third of march nineteen sixty eight} and my son {fifth of may two thousand and four}",
    "C: my password {monkey two hundred} doesn't work any more",
    "C: hello my password {rosebud sixty four} isn't accepted",
    "C: my password has expired | A: i'll change it for you it'll be {purple lemon nine} | C: {purple lemon "
    "nine} got it",
    "C: when i type {daisy seventy} it says wrong password",
    "C: i put in {tiger forty two} and it says the password is wrong",
    "A: what's your password at the moment | C: it's all lower case {dolphin} | A: and then | C: {sixty six "
    "hash}",
    "A: i'll read you the new password | C: go ahead | A: {badger} | C: {badger} | A: {dash} | C: {dash} | "
    "A: "
    "{thirty} | C: {thirty} okay | A: that's it",
    "C: the wifi password is {welcome at twenty twenty six}",
    "A: what's the password | C: it's literally {password}",
    "A: your new password is {winter two thousand and twenty six exclamation mark} | C: {winter two thousand "
    "and "
    "twenty six exclamation mark} thanks",
    "A: the new password is {falcon thirty three star} | C: {falcon thirty three star} okay",
    "C: my password was {biscuit ninety} now it's {biscuit one hundred}",
    "A: your temporary password is {oscar nine nine victor} | C: {oscar nine nine victor} got it",
    "A: what password do you use | C: {pumpkin} | A: and after that | C: {one two three exclamation mark}",
};

/// Slips that were reported, in other words.
constexpr std::string_view kReportedFrench[] = {
    "A: quel est votre mot de passe ? | C: {grand L petit u petit n zéro huit}",
    "A: quel est votre mot de passe | C: c'est tout bête c'est {azerty}",
    "A: quel est votre mot de passe | C: c'est le prénom de mon fils {barnabé}",
    "A: votre date de naissance | C: le {quinze} | A: oui | C: {juin} | A: oui | C: {soixante dix huit}",
    "A: le wifi des visiteurs c'est {CafeDuPort2024}",
    "A: et votre mot de passe ? | C: euh | C: {Pégase} | A: oui | C: {soixante-douze}",
    "A: voilà essayez avec {Mimosa321}",
    "A: {Rentrée tiret 2027 point d'exclamation} | A: voilà c'est votre nouveau mot de passe",
    "A: alors {Dragon58} | C: c'est mon mot de passe ? | A: oui",
    "C: le code de déverrouillage c'est {mille neuf cent quatre-vingt-douze}",
    "C: ma carte {quatre neuf sept cinq un zéro un deux trois quatre cinq six sept huit neuf zéro} | A: et "
    "la date | "
    "C: {onze vingt-huit} | A: et derrière | C: {quatre deux trois}",
    "C: ma carte {49 75 20 11 22 euh pardon 49 75 20 11 22 33 44 55}",
    "A: vous tapez quoi comme mot de passe | C: {bonjour trente trois}",
    "A: vous avez de quoi noter le mot de passe | C: oui | A: {falaise} | C: {falaise} | A: {tiret du bas} | "
    "C: "
    "{tiret du bas} | A: {seize} | C: {seize}",
    "C: mon mari est né le {douze mai mille neuf cent soixante} et moi le {treize juin soixante deux}",
    "A: je vous mets {girofle48} comme mot de passe | C: d'accord | A: ensuite outlook | C: oui | A: le vpn "
    "| C: oui | "
    "A: le scanner | C: oui | A: la signature | C: oui | A: l'agenda | C: oui | A: teams | C: oui | A: on "
    "reprend, "
    "{girofle48} pour la session",
};
constexpr std::string_view kReportedEnglish[] = {
    "A: what's your password | C: {big m little a little p one seven}",
    "A: what's your password | C: nothing fancy {qwerty}",
    "C: we changed it from {Winter22} to {Spring23} | A: your password? | C: yes",
    "C: my DOB {oh four oh two seventy nine}",
    "A: card number please | C: {four five three two} | A: yes | C: no sorry {four five three three double "
    "one double "
    "two double three double four double five double six}",
    "C: i've been typing {bluebell sixteen} and it says incorrect password",
    "C: i forgot my password | A: it's going to be {silver spoon eighteen} | C: {silver spoon eighteen}",
    "A: the iban | C: {d e eighty nine} | A: okay | C: {three seven oh four double oh four four} | A: yes | "
    "C: {oh five "
    "three two oh one three oh double oh}",
    "A: i'll give you the temporary password | C: ready | A: {capital r} | C: {capital r} | A: {raven} | C: "
    "{raven} | "
    "A: {six} | C: {six}",
};
constexpr std::string_view kReportedOpenFrench[] = {
    "C: je règle par carte | A: votre téléphone | C: zéro six douze euh pardon zéro six treize quarante deux "
    "dix huit",
    "A: je vous donne le mot de passe | C: oui | A: un instant | C: d'accord | A: ça charge | C: pas de "
    "souci",
    "A: essayez avec Chrome120",
    "C: j'ai perdu mon mot de passe | A: d'accord | C: la commande CMD 441207 aussi est bloquée",
    "A: quel est le mot de passe du compte | C: le compte 411000",
    "A: votre mot de passe ? | C: Hélène le connaît",
    "A: quel est votre mot de passe | C: c'est le prénom de ma fille",
    "A: bonjour | C: le mot de passe est périmé",
    "C: avec chrome cent douze il retient plus mes mots de passe",
};
constexpr std::string_view kReportedOpenEnglish[] = {
    "C: the guest wifi is called CafeDuPort2024",
    "C: i forgot my password | A: okay | C: our account number with you is 2004417",
    "A: your date of birth | C: it's on the form | C: the certificate expires on 31 December 2027",
    "A: what's your password | C: ask Susan",
    "C: i log in with Latitude5540 from home",
    "C: my password manager seven won't open",
    "A: here's the password policy | C: okay | A: two digits | C: two digits | A: one symbol",
};

/// Passwords said in clear behind the plainest cue.
constexpr std::string_view kPlainFrench[] = {
    "C: mon mot de passe c'est {b trois r huit}",
    "C: mon mot de passe c'est {b trois r huit} s'il vous plaît",
    "C: mon mot de passe c'est {x sept t deux z quatre} | A: {x sept t deux z quatre} | C: oui",
    "A: quel est votre mot de passe | C: {k sept m deux}",
    "A: quel est votre mot de passe | C: alors c'est le {k sept m deux}",
    "C: mon mot de passe {b trois r huit} ne marche plus",
    "A: votre mot de passe c'est {w majuscule inter dièse deux zéro deux six}",
    "A: votre nouveau mot de passe c'est {r t sept neuf q}",
    "A: votre nouveau mot de passe c'est {r t sept neuf q} voilà",
    "A: je vous donne le mot de passe | C: oui | A: {k sept m deux} | C: {k sept m deux}",
    "C: le code de la porte c'est {a quarante deux b}",
    "C: mes accès c'est mlegrand et {gardenia quatre vingt deux}",
    "A: quelle est la clé du wifi | C: c'est {cheval bleu quarante sept lampe}",
    "C: j'ai perdu mon mot de passe | A: je vous le change | C: merci | A: ce sera {citron vert neuf}",
    "C: j'ai perdu mon mot de passe | A: je vous le change ce sera {citron vert neuf}",
    "C: mon mari est né le {douze mai mille neuf cent soixante} et je suis née le {treize juin mille neuf "
    "cent soixante deux}",
};
constexpr std::string_view kPlainEnglish[] = {
    "C: my password is {x seven t two z four}",
    "A: your new password is {x seven t two z four} | C: {x seven t two z four} | A: that's it",
    "A: your new password is {capital k seven m two exclamation mark}",
    "C: what's your password | A: {k seven m two}",
    "A: what's your password | C: it's {k seven m two} | A: {k seven m two} okay",
    "C: it's {b three r eight} my password",
    "C: the password is {house oh seven}",
    "A: your new password is {capital b blue capital h horse forty seven} | C: {capital b blue capital h "
    "horse forty seven} | A: that's right {blue horse forty seven}",
    "C: the password is {castle two oh two six} | A: {castle two oh two six} right",
    "C: the password is {house oh oh seven}",
    "C: the password is {house double oh seven} | A: {house double oh seven}",
    "A: your temporary password is {capital w inter hash two oh two six}",
    "A: your new password is {capital b blue capital h horse forty seven}",
    "A: what's the wifi key | C: it's {blue horse forty seven lamp}",
    "C: my login is mlegrand and {gardenia eighty two}",
    "C: i lost my password | A: i'll change it for you | C: thanks | A: it will be {green lemon nine}",
    "C: my wife was born on the {third of may nineteen eighty two} and i was born on the {fourth of june "
    "nineteen eighty}",
};
constexpr std::string_view kPlainOpenFrench[] = {
    "C: mon mot de passe est refusé | A: votre poste | C: c'est le b trois",
    "C: mon mot de passe il y a deux s à la fin",
    "C: j'ai oublié mon mot de passe | A: le numéro de série | C: x sept t deux z quatre",
    "C: mon mot de passe ne passe plus et mes accès c'est tout bloqué",
    "C: j'ai oublié mon mot de passe | A: je vous le change | C: merci | A: ce sera fait dans dix minutes",
    "C: le mot de passe ne passe pas sur la hp k sept m deux",
    "C: j'ai oublié mon mot de passe | A: vous êtes dans quel bureau | C: je suis en b trois c deux",
    "C: mon mot de passe est refusé | A: c'est quel poste ? | C: c'est le k sept m deux",
    "C: mon mot de passe est refusé | A: c'est quel poste | C: c'est le k sept m deux",
    "C: le bureau b trois c'est mon mot de passe qui bloque",
    "C: le code erreur c'est b trois r huit",
    "C: mes accès c'est la compta et deux dossiers",
    "A: quelle est la clé du wifi | C: je ne sais pas",
    "C: je suis née le {premier avril} et le stage est le deux mai deux mille vingt sept",
};
constexpr std::string_view kPlainOpenEnglish[] = {
    "C: my password fails | A: what's the serial number | C: x seven t two z four",
    "C: my password works but the printer m four o two n doesn't",
    "C: my password is stuck and the model is l four t two",
    "C: my password is refused | A: what's the error | C: e four x two",
    "C: i forgot my password | A: which room are you in | C: it's b three c two",
    "C: my password has two s in it",
    "C: the password is fine oh two people need it",
    "C: i lost my password | A: i'll change it for you | C: thanks | A: it will be done in ten minutes",
    "C: the error code is b three r eight",
    "A: what's the wifi key | C: i don't know",
    "C: my login is slow and two people wait",
    "A: your password needs a capital letter and two numbers",
};

constexpr std::string_view kOpenFrench[] = {
    "C: ça dit échec d'authentification code quatre vingt douze onze",
    "C: le lecteur affiche accès refusé code quarante douze",
    "C: il me dit mot de passe refusé code trente deux douze",
    "C: mon code d'accès teamviewer c'est huit cent douze trois cent quarante cinq six cent soixante",
    "A: donnez moi l'id anydesk | C: sept cent douze trois cent quarante huit cent dix",
    "A: le code de l'assistance rapide ? | C: quatre cent douze huit cent dix neuf",
    "A: quel est votre identifiant | C: c'est pdurand tout attaché",
    "C: ma collègue s'appelle sophie et elle n'a plus son mot de passe",
    "A: le mot de passe doit avoir une majuscule et un tiret",
    "A: il faut un a majuscule et un tiret dans le mot de passe",
    "C: mon mot de passe windows ne marche plus",
    "C: mon mot de passe office trois cent soixante cinq ne passe plus",
    "C: mon mot de passe de session marche plus depuis ce matin",
    "C: j'ai changé mon mot de passe ce sera plus simple",
    "C: j'ai perdu mon mot de passe | A: je vous le change ce sera fait dans dix minutes",
    "A: je réinitialise le mot de passe ce sera actif demain matin",
    "C: quand je tape mon mot de passe ça dit erreur quarante deux",
    "C: j'ai tapé le mot de passe trois fois",
    "A: je vous donne le mot de passe par mail | C: d'accord | A: voilà | C: merci",
    "A: je vous dicte le mot de passe | C: attendez | A: oui | C: oui | A: vous êtes prêt | C: oui",
    "C: le mot de passe c'est compliqué",
    "C: bonjour le mot de passe a changé | A: bonjour",
    "C: mon numéro c'est zéro six douze trente quatre non pardon zéro six douze trente cinq cinquante six "
    "soixante dix huit",
    "C: on paye trois cents euros enfin trois cent cinquante par an",
    "C: la carte mère c'est une asus b quatre cent cinquante non pardon b cinq cent cinquante",
    "C: le numéro de dossier quarante neuf soixante dix non quarante neuf soixante douze",
    "A: la réunion est le douze mars deux mille vingt sept et celle de votre collègue | C: le trois mai",
    "C: ma femme arrive le trois mai deux mille vingt sept",
    "C: le code wifi a changé le douze octobre",
    "C: le badge affiche accès refusé code erreur douze quarante",
    "A: vous avez un code à six chiffres | C: oui huit un deux quatre zéro six",
    "C: on a changé le mot de passe pour quarante personnes",
    "A: quel est le modèle | C: latitude cinquante cinq vingt",
    "C: le mot de passe marche sur le poste douze mais pas sur le treize",
    "C: je tape bonjour dans le mail et ça plante",
    "C: il me faut un nouveau mot de passe pour sophie martin",
};
constexpr std::string_view kOpenEnglish[] = {
    "C: it says authentication failed code eighty two eleven",
    "C: the screen shows login failed uh code forty one twelve",
    "C: connection error code sixty seven eighteen",
    "C: it failed with code twelve oh four when i put my password in",
    "C: my teamviewer id is nine one two three four five six seven eight",
    "A: open quick assist and give me the code | C: it's four one eight two nine six",
    "C: the anydesk access code is four four one two nine nine three",
    "A: what's your username | C: it's j smith forty two",
    "A: the password needs a capital and a dash",
    "A: your password must have eight characters one capital letter and one number",
    "C: my outlook password doesn't work any more",
    "C: my password expires in ten days",
    "A: i'll reset your password it'll be done in five minutes",
    "C: i typed my password ten times",
    "C: when i type my password it says error forty two",
    "A: i'll read you the password | C: hold on | A: sure | C: sure okay | A: no rush",
    "C: the password is really long",
    "C: my number is oh seven seven double oh nine hundred sorry oh seven seven double oh nine oh oh one two "
    "three",
    "C: the order number is four five one two no sorry four five one three nine nine",
    "C: the server was installed on the third of may two thousand and nineteen and my laptop in june",
    "C: the wifi password expires at ten",
    "C: i can't find the password field on page twelve",
    "C: my password manager is version one hundred and two",
    "C: it says password incorrect attempt three of five",
};

struct Count {
    std::size_t rows = 0;
    std::size_t whole = 0;    // all that is personal was found
    std::size_t touched = 0;  // something else was masked
    std::string missed;
    std::string extras;
};
void countRows(std::span<const std::string_view> rows, const std::string& language, Count& count) {
    for (const std::string_view row : rows) {
        const Told told = readTold(row, language);
        const auto found = findPersonalData(readConversation(told.call));
        const bool isWhole = std::all_of(told.places.begin(), told.places.end(),
                                         [&](const Told::Place& place) { return isCovered(place, found); });
        bool isTouched = false;
        for (const auto& data : found) {
            if (isWanted(data, told.places)) continue;
            isTouched = true;
            count.extras += std::string{row} + ": " + data.text.value_or("") + "\n";
        }
        ++count.rows;
        count.whole += isWhole ? 1 : 0;
        count.touched += isTouched ? 1 : 0;
        if (!isWhole) count.missed += std::string{row} + "\n";
    }
}

TEST(SpokenInCalls, PersonalDataIsMaskedWhole) {
    Count count;
    countRows(kFrench, "fr", count);
    countRows(kEnglish, "en", count);
    EXPECT_EQ(count.rows, 60u);
    EXPECT_GE(count.whole, 59u) << count.missed;
    EXPECT_LE(count.touched, 1u) << count.extras;
}

TEST(SpokenInCalls, PasswordsInClearAreMasked) {
    Count count;
    countRows(kPlainFrench, "fr", count);
    countRows(kPlainEnglish, "en", count);
    countRows(kPlainOpenFrench, "fr", count);
    countRows(kPlainOpenEnglish, "en", count);
    EXPECT_EQ(count.whole, count.rows) << count.missed;
    EXPECT_EQ(count.touched, 0u) << count.extras;
}

TEST(SpokenInCalls, WhatOnlySoundsLikeItStaysOpen) {
    Count count;
    countRows(kOpenFrench, "fr", count);
    countRows(kOpenEnglish, "en", count);
    EXPECT_EQ(count.rows, 60u);
    EXPECT_LE(count.touched, 1u) << count.extras;
}

TEST(SpokenInCalls, ReportedSlipsAreMended) {
    Count count;
    countRows(kReportedFrench, "fr", count);
    countRows(kReportedEnglish, "en", count);
    countRows(kReportedOpenFrench, "fr", count);
    countRows(kReportedOpenEnglish, "en", count);
    EXPECT_EQ(count.whole, count.rows) << count.missed;
    EXPECT_EQ(count.touched, 0u) << count.extras;
}

}  // namespace
}  // namespace ninja3cx::analysis
