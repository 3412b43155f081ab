// Enghouse's API as Parley serves it: JSON or JSONP, with errors that a script can read.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "adapters/enghouse/settings.hpp"

namespace parley::enghouse {

/// The route must have passed check_route.
[[nodiscard]] std::unique_ptr<contract::Facade> make_facade(const config::Route& route);

/// Appends the vendor's answer around the JSON of a contact.
void wrap_contact(std::string_view contact, Buffer& out);

/// How an error is shown.
struct Shown {
  Code code;
  int status;             ///< 200 for every error that a script should read; browsers run no script of another status
  int strict;             ///< status of a plain JSON answer on a route with `strict_status`
  std::string_view text;  ///< never repeats what the client sent
};
[[nodiscard]] const Shown& shown(Code code) noexcept;

}  // namespace parley::enghouse
