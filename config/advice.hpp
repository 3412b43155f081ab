// Suggests what to write instead of a faulty value or key. It recognises common mistakes by the type that the tables expect.
#pragma once

#include <optional>
#include <utility>

#include "config/grammar.hpp"
#include "config/values.hpp"

namespace parley::config {

/// What the tables say about a place in the file.
struct Spot {
  const shape::Type* type = nullptr;   ///< the type of the value; nullptr below an unknown key
  const shape::Row* row = nullptr;     ///< the row of the value; nullptr for the whole file and for entries of a map
  const shape::View* table = nullptr;  ///< the table of the value's key
};
/// The spot of `target`, which is `root` or a node below it.
[[nodiscard]] Spot spot_of(const Grammar& grammar, const shape::Node& root, const shape::Node& target);

/// Whether a map stands in the place of a list of maps, and is not a single one of them: it has none of their keys, and
/// none that could be one of them misspelt.
[[nodiscard]] bool is_map_for_list(const Grammar& grammar, const shape::Node& root, const shape::Node& node);
/// The list or map that `target` is an entry of. nullptr for `root`.
[[nodiscard]] const shape::Node* parent_of(const shape::Node& root, const shape::Node& target);

/// `write TEXT`
[[nodiscard]] inline String write(std::string_view text) { return "write " + String(text); }

/// What to write instead of a value that does not fit: `write 75s or 75ms`. Empty if there is no better advice than what was expected.
/// `shown` false: the result does not depend on the text of scalars, which may be secrets.
[[nodiscard]] String advise(const Grammar& grammar, const Spot& spot, const shape::Node& node, bool shown);

/// The same for a key that `table` does not have: the key that was probably meant, or where the key belongs, or the list of known keys.
[[nodiscard]] String advise_key(const Grammar& grammar, std::string_view key, const shape::View& table);

/// The same for text that is not a duration.
[[nodiscard]] String advise_duration(std::string_view text);
/// The same for text that is not an age.
[[nodiscard]] String advise_age(std::string_view text);
/// The same for text that is not a size.
[[nodiscard]] String advise_size(std::string_view text);
/// Parses `100/1m`, `10/s` or `300 per minute` into the number and the duration, as we write it. nullopt: the text has no such form.
[[nodiscard]] std::optional<std::pair<String, String>> parse_rate(std::string_view text);

/// The same for text that is not HOST:PORT.
[[nodiscard]] String advise_listen(std::string_view text);
/// The same for text that is not a network.
[[nodiscard]] String advise_network(std::string_view text);

}  // namespace parley::config
