// Reads and writes a document of every shape, for tests/budget/measure.cpp, which runs this program under callgrind. After each case the
// program asks callgrind to write a profile. Its trigger is `NAME ROUNDS`: how often the case ran since the previous profile.
// Wire shapes read the vendor's example, canonical shapes what the first wire shape of their kind made of its example.
#include <valgrind/callgrind.h>

#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>

#include "gateway/translate/records.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {
namespace {

constexpr int warm_up = 5;  // rounds that are not counted: they fill caches and let buffers grow
constexpr int rounds = 20;

/// Does `round` some times without, then `rounds` times with counting.
template <class Round>
void measure(const std::string& name, const Round& round) {
  for (int i = 0; i < warm_up; ++i) round();
  const std::string trigger = name + ' ' + std::to_string(rounds);
  CALLGRIND_ZERO_STATS;
  for (int i = 0; i < rounds; ++i) round();
  CALLGRIND_DUMP_STATS_AT(trigger.c_str());
}

/// The vendor's example of a document, from the samples of its adapter.
std::string_view example(const NamedShape& shape) {
  const std::string name = std::string(shape.shape->name) + ".json";
  for (const contract::Sample& sample : shape.adapter->samples()) {
    if (sample.name == name) return sample.text;
  }
  throw std::runtime_error(std::string(shape.name()) + " has no example: samples/" + name);
}

Record read(const NamedShape& shape, std::string_view document) {
  Source source;
  if (const Result<void> done = read_source(shape, document, source); !done)
    throw std::runtime_error(std::string(shape.name()) + ": " + std::string(done.error().message));
  return std::move(source.record);
}

void measure_shape(const NamedShape& shape, std::string_view document, const Record& record) {
  const std::string name(shape.name());
  measure("read-" + name, [&] { read(shape, document); });
  Buffer written;
  measure("write-" + name, [&] {
    written.clear();
    write_record(*shape.shape, record, written);
  });
}

void measure_all() {
  std::map<RecordKind, Record> first;
  for (const NamedShape& shape : catalogue()) {
    if (shape.canonical()) continue;
    const std::string_view document = example(shape);
    const Record record = read(shape, document);
    first.emplace(shape.shape->kind, record);
    measure_shape(shape, document, record);
  }
  for (const auto& [kind, record] : first) {
    Buffer document;
    write_record(canonical_shape_of(kind), record, document);
    const NamedShape canonical{"canonical", &canonical_shape_of(kind), nullptr};
    measure_shape(canonical, document.view(), read(canonical, document.view()));
  }
}

}  // namespace
}  // namespace parley::gateway::translate

int main() {
  try {
    parley::gateway::translate::measure_all();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
