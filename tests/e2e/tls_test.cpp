// The real program and the real curl over TLS.
#include <doctest/doctest.h>

#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

struct SecureDemo {
  static std::string config(const Scratch& scratch, const Certificate& certificate) {
    std::string text = demo_config(scratch / "parley.db");
    const std::string plain = "listen: [\"127.0.0.1:0\"]";
    return text.replace(text.find(plain), plain.size(),
                        "listen: [{address: \"127.0.0.1:0\", tls: {certificate: \"" +
                            scratch.write("certificate.pem", certificate.certificate) + "\", key: \"" +
                            scratch.write("key.pem", certificate.key) + "\"}}]");
  }

  /// Runs curl on a path, with options.
  [[nodiscard]] Finished curl(std::vector<std::string> options, std::string_view path) {
    options.insert(options.begin(), {"curl", "-sS", "-m", "10"});
    options.push_back("https://127.0.0.1:" + std::to_string(served.port()) + std::string(path));
    return run({.command = std::move(options)});
  }

  Scratch scratch;
  Certificate certificate = make_certificate("IP:127.0.0.1");
  std::string authority = scratch.write("authority.pem", certificate.certificate);
  Served served{program(), scratch.write("gateway.yaml", config(scratch, certificate))};
};

constexpr std::string_view visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";

}  // namespace

TEST_CASE("curl trusts the certificate, and speaks TLS 1.2 and 1.3 with HTTP/1.1" *
          doctest::skip(!built_with({"rocketchat"}))) {
  SecureDemo demo;
  CHECK(demo.served.process().output().find("listening on https://127.0.0.1:") != std::string::npos);
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--tlsv1.2", "--tls-max", "1.2"}, {"--tlsv1.3"}, {"--http2"}, {"--http1.0"}}) {
    std::vector<std::string> all = {"--cacert", demo.authority, "-w", "\n%{http_code} %{http_version}"};
    all.insert(all.end(), options.begin(), options.end());
    const Finished finished = demo.curl(all, visitor);
    CAPTURE(finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.out.find("iNKE8a6k6cjbqWhWd") != std::string::npos);
    CHECK(finished.out.ends_with("\n200 1.1"));
  }
  const Finished posted = demo.curl({"--cacert", demo.authority, "-H", "Content-Type: application/json", "-H",
                                     "Expect: 100-continue", "-d", R"({"visitor": {"token": "over-tls"}})"},
                                    "/api/v1/livechat/visitor");
  CHECK(posted.code == 0);
  CHECK(posted.out.find("over-tls") != std::string::npos);
}

TEST_CASE("curl is refused with an old version, another protocol, or without the authority" *
          doctest::skip(!built_with({"rocketchat"}))) {
  SecureDemo demo;
  const Finished old = demo.curl(
      {"--cacert", demo.authority, "--tlsv1.1", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"}, visitor);
  CHECK(old.code == 35);
  CHECK(demo.curl({}, visitor).code == 60);
  const Finished plain =
      run({.command = {"curl", "-sS", "-m", "10", "http://127.0.0.1:" + std::to_string(demo.served.port())}});
  CHECK(plain.code == 0);
  CHECK(plain.out == R"({"error":"the plain HTTP request was sent to an HTTPS port; use https://"})");
  CHECK(demo.curl({"--cacert", demo.authority}, visitor).code == 0);
}

TEST_CASE("a key that does not match the certificate ends the start with a clear message") {
  const Scratch scratch;
  const Certificate one = make_certificate("IP:127.0.0.1");
  const Certificate other = make_certificate("IP:127.0.0.1");
  const std::string file = scratch.write("gateway.yaml", SecureDemo::config(scratch, {one.certificate, other.key}));
  const Finished finished = run({.command = {program(), "serve", "--config", file}});
  CHECK(finished.code == 1);
  CAPTURE(finished.err);
  CHECK(finished.err.find("the key " + (scratch / "key.pem") + ": does not fit the certificate " +
                          (scratch / "certificate.pem")) != std::string::npos);
}

}  // namespace parley::test
