// One document from one style into another, without a server: the tables at work.
#pragma once

#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

struct Translation {
  Buffer text;    ///< in an envelope if the source stood in one, or if a callback was asked for
  Report report;  ///< empty unless asked for
  /// The report was asked for in brief and would have taken long: parts are lost, and it does not say which.
  bool unmeasured = false;
};

struct TranslateOptions {
  std::string_view callback;  ///< JSONP; empty = plain JSON
  bool report = false;
  /// Rather no report than a long wait: where there is no way back to the source, measuring takes time by the square of its size.
  bool brief = false;
};

/// Text that is no Unicode becomes U+FFFD, and the report says where. Errors: malformed_body, duplicate_key, too_deep (the
/// document is no JSON we accept); invalid_field (it is not what the
/// shape describes); unsupported_operation (no way between the two kinds of record, or the style has no script form);
/// invalid_callback. Messages about the document end in `(line N, column M)`.
[[nodiscard]] Result<Translation> translate(const NamedShape& from, const NamedShape& to, std::string_view document,
                                            const TranslateOptions& options = {});

/// Whether the two can be translated at all, before any document is read. Errors: unsupported_operation; invalid_callback, also
/// where only a part of it could be used.
[[nodiscard]] Result<void> check_pair(const NamedShape& from, const NamedShape& to, std::string_view callback = {});

/// The bare document inside the vendor's answer, or the root itself. Errors: invalid_field where the answer is empty.
struct Unwrapped {
  const shape::Node* inner;
  bool enveloped;
};
[[nodiscard]] Result<Unwrapped> unwrap(const contract::WireShape& shape, const shape::Node& root);

/// Takes a script off (where the style has one), parses, takes the envelope off and reads: what `translate` and `load` begin with.
/// Errors: as for `translate`.
struct Source {
  shape::Document document;
  const shape::Node* inner = nullptr;
  bool enveloped = false;
  Record record;
};
[[nodiscard]] Result<void> read_source(const NamedShape& shape, std::string_view text, Source& source);

}  // namespace parley::gateway::translate
