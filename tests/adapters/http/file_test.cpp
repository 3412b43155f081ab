// What files are, and names of files that strangers chose.
#include <doctest/doctest.h>

#include "adapters/http/file_name.hpp"
#include "adapters/http/sniff.hpp"

using namespace parley;
using namespace std::string_view_literals;
using http::content_disposition;
using http::safe_file_name;
using http::sniff;

TEST_CASE("sniff: a file is what its bytes say") {
  struct Case {
    std::string_view bytes;
    std::string_view type;
    bool in_page;
    std::string_view sent;
  };
  for (const Case& one : {
           Case{"\x89PNG\r\n\x1a\n"sv, "image/png", true, "image/png"},
           Case{"\xff\xd8\xff\xe0"sv, "image/jpeg", true, "image/jpeg"},
           Case{"GIF89a\1\0"sv, "image/gif", true, "image/gif"},
           Case{"RIFF\1\0\0\0WEBPVP8 "sv, "image/webp", true, "image/webp"},
           Case{"RIFF\1\0\0\0WAVEfmt "sv, "audio/wav", false, "audio/wav"},
           Case{"%PDF-1.7"sv, "application/pdf", false, "application/pdf"},
           Case{"PK\3\4"sv, "application/zip", false, "application/zip"},
           Case{"\0\0\0\x18"
                "ftypmp42"sv,
                "video/mp4", false, "video/mp4"},
           Case{"\x1a\x45\xdf\xa3"sv, "video/webm", false, "video/webm"},
           Case{"OggS\0"sv, "application/ogg", false, "application/ogg"},
           Case{"ID3"sv, "audio/mpeg", false, "audio/mpeg"},
           Case{"text"sv, "text/plain", false, "application/octet-stream"},
           Case{"\0\1\2"sv, "application/octet-stream", false, "application/octet-stream"},
           Case{""sv, "application/octet-stream", false, "application/octet-stream"},
           Case{"<!DOCTYPE HTML><p>"sv, "text/html", false, "application/octet-stream"},
           Case{"\xef\xbb\xbf  <ScRiPt>"sv, "text/html", false, "application/octet-stream"},
           Case{"GIF89a<script>"sv, "text/html", false, "application/octet-stream"},
           Case{"\x89PNG\r\n\x1a\n<html>"sv, "text/html", false, "application/octet-stream"},
           Case{"<?xml version='1.0'?><SVG onload=x>"sv, "image/svg+xml", false, "application/octet-stream"},
           Case{"<?xml version='1.0'?><a/>"sv, "text/xml", false, "application/octet-stream"},
       }) {
    CAPTURE(one.bytes);
    CHECK(sniff(one.bytes) == one.type);
    CHECK(http::may_be_inline(sniff(one.bytes)) == one.in_page);
    CHECK(http::type_to_send(sniff(one.bytes)) == one.sent);
  }
  // What a record says is not trusted: only types of the table are sent.
  CHECK(http::type_to_send("text/html") == "application/octet-stream");
  CHECK(http::type_to_send("image/png\r\nSet-Cookie: a=b") == "application/octet-stream");
  CHECK_FALSE(http::may_be_inline("image/svg+xml"));
}

TEST_CASE("file names: what a stranger chose is made harmless") {
  CHECK(safe_file_name("cat.png") == "cat.png");
  CHECK(safe_file_name("r\xc3\xa9sum\xc3\xa9.pdf") == "r\xc3\xa9sum\xc3\xa9.pdf");
  CHECK(safe_file_name("../../x.html") == "_.._x.html");
  CHECK(safe_file_name("C:\\a\\b.txt") == "C__a_b.txt");
  CHECK(safe_file_name("a\r\nb\0c\x7f"sv) == "a__b_c_");
  CHECK(safe_file_name("\xe2\x80\xae"
                       "fdp.exe") == "_fdp.exe");
  CHECK(safe_file_name("a\xff\xc3(\xed\xa0\x80") == "a__(___");
  for (const char* nothing : {"", ".", "..", " ", "...", ". ."}) CHECK(safe_file_name(nothing) == "file");
  CHECK(safe_file_name(".htaccess.") == "htaccess");
  const String name = safe_file_name(String(500, 'x') + ".tar");
  CHECK(name == String(116, 'x') + ".tar");
  CHECK(safe_file_name(String(500, '.') + "x") == "x");
  String wide;
  for (int i = 0; i < 100; ++i) wide += "\xe2\x82\xac";
  CHECK(safe_file_name(wide).size() == 120);
  CHECK(safe_file_name("ab" + wide).size() == 119);
}

TEST_CASE("file names: in a header") {
  CHECK(content_disposition("attachment", "cat.png") == "attachment; filename=\"cat.png\"");
  CHECK(content_disposition("inline", "a\"b\\c.png") == "inline; filename=\"a_b_c.png\"");
  CHECK(content_disposition("attachment", "\xe2\x82\xac 5%.txt") ==
        "attachment; filename=\"_ 5_.txt\"; filename*=UTF-8''%E2%82%AC%205%25.txt");
  for (int byte = 0; byte < 256; ++byte) {
    const String value = content_disposition("attachment", String(1, static_cast<char>(byte)) + "x");
    for (const char one : value) CHECK((one >= 0x20 && one < 0x7F));
  }
}
