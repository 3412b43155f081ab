// Two rows with one key.
// EXPECT: two rows of a shape have the same key
#include "tests/compile_fail/ticket.hpp"

namespace parley {

inline constexpr auto bad =
    shape::shape<Ticket, "acme.twice">(shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
                                       shape::row<&Ticket::title>("id", shape::Need::always, "Title."),
                                       shape::dropped<&Ticket::votes>("Acme has no votes."));
static_assert(shape::view<bad>.rows.size() == 2);

}  // namespace parley
