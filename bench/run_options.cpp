#include "bench/run_options.hpp"

#include "bench/statistics.hpp"
#include "bench/telephone.hpp"
#include "server/transcription/worker_count.hpp"

namespace ninja3cx::bench {

const std::vector<std::string>& liveOptions() {
    static const std::vector<std::string> names{"--calls",   "--model",       "--partial-model",
                                                "--workers", "--voice-model", "--samples"};
    return names;
}

const std::vector<std::string>& liveFlags() {
    static const std::vector<std::string> names{"--no-partials", "--texts"};
    return names;
}

Result<SampleCalls> readTelephoneCalls(const std::filesystem::path& folder) {
    auto calls = readSampleCalls(folder);
    if (!calls) return calls.error();
    for (SampleCall& call : *calls) {
        for (auto& channel : call.channels) channel = throughTelephone(channel);
        if (call.channels.front().empty())
            return Error{ErrorKind::BadMessage, call.name + ": holds no sound"};
    }
    return std::make_shared<const std::vector<SampleCall>>(std::move(*calls));
}

Result<LiveRun> readLiveRun(const Options& options, double seconds) {
    LiveRun run;
    run.seconds = seconds;
    const auto calls = countOr(options, "--calls", 4);
    if (!calls) return calls.error();
    run.calls = *calls;
    const auto workers = workersOr(options, transcription::machineCores());
    if (!workers) return workers.error();
    run.workers = *workers;
    run.hasPartials = !options.contains("--no-partials");
    run.tellsTexts = options.contains("--texts");
    if (const auto voice = options.find("--voice-model"); voice != options.end())
        run.voiceModel = voice->second;

    auto samples = readTelephoneCalls(optionOr(options, "--samples", "samples/calls"));
    if (!samples) return samples.error();
    run.samples = std::move(*samples);
    auto model = loadBenchModel(optionOr(options, "--model", kDemoModel));
    if (!model) return model.error();
    run.model = std::move(*model);
    if (const auto partial = options.find("--partial-model"); partial != options.end() && run.hasPartials) {
        auto loaded = loadBenchModel(partial->second);
        if (!loaded) return loaded.error();
        run.partialModel = std::move(*loaded);
    }
    return run;
}

boost::json::object describe(const LiveRun& run) {
    boost::json::object about{{"model", run.model.name}};
    if (run.hasPartials) about["partialModel"] = run.partialModel ? run.partialModel->name : run.model.name;
    about["voiceModel"] = run.voiceModel ? run.voiceModel->string() : "built-in";
    about["calls"] = run.calls;
    about["seconds"] = rounded(run.seconds);
    about["workers"] = run.workers;
    return about;
}

}  // namespace ninja3cx::bench
