// An HTTP call to a vendor's server and its answer, as connectors see them: plain values.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "adapters/http/request.hpp"
#include "schemas/text.hpp"

namespace parley::upstream {

/// Builds a request target. Literals are used as they are. Everything else is percent-encoded, except `A-Za-z0-9-._~`.
class Target {
 public:
  /// The target `/`.
  Target() : text_("/") {}
  /// `path` is a literal that begins with `/`: `/api/v1/livechat/visitor`. It is appended to the path of the backend's URL.
  explicit Target(std::string_view path);
  /// Adds `/` and a segment. After an empty segment, `.` or `..`, `good` is false: a path cannot express them.
  Target& segment(std::string_view text);
  /// Adds `?name=value`, or `&name=value` after the first.
  Target& query(std::string_view name, std::string_view value);
  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] const String& text() const noexcept { return text_; }

 private:
  String text_;
  bool asked_ = false;
  bool good_ = true;
};

using Headers = List<std::pair<String, String>>;

struct Request {
  http::Method method = http::Method::get;
  Target target;
  /// Headers beside Host, Accept, Accept-Encoding, Content-Length and Connection. A User-Agent here replaces ours.
  Headers headers;
  String body;
  std::string_view content_type;  ///< a literal; empty = no body
  /// Whether it may be sent a second time although the first may have been executed: true for GET and PUT, false for POST.
  bool repeatable = true;
};

/// A complete answer: status 200 to 599, no redirect, within the limits, unpacked.
struct Response {
  int status = 0;
  String head;  ///< the headers, one per line: `Name:value\n`
  String body;
  /// If the status is no success: the gateway's credentials that the answer may repeat; see `quote`.
  List<String> secrets;
  /// If the status is no success: the configuration keys of the credentials; see `credential_keys`.
  String credential;

  /// `name` and `value` must have no line break, and `name` no colon.
  void add_header(std::string_view name, std::string_view value);
  /// The value of the first header of that name (in any ASCII case), or nothing.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

}  // namespace parley::upstream
