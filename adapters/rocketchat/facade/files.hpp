// Files that visitors send and everybody in the room fetches: livechat/upload/:rid and file-upload/:id/:name.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Takes an upload. The form has the file as `file`, and what the visitor says about it as `description`. Errors: not_the_visitors_chat,
/// for a missing token; with the source by_upload: invalid_field (no files are taken, or none was sent), unsupported_media, body_too_large;
/// with by_name: invalid_field (a file under another name); malformed_body.
Result<std::unique_ptr<contract::Receiver>> receive_file(const Facade& facade, const http::Request& request);
/// The message, its members at the top of the answer.
Result<void> show_uploaded(const Facade& facade, const PostedMessage& posted, http::Reply& reply);

/// The credentials are an agent's, in the headers or the cookies of the vendor's pages, or those of a visitor: token and room in the query,
/// or in the widget's cookies. Errors: not_the_visitors_chat.
Result<GetFile> get_file(const Facade& facade, const http::Request& request);
/// Writes the file (file_reply.hpp), readable for the pages of the route.
Result<void> show_file(const Facade& facade, const OpenedFile& file, http::Reply& reply);

/// Writes the refusal of a call about a file. False: the call refuses this like others.
bool write_file_refusal(const Facade& facade, const Error& error, const Refusals* at, http::Reply& reply);

}  // namespace parley::rocketchat
