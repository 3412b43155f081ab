// What a reply of the fake vendor can end in: a source whose steps the test writes down, and a protocol that gives back what it is given.
#pragma once

#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/contract/backend.hpp"
#include "adapters/http/body_source.hpp"
#include "adapters/http/upgrade.hpp"

namespace parley::test {

/// What the sources of all workers share with the test.
struct FakeSources {
  std::atomic<int> alive{0};
  std::atomic<int> read{0};             ///< pieces
  std::atomic<std::size_t> piece{100};  ///< bytes of one
  std::atomic<std::uint64_t> held{0};
  std::atomic<bool> release{false};  ///< lets a wait end
};
inline FakeSources fake_sources;

/// Wakes soon, on the worker's thread; not at all once it is gone.
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

/// A step a letter: `m` a piece of that letter, `w` wait until the test releases it, `x` an error, `t` an exception.
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

/// Gives back what it is given. `quit` ends it, `later` has it say something by itself, `much` has it say very much.
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

}  // namespace parley::test
