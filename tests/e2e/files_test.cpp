// Files in conversations, through the whole program and its store: a visitor sends one, all styles show it, and only those may fetch it who
// may read the conversation.
#include <doctest/doctest.h>

#include <filesystem>
#include <optional>

#include "adapters/http/base64.hpp"
#include "schemas/id.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool can_run = built_with({"rocketchat", "sqlite"});
const bool whole = built_with({"rocketchat", "sqlite", "enghouse", "comm100"});

const std::string png = std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\rIHDR", 8) + "pixels";

/// A form with one file, as a browser writes it.
std::string form_of(std::string_view name, std::string_view type, std::string_view bytes,
                    std::string_view description = {}) {
  std::string form;
  if (!description.empty()) {
    form.append("--frontier\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n").append(description) +=
        "\r\n";
  }
  form.append("--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").append(name);
  form.append("\"\r\nContent-Type: ").append(type).append("\r\n\r\n").append(bytes).append("\r\n--frontier--\r\n");
  return form;
}

Headers form_headers(std::string_view token) {
  Headers headers{{"Content-Type", "multipart/form-data; boundary=frontier"}};
  if (!token.empty()) headers.emplace_back("x-visitor-token", token);
  return headers;
}

/// Bytes that look like nothing in particular.
std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 7;
  for (char& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return bytes;
}

struct Site {
  Scratch scratch;
  std::string config;
  std::optional<Served> served;

  explicit Site(std::string_view limits = {}, std::string_view lines = {}) {
    std::string text = demo_config(scratch / "parley.db", true, lines);
    if (!limits.empty()) text.insert(text.find("backends:"), "  limits: {" + std::string(limits) + "}\n");
    config = scratch.write("gateway.yaml", text);
    served.emplace(program(), config);
  }
  Answer get(const std::string& target, const Headers& headers = {}) const {
    return served->ask("GET", target, headers);
  }
  Answer post(const std::string& target, std::string_view body) const {
    return served->ask("POST", target, {{"Content-Type", "application/json"}}, body);
  }
  std::string room_of(const std::string& token) const {
    REQUIRE(post("/api/v1/livechat/visitor",
                 R"({"visitor":{"token":")" + token + R"(","name":"Ann","email":")" + token + R"(@shop.example"}})")
                .status == 200);
    return value_at(get("/api/v1/livechat/room?token=" + token).body, "/room/_id");
  }
  Answer send(const std::string& token, const std::string& room, std::string_view form) const {
    return served->ask("POST", "/api/v1/livechat/upload/" + room, form_headers(token), form);
  }
  std::string history(const std::string& token, const std::string& room) const {
    return get("/api/v1/livechat/messages.history/" + room + "?token=" + token).body;
  }
  /// The number of rows of the store's table, which no other process changes meanwhile.
  std::string count(const std::string& table) const {
    const Finished asked = run({.command = {"sqlite3", scratch / "parley.db", "select count(*) from " + table}});
    return asked.out;
  }
};

std::string as_visitor(const std::string& token, const std::string& room) {
  return "?rc_room_type=l&rc_rid=" + room + "&rc_token=" + token;
}

}  // namespace

TEST_CASE("e2e: a visitor sends a picture, and fetches it" * doctest::skip(!can_run)) {
  const Site site;
  const std::string room = site.room_of("sender");
  const Answer sent = site.send("sender", room, form_of("cat.png", "image/png", png, "my cat"));
  CHECK(sent.status == 200);
  CHECK(value_at(sent.body, "/success") == "true");
  CHECK(value_at(sent.body, "/rid") == room);
  CHECK(value_at(sent.body, "/msg") == "");
  CHECK(value_at(sent.body, "/file/name") == "cat.png");
  CHECK(value_at(sent.body, "/file/type") == "image/png");
  CHECK(value_at(sent.body, "/attachments/0/title") == "cat.png");
  CHECK(value_at(sent.body, "/attachments/0/description") == "my cat");
  CHECK(value_at(sent.body, "/attachments/0/image_type") == "image/png");
  const std::string link = value_at(sent.body, "/attachments/0/image_url");
  CHECK(link == "/file-upload/" + value_at(sent.body, "/file/_id") + "/cat.png");
  CHECK(value_at(sent.body, "/attachments/0/title_link") == link);
  CHECK(value_at(site.history("sender", room), "/messages/0/attachments/0/image_url") == link);

  const auto check_is_cat = [](const Answer& got) {
    CHECK(got.status == 200);
    CHECK(got.body == png);
    CHECK(got.header("Content-Type") == "image/png");
    CHECK(got.header("Content-Length") == std::to_string(png.size()));
    CHECK(got.header("Content-Disposition") == "inline; filename=\"cat.png\"");
    CHECK(got.header("X-Content-Type-Options") == "nosniff");
    CHECK(got.header("Content-Security-Policy") == "default-src 'none'; sandbox");
    CHECK(got.header("Cache-Control") == "private, no-cache");
  };
  check_is_cat(site.get(link + as_visitor("sender", room)));
  check_is_cat(site.get(link, {{"Cookie", "rc_is_widget=t; rc_room_type=l; rc_rid=" + room + "; rc_token=sender"}}));
  check_is_cat(site.get(link, rocketchat_headers()));
  check_is_cat(site.get(link, {{"Cookie", "rc_uid=demo-rocket-user; rc_token=demo-rocket-token"}}));
  const Answer head = site.served->ask("HEAD", link + as_visitor("sender", room));
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == std::to_string(png.size()));

  const std::string other = site.room_of("stranger");
  for (const std::string& wrong :
       {link, link + as_visitor("stranger", room), link + as_visitor("sender", other), link + "?rc_token=sender",
        link + "?rc_rid=" + room, link + as_visitor("sender", room) + "&rc_token=sender"}) {
    CAPTURE(wrong);
    const Answer refused = site.get(wrong);
    CHECK(refused.status == 403);
    CHECK(refused.body == "");
  }
  CHECK(site.get(link, {{"Cookie", "rc_uid=demo-rocket-user; rc_token=sender"}}).status == 403);
  CHECK(site.get(link + as_visitor("stranger", other)).status == 404);  // that room has no such file
  CHECK(site.get("/file-upload/no-such-file/cat.png" + as_visitor("sender", room)).status == 404);
  CHECK(site.get("/file-upload/no-such-file/cat.png").status == 403);
}

TEST_CASE("e2e: all styles show a file, and fetch it with their credentials" * doctest::skip(!whole)) {
  const Site site;
  const std::string room = site.room_of("shown");
  const Answer sent = site.send("shown", room, form_of("r\xc3\xa9sum\xc3\xa9.pdf", "application/pdf", "%PDF-1.7 text"));
  const std::string link = value_at(sent.body, "/attachments/0/title_link");
  CHECK(value_at(sent.body, "/file/name") == "r\xc3\xa9sum\xc3\xa9.pdf");

  const auto check_is_pdf = [](const Answer& got) {
    CHECK(got.status == 200);
    CHECK(got.body == "%PDF-1.7 text");
    CHECK(got.header("Content-Type") == "application/pdf");
    CHECK(got.header("Content-Disposition") ==
          "attachment; filename=\"r_sum_.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf");
  };
  const std::string guid = ids::format(ids::to_guid(room));
  const Answer chat = site.get("/v4/livechat/chats/" + guid + "?include=messages", comm100_headers());
  REQUIRE(chat.status == 200);
  CHECK(contains(chat.body, "\"attachmentUrl\":\"/v4/livechat" + link + "\""));
  const std::string comm100 = "/v4/livechat" + link;
  CHECK(site.get(comm100).status == 401);
  check_is_pdf(site.get(comm100, comm100_headers()));

  const Answer history = site.get("/livechat/getChatHistory/CHAT_" + guid);
  REQUIRE(history.status == 200);
  const std::string enghouse = "/livechat" + link;
  CHECK(contains(history.body, "\"url\":\"" + enghouse + "\""));
  CHECK(contains(history.body, "\"fileName\":\"r\xc3\xa9sum\xc3\xa9.pdf\""));
  CHECK(site.get(enghouse).body == R"({"result":false,"error":"not authorized"})");
  check_is_pdf(site.get(enghouse, {{"ctlivetoken", "demo-enghouse-token"}}));
  check_is_pdf(site.get(enghouse + "?ctlivetoken=demo-enghouse-token"));
  CHECK(site.get("/livechat/file-upload/none/x?ctlivetoken=demo-enghouse-token").status == 404);
}

TEST_CASE("e2e: a file of the largest size is never whole in memory" * doctest::skip(!can_run)) {
  const Site site("memory: 1MiB");
  const std::string room = site.room_of("large");
  const std::string bytes = noise(16U << 20U);
  const Answer sent = site.send("large", room, form_of("noise.bin", "application/octet-stream", bytes));
  REQUIRE(sent.status == 200);
  CHECK(value_at(sent.body, "/files/0/size") == std::to_string(bytes.size()));
  const std::string link = value_at(sent.body, "/attachments/0/title_link") + as_visitor("large", room);
  const Answer got = site.get(link);
  CHECK(got.status == 200);
  CHECK((got.body == bytes));
  CHECK(got.header("Content-Length") == std::to_string(bytes.size()));
  CHECK(got.header("Content-Disposition") == "attachment; filename=\"noise.bin\"");
  // The same in chunks, whose sum nobody has announced.
  const std::string form = form_of("noise.bin", "application/octet-stream", bytes);
  std::string request = "POST /api/v1/livechat/upload/" + room +
                        " HTTP/1.1\r\nHost: h\r\nx-visitor-token: large\r\nTransfer-Encoding: chunked\r\n"
                        "Content-Type: multipart/form-data; boundary=frontier\r\n\r\n";
  for (std::size_t at = 0; at < form.size(); at += 100'000) {
    const std::string chunk = form.substr(at, 100'000);
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", chunk.size());
    request.append(size).append(chunk).append("\r\n");
  }
  Connection connection(site.served->port());
  connection.send(request + "0\r\n\r\n");
  const Answer again = connection.receive();
  CHECK(again.status == 200);
  CHECK(connection.ask("GET", "/api/v1/livechat/config").status == 200);
}

TEST_CASE("e2e: an upload is refused before its body is sent, and others follow it on its connection" *
          doctest::skip(!can_run)) {
  const Site site("request: 1s");
  const std::string room = site.room_of("waiting");
  const std::string form = form_of("a.png", "image/png", png);
  const auto head = [&](std::string_view token, std::size_t length, std::string_view more) {
    return "POST /api/v1/livechat/upload/" + room + " HTTP/1.1\r\nHost: h\r\nx-visitor-token: " + std::string(token) +
           "\r\nContent-Length: " + std::to_string(length) +
           "\r\nContent-Type: multipart/form-data; boundary=frontier\r\n" + std::string(more) + "\r\n";
  };
  const std::string_view expect = "Expect: 100-continue\r\n";
  {
    Connection connection(site.served->port());
    connection.send(head("nobody", form.size(), expect));
    CHECK(connection.receive_interim() == 403);
  }
  {
    Connection connection(site.served->port());
    connection.send(head("waiting", 100U << 20U, expect));
    CHECK(connection.receive_interim() == 400);
  }
  {
    Connection connection(site.served->port());
    connection.send(head("waiting", form.size(), expect));
    CHECK(connection.receive_interim() == 100);
    connection.send(form);
    CHECK(connection.receive().status == 200);
    const std::string twice = head("waiting", form.size(), "") + form;
    connection.send(twice + twice + request_text("GET", "/api/v1/livechat/config?token=waiting"));
    for (int i = 0; i < 3; ++i) CHECK(connection.receive().status == 200);
  }
  {
    Connection connection(site.served->port());
    connection.send(head("waiting", form.size(), "") + form.substr(0, 100));
    CHECK(connection.receive().status == 408);
  }
  CHECK(site.count("files") == "3\n");
  CHECK(site.count("uploads") == "0\n");
}

TEST_CASE("e2e: what may not be sent is refused as the vendor does" * doctest::skip(!can_run)) {
  const Site site;
  const std::string room = site.room_of("refused");
  const std::string other = site.room_of("other");
  const auto reason = [&](std::string_view form) {
    const Answer answer = site.send("refused", room, form);
    CHECK(answer.status == 400);
    CHECK(value_at(answer.body, "/success") == "false");
    return value_at(answer.body, "/reason");
  };
  const std::string good = form_of("a.png", "image/png", png);
  using Pair = std::pair<std::string, std::string>;
  for (const Pair& one :
       {Pair("", room), Pair("nobody", room), Pair("refused", other), Pair("other", room), Pair("refused", "none")}) {
    CAPTURE(one.first);
    CAPTURE(one.second);
    const Answer answer = site.send(one.first, one.second, good);
    CHECK(answer.status == 403);
    CHECK(answer.body == R"({"success":false,"error":"unauthorized"})");
  }
  const Answer large = site.send("refused", room, form_of("a", "text/plain", std::string((16U << 20U) + 1, 'a')));
  CHECK(large.status == 400);
  CHECK(large.body == R"({"reason":"error-size-not-allowed","sizeAllowed":"16 MB","success":false})");
  CHECK(reason(form_of("a.svg", "image/svg+xml", "<svg/>")) == "error-type-not-allowed");
  CHECK(reason(form_of("a.png", "image/png", "<?xml version='1.0'?><svg><script>alert(1)</script></svg>")) ==
        "error-type-not-allowed");
  CHECK(reason("--frontier\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nx\r\n--frontier--\r\n") ==
        "error-no-file-uploaded");
  for (const std::string& broken : {std::string("--frontier\r\n"), good.substr(0, good.size() - 20), std::string("{}"),
                                    std::string("--frontier--\r\n"), good + good}) {
    CAPTURE(broken);
    const Answer answer = site.send("refused", room, broken);
    CHECK((broken == good + good ? answer.status == 200 : answer.status == 400));  // what follows the end is ignored
  }
  CHECK(site.served
            ->ask("POST", "/api/v1/livechat/upload/" + room,
                  {{"x-visitor-token", "refused"}, {"Content-Type", "application/json"}}, "{}")
            .status == 400);
  CHECK(site.served
            ->ask("POST", "/api/v1/livechat/upload/" + room,
                  {{"x-visitor-token", "refused"},
                   {"Content-Encoding", "gzip"},
                   {"Content-Type", "multipart/form-data; boundary=frontier"}},
                  good)
            .status == 415);
  REQUIRE(site.post("/api/v1/livechat/room.close", R"({"rid":")" + room + R"(","token":"refused"})").status == 200);
  CHECK(site.send("refused", room, good).status == 403);
}

TEST_CASE("e2e: names and types of strangers do no harm" * doctest::skip(!can_run)) {
  const Site site;
  const std::string room = site.room_of("stranger");
  struct Case {
    std::string name;
    std::string type;
    std::string bytes;
    std::string shown;     ///< the name in the message
    std::string served;    ///< Content-Type
    std::string saved_as;  ///< Content-Disposition
  };
  const std::string page = "<html><script>alert(1)</script></html>";
  for (const Case& one : {
           Case{"../../x.html", "text/html", page, "../../x.html", "application/octet-stream",
                "attachment; filename=\"_.._x.html\""},
           Case{"cat.gif", "image/gif", "GIF89a" + page, "cat.gif", "application/octet-stream",
                "attachment; filename=\"cat.gif\""},
           Case{"cat.png", "image/png", page, "cat.png", "application/octet-stream",
                "attachment; filename=\"cat.png\""},
           Case{"C:\\temp\\a.txt", "text/plain", "text", "C:\\temp\\a.txt", "application/octet-stream",
                "attachment; filename=\"C__temp_a.txt\""},
           Case{"\xe2\x80\xaegpj.exe", "image/jpeg", "\xff\xd8\xff", "\xe2\x80\xaegpj.exe", "image/jpeg",
                "inline; filename=\"_gpj.exe\""},
           Case{std::string("bell\a\x1b.txt"), "text/plain", "text", "bell\a\x1b.txt", "application/octet-stream",
                "attachment; filename=\"bell__.txt\""},
       }) {
    CAPTURE(one.name);
    const Answer sent = site.send("stranger", room, form_of(one.name, one.type, one.bytes));
    REQUIRE(sent.status == 200);
    CHECK(value_at(sent.body, "/file/name") == one.shown);
    const std::string link = value_at(sent.body, "/attachments/0/title_link");
    CHECK(link.find("/..") == std::string::npos);
    const Answer got = site.get(link + as_visitor("stranger", room));
    CHECK(got.status == 200);
    CHECK(got.body == one.bytes);
    CHECK(got.header("Content-Type") == one.served);
    CHECK(got.header("Content-Disposition") == one.saved_as);
    CHECK(got.header("X-Content-Type-Options") == "nosniff");
  }
  CHECK(site.send("stranger", room, form_of(std::string("nul\0.txt", 8), "text/plain", "text")).status == 400);
  const Answer empty = site.send("stranger", room, form_of("empty.txt", "text/plain", ""));
  REQUIRE(empty.status == 200);
  const Answer nothing = site.get(value_at(empty.body, "/attachments/0/title_link") + as_visitor("stranger", room));
  CHECK(nothing.status == 200);
  CHECK(nothing.body == "");
}

TEST_CASE("e2e: nothing is left of an upload that breaks off, or that is refused in its midst" *
          doctest::skip(!can_run)) {
  Site site;
  const std::string room = site.room_of("breaking");
  const std::string form = form_of("a.bin", "application/octet-stream", noise(2U << 20U));
  const std::string head =
      "POST /api/v1/livechat/upload/" + room +
      " HTTP/1.1\r\nHost: h\r\nx-visitor-token: breaking\r\nContent-Length: " + std::to_string(form.size()) +
      "\r\nContent-Type: multipart/form-data; boundary=frontier\r\n\r\n";
  {
    Connection connection(site.served->port());
    connection.send(head + form.substr(0, 1U << 20U));
    CHECK(eventually([&] { return site.count("file_parts") != "0\n"; }));
    CHECK(site.count("uploads") == "1\n");
  }
  CHECK(eventually([&] { return site.count("file_parts") == "0\n"; }));
  CHECK(site.count("uploads") == "0\n");

  // The second file of a form is refused after the first one was kept.
  const std::string part = form.substr(0, form.size() - std::string("--\r\n").size());
  CHECK(site.send("breaking", room, part + "\r\n" + form.substr(std::string("--frontier\r\n").size())).status == 400);
  CHECK(site.count("file_parts") == "0\n");

  // What a process did not receive to the end is removed by the next one.
  {
    Connection connection(site.served->port());
    connection.send(head + form.substr(0, 1U << 20U));
    CHECK(eventually([&] { return site.count("file_parts") != "0\n"; }));
    site.served->process().signal(SIGKILL);
    CHECK(connection.breaks());
  }
  CHECK(site.count("uploads") == "1\n");
  site.served.emplace(program(), site.config);
  CHECK(eventually([&] { return site.count("file_parts") == "0\n"; }));
  CHECK(site.count("files") == "0\n");
  CHECK(value_at(site.history("breaking", room), "/messages/0/file") == "(none)");
}

TEST_CASE("e2e: a file goes with its message, and with its visitor" * doctest::skip(!can_run)) {
  const Site site;
  const std::string room = site.room_of("leaving");
  const Answer first = site.send("leaving", room, form_of("a.png", "image/png", png));
  const Answer second = site.send("leaving", room, form_of("b.png", "image/png", png));
  const std::string link = value_at(first.body, "/attachments/0/title_link") + as_visitor("leaving", room);
  CHECK(site.get(link).status == 200);
  const std::string message = value_at(first.body, "/_id");
  CHECK(site.served->ask("DELETE", "/api/v1/livechat/message/" + message + "?token=leaving&rid=" + room).status == 200);
  CHECK(site.get(link).status == 404);
  CHECK(site.count("file_parts") == "1\n");
  const std::string other = value_at(second.body, "/attachments/0/title_link") + as_visitor("leaving", room);
  CHECK(site.get(other).status == 200);
  const Finished exported =
      run({.command = {program(), "export", "--config", site.config, "--backend", "local", "--token", "leaving"}});
  CHECK(exported.code == 0);
  CHECK(value_at(exported.out, "/files/0/name") == "b.png");
  CHECK(value_at(exported.out, "/file_parts/0/bytes") == http::base64_encode(png));
  REQUIRE(site.post("/api/v1/livechat/room.close", R"({"rid":")" + room + R"(","token":"leaving"})").status == 200);
  CHECK(site.get(other).status == 200);  // an ended room is still the visitor's
  CHECK(site.served->ask("DELETE", "/api/v1/livechat/visitor/leaving").status == 200);
  CHECK(site.count("file_parts") == "0\n");
  CHECK(site.count("files") == "0\n");
  CHECK(site.get(other).status == 403);
}

TEST_CASE("e2e: the widget offers files where the route takes them" * doctest::skip(!can_run)) {
  const std::string credentials = "    auth: {users: [{id: u, token: t}]}\n";
  const Site site({},
                  "  - name: closed\n    facade: rocketchat\n    backend: local\n    prefix: /closed\n    files: "
                  "{enabled: false}\n" +
                      credentials +
                      "  - name: narrow\n    facade: rocketchat\n    backend: local\n    prefix: /narrow\n"
                      "    files: {size: 1000B, types: [image/*, application/pdf]}\n" +
                      credentials);
  const std::string room = site.room_of("offered");
  const auto offered = [&](const std::string& prefix) {
    return value_at(site.get(prefix + "/api/v1/livechat/config").body, "/config/settings/fileUpload");
  };
  CHECK(offered("") == "true");
  CHECK(offered("/pimenta") == "true");
  CHECK(offered("/closed") == "false");
  const auto send = [&](const std::string& prefix, const std::string& form) {
    return site.served->ask("POST", prefix + "/api/v1/livechat/upload/" + room, form_headers("offered"), form);
  };
  CHECK(value_at(send("/closed", form_of("a.png", "image/png", png)).body, "/reason") == "error-file-upload-disabled");
  CHECK(send("/narrow", form_of("a.png", "image/png", png)).status == 200);
  CHECK(value_at(send("/narrow", form_of("a.txt", "text/plain", "text")).body, "/reason") == "error-type-not-allowed");
  CHECK(value_at(send("/narrow", form_of("a.png", "image/png", "text")).body, "/reason") == "error-type-not-allowed");
  const Answer large = send("/narrow", form_of("a.png", "image/png", png + std::string(1000, 'x')));
  CHECK(value_at(large.body, "/reason") == "error-size-not-allowed");
  CHECK(value_at(large.body, "/sizeAllowed") == "1000 B");
  const Answer old = send("/pimenta", form_of("a.png", "image/png", png));
  CHECK(old.status == 200);
  CHECK(value_at(old.body, "/file/name") == "a.png");
}

}  // namespace parley::test
