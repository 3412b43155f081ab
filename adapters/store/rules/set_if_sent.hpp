// Changes that leave a member alone unless the operation has a value for it.
#pragma once

#include <optional>

namespace parley::store {

template <class Member>
void set_if_sent(const std::optional<Member>& sent, Member& member) {
  if (sent) member = *sent;
}

}  // namespace parley::store
