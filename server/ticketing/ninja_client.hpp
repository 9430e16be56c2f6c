#pragma once

#include "server/net/http.hpp"
#include "server/ticketing/gate.hpp"
#include "server/ticketing/ninja_records.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "shared/protocol/records.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

/// What was read, or the reply that says why not.
template <class T>
using Answer = boost::system::result<T, Reply>;
[[noreturn]] void throw_exception_from_error(const Reply& reply, const boost::source_location&);

/// Why the link is not Connected.
enum class Trouble {
    None = 1,
    NeedsLogin,    // tickets cannot be written without a technician's login
    WrongRegion,   // this host does not know the client id
    WrongSecret,   // it knows it, and refuses the client's secret
    TokenRefused,  // it refuses the access token that it has just given
    Forbidden,     // the login has no right to what is asked
    Failing,       // it answers with failures
    Unreachable,   // it does not answer
    NotStored,     // the refresh token that it gave cannot be written to our disk
};
/// For a person, in English. Holds nothing that NinjaOne said.
std::string textOf(Trouble trouble);

/// The calls of NinjaOne's API v2 that this product makes. At most two at a time.
///
/// Lists:    whole, or the reply that says why not: of a list in pages every page, up to the empty one.
/// Reading:  a refused access token is replaced and the call repeated, once. Nothing else is repeated here.
/// Writing:  sent once, never repeated here: DeliveryFlow decides.
/// Errors:   `detail` of a Reply holds no secret of ours.
/// Link:     NeedsLogin as long as nobody is logged in who may write, whatever is read meanwhile; else
///           Connected after an answer that was understood, Failed after one that was not. Being throttled
///           says nothing.
/// Threads:  network thread only.
class NinjaClient {
public:
    NinjaClient(NinjaAccount account, NinjaTokens& tokens, const Clock& clock, net::HttpTransport& transport);

    net::asio::awaitable<Answer<std::vector<Organization>>> organizations();
    net::asio::awaitable<Answer<std::vector<Person>>> contacts();
    net::asio::awaitable<Answer<std::vector<Person>>> endUsers();
    net::asio::awaitable<Answer<std::vector<Person>>> technicians();
    net::asio::awaitable<Answer<std::vector<Location>>> locations();
    net::asio::awaitable<Answer<std::vector<Device>>> devices();
    net::asio::awaitable<Answer<std::vector<DeviceHealth>>> deviceHealth();
    net::asio::awaitable<Answer<std::vector<Alert>>> alerts();
    net::asio::awaitable<Answer<std::vector<LoggedOnUser>>> loggedOnUsers();
    /// What the organisations have in the custom field of this name.
    net::asio::awaitable<Answer<std::vector<OrganizationNumber>>> organizationNumbers(std::string field);
    net::asio::awaitable<Answer<std::vector<Board>>> boards();
    net::asio::awaitable<Answer<std::vector<TicketStatus>>> statuses();
    net::asio::awaitable<Answer<std::vector<TicketForm>>> forms();
    net::asio::awaitable<Answer<std::vector<TicketAttribute>>> attributes();
    /// Newest first, without filters: filters are undocumented and answered with 400 on some tenants.
    net::asio::awaitable<Answer<BoardPage>> runBoard(std::int64_t boardId, std::int64_t cursor,
                                                     std::int32_t pageSize);
    net::asio::awaitable<Answer<Ticket>> ticket(std::int64_t ticketId);
    static constexpr std::size_t kMostLogEntries = 500;
    /// `type`: DESCRIPTION, COMMENT. Sorted by number; where there are kMostLogEntries or more, perhaps not all; nor where
    /// NinjaOne gives the newest first and fewer than it is asked for, which nothing would tell.
    net::asio::awaitable<Answer<std::vector<LogEntry>>> logEntries(std::int64_t ticketId, std::string type);

    /// One attempt. `body` of an Ok reply is the ticket.
    net::asio::awaitable<Reply> createTicket(std::string payload);
    struct File {
        std::string name;
        std::string content;  // text/plain
    };
    /// One attempt. `comment` is the JSON of a new log entry.
    net::asio::awaitable<Reply> addComment(std::int64_t ticketId, std::string comment,
                                           std::optional<File> file);
    /// The ticket with all that NinjaOne says of it: a JSON object.
    net::asio::awaitable<Answer<boost::json::value>> wholeTicket(std::int64_t ticketId);
    /// One attempt. `payload` is the whole ticket as it is to be, with the version that it was made of.
    net::asio::awaitable<Reply> putTicket(std::int64_t ticketId, std::string payload);
    /// Makes sure of an access token that may write, other than the one last refused. Ok, or why not.
    net::asio::awaitable<Reply> prepareToWrite();

    /// Where large answers are made sense of: a list of all contacts would hold the network thread up. Before the first
    /// call; without it, all is done on the network thread.
    void readLargeOn(net::asio::any_io_executor executor) { workers_ = std::move(executor); }

    /// The last changed first, as far as the tenant sorts as it is asked to; without texts of the tickets.
    net::asio::awaitable<Answer<SeenPage>> runBoardByChange(std::int64_t boardId, std::int64_t cursor,
                                                            std::int32_t pageSize);
    net::asio::awaitable<Answer<SeenTicket>> seenTicket(std::int64_t ticketId);

    /// How far NinjaOne's clock is ahead of ours, by the last answer that told it: never more than it is, and less by
    /// what the answer took. Nothing: none did.
    std::optional<std::chrono::milliseconds> clockAhead() const;

    /// "https://host/#/ticketing/ticket/"
    std::string ticketLink() const;
    /// Called when the link to NinjaOne changes.
    void onLink(std::function<void(protocol::LinkState)> handler) { onLink_ = std::move(handler); }
    protocol::LinkState link() const { return link_; }
    Trouble trouble() const;
    /// What NinjaOne, or the network, said when the link failed: for the log. Empty: all is well.
    std::string troubleDetail() const { return trouble() == Trouble::None ? std::string{} : detail_; }

private:
    net::asio::awaitable<Reply> send(net::ClientRequest request, std::string token);
    net::asio::awaitable<Reply> read(std::string method, std::string target, std::string body = {});
    net::asio::awaitable<Reply> write(std::string target, std::string contentType, std::string body,
                                      std::string method = "POST");
    template <class T, class Decode>
    net::asio::awaitable<Answer<T>> readAs(std::string target, Decode decode);
    template <class Row, class Decode>
    net::asio::awaitable<Answer<std::vector<Row>>> readPaged(std::string path, std::int32_t pageSize,
                                                             Decode decode);
    template <class Row, class Decode>
    net::asio::awaitable<Answer<std::vector<Row>>> readReported(std::string path, Decode decode,
                                                                std::string query = {});
    Reply withoutToken(const Error& error);
    void noteAnswer(const Reply& reply);
    void noteDate(const net::HttpResponse& answer);
    void noteFailed(Trouble trouble, const std::string& detail);
    void noteWell();
    void tellLink();

    NinjaAccount account_;
    NinjaTokens& tokens_;
    const Clock& clock_;
    net::HttpTransport& transport_;
    Turnstile turnstile_{2};
    std::optional<net::asio::any_io_executor> workers_;
    std::string refusedToWrite_;
    struct Told {
        SystemTime there;
        SteadyTime at;  // steady: a date of ours that is set between is no news of theirs
    };
    std::optional<Told> timeThere_;
    protocol::LinkState link_ = protocol::LinkState::Connecting;   // as told last
    protocol::LinkState reach_ = protocol::LinkState::Connecting;  // without regard to the login
    int busyTokens_ = 0;  // answers of the token endpoint, since anything else was heard
    Trouble trouble_ = Trouble::None;
    std::string detail_;
    bool wasForbidden_ = false;  // the last answer; one forbidden list alone is no failed link
    std::function<void(protocol::LinkState)> onLink_;
};

/// The body of a comment request. `boundary` must not occur in the parts.
std::string multipartComment(const std::string& boundary, const std::string& comment,
                             const std::optional<NinjaClient::File>& file);

}  // namespace ninja3cx::ticketing
