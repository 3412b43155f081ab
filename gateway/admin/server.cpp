// The listener for operators, on Beast: nothing here has to be fast.
#include "gateway/admin/server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <mutex>
#include <thread>
#include <tuple>

#include "adapters/io/blocked_signals.hpp"
#include "gateway/limit/counted.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/net/response.hpp"
#include "gateway/route/target.hpp"
#include "gateway/runtime/fatal.hpp"

namespace parley::admin {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Answer plain(int status, std::string_view what) { return {.status = status, .body = String(what) + '\n'}; }

/// The token of `Bearer TOKEN`, or empty.
std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() < scheme.size()) return {};
  if (!adapters::same_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return {};
  return authorization.substr(scheme.size());
}

bool expects_continue(const Request& request) {
  return request.version() == 11 && adapters::same_ignoring_case(view(request[http::field::expect]), "100-continue");
}

/// RFC 9112, 3.2.
bool names_one_host(const Request& request) {
  const std::size_t hosts = request.count(http::field::host);
  if (hosts == 0) return request.version() < 11;
  const std::string_view host = view(request[http::field::host]);
  return hosts == 1 && (host.empty() || gateway::is_authority(host));
}

std::string_view unread(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

asio::awaitable<Answer> make(const Page& page, const Query& query) { co_return page.make(query); }

}  // namespace

std::optional<String> Query::find(std::string_view name) const { return adapters::query_value(text_, name, false); }

class Server::Impl {
 public:
  Impl(config::Endpoint endpoint, List<Page> pages) : endpoint(std::move(endpoint)), pages_(std::move(pages)) {}

  ~Impl() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    aside_.join();
  }

  void start(gateway::Descriptor socket) {
    const bool six = endpoint.host.find(':') != String::npos;
    acceptor_.assign(six ? tcp::v6() : tcp::v4(), socket.get());
    socket.disown();
    asio::co_spawn(context_, accept(), gateway::OrEndProcess{});
    const io::BlockedSignals blocked;
    thread_ = std::thread([this] { context_.run(); });
  }

  void set_token(String token) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token);
  }

  config::Endpoint endpoint;

 private:
  asio::awaitable<void> accept() {
    for (;;) {
      auto [error, socket] = co_await acceptor_.async_accept(awaited);
      if (error == asio::error::operation_aborted) co_return;
      if (error) {  // out of descriptors: give others time to close theirs
        asio::steady_timer pause(context_, std::chrono::milliseconds(100));
        co_await pause.async_wait(awaited);
        continue;
      }
      if (connections_ == most_connections) continue;  // closes it
      const auto ended = [](std::exception_ptr) {};
      try {
        asio::co_spawn(context_, serve(std::move(socket), gateway::Counted(connections_)), ended);
      } catch (const std::exception&) {  // no memory: that connection ends
      }
    }
  }

  asio::awaitable<void> serve(tcp::socket socket, gateway::Counted) {
    boost::beast::tcp_stream stream(std::move(socket));
    boost::beast::flat_buffer buffer(most_head + most_body);
    http::request_parser<http::string_body> parser;
    parser.header_limit(most_head);
    parser.body_limit(most_body);
    stream.expires_after(patience);
    auto [error, size] = co_await http::async_read_header(stream, buffer, parser, awaited);
    // Who waits to be asked for the body has the answer without: no page looks at one.
    if (!error && !expects_continue(parser.get())) {
      std::tie(error, size) = co_await http::async_read(stream, buffer, parser, awaited);
    }
    Response response;
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      fill(response, plain(431, "the head is too large"));
    } else if (error == http::error::body_limit) {
      fill(response, plain(413, "the body is too large"));
    } else if (error == http::error::bad_version && gateway::names_a_version(unread(buffer))) {
      fill(response, plain(505, "HTTP/1.1 is spoken here"));
    } else if (error && error.category() == boost::beast::error_code(http::error::bad_method).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
      fill(response, plain(400, "no HTTP request"));
    } else if (error) {
      co_return;
    } else {
      const Request& request = parser.get();
      const std::string_view target = view(request.target());
      const std::size_t mark = std::min(target.find('?'), target.size());
      const Query query(target.substr(std::min(mark + 1, target.size())));
      const Page* page = nullptr;
      Answer answer = find(request, target.substr(0, mark), page, response);
      if (page != nullptr && page->slow) {
        stream.expires_never();  // a reload may take its time; the client waits for what it asked for
        answer = co_await asio::co_spawn(aside_, make(*page, query), asio::use_awaitable);
        stream.expires_after(patience);
      } else if (page != nullptr) {
        answer = page->make(query);
      }
      fill(response, std::move(answer));
      if (request.method() == http::verb::head) response.body().clear();
    }
    co_await http::async_write(stream, response, awaited);
    boost::beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    // Closing with unread bytes would make the kernel take the answer back.
    for (std::size_t left = most_body; left > 0;) {
      std::array<char, 4096> rest;
      const auto [over, count] = co_await stream.async_read_some(asio::buffer(rest), awaited);
      if (over) break;
      left -= std::min(left, count);
    }
  }

  /// The page that the request may have, or a refusal.
  Answer find(const Request& request, std::string_view path, const Page*& page, Response& response) {
    if (!names_one_host(request)) return plain(400, "one Host header is needed");
    // No page of a browser has business here: with the operator's browser it would reach what only the operator may.
    if (request.count(http::field::origin) != 0) return plain(403, "not for pages of browsers");
    String methods;
    for (const Page& one : pages_) {
      if (one.path != path) continue;
      const bool get = one.method == adapters::Method::get;
      methods.append(methods.empty() ? "" : ", ").append(get ? "GET, HEAD" : "POST");
      const http::verb verb = request.method();
      if (get ? verb != http::verb::get && verb != http::verb::head : verb != http::verb::post) continue;
      if (!one.open && !named_by_address(request))
        return plain(403, "without a token only by address, or as localhost");
      if (!one.open && !admits(request)) {
        response.set(http::field::www_authenticate, "Bearer");
        return plain(401, "needs the admin token");
      }
      page = &one;
      return {};
    }
    if (methods.empty()) return plain(404, "no such page");
    response.set(http::field::allow, methods);
    return plain(405, "another method is needed");
  }

  /// A browser can be made to look a stranger's name up as our address, and then its pages count as ours: without a token
  /// only what nobody else can be called is answered. A client without Host is no browser.
  bool named_by_address(const Request& request) const {
    {
      const std::lock_guard lock(mutex_);
      if (!token_.empty()) return true;
    }
    const std::string_view host = view(request[http::field::host]);
    const std::string_view name = host.substr(0, host.find(':'));
    return host.empty() || host.starts_with('[') || adapters::same_ignoring_case(name, "localhost") ||
           (name.find('/') == std::string_view::npos && config::parse_network(name).has_value());
  }

  bool admits(const Request& request) const {
    const std::lock_guard lock(mutex_);
    if (token_.empty()) return true;
    // Of two, somebody in between may have looked at the other one.
    return request.count(http::field::authorization) == 1 &&
           adapters::same_secret(bearer(view(request[http::field::authorization])), token_);
  }

  static void fill(Response& response, Answer answer) {
    response.result(static_cast<unsigned>(answer.status));
    response.keep_alive(false);
    response.set(http::field::server, "parley");
    const gateway::Date date = gateway::date_of(std::time(nullptr));
    response.set(http::field::date, boost::beast::string_view(date.data(), date.size()));
    response.set(http::field::content_type, answer.type);
    response.set(http::field::cache_control, "no-store");
    response.body() = std::move(answer.body);
    response.prepare_payload();
  }

  const List<Page> pages_;
  mutable std::mutex mutex_;  // over `token_`
  String token_;
  std::atomic<std::size_t> connections_{0};
  asio::thread_pool aside_{1};
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_};
  std::thread thread_;
};

Server::Server(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const config::Endpoint& endpoint, String token, List<Page> pages) {
  config::Endpoint bound = endpoint;
  Result<List<gateway::Descriptor>> sockets = gateway::listen_on(bound, 1);
  if (!sockets) return std::move(sockets).error();
  auto impl = std::make_unique<Impl>(std::move(bound), std::move(pages));
  impl->set_token(std::move(token));
  impl->start(std::move(sockets->front()));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

const config::Endpoint& Server::endpoint() const noexcept { return impl_->endpoint; }
void Server::set_token(String token) { impl_->set_token(std::move(token)); }

}  // namespace parley::admin
