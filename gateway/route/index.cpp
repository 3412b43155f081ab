// The example is the call that needs the fewest arguments: a list without path parameters, if the vendor has one.
#include "gateway/route/index.hpp"

#include <algorithm>

#include "schemas/shape/writer.hpp"

namespace parley::gateway::route {
namespace {

/// How much a call needs; the lowest value is the best example.
std::ptrdiff_t needs(const MountedEndpoint& one) noexcept {
  const auto parameters =
      std::count_if(one.steps.begin(), one.steps.end(), [](const Step& step) { return step.parameter; });
  return parameters * 2 + (lists(one.endpoint->operation) ? 0 : 1);
}

const MountedEndpoint* example_of(const Mount& mount) noexcept {
  const MountedEndpoint* best = nullptr;
  for (const MountedEndpoint& one : mount.endpoints) {
    if (one.endpoint->method != http::Method::get || !one.unsupported.empty()) continue;
    if (best == nullptr || needs(one) < needs(*best)) best = &one;
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
