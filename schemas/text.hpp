// The string and list types of the program, and the text of records.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

using String = std::string;
template <class T>
using List = std::vector<T>;

class Text;
template <class S>
concept PlainText = std::convertible_to<const S&, std::string_view> && !std::same_as<std::remove_cvref_t<S>, Text>;

/// A text member of a record. It owns its bytes, or borrows them from memory that must outlive it: the document that the record was read
/// from (`Wire::texts` keeps that), or another record. A copy always owns its bytes; a move keeps what there is. At most 4 GiB.
class Text {
 public:
  Text() noexcept {}                                    // not `= default`: a const record may be made without values
  Text(std::string_view text) : Text(Owned{}, text) {}  // NOLINT: implicit by design
  Text(const String& text) : Text(Owned{}, text) {}     // NOLINT: implicit by design
  Text(const char* text) : Text(Owned{}, text) {}       // NOLINT: implicit by design
  Text(const Text& other) : Text(Owned{}, other.view()) {}
  Text(Text&& other) noexcept { take(other); }
  ~Text() {
    if (kind_ == Kind::heap) delete[] data_;
  }
  Text& operator=(const Text& other) {
    if (this != &other) assign(other.view());
    return *this;
  }
  Text& operator=(Text&& other) noexcept {
    if (this == &other) return *this;
    this->~Text();
    take(other);
    return *this;
  }
  template <PlainText S>
  Text& operator=(const S& text) {
    assign(text);
    return *this;
  }
  /// A text that refers to the bytes of `text`.
  [[nodiscard]] static Text borrow(std::string_view text) {
    Text made;
    made.borrow_from(text);
    return made;
  }

  /// Makes this refer to the bytes of `text`.
  void borrow_from(std::string_view text) {
    if (text.size() > most) throw std::length_error("a text of a record is longer than 4 GiB");
    if (kind_ == Kind::heap) delete[] data_;
    data_ = text.data();
    size_ = static_cast<std::uint32_t>(text.size());
    kind_ = Kind::borrowed;
  }
  /// Makes this an owned copy of `text`, which may be a part of this text.
  void assign(std::string_view text) { *this = Text(Owned{}, text); }
  void clear() noexcept { *this = Text(); }

  [[nodiscard]] std::string_view view() const noexcept { return {kind_ == Kind::inside ? inside_ : data_, size_}; }
  operator std::string_view() const noexcept { return view(); }  // NOLINT: implicit by design
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool starts_with(std::string_view begin) const noexcept { return view().starts_with(begin); }
  [[nodiscard]] bool borrows() const noexcept { return kind_ == Kind::borrowed; }
  [[nodiscard]] String str() const { return String(view()); }

  friend bool operator==(const Text& one, const Text& other) noexcept { return one.view() == other.view(); }
  friend auto operator<=>(const Text& one, const Text& other) noexcept { return one.view() <=> other.view(); }
  template <PlainText S>
  friend bool operator==(const Text& one, const S& other) noexcept {
    return one.view() == std::string_view(other);
  }
  template <PlainText S>
  friend auto operator<=>(const Text& one, const S& other) noexcept {
    return one.view() <=> std::string_view(other);
  }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) { return out << text.view(); }

 private:
  enum class Kind : std::uint8_t { borrowed, inside, heap };
  struct Owned {};
  static constexpr std::size_t inside_size = 16;
  static constexpr std::size_t most = UINT32_MAX;

  Text(Owned, std::string_view text) {
    if (text.size() > most) throw std::length_error("a text of a record is longer than 4 GiB");
    size_ = static_cast<std::uint32_t>(text.size());
    char* to = inside_;
    if (text.size() > inside_size) {
      kind_ = Kind::heap;
      data_ = to = new char[text.size()];
    } else {
      kind_ = Kind::inside;
    }
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
  }
  void take(Text& other) noexcept {
    std::memcpy(inside_, other.inside_, inside_size);
    size_ = std::exchange(other.size_, 0);
    kind_ = std::exchange(other.kind_, Kind::borrowed);
  }

  union {
    const char* data_;
    char inside_[inside_size] = {};  // also a null pointer
  };
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::borrowed;
};

/// The value of another record's member, for a record that does not outlive it: texts are borrowed, other values are copied.
template <class T>
[[nodiscard]] T lend(const T& value) {
  return value;
}
[[nodiscard]] inline Text lend(const Text& text) { return Text::borrow(text); }
[[nodiscard]] inline List<Text> lend(const List<Text>& texts) {
  List<Text> lent;
  lent.reserve(texts.size());
  for (const Text& text : texts) lent.push_back(lend(text));
  return lent;
}

inline String operator+(const Text& one, std::string_view other) { return String(one.view()).append(other); }
inline String operator+(std::string_view one, const Text& other) { return String(one).append(other.view()); }

}  // namespace parley

template <>
struct std::hash<parley::Text> {
  std::size_t operator()(const parley::Text& text) const noexcept { return std::hash<std::string_view>{}(text.view()); }
};
