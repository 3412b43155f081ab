// Child processes of tests: a program that runs to its end, and a program that runs while a test talks to it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace parley::test {

/// The result of a program that has ended. `code` is its exit code, or 128 + the signal that ended it.
struct Finished {
  int code = -1;
  std::string out;
  std::string err;
};

/// How to start a program. `command[0]` is searched in PATH.
struct Launch {
  std::vector<std::string> command;
  std::string input = {};                     ///< its standard input, then end of file
  std::string directory = {};                 ///< its working directory; empty = ours
  std::vector<std::string> environment = {};  ///< changes to our environment: NAME=VALUE sets, NAME alone unsets
};

/// A running child process. The destructor kills it and its process group. The kernel kills it if the test program dies first.
class Process {
 public:
  explicit Process(const Launch& launch);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t id() const noexcept { return id_; }
  void signal(int number) const;
  /// Waits until at least `count` lines of output and error output contain `text`. Returns all of them, those of the output first. Throws
  /// std::runtime_error with all output if the child ends before that, or `limit` passes.
  std::vector<std::string> wait_for_lines(std::string_view text, std::size_t count = 1,
                                          std::chrono::seconds limit = std::chrono::seconds(30));
  /// Waits for the end. Throws std::runtime_error after `limit`.
  Finished wait(std::chrono::seconds limit = std::chrono::seconds(30));
  /// Its output so far.
  [[nodiscard]] std::string output() const;
  [[nodiscard]] std::string errors() const;

 private:
  void drain(int descriptor, std::string& into);
  bool reap();

  pid_t id_ = -1;
  int code_ = -1;
  bool ended_ = false;
  mutable std::mutex mutex_;
  std::condition_variable said_;
  std::string out_;
  std::string err_;
  int open_streams_ = 2;
  std::thread out_reader_;
  std::thread err_reader_;
  std::thread in_writer_;
};

/// Starts a program and waits for its end.
Finished run(const Launch& launch, std::chrono::seconds limit = std::chrono::seconds(60));

}  // namespace parley::test
