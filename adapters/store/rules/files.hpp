// PostFile and GetFile: files that are sent in chats.
#pragma once

#include "adapters/store/rules/chat_ref.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct PostFileRecords {
  NamedChat named;
  const Stored<Agent>* agent = nullptr;  ///< the author, if it is a known agent
  const Stored<File>* known = nullptr;   ///< a file that has the id already
  const KeptParts* parts = nullptr;
  const LastMessage* last = nullptr;
};
/// Needs up to two rounds.
PostFileRecords gather(const PostFile& operation, Gathered& gathered);
/// The message with the file. Errors: those of `check`; chat_ended; no_such_file (the parts are not all there, or they are a file already).
Result<Decision> decide(const PostFile& operation, const PostFileRecords& found, const DecisionContext& context);

struct GetFileRecords {
  NamedChat named;
  const Stored<File>* file = nullptr;
};
/// Needs one round.
GetFileRecords gather(const GetFile& operation, Gathered& gathered);
/// The file without its bytes. Errors: not_the_visitors_chat, no_such_file.
Result<Outcome> decide(const GetFile& operation, const GetFileRecords& found);

}  // namespace parley::store
