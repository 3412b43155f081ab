// Signatures as in https://mimesniff.spec.whatwg.org/ (2026). What looks like HTML or XML comes first: a GIF that is also a page counts as
// the page, wherever in the begin its markup stands.
#include "adapters/http/sniff.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::http {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t at;
  std::string_view bytes;
  std::string_view type;
};
constexpr Signature signatures[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"sv},
    {0, "\xff\xd8\xff"sv, "image/jpeg"sv},
    {0, "GIF87a"sv, "image/gif"sv},
    {0, "GIF89a"sv, "image/gif"sv},
    {8, "WEBPVP"sv, "image/webp"sv},
    {0, "BM"sv, "image/bmp"sv},
    {8, "WAVE"sv, "audio/wav"sv},
    {0, "ID3"sv, "audio/mpeg"sv},
    {0, "\xff\xfb"sv, "audio/mpeg"sv},
    {0, "OggS\0"sv, "application/ogg"sv},
    {0, "fLaC"sv, "audio/flac"sv},
    {4, "ftypM4A"sv, "audio/mp4"sv},
    {4, "ftypqt"sv, "video/quicktime"sv},
    {4, "ftyp"sv, "video/mp4"sv},
    {0, "\x1a\x45\xdf\xa3"sv, "video/webm"sv},
    {0, "%PDF-"sv, "application/pdf"sv},
    {0, "PK\x03\x04"sv, "application/zip"sv},
    {0, "PK\x05\x06"sv, "application/zip"sv},
    {0, "\x1f\x8b\x08"sv, "application/gzip"sv},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"sv},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"sv},
};

constexpr std::string_view html = "text/html"sv;
constexpr std::string_view svg = "image/svg+xml"sv;
constexpr std::string_view xml = "text/xml"sv;
constexpr std::string_view plain = "text/plain"sv;
constexpr std::string_view unknown = "application/octet-stream"sv;

constexpr std::string_view inline_types[] = {"image/png"sv, "image/jpeg"sv, "image/gif"sv, "image/webp"sv,
                                             "image/bmp"sv};

bool contains(std::string_view text, std::string_view word) noexcept {
  const auto same = [](char one, char other) { return ascii::to_lower(one) == other; };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

bool is_html(std::string_view begin) noexcept {
  constexpr std::string_view words[] = {"<!doctype html"sv, "<html"sv,  "<head"sv,   "<body"sv,  "<script"sv,
                                        "<iframe"sv,        "<style"sv, "<object"sv, "<embed"sv, "<meta"sv,
                                        "<link"sv,          "<base"sv,  "<form"sv,   "<img"sv,   "javascript:"sv};
  return std::any_of(std::begin(words), std::end(words),
                     [begin](std::string_view word) { return contains(begin, word); });
}

/// Text has none of the bytes that only binary data has.
bool is_text(std::string_view begin) noexcept {
  return std::none_of(begin.begin(), begin.end(), [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x20 && value != '\t' && value != '\n' && value != '\r' && value != '\f' && value != 0x1B;
  });
}

}  // namespace

std::string_view sniff(std::string_view begin) noexcept {
  begin = begin.substr(0, sniffed_bytes);
  if (contains(begin, "<svg"sv)) return svg;
  if (is_html(begin)) return html;
  if (contains(begin, "<?xml"sv)) return xml;
  for (const Signature& one : signatures) {
    if (begin.size() >= one.at && begin.substr(one.at).starts_with(one.bytes)) return one.type;
  }
  return !begin.empty() && is_text(begin) ? plain : unknown;
}

bool may_be_inline(std::string_view type) noexcept {
  return std::find(std::begin(inline_types), std::end(inline_types), type) != std::end(inline_types);
}

std::string_view type_to_send(std::string_view type) noexcept {
  for (const Signature& one : signatures) {
    if (one.type == type) return one.type;
  }
  return unknown;
}

}  // namespace parley::http
