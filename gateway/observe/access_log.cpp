// The JSON writer of the shapes escapes the texts. This file makes sure that they are UTF-8.
#include "gateway/observe/access_log.hpp"

#include <algorithm>
#include <array>

#include "gateway/observe/json_text.hpp"
#include "gateway/observe/loss_counts.hpp"

namespace parley::gateway::observe {
namespace {

constexpr std::size_t longest_text = 256;
constexpr std::size_t most_losses = 16;
constexpr std::size_t enough = 32 * 1024;  // bytes; then the lines are handed over

void put(shape::Writer& writer, std::string_view quoted, std::string_view text) {
  put_text(writer, quoted, text, longest_text);
}

void put(shape::Writer& writer, std::string_view quoted, std::uint64_t number) {
  writer.quoted_key(quoted);
  writer.integer(static_cast<std::int64_t>(number));
}

void put_stages(shape::Writer& writer, const StageTimer& timer) {
  writer.quoted_key("\"us\":");
  writer.begin_object();
  put(writer, "\"total\":", timer.microseconds());
  put(writer, "\"head\":", timer.microseconds(Stage::head));
  put(writer, "\"body\":", timer.microseconds(Stage::body));
  put(writer, "\"backend\":", timer.microseconds(Stage::backend));
  put(writer, "\"encode\":", timer.microseconds(Stage::encode));
  writer.end_object();
}

/// Writes each field once.
void put_losses(shape::Writer& writer, const shape::Losses& losses) {
  std::array<std::string_view, most_losses> named;
  std::size_t count = 0;
  for (const shape::Loss& loss : losses) {
    const std::string_view field = loss_field(loss.member);
    const auto end = named.begin() + static_cast<std::ptrdiff_t>(count);
    if (count < most_losses && std::find(named.begin(), end, field) == end) named[count++] = field;
  }
  writer.quoted_key("\"losses\":");
  writer.begin_array();
  for (std::size_t i = 0; i < count; ++i) writer.string(named[i]);
  writer.end_array();
}

}  // namespace

void append_line(const Entry& entry, Buffer& out) {
  shape::Writer writer(out);
  writer.begin_object();
  writer.quoted_key("\"time\":");
  writer.iso(entry.time);
  put(writer, "\"route\":", entry.route);
  put(writer, "\"style\":", entry.style);
  put(writer, "\"operation\":", entry.operation);
  put(writer, "\"endpoint\":", entry.endpoint);
  put(writer, "\"method\":", entry.method);
  put(writer, "\"status\":", static_cast<std::uint64_t>(entry.status));
  put(writer, "\"error\":", entry.error);
  put(writer, "\"received\":", entry.received);
  put(writer, "\"sent\":", entry.sent);
  if (entry.timer != nullptr) put_stages(writer, *entry.timer);
  put(writer, "\"trace\":", entry.trace);
  put(writer, "\"span\":", entry.span);
  put(writer, "\"principal\":", entry.principal);
  put(writer, "\"client\":", entry.client);
  put(writer, "\"agent\":", entry.agent);
  put(writer, "\"listener\":", entry.listener);
  put(writer, "\"tls\":", entry.tls);
  put(writer, "\"request_id\":", entry.request_id);
  if (!entry.backend.empty()) {
    writer.quoted_key("\"upstream\":");
    writer.begin_object();
    put(writer, "\"backend\":", entry.backend);
    put(writer, "\"calls\":", entry.calls);
    put(writer, "\"us\":", entry.call_microseconds);
    writer.end_object();
  }
  if (entry.losses != nullptr && !entry.losses->empty()) put_losses(writer, *entry.losses);
  writer.end_object();
  writer.finish();
  out.append('\n');
}

void AccessLines::add(const Entry& entry) {
  append_line(entry, lines_);
  ++count_;
  if (lines_.size() >= enough) flush();
}

void AccessLines::flush() {
  if (count_ == 0) return;
  file_->write(lines_, count_);
  count_ = 0;
}

}  // namespace parley::gateway::observe
