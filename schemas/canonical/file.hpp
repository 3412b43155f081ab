// A file that somebody sent in a chat.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `type` is what the bytes are, as far as Parley can tell; `claimed_type` is what the sender said. `name` is kept as it came: whoever
/// writes it into a header or a path makes it harmless first. The bytes are `parts` pieces, numbered from 0.
struct File {
  FileId id;
  ChatId chat;
  MessageId message;
  Text name;
  Text type;
  Text claimed_type;
  std::int64_t size = 0;
  std::int64_t parts = 0;
  Text sha256;
  Time at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const File&, const File&) = default;
};

/// A piece of a file's bytes, as a dump has it.
struct FilePart {
  FileId file;
  std::int64_t number = 0;
  Text bytes;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const FilePart&, const FilePart&) = default;
};

template <>
inline constexpr auto shape::fields_of<File> = shape::fields<File, "file">(
    shape::row<&File::id>("id", shape::Need::required, "Stable id of the file."),
    shape::row<&File::chat>("chat", shape::Need::required, "The chat it was sent in."),
    shape::row<&File::message>("message", shape::Need::required, "The message it came with."),
    shape::row<&File::name>("name", shape::Need::optional, "Name, as the sender gave it."),
    shape::row<&File::type>("type", shape::Need::optional, "Media type, as its bytes say."),
    shape::row<&File::claimed_type>("claimed_type", shape::Need::optional, "Media type, as the sender said."),
    shape::row<&File::size>("size", shape::Need::optional, "Bytes."),
    shape::row<&File::parts>("parts", shape::Need::optional, "Number of pieces that its bytes are kept in."),
    shape::row<&File::sha256>("sha256", shape::Need::optional, "SHA-256 of its bytes, in hexadecimal digits."),
    shape::row<&File::at>("at", shape::Need::optional, "When it was sent."));

template <>
inline constexpr auto shape::fields_of<FilePart> = shape::fields<FilePart, "file_part">(
    shape::row<&FilePart::file>("file", shape::Need::required, "The file that it belongs to."),
    shape::row<&FilePart::number>("number", shape::Need::optional, "Its place in the file, from 0."),
    shape::row<&FilePart::bytes>("bytes", shape::Need::required, "The bytes, in base64."));

}  // namespace parley
