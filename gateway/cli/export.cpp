// parley export: all that a store knows of a visitor, as one JSON document.
#include <iostream>

#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/translate/pretty.hpp"

namespace parley::gateway::cli {
namespace {

/// A member of the document that lists the records of one kind.
struct Member {
  std::string_view kind;
  std::string_view key;
  String records{};  ///< JSON, separated by commas
};

}  // namespace

Exit export_visitor(const ExportOptions& options, Streams streams) {
  if (options.visitor.empty() == options.token.empty())
    return fail(streams, Exit::usage, "one of --visitor ID and --token TOKEN is needed");
  Exit exit = Exit::done;
  const auto chosen = choose_store(options.config, options.backend, streams, exit);
  if (!chosen) return exit;
  auto archive = chosen->open_archive();
  if (!archive) return fail(streams, Exit::failed, archive.error().message);

  String visitor;
  Member members[] = {{"contact", "contacts"},
                      {"chat", "chats"},
                      {"message", "messages"},
                      {"file", "files"},
                      {"file_part", "file_parts"},
                      {"page_visit", "page_visits"},
                      {"offline_message", "offline_messages"}};
  const auto take = [&](std::string_view kind, std::string_view json) -> Result<void> {
    if (kind == "visitor") visitor = json;
    for (Member& one : members) {
      if (one.kind == kind) one.records.append(one.records.empty() ? "" : ",").append(json);
    }
    return {};
  };
  if (auto read = (*archive)->read_visitor(options.visitor, options.token, take); !read)
    return fail(streams, Exit::failed, read.error().message);
  String document = "{\"visitor\":" + visitor;
  for (const Member& one : members) document.append(",\"").append(one.key).append("\":[").append(one.records) += ']';
  streams.out << translate::pretty(document + '}');
  return written(streams);
}

}  // namespace parley::gateway::cli
