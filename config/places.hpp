// Where each key of a file stands, by its path: for what is found wrong after the file was read.
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
    std::string_view path;  ///< `routes[2].auth.users[0].id`, as the file has it
    std::string_view key;   ///< its last step, `id` or `[0]`
    Mark key_mark;          ///< of an element: where its value begins
    Mark mark;              ///< where the value begins
    const Place* within;    ///< nullptr: at the top
  };

  explicit Places(shape::Yaml& yaml);
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  /// nullptr: the file has no such key. A single value that stands for a list is also found as its first element.
  [[nodiscard]] const Place* find(std::string_view path) const;
  /// The keys of a map, or the elements of a list, in the order of their paths.
  [[nodiscard]] List<const Place*> below(const Place& place) const;

 private:
  void add(shape::Yaml& yaml, const shape::Node& node, const Place* within);

  std::map<String, Place, std::less<>> places_;
};

/// Where the file of these settings has the value at that path; `otherwise` where it has none.
[[nodiscard]] Mark place_of(const Settings& settings, std::string_view path, Mark otherwise = {});
/// Whether the file has that key; false for settings of no file.
[[nodiscard]] bool is_written(const Settings& settings, std::string_view path);

}  // namespace parley::config
