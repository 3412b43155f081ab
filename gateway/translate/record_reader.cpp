// See record_reader.hpp.
#include "gateway/translate/record_reader.hpp"

#include "gateway/translate/dump.hpp"
#include "gateway/translate/load_documents.hpp"

namespace parley::gateway::translate {

Result<RecordSource> open_source(std::string_view from) {
  if (from == dump_name) return RecordSource{String(from), nullptr, std::make_unique<DumpReader>()};
  List<String> names;
  for (const NamedShape& known : catalogue()) {
    names.push_back(known.name());
    if (names.back() == from) return RecordSource{names.back(), &known, std::make_unique<DocumentReader>(known)};
  }
  names.emplace_back(dump_name);
  return unknown_shape(from, names);
}

}  // namespace parley::gateway::translate
