// Makes a value for each row of a canonical table, mostly from its type alone.
#include "tests/support/filler.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schemas/id.hpp"
#include "schemas/shape/codecs.hpp"
#include "tests/support/mutate.hpp"

namespace parley::test {
namespace {

using shape::Form;
using shape::Row;
using shape::Type;

String numbered(const char* format, unsigned number) {
  char text[80];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

/// `random` nullptr: sets every member, each to another value.
class Filler {
 public:
  explicit Filler(Random* random) : random_(random) {}

  Value record(const shape::View& canonical) {
    Value made = object();
    for (const Row& row : canonical.rows) {
      const bool needed = row.need != shape::Need::optional;
      if (random_ != nullptr && !needed && random_->chance(33)) continue;
      Value made_value = value(*row.type, row.key);
      if (row.type->form == Form::object && says_nothing(made_value)) continue;
      made.children.push_back(member(row.key, std::move(made_value)));
    }
    reconcile(made);
    return made;
  }

 private:
  Value value(const Type& type, std::string_view key) {
    ++count_;
    if (&type == &shape::OpaqueId::type || key == "id") return string(id());
    if (type.form == Form::list && (key == "departments" || key == "agents")) return array({string(id())});
    if (&type == &shape::AttributesCodec::type) return attributes();
    switch (type.form) {
      case Form::integer:
        return number(std::to_string(random_ ? 1 + random_->below(1000000) : count_));
      case Form::boolean:
        return boolean(random_ == nullptr || random_->chance(50));
      case Form::date_time:
        return string(moment());
      case Form::word:
        return string(
            type.words[1 + (random_ ? random_->below(type.words.size() - 1) : count_ % (type.words.size() - 1))]);
      case Form::object:
        return record(*type.view);
      case Form::list:
        return list(*type.element, key);
      case Form::json:
        return object({member("en", string(text(key)))});
      default:
        return string(text(key));
    }
  }

  /// Whether a record has no members, or empty lists only.
  static bool says_nothing(const Value& record) {
    return std::all_of(record.children.begin(), record.children.end(),
                       [](const Value& one) { return one.kind == Kind::array && one.children.empty(); });
  }

  /// Makes `visitor` and `agent` of a chat agree with `participants`: the first is the visitor, the second the agent.
  static void reconcile(Value& record) {
    Value* participants = record.find("participants");
    if (participants == nullptr) return;
    for (std::size_t i = 0; i < participants->children.size(); ++i) {
      Value& one = participants->children[i];
      one.erase("is_agent");
      if (i != 0) one.children.push_back(member("is_agent", boolean(true)));
      Value* said = record.find(i == 0 ? "visitor" : "agent");
      if (said != nullptr && i < 2) said->text = one.find("id")->text;
    }
  }

  String id() { return random_ ? random_id(*random_) : numbered("3d59f909-24cd-43bc-89cb-%012x", count_); }

  String moment() {
    if (random_ == nullptr) return numbered("2021-05-26T10:30:16.%03uZ", count_);
    return numbered("20%02u-", static_cast<unsigned>(random_->below(100))) +
           numbered("%02u-", 1 + static_cast<unsigned>(random_->below(12))) +
           numbered("%02uT", 1 + static_cast<unsigned>(random_->below(28))) +
           numbered("%02u:59:58.", static_cast<unsigned>(random_->below(24))) +
           numbered("%03uZ", static_cast<unsigned>(random_->below(1000)));
  }

  String text(std::string_view key) {
    if (random_ != nullptr && random_->chance(30)) return hostile_text(*random_);
    if (key == "status") return random_ ? String(random_->pick(statuses)) : "Away";
    const unsigned n = random_ ? static_cast<unsigned>(random_->below(1000000)) : count_;
    if (key == "emails") return numbered("visitor%u@example.com", n);
    if (key == "phones") return numbered("+1555%07u", n);
    if (key == "ip") return numbered("192.0.2.%u", n % 256);
    return String(key) + numbered(" %u", n);
  }

  Value list(const Type& element, std::string_view key) {
    Value made = array();
    const std::size_t size = random_ ? random_->below(4) : key == "participants" ? 2 : 1;
    for (std::size_t i = 0; i < size; ++i) made.children.push_back(value(element, key));
    return made;
  }

  Value attributes() {
    Value made = array();
    const std::size_t size = random_ ? random_->below(4) : 1;
    for (std::size_t i = 0; i < size; ++i) {
      Value one =
          object({member("name", string(numbered("attribute %u", ++count_))), member("value", string(text("value")))});
      if (random_ != nullptr) {
        if (random_->chance(20)) one.children[1] = member("value", number("1.50"));
        if (random_->chance(30))
          one.children.push_back(member("url", string("https://example.com/" + std::to_string(count_))));
        if (random_->chance(30)) one.children.push_back(member("kind", string("variable")));
      }
      made.children.push_back(std::move(one));
    }
    return made;
  }

  static constexpr std::array<std::string_view, 4> statuses = {"Online", "Away", "Offline", "Meeting"};
  Random* random_;
  unsigned count_ = 0;
};

String letters(Random& random, std::string_view alphabet, std::size_t length) {
  String made;
  for (std::size_t i = 0; i < length; ++i) made += alphabet[random.below(alphabet.size())];
  return made;
}

}  // namespace

Value filled(const shape::View& canonical) { return Filler(nullptr).record(canonical); }

Value random_record(const shape::View& canonical, Random& random) { return Filler(&random).record(canonical); }

String random_id(Random& random) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (random.below(4)) {
    case 0:
      return letters(random, "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz", 17);
    case 1:
      return letters(random, hex, 24);
    case 2:
      return "agent" + letters(random, hex, 6) + "@acd.example.com";
    default:
      return letters(random, hex, 8) + '-' + letters(random, hex, 4) + "-4" + letters(random, hex, 3) + "-a" +
             letters(random, hex, 3) + '-' + letters(random, hex, 12);
  }
}

}  // namespace parley::test
