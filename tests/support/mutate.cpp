// The mutations of the property tests.
#include "tests/support/mutate.hpp"

#include <array>
#include <cstdio>

namespace parley::test {
namespace {

void collect(Value& value, List<Value*>& containers) {
  if (value.kind != Kind::array && value.kind != Kind::object) return;
  containers.push_back(&value);
  for (Value& child : value.children) collect(child, containers);
}

Value odd_value(Random& random) {
  switch (random.below(12)) {
    case 0:
      return null();
    case 1:
      return boolean(random.chance(50));
    case 2:
      return number("123456789012345678901234567890");
    case 3:
      return number("-0");
    case 4:
      return number("1.0");
    case 5:
      return number("1E400");
    case 6:
      return string("");
    case 7:
      return string(hostile_text(random));
    case 8:
      return array();
    case 9:
      return object();
    case 10:
      return object({member("a", array({number("1.50"), null()})), member("", string("x"))});
    default:
      return array({string("x"), object({member("id", string("y"))})});
  }
}

void insert(Value& where, Random& random) {
  Value value = odd_value(random);
  if (where.kind == Kind::object) {
    value.key = random.chance(20) ? "__proto__" : "odd " + std::to_string(random.below(100000));
    if (where.find(value.key) != nullptr) return;
  }
  const auto at = where.children.begin() + static_cast<std::ptrdiff_t>(random.below(where.children.size() + 1));
  where.children.insert(at, std::move(value));
}

void respell_string(std::string_view text, Random& random, String& out) {
  out += '"';
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (code < 0x20 || byte == '"' || byte == '\\' || (code < 0x80 && random.chance(10))) {
      char escape[7];
      std::snprintf(escape, sizeof escape, random.chance(50) ? "\\u%04x" : "\\u%04X", static_cast<unsigned>(code));
      out += escape;
    } else {
      out += byte;
    }
  }
  out += '"';
}

void blanks(Random& random, String& out) {
  static constexpr std::array<std::string_view, 5> kinds = {"", "", " ", "\n  ", "\r\n\t"};
  out += random.pick(kinds);
}

void respell_to(const Value& value, Random& random, String& out) {
  blanks(random, out);
  switch (value.kind) {
    case Kind::null:
      out += "null";
      break;
    case Kind::string:
      respell_string(value.text, random, out);
      break;
    case Kind::boolean:
    case Kind::number:
      out += value.text;
      break;
    default:
      out += value.kind == Kind::object ? '{' : '[';
      for (const Value& child : value.children) {
        if (&child != &value.children.front()) out += ',';
        blanks(random, out);
        if (value.kind == Kind::object) {
          respell_string(child.key, random, out);
          blanks(random, out);
          out += ':';
        }
        respell_to(child, random, out);
      }
      blanks(random, out);
      out += value.kind == Kind::object ? '}' : ']';
  }
  blanks(random, out);
}

}  // namespace

void mutate(Value& root, Mutation mutation, Random& random) {
  List<Value*> containers;
  collect(root, containers);
  if (containers.empty()) return;
  Value& where = *random.pick(containers);
  if (mutation == Mutation::insert) return insert(where, random);
  if (where.children.empty()) return;
  const std::size_t at = random.below(where.children.size());
  if (mutation == Mutation::drop) {
    where.children.erase(where.children.begin() + static_cast<std::ptrdiff_t>(at));
  } else if (mutation == Mutation::shuffle) {
    if (where.kind == Kind::object) random.shuffle(where.children);
  } else {
    String key = where.children[at].key;
    where.children[at] = member(key, odd_value(random));
  }
}

void mutate(Value& root, std::size_t count, Random& random) {
  for (std::size_t i = 0; i < count; ++i) mutate(root, static_cast<Mutation>(random.below(4)), random);
}

String respell(const Value& value, Random& random) {
  String out;
  respell_to(value, random, out);
  return out;
}

String hostile_text(Random& random) {
  using namespace std::string_view_literals;
  static constexpr std::array texts = {"\U0001F600 \U0001F469\u200D\U0001F4BB"sv,
                                       "\u05E9\u05DC\u05D5\u05DD \u202Eabc"sv,
                                       "a\"b\\c/d"sv,
                                       "line\u2028line\u2029end"sv,
                                       "tab\tnew\nline\x01"sv,
                                       "</script><!--"sv,
                                       "  blanks  "sv,
                                       "e\u0301 \uFFFD"sv,
                                       "0"sv,
                                       "null"sv};
  const std::size_t which = random.below(texts.size() + 1);
  return which < texts.size() ? String(texts[which]) : String(10240, 'x');
}

}  // namespace parley::test
