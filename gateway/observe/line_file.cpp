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

/// Standard output is duplicated, so that it is closed like any other file. Not to block: a pipe without a reader is an
/// error.
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
    waiting_.push_back({.file = std::move(file)});
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
    waiting_.push_back({.bytes = std::move(bytes), .lines = lines});
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
    filled_.wait(lock, [this] { return !waiting_.empty() || ending_; });
    chunks.swap(waiting_);
    last = ending_;
    lock.unlock();

    std::size_t done = 0;
    for (Chunk& chunk : chunks) {
      if (chunk.file) {
        file = *std::move(chunk.file);
        torn_ = false;
        continue;
      }
      (put(file, chunk.bytes.view()) ? written_ : dropped_).fetch_add(chunk.lines, std::memory_order_relaxed);
      done += chunk.bytes.size();
      chunk.bytes.clear();
    }

    lock.lock();
    waiting_bytes_ -= done;
    for (Chunk& chunk : chunks) {
      if (!chunk.file && spare_.size() < most_spare) spare_.push_back(std::move(chunk.bytes));
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
  // Of a pipe that is said to be writable no more than PIPE_BUF is sure to go without waiting; standard output may be
  // one.
  const bool waits = (::fcntl(file.get(), F_GETFL) & O_NONBLOCK) == 0;
  while (!bytes.empty()) {
    if (looks_at_the_end_ == patience_at_the_end) return false;
    pollfd writable{file.get(), POLLOUT, 0};
    if (::poll(&writable, 1, look_again_ms) == 0) {
      if (ending_) ++looks_at_the_end_;
      continue;
    }
    const std::ptrdiff_t count =
        ::write(file.get(), bytes.data(), waits ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
    torn_ = !bytes.empty();
  }
  return true;
}

}  // namespace parley::observe
