// Finds the callback parameter. One scan finds the ordinary `callback=name`. Only a query that has the parameter more than once, or
// spells it in another way, is parsed in full.
#include "adapters/enghouse/facade/callback.hpp"

#include <algorithm>
#include <optional>

#include "schemas/ascii.hpp"
#include "schemas/shape/repair.hpp"

namespace parley::enghouse {
namespace {

constexpr std::string_view parameter = "callback";
constexpr std::size_t most_pairs = 1000;  // qs: parameterLimit, empty pairs count
constexpr std::size_t most_indices = 20;  // qs: arrayLimit
constexpr std::size_t deepest = 5;        // qs: depth

enum class Sort : std::uint8_t { other, letter, digit, mark };
/// The sort of each byte: a letter is [A-Za-z_$], a digit [0-9], a mark one of . [ ]
constexpr std::array<Sort, 256> sorts = [] {
  std::array<Sort, 256> table{};
  for (const char byte : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$")) {
    table[static_cast<unsigned char>(byte)] = Sort::letter;
  }
  for (const char byte : std::string_view("0123456789")) table[static_cast<unsigned char>(byte)] = Sort::digit;
  for (const char byte : std::string_view(".[]")) table[static_cast<unsigned char>(byte)] = Sort::mark;
  return table;
}();
Sort sort_of(char byte) noexcept { return sorts[static_cast<unsigned char>(byte)]; }
bool is_letter(char byte) noexcept { return sort_of(byte) == Sort::letter; }
bool is_digit(char byte) noexcept { return sort_of(byte) == Sort::digit; }

/// The byte that `%XX` at `at` stands for, or -1.
int escaped(std::string_view text, std::size_t at) noexcept {
  if (at + 2 >= text.size() || text[at] != '%') return -1;
  const int high = ascii::hex_value(text[at + 1]);
  const int low = ascii::hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Whether JavaScript's decodeURIComponent would succeed. Only escapes are checked, not the bytes between them.
bool decodable(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '%') {
      ++i;
      continue;
    }
    std::array<char, 4> bytes{};
    std::size_t count = 0;
    for (std::size_t wanted = 1; count < wanted; i += 3) {
      const int byte = escaped(text, i);
      if (byte < 0) return false;
      if (count == 0) wanted = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      bytes[count++] = static_cast<char>(byte);
    }
    if (shape::find_bad_utf8({bytes.data(), count}) != std::string_view::npos) return false;
  }
  return true;
}

/// Decodes a key as qs does: `+` is a blank; a key that cannot be decoded keeps its escapes.
String decode(std::string_view raw) {
  String text(raw);
  std::replace(text.begin(), text.end(), '+', ' ');
  if (!decodable(raw)) return text;
  String decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(escaped(text, i));
    i += 2;
  }
  return decoded;
}

struct Pair {
  std::string_view key;
  std::string_view value;
};

/// Iterates over the first thousand pairs of a query.
class Pairs {
 public:
  explicit Pairs(std::string_view query) noexcept : rest_(query) {}
  std::optional<Pair> next() noexcept {
    if (done_ || left_ == 0) return {};
    --left_;
    const std::size_t end = rest_.find('&');
    const std::string_view part = rest_.substr(0, end);
    done_ = end == std::string_view::npos;
    if (!done_) rest_.remove_prefix(end + 1);
    const std::size_t bracket = part.find("]=");
    const std::size_t sign = bracket == std::string_view::npos ? part.find('=') : bracket + 1;
    if (sign == std::string_view::npos) return Pair{part, {}};
    return Pair{part.substr(0, sign), part.substr(sign + 1)};
  }

 private:
  std::string_view rest_;
  std::size_t left_ = most_pairs;
  bool done_ = false;
};

// --- the full parse -------------------------------------------------------------------------------------------------

/// The part of a parsed value that decides on the callback. Of an array, only the first element that is set counts.
struct Parsed {
  enum class Kind : std::uint8_t { nothing, text, array, object };
  Kind kind = Kind::nothing;
  std::string_view raw = {};    ///< the text, or the first element's
  bool first_is_text = true;    ///< of an array
  std::size_t first_index = 0;  ///< of an array
};
using Kind = Parsed::Kind;

/// The bracketed parts of a key, without the brackets; nullopt: the key belongs to another parameter.
std::optional<List<std::string_view>> steps_of(std::string_view key) {
  List<std::string_view> steps;
  std::string_view root;
  bool rooted = false;
  std::size_t from = 0;
  while (steps.size() <= deepest) {
    // Find the next [ … ] without a bracket inside.
    std::size_t open = key.find('[', from);
    std::size_t close = open == std::string_view::npos ? open : key.find_first_of("[]", open + 1);
    while (close != std::string_view::npos && key[close] == '[') {
      open = close;
      close = key.find_first_of("[]", open + 1);
    }
    if (close == std::string_view::npos) break;
    if (from == 0 && !rooted) root = key.substr(0, open);
    rooted = true;
    // Beyond the limit, the rest of the key is one name with its brackets, and so not an index.
    const bool too_deep = steps.size() == deepest;
    steps.push_back(too_deep ? key.substr(open) : key.substr(open + 1, close - open - 1));
    from = close + 1;
  }
  if (!rooted) root = key;
  if (root == parameter) return steps;
  if (!root.empty() || steps.empty() || steps.front() != parameter) return {};
  steps.erase(steps.begin());  // `[callback]=a` is `callback=a`
  return steps;
}

std::optional<std::size_t> index_of(std::string_view step) noexcept {
  if (step.empty() || step.size() > 2 || (step.size() == 2 && step[0] == '0')) return {};
  std::size_t index = 0;
  for (const char byte : step) {
    if (!is_digit(byte)) return {};
    index = index * 10 + static_cast<std::size_t>(byte - '0');
  }
  return index <= most_indices ? std::optional(index) : std::nullopt;
}

/// Wraps `value` in the arrays and objects of its key's steps, beginning with the innermost.
Parsed nest(Parsed value, const List<std::string_view>& steps) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (step->empty()) {  // [].concat(value)
      if (value.kind != Kind::array) value = {Kind::array, value.raw, value.kind == Kind::text, 0};
    } else if (const auto index = index_of(*step)) {
      value = {Kind::array, value.raw, value.kind == Kind::text, *index};
    } else {
      value = {.kind = Kind::object};
    }
  }
  return value;
}

Parsed merge(const Parsed& target, const Parsed& source) {
  if (target.kind == Kind::nothing) return source;
  if (source.kind == Kind::text && source.raw.empty()) return target;
  switch (target.kind) {
    case Kind::text:
      return {Kind::array, target.raw, true, 0};
    case Kind::array:
      if (source.kind == Kind::object) return source;
      return source.kind == Kind::array && source.first_index < target.first_index ? source : target;
    case Kind::nothing:
    case Kind::object:
      break;
  }
  return target;
}

Parsed parse(std::string_view query) {
  // qs first joins the values of equal keys. Then it merges the keys of the parameter in their order of appearance.
  List<std::pair<String, Parsed>> keys;
  Pairs pairs(query);
  while (const auto pair = pairs.next()) {
    String key = decode(pair->key);
    const auto same = std::find_if(keys.begin(), keys.end(), [&key](const auto& known) { return known.first == key; });
    if (same != keys.end()) {
      same->second.kind = Kind::array;
    } else if (key.find(parameter) != String::npos) {
      keys.emplace_back(std::move(key), Parsed{Kind::text, pair->value});
    }
  }
  Parsed merged;
  for (const auto& [key, value] : keys) {
    if (const auto steps = steps_of(key)) merged = merge(merged, nest(value, *steps));
  }
  return merged;
}

/// Whether an encoded key can only belong to another parameter.
bool is_other(std::string_view key) noexcept {
  if (key.empty() || key == parameter) return key.empty();
  return key.front() != '%' && key.front() != '[' &&
         (key.front() != 'c' || key.find_first_of("%[") == std::string_view::npos);
}

}  // namespace

bool is_callback_name(std::string_view name) noexcept {
  std::size_t at = 0;
  const auto ident = [&name, &at]() noexcept {
    if (at == name.size() || !is_letter(name[at])) return false;
    while (at < name.size() && (is_letter(name[at]) || is_digit(name[at]))) ++at;
    return true;
  };
  const auto index = [&name, &at]() noexcept {
    const std::size_t first = at;
    while (at < name.size() && is_digit(name[at])) ++at;
    return at != first && at < name.size() && name[at++] == ']';
  };
  if (!ident()) return false;
  while (at < name.size()) {
    const char next = name[at++];
    if (next == '.' ? !ident() : next != '[' || !index()) return false;
  }
  return true;
}

void Callback::add(char byte) noexcept {
  if (sort_of(byte) == Sort::other) {
    clean_ = false;
  } else if (size_ == bytes_.size()) {
    too_long_ = true;
  } else {
    bytes_[size_++] = byte;
  }
}

void Callback::decide() noexcept { kind_ = !too_long_ && is_callback_name(name()) ? Kind::named : Kind::invalid; }

Callback Callback::from_value(std::string_view raw) noexcept {
  Callback callback;
  if (raw.empty()) return callback;
  if (raw.find('%') == std::string_view::npos || !decodable(raw)) return from_name(raw);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const int byte = escaped(raw, i);
    callback.add(byte < 0 ? raw[i] : static_cast<char>(byte));
    if (byte >= 0) i += 2;
  }
  callback.decide();
  return callback;
}

Callback Callback::from_name(std::string_view name) noexcept {
  Callback callback;
  for (const char byte : name) callback.add(byte);
  callback.decide();
  return callback;
}

Callback find_callback(std::string_view query) {
  std::optional<std::string_view> only;
  Pairs pairs(query);
  while (const auto pair = pairs.next()) {
    if (is_other(pair->key)) continue;
    if (only || pair->key != parameter) {
      const Parsed parsed = parse(query);
      const bool text = parsed.kind == Kind::text || (parsed.kind == Kind::array && parsed.first_is_text);
      return text ? Callback::from_value(parsed.raw) : Callback{};
    }
    only = pair->value;
  }
  return only ? Callback::from_value(*only) : Callback{};
}

}  // namespace parley::enghouse
