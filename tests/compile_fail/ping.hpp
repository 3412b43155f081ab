// A small operation for the lists that must not compile, and for the one that must.
#pragma once

#include "schemas/operation_list.hpp"

namespace parley {

struct Ping {
  static constexpr OperationFacts facts = reading("Ping");
  using Answer = RecordedPage;
};

}  // namespace parley
