// Visits each node of the file once. Paths have the same form as in faults.
#include "config/places.hpp"

namespace parley::config {

Places::Places(shape::Yaml& yaml) { add(yaml, yaml.root(), nullptr); }

void Places::add(shape::Yaml& yaml, const shape::Node& node, const Place* within) {
  std::size_t index = 0;
  for (const shape::Node& child : node) {
    String path(within != nullptr ? within->path : std::string_view());
    if (node.is_object()) {
      path.append(path.empty() ? "" : ".").append(child.key);
    } else {
      path.append("[").append(std::to_string(index++)).append("]");
    }
    const std::size_t before = within == nullptr ? 0 : within->path.size() + (node.is_object() ? 1 : 0);
    const auto [at, fresh] = places_.try_emplace(std::move(path));
    if (!fresh) continue;  // a key with a dot can give the same path twice: the first one is kept
    const std::string_view spelt = at->first;
    at->second = {spelt, spelt.substr(before), yaml.key_mark(child), child.mark, within};
    add(yaml, child, &at->second);
  }
}

const Places::Place* Places::find(std::string_view path) const {
  if (const auto at = places_.find(path); at != places_.end()) return &at->second;
  constexpr std::string_view first = "[0]";
  String single(path);
  for (std::size_t at = single.rfind(first); at != String::npos; at = single.rfind(first)) {
    single.erase(at, first.size());
    if (const auto found = places_.find(single); found != places_.end()) return &found->second;
  }
  return nullptr;
}

List<const Places::Place*> Places::below(const Place& place) const {
  List<const Place*> found;
  for (auto at = places_.upper_bound(place.path); at != places_.end() && at->first.starts_with(place.path); ++at) {
    if (at->second.within == &place) found.push_back(&at->second);
  }
  return found;
}

Mark place_of(const Settings& settings, std::string_view path, Mark otherwise) {
  const Places::Place* place = settings.places != nullptr ? settings.places->find(path) : nullptr;
  return place != nullptr ? place->mark : otherwise;
}

bool is_written(const Settings& settings, std::string_view path) {
  return settings.places != nullptr && settings.places->find(path) != nullptr;
}

}  // namespace parley::config
