// A recursive parser, a printer and a comparison. They share no code with the program.
#include "tests/support/json.hpp"

#include <cstdio>
#include <stdexcept>

namespace parley::test {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Value document() {
    Value value = next();
    blanks();
    if (at_ != text_.size()) fail("bytes behind the value");
    return value;
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw std::runtime_error("test JSON: " + String(what) + " at byte " + std::to_string(at_) + " of " +
                             String(text_.substr(0, 200)));
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  void expect(char byte) {
    if (peek() != byte) fail("something else was expected");
    ++at_;
  }
  bool accept(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Value next() {
    blanks();
    if (peek() == '{') return container(Kind::object, '}');
    if (peek() == '[') return container(Kind::array, ']');
    if (peek() == '"') return string(quoted());
    if (accept("true")) return boolean(true);
    if (accept("false")) return boolean(false);
    if (accept("null")) return null();
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view("+-.0123456789eE").find(text_[at_]) != std::string_view::npos) ++at_;
    if (begin == at_) fail("no value");
    return number(text_.substr(begin, at_ - begin));
  }

  Value container(Kind kind, char close) {
    Value value{.kind = kind, .key = {}, .text = {}, .children = {}};
    ++at_;
    blanks();
    if (peek() == close) {
      ++at_;
      return value;
    }
    while (true) {
      String key;
      if (kind == Kind::object) {
        blanks();
        key = quoted();
        blanks();
        expect(':');
      }
      value.children.push_back(next());
      value.children.back().key = std::move(key);
      blanks();
      if (peek() == close) break;
      expect(',');
    }
    ++at_;
    return value;
  }

  std::uint32_t hex4() {
    std::uint32_t unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const std::size_t digit = std::string_view("0123456789abcdef0123456789ABCDEF").find(peek());
      if (digit == std::string_view::npos) fail("no hex digit");
      unit = unit * 16 + static_cast<std::uint32_t>(digit % 16);
    }
    return unit;
  }

  static void append_utf8(std::uint32_t point, String& out) {
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xC0 | point >> 6U);
      out += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      out += static_cast<char>(0xE0 | point >> 12U);
      out += static_cast<char>(0x80 | (point >> 6U & 0x3F));
      out += static_cast<char>(0x80 | (point & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | point >> 18U);
      out += static_cast<char>(0x80 | (point >> 12U & 0x3F));
      out += static_cast<char>(0x80 | (point >> 6U & 0x3F));
      out += static_cast<char>(0x80 | (point & 0x3F));
    }
  }

  String quoted() {
    String out;
    expect('"');
    while (peek() != '"') {
      if (at_ >= text_.size()) fail("a string without end");
      if (peek() != '\\') {
        out += text_[at_++];
        continue;
      }
      ++at_;
      const std::size_t plain = std::string_view("\"\\/bfnrt").find(peek());
      if (plain != std::string_view::npos) {
        out += "\"\\/\b\f\n\r\t"[plain];
        ++at_;
        continue;
      }
      expect('u');
      std::uint32_t point = hex4();
      if (point >= 0xD800 && point < 0xDC00 && accept("\\u"))
        point = 0x10000 + ((point - 0xD800) << 10U) + (hex4() - 0xDC00);
      append_utf8(point, out);
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void print_string(std::string_view text, String& out) {
  out += '"';
  for (const char byte : text) {
    const std::size_t named = std::string_view("\"\\\b\f\n\r\t").find(byte);
    if (named != std::string_view::npos) {
      out += '\\';
      out += "\"\\bfnrt"[named];
    } else if (static_cast<unsigned char>(byte) < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += byte;
    }
  }
  out += '"';
}

void print_to(const Value& value, String& out) {
  const bool is_object = value.kind == Kind::object;
  switch (value.kind) {
    case Kind::null:
      out += "null";
      return;
    case Kind::string:
      print_string(value.text, out);
      return;
    case Kind::boolean:
    case Kind::number:
      out += value.text;
      return;
    default:
      break;
  }
  out += is_object ? '{' : '[';
  for (const Value& child : value.children) {
    if (&child != &value.children.front()) out += ',';
    if (is_object) {
      print_string(child.key, out);
      out += ':';
    }
    print_to(child, out);
  }
  out += is_object ? '}' : ']';
}

String shown(const Value* value) { return value == nullptr ? "nothing" : print(*value).substr(0, 200); }

String mismatch(const String& path, const Value* expected, const Value* actual) {
  return (path.empty() ? "(root)" : path) + ": expected " + shown(expected) + ", got " + shown(actual);
}

String compare(const Value& expected, const Value& actual, Order order, const String& path) {
  if (expected.kind != actual.kind || expected.text != actual.text) return mismatch(path, &expected, &actual);
  const bool by_key = expected.kind == Kind::object && order == Order::ignored;
  for (std::size_t i = 0; i < expected.children.size(); ++i) {
    const Value& child = expected.children[i];
    const String below = path + '/' + (expected.kind == Kind::object ? child.key : std::to_string(i));
    const Value* other = by_key ? actual.find(child.key) : i < actual.children.size() ? &actual.children[i] : nullptr;
    if (other == nullptr) return mismatch(below, &child, nullptr);
    if (other->key != child.key) return below + ": expected here, got the member " + other->key;
    if (String found = compare(child, *other, order, below); !found.empty()) return found;
  }
  if (actual.children.size() == expected.children.size()) return {};
  for (std::size_t i = 0; i < actual.children.size(); ++i) {
    const Value& child = actual.children[i];
    const bool extra = by_key ? expected.find(child.key) == nullptr : i >= expected.children.size();
    if (extra) return mismatch(path + '/' + (child.key.empty() ? std::to_string(i) : child.key), nullptr, &child);
  }
  return path + ": a member more than once";
}

}  // namespace

const Value* Value::find(std::string_view name) const {
  for (const Value& child : children) {
    if (kind == Kind::object && child.key == name) return &child;
  }
  return nullptr;
}
Value* Value::find(std::string_view name) { return const_cast<Value*>(static_cast<const Value&>(*this).find(name)); }
void Value::erase(std::string_view name) {
  std::erase_if(children, [name](const Value& child) { return child.key == name; });
}

Value string(std::string_view text) { return {.kind = Kind::string, .key = {}, .text = String(text), .children = {}}; }
Value number(std::string_view digits) {
  return {.kind = Kind::number, .key = {}, .text = String(digits), .children = {}};
}
Value boolean(bool value) {
  return {.kind = Kind::boolean, .key = {}, .text = value ? "true" : "false", .children = {}};
}
Value null() { return {}; }
Value array(List<Value> children) {
  return {.kind = Kind::array, .key = {}, .text = {}, .children = std::move(children)};
}
Value object(List<Value> members) {
  return {.kind = Kind::object, .key = {}, .text = {}, .children = std::move(members)};
}
Value member(std::string_view key, Value value) {
  value.key = key;
  return value;
}

Value parse(std::string_view json) { return Parser(json).document(); }

String print(const Value& value) {
  String out;
  print_to(value, out);
  return out;
}

String difference(const Value& expected, const Value& actual, Order order) {
  return compare(expected, actual, order, {});
}
String difference(std::string_view expected, std::string_view actual, Order order) {
  return difference(parse(expected), parse(actual), order);
}

}  // namespace parley::test
