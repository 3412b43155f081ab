// One HTTP call to a vendor's server, and its answer, as connectors see them: plain values.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "adapters/http/request.hpp"
#include "schemas/text.hpp"

namespace parley::upstream {

/// Builds a request target. Literals come as they are, everything else percent-encoded: every byte but `A-Za-z0-9-._~`.
class Target {
 public:
  /// `path` is a literal that begins with `/`: `/api/v1/livechat/visitor`. It stands behind the path of the backend's URL.
  explicit Target(std::string_view path) {
    text_.reserve(128);
    text_ = path;
  }
  /// Adds `/` and a segment. `.`, `..` and an empty one cannot be said in a path: refused by `good`.
  Target& segment(std::string_view text);
  /// Adds `?name=value`, or `&name=value`.
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
  Target target{"/"};
  /// Beside Host, Accept, Accept-Encoding, Content-Length and Connection. A User-Agent stands in place of ours.
  Headers headers;
  String body;
  std::string_view content_type;  ///< a literal; empty = no body
  /// Whether it may be sent a second time although the first may have been executed: GET and PUT, not POST.
  bool repeatable = true;
};

/// A whole answer: status 200 to 599, no redirect, within the limits, unpacked.
struct Response {
  int status = 0;
  String head;  ///< the headers, one a line: `Name:value\n`
  String body;
  /// What of the gateway's credentials may stand in the answer to a call that failed: see `quote`.
  List<String> secrets;
  /// Of such an answer: which keys of the configuration the credentials have. See `credential_keys`.
  String credential;

  /// Neither holds a line break, and the name no colon.
  void add_header(std::string_view name, std::string_view value);
  /// The first of that name (ASCII case ignored), or nothing.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

}  // namespace parley::upstream
