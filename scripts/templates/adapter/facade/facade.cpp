// The @NAME@ facade: checks credentials, writes documents.
#include "adapters/@NAME@/facade/facade.hpp"

#include "adapters/@NAME@/fields.hpp"
#include "adapters/http/secret.hpp"

namespace parley::@NAME@ {
namespace {

void write(const Agent& record, const RouteSettings& settings, shape::Writer& writer, http::Reply& reply) {
  Agent shown = record;
  if (settings.hide_status) shown.status.clear();
  shape::write_object(shape::view<agent>, &shown, writer);
  shape::find_losses(shape::view<agent>, &record, reply.losses);
}

/// Begins an answer.
shape::Writer begin(http::Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  return shape::Writer(reply.body);
}

}  // namespace

Result<std::string_view> Facade::admit(const http::Request& request) const {
  if (open_) return std::string_view();
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view header = request.header("Authorization").value_or("");
  bool known = false;
  if (header.starts_with(scheme)) {
    for (const config::Secret& one : auth_.bearer) known |= http::same_secret(header.substr(scheme.size()), one.value);
  }
  if (known) return std::string_view("token");  // the principal: a name for the log, not a secret
  return fault(Code::unauthorized, "No valid token.");
}

Result<void> Facade::show(const Ref<Agent>& record, http::Reply& reply) const {
  shape::Writer writer = begin(reply);
  write(*record, settings_, writer, reply);
  writer.finish();
  return {};
}

Result<void> Facade::show(const Page<Agent>& page, http::Reply& reply) const {
  shape::Writer writer = begin(reply);
  writer.begin_array();
  for (const Ref<Agent>& record : page.records) write(*record, settings_, writer, reply);
  writer.end_array();
  writer.finish();
  return {};
}

Result<void> Facade::encode(const Outcome& outcome, const http::Request&, http::Reply& reply) const {
  return contract::encode_any(
      outcome, [this, &reply](const auto& answer) -> decltype(this->show(answer, reply)) { return show(answer, reply); });
}

}  // namespace parley::@NAME@
