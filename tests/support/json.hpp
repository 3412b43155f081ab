// JSON as the tests see it: an owned tree with its own small parser, so that an expectation never comes out of the
// engine under test.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::test {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

struct Value {
  Kind kind = Kind::null;
  String key;   ///< unescaped, where the parent is an object
  String text;  ///< string: unescaped; number: its digits; boolean: true or false
  List<Value> children;

  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] Value* find(std::string_view name);
  /// Takes the member of that name away, if there is one.
  void erase(std::string_view name);
};

[[nodiscard]] Value string(std::string_view text);
[[nodiscard]] Value number(std::string_view digits);
[[nodiscard]] Value boolean(bool value);
[[nodiscard]] Value null();
[[nodiscard]] Value array(List<Value> children = {});
[[nodiscard]] Value object(List<Value> members = {});
/// `value` under a member name.
[[nodiscard]] Value member(std::string_view key, Value value);

/// Any valid JSON. Throws std::runtime_error with the offset otherwise, which fails the test with that text.
[[nodiscard]] Value parse(std::string_view json);

/// No blanks, only what must be escaped is (as JSON.stringify does).
[[nodiscard]] String print(const Value& value);

enum class Order : std::uint8_t { kept, ignored };

/// Empty where both are the same JSON: types, values, number text and, unless ignored, the order of members. Else the
/// first difference: `/users/0/name: expected "a", got "b"`. Blanks and escapes never count.
[[nodiscard]] String difference(const Value& expected, const Value& actual, Order order = Order::kept);
[[nodiscard]] String difference(std::string_view expected, std::string_view actual, Order order = Order::kept);

}  // namespace parley::test
