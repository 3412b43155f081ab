// The access log: one JSON line for each request. A line has the endpoint's pattern, never a path, query, body or secret.
#pragma once

#include <memory>
#include <string_view>

#include "gateway/observe/line_file.hpp"
#include "gateway/observe/stage_timer.hpp"
#include "schemas/shape/view.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

/// The content of a line. Empty texts are left out.
struct Entry {
  Time time{};  ///< when the answer was complete
  std::string_view route{};
  std::string_view style{};
  std::string_view operation{};
  std::string_view endpoint{};  ///< its pattern
  std::string_view method{};
  int status = 0;
  std::uint64_t received = 0;  ///< bytes of head and body
  std::uint64_t sent = 0;
  const StageTimer* timer = nullptr;
  std::string_view trace{};  ///< id
  std::string_view span{};   ///< our span in that trace
  std::string_view principal{};
  std::string_view client{};
  std::string_view agent{};       ///< the User-Agent header
  std::string_view listener{};    ///< the address that the client connected to
  std::string_view tls{};         ///< TLS version of the connection
  std::string_view request_id{};  ///< on routes with `request_id`
  std::string_view error{};       ///< name of the error code of a refusal
  std::string_view backend{};     ///< backend that was called; empty if no call was made
  std::uint64_t calls = 0;
  std::uint64_t call_microseconds = 0;
  const shape::Losses* losses = nullptr;
};

/// Appends the line with its end. Whatever the texts hold, the result is one line of valid JSON in UTF-8, of limited length.
void append_line(const Entry& entry, Buffer& out);

/// Collects the lines of one worker, so that the file's lock is taken once for some hundred lines. Used on the worker's thread.
/// The destructor hands over the rest.
class AccessLines {
 public:
  AccessLines() = default;
  explicit AccessLines(std::shared_ptr<LineFile> file) noexcept : file_(std::move(file)) {}
  ~AccessLines() { flush(); }
  AccessLines(const AccessLines&) = delete;
  AccessLines& operator=(const AccessLines&) = delete;

  [[nodiscard]] bool wanted() const noexcept { return file_ && file_->wanted(); }
  void add(const Entry& entry);
  /// Hands the collected lines to the file. Called once a second, so that no line waits longer.
  void flush();

 private:
  std::shared_ptr<LineFile> file_;
  Buffer lines_;
  std::uint64_t count_ = 0;
};

}  // namespace parley::gateway::observe
