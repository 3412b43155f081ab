// A file that lines are added to by a thread of its own: whoever has lines never waits for a disk or a pipe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "adapters/io/descriptor.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::observe {

class LineFile {
 public:
  LineFile() = default;
  /// Writes what waits, for at most a second where nobody reads it.
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// From now on lines go to the end of that file; `-` is standard output, empty: nowhere. One thread at a time.
  /// Errors: unavailable, whose message names the file and why; then nothing has changed.
  Result<void> use(const String& path);
  /// Opens the same path again, after a rotation has moved the file away. One thread at a time; the old one stays in
  /// use where that fails, with the error of `use`.
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

 private:
  /// Lines, or the file that the next ones go to.
  struct Chunk {
    Buffer bytes{};
    std::uint64_t lines = 0;
    std::optional<io::Descriptor> file{};
  };

  void adopt(io::Descriptor file);
  void run();
  bool put(const io::Descriptor& file, std::string_view bytes);

  String path_;
  std::mutex mutex_;
  std::condition_variable filled_;
  List<Chunk> waiting_;
  List<Buffer> spare_;
  std::size_t waiting_bytes_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<bool> wanted_{false};
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> dropped_{0};
  bool torn_ = false;         // of the thread: the last line is not whole
  int looks_at_the_end_ = 0;  // of the thread: how often nobody was reading
  std::thread thread_;
};

}  // namespace parley::observe
