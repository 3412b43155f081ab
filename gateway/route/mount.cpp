// Mounts; see mount.hpp.
#include "gateway/route/mount.hpp"

#include <algorithm>

namespace parley::gateway::route {

List<std::string_view> split_path(std::string_view path) {
  List<std::string_view> segments;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

void mount_endpoints(Mount& mount) {
  for (const contract::Endpoint& endpoint : mount.facade->endpoints()) {
    MountedEndpoint& mounted = mount.endpoints.emplace_back();
    mounted.endpoint = &endpoint;
    for (const std::string_view segment : split_path(endpoint.pattern)) {
      const bool parameter = segment.starts_with(':');
      mounted.steps.push_back({parameter, parameter ? std::string_view() : segment});
    }
    if (mounted.steps.empty() || mounted.steps.front().parameter) continue;
    const String first(mounted.steps.front().literal);
    if (std::find(mount.native.begin(), mount.native.end(), first) == mount.native.end()) mount.native.push_back(first);
  }
  // Sorts `/agents/me` before `/agents/:id`, whatever the order of the vendor's table.
  std::stable_sort(
      mount.endpoints.begin(), mount.endpoints.end(), [](const MountedEndpoint& a, const MountedEndpoint& b) {
        return std::lexicographical_compare(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(),
                                            [](const Step& x, const Step& y) { return !x.parameter && y.parameter; });
      });
}

void attach_series(Mount& mount, observe::Observer& observer) {
  mount.missed = &observer.series(mount.name, mount.style, "");
  for (MountedEndpoint& endpoint : mount.endpoints) {
    endpoint.series = &observer.series(mount.name, mount.style, endpoint.endpoint->what());
  }
}

}  // namespace parley::gateway::route
