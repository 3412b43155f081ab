// What every user of the header would compile again.
#include "adapters/contract/backend.hpp"

namespace parley::contract {

std::optional<Result<Outcome>> BackendSession::execute_now(const Operation&) { return {}; }

}  // namespace parley::contract
