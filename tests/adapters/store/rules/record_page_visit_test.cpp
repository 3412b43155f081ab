// Which page visits are accepted, and how they change the visitor.
#include "adapters/store/rules/record_page_visit.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

TEST_CASE("a page visit is verified whatever its kind, recorded, and updates the visitor") {
  const FoundVisitor ann = found(visitor_named("ann", "t"));
  Chat own;
  own.visitor.text = "ann";
  Chat other;
  other.visitor.text = "bob";
  const Stored<Chat> anns = stored(own);
  const Stored<Chat> bobs = stored(other);
  struct Case {
    const char* name;
    const char* change;
    bool verify;
    const FoundVisitor* visitor;
    const Stored<Chat>* chat;
    std::optional<Code> code;
    std::size_t changes;
  };
  for (const Case& one :
       std::initializer_list<Case>{{"from anybody", "url", false, nullptr, nullptr, std::nullopt, 1},
                                   {"from a visitor", "url", false, &ann, nullptr, std::nullopt, 2},
                                   {"of a kind that is not noted", "title", false, &ann, nullptr, std::nullopt, 0},
                                   {"verified", "url", true, &ann, &anns, std::nullopt, 2},
                                   {"from nobody", "title", true, nullptr, nullptr, Code::no_such_visitor, 0},
                                   {"in no chat", "url", true, &ann, nullptr, Code::not_the_visitors_chat, 0},
                                   {"in another's chat", "title", true, &ann, &bobs, Code::not_the_visitors_chat, 0}}) {
    CAPTURE(one.name);
    RecordPageVisit operation = page_of("t", "https://x.example/", one.change);
    operation.verify = one.verify;
    const auto decision = decide(operation, {one.visitor, one.chat}, fixed());
    REQUIRE(decision.has_error() == one.code.has_value());
    if (decision.has_error()) {
      CHECK(decision.error().code == *one.code);
      continue;
    }
    CHECK(decision->changes.size() == one.changes);
    const auto& recorded = std::get<RecordedPage>(decision->outcome);
    CHECK(recorded.stored == (one.changes != 0));
    CHECK(recorded.page.at == now);
    CHECK(recorded.page.url == "https://x.example/");
  }
}

TEST_CASE("the first page is the landing page; a new title alone is not a new page") {
  Visitor before = visitor_named("ann", "t");
  before.landing_page = before.current_page = "https://x.example/1";
  before.page_history = List<Text>(100, "https://x.example/1");
  before.page_views = 250;
  const FoundVisitor ann = found(before);
  const auto after = [&ann](const char* url, const char* change) {
    const Decision decision = made(decide(page_of("t", url, change), {&ann, nullptr}, fixed(change)));
    return *change_of<Put<Visitor>>(decision)->after;
  };
  const Visitor same = after("https://x.example/1", "title");
  CHECK(same.page_views == 250);
  CHECK(same.landing_title == "Title of https://x.example/1");
  CHECK(same.updated_at == now);
  CHECK(after("https://x.example/1", "url").page_views == 251);
  const Visitor moved = after("https://x.example/2", "title");
  CHECK(moved.page_views == 251);
  CHECK(moved.current_page == "https://x.example/2");
  CHECK(moved.landing_page == "https://x.example/1");
  CHECK(moved.landing_title.empty());
  CHECK(moved.page_history.size() == 100);
  CHECK(moved.page_history.back() == "https://x.example/2");
}
