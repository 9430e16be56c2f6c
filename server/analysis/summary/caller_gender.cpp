#include "server/analysis/summary/caller_gender.hpp"

#include "server/analysis/entities/denied_name.hpp"

#include <string_view>

namespace ninja3cx::analysis {
namespace {

// First names that are only a woman's or only a man's.
constexpr std::string_view kWomen =
    // clang-format off
    " "
    "adele adeline agathe agnes aissatou alexandra alice aline amandine amelie anais anne annick "
    "annie angelique apolline astrid aude audrey aurelie aurore barbara beatrice benedicte "
    "bernadette berenice blandine brigitte capucine carine carole caroline catherine cecile celia "
    "celine chantal charlene charlotte chloe christelle christiane christine clara claire claudine "
    "clemence clotilde colette coline constance corinne daniele danielle delphine denise diane "
    "dorothee edith eliane elisa elisabeth elise elodie eloise elsa emilie emma emmanuelle estelle "
    "esther eugenie eva evelyne fabienne fanny fatima fatou fatoumata faustine flavie florence "
    "francoise gabrielle gaelle genevieve geraldine germaine ghislaine gisele gwenaelle helene "
    "henriette hortense ines ingrid irene iris isabelle jacqueline jeanne jennifer jessica jocelyne "
    "joelle josiane josephine judith julie juliette justine karine katia khadija laetitia laura "
    "laure lea leila lina lise lorraine louise lucie lucienne ludivine lydia lydie madeleine maelle "
    "maelys maeva magali manon margaux margot marguerite maria marianne marie marielle marina marine "
    "marion marlene marthe martine maryline maryse mathilde maud melanie melissa michele micheline "
    "mireille monique muriel myriam nadege nadia nadine nathalie nicole nina noemie nora odette "
    "odile oceane pascaline patricia paulette pauline peggy priscilla rachel regine renee roselyne "
    "rosalie sabine sabrina salome samira sandra sandrine sara sarah severine sidonie simone sofia "
    "solange solene solenn sonia sophie stephanie suzanne sylvie tiphaine valentine valerie vanessa "
    "veronique victoire violette virginie viviane yvette yvonne zoe ";
// clang-format on
constexpr std::string_view kMen =
    // clang-format off
    " "
    "adrien alain alban albert alexandre alexis antoine antonin armand arnaud arthur aurelien "
    "baptiste bastien benjamin benoit bernard bertrand boris brice bruno cedric charles christian "
    "christophe clement corentin cyril damien daniel david denis didier dimitri edouard emmanuel "
    "enzo eric erwan etienne fabien fabrice farid felix fernand florent florian franck francois "
    "frederic gabriel gaetan gaspard geoffrey georges gerald gerard gilbert gilles gregoire gregory "
    "guillaume gustave guy hamid hassan henri herve hubert hugo hugues ibrahim idriss ivan jacques "
    "jean jeremie jeremy jerome joachim joel johan jonathan jordan joris joseph jules julien justin "
    "karim kevin laurent leon leonard lionel loic louis luc lucas lucien ludovic malik marc marcel "
    "marius mathieu mathis matthieu maurice max maxence maxime mehdi michael michel mickael mohamed "
    "mourad nabil nathan nicolas noel olivier oscar pascal patrice patrick paul philippe pierre "
    "quentin rachid raphael raymond regis remi remy rene richard robert robin rodolphe roger roland "
    "romain romuald ronan samir samuel sebastien serge simon stephane sylvain theo thibault thierry "
    "thomas tristan victor vincent wilfried xavier yann yannick yohan youssef yves ";
// clang-format on

}  // namespace

Gender genderOf(const Conversation& conversation, const std::string& customer) {
    int women = 0;
    int men = 0;
    const std::vector<Word> name = wordsOf(customer);
    const auto denied = wordsDeniedAsNames(conversation);
    for (const Line& line : conversation.lines)
        for (std::size_t at = 0; at < line.words.size(); ++at) {
            // "je suis madame Lambert": of the customer's own words only those.
            const bool isOwn = at > 0 && at + 1 < line.words.size() && !name.empty() &&
                               (line.words[at - 1].text == "suis" || line.words[at - 1].text == "est") &&
                               line.words[at + 1].text == name.front().text;
            if (line.speaker != protocol::Speaker::Agent && !isOwn) continue;
            const std::string& word = line.words[at].text;
            const bool isWoman = word == "madame" || word == "mademoiselle";
            if (!isWoman && word != "monsieur") continue;
            // "C'est monsieur Peltier ? – Non": the title is another's.
            if (at + 1 < line.words.size() && denied.contains(line.words[at + 1].text)) continue;
            (isWoman ? women : men) += 1;
        }
    if (women != men) return women > men ? Gender::Woman : Gender::Man;
    const std::string plain = folded(customer);
    const std::string first = " " + plain.substr(0, plain.find(' ')) + " ";
    if (first.size() < 4) return Gender::Unknown;
    if (kWomen.find(first) != std::string_view::npos) return Gender::Woman;
    if (kMen.find(first) != std::string_view::npos) return Gender::Man;
    return Gender::Unknown;
}

}  // namespace ninja3cx::analysis
