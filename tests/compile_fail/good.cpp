// The positive control: the same record and tables as in the other files, without a mistake. It must compile, or the
// others fail for a reason of their own.
#include "tests/compile_fail/ticket.hpp"

namespace parley {

inline constexpr auto good =
    shape::shape<Ticket, "acme.ticket">(shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
                                        shape::row<&Ticket::title>("title", shape::Need::always, "Title."),
                                        shape::dropped<&Ticket::votes>("Acme has no votes."));
static_assert(shape::view<good>.rows.size() == 2 && shape::view<good>.drops.size() == 1);

}  // namespace parley
