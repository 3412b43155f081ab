// Markdown tables that are aligned.
#include "gateway/translate/markdown.hpp"

#include <doctest/doctest.h>

namespace parley::gateway::translate {

TEST_CASE("a table is aligned by characters, and a bar does not end a cell") {
  MarkdownTable table({"field", "x"});
  table.add({"é", "a|b"});
  table.add({"longer one", ""});
  CHECK(table.text() ==
        "| field      | x    |\n"
        "|------------|------|\n"
        "| é          | a\\|b |\n"
        "| longer one |      |\n");
}

}  // namespace parley::gateway::translate
