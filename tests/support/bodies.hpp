// A request body for every call that reads one.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/http/request.hpp"
#include "schemas/text.hpp"

namespace parley::test {

/// A valid body of a call, and the members that the vendor allows to be absent or null.
struct Body {
  std::string_view facade;
  std::string_view pattern;
  String json;
  List<const char*> optional;
  std::string_view profile = {};            ///< empty = all profiles
  std::optional<http::Method> method = {};  ///< absent = all methods
};

/// The bodies of one call, in the profile of its route. A call without a body here gets its adapter's sample of the body. If there is no
/// sample, it gets a body that many calls accept.
[[nodiscard]] List<Body> bodies_of(std::string_view facade, std::string_view profile, std::string_view pattern,
                                   http::Method method);

}  // namespace parley::test
