#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using testing::HasSubstr;

/// What a caller says in his first breath, as recognisers write it: without punctuation and capitals, and in English
/// without apostrophes.
struct Row {
    const char* language;
    const char* told;
    const char* company;
    const char* person;   // empty: none
    const char* summary;  // has this
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.told;
}

class Unpunctuated : public testing::TestWithParam<Row> {};
TEST_P(Unpunctuated, NamesEndWhereTheMatterBegins) {
    const Row& row = GetParam();
    const bool isEnglish = std::string_view{row.language} == "en";
    protocol::Analysis analysis = analyse(
        talk({isEnglish ? "A: service desk" : "A: support bonjour", "C: " + std::string{row.told},
              isEnglish ? "A: i'll have a look" : "A: je regarde", isEnglish ? "C: thanks" : "C: merci"},
             row.language));
    const auto only = [&](const char* kind) {
        std::string all;
        for (const std::string& value : analysis.entities[kind]) all += (all.empty() ? "" : "|") + value;
        return all;
    };
    EXPECT_EQ(only("company"), row.company);
    EXPECT_EQ(only("person"), row.person);
    EXPECT_THAT(analysis.summary, HasSubstr(row.summary));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Unpunctuated,
    testing::Values(
        Row{"fr", "bonjour c'est paul de la societe durand la sauvegarde a echoue", "Durand", "Paul",
            "sauvegarde a echoue"},
        Row{"fr", "bonjour cabinet moreau le scanner ne marche plus", "Cabinet Moreau", "",
            "scanner ne marche plus"},
        Row{"fr", "bonjour marie lefevre de la societe durand sage ne s'ouvre plus", "Durand",
            "Marie Lefevre", "s'ouvre plus"},
        Row{"fr", "bonjour hotel bellevue la caisse est bloquee", "Hotel Bellevue", "", "caisse est"},
        Row{"fr", "bonjour julie martin de chez transports girard l'imprimante fait un bourrage",
            "Transports Girard", "Julie Martin", "imprimante fait un bourrage"},
        Row{"fr", "bonjour ici sophie de la pharmacie du centre les etiquettes sortent blanches",
            "Pharmacie du Centre", "Sophie", "étiquettes sortent blanches"},
        Row{"fr", "bonjour garage le goff la borne wifi ne repond plus", "Garage le Goff", "", "borne"},
        Row{"fr", "oui bonjour karim benali de la menuiserie rocher rien ne fonctionne depuis ce matin",
            "Menuiserie Rocher", "Karim Benali", "ne fonctionne"},
        Row{"fr", "bonjour societe vasseur teams plante sans arret", "Vasseur", "", "plante sans arr"},
        Row{"fr", "bonjour c'est nadia de l'etude perrin aucun mail n'arrive", "Etude Perrin", "Nadia",
            "mail n'arrive"},
        Row{"fr", "bonjour laurent dubois de la societe alpha conseil mon ecran est noir", "Alpha Conseil",
            "Laurent Dubois", "écran est noir"},
        Row{"fr", "bonjour je suis anne roche de la clinique des tilleuls le logiciel de planning rame",
            "Clinique des Tilleuls", "Anne Roche", "logiciel de planning"},
        Row{"fr", "bonjour c'est thomas de la societe berger le serveur ne demarre plus", "Berger", "Thomas",
            "serveur ne démarre plus"},
        Row{"fr", "bonjour boulangerie martinet la balance affiche une erreur", "Boulangerie Martinet", "",
            "balance affiche une erreur"},
        Row{"fr", "bonjour claire vidal du cabinet lenoir outlook redemande le mot de passe",
            "Cabinet Lenoir", "Claire Vidal", "mot de passe"},
        Row{"fr", "bonjour restaurant la marmite le terminal de paiement ne passe plus",
            "Restaurant la Marmite", "", "terminal de paiement"},
        Row{"fr", "allo bonjour ici marc de chez fontaine et fils la telephonie est coupee",
            "Fontaine et Fils", "Marc", "telephonie est coupee"},
        Row{"fr", "bonjour mairie de saint amand les postes de l'accueil sont bloques",
            "Mairie de Saint Amand", "", "postes de l'accueil sont"},
        Row{"fr", "bonjour helene faure de la societe nordex excel se ferme tout seul", "Nordex",
            "Helene Faure", "se ferme tout seul"},
        Row{"fr", "bonjour c'est didier de carrosserie lambert l'antivirus bloque un fichier",
            "Carrosserie Lambert", "Didier", "antivirus bloque un fichier"},
        Row{"fr", "bonjour sarah cohen du laboratoire biolis y a plus de reseau au premier",
            "Laboratoire Biolis", "Sarah Cohen", "réseau"},
        Row{"fr", "bonjour ici le garage moulin la connexion est tres lente", "Garage Moulin", "",
            "connexion est très lente"},
        Row{"fr", "bonjour eric petitjean de la societe sotram le copieur fait des traces noires", "Sotram",
            "Eric Petitjean", "copieur fait des traces"},
        Row{"fr", "bonjour cabinet roussel cegid refuse de se lancer", "Cabinet Roussel", "",
            "refuse de se lancer"},
        Row{"fr", "bonjour fabienne de l'hotel des voyageurs la cle de la chambre ne s'encode plus",
            "Hotel des Voyageurs", "Fabienne", "s'encode plus"},
        Row{"en", "hi im mark lang from brightwell logistics the printer is jammed", "Brightwell Logistics",
            "Mark Lang", "printer is jammed"},
        Row{"en", "hi my names mark lang from brightwell logistics the printer is jammed",
            "Brightwell Logistics", "Mark Lang", "printer is jammed"},
        Row{"en", "morning its sarah cole at pell and sons we cant print anything", "Pell and Sons",
            "Sarah Cole", "can't print"},
        Row{"en", "hello this is tom reed from hadley foods theres no internet in the office", "Hadley Foods",
            "Tom Reed", "there's no internet"},
        Row{"en", "hi thats dave hirst from marlow vets outlook wont open", "Marlow Vets", "Dave Hirst",
            "Outlook won't open"},
        Row{"en", "hiya im priya shah at kestrel marine the vpn keeps dropping", "Kestrel Marine",
            "Priya Shah", "VPN keeps dropping"},
        Row{"en", "morning my names gwen price im calling from oakfield school the projector is dead",
            "Oakfield School", "Gwen Price", "projector is dead"},
        Row{"en", "hi its colin from accounts my screens gone black", "", "Colin", "black"},
        Row{"en", "hello im janet moss from corbel surveyors teams wont let me join", "Corbel Surveyors",
            "Janet Moss", "let them join"},
        Row{"en", "hi im steve north with grice partners ive lost all my emails", "Grice Partners",
            "Steve North", "lost all their emails"},
        Row{"en", "afternoon im helen ward from st anne hospice sage is asking for a licence",
            "St Anne Hospice", "Helen Ward", "asking for a licence"},
        Row{"en", "hi my names paula finch from delmar hotels the till isnt printing receipts",
            "Delmar Hotels", "Paula Finch", "isn't printing receipts"},
        Row{"en", "hi im rachel boyd from thornbury estates the scanner wont send to email",
            "Thornbury Estates", "Rachel Boyd", "scanner won't send"},
        Row{"en", "hello my names liam doyle im from castle freight our wifi is down", "Castle Freight",
            "Liam Doyle", "Wi-Fi is down"},
        Row{"en", "morning im ed parsons from lowther dairy the server doesnt respond", "Lowther Dairy",
            "Ed Parsons", "server doesn't respond"},
        Row{"en", "hi its nina patel from rowan dental weve got no phones", "Rowan Dental", "Nina Patel",
            "no phones"},
        Row{"en", "hi thats george bell at bell and hurst excel keeps crashing", "Bell and Hurst",
            "George Bell", "Excel keeps crashing"},
        Row{"en", "good morning im fiona grant calling from highmoor council i dont get any mail",
            "Highmoor Council", "Fiona Grant", "doesn't get any mail"},
        Row{"en", "hiya my names ross keane from keane builders quickbooks has stopped opening",
            "Keane Builders", "Ross Keane", "QuickBooks has stopped opening"},
        Row{"en", "hello its wendy from the harbour office the label printer is offline", "", "Wendy",
            "label printer is offline"},
        Row{"en", "hi im amit desai from orchard pharma i cant log in to the portal", "Orchard Pharma",
            "Amit Desai", "can't log in"},
        Row{"en", "hi im owen rees at cambrian motors everyones locked out", "Cambrian Motors", "Owen Rees",
            "locked out"},
        Row{"en", "morning im donna frost from frost catering the headset isnt working", "Frost Catering",
            "Donna Frost", "headset isn't working"},
        Row{"fr", "oui bonjour odon berthelin groupe scolaire la providence a thouarce j'ai un ecran noir",
            "Groupe Scolaire la Providence", "Odon Berthelin", "écran noir"},
        Row{"fr", "bonjour c'est lise de la clinique des trois chenes on a plus internet",
            "Clinique des Trois Chenes", "Lise", "internet"},
        Row{"fr", "bonjour jean rousseau du garage le goff mon pc est bloque", "Garage le Goff",
            "Jean Rousseau", "PC est"},
        Row{"fr", "bonjour c'est sandrine de la société veolys la boîte mail est pleine", "Veolys",
            "Sandrine", "boîte mail est pleine"},
        Row{"fr", "bonjour je suis hugo marchal de chez batipro on a perdu le réseau", "Batipro",
            "Hugo Marchal", "perdu le réseau"},
        Row{"fr", "bonjour ici l'agence immobilière du port le photocopieur est en panne",
            "Agence Immobilière du Port", "", "photocopieur est en panne"},
        Row{"fr", "bonjour michel andrieu des transports andrieu j'arrive pas à imprimer",
            "Transports Andrieu", "Michel Andrieu", "imprimer"},
        Row{"fr", "bonjour cabinet d'avocats lefort notre vpn ne marche plus", "Cabinet d'Avocats Lefort", "",
            "VPN ne marche plus"},
        Row{"fr", "bonjour aurélie blanc de la crèche les lutins la tablette ne charge plus",
            "Crèche les Lutins", "Aurélie Blanc", "tablette ne charge plus"},
        Row{"fr", "bonjour entreprise guérin les imprimantes sont hors ligne", "Guérin", "",
            "imprimantes sont hors ligne"},
        Row{"fr", "bonjour valérie de l'opticien morand le lecteur de cartes ne lit plus", "Opticien Morand",
            "Valérie", "lecteur de cartes ne lit plus"},
        Row{"fr", "bonjour fabrice nollet société ateq il y a un virus sur mon poste", "Ateq",
            "Fabrice Nollet", "virus"},
        Row{"fr", "bonjour ici émilie du collège jean moulin le vidéoprojecteur s'éteint",
            "Collège Jean Moulin", "Émilie", "s'éteint"},
        Row{"fr", "bonjour camille roy de chez delta services la machine à affranchir affiche une erreur",
            "Delta Services", "Camille Roy", "machine à affranchir affiche une erreur"},
        Row{"fr", "bonjour garage renard le pont élévateur n'a rien mais la compta rame", "Garage Renard", "",
            "compta rame"},
        Row{"fr", "bonjour boucherie sanzot la vitrine connectée bipe tout le temps", "Boucherie Sanzot", "",
            "bipe"},
        Row{"fr", "bonjour jeanne de la résidence les glycines le wifi est coupé", "Résidence les Glycines",
            "Jeanne", "Wi-Fi est coupé"},
        Row{"fr", "bonjour franck de mecaprec autocad plante au démarrage", "Mecaprec", "Franck",
            "AutoCAD plante au démarrage"},
        Row{"fr", "bonjour docteur simonet cabinet dentaire simonet la radio ne s'affiche plus",
            "Cabinet Dentaire Simonet", "Simonet", "radio ne s'affiche plus"},
        Row{"fr", "bonjour lucie de pharmacie principale le robot est bloqué", "Pharmacie Principale",
            "Lucie", "robot est bloqué"},
        Row{"en", "hi im zoe carter from pinewood vets the xray pc wont turn on", "Pinewood Vets",
            "Zoe Carter", "won't turn on"},
        Row{"en", "hello its mike from harlow tiles everyones locked out of sage", "Harlow Tiles", "Mike",
            "locked out of sage"},
        Row{"en", "my names ruth ogden from ogden and daughters weve lost the shared drive",
            "Ogden and Daughters", "Ruth Ogden", "lost the shared drive"},
        Row{"en", "hi there im ben foster calling from foster legal the docking station isnt charging",
            "Foster Legal", "Ben Foster", "docking station isn't charging"},
        Row{"en", "hi its jo from abbey print the plotter wont feed", "Abbey Print", "Jo",
            "plotter won't feed"},
        Row{"en", "afternoon my names carl webb of webb joinery i havent got any sound in teams",
            "Webb Joinery", "Carl Webb", "got any sound in Teams"},
        Row{"en", "hi my names alan pike im with pike plumbing the wifis gone off", "Pike Plumbing",
            "Alan Pike", "gone off"},
        Row{"en",
            "good afternoon im holly reid from reid nurseries shes asked me to ring about the server its "
            "down",
            "Reid Nurseries", "Holly Reid", ""},
        Row{"en", "hi its peter from ridgeway council the phones are dead", "Ridgeway Council", "Peter",
            "phones are dead"},
        Row{"en", "hello im ian mcbride from mcbride foods sharepoint says access denied", "Mcbride Foods",
            "Ian Mcbride", "SharePoint says access denied"},
        Row{"en", "hiya its bev at the surgery the label printers jammed", "", "Bev", "Bev"}));

}  // namespace
}  // namespace ninja3cx::analysis
