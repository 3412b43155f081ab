// The calls about agents in full and about away statuses; see global.hpp.
#include "adapters/comm100/facade/global.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"
#include "schemas/id.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;
using http::Request;

void write_away_status(std::string_view name, std::size_t order, shape::Writer& writer) {
  writer.begin_object();
  writer.quoted_key("\"id\":");
  writer.string(ids::format(ids::to_guid(name)));  // the same on every gateway
  writer.quoted_key("\"name\":");
  writer.string(name);
  writer.quoted_key("\"order\":");
  writer.integer(static_cast<std::int64_t>(order));
  writer.quoted_key("\"isSystem\":");
  writer.boolean(order == 0);
  writer.end_object();
}

}  // namespace

Result<ListAgents> list_global_agents(const Facade&, const Request& request, AskedPage& page) {
  ListAgents operation;
  ListQuery& query = operation.query;
  query.shape = &shape::view<global_agent>;
  if (const auto keywords = http::query_value(request.query, "keywords", true); keywords && !keywords->empty()) {
    ListCondition& found = query.conditions.emplace_back();
    for (const char* member : {"displayName", "email", "firstName", "lastName"}) {
      found.any_of.push_back({.kind = ListTest::Kind::contains, .path = {member}, .values = {*keywords}});
    }
  }
  Result<Order> order = read_order(request, *query.shape, {}, false, "an agent");
  if (!order) return std::move(order).error();
  query.order = std::move(order->keys);
  if (query.order.empty()) query.order = {{{"displayName"}, order->falling}};
  if (Result<void> read = read_page(request, query, page); !read) return std::move(read).error();
  return operation;
}

Result<ListAgents> find_current_agent(const Facade& facade, const Request& request) {
  ListTest by_id{.kind = ListTest::Kind::equals, .path = {"id"}};
  ListTest by_email{.kind = ListTest::Kind::equals, .path = {"email"}};
  for (const String& name : facade.names_of_caller(request)) {
    by_id.values.push_back(ids::format(ids::to_guid(name)));
    by_email.values.push_back(name);
    by_email.values.push_back(ascii::lower(name));
  }
  ListAgents operation;
  operation.query.shape = &shape::view<global_agent>;
  operation.query.conditions.push_back({{std::move(by_id), std::move(by_email)}});
  operation.query.limit = 1;
  return operation;
}

Result<void> write_global_agents(const Facade& facade, const AskedPage& page, const Page<Agent>& answer, Reply& reply) {
  write_envelope(facade, "\"agents\":", shape::view<global_agent>, page, answer, reply);
  return {};
}

Result<void> write_global_agent(const Facade& facade, const Ref<Agent>& answer, Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::Writer writer(reply.body);
  answer.write(shape::view<global_agent>, writer, facade.reports_losses() ? &reply.losses : nullptr);
  writer.finish();
  return {};
}

Result<void> write_current_agent(const Facade& facade, const Page<Agent>& answer, Reply& reply) {
  if (answer.records.empty()) return fault(Code::no_such_agent, "No agent has the id or address of the credentials.");
  return write_global_agent(facade, answer.records.front(), reply);
}

Result<void> answer_away_statuses(const Facade& facade, const Request&, Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  reply.add("Cache-Control", "no-store");
  shape::Writer writer(reply.body);
  writer.begin_array();
  std::size_t order = 0;
  write_away_status("Away", order++, writer);
  for (const String& name : facade.away_statuses()) write_away_status(name, order++, writer);
  writer.end_array();
  writer.finish();
  return {};
}

}  // namespace parley::comm100
