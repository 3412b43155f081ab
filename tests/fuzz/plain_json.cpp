// Reads JSON with the fast readers, as a tree and into a record of the table that the first byte selects: what they take is what the
// thorough reader makes of it.
#include "tests/fuzz/expect.hpp"
#include "tests/support/both_readers.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const List<test::ViewOfRecord>& views = test::views_of_records();
  const test::ViewOfRecord& selected = views[data[0] % views.size()];
  const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
  const test::Readings trees = test::read_trees(json);
  fuzz::expect(trees.difference.empty());
  const test::Readings records = selected.read(*selected.view, json);
  fuzz::expect(records.difference.empty());
  fuzz::expect(trees.taken || !records.taken);
  return 0;
}
