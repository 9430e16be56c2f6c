#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::agent {

/// The text of a frame: "cmd=RINGING,callid=7,originator=0612345678". Keys are in lower case.
class PipeMessage {
public:
    /// Lenient, for the form is not published: broken pairs are skipped, but a comma inside a name belongs to it. Of two
    /// pairs with one key the later one counts.
    static PipeMessage read(std::string_view text);

    /// Empty where there is none.
    std::string_view operator[](std::string_view key) const;
    bool isReply() const { return !(*this)["reply"].empty() || !(*this)["__answ#"].empty(); }

private:
    std::map<std::string, std::string, std::less<>> pairs_;
};

/// Values lose what would be read as another pair: commas, equals signs, control characters.
std::string writePipeMessage(const std::vector<std::pair<std::string_view, std::string>>& pairs);

}  // namespace ninja3cx::agent
