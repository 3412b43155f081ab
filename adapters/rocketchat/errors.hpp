// The errors of this folder. The source says which part of the vendor's server would have refused, and so which document the facade
// shows. The connector's errors are those of the upstream (upstream/errors.hpp).
#pragma once

#include "schemas/error.hpp"

namespace parley::rocketchat {

inline constexpr Source by_rocketchat{"rocketchat"};       ///< no particular part
inline constexpr Source by_check{"rocketchat.check"};      ///< the message is complete: `Match error: …`
inline constexpr Source by_schema{"rocketchat.schema"};    ///< the message lacks its suffix ` [invalid-params]`
inline constexpr Source by_sort{"rocketchat.sort"};        ///< the check of `sort`; the message lacks its suffix
inline constexpr Source by_login{"rocketchat.login"};      ///< the account system
inline constexpr Source by_handler{"rocketchat.handler"};  ///< a rule of the call itself
inline constexpr Source by_mail{"rocketchat.mail"};        ///< an e-mail that is not sent; the widget shows why
inline constexpr Source by_upload{"rocketchat.upload"};    ///< the check of a file; the message is the `reason`
inline constexpr Source by_name{
    "rocketchat.name"};  ///< the same; the message is the vendor's code, and nothing else is shown

inline constexpr Source by_exception{
    "rocketchat.exception"};  ///< the message is complete: `<reason> [<code>]`, or `[<code>]`

/// An error of `source`.
[[nodiscard]] inline Error fault(Source source, Code code, String message, String field = {}) {
  return {code, std::move(message), std::move(field), {}, source};
}

}  // namespace parley::rocketchat
