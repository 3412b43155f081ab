// Tables for people: Markdown that is aligned, so that it reads as plain text too.
#pragma once

#include "schemas/text.hpp"

namespace parley::gateway::translate {

class MarkdownTable {
 public:
  explicit MarkdownTable(List<String> heading) : lines_{std::move(heading)} {}
  /// As many cells as the heading has.
  void add(List<String> cells) { lines_.push_back(std::move(cells)); }
  [[nodiscard]] String text() const;

 private:
  List<List<String>> lines_;
};

/// Characters of a UTF-8 text, for columns.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;

}  // namespace parley::gateway::translate
