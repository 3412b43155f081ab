// Contacts through both vendors' calls over one store: made by one, read, merged and removed by the other, and dumped.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "schemas/id.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool possible = built_with({"comm100", "rocketchat", "sqlite"});

struct Site {
  Scratch scratch;
  std::string file = config("gateway.yaml", "parley.db");

  std::string config(const char* name, const char* store) const {
    return scratch.write(name,
                         "server: {listen: [\"127.0.0.1:0\"], workers: 2}\nbackends: {local: {kind: sqlite, path: \"" +
                             scratch / store +
                             "\"}}\nroutes:\n"
                             "  - {facade: rocketchat, backend: local, auth: none}\n"
                             "  - {facade: comm100, backend: local, auth: none}\n");
  }
  [[nodiscard]] Finished command(const std::string& of, std::vector<std::string> words,
                                 const std::string& input = {}) const {
    std::vector<std::string> all = {program(), words.front(), "--config", of, "--backend", "local"};
    all.insert(all.end(), words.begin() + 1, words.end());
    return run({.command = all, .input = input});
  }
};

struct Asked {
  explicit Asked(const std::string& file) : served(program(), file) {}

  [[nodiscard]] Answer ask(std::string_view method, const std::string& target, std::string_view body = {}) const {
    Headers headers;
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return served.ask(method, target, headers, body);
  }
  [[nodiscard]] std::string ok(std::string_view method, const std::string& target, std::string_view body = {}) const {
    const Answer answer = ask(method, target, body);
    CAPTURE(target);
    CHECK_MESSAGE((answer.status == 200 || answer.status == 201), answer.body);
    return answer.body;
  }
  [[nodiscard]] std::string rocket(std::string_view method, const std::string& call, std::string_view body = {}) const {
    return ok(method, "/api/v1/" + call, body);
  }
  [[nodiscard]] std::string comm(std::string_view method, const std::string& call, std::string_view body = {}) const {
    return ok(method, "/v4/contact/" + call, body);
  }
  /// Opens a room of a new visitor, says something, and returns the room's id.
  [[nodiscard]] std::string chat(const std::string& token, const std::string& email) const {
    static_cast<void>(
        rocket("POST", "livechat/visitor", R"({"visitor":{"token":")" + token + R"(","email":")" + email + R"("}})"));
    std::string room = value_at(rocket("GET", "livechat/room?token=" + token), "/room/_id");
    static_cast<void>(
        rocket("POST", "livechat/message", R"({"token":")" + token + R"(","rid":")" + room + R"(","msg":"Hello"})"));
    return room;
  }
  void close(const std::string& token, const std::string& room) const {
    static_cast<void>(rocket("POST", "livechat/room.close", R"({"token":")" + token + R"(","rid":")" + room + R"("})"));
  }

  Served served;
};

/// The Comm100 form of an id.
std::string guid_of(const std::string& id) { return std::string(ids::format(ids::to_guid(id))); }

}  // namespace

TEST_CASE("e2e: a contact made by Rocket.Chat is Comm100's, and back" * doctest::skip(!possible)) {
  const Site site;
  const Asked client(site.file);
  const std::string id = value_at(
      client.rocket(
          "POST", "omnichannel/contacts",
          R"({"name":"Ann","emails":["ann@shop.example"],"phones":["+15550100"],"customFields":{"company":"Shop"}})"),
      "/contactId");
  const std::string shown = client.comm("GET", "contacts/" + guid_of(id));
  CHECK(value_at(shown, "/id") == guid_of(id));
  CHECK(value_at(shown, "/name") == "Ann");
  CHECK(value_at(shown, "/contactIdentities/0/contactIdentityType") == "Email");
  CHECK(value_at(shown, "/contactIdentities/0/value") == "ann@shop.example");
  CHECK(value_at(shown, "/contactIdentities/1/contactIdentityType") == "SMS");
  CHECK(value_at(shown, "/contactIdentities/1/contactId") == guid_of(id));
  CHECK(value_at(shown, "/customFields/company") == "Shop");

  // What Comm100 shows can be written back, and changes nothing that Rocket.Chat shows.
  const std::string before = client.rocket("GET", "omnichannel/contacts.get?contactId=" + id);
  const std::string same = client.comm("PUT", "contacts/" + guid_of(id), shown);
  CHECK(value_at(same, "/contactIdentities") == value_at(shown, "/contactIdentities"));
  const std::string after = client.rocket("GET", "omnichannel/contacts.get?contactId=" + id);
  CHECK(value_at(after, "/contact/emails") == value_at(before, "/contact/emails"));
  CHECK(value_at(after, "/contact/phones") == value_at(before, "/contact/phones"));
  CHECK(value_at(after, "/contact/preRegistration") == "true");

  const std::string made = client.comm(
      "POST", "contacts",
      R"({"name":"Bob","lastName":"Lee","contactIdentities":[{"contactIdentityType":"Email","value":"bob@shop.example","displayName":"B"},)"
      R"({"contactIdentityType":"Telegram","value":"bob"}],"customFields":{"plan":"gold"}})");
  const std::string bob = value_at(made, "/id");
  CHECK(client.comm("GET", "contacts/" + bob) == made);
  const std::string found = client.rocket("GET", "omnichannel/contacts.search?searchText=bob@");
  CHECK(value_at(found, "/total") == "1");
  CHECK(value_at(found, "/contacts/0/name") == "Bob");
  CHECK(value_at(found, "/contacts/0/emails/0/address") == "bob@shop.example");
  CHECK(value_at(client.rocket("GET", "omnichannel/contacts.checkExistence?email=BOB@shop.example"), "/exists") ==
        "true");
  CHECK(value_at(client.rocket("GET", "omnichannel/contacts.checkExistence?phone=1"), "/exists") == "false");

  // Rocket.Chat does not show the name of an address, nor Telegram: a change of it keeps both.
  const std::string rocket_id = value_at(found, "/contacts/0/_id");
  static_cast<void>(
      client.rocket("POST", "omnichannel/contacts.update",
                    R"({"contactId":")" + rocket_id + R"(","emails":["bob@shop.example"],"phones":["1"]})"));
  const std::string changed = client.comm("GET", "contacts/" + bob);
  CHECK(contains(changed, R"("value":"bob","displayName")"));
  CHECK(contains(changed, R"("displayName":"B")"));
  CHECK(value_at(changed, "/lastName") == "Lee");
  CHECK(value_at(changed, "/customFields/plan") == "gold");
}

TEST_CASE("e2e: identities are added, found, changed and removed; a value is one contact's" *
          doctest::skip(!possible)) {
  const Site site;
  const Asked client(site.file);
  const std::string id = value_at(client.comm("POST", "contacts", R"({"name":"Ann","contactIdentities":[]})"), "/id");
  const Answer added = client.ask("POST", "/v4/contact/contactIdentities",
                                  R"({"contactId":")" + id + R"(","contactIdentityType":"SMS","value":"+15550100"})");
  REQUIRE_MESSAGE(added.status == 201, added.body);
  const std::string identity = "contactIdentities/" + value_at(added.body, "/id");
  CHECK(client.comm("GET", identity) == added.body);
  CHECK(value_at(client.comm("GET", "contactIdentities:identify?value=%2B15550100&identityType=sms"), "/total") == "1");
  CHECK(value_at(client.comm("GET", "contactIdentities:identify?value=%2B15550100&identityType=Email"), "/total") ==
        "0");
  CHECK(value_at(client.comm("POST", "contactIdentities:query", R"({"value":"+15550100"})"), "/contactIdentities/0") ==
        added.body);

  const Answer taken =
      client.ask("POST", "/v4/contact/contacts",
                 R"({"name":"Other","contactIdentities":[{"contactIdentityType":"SMS","value":"+15550100"}]})");
  CHECK(taken.status == 400);
  CHECK(value_at(client.comm("GET", "contacts"), "/total") == "1");
  CHECK(value_at(client.comm("PUT", identity, R"({"value":"+15550101"})"), "/value") == "+15550101");
  CHECK(client.ask("DELETE", "/v4/contact/" + identity).status == 204);
  for (const char* method : {"GET", "DELETE"}) CHECK(client.ask(method, "/v4/contact/" + identity).status == 404);
  CHECK(client
            .ask("POST", "/v4/contact/contactIdentities",
                 R"({"contactId":"9a25f560-dffb-4780-bae3-8c2d1f6b4e32","contactIdentityType":"SMS","value":"1"})")
            .status == 404);
  CHECK(client.ask("GET", "/v4/contact/contactIdentities:identify?value=a&identityType=Fax").status == 400);
  CHECK(client.ask("GET", "/v4/contact/fields").status == 404);
}

TEST_CASE("e2e: who chats is found, merged, and removed with the data" * doctest::skip(!possible)) {
  const Site site;
  const Asked client(site.file);
  const std::string registered = value_at(
      client.rocket("POST", "omnichannel/contacts", R"({"name":"Ann Lee","emails":["ann@shop.example"],"phones":[]})"),
      "/contactId");
  const std::string room = client.chat("ann", "Ann@shop.example");
  const std::string known = client.rocket("GET", "omnichannel/contacts.get?contactId=" + registered);
  CHECK(value_at(known, "/contact/channels/0/name") == "api");
  CHECK(value_at(known, "/contact/lastChat/_id") == room);
  CHECK(contains(client.comm("GET", "contacts/" + guid_of(registered)), R"("contactIdentityType":"Visitor")"));
  client.close("ann", room);

  const std::string other_room = client.chat("bob", "bob@shop.example");
  client.close("bob", other_room);
  const std::string unknown = client.rocket("GET", "omnichannel/contacts.search?unknown=true");
  CHECK(value_at(unknown, "/total") == "1");
  const std::string other = value_at(unknown, "/contacts/0/_id");
  const std::string merged =
      client.comm("POST", "contacts/" + guid_of(registered) + ":merge", R"({"contactId":")" + guid_of(other) + R"("})");
  CHECK(value_at(merged, "/id") == guid_of(registered));
  CHECK(client.ask("GET", "/v4/contact/contacts/" + guid_of(other)).status == 404);
  CHECK(client.ask("POST", "/v4/contact/contacts/" + guid_of(registered), "{}").status == 404);
  const std::string history = client.rocket("GET", "omnichannel/contacts.history?contactId=" + registered);
  CHECK(value_at(history, "/total") == "2");
  CHECK(value_at(history, "/history/0/_id") == other_room);
  CHECK(value_at(client.rocket("GET", "omnichannel/contacts.history?contactId=" + registered + "&source=widget"),
                 "/total") == "0");
  CHECK(value_at(client.rocket("GET", "omnichannel/contacts.get?contactId=" + registered),
                 "/contact/conflictingFields/0/field") == "name");
  static_cast<void>(
      client.rocket("POST", "omnichannel/contacts.conflicts", R"({"contactId":")" + registered + R"(","name":"Ann"})"));

  const std::string open = client.chat("ann", "ann@shop.example");
  const std::string deletion = R"({"contactId":")" + registered + R"("})";
  CHECK(contains(client.ask("POST", "/api/v1/omnichannel/contacts.delete", deletion).body,
                 "error-contact-has-open-rooms"));
  CHECK(client.ask("DELETE", "/v4/contact/contacts/" + guid_of(registered)).status == 409);
  client.close("ann", open);
  CHECK(client
            .ask("DELETE", "/v4/contact/contacts",
                 R"([")" + guid_of(registered) + R"(","9a25f560-dffb-4780-bae3-8c2d1f6b4e32"])")
            .status == 204);
  CHECK(contains(client.ask("POST", "/api/v1/omnichannel/contacts.delete", deletion).body, "error-contact-not-found"));
  CHECK(client.ask("GET", "/api/v1/omnichannel/contacts.get?contactId=" + registered).status == 404);
  CHECK(contains(client.ask("GET", "/api/v1/livechat/visitor/ann").body, "invalid-token"));
}

TEST_CASE("e2e: contacts are dumped, loaded, exported and erased" * doctest::skip(!possible)) {
  const Site site;
  std::string id;
  std::string shown;
  {
    const Asked client(site.file);
    id = value_at(
        client.comm("POST", "contacts",
                    R"({"name":"Ann","contactIdentities":[{"contactIdentityType":"Email","value":"ann@shop.example"},)"
                    R"({"contactIdentityType":"Line","value":"ann","displayName":"A"}]})"),
        "/id");
    client.close("t", client.chat("t", "ann@shop.example"));
    shown = client.comm("GET", "contacts/" + id);
  }
  const Finished dumped = site.command(site.file, {"dump"});
  REQUIRE_MESSAGE(dumped.code == 0, dumped.err);
  const std::string second = site.config("second.yaml", "second.db");
  const Finished loaded = site.command(second, {"load", "--from", "canonical:dump", "-"}, dumped.out);
  REQUIRE_MESSAGE(loaded.code == 0, loaded.err);
  {
    const Asked client(second);
    CHECK(client.comm("GET", "contacts/" + id) == shown);
    CHECK(value_at(client.comm("GET", "contactIdentities:identify?value=ann&identityType=Line"), "/total") == "1");
  }
  const Finished exported = site.command(second, {"export", "--token", "t"});
  REQUIRE_MESSAGE(exported.code == 0, exported.err);
  CHECK(contains(exported.out, "ann@shop.example"));
  CHECK(contains(exported.out, "\"identities\""));

  const Finished vendor = site.command(second, {"load", "--from", "comm100:contact", "-"}, shown);
  CHECK_MESSAGE(vendor.code == 0, vendor.err);
  const Finished erased = site.command(second, {"erase", "--token", "t"});
  CHECK_MESSAGE(erased.code == 0, erased.err);
  const Asked client(second);
  CHECK(client.ask("GET", "/v4/contact/contacts/" + id).status == 404);
}

}  // namespace parley::test
