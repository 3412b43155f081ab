// Makes a script of JSON, with a callback name from the input: the script is one call of a safe name with valid JSON, or is refused.
#include "adapters/contract/adapter.hpp"
#include "schemas/shape/node.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view name = bytes.substr(0, line);
  shape::Document document;
  if (!document.parse_json(bytes.substr(line + 1))) return 0;
  for (const contract::Adapter* adapter : contract::registry()) {
    if (adapter->to_script == nullptr) continue;
    Buffer out;
    if (!adapter->to_script(bytes.substr(line + 1), name, out)) continue;
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.[]";
    const std::string_view script = out.view();
    constexpr std::string_view begin = "/**/ typeof ";
    fuzz::expect(script.starts_with(begin) && script.ends_with(");"));
    const std::string_view rest = script.substr(begin.size());
    const std::string_view called = rest.substr(0, rest.find(' '));
    fuzz::expect(!called.empty() && called.find_first_not_of(allowed) == std::string_view::npos);
    const std::string_view guard = " === 'function' && ";
    fuzz::expect(rest.substr(called.size()).starts_with(guard));
    fuzz::expect(rest.substr(called.size() + guard.size()).starts_with(called));
    fuzz::expect(script.find("\xe2\x80\xa8") == std::string_view::npos &&
                 script.find("\xe2\x80\xa9") == std::string_view::npos);
    shape::Document inside;
    const std::size_t open = begin.size() + 2 * called.size() + guard.size() + 1;
    fuzz::expect(inside.parse_json(script.substr(open, script.size() - open - 2)).has_value());
  }
  return 0;
}
