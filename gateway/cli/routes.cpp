// parley routes: lists every endpoint of a configuration.
#include <algorithm>
#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/runtime/check.hpp"
#include "gateway/translate/pretty.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::cli {
namespace {

String json_of(const List<runtime::RouteRow>& rows) {
  Buffer out;
  shape::Writer writer(out);
  const auto text = [&writer](std::string_view key, std::string_view value) {
    writer.key(key);
    writer.string(value);
  };
  writer.begin_array();
  for (const runtime::RouteRow& row : rows) {
    writer.begin_object();
    text("route", row.route);
    text("listener", row.listener);
    text("host", row.host);
    text("method", row.method);
    text("path", row.path);
    text("style", row.style);
    text("emit", row.emit);
    text("backend", row.backend);
    text("operation", row.operation);
    writer.key("supported");
    writer.boolean(row.supported);
    if (!row.supported) text("why_not", row.why_not);
    writer.end_object();
  }
  writer.end_array();
  writer.finish();
  return translate::pretty(out.view());
}

/// Columns as wide as their widest cell; the last one is not padded.
String table_of(const List<runtime::RouteRow>& rows) {
  List<List<String>> lines{{"METHOD", "PATH", "STYLE", "BACKEND", "OPERATION", "LISTENER", "ROUTE", "SUPPORTED"}};
  for (const runtime::RouteRow& row : rows) {
    String style(row.style);
    if (!row.emit.empty()) style.append(" as ").append(row.emit);
    lines.push_back({String(row.method), row.host + row.path, std::move(style),
                     row.backend.empty() ? String("-") : row.backend,
                     row.operation.empty() ? String("-") : String(row.operation), row.listener, row.route,
                     row.supported ? String("yes") : "no: " + row.why_not});
  }
  List<std::size_t> widths(lines.front().size());
  for (const List<String>& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  String text;
  for (const List<String>& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) text.append(line[i]).append(widths[i] + 2 - line[i].size(), ' ');
    text.append(line.back()).append("\n");
  }
  return text;
}

}  // namespace

Exit routes(const RoutesOptions& options, Streams streams) {
  const auto source = find_config(options.config, streams);
  if (!source) return Exit::bad_configuration;
  const auto settings = read_settings(*source, streams);
  if (!settings) return Exit::bad_configuration;
  const List<runtime::RouteRow> rows = runtime::list_routes(*settings);
  streams.out << (options.json ? json_of(rows) : table_of(rows));
  return written(streams);
}

}  // namespace parley::gateway::cli
