// Watchers that destroy each other while a batch of events is dispatched.
#include "adapters/io/poller.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>

using namespace parley;

namespace {

/// One end of a pair of sockets. When it is told, it destroys the other watcher.
class Killer final : public io::Watcher {
 public:
  Killer(std::unique_ptr<Killer>& victim, int& told) : victim_(victim), told_(told) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    mine_ = io::Descriptor(ends[0]);
    other_ = io::Descriptor(ends[1]);
  }
  [[nodiscard]] int socket() const { return mine_.get(); }
  void make_readable() const { REQUIRE(::send(other_.get(), "x", 1, 0) == 1); }
  void tell(io::Readiness readiness) override {
    if (!readiness.readable) return;
    ++told_;
    victim_.reset();
  }

 private:
  std::unique_ptr<Killer>& victim_;
  int& told_;
  io::Descriptor mine_;
  io::Descriptor other_;
};

}  // namespace

TEST_CASE("a watcher that is destroyed during a batch gets no event of that batch") {
  boost::asio::io_context context(1);
  io::Poller poller;
  std::unique_ptr<Killer> first;
  std::unique_ptr<Killer> second;
  int told = 0;
  first = std::make_unique<Killer>(second, told);
  second = std::make_unique<Killer>(first, told);
  first->make_readable();
  second->make_readable();
  REQUIRE(poller.add(first->socket(), *first));
  REQUIRE(poller.add(second->socket(), *second));
  boost::asio::co_spawn(context, poller.run(context.get_executor()), boost::asio::detached);
  while (told == 0) context.run_one();
  context.poll();
  CHECK(told == 1);
  CHECK((first == nullptr) != (second == nullptr));
}
