// A body for every call that reads one.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::test {

/// A body that a call takes, and the members that its vendor lets be absent or null.
struct Body {
  std::string_view facade;
  std::string_view pattern;
  String json;
  List<const char*> optional;
  std::string_view profile = {};  ///< empty = of all
};

/// Those of one call, in the profile of its route. A call that has none here gets the sample of its adapter, where there is one for its
/// body, else one that many take.
[[nodiscard]] List<Body> bodies_of(std::string_view facade, std::string_view profile, std::string_view pattern);

}  // namespace parley::test
