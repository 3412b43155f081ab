// The erasure waits for the store's writer, so it runs on the thread for slow pages.
#include "gateway/admin/erase.hpp"

#include "adapters/contract/adapter.hpp"
#include "gateway/runtime/mounting.hpp"
#include "gateway/runtime/run_operation.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::admin {
namespace {

int status_of(Code code) noexcept {
  if (code == Code::no_such_visitor) return 404;
  return code == Code::visitor_has_open_chat ? 409 : 502;
}

/// The operation of a body; nothing if it is none.
std::optional<DeleteVisitor> read(std::string_view body) {
  shape::Document document;
  if (!document.parse_json(body) || !document.root().is_object() || document.root().size != 1) return {};
  const shape::Node& member = *document.root().begin();
  if (!member.is_text() || member.text.empty()) return {};
  if (member.key == "visitor") return DeleteVisitor{.visitor = {Text(member.text)}};
  if (member.key == "token") return DeleteVisitor{.token = Text(member.text)};
  return {};
}

Answer erase(const runtime::Gateway& gateway, const Query& query, std::string_view body) {
  const runtime::State state = gateway.state();
  const String name = query.find("backend").value_or("");
  const std::size_t at = runtime::find_backend(state.settings, name);
  if (at == state.backends.size()) return refuse(404, "backend: unknown backend \"" + name + '"');
  if (contract::find_adapter(state.settings.backends[at].kind)->open_archive == nullptr)
    return refuse(422, "backend: " + name + " is no store");
  const std::optional<DeleteVisitor> operation = read(body);
  if (!operation) return refuse(400, "the body must be {\"visitor\":\"ID\"} or {\"token\":\"TOKEN\"}");
  const Result<Outcome> outcome = runtime::run_operation(*state.backends[at], *operation);
  if (!outcome) return refuse(status_of(outcome.error().code), outcome.error().message);
  return {.type = "application/json; charset=utf-8", .body = erased_json(std::get<ErasedVisitor>(*outcome))};
}

}  // namespace

String erased_json(const ErasedVisitor& erased) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_object();
  writer.key("visitor");
  writer.string(erased.visitor.text);
  writer.key("at");
  Buffer at;
  append_iso(erased.at, at);
  writer.string(at.view());
  const std::pair<std::string_view, std::size_t> counts[] = {{"chats", erased.chats},
                                                             {"messages", erased.messages},
                                                             {"page_visits", erased.pages},
                                                             {"offline_messages", erased.offline_messages}};
  for (const auto& [key, count] : counts) {
    writer.key(key);
    writer.integer(static_cast<std::int64_t>(count));
  }
  writer.end_object();
  writer.finish();
  out.append('\n');
  return String(out.view());
}

Page erase_page(const runtime::Gateway& gateway) {
  Page page{.method = http::Method::post, .path = "/erase", .make = nullptr};
  page.slow = true;
  page.most_body = Server::most_body;
  page.take = [&gateway](const Query& query, std::string_view body) { return erase(gateway, query, body); };
  return page;
}

}  // namespace parley::gateway::admin
