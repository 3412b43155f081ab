// Sends calls, reads their answers and collects losses of writes; see vendor_calls.hpp.
#include "adapters/rocketchat/connector/vendor_calls.hpp"

#include <algorithm>

#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/upstream/json.hpp"

namespace parley::rocketchat {
namespace {

Error lossy(String message, const shape::Losses& losses) {
  return upstream::fault(Code::lossy, std::move(message), String(losses.front().member), String(losses.front().reason));
}

String members(const shape::Losses& losses) {
  String list;
  for (const shape::Loss& loss : losses) {
    if (!list.empty()) list += ", ";
    list += loss.member.view();
  }
  return list;
}

}  // namespace

Error VendorCalls::unreadable(std::string_view what) const {
  return upstream::fault(Code::upstream_failed, "the upstream's answer cannot be read", {},
                         String(last_) + ": " + String(what));
}

Result<const shape::Node*> VendorCalls::object_in(const shape::Node& root, std::string_view key) const {
  const shape::Node* node = root.find(key);
  if (node == nullptr || node->kind == shape::NodeKind::null) return nullptr;
  if (!node->is_object()) return unreadable(String(key) + " is no object");
  return node;
}

Result<const shape::Node*> VendorCalls::list_in(const shape::Node& root, std::string_view key) const {
  const shape::Node* node = root.find(key);
  if (node == nullptr || node->kind == shape::NodeKind::null) return nullptr;
  if (!node->is_array()) return unreadable(String(key) + " is no list");
  return node;
}

contract::Task<Result<void>> VendorCalls::send(std::string_view name, const upstream::Request& request,
                                               shape::Document& answer) {
  last_ = name;
  if (!request.target.good()) {
    co_return upstream::fault(Code::upstream_failed, "the upstream cannot be asked for this id", {},
                              String(name) + ": an id that cannot be part of a path");
  }
  const Result<upstream::Response> response = co_await server_.credentials.send(client_, request, call_);
  if (!response) co_return response.error();
  const Result<void> read = upstream::read_json(*response, answer);
  const shape::Node* root = read ? &answer.root() : nullptr;
  if (std::optional<Error> refused = refusal(*response, root, name)) {
    if (!read && response->status / 100 == 2) refused->detail = String(name) + ": " + read.error().detail;
    co_return *std::move(refused);
  }
  co_return Result<void>();
}

contract::Task<Result<void>> VendorCalls::get(std::string_view name, const upstream::Target& target,
                                              shape::Document& answer) {
  upstream::Request request;
  request.target = target;
  co_return co_await send(name, request, answer);
}

contract::Task<Result<void>> VendorCalls::post(std::string_view name, std::string_view path, const Buffer& body,
                                               shape::Document& answer) {
  upstream::Request request;
  request.method = http::Method::post;
  request.target = upstream::Target(path);
  request.body.assign(body.view());
  request.content_type = "application/json";
  request.repeatable = false;
  co_return co_await send(name, request, answer);
}

bool WriteLosses::has(std::string_view member) const noexcept {
  return std::any_of(found_.begin(), found_.end(), [member](const shape::Loss& one) { return one.member == member; });
}

void WriteLosses::tell() const {
  if (call_.losses != nullptr) call_.losses->insert(call_.losses->end(), found_.begin(), found_.end());
}

Result<void> WriteLosses::before() const {
  if (!call_.lossless || found_.empty()) return {};
  tell();
  return lossy("Rocket.Chat cannot carry " + members(found_) + ", and this route is lossless; nothing was written",
               found_);
}

Result<void> WriteLosses::after() const {
  if (found_.empty()) return {};
  tell();
  if (call_.lossless)
    return lossy("it was written, but the upstream did not keep " + members(found_) + ", and this route is lossless",
                 found_);
  return {};
}

}  // namespace parley::rocketchat
