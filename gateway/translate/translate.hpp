// Translates one document from one style into another, without a server.
#pragma once

#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

struct Translation {
  Buffer text;    ///< in an envelope if the source has one, or with a callback
  Report report;  ///< empty unless requested
  /// The report was skipped because of `brief`: parts of the document are lost, but it is not known which.
  bool unmeasured = false;
};

struct TranslateOptions {
  std::string_view callback;  ///< JSONP; empty = plain JSON
  bool report = false;
  /// Skip the report if it takes long: for a document of more than 16 KiB without a way back, the time grows with the square of
  /// its size.
  bool brief = false;
};

/// Translates a document. Invalid Unicode becomes U+FFFD, and the report has its places. Errors: malformed_body, duplicate_key,
/// too_deep (the document is not JSON that we accept); invalid_field (it does not have the shape); unsupported_operation (no
/// path between the two kinds of record, or the style has no script form); invalid_callback. Messages about the document end in
/// `(line N, column M)`.
[[nodiscard]] Result<Translation> translate(const NamedShape& from, const NamedShape& to, std::string_view document,
                                            const TranslateOptions& options = {});

/// Checks before a document is read that the translation is possible. Errors: unsupported_operation; invalid_callback, also if
/// only a part of the callback could be used, or it begins with a reserved word of JavaScript.
[[nodiscard]] Result<void> check_pair(const NamedShape& from, const NamedShape& to, std::string_view callback = {});

/// A document without its envelope.
struct Unwrapped {
  const shape::Node* inner;
  bool enveloped;
};
/// Removes the envelope of a vendor's answer, if there is one. Errors: invalid_field if the answer is empty.
[[nodiscard]] Result<Unwrapped> unwrap(const contract::WireShape& shape, const shape::Node& root);

/// A document that was read, with its record.
struct Source {
  shape::Document document;
  const shape::Node* inner = nullptr;
  bool enveloped = false;
  Record record;
};
/// The first step of `translate` and `load`: removes the script (if the style has one), parses the text, removes the envelope and
/// reads the record. Errors: those of `translate`.
[[nodiscard]] Result<void> read_source(const NamedShape& shape, std::string_view text, Source& source);

}  // namespace parley::gateway::translate
