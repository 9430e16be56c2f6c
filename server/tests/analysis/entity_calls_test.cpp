#include "server/analysis/entities/entities.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// Short calls of other trades and with other names than the rules were written from.
struct LabelledCall {
    const char* language;
    std::vector<std::string> lines;
    std::map<std::string, std::vector<std::string>> entities;
};

const std::vector<LabelledCall>& calls() {
    static const std::vector<LabelledCall> kCalls = {
        {"fr",
         {"A: Novalys Informatique, Baptiste à l'appareil, bonjour.",
          "C: Bonjour Baptiste, c'est Odile Kerguelen de la société Brasserie du Phare.",
          "C: Notre caisse Epson n'imprime plus les additions.",
          "A: Je prends la main avec AnyDesk. Vous me rappelez au 02 98 11 22 33 si ça coupe ?",
          "C: C'est noté."},
         {{"person", {"Baptiste", "Odile Kerguelen"}},
          {"company", {"Brasserie du Phare"}},
          {"device", {"Epson"}},
          {"software", {"AnyDesk"}},
          {"phone", {"0298112233"}}}},
        {"fr",
         {"A: support bonjour gwenaelle a votre ecoute",
          "C: oui bonjour marc antoine delvaux je suis veterinaire a la clinique des trois chenes",
          "C: vetocom plante avec l erreur zero x huit zero zero sept zero zero zero cinq",
          "A: je cree le ticket soixante deux mille quatre cent onze",
          "C: mon portable c est le zero six quarante douze cinquante six vingt trois"},
         {{"person", {"Gwenaelle", "Marc Antoine Delvaux"}},
          {"company", {"Clinique des Trois Chenes"}},
          {"software", {"Vetocom"}},
          {"error_code", {"0x80070005"}},
          {"ticket_number", {"62411"}},
          {"phone", {"0640125623"}}}},
        {"fr",
         {"A: Service desk Arpège, bonjour, Yanis à l'appareil.",
          "C: Bonjour, Monsieur Quillivic, des Transports Morvan. Je suis au dépôt de Loudéac.",
          "C: L'imprimante Zebra ZD421 n'étiquette plus.", "A: Elle est reliée au poste PC-QUAI-03 ?",
          "C: Oui, c'est ça. Ma collègue Sylvie Hascoët peut vous aider aussi."},
         {{"person", {"Yanis", "Quillivic", "Sylvie Hascoët"}},
          {"company", {"Transports Morvan"}},
          {"site", {"dépôt de Loudéac"}},
          {"device", {"Zebra ZD421", "PC-QUAI-03"}}}},
        {"fr",
         {"A: assistance bonjour",
          "C: bonjour c est la mairie de pleyber je suis corinne abgrall a l etat civil",
          "C: le copieur kyocera ne scanne plus vers outlook", "A: votre adresse mail",
          "C: c abgrall arobase mairie tiret pleyber point fr"},
         {{"person", {"Corinne Abgrall"}},
          {"company", {"mairie de Pleyber"}},
          {"device", {"Kyocera"}},
          {"software", {"Outlook"}},
          {"email", {"c.abgrall@mairie-pleyber.fr", "cabgrall@mairie-pleyber.fr"}}}},
        {"en",
         {"A: Fenland IT, Rosie speaking, how can I help?",
          "C: Hi Rosie, it's Gwyneth Pardoe from Halloway Surveyors.",
          "C: My ThinkPad won't join the Teams call, error code 80090016.", "A: What's the best number?",
          "C: It's oh one six three two, nine six oh one four seven."},
         {{"person", {"Rosie", "Gwyneth Pardoe"}},
          {"company", {"Halloway Surveyors"}},
          {"device", {"Lenovo ThinkPad"}},
          {"software", {"Teams"}},
          {"error_code", {"80090016"}},
          {"phone", {"01632960147"}}}},
        {"en",
         {"A: good morning service desk arjun here",
          "C: morning arjun colin featherstone from brackley timber i'm at the daventry depot",
          "C: sage has locked us all out and ticket four four one oh two is still open",
          "A: can you spell your email", "C: colin dot featherstone at brackley dash timber dot co dot uk"},
         {{"person", {"Arjun", "Colin Featherstone"}},
          {"company", {"Brackley Timber"}},
          {"site", {"Daventry"}},
          {"software", {"Sage"}},
          {"ticket_number", {"44102"}},
          {"email", {"colin.featherstone@brackley-timber.co.uk"}}}},
        {"fr",
         {"A: Centre d'appels Héliance, Maëva, bonjour.",
          "C: Bonjour, ici Thibault Rannou, du cabinet d'expertise Lozac'h.",
          "C: Cegid me sort l'erreur 1722 et j'ai un NAS Synology qui bipe.",
          "A: Le dossier porte la référence 77 20 5."},
         {{"person", {"Maëva", "Thibault Rannou"}},
          {"company", {"cabinet d'expertise Lozac'h"}},
          {"software", {"Cegid"}},
          {"device", {"Synology"}},
          {"error_code", {"1722"}},
          {"ticket_number", {"77205"}}}},
        {"fr",
         {"A: allo oui bonjour, Ludovic du support.",
          "C: Ludovic bonjour, c'est Anne-Laure Castel à l'appareil, de l'agence immobilière Castel et Fils.",
          "C: Je n'arrive plus à ouvrir DocuSign sur mon iPad.",
          "A: Je vous écris à al.castel@castel-immo.fr ?", "C: Parfait."},
         {{"person", {"Ludovic", "Anne-Laure Castel"}},
          {"company", {"agence immobilière Castel et Fils"}},
          {"software", {"DocuSign"}},
          {"device", {"iPad"}},
          {"email", {"al.castel@castel-immo.fr"}}}},
        {"fr",
         {"A: bonjour support technique",
          "C: bonjour je m appelle farid benali je travaille pour les ateliers guerin",
          "C: autocad me dit code erreur mille six cent trois et mon ecran dell est noir",
          "A: je vous envoie julien demain sur le site de carhaix",
          "C: d accord mon numero zero deux quatre vingt dix huit trente deux zero un quatorze"},
         {{"person", {"Farid Benali", "Julien"}},
          {"company", {"Ateliers Guerin"}},
          {"software", {"AutoCAD"}},
          {"device", {"Dell"}},
          {"error_code", {"1603"}},
          {"site", {"Carhaix"}},
          {"phone", {"0298320114"}}}},
        {"en",
         {"A: Northgate Support, this is Imogen.",
          "C: Hello, my name is Desmond Achebe, I'm calling from St Brannock's School.",
          "C: The Ricoh in the office says SC542 and nobody can print from Word.",
          "A: I'll ring you on 020 7946 0321."},
         {{"person", {"Imogen", "Desmond Achebe"}},
          {"company", {"St Brannock's School"}},
          {"device", {"Ricoh"}},
          {"error_code", {"SC542"}},
          {"software", {"Word"}},
          {"phone", {"02079460321"}}}},
        {"fr",
         {"A: Armor Services, Killian, bonjour.", "C: Bonjour. Docteur Le Bihan, maison médicale des Glénan.",
          "C: Doctolib s'ouvre, mais plus le logiciel de cartes Vitale.",
          "A: Je vous passe Héloïse Marchand, de l'équipe applications."},
         {{"person", {"Killian", "Le Bihan", "Héloïse Marchand"}},
          {"company", {"maison médicale des Glénan"}},
          {"software", {"Doctolib"}}}},
        {"fr",
         {"A: bonjour vous etes bien chez kerinfo killian a l appareil",
          "C: bonjour killian c est sandrine de chez garage le goff",
          "C: le serveur srv compta zero un ne repond plus et veeam est en rouge",
          "A: je regarde je vous rappelle au zero six trente neuf quatre vingt dix huit onze vingt deux"},
         {{"person", {"Killian", "Sandrine"}},
          {"company", {"Garage Le Goff"}},
          {"device", {"SRV-COMPTA-01"}},
          {"software", {"Veeam"}},
          {"phone", {"0639981122"}}}},
        {"fr",
         {"A: Odyssée Réseaux bonjour, Pauline.",
          "C: Bonjour, je suis Bruno Kervella, directeur du camping Les Embruns à Bénodet.",
          "C: La box Livebox redémarre, et le répéteur UniFi aussi.",
          "A: J'ouvre un ticket chez Orange, numéro 880412."},
         {{"person", {"Pauline", "Bruno Kervella"}},
          {"company", {"camping Les Embruns", "Orange"}},
          {"device", {"Livebox", "UniFi"}},
          {"ticket_number", {"880412"}}}},
        {"en",
         {"A: Hi, you're through to Callum at Brightwell.", "C: Hiya Callum, Tanya Okonjo, Marlow Vets.",
          "C: Outlook says 0x800CCC0E and my Surface Pro is crawling.", "A: I'll pass it to Fergus."},
         {{"person", {"Callum", "Tanya Okonjo", "Fergus"}},
          {"company", {"Marlow Vets"}},
          {"software", {"Outlook"}},
          {"device", {"Surface Pro"}},
          {"error_code", {"0x800CCC0E"}}}},
        {"fr",
         {"A: Helpdesk bonjour.",
          "C: Bonjour, Rachida Meziane, comptable chez Fonderies Delcroix, sur le site de Maubeuge.",
          "C: Sage 100 me demande une licence et OneDrive ne synchronise plus.",
          "A: Écrivez à licences@helpdesk-nord.com, s'il vous plaît."},
         {{"person", {"Rachida Meziane"}},
          {"company", {"Fonderies Delcroix"}},
          {"site", {"Maubeuge"}},
          {"software", {"Sage", "OneDrive"}},
          {"email", {"licences@helpdesk-nord.com"}}}},
        {"fr",
         {"A: maintenance informatique bonjour ici romuald",
          "C: bonjour romuald ici la pharmacie centrale madame tissot",
          "C: l imprimante brother sort des feuilles blanches et firefox ne s ouvre plus", "A: votre numero",
          "C: zero trois quatre vingt un vingt deux trente trois quarante quatre"},
         {{"person", {"Romuald", "Tissot"}},
          {"company", {"Pharmacie Centrale"}},
          {"device", {"Brother"}},
          {"software", {"Firefox"}},
          {"phone", {"0381223344"}}}},
        {"en",
         {"A: service desk poppy speaking", "C: hi poppy its leonard grice at grice and sons",
          "C: my jabra headset keeps dropping and the v p n says error six nine one",
          "A: raise it as case number seven seven three one two"},
         {{"person", {"Poppy", "Leonard Grice"}},
          {"company", {"Grice and Sons"}},
          {"device", {"Jabra"}},
          {"error_code", {"691"}},
          {"ticket_number", {"77312"}}}},
        {"fr",
         {"A: Bonjour, Sacha, du support Telmédia.",
          "C: Bonjour Sacha. Gérard Pinchon, des Établissements Pinchon.",
          "C: Teams coupe, et le casque Plantronics grésille.",
          "A: Je vois avec Mehdi Lahlou, notre technicien, à l'agence de Vannes."},
         {{"person", {"Sacha", "Gérard Pinchon", "Mehdi Lahlou"}},
          {"company", {"Établissements Pinchon"}},
          {"software", {"Teams"}},
          {"device", {"Plantronics"}},
          {"site", {"agence de Vannes"}}}},
        {"fr",
         {"A: alto info bonjour clemence", "C: bonjour clemence alexis vandamme de l imprimerie lys",
          "C: indesign refuse de s ouvrir et photoshop aussi", "A: quel est votre mail",
          "C: a point vandamme arobase imprimerie tiret lys point com"},
         {{"person", {"Clemence", "Alexis Vandamme"}},
          {"company", {"Imprimerie Lys"}},
          {"software", {"InDesign", "Photoshop"}},
          {"email", {"a.vandamme@imprimerie-lys.com"}}}},
        {"en",
         {"A: IT support, Hamish here.",
          "C: Hello Hamish, this is Marjorie Tate at the Corn Exchange Theatre.",
          "C: QuickBooks won't open on the HP ProBook, and ticket 51207 was closed without a word.",
          "A: I'm sorry. I'll speak with Nadia Rahman."},
         {{"person", {"Hamish", "Marjorie Tate", "Nadia Rahman"}},
          {"company", {"Corn Exchange Theatre"}},
          {"software", {"QuickBooks"}},
          {"device", {"HP ProBook"}},
          {"ticket_number", {"51207"}}}},
        {"fr",
         {"A: Support bonjour, Nolwenn à l'appareil.",
          "C: Bonjour, Adrien Vasseur, de l'institut des Tilleuls, sur le site de Bagneux.",
          "A: Quel est votre numéro ?", "C: Zéro six trente-neuf", "A: oui",
          "C: quatre-vingt-dix-huit zéro quatre", "A: quatre-vingt-dix-huit zéro quatre",
          "C: cinquante-deux. Mon adresse, c'est a comme Adrien point vasseur "
          "arobase tilleuls tiret du bas sante point fr.",
          "A: Et le poste ?",
          "C: PC tiret ACCUEIL tiret zéro quatre, l'écran bleu dit zéro x c zéro zéro zéro zéro "
          "deux un huit."},
         {{"person", {"Nolwenn", "Adrien Vasseur"}},
          {"company", {"institut des Tilleuls"}},
          {"site", {"Bagneux"}},
          {"phone", {"0639980452"}},
          {"email", {"a.vasseur@tilleuls_sante.fr"}},
          {"device", {"PC-ACCUEIL-04"}},
          {"error_code", {"0xC0000218"}}}},
        {"en",
         {"A: service desk colin speaking", "C: hi colin its rosalind marsh from kestrel marine",
          "A: can i take your number", "C: oh one six three two", "A: go on",
          "C: nine six oh two double five", "A: and your email",
          "C: r dot marsh at kestrel dash marine dot co dot uk",
          "C: the server is on windows server two thousand and sixteen"},
         {{"person", {"Colin", "Rosalind Marsh"}},
          {"company", {"Kestrel Marine"}},
          {"phone", {"01632960255"}},
          {"email", {"r.marsh@kestrel-marine.co.uk"}},
          {"software", {"Windows Server 2016"}}}},
    };
    return kCalls;
}

/// Letters and digits alone, lower case, without accents.
std::string squashed(const std::string& text) {
    std::string all;
    for (const Word& word : wordsOf(text)) all += word.text;
    return all;
}

/// As the scorer: one contains the other, in numbers and addresses the same.
bool isSame(const std::string& kind, const std::string& wanted, const std::string& found) {
    const std::string a = squashed(wanted);
    const std::string b = squashed(found);
    if (kind == "phone" || kind == "email" || kind == "error_code" || kind == "ticket_number") return a == b;
    return !a.empty() && !b.empty() && (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
}

TEST(EntityCalls, OfOtherTradesAreRead) {
    int right = 0;
    int wrong = 0;
    int missing = 0;
    std::string report;
    for (const LabelledCall& call : calls()) {
        const auto found = analyse(talk(call.lines, call.language)).entities;
        std::set<std::string> kinds;
        for (const auto& [kind, values] : found) kinds.insert(kind);
        for (const std::string& kind : kinds) {
            const auto wanted = call.entities.find(kind);
            std::vector<std::string> left =
                wanted == call.entities.end() ? std::vector<std::string>{} : wanted->second;
            // Of two writings of one address either will do.
            if (kind == "email" && left.size() > 1)
                std::erase_if(left, [&](const std::string& mail) {
                    return std::none_of(found.at(kind).begin(), found.at(kind).end(),
                                        [&](const std::string& value) { return isSame(kind, mail, value); });
                });
            for (const std::string& value : found.at(kind)) {
                const auto hit = std::find_if(left.begin(), left.end(), [&](const std::string& one) {
                    return isSame(kind, one, value);
                });
                if (hit != left.end()) {
                    ++right;
                    left.erase(hit);
                } else {
                    ++wrong;
                    report += "not wanted: " + kind + " " + value + " | " + call.lines[1] + "\n";
                }
            }
            missing += static_cast<int>(left.size());
            for (const std::string& one : left)
                report += "missing: " + kind + " " + one + " | " + call.lines[1] + "\n";
        }
    }
    const double f1 = 2.0 * right / (2.0 * right + wrong + missing);
    RecordProperty("entities_f1_percent", static_cast<int>(f1 * 100));
    EXPECT_GE(f1, 0.97) << report;
}

}  // namespace
}  // namespace ninja3cx::analysis
