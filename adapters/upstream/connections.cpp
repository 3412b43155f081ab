// Connections: from a host name to a complete answer. Each step goes as far as it can without waiting.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "adapters/upstream/call_dispatcher.hpp"
#include "adapters/upstream/next_step.hpp"
#include "adapters/upstream/plain_answer.hpp"

namespace parley::upstream {
namespace {

constexpr unsigned most_interims = 8;
constexpr std::size_t most_kept_input = 4 * 1024;

String message_of(int error) { return std::generic_category().message(error); }

}  // namespace

void Connection::tell(io::Readiness readiness) { calls_.on_ready(*this, readiness); }

void CallDispatcher::on_ready(Connection& connection, io::Readiness readiness) {
  connection.stream.note(readiness);
  step(connection);
  wake_done();
}

// --- the pool --------------------------------------------------------------------------------------------------------

Connection& CallDispatcher::new_connection() {
  server_->connections.fetch_add(1, std::memory_order_relaxed);
  if (closed_.empty()) {
    connections_.push_back(std::make_unique<Connection>(*this));
    return *connections_.back();
  }
  Connection& connection = *closed_.back();
  closed_.pop_back();
  return connection;
}

Connection* CallDispatcher::idle_connection() {
  while (!idle_.empty()) {
    Connection& connection = *idle_.back();  // the one used last is the most likely to be open
    idle_.pop_back();
    // The server may have closed, or sent bytes that nobody asked for, and the poller may not have told yet. Such bytes
    // would be taken for the answer. Checking costs one system call for each call.
    if (connection.stream.quiet()) return &connection;
    close(connection);
  }
  return nullptr;
}

void CallDispatcher::close(Connection& connection) {
  server_->connections.fetch_sub(1, std::memory_order_relaxed);
  connection.stream.close();
  connection.state = Connection::State::closed;
  connection.outbound = nullptr;
  connection.parser.reset();
  connection.addresses.reset();
  connection.input.clear();
  if (connection.input.capacity() > most_kept_input) connection.input.shrink_to_fit();
  closed_.push_back(&connection);
}

void CallDispatcher::lose(Connection& connection, Code code, String detail, bool orderly) {
  OutboundCall& outbound = *connection.outbound;
  const Connection::State state = connection.state;
  const bool connected = state == Connection::State::sending || state == Connection::State::receiving;
  // The upstream cannot have executed a request that it did not receive. Any other request is sent again only if it is repeatable.
  const bool unread = connection.written == 0 || (orderly && !connection.stream.reached(connection.sent));
  const bool may = code != Code::upstream_timeout && !outbound.retried && !connection.answering &&
                   state != Connection::State::handshaking && (unread || outbound.repeatable);
  // A request that met a closing connection caused the upstream no load, so it costs no retry budget.
  const bool again = may && server_->may_retry(connected && unread);
  const Moment now = Clock::now();
  close(connection);
  outbound.connection = nullptr;
  if (again) {
    outbound.retried = true;
    dispatch(outbound, now);
  } else {
    fail(outbound, upstream_error(code, std::move(detail)), connected ? Verdict::bad : Verdict::unreachable);
  }
  dispatch_queued(now);
}

// --- to a connected socket -------------------------------------------------------------------------------------------

void CallDispatcher::connect(Connection& connection, Moment now) {
  connection.state = Connection::State::resolving;
  connection.answering = false;
  connection.written = 0;
  connection.address = 0;
  connection.fault.clear();
  connection.connect_by = connection.deadline = now + server_->settings.timeouts.connect;
  need(connection.deadline);
  connection.addresses = server_->look_up(now, [remote = remote_](const std::shared_ptr<const Lookup>& lookup) {
    remote->post([lookup](CallDispatcher& calls) { calls.on_addresses(lookup); });
  });
  if (connection.addresses != nullptr) connect_next(connection, now);
}

void CallDispatcher::on_addresses(const std::shared_ptr<const Lookup>& lookup) {
  const Moment now = Clock::now();
  for (std::size_t at = 0; at < connections_.size(); ++at) {
    Connection& connection = *connections_[at];
    if (connection.state != Connection::State::resolving) continue;
    connection.addresses = lookup;
    connect_next(connection, now);
  }
  wake_done();
}

String CallDispatcher::no_http(std::string_view bytes) const {
  return after_no_http(bytes, server_->answered.load(std::memory_order_relaxed), server_->place, server_->backend);
}

String CallDispatcher::fault_of(const Address& address, int error) const {
  return address.text() + ": " + message_of(error) + after_no_connection(error, server_->backend);
}

void CallDispatcher::connect_next(Connection& connection, Moment now) {
  connection.state = Connection::State::connecting;
  const Addresses& addresses = connection.addresses->addresses;
  if (addresses.empty()) {
    return lose(connection, Code::upstream_unreachable,
                server_->place.host + ": " + connection.addresses->fault + after_no_address(server_->backend));
  }
  for (; connection.address < addresses.size(); ++connection.address) {
    const Address& address = addresses[connection.address];
    connection.stream.close();
    io::Descriptor socket(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    if (socket.get() < 0) {
      connection.fault = message_of(errno);
      continue;
    }
    const int yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const int result = ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size);
    if (result != 0 && errno != EINPROGRESS) {
      connection.fault = fault_of(address, errno);
      continue;
    }
    if (!loop_.poller.add(socket.get(), connection)) {
      connection.fault = "no room in the poller";
      continue;
    }
    connection.stream = io::Stream(std::move(socket));
    // Each address gets an equal share of the time that is left.
    const auto left = static_cast<Clock::rep>(addresses.size() - connection.address);
    connection.deadline = now + std::max<Clock::duration>((connection.connect_by - now) / left, Clock::duration(1));
    ++connection.address;
    need(connection.deadline);
    if (result == 0) step(connection);
    return;
  }
  lose(connection, Code::upstream_unreachable, connection.fault);
}

bool CallDispatcher::step_connecting(Connection& connection) {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(connection.stream.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) {
    connection.fault = fault_of(connection.addresses->addresses[connection.address - 1], error);
    connect_next(connection, Clock::now());
    return false;
  }
  sockaddr_storage peer{};
  size = sizeof peer;
  if (::getpeername(connection.stream.get(), reinterpret_cast<sockaddr*>(&peer), &size) != 0) return false;  // not yet
  connection.deadline = connection.connect_by;
  need(connection.deadline);
  if (server_->tls == nullptr) {
    send(connection);
    return false;
  }
  connection.stream.secure(server_->tls->start(connection.stream.get(), server_->place.host));
  connection.state = Connection::State::handshaking;
  return true;
}

void CallDispatcher::step_handshake(Connection& connection) {
  const io::Moved moved = connection.stream.handshake();
  if (moved == io::Moved::some) {
    send(connection);
  } else if (moved != io::Moved::blocked) {
    const String what = "TLS: " + connection.stream.fault();
    lose(connection, Code::upstream_unreachable, what + after_no_tls(connection.stream.trouble(), server_->backend));
  }
}

// --- a request and its answer ----------------------------------------------------------------------------------------

void CallDispatcher::bind(OutboundCall& outbound, Connection& connection) {
  outbound.state = OutboundCall::State::bound;
  outbound.connection = &connection;
  connection.outbound = &outbound;
  send(connection);
}

void CallDispatcher::send(Connection& connection) {
  connection.state = Connection::State::sending;
  connection.written = 0;
  connection.sent = connection.stream.sent();
  connection.interims = 0;
  connection.answering = false;
  connection.deadline = Moment::max();  // only the deadline of the call counts
  step_sending(connection);
}

void CallDispatcher::step_sending(Connection& connection) {
  const OutboundCall* outbound = connection.outbound;
  const std::string_view out = outbound->out.view();
  bool broken = false;
  while (connection.written < out.size()) {
    std::size_t count = 0;
    const io::Moved moved = connection.stream.send(out.substr(connection.written), count);
    if (moved == io::Moved::blocked) break;
    if (moved != io::Moved::some) {
      // An answer may have come anyway: a server may refuse a request that it has not read completely.
      connection.stream.note({.readable = true, .writable = false, .ended = true});
      connection.state = Connection::State::receiving;
      broken = true;
      break;
    }
    connection.written += count;
  }
  if (connection.written == out.size()) {
    connection.state = Connection::State::receiving;
    connection.deadline = Clock::now() + server_->settings.timeouts.first_byte;
    need(connection.deadline);
  }
  // A new socket has reported nothing yet, and a kept one was checked to be empty.
  if (connection.stream.readable()) step_receiving(connection);
  const bool still = broken && connection.outbound == outbound && connection.state == Connection::State::receiving;
  if (still && connection.written < out.size()) lose(connection, Code::upstream_failed, "connection lost");
}

void CallDispatcher::step_receiving(Connection& connection) {
  while (connection.stream.readable()) {
    std::size_t count = 0;
    const io::Moved moved = connection.stream.receive(room_.get(), room_size, count);
    if (moved == io::Moved::blocked) return;
    if (moved == io::Moved::failed) {
      const String what = "connection lost: " + connection.stream.fault();
      return lose(connection, Code::upstream_failed, connection.answering ? what : what + no_http({}));
    }
    if (moved == io::Moved::ended) {
      if (connection.parser && connection.parser->finish() == AnswerState::complete) return answered(connection, false);
      String what = connection.answering ? "the answer is cut off" : "closed before an answer";
      // If there is a parser, the bytes began like HTTP.
      if (!connection.parser) what += no_http(connection.input);
      return lose(connection, Code::upstream_failed, std::move(what), true);
    }
    if (!connection.answering) {
      connection.answering = true;
      connection.deadline = Moment::max();
    }
    std::string_view bytes(room_.get(), count);
    if (!connection.input.empty()) {
      connection.input.append(bytes);
      bytes = connection.input;
    }
    std::size_t used = 0;
    const AnswerState state = understand(connection, bytes, used);
    if (state == AnswerState::failed) {
      const std::string_view fault = connection.parser ? connection.parser->fault() : "too many interim answers";
      return lose(connection, Code::upstream_failed, String(fault) + no_http(bytes));
    }
    if (state == AnswerState::complete) return answered(connection, used == bytes.size());
    if (connection.input.empty()) {
      connection.input.assign(bytes.substr(used));
    } else {
      connection.input.erase(0, used);
    }
  }
}

AnswerState CallDispatcher::understand(Connection& connection, std::string_view& bytes, std::size_t& used) {
  OutboundCall& outbound = *connection.outbound;
  for (;;) {
    if (!connection.parser) {
      const std::string_view rest = bytes.substr(used);
      std::size_t at = 0;
      if (rest.size() <= std::string_view("HTTP/1.1 200 ").size()) return AnswerState::incomplete;
      if (lacks_blank(rest, at)) {
        connection.input = String(rest.substr(0, at)) + ' ' + String(rest.substr(at));
        bytes = connection.input;
        used = 0;
      }
      std::size_t size = 0;
      if (!outbound.to_head) {
        size = read_plain_answer(bytes.substr(used), server_->settings.answer, outbound.response, connection.plain_end);
      }
      if (size != 0) {
        used += size;
        return AnswerState::complete;
      }
      connection.parser.emplace(outbound.response, server_->settings.answer, outbound.to_head);
    }
    std::size_t count = 0;
    const AnswerState state = connection.parser->parse(bytes.substr(used), count);
    used += count;
    if (state != AnswerState::complete || !connection.parser->interim()) return state;
    connection.parser.reset();
    if (++connection.interims > most_interims) return AnswerState::failed;
  }
}

void CallDispatcher::answered(Connection& connection, bool clean) {
  OutboundCall& outbound = *connection.outbound;
  const AnswerEnd end = connection.parser ? connection.parser->end() : connection.plain_end;
  if (!server_->answered.load(std::memory_order_relaxed)) server_->answered.store(true, std::memory_order_relaxed);
  const Moment now = Clock::now();
  if (clean && end.reusable && connection.written == outbound.out.size()) {
    connection.state = Connection::State::idle;
    connection.outbound = nullptr;
    connection.parser.reset();
    connection.input.clear();
    connection.deadline = now + end.rest;
    idle_.push_back(&connection);
    need(connection.deadline);
  } else {
    close(connection);
  }
  succeed(outbound, end.packed, now);
  dispatch_queued(now);
}

void CallDispatcher::step(Connection& connection) {
  switch (connection.state) {
    case Connection::State::closed:
    case Connection::State::resolving:
      return;
    case Connection::State::idle:
      if (connection.stream.quiet()) return;
      std::erase(idle_, &connection);
      return close(connection);
    case Connection::State::connecting:
      if (!step_connecting(connection)) return;
      [[fallthrough]];
    case Connection::State::handshaking:
      step_handshake(connection);
      return;
    case Connection::State::sending:
      step_sending(connection);
      return;
    case Connection::State::receiving:
      return step_receiving(connection);
  }
}

}  // namespace parley::upstream
