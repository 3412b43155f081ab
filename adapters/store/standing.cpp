// Computes standing and status.
#include "adapters/store/standing.hpp"

#include <algorithm>

namespace parley::store {

Standing standing_of(const Chat& chat) noexcept {
  if (chat.state == ChatState::ended) return Standing::ended;
  const bool answered =
      !chat.agent.empty() || std::any_of(chat.participants.begin(), chat.participants.end(),
                                         [](const Participant& one) { return one.is_agent && !one.end_at.known(); });
  return answered ? Standing::chatting : Standing::waiting;
}

VisitorStatus status_of(Standing standing) noexcept {
  switch (standing) {
    case Standing::chatting:
      return VisitorStatus::chatting;
    case Standing::ended:
      return VisitorStatus::chat_ended;
    case Standing::waiting:
      break;
  }
  return VisitorStatus::waiting_for_chat;
}

}  // namespace parley::store
