// See chat_texts.hpp.
#include "adapters/rocketchat/facade/chat_texts.hpp"

namespace parley::rocketchat {
namespace {

bool has_nul(std::string_view text) noexcept { return text.find('\0') != std::string_view::npos; }

/// The length of a text as JavaScript counts it.
std::int64_t utf16_length(std::string_view text) noexcept {
  std::int64_t length = 0;
  for (const char one : text) {
    const auto byte = static_cast<unsigned char>(one);
    if ((byte & 0xC0U) != 0x80U) length += byte >= 0xF0U ? 2 : 1;
  }
  return length;
}

Error refused(std::string_view name, std::string_view field) {
  return fault(by_name, Code::invalid_field, String(name), String(field));
}

}  // namespace

Result<void> check_text(std::string_view text, std::string_view field, std::string_view too_long) {
  if (text.size() > most_text) return refused(too_long, field);
  if (has_nul(text)) return refused("error-invalid-character", field);
  return {};
}

Result<void> check_visitors_text(const Widget& widget, std::string_view text, std::string_view field) {
  if (Result<void> good = check_text(text, field, too_long_of_visitor); !good) return good;
  if (widget.text_limit != 0 && utf16_length(text) > widget.text_limit) return refused(too_long_of_visitor, field);
  return {};
}

Result<void> check_chosen_id(std::string_view id, std::string_view field) {
  if (id.size() > longest_id || has_nul(id)) return refused("error-invalid-message-id", field);
  return {};
}

Result<Actor> caller(const http::Request& request) {
  Actor agent;
  agent.kind = ActorKind::agent;
  agent.id.assign(request.header("X-User-Id").value_or(""));
  if (agent.id.empty()) return fault(by_rocketchat, Code::unauthorized, "You must be logged in to do this.");
  return agent;
}

}  // namespace parley::rocketchat
