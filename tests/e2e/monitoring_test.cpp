// Tests config/monitoring: a real Prometheus scrapes a gateway with good and bad traffic, evaluates every rule and answers
// every query of the dashboard. Also compares the table of metrics with a real scrape.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/json.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr const char* chat = "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837";

bool is_here(const std::string& tool) {
  const bool found = run({.command = {"sh", "-c", "command -v " + tool}}).code == 0;
  if (!found) MESSAGE("skipped: no ", tool, " here");
  return found;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// A store, an upstream that answers, one that is dead, and a certificate.
constexpr const char* configuration = R"(
server:
  workers: 2
  listen:
    - "127.0.0.1:0"
    - {address: "127.0.0.2:0", tls: {certificate: "SCRATCH/certificate.pem", key: "SCRATCH/key.pem"}}
admin: {listen: "127.0.0.1:0"}
backends:
  local: {kind: sqlite, path: "SCRATCH/parley.db", demo: true}
  support: {kind: comm100, url: "VENDOR", auth: {bearer: upstream-secret}}
  dead: {kind: enghouse, url: "http://127.0.0.1:NOBODY", auth: {token: upstream-secret}}
routes:
  - {name: contacts, facade: enghouse, backend: local, auth: {tokens: [client-secret]}}
  - {name: crm, facade: enghouse, prefix: /crm, backend: dead, auth: {tokens: [client-secret]}}
  - {name: visitors, facade: comm100, backend: local, auth: {bearer: [client-secret]}}
  - {name: integration, facade: comm100, prefix: /vendor, backend: support, auth: {bearer: [client-secret]}}
  - {name: chat, facade: rocketchat, backend: local, auth: {users: [{id: ann, token: client-secret}]}}
)";

/// A gateway with something for every metric.
struct Watched {
  std::string write_files() {
    const Certificate certificate = make_certificate("IP:127.0.0.2", 30);
    scratch.write("certificate.pem", certificate.certificate);
    scratch.write("key.pem", certificate.key);
    std::string text = configuration;
    replace_all(text, "SCRATCH", scratch.path().string());
    replace_all(text, "VENDOR", vendor.url());
    replace_all(text, "NOBODY", std::to_string(nobody.number()));
    return scratch.write("gateway.yaml", text);
  }

  /// One request of each kind.
  void make_traffic() {
    const Headers good = {{"Authorization", "Bearer client-secret"}};
    CHECK(served.ask("GET", chat).status == 200);
    CHECK(served.ask("GET", "/crm" + std::string(chat)).status == 200);  // Enghouse refuses with 200
    CHECK(served.ask("GET", "/v4/livechat/visitors", good).status == 200);
    CHECK(served.ask("GET", "/v4/livechat/visitors").status == 401);
    CHECK(served.ask("GET", "/vendor/v4/livechat/agents", good).status == 200);
    CHECK(served.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").status == 200);
    const std::string visitor = R"({"visitor": {"token": "watched-)" + std::to_string(++visitors) + "\"}}";
    CHECK(served.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}}, visitor).status ==
          200);
    CHECK(served.ask("GET", "/nobody").status == 404);
  }

  Scratch scratch;
  ReservedPort nobody;
  ScriptedServer vendor{answering([](const std::string&) {
    return http_answer(200, "[]", {{"X-RateLimit-Limit", "600"}, {"X-RateLimit-Remaining", "599"}});
  })};
  Served served{program(), write_files(), 2};
  std::uint16_t admin = port_of(served.process().wait_for_lines("admin on http://").front());
  int visitors = 0;

  /// The text after the last colon.
  static std::uint16_t port_of(const std::string& line) {
    return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
};

/// A real Prometheus that scrapes five times a second. Removes its data at the end.
class Prometheus {
 public:
  explicit Prometheus(std::uint16_t target)
      : process_({.command = {"prometheus", "--config.file=" + scratch_.write("prometheus.yml", configuration(target)),
                              "--storage.tsdb.path=" + (scratch_ / "data"), "--web.listen-address=127.0.0.1:0"}}) {
    port_ = Watched::port_of(process_.wait_for_lines("msg=\"Listening on\"").front());
    process_.wait_for_lines("Server is ready to receive web requests");
  }
  /// The member `data` of its API's answer. Uses curl, since our own client refuses chunked answers.
  [[nodiscard]] Value get(const std::string& path, const std::string& parameter = {}) const {
    const Finished answer = run({.command = {"curl", "-sS", "-f", "-m", "10", "-G", "--data-urlencode", parameter,
                                             "http://127.0.0.1:" + std::to_string(port_) + path}});
    CAPTURE(path);
    CAPTURE(parameter);
    CAPTURE(answer.err);
    REQUIRE(answer.code == 0);
    return *parse(answer.out).find("data");
  }
  [[nodiscard]] Value query(const std::string& expression) const { return get("/api/v1/query", "query=" + expression); }

 private:
  static std::string configuration(std::uint16_t target) {
    return "global: {scrape_interval: 200ms, evaluation_interval: 500ms}\nrule_files: [\"" +
           project_file("config/monitoring/alerts.yml") +
           "\"]\nscrape_configs: [{job_name: parley, static_configs: [{targets: [\"127.0.0.1:" +
           std::to_string(target) + "\"]}]}]\n";
  }

  Scratch scratch_;
  Process process_;
  std::uint16_t port_ = 0;
};

std::string text_of(const Value& value, std::string_view name) {
  const Value* member = value.find(name);
  return member == nullptr ? "(none)" : std::string(member->text);
}

/// A query as Grafana sends it with all values selected.
std::string filled_in(std::string expression) {
  replace_all(expression, "$__rate_interval", "10s");
  for (const char* variable : {"$instance", "$route", "$backend"}) replace_all(expression, variable, ".*");
  CHECK(expression.find('$') == std::string::npos);
  return expression;
}

/// Whether a result has a sample with a number.
bool has_number(const Value& data) {
  for (const Value& sample : data.find("result")->children) {
    if (sample.find("value")->children[1].text != "NaN") return true;
  }
  return false;
}

/// Whether all rules were evaluated and the dead route's outage shows.
bool rules_work(const Prometheus& prometheus) {
  const Value data = prometheus.get("/api/v1/rules");
  std::size_t evaluated = 0;
  std::size_t all = 0;
  bool outage = false;
  for (const Value& group : data.find("groups")->children) {
    for (const Value& rule : group.find("rules")->children) {
      CAPTURE(text_of(rule, "name"));
      CHECK(text_of(rule, "health") != "err");
      CHECK((text_of(rule, "lastError") == "(none)" || text_of(rule, "lastError").empty()));
      ++all;
      if (text_of(rule, "health") == "ok") ++evaluated;
      if (text_of(rule, "name") != "ParleyRouteFailing") continue;
      for (const Value& alert : rule.find("alerts")->children) {
        CHECK(text_of(*alert.find("labels"), "route") == "crm");
        outage = true;
      }
    }
  }
  CHECK(all >= 10);
  return evaluated == all && outage;
}

/// Calls `again` until it returns true. Returns false after twenty seconds.
template <class F>
bool in_time(F again) {
  const auto limit = steady_clock::now() + seconds(20);
  while (!again()) {
    if (steady_clock::now() > limit) return false;
  }
  return true;
}

struct Family {
  std::string type;
  std::string help;
  std::string labels = "";  ///< labels of its samples, without a histogram's `le`
};

/// The names of a sample's labels: `route, status`.
std::string label_names(std::string_view line) {
  std::string names;
  std::string name;
  bool quoted = false;
  const std::size_t brace = line.find('{');
  if (brace == std::string_view::npos) return names;
  for (std::size_t i = brace + 1; i < line.size() && (quoted || line[i] != '}'); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      quoted = !quoted;
      if (quoted && name != "le") names += (names.empty() ? "" : ", ") + name;
      name.clear();
    } else if (!quoted && line[i] != ',' && line[i] != '=') {
      name += line[i];
    }
  }
  return names;
}

std::map<std::string, Family> families_of(const std::string& exposition) {
  std::map<std::string, Family> families;
  std::istringstream lines(exposition);
  Family* family = nullptr;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t name = line.starts_with("# ") ? 7 : 0;
    const std::size_t end = line.find_first_of(" {", name);
    if (line.starts_with("# HELP ")) {
      family = &families[line.substr(name, end - name)];
      family->help = line.substr(end + 1);
    } else if (line.starts_with("# TYPE ")) {
      family->type = line.substr(end + 1);
    } else if (family->labels.empty()) {
      family->labels = label_names(line);
    }
  }
  return families;
}

/// The lines of a table that begin with a metric's name.
std::set<std::string> rows_of(const std::string& text) {
  std::set<std::string> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| `parley_") || line.starts_with("| `process_")) CHECK(rows.insert(line).second);
  }
  return rows;
}

/// The text after `before` in the lines of a file.
std::set<std::string> named(const std::string& file, std::string_view before) {
  std::set<std::string> names;
  std::istringstream lines(read_file(project_file(file)));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(before);
    if (at != std::string::npos) names.insert(line.substr(at + before.size()));
  }
  return names;
}

}  // namespace

TEST_CASE("a real Prometheus answers every query of the dashboard and evaluates every rule" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  if (!is_here("prometheus")) return;
  const Value dashboard = parse(read_file(project_file("config/monitoring/dashboard.json")));
  std::vector<std::string> queries;
  for (const Value& panel : dashboard.find("panels")->children) {
    const Value* targets = panel.find("targets");
    if (targets == nullptr) continue;
    for (const Value& target : targets->children) queries.push_back(filled_in(text_of(target, "expr")));
  }
  REQUIRE(queries.size() >= 40);

  Watched watched;
  const Prometheus prometheus(watched.admin);
  const auto answered = [&] {
    watched.make_traffic();
    std::erase_if(queries, [&](const std::string& query) { return has_number(prometheus.query(query)); });
    return queries.empty();
  };
  const bool all_answered = in_time(answered);
  for (const std::string& query : queries) MESSAGE("not answered: ", query);
  CHECK(all_answered);
  CHECK(in_time([&] {
    watched.make_traffic();
    return rules_work(prometheus);
  }));
  for (const Value& variable : dashboard.find("templating")->find("list")->children) {
    if (text_of(variable, "type") != "query") continue;
    const std::string definition = text_of(variable, "definition");
    CAPTURE(definition);
    constexpr std::string_view begin = "label_values(";
    const std::size_t comma = definition.rfind(", ");
    REQUIRE(definition.starts_with(begin));
    const std::string selector = definition.substr(begin.size(), comma - begin.size());
    const std::string label = definition.substr(comma + 2, definition.size() - comma - 3);
    const Value values = prometheus.get("/api/v1/label/" + label + "/values", "match[]=" + selector);
    CHECK(!values.children.empty());
  }
}

TEST_CASE("the dashboard can be imported: one data source to choose, and every panel uses it") {
  const Value dashboard = parse(read_file(project_file("config/monitoring/dashboard.json")));
  CHECK(std::stoi(text_of(dashboard, "schemaVersion")) >= 36);
  CHECK(text_of(dashboard, "uid") == "parley");
  CHECK(dashboard.find("id")->kind == Kind::null);  // a number could be the id of another dashboard
  std::set<std::string> variables;
  for (const Value& variable : dashboard.find("templating")->find("list")->children) {
    variables.insert(text_of(variable, "name") + ' ' + text_of(variable, "type"));
  }
  CHECK(variables == std::set<std::string>{"datasource datasource", "instance query", "route query", "backend query"});
  std::set<std::string> ids;
  for (const Value& panel : dashboard.find("panels")->children) {
    CAPTURE(text_of(panel, "title"));
    CHECK(ids.insert(text_of(panel, "id")).second);
    CHECK(!text_of(panel, "title").empty());
    if (text_of(panel, "type") == "row") continue;
    CHECK(text_of(*panel.find("datasource"), "uid") == "${datasource}");
    CHECK(!panel.find("targets")->children.empty());
    for (const Value& target : panel.find("targets")->children) {
      CHECK(text_of(*target.find("datasource"), "uid") == "${datasource}");
    }
  }
}

TEST_CASE("every alert fires when it should, and says what to do") {
  const std::set<std::string> alerts = named("config/monitoring/alerts.yml", "- alert: ");
  CHECK(alerts.size() >= 10);
  std::istringstream tests(read_file(project_file("tests/e2e/alerts_test.yml")));
  std::set<std::string> fired;
  for (std::string line; std::getline(tests, line);) {
    const std::size_t at = line.find("{alertname=\"");
    if (at != std::string::npos) fired.insert(line.substr(at + 12, line.find('"', at + 12) - at - 12));
  }
  CHECK(fired == alerts);
  std::string rules = read_file(project_file("config/monitoring/alerts.yml"));
  std::size_t steps = 0;
  for (std::size_t at = rules.find("Do: "); at != std::string::npos; at = rules.find("Do: ", at + 1)) ++steps;
  CHECK(steps == alerts.size());

  if (!is_here("promtool")) return;
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"promtool", "test", "rules", project_file("tests/e2e/alerts_test.yml")},
        {"promtool", "check", "config", project_file("config/monitoring/prometheus.yml")}}) {
    const Finished finished = run({.command = command});
    CAPTURE(finished.out);
    CAPTURE(finished.err);
    CHECK(finished.code == 0);
  }
}

TEST_CASE("the table of metrics matches a scrape: names, types, labels, words" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  Watched watched;
  watched.make_traffic();
  const Answer scraped = ask(watched.admin, "GET", "/metrics");
  REQUIRE(scraped.status == 200);
  check_with_promtool(scraped.body);
  std::set<std::string> shown;
  for (const auto& [name, family] : families_of(scraped.body)) {
    shown.insert("| `" + name + "` | " + family.type + " | " + family.labels + " | " + family.help + " |");
  }
  const std::set<std::string> told = rows_of(read_file(project_file("config/monitoring/README.md")));
  for (const std::string& row : shown) CHECK_MESSAGE(told.contains(row), "not in the table: ", row);
  for (const std::string& row : told) CHECK_MESSAGE(shown.contains(row), "in the table only: ", row);
}

}  // namespace parley::test
