// The queue is bounded in bytes, and its buffers go round: in a steady flow nothing is allocated.
#include "gateway/observe/line_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <system_error>
#include <utility>

#include "adapters/io/blocked_signals.hpp"

namespace parley::observe {
namespace {

constexpr std::size_t most_spare = 8;
constexpr int look_again_ms = 100;       // whether the end has come, while nobody reads
constexpr int patience_at_the_end = 10;  // such looks

Error cannot_open(const String& path, int error) {
  return {.code = Code::unavailable,
          .message = "cannot open the access log " + path + ": " + std::generic_category().message(error)};
}

/// Standard output is duplicated, so that it is closed like any other file. Not to block: a pipe without a reader is an error.
Result<io::Descriptor> open_file(const String& path) {
  const int file = path == "-" ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
                               : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0640);
  if (file < 0) return cannot_open(path, errno);
  return io::Descriptor(file);
}

}  // namespace

LineFile::~LineFile() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  filled_.notify_one();
  thread_.join();
}

Result<void> LineFile::use(const String& path) {
  io::Descriptor file;
  if (!path.empty()) {
    Result<io::Descriptor> opened = open_file(path);
    if (!opened) return std::move(opened).error();
    file = *std::move(opened);
  }
  path_ = path;
  adopt(std::move(file));
  return {};
}

Result<void> LineFile::reopen() { return path_.empty() || path_ == "-" ? Result<void>() : use(path_); }

void LineFile::adopt(io::Descriptor file) {
  wanted_.store(file.get() >= 0, std::memory_order_relaxed);
  {
    const std::scoped_lock lock(mutex_);
    next_ = std::move(file);
    changed_ = true;
  }
  filled_.notify_one();
  if (thread_.joinable() || path_.empty()) return;
  const io::BlockedSignals blocked;  // also that of a pipe that nobody reads any more, which would end the process
  thread_ = std::thread([this] { run(); });
}

void LineFile::write(Buffer& bytes, std::uint64_t lines) {
  if (bytes.empty()) return;
  {
    const std::scoped_lock lock(mutex_);
    if (waiting_bytes_ + bytes.size() > most_waiting) {
      dropped_.fetch_add(lines, std::memory_order_relaxed);
      bytes.clear();
      return;
    }
    waiting_bytes_ += bytes.size();
    waiting_.push_back({std::move(bytes), lines});
    if (!spare_.empty()) {
      bytes = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  filled_.notify_one();
}

void LineFile::run() {
  io::Descriptor file;
  List<Chunk> chunks;
  for (bool last = false; !last;) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return !waiting_.empty() || changed_ || ending_; });
    chunks.swap(waiting_);
    std::optional<io::Descriptor> next;
    if (std::exchange(changed_, false)) next = std::exchange(next_, io::Descriptor());
    last = ending_;
    lock.unlock();

    if (file.get() < 0 && next) file = *std::exchange(next, std::nullopt);
    std::size_t done = 0;
    for (Chunk& chunk : chunks) {
      (put(file, chunk.bytes.view()) ? written_ : dropped_).fetch_add(chunk.lines, std::memory_order_relaxed);
      done += chunk.bytes.size();
      chunk.bytes.clear();
    }
    if (next) {  // what was there before the change belongs to the file from before
      file = *std::move(next);
      torn_ = false;
    }

    lock.lock();
    waiting_bytes_ -= done;
    for (Chunk& chunk : chunks) {
      if (spare_.size() < most_spare) spare_.push_back(std::move(chunk.bytes));
    }
    chunks.clear();
  }
}

bool LineFile::put(const io::Descriptor& file, std::string_view bytes) {
  if (file.get() < 0) return false;
  if (torn_) {
    if (::write(file.get(), "\n", 1) != 1) return false;
    torn_ = false;
  }
  while (!bytes.empty()) {
    if (looks_at_the_end_ == patience_at_the_end) return false;
    pollfd writable{file.get(), POLLOUT, 0};
    if (::poll(&writable, 1, look_again_ms) == 0) {
      if (ending_) ++looks_at_the_end_;
      continue;
    }
    // Of a pipe that is said to be writable no more than this is sure to go without waiting.
    const std::ptrdiff_t count = ::write(file.get(), bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
    torn_ = !bytes.empty();
  }
  return true;
}

}  // namespace parley::observe
