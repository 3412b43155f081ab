// What every user of the header would compile again.
#include "adapters/contract/backend.hpp"

namespace parley::contract {

namespace {

Error no_files() { return {.code = Code::unsupported_operation, .message = "the backend keeps no files"}; }

}  // namespace

std::optional<Result<Outcome>> BackendSession::execute_now(const Operation&) { return {}; }

Task<Result<void>> BackendSession::keep_part(const FileId&, std::int64_t, std::string_view) { co_return no_files(); }

Task<Result<void>> BackendSession::drop_parts(const FileId&) { co_return no_files(); }

}  // namespace parley::contract
