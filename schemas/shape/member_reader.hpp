// Reads the members of an object into a record, one after another, wherever they come from.
#pragma once

#include <memory>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Follows the order of a document's members. From the first difference from our order or spelling on, it keeps a list of slots.
class Order {
 public:
  void known(int row) {
    if (row < last_) depart();
    last_ = row;
    seen_ |= std::uint64_t{1} << static_cast<unsigned>(row);
    if (slots_) slots_->push_back(Slot{.row = row, .key = {}, .raw = {}, .canonical = {}});
  }
  void unknown(std::string_view key) {
    depart();
    slots_->push_back(Slot{.row = -1, .key = Text(key), .raw = {}, .canonical = {}});
  }
  /// We would write the value of the last known row differently.
  void respelt(std::string_view raw) {
    depart();
    slots_->back().raw = raw;
  }
  /// The value of the last known row did not fit. It is kept as an extension.
  void misfit() { depart(); }

  [[nodiscard]] std::uint64_t seen() const noexcept { return seen_; }
  [[nodiscard]] bool departed() const noexcept { return slots_ != nullptr; }
  [[nodiscard]] const std::shared_ptr<List<Slot>>& slots() const noexcept { return slots_; }

 private:
  void depart() {
    if (slots_) return;
    slots_ = std::make_shared<List<Slot>>();
    for (int row = 0; row < 64; ++row) {  // so far the order was ours
      if ((seen_ >> static_cast<unsigned>(row) & 1U) != 0) {
        slots_->push_back(Slot{.row = row, .key = {}, .raw = {}, .canonical = {}});
      }
    }
  }

  std::uint64_t seen_ = 0;
  int last_ = -1;
  std::shared_ptr<List<Slot>> slots_;
};

/// Lenient reading loses nothing: what no row understands becomes an extension, and the record remembers values that we would write
/// differently.
class MemberReader {
 public:
  /// `object` must be new.
  MemberReader(const View& view, void* object, Reading& reading)
      : view_(view),
        object_(object),
        reading_(reading),
        extensions_(view.extensions != nullptr ? &view.extensions(object) : nullptr) {}

  /// The row that is probably the next member's.
  [[nodiscard]] std::size_t guess() const noexcept { return guess_; }
  /// Bit i: row i was read.
  [[nodiscard]] std::uint64_t seen() const noexcept { return order_.seen(); }
  /// Reads a member into the row with this index.
  void known(std::size_t row, const Node& member);
  /// The same for a string, of a row that borrows texts. `text` must be one of `Reading::texts`.
  void known(std::size_t row, std::string_view text) {
    passed(row);
    view_.rows[row].borrow(object_, text);
  }
  /// The same for the next value of `tokens`, of a row that has `read_usual`. Returns false if the value must be read in another way.
  bool known(std::size_t row, JsonTokens& tokens) {
    if (!view_.rows[row].read_usual(tokens, object_, reading_)) return false;
    passed(row);
    return true;
  }
  /// Keeps a member that has no row.
  void unknown(const Node& member);
  /// Call it after the last member. The record remembers the document, if its struct has a `wire`.
  Fit finish();

 private:
  void passed(std::size_t row) {
    order_.known(static_cast<int>(row));
    guess_ = row + 1;
  }
  /// Remembers a value that we would write differently, or that does not fit its row. `fit` is not `exact`.
  void unfit(const Node& member, Fit fit);

  const View& view_;
  void* const object_;
  Reading& reading_;
  Extensions* const extensions_;
  Order order_;
  std::size_t guess_ = 0;
  bool lost_ = false;  // a member was not kept, or did not fit
};

}  // namespace parley::shape
