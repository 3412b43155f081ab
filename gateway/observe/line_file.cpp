// The queue is limited in bytes and reuses its buffers, so a steady flow of lines allocates nothing.
#include "gateway/observe/line_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>
#include <utility>

#include "adapters/io/blocked_signals.hpp"
#include "config/writable.hpp"

namespace parley::gateway::observe {
namespace {

constexpr std::size_t most_spare = 8;
constexpr std::chrono::milliseconds look_again{50};  // how often to look for a switch or the end while nobody reads

Error cannot_open(const String& path, std::string_view why) {
  return {.code = Code::unavailable, .message = "cannot open the access log " + path + ": " + String(why)};
}
Error cannot_open(const String& path, int error) { return cannot_open(path, std::generic_category().message(error)); }

/// Duplicates standard output, so that it can be closed like any other file. O_NONBLOCK: opening a pipe without a reader is an
/// error instead of a wait.
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

Result<LineFile::Opened> LineFile::open(const String& path) {
  Opened opened{path, {}};
  if (path.empty()) return opened;
  Result<io::Descriptor> file = open_file(path);
  if (!file) return std::move(file).error();
  opened.file = *std::move(file);
  if (thread_.joinable()) return opened;
  spare_.reserve(most_spare);
  try {
    const io::BlockedSignals blocked;  // also SIGPIPE, which would end the process
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error& none) {
    return cannot_open(path, none.code().value());
  }
  return opened;
}

Result<void> LineFile::try_open(const String& path) {
  if (path.empty() || path == "-") return {};
  const Result<void> writable = config::check_writable(path, config::Folders::there);
  if (!writable) return cannot_open(path, writable.error().message);
  return {};
}

void LineFile::adopt(Opened opened) noexcept {
  path_ = std::move(opened.path);
  wanted_.store(opened.file.get() >= 0, std::memory_order_relaxed);
  {
    std::unique_lock lock(mutex_);
    // Lets a pending switch finish first. If it takes too long, its file is closed here, and its lines go to the new file.
    switched_.wait_for(lock, patience_with_a_switch, [this] { return !next_ || !thread_.joinable(); });
    if (!next_) next_.emplace();
    std::swap(*next_, opened.file);
    switching_ = true;
  }
  filled_.notify_one();
}

Result<void> LineFile::use(const String& path) {
  Result<Opened> opened = open(path);
  if (!opened) return std::move(opened).error();
  adopt(*std::move(opened));
  return {};
}

Result<void> LineFile::reopen() { return path_.empty() || path_ == "-" ? Result<void>() : use(path_); }

void LineFile::write(Buffer& bytes, std::uint64_t lines) {
  if (bytes.empty()) return;
  {
    const std::scoped_lock lock(mutex_);
    const std::size_t size = bytes.size();
    if (waiting_bytes_ + size > most_waiting) {
      dropped_.fetch_add(lines, std::memory_order_relaxed);
      bytes.clear();
      return;
    }
    (next_ ? after_ : waiting_).push_back({.bytes = std::move(bytes), .lines = lines});
    waiting_bytes_ += size;
    if (!spare_.empty()) {
      bytes = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  filled_.notify_one();
}

void LineFile::run() {
  List<Chunk> chunks;
  for (;;) {
    io::Descriptor old;
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return !waiting_.empty() || next_ || ending_; });
    if (waiting_.empty() && !next_) return;
    if (waiting_.empty()) {  // no line for the present file is left
      old = std::exchange(file_, std::move(*next_));
      next_.reset();
      waiting_.swap(after_);
      switching_ = torn_ = false;
      deadline_.reset();
      switched_.notify_one();
    }
    chunks.swap(waiting_);
    lock.unlock();
    old = {};  // closed

    std::size_t done = 0;
    for (Chunk& chunk : chunks) {
      (put(chunk.bytes.view()) ? written_ : dropped_).fetch_add(chunk.lines, std::memory_order_relaxed);
      done += chunk.bytes.size();
      chunk.bytes.clear();
    }

    lock.lock();
    waiting_bytes_ -= done;
    for (Chunk& chunk : chunks) {
      if (spare_.size() < most_spare) spare_.push_back(std::move(chunk.bytes));
    }
    chunks.clear();
  }
}

bool LineFile::put(std::string_view bytes) {
  if (file_.get() < 0) return false;
  if (torn_) {
    if (!wait_for_room() || ::write(file_.get(), "\n", 1) != 1) return false;
    torn_ = false;
  }
  // A blocking descriptor (standard output) may be a pipe. When poll reports it writable, only PIPE_BUF bytes are sure to go
  // without waiting.
  const bool waits = (::fcntl(file_.get(), F_GETFL) & O_NONBLOCK) == 0;
  while (!bytes.empty()) {
    if (!wait_for_room()) return false;
    const std::ptrdiff_t count =
        ::write(file_.get(), bytes.data(), waits ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
    torn_ = !bytes.empty();
  }
  return true;
}

bool LineFile::wait_for_room() {
  for (;;) {
    if (!deadline_ && switching_) deadline_ = Clock::now() + patience_with_old;
    if (!deadline_ && ending_) deadline_ = Clock::now() + patience_at_the_end;
    const bool over = deadline_ && Clock::now() >= *deadline_;
    pollfd writable{file_.get(), POLLOUT, 0};
    if (::poll(&writable, 1, over ? 0 : static_cast<int>(look_again.count())) != 0) return true;
    if (over) return false;
  }
}

}  // namespace parley::gateway::observe
