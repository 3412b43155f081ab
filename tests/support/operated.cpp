// Finds the port of the admin listener in the program's output.
#include "tests/support/operated.hpp"

#include <cstdlib>

namespace parley::test {

Operated::Operated(std::string_view lines, std::string server, std::string_view token)
    : server_(std::move(server)),
      token_(token),
      file_(scratch_.write("gateway.yaml", text(lines))),
      served_(program(), file_) {
  const std::string line = served_.process().wait_for_lines("admin on http://").front();
  admin_port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + line.rfind(':') + 1));
}

std::string Operated::text(std::string_view lines) const {
  std::string text = demo_config(scratch_ / "parley.db", true, lines);
  text.insert(text.find("backends:"), server_ + "admin:\n  listen: \"127.0.0.1:0\"\n" +
                                          (token_.empty() ? "" : "  token: \"" + token_ + "\"\n"));
  return text;
}

void Operated::write(std::string_view lines) const { replace(text(lines)); }

void Operated::replace(std::string_view text) const { scratch_.write("gateway.yaml", text); }

}  // namespace parley::test
