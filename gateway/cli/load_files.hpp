// The files that `parley load` writes: refused documents (`--rejects`) and progress (`--resume`).
#pragma once

#include <fstream>
#include <span>

#include "gateway/translate/document_splitter.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::cli {

/// One line with its end: `{"file":"a.ndjson","line":3,"column":1,"reason":"…","document":"…"}`. Bytes that are not UTF-8
/// become U+FFFD.
[[nodiscard]] String rejected_line(std::string_view file, const translate::Piece& piece, const Error& error);

/// A file of refused documents, one a line.
class Rejects {
 public:
  /// Truncates the file, or appends to it if `go_on`. `others`: files of the same load, which must not be overwritten. Errors:
  /// unavailable; invalid_field if `path` is one of `others`, or holds anything that this class did not write.
  [[nodiscard]] Result<void> open(const String& path, bool go_on, std::span<const String> others);
  /// Errors: unavailable.
  [[nodiscard]] Result<void> write(std::string_view lines);

 private:
  String path_;
  std::ofstream file_;
};

/// Keeps the number of documents that a load has finished, in a small text file that is replaced after each batch.
class LoadState {
 public:
  /// Reads the file if it exists. `load` describes the load and must be the same in each run. Errors: unavailable;
  /// invalid_field if the file belongs to another load.
  [[nodiscard]] Result<void> open(const String& path, String load);
  [[nodiscard]] std::size_t documents() const noexcept { return documents_; }
  /// Writes the number. Does nothing if `open` was not called. Errors: unavailable.
  [[nodiscard]] Result<void> save(std::size_t documents);
  /// Removes the file, once the load is complete.
  void remove() const;

 private:
  String path_;
  String load_;
  std::size_t documents_ = 0;
};

}  // namespace parley::gateway::cli
