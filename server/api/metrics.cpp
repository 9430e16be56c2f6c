#include "server/api/metrics.hpp"

#include <utility>

namespace ninja3cx::api {
namespace {

class Text {
public:
    template <class T>
    Text& add(const std::string& name, const char* type, const char* help, T value) {
        const std::string bare = name.substr(0, name.find('{'));
        if (bare != last_) text_ += "# HELP " + bare + " " + help + "\n# TYPE " + bare + " " + type + "\n";
        last_ = bare;
        text_ += name + " " + std::to_string(value) + "\n";
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
    std::string last_;
};

int up(protocol::LinkState state) {
    return state == protocol::LinkState::Connected ? 1 : 0;
}

}  // namespace

std::string metricsText(const Counters& c, const protocol::SystemStatus& s, bool isDatabaseUp) {
    Text text;
    text.add("ninja3cx_http_answers_total{class=\"2xx\"}", "counter", "HTTP answers by class.", c.answers2xx)
        .add("ninja3cx_http_answers_total{class=\"4xx\"}", "counter", "", c.answers4xx)
        .add("ninja3cx_http_answers_total{class=\"5xx\"}", "counter", "", c.answers5xx)
        .add("ninja3cx_connections{face=\"agent\"}", "gauge", "Open WebSocket connections.", c.agents)
        .add("ninja3cx_connections{face=\"board\"}", "gauge", "", c.boards)
        .add("ninja3cx_messages_total", "counter", "Text messages received.", c.messages)
        .add("ninja3cx_messages_refused_total", "counter", "Messages and frames answered with an error.",
             c.refusedMessages)
        .add("ninja3cx_audio_frames_total", "counter", "Audio frames accepted.", c.audioFrames)
        .add("ninja3cx_live_calls", "gauge", "Calls in the live view.", s.liveCalls)
        .add("ninja3cx_transcription_lag_ms", "gauge",
             "Lag of the slowest live transcript, rounded up to 500 ms.", s.lagMs)
        .add("ninja3cx_drafts_waiting", "gauge", "Drafts that wait for a person.", s.waitingDrafts)
        .add("ninja3cx_tickets_unsettled", "gauge", "Tickets waiting, unconfirmed or rejected.",
             s.unsettledTickets)
        .add("ninja3cx_tickets_created_today", "gauge", "Tickets created since midnight.", s.createdToday)
        .add("ninja3cx_database_up", "gauge", "1 while the database takes what is written.",
             isDatabaseUp ? 1 : 0)
        .add("ninja3cx_pbx_up", "gauge", "1 while connected to the PBX.", up(s.pbx))
        .add("ninja3cx_ninjaone_up", "gauge", "1 while connected to NinjaOne.", up(s.ninja));
    return text.take();
}

}  // namespace ninja3cx::api
