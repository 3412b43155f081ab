// Slips that break YAML's grammar: the parser says where it stopped, this says what was probably meant, and where.
#pragma once

#include <optional>

#include "schemas/shape/yaml_source.hpp"

namespace parley::shape {

struct YamlSlip {
  Mark mark;
  String what;  ///< never shows text of the source, which may be a secret; addresses apart
};

/// A slip at `at`, where the grammar broke, or on the line above. nothing: none that is known.
[[nodiscard]] std::optional<YamlSlip> find_slip(const YamlSource& source, Mark at);
/// Of a list, a map or nothing where a key belongs.
[[nodiscard]] YamlSlip explain_bad_key(const YamlSource& source, Mark at);
/// Of a key that no colon follows.
[[nodiscard]] std::string_view explain_lone_key(const YamlSource& source, std::string_view key, Mark at);

}  // namespace parley::shape
