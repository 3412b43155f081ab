// Parses JSON into nodes with RapidJSON's in-place reader. Adds the checks that RapidJSON does not make (UTF-8, NUL, lone surrogates,
// duplicate keys, depth), and keeps the exact text of every value.
#include <rapidjson/reader.h>

#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <span>

#include "schemas/shape/json_error_words.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/unique_keys.hpp"

namespace parley::shape {
namespace detail {

/// A RapidJSON stream over a text that ends in NUL and is parsed in place. RapidJSON copies an InsituStringStream into local variables
/// while it reads a token. It does not copy this stream, so Tell() is always exact.
class InPlace {
 public:
  using Ch = char;
  explicit InPlace(char* text) noexcept : head_(text), source_(text) {}
  [[nodiscard]] Ch Peek() const noexcept { return *source_; }
  Ch Take() noexcept { return *source_++; }
  [[nodiscard]] std::size_t Tell() const noexcept { return static_cast<std::size_t>(source_ - head_); }
  Ch* PutBegin() noexcept { return target_ = source_; }
  void Put(Ch byte) noexcept { *target_++ = byte; }
  std::size_t PutEnd(const Ch* begin) noexcept { return static_cast<std::size_t>(target_ - begin); }
  Ch* Push(std::size_t count) noexcept {
    Ch* begin = target_;
    target_ += count;
    return begin;
  }
  void Pop(std::size_t count) noexcept { target_ -= count; }
  void Flush() noexcept {}
  /// Takes the bytes of a string up to the next quote, backslash or control byte, eight at a time.
  void take_plain() noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t tops = 0x8080808080808080ULL;
    const Ch* from = source_;
    for (;; from += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, from, 8);  // cannot read past the end: `padding` bytes follow the text
      const std::uint64_t quotes = word ^ (ones * '"');
      const std::uint64_t slashes = word ^ (ones * '\\');
      const std::uint64_t special =
          (((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes) | ((word - ones * ' ') & ~word)) & tops;
      if (special != 0) {
        from += std::countr_zero(special) / 8;
        break;
      }
    }
    const auto count = static_cast<std::size_t>(from - source_);
    if (target_ != source_) std::memmove(target_, source_, count);
    target_ += count;
    source_ += count;
  }
  static constexpr std::size_t padding = 8;  ///< NUL bytes that must follow the text

 private:
  Ch* head_;
  Ch* source_;
  Ch* target_ = nullptr;
};
static_assert(std::endian::native == std::endian::little, "take_plain counts bytes from the low end");

}  // namespace detail
}  // namespace parley::shape

namespace rapidjson {

/// The reader calls this before it reads the bytes of a string one by one. RapidJSON's own version does nothing for foreign streams.
template <>
template <>
inline void GenericReader<UTF8<>, UTF8<>, CrtAllocator>::ScanCopyUnescapedString(parley::shape::detail::InPlace& source,
                                                                                 parley::shape::detail::InPlace&) {
  source.take_plain();
}

}  // namespace rapidjson

namespace parley::shape {
namespace {

using detail::InPlace;

/// The bytes that separate tokens: blanks, commas and colons.
constexpr std::array<bool, 256> separates = [] {
  std::array<bool, 256> table{};
  for (const char byte : {' ', '\t', '\r', '\n', ',', ':'}) table[static_cast<unsigned char>(byte)] = true;
  return table;
}();

/// Turns SAX events into nodes. A false return stops the reader; `error` says why.
class Builder {
 public:
  Builder(List<Node>& nodes, std::string_view source, const Repairs& repairs, const InPlace& stream)
      : nodes_(nodes), source_(source), repairs_(repairs), stream_(stream) {}

  std::optional<Error> error;
  /// The offset of the closing quote of a repaired key that equals another key; npos = none.
  std::size_t collision = std::string_view::npos;

  bool Null() { return scalar(NodeKind::null, {}); }
  bool Bool(bool value) { return scalar(NodeKind::boolean, value ? "true" : "false"); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return scalar(NodeKind::number, {}); }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return scalar(NodeKind::string, {text, length}) && well_formed({text, length}, nodes_.back().raw.size());
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::size_t begin = token_begin();
    key_ = {text, length};
    end_ = stream_.Tell();
    if (passes_repair()) key_repaired_ = true;
    return well_formed(key_, end_ - begin);
  }
  bool StartObject() { return open(NodeKind::object); }
  bool StartArray() { return open(NodeKind::array); }
  bool EndObject(rapidjson::SizeType members) { return close(members) && unique_keys(); }
  bool EndArray(rapidjson::SizeType elements) { return close(elements); }

  // Never called, because kParseNumbersAsStringsFlag is set.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  /// The offset of the current token: after the previous token and the separators.
  [[nodiscard]] std::size_t token_begin() const noexcept {
    std::size_t at = end_;
    while (at < source_.size() && separates[static_cast<unsigned char>(source_[at])]) ++at;
    return at;
  }

  Node& add(NodeKind kind, std::size_t begin) {
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.key = std::exchange(key_, {});
    node.raw = source_.substr(begin);
    if (key_repaired_) [[unlikely]] {
      key_repaired_ = false;
      node.key_repaired = true;
      mark_repaired();
    }
    return node;
  }

  /// Whether the last token contains a repair. Moves on to the repairs after it.
  bool passes_repair() noexcept {
    if (next_repair_ == last_repair_ || next_repair_->at >= end_) [[likely]]
      return false;
    while (next_repair_ != last_repair_ && next_repair_->at < end_) ++next_repair_;
    return true;
  }
  /// Sets `repaired` on the last node and on those that contain it.
  void mark_repaired() noexcept {
    nodes_.back().repaired = true;
    for (const std::uint32_t above : open_) nodes_[above].repaired = true;
  }

  bool scalar(NodeKind kind, std::string_view text) {
    const std::size_t begin = token_begin();
    end_ = stream_.Tell();
    Node& node = add(kind, begin);
    node.raw = source_.substr(begin, end_ - begin);
    node.text = kind == NodeKind::number ? node.raw : text;
    if (passes_repair()) [[unlikely]] {
      node.text_repaired = true;
      mark_repaired();
    }
    return true;
  }

  bool open(NodeKind kind) {
    const std::size_t begin = token_begin();
    if (open_.size() == max_depth) {
      error = json_fault(Code::too_deep, "nested deeper than " + std::to_string(max_depth) + " levels", place(begin));
      return false;
    }
    add(kind, begin);
    open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    end_ = begin + 1;
    return true;
  }

  bool close(rapidjson::SizeType size) {
    closed_ = open_.back();
    open_.pop_back();
    end_ = token_begin() + 1;
    Node& node = nodes_[closed_];
    node.size = size;
    node.span = static_cast<std::uint32_t>(nodes_.size()) - closed_;
    node.raw = node.raw.substr(0, end_ - static_cast<std::size_t>(node.raw.data() - source_.data()));
    return true;
  }

  bool unique_keys() {
    const Node& object = nodes_[closed_];
    const std::optional<std::string_view> twice = keys_.twice(object);
    return !twice || refuse_twice(object, *twice);
  }
  bool refuse_twice(const Node& object, std::string_view key) {
    parley::String what = "the member \"";
    what.append(key).append("\" occurs twice in an object");
    error = json_fault(Code::duplicate_key, what, place(end_), key);
    for (const Node& child : object) {
      if (child.key != key || !child.key_repaired) continue;
      collision = source_.rfind('"', static_cast<std::size_t>(child.raw.data() - source_.data()) - 1);
    }
    return false;
  }
  [[nodiscard]] parley::String place(std::size_t offset) const { return place_of(source_, offset, repairs_); }

  /// Refuses lone surrogates: RapidJSON turns a lone `\udc00` into bytes that are not UTF-8. Only a string with an escape can have one, as
  /// the source is UTF-8. Such a string is shorter than its `raw` bytes without the quotes.
  bool well_formed(std::string_view text, std::size_t raw) {
    if (text.size() + 2 == raw || find_bad_utf8(text) == std::string_view::npos) return true;
    error = json_fault(Code::malformed_body, "a lone surrogate in a string", place(stream_.Tell()));
    return false;
  }

  List<Node>& nodes_;
  std::string_view source_;
  const Repairs& repairs_;
  const InPlace& stream_;
  const Repair* next_repair_ = repairs_.data();
  const Repair* const last_repair_ = next_repair_ + repairs_.size();
  std::string_view key_;
  bool key_repaired_ = false;
  std::size_t end_ = 0;
  std::uint32_t closed_ = 0;
  List<std::uint32_t> open_;
  UniqueKeys keys_;
};

/// The offset after the digits at `at`.
std::size_t skip_digits(std::span<const char> json, std::size_t at) noexcept {
  while (at < json.size() && json[at] >= '0' && json[at] <= '9') ++at;
  return at;
}

/// Makes the number at `at` small enough for a double. Keeps its length, and whether it is well formed. Returns its end.
std::size_t shrink_number(std::span<char> json, std::size_t at) noexcept {
  constexpr std::size_t safe_digits = 300;
  const std::size_t whole = skip_digits(json, at);
  std::size_t end = whole;
  const bool fraction = end < json.size() && json[end] == '.' && skip_digits(json, end + 1) > end + 1;
  if (fraction) end = skip_digits(json, end + 1);
  if (whole - at > safe_digits && json[at] != '0') {  // 123…9.5 becomes 1.3…905
    json[at + 1] = '.';
    if (fraction) json[whole] = '0';
  }
  if (end >= json.size() || (json[end] != 'e' && json[end] != 'E')) return end;
  std::size_t digits = end + 1;
  if (digits < json.size() && (json[digits] == '+' || json[digits] == '-')) ++digits;
  end = skip_digits(json, digits);
  std::fill(json.begin() + static_cast<std::ptrdiff_t>(digits), json.begin() + static_cast<std::ptrdiff_t>(end), '0');
  return end;
}

/// RapidJSON computes each number even if it reports it as text, and refuses numbers above 1e308. We take the text of numbers from
/// `source_`, so the numbers in the copy that RapidJSON parses may be smaller.
void shrink_numbers(std::span<char> json) noexcept {
  bool in_string = false;
  for (std::size_t at = 0; at < json.size();) {
    const char byte = json[at];
    if (in_string) {
      if (byte == '"') in_string = false;
      at += byte == '\\' ? 2 : 1;
    } else if (byte >= '0' && byte <= '9') {
      at = shrink_number(json, at);
    } else {
      in_string = byte == '"';
      ++at;
    }
  }
}

}  // namespace

Result<void> Document::parse(Arena& texts, bool shrunk, std::size_t& collision) {
  nodes_.clear();
  const std::string_view source = source_;
  collision = std::string_view::npos;
  const auto refuse = [&](std::string_view what, std::size_t offset) {
    return json_fault(Code::malformed_body, what, shape::place_of(source, offset, repairs_));
  };

  if (const std::size_t nul = source.find('\0'); nul != std::string_view::npos) return refuse("a NUL byte", nul);
  if (const std::size_t bad = find_bad_utf8(source); bad != std::string_view::npos) {
    return refuse("bytes that are no UTF-8", bad);
  }

  char* const scratch =
      texts.allocate(source.size() + InPlace::padding);  // parsed in place; `text` and `key` point here
  if (!source.empty()) std::memcpy(scratch, source.data(), source.size());  // a text of no bytes may have no address
  std::memset(scratch + source.size(), 0, InPlace::padding);
  if (shrunk) shrink_numbers({scratch, source.size()});

  InPlace stream(scratch);
  Builder builder(nodes_, source, repairs_, stream);
  rapidjson::Reader reader;
  // RapidJSON's recursive parser is faster than its iterative one. The builder stops it at max_depth.
  constexpr unsigned flags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<flags>(stream, builder);
  collision = builder.collision;
  if (builder.error) return std::move(*builder.error);
  if (parsed.Code() == rapidjson::kParseErrorNumberTooBig && !shrunk) return parse(texts, true, collision);
  if (parsed.IsError()) {
    const char at = parsed.Offset() < source.size() ? source[parsed.Offset()] : ' ';
    return refuse(json_error_words(parsed.Code(), at), parsed.Offset());
  }
  return {};
}

}  // namespace parley::shape
