// JSONP bodies: JSON inside a call of the client's function, made safe to run as a script.
#pragma once

#include "adapters/enghouse/facade/callback.hpp"
#include "schemas/buffer.hpp"
#include "schemas/error.hpp"

namespace parley::enghouse {

/// Writes one script around JSON that is appended in between:
///   Script script(name, out);  … append JSON to `out` …  script.close();
/// The body is `/**/ typeof NAME === 'function' && NAME(JSON);`. On close, U+2028 and U+2029 in the JSON become escapes and
/// members called `__proto__` are taken out, at any depth: in a script they would mean something else than in JSON.
class Script {
 public:
  Script(std::string_view name, Buffer& out);
  /// The JSON must be complete and valid. Whether a member was taken out.
  bool close();

 private:
  Buffer& out_;
  std::size_t begin_;
};

/// Appends `json` as a script that calls `callback`, from which characters that no name has are deleted first. Errors:
/// invalid_callback.
Result<void> to_script(std::string_view json, std::string_view callback, Buffer& out);

}  // namespace parley::enghouse
