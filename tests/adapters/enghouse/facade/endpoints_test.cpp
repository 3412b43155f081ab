// The decoders of Enghouse's calls, and credentials: ids, tenants, admission.
#include "adapters/enghouse/settings.hpp"
#include "tests/adapters/enghouse/facade/facade.hpp"

#include <doctest/doctest.h>

using namespace parley;
using namespace parley::enghouse;

namespace {

std::unique_ptr<contract::Facade> facade(List<std::pair<String, String>> domains = {}) {
  config::Route route;
  route.own.edit<parley::enghouse::RouteSettings>().domains = std::move(domains);
  return make_facade(route);
}

String chat_of(const Result<Operation>& operation) {
  REQUIRE(operation.has_value());
  return std::get<GetChatContact>(*operation).chat.text.str();
}
/// The tenant of an operation; `-` for the error no_such_chat.
String tenant_of(const Result<Operation>& operation) {
  if (operation.has_error()) {
    CHECK(operation.error().code == Code::no_such_chat);
    return "-";
  }
  return std::get<GetChatContact>(*operation).domain.str();
}

}  // namespace

TEST_CASE("enghouse: the list of active contacts is that of a tenant") {
  const auto asked = [](const contract::Facade& served, std::string_view domain, String query = {}) -> String {
    test::OwnedRequest request(http::Method::get, "/livechat/getActiveContactsID", std::move(query));
    if (!domain.empty()) request.parameter(String(domain));
    const auto& endpoint =
        test::endpoint(served, http::Method::get,
                       domain.empty() ? "/livechat/getActiveContactsID" : "/livechat/:domain/getActiveContactsID");
    const Result<Operation> operation = test::decoded_by(endpoint, served, request.get());
    if (operation.has_error()) return String(shown(operation.error().code).text);
    return "tenant " + std::get<ListChats>(*operation).domain;
  };
  CHECK(asked(*facade(), "") == "tenant ");
  CHECK(asked(*facade(), "default") == "tenant ");
  CHECK(asked(*facade(), "", "callback=a..b") == "invalid callback");
  const auto mapped = facade({{"shop", "SHOP"}, {"help", "DESK"}});
  CHECK(asked(*mapped, "Shop") == "tenant SHOP");
  CHECK(asked(*mapped, "other") == "chat not active");
  CHECK(asked(*mapped, "") == "chat not active");
}

TEST_CASE("enghouse: chat ids on the wire become canonical ids") {
  struct Case {
    const char* wire;
    const char* canonical;
  };
  const Case cases[] = {
      {"CHAT_fef5015b-8102-457e-b69b-471a55487837", "fef5015b-8102-457e-b69b-471a55487837"},
      {"CHAT_DEFAULT_11111111-2222-4333-8444-555555555555", "CHAT_DEFAULT_11111111-2222-4333-8444-555555555555"},
      {"CHAT_FEF5015B-8102-457E-B69B-471A55487837", "CHAT_FEF5015B-8102-457E-B69B-471A55487837"},
      {"chat_fef5015b-8102-457e-b69b-471a55487837", "chat_fef5015b-8102-457e-b69b-471a55487837"},
      {"a+b c", "a+b c"},
      {"1", "1"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.wire);
    CHECK(chat_of(decoded(*facade(), one.wire)) == one.canonical);
  }
  const String packed = "vp3D9H8ud6HYvRpvq";
  CHECK(chat_of(decoded(*facade(), "CHAT_" + ids::format(ids::to_guid(packed)))) == packed);
  CHECK(chat_of(decoded(*facade(), String(256, 'x'))) == String(256, 'x'));
}

TEST_CASE("enghouse: a text that cannot be an id is refused without asking the backend") {
  const String cases[] = {
      "",    ".",    "..", String(257, 'x'), String("CHAT_x\0y", 8), "a\r\nX-Evil: 1", "a/b", "a\\b", "a?b", "a#b",
      "a%b", "\x7f", "\t"};
  for (const String& one : cases) {
    CAPTURE(one);
    const Result<Operation> operation = decoded(*facade(), one);
    REQUIRE(operation.has_error());
    CHECK(operation.error().code == Code::no_such_chat);
    CHECK(operation.error().message.find("Evil") == String::npos);
  }
}

TEST_CASE("enghouse: the domain in the path selects the tenant") {
  const auto one_tenant = facade();
  CHECK(tenant_of(decoded(*one_tenant, "CHAT_x")) == "");
  CHECK(tenant_of(decoded_in(*one_tenant, "default", "CHAT_x")) == "");
  CHECK(tenant_of(decoded_in(*one_tenant, "anything", "CHAT_x")) == "");

  const auto mapped = facade({{"shop", "SHOP"}, {"help", "DESK"}});
  CHECK(tenant_of(decoded_in(*mapped, "shop", "CHAT_x")) == "SHOP");
  CHECK(tenant_of(decoded_in(*mapped, "Help", "CHAT_x")) == "DESK");
  CHECK(tenant_of(decoded_in(*mapped, "other", "CHAT_x")) == "-");
  CHECK(tenant_of(decoded(*mapped, "CHAT_x")) == "-");

  const auto aliases = facade({{"shop", "SHOP"}, {"store", "SHOP"}});
  CHECK(tenant_of(decoded(*aliases, "CHAT_x")) == "SHOP");
}

TEST_CASE("enghouse: four ways to send a credential") {
  config::Route route;
  route.own.edit<parley::enghouse::RouteAuth>().tokens = {{"demo-enghouse-token"}};
  route.own.edit<parley::enghouse::RouteAuth>().bearer = {{"ct7"}};
  route.own.edit<parley::enghouse::RouteAuth>().basic = {{"crm", {"pass:word"}}};
  const auto served = make_facade(route);
  struct Case {
    const char* name;
    const char* query;
    const char* header;
    const char* value;
    const char* principal;  ///< nullptr = refused
  };
  const Case cases[] = {
      {"nothing", "", "", "", nullptr},
      {"token in the header", "", "ctlivetoken", "demo-enghouse-token", "tokens[0]"},
      {"token in the query", "ctlivetoken=demo-enghouse-token", "", "", "tokens[0]"},
      {"token in the query, encoded", "ctlivetoken=demo%2denghouse-token", "", "", "tokens[0]"},
      {"bearer", "", "Authorization", "Bearer ct7", "bearer[0]"},
      {"basic", "", "Authorization", "Basic Y3JtOnBhc3M6d29yZA==", "crm"},
      {"wrong token", "ctlivetoken=x", "", "", nullptr},
      {"empty token", "ctlivetoken=", "ctlivetoken", "", nullptr},
      {"a cookie", "", "Cookie", "ctlivetoken=demo-enghouse-token", nullptr},
      {"token as bearer", "", "Authorization", "Bearer demo-enghouse-token", nullptr},
      {"bearer without a value", "", "Authorization", "Bearer", nullptr},
      {"basic, wrong password", "", "Authorization", "Basic Y3JtOm5v", nullptr},
      {"basic, no base64", "", "Authorization", "Basic ???", nullptr},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    test::OwnedRequest request(http::Method::get, "/", one.query);
    if (*one.header != '\0') request.header(one.header, one.value);
    const Result<std::string_view> admitted = served->admit(request.get());
    CHECK(admitted.has_value() == (one.principal != nullptr));
    if (admitted) CHECK(*admitted == one.principal);
    if (admitted.has_error()) CHECK(admitted.error().code == Code::unauthorized);
  }
  route.own.edit<parley::enghouse::RouteAuth>() = {};
  route.auth.none = true;
  test::OwnedRequest request(http::Method::get, "/");
  CHECK(make_facade(route)->admit(request.get()).has_value());
}

TEST_CASE("enghouse: who shows two credentials is let in with neither") {
  config::Route route;
  route.own.edit<parley::enghouse::RouteAuth>().tokens = {{"good"}};
  route.own.edit<parley::enghouse::RouteAuth>().bearer = {{"ct7"}};
  const auto served = make_facade(route);
  struct Case {
    const char* name;
    const char* query;
    List<std::pair<String, String>> headers;
    bool let_in;
  };
  const Case cases[] = {
      {"one of each kind", "ctlivetoken=good", {{"ctlivetoken", "good"}, {"Authorization", "Bearer ct7"}}, true},
      {"two tokens", "", {{"ctlivetoken", "good"}, {"CTLiveToken", "bad"}}, false},
      {"one token twice", "", {{"ctlivetoken", "good"}, {"ctlivetoken", "good"}}, false},
      {"two Authorization", "", {{"Authorization", "Bearer ct7"}, {"authorization", "Bearer bad"}}, false},
      {"two in the query", "ctlivetoken=good&ctlivetoken=bad", {}, false},
      {"a good one in the header, a bad one in the query", "ctlivetoken=bad", {{"ctlivetoken", "good"}}, false},
      {"a bad one in the header, a good one in the query", "ctlivetoken=good", {{"ctlivetoken", "bad"}}, false},
      {"two in the query, one encoded", "ctlivetoken=good&%63tlivetoken=", {}, false},
      {"two in the query, which is not needed", "ctlivetoken=a&ctlivetoken=b", {{"ctlivetoken", "good"}}, false},
      {"others twice", "ctlivetoken=good&_=1&_=2&ctlivetokens=x", {{"Accept", "a"}, {"Accept", "b"}}, true},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    test::OwnedRequest request(http::Method::get, "/", one.query);
    for (const auto& [name, value] : one.headers) request.header(name, value);
    const Result<std::string_view> admitted = served->admit(request.get());
    CHECK(admitted.has_value() == one.let_in);
    if (admitted.has_error()) CHECK(admitted.error().code == Code::unauthorized);
  }
}
