// Turns yaml-cpp's events into nodes. yaml-cpp only parses the grammar. Where it is too lenient, we look at the source text and report
// a fault.
#include "schemas/shape/read_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "schemas/shape/yaml_slips.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::shape {
namespace {

constexpr std::size_t max_faults = 100;
constexpr std::size_t max_bad_lines = 10;  // with bad bytes; if there are more, only one fault is reported

/// Thrown to leave the parser after a fault that ends the reading.
struct Stop {};

String place(Mark mark) { return std::to_string(mark.line) + ':' + std::to_string(mark.column); }

constexpr std::string_view no_anchors = "anchors and aliases are not allowed; write the value out, or quote the text";
constexpr std::string_view misplaced = "this belongs to nothing: wrong indentation, or text behind a value";
constexpr std::string_view bad_value =
    "a `:` that belongs to no key: wrong indentation, a `:` missing above, or text that needs quotes";
constexpr std::string_view bad_key = "a key may not stand here: wrong indentation, or text that needs quotes";
constexpr std::string_view bad_entry = "a `-` may not stand here: wrong indentation, or text that needs quotes";
constexpr std::string_view no_yaml = "this is no YAML: wrong indentation, or text that needs quotes";
/// Whether the parser found valid syntax in the wrong place.
bool is_misplaced(std::string_view what) {
  return what == misplaced || what == bad_value || what == bad_key || what == bad_entry || what == no_yaml;
}
constexpr std::string_view no_tags = "tags are not allowed; quote text that begins with !";

/// yaml-cpp's message in words that describe the file and not the parser.
String say(std::string_view theirs) {
  using namespace YAML::ErrorMsg;
  const std::pair<std::string_view, std::string_view> sayings[] = {
      {MAP_VALUE, bad_value},
      {MAP_KEY, bad_key},
      {BLOCK_ENTRY, bad_entry},
      {END_OF_MAP_FLOW, "expected `,` or `}`"},
      {END_OF_SEQ_FLOW, "expected `,` or `]`"},
      {END_OF_MAP, misplaced},
      {END_OF_SEQ, misplaced},
      {"unexpected scalar", misplaced},  // yaml-cpp 0.9
      {FLOW_END, "a closing bracket that closes nothing"},
      {UNKNOWN_TOKEN, "text may not begin with this character; quote it"},
      {TAB_IN_INDENTATION, "a tab in the indentation; use blanks"},
      {INVALID_ESCAPE, "an unknown escape; write \\\\ for a backslash, or use single quotes"},
      {INVALID_HEX, "a bad \\x, \\u or \\U escape"},
      {INVALID_UNICODE, "a \\u or \\U escape that is no character"},
      {CHAR_IN_BLOCK, "block text begins on the line below | or >"},
      {DOC_IN_SCALAR, "`---` or `...` within a quoted text: is a quote not closed?"},
      {UNKNOWN_ANCHOR, no_anchors},
      {ANCHOR_NOT_FOUND, no_anchors},
      {ALIAS_NOT_FOUND, no_anchors},
      {CHAR_IN_ANCHOR, no_anchors},
      {CHAR_IN_ALIAS, no_anchors},
      {MULTIPLE_ANCHORS, no_anchors},
      {ALIAS_CONTENT, no_anchors},
      {CHAR_IN_TAG_HANDLE, no_tags},
      {TAG_WITH_NO_SUFFIX, no_tags},
      {END_OF_VERBATIM_TAG, no_tags},
      {MULTIPLE_TAGS, no_tags},
  };
  for (const auto& [said, ours] : sayings) {
    if (theirs.starts_with(said)) return String(ours);
  }
  return String(no_yaml);
}

}  // namespace

class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(Yaml& yaml, const YamlSource& source) : yaml_(yaml), nodes_(yaml.document_.nodes()), source_(source) {}

  void run() {
    directives();
    std::istringstream text{String(source_.text())};
    try {
      YAML::Parser parser(text);
      while (parser.HandleNextDocument(*this)) {
      }
      if (nodes_.empty()) append(NodeKind::null, {}, {1, 1});
      yaml_.readable_ = true;
    } catch (const Stop&) {
    } catch (const YAML::Exception& error) {
      explain(error);
    }
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    const Mark at = mark_of(mark);
    if (source_.line(at.line).starts_with("---")) stop(at, "a second document; a configuration is one");
    if (const auto slip = find_slip(source_, at)) stop(slip->mark, slip->what);
    stop(at, "text behind the end of the document: wrong indentation?");
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark&, const std::string&) override {}  // the event of the value has the anchor, too

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Mark at = mark_of(mark);
    if (expects_key()) return refuse_key(at);
    if (anchor != 0) fault(at, no_anchors);
    const bool written = source_.at(source_.offset(at)) == '~' || source_.at(source_.offset(at)) == 'n' ||
                         source_.at(source_.offset(at)) == 'N';
    if (!frames_.empty() && skipped_ == 0) {
      const Frame& frame = frames_.back();
      if (frame.object) {  // yaml-cpp gives the place of the next token
        at = value_mark(frame);
      } else if (frame.flow && source_.at(source_.offset(at)) == ',') {
        fault(at, "an empty entry");
      } else if (!frame.flow && !written) {
        at = source_.empty_entry(at);
      }
    }
    append(NodeKind::null, {}, at);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    if (expects_key()) return refuse_key(mark_of(mark));
    fault(mark_of(mark), no_anchors);
    append(NodeKind::null, {}, mark_of(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Mark at = mark_of(mark);
    const std::size_t offset = source_.offset(at);
    const char first = source_.at(offset);
    const bool quoted = first == '"' || first == '\'';
    const std::size_t end = quoted ? source_.skip_quoted(offset) : offset + value.size();
    if (end == std::string_view::npos) stop(at, "the quote that opens here is never closed");
    if (expects_key()) {
      if (anchor != 0) fault(at, no_anchors);
      if (anchor == 0 && first == '!') fault(at, no_tags);
      return take_key(at, value, quoted, first == '&' || first == '!' ? source_.text().size() : end);
    }
    // yaml-cpp gives quoted text the tag `!`, and plain text `?`. Any other tag is in the file.
    if (anchor != 0) fault(at, no_anchors);
    if (anchor == 0 && (first == '!' || (tag != "?" && tag != "!" && !tag.empty()))) fault(at, no_tags);
    if (find_control(without_line_end(value)) != String::npos) fault(at, "a control character, written as an escape");
    append(tag == "?" ? NodeKind::plain : NodeKind::string, value, at);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark_of(mark), tag, anchor, style == YAML::EmitterStyle::Flow, false);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark_of(mark), tag, anchor, style == YAML::EmitterStyle::Flow, true);
  }
  void OnMapEnd() override { close(); }

 private:
  /// An object or array that is not closed.
  struct Frame {
    std::size_t node;
    Mark mark;
    bool object;
    bool flow;
    bool has_key = false;    ///< a key was read; its value comes next
    bool leave_out = false;  ///< that value is dropped
    std::string_view key;
    Mark key_mark;
    std::size_t key_end = 0;
    std::unordered_map<std::string_view, Mark> keys;  ///< the keys so far, with their places
  };

  [[nodiscard]] bool expects_key() const {
    return skipped_ == 0 && !frames_.empty() && frames_.back().object && !frames_.back().has_key;
  }

  /// The path of the current value.
  [[nodiscard]] String path() const {
    String path;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      const bool last = i + 1 == frames_.size();  // the current value of the outer frames is counted already
      if (!frame.object) {
        path += '[' + std::to_string(nodes_[frame.node].size - (last ? 0 : 1)) + ']';
      } else if (!last || frame.has_key) {
        if (!path.empty()) path += '.';
        path += frame.key;
      }
    }
    return path;
  }

  void fault(Mark mark, std::string_view what) {
    if (skipped_ == 0 && yaml_.faults_.size() < max_faults) yaml_.faults_.push_back({mark, path(), String(what)});
  }
  [[noreturn]] void stop(Mark mark, std::string_view what) {
    yaml_.faults_.push_back({mark, path(), String(what)});
    throw Stop{};
  }

  /// Reports directives, such as `%YAML`. yaml-cpp ignores those that it does not know.
  void directives() {
    for (std::uint32_t number = 1; number <= source_.lines(); ++number) {
      const std::string_view line = source_.line(number);
      const std::size_t first = line.find_first_not_of(" \t");
      if (first == std::string_view::npos || line[first] == '#') continue;
      if (line[0] != '%') break;
      fault({number, 1}, "directives are not allowed");
    }
  }

  void refuse_key(Mark mark) {
    Frame& frame = frames_.back();
    const YamlSlip slip = explain_bad_key(source_, mark);
    fault(slip.mark, slip.what);
    frame.has_key = frame.leave_out = true;
    frame.key = {};
    frame.key_mark = mark;
    frame.key_end = source_.text().size();
  }

  void take_key(Mark mark, const std::string& value, bool quoted, std::size_t end) {
    Frame& frame = frames_.back();
    const std::size_t colon = source_.skip_blanks(end);
    const bool has_colon = source_.at(colon) == ':' || end == source_.text().size();
    const String& key = yaml_.texts_.emplace_back(value);
    const auto [first, is_new] = frame.keys.emplace(key, mark);
    if (!has_colon) {
      fault(mark, explain_lone_key(source_, key, mark));
    } else if (!quoted && key == "<<") {
      fault(mark, "merge keys are not allowed; write the values out");
    }
    frame.has_key = true;
    frame.leave_out = !has_colon || !is_new || (!quoted && key == "<<");
    frame.key = key;
    frame.key_mark = mark;
    frame.key_end = colon;
    if (find_control(key) != String::npos) fault(mark, "a control character, written as an escape");
    if (!is_new) fault(mark, "the key appears twice; first at " + place(first->second));
  }

  /// The place of the value of the current key, or of the missing value: after the colon.
  [[nodiscard]] Mark value_mark(const Frame& frame) const {
    if (source_.at(frame.key_end) != ':') return frame.key_mark;
    const std::size_t at = source_.skip_blanks(frame.key_end + 1);
    const char byte = source_.at(at);
    return source_.mark(byte == '~' || byte == 'n' || byte == 'N' ? at : frame.key_end + 1);
  }

  /// Adds a value to the innermost frame. Returns false if the value is dropped.
  bool append(NodeKind kind, std::string_view text, Mark mark) {
    if (skipped_ != 0) return false;
    Node node;
    Mark key_mark = mark;
    if (!frames_.empty()) {
      Frame& frame = frames_.back();
      frame.has_key = false;
      if (std::exchange(frame.leave_out, false)) return false;
      ++nodes_[frame.node].size;
      node.key = frame.key;
      if (frame.object) key_mark = frame.key_mark;
    }
    node.kind = kind;
    node.mark = mark;
    if (!text.empty()) node.text = yaml_.texts_.emplace_back(text);
    nodes_.push_back(node);
    yaml_.key_marks_.push_back(key_mark);
    return true;
  }

  void open(Mark mark, const std::string& tag, YAML::anchor_t anchor, bool flow, bool object) {
    if (++depth_ > max_depth) stop(mark, "nested deeper than 64 levels");
    if (expects_key()) {
      refuse_key(mark);
      skipped_ = 1;
      return;
    }
    if (skipped_ != 0) {
      ++skipped_;
      return;
    }
    if (anchor != 0) fault(mark, no_anchors);
    if (anchor == 0 && tag != "?" && !tag.empty()) fault(mark, no_tags);
    if (append(object ? NodeKind::object : NodeKind::array, {}, mark)) {
      frames_.push_back({.node = nodes_.size() - 1,
                         .mark = mark,
                         .object = object,
                         .flow = flow,
                         .key = {},
                         .key_mark = {},
                         .keys = {}});
    } else {
      skipped_ = 1;
    }
  }

  void close() {
    --depth_;
    if (skipped_ != 0) {
      --skipped_;
      return;
    }
    Node& node = nodes_[frames_.back().node];
    node.span = static_cast<std::uint32_t>(nodes_.size() - frames_.back().node);
    frames_.pop_back();
  }

  /// Converts a mark of yaml-cpp, which counts from 0, and columns in bytes.
  [[nodiscard]] Mark mark_of(const YAML::Mark& mark) const {
    if (mark.is_null()) return {};
    return source_.mark(static_cast<std::uint32_t>(mark.line) + 1, static_cast<std::size_t>(mark.column));
  }

  void explain(const YAML::Exception& error) {
    Mark at = mark_of(error.mark);
    const std::string_view line = source_.line(at.line);
    const std::size_t tab = line.substr(0, line.find_first_not_of(" \t")).find('\t');
    if (tab != std::string_view::npos) {  // report this cause and not its consequences
      yaml_.faults_.push_back(
          {{at.line, static_cast<std::uint32_t>(tab) + 1}, {}, "a tab in the indentation; use blanks"});
      return;
    }
    String what = say(error.msg);
    const bool in_brackets = what.starts_with("expected `,`");
    std::optional<YamlSlip> slip;
    if (is_misplaced(what)) slip = find_slip(source_, at);
    if (in_brackets) slip = find_slip_in_brackets(source_, at);
    if (slip) {
      yaml_.faults_.push_back({slip->mark, {}, slip->what});
      return;
    }
    if (in_brackets) {
      const std::size_t offset = source_.offset(at);
      const auto flow = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& f) { return f.flow; });
      if (flow != frames_.rend()) what += "; the bracket opens at " + place(flow->mark);
      if (offset > 0 && source_.at(offset) == '{' && source_.at(offset - 1) == '$') {
        what += "; within brackets a text with ${…} needs quotes";
      }
    }
    yaml_.faults_.push_back({at, {}, std::move(what)});
  }

  Yaml& yaml_;
  List<Node>& nodes_;
  const YamlSource& source_;
  List<Frame> frames_;
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0;  // depth within a value that is dropped; 0 = not in one
  int documents_ = 0;
};

Yaml::Yaml(std::string_view text) {
  text = without_mark(text);
  if (text.size() > max_yaml_bytes) {
    faults_.push_back({{1, 1}, {}, "more than 1 MiB"});
    return;
  }
  if (is_wide(text)) {
    faults_.push_back({{1, 1}, {}, "the file is UTF-16 or UTF-32; save it as UTF-8"});
    return;
  }
  const YamlSource source(text);
  const List<BadByte> bad_bytes = source.bad_bytes(max_faults);
  for (const BadByte& bad : bad_bytes) faults_.push_back({bad.mark, {}, String(bad.what)});
  if (bad_bytes.size() > max_bad_lines || (bad_bytes.size() > 1 && text.find('\0') != std::string_view::npos)) {
    faults_.resize(1);
    faults_.front().what += ", and more in other lines: is this a text file in UTF-8?";
  }
  if (faults_.empty()) YamlBuilder(*this, source).run();
}

const Node* Yaml::at(Mark mark) noexcept {
  const List<Node>& nodes = document_.nodes();
  const auto before = [](const Node& node, Mark wanted) {
    return node.mark.line != wanted.line ? node.mark.line < wanted.line : node.mark.column < wanted.column;
  };
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), mark, before);
  const bool here = found != nodes.end() && found->mark.line == mark.line && found->mark.column == mark.column;
  return here ? &*found : nullptr;
}

Mark Yaml::key_mark(const Node& node) noexcept {
  return key_marks_[static_cast<std::size_t>(&node - document_.nodes().data())];
}

void Yaml::set_text(const Node& node, String text) {
  Node& changed = document_.nodes()[static_cast<std::size_t>(&node - document_.nodes().data())];
  changed.text = texts_.emplace_back(std::move(text));
  changed.kind = NodeKind::plain;
}

}  // namespace parley::shape
