// The listener for operators, on Boost.Beast. It need not be fast.
#include "gateway/admin/server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <mutex>
#include <sstream>
#include <thread>
#include <tuple>

#include "adapters/http/header_list.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/secret.hpp"
#include "adapters/io/blocked_signals.hpp"
#include "adapters/io/timer.hpp"
#include "gateway/admin/body.hpp"
#include "gateway/admin/origin.hpp"
#include "gateway/limit/scoped_count.hpp"
#include "gateway/net/listen.hpp"
#include "gateway/net/request_parser.hpp"
#include "gateway/net/response.hpp"
#include "gateway/route/target.hpp"
#include "gateway/runtime/fatal.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::admin {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
// Named executors: the ones that Asio takes by default can hold any executor, which costs the compiler seconds.
using io::Executor;
using io::Task;
using Aside = asio::thread_pool::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Request = beast_http::request<beast_http::string_body>;
using Response = beast_http::response<beast_http::string_body>;

constexpr asio::use_awaitable_t<Executor> awaitable;
constexpr auto awaited = asio::as_tuple(awaitable);
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Answer plain(int status, std::string_view what) { return {.status = status, .body = String(what) + '\n'}; }

/// The token of `Bearer TOKEN`, or empty.
std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  return ascii::starts_ignoring_case(authorization, scheme) ? authorization.substr(scheme.size()) : std::string_view();
}

bool expects_continue(const Request& request) {
  http::HeaderList expected(view(request[beast_http::field::expect]));
  return request.version() == 11 && ascii::same_ignoring_case(expected.next().value_or(""), "100-continue");
}

/// HAProxy probes with OPTIONS unless configured otherwise, so pages for probes answer it like GET.
bool answers(const Page& page, beast_http::verb verb) {
  if (page.method == http::Method::post) return verb == beast_http::verb::post;
  return verb == beast_http::verb::get || verb == beast_http::verb::head ||
         (page.open && verb == beast_http::verb::options);
}

std::string_view methods_of(const Page& page) {
  if (page.method == http::Method::post) return "POST";
  return page.open ? "GET, HEAD, OPTIONS" : "GET, HEAD";
}

/// RFC 9112, 3.2: HTTP/1.1 needs exactly one valid Host header.
bool names_one_host(const Request& request) {
  const std::size_t hosts = request.count(beast_http::field::host);
  if (hosts == 0) return request.version() < 11;
  const std::string_view host = view(request[beast_http::field::host]);
  return hosts == 1 && (host.empty() || route::is_authority(host));
}

std::string_view unread(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

/// Refuses a header that is repeated or empty: a proxy may have judged the other copy.
bool may_ask(const Request& request) {
  Fetch fetch{.host = view(request[beast_http::field::host])};
  const std::pair<const char*, std::string_view*> headers[] = {
      {"Origin", &fetch.origin}, {"Sec-Fetch-Site", &fetch.site}, {"X-Forwarded-Proto", &fetch.forwarded_proto}};
  for (const auto& [name, value] : headers) {
    const std::size_t count = request.count(name);
    if (count == 0) continue;
    *value = view(request[name]);
    if (count > 1 || value->empty()) return false;
  }
  const bool reads = request.method() == beast_http::verb::get || request.method() == beast_http::verb::head;
  return may_ask(fetch, !reads);
}

Answer make_now(const Page& page, const Query& query, std::string_view body) {
  return page.take ? page.take(query, body) : page.make(query);
}
asio::awaitable<Answer, Aside> make(const Page& page, const Query& query, std::string_view body) {
  co_return make_now(page, query, body);
}

List<http::Header> headers_of(const Request& request) {
  List<http::Header> headers;
  for (const auto& field : request.base()) headers.push_back({view(field.name_string()), view(field.value())});
  return headers;
}

Answer refuse_body(const Error& error, Response& response) {
  if (error.code == Code::unsupported_coding) response.set("Accept-Encoding", "gzip, deflate");  // RFC 9110, 15.5.16
  const int status = error.code == Code::unsupported_coding ? 415
                     : error.code == Code::body_too_large   ? 413
                     : error.code == Code::unavailable      ? 503
                                                            : 400;
  return plain(status, error.message);
}

std::string_view path_of(const Request& request) {
  const std::string_view target = view(request.target());
  return target.substr(0, target.find('?'));
}

}  // namespace

std::optional<String> Query::find(std::string_view name) const { return http::query_value(text_, name, false); }

class Server::Impl {
 public:
  Impl(config::Endpoint endpoint, List<Page> pages) : endpoint(std::move(endpoint)), pages_(std::move(pages)) {}

  ~Impl() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    aside_.join();
  }

  void start(io::Descriptor socket) {
    const bool six = endpoint.host.find(':') != String::npos;
    acceptor_.assign(six ? tcp::v6() : tcp::v4(), socket.get());
    socket.disown();
    asio::co_spawn(context_, accept(), runtime::OrEndProcess{});
    const io::BlockedSignals blocked;
    thread_ = std::thread([this] { context_.run(); });
  }

  void set_token(String token) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token);
  }

  config::Endpoint endpoint;

 private:
  Task<void> accept() {
    for (;;) {
      auto [error, socket] = co_await acceptor_.async_accept(awaited);
      if (error == asio::error::operation_aborted) co_return;
      if (error) {  // no descriptors left: wait until some are closed
        io::Timer pause(context_, std::chrono::milliseconds(100));
        co_await pause.async_wait(awaited);
        continue;
      }
      if (connections_ == most_connections) continue;  // closes the new connection
      const auto ended = [](std::exception_ptr) {};
      try {
        asio::co_spawn(context_, serve(std::move(socket), limit::ScopedCount(connections_)), ended);
      } catch (const std::exception&) {  // no memory: the connection is closed
      }
    }
  }

  Task<void> serve(Socket socket, limit::ScopedCount) {
    boost::beast::basic_stream<tcp, Executor> stream(std::move(socket));
    boost::beast::flat_buffer buffer(most_head + most_body);
    beast_http::request_parser<beast_http::string_body> parser;
    parser.header_limit(most_head);
    parser.body_limit(most_taken());
    stream.expires_after(patience);
    auto [error, size] = co_await beast_http::async_read_header(stream, buffer, parser, awaited);
    const Page* const taker = error ? nullptr : find_taker(parser.get());
    const bool waits = !error && expects_continue(parser.get());
    const std::size_t limit = taker != nullptr ? taker->most_body : most_body;
    if (!error && parser.content_length().value_or(0) > limit) error = beast_http::error::body_limit;
    if (!error) parser.body_limit(limit);
    const limit::ScopedCount upload = taker != nullptr ? limit::ScopedCount(uploads_) : limit::ScopedCount();
    const bool too_many = taker != nullptr && uploads_ > most_uploads;
    if (taker != nullptr && !too_many) stream.expires_after(upload_patience);
    if (!error && waits && taker != nullptr && !too_many) {
      std::tie(error, size) = co_await asio::async_write(stream, asio::buffer(go_on), awaited);
    }
    // A client that sends `Expect: 100-continue` for a body that no page reads gets its answer at once.
    if (!error && !too_many && (taker != nullptr || !waits)) {
      std::tie(error, size) = co_await beast_http::async_read(stream, buffer, parser, awaited);
    }
    Response response;
    if (error == beast_http::error::header_limit || error == beast_http::error::buffer_overflow) {
      fill(response, plain(431, "the head is too large"));
    } else if (error == beast_http::error::body_limit) {
      // A client that may not use a page with large bodies gets that refusal instead of 413.
      const Page* page = nullptr;
      Answer refusal = find(parser.get(), path_of(parser.get()), page, response);
      const bool refused = page == nullptr && takes_bodies(path_of(parser.get()));
      fill(response, refused ? std::move(refusal) : plain(413, "the body is too large"));
    } else if (error == beast_http::error::bad_version && net::names_a_version(unread(buffer))) {
      fill(response, plain(505, "this server speaks HTTP/1.1"));
    } else if (error && error.category() == boost::beast::error_code(beast_http::error::bad_method).category() &&
               error != beast_http::error::end_of_stream && error != beast_http::error::partial_message) {
      fill(response, plain(400, "this is not an HTTP request"));
    } else if (error) {
      co_return;
    } else if (too_many) {
      fill(response, plain(503, "too many bodies are being read already; try again"));
    } else {
      const Request& request = parser.get();
      const std::string_view target = view(request.target());
      const std::size_t mark = std::min(target.find('?'), target.size());
      const Query query(target.substr(std::min(mark + 1, target.size())));
      const Page* page = nullptr;
      Answer answer = find(request, target.substr(0, mark), page, response);
      Result<String> body = String();
      if (page != nullptr && page->take) {
        body = text_of_body(headers_of(request), std::move(parser.get().body()), page->most_body);
      }
      if (!body) {
        answer = refuse_body(body.error(), response);
        page = nullptr;
      }
      if (page != nullptr && page->slow) {
        stream.expires_never();  // a reload or load may take long, and the client waits for it
        answer = co_await asio::co_spawn(aside_, make(*page, query, *body), awaitable);
        stream.expires_after(patience);
      } else if (page != nullptr) {
        answer = make_now(*page, query, *body);
      }
      fill(response, std::move(answer));
      if (request.method() == beast_http::verb::head) response.body().clear();
    }
    std::ostringstream text;
    text << response;
    const String bytes = std::move(text).str();
    std::tie(error, size) = co_await asio::async_write(stream, asio::buffer(bytes), awaited);
    boost::beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    // Closing with unread bytes would make the kernel reset the connection, and the client would lose the answer.
    for (std::size_t left = most_taken(); left > 0;) {
      std::array<char, 4096> rest;
      const auto [over, count] = co_await stream.async_read_some(asio::buffer(rest), awaited);
      if (over) break;
      left -= std::min(left, count);
    }
  }

  /// The page with `take` for this request; nullptr if there is none or the client may not use it.
  const Page* find_taker(const Request& request) const {
    const Page* page = nullptr;
    Response refusal;
    find(request, path_of(request), page, refusal);
    return page != nullptr && page->take ? page : nullptr;
  }
  bool takes_bodies(std::string_view path) const {
    return std::any_of(pages_.begin(), pages_.end(),
                       [path](const Page& page) { return page.take != nullptr && page.path == path; });
  }
  std::size_t most_taken() const noexcept {
    std::size_t most = most_body;
    for (const Page& page : pages_) most = std::max(most, page.most_body);
    return most;
  }

  /// Sets `page` to the page for the request. If there is none, or the client may not use it, returns the refusal.
  Answer find(const Request& request, std::string_view path, const Page*& page, Response& response) const {
    if (!names_one_host(request)) return plain(400, "one Host header is needed");
    if (!may_ask(request)) return plain(403, "not for pages of other origins");
    String methods;
    for (const Page& one : pages_) {
      if (one.path != path) continue;
      methods.append(methods.empty() ? "" : ", ").append(methods_of(one));
      if (!answers(one, request.method())) continue;
      if (!one.open && !named_by_address(request))
        return plain(403, "without a token only by address, or as localhost");
      if (!one.open && !admits(request)) {
        response.set(beast_http::field::www_authenticate, "Bearer");
        return plain(401, "needs the admin token");
      }
      if (request.method() == beast_http::verb::options) response.set(beast_http::field::allow, methods);
      page = &one;
      return {};
    }
    if (methods.empty()) return plain(404, "no such page; there are" + known_paths());
    response.set(beast_http::field::allow, methods);
    return plain(405, "another method is needed");
  }

  /// Lists each path once, for the 404 answer.
  String known_paths() const {
    String paths;
    for (const Page& one : pages_) {
      const String path = ' ' + one.path;
      if ((paths + ' ').find(path + ' ') == String::npos) paths += path;
    }
    return paths;
  }

  /// Protects against DNS rebinding: an attacker's host name can resolve to our address, and then its pages count as
  /// same-origin. So without a token only requests to an address or `localhost` are answered. A request without Host does not
  /// come from a browser.
  bool named_by_address(const Request& request) const {
    {
      const std::lock_guard lock(mutex_);
      if (!token_.empty()) return true;
    }
    const std::string_view host = view(request[beast_http::field::host]);
    const std::string_view name = host.substr(0, host.find(':'));
    return host.empty() || host.starts_with('[') || ascii::same_ignoring_case(name, "localhost") ||
           (name.find('/') == std::string_view::npos && config::parse_network(name).has_value());
  }

  bool admits(const Request& request) const {
    const std::lock_guard lock(mutex_);
    if (token_.empty()) return true;
    // Two headers are refused: a proxy may have judged the other one.
    return request.count(beast_http::field::authorization) == 1 &&
           http::same_secret(bearer(view(request[beast_http::field::authorization])), token_);
  }

  static void fill(Response& response, Answer answer) {
    response.result(static_cast<unsigned>(answer.status));
    response.keep_alive(false);
    response.set(beast_http::field::server, "parley");
    const net::Date date = net::date_of(std::time(nullptr));
    response.set(beast_http::field::date, boost::beast::string_view(date.data(), date.size()));
    response.set(beast_http::field::content_type, answer.type);
    response.set(beast_http::field::cache_control, "no-store");
    response.body() = std::move(answer.body);
    response.prepare_payload();
  }

  const List<Page> pages_;
  mutable std::mutex mutex_;  // over `token_`
  String token_;
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> uploads_{0};
  asio::thread_pool aside_{1};
  asio::io_context context_{1};
  asio::basic_socket_acceptor<tcp, Executor> acceptor_{context_};
  std::thread thread_;
};

Server::Server(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const config::Endpoint& endpoint, String token, List<Page> pages) {
  config::Endpoint bound = endpoint;
  Result<List<io::Descriptor>> sockets = net::listen_on(bound, 1);
  if (!sockets) return std::move(sockets).error();
  auto impl = std::make_unique<Impl>(std::move(bound), std::move(pages));
  impl->set_token(std::move(token));
  impl->start(std::move(sockets->front()));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

const config::Endpoint& Server::endpoint() const noexcept { return impl_->endpoint; }
void Server::set_token(String token) { impl_->set_token(std::move(token)); }

}  // namespace parley::gateway::admin
