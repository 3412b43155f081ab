// Sends a file that somebody sent in a chat.
#pragma once

#include "adapters/http/reply.hpp"
#include "schemas/answer.hpp"

namespace parley::contract {

/// How the url of a file begins, in the record of its message, that the store keeps. It is a path on the server that the client calls. A
/// facade whose paths begin in another way puts that before it, and takes it away when it reads one.
inline constexpr std::string_view file_path = "/file-upload/";

/// Makes the reply of a file: the whole of it, part by part. A browser shows only pixels in the page; all else it saves. Nothing that comes
/// with the file can run or be taken for something else.
void show_file(const OpenedFile& file, http::Reply& reply);

}  // namespace parley::contract
