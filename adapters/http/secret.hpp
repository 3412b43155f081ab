// How what a client shows is compared with a secret.
#pragma once

#include <string_view>

namespace parley::http {

/// Whether they are equal. The time depends on the length of `shown` alone, which its sender knows anyway.
[[nodiscard]] bool same_secret(std::string_view shown, std::string_view secret) noexcept;

}  // namespace parley::http
