#include "server/analysis/personal_data/dictation_cues.hpp"

#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {

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

bool asksAside(const Line& line) {
    static const CueList kCues{{"quel"},      {"quelle"},      {"lequel"},         {"laquelle"},
                               {"c est qui"}, {"c est quoi"},  {"vous etes"},      {"etes vous"},
                               {"which"},     {"what s your"}, {"what was"},       {"what is your"},
                               {"who"},       {"are you"},     {"vous avez bien"}, {"est ce que"},
                               {"do you"},    {"have you"},    {"did you"}};
    constexpr std::size_t kMost = 12;  // words
    return line.words.size() <= kMost && (line.isQuestion || kCues.first(line));
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

}  // namespace ninja3cx::analysis
