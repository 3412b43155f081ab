// The meaning of an answer. The vendor answers nearly everything with status 200 and `result`. The text of a refusal is compared, but
// never logged or passed on.
#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/enghouse/connector/unwrap.hpp"
#include "adapters/enghouse/facade/facade.hpp"
#include "adapters/upstream/json.hpp"

namespace parley::enghouse {
namespace {

/// The code of a refusal. The vendor publishes no texts, so only the texts that another Parley sends are recognised. Any other text
/// means `absent`.
Code meaning_of(std::string_view text, Code absent) noexcept {
  for (const Code code : {Code::unauthorized, Code::forbidden, Code::unavailable, Code::rate_limited,
                          Code::upstream_unreachable, Code::upstream_timeout, Code::upstream_failed,
                          Code::upstream_denied, Code::internal, Code::unsupported_operation}) {
    if (text != shown(code).text) continue;
    const bool ours = code == Code::unauthorized || code == Code::forbidden;
    const bool theirs = code == Code::internal || code == Code::unsupported_operation;
    return ours ? Code::upstream_denied : theirs ? Code::upstream_failed : code;
  }
  return absent;
}

Error refused(const shape::Node& root, Code absent) {
  const shape::Node* said = root.find("error");
  const std::string_view text = said != nullptr && said->is_text() ? said->text : std::string_view{};
  Error error = fault(meaning_of(text, absent), "the platform refused", {}, "result:false");
  error.retryable = error.code == Code::rate_limited || error.code == Code::unavailable;
  return error;
}

}  // namespace

Result<const shape::Node*> open_envelope(upstream::Response response, std::string_view member, Code absent,
                                         shape::Document& document) {
  const auto unwrapped = unwrap(response.body);
  // A 404 without the service's envelope means a wrong address, not a missing chat.
  const bool success = response.status == 200;
  Error failed = success && unwrapped ? Error{} : upstream::failed(response, by_enghouse);
  if (!success && response.status != 404) return failed;
  if (!unwrapped) {
    failed.detail.insert(0, "it begins like a script and is none; ");
    return failed;
  }
  if (unwrapped->size() != response.body.size()) response.body = String(*unwrapped);
  if (Result<void> parsed = upstream::read_json(response, document); !parsed) return success ? parsed.error() : failed;
  const shape::Node& root = document.root();
  const shape::Node* result = root.find("result");
  const shape::Node* value = root.find(member);
  const bool says_no = result != nullptr && result->text == "false";
  if (says_no) return refused(root, absent);
  if (!success) return upstream::unknown_path(response, by_enghouse);
  if (result == nullptr && value == nullptr) {
    return fault(Code::upstream_failed, "the answer of the platform cannot be understood", {},
                 "no envelope of the API; status " + std::to_string(response.status));
  }
  if (value == nullptr || value->kind == shape::NodeKind::null) return refused(root, absent);
  return value;
}

}  // namespace parley::enghouse
