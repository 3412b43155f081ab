// The memory of documents: texts stay where they are until it is told to forget them.
#include "schemas/shape/arena.hpp"

#include <doctest/doctest.h>

#include "schemas/text.hpp"

using parley::List;
using parley::String;
using parley::shape::Arena;

namespace {

/// Copies texts of many sizes into the arena, until it has had to grow several times.
class Filled {
 public:
  Filled(Arena& arena, char letter) {
    for (std::size_t size = 0; size < 3000; size = size * 2 + 1) {
      for (const std::size_t one : {size, std::size_t{1}, size + 7}) {
        expected_.emplace_back(one, letter);
        copies_.push_back(arena.copy(expected_.back()));
      }
    }
  }
  [[nodiscard]] bool is_intact() const {
    for (std::size_t i = 0; i < copies_.size(); ++i) {
      if (copies_[i] != expected_[i]) return false;
    }
    return true;
  }

 private:
  List<String> expected_;
  List<std::string_view> copies_;
};

}  // namespace

TEST_CASE("arena: texts stay where they are while it grows") {
  Arena arena;
  const Filled first(arena, 'a');
  const Filled second(arena, 'b');
  CHECK(first.is_intact());
  CHECK(second.is_intact());
}

TEST_CASE("arena: pieces of any size are writable and do not overlap") {
  Arena arena;
  List<std::pair<char*, std::size_t>> pieces;
  for (const std::size_t size : {1, 3, 511, 1, 512, 513, 2, 5000, 7, 100000, 1, 1048576, 1048577, 3}) {
    char* const at = arena.allocate(size);
    std::memset(at, static_cast<int>(pieces.size()), size);
    pieces.emplace_back(at, size);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string_view piece(pieces[i].first, pieces[i].second);
    CHECK(piece.find_first_not_of(static_cast<char>(i)) == std::string_view::npos);
  }
}

TEST_CASE("arena: rewind forgets what came after the mark, over any number of blocks, and nothing else") {
  for (const std::size_t before : {0, 1, 511, 512, 513, 5000}) {
    CAPTURE(before);
    Arena arena;
    const String expected(before, 'x');
    const std::string_view kept = arena.copy(expected);
    const Arena::Mark mark = arena.mark();
    const char* const next = arena.copy("y").data();
    for (int round = 0; round < 3; ++round) {
      arena.rewind(mark);
      const Filled filled(arena, 'z');
      CHECK(filled.is_intact());
      CHECK(kept == expected);
    }
    arena.rewind(mark);
    CHECK(kept == expected);
    // Elsewhere the mark is at the end of its block, or there was none.
    if (before == 1 || before == 511) CHECK(arena.copy("y").data() == next);
  }
}

TEST_CASE("arena: marks within marks") {
  Arena arena;
  const Arena::Mark empty = arena.mark();
  const Filled first(arena, 'a');
  const Arena::Mark outer = arena.mark();
  const Filled second(arena, 'b');
  const Arena::Mark inner = arena.mark();
  { const Filled third(arena, 'c'); }
  arena.rewind(inner);
  CHECK(second.is_intact());
  arena.rewind(outer);
  CHECK(first.is_intact());
  const Filled fourth(arena, 'd');
  CHECK(first.is_intact());
  CHECK(fourth.is_intact());
  arena.rewind(empty);
  const Filled fifth(arena, 'e');
  CHECK(fifth.is_intact());
}

TEST_CASE("arena: clear") {
  Arena arena;
  arena.clear();  // nothing to forget
  for (int round = 0; round < 5; ++round) {
    const Filled filled(arena, 'a');
    CHECK(filled.is_intact());
    arena.clear();
  }
  // It keeps its newest block, so what fits there needs no other.
  const std::string_view one = arena.copy("x");
  arena.clear();
  CHECK(arena.copy("y").data() == one.data());
}

TEST_CASE("arena: a copy of nothing") {
  Arena arena;
  CHECK(arena.copy({}).empty());
  CHECK(arena.copy("a") == "a");
}
