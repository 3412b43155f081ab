// JSON text to nodes: RapidJSON's iterative reader in place, with the checks that it leaves out (UTF-8, NUL, BOM, lone
// surrogates, duplicate keys, depth), and with the exact text of every value kept.
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <optional>

#include "schemas/shape/node.hpp"

namespace parley::shape {
namespace {

/// RapidJSON's stream concept over text that ends in NUL, parsed in place. Unlike InsituStringStream it is not copied into
/// local variables while a token is read, so that Tell() is always true.
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

 private:
  Ch* head_;
  Ch* source_;
  Ch* target_ = nullptr;
};

/// Where and what, for a person.
Error fault(Code code, std::string_view text, std::size_t offset, std::string_view what, std::string_view field = {}) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  String message(what);
  if (!message.empty() && message.back() == '.') message.pop_back();
  message += " (line " + std::to_string(line) + ", column " + std::to_string(column) + ')';
  return Error{.code = code,
               .message = std::move(message),
               .field = String(field),
               .detail = {},
               .source = "json",
               .retryable = false};
}

/// Turns SAX events into nodes. A false return stops the reader; `error` says why.
class Builder {
 public:
  Builder(List<Node>& nodes, std::string_view source, const InPlace& stream)
      : nodes_(nodes), source_(source), stream_(stream) {}

  std::optional<Error> error;

  bool Null() { return scalar(NodeKind::null, {}); }
  bool Bool(bool value) { return scalar(NodeKind::boolean, value ? "true" : "false"); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return scalar(NodeKind::number, {}); }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return well_formed({text, length}) && scalar(NodeKind::string, {text, length});
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    key_ = {text, length};
    end_ = stream_.Tell();
    return well_formed(key_);
  }
  bool StartObject() { return open(NodeKind::object); }
  bool StartArray() { return open(NodeKind::array); }
  bool EndObject(rapidjson::SizeType members) { return close(members) && unique_keys(); }
  bool EndArray(rapidjson::SizeType elements) { return close(elements); }

  // Never called: numbers arrive as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  /// Where the token that the reader is at, or has just read, begins: behind the last one and what separates them.
  [[nodiscard]] std::size_t token_begin() const noexcept {
    const std::size_t at = source_.find_first_not_of(" \t\r\n,:", end_);
    return at == std::string_view::npos ? source_.size() : at;
  }

  Node& add(NodeKind kind, std::size_t begin) {
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.key = std::exchange(key_, {});
    node.raw = source_.substr(begin);
    return node;
  }

  bool scalar(NodeKind kind, std::string_view text) {
    const std::size_t begin = token_begin();
    end_ = stream_.Tell();
    Node& node = add(kind, begin);
    node.raw = source_.substr(begin, end_ - begin);
    node.text = kind == NodeKind::number ? node.raw : text;
    return true;
  }

  bool open(NodeKind kind) {
    const std::size_t begin = token_begin();
    if (open_.size() == max_depth) {
      error = fault(Code::too_deep, source_, begin, "nested deeper than " + std::to_string(max_depth) + " levels");
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
    end_ = token_begin() + 1;  // the iterative reader reports the end before it takes the bracket
    Node& node = nodes_[closed_];
    node.size = size;
    node.span = static_cast<std::uint32_t>(nodes_.size()) - closed_;
    node.raw = node.raw.substr(0, end_ - static_cast<std::size_t>(node.raw.data() - source_.data()));
    return true;
  }

  bool unique_keys() {
    keys_.clear();
    for (const Node& child : nodes_[closed_]) keys_.push_back(child.key);
    std::sort(keys_.begin(), keys_.end());
    const auto twice = std::adjacent_find(keys_.begin(), keys_.end());
    if (twice == keys_.end()) return true;
    parley::String what = "the member \"";
    what.append(*twice).append("\" occurs twice in an object");
    error = fault(Code::duplicate_key, source_, end_, what, *twice);
    return false;
  }

  /// RapidJSON turns `\udc00` without its partner into bytes that are no UTF-8.
  bool well_formed(std::string_view text) {
    if (find_bad_utf8(text) == std::string_view::npos) return true;
    error = fault(Code::malformed_body, source_, stream_.Tell(), "a lone surrogate in a string");
    return false;
  }

  List<Node>& nodes_;
  std::string_view source_;
  const InPlace& stream_;
  std::string_view key_;
  std::size_t end_ = 0;
  std::uint32_t closed_ = 0;
  List<std::uint32_t> open_;
  List<std::string_view> keys_;
};

/// The end of the digits at `at`.
std::size_t skip_digits(const parley::String& json, std::size_t at) noexcept {
  while (at < json.size() && json[at] >= '0' && json[at] <= '9') ++at;
  return at;
}

/// Makes the number at `at` fit a double without changing its length or whether it is well formed; returns its end.
std::size_t shrink_number(parley::String& json, std::size_t at) noexcept {
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

/// RapidJSON computes numbers even when it hands out their text, and gives up beyond 1e308. We only carry numbers, and
/// take their text from the source: so the copy that is parsed may have smaller ones.
void shrink_numbers(parley::String& json) noexcept {
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

Result<void> Document::parse_json(std::string_view json) { return parse(json, false); }

Result<void> Document::parse(std::string_view json, bool shrunk) {
  nodes_.clear();
  if (!shrunk) source_.assign(json);
  scratch_.assign(source_);
  if (shrunk) shrink_numbers(scratch_);
  const std::string_view source = source_;

  if (source.starts_with("\xef\xbb\xbf")) {
    return fault(Code::malformed_body, source, 0, "the text begins with a byte order mark");
  }
  if (const std::size_t nul = source.find('\0'); nul != std::string_view::npos) {
    return fault(Code::malformed_body, source, nul, "a NUL byte");
  }
  if (const std::size_t bad = find_bad_utf8(source); bad != std::string_view::npos) {
    return fault(Code::malformed_body, source, bad, "bytes that are no UTF-8");
  }

  InPlace stream(scratch_.data());
  Builder builder(nodes_, source, stream);
  rapidjson::Reader reader;
  constexpr unsigned flags =
      rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<flags>(stream, builder);
  if (builder.error) return std::move(*builder.error);
  if (parsed.Code() == rapidjson::kParseErrorNumberTooBig && !shrunk) {
    return parse(json, true);
  }
  if (parsed.IsError()) {
    return fault(Code::malformed_body, source, parsed.Offset(), rapidjson::GetParseError_En(parsed.Code()));
  }
  return {};
}

}  // namespace parley::shape
