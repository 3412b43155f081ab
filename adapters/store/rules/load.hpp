// Loading: records as they are (demo data, `parley load`), and what follows from them.
#pragma once

#include "adapters/contract/backend.hpp"
#include "adapters/store/transaction.hpp"

namespace parley::store {

/// Whether all of it can be loaded. Errors: invalid_field (a record without an id; `field` names it: `chats[0].id`).
[[nodiscard]] Result<void> check_loadable(const contract::Records& records);

/// Adds or replaces records in their order: visitors, agents, contacts, chats. A record under the guid that stands for a free-text id
/// keeps the text. A visitor's status follows his chats, and the names of guests use up their numbers. Errors: those of the transaction.
[[nodiscard]] Result<void> load(const contract::Records& records, Transaction& transaction);

}  // namespace parley::store
