// Explains a syntax error in JSON to the person who wrote it.
#pragma once

#include <string_view>

namespace parley::shape {

/// The explanation of a `rapidjson::ParseErrorCode`, without a full stop. It says what is expected at the place of the error. `at` is the
/// byte there. For an unknown code: "this is not JSON".
[[nodiscard]] std::string_view json_error_words(int code, char at) noexcept;

}  // namespace parley::shape
