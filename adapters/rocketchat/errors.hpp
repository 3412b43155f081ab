// The errors of this folder. Which of the vendor's parts would have refused decides the document that the facade shows; what the
// connector refuses is the upstream's (upstream/errors.hpp).
#pragma once

#include "schemas/error.hpp"

namespace parley::rocketchat {

inline constexpr Source by_rocketchat{"rocketchat"};       ///< none of those below
inline constexpr Source by_check{"rocketchat.check"};      ///< message is complete: `Match error: …`
inline constexpr Source by_schema{"rocketchat.schema"};    ///< message lacks its suffix ` [invalid-params]`
inline constexpr Source by_sort{"rocketchat.sort"};        ///< the checker of `sort`; message is complete
inline constexpr Source by_login{"rocketchat.login"};      ///< the account system
inline constexpr Source by_handler{"rocketchat.handler"};  ///< a rule of the call itself
/// An error of that part.
[[nodiscard]] inline Error fault(Source source, Code code, String message, String field = {}) {
  return {code, std::move(message), std::move(field), {}, source};
}

}  // namespace parley::rocketchat
