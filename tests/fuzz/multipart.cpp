// Takes a form apart, whole and in pieces: both give the same parts. The first byte is the size of the pieces; the boundary is `b`.
#include "adapters/http/multipart.hpp"

#include "adapters/http/file_name.hpp"
#include "adapters/http/sniff.hpp"
#include "schemas/shape/repair.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

namespace {

class Recorder final : public http::FormSink {
 public:
  Result<void> begin(const http::FormPart& part) override {
    fuzz::expect(!open_);
    open_ = true;
    text.append("[").append(part.name).append("|").append(part.content_type);
    if (part.file_name) {
      fuzz::expect(part.file_name->find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
      const String safe = http::safe_file_name(*part.file_name);
      fuzz::expect(!safe.empty() && safe.size() <= 120 && safe != "." && safe != "..");
      fuzz::expect(safe.find_first_of(std::string_view("/\\\r\n\0", 5)) == String::npos);
      fuzz::expect(shape::find_bad_utf8(safe) == String::npos);
      for (const char byte : http::content_disposition("attachment", *part.file_name))
        fuzz::expect(byte >= 0x20 && byte < 0x7F);
      text.append("|").append(*part.file_name);
    }
    text += ":";
    return {};
  }
  Result<void> add(std::string_view bytes) override {
    fuzz::expect(open_ && !bytes.empty());
    static_cast<void>(http::sniff(bytes));
    text.append(bytes);
    return {};
  }
  Result<void> end() override {
    fuzz::expect(open_);
    open_ = false;
    text += "]";
    return {};
  }
  String text;

 private:
  bool open_ = false;
};

String read(std::string_view form, std::size_t piece) {
  Recorder recorder;
  http::Multipart reader("b", recorder);
  for (std::size_t at = 0; at < form.size(); at += piece) {
    if (!reader.take(form.substr(at, piece))) return "refused";
  }
  // Bytes that may begin a boundary are held back until more come.
  return reader.complete() ? recorder.text : "incomplete";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view form(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(http::boundary_of(form));
  const String whole = read(form, size);
  fuzz::expect(read(form, 1 + data[0]) == whole);
  fuzz::expect(read(form, 1) == whole);
  return 0;
}
