#include "server/analysis/lexicon/name_lists.hpp"

#include <unordered_set>

namespace ninja3cx::analysis {
namespace {

using Words = std::unordered_set<std::string_view>;

/// Splits a table of words at its spaces.
Words split(std::string_view table) {
    Words words;
    while (!table.empty()) {
        const std::size_t space = table.find(' ');
        if (space != 0) words.insert(table.substr(0, space));
        if (space == std::string_view::npos) break;
        table.remove_prefix(space + 1);
    }
    return words;
}

constexpr std::string_view kFirstNames =
    // French
    "adele adeline adrien agathe agnes aissatou alain alban albert alexandra alexandre alexis alice aline "
    "alix amandine amelie amine "
    "anais andre andrea ange angelique anne annick annie anthony antoine antonin apolline ariane armand "
    "arnaud arthur astrid aude "
    "audrey aurelie aurelien aurore axel baptiste barbara basile bastien beatrice benedicte benjamin benoit "
    "bernadette bernard "
    "berenice bertrand blandine boris brice brigitte bruno camille capucine carine carole caroline catherine "
    "cecile cedric celestin "
    "celia celine chantal charlene charles charlotte chloe christelle christian christiane christine "
    "christophe clara claire claude "
    "claudine clemence clement clotilde colette coline constance corentin corinne cyril cyrille damien "
    "daniel daniele danielle david "
    "deborah delphine denis denise diane didier dimitri dominique doriane dorothee edgar edith edouard "
    "eliane elie eline elisa "
    "elisabeth elise elodie eloise elsa emeline emilie emma emmanuel emmanuelle enzo eric erwan estelle "
    "esther etienne eugenie eva "
    "evelyne fabien fabienne fabrice fanny farid fatima fatou fatoumata faustine felix fernand flavie "
    "florence florent florian "
    "franck francois francoise frederic frederique gabriel gabrielle gael gaelle gaetan gaspard gautier "
    "genevieve geoffrey georges "
    "gerald geraldine gerard germain ghislaine gilbert gilles gregoire gregory guillaume gustave guy "
    "gwenaelle habib hamid hassan helene "
    "henri herve hortense hubert hugo hugues ibrahim idriss ines ingrid irene iris isabelle ivan jacky "
    "jacqueline jacques jean jeanne "
    "jennifer jeremie jeremy jerome jessica joachim jocelyne joel joelle johan johanna jonathan jordan joris "
    "joseph josephine josiane "
    "judith jules julie julien juliette justin justine karim karine katia kevin khadija laetitia lamia laura "
    "laure laurence laurent "
    "lea leila leo leon leonard lila liliane lilian lina lionel lisa lise loic lola lorraine louis louise "
    "luc lucas lucie lucien "
    "ludivine ludovic lydia lydie mael maelle maelys maeva magali maite malek malik manon marc marcel "
    "margaux margot marguerite maria "
    "marianne marie marina marine marion marius marlene marthe martine maryline maryse mathieu mathilde "
    "mathis matthieu maud "
    "maurice max maxence maxime mehdi melanie melissa michael michel micheline michele mickael mireille "
    "mohamed monique morgane mourad "
    "muriel myriam nabil nadege nadia nadine nathalie nathan nicolas nicole nina noe noel noemie nora "
    "norbert oceane odile olivia "
    "olivier ophelie oscar pascal pascale patrice patricia patrick paul paula paulette pauline perrine "
    "philippe pierre pierrick "
    "quentin rachel rachid raphael raphaelle raymond regine regis remi remy rene renaud renee richard robert "
    "robin rodolphe rodrigue "
    "roger roland romain romane ronan roxane sabine sabrina salima salome salomon samia samir samuel sandra "
    "sandrine sarah sebastien "
    "segolene serge severine simon simone sofia solange solene sonia sophie soraya stephane stephanie steve "
    "suzanne sylvain sylvette "
    "sylvia sylviane sylvie tanguy tatiana teddy tess theo theodore therese thibaud thibault thibaut thierry "
    "thomas tiphaine tristan "
    "valentin valentine valerie vanessa veronique victoire victor victoria vincent violaine virginie vivien "
    "viviane wilfried william "
    "priscilla amaury virgile gwendal cyprien sidonie francis coralie nedjma garance rose anouk elias "
    "gaspard "
    "curtis ghislain blaise cassandre cleo dahlia elsie eudes eve floriane franceline gisele "
    "guylaine "
    "herbert irenee jacinthe janick jerome joss judicael lambert landry leonie lilas magalie malo "
    "marguerite marjorie marylene mauricette melchior mederic nestor ninon odette paola philomene "
    "pierrette "
    "prosper raoul rodrigue romeo rosine ruben sacha savannah simeon stella tessa timothee titouan "
    "urbain "
    "yanis killian kylian sacha heloise romuald maeva swann maelle enora nolwenn gwenola soizic erwann "
    "loeiza "
    "tugdual malo titouan youenn mael ewen elouan goulven herveline annaig maiwenn katell rozenn solenn "
    "tifenn "
    "gildas ronan brieuc mathurin eflamm yves marie anne jean marc luc odile josette ginette lucette "
    "huguette "
    "monette paulin firmin leandre augustin ambroise aurelle eulalie clementine capucine garance apolline "
    "octave celeste emilien flavien fabiola fulbert gontran honorine hermine isaure lazare leontine ludmila "
    "mariette melina mylene nelly noelle oriane quitterie rosalie roselyne salome sixtine "
    "solveig "
    "tancrede ulysse valere victorien ysaline zacharie zelie abdel abdelkader ahmed ali amina aminata amir "
    "anissa "
    "assia aziz bilal djamel dounia driss faouzi farida fares fatiha ferhat ghislain hakim halima hanane "
    "hicham "
    "houria ilyes imane ismael jamal jamila kader kamel karima khaled lahcen latifa leyla lotfi mahmoud "
    "majid "
    "malika mamadou mariam mariama mounir mouna moussa nacer naima nawel nordine omar oumar ousmane rachida "
    "rafik redouane riad rim saad sabri said salah salim samira selma slimane sofiane soukaina soumaya tarek "
    "wassim yacine yazid youssouf zahra zineb zohra agnieszka aleksandra andrzej anna bogdan dragan elena "
    "florin giulia giovanni goran ioana irina ivana jorge jose joao juan luca luis luisa magda manuel marco "
    "mario matteo mihai milan miguel olga paolo pedro radu rosa sergio stefan svetlana teresa vladimir "
    "xavier yann yannick yasmina yasmine yassine yoann yolande youssef yvan yves yvette yvon yvonne zoe "
    // English
    "sioned rohan philippa emyr mairead donal katarzyna marcy graeme janine dewi tracey sorcha siobhan noel "
    "orla "
    "aled alun anwen bronwen carys catrin dafydd delyth eirlys eluned elwyn gwilym huw idris ieuan iolo iwan "
    "llinos "
    "lowri mair meirion menna nerys olwen owain rhiannon rhodri sian tegan tomos abdul adeel aditi amit anil "
    "anita "
    "anjali ashok asif bilal deepa deepak faisal farah fatima gita gopal gurpreet hamza harpreet imran "
    "jaspreet "
    "kavita kiran lakshmi manish meena mohan nasreen naveed nikhil padma parveen rajesh rakesh ritu rohit "
    "sadia "
    "sandeep saqib shabnam sonia suresh tahir uzma varun yusra zainab agnes alma aoife brigid ciara ciaran "
    "colm "
    "conor deirdre eamon enda fintan gerard grainne ita kathryn kenny mick niall nuala paddy ronan ruairi "
    "sheena "
    "alec amos barney bernard bert boyd brad brent brett byron carlton casey cecil chad clark cliff "
    "clint "
    "cody cole corey darrell dennis derrick dexter dirk doris dwight ed elmer elsie ernest "
    "ernie "
    "gwyneth marjorie tanya leonard colin hamish imogen desmond arjun poppy rosie bernadette clive kev nev "
    "alasdair angus archie arthur ava bella bradley bryony calum cerys chloe claudia clara cressida dominic "
    "duncan edith edmund eilidh elliot esme felicity finlay florence freddie gavin gerald gilbert gladys "
    "gwen "
    "hazel hilary ibrahim ingrid irene ivy jacqueline jasper jermaine jocelyn jodie jonah josephine kareem "
    "keira kelvin kirsten kofi kwame lachlan laurence lena leroy lydia mabel maisie malik marcia marlon "
    "mehmet "
    "mhairi millie mina mohammed muhammad myles nathaniel neha niamh nisha oonagh ophelia orla otis "
    "padraig percy quentin raheem ramesh reece reggie rhona robbie rosalind rosemary "
    "saoirse "
    "sarah sasha sebastian seema shane shauna sinead sunil sunita suki tabitha tariq theo theresa tobias "
    "trisha tyrone uma ursula vanessa vijay warren winston yasmin yusuf zach "
    "amelia beverley dina doreen jemima leslie lindsey marian mavis monika petra phyllis shirley vernon "
    "aaron abigail adam adele aisha alan alastair alexander alfie alison amanda amber amy andrew angela anna "
    "annabel anthony arjun ashley "
    "barry beatrix becky ben beth bethany bill bob brenda brendan brian bridget callum cameron carl carol "
    "catriona charlie chris "
    "christopher claire clive colin connor craig daisy dan danny darren dave dawn dean deborah debbie declan "
    "denise derek desmond "
    "diana donna doug dylan eddie edward eleanor elaine elizabeth ellen ellie emily emma eoin erin ethan "
    "evan ewan fiona fergus frances fraser freya "
    "gareth gary gavin gemma geoff george georgia geraint gillian glenn gordon graham greg gwen hamish "
    "hannah harriet harry heather "
    "helen henry holly howard hugh iain ian imogen iona isla jack jacob jade james jamie jane janet janice "
    "jasmine jason jean jenny jeremy jess "
    "jill jim joan joanna joanne joe john jonathan josh joyce judy julia june karen kate katherine kathleen "
    "katie keith kelly ken kenneth kerry "
    "kevin kieran kirsty kyle laura lauren leah lee lesley lewis liam linda lindsay lorna lorraine louise "
    "lucy luke lynn maggie malcolm mandy "
    "margaret marcus maria marion martin mary matthew maureen meera megan melissa michelle mike miles miriam "
    "moira molly morag morgan nadia naomi "
    "natalie neil nicola nigel nina noah norman oliver olivia oscar owen pamela pat patrick patricia paula "
    "pauline penny peter phil philip phoebe "
    "poppy priya rachel raj ralph ravi rebecca rhiannon rhys richard rita robert roger rory rosie ross rowan "
    "roy ruby rupert ruth ryan sally "
    "sam samantha sandra sanjay sara scott sean sharon sheila shona simon siobhan sophie stacey stella "
    "stephen steve steven stuart susan suzanne "
    "tamsin tara terry thomas tim tina toby todd tom tony tracey trevor vera vicky victoria vikram vivian "
    "walter wendy yvonne zara zoe jo bev trish trudy lyn lynne jacqui jackie glenda glenys hayley lynda "
    "maxine pippa "
    "steph tammy wanda gaz gus jez nick pete rob ron russ russell stan ted vince wayne sue ann matt mitch "
    "ollie";

constexpr std::string_view kCompanyOpenings =
    "agence ambulances architectes assurances atelier ateliers auberge autocars bijouterie boucherie "
    "boulangerie brasserie bureau "
    "cabinet camping carrelages carrosserie cartonnages cave centre charpentes clinique college communaute "
    "compagnie comptoir "
    "conserverie cooperative creche cycles departement domaine ecole editions ehpad entrepot entreprise ets "
    "etablissement "
    "etablissements etude ferme fondation foyer fromagerie garage geometres greta groupe groupement hopital "
    "hotel imprimerie "
    "institut jardinerie jardins laboratoire laboratoires laiterie librairie lycee magasins mairie maison "
    "maconnerie materiaux "
    "mecanique menuiserie menuiseries metallerie minoterie mutuelle notaires office paysages peintures "
    "pepinieres pharmacie piscines "
    "plomberie polyclinique pompes pressing quincaillerie residence restaurant scierie serrurerie societe "
    "syndicat tannerie theatre toitures tolerie traiteur transports travaux usinage verrerie vergers "
    "vignobles association biscuiterie fromages volailles tissages fonderie fonderies cimenterie cimenteries "
    "cidrerie distillerie caves chocolaterie confiserie ebenisterie galerie gites harmonie hypermarche "
    "laverie "
    "manoir marbrerie mediatheque bibliotheque musee opticien optique patisserie poissonnerie salon sarl sas "
    "scop "
    "sci savonnerie studio supermarche superette taxis teinturerie thermes torrefaction manufacture paroisse "
    "federation universite faculte filature papeterie plasturgie chaudronnerie couvertures maraichers "
    "nurserie "
    "brocante caserne prieure abbaye chateau domaines ranch haras ecuries elevage fleurs lavanderie";

constexpr std::string_view kCommonWords =
    "a ah ai ais alors apres arrive as assez attendez au aussi autre aux avait avec avez avoir avons ben "
    "beaucoup bien bon bonjour bonsoir bref c ca "
    "car ce cela ces cet cette ici chez comme comment compte d dans de depuis des desole deux dit dites donc "
    "du "
    "elle elles en encore est et etait ete "
    "etes eu faire fait fois font heu hier hein i il ils j jai je jour juste justement l la le les leur lui "
    "m ma madame mademoiselle mais mardi marche me merci mes moi mon "
    "monsieur n ne non nos notre nous nouveau nouvelle on ont ou oui par parce pareil pas pc personne petit "
    "plus poste pour pourquoi pourriez pouvez probleme qu quand "
    "que quel quelle qui quoi rappelle re responsable s sa sais salut sans se sera ses si son sont souci "
    "suis sur t ta te tes toujours tous tout toute tres "
    "trois trop tu un une va vais vas veux voila vois voir voulais vous vient votre vos y "
    "support informatique service assistance technique secretariat comptable comptabilite direction accueil "
    "about again all am an and any are at be been but by call calling can come could did do does doing don "
    "down for from get go good got had has "
    "have he hello help her here hey hi him his how if in is it its just like listening let ll look me "
    "morning afternoon my name no not now of oh ok "
    "okay on one or our out problem re really right s she so some speaking speak still stuck sure t thank "
    "thanks that the their them then there they "
    "this through to today trying uh um up us ve very was we well were what when where which who will with "
    "work working would yeah yes you your d'abord "
    "demain its im ive aujourd matin soir tard "
    "accounts desk team office windows outlook vpn internet mot passe ecoute appareil enchante pardon "
    "excusez effectivement parfait super voyez "
    // What follows a company's name when a sentence goes on behind it.
    "ecoutez ecouter regardez regarde allo allons allez attends savez dites pense crois voudrais aimerais "
    "aurais "
    "appelons besoin souhaite actuellement normalement ouais bah franchement vraiment impossible "
    "directeur directrice secretaire assistante gerant gerante patron "
    "figurez imaginez sommes appelez rappelez permets "
    "imprimante imprimantes ordinateur serveur ecran reseau connexion logiciel mail mails messagerie "
    "telephone "
    "wifi portable souris clavier "
    "listen sorry please actually basically anyway need needs want wants because since every everyone nobody "
    "also both only wondering afraid";

}  // namespace

bool isFirstName(std::string_view word) {
    static const Words kWords = split(kFirstNames);
    return kWords.contains(word);
}
bool opensCompany(std::string_view word) {
    static const Words kWords = split(kCompanyOpenings);
    return kWords.contains(word);
}
bool isCommonWord(std::string_view word) {
    static const Words kWords = split(kCommonWords);
    return kWords.contains(word);
}

}  // namespace ninja3cx::analysis
