// parley erase: removes a visitor with all personal data from a store, or has the gateway remove it that serves the store.
#include <iostream>

#include "adapters/contract/adapter.hpp"
#include "adapters/http/percent.hpp"
#include "gateway/admin/client.hpp"
#include "gateway/admin/erase.hpp"
#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/runtime/run_operation.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::cli {
namespace {

/// Asks the gateway that has the store open. The result is the JSON of erased_json.
Result<String> erase_served(const EraseOptions& options, const config::Admin& admin) {
  String target = "/erase?backend=";
  http::percent_encode(options.backend, target);
  Buffer body;
  shape::Writer writer(body);
  writer.begin_object();
  writer.key(options.visitor.empty() ? "token" : "visitor");
  writer.string(options.visitor.empty() ? options.token : options.visitor);
  writer.end_object();
  writer.finish();
  auto reply = admin::post(*admin.listen, target, admin.token.value, String(body.view()));
  if (!reply) return std::move(reply).error();
  if (reply->status == 200) return std::move(reply->body);
  while (reply->body.ends_with('\n')) reply->body.pop_back();
  const bool answered = reply->status == 404 || reply->status == 409;
  return Error{.code = Code::unavailable,
               .message = answered ? reply->body
                                   : "the admin listener at " + admin.listen->text() + " answers " +
                                         std::to_string(reply->status) + ": " + reply->body};
}

Result<String> erase_own(contract::Backend& backend, const EraseOptions& options) {
  const DeleteVisitor operation{.visitor = {Text(options.visitor)}, .token = Text(options.token)};
  Result<Outcome> outcome = runtime::run_operation(backend, operation);
  if (!outcome) return std::move(outcome).error();
  return admin::erased_json(std::get<ErasedVisitor>(*outcome));
}

/// For people: `erased visitor x from local: 1 chat without its visitor, 2 messages, …`.
String sentence_of(std::string_view json, std::string_view backend) {
  shape::Document document;
  if (!document.parse_json(json)) return String(json);
  const auto member = [&document](std::string_view key) {
    const shape::Node* found = document.root().find(key);
    return found == nullptr ? String() : String(found->text);
  };
  const auto counted = [&member](std::string_view key, std::string_view one, std::string_view many) {
    const String count = member(key);
    return count + ' ' + String(count == "1" ? one : many);
  };
  return "erased visitor " + member("visitor") + " from " + String(backend) + ": the record, " +
         counted("messages", "message", "messages") + ", " + counted("page_visits", "page visit", "page visits") +
         ", " + counted("offline_messages", "offline message", "offline messages") + "; " +
         counted("chats", "chat stays without its visitor", "chats stay without their visitor") + '\n';
}

}  // namespace

Exit erase(const EraseOptions& options, Streams streams) {
  if (options.visitor.empty() == options.token.empty())
    return fail(streams, Exit::usage, "one of --visitor ID and --token TOKEN is needed");
  Exit exit = Exit::done;
  const auto chosen = choose_store(options.config, options.backend, streams, exit);
  if (!chosen) return exit;
  // Opening would make a store that is not there.
  if (auto archive = chosen->open_archive(); !archive) return fail(streams, Exit::failed, archive.error().message);
  Result<String> erased = String();
  if (auto opened = contract::find_adapter(chosen->backend.kind)->open_backend(chosen->backend)) {
    erased = erase_own(**opened, options);
  } else if (!opened.error().retryable) {
    return fail(streams, Exit::failed, opened.error().message + ' ' + opened.error().detail);
  } else if (const config::Admin& admin = chosen->settings.admin; !admin.listen || admin.listen->port == 0) {
    return fail(streams, Exit::failed,
                opened.error().message +
                    "; the gateway that serves it erases through its admin listener: give the configuration one with a "
                    "port, such as admin: {listen: \"127.0.0.1:9090\"}, and start the gateway with it");
  } else {
    erased = erase_served(options, admin);
  }
  if (!erased) return fail(streams, Exit::failed, erased.error().message);
  streams.out << (options.json ? *erased : sentence_of(*erased, chosen->backend.name));
  return written(streams);
}

}  // namespace parley::gateway::cli
