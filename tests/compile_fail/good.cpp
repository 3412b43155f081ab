// The positive control: the record and tables of the other files, without a mistake. It must compile; if it does not,
// the other files fail for a different reason than they claim.
#include "tests/compile_fail/ticket.hpp"

namespace parley {

inline constexpr auto good =
    shape::shape<Ticket, "acme.ticket">(shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
                                        shape::row<&Ticket::title>("title", shape::Need::always, "Title."),
                                        shape::dropped<&Ticket::votes>("Acme has no votes."));
static_assert(shape::view<good>.rows.size() == 2 && shape::view<good>.drops.size() == 1);

}  // namespace parley
