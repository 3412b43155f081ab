// A file that lines are added to by a thread of its own: whoever has lines never waits for a disk or a pipe.
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
  /// A file that is open and not in use yet.
  struct Opened {
    String path;
    io::Descriptor file;
  };

  LineFile() = default;
  /// Writes what waits, for at most a second where nobody reads it.
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// Does all that can fail of a switch to that file, and changes nothing; `-` is standard output, empty: nowhere. One
  /// thread at a time. Errors: unavailable, whose message names the file and why.
  [[nodiscard]] Result<Opened> open(const String& path);
  /// Whether `open` would find the file, or could make it. Makes none. Errors: those of `open`.
  [[nodiscard]] static Result<void> try_open(const String& path);
  /// From now on lines go to the end of that file. Those before go to the old one, as far as it takes them within
  /// `patience_with_old`; the others are dropped and counted. Waits first for a switch that is still pending, for 1 s at
  /// most: then that file is skipped, and its lines go to this one. One thread at a time.
  void adopt(Opened opened) noexcept;
  /// Both at once, with the error of `open`.
  Result<void> use(const String& path);
  /// Opens the same path again, after a rotation has moved the file away. One thread at a time; the old one stays in
  /// use where that fails, with the error of `open`.
  Result<void> reopen();

  /// Whether there is a file. Any thread.
  [[nodiscard]] bool wanted() const noexcept { return wanted_.load(std::memory_order_relaxed); }
  /// Takes `bytes`, which are `lines` whole lines, and leaves an empty buffer. Any thread; never waits: where too much
  /// is waiting already, the lines are dropped and counted.
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
  std::mutex mutex_;  // over what follows
  std::condition_variable filled_;
  std::condition_variable switched_;
  List<Chunk> waiting_;                 // for the present file
  std::optional<io::Descriptor> next_;  // a switch that has not been made yet
  List<Chunk> after_;                   // for that file
  List<Buffer> spare_;
  std::size_t waiting_bytes_ = 0;

  std::atomic<bool> switching_{false};  // there is a next one: the present file is not waited for much longer
  std::atomic<bool> ending_{false};     // neither here
  std::atomic<bool> wanted_{false};
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> dropped_{0};

  // Of the thread.
  io::Descriptor file_;
  bool torn_ = false;                          // the last line is not whole
  std::optional<Clock::time_point> deadline_;  // when the present file is given up
  std::thread thread_;
};

}  // namespace parley::gateway::observe
