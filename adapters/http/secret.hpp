// Constant-time comparison of what a client shows with a secret.
#pragma once

#include <string_view>

namespace parley::http {

/// Whether they are equal. The time depends only on the length of `shown`, which its sender knows.
[[nodiscard]] bool same_secret(std::string_view shown, std::string_view secret) noexcept;

}  // namespace parley::http
