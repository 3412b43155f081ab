// Bodies of requests, by their tables: the vendor's example is accepted, and each fault is reported with the member that has it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/each_facade.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/json.hpp"
#include "tests/support/operations.hpp"
#include "tests/support/requests.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

using contract::Adapter;
using contract::BodyShape;
using contract::Endpoint;
using contract::Facade;
using shape::Form;
using shape::Row;
using shape::Type;
using shape::View;

/// The profile that is used if the route names none.
std::string_view effective(const Adapter& adapter, std::string_view profile) {
  return profile.empty() && !adapter.profiles.empty() ? adapter.profiles.front() : profile;
}

bool serves(const Endpoint& endpoint, const BodyShape& body, std::string_view profile) {
  return endpoint.method == body.method && endpoint.pattern == body.pattern &&
         (body.profile.empty() || body.profile == profile);
}

/// The vendor's example of a body.
Value sample_of(const Adapter& adapter, const BodyShape& body) {
  for (const contract::Sample& sample : adapter.samples()) {
    if (sample.name == String(body.name) + ".json") return parse(sample.text);
  }
  throw std::runtime_error("no samples/" + String(body.name) + ".json");
}

/// One step down into a document: a member, or an element if `key` is empty.
struct Step {
  String key;
  std::size_t index = 0;
};

String path_of(const List<Step>& steps) {
  String path;
  for (const Step& step : steps) {
    if (step.key.empty()) {
      path.append("[").append(std::to_string(step.index)).append("]");
    } else {
      path.append(path.empty() ? "" : ".").append(step.key);
    }
  }
  return path;
}

/// A value that this type of row refuses; nothing if it accepts all values.
std::optional<Value> wrong_for(const Type& type) {
  if (type.form == Form::json) return {};
  if (type.form == Form::object || type.form == Form::list || type.form == Form::boolean) return string("perhaps");
  return array();
}

/// Sends the possible faults of a body to its endpoint.
class Prober {
 public:
  Prober(const Facade& facade, const Endpoint& endpoint, Value sample)
      : facade_(facade), endpoint_(endpoint), sample_(std::move(sample)) {}

  /// `blamed`: the optional member that is reported instead of a member below it; empty: none.
  void probe(const View& view, const List<Step>& steps, const String& blamed) {
    for (const Row& row : view.rows) {
      List<Step> inside = steps;
      inside.push_back({String(row.key)});
      const String path = path_of(inside);
      CAPTURE(path);
      probe_absent(row, steps, path, blamed);
      if (const std::optional<Value> wrong = wrong_for(*row.type)) {
        refuses(with(steps, row.key, wrong), Code::invalid_field, blamed.empty() ? path : blamed);
      }
      if (row.type->form == Form::word) {
        refuses(with(steps, row.key, string("no such word")), Code::invalid_field, path);
      }
      probe_below(row, std::move(inside), path, blamed);
    }
    if (view.rows.empty()) return;  // a body whose members have free names: the vendor's own tests
    const String extra = path_of(steps).append(steps.empty() ? "" : ".").append("unheard_of");
    const Value more = with(steps, "unheard_of", string("x"));
    if (!view.closed) return takes(more, outcome(sample_));
    blamed.empty() ? refuses(more, Code::unknown_field, extra) : refuses(more, Code::invalid_field, blamed);
  }

  /// The result for a body: the operation, or the error's code and field.
  [[nodiscard]] String outcome(const Value& body) const {
    OwnedRequest owned(endpoint_.method, String(endpoint_.pattern));
    owned.header("Content-Type", "application/json").header("X-User-Id", "conformance-user").body(print(body));
    for (String& value :
         parameters_of(endpoint_.pattern, "c97a2afe-a38f-46f8-a55b-8ac9f873cd09"))  // as in Comm100's example
      owned.parameter(std::move(value));
    http::Request request = owned.get();
    request.endpoint = &endpoint_;
    const Result<Operation> made = decoded_by(endpoint_, facade_, request);
    return made ? describe(*made) : refusal(made.error().code, made.error().field);
  }

 private:
  static String refusal(Code code, std::string_view field) {
    return "refused: " + std::to_string(static_cast<int>(code)) + ' ' + String(field);
  }

  void probe_absent(const Row& row, const List<Step>& steps, const String& path, const String& blamed) {
    const Value without = with(steps, row.key, std::nullopt);
    const Value with_null = with(steps, row.key, null());
    if (row.need != shape::Need::required) {
      const String plain = outcome(without);
      CHECK_FALSE(plain.starts_with("refused"));
      if (row.type->nullable) takes(with_null, plain);
      return;
    }
    const Code code = blamed.empty() ? Code::missing_field : Code::invalid_field;
    refuses(without, code, blamed.empty() ? path : blamed);
    if (row.type->nullable) refuses(with_null, code, path);
  }

  void probe_below(const Row& row, List<Step> steps, const String& path, const String& blamed) {
    const String above = row.type->nullable ? path : blamed;
    if (row.type->form == Form::object) probe(*row.type->view, steps, above);
    if (row.type->form != Form::list || row.type->element->view == nullptr) return;
    steps.push_back({"", 0});
    probe(*row.type->element->view, steps, above);
  }

  /// The example with another value for a member of the object at `steps`, or without the member.
  [[nodiscard]] Value with(const List<Step>& steps, std::string_view key, const std::optional<Value>& value) const {
    Value root = sample_;
    Value* at = &root;
    for (const Step& step : steps) at = step.key.empty() ? &at->children.at(step.index) : at->find(step.key);
    at->erase(key);
    if (value) at->children.push_back(member(key, *value));
    return root;
  }

  void refuses(const Value& body, Code code, const String& field) const {
    CAPTURE(print(body));
    CHECK(outcome(body) == refusal(code, field));
  }
  void takes(const Value& body, const String& as) const {
    CAPTURE(print(body));
    CHECK(outcome(body) == as);
  }

  const Facade& facade_;
  const Endpoint& endpoint_;
  const Value sample_;
};

}  // namespace

TEST_CASE("conformance: every endpoint that reads a body has one table for it, and every table has an endpoint") {
  for_each_facade([](const Adapter& adapter, const String& asked, const Facade& facade) {
    const std::string_view profile = effective(adapter, asked);
    for (const Endpoint& endpoint : facade.endpoints()) {
      if (endpoint.body == contract::BodyRule::none || endpoint.receive != nullptr) continue;
      if (endpoint.what() == "Logout") continue;  // it ignores the body
      CAPTURE(endpoint.pattern);
      const auto its = [&](const BodyShape& body) { return serves(endpoint, body, profile); };
      CHECK(std::count_if(adapter.bodies.begin(), adapter.bodies.end(), its) == 1);
    }
    for (const BodyShape& body : adapter.bodies) {
      CAPTURE(body.name);
      CHECK(body.name.starts_with("request."));
      if (!body.profile.empty() && body.profile != profile) continue;  // the endpoint may be one of that profile
      const auto its = [&](const Endpoint& endpoint) { return serves(endpoint, body, body.profile); };
      CHECK(std::count_if(facade.endpoints().begin(), facade.endpoints().end(), its) == 1);
    }
  });
}

TEST_CASE("conformance: the example of a body is accepted, and each fault is reported with its member") {
  std::size_t probed = 0;
  for_each_facade([&probed](const Adapter& adapter, const String& asked, const Facade& facade) {
    const std::string_view profile = effective(adapter, asked);
    for (const BodyShape& body : adapter.bodies) {
      CAPTURE(body.name);
      const Value sample = sample_of(adapter, body);
      if (!body.profile.empty() && body.profile != profile) continue;
      const Endpoint& its = endpoint(facade, body.method, body.pattern);
      if (its.decode == nullptr) continue;  // a login does not say what is wrong
      ++probed;
      Prober prober(facade, its, sample);
      CHECK_FALSE(prober.outcome(sample).starts_with("refused"));
      prober.probe(*body.view, body.list ? List<Step>{{"", 0}} : List<Step>{}, {});
    }
  });
  CHECK((probed > 0 || !built_with({"rocketchat"})));
}

}  // namespace parley::test
