#include "server/analysis/personal_data/dictation_cues.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

bool isMaskedAs(const Line& line, protocol::PersonalDataKind kind) {
    return line.text.find(protocol::maskName(kind)) != std::string_view::npos;
}

bool offersToDictate(const Line& line) {
    static const CueList kCues{{"de quoi noter"},
                               {"pencil"},
                               {"vous pouvez noter"},
                               {"pouvez le noter"},
                               {"tu peux noter"},
                               {"write down"},
                               {"password ready"},
                               {"read it out to you"},
                               {"read it to you"},
                               {"je vous le dis"},
                               {"je vous la dis"},
                               {"je vous le lis"},
                               {"je vous la lis"},
                               {"je vous l epelle"},
                               {"vous etes pret*"},
                               {"are you ready"},
                               {"ready for it"},
                               {"take this down"},
                               {"take it down"},
                               {"take that down"},
                               {"jot*"},
                               {"read me"},
                               {"lisez moi"},
                               {"de quoi ecrire"},
                               {"stylo"},
                               {"vous notez"},
                               {"tu notes"},
                               {"prenez note"},
                               {"je vous le dicte"},
                               {"je vous la dicte"},
                               {"je vous le donne"},
                               {"je vous la donne"},
                               {"a pen"},
                               {"pen handy"},
                               {"pen and paper"},
                               {"something to write"},
                               {"write this down"},
                               {"write it down"},
                               {"ready to write"},
                               {"i ll read it"},
                               {"i ll give it to you"}};
    return kCues.first(line).has_value();
}

bool interruptsDictation(const Line& line) {
    static const CueList kCues{{"pas besoin"},
                               {"avez pas a"},
                               {"don t have to"},
                               {"dont have to"},
                               {"raccroche"},
                               {"can t write"},
                               {"pas la peine"},
                               {"inutile"},
                               {"attendez"},
                               {"attends"},
                               {"stop"},
                               {"arrete*"},
                               {"je vous coupe"},
                               {"surtout pas"},
                               {"ne donnez pas"},
                               {"ne dites pas"},
                               {"ne dictez pas"},
                               {"ne lisez pas"},
                               {"ne ~ donnez pas"},
                               {"ne ~ dites pas"},
                               {"ne ~ dictez pas"},
                               {"ne ~ lisez pas"},
                               {"donne pas"},
                               {"donnez pas"},
                               {"dites pas"},
                               {"ne prend* pas"},
                               {"ne prenons pas"},
                               {"prend pas"},
                               {"prenons pas"},
                               {"peux pas"},
                               {"peut pas"},
                               {"pouvons pas"},
                               {"ai pas le droit"},
                               {"pas au telephone"},
                               {"pas par telephone"},
                               {"excusez moi"},
                               {"un instant"},
                               {"une seconde"},
                               {"ne quittez pas"},
                               {"don t read"},
                               {"don t give"},
                               {"don t say"},
                               {"don t tell"},
                               {"don t need"},
                               {"dont read"},
                               {"dont give"},
                               {"dont say"},
                               {"dont tell"},
                               {"dont need"},
                               {"do not read"},
                               {"do not give"},
                               {"do not say"},
                               {"do not tell"},
                               {"do not need"},
                               {"please don t"},
                               {"please dont"},
                               {"please do not"},
                               {"rather you didn t"},
                               {"no need"},
                               {"needn t"},
                               {"can t take"},
                               {"cannot take"},
                               {"cant take"},
                               {"can t accept"},
                               {"can t write"},
                               {"can t have"},
                               {"shouldn t"},
                               {"not allowed"},
                               {"not supposed"},
                               {"don t take"},
                               {"don t accept"},
                               {"don t want"},
                               {"over the phone"},
                               {"hold on"},
                               {"wait"},
                               {"hang on"},
                               {"let me stop you"},
                               {"one second"},
                               {"one moment"},
                               {"excuse me"},
                               {"just a sec*"},
                               {"keep it to yourself"},
                               {"gardez l*"}};
    return kCues.first(line).has_value();
}

namespace {
constexpr std::size_t kMostAside = 12;  // words
}

bool asksAside(const Line& line) {
    static const CueList kCues{{"quel"},      {"quelle"},      {"lequel"},         {"laquelle"},
                               {"c est qui"}, {"c est quoi"},  {"vous etes"},      {"etes vous"},
                               {"which"},     {"what s your"}, {"what was"},       {"what is your"},
                               {"who"},       {"are you"},     {"vous avez bien"}, {"est ce que"},
                               {"do you"},    {"have you"},    {"did you"}};
    return line.words.size() <= kMostAside && (line.isQuestion || kCues.first(line));
}

bool asksForOneNumber(const Line& line) {
    static const CueList kCues{
        {"combien"},        {"how many"},     {"how much"},    {"how long"},         {"how old"},
        {"quel age"},       {"quelle heure"}, {"what time"},   {"quel montant"},     {"le montant"},
        {"what amount"},    {"the amount"},   {"the total"},   {"quel prix"},        {"what price"},
        {"quel jour"},      {"what day"},     {"quel bureau"}, {"which desk"},       {"what desk"},
        {"quel etage"},     {"which floor"},  {"what floor"},  {"quelle salle"},     {"which room"},
        {"what room"},      {"quel poste"},   {"poste c est"}, {"bureau c est"},     {"numero de poste"},
        {"your extension"}, {"your desk"},    {"your room"},   {"quelle extension"}, {"which extension"},
        {"what extension"}, {"which office"}, {"what age"},    {"quelle chambre"}};
    static const CueList kLonger{{"telephone"}, {"mobile"}, {"portable"}, {"phone"},     {"serie"},
                                 {"serial"},    {"siret*"}, {"ticket"},   {"reference"}, {"dossier"}};
    return line.words.size() <= kMostAside && kCues.first(line) && !kLonger.first(line);
}

bool asksToConfirm(const Line& line) {
    static const CueList kCues{{"c est bien"},      {"c est toujours"}, {"a votre nom"}, {"in your name"},
                               {"is it your"},      {"is that your"},   {"is it the"},   {"c est la votre"},
                               {"c est votre"},     {"ou la votre"},    {"ou le votre"}, {"ou a vous"},
                               {"or yours"},        {"or your own"},    {"or is it"},    {"n est ce pas"},
                               {"est ce que c est"}};
    if (line.words.empty() || line.words.size() > kMostAside) return false;
    // "your extension is two oh four right"
    const bool isAsked = line.words.back().text == "right" || line.words.back().text == "correct";
    static const CueList kWhose{{"votre"}, {"your"}, {"you"}, {"vous"}};
    return kCues.first(line) || (isAsked && kWhose.first(line));
}

bool asksAgain(const Line& line) {
    static const CueList kCues{{"repet*"},  {"repeat*"},  {"redire"},
                               {"redites"}, {"redonne*"}, {"say ~ again"}};
    return line.words.size() <= kMostAside && kCues.first(line).has_value();
}

bool asksWhichSecret(const Line& line) {
    static const CueList kCues{{"windows ou"}, {"outlook ou"},  {"session ou"},      {"windows or"},
                               {"outlook or"}, {"password or"}, {"mot de passe ou"}, {"account or"}};
    return kCues.first(line).has_value();
}

bool resumesDictation(const Line& line) {
    static const CueList kCues{
        {"reprenez"},    {"reprends"},    {"reprenons"},       {"allez y"},  {"vas y"},    {"continue*"},
        {"la suite"},    {"ecoute"},      {"go ahead"},        {"carry on"}, {"go on"},    {"next"},
        {"listening"},   {"the rest"},    {"le reste"},        {"revoila"},  {"i m back"}, {"poursui*"},
        {"vous disiez"}, {"on en etait"}, {"you were saying"}, {"et apres"}, {"je note"},  {"where were we"},
        {"and then"},    {"keep going"}};
    constexpr std::size_t kMost = 8;  // words
    return line.words.size() <= kMost && kCues.first(line).has_value();
}

std::optional<std::size_t> secretToldFrom(const Line& line) {
    static const CueList kTold{
        {"mot de passe ~ c est"}, {"mot de passe ~ est"}, {"mdp ~ c est"},         {"mdp ~ est"},
        {"password ~ is"},        {"password s"},         {"mot de passe ~ sera"}, {"provisoire ~ c est"},
        {"passphrase ~ is"},      {"password ~ it s"}};
    std::optional<std::size_t> from;
    for (const CueList::Hit& hit : kTold.all(line)) from = std::max(from.value_or(0), hit.match.last);
    return from;
}

bool endsDictation(const Line& line) {
    if (line.isQuestion) return false;
    static const CueList kCues{
        {"c est tout"}, {"j y suis"},    {"ca y est"},  {"c est passe"},   {"ca passe"}, {"connecte"},
        {"connectee"},  {"c est parti"}, {"that s it"}, {"that s all"},    {"i m in"},   {"all done"},
        {"it worked"},  {"that worked"}, {"au revoir"}, {"bonne journee"}, {"goodbye"},  {"bye"}};
    return kCues.first(line).has_value();
}

bool acknowledgesPiece(const Line& line) {
    static const CueList kCues{{"c est bon"}, {"merci"},  {"ca marche"},
                               {"thank*"},    {"cheers"}, {"that s fine"}};
    return kCues.first(line).has_value();
}

bool isWaitedFor(const Line& line) {
    static const CueList kCues{{"attend*"},        {"cherche"},      {"regarde"},
                               {"marque"},         {"c est note"},   {"ecrit*"},
                               {"post it"},        {"carnet"},       {"temps"},
                               {"seconde*"},       {"moment"},       {"quelque part"},
                               {"hold on"},        {"one sec*"},     {"wait"},
                               {"looking"},        {"minute"},       {"instant"},
                               {"written"},        {"find it"},      {"papier"},
                               {"lunettes"},       {"calepin"},      {"cahier"},
                               {"worries"},        {"i m back"},     {"revoila"},
                               {"pas de souci"},   {"a la porte"},   {"at the door"},
                               {"double appel"},   {"patient*"},     {"repet*"},
                               {"repeat"},         {"start again"},  {"reprends"},
                               {"majuscule ou"},   {"capital or"},   {"c est une majuscule"},
                               {"that a capital"}, {"it a capital"}, {"retourne"},
                               {"turn it over"},   {"no problem"}};
    return kCues.first(line).has_value();
}

bool refusesToDictate(const Line& line) {
    static const CueList kLooking{{"attend*"}, {"cherche"}, {"hold on"}, {"wait"}, {"let me look"}};
    static const CueList kCues{{"souvien*"},
                               {"sais plus"},
                               {"sais pas"},
                               {"connais pas"},
                               {"oubli*"},
                               {"don t know"},
                               {"can t remember"},
                               {"don t remember"},
                               {"no idea"},
                               {"forgot*"},
                               {"prefere pas"},
                               {"refus*"},
                               {"rather not"},
                               {"aucune idee"},
                               {"marche pas"},
                               {"marche plus"},
                               {"pas vous ~ donner"},
                               {"pas le donner"},
                               {"prefere"},
                               {"pas sous la main"},
                               {"que d habitude"},
                               {"par mail"},
                               {"par sms"},
                               {"absent*"},
                               {"by email"},
                               {"d rather"}};
    return kCues.first(line) && !kLooking.first(line);
}

std::size_t secretProposedAt(const Line& line) {
    static const CueList kCues{{"peut mettre"}, {"on met"},        {"mettez"},       {"mettons"},
                               {"disons"},      {"on va dire"},    {"peut etre"},    {"maybe"},
                               {"how about"},   {"let s say"},     {"what about"},   {"je dirais"},
                               {"part sur"},    {"let s go with"}, {"we could use"}, {"let s use"}};
    const auto proposed = kCues.first(line);
    return proposed ? proposed->match.last : 0;
}

}  // namespace ninja3cx::analysis
