// Certificates of listeners: clear errors for unusable files, and renewal while connections stay.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <thread>

#include "adapters/io/descriptor.hpp"
#include "adapters/io/tls.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/tls_client.hpp"

namespace parley::test {
namespace {

/// Accepts connections and echoes each byte that it receives.
class Echo {
 public:
  explicit Echo(std::shared_ptr<io::TlsServers> servers) : servers_(std::move(servers)) {
    listener_ = io::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_.get(), 8) == 0);
    REQUIRE(::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] {
      for (;;) {
        const int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        clients_.emplace_back(&Echo::serve, this, socket);
      }
    });
  }
  ~Echo() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    for (std::thread& client : clients_) client.join();
  }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  void serve(int descriptor) {
    const io::Descriptor socket(descriptor);  // a blocking socket: no call has to be repeated
    const std::unique_ptr<io::TlsSession> session = servers_->start(socket.get());
    char byte = 0;
    std::size_t count = 0;
    if (session->handshake() != io::Moved::some) return;
    while (session->receive(&byte, 1, count) == io::Moved::some) {
      if (session->send(&byte, 1, count) != io::Moved::some) return;
    }
    session->close();
  }

  std::shared_ptr<io::TlsServers> servers_;
  io::Descriptor listener_;
  std::uint16_t port_ = 0;
  std::vector<std::thread> clients_;
  std::thread acceptor_;
};

}  // namespace

TEST_CASE("an unusable certificate or key is refused, with the file and the reason") {
  const Scratch scratch;
  const Certificate one = make_certificate("DNS:one");
  const Certificate other = make_certificate("DNS:other");
  const std::string certificate = scratch.write("one.pem", one.certificate);
  const std::string key = scratch.write("one.key", one.key);
  const std::string other_key = scratch.write("other.key", other.key);
  const std::string garbage = scratch.write("garbage", "no PEM");
  const std::string encrypted = scratch.write("encrypted.key",
                                              "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                              "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgBdNYkzBVMXQICCAAw\n"
                                              "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJlrmXJ9Nn2BKbh+hLYvf1QEgZBs\n"
                                              "-----END ENCRYPTED PRIVATE KEY-----\n");
  const std::string old_encrypted = scratch.write("old.key",
                                                  "-----BEGIN RSA PRIVATE KEY-----\n"
                                                  "Proc-Type: 4,ENCRYPTED\n"
                                                  "DEK-Info: AES-128-CBC,9B7A0F3C55E1D2486A0B1C2D3E4F5061\n\n"
                                                  "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgBdNYkzBVMXQICCAAw\n"
                                                  "-----END RSA PRIVATE KEY-----\n");
  const std::string public_key =
      scratch.write("public", "-----BEGIN PUBLIC KEY-----\nMIHs\n-----END PUBLIC KEY-----\n");
  const std::string request =
      scratch.write("request", "-----BEGIN CERTIFICATE REQUEST-----\nMIHs\n-----END CERTIFICATE REQUEST-----\n");
  const std::string binary = scratch.write("binary", std::string("\x30\x82\x03\x0a\x00", 5));
  const std::string empty = scratch.write("empty", "");
  const std::string half = scratch.write("half.pem", one.certificate + "-----BEGIN CERTIFICATE-----\nMIHs\n");
  const std::string large =
      scratch.write("large.pem", one.certificate + std::string(4U << 20U, '\n') + one.certificate);
  const std::string pipe = scratch / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  struct Case {
    std::string name;
    std::string certificate;
    std::string key;
    std::string message;
  };
  const Case cases[] = {
      {"no certificate", scratch / "none.pem", key,
       "the certificate " + (scratch / "none.pem") + ": No such file or directory"},
      {"no key", certificate, scratch / "none.key",
       "the key " + (scratch / "none.key") + ": No such file or directory"},
      {"no PEM as certificate", garbage, key, "the certificate " + garbage + ": no start line"},
      {"no PEM as key", certificate, garbage, "the key " + garbage + ": "},
      {"a key where the certificate should be", key, key, "the certificate " + key + ": no start line"},
      {"a key that asks for a password", certificate, encrypted,
       "the key " + encrypted + ": unsupported: a passphrase protects it"},
      {"an old key that asks for a password", certificate, old_encrypted, "the key " + old_encrypted + ": bad "},
      {"a public key", certificate, public_key, "the key " + public_key + ": unsupported: it holds the public key"},
      {"a certificate where the key should be", certificate, certificate,
       "the key " + certificate + ": unsupported: it holds a certificate; were the two swapped?"},
      {"a request for a certificate", request, key,
       "the certificate " + request + ": no start line: it holds a request for a certificate"},
      {"a binary certificate", binary, key, "the certificate " + binary + ": no start line: it is binary"},
      {"a binary key", certificate, binary, "the key " + binary + ": unsupported: it is binary"},
      {"an empty file", empty, key, "the certificate " + empty + ": no start line: the file is empty"},
      {"another's key", certificate, other_key,
       "the key " + other_key + ": does not fit the certificate " + certificate},
      {"half a certificate behind a whole one", half, key, "the certificate " + half + ": bad end line"},
      {"a certificate with too much behind it", large, key, "the certificate " + large + ": larger than 4 MiB"},
      {"a named pipe as certificate", pipe, key, "the certificate " + pipe + ": a named pipe, "},
      {"a named pipe as key", certificate, pipe, "the key " + pipe + ": a named pipe, "},
      {"a directory", certificate, scratch.path().string(), "the key " + scratch.path().string() + ": "},
  };
  for (const Case& bad : cases) {
    CAPTURE(bad.name);
    const auto opened = io::TlsServers::open(bad.certificate, bad.key);
    REQUIRE(opened.has_error());
    CHECK(opened.error().code == Code::unavailable);
    CAPTURE(opened.error().message);
    CHECK(opened.error().message.starts_with(bad.message));
    CHECK(opened.error().message.size() > bad.message.size() - (bad.message.ends_with(": ") ? 0 : 1));
  }
  CHECK(io::TlsServers::open(certificate, key).has_value());
  CHECK(io::TlsServers::open(scratch.write("chain.pem", one.certificate + other.certificate), key).has_value());
}

TEST_CASE("an unusable CA file is refused, with its name and the reason") {
  const Scratch scratch;
  const Certificate one = make_certificate("DNS:one");
  const std::string pipe = scratch / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto why = [](const std::string& ca) {
    const auto opened = io::TlsClients::open(ca);
    return opened.has_error() ? opened.error().detail : "good";
  };
  CHECK(why(scratch / "none.pem") == "the CA file " + (scratch / "none.pem") + ": No such file or directory");
  CHECK(why(pipe).starts_with("the CA file " + pipe + ": a named pipe, "));
  const std::string garbage = scratch.write("garbage", "no PEM");
  CHECK(why(garbage) == "the CA file " + garbage + ": no certificate");
  CHECK(why(scratch.write("two.pem", one.certificate + make_certificate("DNS:two").certificate)) == "good");
}

TEST_CASE("expires() is the end of the certificate") {
  const Scratch scratch;
  const auto now = std::chrono::system_clock::now();
  for (const int days : {-1, 1, 90}) {
    CAPTURE(days);
    const Certificate one = make_certificate("DNS:one", days);
    auto opened = io::TlsServers::open(scratch.write("c", one.certificate), scratch.write("k", one.key));
    REQUIRE(opened.has_value());
    const auto left = (*opened)->expires() - now;
    CHECK(left > std::chrono::hours(24 * days - 1));
    CHECK(left < std::chrono::hours(24 * days + 1));
  }
}

TEST_CASE("a renewed certificate is used for new connections; open connections stay") {
  const Scratch scratch;
  const Certificate before = make_certificate("IP:127.0.0.1", 1);
  const Certificate after = make_certificate("IP:127.0.0.1", 90);
  auto servers = io::TlsServers::open(scratch.write("c", before.certificate), scratch.write("k", before.key));
  REQUIRE(servers.has_value());
  const Echo echo(*servers);
  const auto echoes = [](TlsConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    return connection.receive().status == 200;
  };
  TlsConnection old(echo.port(), before);
  CHECK(old.shown() == before.certificate);
  CHECK(echoes(old));

  auto renewed = io::TlsServers::open(scratch.write("c", after.certificate), scratch.write("k", after.key));
  REQUIRE(renewed.has_value());
  (*servers)->adopt(**renewed);
  CHECK((*servers)->expires() == (*renewed)->expires());
  TlsConnection fresh(echo.port(), after);
  CHECK(fresh.shown() == after.certificate);
  CHECK(echoes(fresh));
  CHECK(echoes(old));
}

TEST_CASE("certificates can be renewed while connections come") {
  const Scratch scratch;
  const Certificate one = make_certificate("IP:127.0.0.1");
  auto servers = io::TlsServers::open(scratch.write("c", one.certificate), scratch.write("k", one.key));
  auto other = io::TlsServers::open(scratch / "c", scratch / "k");
  REQUIRE(servers.has_value());
  REQUIRE(other.has_value());
  const Echo echo(*servers);
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    while (!done) (*servers)->adopt(**other);
  });
  for (int i = 0; i < 50; ++i) CHECK(TlsConnection(echo.port(), one).version() == "TLSv1.3");
  done = true;
  swapper.join();
}

}  // namespace parley::test
