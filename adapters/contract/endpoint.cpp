// The error for a backend that breaks its contract.
#include "adapters/contract/endpoint.hpp"

namespace parley::contract::detail {

Error wrong_answer(std::string_view operation) {
  return {.code = Code::internal,
          .message = "internal error",
          .detail = String(operation) + " got the answer of another operation"};
}

}  // namespace parley::contract::detail
