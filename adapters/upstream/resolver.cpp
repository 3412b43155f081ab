// Runs c-ares in a poll loop over its sockets and one event descriptor, which announces new questions.
#include "adapters/upstream/resolver.hpp"

#include <ares.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>

#include "adapters/io/blocked_signals.hpp"
#include "adapters/io/descriptor.hpp"

namespace parley::upstream {
namespace {

constexpr int first_timeout_ms = 1500;
constexpr int tries = 2;

struct Question {
  String host;
  std::uint16_t port;
  Resolver::Done done;
};

void set_port(Address& address, std::uint16_t port) noexcept {
  if (address.bytes.ss_family == AF_INET) {
    reinterpret_cast<sockaddr_in*>(&address.bytes)->sin_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in6*>(&address.bytes)->sin6_port = htons(port);
  }
}

Resolved read(int status, const ares_addrinfo* found, std::uint16_t port) {
  Resolved resolved;
  int ttl = 300;
  for (const ares_addrinfo_node* node = found == nullptr ? nullptr : found->nodes; node != nullptr;
       node = node->ai_next) {
    if (node->ai_family != AF_INET && node->ai_family != AF_INET6) continue;
    Address address;
    address.size = static_cast<socklen_t>(node->ai_addrlen);
    std::memcpy(&address.bytes, node->ai_addr, address.size);
    set_port(address, port);
    resolved.addresses.push_back(address);
    ttl = std::min(ttl, node->ai_ttl);
  }
  if (resolved.addresses.empty()) {
    resolved.fault = status == ARES_SUCCESS ? "no address" : ares_strerror(status);
    ttl = 1;
  }
  resolved.ttl = std::chrono::seconds(std::clamp(ttl, 1, 300));
  return resolved;
}

void refuse(const Question& question, const char* fault) {
  Resolved nothing;
  nothing.fault = fault;
  question.done(std::move(nothing));
}

class AresResolver final : public Resolver {
 public:
  AresResolver() : wake_event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    const io::BlockedSignals blocked;
    thread_ = std::thread([this] { run(); });
  }
  ~AresResolver() override {
    {
      const std::scoped_lock lock(mutex_);
      ending_ = true;
    }
    wake();
    thread_.join();
  }

  void resolve(const String& host, std::uint16_t port, Done done) override {
    {
      const std::scoped_lock lock(mutex_);
      asked_.push_back({host, port, std::move(done)});
    }
    wake();
  }

 private:
  struct Asked {
    AresResolver* self;
    Question question;
  };

  void wake() const {
    const std::uint64_t one = 1;
    static_cast<void>(::write(wake_event_.get(), &one, sizeof one));
  }

  void run() {
    for (;;) {
      List<Question> asked;
      {
        const std::scoped_lock lock(mutex_);
        if (ending_) break;
        asked.swap(asked_);
      }
      for (Question& question : asked) ask(std::move(question));
      if (open_ == 0) close_channel();
      wait();
    }
    close_channel();  // answers the open questions with an error
    const std::scoped_lock lock(mutex_);
    for (const Question& question : asked_) refuse(question, "stopping");
    asked_.clear();
  }

  // Without open questions the channel is closed. A new one reads the system's settings again.
  bool open_channel() {
    if (channel_ != nullptr) return true;
    ares_options options{};
    options.timeout = first_timeout_ms;
    options.tries = tries;
    options.sock_state_cb = &note_socket;
    options.sock_state_cb_data = this;
    return ares_init_options(&channel_, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB) ==
           ARES_SUCCESS;
  }
  void close_channel() {
    if (channel_ == nullptr) return;
    ares_destroy(channel_);
    channel_ = nullptr;
    sockets_.clear();
  }

  void ask(Question question) {
    if (!open_channel()) {
      channel_ = nullptr;
      refuse(question, "no resolver");
      return;
    }
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    ++open_;
    auto asked = std::make_unique<Asked>(Asked{this, std::move(question)});
    const char* host = asked->question.host.c_str();
    ares_getaddrinfo(channel_, host, nullptr, &hints, &answer, asked.release());
  }

  static void answer(void* data, int status, int, ares_addrinfo* found) {
    const std::unique_ptr<Asked> asked(static_cast<Asked*>(data));
    --asked->self->open_;
    Resolved resolved = read(status, found, asked->question.port);
    if (found != nullptr) ares_freeaddrinfo(found);
    asked->question.done(std::move(resolved));
  }

  static void note_socket(void* data, ares_socket_t socket, int readable, int writable) {
    auto& sockets = static_cast<AresResolver*>(data)->sockets_;
    std::erase_if(sockets, [socket](const pollfd& one) { return one.fd == socket; });
    const auto events = static_cast<short>((readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0));
    if (events != 0) sockets.push_back({socket, events, 0});
  }

  void wait() {
    List<pollfd> sockets = sockets_;
    sockets.push_back({wake_event_.get(), POLLIN, 0});
    int timeout = -1;
    timeval longest{};
    if (channel_ != nullptr) {
      const timeval* left = ares_timeout(channel_, nullptr, &longest);
      if (left != nullptr) timeout = static_cast<int>(left->tv_sec * 1000 + left->tv_usec / 1000 + 1);
    }
    const int ready = ::poll(sockets.data(), sockets.size(), timeout);
    if ((sockets.back().revents & POLLIN) != 0) {
      std::uint64_t count = 0;
      static_cast<void>(::read(wake_event_.get(), &count, sizeof count));
    }
    sockets.pop_back();
    if (channel_ == nullptr) return;
    if (ready <= 0) return ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (const pollfd& one : sockets) {
      if (one.revents == 0) continue;
      const bool readable = (one.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
      const bool writable = (one.revents & (POLLOUT | POLLERR)) != 0;
      ares_process_fd(channel_, readable ? one.fd : ARES_SOCKET_BAD, writable ? one.fd : ARES_SOCKET_BAD);
    }
  }

  io::Descriptor wake_event_;
  std::mutex mutex_;
  List<Question> asked_;
  bool ending_ = false;
  // Used by the resolver's thread only:
  ares_channel channel_ = nullptr;
  List<pollfd> sockets_;
  std::size_t open_ = 0;
  std::thread thread_;
};

}  // namespace

Resolver& Resolver::shared() {
  static const int initialized = ares_library_init(ARES_LIB_INIT_ALL);
  static_cast<void>(initialized);
  static AresResolver resolver;
  return resolver;
}

}  // namespace parley::upstream
