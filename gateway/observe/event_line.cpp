// Text and JSON have the same fields in the same order.
#include "gateway/observe/event_line.hpp"

#include <array>

#include "gateway/observe/json_text.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::observe {
namespace {

constexpr std::size_t longest_message = 4000;
constexpr std::size_t longest_field = 256;
constexpr std::array<std::string_view, 5> levels = {"debug", "info", "warn", "error", "off"};

String json_line(Time time, config::LogLevel level, std::string_view message, const EventFields& fields) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_object();
  writer.quoted_key("\"time\":");
  writer.iso(time);
  put_text(writer, "\"level\":", name_of(level), longest_field);
  put_text(writer, "\"message\":", message, longest_message);
  put_text(writer, "\"route\":", fields.route, longest_field);
  put_text(writer, "\"backend\":", fields.backend, longest_field);
  put_text(writer, "\"upstream\":", fields.upstream, longest_field);
  put_text(writer, "\"trace\":", fields.trace, longest_field);
  put_text(writer, "\"error\":", fields.error, longest_field);
  writer.end_object();
  writer.finish();
  return String(out.view());
}

/// Appends ` name=value`; the value is quoted if it is not one word.
void append_field(String& line, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  const bool word = value.find_first_of(" \"=\\") == std::string_view::npos;
  line.append(" ").append(name).append(word ? "=" : "=\"");
  for (const char byte : printable(value, longest_field)) {
    if (!word && byte == '"') line += '\\';
    line += byte;
  }
  if (!word) line += '"';
}

}  // namespace

String event_line(config::LogFormat format, Time time, config::LogLevel level, std::string_view message,
                  const EventFields& fields) {
  if (format == config::LogFormat::json) return json_line(time, level, message, fields);
  Buffer moment;
  append_iso(time, moment);
  String line(moment.view());
  line.append(" ").append(name_of(level)).append(" ").append(printable(message, longest_message));
  append_field(line, "route", fields.route);
  append_field(line, "backend", fields.backend);
  append_field(line, "upstream", fields.upstream);
  append_field(line, "trace", fields.trace);
  return line;
}

std::string_view name_of(config::LogLevel level) noexcept { return levels[static_cast<std::size_t>(level)]; }

std::optional<config::LogLevel> find_level(std::string_view name) noexcept {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] == name) return static_cast<config::LogLevel>(i);
  }
  return {};
}

String printable(std::string_view text, std::size_t most) {
  String clean;
  for (const char byte : text.substr(0, most)) {
    const auto value = static_cast<unsigned char>(byte);
    if (value >= ' ' && value != 0x7f) {
      clean += byte;
    } else {
      clean += "\\x";
      ascii::append_hex({&byte, 1}, clean);
    }
  }
  if (text.size() > most) clean += "...";
  return clean;
}

}  // namespace parley::gateway::observe
