// Every shape's reader, by the first byte: what was read is written, and read and written again as the same document.
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
  // A record with an unknown member of the envelope's name, taken out of its envelope, looks like one in an envelope.
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
