// Every shape's reader, by the first byte: what was read is written, and read and written again as the same document.
#include "gateway/translate/catalogue.hpp"
#include "gateway/translate/records.hpp"
#include "gateway/translate/translate.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const auto shapes = gateway::catalogue();
  const adapters::WireShape& shape = *shapes[data[0] % shapes.size()].shape;
  gateway::Source source;
  if (!gateway::read_source(shape, {reinterpret_cast<const char*>(data) + 1, size - 1}, source)) return 0;
  Buffer first;
  gateway::write_record(shape, source.record, first);
  gateway::Source again;
  fuzz::expect(gateway::read_source(shape, first.view(), again).has_value());
  Buffer second;
  gateway::write_record(shape, again.record, second);
  fuzz::expect(first.view() == second.view());
  shape::Losses losses;
  gateway::find_losses(shape, source.record, losses);
  return 0;
}
