// The strict YAML reader: what it reads, what it refuses and where. It refuses much that yaml-cpp accepts.
#include "schemas/shape/read_yaml.hpp"

#include <doctest/doctest.h>

#include <cstdio>

#include "schemas/text.hpp"

using parley::String;
using namespace parley::shape;

namespace {

String place(Mark mark) { return std::to_string(mark.line) + ':' + std::to_string(mark.column); }

/// A tree in one line: `{a@1:4=plain(1)}`.
String print(const Node& node) {
  String text;
  if (node.is_object() || node.is_array()) {
    text += node.is_object() ? '{' : '[';
    for (const Node& child : node) {
      if (text.size() > 1) text += ' ';
      text += node.is_object() ? String(child.key) + '@' : String("@");
      text += place(child.mark) + '=' + print(child);
    }
    return text + (node.is_object() ? '}' : ']');
  }
  if (node.kind == NodeKind::null) return "null";
  return String(node.kind == NodeKind::plain ? "plain(" : "string(") + String(node.text) + ')';
}

/// All faults, each in a line: `2:1 path: what`.
String faults(const Yaml& yaml) {
  String text;
  for (const YamlFault& fault : yaml.faults()) {
    if (!text.empty()) text += '\n';
    text += place(fault.mark) + ' ' + fault.path + ": " + fault.what;
  }
  return text;
}

String repeat(std::string_view text, std::size_t times) {
  String all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

constexpr const char* no_anchors = "anchors and aliases are not allowed; write the value out, or quote the text";
constexpr const char* no_tags = "tags are not allowed; quote text that begins with !";

}  // namespace

TEST_CASE("yaml: valid texts and their nodes") {
  struct Case {
    const char* name;
    const char* text;
    const char* tree;
  };
  const Case cases[] = {
      {"empty file", "", "null"},
      {"only a comment", "# nothing\n", "null"},
      {"an explicit empty document", "---\n", "null"},
      {"block map", "a: 1\nb: two words # comment\n", "{a@1:4=plain(1) b@2:4=plain(two words)}"},
      {"document markers", "---\na: 1\n...\n", "{a@2:4=plain(1)}"},
      {"numbers stay text", "a: 010\nb: 0x1\nc: 0.70\n", "{a@1:4=plain(010) b@2:4=plain(0x1) c@3:4=plain(0.70)}"},
      {"quotes make strings", "a: \"1\"\nb: 'it''s'\n", "{a@1:4=string(1) b@2:4=string(it's)}"},
      {"escapes", "a: \"\\u00e9\\n\\\"\"\n", "{a@1:4=string(\xc3\xa9\n\")}"},
      {"quoted words are not null", "a: \"null\"\nb: '~'\n", "{a@1:4=string(null) b@2:4=string(~)}"},
      {"null in three spellings stands behind the colon or where it is written", "a: ~\nb: null\nc:\nd: 1\n",
       "{a@1:4=null b@2:4=null c@3:3=null d@4:4=plain(1)}"},
      {"null before a comment", "a: # none\nb: 1\n", "{a@1:3=null b@2:4=plain(1)}"},
      {"flow null", "a: {b: , c: }\n", "{a@1:4={b@1:7=null c@1:12=null}}"},
      {"block list", "a:\n  - x\n  - y\n", "{a@2:3=[@2:5=plain(x) @3:5=plain(y)]}"},
      {"list at the key's column", "a:\n- x\nb: 1\n", "{a@2:1=[@2:3=plain(x)] b@3:4=plain(1)}"},
      {"an empty list entry is at its dash", "a:\n  - # none\n\n  - x\n", "{a@2:3=[@2:3=null @4:5=plain(x)]}"},
      {"list of maps", "- a: 1\n  b: 2\n- a: 3\n", "[@1:3={a@1:6=plain(1) b@2:6=plain(2)} @3:3={a@3:6=plain(3)}]"},
      {"flow", "a: [x, {k: v}, 'y']\n", "{a@1:4=[@1:5=plain(x) @1:8={k@1:12=plain(v)} @1:16=string(y)]}"},
      {"a pair within a list", "a: [b: c]\n", "{a@1:4=[@1:5={b@1:8=plain(c)}]}"},
      {"json", "{\"a\":1,\"b\":[true,null]}", "{a@1:6=plain(1) b@1:12=[@1:13=plain(true) @1:18=null]}"},
      {"a text over lines", "a: x\n  y\nb: \"p\n  q\"\n", "{a@1:4=plain(x y) b@3:4=string(p q)}"},
      {"block text", "a: |\n  x\n  y\nb: 1\n", "{a@1:4=string(x\ny\n) b@4:4=plain(1)}"},
      {"columns count characters", "\xc3\xa9: [\xf0\x9f\x8e\x89, x]\n",
       "{\xc3\xa9@1:4=[@1:5=plain(\xf0\x9f\x8e\x89) @1:8=plain(x)]}"},
      {"a byte order mark is not counted",
       "\xef\xbb\xbf"
       "a: 1\n",
       "{a@1:4=plain(1)}"},
      {"windows line ends", "a: 1\r\nb:\r\n  c: 2\r\n", "{a@1:4=plain(1) b@3:3={c@3:6=plain(2)}}"},
      {"quoted keys", "\"a b\" : 1\n'': 2\n", "{a b@1:9=plain(1) @2:5=plain(2)}"},
      {"a quoted << is a key like any other", "\"<<\": 1\n", "{<<@1:7=plain(1)}"},
      {"one key in two objects", "a: {x: 1}\nb: {x: 1}\n", "{a@1:4={x@1:8=plain(1)} b@2:4={x@2:8=plain(1)}}"},
      {"an address is text", "a: 127.0.0.1:8080\nb: [::1]:80\n", nullptr},
      {"variables are text", "a: ${X:-y}\nb: \"${Z}\"\n", "{a@1:4=plain(${X:-y}) b@2:4=string(${Z})}"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const Yaml yaml(c.text);
    if (c.tree == nullptr) {  // YAML reads an unquoted `[::1]:80` as a list with text after it
      CHECK_FALSE(yaml.readable());
      continue;
    }
    CHECK(faults(yaml) == "");
    REQUIRE(yaml.readable());
    CHECK(print(yaml.root()) == c.tree);
  }
}

TEST_CASE("yaml: 64 levels are read, 65 are not") {
  const Yaml good(repeat("[", max_depth) + repeat("]", max_depth));
  CHECK(faults(good) == "");
  const Yaml bad(repeat("[", max_depth + 1) + repeat("]", max_depth + 1));
  CHECK_FALSE(bad.readable());
  REQUIRE(bad.faults().size() == 1);
  CHECK(place(bad.faults()[0].mark) == "1:65");
  CHECK(bad.faults()[0].what == "nested deeper than 64 levels");
  // The limit also applies below a key that is refused.
  const Yaml hidden("? " + repeat("[", max_depth) + repeat("]", max_depth) + "\n: 1\n");
  CHECK_FALSE(hidden.readable());
}

TEST_CASE("yaml: a file of 1 MiB is read, a byte more is not") {
  const String comment = "#" + repeat("x", max_yaml_bytes - 1);
  CHECK(faults(Yaml(comment)) == "");
  CHECK(faults(Yaml(comment + "x")) == "1:1 : more than 1 MiB");
}

TEST_CASE("yaml: deep and long nonsense ends quickly and without a crash") {
  for (const char* piece : {"[", "{", "- ", "? ", "a: ", "&a ", "!a ", "[a, ", "'", "\"", "{a: ", "*a ", "%", ": "}) {
    CAPTURE(piece);
    const Yaml yaml(repeat(piece, 199'999));  // an odd number, so that a quote is left open
    CHECK_FALSE(yaml.faults().empty());
  }
}

TEST_CASE("yaml: faults and their places") {
  struct Case {
    const char* name;
    String text;
    String faults;
    bool readable;
  };
  const String colon =
      "a `:` that belongs to no key: wrong indentation, a `:` missing above, or text that needs quotes";
  const String indented = "wrong indentation: this line begins in column ";
  const String astray = "this belongs to nothing: wrong indentation, or text behind a value";
  const String twice = "the key appears twice; first at ";
  const Case cases[] = {
      // Accepted by yaml-cpp.
      {"duplicate key (the first would win)", "a: 1\nb: 2\na: 3\n", "3:1 a: " + twice + "1:1", true},
      {"duplicate key in flow", "x: {a: 1, a: 2}\n", "1:11 x.a: " + twice + "1:5", true},
      {"duplicate key in a list's object", "x:\n  - a: 1\n  - b: 1\n    b: 2\n", "4:5 x[1].b: " + twice + "3:5", true},
      {"duplicate key, once quoted", "a: 1\n\"a\": 2\n", "2:1 a: " + twice + "1:1", true},
      {"three of a kind", "a: 1\na: 2\na: 3\n", "2:1 a: " + twice + "1:1\n3:1 a: " + twice + "1:1", true},
      {"second document (would be ignored)", "a: 1\n---\nb: 2\n", "2:1 : a second document; a configuration is one",
       false},
      {"empty second document", "a: 1\n---\n", "2:1 : a second document; a configuration is one", false},
      {"text behind a list (would be dropped)", "- a\nb: c\n",
       "2:1 : text behind the end of the document: wrong indentation?", false},
      {"text behind a flow list", "[a, b] trailing\n", "1:8 : text behind the end of the document: wrong indentation?",
       false},
      {"text behind the document's end", "a: 1\n...\nb: 2\n",
       "3:1 : text behind the end of the document: wrong indentation?", false},
      {"key left of the first", "  a: 1\nb: 2\n", "2:1 : " + indented + "1, the line above in column 3", false},
      {"anchor", "a: &x 1\nb: 2\n", String("1:4 a: ") + no_anchors, true},
      {"anchor and alias", "a: &x 1\nb: *x\n", String("1:4 a: ") + no_anchors + "\n2:4 b: " + no_anchors, true},
      {"anchor on a list", "a: &x [1]\n", String("1:4 a: ") + no_anchors, true},
      {"anchor on nothing", "a: &x\nb: 1\n", String("1:4 a: ") + no_anchors, true},
      {"anchor on a key", "&x a: 1\n", String("1:1 : ") + no_anchors, true},
      {"alias of nothing", "a: *nope\n", String("1:4 : ") + no_anchors, false},
      {"alias as a key", "a: &x 1\n*x : 2\n", String("1:4 a: ") + no_anchors + "\n2:1 : a key must be text", true},
      {"merge key (would be an ordinary key)", "<<: {a: 1}\nb: 1\n",
       "1:1 : merge keys are not allowed; write the values out", true},
      {"tag", "a: !!int 1\n", String("1:4 a: ") + no_tags, true},
      {"own tag", "a: !foo x\n", String("1:4 a: ") + no_tags, true},
      {"verbatim tag", "a: !<tag:x> x\n", String("1:4 a: ") + no_tags, true},
      {"the tag that means string", "a: ! x\n", String("1:4 a: ") + no_tags, true},
      {"tag on a quoted text", "a: !!str \"x\"\n", String("1:4 a: ") + no_tags, true},
      {"tag on a map", "!!map {a: 1}\n", String("1:1 : ") + no_tags, true},
      {"tag without a name", "a: !!\n", String("1:6 : ") + no_tags, false},
      {"directive (unknown ones would be ignored)", "%FOO x\n---\na: 1\n", "1:1 : directives are not allowed", true},
      {"version directive", "# c\n%YAML 1.2\n---\na: 1\n", "2:1 : directives are not allowed", true},
      {"double quote never closed (would be closed by the end)", "a: \"x\nb: 2\n",
       "1:4 a: the quote that opens here is never closed", false},
      {"single quote never closed", "a: 'it''s\n", "1:4 a: the quote that opens here is never closed", false},
      {"escaped quote does not close", "a: \"\\\"\n", "1:4 a: the quote that opens here is never closed", false},
      {"quote never closed in a list", "a: [x, 'y]\n", "1:8 a[1]: the quote that opens here is never closed", false},
      {"quote of a key never closed", "\"a: 1\n", "1:1 : the quote that opens here is never closed", false},
      {"last key without a colon (would be null)", "a: 1\nb\n", "2:1 : a key without a value: expected `: ` behind it",
       true},
      {"flow key without a colon", "a: {b, c: 1}\n", "1:5 a: a key without a value: expected `: ` behind it", true},
      {"flow key without a blank behind its colon", "a: {b:1}\n", "1:5 a: a blank is missing behind the `:`", true},
      {"explicit key", "? a\n: b\n", "1:3 : a key without a value: expected `: ` behind it", true},
      {"list as a key", "? [a]\n: b\nc: 1\n", "1:3 : a key must be text", true},
      {"list as a key, short", "[a]: b\n", "1:1 : a key must be text", true},
      {"map as a key", "{a: 1}: b\n", "1:1 : a key must be text", true},
      {"no key", ": b\n", "1:1 : a key must be text", true},
      {"null as a key", "~: b\nnull: c\n", "1:1 : a key must be text\n2:1 : a key must be text", true},
      {"empty entry of a flow list (would be null)", "a: [1,,2]\n", "1:7 a[1]: an empty entry", true},
      {"empty entry of a flow map", "a: {b: 1,, c: 2}\n", "1:10 a: a key must be text", true},
      {"lone carriage return (would be dropped)", "a: 1\rb: 2\n", "1:5 : a carriage return without a line feed", false},
      {"NUL (would end the text)", String("a: x\0y\n", 7), "1:5 : a NUL byte", false},
      {"NUL as an escape", "a: \"x\\0y\"\n", "1:4 a: a control character, written as an escape", true},
      {"escape character as an escape, in a key", "\"\\e\": 1\n", "1:1 \x1b: a control character, written as an escape",
       true},
      {"UTF-16 (would be decoded)",
       String("\xff\xfe"
              "a\0",
              4),
       "1:1 : the file is UTF-16 or UTF-32; save it as UTF-8", false},
      {"bad UTF-8 on two lines", "a: \xc3\x28\nb: 1\nc: d\xff\n",
       "1:4 : bytes that are not UTF-8\n3:5 : bytes that are not UTF-8", false},
      {"control characters", "a: \x01\nb: \x7f\nc: \xc2\x85\n",
       "1:4 : a control character\n2:4 : a control character\n3:4 : a control character", false},
      // Syntax errors.
      {"tab as indentation", "a:\n\tb: 1\n", "2:1 : a tab in the indentation; use blanks", false},
      {"tab before a dash", "a:\n\t- x\n", "2:1 : a tab in the indentation; use blanks", false},
      {"tab at the very beginning", "\ta: x\n", "1:1 : a tab in the indentation; use blanks", false},
      {"two colons", "a: b: c\n", "1:4 : text that holds `: ` needs quotes", false},
      {"deeper without a reason", "a: 1\n  b: 2\n", "2:3 : " + indented + "3, the line above in column 1", false},
      {"a colon forgotten", "a: 1\nb\nc: 2\n", "2:1 : this line has no `: `, and is no entry of a list", false},
      {"between two depths", "a:\n    b: 1\n  c: 2\n", "3:3 : " + indented + "3, the line above in column 5", false},
      {"text behind quotes", "a: \"x\" y\n", "1:8 : text behind the closing quote", false},
      {"text behind a list", "a: [x] y\nb: 1\n", "1:8 : " + astray, false},
      {"dash behind a key", "a: - x\n",
       "1:4 : a list begins on the line below its key, or is written in brackets: [a, b]", false},
      {"list not closed", "a: [1, 2\nb: 3\n", "2:2 : expected `,` or `]`; the bracket opens at 1:4", false},
      {"map not closed", "a: {b: 1\nc: 2\n", "2:2 : expected `,` or `}`; the bracket opens at 1:4", false},
      {"comma forgotten", "a: {b: 1 c: 2}\n", "1:11 : expected `,` or `}`; the bracket opens at 1:4", false},
      {"variable within brackets", "a: {z: ${A}}\n",
       "1:9 : expected `,` or `}`; the bracket opens at 1:4; within brackets a text with ${\xe2\x80\xa6} needs quotes",
       false},
      {"an address within brackets", "a: {b: [::1]:18700}\n",
       "1:8 : an address with brackets needs quotes: write \"[::1]:18700\"", false},
      {"an address within brackets, before another key", "a: {b: [2001:db8::1]:80, c: 1}\n",
       "1:8 : an address with brackets needs quotes: write \"[2001:db8::1]:80\"", false},
      {"an address within brackets over lines", "a: {\n  c: 1,\n  b: [::]:80\n}\n",
       "3:6 : an address with brackets needs quotes: write \"[::]:80\"", false},
      {"a URL within brackets", "a: {b: http://[::1]:80/x, c: 1}\n", "1:15 : a URL with brackets needs quotes here",
       false},
      {"brackets in quotes are no address", "a: {b: \"[::1]:80\" c: 1}\n",
       "1:19 : expected `,` or `}`; the bracket opens at 1:4", false},
      {"bracket too many", "a: {b: 1}}\n", "1:10 : a closing bracket that closes nothing", false},
      {"wrong bracket", "a: [1}\n", "1:6 : a closing bracket that closes nothing", false},
      {"reserved character", "a: @x\n", "1:4 : text may not begin with this character; quote it", false},
      {"unknown escape", "a: \"\\q\"\n", "1:7 : an unknown escape; write \\\\ for a backslash, or use single quotes",
       false},
      {"short hex", "a: \"\\x0\"\n", "1:9 : a bad \\x, \\u or \\U escape", false},
      {"surrogate", "a: \"\\ud800\"\n", "1:11 : a \\u or \\U escape that is no character", false},
      {"text beside |", "a: |x\n", "1:5 : block text begins on the line below | or >", false},
      // Several faults.
      {"several, then one that ends it", "a: 1\na: 2\nb: &x 1\nc: [\n",
       "2:1 a: " + twice + "1:1\n3:4 b: " + String(no_anchors) +
           "\n5:1 : expected `,` or `]`; the bracket opens at 4:4",
       false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const Yaml yaml(c.text);
    CHECK(faults(yaml) == c.faults);
    CHECK(yaml.readable() == c.readable);
  }
}

TEST_CASE("yaml: a faulty value is dropped, and the rest is read") {
  CHECK(print(Yaml("a: 1\na: {x: [2]}\nb: 3\n").root()) == "{a@1:4=plain(1) b@3:4=plain(3)}");
  CHECK(print(Yaml("<<: {a: 1}\nb: 1\n").root()) == "{b@2:4=plain(1)}");
  CHECK(print(Yaml("? [a, [b]]\n: {c: d}\ne: f\n").root()) == "{e@3:4=plain(f)}");
  CHECK(print(Yaml("a: &x 1\nb: *x\n").root()) == "{a@1:4=plain(1) b@2:4=null}");
}

TEST_CASE("yaml: at most 100 faults") {
  String text;
  for (int i = 0; i < 300; ++i) text += "a: 1\n";
  CHECK(Yaml(text).faults().size() == 100);
}

TEST_CASE("yaml: a file that is not text gives one fault") {
  CHECK(faults(Yaml(repeat("a: \x01\n", 300))) ==
        "1:4 : a control character, and more in other lines: is this a text file in UTF-8?");
  CHECK(faults(Yaml(String("a: \0\nb: \0\n", 10))) ==
        "1:4 : a NUL byte, and more in other lines: is this a text file in UTF-8?");
  const String wide = "1:1 : the file is UTF-16 or UTF-32; save it as UTF-8";
  CHECK(faults(Yaml(String("\xff\xfe"
                           "a\0:\0 \0"
                           "1\0\n\0",
                           12))) == wide);
  CHECK(faults(Yaml(String("\xfe\xff\0a\0:\0 \0"
                           "1\0\n",
                           12))) == wide);
  CHECK(faults(Yaml(String("a\0:\0 \0"
                           "1\0\n\0"
                           "b\0:\0 \0"
                           "1\0\n\0",
                           20))) == wide);
  CHECK(faults(Yaml(String("\0a\0:\0 \0"
                           "1\0\n",
                           10))) == wide);
  CHECK(faults(Yaml(String("\xff\xfe\0\0a\0\0\0:\0\0\0", 12))) == wide);
}

TEST_CASE("yaml: the places of keys, values by place, and replaced text") {
  Yaml yaml("server:\n  workers: 2\nlist:\n  - name: x\n    none:\n");
  REQUIRE(yaml.readable());
  const Node* workers = yaml.at({2, 12});
  REQUIRE(workers != nullptr);
  CHECK(workers->text == "2");
  CHECK(place(yaml.key_mark(*workers)) == "2:3");
  const Node* server = yaml.at({2, 3});
  REQUIRE(server != nullptr);
  CHECK(server->key == "server");
  CHECK(place(yaml.key_mark(*server)) == "1:1");
  const Node* none = yaml.at({5, 10});
  REQUIRE(none != nullptr);
  CHECK(place(yaml.key_mark(*none)) == "5:5");
  CHECK(yaml.at({1, 2}) == nullptr);
  CHECK(yaml.at({9, 9}) == nullptr);
  yaml.set_text(*workers, "4");
  CHECK(yaml.root().find("server")->find("workers")->text == "4");
}
