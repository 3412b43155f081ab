// Cuts a stream of bytes into documents without reading more of it than one document: a file of any size takes the same memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::translate {

/// One document of a stream, or a place where none can be read. The views live until the call that they are handed to returns.
struct Piece {
  std::string_view text;     ///< from the first byte to the last; only the beginning of it where it is too large
  std::size_t line = 1;      ///< where it begins, from 1
  std::size_t column = 1;    ///< in bytes, from 1
  std::string_view fault{};  ///< why no reader should try; empty = it may be a document
};

/// Takes one document, documents in a row (one a line, or laid out over several lines each), a list of documents, and an answer
/// whose member `envelope` is such a list. Whether a document is valid is for its reader to say: here only strings and brackets
/// count. What is compressed or UTF-16 is one fault, however long it is. Where each line is a document, a broken one ends with its line, so that the next is read as it stands.
class DocumentSplitter {
 public:
  static constexpr std::size_t most_document = 4 * 1024 * 1024;

  /// Called for each document, in order. An error stops the stream.
  using Take = std::function<Result<void>(const Piece&)>;

  /// `envelope`: the member of an answer that holds the list; empty where lists stand alone.
  DocumentSplitter(std::string_view envelope, Take take) : envelope_(envelope), take_(std::move(take)) {}

  /// The next bytes, of any number. Errors: what `take` returned.
  [[nodiscard]] Result<void> feed(std::string_view bytes);
  /// Nothing follows: hands out what is left, and says what is not closed or that there was no document at all. Errors: as above.
  [[nodiscard]] Result<void> finish();

 private:
  enum class Mode : std::uint8_t { between, document, rest_of_answer, foreign };
  /// What a list needs next.
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
  /// Whether the document that is being read ends before this byte; `unkept` bytes of it are not in `text_` yet.
  [[nodiscard]] bool ends_before(char byte, std::size_t at, std::size_t unkept) const noexcept;
  Result<void> end_document();
  Result<void> fault(std::string_view what, std::size_t at);
  void new_line(std::size_t at) noexcept;
  [[nodiscard]] bool at_the_list() const noexcept;
  [[nodiscard]] std::size_t column(std::size_t at) const noexcept { return seen_ + at - line_begin_ + 1; }

  String envelope_;
  Take take_;
  String head_;           // the first bytes, until it is known what they say of the others
  bool begun_ = false;    // head_ was dealt with
  std::size_t seen_ = 0;  // bytes before those of this call
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;

  Mode mode_ = Mode::between;
  bool in_list_ = false;
  bool in_answer_ = false;  // the list is a member of an answer
  Wanted wanted_ = Wanted::element;
  bool any_ = false;      // a document or a list was seen
  bool by_line_ = false;  // each line is a document
  bool first_ = true;     // the next document decides whether that is so
  std::size_t list_line_ = 0;
  std::size_t list_column_ = 0;

  // Of the document that is being read:
  String text_;
  bool too_large_ = false;
  std::size_t at_line_ = 0;
  std::size_t at_column_ = 0;
  std::size_t depth_ = 0;
  bool structured_ = false;  // it begins with a bracket, and ends with it
  bool in_string_ = false;
  bool escaped_ = false;
  char last_ = '\0';              // the last byte outside strings that is no blank
  std::size_t last_line_ = 0;     // … and its line
  bool is_key_ = false;           // the string that was read last is a member's name of the outermost object
  bool key_matches_ = false;      // … and that of the envelope
  std::size_t string_begin_ = 0;  // in `text_`
};

}  // namespace parley::gateway::translate
