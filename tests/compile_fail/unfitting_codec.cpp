// A codec for numbers on a member that is text: refused where it is written, not deep inside the engine.
// EXPECT: CodecFor
#include "tests/compile_fail/ticket.hpp"

namespace parley {

inline constexpr auto bad = shape::shape<Ticket, "acme.unfitting">(
    shape::row<&Ticket::id>("id", shape::Need::required, "Id."),
    shape::row<&Ticket::title, shape::BooleanCodec>("title", shape::Need::always, "Title."),
    shape::dropped<&Ticket::votes>("Acme has no votes."));

}  // namespace parley
