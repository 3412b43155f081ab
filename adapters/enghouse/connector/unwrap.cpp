// A scanner for the grammar of JSONP; see unwrap.hpp.
#include "adapters/enghouse/connector/unwrap.hpp"

#include "schemas/ascii.hpp"

namespace parley::enghouse {
namespace {

bool is_blank(char byte) noexcept { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }
bool begins_name(char byte) noexcept { return ascii::is_letter(byte) || byte == '_' || byte == '$'; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  bool take(std::string_view literal) noexcept {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  void skip_blanks() noexcept {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  /// Takes a name such as `a`, `a.b` or `a[0].b`. Returns an empty text where no name begins here.
  std::string_view take_name() noexcept {
    const std::string_view from = rest_;
    if (!take_identifier()) return {};
    while (take_step()) {
    }
    return from.substr(0, from.size() - rest_.size());
  }

 private:
  bool take_identifier() noexcept {
    std::size_t size = 0;
    while (size < rest_.size() && (begins_name(rest_[size]) || (size > 0 && ascii::is_digit(rest_[size])))) ++size;
    rest_.remove_prefix(size);
    return size > 0;
  }
  /// Takes `.b` or `[0]`. False, and nothing taken: the rest begins with neither.
  bool take_step() noexcept {
    const std::string_view before = rest_;
    if (take(".")) {
      if (take_identifier()) return true;
    } else if (take("[")) {
      std::size_t digits = 0;
      while (digits < rest_.size() && ascii::is_digit(rest_[digits])) ++digits;
      rest_.remove_prefix(digits);
      if (digits > 0 && take("]")) return true;
    }
    rest_ = before;
    return false;
  }

  std::string_view rest_;
};

std::string_view trim_end(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Takes a guard, `typeof NAME === 'function' &&` or `NAME &&`, if there is one, and sets `name` to its name. False: the guard is
/// incomplete.
bool take_guard(Scanner& scanner, std::string_view& name) noexcept {
  Scanner ahead = scanner;
  if (ahead.take("typeof") && ahead.rest() != "" && is_blank(ahead.rest().front())) {
    ahead.skip_blanks();
    name = ahead.take_name();
    ahead.skip_blanks();
    if (name.empty() || !(ahead.take("===") || ahead.take("=="))) return false;
    ahead.skip_blanks();
    if (!ahead.take("'function'") && !ahead.take("\"function\"")) return false;
    ahead.skip_blanks();
    if (!ahead.take("&&")) return false;
    ahead.skip_blanks();
    scanner = ahead;
    return true;
  }
  ahead = scanner;
  const std::string_view guard = ahead.take_name();
  ahead.skip_blanks();
  if (guard.empty() || !ahead.take("&&")) return true;  // no guard: the call begins here
  ahead.skip_blanks();
  name = guard;
  scanner = ahead;
  return true;
}

}  // namespace

std::optional<std::string_view> unwrap(std::string_view body) noexcept {
  Scanner scanner(trim_end(body));
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (scanner.take(mark) && scanner.rest().starts_with(mark)) return {};  // a second byte order mark is a fault
  scanner.skip_blanks();
  const bool commented = scanner.take("/**/");
  scanner.skip_blanks();
  const char first = scanner.rest().empty() ? '\0' : scanner.rest().front();
  // `true`, `false` and `null` begin like names, so a script must also have a `(`.
  const bool script = commented || (begins_name(first) && scanner.rest().find('(') != std::string_view::npos);
  if (!script) return scanner.rest();

  std::string_view guard;
  if (!take_guard(scanner, guard)) return {};
  const std::string_view name = scanner.take_name();
  if (name.empty() || (!guard.empty() && guard != name)) return {};
  scanner.skip_blanks();
  if (!scanner.take("(")) return {};
  scanner.skip_blanks();
  std::string_view inside = scanner.rest();
  if (inside.ends_with(';')) inside = trim_end(inside.substr(0, inside.size() - 1));
  if (!inside.ends_with(')')) return {};
  inside = trim_end(inside.substr(0, inside.size() - 1));
  while (inside.size() > 1 && inside.front() == '(' && inside.back() == ')') {  // `cb(({…}))` is `cb({…})`
    Scanner argument(trim_end(inside.substr(1, inside.size() - 2)));
    argument.skip_blanks();
    inside = argument.rest();
  }
  return inside;
}

}  // namespace parley::enghouse
