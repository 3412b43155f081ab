// The example should work as it is shown: it needs no parameters if there is such a call, and else as few as possible.
#include "gateway/route/index.hpp"

#include <algorithm>

#include "schemas/shape/writer.hpp"

namespace parley::gateway::route {
namespace {

/// Whether a call needs credentials on this route.
bool is_closed(const Mount& mount, const MountedEndpoint& one) {
  return one.endpoint->access == contract::Access::credentials && !mount.facade->admit({});
}

/// How much a call needs; the lowest value is the best example. Parameters weigh most: their values depend on the records, while
/// whoever may read a route knows its credentials.
std::ptrdiff_t needs(const Mount& mount, const MountedEndpoint& one) {
  const auto segments =
      std::count_if(one.steps.begin(), one.steps.end(), [](const Step& step) { return step.parameter; });
  const auto& query = one.endpoint->query;
  const auto required = std::count_if(query.begin(), query.end(), [](const auto& each) { return each.required; });
  return (segments + required) * 8 + (is_closed(mount, one) ? 4 : 0) + (writes(one.endpoint->operation) ? 2 : 0) +
         (lists(one.endpoint->operation) ? 0 : 1);
}

const MountedEndpoint* example_of(const Mount& mount) {
  const MountedEndpoint* best = nullptr;
  for (const MountedEndpoint& one : mount.endpoints) {
    if (one.endpoint->method != http::Method::get || !one.unsupported.empty()) continue;
    if (best == nullptr || needs(mount, one) < needs(mount, *best)) best = &one;
  }
  return best;
}

void write_text(shape::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  writer.string(text);
}

void write_mount(shape::Writer& writer, const Mount& mount) {
  String prefix;
  for (const String& segment : mount.prefix) prefix.append("/").append(segment);
  writer.begin_object();
  write_text(writer, "name", mount.name);
  write_text(writer, "facade", mount.style);
  writer.key("host");
  mount.host.empty() ? writer.null() : writer.string(mount.host);
  write_text(writer, "prefix", prefix);
  writer.key("example");
  const MountedEndpoint* example = example_of(mount);
  example == nullptr ? writer.null() : writer.string(String(prefix).append(example->endpoint->pattern));
  writer.key("credentials");  // of the example
  example == nullptr ? writer.null() : writer.boolean(is_closed(mount, *example));
  writer.end_object();
}

}  // namespace

String index_of(std::span<const Mount* const> mounts) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_object();
  writer.key("routes");
  writer.begin_array();
  for (const Mount* mount : mounts) write_mount(writer, *mount);
  writer.end_array();
  writer.end_object();
  writer.finish();
  out.append('\n');
  return String(out.view());
}

}  // namespace parley::gateway::route
