// Credentials and documents of the @NAME@ facade.
#include "adapters/@NAME@/facade/facade.hpp"

#include "adapters/@NAME@/fields.hpp"
#include "adapters/http/secret.hpp"

namespace parley::@NAME@ {
namespace {

/// One document a record kind; what this style has no document for is refused.
class Encoder {
 public:
  Encoder(const RouteSettings& settings, http::Reply& reply)
      : settings_(settings), reply_(reply), writer_(reply.body) {}

  Result<void> operator()(const Ref<Agent>& record) {
    write(*record);
    return finish();
  }
  Result<void> operator()(const List<Agent>& records) {
    writer_.begin_array();
    for (const Agent& record : records) write(record);
    writer_.end_array();
    return finish();
  }
  template <class Other>
  Result<void> operator()(const Other&) {
    return Error{.code = Code::unsupported_operation, .message = "@NAME@ has no document for this.", .field = {}, .detail = {}, .source = "@NAME@"};
  }

 private:
  void write(const Agent& record) {
    Agent shown = record;
    if (settings_.hide_status) shown.status.clear();
    shape::write_object(shape::view<agent>, &shown, writer_);
    shape::find_losses(shape::view<agent>, &record, reply_.losses);
  }
  Result<void> finish() {
    writer_.finish();
    return {};
  }

  const RouteSettings& settings_;
  http::Reply& reply_;
  shape::Writer writer_;
};

}  // namespace

Result<std::string_view> Facade::admit(const http::Request& request) const {
  if (open_) return std::string_view();
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view header = request.header("Authorization").value_or("");
  bool known = false;
  if (header.starts_with(scheme)) {
    for (const config::Secret& one : auth_.bearer) known |= http::same_secret(header.substr(scheme.size()), one.value);
  }
  if (known) return std::string_view("token");  // the principal, a name for the log: no secret
  return Error{.code = Code::unauthorized, .message = "No valid token.", .field = {}, .detail = {}, .source = "@NAME@"};
}

Result<void> Facade::encode(const Outcome& outcome, const http::Request&, http::Reply& reply) const {
  reply.status = 200;
  reply.content_type = json_type;
  return std::visit(Encoder(settings_, reply), outcome);
}

}  // namespace parley::@NAME@
