#include "server/analysis/training/report.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::analysis::training {

double macroF1(const std::vector<Judged>& judged, std::size_t values) {
    double sum = 0;
    int occurring = 0;
    for (std::size_t value = 0; value < values; ++value) {
        int both = 0;
        int either = 0;
        for (const Judged& one : judged) {
            both += one.said == value && one.right == value ? 2 : 0;
            either += (one.said == value ? 1 : 0) + (one.right == value ? 1 : 0);
        }
        if (either == 0) continue;
        sum += static_cast<double>(both) / either;
        ++occurring;
    }
    return occurring == 0 ? 0 : sum / occurring;
}

double accuracy(const std::vector<Judged>& judged) {
    const auto right =
        std::count_if(judged.begin(), judged.end(), [](const Judged& one) { return one.said == one.right; });
    return judged.empty() ? 0 : static_cast<double>(right) / static_cast<double>(judged.size());
}

float certaintyFor(std::vector<Judged> judged, double share) {
    std::stable_sort(judged.begin(), judged.end(),
                     [](const Judged& a, const Judged& b) { return a.certainty < b.certainty; });
    struct Step {
        float from;
        double right;
        double all;
    };
    std::vector<Step> steps;
    for (const Judged& one : judged) {
        steps.push_back({one.certainty, one.said == one.right ? 1.0 : 0.0, 1.0});
        while (steps.size() > 1 && steps[steps.size() - 2].right * steps.back().all >=
                                       steps.back().right * steps[steps.size() - 2].all) {
            const Step last = steps.back();
            steps.pop_back();
            steps.back().right += last.right;
            steps.back().all += last.all;
        }
    }
    for (const Step& step : steps)
        if (step.right >= share * step.all) return step.from;
    return 2.0F;
}

float bestCut(std::vector<Divided> cases) {
    std::stable_sort(cases.begin(), cases.end(),
                     [](const Divided& a, const Divided& b) { return a.margin > b.margin; });
    const auto wanted =
        std::count_if(cases.begin(), cases.end(), [](const Divided& one) { return one.isYes; });
    double best = 0;
    float cut = 0;
    double right = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        right += cases[i].isYes ? 1 : 0;
        const double f1 = 2 * right / static_cast<double>(i + 1 + static_cast<std::size_t>(wanted));
        if (f1 <= best) continue;
        best = f1;
        const float next = i + 1 < cases.size() ? cases[i + 1].margin : cases[i].margin;
        cut = 0.5F * (cases[i].margin + next);
    }
    return cut;
}

float shiftFor(const std::vector<Divided>& cases) {
    constexpr int kSteps = 30;  // Newton's; a handful would do
    double shift = 0;
    for (int step = 0; step < kSteps; ++step) {
        double slope = -shift;
        double bend = -1;
        for (const Divided& one : cases) {
            const double margin = std::clamp(static_cast<double>(one.margin) + shift, -30.0, 30.0);
            const double yes = 1 / (1 + std::exp(-margin));
            slope += (one.isYes ? 1 : 0) - yes;
            bend -= yes * (1 - yes);
        }
        shift -= slope / bend;
    }
    return static_cast<float>(shift);
}

}  // namespace ninja3cx::analysis::training
