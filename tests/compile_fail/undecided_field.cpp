// `votes` is neither mapped nor dropped: the compiler must name the field's fault and the shape.
// EXPECT: neither mapped by a row<> nor dropped<> with a reason in this shape
// EXPECT: acme.undecided
#include "tests/compile_fail/ticket.hpp"

namespace parley {

inline constexpr auto bad =
    shape::shape<Ticket, "acme.undecided">(shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
                                           shape::row<&Ticket::title>("title", shape::Need::always, "Title."));

}  // namespace parley
