#include "bench/analysis/score_words.hpp"

#include "shared/protocol/analysis_kinds.hpp"

#include <iterator>
#include <map>
#include <sstream>

namespace ninja3cx::bench {
namespace {

using Lists = std::map<std::string, WordSet, std::less<>>;

WordSet wordsIn(const char* text) {
    std::istringstream words{text};
    return {std::istream_iterator<std::string>{words}, {}};
}

const WordSet& listOf(const Lists& lists, std::string_view kind) {
    static const WordSet kNone;
    const auto found = lists.find(kind);
    return found == lists.end() ? kNone : found->second;
}

}  // namespace

const std::vector<std::string>& entityKinds() {
    static const std::vector<std::string> kKinds{protocol::kEntityKinds.begin(),
                                                 protocol::kEntityKinds.end()};
    return kKinds;
}

const WordSet& commonNouns(std::string_view kind) {
    static const Lists kLists = {
        {"person", wordsIn("client cliente agent technicien technicienne monsieur madame customer caller "
                           "directeur directrice chef collegue patron")},
        {"company", wordsIn("entreprise client prestataire operateur fournisseur editeur support hebergeur "
                            "banque provider vendor")},
        {"site", wordsIn("site agence bureau bureaux magasin boutique entrepot atelier usine siege salle "
                         "reunion accueil local domicile maison hotel reception secretariat office home "
                         "warehouse depot room terrasse couloir cave hall")},
        {"device", wordsIn("ordinateur ordi pc poste portable laptop computer serveur server imprimante "
                           "printer copieur photocopieur scanner box routeur router switch ecran screen "
                           "monitor telephone phone mobile smartphone tablette tablet casque headset souris "
                           "clavier keyboard souris mouse onduleur ups nas dock station accueil borne wifi "
                           "camera lecteur disque cable modem mac")},
        {"software", wordsIn("vpn pdf wifi sms mfa internet intranet erp crm antivirus navigateur browser "
                             "webmail logiciel application mail email messagerie usb pare feu firewall "
                             "active directory gmao rds tse")},
    };
    return listOf(kLists, kind);
}

const WordSet& fillers(std::string_view kind) {
    static const Lists kLists = {
        {"person", wordsIn("m mr mme mlle monsieur madame maitre docteur dr mrs ms miss")},
        {"company", wordsIn("la le les l de des du d et and the sa sas sarl ltd plc inc groupe societe "
                            "entreprise")},
        {"site", wordsIn("la le les l de des du d et the agence site magasin bureau entrepot atelier "
                         "usine siege salle annexe office depot")},
        {"device", wordsIn("la le les l de des du d the imprimante copieur portable pc poste serveur switch "
                           "printer laptop server")},
        {"software", wordsIn("la le les l de des du d the logiciel application microsoft")},
    };
    return listOf(kLists, kind);
}

const WordSet& stopWords() {
    static const WordSet kWords = wordsIn(
        "la le les un une des du de d l et ou a au aux en dans sur par pour avec sans que qui est sont ete "
        "etre il elle on se sa son ses ce cette ces ne pas plus car mais the a an of to and or in on at for "
        "with by is are was were be been has have had it its this that her his their she he they will not "
        "from as");
    return kWords;
}

}  // namespace ninja3cx::bench
