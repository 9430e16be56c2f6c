#include "server/analysis/lexicon/places_of_work.hpp"

#include <set>

namespace ninja3cx::analysis {
namespace {

using Words = std::set<std::string_view>;

Words divided(std::string_view list, char by) {
    Words words;
    while (!list.empty()) {
        const std::size_t end = list.find(by);
        if (end > 0) words.insert(list.substr(0, end));
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return words;
}

constexpr std::string_view kDepartmentWords =
    // French
    "rh drh sav dsi daf dg dga dgs cse qse qhse hse adv bet be compta comptabilite comptable accueil "
    "achat achats vente ventes commercial commerciale commerce export logistique expedition expeditions "
    "reception production maintenance marketing communication juridique contentieux paie paye "
    "facturation recouvrement tresorerie planning ordonnancement exploitation standard secretariat "
    "direction generale financiere finances finance technique informatique service services qualite "
    "methodes courrier ressources humaines administration administratif administrative scolarite "
    "urbanisme urgences caisse caisses stock stocks approvisionnement approvisionnements appros atelier "
    "magasin entrepot labo etudes travaux clientele client clients sinistres gestion controle "
    "developpement pole equipe "
    // English
    "hr human resources accounts accounting payroll sales purchasing procurement legal logistics "
    "dispatch despatch warehouse desk facilities operations ops engineering customer support admin "
    "quality compliance it team department dept shipping goods inwards stores workshop payable "
    "receivable billing invoicing estates bookings claims helpdesk switchboard hq";

constexpr std::string_view kSuppliers =
    "microsoft google apple amazon adobe orange sfr bouygues free numericable sosh ovh ovhcloud ionos "
    "gandi facebook linkedin bt virgin vodafone openreach talktalk ee o2 sky plusnet aws chronopost dhl "
    "ups fedex";

constexpr std::string_view kSiteNouns =
    "office offices branch depot warehouse site store shop plant factory showroom campus clinic surgery";

constexpr std::string_view kTowns =
    // France
    "abbeville,agde,agen,aix en provence,aix les bains,ajaccio,albertville,albi,alencon,ales,amboise,"
    "amiens,ancenis,angers,angouleme,annecy,annemasse,annonay,antibes,arcachon,argenteuil,arles,"
    "armentieres,arras,aubagne,aubenas,aubervilliers,auch,aurillac,autun,auxerre,avignon,avranches,"
    "bar le duc,bastia,bayeux,bayonne,beaune,beauvais,belfort,bergerac,bergues,besancon,bethune,beziers,"
    "biarritz,blois,bobigny,bordeaux,boulogne sur mer,bourg en bresse,bourges,bourgoin jallieu,bressuire,"
    "brest,briancon,brignoles,brioude,brive,brive la gaillarde,caen,cahors,calais,cambrai,cannes,"
    "carcassonne,carpentras,castelnaudary,castres,cavaillon,cergy,chalon sur saone,chalons en champagne,"
    "chambery,charleville mezieres,chartres,chateaubriant,chateaudun,chateauroux,chateau thierry,"
    "chatellerault,chaumont,cherbourg,chinon,cholet,clermont ferrand,cluses,cognac,colmar,compiegne,"
    "concarneau,coutances,creil,creteil,dax,denain,dieppe,digne,dijon,dinan,dinard,dole,douai,douarnenez,"
    "draguignan,dreux,dunkerque,epernay,epinal,etampes,evreux,evry,falaise,fecamp,figeac,flers,foix,"
    "fontainebleau,forbach,fougeres,frejus,gap,gien,granville,grasse,grenoble,gueret,guingamp,haguenau,"
    "hazebrouck,hyeres,issoire,issoudun,istres,ivry,la baule,la fleche,la rochelle,la roche sur yon,"
    "landerneau,langres,lannion,laon,laval,le creusot,le havre,le mans,le puy en velay,lens,les herbiers,"
    "les sables d olonne,levallois,libourne,lievin,lille,limoges,limoux,lisieux,lodeve,lons le saunier,"
    "lorient,loudeac,lourdes,louviers,luneville,lyon,macon,mamers,manosque,marmande,marseille,martigues,"
    "maubeuge,mauriac,mayenne,meaux,melun,mende,menton,metz,millau,mont de marsan,montargis,montauban,"
    "montbeliard,montbrison,montelimar,montlucon,montpellier,montreuil,morlaix,moulins,mulhouse,muret,"
    "nancy,nanterre,nantes,narbonne,nemours,nevers,nice,nimes,niort,nogent le rotrou,noyon,oloron,"
    "orleans,orthez,oyonnax,paimpol,palaiseau,pamiers,paris,parthenay,pau,perigueux,peronne,perpignan,"
    "pezenas,pithiviers,ploermel,poitiers,pontarlier,pontivy,pontoise,privas,provins,quimper,quimperle,"
    "rambouillet,redon,reims,remiremont,rennes,rethel,riom,roanne,rochefort,rodez,romans,romorantin,"
    "roubaix,rouen,royan,saint brieuc,saint chamond,saint claude,saint denis,saint dizier,saint die,"
    "saint etienne,saint flour,saint gaudens,saint germain en laye,saint lo,saint malo,saint nazaire,"
    "saint omer,saint quentin,saint raphael,saint tropez,saintes,sallanches,salon de provence,sarlat,"
    "sarrebourg,sarreguemines,saumur,saverne,sedan,segre,selestat,senlis,sens,sete,soissons,strasbourg,"
    "tarascon,tarbes,thiers,thionville,thonon,thonon les bains,thouars,toul,toulon,toulouse,tourcoing,"
    "tours,troyes,tulle,ussel,uzes,valence,valenciennes,vannes,vendome,venissieux,verdun,vernon,"
    "versailles,vesoul,vichy,vienne,vierzon,villefranche,villefranche sur saone,villeurbanne,villejuif,"
    "vire,vitre,vitrolles,vitry,voiron,wissembourg,"
    // Belgium, Switzerland, Luxembourg
    "anvers,bale,berne,bruges,bruxelles,charleroi,fribourg,gand,geneve,lausanne,liege,louvain,luxembourg,"
    "mons,montreux,namur,neuchatel,sion,tournai,verviers,zurich,"
    // Great Britain and Ireland
    "aberdeen,aberystwyth,bangor,barnsley,barnstaple,basildon,basingstoke,bath,bedford,belfast,"
    "birmingham,blackburn,blackpool,bolton,bournemouth,bracknell,bradford,brighton,bristol,burnley,"
    "cambridge,canterbury,cardiff,carlisle,chelmsford,cheltenham,chester,chesterfield,chichester,"
    "colchester,cork,coventry,crawley,crewe,croydon,darlington,derby,derry,doncaster,dover,dublin,dudley,"
    "dumfries,dundee,durham,eastbourne,edinburgh,exeter,falkirk,folkestone,galway,gateshead,glasgow,"
    "gloucester,grimsby,guildford,halifax,harlow,harrogate,hastings,hereford,huddersfield,hull,inverness,"
    "ipswich,kettering,kidderminster,lancaster,leeds,leicester,limerick,lincoln,lisburn,liverpool,"
    "llanelli,london,londonderry,loughborough,lowestoft,luton,macclesfield,maidstone,manchester,"
    "mansfield,margate,middlesbrough,milton keynes,newcastle,newport,newquay,newry,northampton,norwich,"
    "nottingham,nuneaton,oldham,oxford,paisley,penzance,perth,peterborough,plymouth,poole,portsmouth,"
    "preston,reading,redditch,rochdale,rotherham,salford,salisbury,scarborough,scunthorpe,sheffield,"
    "shrewsbury,sligo,slough,southampton,southend,stafford,stevenage,stirling,stockport,stockton,stoke,"
    "stoke on trent,stratford,sunderland,swansea,swindon,taunton,telford,torquay,truro,wakefield,walsall,"
    "warrington,warwick,waterford,watford,wexford,weymouth,wigan,winchester,woking,wolverhampton,"
    "worcester,worthing,wrexham,yeovil,york,"
    // Where else offices are
    "amsterdam,barcelone,berlin,boston,casablanca,chicago,dubai,francfort,frankfurt,hambourg,hamburg,"
    "lisbonne,madrid,milan,montreal,munich,new york,quebec,rome,rotterdam,singapore,toronto,tunis,turin,"
    "vienna";

}  // namespace

bool isDepartmentWord(std::string_view word) {
    static const Words kWords = divided(kDepartmentWords, ' ');
    return kWords.contains(word);
}
bool isTown(std::string_view words) {
    static const Words kWords = divided(kTowns, ',');
    return kWords.contains(words);
}
bool isSupplier(std::string_view word) {
    static const Words kWords = divided(kSuppliers, ' ');
    return kWords.contains(word);
}
bool isSiteNoun(std::string_view word) {
    static const Words kWords = divided(kSiteNouns, ' ');
    return kWords.contains(word);
}

}  // namespace ninja3cx::analysis
