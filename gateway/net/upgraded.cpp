// A connection that speaks another protocol; see upgraded.hpp.
#include "gateway/net/upgraded.hpp"

namespace parley::gateway::net {

contract::Task<void> speak(Connection& connection, std::unique_ptr<Upgraded> upgraded) {
  Buffer& out = upgraded->out;
  limit::Memory::Share memory;
  http::Upgrade::Turn turn{.bytes = connection.input().unread()};
  for (;;) {
    const bool goes_on = upgraded->protocol->take(turn, out, connection);
    memory.set(connection.context().totals.memory, out.capacity());
    const bool written = co_await connection.write(out);
    if (!written) co_return;
    if (!goes_on || turn.ended || turn.draining) break;
    out.release();
    memory.release();
    if (!turn.bytes.empty()) connection.input().clear();
    Received received = connection.receive();
    bool woken = true;
    if (received == Received::nothing) {
      woken = co_await connection.readable_or_woken();
      if (woken) received = connection.receive();
    }
    turn = {.ended = received == Received::ended, .draining = !woken};
    if (received == Received::some) turn.bytes = connection.input().unread();
  }
  co_await connection.linger();
}

}  // namespace parley::gateway::net
