// Loads documents on the admin listener. The call waits for the store's writer, so it runs on the thread for slow pages.
#include "gateway/admin/load.hpp"

#include "gateway/runtime/mounting.hpp"
#include "gateway/translate/record_reader.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::admin {
namespace {

using translate::DocumentSplitter;
using translate::Piece;

constexpr std::size_t most_load = 6 * 1024 * 1024;  // the largest document (4 MiB) after a batch of 1 MiB

Answer counted(const contract::Records& records) {
  Buffer out;
  shape::Writer writer(out);
  const auto count = [&writer](std::string_view key, std::size_t number) {
    writer.key(key);
    writer.integer(static_cast<std::int64_t>(number));
  };
  writer.begin_object();
  count("visitors", records.visitors.size());
  count("agents", records.agents.size());
  count("chats", records.chats.size());
  count("messages", records.messages.size());
  count("departments", records.departments.size());
  count("offline_messages", records.offline_messages.size());
  count("contacts", records.contacts.size());
  count("page_visits", records.page_visits.size());
  count("files", records.files.size());
  writer.end_object();
  writer.finish();
  out.append('\n');
  return {.type = "application/json; charset=utf-8", .body = String(out.view())};
}

Answer load(const runtime::Gateway& gateway, const Query& query, std::string_view body) {
  const auto from = translate::open_source(query.find("from").value_or(""));
  if (!from) return refuse(400, "from: " + from.error().message);
  const String name = query.find("backend").value_or("");
  const runtime::State state = gateway.state();
  const std::size_t at = runtime::find_backend(state.settings, name);
  if (at == state.backends.size()) return refuse(404, "backend: unknown backend \"" + name + '"');

  contract::Records records;
  translate::RecordReader& reader = *from->reader;
  DocumentSplitter splitter(reader.envelope(),
                            [&](const Piece& piece) { return reader.read(piece, records, nullptr); });
  auto read = splitter.feed(body);
  if (read) read = splitter.finish();
  if (!read) return refuse(422, read.error().message);
  if (records.empty()) return counted(records);
  if (auto stored = state.backends[at]->load(records); !stored) return refuse(502, stored.error().message);
  return counted(records);
}

}  // namespace

Page load_page(const runtime::Gateway& gateway) {
  Page page{.method = http::Method::post, .path = "/load", .make = nullptr};
  page.slow = true;
  page.most_body = most_load;
  page.take = [&gateway](const Query& query, std::string_view body) { return load(gateway, query, body); };
  return page;
}

}  // namespace parley::gateway::admin
