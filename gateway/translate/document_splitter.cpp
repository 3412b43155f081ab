// Splits a stream into documents; see document_splitter.hpp.
#include "gateway/translate/document_splitter.hpp"

#include <algorithm>

#include "gateway/translate/foreign_text.hpp"
#include "schemas/shape/node.hpp"

namespace parley::gateway::translate {
namespace {

constexpr std::string_view mark = "\xef\xbb\xbf";

constexpr std::string_view too_large =
    "a document may have 4 MiB; a list may be of any size: take it out of what stands around it (jq -c '.NAME[]' FILE "
    "| parley load … -)";

bool is_blank(char byte) noexcept { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }
bool opens(char byte) noexcept { return byte == '{' || byte == '[' || byte == '('; }
bool closes(char byte) noexcept { return byte == '}' || byte == ']' || byte == ')'; }

}  // namespace

Result<void> DocumentSplitter::feed(std::string_view bytes) {
  if (begun_) return scan(bytes);
  head_.append(bytes);
  return head_.size() < longest_foreign_begin ? Result<void>() : begin_stream();
}

Result<void> DocumentSplitter::begin_stream() {
  begun_ = true;
  const String head = std::move(head_);
  if (const std::string_view what = foreign_text(head); !what.empty()) {
    mode_ = Mode::foreign;
    return take_({.text = {}, .fault = what});
  }
  if (!head.starts_with(mark)) return scan(head);
  seen_ = line_begin_ = mark.size();
  return scan(std::string_view(head).substr(mark.size()));
}

Result<void> DocumentSplitter::finish() {
  if (!begun_) {
    if (auto scanned = begin_stream(); !scanned) return scanned;
  }
  if (mode_ == Mode::foreign) return {};
  if (mode_ == Mode::document) {
    if (auto ended = end_document(); !ended) return ended;
  }
  const auto say = [this](std::string_view what, std::size_t line, std::size_t column) {
    return take_({.text = {}, .line = line, .column = column, .fault = what});
  };
  if (in_list_) return say("this list is not closed: its end is missing", list_line_, list_column_);
  if (mode_ == Mode::rest_of_answer)
    return say("the answer around this list is not closed: its end is missing", list_line_, list_column_);
  if (!any_) return say("there is no document here", 1, 1);
  return {};
}

Result<void> DocumentSplitter::scan(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    Result<void> done;
    switch (mode_) {
      case Mode::between:
        done = between(bytes, at);
        break;
      case Mode::document:
        done = in_document(bytes, at);
        break;
      case Mode::rest_of_answer:
        rest_of_answer(bytes, at);
        break;
      case Mode::foreign:
        return {};
    }
    if (!done) return done;
  }
  seen_ += bytes.size();
  return {};
}

Result<void> DocumentSplitter::between(std::string_view bytes, std::size_t& at) {
  const char byte = bytes[at];
  if (is_blank(byte)) {
    if (byte == '\n') new_line(at);
    ++at;
    return {};
  }
  any_ = true;
  if (!in_list_) {
    if (byte == '[') {
      begin_list(at, false);
      ++at;
    } else {
      begin(byte, at);
    }
    return {};
  }
  const bool early = wanted_ == Wanted::element || (wanted_ == Wanted::element_or_end && byte == ',');
  if (byte == ']' || byte == ',') {
    if (byte == ']') {
      end_list();
    } else {
      wanted_ = Wanted::element;
    }
    ++at;
    return early ? fault("an element of the list is expected here", at - 1) : Result<void>();
  }
  if (wanted_ == Wanted::comma_or_end) {
    if (auto told = fault("a comma or the closing ] of the list is expected here", at); !told) return told;
  }
  begin(byte, at);
  return {};
}

void DocumentSplitter::begin_list(std::size_t at, bool in_answer) noexcept {
  mode_ = Mode::between;
  in_list_ = true;
  in_answer_ = in_answer;
  wanted_ = Wanted::element_or_end;
  element_ = 0;
  list_line_ = line_;
  list_column_ = column(at);
}

void DocumentSplitter::end_list() noexcept {
  in_list_ = false;
  if (!in_answer_) return;
  mode_ = Mode::rest_of_answer;
  depth_ = 1;
}

void DocumentSplitter::begin(char first, std::size_t at) {
  mode_ = Mode::document;
  text_.clear();
  too_large_ = false;
  at_line_ = line_;
  at_column_ = column(at);
  depth_ = 0;
  structured_ = first == '{' || first == '[';
  in_string_ = escaped_ = is_key_ = key_matches_ = false;
  last_ = '\0';
  last_line_ = line_;
}

Result<void> DocumentSplitter::in_document(std::string_view bytes, std::size_t& at) {
  std::size_t from = at;
  const auto keep = [&] {
    append(bytes.substr(from, at - from));
    from = at;
  };
  while (at < bytes.size()) {
    const char byte = bytes[at];
    if (ends_before(byte, at, at - from)) {
      keep();
      return end_document();
    }
    if (byte == '\n') new_line(at);
    if (in_string_) {
      if (byte == '"' && !escaped_ && is_key_) {
        keep();
        key_matches_ = std::string_view(text_).substr(std::min(string_begin_, text_.size())) == envelope_;
      }
      in_string(bytes, at);
      continue;
    }
    if (byte == '[' && at_the_list()) {
      begin_list(at, true);
      ++at;
      return {};
    }
    ++at;
    if (is_blank(byte)) continue;
    if (opens(byte)) ++depth_;
    if (closes(byte) && depth_ > 0) --depth_;
    if (byte == '"') {
      keep();
      in_string_ = true;
      string_begin_ = text_.size();
      is_key_ = !envelope_.empty() && !in_list_ && depth_ == 1 && (last_ == '{' || last_ == ',');
    }
    last_ = byte;
    last_line_ = line_;
    if (closes(byte) && depth_ == 0 && structured_) {
      keep();
      return end_document();
    }
  }
  keep();
  return {};
}

bool DocumentSplitter::ends_before(char byte, std::size_t at, std::size_t unkept) const noexcept {
  if (byte == '\n') {
    // JSON strings cannot hold a line end. If each line is a document, this one is broken.
    if (in_string_) return !in_list_ && (by_line_ || (first_ && at_line_ == line_));
    if (depth_ > 0) return by_line_ && !in_list_;
    // A JSONP script may begin with `/**/` on its own line.
    const bool comment_alone = last_ == '/' && text_.size() + unkept == 4;
    return !structured_ && !comment_alone;
  }
  if (in_string_) return false;
  // An object at the beginning of a line where no value may begin: the document before it was cut off.
  if (byte == '{') return depth_ > 0 && column(at) == 1 && last_ != ':' && last_ != ',' && !opens(last_);
  return in_list_ && depth_ == 0 && !structured_ && (byte == ',' || byte == ']');
}

void DocumentSplitter::in_string(std::string_view bytes, std::size_t& at) {
  if (escaped_) {
    escaped_ = false;
    ++at;
    return;
  }
  switch (bytes[at]) {
    case '"':
      in_string_ = false;
      break;
    case '\\':
      escaped_ = true;
      break;
    default:  // skips the following plain bytes
      while (at + 1 < bytes.size() && bytes[at + 1] != '"' && bytes[at + 1] != '\\' && bytes[at + 1] != '\n') ++at;
  }
  ++at;
}

/// Whether a `[` here is the value of the member `envelope_` of the outermost object.
bool DocumentSplitter::at_the_list() const noexcept {
  return key_matches_ && is_key_ && depth_ == 1 && last_ == ':' && text_.starts_with('{');
}

void DocumentSplitter::rest_of_answer(std::string_view bytes, std::size_t& at) {
  const char byte = bytes[at];
  if (byte == '\n') new_line(at);
  if (in_string_) {
    in_string(bytes, at);
    return;
  }
  if (byte == '"') in_string_ = true;
  if (opens(byte)) ++depth_;
  if (closes(byte) && --depth_ == 0) {
    mode_ = Mode::between;
    in_answer_ = false;
  }
  ++at;
}

void DocumentSplitter::append(std::string_view bytes) {
  const std::size_t room = most_document - text_.size();
  if (bytes.size() > room) too_large_ = true;
  text_.append(bytes.substr(0, room));
}

Result<void> DocumentSplitter::end_document() {
  mode_ = Mode::between;
  wanted_ = Wanted::comma_or_end;
  if (first_ && !in_list_) {
    by_line_ = at_line_ == last_line_;
    first_ = false;
  }
  std::string_view text = text_;
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  Piece piece{
      .text = text, .line = at_line_, .column = at_column_, .fault = too_large_ ? too_large : std::string_view()};
  if (in_list_) {
    if (in_answer_) shape::append_pointer(envelope_, piece.pointer);
    piece.pointer.append("/").append(std::to_string(element_++));
  }
  return take_(piece);
}

Result<void> DocumentSplitter::fault(std::string_view what, std::size_t at) {
  return take_({.text = {}, .line = line_, .column = column(at), .fault = what});
}

void DocumentSplitter::new_line(std::size_t at) noexcept {
  ++line_;
  line_begin_ = seen_ + at + 1;
}

}  // namespace parley::gateway::translate
