// JSONP bodies: JSON as the argument of a call of the client's function, made safe to run as a script.
#pragma once

#include "adapters/enghouse/facade/callback.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"

namespace parley::enghouse {

/// Whether the text may contain U+2028 or U+2029, or the key `__proto__`, plain or with `\u` escapes. Hardly any body does.
[[nodiscard]] bool may_be_unsafe(std::string_view json) noexcept;

/// Writes a script around the JSON that the caller appends between constructor and close():
///   Script script(name, out);  … append JSON to `out` …  script.close(may_be_unsafe(script.json()));
/// The script is `/**/ typeof NAME === 'function' && NAME(JSON);`. close() escapes U+2028 and U+2029 in the JSON and removes
/// members called `__proto__` at any depth, because these mean something else in a script than in JSON.
class Script {
 public:
  Script(std::string_view name, Buffer& out);
  /// What was appended since.
  [[nodiscard]] std::string_view json() const noexcept { return out_.view().substr(std::min(begin_, out_.size())); }
  /// Ends the script. The JSON must be complete and valid. `unsafe`: may_be_unsafe of the JSON. Returns whether a member was removed.
  bool close(bool unsafe);

 private:
  Buffer& out_;
  std::size_t begin_;
};

/// Appends `json` as a script that calls `callback`. First deletes the characters of `callback` that no name can have. Errors:
/// invalid_callback.
Result<void> to_script(std::string_view json, std::string_view callback, Buffer& out);

}  // namespace parley::enghouse
