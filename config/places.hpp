// The place of each key of a file, by its path, for faults that are found after the file was read.
#pragma once

#include <map>
#include <optional>

#include "config/settings.hpp"
#include "schemas/shape/read_yaml.hpp"

namespace parley::config {

/// The keys and list elements of one file. Immutable.
class Places {
 public:
  struct Place {
    std::string_view path;  ///< `routes[2].auth.users[0].id`, as in the file
    std::string_view key;   ///< the last step of the path: `id` or `[0]`
    Mark key_mark;          ///< where the key begins; for a list element, where its value begins
    Mark mark;              ///< where the value begins
    const Place* within;    ///< the place that contains it; nullptr at the top level
  };

  explicit Places(shape::Yaml& yaml);
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  /// The place of a path, or nullptr. A single value instead of a list is also found as the first element of the list.
  [[nodiscard]] const Place* find(std::string_view path) const;
  /// The keys of a map, or the elements of a list, in the order of their paths.
  [[nodiscard]] List<const Place*> below(const Place& place) const;

 private:
  void add(shape::Yaml& yaml, const shape::Node& node, const Place* within);

  std::map<String, Place, std::less<>> places_;
};

/// The place of the value of a path in the file of these settings, or `otherwise` if the file does not have it.
[[nodiscard]] Mark place_of(const Settings& settings, std::string_view path, Mark otherwise = {});
/// Whether the file of these settings has that path. False if they come from no file.
[[nodiscard]] bool is_written(const Settings& settings, std::string_view path);

}  // namespace parley::config
