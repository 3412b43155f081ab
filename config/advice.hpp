// What to write instead: typical slips in values and keys, recognised by the type that the tables give their place.
#pragma once

#include <optional>
#include <utility>

#include "config/grammar.hpp"
#include "config/values.hpp"

namespace parley::config {

/// What the tables know of a place in the document.
struct Spot {
  const shape::Type* type = nullptr;   ///< of the value; nullptr under a key that is not known
  const shape::Row* row = nullptr;     ///< the row that led there; nullptr for the whole file and entries of a map
  const shape::View* table = nullptr;  ///< the table that the value's key belongs to
};
/// `target` is a node below `root`, or `root`.
[[nodiscard]] Spot spot_of(const Grammar& grammar, const shape::Node& root, const shape::Node& target);

/// What to write instead of a value that does not fit: `write 75s or 75ms`. Empty where nothing better is known than what
/// was expected. `shown` false: the answer does not depend on the text of a scalar, which may be a secret.
[[nodiscard]] String advise(const Grammar& grammar, const Spot& spot, const shape::Node& node, bool shown);

/// The same for a key that `table` does not have: the key that was meant, or where it belongs, or all that there are.
[[nodiscard]] String advise_key(const Grammar& grammar, std::string_view key, const shape::View& table);

/// For text that is no duration.
[[nodiscard]] String advise_duration(std::string_view text);
/// For text that is no size.
[[nodiscard]] String advise_size(std::string_view text);
/// `100/1m`, `10/s`, `300 per minute`: a number, and the duration as we write it. nothing: it is no such text.
[[nodiscard]] std::optional<std::pair<String, String>> parse_rate(std::string_view text);

/// For text that is no HOST:PORT.
[[nodiscard]] String advise_listen(std::string_view text);
/// For text that is no network.
[[nodiscard]] String advise_network(std::string_view text);

}  // namespace parley::config
