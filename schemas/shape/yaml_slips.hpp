// Common mistakes that break YAML's grammar. The parser says where it stopped; these functions say what was probably meant.
#pragma once

#include <optional>

#include "schemas/shape/yaml_source.hpp"

namespace parley::shape {

struct YamlSlip {
  Mark mark;
  String what;  ///< shows no text of the file, which may be a secret, except an address
};

/// The mistake at `at`, where the parser stopped, or on the line above it. nullopt: no known mistake.
[[nodiscard]] std::optional<YamlSlip> find_slip(const YamlSource& source, Mark at);
/// The same where the parser stopped within brackets, where lines and their indentation mean nothing.
[[nodiscard]] std::optional<YamlSlip> find_slip_in_brackets(const YamlSource& source, Mark at);
/// Explains a list, a map or nothing in the place of a key.
[[nodiscard]] YamlSlip explain_bad_key(const YamlSource& source, Mark at);
/// Explains a key without a colon after it.
[[nodiscard]] std::string_view explain_lone_key(const YamlSource& source, std::string_view key, Mark at);

}  // namespace parley::shape
