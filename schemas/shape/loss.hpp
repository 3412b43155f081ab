// What a document cannot carry of a record.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "schemas/text.hpp"

namespace parley::shape {

/// A text that the program has as a constant, or that it made. Copies share it. Most losses have constants only, so that noting one
/// allocates nothing.
class Label {
 public:
  Label() = default;
  template <std::size_t size>
  consteval Label(const char (&literal)[size]) : text_(literal, size - 1) {}  // NOLINT: implicit by design
  Label(String made)                                                          // NOLINT: implicit by design
      : made_(std::make_shared<const String>(std::move(made))), text_(*made_) {}
  /// `text` must live as long as the program, as the texts of tables do.
  [[nodiscard]] static Label constant(std::string_view text) noexcept {
    Label label;
    label.text_ = text;
    return label;
  }

  /// Whether the text lives as long as the program. Then its address stands for it.
  [[nodiscard]] bool is_constant() const noexcept { return made_ == nullptr; }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  operator std::string_view() const noexcept { return text_; }  // NOLINT: implicit by design
  [[nodiscard]] bool starts_with(std::string_view begin) const noexcept { return text_.starts_with(begin); }
  friend bool operator==(const Label& one, std::string_view other) noexcept { return one.text_ == other; }

 private:
  std::shared_ptr<const String> made_;
  std::string_view text_;
};

/// A member of a record that a document cannot carry.
struct Loss {
  Label member;  ///< the canonical name, `visitor.token`; for an extension its shape and key
  Label reason;
};
using Losses = List<Loss>;

}  // namespace parley::shape
