// Indents JSON; see pretty.hpp.
#include "gateway/translate/pretty.hpp"

namespace parley::gateway::translate {

String pretty(std::string_view json) {
  String out;
  std::size_t depth = 0;
  bool in_string = false;
  const auto new_line = [&] { out.append("\n").append(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char byte = json[i];
    if (in_string) {
      out += byte;
      if (byte == '\\') out += json[++i];
      if (byte == '"') in_string = false;
      continue;
    }
    switch (byte) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        break;
      case '{':
      case '[': {
        out += byte;
        const std::size_t next = json.find_first_not_of(" \t\r\n", i + 1);
        if (json[next] == '}' || json[next] == ']') {
          out += json[next];
          i = next;
          break;
        }
        ++depth;
        new_line();
        break;
      }
      case '}':
      case ']':
        --depth;
        new_line();
        out += byte;
        break;
      case ',':
        out += byte;
        new_line();
        break;
      case ':':
        out += ": ";
        break;
      case '"':
        in_string = true;
        [[fallthrough]];
      default:
        out += byte;
    }
  }
  return out += '\n';
}

}  // namespace parley::gateway::translate
