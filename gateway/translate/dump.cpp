// Writes and reads the lines of a dump; see dump.hpp.
#include "gateway/translate/dump.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "gateway/translate/likeness.hpp"
#include "gateway/translate/pretty.hpp"
#include "gateway/translate/reference.hpp"
#include "gateway/translate/text_losses.hpp"
#include "gateway/translate/text_place.hpp"
#include "schemas/shape/json_schema.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::gateway::translate {
namespace {

/// A line, for its schema and reference.
struct Line {
  Text kind;
  Json record;
  shape::Extensions extensions;
  shape::Wire wire;
};

}  // namespace
}  // namespace parley::gateway::translate

namespace parley {

template <>
inline constexpr auto shape::fields_of<gateway::translate::Line> = shape::fields<gateway::translate::Line, "dump">(
    shape::row<&gateway::translate::Line::kind>("kind", shape::Need::required, "What the record is."),
    shape::row<&gateway::translate::Line::record>("record", shape::Need::required,
                                                  "The record in its canonical form."));

}  // namespace parley

namespace parley::gateway::translate {
namespace {

using shape::canonical_view;
using shape::Node;

Error invalid_record(String message) { return Error{.code = Code::invalid_field, .message = std::move(message)}; }

/// Adds the record to those of its kind. Errors: invalid_field.
template <auto Member>
Result<void> add(const Node& node, contract::Records& records, Report* losses) {
  auto& list = records.*Member;
  auto& record = list.emplace_back();
  using Kind = std::remove_reference_t<decltype(record)>;
  shape::Reading reading;
  read_object(canonical_view<Kind>, node, &record, reading);
  if constexpr (requires { record.id; }) {
    if (!record.id.empty()) return {};
    list.pop_back();
    return invalid_record("the id (\"id\") is missing or not valid: a record without one cannot be stored");
  } else {
    if constexpr (std::is_same_v<Kind, PageVisit>) {
      if (record.token.empty() || !record.at.known()) {
        list.pop_back();
        return invalid_record("a page visit without a token or a time cannot be stored");
      }
    }
    // These records are columns of a table and no documents.
    for (const shape::Extension& extension : record.extensions) {
      if (losses == nullptr) continue;
      String pointer = "/record";
      shape::append_pointer(extension.key, pointer);
      losses->entries.push_back({Change::lost, std::move(pointer), {}, "a store has no place for it"});
    }
    record.extensions.clear();
    return {};
  }
}

/// A kind of line, in the order of a dump.
struct DumpKind {
  std::string_view name;
  std::string_view about;
  const shape::View& view;
  Result<void> (*add)(const Node& node, contract::Records& records, Report* losses);
};
using contract::Records;
const std::array kinds = {
    DumpKind{"agent", "an agent", canonical_view<Agent>, add<&Records::agents>},
    DumpKind{"department", "a department", canonical_view<Department>, add<&Records::departments>},
    DumpKind{"visitor", "a visitor", canonical_view<Visitor>, add<&Records::visitors>},
    DumpKind{"chat", "a chat", canonical_view<Chat>, add<&Records::chats>},
    DumpKind{"message", "a message of the chat before it, in their order", canonical_view<Message>,
             add<&Records::messages>},
    DumpKind{"file", "a file of the chat before it", canonical_view<File>, add<&Records::files>},
    DumpKind{"file_part", "bytes of the file before it, in their order", canonical_view<FilePart>,
             add<&Records::file_parts>},
    DumpKind{"page_visit", "a page that a visitor viewed", canonical_view<PageVisit>, add<&Records::page_visits>},
    DumpKind{"offline_message", "an offline message", canonical_view<OfflineMessage>, add<&Records::offline_messages>},
    DumpKind{"contact", "a contact with its channels", canonical_view<Contact>, add<&Records::contacts>},
    DumpKind{"counter", "the highest number of a kind that the store has given", canonical_view<CounterRecord>,
             add<&Records::counters>},
};

String known_kinds() {
  String text;
  for (const DumpKind& kind : kinds) text.append(kind.name).append(" ");
  return text + String(dump_end);
}

}  // namespace

List<std::string_view> dump_kinds() {
  List<std::string_view> names;
  for (const DumpKind& kind : kinds) names.push_back(kind.name);
  return names;
}

void append_dump_line(std::string_view kind, std::string_view json, String& out) {
  out.append("{\"kind\":\"").append(kind).append("\",\"record\":");
  const std::size_t begin = out.size();
  out.append(json);
  const auto is_line_end = [](char byte) { return byte == '\n' || byte == '\r'; };
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), is_line_end, ' ');
  out.append("}\n");
}

Result<void> DumpReader::read(const Piece& piece, contract::Records& records, Report* losses) {
  const TextPlace begin{piece.line, piece.column};
  if (!piece.fault.empty()) return moved_to(invalid_record(String(piece.fault)), begin);
  if (auto parsed = document_.parse_json(piece.text, shape::NotText::replace); !parsed)
    return moved_to(std::move(parsed).error(), begin);
  const Node& root = document_.root();
  const auto refuse = [&](const Node& at, String why) {
    return moved_to(invalid_record(std::move(why) + document_.place_of(at)), begin);
  };
  const Node* kind = root.find("kind");
  const Node* record = root.find("record");
  if (kind == nullptr || !kind->is_text() || record == nullptr || !record->is_object() || root.size != 2)
    return refuse(root, "expected a line of a dump: {\"kind\":\"visitor\",\"record\":{…}}");
  if (kind->text == dump_end) {
    ended_ = true;
    return {};
  }
  const auto* const known =
      std::find_if(kinds.begin(), kinds.end(), [kind](const DumpKind& one) { return one.name == kind->text; });
  if (known == kinds.end())
    return refuse(*kind, "unknown kind \"" + String(kind->text) + "\"; known: " + known_kinds());
  if (auto checked = check_likeness(known->view, dump_name, *record); !checked)
    return refuse(*record, std::move(checked).error().message);
  if (losses != nullptr) losses->entries = text_losses(known->view, root, *record);
  if (auto added = known->add(*record, records, losses); !added)
    return refuse(*record, std::move(added).error().message);
  return {};
}

String dump_reference() {
  String text = "A store as lines of JSON, one record each, as `parley dump` writes them and `parley load --from ";
  text.append(dump_name).append("` reads them:\n\n");
  text += "```\n{\"kind\":\"visitor\",\"record\":{\"id\":\"iNKE8a6k6cjbqWhWd\",\"name\":\"Ann\"}}\n```\n\n";
  text += "The kinds, in the order of a dump:\n\n";
  for (const DumpKind& kind : kinds) text.append("- `").append(kind.name).append("`: ").append(kind.about).append("\n");
  text.append("- `").append(dump_end).append("`: the last line, with the number of records of each kind. ");
  text += "A dump without it is not whole.\n\n";
  text += "`parley schema canonical --markdown` has the tables of the records.\n";
  return text;
}

String dump_schema() {
  Buffer out;
  shape::write_json_schema(canonical_view<Line>, false, dump_name, out);
  return pretty(out.view());
}

}  // namespace parley::gateway::translate
