// The text of /metrics: what is in it, that counters do not fall, and that Prometheus' own checker likes it.
#include "gateway/observe/observer.hpp"

#include <doctest/doctest.h>

#include "gateway/observe/process.hpp"
#include "gateway/route/mount.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/metrics.hpp"

namespace parley::test {
namespace {

gateway::Mount mount_named(std::string_view name) {
  gateway::Mount mount;
  mount.name = name;
  mount.style = "fake";
  mount.facade = std::make_unique<FakeFacade>(config::Route{});
  gateway::mount_endpoints(mount);
  return mount;
}

const observe::Measured one_backend{
    "local", {{"store_commits_total", "Commits.", 7}, {"upstream_calls_total", "Calls.", 3, "outcome", "good"}}};
const observe::Measured another{"support", {{"upstream_calls_total", "Calls.", 4, "outcome", "bad"}}};

}  // namespace

TEST_CASE("workers are added up; a route that comes again goes on counting") {
  observe::Observer observer(2);
  gateway::Mount mount = mount_named("crm");
  observer.attach(mount);
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

  gateway::Mount reloaded = mount_named("crm");
  observer.attach(reloaded);
  reloaded.endpoints.front().series->of(0).count({.status = 200});
  const Metrics after(observer.expose({}));
  CHECK(after.value("parley_requests_total", series + R"(,status="200")") == "3");
}

TEST_CASE("figures of backends: one family for each name, whichever backends have it") {
  const observe::Observer observer(1);
  const observe::Measured both[] = {one_backend, another};
  const std::string text = observer.expose(both);
  const Metrics metrics(text);
  CHECK(metrics.value("parley_store_commits_total", R"(backend="local")") == "7");
  CHECK(text.find("# TYPE parley_upstream_calls_total counter\n"
                  "parley_upstream_calls_total{backend=\"local\",outcome=\"good\"} 3\n"
                  "parley_upstream_calls_total{backend=\"support\",outcome=\"bad\"} 4\n") != std::string::npos);
}

TEST_CASE("the process: what the system says of it") {
  const observe::ProcessFigures figures = observe::measure_process();
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
  CHECK(observe::measure_process().open_descriptors == figures.open_descriptors + 1);
}

TEST_CASE("promtool finds nothing wrong with the text") {
  observe::Observer observer(1);
  gateway::Mount mount = mount_named("a \"route\"\\\n with \xd0\xb6");
  observer.attach(mount);
  mount.endpoints.front().series->of(0).count({.status = 200, .microseconds = 40});
  observer.shard(0)->losses.count({{"visitor.token", "why"}});
  const observe::Measured both[] = {one_backend, another};
  check_with_promtool(observer.expose(both));
}

}  // namespace parley::test
