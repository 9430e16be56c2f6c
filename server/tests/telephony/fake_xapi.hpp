#pragma once

#include "server/telephony/pbx_question.hpp"

#include <boost/asio/use_awaitable.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// A PBX without a network: what it answers to a path, the query left out, is set by the test.
class FakeXapi {
public:
    AskPbx asker() {
        return [this](PbxQuestion question) { return answer(std::move(question)); };
    }
    void tells(const std::string& path, std::string body) { answers[path] = {200, {}, std::move(body)}; }
    void refuses(const std::string& path, int status) { answers[path] = {status, {}, ""}; }
    int asked(const std::string& path) const {
        const auto found = counts.find(path);
        return found == counts.end() ? 0 : found->second;
    }

    std::map<std::string, net::HttpResponse> answers;  // by path; another one is not reached
    std::map<std::string, int> counts;
    std::vector<PbxQuestion> questions;

private:
    net::asio::awaitable<Result<net::HttpResponse>> answer(PbxQuestion question) {
        const std::string whole = question.path;
        const std::string path = whole.substr(0, whole.find('?'));
        ++counts[path];
        questions.push_back(std::move(question));
        if (const auto exact = answers.find(whole); exact != answers.end()) co_return exact->second;
        const auto found = answers.find(path);
        if (found == answers.end()) co_return Error{ErrorKind::Unreachable, "no way there"};
        co_return found->second;
    }
};

}  // namespace ninja3cx::telephony
