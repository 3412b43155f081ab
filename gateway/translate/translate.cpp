// Translates one document; see translate.hpp.
#include "gateway/translate/translate.hpp"

#include <algorithm>
#include <iterator>

#include "gateway/translate/foreign_text.hpp"
#include "gateway/translate/likeness.hpp"
#include "gateway/translate/text_losses.hpp"
#include "gateway/translate/text_place.hpp"

namespace parley::gateway::translate {
namespace {

using contract::WireShape;
using shape::Node;

String pointer_of(const WireShape& shape, bool enveloped) {
  String pointer;
  if (enveloped) shape::append_pointer(shape.envelope_key, pointer);
  return pointer;
}

/// Reports members of the envelope that differ from what the vendor always writes there.
Result<void> report_envelope(const WireShape& shape, const Source& source, Report& report) {
  Buffer usual_text;
  shape.wrap(source.inner->raw, usual_text);
  shape::Document usual;
  if (auto parsed = usual.parse_json(usual_text.view()); !parsed) return parsed.error();
  for (const Node& member : source.document.root()) {
    if (&member == source.inner) continue;
    const Node* same = usual.root().find(member.key);
    if (same != nullptr && same->raw == member.raw) continue;
    String pointer;
    shape::append_pointer(member.key, pointer);
    report.entries.push_back({Change::lost, pointer, {}, "part of the answer around the document"});
  }
  return {};
}

/// Puts the document back into its envelope: a translation into the same shape changes nothing else.
void put_back(const Source& source, std::string_view inner, Buffer& out) {
  const std::string_view whole = source.document.root().raw;
  const auto begin = static_cast<std::size_t>(source.inner->raw.data() - whole.data());
  out.append(whole.substr(0, begin));
  out.append(inner);
  out.append(whole.substr(begin + source.inner->raw.size()));
}

/// Parses JSON, removes the envelope and reads the record. Messages end in the place.
Result<void> read_json(const WireShape& shape, std::string_view text, Source& source) {
  if (auto parsed = source.document.parse_json(text, shape::NotText::replace); !parsed) return parsed.error();
  const Node& root = source.document.root();
  const Node* bad = &root;
  const auto placed = [&](Error error) {
    error.message += source.document.place_of(*bad);
    return error;
  };
  auto unwrapped = unwrap(shape, root);
  if (!unwrapped) return placed(std::move(unwrapped).error());
  source.inner = unwrapped->inner;
  source.enveloped = unwrapped->enveloped;
  auto record = read_record(shape, *source.inner, &bad);
  if (!record) return placed(std::move(record).error());
  source.record = std::move(*record);
  return {};
}

Error cannot(String message) { return Error{.code = Code::unsupported_operation, .message = std::move(message)}; }

}  // namespace

Result<Unwrapped> unwrap(const WireShape& shape, const Node& root) {
  if (shape.wrap == nullptr || shape.view->find(shape.envelope_key) >= 0) return Unwrapped{&root, false};
  const Node* inner = root.find(shape.envelope_key);
  if (inner == nullptr) return Unwrapped{&root, false};
  if (inner->kind == shape::NodeKind::null) {
    return Error{.code = Code::invalid_field, .message = "the answer carries no " + String(shape.envelope_key)};
  }
  return Unwrapped{inner, true};
}

Result<void> read_source(const NamedShape& shape, std::string_view text, Source& source) {
  if (const std::string_view what = foreign_text(text); !what.empty())
    return Error{.code = Code::malformed_body, .message = String(what) + words_of({})};
  if (shape.canonical() || shape.adapter->from_script == nullptr) return read_json(*shape.shape, text, source);
  const std::optional<std::string_view> inside = shape.adapter->from_script(text);
  if (!inside) {
    return Error{
        .code = Code::malformed_body,
        .message = "this begins like a script and is none: expected NAME({…}); and nothing behind it" + words_of({})};
  }
  auto read = read_json(*shape.shape, *inside, source);
  if (read || inside->empty()) return read;
  constexpr std::string_view mark = "\xef\xbb\xbf";  // not counted as a column
  const std::size_t begin = text.starts_with(mark) ? mark.size() : 0;
  const auto offset = static_cast<std::size_t>(inside->data() - text.data());
  return moved_to(std::move(read).error(), place_at(text.substr(begin), offset - begin));
}

namespace {

/// Whether a script would call `class` or `new.x`, which no browser can parse, or `null`, which is no function. A word behind a dot is
/// a property and may be any.
bool begins_with_reserved_word(std::string_view callback) {
  constexpr std::string_view words[] = {
      "break", "case",   "catch", "class",      "const",   "continue", "debugger", "default", "delete",
      "do",    "else",   "enum",  "export",     "extends", "false",    "finally",  "for",     "function",
      "if",    "import", "in",    "instanceof", "new",     "null",     "return",   "super",   "switch",
      "this",  "throw",  "true",  "try",        "typeof",  "var",      "void",     "while",   "with"};
  const std::string_view first = callback.substr(0, callback.find_first_of(".["));
  if (first == "this" && first.size() < callback.size()) return false;  // `this.show`
  return std::find(std::begin(words), std::end(words), first) != std::end(words);
}

}  // namespace

Result<void> check_pair(const NamedShape& from, const NamedShape& to, std::string_view callback) {
  if (!Path::find(*from.shape, *to.shape)) {
    return cannot(from.name() + " is " + String(describe(from.shape->kind)) + " and cannot become " +
                  String(describe(to.shape->kind)) + "; it can be translated to " + join_names(targets_of(from)));
  }
  if (callback.empty()) return {};
  if (to.canonical() || to.adapter->to_script == nullptr) {
    return cannot("the style " + String(to.style) + " has no script form (JSONP), so --callback cannot be used");
  }
  // A vendor's server may drop characters from a callback. On the command line such a name is refused instead.
  constexpr std::string_view in_names = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.[]";
  Buffer probe;
  if (callback.find_first_not_of(in_names) == std::string_view::npos && !begins_with_reserved_word(callback) &&
      to.adapter->to_script("null", callback, probe)) {
    return {};
  }
  return Error{
      .code = Code::invalid_callback,
      .message = "--callback: \"" + String(callback) + "\" is no name of a function, such as show or app.show"};
}

Result<Translation> translate(const NamedShape& from, const NamedShape& to, std::string_view document,
                              const TranslateOptions& options) {
  if (auto possible = check_pair(from, to, options.callback); !possible) return possible.error();
  Source source;
  if (auto read = read_source(from, document, source); !read) return read.error();
  const bool same = from.shape == to.shape;  // the same shape: nothing is lost, whatever the document is
  if (auto checked = same ? Result<void>() : check_likeness(from, *source.inner); !checked)
    return moved_to(std::move(checked).error(), {});

  Result<Record> carried = Path::find(*from.shape, *to.shape)->carry(source.record);
  if (!carried) return carried.error();
  Buffer bare;
  write_record(*to.shape, *carried, bare);

  Translation made;
  const bool enveloped = to.shape->wrap != nullptr && (source.enveloped || !options.callback.empty());
  Buffer json;
  if (same && source.enveloped) {
    put_back(source, bare.view(), json);
  } else if (enveloped) {
    to.shape->wrap(bare.view(), json);
  } else {
    json.append(bare.view());
  }
  if (options.callback.empty()) {
    made.text = std::move(json);
  } else if (auto script = to.adapter->to_script(json.view(), options.callback, made.text); !script) {
    return script.error();
  }

  if (!options.report) return made;
  List<Entry> broken_text = text_losses(*from.shape, source);
  if (same) {
    made.report.entries = std::move(broken_text);
    return made;
  }
  constexpr std::size_t quick = 16 * 1024;
  if (options.brief && source.inner->raw.size() > quick && !Path::find(*to.shape, *from.shape)) {
    made.unmeasured = true;
    return made;
  }
  const String source_pointer = pointer_of(*from.shape, source.enveloped);
  const String target_pointer = pointer_of(*to.shape, enveloped);
  auto report =
      measure({from, to, *source.inner, source.record, *carried, bare.view(), source_pointer, target_pointer});
  if (!report) return report.error();
  made.report = std::move(*report);
  made.report.entries.insert(made.report.entries.begin(), std::make_move_iterator(broken_text.begin()),
                             std::make_move_iterator(broken_text.end()));
  if (source.enveloped) {
    if (auto envelope = report_envelope(*from.shape, source, made.report); !envelope) return envelope.error();
  }
  return made;
}

}  // namespace parley::gateway::translate
