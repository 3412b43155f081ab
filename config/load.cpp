// Reads a file into settings: parse, replace variables, read by the tables, check across. Each step adds its faults. All are reported
// together, in the order of the file.
#include <algorithm>
#include <filesystem>
#include <iterator>

#include "config/advice.hpp"
#include "config/check.hpp"
#include "config/fault_text.hpp"
#include "config/file.hpp"
#include "config/own_reader.hpp"
#include "config/places.hpp"
#include "config/tables.hpp"
#include "schemas/shape/read_yaml.hpp"

namespace parley::config {
namespace {

bool same(Mark a, Mark b) { return a.line == b.line && a.column == b.column; }
bool equal(const Fault& a, const Fault& b) { return same(a.mark, b.mark) && a.path == b.path && a.what == b.what; }
bool before(const Fault& a, const Fault& b) {
  return a.mark.line != b.mark.line ? a.mark.line < b.mark.line : a.mark.column < b.mark.column;
}

/// Whether the object of a missing key has one of the first faults, those of syntax and variables. Then that is the cause:
/// `facade:NAME` lacks a blank and not a facade.
bool is_told_of(const Faults& faults, std::size_t first_faults, std::string_view path) {
  const std::string_view object = path.substr(0, std::min(path.rfind('.'), path.size()));
  return std::any_of(faults.begin(), faults.begin() + static_cast<std::ptrdiff_t>(first_faults),
                     [object](const Fault& fault) { return fault.path == object; });
}

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

Fit AuthCodec::read(const Node& node, Auth& value, std::string_view open, Reading& reading) {
  value.given = true;
  value.mark = node.mark;
  if (node.is_text() && node.text == "none") {
    value.none = true;
    return Fit::exact;
  }
  if (!node.is_object()) {
    const bool meant =
        node.is_text() && is_any_of(node.text, {"None", "NONE", "no", "No", "off", "false", "null", "open"});
    return reading.refuse(node, "a map of credentials, or none", meant ? open : std::string_view());
  }
  return node.size == 0 ? reading.refuse(node, "credentials", open) : Fit::exact;
}

Fit RouteAuthCodec::read(const Node& node, Auth& value, Reading& reading) {
  const Fit fit = AuthCodec::read(node, value, "write none to leave the route open", reading);
  if (!node.is_object()) return fit;
  for (const Node& child : node) {
    const Reading::Step step(reading, child.key);
    if (child.is_array() && child.size == 0) reading.refuse(child, "at least one");
  }
  return fit;
}

Loaded load_text(std::string_view text, AllKeys adapters) {
  Loaded loaded;
  loaded.text = text;
  Faults& faults = loaded.faults;
  shape::Yaml yaml(text);
  for (const shape::YamlFault& fault : yaml.faults()) faults.push_back({fault.mark, fault.path, fault.what});
  if (!yaml.readable()) {
    std::stable_sort(faults.begin(), faults.end(), before);
    return loaded;
  }
  const Node& root = yaml.root();
  if (root.kind == shape::NodeKind::null) {
    faults.push_back({root.mark, {}, "the file says nothing; expected server, backends and routes"});
    return loaded;
  }

  const Substituted substituted = put_variables(yaml, faults);
  const std::size_t first_faults = faults.size();
  const Grammar grammar(adapters);
  Reading common(true);
  Section<settings>::read(root, loaded.settings, common);
  Reading own(true);
  OwnReader(grammar, own).read(root, loaded.settings);
  const shape::YamlSource source(shape::without_mark(text));
  for (Reading* reading : {&own, &common}) {  // of faults at the same place, unknown keys come before missing keys
    for (const shape::Fault& fault : reading->faults()) {
      if (fault.missing && is_told_of(faults, first_faults, fault.path)) continue;
      const Node* const object = fault.missing ? yaml.at(fault.mark) : nullptr;
      if (object != nullptr && is_map_for_list(grammar, root, *object)) continue;  // its keys are told as one fault
      Fault next = to_fault(fault, yaml, source, substituted, grammar);
      if (std::none_of(faults.begin(), faults.end(), [&next](const Fault& one) { return equal(one, next); }))
        faults.push_back(std::move(next));
    }
  }

  const Node* server_node = root.find("server");
  if (server_node == nullptr || server_node->find("listen") == nullptr) {
    loaded.settings.server.listen.push_back({"127.0.0.1", 8080, {}});
  }
  check_together(root, loaded.settings, faults);
  loaded.settings.places = std::make_shared<const Places>(yaml);

  // Drops later faults at the place of a syntax fault or a faulty variable: they are only consequences.
  const auto told = [&faults, first_faults](const Fault& fault) {
    return std::any_of(faults.begin(), faults.begin() + static_cast<std::ptrdiff_t>(first_faults),
                       [&fault](const Fault& one) { return same(one.mark, fault.mark); });
  };
  Faults later_faults;
  std::remove_copy_if(faults.begin() + static_cast<std::ptrdiff_t>(first_faults), faults.end(),
                      std::back_inserter(later_faults), told);
  faults.resize(first_faults);
  faults.insert(faults.end(), later_faults.begin(), later_faults.end());
  std::stable_sort(faults.begin(), faults.end(), before);
  return loaded;
}

Loaded load_file(const String& path, AllKeys adapters) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) {
    Loaded loaded;
    loaded.faults.push_back(
        {{}, {}, "is a folder; name a file, such as " + (std::filesystem::path(path) / "gateway.yaml").string()});
    return loaded;
  }
  // Reads a few bytes more than allowed, so that the parser reports a file that is too large.
  const Result<String> text = read_file(path, shape::max_yaml_bytes + 16);
  if (text) return load_text(*text, adapters);
  Loaded loaded;
  loaded.faults.push_back({{}, {}, "cannot be read: " + text.error().message});
  return loaded;
}

}  // namespace parley::config
