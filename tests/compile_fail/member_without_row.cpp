// A canonical struct with a member that its own table leaves out.
// EXPECT: a member of this struct has no row in its own table
#include "schemas/shape/codecs.hpp"

namespace parley {

struct Forgetful {
  String id;
  String forgotten;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Forgetful&, const Forgetful&) = default;
};

template <>
inline constexpr auto shape::fields_of<Forgetful> =
    shape::fields<Forgetful, "forgetful">(shape::row<&Forgetful::id>("id", shape::Need::required, "Id."));

}  // namespace parley
