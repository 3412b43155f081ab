// Reads the tables of all adapters for every backend and route, so that a bad value is a fault also where its key has no effect.
#include "config/own_reader.hpp"

#include <algorithm>

namespace parley::config {

using shape::Node;
using shape::Reading;
using shape::Row;

void OwnReader::read(const Node& root, Settings& settings) {
  if (const Node* backends = root.find("backends"); backends != nullptr && backends->is_object()) {
    const Reading::Step section(reading_, "backends");
    std::size_t i = 0;
    for (const Node& node : *backends) {
      const Reading::Step step(reading_, node.key);
      OwnSettings& own = settings.backends[i++].own;
      if (node.is_object()) read_both(node, At::backend, At::backend_auth, prepare({node.find("kind")}), own);
    }
  }
  if (const Node* routes = root.find("routes"); routes != nullptr && routes->is_array()) {
    const Reading::Step section(reading_, "routes");
    std::size_t i = 0;
    for (const Node& node : *routes) {
      const Reading::Step step(reading_, i);
      OwnSettings& own = settings.routes[i++].own;
      if (node.is_object())
        read_both(node, At::route, At::route_auth, prepare({node.find("facade"), node.find("emit")}), own);
    }
  }
}

List<OwnReader::Filled> OwnReader::prepare(std::initializer_list<const Node*> names) const {
  List<Filled> filled;
  const auto add = [&filled](const AdapterKeys& adapter, bool kept, bool owned) {
    for (const OwnTable* table : adapter.tables) {
      const auto is_it = [table](const Filled& one) { return one.table == table; };
      if (std::none_of(filled.begin(), filled.end(), is_it)) filled.push_back({table, table->make(), kept, owned});
    }
  };
  for (const Node* name : names) {
    for (const AdapterKeys& adapter : grammar_.adapters()) {
      if (name != nullptr && name->is_text() && adapter.name == name->text) add(adapter, true, name == *names.begin());
    }
  }
  for (const AdapterKeys& adapter : grammar_.adapters()) add(adapter, false, false);
  return filled;
}

void OwnReader::read_place(const Node& node, At place, List<Filled>& filled) {
  Reading ignored(true);
  for (const Node& child : node) {
    const int known = grammar_.at(place).find(child.key);
    if (known < 0) {
      reading_.unknown(child, grammar_.at(place));
      continue;
    }
    bool told = false;
    for (Filled& one : filled) {
      const int row = one.table->at == place ? one.table->keys.view->find(child.key) : -1;
      if (row < 0) continue;
      Reading& reading = told ? ignored : reading_;  // the first table decides
      const Reading::Step step(reading, child.key);
      one.table->keys.view->rows[static_cast<std::size_t>(row)].read(child, one.value.get(), reading);
      told = true;
    }
  }
  for (const Filled& one : filled) {
    if (!one.owned || one.table->at != place) continue;
    for (const Row& row : one.table->keys.view->rows) {
      if (row.need == shape::Need::required && node.find(row.key) == nullptr) reading_.missing(node, row.key);
    }
  }
}

void OwnReader::read_both(const Node& node, At place, At auth, List<Filled> filled, OwnSettings& own) {
  read_place(node, place, filled);
  if (const Node* credentials = node.find("auth"); credentials != nullptr && credentials->is_object()) {
    const Reading::Step step(reading_, "auth");
    read_place(*credentials, auth, filled);
  }
  for (Filled& one : filled) {
    const bool here = one.table->at == place || one.table->at == auth;
    if (one.kept && here) own.put(*one.table, std::move(one.value));
  }
}

}  // namespace parley::config
