// Sends a file that somebody sent in a chat.
#pragma once

#include "adapters/http/reply.hpp"
#include "schemas/answer.hpp"

namespace parley::contract {

/// Makes the reply of a file: the whole of it, part by part. A browser shows only pixels in the page; all else it saves. Nothing that comes
/// with the file can run or be taken for something else.
void show_file(const OpenedFile& file, http::Reply& reply);

}  // namespace parley::contract
