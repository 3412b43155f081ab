// JSON for tests: a tree that owns its values, with its own small parser. So expected values never come from the code under test.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::test {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

struct Value {
  Kind kind = Kind::null;
  String key;   ///< the unescaped name, if the parent is an object
  String text;  ///< string: unescaped; number: its digits; boolean: true or false
  List<Value> children;

  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] Value* find(std::string_view name);
  /// Removes the members with that name.
  void erase(std::string_view name);
};

[[nodiscard]] Value string(std::string_view text);
[[nodiscard]] Value number(std::string_view digits);
[[nodiscard]] Value boolean(bool value);
[[nodiscard]] Value null();
[[nodiscard]] Value array(List<Value> children = {});
[[nodiscard]] Value object(List<Value> members = {});
/// `value` with a member name.
[[nodiscard]] Value member(std::string_view key, Value value);

/// Parses JSON. Throws std::runtime_error with the offset of a syntax error; the exception fails the test.
[[nodiscard]] Value parse(std::string_view json);

/// JSON without blanks and with only the necessary escapes, as JSON.stringify writes it.
[[nodiscard]] String print(const Value& value);

enum class Order : std::uint8_t { kept, ignored };

/// Empty if both are the same JSON: types, values, texts of numbers and, unless ignored, the order of members. Otherwise the first
/// difference: `/users/0/name: expected "a", got "b"`. Blanks and escapes are ignored.
[[nodiscard]] String difference(const Value& expected, const Value& actual, Order order = Order::kept);
[[nodiscard]] String difference(std::string_view expected, std::string_view actual, Order order = Order::kept);

}  // namespace parley::test
