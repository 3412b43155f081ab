// Reads a document of the shape that the first byte selects, writes it, reads and writes it again: both texts are the same.
#include <string>

#include "gateway/translate/catalogue.hpp"
#include "gateway/translate/records.hpp"
#include "gateway/translate/translate.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const auto shapes = gateway::translate::catalogue();
  const gateway::translate::NamedShape& named = shapes[data[0] % shapes.size()];
  const contract::WireShape& shape = *named.shape;
  gateway::translate::Source source;
  if (!gateway::translate::read_source(named, {reinterpret_cast<const char*>(data) + 1, size - 1}, source)) return 0;
  Buffer first;
  gateway::translate::write_record(shape, source.record, first);
  // Skip a record that has an unknown member with the name of the envelope: without its envelope, it looks as if it had one.
  const std::string envelope = '"' + std::string(shape.envelope_key) + "\":";
  if (!shape.envelope_key.empty() && first.view().find(envelope) != std::string_view::npos) return 0;
  gateway::translate::Source again;
  fuzz::expect(gateway::translate::read_source(named, first.view(), again).has_value());
  Buffer second;
  gateway::translate::write_record(shape, again.record, second);
  fuzz::expect(first.view() == second.view());
  shape::Losses losses;
  gateway::translate::find_losses(shape, source.record, losses);
  return 0;
}
