// The files that `parley load` keeps beside its work: what was refused, and how far it came.
#pragma once

#include <fstream>
#include <span>

#include "gateway/translate/document_splitter.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::cli {

/// `{"file":"a.ndjson","line":3,"column":1,"reason":"…","document":"…"}` with a line end. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] String rejected_line(std::string_view file, const translate::Piece& piece, const Error& error);

/// A file of refused documents, one a line.
class Rejects {
 public:
  /// Begins the file anew, or goes on behind what it holds. `others`: files of the same load, which it must not overwrite. Errors:
  /// unavailable; invalid_field where the file is one of them, or holds anything but what this class has written.
  [[nodiscard]] Result<void> open(const String& path, bool go_on, std::span<const String> others);
  /// Errors: unavailable.
  [[nodiscard]] Result<void> write(std::string_view lines);

 private:
  String path_;
  std::ofstream file_;
};

/// How many documents of a load are dealt with: a small text file that is replaced after each batch.
class LoadState {
 public:
  /// Reads the file, if there is one. `load` says what is loaded, and has to be the same each time. Errors: unavailable; invalid_field
  /// where the file is of another load.
  [[nodiscard]] Result<void> open(const String& path, String load);
  [[nodiscard]] std::size_t documents() const noexcept { return documents_; }
  /// Does nothing where no file was opened. Errors: unavailable.
  [[nodiscard]] Result<void> save(std::size_t documents);
  /// The load is complete: the file goes.
  void remove() const;

 private:
  String path_;
  String load_;
  std::size_t documents_ = 0;
};

}  // namespace parley::gateway::cli
