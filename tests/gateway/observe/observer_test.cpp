// The text of /metrics: its content, counters that do not fall, and Prometheus' own checker.
#include "gateway/observe/observer.hpp"

#include <doctest/doctest.h>

#include "gateway/observe/process.hpp"
#include "gateway/route/mount.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/metrics.hpp"

namespace parley::test {
namespace {

gateway::route::Mount mount_named(std::string_view name) {
  gateway::route::Mount mount;
  mount.name = name;
  mount.style = "fake";
  mount.facade = std::make_unique<FakeFacade>(config::Route{});
  gateway::route::mount_endpoints(mount);
  return mount;
}

const gateway::observe::Measured one_backend{
    "local", {{"store_commits_total", "Commits.", 7}, {"upstream_calls_total", "Calls.", 3, "outcome", "good"}}};
const gateway::observe::Measured another{"support", {{"upstream_calls_total", "Calls.", 4, "outcome", "bad"}}};

}  // namespace

TEST_CASE("workers are added up; a route that returns continues its counts") {
  gateway::observe::Observer observer(2);
  gateway::route::Mount mount = mount_named("crm");
  gateway::route::attach_series(mount, observer);
  for (std::size_t worker = 0; worker < 2; ++worker) {
    mount.endpoints.front().series->of(worker).count(
        {.status = 200, .microseconds = 40, .received = 100, .sent = 1000});
  }
  mount.missed->of(0).count({.status = 404, .microseconds = 60, .received = 50, .sent = 90});
  observer.shard(1)->unrouted->of(1).count({.status = 400, .microseconds = 5});
  observer.shard(0)->losses.count({{"visitor.token", "why"}});
  observer.shard(1)->losses.count({{"visitor.token", "why"}});
  for (int i = 0; i < 3; ++i) observer.shard(0)->counters.connections_accepted.add();
  observer.shard(0)->counters.connections_closed.add();

  const Metrics before(observer.expose({}));
  CHECK(before.value("parley_build_info", "version=\"" PARLEY_VERSION "\",commit=\"\"") == "1");
  CHECK(before.value("parley_requests_total", R"(route="crm",style="fake",operation="GetVisitor",status="200")") ==
        "2");
  CHECK(before.value("parley_requests_total", R"(route="crm",style="fake",operation="",status="404")") == "1");
  CHECK(before.value("parley_requests_total", R"(route="",style="",operation="",status="400")") == "1");
  const std::string series = R"(route="crm",style="fake",operation="GetVisitor")";
  CHECK(before.value("parley_request_seconds_bucket", series + R"(,le="5e-05")") == "2");
  CHECK(before.value("parley_request_seconds_bucket", series + R"(,le="+Inf")") == "2");
  CHECK(before.value("parley_request_seconds_sum", series) == "8e-05");
  CHECK(before.value("parley_request_seconds_count", series) == "2");
  CHECK(before.value("parley_request_bytes_total", series) == "200");
  CHECK(before.value("parley_response_bytes_total", series) == "2000");
  CHECK(before.value("parley_loss_total", R"(field="visitor.token")") == "2");
  CHECK(before.value("parley_connections") == "2");

  gateway::route::Mount reloaded = mount_named("crm");
  gateway::route::attach_series(reloaded, observer);
  reloaded.endpoints.front().series->of(0).count({.status = 200});
  const Metrics after(observer.expose({}));
  CHECK(after.value("parley_requests_total", series + R"(,status="200")") == "3");
}

TEST_CASE("figures of backends: one family for each name, over all backends") {
  const gateway::observe::Observer observer(1);
  const gateway::observe::Measured both[] = {one_backend, another};
  const std::string text = observer.expose(both);
  const Metrics metrics(text);
  CHECK(metrics.value("parley_store_commits_total", R"(backend="local")") == "7");
  CHECK(text.find("# TYPE parley_upstream_calls_total counter\n"
                  "parley_upstream_calls_total{backend=\"local\",outcome=\"good\"} 3\n"
                  "parley_upstream_calls_total{backend=\"support\",outcome=\"bad\"} 4\n") != std::string::npos);
}

TEST_CASE("errors and lost fields, by route") {
  gateway::observe::Observer observer(2);
  gateway::route::Mount mount = mount_named("crm");
  gateway::route::attach_series(mount, observer);
  gateway::observe::Series& series = *mount.endpoints.front().series;
  for (std::size_t worker = 0; worker < 2; ++worker) {
    series.of(worker).count({.status = 200, .error = Code::upstream_unreachable});
    observer.shard(worker)->losses.count({{"visitor.token", "why"}}, mount.missed->losses_of(worker));
  }
  observer.shard(1)->losses.count({{"visitor.token", "why"}});
  observer.shard(0)->counters.credentials_refused.add();
  const Metrics metrics(observer.expose({}));
  CHECK(metrics.value("parley_errors_total",
                      R"(route="crm",style="fake",operation="GetVisitor",error="upstream_unreachable")") == "2");
  CHECK(metrics.sum("parley_errors_total") == 2);
  CHECK(metrics.value("parley_route_losses_total", R"(route="crm",style="fake",field="visitor.token")") == "2");
  CHECK(metrics.value("parley_loss_total", R"(field="visitor.token")") == "3");
  CHECK(metrics.value("parley_credentials_refused_total") == "1");
}

TEST_CASE("times of backends: a histogram for each operation, with buckets that add up") {
  const gateway::observe::Observer observer(1);
  gateway::observe::Measured measured{
      "support", {}, {{"upstream_request_seconds", "Calls.", "operation", "GetVisitor", {}}}};
  contract::Durations& durations = measured.timings.front().durations;
  for (const int milliseconds : {1, 250, 60'000}) {
    const std::chrono::milliseconds time(milliseconds);
    ++durations.counts[contract::Durations::slot_of(time)];
    durations.sum += time;
  }
  gateway::observe::Measured other = measured;
  other.backend = "other";
  const gateway::observe::Measured both[] = {measured, other};
  const std::string text = observer.expose(both);
  check_with_promtool(text);
  const Metrics metrics(text);
  for (const char* backend : {"support", "other"}) {
    CAPTURE(backend);
    const std::string series = "backend=\"" + std::string(backend) + R"(",operation="GetVisitor")";
    const auto below = [&](const char* bound) {
      return metrics.value("parley_upstream_request_seconds_bucket", series + ",le=\"" + bound + '"');
    };
    CHECK(below("0.001") == "1");
    CHECK(below("0.1") == "1");
    CHECK(below("0.25") == "2");
    CHECK(below("30") == "2");
    CHECK(below("+Inf") == "3");
    CHECK(metrics.value("parley_upstream_request_seconds_count", series) == "3");
    CHECK(metrics.value("parley_upstream_request_seconds_sum", series) == "60.251");
  }
}

TEST_CASE("current values are shown with their limits") {
  const gateway::observe::Observer observer(1);
  const auto at = [](int seconds) { return std::chrono::system_clock::time_point(std::chrono::seconds(seconds)); };
  gateway::observe::Standing standing{.in_flight = 3, .queued = 2, .memory = 4096, .limits = {}, .certificates = {}};
  standing.limits.in_flight = 10;
  standing.limits.queue = 20;
  standing.limits.memory = 1 << 20;
  standing.limits.connections = 40;
  standing.certificates = {{"0.0.0.0:443", "/etc/a.pem", at(2'000'000'000)}, {"[::]:443", "/etc/b.pem", at(1)}};
  standing.loaded = at(1'700'000'000);
  standing.loaded_well = false;
  const std::string text = observer.expose({}, standing);
  check_with_promtool(text);
  const Metrics metrics(text);
  struct Case {
    const char* name;
    const char* labels;
    const char* value;
  };
  for (const Case& one : {
           Case{"parley_requests_in_flight", "", "3"},
           {"parley_requests_in_flight_limit", "", "10"},
           {"parley_requests_queued", "", "2"},
           {"parley_requests_queued_limit", "", "20"},
           {"parley_held_bytes", "", "4096"},
           {"parley_held_limit_bytes", "", "1048576"},
           {"parley_connections_limit", "", "40"},
           {"parley_config_last_reload_successful", "", "0"},
           {"parley_config_last_reload_timestamp_seconds", "", "1700000000"},
           {"parley_certificate_expiry_timestamp_seconds", R"(listener="0.0.0.0:443",file="/etc/a.pem")", "2000000000"},
           {"parley_certificate_expiry_timestamp_seconds", R"(listener="[::]:443",file="/etc/b.pem")", "1"},
       }) {
    CAPTURE(one.name);
    CHECK(metrics.value(one.name, one.labels) == one.value);
  }
  CHECK(observer.expose({}).find("parley_certificate") == std::string::npos);
}

TEST_CASE("the process: figures of the operating system") {
  const gateway::observe::ProcessFigures figures = gateway::observe::measure_process();
  CHECK(figures.open_descriptors >= 3);
  CHECK(figures.most_descriptors >= figures.open_descriptors);
  CHECK(figures.resident_bytes > 1'000'000);
  CHECK(figures.virtual_bytes >= figures.resident_bytes);
  CHECK(figures.threads >= 1);
  CHECK(figures.cpu_seconds > 0);
  const double now = static_cast<double>(std::time(nullptr));
  CHECK(figures.started < now + 2);
  CHECK(figures.started > now - 7 * 24 * 3600);
  const io::Descriptor more(::dup(0));
  CHECK(gateway::observe::measure_process().open_descriptors == figures.open_descriptors + 1);
}

TEST_CASE("promtool accepts the text") {
  gateway::observe::Observer observer(1);
  gateway::route::Mount mount = mount_named("a \"route\"\\\n with \xd0\xb6");
  gateway::route::attach_series(mount, observer);
  mount.endpoints.front().series->of(0).count({.status = 200, .microseconds = 40});
  observer.shard(0)->losses.count({{"visitor.token", "why"}});
  const gateway::observe::Measured both[] = {one_backend, another};
  check_with_promtool(observer.expose(both));
}

}  // namespace parley::test
