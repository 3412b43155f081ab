// See fake_source.hpp.
#include "tests/gateway/net/fake_source.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <stdexcept>

namespace parley::test {
namespace {

/// Wakes after 1 ms on the worker's thread, unless it was destroyed before.
class SoonWaker {
 public:
  explicit SoonWaker(const contract::Executor& executor) : timer_(executor) {}
  ~SoonWaker() { *alive_ = false; }
  SoonWaker(const SoonWaker&) = delete;
  SoonWaker& operator=(const SoonWaker&) = delete;

  void wake_soon(http::Waker& waker) {
    timer_.expires_after(std::chrono::milliseconds(1));
    timer_.async_wait([alive = alive_, &waker](const boost::system::error_code& error) {
      if (!error && *alive) waker.wake();
    });
  }

 private:
  using Clock = std::chrono::steady_clock;
  boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, contract::Executor> timer_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

class FakeSource final : public http::BodySource {
 public:
  FakeSource(std::string steps, const contract::Executor& executor) : steps_(std::move(steps)), soon_(executor) {
    ++fake_sources.alive;
  }
  ~FakeSource() override { --fake_sources.alive; }

  Result<Progress> read(Buffer& out, http::Waker& waker) override {
    if (steps_[next_] == 'w') {
      if (!fake_sources.release) {
        soon_.wake_soon(waker);
        return Progress::wait;
      }
      ++next_;
    }
    if (steps_[next_] == 'x') return Error{.code = Code::upstream_failed, .message = "the source broke"};
    if (steps_[next_] == 't') throw std::runtime_error("a source that breaks its contract");
    if (next_ == steps_.size()) return Progress::end;
    out.append(std::string(fake_sources.piece, steps_[next_++]));
    ++fake_sources.read;
    return next_ == steps_.size() ? Progress::end : Progress::more;
  }
  [[nodiscard]] std::uint64_t held() const noexcept override { return fake_sources.held; }

 private:
  std::string steps_;
  std::size_t next_ = 0;
  SoonWaker soon_;
};

class FakeEcho final : public http::Upgrade {
 public:
  explicit FakeEcho(const contract::Executor& executor) : soon_(executor) { ++fake_sources.alive; }
  ~FakeEcho() override { --fake_sources.alive; }

  bool take(const Turn& turn, Buffer& out, http::Waker& waker) override {
    if (turn.draining) out.append("goodbye");
    if (turn.ended) out.append("you too");
    if (turn.bytes.empty() && later_ && !turn.draining && !turn.ended) out.append("now");
    later_ = turn.bytes == "later";
    if (later_) soon_.wake_soon(waker);
    if (turn.bytes == "much") {
      out.append(std::string(64 * 1024 * 1024, 'm'));
    } else {
      out.append(turn.bytes);
    }
    return turn.bytes != "quit";
  }

 private:
  bool later_ = false;
  SoonWaker soon_;
};

}  // namespace

std::unique_ptr<http::BodySource> make_fake_source(std::string steps, const contract::Executor& executor) {
  return std::make_unique<FakeSource>(std::move(steps), executor);
}

std::unique_ptr<http::Upgrade> make_fake_echo(const contract::Executor& executor) {
  return std::make_unique<FakeEcho>(executor);
}

}  // namespace parley::test
