// What a store does of its own accord: visitors leave the site, and records grow old.
#pragma once

#include <chrono>
#include <optional>

#include "adapters/store/transaction.hpp"

namespace parley::store {

/// How long things stay. nullopt: for ever.
struct Retention {
  std::optional<std::chrono::milliseconds> out_of_site{};  ///< silence after which a visitor has left the site
  std::optional<std::chrono::milliseconds> messages{};     ///< messages, from the end of their chat
  std::optional<std::chrono::milliseconds> chats{};        ///< chats with their messages, from their end
  std::optional<std::chrono::milliseconds> page_visits{};
  std::optional<std::chrono::milliseconds> offline_messages{};
  std::optional<std::chrono::milliseconds> uploads{};  ///< files that are not complete, from their latest part
};

/// What a sweep did.
struct Swept {
  std::size_t visitors_left = 0;
  std::size_t chats_without_messages = 0;  ///< chats whose messages were removed
  std::size_t chats = 0;
  std::size_t page_visits = 0;
  std::size_t offline_messages = 0;
  std::size_t uploads = 0;
  bool more = false;  ///< there is more to do: a limit was reached
};

/// Lets visitors leave the site and removes what is older than `retention` allows: at most `limit` records of each kind. Errors: those of
/// the transaction.
[[nodiscard]] Result<Swept> sweep(const Retention& retention, Time now, std::size_t limit, Transaction& transaction);

}  // namespace parley::store
