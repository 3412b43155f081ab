// Loads records as they are (demo data, `parley load`), and updates what depends on them.
#pragma once

#include "adapters/contract/backend.hpp"
#include "adapters/store/transaction.hpp"

namespace parley::store {

/// Whether all records can be loaded. Errors: invalid_field (a record without an id, a page visit without a token or a time, an unknown
/// counter; `field` names it: `chats[0].id`).
[[nodiscard]] Result<void> check_loadable(const contract::Records& records);

/// Adds or replaces departments, then visitors, agents, contacts, chats with their messages, and offline messages. Adds page visits that the
/// store does not have. If a record's id is the guid of a stored free-text id, the stored id is kept. A visitor's status follows from its open
/// chats. A message that says its number and `shown_at` keeps both if they are the next in its chat, and not far in the future. Loaded guest
/// names and counters only raise counters. Errors: invalid_field (a message whose chat the store does not have, or whose id another chat's message has); those of
/// the transaction.
[[nodiscard]] Result<void> load(const contract::Records& records, Transaction& transaction);

}  // namespace parley::store
