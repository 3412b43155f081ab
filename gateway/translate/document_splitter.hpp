// Splits a stream of bytes into documents. Holds one document at a time, so a file of any size takes the same memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::translate {

/// One document of a stream, or a fault at a place. The views are valid during the call of `Take`.
struct Piece {
  std::string_view text;     ///< the document; only its beginning if it is too large
  std::size_t line = 1;      ///< of its first byte, from 1
  std::size_t column = 1;    ///< in bytes, from 1
  std::string_view fault{};  ///< why it cannot be read; empty = it may be a document
  String pointer{};          ///< its place in the list or answer that it is from: `/2`, `/visitors/2`; else empty
};

/// Accepts one document; documents in a row (one a line, or over several lines each); a list of documents; and an answer whose
/// member `envelope` is such a list. Looks only at strings and brackets: the reader decides whether a document is valid.
/// Compressed or UTF-16 input is one fault, however long it is. If each line is a document, a broken document ends with its
/// line, so that the next one can be read.
class DocumentSplitter {
 public:
  static constexpr std::size_t most_document = 4 * 1024 * 1024;

  /// Called for each document, in order. An error stops the splitter.
  using Take = std::function<Result<void>(const Piece&)>;

  /// `envelope`: the member of an answer that holds the list; empty if the vendor has no envelope.
  DocumentSplitter(std::string_view envelope, Take take) : envelope_(envelope), take_(std::move(take)) {}

  /// Takes the next bytes, any number. Errors: those of `take`.
  [[nodiscard]] Result<void> feed(std::string_view bytes);
  /// Ends the stream. Hands out the last document, and faults for a list that is not closed or a stream without a document.
  /// Errors: those of `take`.
  [[nodiscard]] Result<void> finish();

 private:
  enum class Mode : std::uint8_t { between, document, rest_of_answer, foreign };
  /// What must come next in a list.
  enum class Wanted : std::uint8_t { element_or_end, element, comma_or_end };

  Result<void> begin_stream();
  Result<void> scan(std::string_view bytes);
  Result<void> between(std::string_view bytes, std::size_t& at);
  Result<void> in_document(std::string_view bytes, std::size_t& at);
  void rest_of_answer(std::string_view bytes, std::size_t& at);
  void in_string(std::string_view bytes, std::size_t& at);
  void begin(char first, std::size_t at);
  void append(std::string_view bytes);
  void begin_list(std::size_t at, bool in_answer) noexcept;
  void end_list() noexcept;
  /// Whether the current document ends before this byte; `unkept` of its bytes are not in `text_` yet.
  [[nodiscard]] bool ends_before(char byte, std::size_t at, std::size_t unkept) const noexcept;
  Result<void> end_document();
  Result<void> fault(std::string_view what, std::size_t at);
  void new_line(std::size_t at) noexcept;
  [[nodiscard]] bool at_the_list() const noexcept;
  [[nodiscard]] std::size_t column(std::size_t at) const noexcept { return seen_ + at - line_begin_ + 1; }

  String envelope_;
  Take take_;
  String head_;           // the first bytes, until they are checked for a foreign format
  bool begun_ = false;    // head_ was checked
  std::size_t seen_ = 0;  // bytes of earlier calls
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;

  Mode mode_ = Mode::between;
  bool in_list_ = false;
  bool in_answer_ = false;  // the list is a member of an answer
  Wanted wanted_ = Wanted::element;
  bool any_ = false;      // a document or a list was seen
  bool by_line_ = false;  // each line is a document
  bool first_ = true;     // the next document decides `by_line_`
  std::size_t list_line_ = 0;
  std::size_t list_column_ = 0;
  std::size_t element_ = 0;  // the index of the next element

  // Of the current document:
  String text_;
  bool too_large_ = false;
  std::size_t at_line_ = 0;
  std::size_t at_column_ = 0;
  std::size_t depth_ = 0;
  bool structured_ = false;  // it begins with a bracket, and ends with it
  bool in_string_ = false;
  bool escaped_ = false;
  char last_ = '\0';              // the last byte outside strings that is not white space
  std::size_t last_line_ = 0;     // … and its line
  bool is_key_ = false;           // the last string is a key of the outermost object
  bool key_matches_ = false;      // … and equals `envelope_`
  std::size_t string_begin_ = 0;  // in `text_`
};

}  // namespace parley::gateway::translate
