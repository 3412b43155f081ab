// What survives kill -9, and what happens on a full disk. Each test uses a child process.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <barrier>
#include <thread>

#include "tests/adapters/sqlite/world.hpp"

using namespace parley;
using namespace parley::sqlite::test;

namespace {

/// A child process with a pipe to the test. `run` gets the writing end and must not return to the test.
class Child {
 public:
  template <class F>
  explicit Child(F run) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      ::close(ends[0]);
      try {
        run(ends[1]);
      } catch (...) {  // a failed REQUIRE: the child must not run the other tests
        ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() {
    ::close(pipe_);
    if (process_ > 0) kill_now();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// The next number that the child sends; nothing when it has ended.
  std::optional<int> next() {
    int number = 0;
    if (::read(pipe_, &number, sizeof number) != sizeof number) return std::nullopt;
    return number;
  }
  void kill_now() {
    ::kill(process_, SIGKILL);
    wait();
  }
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return status;
  }

 private:
  pid_t process_;
  int pipe_;
};

void send(int pipe, int number) {
  if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
}

RegisterVisitor numbered(int number) {
  RegisterVisitor operation = registration("token " + std::to_string(number));
  operation.name = "Visitor " + std::to_string(number);
  operation.phone = std::to_string(number);
  return operation;
}

}  // namespace

TEST_CASE("acknowledged writes are there after kill -9") {
  for (const int enough : {1, 7, 60, 700}) {
    CAPTURE(enough);
    const Folder folder;
    int last = -1;
    {
      Child child([&](int pipe) {
        const auto store = open(folder.file());
        Worker worker(*store);
        for (int number = 0;; ++number) {
          if (!worker.run(numbered(number)).has_value()) ::_exit(1);
          send(pipe, number);
        }
      });
      while (last < enough) {
        const auto number = child.next();
        REQUIRE(number.has_value());
        last = *number;
      }
      child.kill_now();
      while (const auto number = child.next()) last = *number;  // acknowledged before the kill
    }
    const auto store = open(folder.file());
    Worker worker(*store);
    for (int number = 0; number <= last; ++number) {
      const Visitor visitor = worker.visitor(by_token("token " + std::to_string(number)));
      CHECK(visitor.name == "Visitor " + std::to_string(number));
      CHECK(visitor.phones == List<Text>{std::to_string(number)});
      CHECK(visitor.username == "guest-" + std::to_string(number + 2));
    }
    const auto all = worker.list<Visitor>(ListVisitors{});
    CHECK(all.size() >= static_cast<std::size_t>(last + 1));
    CHECK(all.size() <= static_cast<std::size_t>(last + 2));  // at most the one in progress
    CHECK(worker.visitor(registration("next")).username == "guest-" + std::to_string(all.size() + 2));
  }
}

TEST_CASE("on a full disk writes are refused and reads work; writes work again when there is room") {
  const Folder folder;
  Child child([&](int pipe) {
    const auto step = [pipe](bool good, int number) {
      if (!good) ::_exit(number);
      send(pipe, number);
    };
    ::signal(SIGXFSZ, SIG_IGN);
    const auto store = open(folder.file());
    Worker worker(*store);
    worker.visitor(numbered(0));
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit open_limit = limit;
    limit.rlim_cur = 512 * 1024;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int number = 1;
    for (;; ++number) {
      if (number > 100'000) ::_exit(99);
      RegisterVisitor large = numbered(number);
      large.name = String(20'000, 'x');
      const auto result = worker.run(large);
      if (result) continue;
      step(result.error().code == Code::unavailable && result.error().retryable && !result.error().detail.empty(), 1);
      break;
    }
    // The refused write is not stored, the acknowledged ones are.
    step(worker.refused(by_token("token " + std::to_string(number))) == Code::no_such_visitor, 2);
    step(worker.visitor(by_token("token " + std::to_string(number - 1))).name.size() >= 9, 3);
    ::setrlimit(RLIMIT_FSIZE, &open_limit);
    step(worker.run(numbered(number)).has_value(), 4);
    step(worker.visitor(by_token("token " + std::to_string(number))).username == "guest-" + std::to_string(number + 2),
         5);
  });
  for (int number = 1; number <= 5; ++number) CHECK(child.next().value_or(-1) == number);
  CHECK(child.wait() == 0);
}

TEST_CASE("a write that does not fit does not fail the others of its group") {
  const Folder folder;
  Child child([&](int pipe) {
    ::signal(SIGXFSZ, SIG_IGN);
    const auto store = open(folder.file());
    Worker worker(*store);
    worker.visitor(numbered(0));
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 1024 * 1024;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::barrier held(2);
    std::barrier queued(2);
    contract::Call holding;
    bool first = true;
    holding.vet = [&](const Outcome&) -> Result<void> {
      if (std::exchange(first, false)) {
        held.arrive_and_wait();
        queued.arrive_and_wait();
      }
      return {};
    };
    std::thread other([&] {
      Worker another(*store);
      another.run(numbered(1), holding);
    });
    held.arrive_and_wait();
    // While the writer is held, three more writes are queued. They become one group, and the middle one is too large for the disk.
    const Operation operations[] = {numbered(2),
                                    [] {
                                      RegisterVisitor large = numbered(3);
                                      large.name = String(8'000'000, 'x');
                                      return large;
                                    }(),
                                    numbered(4)};
    const contract::Call call;
    std::optional<Result<Outcome>> results[3];
    for (int at = 0; at < 3; ++at) {
      asio::co_spawn(worker.context(), execute_into(worker.session(), operations[at], call, results[at]),
                     asio::detached);
    }
    worker.context().restart();
    worker.context().poll();
    queued.arrive_and_wait();
    worker.context().run();
    other.join();
    for (int at = 0; at < 3; ++at) send(pipe, results[at]->has_value() ? 1 : 0);
    send(pipe, static_cast<int>(results[1]->error().code));
    for (const int number : {1, 2, 4})
      send(pipe, worker.run(by_token("token " + std::to_string(number))).has_value() ? 1 : 0);
    send(pipe, static_cast<int>(worker.refused(by_token("token 3"))));
    // Guest numbers are consecutive, as if the large write had never come.
    send(pipe, worker.visitor(by_token("token 4")).username == "guest-5" ? 1 : 0);
  });
  for (const int expected :
       {1, 0, 1, static_cast<int>(Code::unavailable), 1, 1, 1, static_cast<int>(Code::no_such_visitor), 1}) {
    CHECK(child.next().value_or(-1) == expected);
  }
  CHECK(child.wait() == 0);
}
