// Aligned Markdown tables, which also read well as plain text.
#pragma once

#include "schemas/text.hpp"

namespace parley::gateway::translate {

class MarkdownTable {
 public:
  explicit MarkdownTable(List<String> heading) : lines_{std::move(heading)} {}
  /// Adds a line. It must have as many cells as the heading.
  void add(List<String> cells) { lines_.push_back(std::move(cells)); }
  [[nodiscard]] String text() const;

 private:
  List<List<String>> lines_;
};

/// The number of characters of a UTF-8 text.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;

}  // namespace parley::gateway::translate
