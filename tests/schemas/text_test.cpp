// Who owns the bytes of a text of a record, after each way to make, copy, move and change it.
#include "schemas/text.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <unordered_set>

using parley::List;
using parley::String;
using parley::Text;

namespace {

/// Bytes that are gone when the test says so.
std::unique_ptr<String> bytes(std::size_t size) {
  auto made = std::make_unique<String>();
  for (std::size_t i = 0; i < size; ++i) *made += static_cast<char>('a' + i % 26);
  return made;
}

const List<std::size_t> sizes = {0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 1000};

bool is_part(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

TEST_CASE("text: one that is made of bytes owns them") {
  for (const std::size_t size : sizes) {
    CAPTURE(size);
    auto source = bytes(size);
    const String expected = *source;
    const Text of_view{std::string_view(*source)};
    const Text of_string(*source);
    const Text of_literal(source->c_str());
    Text assigned;
    assigned = std::string_view(*source);
    source.reset();
    for (const Text* text : {&of_view, &of_string, &of_literal, static_cast<const Text*>(&assigned)}) {
      CHECK_FALSE(text->borrows());
      CHECK(*text == expected);
      CHECK(text->size() == size);
      CHECK(text->empty() == (size == 0));
      CHECK(text->str() == expected);
    }
  }
}

TEST_CASE("text: a borrowed one refers to the bytes, and its copies own theirs") {
  for (const std::size_t size : sizes) {
    CAPTURE(size);
    auto source = bytes(size);
    const String expected = *source;
    auto borrowed = std::make_unique<Text>(Text::borrow(*source));
    CHECK(borrowed->borrows());
    CHECK(borrowed->view().data() == source->data());
    const Text copy = *borrowed;
    Text assigned = "something that was there before";
    assigned = *borrowed;
    const List<Text> list(3, *borrowed);
    borrowed.reset();
    source.reset();
    CHECK_FALSE(copy.borrows());
    CHECK_FALSE(assigned.borrows());
    CHECK(copy == expected);
    CHECK(assigned == expected);
    for (const Text& one : list) CHECK(one == expected);
  }
}

TEST_CASE("text: a move keeps what there is, and leaves nothing") {
  for (const std::size_t size : sizes) {
    CAPTURE(size);
    const auto source = bytes(size);
    Text owned(*source);
    const char* const place = owned.view().data();
    Text moved = std::move(owned);
    CHECK(moved == *source);
    CHECK_FALSE(moved.borrows());
    CHECK(owned == "");  // NOLINT: what a move leaves is promised
    if (size > 16) CHECK(moved.view().data() == place);

    Text borrowed = Text::borrow(*source);
    Text target(String(40, 'z'));
    target = std::move(borrowed);
    CHECK(target.borrows());
    CHECK(target.view().data() == source->data());
    CHECK(borrowed == "");  // NOLINT
    target = std::move(moved);
    CHECK(target == *source);
    CHECK_FALSE(target.borrows());
    owned = "used again";
    CHECK(owned == "used again");
  }
}

TEST_CASE("text: assigned to itself") {
  for (const std::size_t size : sizes) {
    CAPTURE(size);
    const auto source = bytes(size);
    for (Text text : {Text(*source), Text::borrow(*source)}) {
      Text& same = text;
      text = same;
      CHECK(text == *source);
      text = std::move(same);
      CHECK(text == *source);
    }
    Text borrowed = Text::borrow(*source);
    const Text& same = borrowed;
    borrowed = same;
    CHECK(borrowed.borrows());
    CHECK(borrowed == *source);
  }
}

TEST_CASE("text: assigned a part of itself") {
  for (const std::size_t size : sizes) {
    for (std::size_t from = 0; from <= size; from += size / 4 + 1) {
      for (std::size_t count = 0; from + count <= size; count += size / 4 + 1) {
        CAPTURE(size);
        CAPTURE(from);
        CAPTURE(count);
        const auto source = bytes(size);
        const String expected = source->substr(from, count);
        Text owned(*source);
        owned.assign(owned.view().substr(from, count));
        CHECK(owned == expected);
        Text other(*source);
        other = other.view().substr(from, count);
        CHECK(other == expected);
        Text lent(*source);
        const Text part = Text::borrow(lent.view().substr(from, count));
        lent = part;
        CHECK(lent == expected);
        CHECK_FALSE(lent.borrows());
        Text borrowed = Text::borrow(*source);
        borrowed.assign(borrowed.view().substr(from, count));
        CHECK(borrowed == expected);
        CHECK_FALSE(is_part(borrowed, *source));
      }
    }
  }
}

TEST_CASE("text: cleared, then used again") {
  for (const std::size_t size : sizes) {
    const auto source = bytes(size);
    for (Text text : {Text(*source), Text::borrow(*source)}) {
      text.clear();
      CHECK(text.empty());
      CHECK(text == "");
      text = *source;
      CHECK(text == *source);
    }
  }
}

TEST_CASE("text: more than 4 GiB is refused before a byte is read or memory is asked for") {
  // One byte is there: a sanitizer sees a read of any other.
  const auto byte = std::make_unique<char>('x');
  const std::string_view too_long(byte.get(), std::size_t{UINT32_MAX} + 1);
  CHECK_THROWS_AS(Text{too_long}, std::length_error);
  Text text = "kept";
  CHECK_THROWS_AS(text.assign(too_long), std::length_error);
  CHECK_THROWS_AS(text = too_long, std::length_error);
  CHECK(text == "kept");
  CHECK_THROWS_AS(static_cast<void>(Text::borrow(too_long)), std::length_error);
  CHECK(Text::borrow({byte.get(), UINT32_MAX}).size() == UINT32_MAX);
}

TEST_CASE("text: lent for a while") {
  const auto long_text = bytes(100);
  const Text owner(*long_text);
  const Text lent = parley::lend(owner);
  CHECK(lent.view().data() == owner.view().data());
  const List<Text> owners = {owner, "short", ""};
  const List<Text> all = parley::lend(owners);
  REQUIRE(all.size() == 3);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].view().data() == owners[i].view().data());
  CHECK(all == owners);
  CHECK(parley::lend(7) == 7);
}

TEST_CASE("text: compared, ordered, hashed and joined as its bytes") {
  const String nul("a\0b", 3);
  CHECK(Text(nul) == nul);
  CHECK(Text(nul) != "a");
  CHECK(Text("a") < Text("b"));
  CHECK(Text("a") < "b");
  CHECK((Text("\xff") > Text("a")));  // bytes are not signed
  CHECK(Text("abc").starts_with("ab"));
  const String long_text(40, 'x');
  CHECK(std::unordered_set<Text>{Text(long_text), Text::borrow(long_text), "y"}.size() == 2);
  CHECK(Text("a") + "b" == "ab");
  CHECK("a" + Text("b") == "ab");
}
