#include "server/analysis/model/call_summary.hpp"
#include "server/analysis/model/model.hpp"
#include "shared/core/little_endian.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

namespace ninja3cx::analysis {
namespace {

constexpr std::string_view kMagic = "3cx-ninja calls\n";
constexpr std::uint32_t kVersion = 2;
// No honest model comes near these; they keep a broken file from asking for gigabytes.
constexpr std::uint32_t kMostFeatures = 1'000'000;
constexpr std::uint32_t kMostNames = 1000;
constexpr std::uint32_t kLongestName = 100;

class Writer {
public:
    explicit Writer(std::vector<std::uint8_t>& out) : out_{out} {}

    void number(std::size_t value) { appendLittle(out_, static_cast<std::uint32_t>(value)); }
    void real(float value) { appendLittle(out_, std::bit_cast<std::uint32_t>(value)); }
    void reals(std::span<const float> values) {
        for (const float value : values) real(value);
    }
    void text(std::string_view value) {
        number(value.size());
        out_.insert(out_.end(), value.begin(), value.end());
    }
    void texts(std::span<const std::string> values) {
        number(values.size());
        for (const std::string& value : values) text(value);
    }
    void layer(const LinearLayer& layer) {
        reals(layer.scales);
        reals(layer.biases);
        for (const std::int8_t weight : layer.weights) out_.push_back(static_cast<std::uint8_t>(weight));
    }

private:
    std::vector<std::uint8_t>& out_;
};

/// Reads until something is wrong; from then on everything is empty and `isGood` false.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}

    bool isGood() const { return isGood_; }
    bool isAtEnd() const { return isGood_ && at_ == bytes_.size(); }

    std::uint32_t number(std::uint32_t most) {
        if (!has(1, sizeof(std::uint32_t))) return 0;
        const auto value = readLittle<std::uint32_t>(bytes_, at_);
        at_ += sizeof(std::uint32_t);
        if (value > most) isGood_ = false;
        return isGood_ ? value : 0;
    }
    std::vector<float> reals(std::size_t count) {
        std::vector<float> values;
        if (!has(count, sizeof(float))) return values;
        values.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            values.push_back(std::bit_cast<float>(readLittle<std::uint32_t>(bytes_, at_)));
            at_ += sizeof(float);
            if (!std::isfinite(values.back())) isGood_ = false;
        }
        return values;
    }
    std::vector<std::uint64_t> keys(std::size_t count) {
        std::vector<std::uint64_t> values;
        if (!has(count, sizeof(std::uint64_t))) return values;
        values.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            values.push_back(readLittle<std::uint64_t>(bytes_, at_));
            at_ += sizeof(std::uint64_t);
        }
        if (std::adjacent_find(values.begin(), values.end(), std::greater_equal<>{}) != values.end())
            isGood_ = false;
        return values;
    }
    std::string text() {
        const std::size_t size = number(kLongestName);
        if (!has(size, 1)) return {};
        const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ += size;
        return {from, from + static_cast<std::ptrdiff_t>(size)};
    }
    std::vector<std::string> texts() {
        std::vector<std::string> values;
        const std::uint32_t count = number(kMostNames);
        for (std::uint32_t i = 0; i < count && isGood_; ++i) values.push_back(text());
        return values;
    }
    Whose whose() { return static_cast<Whose>(number(static_cast<std::uint32_t>(Whose::Customer))); }
    LinearLayer layer(std::size_t features, std::size_t heads) {
        LinearLayer layer;
        layer.heads = heads;
        layer.scales = reals(heads);
        layer.biases = reals(heads);
        if (!has(features * heads, 1)) return layer;
        layer.weights.resize(features * heads);
        std::transform(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                       bytes_.begin() + static_cast<std::ptrdiff_t>(at_ + layer.weights.size()),
                       layer.weights.begin(),
                       [](std::uint8_t byte) { return static_cast<std::int8_t>(byte); });
        at_ += layer.weights.size();
        return layer;
    }

private:
    bool has(std::size_t count, std::size_t size) {
        if (isGood_ && count > (bytes_.size() - at_) / size) isGood_ = false;
        return isGood_;
    }

    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool isGood_ = true;
};

}  // namespace

std::vector<std::uint8_t> writeModel(const Model& model) {
    std::vector<std::uint8_t> out{kMagic.begin(), kMagic.end()};
    Writer writer{out};
    writer.number(kVersion);
    writer.texts(model.turnHeads);
    for (std::size_t head = 0; head < model.turnHeads.size(); ++head)
        writer.number(static_cast<std::size_t>(model.shownBy(head)));
    writer.texts(model.actionKinds);
    writer.number(model.choices.size());
    for (const Choice& choice : model.choices) {
        writer.text(choice.name);
        writer.texts(choice.values);
        writer.real(choice.likelyFrom);
        writer.real(choice.sureFrom);
        writer.number(static_cast<std::size_t>(choice.words));
    }
    writer.number(model.vocabulary.size());
    for (const std::uint64_t key : model.vocabulary.keys()) appendLittle(out, key);
    writer.reals(model.turnRarity);
    writer.reals(model.callRarity);
    writer.layer(model.turnLayer);
    writer.layer(model.callLayer);
    writer.reals(model.summaryMeans);
    writer.reals(model.summaryScales);
    writer.reals(model.summaryWeights);
    writer.layer(model.laterLayer);
    writer.reals(model.laterByAction);
    return out;
}

Result<Model> readModel(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kMagic.size() || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return Error{ErrorKind::BadMessage, "this is no model of calls"};
    Reader reader{bytes.subspan(kMagic.size())};
    if (const std::uint32_t version = reader.number(0xFFFFFFFFU); version != kVersion)
        return Error{ErrorKind::BadMessage, "the model has version " + std::to_string(version) +
                                                "; this program reads " + std::to_string(kVersion)};
    Model model;
    model.turnHeads = reader.texts();
    for (std::size_t i = 0; i < model.turnHeads.size(); ++i) model.turnHeadsOf.push_back(reader.whose());
    model.actionKinds = reader.texts();
    const std::uint32_t choices = reader.number(kMostNames);
    std::size_t callHeads = 0;
    for (std::uint32_t i = 0; i < choices && reader.isGood(); ++i) {
        Choice choice;
        choice.name = reader.text();
        choice.values = reader.texts();
        choice.firstHead = static_cast<std::uint32_t>(callHeads);
        const std::vector<float> from = reader.reals(2);
        choice.words = reader.whose();
        if (!reader.isGood() || choice.values.empty())
            return Error{ErrorKind::BadMessage, "the model breaks off in its questions"};
        choice.likelyFrom = from[0];
        choice.sureFrom = from[1];
        callHeads += choice.values.size();
        model.choices.push_back(std::move(choice));
    }
    const std::size_t features = reader.number(kMostFeatures);
    model.vocabulary = Vocabulary{reader.keys(features)};
    model.turnRarity = reader.reals(features);
    model.callRarity = reader.reals(features);
    model.turnLayer = reader.layer(features, model.turnHeads.size());
    model.callLayer = reader.layer(features, callHeads);
    const std::size_t summary = summarySize(model.turnHeads.size());
    model.summaryMeans = reader.reals(summary);
    model.summaryScales = reader.reals(summary);
    model.summaryWeights = reader.reals(summary * callHeads);
    model.laterLayer = reader.layer(features, 1);
    model.laterByAction = reader.reals(model.actionKinds.size());
    if (!reader.isAtEnd())
        return Error{ErrorKind::BadMessage, "the model is broken: its sizes do not fit its length"};
    return model;
}

}  // namespace ninja3cx::analysis
