// Reads and writes Comm100's documents by the tables.
#include <doctest/doctest.h>

#include "adapters/comm100/fields.hpp"
#include "tests/adapters/comm100/documents.hpp"
#include "tests/support/json.hpp"

namespace {

using namespace parley;
using test::difference;
using test::comm100::read;
using test::comm100::write;

Visitor read_visitor(std::string_view json) { return read<Visitor>(shape::view<comm100::visitor>, json); }
String write_visitor(const Visitor& visitor) { return write(shape::view<comm100::visitor>, visitor); }

String shown(const Visitor& visitor, std::string_view key) {
  const test::Value document = test::parse(write_visitor(visitor));
  const test::Value* found = document.find(key);
  return found == nullptr ? "nothing" : test::print(*found);
}

bool loses(const Visitor& visitor, std::string_view member) {
  shape::Losses losses;
  shape::find_losses(shape::view<comm100::visitor>, &visitor, losses);
  for (const shape::Loss& loss : losses) {
    if (loss.member == member) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("comm100: a visitor with only an id is written with every field but flashVersion") {
  Visitor visitor;
  visitor.id.text = "3d59f909-24cd-43bc-89cb-00a320617c0a";
  CHECK(difference(R"({"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","status":"inSite","browser":"","operatingSystem":"",
      "screenResolution":"","language":"","ip":"","country":"","state":"","city":"","timeZone":"",
      "visitTime":"1970-01-01T00:00:00Z","firstVisitTime":"1970-01-01T00:00:00Z","visits":0,"chats":0,"pageViews":0,
      "currentBrowsing":"","referrerUrl":"","name":"","email":"","phone":"","company":"","productService":"",
      "departmentId":"00000000-0000-0000-0000-000000000000","searchEngine":"","searchKeywords":"","landingPage":"",
      "customFields":[],"customVariableResults":[]})",
                   write_visitor(visitor)) == "");
  visitor.flash_version = "32.0";
  CHECK(shown(visitor, "flashVersion") == R"("32.0")");
}

TEST_CASE("comm100: ids of other vendors are written as guids and read back") {
  for (const char* id : {"sGtcfEYz852uguxaS", "673653b997f0fbcd657f0ebf", "3d59f909-24cd-43bc-89cb-00a320617c0a"}) {
    CAPTURE(id);
    Visitor visitor;
    visitor.id.text = id;
    visitor.department.text = id;
    const Visitor again = read_visitor(write_visitor(visitor));
    CHECK(again.id.text == id);
    CHECK(again.department.text == id);
  }
}

TEST_CASE("comm100: other spellings of values are read") {
  CHECK(read_visitor(R"({"id":"3D59F909-24CD-43BC-89CB-00A320617C0A"})").id.text ==
        "3d59f909-24cd-43bc-89cb-00a320617c0a");
  CHECK(read_visitor(R"({"departmentId":"00000000-0000-0000-0000-000000000000"})").department.empty());
  CHECK(read_visitor(R"({"status":"CHATTING"})").status == VisitorStatus::chatting);
  CHECK(read_visitor(R"({"status":2})").status == VisitorStatus::chatting);
  CHECK(read_visitor(R"({"status":14})").status == VisitorStatus::system_processing);
  CHECK(read_visitor(R"({"status":15})").status == VisitorStatus::unknown);
  CHECK(read_visitor(R"({"status":"mannullyInvitedByWindow"})").status == VisitorStatus::manually_invited_by_window);
  CHECK(read_visitor(R"({"status":"levitating"})").status == VisitorStatus::unknown);
  CHECK_FALSE(read_visitor(R"({"visitTime":"1970-01-01T00:00:00Z"})").visit_at.known());
  CHECK_FALSE(read_visitor(R"({"visitTime":null})").visit_at.known());
  CHECK_FALSE(read_visitor(R"({"visitTime":""})").visit_at.known());
  CHECK(read_visitor(R"({"visitTime":"1970-01-01T00:00:00.000Z"})").visit_at == Time::at(0));
  CHECK(read_visitor(R"({"visitTime":"2021-05-26T10:30:16.64Z"})").visit_at == Time::at(1622025016640));
  CHECK(read_visitor(R"({"email":""})").emails.empty());
  CHECK(read_visitor(R"({"customFields":null})").attributes.empty());
}

TEST_CASE("comm100: an odd document is written back unchanged") {
  for (
      const char* json : {
          R"({"id":"3D59F909-24CD-43BC-89CB-00A320617C0A"})",
          R"({"id":"no guid","departmentId":7})",
          R"({"name":"","ip":"192.168.2.128"})",
          R"({"ip":"192.168.2.128","name":null,"email":null})",
          R"({"status":"levitating","status2":"x"})",
          R"({"status":3})",
          R"({"status":""})",
          R"({"visitTime":"2021-05-26T10:30:16.64Z","firstVisitTime":""})",
          R"({"customFields":null,"customVariableResults":[]})",
          R"({"customVariableResults":[{"name":"a","value":"1","url":""}],"customFields":[{"name":"a","value":"2","url":"u"}]})",
          R"({"customFields":[{"id":9,"name":"a","value":"1"}]})",
          R"({"customFields":[{"name":"a","value":5,"url":null},{"name":"b","value":{"c":[1.50]},"url":""}]})",
          R"({"customFields":[{"name":"a","value":"1","url":""},{"name":"a","value":"2","url":""}]})",
          R"({"customFields":[{"value":"nameless"}]})",
          R"({"customFields":["text"]})",
          R"({"customFields":{}})",
          R"({"visits":1.0,"chats":"three","newField":{"a":1e400}})",
      }) {
    CAPTURE(json);
    CHECK(difference(json, write_visitor(read_visitor(json))) == "");
  }
  for (const char* json : {R"({"id":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09","status":"online","ongoingChats":0})",
                           R"({"status":null,"ongoingChats":-1,"id":""})"}) {
    CAPTURE(json);
    CHECK(difference(json, write(shape::view<comm100::agent>, read<Agent>(shape::view<comm100::agent>, json))) == "");
  }
}

TEST_CASE("comm100: the two lists are attributes of two kinds") {
  const Visitor visitor = read_visitor(
      R"({"customVariableResults":[{"name":"a","value":"v","url":"https://v"}],"customFields":[{"name":"a","value":"f"},{"name":"n","value":5}]})");
  REQUIRE(visitor.attributes.size() == 3);
  CHECK(visitor.attributes[0] == Attribute{.name = "a", .value = "f", .url = {}});
  CHECK(visitor.attributes[1] == Attribute{.name = "n", .value = "5", .url = {}});
  CHECK(visitor.attributes[2] ==
        Attribute{.name = "a", .value = "v", .url = "https://v", .kind = AttributeKind::variable});
  CHECK(read_visitor(R"({"customFields":[{"name":"a","value":"1"},{"name":"a","value":"2"}]})").attributes ==
        Attributes{{.name = "a", .value = "2", .url = {}}});
}

TEST_CASE("comm100: a changed list is rewritten, the other list is written back unchanged") {
  Visitor visitor = read_visitor(
      R"({"customFields":[{"id":9,"name":"f","value":"1"}],"customVariableResults":[{"name":"v","value":5}]})");
  visitor.attributes.push_back({.name = "w", .value = "2", .url = {}, .kind = AttributeKind::variable});
  CHECK(difference(R"({"customFields":[{"id":9,"name":"f","value":"1"}],
                       "customVariableResults":[{"name":"v","value":"5","url":""},{"name":"w","value":"2","url":""}]})",
                   write_visitor(visitor)) == "");
}

TEST_CASE(
    "comm100: a visitor without a name is shown under the address; a name that looks like an address is no loss") {
  Visitor visitor;
  visitor.ip = "192.168.2.128";
  visitor.status = VisitorStatus::in_site;
  CHECK(shown(visitor, "name") == R"("192.168.2.128")");
  CHECK(loses(visitor, "visitor.name"));
  visitor.name = "192.168.2.128";
  CHECK_FALSE(loses(visitor, "visitor.name"));
  CHECK(read_visitor(write_visitor(visitor)).name == "192.168.2.128");
}

TEST_CASE("comm100: narrowed and invented values are reported") {
  Visitor visitor;
  CHECK(loses(visitor, "visitor.status"));
  visitor.status = VisitorStatus::chatting;
  CHECK_FALSE(loses(visitor, "visitor.status"));
  visitor.emails = {"a@example.com"};
  CHECK_FALSE(loses(visitor, "visitor.emails"));
  visitor.emails.push_back("b@example.com");
  CHECK(loses(visitor, "visitor.emails"));
  visitor.phones = {"1", "2"};
  CHECK(loses(visitor, "visitor.phones"));
  visitor.attributes = {{.name = "f", .value = "1", .url = {}},
                        {.name = "v", .value = "1", .url = {}, .kind = AttributeKind::variable}};
  CHECK_FALSE(loses(visitor, "visitor.attributes"));
  visitor.attributes.push_back({.name = "g", .value = "1", .url = {}});
  CHECK(loses(visitor, "visitor.attributes"));
  visitor.attributes = {{.name = "f", .value = "1.50", .url = {}, .literal = true}};
  CHECK(loses(visitor, "visitor.attributes"));
  CHECK(shown(visitor, "customFields") == R"([{"name":"f","value":"1.50","url":""}])");
}

TEST_CASE("comm100: the status names of agents") {
  const struct {
    std::string_view sent;
    std::string_view canonical;
  } cases[] = {{"online", "Online"},   {"AWAY", "Away"},       {"oFFline", "Offline"},
               {"Meeting", "Meeting"}, {"meeting", "meeting"}, {"", ""}};
  for (const auto& one : cases) CHECK(comm100::canonical_status(one.sent) == one.canonical);
}
