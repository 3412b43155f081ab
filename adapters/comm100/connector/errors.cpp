// The error that a refusal by the upstream becomes. The upstream's own text goes only to the log.
#include <algorithm>

#include "adapters/comm100/connector/connector.hpp"
#include "adapters/upstream/json.hpp"
#include "adapters/upstream/next_step.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

/// Whether the beginning of the body mentions a quota, in upper or lower case.
bool speaks_of_quota(std::string_view body) {
  const auto same = [](char a, char b) { return ascii::to_lower(a) == b; };
  const std::string_view beginning = body.substr(0, 2048);
  for (const std::string_view word : {"quota", "rate limit", "exceed", "too many"}) {
    if (std::search(beginning.begin(), beginning.end(), word.begin(), word.end(), same) != beginning.end()) return true;
  }
  return false;
}

}  // namespace

Error explain(const upstream::Response& response, const Meaning& meaning) {
  Error error = upstream::failed(response, by_comm100);
  switch (response.status) {
    case 400:
      if (meaning.sent.empty()) break;
      error.code = Code::invalid_field;
      error.message = "The platform does not accept this value.";
      error.field = meaning.sent;
      error.retryable = false;
      break;
    case 403:
      // The vendor answers 403 for a missing permission and for an exceeded quota.
      if (!meaning.allowed_before && !speaks_of_quota(response.body)) break;
      error.code = Code::rate_limited;
      error.message = "too many calls";
      error.retryable = true;
      break;
    case 404:
      if (meaning.absent == Code::upstream_failed) return upstream::unknown_path(response, by_comm100);
      if (upstream::is_no_such_path(response)) break;
      error.code = meaning.absent;
      error.message = "no such record";
      error.retryable = false;
      break;
    default:
      break;
  }
  return error;
}

Error unreadable(std::string_view what) {
  return fault(Code::upstream_failed, "the answer of the platform cannot be understood", {}, String(what));
}

}  // namespace parley::comm100
