// An HTTP call to a vendor's server and its answer, as connectors see them: plain values.
#pragma once

#include <cstdint>
#include <memory>
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
  /// Adds `/` and a literal.
  Target& literal(std::string_view text);
  /// Adds `/` and a segment. After an empty segment, `.` or `..`, `good` is false: a path cannot express them.
  Target& segment(std::string_view text);
  /// Adds `?name=value`, or `&name=value` after the first.
  Target& query(std::string_view name, std::string_view value);
  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] const String& text() const noexcept { return text_; }
  /// The path for the log, with `*` in place of each segment: `/api/v1/livechat/visitor/*`. A segment may be a visitor's token. At most
  /// 16 parts after the path of the constructor are shown.
  [[nodiscard]] String pattern() const;

 private:
  String text_;
  // Small, since many coroutine frames hold a Target.
  std::uint16_t known_ = 1;     // length of the path of the constructor
  std::uint16_t segments_ = 0;  // of the first 16 parts behind it, a bit for each: 1 = a segment, not a literal
  std::uint8_t parts_ = 0;      // how many there are behind it
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
  /// If the status is no success: what the log may say about the call.
  struct Asked {
    String credential;  ///< the configuration keys of the credentials; see `credential_keys`
    String path;        ///< Target::pattern of the request
  };
  std::shared_ptr<const Asked> asked;  ///< one pointer, since many coroutine frames hold a Response
  /// The configuration key of the server's URL, or nullptr. Lives as long as the backend.
  const String* url_key = nullptr;

  /// `name` and `value` must have no line break, and `name` no colon.
  void add_header(std::string_view name, std::string_view value);
  /// The value of the first header of that name (in any ASCII case), or nothing.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

}  // namespace parley::upstream
