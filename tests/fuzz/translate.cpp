// Translates a document between the two shapes that the first two bytes select, with the report of losses.
#include "gateway/translate/translate.hpp"
#include "schemas/shape/node.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const auto shapes = gateway::translate::catalogue();
  const gateway::translate::NamedShape& from = shapes[data[0] % shapes.size()];
  const gateway::translate::NamedShape& to = shapes[data[1] % shapes.size()];
  const std::string_view document(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto made = gateway::translate::translate(from, to, document, {.callback = {}, .report = true});
  if (!made) {
    fuzz::expect(!made.error().message.empty());
    return 0;
  }
  shape::Document target;
  fuzz::expect(target.parse_json(made->text.view()).has_value());
  shape::Document report;
  fuzz::expect(report.parse_json(made->report.json()).has_value());
  return 0;
}
