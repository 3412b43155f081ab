// The access log: a line of JSON for each request. No body, no query, no path but the endpoint's pattern, no secret.
#pragma once

#include <memory>
#include <string_view>

#include "gateway/observe/line_file.hpp"
#include "gateway/observe/stage_timer.hpp"
#include "schemas/shape/view.hpp"
#include "schemas/time.hpp"

namespace parley::gateway::observe {

/// What a line tells. Of texts that are empty nothing is said.
struct Entry {
  Time time{};  ///< when the answer was ready
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
  std::string_view span{};   ///< ours in that trace
  std::string_view principal{};
  std::string_view client{};
  std::string_view agent{};       ///< what the client calls itself
  std::string_view listener{};    ///< address that it connected to
  std::string_view tls{};         ///< protocol of the connection
  std::string_view request_id{};  ///< of routes that ask for one
  std::string_view error{};       ///< why it was refused
  std::string_view backend{};     ///< that was called; empty where no call went out
  std::uint64_t calls = 0;
  std::uint64_t call_microseconds = 0;
  const shape::Losses* losses = nullptr;
};

/// Appends the line, with its end. Whatever the texts hold, it is one line of valid JSON in UTF-8, and bounded.
void append_line(const Entry& entry, Buffer& out);

/// A worker's end of the log: gathers lines, so that the file's lock is taken once for some hundred of them. Used on
/// its thread; the end of it hands over what is left.
class AccessLines {
 public:
  AccessLines() = default;
  explicit AccessLines(std::shared_ptr<LineFile> file) noexcept : file_(std::move(file)) {}
  ~AccessLines() { flush(); }
  AccessLines(const AccessLines&) = delete;
  AccessLines& operator=(const AccessLines&) = delete;

  [[nodiscard]] bool wanted() const noexcept { return file_ && file_->wanted(); }
  void add(const Entry& entry);
  /// Hands over what there is: once a second, so that no line waits longer.
  void flush();

 private:
  std::shared_ptr<LineFile> file_;
  Buffer lines_;
  std::uint64_t count_ = 0;
};

}  // namespace parley::gateway::observe
