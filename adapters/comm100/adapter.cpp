// What the folder brings to the registry.
#include "adapters/contract/adapter.hpp"

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/comm100/facade/facade.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/upstream/check.hpp"

namespace parley::comm100 {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

constexpr std::array<WireShape, 4> shapes = {{
    {.name = "agent",
     .kind = RecordKind::agent,
     .view = &shape::view<agent>,
     .list = false,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "agents",
     .kind = RecordKind::agents,
     .view = &shape::view<agent>,
     .list = true,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "visitor",
     .kind = RecordKind::visitor,
     .view = &shape::view<visitor>,
     .list = false,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
    {.name = "visitors",
     .kind = RecordKind::visitors,
     .view = &shape::view<visitor>,
     .list = true,
     .envelope_key = {},
     .wrap = nullptr,
     .projections = {}},
}};

constexpr std::array<contract::BodyShape, 3> bodies = {{
    {.name = "request.agent",
     .view = &shape::view<agent_update>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/agents/:id"},
    {.name = "request.visitor",
     .view = &shape::view<shape::fields_of<FieldAndValue>>,
     .method = http::Method::put,
     .pattern = "/v4/livechat/visitors/:id",
     .list = true},
    {.name = "request.token",
     .view = &shape::view<token_request>,
     .method = http::Method::post,
     .pattern = "/oauth/token"},
}};

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) { return std::make_unique<Facade>(route); }

void check_route(const config::Route& route, config::Faults& faults) {
  const config::Auth& auth = route.auth;
  const auto add = [&faults](const config::Mark& mark, String path, const char* what) {
    faults.push_back({mark, std::move(path), what});
  };
  const config::Mark at = auth.given ? auth.mark : route.mark;
  if (!auth.none && auth.bearer.empty() && auth.basic.empty() && auth.logins.empty()) {
    add(at, "auth",
        "Comm100 requires credentials: expected `auth: {bearer: […]}`, `auth: {basic: […], site_id: …}`, `auth: "
        "{logins: [{email: …, password: …}]}`, or `auth: none` to leave the route open");
  }
  login::check_logins(auth, at, faults);
  for (std::size_t i = 0; i < auth.logins.size(); ++i) {
    const String path = "auth.logins[" + std::to_string(i) + ']';
    if (auth.logins[i].email.empty()) add(at, path + ".email", "missing: clients of Comm100 log in by e-mail address");
    if (!auth.logins[i].name.empty())
      add(at, path + ".name", "clients of Comm100 log in by e-mail address: not a name");
  }
  if (!auth.basic.empty() && auth.site_id.empty())
    add(at, "auth.site_id", "missing: an API key (basic) goes with the id of its site");
  if (!auth.tokens.empty()) add(at, "auth.tokens", "not a credential of Comm100; expected bearer or basic");
  if (!auth.users.empty()) add(at, "auth.users", "not a credential of Comm100; expected bearer or basic");
}

/// Reads every element of a sample list.
template <class T>
void read_list(std::string_view json, const shape::View& view, List<T>& records) {
  shape::Document document;
  if (!document.parse_json(json)) return;  // the conformance suite parses every sample
  shape::Reading reading;
  for (const shape::Node& node : document.root()) shape::read_object(view, node, &records.emplace_back(), reading);
}

void demo(contract::Records& records) {
  for (const contract::Sample& sample : samples()) {
    if (sample.name == "visitors.json") read_list(sample.text, shape::view<visitor>, records.visitors);
    if (sample.name == "agents.json") read_list(sample.text, shape::view<agent>, records.agents);
  }
}

constexpr std::string_view backend_keys[] = {"url",
                                             "auth.email",
                                             "auth.password",
                                             "auth.api_key",
                                             "auth.site_id",
                                             "auth.bearer",
                                             "auth.refresh_token",
                                             "auth.client_id",
                                             "auth.token_url",
                                             "timeouts",
                                             "quota",
                                             "ca",
                                             "connections",
                                             "answer"};
constexpr std::string_view route_keys[] = {"auth.bearer",    "auth.basic",   "auth.site_id",   "auth.logins",
                                           "auth.client_id", "auth.session", "auth.token_key", "away_statuses"};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "comm100",
    .make_facade = &make_facade,
    .check_route = &check_route,
    .open_backend = &Connector::open,
    .check_backend = &check_backend,
    .shapes = shapes,
    .bodies = bodies,
    .samples = &samples,
    .demo = &demo,
    .to_script = nullptr,
    .unsupported = &unsupported,
    .backend_keys = backend_keys,
    .route_keys = route_keys,
    .try_backend = &upstream::try_settings,
};

}  // namespace parley::comm100
