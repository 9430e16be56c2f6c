#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

auto of(const std::vector<std::string>& lines, const std::string& language = "fr") {
    return analyse(talk(lines, language)).entities;
}

TEST(Entities, PeopleAndCompaniesAreTakenFromIntroductions) {
    auto entities = of({"A: Service informatique bonjour, c'est Sophie à l'appareil.",
                        "C: Bonjour, Paul Girard de la société Garage Dumas."});
    EXPECT_THAT(entities["person"], ElementsAre("Sophie", "Paul Girard"));
    EXPECT_THAT(entities["company"], ElementsAre("Garage Dumas"));
    entities = of({"A: support bonjour", "C: bonjour thierry lambert cabinet morel on n'a plus de réseau"});
    EXPECT_THAT(entities["person"], ElementsAre("Thierry Lambert"));
    EXPECT_THAT(entities["company"], ElementsAre("Cabinet Morel"));
    entities = of(
        {"A: Hello, Nathan speaking.", "C: Hi Nathan, Beatrix Holm at Wrenfield Dental. My laptop is slow."},
        "en");
    EXPECT_THAT(entities["person"], ElementsAre("Nathan", "Beatrix Holm"));
    EXPECT_THAT(entities["company"], ElementsAre("Wrenfield Dental"));
}

struct Row {
    std::vector<std::string> lines;
    std::vector<std::string> found;
    const char* language = "fr";
};

void check(const std::vector<Row>& rows, const std::string& kind) {
    for (const Row& row : rows)
        EXPECT_THAT(of(row.lines, row.language)[kind], ElementsAreArray(row.found))
            << kind << " | " << row.lines[0];
}

TEST(Entities, PeopleAreNamedWithoutCapitalsToo) {
    check({{{"A: assistance bonjour", "C: bonjour roussel nathalie à l'appareil on a plus internet"},
            {"Roussel Nathalie"}},
           {{"A: assistance bonjour", "C: bonjour nathalie roussel à l'appareil on a plus internet"},
            {"Nathalie Roussel"}},
           {{"A: support bonjour", "C: bonjour pharmacie lemoine julie à l'appareil"}, {"Julie"}},
           {{"A: helpdesk", "C: good morning this is karen oneill from accounts"}, {"Karen Oneill"}, "en"},
           {{"A: it support", "C: hi there paul rennie from rennie haulage"}, {"Paul Rennie"}, "en"},
           {{"A: helpdesk", "C: hi lindsey harte teams isnt working"}, {"Lindsey Harte"}, "en"},
           {{"A: support bonjour", "C: bonjour julie part vendredi"}, {"Julie"}},
           {{"A: support bonjour", "C: bonjour la rose part vendredi"}, {}},
           {{"A: support bonjour", "C: bonjour le mail part pas"}, {}},
           {{"A: helpdesk", "C: hi derek is leaving on friday"}, {"Derek"}, "en"},
           {{"A: helpdesk", "C: hi the may starts with a bank holiday"}, {}, "en"}},
          "person");
}

TEST(Entities, PhonesAreReadInDigitsAndWords) {
    EXPECT_THAT(of({"C: c'est le 06 24 51 33 18"})["phone"], ElementsAre("06 24 51 33 18"));
    EXPECT_THAT(of({"C: zéro cinq trente-six quarante-neuf zéro sept douze"})["phone"],
                ElementsAre("05 36 49 07 12"));
    EXPECT_THAT(of({"C: le numéro de série est le 35 62 18"})["phone"], IsEmpty());
    for (const char* said : {"C: it's oh seven seven double oh nine oh oh one two three",
                             "C: it's oh seven seven oh oh nine double oh one two three"})
        EXPECT_THAT(of({said}, "en")["phone"], ElementsAre("07700900123"));
    EXPECT_THAT(of({"C: c'est le zéro zéro trente-trois six douze zéro zéro quinze seize"})["phone"],
                ElementsAre("06 12 00 15 16"));
}

TEST(Entities, PhonesAreReadOverSeveralTurns) {
    check({{{"C: c'est le zéro six douze", "A: oui", "C: trente quatre cinquante six",
             "A: trente quatre cinquante six", "C: soixante dix huit voilà"},
            {"06 12 34 56 78"}},
           {{"C: Zéro un.", "A: zéro un", "C: quarante-deux", "A: d'accord, je note.", "C: Trente-trois.",
             "A: oui, ensuite ?", "C: zéro neuf", "A: zéro neuf", "C: et onze"},
            {"01 42 33 09 11"}},
           {{"C: plus trente trois", "A: oui", "C: six douze trente quatre", "A: ok",
             "C: cinquante six soixante dix huit"},
            {"06 12 34 56 78"}},
           {{"C: zéro quatre soixante-dix-huit", "A: oui", "C: quarante-deux", "A: quarante-deux",
             "C: non pardon quarante-trois", "A: ok", "C: dix-neuf zéro huit"},
            {"04 78 43 19 08"}},
           {{"C: it's oh one six three two", "A: yeah", "C: nine six oh", "A: nine six oh",
             "C: one four seven"},
            {"01632960147"},
            "en"},
           {{"C: zéro six douze", "A: Et Outlook, il s'ouvre ?",
             "C: trente quatre cinquante six soixante dix huit"},
            {}},
           {{"C: la clé commence par zéro six douze trente-quatre", "A: oui",
             "C: cinquante-six soixante-dix-huit", "A: oui", "C: quarante-deux quinze"},
            {}}},
          "phone");
}

TEST(Entities, SeveralPhonesOfOneTurnAreRead) {
    check({{{"C: le zéro six trente-neuf quatre-vingt-dix-huit zéro un vingt-trois, et le fixe zéro un "
             "quatre-vingt-dix-neuf zéro zéro douze trente-quatre"},
            {"06 39 98 01 23", "01 99 00 12 34"}},
           {{"C: le zéro six douze trente-quatre cinquante-six soixante-dix-huit zéro un quarante-deux vingt "
             "et un "
             "trente-trois onze"},
            {"06 12 34 56 78", "01 42 21 33 11"}},
           {{"C: zéro quatre, soixante-dix-huit, euh, quarante-deux, non pardon quarante-trois, dix-neuf, "
             "zéro huit"},
            {"04 78 43 19 08"}}},
          "phone");
}

TEST(Entities, AMailIsSaidAfterAt) {
    check({{{"C: email me at john dot baker at oakfield dot com"}, {"john.baker@oakfield.com"}, "en"},
           {{"C: send me an email at mary dot holt at oakfield dot co dot uk"},
            {"mary.holt@oakfield.co.uk"},
            "en"},
           {{"C: you can drop me an email at j baker at oakfield dot com please"},
            {"baker@oakfield.com"},
            "en"},
           {{"C: by mail at helpdesk at oakfield dot com"}, {"helpdesk@oakfield.com"}, "en"},
           {{"C: write to me at work at p dash shaw at south dash moor dot com"},
            {"p-shaw@south-moor.com"},
            "en"},
           {{"C: my email is john dot baker at oakfield dot com"}, {"john.baker@oakfield.com"}, "en"},
           {{"C: It's john at oakfield dot com and mary at oakfield dot com"},
            {"john@oakfield.com", "mary@oakfield.com"},
            "en"},
           {{"C: écris-moi à jean point dupont arobase oakfield point fr"}, {"jean.dupont@oakfield.fr"}},
           {{"C: envoyez-moi un mail à j point dupont arobase oakfield point fr"}, {"j.dupont@oakfield.fr"}},
           {{"C: À jean point dupont arobase oakfield point fr"}, {"jean.dupont@oakfield.fr"}},
           {{"C: par mail à support arobase oakfield point com"}, {"support@oakfield.com"}}},
          "email");
}

TEST(Entities, MailsAreSpelledWithNamedSignsAndLetters) {
    check({{{"C: contact tiret du bas compta arobase gmail point com"}, {"contact_compta@gmail.com"}},
           {{"C: info tiret du six paie arobase acme point fr"}, {"info-paie@acme.fr"}},
           {{"C: j comme jules, m a r t i n, arobase acme trait d'union sud point com"},
            {"jmartin@acme-sud.com"}},
           {{"C: P comme Paul, I, double L, E, T, arobase orange point F R"}, {"pillet@orange.fr"}},
           {{"C: marie 29 arobase orange point fr"}, {"marie29@orange.fr"}},
           {{"C: c'est jean point dupont soixante-quinze arobase orange point fr"},
            {"jean.dupont75@orange.fr"}},
           {{"C: m for mike, a, y, at blue sky dot org"}, {"may@bluesky.org"}, "en"},
           {{"C: n as in november, o, r, a, underscore lee at mail dot com"}, {"nora_lee@mail.com"}, "en"}},
          "email");
    EXPECT_THAT(of({"C: c'est P comme Paul, I, R, O"})["person"], IsEmpty());
}

TEST(Entities, MachinesAreNamedAsTheyAreSaid) {
    check({{{"C: Le poste s'appelle PC tiret COMPTA tiret zéro sept."}, {"PC-COMPTA-07"}},
           {{"C: c'est le PC-COMPTA-07"}, {"PC-COMPTA-07"}},
           {{"C: c'est le pc compta 07"}, {"PC-COMPTA-07"}},
           {{"C: le SRV-AD-12 et PC tiret accueil tiret douze"}, {"SRV-AD-12", "PC-ACCUEIL-12"}},
           {{"C: my i phone is dead"}, {"iPhone"}},
           {{"A: Can I phone you at ten?"}, {}},
           {{"C: nos pc ont 12 ans et le serveur tourne 24 heures"}, {}}},
          "device");
}

TEST(Entities, HexadecimalCodesAreSpelled) {
    check({{{"C: j'ai l'erreur 0 x c 0 0 0 0 0 0 5 ce matin"}, {"0xC0000005"}},
           {{"C: l'erreur zéro x charlie zéro zéro zéro zéro zéro zéro cinq c'est quoi"}, {"0xC0000005"}},
           {{"C: erreur zéro x huit zéro zéro sept zéro zéro zéro cinq à chaque fois"}, {"0x80070005"}},
           {{"C: error oh x eight double oh seven double oh five f"}, {"0x8007005F"}, "en"}},
          "error_code");
}

TEST(Entities, VersionsOfServersBelongToThem) {
    check({{{"C: il est sous Windows Server 2019"}, {"Windows Server 2019"}},
           {{"C: c'est un windows server deux mille vingt deux"}, {"Windows Server 2022"}},
           {{"C: le windows server a 12 ans"}, {"Windows Server"}}},
          "software");
}

TEST(Entities, PlacesAndCompaniesAreNoPeople) {
    check({{{"C: c'est Martine, à la clinique des Lilas"}, {"Martine"}},
           {{"C: on est rue Victor Hugo, et la clinique des Lilas est en face"}, {}},
           {{"C: Bonjour, Yann Le Goff de Marine Ouest.", "A: Marine Ouest, d'accord."}, {"Yann Le Goff"}},
           {{"C: Bonjour, Valérie Petit, boulangerie Petit à Dinan."}, {"Valérie Petit"}}},
          "person");
    check({{{"C: Delphine Caron, comptable chez Textile du Nord, site de Roubaix."}, {"Roubaix"}}}, "site");
}

TEST(Entities, ACompanysNameEndsWhereTheSentenceGoesOn) {
    check({{{"C: bonjour madame lefebvre de la societe menuiserie du val ecoutez j ai deux soucis"},
            {"Menuiserie du Val"}},
           {{"C: bonjour sophie marchand du garage morin alors voila"}, {"Garage Morin"}},
           {{"C: bonjour sophie marchand du garage morin l imprimante ne marche plus"}, {"Garage Morin"}},
           {{"C: bonjour sophie marchand cabinet morel je n ai plus de reseau"}, {"Cabinet Morel"}},
           {{"C: Bonjour, Valérie Petit, boulangerie Petit à Dinan."}, {"Boulangerie Petit"}},
           {{"C: bonjour valerie petit boulangerie petit a dinan"}, {"Boulangerie Petit"}}},
          "company");
}

TEST(Entities, PeopleAreFoundInLowerCase) {
    check(
        {{{"C: bonjour c'est soazig le floch de kermorin surgelés on a plus internet"}, {"Soazig Le Floch"}},
         {{"C: oui bonjour ici thierry marchal chez lumière plus mon imprimante marche plus"},
          {"Thierry Marchal"}},
         {{"C: bonjour je suis madame le corre je n'arrive plus à ouvrir outlook"}, {"Le Corre"}},
         {{"C: c'est l'accueil de chez kermorin surgelés odile le floch je peux plus imprimer"},
          {"Odile Le Floch"}},
         {{"A: oui monsieur jaouen", "C: ça recommence"}, {"Jaouen"}},
         {{"C: ma collègue maud le floch arrive pas à se connecter"}, {"Maud Le Floch"}},
         {{"C: bonjour c'est martine le serveur est planté"}, {"Martine"}},
         {{"C: bonjour c'est martine le logiciel de paie plante"}, {"Martine"}},
         {{"A: d'accord monsieur je regarde"}, {}},
         {{"C: bonjour gérard du magasin la caisse est bloquée"}, {"Gérard"}}},
        "person");
    check({{{"C: hi it's gwen o'hara from the office the till is frozen"}, {"Gwen O'Hara"}, "en"},
           {{"C: could you set up our new starter joanna"}, {"Joanna"}, "en"},
           {{"C: this is joanna my laptop won't start"}, {"Joanna"}, "en"}},
          "person");
}

TEST(Entities, CompaniesAreFoundInLowerCase) {
    check({{{"C: bonjour c'est soazig le floch de kermorin surgelés on a plus internet"},
            {"Kermorin Surgelés"}},
           {{"C: oui bonjour ici thierry marchal chez lumière plus mon imprimante marche plus"},
            {"Lumière Plus"}},
           {{"C: ici thierry marchal chez lumière plus de réseau depuis hier"}, {"Lumière"}},
           {{"C: c'est l'accueil de chez kermorin surgelés odile le floch je peux plus imprimer"},
            {"Kermorin Surgelés"}},
           {{"C: bonjour jean baptiste de la tour du pin je reçois plus rien"}, {"La Tour du Pin"}},
           {{"C: vous seriez intéressé par une étude gratuite"}, {}},
           {{"C: j'ai reçu un mail de chez un client"}, {}}},
          "company");
    check({{{"C: hi this is joanna from osprey freight my laptop won't start"}, {"Osprey Freight"}, "en"},
           {{"C: hi it's ellen moss over at osprey freight the scanners won't connect"},
            {"Osprey Freight"},
            "en"},
           {{"C: i'm calling from ashdown dental our phones are down"}, {"Ashdown Dental"}, "en"},
           {{"C: it's tom from accounts my screen is black"}, {}, "en"},
           {{"C: i got an email from someone pretending to be the boss"}, {}, "en"}},
          "company");
}

TEST(Entities, NumbersAndAddressesAreNoNames) {
    check({{{"C: la carte de la société quatre mille neuf cent soixante-dix dix mille"}, {}},
           {{"C: mon adresse c'est p point martin arobase clinique tiret des tiret ormes point fr"}, {}},
           {{"C: c'est l'atelier du pont neuf on a plus de réseau"}, {"Atelier du Pont Neuf"}}},
          "company");
    check({{{"C: my email is j dot smith at north dash lake dot co dot uk"}, {}, "en"}}, "company");
    check({{{"C: my email is j dot smith at north dash lake dot co dot uk"}, {}, "en"}}, "person");
    check({{{"C: c'est p point martin à rebase clinique tiret des tiret ormes point fr"},
            {"p.martin@clinique-des-ormes.fr"}}},
          "email");
}

TEST(Entities, AnAddressDecidesNothing) {
    using protocol::Category;
    const auto categoryOf = [](const char* said, const char* language) {
        return analyse(talk({said}, language)).category;
    };
    EXPECT_EQ(
        categoryOf("C: my email is p dot shaw at south dash moor dot co dot uk and i can't get into the "
                   "shared mailbox",
                   "en"),
        categoryOf("C: i can't get into the shared mailbox", "en"));
    EXPECT_EQ(
        categoryOf("C: mon adresse c'est p point martin arobase clinique tiret des tiret ormes point fr et "
                   "je reçois plus aucun mail",
                   "fr"),
        categoryOf("C: je reçois plus aucun mail", "fr"));
}

TEST(Entities, PlacesStayWhole) {
    check({{{"C: le serveur est éteint à l'usine de saint nazaire production arrêtée"},
            {"usine de Saint Nazaire"}},
           {{"C: on est au magasin de la tour du pin la caisse est bloquée"}, {"magasin de la Tour du Pin"}},
           {{"C: Je suis à l'agence de la Tour du Pin."}, {"agence de la Tour du Pin"}},
           {{"C: on a perdu le site de lyon en panne depuis hier"}, {"Lyon"}},
           {{"C: j'ai cliqué sur un faux site de livraison"}, {}}},
          "site");
}

TEST(Entities, DoubtfulPhonesAreLeftOut) {
    check({{{"C: it's oh seven seven hundred nine hundred one two"}, {}, "en"},
           {{"C: it's oh seven seven hundred nine hundred one two three"}, {"07700900123"}, "en"},
           {{"C: it's oh seven seven oh oh nine oh oh one two three"}, {"07700900123"}, "en"}},
          "phone");
}

TEST(Entities, CodesAreKeptAsTheyAreSaid) {
    check({{{"A: the reference is inc zero zero six one two eight"}, {"INC006128"}, "en"},
           {{"A: c'est le ticket i n c zéro zéro six un deux huit"}, {"INC006128"}},
           {{"A: le ticket porte le numéro six un deux huit"}, {"6128"}}},
          "ticket_number");
    check({{{"C: the printer says error k e e two o one"}, {"KEE201"}, "en"},
           {{"C: ça affiche erreur k e e deux zéro un"}, {"KEE201"}},
           {{"C: il affiche erreur cinquante point quatre"}, {"50.4"}},
           {{"C: il affiche erreur 50.4"}, {"50.4"}},
           {{"C: it shows error fifty dot four"}, {"50.4"}, "en"},
           {{"C: on a une erreur a deux endroits"}, {}}},
          "error_code");
}

TEST(Entities, ContractionsAreNoLettersOfAnAddress) {
    check(
        {{{"C: it's j dot pell at pellmanfoods dot co dot uk"}, {"j.pell@pellmanfoods.co.uk"}, "en"},
         {{"C: that's r dot lang at brightwell dot com"}, {"r.lang@brightwell.com"}, "en"},
         {{"C: its m dot cole at pellandsons dot co dot uk"}, {"m.cole@pellandsons.co.uk"}, "en"},
         {{"C: thats t dot reed at hadley dot com"}, {"t.reed@hadley.com"}, "en"},
         {{"C: my email's k dot lowe at lowe dot co dot uk"}, {"k.lowe@lowe.co.uk"}, "en"},
         {{"C: it s d dot hirst at marlow dot org"}, {"d.hirst@marlow.org"}, "en"},
         {{"C: the address here's p dot finch at delmar dot com"}, {"p.finch@delmar.com"}, "en"},
         {{"C: it's s dot grant at highmoor dot com"}, {"s.grant@highmoor.com"}, "en"},
         {{"C: i'm j dot moss at corbel dot com"}, {"j.moss@corbel.com"}, "en"},
         {{"C: c'est j point morel arobase durand point fr"}, {"j.morel@durand.fr"}},
         {{"C: mon mail c'est s point faure arobase nordex point fr"}, {"s.faure@nordex.fr"}},
         {{"C: l'adresse c'est d point masson arobase sotram point com"}, {"d.masson@sotram.com"}},
         {{"C: c est m point vidal arobase lenoir point fr"}, {"m.vidal@lenoir.fr"}},
         {{"C: it's l dot doyle at castlefreight dot co dot uk"}, {"l.doyle@castlefreight.co.uk"}, "en"},
         {{"C: that's a dot desai at orchard dash pharma dot com"}, {"a.desai@orchard-pharma.com"}, "en"},
         {{"C: what's easiest is k dot boyd at thornbury dot com"}, {"k.boyd@thornbury.com"}, "en"},
         {{"C: her name's o dot rees at cambrian dot com"}, {"o.rees@cambrian.com"}, "en"},
         {{"C: he's d dot frost at frost dot co dot uk"}, {"d.frost@frost.co.uk"}, "en"},
         {{"C: that’s n dot patel at rowan dot org"}, {"n.patel@rowan.org"}, "en"},
         {{"C: it's s p e l l at castle dot com"}, {"spell@castle.com"}, "en"},
         {{"C: l'adresse c'est h point faure arobase nordex tiret sud point fr"}, {"h.faure@nordex-sud.fr"}},
         {{"C: c'est toujours e point petit arobase sotram point fr"}, {"e.petit@sotram.fr"}}},
        "email");
}

TEST(Entities, PhonesAreReadFromEnglishWords) {
    check({{{"C: oh seven seven double oh nine hundred three four two"}, {"07700900342"}, "en"},
           {{"C: oh seven seven double oh nine hundred one two three"}, {"07700900123"}, "en"},
           {{"C: it's oh one six three two nine six oh nine hundred"}, {"01632960900"}, "en"},
           {{"C: oh double seven double oh nine hundred double five six"}, {"07700900556"}, "en"},
           {{"C: oh seven seven hundred nine hundred three four two"}, {"07700900342"}, "en"},
           {{"C: oh two oh seven nine four six oh nine double one"}, {"02079460911"}, "en"},
           {{"C: zero seven seven zero zero nine hundred eight one five"}, {"07700900815"}, "en"},
           {{"C: oh seven seven double oh nine hundred and three four two"}, {}, "en"},
           {{"C: oh seven seven double oh nine hundred double oh one"}, {"07700900001"}, "en"},
           {{"C: oh one one three four nine six oh seven double two"}, {"01134960722"}, "en"},
           {{"C: oh one nine oh four nine six oh three one eight"}, {"01904960318"}, "en"},
           {{"C: zero one one seven four nine six zero nine hundred"}, {"01174960900"}, "en"},
           {{"C: it's oh two nine two oh one eight oh three two four"}, {"02920180324"}, "en"},
           {{"C: oh eight oh eight one five seven oh five double nine"}, {"08081570599"}, "en"},
           {{"C: oh seven seven double oh nine hundred seven one two thanks"}, {"07700900712"}, "en"}},
          "phone");
}

TEST(Entities, EveryErrorCodeIsTaken) {
    check(
        {{{"C: i get error 1603 when i install it then it says run-time error 3704"}, {"1603", "3704"}, "en"},
         {{"C: error code 80070005 and then error 1722"}, {"80070005", "1722"}, "en"},
         {{"C: errors 1603 and 3704"}, {"1603", "3704"}, "en"},
         {{"C: error one six oh three and then error three seven oh four"}, {"1603", "3704"}, "en"},
         {{"C: error 500 and 200 users cant work"}, {"500"}, "en"},
         {{"C: j'ai l'erreur 1603 puis l'erreur 3704"}, {"1603", "3704"}},
         {{"C: code erreur 80070005 ensuite ca me met erreur 1722"}, {"80070005", "1722"}},
         {{"C: erreurs 1603 et 3704"}, {"1603", "3704"}},
         {{"C: erreur mille six cent trois et apres erreur trois mille sept cent quatre"}, {"1603", "3704"}},
         {{"C: erreur 500 et 20 postes sont bloques"}, {"500"}},
         {{"C: erreur 1603 et 150 personnes attendent"}, {"1603"}},
         {{"C: first it was error 691 now it's error 809"}, {"691", "809"}, "en"},
         {{"C: we had stop code 7b and this morning error code 50"}, {"7B", "50"}, "en"},
         {{"C: error two oh three or error five oh two"}, {"203", "502"}, "en"},
         {{"C: d'abord erreur 691 maintenant c'est erreur 809"}, {"691", "809"}},
         {{"C: le code erreur 1722 ou le code erreur 1723"}, {"1722", "1723"}},
         {{"C: erreur 50.4 puis erreur 49"}, {"50.4", "49"}},
         {{"C: une erreur 404 et 30 minutes apres erreur 500"}, {"404", "500"}}},
        "error_code");
}

TEST(Entities, MailsAreReadWrittenAndSpelled) {
    EXPECT_THAT(of({"C: écrivez à paul.girard@garage-dumas.fr merci"})["email"],
                ElementsAre("paul.girard@garage-dumas.fr"));
    EXPECT_THAT(
        of({"C: K point Belhadj, B, E, L, H, A, D, J, arobase menuiseries tiret rosier, point fr."})["email"],
        ElementsAre("k.belhadj@menuiseries-rosier.fr"));
    EXPECT_THAT(of({"A: so siobhan dot keeley at wrenfield dash dental dot co dot uk"}, "en")["email"],
                ElementsAre("siobhan.keeley@wrenfield-dental.co.uk"));
    EXPECT_THAT(of({"C: I'll be at the office at five dot"}, "en")["email"], IsEmpty());
}

TEST(Entities, ProductsErrorsAndTicketsAreNamed) {
    auto entities = of({"C: out look plante avec l'erreur 0x80070005 sur mon Dell Latitude 5440",
                        "A: le ticket porte le numéro 42 17"});
    EXPECT_THAT(entities["software"], ElementsAre("Outlook"));
    EXPECT_THAT(entities["device"], ElementsAre("Dell Latitude 5440"));
    EXPECT_THAT(entities["error_code"], Contains("0x80070005"));
    EXPECT_THAT(entities["ticket_number"], ElementsAre("4217"));
}

}  // namespace
}  // namespace ninja3cx::analysis
