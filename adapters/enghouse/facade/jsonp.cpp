// Makes scripts of JSON. A fast scan looks for the few bytes that may need a change; hardly any body has them.
#include "adapters/enghouse/facade/jsonp.hpp"

#include "adapters/enghouse/errors.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/special_bytes.hpp"

namespace parley::enghouse {
namespace {

/// The offset after the string that begins at `at`.
std::size_t skip_string(std::string_view json, std::size_t at) noexcept {
  for (++at; json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

/// The offset after the value that begins at `at`.
std::size_t skip_value(std::string_view json, std::size_t at) noexcept {
  std::size_t depth = 0;
  while (at < json.size()) {
    const char byte = json[at];
    if (byte == '"') {
      at = skip_string(json, at);
    } else if (byte == '{' || byte == '[') {
      ++depth;
      ++at;
    } else if ((byte == '}' || byte == ']') && depth > 0) {
      --depth;
      ++at;
    } else if (depth == 0 && (byte == ',' || byte == '}' || byte == ']')) {
      break;
    } else {
      ++at;
    }
  }
  return at;
}

std::size_t skip_blanks(std::string_view json, std::size_t at) noexcept {
  const std::size_t next = json.find_first_not_of(" \t\r\n", at);
  return next == json.npos ? json.size() : next;
}

/// Whether the text between a string's quotes is `__proto__`, with or without escapes.
bool is_proto(std::string_view inside) noexcept {
  constexpr std::string_view proto = "__proto__";
  std::size_t at = 0;
  for (const char wanted : proto) {
    if (at >= inside.size()) return false;
    if (inside[at] != '\\') {
      if (inside[at++] != wanted) return false;
      continue;
    }
    const std::string_view escape = inside.substr(at, 6);
    if (escape.size() < 6 || !escape.starts_with("\\u00") ||
        ascii::hex_value(escape[4]) * 16 + ascii::hex_value(escape[5]) != wanted) {
      return false;
    }
    at += escape.size();
  }
  return at == inside.size();
}

/// Copies JSON without members called `__proto__`, and escapes U+2028 and U+2029. Returns whether there was such a member.
bool append_safe(std::string_view json, Buffer& out) {
  bool taken_out = false;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      out.append(json[at++]);
      continue;
    }
    const std::size_t end = skip_string(json, at);
    const std::string_view text = json.substr(at, end - at);
    const std::size_t colon = skip_blanks(json, end);
    if (colon < json.size() && json[colon] == ':' && is_proto(text.substr(1, text.size() - 2))) {
      taken_out = true;
      at = skip_value(json, colon + 1);
      if (json[at] == ',') {
        ++at;  // the comma before the removed member, if any, now serves the next one
      } else {
        out.truncate(out.view().find_last_not_of(" \t\r\n,") + 1);
      }
      continue;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string_view three = text.substr(i, 3);
      if (three == "\xe2\x80\xa8" || three == "\xe2\x80\xa9") {
        out.append(three.back() == '\xa8' ? "\\u2028" : "\\u2029");
        i += 2;
      } else {
        out.append(text[i]);
      }
    }
    at = end;
  }
  return taken_out;
}

}  // namespace

namespace {

using shape::Chunk;

/// Whether the bytes of the chunk at `at` have the byte E2, with which U+2028 and U+2029 begin, `__p`, or `\u`. Reads two bytes more.
bool is_unsafe(const char* at) noexcept {
  const Chunk chunk(at);
  const Chunk next(at + 1);
  const std::uint64_t proto = chunk.places_of('_') & next.places_of('_') & Chunk(at + 2).places_of('p');
  const std::uint64_t escape = chunk.places_of('\\') & next.places_of('u');
  return (chunk.places_of('\xe2') | proto | escape) != 0;
}

}  // namespace

bool may_be_unsafe(std::string_view json) noexcept {
  constexpr std::size_t step = Chunk::size - 1;  // so that two bytes in a row are in one chunk
  constexpr std::size_t together = 4;            // few bodies have even a byte that may be unsafe
  std::size_t at = 0;
  for (; at + together * step + 3 <= json.size(); at += together * step) {
    const char* const here = json.data() + at;
    const auto marked = [here](std::size_t which) { return Chunk(here + which * step).marked_for_script(); };
    if (!(marked(0) | marked(1) | marked(2) | marked(3)).beyond_ascii()) [[likely]]
      continue;
    for (std::size_t i = 0; i < together; ++i) {
      if (is_unsafe(here + i * step)) return true;
    }
  }
  const std::string_view rest = json.substr(at);
  return rest.find('\xe2') != rest.npos || rest.find("__p") != rest.npos || rest.find("\\u") != rest.npos;
}

Script::Script(std::string_view name, Buffer& out) : out_(out) {
  out_.append("/**/ typeof ");
  out_.append(name);
  out_.append(" === 'function' && ");
  out_.append(name);
  out_.append('(');
  begin_ = out_.size();
}

bool Script::close(bool unsafe) {
  bool taken_out = false;
  if (out_.overflowed()) return taken_out;  // the buffer has dropped the beginning of the script
  if (unsafe) {
    Buffer safe;
    taken_out = append_safe(json(), safe);
    out_.truncate(begin_);
    out_.append(safe.view());
  }
  out_.append(");");
  return taken_out;
}

Result<void> to_script(std::string_view json, std::string_view callback, Buffer& out) {
  const Callback name = Callback::from_name(callback);
  if (name.kind() != Callback::Kind::named) return fault(Code::invalid_callback, "invalid callback", "callback");
  Script script(name.name(), out);
  out.append(json);
  script.close(may_be_unsafe(json));
  return {};
}

}  // namespace parley::enghouse
