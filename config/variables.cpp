// Variables are replaced in scalars after parsing, so that no value of the environment can change the structure of the file.
#include "config/variables.hpp"

#include <unistd.h>

#include <cstdlib>

#include "schemas/ascii.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::config {
namespace {

using shape::Node;

bool is_name(std::string_view text) {
  return !text.empty() && !ascii::is_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char byte) {
    return ascii::is_letter_or_digit(byte) || byte == '_';
  });
}

/// The name in the environment that is most similar, or nullopt.
std::optional<std::string_view> nearest_variable(std::string_view name) {
  List<std::string_view> names;
  for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
    const std::string_view entry = *one;
    names.push_back(entry.substr(0, entry.find('=')));
  }
  return nearest(name, names);
}

/// Appends the value of the text between the braces. Returns false if it has none; `why` is then the reason.
bool look_up(std::string_view inner, String& out, String& why) {
  const std::size_t split = inner.find(":-");
  const std::string_view name = inner.substr(0, split);
  if (!is_name(name)) {
    why = "expected ${NAME} or ${NAME:-default}";
    const std::size_t end = inner.find_first_of(":-?+=");
    if (end != std::string_view::npos && is_name(inner.substr(0, end))) why += ": a default stands behind `:-`";
    return false;
  }
  if (split != std::string_view::npos && inner.find("${", split) != std::string_view::npos) {
    why = "a variable within the default of another: write a plain text there";
    return false;
  }
  const char* value = std::getenv(String(name).c_str());
  const std::string_view text = shape::without_line_end(value != nullptr ? value : "");
  if (value != nullptr && (!text.empty() || split == std::string_view::npos)) {
    if (shape::find_bad_utf8(text) != std::string_view::npos || shape::find_control(text) != std::string_view::npos) {
      why = "the variable " + String(name) + " holds something that is not text";
      return false;
    }
    out += text;
    return true;
  }
  if (split == std::string_view::npos) {
    why = "the variable " + String(name) + " is not set; ";
    if (const auto near = nearest_variable(name)) why.append("did you mean ").append(*near).append("? ");
    why.append("${").append(name).append(":-default} would give it a default");
    return false;
  }
  out += inner.substr(split + 2);
  return true;
}

/// Appends the text with its variables replaced. Returns false on a fault; `why` does not show the text, which may be a secret.
bool substitute(std::string_view text, String& out, String& why) {
  while (true) {
    const std::size_t dollar = text.find('$');
    out += text.substr(0, dollar);
    if (dollar == std::string_view::npos) return true;
    text.remove_prefix(dollar + 1);
    if (text.starts_with('$')) {
      out += '$';
      text.remove_prefix(1);
      continue;
    }
    const std::size_t end = text.find('}');
    if (!text.starts_with('{') || end == std::string_view::npos) {
      why = "a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the sign itself";
      return false;
    }
    if (!look_up(text.substr(1, end - 1), out, why)) return false;
    text.remove_prefix(end + 1);
  }
}

/// The name of the first variable of a text. Empty if it has only `$$`.
std::string_view first_name(std::string_view text) {
  std::size_t begin = text.find('$');
  while (begin != std::string_view::npos && text.substr(begin, 2) != "${") begin = text.find('$', begin + 2);
  if (begin == std::string_view::npos) return {};
  const std::string_view name = text.substr(begin + 2);
  return name.substr(0, name.find_first_of(":}"));
}

/// Replaces the variables of all scalars below a node.
struct Walk {
  shape::Yaml& yaml;
  Faults& faults;
  Substituted& substituted;

  void visit(const Node& node, const String& path) {
    std::size_t index = 0;
    for (const Node& child : node) {
      String below = path;
      if (node.is_object()) {
        below.append(path.empty() ? "" : ".").append(child.key);
      } else {
        below.append("[").append(std::to_string(index++)).append("]");
      }
      visit(child, below);
    }
    if (!node.is_text() || node.text.find('$') == std::string_view::npos) return;
    String text;
    String why;
    const std::string_view written = node.text;
    if (substitute(written, text, why)) {
      yaml.set_text(node, std::move(text));
      const std::string_view name = first_name(written);
      if (!name.empty()) substituted.emplace(&node, name);
    } else {
      faults.push_back({node.mark, path, std::move(why)});
    }
  }
};

}  // namespace

Substituted put_variables(shape::Yaml& yaml, Faults& faults) {
  Substituted substituted;
  Walk{yaml, faults, substituted}.visit(yaml.root(), {});
  return substituted;
}

}  // namespace parley::config
