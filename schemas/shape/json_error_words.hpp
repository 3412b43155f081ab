// Explains a syntax error in JSON to the person who wrote it.
#pragma once

#include <string_view>

#include "schemas/error.hpp"

namespace parley::shape {

/// The source of errors in a JSON text.
inline constexpr Source by_json{"json"};

/// The explanation of a `rapidjson::ParseErrorCode`, without a full stop. It says what is expected at the place of the error. `at` is the
/// byte there. For an unknown code: "this is not JSON".
[[nodiscard]] std::string_view json_error_words(int code, char at) noexcept;

/// An error of `by_json`. Its message is `what` without its full stop, then `place`, such as ` (line 1, column 1)`.
[[nodiscard]] Error json_fault(Code code, std::string_view what, std::string_view place, std::string_view field = {});

}  // namespace parley::shape
