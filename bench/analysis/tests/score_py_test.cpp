#include "bench/analysis/score.hpp"
#include "bench/analysis/score_words.hpp"
#include "bench/analysis/scored_text.hpp"
#include "bench/analysis/tests/calls.hpp"
#include "server/analysis/analyse.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>

/// Every figure against tests/eval/analysis/score.py itself, on calls d001 to d030: the others measure, and are not opened.
namespace ninja3cx::bench {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr const char* kScorer = "tests/eval/analysis/score.py";

std::string outputOf(const std::string& command) {
    struct Close {
        void operator()(FILE* pipe) const { pclose(pipe); }
    };
    const std::unique_ptr<FILE, Close> pipe{popen(command.c_str(), "r")};
    std::string output;
    std::array<char, 65536> part;
    while (pipe) {
        const std::size_t size = std::fread(part.data(), 1, part.size(), pipe.get());
        if (size == 0) break;
        output.append(part.data(), size);
    }
    return output;
}

/// Runs Python on score.py's own functions; -B: no compiled file is left beside it.
value fromScorer(const std::string& code, const std::string& arguments = "") {
    const std::string output = outputOf(
        "python3 -B -c '\nimport json, sys\nsys.path.insert(0, \"tests/eval/analysis\")\nimport score\n" +
        code + "' " + arguments);
    auto read = json::parse(output);
    EXPECT_TRUE(read) << "python3 said: " << output.substr(0, 200);
    return read ? *read : value{};
}

void expectSame(const value& ours, const value& theirs, const std::string& path) {
    if (ours.is_number() && theirs.is_number()) {
        EXPECT_NEAR(ours.to_number<double>(), theirs.to_number<double>(), 1e-9) << path;
    } else if (ours.is_object() && theirs.is_object()) {
        for (const auto& [key, one] : theirs.get_object()) {
            const std::string field = path + "." + std::string{key};
            const value* const mine = ours.get_object().if_contains(key);
            if (mine == nullptr)
                ADD_FAILURE() << field << " is not among our figures";
            else
                expectSame(*mine, one, field);
        }
        EXPECT_EQ(ours.get_object().size(), theirs.get_object().size()) << path;
    } else if (ours.is_array() && theirs.is_array() && ours.get_array().size() == theirs.get_array().size()) {
        for (std::size_t i = 0; i < ours.get_array().size(); ++i)
            expectSame(ours.get_array()[i], theirs.get_array()[i], path + "[" + std::to_string(i) + "]");
    } else {
        EXPECT_EQ(boost::json::serialize(ours), boost::json::serialize(theirs)) << path;
    }
}

// ---- our figures, as `score.py --json` prints its own

object scorers(const Counts& counts) {
    return {{"p", counts.precision()}, {"r", counts.recall()}, {"f1", counts.f1()},
            {"tp", counts.tp},         {"fp", counts.fp},      {"fn", counts.fn}};
}

object scorers(const KindsScore& score) {
    object json = scorers(score.all);
    object kinds;
    for (const auto& [kind, counts] : score.perKind) kinds[kind] = scorers(counts);
    json["per_kind"] = kinds;
    return json;
}

object scorers(const ClassScore& score) {
    object classes;
    for (const auto& [name, one] : score.perClass) classes[name] = {{"f1", one.f1}, {"n", one.n}};
    array confusions;
    for (const auto& one : score.confusions) {
        const value said = one.said ? value(boost::json::string_view{*one.said}) : value(nullptr);
        confusions.push_back(array{boost::json::string_view{one.label}, said, one.n});
    }
    return {{"macro_f1", score.macroF1},
            {"accuracy", score.accuracy},
            {"per_class", classes},
            {"confusions", confusions}};
}

object scorers(const BooleanScore& score) {
    return {{"accuracy", score.accuracy}, {"n", score.n}, {"f1_true", score.f1True}};
}

object scorers(const PiiScore& score) {
    object kinds;
    for (const auto& [kind, one] : score.perKind) kinds[kind] = {{"found", one.found}, {"n", one.n}};
    return {{"recall", score.recall}, {"recall_any_kind", score.recallAnyKind}, {"n", score.n},
            {"extra", score.extra},   {"extra_per_call", score.extraPerCall},   {"per_kind", kinds}};
}

object scorers(const AnalysisScore& score) {
    object category = scorers(score.category);
    category["accuracy_or_secondary"] = score.categoryOrSecondary;
    object slices;
    for (const auto& [name, slice] : score.slices)
        slices[name] = {{"n", slice.n},
                        {"category", slice.category},
                        {"sentiment", slice.sentiment},
                        {"priority", slice.priority}};
    object parts;
    for (const auto& [field, figure] : fieldsOf(score))
        if (field != "entitiesStrict" && field != "subject")
            parts[json::inCase(field, json::NameCase::Snake)] = figure.value();
    return {
        {"calls", score.calls},
        {"missing", score.missing},
        {"extra", score.extra},
        {"classification",
         {{"category", category},
          {"sentiment", scorers(score.sentiment)},
          {"priority", scorers(score.priority)}}},
        {"booleans",
         {{"resolved", scorers(score.resolved)},
          {"ticket_warranted", scorers(score.ticketWarranted)},
          {"callback_promised", scorers(score.callbackPromised)}}},
        {"actions", scorers(score.actions)},
        {"entities", {{"lenient", scorers(score.whole->lenient)}, {"strict", scorers(score.whole->strict)}}},
        {"pii", scorers(score.whole->pii)},
        {"summary",
         {{"rouge1_recall", score.whole->summaryRouge}, {"mean_words", score.whole->summaryWords}}},
        {"subject",
         {{"rouge1_recall", score.whole->subjectRouge}, {"length_ok", score.whole->subjectLengthOk}}},
        {"slices", slices},
        {"parts", parts},
        {"overall", score.overall.value()}};
}

object written(const std::string& id, const Prediction& said) {
    object json{{"id", id}, {"subject", said.subject}, {"summary", said.summary}};
    const auto put = [&json](const char* name, const auto& field) {
        if (field) json[name] = json::encode(*field);
    };
    put("category", said.category);
    put("sentiment", said.sentiment);
    put("priority", said.priority);
    put("resolved", said.resolved);
    put("ticket_warranted", said.ticketWarranted);
    put("callback_promised", said.callbackPromised);
    array actions;
    for (const std::string& kind : said.actions) actions.push_back(object{{"kind", kind}});
    json["actions"] = actions;
    json["entities"] = json::encode(said.entities);
    array pii;
    for (const SaidPii& one : said.pii)
        pii.push_back(object{{"kind", one.kind ? json::encode(*one.kind) : value(nullptr)},
                             {"text", one.text},
                             {"value", one.value}});
    json["pii"] = pii;
    return json;
}

/// Makes what is right wrong in the ways the scorer has rules about.
class Perturbing {
public:
    explicit Perturbing(unsigned seed) : random_(seed) {}

    Predictions of(const std::vector<EvaluatedCall>& calls) {
        Predictions all;
        for (const EvaluatedCall& call : calls)
            if (!oneIn(12)) all[call.input.id] = of(rightOf(call));
        all["nobody's"] = rightOf(calls.front());
        return all;
    }

private:
    bool oneIn(std::size_t n) { return random_() % n == 0; }
    std::size_t below(std::size_t n) { return random_() % n; }

    Prediction of(Prediction said) {
        const auto other = [this](auto& field, int values) {
            using E = std::remove_cvref_t<decltype(*field)>;
            if (oneIn(3)) field = static_cast<E>(static_cast<int>(below(static_cast<std::size_t>(values))));
            if (oneIn(15)) field.reset();
        };
        other(said.category, 16);
        other(said.sentiment, 3);
        other(said.priority, 3);
        other(said.resolved, 2);
        other(said.ticketWarranted, 2);
        other(said.callbackPromised, 2);
        if (oneIn(3) && !said.actions.empty()) said.actions.pop_back();
        if (oneIn(3)) said.actions.insert(said.actions.end(), {"reboot", "monitor", "reboot"});
        if (oneIn(8)) said.actions = {"no_such_kind", ""};
        if (oneIn(8)) said.actions.clear();
        for (auto& [kind, values] : said.entities) perturb(kind, values);
        for (SaidPii& pii : said.pii) perturb(pii);
        if (oneIn(4)) said.pii.push_back({protocol::PersonalDataKind::Card, "5105 1051 0510 5100", ""});
        said.subject = text(said.subject);
        said.summary = text(said.summary);
        return said;
    }

    void perturb(const std::string& kind, std::vector<std::string>& values) {
        static const std::vector<std::string> kOthers = {"",
                                                         "le serveur",
                                                         "Mme",
                                                         "agence de Paris",
                                                         "ＡＢＣ １２",
                                                         "+33 6 39 98 12 57",
                                                         "0033 1 99",
                                                         "n° ٠١٢",
                                                         "Teams",
                                                         "0X8007 0005",
                                                         "l'imprimante",
                                                         "Société Générale",
                                                         "Microsoft Outlook",
                                                         "Straße 3",
                                                         "TSE",
                                                         "x@y.z",
                                                         "Œuvres d'Ève",
                                                         "de la"};
        std::vector<std::string> changed;
        for (std::string one : values) {
            switch (below(12)) {
                case 0:
                    continue;
                case 1:
                    one = lowered(one);
                    break;
                case 2:
                    one = plainLetters(one);
                    break;
                case 3:
                    one = one.substr(0, one.find(' '));
                    break;
                case 4:
                    one = one.substr(one.rfind(' ') + 1);
                    break;
                case 5:
                    one = "Mme  " + one;
                    break;
                case 6:
                    one += " de l'agence";
                    break;
                case 7:
                    one = " " + one + "\u00A0";
                    break;
                case 8:
                    changed.push_back(one);
                    break;
                case 9:
                    std::erase(one, ' ');
                    break;
                default:
                    break;
            }
            changed.push_back(one);
            if (kind == "phone" && oneIn(3)) changed.back() = "+33 " + changed.back();
        }
        while (oneIn(2)) changed.push_back(kOthers[below(kOthers.size())]);
        values = std::move(changed);
    }

    void perturb(SaidPii& pii) {
        switch (below(9)) {
            case 0:
                pii.kind.reset();
                break;
            case 1:
                pii.kind = static_cast<protocol::PersonalDataKind>(static_cast<int>(below(5)));
                break;
            case 2:
                pii.text.clear();
                break;
            case 3:
                pii.value = "le " + pii.value;
                pii.text.clear();
                break;
            case 4:
                pii.text = pii.text.substr(0, pii.text.size() / 2);
                pii.value.clear();
                break;
            case 5:
                pii.text += " " + pii.text + " " + pii.text + " et encore un peu plus";
                pii.value.clear();
                break;
            case 6:
                pii.text = "alors " + pii.text + " voilà";
                pii.value.clear();
                break;
            default:
                break;
        }
        pii.text = toValidUtf8(pii.text);
    }

    std::string text(const std::string& right) {
        switch (below(5)) {
            case 0:
                return "";
            case 1:
                return right + " " + right;
            case 2:
                return toValidUtf8(right.substr(right.size() / 2));
            case 3:
                return plainLetters(right) + " 7 z";
            default:
                return right;
        }
    }

    std::mt19937 random_;
};

class AgainstScorePy : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "bench-score-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        std::filesystem::create_directory(set());
        for (int i = 1; i <= 30; ++i) {
            char name[32];
            std::snprintf(name, sizeof name, "ana-d%03d.json", i);
            std::filesystem::copy_file(std::filesystem::path{"tests/eval/analysis/dev"} / name, set() / name);
        }
        read();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::filesystem::path set() const { return folder / "set"; }
    void read() {
        auto read = readEvaluatedSet(set(), std::nullopt);
        ASSERT_TRUE(read) << read.error().detail;
        calls = std::move(*read);
        ASSERT_EQ(calls.size(), 30u);
    }

    void expectSameFigures(const Predictions& predictions, const std::string& name) const {
        const std::filesystem::path said = folder / name;
        std::filesystem::create_directory(said);
        for (const auto& [id, one] : predictions)
            std::ofstream{said / (id + ".json"), std::ios::binary}
                << boost::json::serialize(written(id, one));
        const std::string output = outputOf("python3 -B " + std::string{kScorer} + " '" + set().string() +
                                            "' '" + said.string() + "' --json");
        const auto theirs = json::parse(output);
        ASSERT_TRUE(theirs) << name << ": python3 said: " << output.substr(0, 200);
        expectSame(scorers(scoreAnalyses(calls, predictions)), *theirs, name);
    }

    std::filesystem::path folder;
    std::vector<EvaluatedCall> calls;
};

TEST_F(AgainstScorePy, TheAnalysisItselfHasTheSameFigures) {
    Predictions said;
    for (const EvaluatedCall& call : calls) said[call.input.id] = predictionOf(analysis::analyse(call.input));
    expectSameFigures(said, "analysis");
}

TEST_F(AgainstScorePy, PerfectAndMissingPredictionsHaveTheSameFigures) {
    Predictions right;
    for (const EvaluatedCall& call : calls) right[call.input.id] = rightOf(call);
    expectSameFigures(right, "right");
    expectSameFigures({}, "nothing");
}

TEST_F(AgainstScorePy, PerturbedPredictionsHaveTheSameFigures) {
    for (unsigned seed = 1; seed <= 12; ++seed)
        expectSameFigures(Perturbing{seed}.of(calls), "perturbed" + std::to_string(seed));
}

TEST_F(AgainstScorePy, TheMajorityBaselineIsTheSame) {
    const Predictions majority = majorityOf(calls);
    expectSameFigures(majority, "majority");
    const std::string out = (folder / "baseline").string();
    outputOf("python3 -B " + std::string{kScorer} + " '" + set().string() + "' --baseline '" + out + "'");
    for (const auto& [id, said] : majority) {
        std::ifstream in{std::filesystem::path{out} / (id + ".json")};
        const auto theirs = json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
        ASSERT_TRUE(theirs) << id;
        object ours = written(id, said);
        for (const std::string& kind : entityKinds()) ours["entities"].as_object()[kind] = array{};
        expectSame(ours, *theirs, "baseline of " + id);
    }
}

TEST_F(AgainstScorePy, LabelsWithRareLettersHaveTheSameFigures) {
    const std::map<std::string, array> rare = {
        {"person", {"Łukasz Nowak", "Ève Œuvrard", "İpek Ǆ", "Mme"}},
        {"company", {"Ærø & Straße", "Société d'Œnologie", "ΑΣ ΣΑΣ"}},
        {"phone", {"٠٦ ٣٩ ٩٨", "\u00A0+44 (0)20 79", "00 352 12"}},
        {"email", {"K\u00A0.Ünal@Acme.FR"}},
        {"device", {"imprimante", "K\u212Aelvin ½", "HP\u00AD 4\u0301"}},
        {"software", {"l'application", "Σigma Σ"}},
        {"site", {"agence de l'Haÿ-les-Roses"}}};
    for (std::size_t i = 0; i < calls.size(); i += 2) {
        const std::filesystem::path file = set() / (calls[i].input.id + ".json");
        std::ifstream in{file};
        value call = json::parse(std::string{std::istreambuf_iterator<char>{in}, {}}).value();
        for (const auto& [kind, values] : rare) call.at("labels").at("entities").as_object()[kind] = values;
        call.at("labels").as_object()["summary"] = "L’œuvre d’Ève à L’Haÿ : Ærø, Łódź, ½ Σ ﬁn 7.";
        std::ofstream{file} << boost::json::serialize(call);
    }
    read();
    for (unsigned seed = 21; seed <= 24; ++seed)
        expectSameFigures(Perturbing{seed}.of(calls), "rare" + std::to_string(seed));
}

TEST(WordsOfScorePy, AreOurs) {
    const value theirs = fromScorer(
        "print(json.dumps({\"generic\": {k: sorted(v) for k, v in score.GENERIC.items()},"
        " \"filler\": {k: sorted(v) for k, v in score.FILLER.items()}, \"stop\": sorted(score.STOP),"
        " \"entities\": score.ENTITIES}))");
    object nouns;
    object filling;
    for (const std::string& kind : entityKinds()) {
        if (!commonNouns(kind).empty())
            nouns[kind] = array(commonNouns(kind).begin(), commonNouns(kind).end());
        if (!fillers(kind).empty()) filling[kind] = array(fillers(kind).begin(), fillers(kind).end());
    }
    const object ours{{"generic", nouns},
                      {"filler", filling},
                      {"stop", array(stopWords().begin(), stopWords().end())},
                      {"entities", array(entityKinds().begin(), entityKinds().end())}};
    expectSame(ours, theirs, "words");
}

TEST(TextOfScorePy, IsOurs) {
    // The blocks that no new version of Unicode fills up.
    std::vector<std::string> texts;
    for (char32_t c = 1; c < 0x2500; c = c == 0x57F ? 0x1E00 : c + 1) {
        std::string letter;
        if (c < 0x80) {
            letter = {static_cast<char>(c)};
        } else if (c < 0x800) {
            letter = {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
        } else {
            letter = {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                      static_cast<char>(0x80 | (c & 0x3F))};
        }
        texts.push_back(letter + "+33A" + letter + "1" + letter);
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "bench-texts-XXXXXX").string();
    const int fd = mkstemp(pattern.data());
    ASSERT_GE(fd, 0);
    close(fd);
    std::ofstream{pattern} << json::encodeText(texts);
    const value theirs = fromScorer(
        "texts = json.load(open(sys.argv[1], encoding=\"utf-8\"))\n"
        "print(json.dumps([[score.fold(t), score.words(t), score.digits(t), score.phone(t),"
        " score.norm_entity(\"email\", t)] for t in texts]))",
        "'" + pattern + "'");
    std::filesystem::remove(pattern);
    array ours;
    for (const std::string& text : texts)
        ours.push_back(array{boost::json::string_view{foldedForScore(text)}, json::encode(scoredWords(text)),
                             boost::json::string_view{digitsOf(text)},
                             boost::json::string_view{phoneDigits(text)},
                             boost::json::string_view{foldedMail(text)}});
    expectSame(ours, theirs, "texts");
}

}  // namespace
}  // namespace ninja3cx::bench
