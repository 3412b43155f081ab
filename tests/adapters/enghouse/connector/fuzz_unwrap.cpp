// Unwraps a body: the result is a part of the body. JSON that our own facade put into a script comes out unchanged.
#include "adapters/enghouse/connector/unwrap.hpp"
#include "adapters/enghouse/facade/jsonp.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto json = enghouse::unwrap(body);
  if (!json) return 0;
  fuzz::expect(json->empty() || (json->data() >= body.data() && json->data() + json->size() <= body.data() + size));
  Buffer script;
  if (!enghouse::to_script(R"({"contact":null})", body, script)) return 0;  // with the body as the callback's name
  const auto again = enghouse::unwrap(script.view());
  fuzz::expect(again == std::string_view(R"({"contact":null})"));
  return 0;
}
