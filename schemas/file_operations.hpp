// The canonical requests about files that are sent in chats. operation.hpp lists them.
#pragma once

#include "schemas/answer.hpp"
#include "schemas/chat_query.hpp"
#include "schemas/operation_list.hpp"

namespace parley {

/// Makes a file of the parts that `BackendSession::keep_part` has kept under its id, and a message that has it. `file`: all but its chat,
/// message and time. Errors: those of PostMessage; no_such_file (some part is missing).
struct PostFile {
  static constexpr OperationFacts facts = writing("PostFile");
  using Answer = PostedMessage;

  ChatRef chat{};
  Actor author{};  ///< as in PostMessage
  File file{};
  Text url{};      ///< where the file will be found, on the server that the client called
  Text caption{};  ///< what the author wrote about it
};

/// A file: for the visitor whom `chat` names by token, or, with `any_chat`, for somebody who may read all chats. Errors:
/// not_the_visitors_chat; no_such_file (none has this id, or not in that chat).
struct GetFile {
  static constexpr OperationFacts facts = reading("GetFile");
  using Answer = OpenedFile;

  FileId file{};
  ChatRef chat{};
  bool any_chat = false;  ///< `chat` does not matter
};

}  // namespace parley
