#include "server/analysis/conclusions/asides.hpp"

#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {

std::size_t asideFrom(const Conversation& conversation) {
    static const CueList kAsides{{"autre question"},        {"autre chose"},   {"autre souci"},
                                 {"autre demande"},         {"autre point"},   {"avez vous ~ autre"},
                                 {"avez vous ~ question*"}, {"anything else"}, {"something else"}};
    constexpr double kEarliest = 0.3;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn) {
        const Line& line = conversation.lines[turn];
        if (line.speaker == protocol::Speaker::Agent && line.position > kEarliest && kAsides.first(line))
            return turn;
    }
    return conversation.lines.size();
}

}  // namespace ninja3cx::analysis
