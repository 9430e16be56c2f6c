#include "agent/app/open_calls.hpp"

#include "shared/core/files.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/call_states.hpp"

#include <algorithm>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kMaxFileBytes = 64U << 10;
constexpr std::size_t kMaxOpen = 64;

struct Kept {
    std::vector<protocol::CallDetected> calls;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (calls))

}  // namespace

std::vector<protocol::CallDetected> OpenCalls::takeLeft() {
    const auto content = readPrivateFile(file_, kMaxFileBytes);
    if (!content || !*content) return {};
    boost::system::error_code failure;
    const auto value = boost::json::parse(**content, failure);
    auto kept =
        failure ? Result<Kept>{Error{ErrorKind::BadMessage, failure.message()}} : json::decode<Kept>(value);
    if (!kept) return {};
    open_ = std::move(kept->calls);
    std::vector<protocol::CallDetected> ends = open_;
    for (protocol::CallDetected& end : ends) end.state = protocol::CallState::Ended;
    return ends;
}

void OpenCalls::note(const protocol::CallDetected& report) {
    const auto known = std::ranges::find(open_, report.localId, &protocol::CallDetected::localId);
    if (isOver(report.state)) {
        if (known == open_.end()) return;
        open_.erase(known);
    } else {
        if (known != open_.end()) return;
        protocol::CallDetected kept = report;
        kept.remoteNumber.clear();
        kept.remoteName.clear();
        kept.startedAgeMs.reset();
        kept.answeredAgeMs.reset();
        open_.push_back(std::move(kept));
        if (open_.size() > kMaxOpen) open_.erase(open_.begin());
    }
    write();
}

bool OpenCalls::has(const std::string& localId) const {
    return std::ranges::find(open_, localId, &protocol::CallDetected::localId) != open_.end();
}

/// Without the file a killed run leaves a call open until somebody ends it in 3CX: no reason to stop following calls.
void OpenCalls::write() const {
    if (file_.empty()) return;
    (void)writePrivateFile(file_, boost::json::serialize(json::encode(Kept{open_})));
}

}  // namespace ninja3cx::agent
