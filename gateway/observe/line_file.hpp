// A log file with its own thread: `write` never waits for a disk or a pipe.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "adapters/io/descriptor.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::observe {

class LineFile {
 public:
  /// An open file that is not in use yet.
  struct Opened {
    String path;
    io::Descriptor file;
  };

  LineFile() = default;
  /// Writes the waiting lines. Gives up after 1 s if nobody reads them.
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// Does the part of a switch to `path` that can fail, and changes nothing. `-` is standard output; empty = no log. Call it
  /// from one thread at a time. Errors: unavailable; the message names the file and the reason.
  [[nodiscard]] Result<Opened> open(const String& path);
  /// Checks whether `open` would succeed. Creates no file. Errors: those of `open`.
  [[nodiscard]] static Result<void> try_open(const String& path);
  /// Switches to that file: new lines are appended to it. Lines from before go to the old file; those that it does not take
  /// within `patience_with_old` are dropped and counted. If another switch is still pending, waits for it for at most 1 s.
  /// After that its file is skipped, and its lines go to this file. Call it from one thread at a time.
  void adopt(Opened opened) noexcept;
  /// `open`, then `adopt`. Errors: those of `open`.
  Result<void> use(const String& path);
  /// Opens the same path again, after a rotation has moved the file. On failure the old file stays in use. Call it from one
  /// thread at a time. Errors: those of `open`.
  Result<void> reopen();

  /// Whether lines are written to a file. Any thread.
  [[nodiscard]] bool wanted() const noexcept { return wanted_.load(std::memory_order_relaxed); }
  /// Takes `bytes`, which hold `lines` complete lines, and leaves an empty buffer. If too many bytes are waiting, drops the
  /// lines and counts them. Any thread. Never waits for the file.
  void write(Buffer& bytes, std::uint64_t lines);

  /// Any thread.
  [[nodiscard]] std::uint64_t written() const noexcept { return written_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

  static constexpr std::size_t most_waiting = 8U << 20U;  ///< bytes
  static constexpr std::chrono::milliseconds patience_with_old{100};
  static constexpr std::chrono::milliseconds patience_with_a_switch{1000};
  static constexpr std::chrono::milliseconds patience_at_the_end{1000};

 private:
  using Clock = std::chrono::steady_clock;
  struct Chunk {
    Buffer bytes{};
    std::uint64_t lines = 0;
  };

  void run();
  bool put(std::string_view bytes);
  bool wait_for_room();

  String path_;
  std::mutex mutex_;  // guards the members below
  std::condition_variable filled_;
  std::condition_variable switched_;
  List<Chunk> waiting_;                 // for the present file
  std::optional<io::Descriptor> next_;  // the file of a pending switch
  List<Chunk> after_;                   // for that file
  List<Buffer> spare_;
  std::size_t waiting_bytes_ = 0;

  std::atomic<bool> switching_{false};  // a switch is pending: the old file gets little time
  std::atomic<bool> ending_{false};     // the destructor runs: the file gets little time
  std::atomic<bool> wanted_{false};
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> dropped_{0};

  // Used by the thread only:
  io::Descriptor file_;
  bool torn_ = false;                          // the last line was cut off
  std::optional<Clock::time_point> deadline_;  // when to give up the present file
  std::thread thread_;
};

}  // namespace parley::gateway::observe
