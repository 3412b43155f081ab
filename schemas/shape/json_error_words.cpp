// A row for each error code of the parser.
#include "schemas/shape/json_error_words.hpp"

#include <rapidjson/error/error.h>

#include <array>

namespace parley::shape {
namespace {

struct ErrorWords {
  rapidjson::ParseErrorCode code;
  std::string_view words;
};

constexpr std::array rows = {
    ErrorWords{rapidjson::kParseErrorDocumentEmpty, "there is no JSON here: the text is empty"},
    ErrorWords{rapidjson::kParseErrorDocumentRootNotSingular, "the document ended before this: nothing may follow it"},
    ErrorWords{rapidjson::kParseErrorValueInvalid,
               "a value is expected here: a string in double quotes, a number, true, false, null, {…} or […]"},
    ErrorWords{rapidjson::kParseErrorObjectMissName, "a member name in double quotes is expected here"},
    ErrorWords{rapidjson::kParseErrorObjectMissColon,
               "a colon is expected here, between the member's name and its value"},
    ErrorWords{rapidjson::kParseErrorObjectMissCommaOrCurlyBracket,
               "a comma or the closing } of the object is expected here"},
    ErrorWords{rapidjson::kParseErrorArrayMissCommaOrSquareBracket,
               "a comma or the closing ] of the list is expected here"},
    ErrorWords{rapidjson::kParseErrorStringUnicodeEscapeInvalidHex, "\\u needs four hexadecimal digits behind it"},
    ErrorWords{rapidjson::kParseErrorStringUnicodeSurrogateInvalid, "a lone surrogate in a string"},
    ErrorWords{rapidjson::kParseErrorStringEscapeInvalid,
               "a backslash in a string is followed by one of \" \\ / b f n r t u, and by nothing else"},
    ErrorWords{rapidjson::kParseErrorStringMissQuotationMark, "a string is not closed: its second \" is missing"},
    ErrorWords{rapidjson::kParseErrorNumberTooBig, "a number that is too large"},
    ErrorWords{rapidjson::kParseErrorNumberMissFraction, "a number needs a digit behind its decimal point"},
    ErrorWords{rapidjson::kParseErrorNumberMissExponent, "a number needs a digit behind its e"},
};

}  // namespace

std::string_view json_error_words(int code, char at) noexcept {
  // For a control character, versions of RapidJSON report different codes. It is not bad UTF-8: that was checked before.
  const bool in_string =
      code == rapidjson::kParseErrorStringEscapeInvalid || code == rapidjson::kParseErrorStringInvalidEncoding;
  if (in_string && static_cast<unsigned char>(at) < 0x20) {
    return "a line end, a tab or another control character in a string: write it as \\n, \\t or \\u00XX";
  }
  for (const ErrorWords& row : rows) {
    if (static_cast<int>(row.code) == code) return row.words;
  }
  return "this is not JSON";
}

Error json_fault(Code code, std::string_view what, std::string_view place, std::string_view field) {
  String message(what);
  if (!message.empty() && message.back() == '.') message.pop_back();
  message += place;
  return {.code = code, .message = std::move(message), .field = String(field), .source = by_json};
}

}  // namespace parley::shape
