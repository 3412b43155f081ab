// Generates config/REFERENCE.md from the tables.
#include "config/reference.hpp"

#include "config/grammar.hpp"

namespace parley::config {
namespace {

using shape::Form;
using shape::Type;

String link(const shape::View& view) {
  return String("[").append(view.name).append("](#").append(view.name).append(")");
}

String describe_type(const Grammar& grammar, const Type& type) {
  if (const Special* one = grammar.special(type)) return String(one->words);
  switch (type.form) {
    case Form::integer:
      return "whole number";
    case Form::boolean:
      return "`true` or `false`";
    case Form::object:
      return link(*type.view);
    case Form::list:
      return (grammar.takes_one(type) ? "one or a list: " : "list: ") + describe_type(grammar, *type.element);
    case Form::map:
      return "map of names: " + (type.view != nullptr ? link(*type.view) : describe_type(grammar, *type.element));
    case Form::word: {
      String words;
      for (const std::string_view word : type.words) words.append(words.empty() ? "`" : ", `").append(word).append("`");
      return words;
    }
    default:
      return "text";
  }
}

void append_table(const Grammar& grammar, const Described& table, String& out) {
  out.append("\n## ").append(table.view->name).append("\n\n");
  if (!table.where.empty()) out.append("`").append(table.where).append("`");
  if (!table.where.empty() && !table.about.empty()) out += ": ";
  out.append(table.about).append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
  for (std::size_t i = 0; i < table.view->rows.size(); ++i) {
    const shape::Row& row = table.view->rows[i];
    out.append("| `").append(row.key).append("` | ").append(describe_type(grammar, *row.type)).append(" | ");
    if (row.need == shape::Need::required) out += "**required**";
    if (const auto value = default_of(table, i)) {
      const bool quoted = value->starts_with('"');
      out.append("`").append(quoted ? value->substr(1, value->size() - 2) : *value).append("`");
    }
    out.append(" | ").append(row.note).append(" |\n");
  }
}

constexpr std::string_view preface = R"(# The configuration file

Generated from the tables that read the file (`parley schema config --markdown`); a test keeps it fresh.

YAML, strictly: unknown and duplicate keys, anchors, aliases, merge keys, tags and a second document are faults.
`parley check` names every fault at once, with line and column, and opens whatever the file names, leaving nothing behind. What can be
served and is most likely not meant is a warning; `parley check --strict` ends with 2 for those, too.

- **Variables**: `${NAME}` and `${NAME:-default}` stand for environment variables, within text too; the default counts where
  the variable is unset or empty. `$$` is the sign itself. A variable that is unset and has no default is a fault.
- **Duration**: a whole number with its unit: `500ms`, `2s`, `5m`, `1h`; from 1ms to 24h.
- **Age**: a whole number with its unit, or `never`: `30m`, `12h`, `90d`; from 1s to 36500d.
- **Size**: a whole number with its unit: `512B`, `64KiB`, `1MiB`, `1GiB`.
- **Address**: `HOST:PORT` in quotes, the host numeric or `localhost`, which is 127.0.0.1: `"127.0.0.1:8080"`, `"[::1]:8080"`.
  `"0.0.0.0:8080"` is every IPv4 address, `"[::]:8080"` every IPv6 address and no IPv4 one: list both for both. Port 0 is any free one.
- **Secret**: text, or `{file: PATH}`, which is the only line of that file. Secrets are never printed. What is copied along by mistake is
  a fault: blanks or quotes around it, a byte order mark, control characters, `Bearer ` in front.
- **Editors**: the line `# yaml-language-server: $schema=PATH/schema.json` at the top of a file lets an editor with the YAML language
  server complete keys and names and show faults while you type. `parley schema config` prints that schema.
- **Where it is read from**: `--config FILE`; `--config -` is standard input; without the option `config/gateway.yaml`, else
  `/etc/parley/gateway.yaml`. A reload reads the file again. What came from standard input stays as it is; the variables, secrets and
  certificates that it names are read again.
- Paths are relative to the folder in which `parley` is started.
)";

}  // namespace

String reference(AllKeys adapters) {
  const Grammar grammar(adapters);
  String out(preface);
  for (const Described& table : grammar.tables()) append_table(grammar, table, out);
  return out;
}

}  // namespace parley::config
