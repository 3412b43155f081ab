// The fast readers of JSON against the thorough ones, in the tables of every vendor: on the vendors' examples, and on examples that were
// changed at random. PARLEY_RUNS=N makes N runs instead of 4000; PARLEY_SEED=N repeats the run that failed.
#include <doctest/doctest.h>

#include <bit>
#include <cstdlib>

#include "tests/support/both_readers.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/mutate.hpp"
#include "tests/support/shapes.hpp"

namespace parley::test {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

/// An object, and a table that fits it.
struct Source {
  const ViewOfRecord* view;
  String json;
};

void add_objects(const Value& value, const ViewOfRecord& view, std::size_t depth, List<Source>& sources) {
  if (value.kind == Kind::object && !value.children.empty()) {
    Value alone = value;
    alone.key.clear();
    sources.push_back({&view, print(alone)});
  }
  if (depth == 0) return;
  for (const Value& child : value.children) add_objects(child, view, depth - 1, sources);
}

const ViewOfRecord& found(const shape::View& view) {
  for (const ViewOfRecord& one : views_of_records()) {
    if (one.view == &view) return one;
  }
  throw std::runtime_error("no view " + String(view.name));
}

/// The record of the example of each shape: alone and with every object around or inside it, as the vendor writes it and in canonical form.
List<Source> examples() {
  List<Source> sources;
  for (const gateway::translate::NamedShape& shape : gateway::translate::catalogue()) {
    if (shape.canonical()) continue;
    for (const contract::Sample& sample : shape.adapter->samples()) {
      if (sample.name != String(shape.shape->name) + ".json") continue;
      add_objects(parse(sample.text), found(*shape.shape->view), 3, sources);
      const Value canonical = parse(write_canonical(read_wire(*shape.shape, sample.text)));
      add_objects(canonical, found(canonical_view(shape.shape->kind)), 3, sources);
    }
  }
  return sources;
}

/// Whether a vendor that is here has documents of these records.
bool has_documents(const shape::View& canonical) {
  return std::ranges::any_of(gateway::translate::catalogue(), [&canonical](const gateway::translate::NamedShape& one) {
    return !one.canonical() && &canonical_view(one.shape->kind) == &canonical;
  });
}

/// Changes some bytes: to one that means something in JSON, to any, to none, or to more of what is there.
void damage(String& json, Random& random) {
  using namespace std::string_view_literals;
  static constexpr std::string_view meaningful = "\0\x01\x1f \n\"\\/{}[],:-+.0eEtfnu\x7f\x80\xa8\xc3\xe2\xed\xf0\xff"sv;
  for (std::size_t count = random.below(4); count != 0 && !json.empty(); --count) {
    const std::size_t at = random.below(json.size());
    const char byte = random.chance(70) ? random.pick(meaningful) : static_cast<char>(random.below(256));
    switch (random.below(6)) {
      case 0:
        json[at] = byte;
        break;
      case 1:
        json.insert(at, 1, byte);
        break;
      case 2:
        json.erase(at, 1 + random.below(3));
        break;
      case 3:
        json.insert(at, json.substr(random.below(json.size()), random.below(40)));
        break;
      case 4:
        json.insert(at, 1 + random.below(40), random.chance(50) ? ' ' : 'x');
        break;
      default:
        if (random.chance(10)) json.resize(at);
    }
  }
}

/// An example in another spelling, with other members, or damaged; or a random record.
String changed(const Source& source, Random& random) {
  Value value = random.chance(10) ? random_record(shape::canonical_view<Visitor>, random) : parse(source.json);
  mutate(value, random.below(4), random);
  String json = random.chance(40) ? respell(value, random) : print(value);
  if (random.chance(60)) damage(json, random);
  return json;
}

}  // namespace

TEST_CASE("fast readers take every example, and read it as the thorough ones do") {
  for (const contract::Adapter* adapter : contract::registry()) {
    if (adapter->samples == nullptr) continue;
    for (const contract::Sample& sample : adapter->samples()) {
      CAPTURE(sample.name);
      const Readings trees = read_trees(sample.text);
      CHECK(trees.taken);
      CHECK(trees.difference == "");
    }
  }

  const List<Source> sources = examples();
  for (const ViewOfRecord& view : views_of_records()) {
    CAPTURE(view.name);
    std::size_t own = 0;
    int most_rows = 0;
    for (const Source& source : sources) {
      CAPTURE(source.json);
      const Readings record = view.read(*view.view, source.json);
      CHECK(record.difference == "");
      if (source.view != &view) continue;
      CHECK(record.taken);
      if (!record.taken) continue;
      ++own;
      most_rows = std::max(most_rows, std::popcount(record.rows));
    }
    if (own == 0 && view.name.starts_with("canonical:") && !has_documents(*view.view)) continue;
    CHECK(own > 0);
    CHECK(most_rows > 1);
  }
}

TEST_CASE("fast readers read what they take as the thorough ones do, whatever happened to the document") {
  const List<Source> sources = examples();
  List<Source> fitting;
  for (const Source& source : sources) {
    if (std::popcount(source.view->read(*source.view->view, source.json).rows) > 1) fitting.push_back(source);
  }
  const std::uint64_t only = from_environment("PARLEY_SEED", 0);
  const std::uint64_t runs = only != 0 ? 1 : from_environment("PARLEY_RUNS", 4000);
  std::uint64_t trees_taken = 0;
  std::uint64_t records_taken = 0;
  std::uint64_t of_fitting_tables = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    const std::uint64_t seed = only != 0 ? only : run + 1;
    Random random(seed);
    const Source& source = random.pick(random.chance(80) ? fitting : sources);
    const ViewOfRecord& view = random.chance(60) ? *source.view : random.pick(views_of_records());
    const String json = changed(source, random);
    const Readings trees = read_trees(json);
    const Readings record = view.read(*view.view, json);
    trees_taken += trees.taken ? 1 : 0;
    records_taken += record.taken ? 1 : 0;
    of_fitting_tables += std::popcount(record.rows) > 1 ? 1 : 0;
    const bool good = trees.difference.empty() && record.difference.empty() && (trees.taken || !record.taken);
    if (good) continue;
    FAIL_CHECK("seed ", seed, ", ", view.name, ": tree: ", trees.difference, "; record: ", record.difference, "; ",
               json);
  }
  MESSAGE(runs, " documents: ", trees_taken, " trees and ", records_taken, " records taken, ", of_fitting_tables,
          " with known members");
  if (only != 0) return;
  CHECK(trees_taken > runs / 4);
  CHECK(trees_taken < runs);
  CHECK(records_taken > runs / 4);
  CHECK(of_fitting_tables > runs / 4);
}

}  // namespace parley::test
