// Enghouse's API as we serve it: JSONP on top of JSON, errors that a script can read.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "adapters/enghouse/settings.hpp"

namespace parley::enghouse {

/// The settings were checked with check_route.
[[nodiscard]] std::unique_ptr<contract::Facade> make_facade(const config::Route& route);

/// The vendor's answer around the ready JSON of a contact.
void wrap_contact(std::string_view contact, Buffer& out);

/// How an error is shown. `status` is what the request itself gets where no script could be meant to read it; 200 is for
/// errors that a caller should understand, and `strict` then is the status for plain-JSON callers who want one.
struct Shown {
  Code code;
  int status;
  int strict;
  std::string_view text;  ///< never names what the client sent
};
[[nodiscard]] const Shown& shown(Code code) noexcept;

}  // namespace parley::enghouse
