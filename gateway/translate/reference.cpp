// References and schemas; see reference.hpp.
#include "gateway/translate/reference.hpp"

#include <algorithm>

#include "gateway/translate/dump.hpp"
#include "gateway/translate/markdown.hpp"
#include "gateway/translate/pretty.hpp"
#include "gateway/translate/records.hpp"
#include "schemas/shape/json_schema.hpp"

namespace parley::gateway::translate {
namespace {

std::string_view presence(shape::Need need) noexcept {
  switch (need) {
    case shape::Need::required:
      return "required";
    case shape::Need::always:
      return "always written";
    case shape::Need::optional:
      return "when known";
  }
  return "";
}

void append_table(const shape::View& view, String& text) {
  List<String> heading{"member", "type", "presence"};
  if (!view.canonical) heading.insert(heading.end(), {"canonical", "fidelity"});
  heading.emplace_back("meaning");
  MarkdownTable table(std::move(heading));
  for (const shape::Row& row : view.rows) {
    List<String> cells{String("`").append(row.key).append("`"), shape::describe(*row.type), String(presence(row.need))};
    if (!view.canonical) cells.insert(cells.end(), {String(row.members), String(name_of(row.fidelity))});
    cells.emplace_back(row.note);
    table.add(std::move(cells));
  }
  text.append(table.text());
  if (!view.drops.empty()) text.append("\nNot carried:\n\n");
  for (const shape::Drop& drop : view.drops)
    text.append("- `").append(drop.member).append("`: ").append(drop.reason).append("\n");
  if (!view.elsewhere.empty()) text.append("\nCarried elsewhere:\n\n");
  for (const shape::Elsewhere& one : view.elsewhere)
    text.append("- `").append(one.member).append("`: ").append(one.where).append("\n");
}

void append_body_table(const shape::View& view, String& text) {
  MarkdownTable table({"member", "type", "presence", "meaning"});
  for (const shape::Row& row : view.rows) {
    table.add({String("`").append(row.key).append("`"), shape::describe(*row.type),
               row.need == shape::Need::required ? "required" : "optional", String(row.note)});
  }
  text.append(table.text());
  text.append(view.closed ? "\nOther members are refused.\n" : "\nOther members are ignored.\n");
}

/// The canonical tables of the catalogue, each once, and those of the records that only a dump has.
List<const shape::View*> model() {
  List<const shape::View*> views;
  for (const NamedShape& one : catalogue()) {
    if (!one.canonical() || std::find(views.begin(), views.end(), one.shape->view) != views.end()) continue;
    views.push_back(one.shape->view);
  }
  for (const shape::View* view :
       {&shape::canonical_view<Contact>, &shape::canonical_view<PageVisit>, &shape::canonical_view<CounterRecord>,
        &shape::canonical_view<File>, &shape::canonical_view<FilePart>})
    views.push_back(view);
  return views;
}

}  // namespace

String shape_reference(const NamedShape& named) {
  const contract::WireShape& wire = *named.shape;
  String text = "# " + named.name() + "\n\nGenerated from the tables by scripts/generate. ";
  text.append("The document is ").append(describe(wire.kind)).append(wire.list ? ", each as below" : "");
  if (wire.wrap != nullptr)
    text.append("; in the vendor's answer it stands under `").append(wire.envelope_key).append("`");
  text += ".\n\n";
  append_table(*wire.view, text);
  for (const shape::View* below : shape::tables_below(*wire.view)) {
    text.append("\n## ").append(below->name).append("\n\n");
    append_table(*below, text);
  }
  return text;
}

String shape_schema(const NamedShape& named) {
  Buffer out;
  shape::write_json_schema(*named.shape->view, named.shape->list, named.name(), out);
  return pretty(out.view());
}

String body_reference(const NamedBody& named) {
  const contract::BodyShape& body = *named.body;
  String text = "# " + named.name() + "\n\nGenerated from the tables by scripts/generate. The body of `";
  text.append(http::name_of(body.method)).append(" ").append(body.pattern).append("`");
  if (!body.profile.empty()) text.append(" in the profile `").append(body.profile).append("`");
  text.append(body.list ? ": a list of objects.\n\n" : ".\n\n");
  append_body_table(*body.view, text);
  for (const shape::View* below : shape::tables_below(*body.view)) {
    text.append("\n## ").append(below->name).append("\n\n");
    append_body_table(*below, text);
  }
  return text;
}

String body_schema(const NamedBody& named) {
  Buffer out;
  shape::write_json_schema(*named.body->view, named.body->list, named.name(), out);
  return pretty(out.view());
}

String model_schema() {
  Buffer out;
  shape::write_json_schema(model(), "canonical", out);
  return pretty(out.view());
}

String model_reference() {
  String text = "# The canonical model\n\nGenerated from the tables by scripts/generate.\n";
  for (const shape::View* view : model()) {
    text.append("\n## ").append(view->name).append("\n\n");
    append_table(*view, text);
    for (const shape::View* below : shape::tables_below(*view)) {
      text.append("\n## ").append(below->name).append("\n\n");
      append_table(*below, text);
    }
  }
  return text + "\n## dump\n\n" + dump_reference();
}

}  // namespace parley::gateway::translate
