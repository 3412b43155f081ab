// Content-Encoding headers of requests.
#include "gateway/pipeline/content_coding.hpp"

#include <doctest/doctest.h>

namespace parley::gateway::pipeline {
namespace {

/// `g` and `d` in the order in which they were applied; `415` for a refusal.
String read(std::initializer_list<http::Header> headers) {
  const List<http::Header> list(headers);
  const Result<Codings> codings = read_codings(list);
  if (!codings) return codings.error().code == Code::unsupported_coding ? "415" : "?";
  String text;
  for (const http::Packing one : codings->list()) text += one == http::Packing::gzip ? 'g' : 'd';
  return text;
}

}  // namespace

TEST_CASE("codings of a request") {
  const struct {
    std::string name;
    std::initializer_list<http::Header> headers;
    const char* codings;
  } cases[] = {
      {"none", {{"Content-Type", "gzip"}}, ""},
      {"gzip", {{"Content-Encoding", "gzip"}}, "g"},
      {"x-gzip is gzip (RFC 9110, 8.4.1.3)", {{"content-encoding", "x-gzip"}}, "g"},
      {"in any case (8.4.1)", {{"CONTENT-ENCODING", "GZip"}}, "g"},
      {"deflate", {{"Content-Encoding", "deflate"}}, "d"},
      {"identity", {{"Content-Encoding", "identity"}}, ""},
      {"empty", {{"Content-Encoding", ""}}, ""},
      {"empty members (5.6.1)", {{"Content-Encoding", " , gzip,\t,identity, "}}, "g"},
      {"several, in their order", {{"Content-Encoding", "deflate, gzip"}}, "dg"},
      {"in several headers", {{"Content-Encoding", "deflate"}, {"X", "br"}, {"Content-Encoding", "gzip"}}, "dg"},
      {"three", {{"Content-Encoding", "gzip,gzip,gzip"}}, "ggg"},
      {"four", {{"Content-Encoding", "gzip,gzip,gzip,gzip"}}, "415"},
      {"br", {{"Content-Encoding", "br"}}, "415"},
      {"one of two", {{"Content-Encoding", "gzip, zstd"}}, "415"},
      {"no token", {{"Content-Encoding", "gzip;q=1"}}, "415"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(read(one.headers) == one.codings);
  }
}

}  // namespace parley::gateway::pipeline
