// Text of an upstream that is not valid Unicode, as each vendor's clients see it: it becomes U+FFFD and is reported as
// a loss, or is refused on a lossless route. And one byte order mark in front of an answer.
#include <doctest/doctest.h>

#include <functional>

#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat"});

constexpr std::string_view guid = "c8e1eb84-60d3-4d69-b10b-96364845023e";
constexpr std::string_view other_guid = "3d59f909-24cd-43bc-89cb-00a320617c0a";
const std::string fffd = "\xEF\xBF\xBD";

std::string object(std::string_view id, std::string_view name) {
  return "{\"id\":\"" + std::string(id) + "\",\"status\":\"chatting\",\"name\":\"" + std::string(name) + "\"}";
}

// --- the answers of the vendors' servers; `name` is the visitor's
// -----------------------------------------------------

std::string comm100_answer(const std::string& request, const std::string& name) {
  if (request.starts_with("GET /v4/livechat/visitors/")) return object(guid, name);
  if (request.starts_with("GET /v4/livechat/visitors"))
    return "[" + object(other_guid, "Bob") + "," + object(guid, name) + "]";
  return {};
}

std::string rocketchat_answer(const std::string& request, const std::string& name) {
  const auto visitor = [](std::string_view id, std::string_view of) {
    return "{\"_id\":\"" + std::string(id) + "\",\"token\":\"t-" + std::string(id) + "\",\"name\":\"" +
           std::string(of) + "\"}";
  };
  if (request.starts_with("GET /api/v1/livechat/visitors.search")) {
    return "{\"visitors\":[" + visitor(other_guid, "Bob") + "," + visitor(guid, name) +
           "],\"count\":2,\"offset\":0,\"total\":2,\"success\":true}";
  }
  if (request.starts_with("GET /api/v1/livechat/visitor"))
    return "{\"visitor\":" + visitor(guid, name) + ",\"success\":true}";
  if (request.starts_with("GET /api/v1/rooms.info")) {
    return "{\"room\":{\"_id\":\"" + std::string(guid) + "\",\"t\":\"l\",\"open\":true,\"v\":{\"_id\":\"" +
           std::string(guid) + "\",\"token\":\"t\"}},\"success\":true}";
  }
  return R"({"pages":[],"count":0,"offset":0,"total":0,"success":true})";
}

std::string enghouse_answer(const std::string& request, const std::string& name) {
  const std::string id(guid);
  if (request.find("getActiveContactsID") != std::string::npos)
    return "{\"result\":true,\"contacts\":[\"CHAT_" + id + "\"]}";
  return "{\"result\":true,\"contact\":{\"id\":\"CHAT_" + id +
         "\",\"beginTime\":1568903506777,\"endTime\":\"\",\"userID\":\"USER_" + id + "\",\"users\":{\"USER_" + id +
         "\":{\"id\":\"USER_" + id + "\",\"nickname\":\"" + name +
         "\",\"isAgent\":false,\"beginTime\":1568903506777,\"endTime\":\"\",\"isOnline\":true}}}}";
}

struct Vendor {
  const char* kind;
  std::string (*answer)(const std::string& request, const std::string& name);
  std::string_view loss;  ///< the member's name in Parley-Loss
};
const Vendor vendors[] = {{"comm100", comm100_answer, "visitor.name"},
                          {"rocketchat", rocketchat_answer, "visitor.name"},
                          {"enghouse", enghouse_answer, "participant.name"}};

/// How a client of each style asks for that visitor, and where the answer has the name.
struct Way {
  const char* style;
  std::string target;
  std::string (*name)(const std::string& body);
  std::string_view refusal;  ///< of a lossless route: in the body
};

std::string anywhere(const std::string& body) {
  const std::function<std::string(const Value&)> find = [&find](const Value& value) -> std::string {
    for (const char* key : {"name", "nickname"}) {
      const Value* name = value.find(key);
      if (name != nullptr && name->kind == Kind::string && name->text != "Bob" && !name->text.empty())
        return name->text;
    }
    for (const Value& child : value.children) {
      if (std::string found = find(child); !found.empty()) return found;
    }
    return {};
  };
  return find(parse(body));
}

const Way ways[] = {
    {"comm100", "/v4/livechat/visitors", anywhere, "409000"},
    {"comm100", "/v4/livechat/visitors/" + std::string(guid), anywhere, "409000"},
    {"rocketchat", "/api/v1/livechat/visitors.search?term=", anywhere, "error-lossy-answer"},
    {"rocketchat", "/api/v1/livechat/visitor/" + std::string(guid), anywhere, "error-lossy-answer"},
    {"enghouse", "/livechat/getContactByChatID/CHAT_" + std::string(guid), anywhere, "without loss"},
};

Running gateway(const Vendor& vendor, const ScriptedServer& server, std::string_view style, std::string_view loss) {
  return Running(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {vendor: {kind: " + std::string(vendor.kind) +
      ", url: \"" + server.url() + "\", auth: none}}\nroutes: [{facade: " + std::string(style) +
      ", backend: vendor, auth: none, loss: " + std::string(loss) + "}]\n");
}

ScriptedServer::Script answers(const Vendor& vendor, std::string name, std::string before = {}) {
  return answering([&vendor, name = std::move(name), before = std::move(before)](const std::string& request) {
    const std::string body = vendor.answer(request, name);
    return http_answer(body.empty() ? 404 : 200, before + body, {{"Content-Type", "application/json"}});
  });
}

}  // namespace

TEST_CASE("text of an upstream that is not Unicode becomes U+FFFD and is reported" * doctest::skip(!all_three)) {
  const struct {
    std::string name;
    std::string sent;
    std::string shown;
    bool told;
  } texts[] = {
      {"a surrogate alone", "Ann \\ud83d", "Ann " + fffd, true},
      {"Latin-1", "Andr\xE9", "Andr" + fffd, true},
      {"overlong", "A\xC0\xAF", "A" + fffd + fffd, true},
      {"a surrogate in UTF-8", "A\xED\xA0\x80", "A" + fffd + fffd + fffd, true},
      {"good text", "Andr\xC3\xA9 \\ud83d\\ude00", "Andr\xC3\xA9 \xF0\x9F\x98\x80", false},
      {"U+FFFD of the upstream's own", "A\\ufffd", "A" + fffd, false},
  };
  for (const Vendor& vendor : vendors) {
    CAPTURE(vendor.kind);
    for (const auto& text : texts) {
      CAPTURE(text.name);
      ScriptedServer server(answers(vendor, text.sent));
      for (const Way& way : ways) {
        CAPTURE(way.target);
        const Answer warned = gateway(vendor, server, way.style, "warn").ask("GET", way.target);
        CAPTURE(warned.body);
        REQUIRE(warned.status == 200);
        CHECK(way.name(warned.body) == text.shown);
        CAPTURE(warned.header("Parley-Loss"));
        if (text.told)
          CHECK((", " + warned.header("Parley-Loss") + ",").find(", " + std::string(vendor.loss) + ",") !=
                std::string::npos);
        if (!text.told) CHECK(warned.header("Parley-Loss").find(vendor.loss) == std::string::npos);
        const Answer allowed = gateway(vendor, server, way.style, "allow").ask("GET", way.target);
        CHECK(way.name(allowed.body) == text.shown);
        CHECK(allowed.header("Parley-Loss") == "");
        if (!text.told || std::string_view(vendor.kind) != way.style) continue;
        const Answer refused = gateway(vendor, server, way.style, "lossless").ask("GET", way.target);
        CAPTURE(refused.body);
        CHECK(refused.body.find(way.refusal) != std::string::npos);
        CHECK(refused.body.find(fffd) == std::string::npos);
      }
    }
  }
}

TEST_CASE("a good answer is lossless in its own vendor's style" * doctest::skip(!all_three)) {
  for (const Vendor& vendor : vendors) {
    CAPTURE(vendor.kind);
    ScriptedServer server(answers(vendor, "Ann"));
    for (const Way& way : ways) {
      if (std::string_view(vendor.kind) != way.style) continue;
      CAPTURE(way.target);
      const Answer answer = gateway(vendor, server, way.style, "lossless").ask("GET", way.target);
      CAPTURE(answer.body);
      CHECK(way.name(answer.body) == "Ann");
    }
  }
}

TEST_CASE("only losses of shown records are reported" * doctest::skip(!all_three)) {
  // The visitor is found in a list in which another visitor has the bad text.
  const std::string good(guid);
  ScriptedServer server(answering([&](const std::string& request) {
    const bool list = request.find("getActiveContactsID") != std::string::npos;
    const std::string chats =
        "{\"result\":true,\"contacts\":[\"CHAT_" + good + "\",\"CHAT_" + std::string(other_guid) + "\"]}";
    std::string contact = enghouse_answer(request, "Ann");
    if (request.find(other_guid) != std::string::npos) {
      contact = enghouse_answer(request, "Bob \\ud83d");
      for (std::size_t at; (at = contact.find(good)) != std::string::npos;)
        contact.replace(at, good.size(), other_guid);
    }
    return http_answer(200, list ? chats : contact, {{"Content-Type", "application/json"}});
  }));
  const Running parley = gateway(vendors[2], server, "comm100", "warn");
  const Answer ann = parley.ask("GET", "/v4/livechat/visitors/" + good);
  CAPTURE(ann.body);
  CHECK(value_at(ann.body, "/name") == "Ann");
  CHECK(ann.header("Parley-Loss").find("participant.name") == std::string::npos);
  const Answer both = parley.ask("GET", "/v4/livechat/visitors");
  CHECK(both.header("Parley-Loss").find("participant.name") != std::string::npos);
}

TEST_CASE("losses of a list that is only searched are not reported" * doctest::skip(!all_three)) {
  // A guid made of a free-text id cannot be turned back, so the connector searches the list of all visitors.
  const std::string ann = R"({"_id":"ann.smith","token":"t-ann","name":"Ann"})";
  ScriptedServer server(answering([&](const std::string& request) {
    const bool list = request.find("visitors.search") != std::string::npos;
    const std::string all = R"({"visitors":[{"_id":"bob.jones","token":"t-bob","name":"Bob \ud83d"},)" + ann +
                            R"(],"count":2,"offset":0,"total":2,"success":true})";
    return http_answer(200, list ? all : "{\"visitor\":" + ann + ",\"success\":true}",
                       {{"Content-Type", "application/json"}});
  }));
  const Running parley = gateway(vendors[1], server, "comm100", "warn");
  const Answer list = parley.ask("GET", "/v4/livechat/visitors");
  CHECK(list.header("Parley-Loss").find("visitor.name") != std::string::npos);
  REQUIRE(value_at(list.body, "/1/name") == "Ann");
  const Answer one = parley.ask("GET", "/v4/livechat/visitors/" + value_at(list.body, "/1/id"));
  CAPTURE(one.body);
  CHECK(value_at(one.body, "/name") == "Ann");
  CHECK(one.header("Parley-Loss").find("visitor.name") == std::string::npos);
}

TEST_CASE("bad text in keys and unknown members is reported, too" * doctest::skip(!all_three)) {
  const struct {
    std::string name;
    std::string document;
    std::string shown;  ///< in the answer in the same style
    std::string loss;
  } cases[] = {
      {"an unknown member", R"("extra":"x\ud800")", "\"extra\":\"x\\ufffd\"", "comm100.visitor.extra"},
      {"its key", R"("ex\ud800":"x")", "\"ex" + fffd + "\":\"x\"", "comm100.visitor.ex???"},
      {"an element of a list", "\"customFields\":[{\"id\":\"1\",\"name\":\"n\",\"value\":\"v\xE9\"}]", "v" + fffd,
       "visitor.attributes"},
      {"a key of two that become one", "\"a\xE9\":1,\"a\xE8\":2", "\"a" + fffd + "\":1,\"a" + fffd + fffd + "\":2",
       "comm100.visitor.a???"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&](const std::string&) {
      return http_answer(200, "{\"id\":\"" + std::string(guid) + "\",\"name\":\"Ann\"," + one.document + "}",
                         {{"Content-Type", "application/json"}});
    }));
    const Answer answer =
        gateway(vendors[0], server, "comm100", "warn").ask("GET", "/v4/livechat/visitors/" + std::string(guid));
    CAPTURE(answer.body);
    CAPTURE(answer.header("Parley-Loss"));
    CHECK(answer.status == 200);
    CHECK(answer.body.find(one.shown) != std::string::npos);
    CHECK(answer.header("Parley-Loss").find(one.loss) != std::string::npos);
  }
}

TEST_CASE("one byte order mark in front of an upstream's answer is skipped, a second one is a fault" *
          doctest::skip(!all_three)) {
  const std::string mark = "\xEF\xBB\xBF";
  for (const Vendor& vendor : vendors) {
    CAPTURE(vendor.kind);
    ScriptedServer one(answers(vendor, "Ann", mark));
    ScriptedServer two(answers(vendor, "Ann", mark + mark));
    for (const Way& way : ways) {
      CAPTURE(way.target);
      const Answer good = gateway(vendor, one, way.style, "warn").ask("GET", way.target);
      CAPTURE(good.body);
      CHECK(good.status == 200);
      CHECK(way.name(good.body) == "Ann");
      const Answer bad = gateway(vendor, two, way.style, "warn").ask("GET", way.target);
      CHECK(bad.status == (std::string_view(way.style) == "enghouse" ? 200 : 502));
      CHECK(bad.body.find("Ann") == std::string::npos);
    }
  }
}

TEST_CASE("an Enghouse script in an old code page is read like any other answer" * doctest::skip(!all_three)) {
  ScriptedServer server(answering([](const std::string& request) {
    return http_answer(200, "show(" + enghouse_answer(request, "Andr\xE9") + ");",
                       {{"Content-Type", "text/javascript; charset=ISO-8859-1"}});
  }));
  for (const Way& way : ways) {
    CAPTURE(way.target);
    const Answer answer = gateway(vendors[2], server, way.style, "warn").ask("GET", way.target);
    CHECK(way.name(answer.body) == "Andr" + fffd);
    CHECK(answer.header("Parley-Loss").find("participant.name") != std::string::npos);
  }
}

}  // namespace parley::test
