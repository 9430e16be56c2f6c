#pragma once

#include "server/transcription/random_model.hpp"
#include "server/transcription/utterance_policy.hpp"
#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// How many calls a machine carries with which model: measured for some seconds, then arithmetic.
namespace ninja3cx::transcription {

/// What one utterance of 4 s costs on one core, in milliseconds of processor time (on a GPU: of its time).
struct ModelCost {
    std::string model;
    bool isMeasured = false;  // else taken from another model's by the relation of their sizes
    double soundMs = 0;       // spectrum, encoder at the fitted context, and the first token
    double tokenMs = 0;       // each further token
    bool operator==(const ModelCost&) const = default;
};

struct MeasuringTime {
    std::chrono::milliseconds usual{};   // for two runs, where they fit
    std::chrono::milliseconds atMost{};  // for the first one
};

/// Runs the model as the engine does, on noise: one thread, a fitted context, tokens that are chosen here. Takes the best of two
/// runs if there is time. TimedOut when `time.atMost` is not enough for one.
Result<ModelCost> measureModel(const WhisperModel& model, const std::string& name, bool isOnGpu,
                               const MeasuringTime& time);

using MeasureModel = std::function<Result<ModelCost>(const ModelShape&, const MeasuringTime&)>;
using Now = std::function<std::chrono::steady_clock::time_point()>;

/// The cost of each of modelShapes(), in that order. `base` is measured, then `tiny`, then each larger one that can be
/// expected to fit the rest of `time.usual`; the others are estimated. Until one is measured, `time.atMost` counts: a busy machine
/// gives little. Empty if nothing could be measured.
std::vector<ModelCost> costsOfModels(const MeasuringTime& time, const MeasureModel& measure, const Now& now);

/// Seconds of work for a second of speech: of final text, with a full prompt and the speculations that are given up; and of the
/// partial text that comes before it, with those where somebody takes a breath. Not counted: noise that is taken for speech,
/// what is decoded twice there, and utterances shorter than 4 s, which cost more for each second.
double finalCost(const ModelCost& cost);
double partialCost(const ModelCost& cost, const PolicyOptions& policy = {});

/// How many calls fit if the two sides of each speak 0.9 seconds a second and 0.7 of the cores are to be busy.
double callsAtOnce(double costOfSpeech, double cores);

struct ModelCapacity {
    std::string model;
    bool isMeasured = false;
    std::size_t cores = 0;         // that work with it
    double calls = 0;              // with final text only
    double callsWithPartials = 0;  // made by tiny
    double utteranceMs = 0;        // to decode one of 4 s, with a full prompt
    bool isRecommended = false;
};

/// How many cores work with a model: there may be fewer workers than cores.
using CoresFor = std::function<std::size_t(const std::string& model)>;

/// The best model is recommended that carries the calls that are wanted and needs at most 2 s for an utterance; none if there is
/// no such model. Partial text needs not fit: under load it comes more rarely.
std::vector<ModelCapacity> capacityOf(const std::vector<ModelCost>& costs, const CoresFor& coresFor,
                                      double wantedCalls);

}  // namespace ninja3cx::transcription
