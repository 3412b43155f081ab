// The table of the vendor's codes, and the documents that they come in; see errors.hpp.
#include "adapters/rocketchat/connector/errors.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/upstream/json.hpp"
#include "adapters/upstream/next_step.hpp"
#include "schemas/time.hpp"

namespace parley::rocketchat {
namespace {

using shape::Node;

struct KnownError {
  std::string_view vendor;
  Code code;
  std::string_view field;    ///< of invalid_field
  std::string_view message;  ///< what a client may read
};

constexpr std::string_view no_visitor = "no such visitor";
constexpr std::string_view no_chat = "no such chat";
constexpr std::string_view no_such_agent = "no such agent";
constexpr std::string_view unregistered = "the custom field is not registered upstream";
constexpr std::string_view unknown_parameter = "the upstream does not know a parameter of this call";

constexpr std::array known_errors = {
    KnownError{"invalid-token", Code::no_such_visitor, {}, no_visitor},
    KnownError{"visitor-not-found", Code::no_such_visitor, {}, no_visitor},
    KnownError{"error-invalid-visitor", Code::no_such_visitor, {}, no_visitor},
    KnownError{"invalid-room", Code::no_such_chat, {}, no_chat},
    KnownError{"error-invalid-room", Code::no_such_chat, {}, no_chat},
    KnownError{"error-room-not-found", Code::no_such_chat, {}, no_chat},
    KnownError{"error-room-archived", Code::no_such_chat, {}, no_chat},
    KnownError{"room-closed", Code::no_such_chat, {}, no_chat},
    KnownError{"invalid-agent", Code::no_such_agent, {}, no_such_agent},
    KnownError{"agent-not-found", Code::no_such_agent, {}, no_such_agent},
    KnownError{"Agent not found", Code::no_such_agent, {}, no_such_agent},
    KnownError{"error-contact-not-found", Code::no_such_contact, {}, "no such contact"},
    KnownError{"error-invalid-token", Code::invalid_field, "visitor.token", "the token must not be blank"},
    KnownError{"error-invalid-email", Code::invalid_field, "visitor.email", "not an e-mail address"},
    KnownError{"error-invalid-department", Code::invalid_field, "visitor.department", "no such department"},
    KnownError{"invalid-custom-field", Code::invalid_field, "visitor.attributes", unregistered},
    KnownError{"no-agent-online", Code::unavailable, {}, "no agent is online"},
    KnownError{"error-omnichannel-is-disabled", Code::unavailable, {}, "the upstream takes no chats now"},
    KnownError{"error-business-hours-are-closed", Code::unavailable, {}, "outside the upstream's business hours"},
    KnownError{"unauthorized", Code::upstream_denied, {}, {}},
    KnownError{"forbidden", Code::upstream_denied, {}, {}},
    KnownError{"error-unauthorized", Code::upstream_denied, {}, {}},
    KnownError{"error-not-authorized", Code::upstream_denied, {}, {}},
    KnownError{"error-not-allowed", Code::upstream_denied, {}, {}},
    KnownError{"not-allowed", Code::upstream_denied, {}, {}},
    KnownError{"totp-required", Code::upstream_denied, {}, {}},
    KnownError{"totp-invalid", Code::upstream_denied, {}, {}},
    KnownError{"error-too-many-requests", Code::rate_limited, {}, {}},
};

std::string_view text_of(const Node* root, std::string_view key) noexcept {
  const Node* node = root == nullptr ? nullptr : root->find(key);
  return node != nullptr && node->is_text() ? node->text : std::string_view{};
}

/// The code at the end of a text: `invalid-params` of `must be string [invalid-params]`; empty = none.
std::string_view code_at_end(std::string_view text) noexcept {
  if (text.empty() || text.back() != ']') return {};
  const std::size_t open = text.rfind('[');
  if (open == std::string_view::npos) return {};
  return text.substr(open + 1, text.size() - open - 2);
}

/// The text of an error document, for the log.
std::string_view words_of(const Node* root) noexcept {
  for (const std::string_view key : {"message", "error", "reason"}) {
    if (const std::string_view text = text_of(root, key); !text.empty()) return text;
  }
  return {};
}

/// The number after `You must wait `; 0 = none.
int seconds_in(std::string_view text) noexcept {
  constexpr std::string_view lead = "You must wait ";
  const std::size_t at = text.find(lead);
  if (at == std::string_view::npos) return 0;
  int seconds = 0;
  std::from_chars(text.data() + at + lead.size(), text.data() + text.size(), seconds);
  return std::max(seconds, 0);
}

std::int64_t number_of_header(std::optional<std::string_view> text) noexcept {
  std::int64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

/// Whether a document reports a success. `success` decides, else `status`; a few old answers have neither and are successes.
bool succeeded(const Node& root) noexcept {
  const Node* success = root.find("success");
  if (success != nullptr) return success->kind != shape::NodeKind::boolean || success->text == "true";
  return text_of(&root, "status") != "error";
}

/// Whether the server does not know the call: it answers with a certain message, or with a 404 or 405 that is not JSON.
bool is_unknown_call(int status, const Node* root) noexcept {
  if (text_of(root, "message") == "API endpoint does not exist") return true;
  return root == nullptr && (status == 404 || status == 405);
}

}  // namespace

String vendor_code(const Node& root) {
  const std::string_view type = text_of(&root, "errorType");
  const std::string_view error = text_of(&root, "error");
  if (type == "Meteor.Error") return String(error);
  if (const std::string_view code = code_at_end(error); !code.empty()) return String(code);
  // rooms.info has its code in `error` and a text in `errorType`.
  if (!type.empty() && type.find(' ') == std::string_view::npos) return String(type);
  if (!error.empty()) return String(error);
  return String(code_at_end(text_of(&root, "message")));
}

int seconds_to_wait(const upstream::Response& response, const Node* root) {
  constexpr int longest = 3600;
  if (const int seconds = seconds_in(words_of(root)); seconds > 0) return std::min(seconds, longest);
  if (const int seconds = seconds_in(text_of(root, "error")); seconds > 0) return std::min(seconds, longest);
  if (const std::int64_t reset = number_of_header(response.header("X-RateLimit-Reset")); reset > 0) {
    const std::int64_t left = reset - Time::now().since_epoch;
    if (left > 0 && left < std::int64_t{1000} * longest) return static_cast<int>((left + 999) / 1000);
  }
  const std::int64_t after = number_of_header(response.header("Retry-After"));
  return after > 0 && after <= longest ? static_cast<int>(after) : 0;
}

std::optional<Error> refusal(const upstream::Response& response, const Node* root, std::string_view call) {
  const bool good = response.status >= 200 && response.status < 300;
  if (good && root != nullptr && root->is_object() && succeeded(*root)) return {};

  Error error = upstream::failed(response);
  error.detail.insert(0, String(call) + ": ");
  if (is_unknown_call(response.status, root)) {
    error.code = Code::unsupported_operation;
    error.message = "the Rocket.Chat server does not know this call";
    return error;
  }
  if (root == nullptr || !root->is_object()) {
    if (good) error.code = Code::upstream_failed;
    if (good && root != nullptr) error.detail += "; the answer is no object";
    return error;
  }
  const String vendor = vendor_code(*root);
  const auto row = std::find_if(known_errors.begin(), known_errors.end(),
                                [&vendor](const KnownError& one) { return one.vendor == vendor; });
  // A 2xx may hold visitors' data, so only a code from the table is quoted from it.
  const String words = !good                       ? upstream::quote(response, words_of(root))
                       : row != known_errors.end() ? String(row->vendor)
                                                   : String("no success");
  error.detail = String(call) + ": " + std::to_string(response.status) + ' ' + words + upstream::after_status(response);
  if (row != known_errors.end()) {
    error.code = row->code;
    error.message.assign(row->message);
    error.field.assign(row->field);
  } else if (text_of(root, "error").starts_with("must NOT have additional properties")) {
    error.code = Code::invalid_field;
    error.message = unknown_parameter;
  } else if (text_of(root, "error").starts_with("Invalid value for ")) {
    error.code = Code::invalid_field;
    error.message = "the upstream does not take this value";
    error.field = "visitor.attributes";
  } else if (good) {
    error.code = Code::upstream_failed;
  }
  if (error.code == Code::rate_limited) {
    error.retryable = true;
    error.retry_after = seconds_to_wait(response, root);
  }
  if (error.code == Code::unavailable) error.retryable = true;
  return error;
}

bool is_unknown_parameter(const Error& error) noexcept {
  return error.code == Code::invalid_field && error.message == unknown_parameter;
}

bool is_unregistered_field(const Error& error) noexcept {
  return error.code == Code::invalid_field && error.message == unregistered;
}

}  // namespace parley::rocketchat
