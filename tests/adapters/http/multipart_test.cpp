// Forms with files: what is read, what is refused, and that pieces of any size give the same.
#include "adapters/http/multipart.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace parley;
using http::boundary_of;

namespace {

/// Writes what it receives as text.
class Recorder final : public http::FormSink {
 public:
  Result<void> begin(const http::FormPart& part) override {
    text.append("[").append(part.name);
    if (part.file_name) text.append("|").append(*part.file_name);
    if (!part.content_type.empty()) text.append("|type ").append(part.content_type);
    text += ":";
    return {};
  }
  Result<void> add(std::string_view bytes) override {
    CHECK_FALSE(bytes.empty());
    text.append(bytes);
    return {};
  }
  Result<void> end() override {
    text += "]";
    return {};
  }
  String text;
};

/// The parts of a form that comes in pieces of a size; or `refused`, or `incomplete` behind them.
String read(std::string_view form, std::size_t piece = 1'000'000, std::string_view boundary = "b") {
  Recorder recorder;
  http::Multipart reader(boundary, recorder);
  for (std::size_t at = 0; at < form.size(); at += piece) {
    if (const Result<void> taken = reader.take(form.substr(at, piece)); !taken) {
      CHECK(taken.error().code == Code::malformed_body);
      CHECK(taken.error().message.starts_with("the form is malformed: "));
      return "refused";
    }
    CHECK(reader.held() < 2 * (http::Multipart::longest_head + std::min(piece, form.size())) + 1024);
  }
  return recorder.text + (reader.complete() ? "" : " incomplete");
}

String part(std::string_view head, std::string_view bytes) {
  return "--b\r\n" + String(head) + "\r\n\r\n" + String(bytes) + "\r\n";
}
const String file_head = R"(Content-Disposition: form-data; name="file"; filename="a.txt")";
const String end = "--b--\r\n";

}  // namespace

TEST_CASE("multipart: parts of a form are read in their order") {
  const String form = part("Content-Disposition: form-data; name=\"description\"", "my cat") +
                      part(file_head + "\r\nContent-Type: text/plain", "one\r\ntwo\r\n") + end;
  CHECK(read(form) == "[description:my cat][file|a.txt|type text/plain:one\r\ntwo\r\n]");
  for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 11U, 64U}) CHECK(read(form, piece) == read(form));
  CHECK(read("preamble\r\n" + form + "epilogue --b\r\n") == read(form));
}

TEST_CASE("multipart: what is a boundary, and what is data") {
  struct Case {
    String form;
    String read;
  };
  for (const Case& one : {
           Case{"", " incomplete"},
           Case{end, ""},
           Case{"--b", " incomplete"},
           Case{"--b-", " incomplete"},
           Case{"--b--", ""},
           Case{"x--b--\r\n", " incomplete"},  // a boundary begins a line
           Case{part(file_head, "x") + end, "[file|a.txt:x]"},
           Case{part(file_head, "") + end, "[file|a.txt:]"},
           Case{"--b\r\n" + file_head + "\r\n\r\n--b--", "[file|a.txt:]"},  // the empty line is that of the boundary
           Case{"--b \t\r\n" + file_head + "\r\n\r\nx\r\n" + end, "[file|a.txt:x]"},
           Case{part(file_head, "x") + "--b \r\n" + file_head + "\r\n\r\ny\r\n" + end, "[file|a.txt:x][file|a.txt:y]"},
           Case{part(file_head, "\r\n--a\r\n-b\r\n--\r\n b--b--") + end, "[file|a.txt:\r\n--a\r\n-b\r\n--\r\n b--b--]"},
           Case{part(file_head, "\r\n\r\n\r") + end, "[file|a.txt:\r\n\r\n\r]"},
           Case{part(file_head, "x"), "[file|a.txt: incomplete"},  // the last bytes may begin a boundary
           Case{"--b\r\n" + file_head + "\r\n\r\nx", "[file|a.txt: incomplete"},
           Case{part(file_head, "x") + "--bx\r\n", "refused"},
           Case{part(file_head, "x") + "--b\n\r\n", "refused"},
           Case{"--b" + String(100, ' ') + "\r\n", "refused"},
           Case{"\n--b\n" + file_head + "\n\nx\n--b--\n", " incomplete"},  // only CRLF ends a line
       }) {
    CAPTURE(one.form);
    CHECK(read(one.form) == one.read);
    CHECK(read(one.form, 1) == one.read);
  }
}

TEST_CASE("multipart: heads of parts") {
  struct Case {
    String head;
    String read;
  };
  const String name = "Content-Disposition: form-data; name=\"f\"";
  for (const Case& one : {
           Case{name, "[f:x]"},
           Case{"content-disposition:form-data;name=f", "[f:x]"},
           Case{"Content-Disposition:  Form-Data ; NAME = \"f\" ; FileName=a", "[f|a:x]"},
           Case{name + R"(; filename="")", "[f|:x]"},
           Case{name + R"(; filename="a\"b\\c\d")", "[f|a\"b\\c\\d:x]"},
           Case{name + R"(; filename="C:\temp\a.txt")", "[f|C:\\temp\\a.txt:x]"},
           Case{name + R"(; filename="a; name=g")", "[f|a; name=g:x]"},
           Case{name + "; filename=\"\xc3\xa9\xff\"", "[f|\xc3\xa9\xff:x]"},
           Case{name + "; filename=a; filename*=UTF-8''b", "[f|a:x]"},  // not allowed in forms, and not read
           Case{name + "\r\nContent-Type: image/png; x=y", "[f|type image/png; x=y:x]"},
           Case{name + "\r\nX-Other: y\r\nContent-Transfer-Encoding: binary", "[f:x]"},
           Case{name + "\r\nContent-Transfer-Encoding: base64", "refused"},
           Case{name + "; name=g", "refused"},
           Case{name + "; filename=a; filename=b", "refused"},
           Case{name + "\r\n" + name, "refused"},
           Case{name + "\r\nContent-Type: a/b\r\ncontent-type: c/d", "refused"},
           Case{name + "; filename=\"a", "refused"},
           Case{name + "; filename=a b", "refused"},
           Case{name + "; filename", "refused"},
           Case{name + " filename=a", "refused"},
           Case{name + "\r\n continued", "refused"},
           Case{name + "\r\nno colon", "refused"},
           Case{name + "\r\nA b: c", "refused"},
           Case{name + "\nX: y", "refused"},
           Case{name + String("\r\nX: \0", 6), "refused"},
           Case{"Content-Disposition: form-data", "refused"},
           Case{"Content-Disposition: attachment; name=f", "refused"},
           Case{"Content-Type: a/b", "refused"},
           Case{name + "\r\nX: " + String(9000, 'x'), "refused"},
       }) {
    CAPTURE(one.head);
    CHECK(read(part(one.head, "x") + end) == one.read);
    CHECK(read(part(one.head, "x") + end, 1) == one.read);
  }
  String many;
  for (std::size_t i = 0; i < http::Multipart::most_parts; ++i) many += part(name, "");
  CHECK(read(many + end) != "refused");
  CHECK(read(many + part(name, "") + end) == "refused");
}

TEST_CASE("multipart: mutated forms give the same in pieces of any size") {
  std::mt19937 random(7);
  const String good = part(file_head + "\r\nContent-Type: text/plain", "one\r\n--two\r\n") + part(file_head, "") + end;
  const String pieces[] = {"\r\n", "--b", "--", "\r", "\n", "\"", ";", "=", ":", " ", "b", String(1, '\0'), "\r\n\r\n"};
  for (int round = 0; round < 3000; ++round) {
    String form = good;
    for (int change = 0; change < 1 + round % 4; ++change) {
      const std::size_t at = random() % form.size();
      if (random() % 2 == 0) form.erase(at, 1 + random() % 5);
      form.insert(std::min(at, form.size()), pieces[random() % std::size(pieces)]);
    }
    CAPTURE(form);
    const String whole = read(form);
    CHECK(read(form, 1) == whole);
    CHECK(read(form, 1 + random() % 20) == whole);
  }
}

TEST_CASE("multipart: the boundary of a content type") {
  CHECK(boundary_of("multipart/form-data; boundary=abc") == "abc");
  CHECK(boundary_of("Multipart/Form-Data;charset=utf-8 ; BOUNDARY=\"a b:c\"") == "a b:c");
  CHECK(boundary_of("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW") ==
        "----WebKitFormBoundary7MA4YWxkTrZu0gW");
  CHECK(boundary_of("multipart/form-data; boundary=a:b/c") == "a:b/c");  // clients forget the quotes
  CHECK(boundary_of("multipart/form-data; boundary=" + String(70, 'x')) == String(70, 'x'));
  for (const String& wrong :
       {String(), String("application/json"), String("multipart/mixed; boundary=a"), String("multipart/form-data"),
        String("multipart/form-data; boundary="), String("multipart/form-data; boundary=\"\""),
        String("multipart/form-data; boundary=a; boundary=b"), String("multipart/form-data; boundary=\"a"),
        String("multipart/form-data; boundary=\"a \""), String("multipart/form-data; boundary=a\x01"),
        "multipart/form-data; boundary=" + String(71, 'x'), String("multipart/form-data boundary=a"),
        String("multipart/form-data; a=\"b\"xboundary=c;"), String("multipart/form-data; boundary=\"a\r\nb\"")}) {
    CAPTURE(wrong);
    CHECK_FALSE(boundary_of(wrong).has_value());
  }
}
