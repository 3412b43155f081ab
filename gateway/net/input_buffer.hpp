// Received bytes that are not served yet. They do not move until `room` needs more space.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace parley::gateway::net {

class InputBuffer {
 public:
  static constexpr std::size_t first_capacity = 8 * 1024;

  [[nodiscard]] std::string_view unread() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  /// Free bytes at the end, without moving anything.
  [[nodiscard]] std::size_t spare() const noexcept { return capacity_ - end_; }

  void consume(std::size_t count) noexcept {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  void clear() noexcept { begin_ = end_ = 0; }

  struct Room {
    char* data;
    std::size_t size;
  };
  /// Room for the next bytes. With `more` = 0 it may be empty. Otherwise it has at least `more` bytes, and views into the
  /// buffer may become invalid.
  Room room(std::size_t more) {
    if (capacity_ - end_ < more) make_room(more);
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void commit(std::size_t count) noexcept { end_ += count; }

  /// Removes `count` bytes at offset `at` of the unread bytes. The bytes before them do not move.
  void cut(std::size_t at, std::size_t count) noexcept {
    char* from = bytes_.get() + begin_ + at;
    const std::size_t rest = end_ - begin_ - at - count;
    if (rest != 0) std::memmove(from, from + count, rest);
    end_ -= count;
  }

 private:
  void make_room(std::size_t more) {
    const std::size_t size = end_ - begin_;
    if (capacity_ < size + more) {
      std::size_t wanted = capacity_ == 0 ? first_capacity : capacity_ * 2;
      while (wanted < size + more) wanted *= 2;
      std::unique_ptr<char[]> bigger(new char[wanted]);  // not value-initialised: untouched pages cost nothing
      if (size != 0) std::memcpy(bigger.get(), bytes_.get() + begin_, size);
      bytes_ = std::move(bigger);
      capacity_ = wanted;
    } else if (size != 0) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, size);
    }
    begin_ = 0;
    end_ = size;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace parley::gateway::net
