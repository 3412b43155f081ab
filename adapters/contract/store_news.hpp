// What a store does of its own accord, told to the operators' log.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley::contract {

/// What a store removed because it had grown old. `backend` lives only during the call.
struct StoreSwept {
  std::string_view backend;                ///< its name in the configuration
  std::size_t chats_without_messages = 0;  ///< chats whose messages were removed
  std::size_t chats = 0;                   ///< chats that were removed, with their messages
  std::size_t page_visits = 0;
  std::size_t offline_messages = 0;
};

}  // namespace parley::contract
