// What is wrong with a JSON text, in words for the person who wrote it.
#pragma once

#include <string_view>

namespace parley::shape {

/// One sentence without a full stop for a `rapidjson::ParseErrorCode` at the byte `at`. It says what was expected at the place, not how
/// the parser works. A code that is not known is "this is not JSON".
[[nodiscard]] std::string_view json_error_words(int code, char at) noexcept;

}  // namespace parley::shape
